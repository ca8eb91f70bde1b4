"""What a speaker admits later, elsewhere, against what they said before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from casegraph.trace import stance, terms, values
from casegraph.trace.base import Reported
from casegraph.trace.context import common, speakers
from casegraph.trace.reworded import Reading, Said

_NEAR = 0.45
"""Cosine of what is admitted and what was said of the same matter before."""


class Recanted(NamedTuple):
    """A claim, and the later one in which its speaker admits something else or calls it wrong."""

    before: Reported
    after: Reported


def recanted(reading: Reading) -> list[Recanted]:
    """Return the claims that their speakers took back in later reports.

    A copy only repeats, and an outlet speaks for itself on its own page alone.
    """
    return [
        Recanted(before, after)
        for one, other, _ in reading.near_pairs(_NEAR)
        for first, second in ((one, other), (other, one))
        for before, after in _pairs(first, second, reading)
    ]


def _pairs(first: Said, second: Said, reading: Reading) -> Iterator[tuple[Reported, Reported]]:
    for after in second.claims if first.side != "neither" and second.side == "for" else ():
        if any(_admits(ground.exact) for ground in after.claim.evidence):
            for before in first.claims:
                akin = reading.akin(before.document.id, after.document.id)
                if not akin and _later(before, after) and _one_speaker(before, after):
                    yield before, after


def _admits(words: str) -> bool:
    """Say whether words tell of admitting; with a negation it may be that somebody does not."""
    return terms.speaks_of("admitting", words) and not terms.speaks_of("negations", words)


def _later(before: Reported, after: Reported) -> bool:
    when = [one.document.published for one in (before, after)]
    days = [values.day(date.start) if date is not None else None for date in when]
    return days[0] is not None and days[1] is not None and days[0] < days[1]


def _one_speaker(before: Reported, after: Reported) -> bool:
    old, new = (
        next((link for link in one.claim.attribution if link.role != "publisher"), None)
        for one in (before, after)
    )
    if old is None or new is None or stance.is_earlier_version(old) or stance.is_earlier_version(new):
        return False
    if old.entity is not None and old.entity == new.entity:
        return True
    return common(tuple(speakers(before.claim)), tuple(speakers(after.claim))) > 0
