"""Word lists of a language, kept as data beside its adapter."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any


@functools.cache
def _tables(language: str) -> dict[str, Any]:
    source = files("casegraph.extract.lang").joinpath(f"{language}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@functools.cache
def words(language: str, table: str, key: str) -> frozenset[str]:
    """Return the blank-separated words under [table] key."""
    return frozenset(str(_tables(language)[table][key]).split())


@functools.cache
def phrases(language: str, table: str, key: str) -> tuple[str, ...]:
    """Return the comma- or line-separated phrases under [table] key, longest first."""
    parts = str(_tables(language)[table][key]).replace("\n", ",").split(",")
    return tuple(
        sorted({part.strip() for part in parts if part.strip()}, key=lambda part: (-len(part), part))
    )


@functools.cache
def mapping(language: str, table: str) -> dict[str, str]:
    """Return [table] as a dictionary of strings."""
    return {str(key): str(value) for key, value in _tables(language)[table].items()}


@functools.cache
def marks(language: str, table: str, key: str) -> dict[str, str]:
    """Return the `word=mark` pairs under [table] key; a mark may be empty."""
    pairs = (pair.split("=") for pair in str(_tables(language)[table][key]).split())
    return {word.replace("_", " "): mark for word, mark in pairs}


@functools.cache
def values(language: str, table: str, key: str) -> dict[str, float]:
    """Return the `word=number` pairs under [table] key."""
    pairs = (pair.split("=") for pair in str(_tables(language)[table][key]).split())
    return {word: float(value) for word, value in pairs}


def either(*lists: Iterable[str]) -> str:
    """Return a regex source for any of the phrases, longest first, a blank matching any white space."""
    every = {phrase for phrases_ in lists for phrase in phrases_}
    ordered = sorted(every, key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered) + ")"
