"""Names of news agencies and outlets: which there are, which forms names have."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from casegraph.text import fold, fold_letters

_ARTICLES = re.compile(
    r"^(?:the|газета|агентство|издание|телеканал|журнал|портал|информагентство)\s+", re.IGNORECASE
)


@functools.cache
def lexicon() -> Mapping[str, Any]:
    """Return the tables of credits.toml."""
    return tomllib.loads(files("casegraph.trace").joinpath("credits.toml").read_text(encoding="utf-8"))


@functools.cache
def agencies() -> Mapping[str, str]:
    """Return the agency of each of its names and hosts, folded to letters."""
    found: dict[str, str] = {}
    for name, others in lexicon()["agencies"].items():
        for one in (name, *others):
            found.setdefault(letters(one), name)
    return found


@functools.cache
def agency_names() -> tuple[str, ...]:
    """Return all names of agencies as they are written, the longest first; no hosts."""
    table = lexicon()["agencies"]
    names = {one for name, others in table.items() for one in (name, *others) if not re.search(r"\.\w", one)}
    return tuple(sorted(names, key=lambda one: (-len(one), one)))


def agency(name: str) -> str | None:
    """Return the agency that goes by a name or host, None for any other."""
    return agencies().get(letters(name))


def letters(name: str) -> str:
    """Return the letters of a name without article or marks: how two names are compared."""
    return fold_letters(_ARTICLES.sub("", fold(name)))


def either(words: Iterable[str]) -> str:
    """Return a regular expression for any of the words, the longest first."""
    return "|".join(re.escape(one) for one in sorted(set(words), key=lambda one: (-len(one), one)))


@functools.cache
def name_pattern(language: str, *, sure: bool = False) -> str:
    """Return a regular expression for names of outlets as a language writes them.

    `sure`: only names that cannot be those of other firms.
    """
    nouns = lexicon()["nouns"]
    known = rf"(?<![\w-])(?:{either(one for one in agency_names() if not is_han(one))})(?![\w-])"
    if language == "zh":
        ends = either(nouns["zh"].split())
        han = either(one for one in agency_names() if is_han(one))
        name = rf"(?![据由向对该本此])[\u4e00-\u9fffA-Za-z·]{{1,10}}?(?:{ends})"
        shaped = rf"{name}(?!(?!报道|報道|报导)(?:{ends}))"
        return rf"《[^《》\n]{{2,20}}》(?:网站|官网)?|{han}|{known}|{shaped}"
    if language == "ru":
        kinds = either(nouns["ru"].split())
        if sure:
            return rf"(?:(?:{kinds})\s+)?{known}|(?:{kinds})\s+(?:«[^«»\n]{{2,40}}»|[A-ZА-ЯЁ][\w.-]+)"
        quoted = r"«[^«»\n]{2,40}»|\"[^\"\n]{2,40}\""
        return (
            rf"(?:(?:{kinds})\s+)?(?:{known}|[A-Z][\w&.'’-]+(?: [A-Z][\w&.'’-]+){{0,4}})"
            rf"|(?:{kinds})\s+(?:{quoted}|[А-ЯЁ][\w.-]+(?: [А-ЯЁ][\w.-]+){{0,3}})|{quoted}"
        )
    ends = "|".join(nouns["en"].split())
    shaped = rf"(?:[A-Z][\w'’&.-]*\s+){{0,4}}(?:of\s+[A-Z]\w+\s+)?(?:{ends})(?:\.com)?(?:\s+of\s+[A-Z]\w+)?\b"
    kind = lexicon()["nouns"]["en_behind"]
    called = rf"(?:[A-Z][\w'’&.-]*)(?:\s+[A-Z][\w'’&.-]*){{0,3}}(?=\s+(?:{kind})\b)"
    return rf"{known}|{shaped}|{called}"


@functools.cache
def nouns() -> frozenset[str]:
    """Return the small-letter words of which names of English outlets are made."""
    return frozenset(one.casefold() for one in lexicon()["nouns"]["en"].split()) | {"service", "group"}


def is_han(name: str) -> bool:
    """Tell whether a name is written in Han signs."""
    return "\u4e00" <= name[0] <= "\u9fff"
