"""The vocabulary of FollowTheMoney: its schemata, their properties, and what a value may be.

Only names, types and limits, read from `followthemoney.toml`; the library itself brings a database, an ICU
built from source and an HTTP client, none of which a case needs.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from casegraph.text.fold import fold_blanks

_REFERENCE = re.compile(r"[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d)?)?)?)?)?")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_URL = re.compile(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?([/?#][^\s<>\"]*)?")
_EMAIL = re.compile(r"[\w.+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}", re.ASCII)
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a schema: its type, the schema that a reference must lead to, characters of a value."""

    name: str
    type: str
    range: str | None
    longest: int


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema with what it inherits. `lineage` are the names of itself and of all that it extends."""

    name: str
    lineage: frozenset[str]
    properties: dict[str, Property]
    abstract: bool
    edge: tuple[str, str] | None  # properties that hold the ends of a link

    def is_a(self, name: str) -> bool:
        """Say whether every entity of this schema is one of another."""
        return name in self.lineage

    def of_type(self, *types: str) -> tuple[str, ...]:
        """Return the names of the properties of some types."""
        return tuple(name for name, one in self.properties.items() if one.type in types)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("casegraph.text").joinpath("followthemoney.toml").read_text("utf-8"))


@cache
def allowed(values: str) -> frozenset[str]:
    """Return the codes that FollowTheMoney knows: `countries`, `languages` (ISO 639-3) or `topics`."""
    return frozenset(str(_data()["values"][values]).split())


@cache
def schemata() -> dict[str, Schema]:
    """Return every schema by its name."""
    longest = dict(word.split("=") for word in _data()["values"]["longest"].split())
    given: dict[str, dict[str, Any]] = _data()["schemata"]
    found: dict[str, Schema] = {}

    def schema(name: str) -> Schema:
        if name not in found:
            own = given[name]
            parents = [schema(parent) for parent in own.get("extends", "").split()]
            properties = {key: one for parent in parents for key, one in parent.properties.items()}
            for word in own.get("properties", "").split():
                one = _property(word, longest)
                properties[one.name] = one
            edges = (
                [tuple(own["edge"].split())] if "edge" in own else [one.edge for one in parents if one.edge]
            )
            found[name] = Schema(
                name=name,
                lineage=frozenset({name}).union(*(one.lineage for one in parents)),
                properties=dict(sorted(properties.items())),
                abstract=own.get("abstract", False),
                edge=edges[0] if edges else None,
            )
        return found[name]

    for name in given:
        schema(name)
    return found


def _property(word: str, longest: dict[str, str]) -> Property:
    name, _, kind = word.partition("=")
    kind, _, limit = kind.partition("<")
    kind, _, range_ = kind.partition(":")
    return Property(name=name, type=kind, range=range_ or None, longest=int(limit or longest[kind]))


def cleaned(kind: Property, value: str | None) -> str | None:
    """Return a value as its property may hold it, None for one that it may not."""
    text = printable(value or "")
    if not text or (len(text) > kind.longest and kind.type not in {"name", "text", "string", "address"}):
        return None
    text = text if len(text) <= kind.longest else text[: kind.longest - 1].rstrip() + _CUT
    match kind.type:
        case "entity":
            fits = _REFERENCE.fullmatch(text)
        case "date":
            fits = _DATE.fullmatch(text)
        case "number":
            fits = _NUMBER.fullmatch(text)
        case "url":
            fits = _URL.fullmatch(text)
        case "email":
            text = text.lower()
            fits = _EMAIL.fullmatch(text)
        case "country":
            return text if text in allowed("countries") else None
        case "language":
            return text if text in allowed("languages") else None
        case _:
            return text
    return text if fits else None


def printable(text: str) -> str:
    """Return the text with runs of blanks as one and without what no JSON or CSV of others takes."""
    if text.isprintable():  # the same, twenty times as fast
        return fold_blanks(text)
    kept = (char if not _unprintable(char) else " " for char in text)
    return fold_blanks("".join(kept)).strip()


def _unprintable(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs", "Cn", "Co", "Zl", "Zp"}
