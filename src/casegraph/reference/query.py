"""A query of a FollowTheMoney mapping: how a row of a table becomes entities."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

_COLUMN = re.compile(r"{{([^{}]*)}}")


@dataclass(frozen=True, slots=True)
class PropertyRule:
    """Where the values of a property come from: columns, literals, a template, or another entity."""

    columns: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()
    entity: str | None = None
    join: str | None = None
    split: str | None = None
    format: str | None = None  # of dates, as strptime has it
    template: str | None = None
    required: bool = False

    def values(self, row: Mapping[str, str]) -> list[str]:
        """Return what a row holds for the property, as it stands there."""
        if self.template is not None:
            return [_COLUMN.sub(lambda match: row.get(match[1], ""), self.template).strip()]
        found = [*self.literals, *(row[name] for name in self.columns if name in row)]
        if self.join is not None:
            found = [self.join.join(found)]
        if self.split is not None:
            found = [part for value in found for part in value.split(self.split)]
        return [self._dated(value) for value in found if value.strip()]

    def _dated(self, value: str) -> str:
        """Return a date in the given form as ISO 8601, as precise as the form."""
        if self.format is None:
            return value
        try:
            moment = datetime.strptime(value.strip(), self.format)  # noqa: DTZ007 - days have no zone
        except ValueError:
            return value
        if "%d" in self.format:
            return moment.strftime("%Y-%m-%d")
        return moment.strftime("%Y-%m" if re.search(r"%[mbB]", self.format) else "%Y")


@dataclass(frozen=True, slots=True)
class EntityRule:
    """One entity of a row; its id is that of a column, or the SHA-1 of its keys as the library makes it."""

    name: str
    schema: str
    keys: tuple[str, ...] = ()
    key_literal: str = ""
    id_column: str | None = None
    properties: Mapping[str, PropertyRule] = field(default_factory=dict)

    def id_of(self, row: Mapping[str, str]) -> str | None:
        """Return the id of the entity in a row, None where its keys are empty."""
        if self.id_column is not None:
            return row.get(self.id_column)
        digest = hashlib.sha1(self.key_literal.encode(), usedforsecurity=False)
        values = sorted(row[key].encode() for key in self.keys if row.get(key))
        for value in values:
            digest.update(value)
        return digest.hexdigest() if values else None


@dataclass(frozen=True, slots=True)
class Query:
    """What one query makes of a row, and which rows it takes."""

    entities: tuple[EntityRule, ...]
    filters: Mapping[str, frozenset[str | None]] = field(default_factory=dict)
    filters_not: Mapping[str, frozenset[str | None]] = field(default_factory=dict)

    def takes(self, row: Mapping[str, str]) -> bool:
        """Say whether the query is for a row."""
        wanted = all(row.get(name) in values for name, values in self.filters.items())
        return wanted and not any(row.get(name) in values for name, values in self.filters_not.items())
