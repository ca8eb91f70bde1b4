"""Lists of aliases: an id, a label and further names by language, as Wikidata gives them or as a table.

JSON: entities of Wikidata (`labels`, `aliases`, `claims`), or objects with `id`, `label` or `labels`, and
`aliases` as a list or by language. Tables: columns for id, label and aliases, with a language behind them
(`label_ru`, `aliases_zh`), or a row a name with a column `language`; the names of a SPARQL result
(`item`, `itemLabel`, `itemAltLabel`) are known. Further columns may hold a schema, a country and identifiers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from casegraph.model import Problem
from casegraph.reference.base import Form, Fragment, Item, Options, line_problem
from casegraph.reference.checked import fragment, strings
from casegraph.reference.ftm import known_schema
from casegraph.reference.lines import Row, json_objects, table_rows
from casegraph.text import fold
from casegraph.text.vocabulary import schemata

_QID = re.compile(r"(?:.*/)?(Q[1-9]\d*)$")
_PERSON = "Q5"
_INSTANCE, _BORN = "P31", "P569"
_CLAIMS = {"P1278": "leiCode", "P458": "imoNumber"}
"""Identifiers of Wikidata: Legal Entity Identifier, IMO ship number."""

_IDS = ("id", "item", "qid", "entity", "entity_id")
_LABELS = ("label", "name", "itemlabel", "title", "caption")
_ALIASES = ("aliases", "alias", "altlabel", "itemaltlabel", "also_known_as", "altlabels")
_LANGUAGE = ("language", "lang", "itemlabel_lang")
_COLUMNS = {
    "country": "country", "country_code": "country", "countries": "country",
    "inn": "innCode", "ogrn": "ogrnCode", "lei": "leiCode", "uscc": "uscCode", "imo": "imoNumber",
    "registration_number": "registrationNumber", "birth_date": "birthDate", "birthdate": "birthDate",
    "wikidata": "wikidataId", "topics": "topics",
}  # fmt: skip
_BY_LANGUAGE = re.compile(r"(?P<word>[a-z_]+?)[_@:.](?P<language>[a-z]{2,3}(?:[-_][a-z]+)?)")
_WEAK = re.compile(r"[^\W\d_\u3400-\u9fff]{1,3}|[A-Z0-9\u0410-\u042f&]{1,5}")
"""Up to three letters, or five capitals."""
_YEAR, _DAY = 9, 11  # precision of Wikidata's times


def read_aliases(stream: BinaryIO, options: Options) -> Iterator[Item]:
    """Yield the entries of a list. Problems: no-name, and those of `checked.fragment`."""
    for row in _rows(stream):
        if isinstance(row, Problem):
            yield row
            continue
        line, one = row
        given, schema = _said(one)
        _set_weak_apart(given)
        names = [name for key in ("name", "alias") for name in given.get(key, [])]
        if not any(name.strip() for name in names):
            yield line_problem("no-name", "the entry has neither a label nor an alias", line)
            continue
        id_ = _id(one)
        if id_ is not None and _QID.fullmatch(id_):
            given.setdefault("wikidataId", []).append(id_)
        yield from _fitted(id_, schema or options.schema, given, line)


def _set_weak_apart(given: dict[str, list[str]]) -> None:
    """Make abbreviations among the aliases weak ones: "OW" is no name to find somebody by."""
    weak = [name for name in given.get("alias", []) if _WEAK.fullmatch(name)]
    if weak and given.get("name"):
        given["alias"] = [name for name in given["alias"] if name not in weak]
        given["weakAlias"] = weak


def _said(row: dict[str, Any]) -> tuple[dict[str, list[str]], str | None]:
    """Return the properties and the schema of an entry, None for a schema that it does not tell."""
    if _is_wikidata(row):
        return _wikidata(row)
    return _plain(row) if any(isinstance(value, dict | list) for value in row.values()) else _cells(row)


def _rows(stream: BinaryIO) -> Iterator[Row | Problem]:
    start = stream.peek(64) if hasattr(stream, "peek") else b""
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        yield from json_objects(stream)
        return
    for row in table_rows(stream):
        if isinstance(row, Problem):
            yield row
        else:
            line, cells = row
            yield line, {name.strip().lower().replace(" ", "_"): cell for name, cell in cells.items()}


def _fitted(id_: str | None, schema: str, given: dict[str, list[str]], line: int) -> Iterator[Item]:
    """Yield the entry; what only another schema has a property for is kept as an identifier of its kind."""
    known = schemata().get(schema)
    extra: list[str] = []
    for name in [name for name in given if known is not None and name not in known.properties]:
        extra += [f"{name}:{value}" for value in given.pop(name)]
    yield from fragment(id_, schema, given, line, Fragment(id="", schema="", identifiers=tuple(extra)))


def _id(row: dict[str, Any]) -> str | None:
    for key in _IDS:
        for value in strings(row.get(key)):
            match = _QID.fullmatch(value)
            return match[1] if match else value
    return None


def _is_wikidata(row: dict[str, Any]) -> bool:
    labels = row.get("labels")
    return isinstance(labels, dict) and any(isinstance(one, dict) for one in labels.values())


def _wikidata(row: dict[str, Any]) -> tuple[dict[str, list[str]], str | None]:
    """Return the properties and the schema of an entity of Wikidata."""
    by_language = _dict(row.get("labels"))
    ordered = [by_language.get("en"), *by_language.values()]
    labels = [name for one in ordered for name in strings(_dict(one).get("value"))]
    aliases = [
        name
        for own in _dict(row.get("aliases")).values()
        for one in (own if isinstance(own, list) else [])
        for name in strings(_dict(one).get("value"))
    ]
    given = {"name": list(dict.fromkeys(labels)), "alias": list(dict.fromkeys(aliases))}
    claims = _dict(row.get("claims"))
    for key, prop in _CLAIMS.items():
        given[prop] = [text for value in _values(claims, key) for text in strings(value)]
    person = any(_dict(value).get("id") == _PERSON for value in _values(claims, _INSTANCE))
    if person:
        given["birthDate"] = [day for value in _values(claims, _BORN) if (day := _day(_dict(value)))]
    return {prop: values for prop, values in given.items() if values}, "Person" if person else None


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _values(claims: dict[str, Any], key: str) -> list[Any]:
    """Return the values of a property's statements, but those that are marked as wrong."""
    rows = claims.get(key)
    held = [_dict(one) for one in (rows if isinstance(rows, list) else [])]
    snaks = [_dict(one.get("mainsnak")) for one in held if one.get("rank") != "deprecated"]
    return [_dict(one.get("datavalue")).get("value") for one in snaks]


def _day(value: dict[str, Any]) -> str | None:
    """Return a time of Wikidata as ISO 8601, no more precise than it is."""
    match = re.match(r"\+(\d{4})-(\d\d)-(\d\d)T", str(value.get("time", "")))
    precision = value.get("precision")
    if match is None or not isinstance(precision, int) or precision < _YEAR:
        return None
    return "-".join(match.groups()[: min(precision, _DAY) - _YEAR + 1])


def _plain(row: dict[str, Any]) -> tuple[dict[str, list[str]], str | None]:
    """Return the properties and the schema of an object with a label and lists of aliases."""
    given: dict[str, list[str]] = {}
    for key, value in row.items():
        prop, _ = _meaning(key.lower())
        if prop is None:
            continue
        for one in value.values() if isinstance(value, dict) else [value]:
            given.setdefault(prop, []).extend(strings(one))
    return given, _schema(row)


def _cells(row: dict[str, Any]) -> tuple[dict[str, list[str]], str | None]:
    """Return the properties and the schema of a row; aliases of one cell are divided by what divides them."""
    given: dict[str, list[str]] = {}
    for key, value in row.items():
        prop, divided = _meaning(key)
        if prop is not None:
            texts = strings(value)
            given.setdefault(prop, []).extend(
                part.strip() for text in texts for part in (_divided(key, text) if divided else [text])
            )
    return given, _schema(row)


def _meaning(key: str) -> tuple[str | None, bool]:
    """Return the property of a column or key, and whether it may hold several values."""
    word = key
    if word not in {*_LABELS, *_ALIASES, *_COLUMNS} and (match := _BY_LANGUAGE.fullmatch(key)):
        word = match["word"]
    if word in {*_LABELS, "labels", "names"}:
        return "name", word in {"labels", "names"}
    if word in _ALIASES:
        return "alias", True
    prop = _COLUMNS.get(key)
    return prop, prop in {"country", "topics"}


def _divided(key: str, text: str) -> list[str]:
    """Return the parts of a cell: by `|`, else by `;`, else as SPARQL joins them (", ")."""
    for mark in ("|", ";"):
        if mark in text:
            return text.split(mark)
    return text.split(", ") if fold(key).startswith("itemaltlabel") else [text]


def _schema(row: dict[str, Any]) -> str | None:
    for key in ("schema", "type"):
        for value in strings(row.get(key)):
            if known_schema(value):
                return value
    return None


def _are_aliases(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in {b"{", b"["}:
        return any(word in head for word in (b'"labels"', b'"label"', b'"aliases"'))
    names = re.split(rb"[,;\t|]", start.partition(b"\n")[0].lower())
    words = {name.strip(b' "\r').decode("utf-8", "replace").replace(" ", "_") for name in names}
    return bool(words & set(_IDS)) and any(_meaning(word)[0] in {"name", "alias"} for word in words)


ALIASES = Form(
    "aliases", "names and aliases by language: Wikidata's JSON, or a table", _are_aliases, read_aliases
)
