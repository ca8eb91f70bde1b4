"""Times of day in Russian: в 14 часов 30 минут, в 14.30, в 00 ч. 15 мин. (GOST R 7.0.97-2016)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HOURS, _MINUTES = 24, 60
_TIME = (
    r"(?P<hour>[012]?\d)(?:[:.](?P<minute>[0-5]\d)(?![\d.])"
    r"|\s*(?:час(?:а|ов|ам)?|ч\.?)(?!\w)(?:\s*(?P<minutes>[0-5]?\d)\s*мин(?:ут(?:ам?|ы)?|\.)?(?!\w))?)"
)
_ZONE = r"(?:\s+(?:по\s+(?:московскому|местному)\s+времени|мск|МСК))?"
_BEHIND = re.compile(rf",?\s+(?:(?:примерно\s+)?(?:в|около|к)\s+)?{_TIME}{_ZONE}", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<![\w.,:]){_TIME}{_ZONE},?\s+$", re.IGNORECASE)
_ALONE = re.compile(rf"(?:(?<!\w)(?:в|к|ко|с|на)\s+|(?:^|[.!?]\s+)Около\s+)(?P<time>{_TIME})", re.IGNORECASE)
_LEAD = 60  # characters that a time may take before its day

Clock = tuple[int, int, str]


def _clock(match: re.Match[str]) -> str | None:
    hour, minute = int(match["hour"]), int(match["minute"] or match["minutes"] or 0)
    return f"T{hour:02d}:{minute:02d}" if hour < _HOURS and minute < _MINUTES else None


def behind(text: str, end: int) -> tuple[int, str] | None:
    """Return the end and the time ("T14:30") of what follows a day, None where no time does."""
    match = _BEHIND.match(text, end)
    clock = _clock(match) if match is not None else None
    return None if match is None or clock is None else (match.end(), clock)


def before(text: str, start: int) -> tuple[int, str] | None:
    """Return the start and the time of what stands right before a day, None where no time does."""
    match = _BEFORE.search(text, max(0, start - _LEAD), start)
    clock = _clock(match) if match is not None else None
    return None if match is None or clock is None else (match.start(), clock)


def alone(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the times that a preposition tells from durations."""
    for match in _ALONE.finditer(text):
        told = match["minute"] or match["minutes"]
        if told and _clock(match) is not None:
            yield match.span("time")
