"""One entity over the whole case: names that single documents leave apart and the case brings together.

Each rule asks for evidence from several sides, because a wrong merge is the worse mistake. What a merge rests
on is the counts alone, so it is made again with every build, and no document need be read for it.

A rule is two pure functions: the blocks in which an entity is looked at, and what one block decides. Whoever
runs it (see `pipeline.gathering`) brings together what has a block in common, block by block, in any order
and on any machine, and gives each rule the links of those before it. `unify` does it in memory.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from casegraph.resolve.judgements import Judged, Sides, by_kind, classes, differing
from casegraph.resolve.rivals import Scored, without_rivals

_CLEAR = 3  # times as many mentions as the other reading of the same words
_PRECEDED = 0.8  # share of the documents with both names in which the long one comes first


@dataclass(slots=True)
class Counted:
    """What the case knows of one entity: group and key of its name, and where it stands.

    `spread` is the number of `documents`, which are given to those rules alone that ask for them.
    """

    id: str
    group: str
    key: str
    mentions: int
    documents: frozenset[str] | frozenset[int]
    placed: bool = False  # a country is known: a place of the gazetteer, a firm of a register
    short_of: Mapping[str, int] = field(default_factory=dict)  # documents that gave a longer name before
    bears: frozenset[str] = frozenset()  # keys of the names with which a mailbox is shown; none for others
    spread: int = 0
    identifiers: frozenset[str] = frozenset()  # with a check digit, as `inn:7700000016`
    names: tuple[str, ...] = ()  # the most frequent forms; given to the matcher alone
    aliases: Mapping[str, int] = field(default_factory=dict)  # other names in brackets: documents that say so

    def __post_init__(self) -> None:
        """Count the documents where they are given."""
        self.spread = self.spread or len(self.documents)


@dataclass(frozen=True, slots=True)
class Link:
    """An entity that is another one; `sure` or, if not, for a later rule to judge by the keys of both."""

    one: str
    other: str
    keys: tuple[str, str] = ("", "")
    sure: bool = True


@dataclass(frozen=True)
class Known:
    """What is known of the whole case when a rule begins: links alone, never entities."""

    into: Mapping[str, str] = field(default_factory=dict)  # by earlier rules
    voted: frozenset[str] = frozenset()  # entities of which documents say that another name is short for them
    proposed: Mapping[str, Link] = field(default_factory=dict)  # links that are not sure, by the short name
    boxes: bool = True  # some entity is a mailbox
    identifiers: Mapping[str, frozenset[str]] = field(default_factory=dict)  # of those that have any
    judged: Judged = field(default_factory=Judged)  # what people say

    def last(self, one: str) -> str:
        """Return what an entity has become."""
        return _last(one, self.into)

    @cached_property
    def longer(self) -> frozenset[str]:
        """What those that are voted for have become."""
        return frozenset(map(self.last, self.voted))

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """First words of the short names that are proposed to be longer ones."""
        return frozenset(_first(link.keys[0]) for link in self.proposed.values())

    @cached_property
    def classes(self) -> Mapping[str, str]:
        """The class of each entity that people say to be the same as another, by what it has become."""
        return dict(classes((self.last(one), self.last(other)) for one, other in self.judged.same))

    def sides(self) -> Sides:
        """Return what is one so far, and what must not become one."""
        sides = Sides(self.judged.apart, self.identifiers)
        for one, other in (*self.judged.same, *self.into.items()):
            sides.join(one, other, anyway=True)
        return sides

    def with_links(self, links: Iterable[Link]) -> Known:
        """Return what is known once a rule has found links; what is held apart is not joined."""
        found = sorted(links, key=lambda link: (link.one, link.other))
        into = dict(self.into)
        sides = self.sides() if self.judged.apart or self.identifiers else Sides()
        for link in found:
            one, other = _last(link.one, into), _last(link.other, into)
            if link.sure and one != other and sides.join(one, other):
                into[one] = other
        proposed = {link.one: link for link in found if not link.sure}
        return replace(self, into=into, proposed=proposed)

    def with_pairs(self, pairs: Iterable[Scored]) -> Known:
        """Return what is known once the matcher's pairs are joined, the surest first.

        What the matcher only holds to be the same is joined if nothing else fits either side as well.
        """
        into = dict(self.into)
        sides = self.sides()
        for one, other in without_rivals(pairs, self.last):
            a, b = _last(one, into), _last(other, into)
            if a != b and sides.join(a, b):
                into[a] = b
        return replace(self, into=into)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `keys` names the blocks of an entity, `decide` yields the links that one block makes.

    Entities that earlier rules have merged are not shown to it. `decide` gets the block's key and members,
    in any order; blocks of fewer than `least` members decide nothing.
    """

    name: str
    keys: Callable[[Counted, Known], Iterable[str]]
    decide: Callable[[str, Sequence[Counted], Known], Iterable[Link]]
    applies: Callable[[Known], bool] = lambda _: True  # to anything, by what is known so far
    documents: bool = False  # whether members come with their documents
    least: int = 2


def unify(entities: Iterable[Counted], pairs: Iterable[Scored] = ()) -> dict[str, str]:
    """Return the entity that each merged one becomes, by id; those that stay are left out.

    `pairs` are those that the matcher makes of the same entities (see `matching.pairs`).
    """
    everything = list(entities)
    voted = frozenset(longer for one in everything for longer in one.short_of)
    boxes = any(one.bears for one in everything)
    numbers = {one.id: one.identifiers for one in everything if one.identifiers}
    known = Known(voted=voted, boxes=boxes, identifiers=numbers)
    for rule in RULES:
        known = _ruled(rule, everything, known)
    return components(_ruled(JUDGED, everything, known.with_pairs(pairs)))


def _ruled(rule: Rule, everything: Sequence[Counted], known: Known) -> Known:
    blocks: dict[str, list[Counted]] = {}
    for one in everything:
        if one.id not in known.into:
            for key in rule.keys(one, known):
                blocks.setdefault(key, []).append(one)
    ready = ((key, block) for key, block in blocks.items() if len(block) >= rule.least)
    return known.with_links(link for key, block in ready for link in rule.decide(key, block, known))


def components(known: Known) -> dict[str, str]:
    """Return what each merged entity becomes at last, by id: the links alone are looked at."""
    return {one: known.last(one) for one in known.into}


def _last(one: str, into: Mapping[str, str]) -> str:
    seen = {one}
    while one in into and into[one] not in seen:
        one = into[one]
        seen.add(one)
    return one


def _first(key: str) -> str:
    return key.split(" ", 1)[0]


def _numbers(one: Counted, _: Known) -> Iterable[str]:
    return one.identifiers


def _by_number(_: str, block: Sequence[Counted], __: Known) -> Iterator[Link]:
    """Merge what bears one number with the first that is named most, whatever they are called."""
    first = min(block, key=lambda one: (one.group == "Thing", -one.mentions, one.id))
    for one in block:
        if one is not first and one.group in {first.group, "Thing"}:
            yield Link(one.id, first.id)


def _name(one: Counted, _: Known) -> Iterator[str]:
    if not one.bears:
        yield f"{one.group}\0{one.key}"


def _by_name(_: str, block: Sequence[Counted], __: Known) -> Iterator[Link]:
    """Merge names with a number and the same names without one, if no two of them have different numbers."""
    kinds = [by_kind(one.identifiers) for one in block]
    if any(differing(a, b) is not None for a, b in combinations(kinds, 2)):
        return
    first = min(block, key=lambda one: (bool(one.identifiers), -one.mentions, one.id))
    yield from (Link(one.id, first.id) for one in block if one is not first)


def _own_key(one: Counted, _: Known) -> Iterator[str]:
    if not one.bears:
        yield one.key


def _by_group(_: str, block: Sequence[Counted], __: Known) -> Iterator[Link]:
    """Merge slips: a name that is nearly always a firm is no place or person now and then."""
    ranked = sorted(block, key=lambda one: (-_weight(one), -one.mentions, one.id))
    first, rest = ranked[0], [one for one in ranked[1:] if one.group != ranked[0].group]
    if len(rest) < len(ranked) - 1:
        return iter(())  # two parties of one name: it cannot be told which is meant
    return (Link(one.id, first.id) for one in rest if _is_slip(one, first))


def _weight(one: Counted) -> int:
    """Return how much stands for a reading: its documents; "Thing" is none, an unknown place hardly one."""
    if one.group == "Thing":
        return 0
    unknown_place = one.group == "Address" and not one.placed
    return 1 if unknown_place else 1 + one.spread


def _is_slip(one: Counted, other: Counted) -> bool:
    """Say whether a reading of a name is a slip beside another."""
    if one.group == "Thing" or (one.group == "Address" and not one.placed):
        return True
    clear = other.mentions >= _CLEAR * one.mentions and other.spread >= one.spread
    return clear and not one.placed


def _person_words(one: Counted, _: Known) -> Iterator[str]:
    if one.bears:
        return
    if one.group == "Person" and " " in one.key:
        yield from set(one.key.split())
    elif _is_unread(one) and " " not in one.key:
        yield one.key


def _is_unread(one: Counted) -> bool:
    return one.group == "Thing" or (one.group == "Address" and not one.placed)


def _by_person(_: str, block: Sequence[Counted], __: Known) -> Iterator[Link]:
    """Merge lone words that are read as no person with the one person of their documents who bears them."""
    bearers = [one for one in block if one.group == "Person"]
    if len(bearers) == 1:
        for one in block:
            if one.group != "Person" and one.documents <= bearers[0].documents:
                yield Link(one.id, bearers[0].id)


def _longer_names(one: Counted, known: Known) -> Iterator[str]:
    """Yield the one entity that a short name may be, and itself for those that are short for it."""
    if one.bears:
        return
    votes = {known.last(longer) for longer in one.short_of}
    if len(votes) == 1:
        yield from votes
    if one.id in known.longer and votes != {one.id}:
        yield one.id


def _by_length(key: str, block: Sequence[Counted], _: Known) -> Iterator[Link]:
    """Propose short names for the long one that documents give before them."""
    full = next((one for one in block if one.id == key), None)
    for short in block:
        if full is None or short is full or 2 * full.spread < short.spread:
            continue
        both = len(frozenset[object](short.documents) & full.documents)
        if sum(short.short_of.values()) >= _PRECEDED * both:
            yield Link(short.id, full.id, (short.key, full.key), sure=False)


def _beginning(one: Counted, known: Known) -> Iterator[str]:
    concerned = not one.bears and (one.group == "Organization" or one.id in known.proposed)
    if concerned and _first(one.key) in known.beginnings:
        yield _first(one.key)


def _without_rival(_: str, block: Sequence[Counted], known: Known) -> Iterator[Link]:
    """Merge a short name with the long one proposed, if the case knows no other that begins so."""
    longer = sorted((one.key, one.id) for one in block if one.group == "Organization")
    for short in block:
        link = known.proposed.get(short.id)
        if link is None:
            continue
        first, last = (bisect_left(longer, (short.key + after, "")) for after in (" ", "!"))
        rivals = longer[first:last]  # "!" comes after the blank: all that begin with the short name and one
        if all(id_ in {short.id, link.other} or _follows(key, link.keys[1]) for key, id_ in rivals):
            yield Link(short.id, link.other)


def _follows(key: str, full: str) -> bool:
    """Say whether a name only cuts the long one short at another place."""
    return full.startswith(key + " ") or f" {key} " in f" {full} "


def _borne(one: Counted, _: Known) -> Iterator[str]:
    if one.bears:
        yield from (f"{one.group}\0{key}" for key in one.bears)
    elif " " in one.key or not one.key.isascii():
        yield f"{one.group}\0{one.key}"


def _by_mailbox(_: str, block: Sequence[Counted], __: Known) -> Iterator[Link]:
    """Merge full names with the one mailbox of the case that is shown with them; mailboxes stay apart."""
    boxes = [one for one in block if one.bears]
    if len(boxes) == 1:
        yield from (Link(one.id, boxes[0].id) for one in block if not one.bears)


def _class(one: Counted, known: Known) -> Iterator[str]:
    if one.id in known.classes:
        yield known.classes[one.id]


def _as_judged(_: str, block: Sequence[Counted], __: Known) -> Iterator[Link]:
    """Merge what people say is one with the one of it that is named most."""
    first = min(block, key=lambda one: (-one.mentions, one.id))
    return (Link(one.id, first.id) for one in block if one is not first)


RULES: tuple[Rule, ...] = (
    Rule("number", _numbers, _by_number, applies=lambda known: bool(known.identifiers)),
    Rule("name", _name, _by_name, applies=lambda known: bool(known.identifiers)),
    Rule("group", _own_key, _by_group),
    Rule("person", _person_words, _by_person, documents=True),
    Rule("length", _longer_names, _by_length, applies=lambda known: bool(known.voted), documents=True),
    Rule("rivals", _beginning, _without_rival, applies=lambda known: bool(known.proposed), least=1),
    Rule("mailbox", _borne, _by_mailbox, applies=lambda known: known.boxes),
)
"""In order: each one builds on the links of those before it. The matcher's pairs come after them."""

JUDGED = Rule("judged", _class, _as_judged, applies=lambda known: bool(known.judged.same))
"""The last rule of all: what people say."""
