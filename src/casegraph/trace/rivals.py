"""Values that reports of one matter tell differently, though their statements did not come together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casegraph.model import Quantity
from casegraph.trace import values
from casegraph.trace.base import Reported
from casegraph.trace.copies import Roads
from casegraph.trace.measures import TOLLS, known_units, numbers, tells, told_otherwise
from casegraph.trace.reworded import PLAIN, Reading, Said

_NEAR, _AKIN = 0.52, 0.47
"""Cosine of two statements that count one thing: of two reports; of two made from one text."""
_VAGUE = frozenset({"item", "d", "%", "hour", "minute"})
"""Units of what a matter has many of: shares, spans of time, pieces."""


_FEW = 13
"""Of what no list knows, lesser numbers stand in every text."""

_LATER = 2
"""Days after which a count of the dead may have grown."""

_Side = dict[str, Reported]


class Rival(NamedTuple):
    """Claims with one value of a unit, and claims elsewhere with another that cannot hold beside it."""

    left: tuple[Reported, ...]
    right: tuple[Reported, ...]
    was: str
    became: str


def rivals(reading: Reading, roads: Roads) -> list[Rival]:
    """Return the values of statements that mean the same but for them, each two once, in order.

    Neither document tells the other's value. A later state of a page is a correction, and a later count of
    the dead no contradiction. Who tells the value in words that are near stands on its side.
    """
    states = {
        frozenset((step.document, step.source)) for step in roads.all() if step.relation == "was_revision_of"
    }
    found: defaultdict[tuple[str, str, str], tuple[_Side, _Side]] = defaultdict(lambda: ({}, {}))
    sides: dict[tuple[str, str, str], tuple[Quantity, Quantity]] = {}
    for one, other, was, became in _pairs(reading):
        left, right = _telling(one, became, reading), _telling(other, was, reading)
        for mine in left:
            for its in right:
                documents = frozenset((mine.document.id, its.document.id))
                if (
                    len(documents) == 2
                    and documents not in states
                    and not grown(was, became, mine, its, reading)
                ):
                    key = was.unit, values.shown(was), values.shown(became)
                    sides[key] = was, became
                    found[key][0][mine.claim.id] = mine
                    found[key][1][its.claim.id] = its
    return [
        Rival(*_with_others(*sides[key], left, right, reading), key[1], key[2])
        for key, (left, right) in sorted(found.items())
    ]


def _with_others(
    was: Quantity, became: Quantity, left: _Side, right: _Side, reading: Reading
) -> tuple[tuple[Reported, ...], tuple[Reported, ...]]:
    """Return the claims of both sides with those that tell the same value in near words."""
    sides = []
    for own, value, other in ((left, was, became), (right, became, was)):
        more = {
            one.claim.id: one
            for first in own.values()
            for said in reading.repeating(first.claim, value, _AKIN)
            for one in _telling(said, other, reading)
        }
        sides.append(tuple(one for _, one in sorted({**own, **more}.items())))
    return sides[0], sides[1]


def _pairs(reading: Reading) -> Iterator[tuple[Said, Said, Quantity, Quantity]]:
    for one, other, near in reading.near_pairs(min(_NEAR, _AKIN)):
        if not one.measures or not other.measures:
            continue
        if one.side != "for" or other.side != "for" or one.about.negated != other.about.negated:
            continue
        mine, its = _but_for(one.measures, other), _but_for(other.measures, one)
        pair = told_otherwise(mine, its)
        if pair is None or any(_is_vague(value) for value in pair):
            continue
        akin = reading.akin_statements(one, other)
        shared, names = reading.anchors(one, other)
        if near < (_AKIN if akin else _NEAR) or not (
            akin or (shared >= 2 and (names >= 1 or pair[0].unit not in PLAIN))
        ):
            continue
        if values.shown(pair[0]) < values.shown(pair[1]):
            yield one, other, pair[0], pair[1]
        else:
            yield other, one, pair[1], pair[0]


def _but_for(own: Sequence[Quantity], other: Said) -> list[Quantity]:
    """Return the values whose numbers do not stand in another statement: "37, 38, once 41 knots" has 38."""
    held = set(numbers(other.words))
    return [one for one in own if not held & {one.minimum, one.maximum}]


def _is_vague(value: Quantity) -> bool:
    few = (value.minimum or value.maximum or 0.0) < _FEW
    return value.unit in _VAGUE or (few and value.unit not in known_units())


def _telling(said: Said, other: Quantity, reading: Reading) -> Sequence[Reported]:
    return [one for one in said.claims if not tells(reading.counted.get(one.document.id, ()), other)]


def grown(was: Quantity, became: Quantity, left: Reported, right: Reported, reading: Reading) -> bool:
    """Say whether a report of two days later, or more, has only more dead, hurt or missing than another."""
    if was.unit not in TOLLS or reading.akin(left.document.id, right.document.id):
        return False
    when = [one.document.published for one in (left, right)]
    days = [values.day(date.start) if date is not None else None for date in when]
    if days[0] is None or days[1] is None or abs(days[0] - days[1]) < _LATER:
        return False
    counts = [one.minimum or one.maximum or 0.0 for one in (was, became)]
    return (days[0] < days[1]) == (counts[0] < counts[1])
