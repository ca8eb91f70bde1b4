"""What happened when: dated claims in order of time, those that say the same together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from casegraph.connect.parties import entities_in
from casegraph.connect.weight import Rest, Weight
from casegraph.model import Claim, ClaimDate, Happening, Kind, Precision, Span

_YEAR = 12  # months
_CALENDAR: dict[Precision, int] = {"month": 1, "quarter": 3, "year": _YEAR}
_LAST = "9999"


@dataclass(slots=True)
class _Dated:
    first: Claim
    date: ClaimDate
    weight: Weight = field(default_factory=Weight)
    claims: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)


class Happenings:
    """Collects claims, in any order."""

    def __init__(self) -> None:
        self._dated: dict[tuple[Kind, str, str, str], _Dated] = {}
        self.undated = 0
        """Claims that give no date."""

    def add(self, claim: Claim, rest: Rest | None) -> None:
        """Add a claim, with what it rests on where that is known."""
        dates = [one for one in claim.qualifiers.dates if one.start or one.end]
        self.undated += not dates
        for date in dates:
            key = (claim.kind, rest.cluster if rest else claim.id, date.start or "", date.end or "")
            found = self._dated.setdefault(key, _Dated(claim, date))
            if claim.id < found.first.id:
                found.first, found.date = claim, date
            found.weight.add(claim, rest)
            found.claims.add(claim.id)
            found.documents.add(claim.document)
            found.entities.update(entities_in(claim))

    def happenings(self) -> Iterator[Happening]:
        """Yield them by the first day, then the last; what only has an end counts from it."""
        for found in sorted(self._dated.values(), key=_when):
            yield Happening(
                claim=found.first.id,
                document=found.first.document,
                claims=tuple(sorted(found.claims)),
                documents=tuple(sorted(found.documents)),
                kind=found.first.kind,
                standing=found.weight.standing,
                doubts=found.weight.reasons,
                span=Span(start=found.date.start, end=found.date.end),
                precision=precision(found.date.start, found.date.end),
                text=found.date.text,
                entities=tuple(sorted(found.entities)),
                independent=found.weight.independent,
                undetermined=found.weight.undetermined,
            )


def _when(found: _Dated) -> tuple[str, str, str]:
    start, end = found.date.start, found.date.end
    return start or end or _LAST, end or _LAST, found.first.id


def precision(start: str | None, end: str | None) -> Precision:
    """Return how exact a half-open interval is; `open` where one side is not said."""
    if start and "T" in start:
        return "moment"
    first, last = day_of(start), day_of(end)
    if first is None or last is None:
        return "open"
    if (last - first).days <= 1:
        return "day"
    months = (last.year - first.year) * _YEAR + last.month - first.month
    if first.day == last.day == 1:
        for name, length in _CALENDAR.items():
            if months == length and (first.month - 1) % length == 0:
                return name
    return "period"


def day_of(text: str | None) -> dt.date | None:
    """Return the day that an ISO 8601 date begins with, the first one of a month or year."""
    if not text:
        return None
    try:
        year, month, day = ([int(part) for part in text[:10].split("-")] + [1, 1])[:3]
        return dt.date(year, month, day)
    except ValueError:
        return None
