"""From which of its kin each document was made: its immediate sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from casegraph.trace.compared import strength
from casegraph.trace.credits import host
from casegraph.trace.direction import TOLD
from casegraph.trace.edges import Edge
from casegraph.trace.held import Held
from casegraph.trace.moments import before, moment, state
from casegraph.trace.words import Flags

_REWRITTEN, _TRANSLATED = 0.9, 0.75  # what the same sense is worth beside the same words
_AGENCY = 0.05  # for that a source is an agency: many print what it writes
_HANDED = 0.6  # likeness of what a document names, beside that of what this was made from
_CLOSE = 0.04  # likeness: sources that differ less are equally good
_FURTHER, _FURTHER_SHARE = 25, 0.12  # words of a document that a second source has to explain
_SECOND = 0.7  # score of a second source that is not named and has none of the same words
_ASIDE = frozenset({"quotation", "cited"})  # strengths that make no copy
_LOOSE = frozenset({"rewrite", "translation", "cited"})  # strengths without the same words
_PART, _LONGER = 0.75, 1.15  # share of a cut's words that its whole has; how much longer that is
_ALIKE = 0.6  # score of a sentence that the source explains


Wholes = dict[str, list[tuple[Held, bool]]]
"""Of a document, those in which most of it stands, and whether it was made from them."""


def judged_whole(edges: Sequence[Edge]) -> list[Edge]:
    """Return the edges without those that a cut or a print of a text has and the whole text has not.

    The few sentences of a cut are soon like those of some other account; the text from which it was cut
    shows whether that is chance. And what is another story of the same outlet is so for its prints too.
    """
    whole: Wholes = {}
    pairs = {frozenset(_ends(edge)) for edge in edges if edge.strength not in _ASIDE}
    for edge in edges:
        for held in (edge.pair.left, edge.pair.right):
            if edge.pair.side(held.id).words >= _PART:
                whole.setdefault(held.id, []).append((edge.pair.other(held.id), edge.derived is held))
    told: dict[str, list[Edge]] = {}
    for edge in edges:
        if edge.named >= TOLD and edge.strength != "cited":
            told.setdefault(edge.derived.id, []).append(edge)
    kept = []
    for edge in edges:
        if edge.strength in _LOOSE and (
            _explained(edge, told, pairs)
            or _chance(edge.pair.left, edge.pair.right, whole, pairs)
            or _chance(edge.pair.right, edge.pair.left, whole, pairs)
        ):
            continue
        kept.append(edge)
    return kept


def _chance(held: Held, other: Held, whole: Wholes, pairs: set[frozenset[str]]) -> bool:
    """Tell whether what a document was cut or printed from has nothing to do with the other one."""
    found = [(one, printed) for one, printed in whole.get(held.id, ()) if one is not other]
    longer = [one for one, _ in found if len(one.words) > _LONGER * len(held.words)]
    if longer and not any(frozenset((one.id, other.id)) in pairs for one in longer):
        return True
    outlet = other.document.publisher
    own = [one for one, printed in found if printed and outlet and one.document.publisher == outlet]
    return bool(own) and not any(frozenset((one.id, other.id)) in pairs for one in own)


def _explained(edge: Edge, told: dict[str, list[Edge]], pairs: set[frozenset[str]]) -> bool:
    """Tell whether one of two names its source, and the other says that it has another one."""
    if not edge.rivals:
        return False
    return any(
        found.source.id != other and frozenset((found.source.id, other)) not in pairs
        for one, other in (_ends(edge), _ends(edge)[::-1])
        for found in told.get(one, ())
    )


def chosen(held: dict[str, Held], edges: Sequence[Edge]) -> list[Edge]:
    """Return of all edges those to immediate sources, without circles, and those that hold stories together.

    A text is nearest to what it was made from: it has its cuts and its changes too.
    """
    edges = _nearest_of_each(edges)
    incoming: dict[str, list[Edge]] = {name: [] for name in held}
    for edge in edges:
        if edge.directed and edge.strength not in _ASIDE:
            incoming[edge.derived.id].append(edge)
    versions = {frozenset(_ends(one)) for one in edges if one.relation == "was_revision_of"}
    made = {
        (one.derived.id, one.source.id)
        for found in incoming.values()
        for one in found
        if one.strength in _LOOSE
    }
    ranked = {name: _by_hand(_ranked(_in_time(found, versions)), made) for name, found in incoming.items()}
    first = _without_circles(ranked)
    kept = list(first.values())
    near: dict[str, set[str]] = {name: set() for name in held}
    for edge in edges:
        one, other = _ends(edge)
        near[one].add(other)
        near[other].add(one)
    for name, edge in first.items():
        kept += _further(held[name], edge, ranked[name], near, kept)
    kept += _bridges(held, edges, kept)
    kept += _quotations(edges, kept)
    kept += _citations(edges, kept)
    return kept


def _nearest_of_each(edges: Sequence[Edge]) -> list[Edge]:
    """Return the edges with those to texts of an outlet that is named moved to the one that is most like.

    Whoever has its matter from an agency has it from one text; how near in time another lies says nothing
    against that.
    """
    named: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        if edge.named and edge.directed and edge.strength in _LOOSE:
            named.setdefault((edge.derived.id, _outlet(edge.source)), []).append(edge)
    moved: dict[int, Edge] = {}
    for found in named.values():
        made = [one for one in found if one.strength != "cited"]
        best = max(found, key=lambda one: (likeness(one), one.source.id))
        if made and best.strength == "cited":
            kind = strength(best.pair, best.derived.id)
            score = max(one.score for one in made)
            moved[id(best)] = replace(best, relation=made[0].relation, strength=kind, score=score)
            for one in made:
                moved[id(one)] = replace(one, relation=best.relation, strength="cited", score=best.score)
    return [moved.get(id(one), one) for one in edges]


def _in_time(edges: Sequence[Edge], versions: set[frozenset[str]]) -> list[Edge]:
    """Return the edges without those to a later state of an article that lies there as it was before, too."""
    late = {
        edge.source.id for edge in edges if before(moment(edge.derived.document), state(edge.source.document))
    }
    early = {edge.source.id for edge in edges} - late
    return [
        edge
        for edge in edges
        if edge.source.id not in late
        or not any(frozenset((edge.source.id, one)) in versions for one in early)
    ]


def likeness(edge: Edge) -> float:
    """Return how much two documents have in common as a source and what was made from it."""
    ours, theirs = edge.pair.side(edge.derived.id), edge.pair.side(edge.source.id)
    sense = _TRANSLATED if edge.pair.translated else _REWRITTEN
    return max(ours.words, sense * ours.sense) + 0.25 * max(theirs.words, sense * theirs.sense)


def _value(edge: Edge) -> float:
    bonus = 0.05 * edge.named + (_AGENCY if any(one.feature == "agency" for one in edge.arrow.signs) else 0.0)
    if edge.relation == "was_revision_of":
        bonus += 0.3
    return likeness(edge) + bonus


def _ranked(edges: Iterable[Edge]) -> list[Edge]:
    """Return the edges to possible sources, the best first; of equally good ones the earliest."""
    found = sorted(edges, key=lambda one: (-_value(one), one.source.id))
    if not found:
        return []
    close = [one for one in found if _value(one) >= _value(found[0]) - _CLOSE]
    close.sort(key=lambda one: (not one.named, _first(one.source), one.source.id))
    return [*close, *(one for one in found if one not in close)]


def _by_hand(ranked: list[Edge], made: set[tuple[str, str]]) -> list[Edge]:
    """Return the edges with the first one behind that to a rewrite of the same which the document names.

    Whoever took from the first outlet has no reason to name the second, which took from it too.
    """
    if not ranked or ranked[0].strength not in _LOOSE:
        return ranked
    first, least = ranked[0], _HANDED * likeness(ranked[0])
    handed = [
        one
        for one in ranked[1:]
        if one.named and (one.source.id, first.source.id) in made and likeness(one) >= least
    ]
    return [*handed[:1], *(one for one in ranked if one not in handed[:1])]


def _first(held: Held) -> str:
    when = moment(held.document)
    at = when.first or when.last
    return at.isoformat() if at else "9"


def _without_circles(ranked: dict[str, list[Edge]]) -> dict[str, Edge]:
    """Return the best edge of each document; where edges run in a circle, the least sure one gives way."""
    left = {name: list(edges) for name, edges in ranked.items() if edges}
    while True:
        current = {name: edges[0] for name, edges in left.items() if edges}
        circle = _circle(current)
        if not circle:
            return current
        weakest = min(circle, key=lambda name: (current[name].arrow.odds, name))
        left[weakest].pop(0)


def _circle(current: dict[str, Edge]) -> list[str]:
    done: set[str] = set()
    for name in sorted(current):
        road: list[str] = []
        while name in current and name not in done:
            done.add(name)
            road.append(name)
            name = current[name].source.id  # noqa: PLW2901 - walks up
        if name in road:
            return road[road.index(name) :]
    return []


def explained(edge: Edge) -> Flags:
    """Flag the words of the derived document that the source has, letter by letter or in sense."""
    held = edge.derived
    pair = edge.pair
    flags = (pair.shared.right if pair.right.id == held.id else pair.shared.left).copy()
    scores = pair.side(held.id).meant.score
    for number, score in enumerate(scores):
        if score >= _ALIKE:
            one = held.story.sentences[number]
            flags[one.first : one.last] = True
    return flags


def _further(
    held: Held, first: Edge, ranked: Sequence[Edge], near: dict[str, set[str]], kept: Sequence[Edge]
) -> list[Edge]:
    """Return further sources: what they have, the first one and its kin have not."""
    told = explained(first)
    kin = {first.source.id} | near[first.source.id]
    found = []
    for edge in ranked:
        if edge is first or edge.source.id in kin:
            continue
        if edge.strength in _LOOSE and edge.score < _SECOND and not edge.named:
            continue
        new = explained(edge) & ~told
        if new.sum() >= max(_FURTHER, _FURTHER_SHARE * len(new)) and not _leads_to(
            edge.source.id, held.id, kept
        ):
            found.append(edge)
            told = told | new
            kin.add(edge.source.id)
    return found


def _ends(edge: Edge) -> tuple[str, str]:
    return edge.pair.left.id, edge.pair.right.id


def _leads_to(start: str, goal: str, kept: Sequence[Edge]) -> bool:
    """Tell whether one document goes back to another."""
    above: dict[str, list[str]] = {}
    for one in kept:
        above.setdefault(one.derived.id, []).append(one.source.id)
    stack, seen = [start], set()
    while stack:
        name = stack.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            stack += above.get(name, [])
    return False


def components(names: Iterable[str], links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return of each name the least name of its component."""
    root = {name: name for name in names}

    def top(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for one, other in links:
        first, second = sorted((top(one), top(other)))
        root[second] = first
    return {name: top(name) for name in root}


def _bridges(held: dict[str, Held], edges: Sequence[Edge], kept: Sequence[Edge]) -> list[Edge]:
    """Return edges without a sure direction that tie together what is kin and not yet tied."""
    links = [_ends(one) for one in kept]
    open_ones = [one for one in edges if not one.directed and one.strength not in _ASIDE]
    group = components(held, links)
    found = []
    for edge in sorted(open_ones, key=lambda one: (-likeness(one), one.derived.id, one.source.id)):
        first, second = sorted((group[edge.source.id], group[edge.derived.id]))
        if first != second:
            found.append(edge)
            group = {name: first if least == second else least for name, least in group.items()}
    return found


def _quotations(edges: Sequence[Edge], kept: Sequence[Edge]) -> list[Edge]:
    """Return one source of each quoted passage: who is credited, else who was first."""
    by_document: dict[str, list[Edge]] = {}
    for edge in edges:
        if (
            edge.strength == "quotation"
            and edge.directed
            and not _leads_to(edge.source.id, edge.derived.id, kept)
        ):
            by_document.setdefault(edge.derived.id, []).append(edge)
    found = []
    for name in sorted(by_document):
        taken = np.zeros(len(by_document[name][0].derived.words), dtype=np.bool_)
        order = sorted(by_document[name], key=lambda one: (not one.named, _first(one.source), one.source.id))
        for edge in order:
            flags = edge.pair.shared.right if edge.pair.right.id == name else edge.pair.shared.left
            if (flags & ~taken).sum() >= 0.5 * flags.sum():
                found.append(edge)
                taken |= flags
    return found


def _citations(edges: Sequence[Edge], kept: Sequence[Edge]) -> list[Edge]:
    """Return the edges to documents that are only named, the likest one of each outlet that is named.

    Where a document goes back to one of that outlet anyhow, that is whom it names.
    """
    named: dict[tuple[str, str], list[Edge]] = {}
    sources = {one.source.id: one.source for one in kept}
    for edge in edges:
        ends = edge.derived.id, edge.source.id
        if edge.strength == "cited" and not _leads_to(*ends, kept) and not _leads_to(*ends[::-1], kept):
            named.setdefault((edge.derived.id, _outlet(edge.source)), []).append(edge)
    return [
        min(found, key=lambda one: (-likeness(one), one.source.id))
        for (name, outlet), found in named.items()
        if not any(_outlet(one) == outlet and _leads_to(name, one.id, kept) for one in sources.values())
    ]


def _outlet(held: Held) -> str:
    return held.document.publisher or host(held.document.url) or held.id
