"""What the words of a claim are about: names, figures and stems that another wording of it keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from casegraph.model import Claim
from casegraph.text import fold
from casegraph.trace import alike, stance, terms
from casegraph.trace.marks import figures

_WORD = re.compile(r"[^\W\d_]+")
_HAN_RUN = re.compile("[\u3400-\u9fff]+")
_BREAK = re.compile(r"[.!?:;,\u2014\u2013()]|[\"\u201c\u201d\u00ab\u00bb\u201e]")
_STEM, _LEAST = 5, 4
_SMALLEST = 13  # lesser numbers stand in every text
_YEARS = range(1900, 2101)
_SHARES = {True: (0.55, 0.45), False: (0.6, 0.55)}
"""Of the shorter statement's words, and of both, that are common: with a common figure, and without."""
_NAMES = 4  # of one claim, that make keys

Name = frozenset[str]
"""Stems of the words of one name; a Chinese name whole."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What is compared of two wordings. `stems` are of words that are no names, or pairs of Chinese signs."""

    script: str
    names: tuple[Name, ...]
    stems: frozenset[str]
    figures: frozenset[float]
    negated: bool

    def shared_names(self, other: Matter) -> int:
        """Return how many names of either are names of the other."""
        left = sum(any(same_name(one, two) for two in other.names) for one in self.names)
        right = sum(any(same_name(one, two) for two in self.names) for one in other.names)
        return min(left, right)

    def share(self, other: Matter) -> float:
        """Return the part of the stems, names among them, of the wording with fewer that is in the other."""
        ones, others = self._all(), other._all()
        return len(ones & others) / max(1, min(len(ones), len(others)))

    def dice(self, other: Matter) -> float:
        """Return the part of the stems of both that are stems of the other (Dice 1945)."""
        ones, others = self._all(), other._all()
        return 2 * len(ones & others) / max(1, len(ones) + len(others))

    def _all(self) -> frozenset[str]:
        return self.stems.union(*self.names)


def says_the_same(one: Matter, other: Matter) -> bool:
    """Say whether two statements are one in other words: two names, or a name and a figure, and many words.

    A figure that is not in the other, a negation, or another script tells them apart.
    """
    if one.script != other.script or one.negated != other.negated or not _agree(one.figures, other.figures):
        return False
    names, stems = one.shared_names(other), len(one.stems & other.stems)
    figure = bool(one.figures & other.figures)
    if stems < 2 or not (names >= 2 or (names >= 1 and figure)):
        return False
    most, both = _SHARES[figure]
    return one.share(other) >= most and one.dice(other) >= both


def _agree(ones: frozenset[float], others: frozenset[float]) -> bool:
    return ones <= others or others <= ones


def same_name(left: Name, right: Name) -> bool:
    """Say whether one name has all words of the other: "Aster Line" is not "Aster Colossus"."""
    if left <= right or right <= left:
        return True
    return any(terms.is_han(a) and terms.is_han(b) and (a in b or b in a) for a in left for b in right)


def matter(claim: Claim) -> Matter:
    """Return what a claim is about. Who denies is a name of it: denials leave out whose doing it was."""
    text = alike.words(claim)
    han = terms.is_han(text)
    names = list(_capitals(text)) if not han else []
    given = [party.name for _, party in alike.filled(claim)]
    if stance.side(claim) == "against":
        given += [name for name in (denier(claim),) if name]
    names += [name for one in given if (name := name_of(one))]
    merged = _merged(names)
    own = frozenset[str]().union(*merged)
    own_stems = stems(text)
    numbers = {value for value, _ in figures(text) if value >= _SMALLEST and value not in _YEARS}
    negated = terms.speaks_of("negations", text)
    return Matter(alike.script(text), merged, own_stems - own, frozenset(numbers), negated)


def denier(claim: Claim) -> str | None:
    """Return who speaks first in a chain, None for somebody who is not named."""
    link = next((one for one in claim.attribution if one.role != "publisher"), None)
    return link.speaker if link is not None and not link.unnamed else None


def name_of(name: str) -> Name | None:
    """Return the stems of a name's capitalised words, None of a description."""
    if terms.is_description(name):
        return None
    if terms.is_han(name):
        return frozenset({alike.folded(name)})
    told = [word for word in _WORD.findall(name) if word[:1].isupper() and _tells(word)]
    return frozenset(map(_stem, told)) or None


def _capitals(text: str) -> Iterator[Name]:
    """Yield the names of a text by the stems of their words."""
    for run in capitals(text):
        yield frozenset(map(_stem, run))


def capitals(text: str) -> Iterator[list[str]]:
    """Yield runs of capitalised words; one word at the beginning of a sentence may be any."""
    for part in _BREAK.split(text):
        run: list[str] = []
        for place, word in enumerate([*_WORD.findall(part), ""]):
            if word[:1].isupper():
                run.append(word)
                continue
            first = place == len(run)
            kept = [one for one in run if _tells(one)]
            if kept and not (first and len(run) == 1):
                yield kept
            run = []


def _tells(word: str) -> bool:
    return len(word) >= _LEAST and not terms.speaks_of("descriptions", word)


def _merged(names: Sequence[Name]) -> tuple[Name, ...]:
    """Return names, each once in its longest form."""
    kept: list[Name] = []
    for one in sorted(set(names), key=lambda name: (-len(name), sorted(name))):
        if not any(same_name(one, other) for other in kept):
            kept.append(one)
    return tuple(kept)


def _stem(word: str) -> str:
    return fold(word)[:_STEM]


def _stems(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        if len(word) >= _LEAST and not terms.speaks_of("fillers", word):
            yield _stem(word)


def stems(text: str) -> frozenset[str]:
    """Return the stems of the words of a text that say something; of Chinese signs, pairs."""
    return _pairs(text) if terms.is_han(text) else frozenset(_stems(text))


def _pairs(text: str) -> frozenset[str]:
    runs = [fold(run) for run in _HAN_RUN.findall(text)]
    return frozenset(run[place : place + 2] for run in runs for place in range(len(run) - 1))


def matter_keys(claim: Claim) -> Iterator[str]:
    """Yield keys of blocks in which wordings meet: two names and a stem, or a name and a figure."""
    yield from keys_of(matter(claim))


def keys_of(own: Matter) -> list[str]:
    """Return the keys of what a claim is about, sorted."""
    names = own.names[:_NAMES]
    found = {
        f"matter|{'|'.join(sorted((one, other)))}|{stem}"
        for left, right in combinations(names, 2)
        for one in left
        for other in right
        for stem in own.stems
    }
    found |= {f"matter|{one}|{value:.6g}" for name in names for one in name for value in own.figures}
    return sorted(found)
