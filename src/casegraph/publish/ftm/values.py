"""Sums, quantities and dates of claims as FollowTheMoney writes them, and in words where it cannot."""

from __future__ import annotations

import re
from datetime import date, timedelta

from casegraph.model import Amount, Claim, ClaimDate, Quantity
from casegraph.publish.ftm.draft import Draft, joined

_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def number(value: float) -> str:
    """Return a number without an exponent or needless zeros."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def bounded(minimum: float | None, maximum: float | None) -> str:
    """Return "7", "at least 7", "at most 7", "3 to 7", or "" for nothing known."""
    if minimum is None and maximum is None:
        return ""
    if minimum is None:
        return f"at most {number(maximum or 0)}"
    if maximum is None:
        return f"at least {number(minimum)}"
    return number(minimum) if minimum == maximum else f"{number(minimum)} to {number(maximum)}"


def exact(value: Amount | Quantity | None) -> str | None:
    """Return the number of a value whose bounds meet, None for any other."""
    if value is None or value.minimum is None or value.minimum != value.maximum:
        return None
    if isinstance(value, Quantity) and value.approximate:
        return None
    return number(value.minimum)


def in_words(claim: Claim) -> str:
    """Return what the qualifiers say: bounds keep their bound, dates the words that they come from."""
    own = claim.qualifiers
    parts = []
    if own.amount is not None:
        parts.append(f"amount {bounded(own.amount.minimum, own.amount.maximum)} {own.amount.currency or ''}")
    for name, value in (("quantity", own.quantity), ("share", own.share)):
        if value is not None:
            about = "about " if value.approximate else ""
            parts.append(f"{name} {about}{bounded(value.minimum, value.maximum)} {value.unit}")
    parts += [f"date: {one.text}" for one in own.dates]
    parts += [f"place: {one.name}" for one in own.places]
    parts.append(f"instrument: {own.instrument}" if own.instrument else "")
    parts.append(f"position: {own.position}" if own.position else "")
    return joined(part.strip() for part in parts)


def add_dates(draft: Draft, dates: tuple[ClaimDate, ...], origin: str | None) -> None:
    """Add when: a day, month or year as `date`, any other period as its first and last day."""
    if "startDate" not in draft.schema.properties:
        return
    for one in dates:
        start, end = _day(one.start), _day(one.end)
        whole = _whole(start, end)
        if whole is not None:
            draft.add("date", whole, origin=origin)
            continue
        draft.add("startDate", start, origin=origin)
        if end is not None:
            draft.add("endDate", _day_before(end), origin=origin)


def _day(text: str | None) -> str | None:
    found = _DAY.match(text or "")
    return found[0] if found else None


def _parsed(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _whole(start: str | None, end: str | None) -> str | None:
    """Return the prefix of ISO 8601 that means just this period, None where there is none."""
    first, last = _parsed(start or ""), _parsed(end or "")
    if first is None or last is None:
        return start if end is None and start is not None and first is None else None
    if last - first <= timedelta(days=1):
        return first.isoformat()
    if first.day == 1 and last.day == 1 and (last - timedelta(days=1)).replace(day=1) == first:
        return first.isoformat()[:7]
    if (first.month, first.day, last.month, last.day) == (1, 1, 1, 1) and last.year == first.year + 1:
        return first.isoformat()[:4]
    return None


def _day_before(end: str) -> str:
    last = _parsed(end)
    return end if last is None or last == date.min else (last - timedelta(days=1)).isoformat()
