"""FollowTheMoney in: entities as JSON Lines or a list, statements as CSV or JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from casegraph.model import Problem
from casegraph.reference.base import Form, Fragment, Item, Options, line_problem
from casegraph.reference.checked import fragment, strings
from casegraph.reference.lines import Row, json_objects, table_rows
from casegraph.text.vocabulary import schemata

_BASE = "id"  # a statement that an entity is there, without a property


def read_entities(stream: BinaryIO, options: Options) -> Iterator[Item]:
    """Yield the entities of a file. Problems: no-properties, and those of `checked.fragment`."""
    del options
    for row in json_objects(stream):
        if isinstance(row, Problem):
            yield row
        else:
            yield from _entity(*row)


def _entity(line: int, row: dict[str, Any]) -> Iterator[Item]:
    properties = row.get("properties")
    if not isinstance(properties, dict):
        yield line_problem("no-properties", "the entity has no properties", line)
        return
    given: dict[str, list[str]] = {}
    for name, values in properties.items():
        given[name] = strings(values)
        for one in values if isinstance(values, list) else ():
            if isinstance(one, dict) and isinstance(one.get("id"), str):  # an entity put in place of its id
                given[name].append(one["id"])
                if "properties" in one:
                    yield from _entity(line, one)
    extra = Fragment(id="", schema="", referents=tuple(strings(row.get("referents"))))
    yield from fragment(row.get("id"), row.get("schema"), given, line, extra)


def read_statements(stream: BinaryIO, options: Options) -> Iterator[Item]:
    """Yield what a stream of statements says; those of one entity that follow each other come together.

    Problems: no-property, and those of `checked.fragment`.
    """
    del options
    gathered: _Gathered | None = None
    for row in _statement_rows(stream):
        if isinstance(row, Problem):
            yield row
            continue
        line, one = row
        own, id_, schema, prop = _names(one)
        if not own or not schema or not prop:
            yield line_problem("no-property", "the statement has no entity, schema or property", line)
            continue
        if gathered is None or gathered.key != (own, schema):
            if gathered is not None:
                yield from gathered.item()
            gathered = _Gathered(own, schema, line)
        gathered.add(id_, prop, one.get("value"))
    if gathered is not None:
        yield from gathered.item()


def _names(row: dict[str, Any]) -> tuple[str, str, str, str]:
    """Return the entity, the id that the source gave it, the schema and the property of a statement."""
    given = strings(row.get("entity_id"))
    canonical = strings(row.get("canonical_id")) or given
    prop = next(iter(strings(row.get("prop"))), "")
    schema = next(iter(strings(row.get("schema"))), "")
    if ":" in prop:  # as the packed form has it: Schema:property
        schema, _, prop = prop.partition(":")
    return (canonical or [""])[0], (given or canonical or [""])[0], schema, prop


class _Gathered:
    """Statements that follow each other and are of one entity and schema."""

    def __init__(self, own: str, schema: str, line: int) -> None:
        self.key = own, schema
        self._line = line
        self._given: dict[str, list[str]] = {}
        self._ids: dict[str, None] = {}

    def add(self, id_: str, prop: str, value: object) -> None:
        if id_ != self.key[0]:
            self._ids[id_] = None
        if prop != _BASE:
            self._given.setdefault(prop, []).extend(strings(value))

    def item(self) -> Iterator[Item]:
        extra = Fragment(id="", schema="", referents=tuple(self._ids))
        yield from fragment(*self.key, self._given, self._line, extra)


def _statement_rows(stream: BinaryIO) -> Iterator[Row | Problem]:
    start = stream.peek(64) if hasattr(stream, "peek") else b""
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        yield from json_objects(stream)
    else:
        yield from table_rows(stream)


def _are_entities(head: bytes) -> bool:
    return b'"properties"' in head and b'"schema"' in head


def _are_statements(head: bytes) -> bool:
    first = head.lstrip(b"\xef\xbb\xbf").partition(b"\n")[0]
    return b"entity_id" in first and b"prop" in first and b"value" in first


def known_schema(name: str) -> bool:
    """Say whether entries can be of a schema."""
    found = schemata().get(name)
    return found is not None and not found.abstract


STATEMENTS = Form(
    "ftm-statements", "statements of FollowTheMoney, CSV or JSON Lines", _are_statements, read_statements
)
ENTITIES = Form("ftm", "entities of FollowTheMoney, JSON Lines or a list", _are_entities, read_entities)
