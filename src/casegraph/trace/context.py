"""What documents of a block have in common: whom they name in any script, which were made from others."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from anyascii import anyascii

from casegraph.model import Claim, Derivation, Document
from casegraph.text import fold
from casegraph.trace import alike, terms, values
from casegraph.trace.base import Reported
from casegraph.trace.firsthand import WHOLE
from casegraph.trace.marks import skeleton
from casegraph.trace.matter import Name, capitals, same_name

_SOUNDS, _LEAST_SOUNDS = 4, 3  # consonants of a name that tell it from others: endings change
_TOP = 5  # names of a document that make keys
WEAK = "sense|"
"""How keys begin of blocks whose claims have no more in common than whom their documents name."""


class Names:
    """Who and what the documents of a block name, as it sounds in any script, and by entity."""

    def __init__(self, block: Iterable[Reported]) -> None:
        counts: defaultdict[str, set[Name]] = defaultdict(set)
        entities: defaultdict[str, set[str]] = defaultdict(set)
        signs: defaultdict[str, set[str]] = defaultdict(set)
        for one in block:
            id_, text = one.document.id, alike.words(one.claim)
            counts[id_].update(names_of(one.claim), in_text(one.document.title or ""))
            entities[id_].update(_entities(one.claim))
            if terms.is_han(text):
                signs[id_].add(fold(text))
        self._of = {id_: _longest(own) for id_, own in counts.items()}
        self._entities = entities
        self._signs = {id_: "\n".join(sorted(own)) for id_, own in signs.items()}
        self._shared: dict[tuple[str, str], int] = {}

    def shared(self, one: str, other: str) -> int:
        """Return how many names two documents have in common."""
        pair = (min(one, other), max(one, other))
        if pair not in self._shared:
            self._shared[pair] = max(
                common(self._of.get(one, ()), self._of.get(other, ())),
                len(self._entities[one] & self._entities[other]),
                self._among_signs(one, other),
            )
        return self._shared[pair]

    def _among_signs(self, one: str, other: str) -> int:
        """Return how many names of either stand in the other's words: nothing parts the two there."""
        texts = self._signs.get(one, ""), self._signs.get(other, "")
        if not all(texts):
            return 0
        found = {
            name
            for own, text in zip((self._of[one], self._of[other]), reversed(texts), strict=True)
            for part in own
            for name in part
            if terms.is_han(name) and name in text
        }
        return len(found)


def _entities(claim: Claim) -> Iterator[str]:
    yield from (party.entity for _, party in alike.filled(claim) if party.entity)
    yield from (link.entity for link in claim.attribution if link.entity and link.role != "publisher")


def _longest(names: Iterable[Name]) -> tuple[Name, ...]:
    kept: list[Name] = []
    for one in sorted(names, key=lambda name: (-len(name), sorted(name))):
        if not any(same_name(one, other) for other in kept):
            kept.append(one)
    return tuple(kept)


def common(ones: Sequence[Name], others: Sequence[Name]) -> int:
    """Return how many names two lists have in common."""
    left = sum(any(same_name(one, two) for two in others) for one in ones)
    right = sum(any(same_name(one, two) for two in ones) for one in others)
    return min(left, right)


def sound(word: str) -> str:
    """Return how a word of a name sounds: its first consonants, or where these are few its letters."""
    bare = skeleton(word)[:_SOUNDS]
    return bare if len(bare) >= _LEAST_SOUNDS else anyascii(fold(word))[:_SOUNDS]


def in_text(text: str) -> Iterator[Name]:
    """Yield the names that stand in a text, as they sound."""
    for run in capitals(text) if not terms.is_han(text) else ():
        yield frozenset(map(sound, run))


def names_of(claim: Claim) -> Iterator[Name]:
    """Yield the names of a claim as they sound: of its words, its parties and those who speak."""
    yield from in_text(alike.words(claim))
    yield from _given(party.name for _, party in alike.filled(claim))
    yield from speakers(claim)


def speakers(claim: Claim) -> Iterator[Name]:
    """Yield the names of those who speak in a claim, but its outlet's."""
    told = (link for link in claim.attribution if link.role != "publisher" and not link.unnamed)
    yield from _given(link.speaker for link in told if link.speaker)


def _given(names: Iterable[str]) -> Iterator[Name]:
    for name in names:
        if terms.is_description(name) or terms.speaks_of("media", name):
            continue
        if terms.is_han(name):
            yield frozenset({alike.folded(name)})
        else:
            words = terms.capitalised(name)
            if words:
                yield frozenset(map(sound, words))


def sense_keys(claims: Sequence[Claim]) -> Iterator[tuple[Claim, str]]:
    """Yield claims of one document with keys of blocks in which they meet others about the same names.

    All claims of it, that whom it names be known there; rows of tables are no story.
    """
    told = [one for one in claims if one.made_by.extractor != alike.TABLES]
    if not any(one.kind == "statement" for one in told):
        return
    counts: Counter[str] = Counter()
    for claim in told:
        counts.update({word for name in names_of(claim) for word in name})
    top = sorted(counts, key=lambda word: (-counts[word], word))[:_TOP]
    keys = [f"{WEAK}{'|'.join(sorted(pair))}" for pair in combinations(top, 2)]
    for claim in told:
        yield from ((claim, key) for key in keys)


def kin_of(steps: Iterable[Derivation]) -> dict[str, str]:
    """Return the group of each document that was made from another as a whole, or was the source of one."""
    over: dict[str, str] = {}

    def root(one: str) -> str:
        while over.get(one, one) != one:
            one = over[one]
        return one

    for step in steps:
        if step.source is not None and step.strength in WHOLE:
            first, second = sorted((root(step.document), root(step.source)))
            over[second] = first
            over.setdefault(first, first)
    return {one: root(one) for one in over}


_ORDINALS = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b|第[一二三四五六七八九十]"
    r"|\b(перв|втор|трет|четверт|пят|шест|седьм|восьм|девят|десят)(?:ый|ая|ое|ого|ом|ой|ую|ые|ых)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def periods(text: str) -> frozenset[str]:
    """Return the years and ordinals of a text ("the third quarter"): others tell of another time or thing."""
    return frozenset(_YEAR.findall(text)) | {fold(found.group()) for found in _ORDINALS.finditer(text)}


def days_apart(ones: Iterable[Document], others: Iterable[Document]) -> int | None:
    """Return how many days lie at least between documents of two lists, None where a date is not told."""
    left, right = ([day for one in docs if (day := _published(one)) is not None] for docs in (ones, others))
    return min((abs(one - other) for one in left for other in right), default=None)


def _published(document: Document) -> int | None:
    return values.day(document.published.start) if document.published is not None else None
