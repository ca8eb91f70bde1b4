"""Which grades hold."""

from __future__ import annotations

from collections.abc import Iterable

from casegraph.model import Grade


def standing(grades: Iterable[Grade]) -> list[Grade]:
    """Return the last word on each subject, where that is a grade; sources first."""
    last = {(one.axis, one.subject): one for one in grades}
    found = [one for one in last.values() if one.value]
    return sorted(found, key=lambda one: (one.axis == "credibility", one.subject))


def reliabilities(settled: Iterable[tuple[str, str]], grades: Iterable[Grade]) -> tuple[tuple[str, str], ...]:
    """Return how reliable sources are: as case.toml says, and before that as people have said since."""
    found = dict(settled)
    found |= {one.subject: one.value for one in standing(grades) if one.axis == "reliability"}
    return tuple(sorted(found.items()))
