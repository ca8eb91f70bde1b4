"""Mapping files: FollowTheMoney's format for tables (YAML), with what claims need beside it.

A file holds one data set; each of its queries makes one kind of claim out of a row. Entities, keys and
properties are FollowTheMoney's, so that its tools can run the file over a CSV of the table. What its schemas
have no property for (quantity, unit, currency of a delivery) stands under `casegraph`, which they pass over.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

import yaml

from casegraph.attribute.tables.schemas import EDGES, PARTIES, Edge, kind_of
from casegraph.errors import SettingsError
from casegraph.model import ColumnUse, Mapping, Rule, Source, TableMapping

_MARK = re.compile(r"# guess ([0-9a-f]{16})\b[^\n]*\n")
_HEAD = (
    "# guess {digest}: what casegraph takes these tables for. It is not read back while this line\n"
    "# stands and nothing below it is changed. Edit what follows, or delete this line, and the file is\n"
    "# yours: it wins over any guess. `queries: []` makes the tables give nothing.\n"
)
_QUERY_KEYS = frozenset(["csv_url", "csv_urls", "entities", "filters", "filters_not", "casegraph"])
_ENTITY_KEYS = frozenset(["schema", "key", "keys", "key_literal", "id_column", "properties"])
_PROPERTY_KEYS = frozenset(
    [
        "column",
        "columns",
        "literal",
        "literals",
        "entity",
        "join",
        "split",
        "format",
        "fuzzy",
        "required",
        "template",
    ]
)

Node = yaml.Node


def is_guess(text: str) -> bool:
    """Tell whether a file is a guess as it was written, which nobody has changed since."""
    match = _MARK.match(text)
    return match is not None and match[1] == _digest(text[match.end() :])


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]


# -- writing -----------------------------------------------------------------------------------------------


def write_mapping(one: TableMapping, name: str) -> str:
    """Return the mapping file of a guess; `name` is that of the file without its ending."""
    dataset: dict[str, Any] = {
        "label": one.name or name,
        "casegraph": {"headings": list(one.headings), "taken_for": one.kind or "nothing", "sure": one.score},
        "queries": [_query(rule, name) for rule in one.rules],
    }
    body = yaml.safe_dump({name: dataset}, allow_unicode=True, sort_keys=False, width=110)
    head = _HEAD.split("\n", 1)
    kept = head[1] + body
    return head[0].format(digest=_digest(kept)) + "\n" + kept


def _query(rule: Rule, name: str) -> dict[str, Any]:
    edge = EDGES[rule.kind]
    entities: dict[str, Any] = {}
    keys: list[str] = []
    properties: dict[str, Any] = {}
    own: dict[str, Any] = {}
    for role in (*edge.roles, *edge.through):
        source = rule.sources.get(role)
        if source is None:
            continue
        facts = {
            PARTIES[part.partition(".")[2]]: _source(found)
            for part, found in rule.sources.items()
            if part.startswith(f"{role}.") and part.partition(".")[2] in PARTIES
        }
        entities[role] = {
            "schema": rule.schemas.get(role, edge.schemas[role]),
            "keys": list(source.columns) or None,
            "key_literal": None if source.columns else next(iter(source.literals), None),
            "properties": {"name": _source(source), **facts},
        }
        entities[role] = {key: value for key, value in entities[role].items() if value is not None}
        keys.extend(source.columns)
        if role in edge.roles:
            properties[edge.roles[role]] = {"entity": role}
        elif edge.through[role][0] in entities:
            between, prop = edge.through[role]
            entities[between]["properties"][prop] = {"entity": role}
    for part, source in rule.sources.items():
        if part in edge.values:
            properties[edge.values[part]] = _source(source)
            keys.extend(source.columns)
        elif part not in edge.roles and part not in edge.through and "." not in part:
            own[part] = _source(source)
    entities[rule.kind] = {"schema": edge.schema, "keys": list(dict.fromkeys(keys)), "properties": properties}
    query: dict[str, Any] = {"csv_url": f"{name}.csv", "entities": entities}
    if rule.filters:
        query["filters"] = dict(rule.filters)
    if rule.filters_not:
        query["filters_not"] = dict(rule.filters_not)
    return query | ({"casegraph": own} if own else {})


def _source(source: Source) -> dict[str, Any]:
    if source.literals and not source.columns:
        return {"literal": source.literals[0]}
    if len(source.columns) == 1:
        return {"column": source.columns[0]}
    found: dict[str, Any] = {"columns": list(source.columns)}
    return found if source.join is None else found | {"join": source.join}


def uses_of(rules: tuple[Rule, ...]) -> tuple[ColumnUse, ...]:
    """Return what the columns of rules are taken for; a mapping file is sure."""
    found = {
        (column, part): ColumnUse(heading=column, property=part, score=1.0)
        for rule in rules
        for part, source in rule.sources.items()
        for column in source.columns
    }
    return tuple(found.values())


# -- reading -----------------------------------------------------------------------------------------------


class _Reader:
    """Reads one file; every complaint names the file and the line."""

    def __init__(self, name: str) -> None:
        self.name = name

    def wrong(self, node: Node | None, words: str) -> SettingsError:
        """Return the error for what stands at a node."""
        line = f", line {node.start_mark.line + 1}" if node is not None else ""
        return SettingsError(f"mappings/{self.name}{line}: {words}")

    def pairs(self, node: Node, what: str) -> Iterator[tuple[str, Node, Node]]:
        """Yield key, its node and the value's node of a mapping."""
        if not isinstance(node, yaml.MappingNode):
            raise self.wrong(node, f"{what} must be names with values")
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self.wrong(key, f"a name of {what} must be a word")
            if key.value in seen:
                raise self.wrong(key, f"{key.value!r} stands twice")
            seen.add(key.value)
            yield key.value, key, value

    def text(self, node: Node, what: str) -> str:
        """Return a scalar."""
        if not isinstance(node, yaml.ScalarNode) or (node.tag.endswith(":null") and not node.value):
            raise self.wrong(node, f"{what} must be text")
        return str(node.value)

    def texts(self, node: Node, what: str) -> tuple[str, ...]:
        """Return one text or a list of them."""
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.text(item, what) for item in node.value)
        return (self.text(node, what),)


def read_mapping(name: str, text: str) -> Mapping:
    """Return the mapping that a file says; raises SettingsError with the file's name and the line."""
    reader = _Reader(name)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark is not None else ""
        raise SettingsError(f"mappings/{name}{line}: {error.problem or 'no YAML'}") from error
    except yaml.YAMLError as error:
        raise SettingsError(f"mappings/{name}: no YAML") from error
    if root is None:
        raise reader.wrong(
            None, "the file is empty; delete it, or say `queries: []` for tables without claims"
        )
    return _dataset(reader, root)


def _dataset(reader: _Reader, root: Node) -> Mapping:
    sets = list(reader.pairs(root, "the file"))
    if len(sets) != 1:
        raise reader.wrong(root, "the file must hold one data set: a name, and its queries below it")
    headings: tuple[str, ...] = ()
    queries: Node | None = None
    for key, _, value in reader.pairs(sets[0][2], "the data set"):
        if key == "queries":
            queries = value
        elif key == "casegraph":
            for inner, _, node in reader.pairs(value, "casegraph"):
                headings = reader.texts(node, "headings") if inner == "headings" else headings
    if not headings:
        raise reader.wrong(
            sets[0][1], "`casegraph: headings:` must list the headings of the tables that it is for"
        )
    if queries is None or not isinstance(queries, yaml.SequenceNode):
        raise reader.wrong(queries or sets[0][1], "there must be a list of `queries`; `[]` for none")
    rules = tuple(_rule(reader, node, headings) for node in queries.value)
    return Mapping(name=reader.name, headings=headings, rules=rules)


def _rule(reader: _Reader, node: Node, headings: tuple[str, ...]) -> Rule:
    parts = {key: (place, value) for key, place, value in reader.pairs(node, "a query")}
    for key, (place, _) in parts.items():
        if key not in _QUERY_KEYS:
            raise reader.wrong(place, f"a query has no {key!r}; it has {', '.join(sorted(_QUERY_KEYS))}")
    if "entities" not in parts:
        raise reader.wrong(node, "a query must have `entities`")
    entities = {
        key: _entity(reader, value) for key, _, value in reader.pairs(parts["entities"][1], "entities")
    }
    edges = [(key, *one) for key, one in entities.items() if kind_of(one[0]) is not None]
    if len(edges) != 1:
        known = ", ".join(edge.schema for edge in EDGES.values())
        raise reader.wrong(parts["entities"][0], f"a query must have one entity that is one of {known}")
    _, schema, place, properties = edges[0]
    kind = kind_of(schema)
    assert kind is not None  # noqa: S101 - the line above chose it so
    edge = EDGES[kind]
    sources, schemas = _edge(reader, edge, properties, entities)
    if "casegraph" in parts:
        for key, where, value in reader.pairs(parts["casegraph"][1], "casegraph"):
            if key not in edge.extra:
                raise reader.wrong(where, f"{schema} takes {', '.join(sorted(edge.extra))} here, not {key!r}")
            sources[key] = _property(reader, value)[0]
    filters, filters_not = (
        {key: reader.text(value, name) for key, _, value in reader.pairs(parts[name][1], name)}
        if name in parts
        else {}
        for name in ("filters", "filters_not")
    )
    if not any(role in sources for role in edge.roles):
        raise reader.wrong(place, f"{schema} names nobody: it needs {' or '.join(edge.roles.values())}")
    _known(
        reader, node, [*filters, *filters_not, *(c for s in sources.values() for c in s.columns)], headings
    )
    return Rule(kind=kind, sources=sources, schemas=schemas, filters=filters, filters_not=filters_not)


def _known(reader: _Reader, node: Node, columns: list[str], headings: tuple[str, ...]) -> None:
    """Check that the columns are among the headings, or stand beside the table."""
    for column in columns:
        if column not in headings and not column.startswith("above: "):
            raise reader.wrong(_find(node, column) or node, f"{column!r} is none of the headings")


def _find(node: Node, value: str) -> Node | None:
    if isinstance(node, yaml.ScalarNode):
        return node if node.value == value else None
    inner = (
        node.value if isinstance(node, yaml.SequenceNode) else [part for pair in node.value for part in pair]
    )
    return next((found for one in inner if (found := _find(one, value)) is not None), None)


Entity = tuple[str, Node, dict[str, tuple[Node, Node]]]


def _entity(reader: _Reader, node: Node) -> Entity:
    parts = {key: (place, value) for key, place, value in reader.pairs(node, "an entity")}
    for key, (place, _) in parts.items():
        if key not in _ENTITY_KEYS:
            raise reader.wrong(place, f"an entity has no {key!r}; it has {', '.join(sorted(_ENTITY_KEYS))}")
    if "schema" not in parts:
        raise reader.wrong(node, "an entity must have a `schema`")
    if not {"key", "keys", "id_column", "key_literal"} & parts.keys():
        raise reader.wrong(node, "an entity must have `keys`: the columns that tell it from others")
    schema = reader.text(parts["schema"][1], "schema")
    if not re.fullmatch(r"[A-Z][A-Za-z]+", schema):
        raise reader.wrong(parts["schema"][1], f"{schema!r} is no schema of FollowTheMoney")
    properties: dict[str, tuple[Node, Node]] = {}
    if "properties" in parts:
        properties = {
            key: (place, value) for key, place, value in reader.pairs(parts["properties"][1], "properties")
        }
    return schema, parts["schema"][1], properties


def _property(reader: _Reader, node: Node) -> tuple[Source, str | None]:
    """Return where a property comes from, and the entity that it points at."""
    columns: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()
    entity: str | None = None
    join: str | None = None
    for key, place, value in reader.pairs(node, "a property"):
        if key not in _PROPERTY_KEYS:
            raise reader.wrong(place, f"a property has no {key!r}; it has column, columns, literal or entity")
        if key in {"column", "columns"}:
            columns = reader.texts(value, key)
        elif key in {"literal", "literals"}:
            literals = reader.texts(value, key)
        elif key == "join":
            join = reader.text(value, key)
        elif key == "entity":
            entity = reader.text(value, key)
        elif key == "template":
            raise reader.wrong(
                place, "a template makes words that stand nowhere on the page; name the columns"
            )
    return Source(columns=columns, literals=literals, join=join), entity


class _Parties:
    """Who fills the roles of a query: where the names come from, and what the parties are."""

    def __init__(self, reader: _Reader, entities: dict[str, Entity]) -> None:
        self._reader, self._entities = reader, entities
        self.sources: dict[str, Source] = {}
        self.schemas: dict[str, str] = {}

    def party(self, place: Node, prop: str, role: str, entity: str | None) -> dict[str, tuple[Node, Node]]:
        """Note an entity in a role, with its facts; return its properties."""
        if entity is None or entity not in self._entities:
            raise self._reader.wrong(place, f"{prop} must name one of the query's entities: `entity: ...`")
        schema, where, own = self._entities[entity]
        if "name" not in own:
            raise self._reader.wrong(where, f"the entity {entity!r} must have a name")
        self.sources[role] = _property(self._reader, own["name"][1])[0]
        self.schemas[role] = schema
        facts = {name: fact for fact, name in PARTIES.items()}
        for name, (_, node) in own.items():
            if name in facts:
                self.sources[f"{role}.{facts[name]}"] = _property(self._reader, node)[0]
        return own


def _edge(
    reader: _Reader, edge: Edge, properties: dict[str, tuple[Node, Node]], entities: dict[str, Entity]
) -> tuple[dict[str, Source], dict[str, str]]:
    roles = {prop: role for role, prop in edge.roles.items()}
    by_property = {prop: part for part, prop in edge.values.items()}
    found = _Parties(reader, entities)
    sources = found.sources
    for prop, (place, value) in properties.items():
        source, entity = _property(reader, value)
        if prop in roles:
            own = found.party(place, prop, roles[prop], entity)
            for role, (between, name) in edge.through.items():
                if between == roles[prop] and name in own:
                    found.party(own[name][0], name, role, _property(reader, own[name][1])[1])
        elif prop in by_property:
            sources[by_property[prop]] = source
        elif prop not in edge.other:
            known = sorted({*roles, *by_property, *edge.other})
            raise reader.wrong(place, f"{edge.schema} has no {prop!r}; it has {', '.join(known)}")
    return sources, found.schemas
