"""Tables with a FollowTheMoney mapping: the file that says what the columns are, and the rows by it.

Every query of the file is run over the one table that is given; addresses in it (`csv_url`, `database`) are
never opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import yaml

from casegraph.errors import SettingsError
from casegraph.model import Problem
from casegraph.reference.base import Form, Item, Options, line_problem
from casegraph.reference.checked import fragment
from casegraph.reference.lines import table_rows
from casegraph.reference.query import EntityRule, PropertyRule, Query
from casegraph.text.vocabulary import Schema, schemata

_ENTITY = frozenset({"schema", "key", "keys", "key_literal", "id_column", "properties"})
_PROPERTY = frozenset(
    "column columns literal literals entity join split format fuzzy required template".split()
)
_QUERY = frozenset("csv_url csv_urls database query entities filters filters_not casegraph".split())


def read_rows(stream: BinaryIO, options: Options) -> Iterator[Item]:
    """Yield the entities of each row. Problems: no-key, no-required, and those of `checked.fragment`."""
    for row in table_rows(stream):
        if isinstance(row, Problem):
            yield row
            continue
        line, cells = row
        for query in options.queries:
            if query.takes(cells):
                yield from _mapped(query, cells, line)


def _mapped(query: Query, row: Mapping[str, str], line: int) -> Iterator[Item]:
    ids = {one.name: one.id_of(row) for one in query.entities}
    for one in query.entities:
        id_ = ids[one.name]
        if id_ is None:
            yield line_problem("no-key", f"the row has no key of the entity {one.name!r}; left out", line)
            continue
        given: dict[str, list[str]] = {}
        for name, rule in one.properties.items():
            other = ids.get(rule.entity or "")
            given[name] = rule.values(row) if rule.entity is None else [other] if other else []
        if any(rule.required and not given[name] for name, rule in one.properties.items()):
            yield line_problem("no-required", f"{one.name!r} lacks what the mapping requires; left out", line)
            continue
        yield from fragment(id_, one.schema, given, line)


# -- the file ----------------------------------------------------------------------------------------------


def read_queries(text: str, name: str) -> tuple[Query, ...]:
    """Return the queries of a mapping file; raises SettingsError that names what is wrong."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark is not None else ""
        raise SettingsError(f"{name}{where}: this is no YAML") from None
    if not isinstance(data, dict) or not data:
        raise _wrong(name, "a mapping file holds data sets by name")
    found: list[Query] = []
    for key, dataset in data.items():
        where = f"{name}: {key}"
        if not isinstance(dataset, dict):
            raise _wrong(where, "a data set has `queries`")
        queries = dataset.get("queries", dataset.get("query", dataset.get("mapping")))
        found.extend(_query(one, where) for one in (queries if isinstance(queries, list) else [queries]))
    return tuple(found)


def _wrong(where: str, what: str) -> SettingsError:
    return SettingsError(f"{where}: {what}")


def _query(data: object, where: str) -> Query:
    if not isinstance(data, dict) or not isinstance(data.get("entities"), dict):
        raise _wrong(where, "a query has `entities`")
    _known(data, _QUERY, where)
    rules = tuple(_entity(str(name), one, f"{where}: {name}") for name, one in data["entities"].items())
    names = {one.name: schemata()[one.schema] for one in rules}
    for one in rules:
        for prop, rule in one.properties.items():
            if rule.entity is not None:
                _leads(one, prop, names.get(rule.entity), where)
    return Query(rules, _filters(data.get("filters"), where), _filters(data.get("filters_not"), where))


def _leads(one: EntityRule, prop: str, target: Schema | None, where: str) -> None:
    range_ = schemata()[one.schema].properties[prop].range
    if target is None:
        raise _wrong(f"{where}: {one.name}", f"the entity of {prop!r} is not in the query")
    if range_ is None or not target.is_a(range_):
        raise _wrong(f"{where}: {one.name}", f"{prop!r} leads to no {target.name}")


def _entity(name: str, data: object, where: str) -> EntityRule:
    if not isinstance(data, dict):
        raise _wrong(where, "an entity has a `schema`, `keys` and `properties`")
    _known(data, _ENTITY, where)
    schema = schemata().get(str(data.get("schema")))
    if schema is None or schema.abstract:
        raise _wrong(where, f"{data.get('schema')!r} is no schema of FollowTheMoney")
    keys = (*_words(data.get("key"), where), *_words(data.get("keys"), where))
    column = data.get("id_column")
    if bool(keys) == bool(column):
        raise _wrong(where, "an entity has either `keys` or an `id_column`")
    properties = data.get("properties", {})
    if not isinstance(properties, dict):
        raise _wrong(where, "`properties` are by name")
    for prop in properties:
        if prop not in schema.properties:
            raise _wrong(where, f"{schema.name} has no property {prop!r}")
    rules = {str(prop): _property(one, f"{where}: {prop}") for prop, one in properties.items()}
    literal = data.get("key_literal")
    return EntityRule(
        name=name,
        schema=schema.name,
        keys=keys,
        key_literal="" if literal is None else str(literal),
        id_column=None if column is None else str(column),
        properties=rules,
    )


def _property(data: object, where: str) -> PropertyRule:
    if not isinstance(data, dict):
        raise _wrong(where, "a property has a `column`, a `literal` or an `entity`")
    _known(data, _PROPERTY, where)
    texts = {
        key: None if data.get(key) is None else str(data[key])
        for key in ("entity", "join", "split", "format", "template")
    }
    return PropertyRule(
        columns=(*_words(data.get("column"), where), *_words(data.get("columns"), where)),
        literals=(*_words(data.get("literal"), where), *_words(data.get("literals"), where)),
        required=bool(data.get("required", False)),
        **texts,
    )


def _known(data: dict[Any, Any], known: frozenset[str], where: str) -> None:
    for key in data:
        if key not in known:
            raise _wrong(where, f"there is no {key!r} here")


def _words(value: object, where: str) -> tuple[str, ...]:
    """Return one word or several as text; YAML takes a bare `no` or `on` for something else."""
    values = [] if value is None else value if isinstance(value, list) else [value]
    for one in values:
        if not isinstance(one, str | int | float) or isinstance(one, bool):
            raise _wrong(where, f"{one!r} is no text; put it in quotation marks")
    return tuple(map(str, values))


def _filters(data: object, where: str) -> dict[str, frozenset[str | None]]:
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise _wrong(where, "filters are values by column")
    return {str(name): frozenset(_words(value, where)) or frozenset({None}) for name, value in data.items()}


MAPPED = Form("mapping", "a table (CSV, TSV) with a FollowTheMoney mapping", lambda _: False, read_rows)
