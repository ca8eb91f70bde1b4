"""What the pages of network, timeline and map can be asked for, beside whom they are about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, get_args

from casegraph.connect import KINDS, TieFilter
from casegraph.errors import UsageError
from casegraph.model import Kind, Stance, Standing
from casegraph.pipeline.case import Case
from casegraph.web.base import Ask, Parameter

S = TypeVar("S", bound=str)

STANDINGS: tuple[Standing, ...] = get_args(Standing)
STANCES: tuple[Stance, ...] = get_args(Stance)
DATED: tuple[Kind, ...] = tuple(kind for kind in get_args(Kind) if kind != "statement")
"""Kinds of claims that are shown by time and place."""

_MOST_ORIGINS = 99


def several(name: str, words: str, values: Iterable[str] | None = None) -> Parameter:
    """Return a parameter that may be given several times."""
    item: dict[str, Any] = {"type": "string"} | ({"enum": list(values)} if values is not None else {})
    return Parameter(name, words, {"type": "array", "items": item})


DAYS = (
    Parameter("since", "The first day, ISO 8601.", {"type": "string", "format": "date"}),
    Parameter("until", "The last day, ISO 8601.", {"type": "string", "format": "date"}),
)
TIES = (
    several("kind", "Kinds of claims that tie.", KINDS),
    several("standing", "What the claims come to.", STANDINGS),
    several("stance", "What some speaker does with it.", STANCES),
    *DAYS,
    Parameter("origins", "Known independent origins, at least.", {"type": "integer", "minimum": 1}),
)


_COMMON: frozenset[Kind] = frozenset({"presence"})
_SAID: frozenset[Standing] = frozenset(STANDINGS) - {"denied"}
"""By what ways lead unless something else is asked for: two in one town need have nothing to do with each
other, and what is only denied leads nowhere."""


def tie_filter(ask: Ask, *, ways: bool = False) -> TieFilter:
    """Return what ties must be like; for `ways`, where nothing is asked for, what leads somewhere."""
    kinds = one_of("kind", ask.texts("kind"), KINDS)
    standings = one_of("standing", ask.texts("standing"), STANDINGS)
    stances = one_of("stance", ask.texts("stance"), STANCES)
    return TieFilter(
        kinds=frozenset(kinds or (frozenset(KINDS) - _COMMON if ways else ())),
        standings=frozenset(standings or (_SAID if ways else ())),
        stances=frozenset(stances),
        since=day(ask, "since"),
        until=day(ask, "until"),
        origins=ask.number("origins", 1, most=_MOST_ORIGINS) if ask.text("origins") else 0,
    )


def one_of(name: str, given: Iterable[str], known: Sequence[S]) -> tuple[S, ...]:
    """Return the values; raises UsageError for one that there is not."""
    there = {str(one): one for one in known}
    values = tuple(given)
    for value in values:
        if value not in there:
            raise UsageError(f"there is no {name} {value[:40]!r}; there are {', '.join(there)}")
    return tuple(there[value] for value in values)


def day(ask: Ask, name: str) -> str:
    """Return a day as ISO 8601 has it, "" for none; raises UsageError for anything else."""
    value = ask.text(name)
    if value is None:
        return ""
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        raise UsageError(f"{name} must be a day like 2024-02-29, not {value[:20]!r}") from None


def parties(case: Case, names: Iterable[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the entities that are meant, id to name, and what means none."""
    found: dict[str, str] = {}
    unknown: list[str] = []
    for name in names:
        try:
            one = case.party(name)
        except UsageError:
            unknown.append(name)
        else:
            found[one.id] = one.name
    return found, tuple(unknown)
