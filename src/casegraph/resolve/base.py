"""The contract of a scorer: two parties in, a score and its reasons out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from casegraph.model import Reason

Outcome = Literal["same", "proposal", "different"]

CHECKED = frozenset({"inn", "ogrn", "uscc", "lei", "imo", "edrpou", "unp", "resident", "organisation-code"})
"""Kinds of identifiers with a check digit of which a party has one: another of a kind is another party's."""


@dataclass(frozen=True, slots=True)
class Party:
    """What is known of somebody: a group of schemas, names, and facts that decide or weigh.

    `identifiers` are (kind, value) as "inn", "ogrn", "uscc", "lei", "imo"; `births` ISO 8601 dates, maybe
    partial; `countries` ISO 3166-1 alpha-2, lower case; `contacts` (kind, value) that people may share.
    """

    group: str
    names: tuple[str, ...]
    identifiers: frozenset[tuple[str, str]] = frozenset()
    births: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    contacts: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """A score of 0 to 1, what may be done with it without a person, and why.

    `same` may be merged, `proposal` waits for a person's word, `different` is neither.
    """

    score: float
    outcome: Outcome
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Scorer:
    """A matcher by its name and version; `score` is pure and never raises for what a party holds."""

    name: str
    version: int
    score: Callable[[Party, Party], Match]


__all__ = ["CHECKED", "Match", "Outcome", "Party", "Reason", "Scorer"]
