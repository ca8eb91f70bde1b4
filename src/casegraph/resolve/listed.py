"""Entities that an entry of reference data gives as one: by its names in any script, by its numbers.

The names of an entry are what others say, not what documents say: they propose. They join only what has no
other reading: names that no other entry has, that are neither short nor borne by many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from casegraph.model import Pair, Reason, Record
from casegraph.resolve.judgements import by_kind, differing
from casegraph.resolve.matching.chinese import is_han
from casegraph.resolve.matching.frequent import is_common
from casegraph.resolve.matching.parts import parts
from casegraph.resolve.names import group, words
from casegraph.resolve.unify import Counted

MOST = 40
"""Entities that are looked at for one entry: those named most."""

JOINED, PROPOSED = 0.95, 0.7
"""Scores of pairs of which nothing, and of which something speaks against it."""

_SHORT = 5  # letters of a firm's only word, at least, to be more than an abbreviation
_SHORT_HAN = 4
_LIKE = {
    "LegalEntity": ("Organization", "Person"),
    "Vessel": ("Vessel", "Asset"),
    "Airplane": ("Airplane", "Asset"),
    "Vehicle": ("Vehicle", "Asset"),
}

Key = tuple[str, str]
"""Group and words of a name, or kind and value of a number."""


class Entry(Record, frozen=True, kw_only=True):
    """An entry of a list, as far as it tells who is one."""

    dataset: str
    id: str
    schema: str
    caption: str
    names: tuple[str, ...]
    identifiers: tuple[str, ...]

    def keys(self) -> dict[Key, str]:
        """Return what an entity of the case may share, each with the name or number as written."""
        kinds = _LIKE.get(self.schema, (group(self.schema),))
        found: dict[Key, str] = {}
        for name in self.names:
            for kind in kinds:
                if own := " ".join(words(name, kind)):
                    found.setdefault((kind, own), name)
        return found | {("", one): one for one in self.identifiers}


class Borne(Record, frozen=True, kw_only=True):
    """An entity of the case that bears a name or a number of an entry."""

    entry: Entry
    entity: str
    group: str
    mentions: int
    identifiers: tuple[str, ...]
    key: str  # words of the name, or the number
    shown: str  # the same as the list has it
    number: bool = False
    doubt: str = ""  # why nothing is joined by it


def borne(entities: Iterable[Counted], entries: Iterable[Entry]) -> Iterator[Borne]:
    """Yield the entities of a part of the case with the entries that they may be, all entries being given.

    An entity with another number than the entry of a kind of which a party has one is not it.
    """
    bearers: dict[Key, list[Counted]] = {}
    for one in entities:
        for key in _keys_of(one):
            bearers.setdefault(key, []).append(one)
    met: dict[Key, list[tuple[Entry, dict[Key, str]]]] = {}
    for entry in entries:
        keys = entry.keys()
        for key in bearers.keys() & keys.keys():
            met.setdefault(key, []).append((entry, keys))
    for key, found in sorted(met.items()):
        for entry, keys in found:
            doubt = "" if not key[0] else _doubt(keys[key], key[0]) or _shared(entry, keys, found)
            for one in bearers[key]:
                if differing(by_kind(one.identifiers), by_kind(entry.identifiers)) is None:
                    yield Borne(
                        entry=entry,
                        entity=one.id,
                        group=one.group,
                        mentions=one.mentions,
                        identifiers=tuple(sorted(one.identifiers)),
                        key=key[1],
                        shown=keys[key],
                        number=not key[0],
                        doubt=doubt,
                    )


def _keys_of(one: Counted) -> set[Key]:
    if one.bears or one.group == "Thing":
        return set()
    names = {one.key, *(" ".join(words(name, one.group)) for name in one.names)}
    return {(one.group, name) for name in names if name} | {("", number) for number in one.identifiers}


def _shared(entry: Entry, keys: dict[Key, str], found: Sequence[tuple[Entry, dict[Key, str]]]) -> str:
    """Return the doubt that others of the lists have the name as well.

    Entries of two lists that have a further name or a number in common are one.
    """
    for other, own in found:
        if (other.dataset, other.id) == (entry.dataset, entry.id):
            continue
        common = {words_ for _, words_ in own} & {words_ for _, words_ in keys}
        if other.dataset == entry.dataset or len(common) < 2:
            return "another entry of reference data has the name too"
    return ""


def _doubt(name: str, kind: str) -> str:
    """Return why a name is too weak to join by, "" if it is not."""
    if kind == "Person":
        full = [word.text for word in parts(name, kind).words if word.sort in {"name", "patronymic"}]
        if any(is_han(word[0]) for word in full) and not any(mark in name for mark in "·•・"):
            return "many people bear a Chinese name"
        if len(full) < 2:
            return "the name is less than a given name and a surname"
        return "many people bear this name" if all(map(is_common, full)) else ""
    own = parts(name, kind).words
    if own and all(word.concept is not None or word.sort in {"little", "place"} for word in own):
        return "the words are those of many firms"
    alone = words(name, kind)
    if len(alone) == 1 and len(alone[0]) < (_SHORT_HAN if is_han(alone[0][0]) else _SHORT):
        return "the name is short"
    return ""


def pairs_of(bearers: Iterable[Borne]) -> Iterator[Pair]:
    """Yield the pairs of entities that one entry gives as one; `bearers` are all of that entry."""
    best: dict[str, Borne] = {}
    for one in sorted(bearers, key=lambda one: (not one.number, bool(one.doubt), one.key)):
        best.setdefault(one.entity, one)
    ranked = sorted(best.values(), key=lambda one: (-one.mentions, one.entity))[:MOST]
    for more, less in combinations(ranked, 2):
        alike = more.key == less.key and not more.number
        if more.group == less.group and not alike and not _clash(more, less):
            yield _pair(less, more)


def _clash(one: Borne, other: Borne) -> bool:
    return differing(by_kind(one.identifiers), by_kind(other.identifiers)) is not None


def _pair(one: Borne, other: Borne) -> Pair:
    entry = one.entry
    told = " and ".join(_said(side) for side in (one, other))
    which = f"{entry.caption} ({entry.id}) in the list {entry.dataset}"
    reasons = [Reason("reference", 5.0, f"{told} are both of {which}")]
    doubts = dict.fromkeys(f"{side.shown}: {side.doubt}" for side in (one, other) if side.doubt)
    if not doubts and not (one.number or other.number) and _single(one) and _single(other):
        doubts["a single word on both sides"] = None
    reasons += [Reason("doubt", 0.0, words_) for words_ in doubts]
    return Pair(
        left=one.entity,
        right=other.entity,
        score=PROPOSED if doubts else JOINED,
        outcome="proposal" if doubts else "same",
        reasons=tuple(reasons),
    )


def _said(side: Borne) -> str:
    return f"the number {side.shown}" if side.number else f"the name {side.shown}"


def _single(side: Borne) -> bool:
    """Say whether a name is one word, which another firm may have as well."""
    return len(side.key.split()) == 1 and not (is_han(side.key[0]) and len(side.key) > _SHORT_HAN)
