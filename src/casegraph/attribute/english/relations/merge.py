"""One relation once: repeats and parts of fuller ones within a sentence are folded together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from casegraph.attribute.base import Filler, Relation
from casegraph.attribute.english.tree import Tree
from casegraph.model import Qualifiers
from casegraph.text import fold

_SYMMETRIC = frozenset({"family", "associate", "link"})


def merge(relations: Sequence[Relation], tree: Tree) -> list[Relation]:
    """Return the relations in order of their triggers without those that another of the sentence holds."""
    groups: dict[tuple[int, str], list[Relation]] = defaultdict(list)
    for relation in relations:
        place = tree.tokens[tree.first_at(relation.trigger[0])]
        groups[place.sentence, relation.kind].append(relation)
    kept: list[Relation] = []
    for (_, kind), rows in groups.items():
        kept.extend(_fold_events(rows) if kind == "event" else _fold(rows))
    kept = [row for row in kept if row.kind != "ownership" or len(_names(row)) > 1]
    return sorted(kept, key=lambda r: (r.trigger, r.kind, _key(r)))


def _fold(rows: list[Relation]) -> list[Relation]:
    """Keep the fullest and surest first; a later one that says no more adds its qualifiers."""
    kept: list[Relation] = []
    for row in sorted(rows, key=lambda r: (-len(_names(r)), -r.score, r.trigger)):
        place = next((n for n, other in enumerate(kept) if _holds(other, row)), None)
        if place is None:
            kept.append(row)
        else:
            kept[place] = _with(kept[place], row)
    return kept


def _fold_events(rows: list[Relation]) -> list[Relation]:
    seen: dict[tuple[tuple[str, ...], tuple[int, int]], Relation] = {}
    for row in rows:
        seen.setdefault((_key(row), row.trigger), row)
    return list(seen.values())


def _names(relation: Relation) -> dict[str, str]:
    return {role: fold(filler.name) for role, filler in relation.roles.items() if isinstance(filler, Filler)}


def _key(relation: Relation) -> tuple[str, ...]:
    parts: list[str] = []
    for role, filler in relation.roles.items():
        for one in filler if isinstance(filler, tuple) else (filler,) if filler is not None else ():
            parts += [role, fold(one.name)]
    return tuple(parts)


def _holds(fuller: Relation, other: Relation) -> bool:
    """Return whether the fuller relation says all that the other says."""
    if fuller.polarity != other.polarity:
        return False
    mine, theirs = _names(fuller), _names(other)
    if theirs.items() <= mine.items():
        return True
    return fuller.kind in _SYMMETRIC and set(mine.values()) == set(theirs.values())


def _with(relation: Relation, other: Relation) -> Relation:
    """Return the relation with what the other's qualifiers add."""
    mine, theirs = relation.qualifiers, other.qualifiers
    if theirs == Qualifiers() or mine == theirs:
        return relation
    start, end = relation.evidence
    joined = Qualifiers(
        dates=mine.dates or theirs.dates,
        places=mine.places or theirs.places,
        amount=mine.amount or theirs.amount,
        quantity=mine.quantity or theirs.quantity,
        share=mine.share or theirs.share,
        instrument=mine.instrument or theirs.instrument,
        targets=tuple(dict.fromkeys((*mine.targets, *theirs.targets))),
    )
    return replace(
        relation, qualifiers=joined, evidence=(min(start, other.evidence[0]), max(end, other.evidence[1]))
    )
