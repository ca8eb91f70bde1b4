"""Names taken apart: what of a name carries identity."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib.resources import files

from casegraph.text import fold

Words = tuple[str, ...]

GROUPS: dict[str, str] = {
    "Person": "Person",
    "Organization": "Organization",
    "Company": "Organization",
    "PublicBody": "Organization",
    "LegalEntity": "Organization",
}
"""Schemas that may name one thing, by schema; every other schema is a group of its own."""

_WORD = re.compile(r"[^\W_]+(?:['’&][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_CJK = re.compile(r"[\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff]")


@functools.cache
def word_list(name: str) -> frozenset[str]:
    """Return a list of names.toml, folded."""
    return frozenset(fold(word) for word in _data()[name])


@functools.cache
def _data() -> dict[str, list[str]]:
    return tomllib.loads(files("casegraph.resolve").joinpath("names.toml").read_text(encoding="utf-8"))


@functools.cache
def _legal_forms() -> tuple[tuple[Words, ...], frozenset[Words], tuple[str, ...]]:
    """Return the legal forms as words, longest first; those that may lead; those written without blanks."""
    leading = frozenset(_plain_words(form) for form in _data()["leading_forms"])
    written = [form for form in _data()["legal_forms"] if not _CJK.search(form)]
    forms = sorted({*map(_plain_words, written), *leading}, key=lambda words: (-len(words), words))
    joined = sorted(
        map(fold, set(_data()["legal_forms"]) - set(written)), key=lambda form: (-len(form), form)
    )
    return tuple(forms), leading, tuple(joined)


def group(schema: str | None) -> str:
    """Return the group of a schema: mentions of different groups never name one entity."""
    return GROUPS.get(schema or "Thing", schema or "Thing")


def _plain_words(name: str) -> Words:
    """Return the folded words of a name; full stops inside abbreviations do not cut ("L.L.C.")."""
    bare = re.sub(r"(?<=\w)\.(?=\w\b)|(?<=\b\w)\.", "", fold(name).replace("’", "'"))
    return tuple(_POSSESSIVE.sub("", word) for word in _WORD.findall(bare))


def words(name: str, kind: str) -> Words:
    """Return the words of a name of a group that carry identity, folded; never none if there is any word.

    Left out: a leading article, the legal form of an organisation, middle initials of a person.
    """
    found = _plain_words(name)
    if len(found) > 1 and found[0] == "the":
        found = found[1:]
    if kind == "Organization":
        return split_form(found)[0]
    if kind == "Person" and len(found) > 1:
        return (found[0], *(word for word in found[1:-1] if len(word) > 1), found[-1])
    return found


def legal_form(name: str) -> Words:
    """Return the words of a name's legal form, none if it has none."""
    return same_form(split_form(_plain_words(name))[1])


@functools.cache
def _equal_forms() -> dict[Words, Words]:
    return {
        _plain_words(form): _plain_words(same[0])
        for same in _data()["equal_forms"]
        for form in map(str, same)
    }


def same_form(form: Words) -> Words:
    """Return the form that stands for this one in all languages: "JSC" and "АО" are "AO"."""
    return _equal_forms().get(form, form)


def is_form(name: Words) -> bool:
    """Say whether a name is nothing but a legal form."""
    return name in _legal_forms()[0]


def split_form(name: Words) -> tuple[Words, Words]:
    """Return the words of an organisation's name without its legal form, and the form."""
    forms, leading, joined = _legal_forms()
    for form in forms:
        size = len(form)
        if len(name) > size and name[-size:] == form:
            return name[:-size], form
        if len(name) > size and name[:size] == form and form in leading:
            return name[size:], form
    for ending in joined:
        if name and name[-1].endswith(ending) and name[-1] != ending:
            return (*name[:-1], name[-1].removesuffix(ending)), (ending,)
    return name, ()


def initials(name: str, *, little: bool) -> str:
    """Return the folded initials of a name, figures in full; `little` keeps those of little words."""
    parts = re.findall(r"\d+|[^\W\d_]+", fold(_POSSESSIVE.sub("", name)))
    kept = [part for part in parts if little or part not in word_list("little")]
    return "".join(part if part.isdigit() else part[0] for part in kept)
