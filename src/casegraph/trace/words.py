"""Words of a text as numbers, all at once: where they stand, what they are when folded."""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_PLANE = 0x10000
_OTHER, _LETTER, _DIGIT, _SIGN = 0, 1, 2, 3
_LONGEST = 64  # letters of a word that count
_STEM = 5  # letters: "supplies" and "supplied", "компания" and "компании"
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order, a Han sign a word. Parallel arrays, one value a word.

    `whole` and `stem` are 64-bit hashes of the folded word and of its first five letters.
    """

    start: Places  # code points
    end: Places  # behind the last one
    whole: Numbers
    stem: Numbers
    han: Flags
    number: Flags  # begins with a digit
    capital: Flags  # begins with a capital letter

    def __len__(self) -> int:
        return len(self.start)


@functools.cache
def _tables() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8], Flags]:
    """Return of each code point of the first plane its folded form, its class and whether it is a capital.

    One letter stays one letter, so that places stay places: accents off, small, full width narrow.
    """
    form = np.arange(_PLANE, dtype=np.uint32)
    kind = np.zeros(_PLANE, dtype=np.uint8)
    capital = np.zeros(_PLANE, dtype=np.bool_)
    for code in range(_PLANE):
        char = chr(code)
        if not char.isalnum():
            continue
        folded = unicodedata.normalize("NFKD", char).casefold()[:1]
        form[code] = ord(folded) if folded and ord(folded) < _PLANE else code
        capital[code] = char.isupper()
        if 0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF:
            kind[code] = _SIGN
        else:
            kind[code] = _DIGIT if char.isdecimal() else _LETTER
    return form, kind, capital


def mix(values: Numbers) -> Numbers:
    """Return the values stirred (finalizer of splitmix64; Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


@functools.cache
def _powers() -> Numbers:
    with np.errstate(over="ignore"):
        return np.cumprod(np.full(_LONGEST, _MULTIPLIER, dtype=np.uint64)).astype(np.uint64)


def split(text: str) -> Words:
    """Return the words of a text: runs of letters and digits, and single Han signs."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    form, kinds, capitals = _tables()
    low = np.minimum(codes, _PLANE - 1)
    kind = np.where(codes < _PLANE, kinds[low], _SIGN if len(codes) else 0).astype(np.uint8)
    kind[codes >= 0x1F000] = _OTHER  # pictures
    kind[codes >= 0x20000] = _SIGN
    inside = kind != _OTHER
    before = np.concatenate(([False], inside[:-1]))
    sign = kind == _SIGN
    signed = np.concatenate(([False], sign[:-1]))
    starts = np.flatnonzero(inside & (~before | sign | signed))
    if not len(starts):
        none = np.zeros(0, dtype=np.int64)
        return Words(none, none, none.astype(np.uint64), none.astype(np.uint64), *[none > 0] * 3)
    follows = np.cumsum(inside & (~before | sign | signed)) - 1
    within = np.arange(len(codes)) - starts[np.maximum(follows, 0)]
    folded = np.where(codes < _PLANE, form[low], codes).astype(np.uint64) * inside
    with np.errstate(over="ignore"):
        weighed = mix(folded * _MULTIPLIER) * _powers()[np.minimum(within, _LONGEST - 1)]
        whole = mix(np.add.reduceat(weighed * inside, starts))
        stem = mix(np.add.reduceat(weighed * (inside & (within < _STEM)), starts))
    lengths = np.add.reduceat(inside.astype(np.int64), starts)
    first = np.minimum(codes[starts], _PLANE - 1)
    return Words(
        start=starts,
        end=starts + lengths,
        whole=whole,
        stem=stem,
        han=sign[starts],
        number=kind[starts] == _DIGIT,
        capital=capitals[first],
    )


def grams(values: Numbers, size: int) -> Numbers:
    """Return the hashes of all runs of `size` words, one a place where a run begins."""
    count = len(values) - size + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    with np.errstate(over="ignore"):
        total = np.zeros(count, dtype=np.uint64)
        for place in range(size):
            total = mix(total * _MULTIPLIER + values[place : place + count])
    return total
