"""The patterns of a language's `relations.toml`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from casegraph.attribute.universal.lexicon import read_data
from casegraph.model import ROLES, Kind

_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}


@dataclass(frozen=True, slots=True)
class Slot:
    """A role, where it may stand in order of preference, what it may be, whether it must be there."""

    role: str
    places: tuple[str, ...]
    wants: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a group of words states a relation."""

    kind: Kind
    name: str
    frames: tuple[tuple[Slot, ...], ...]
    score: float
    object: frozenset[str]
    object_required: bool
    with_object: frozenset[str]  # words that count with such an object only
    attributes: frozenset[str]
    blocks: frozenset[str]
    alone: bool
    money: bool
    mutual: bool
    negative: bool
    posts: frozenset[str]  # nouns of the posts that it counts with, all where empty


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns by lemma, classes of nouns, words of measures."""

    verbs: dict[str, tuple[Pattern, ...]]
    nouns: dict[str, tuple[Pattern, ...]]
    classes: dict[str, frozenset[str]]
    properties: frozenset[str]
    measuring: frozenset[str]
    nations: dict[str, str]  # adjective to the name of the country or region


@cache
def load_patterns(language: str) -> Patterns:
    """Return the patterns of `lang/<language>/relations.toml`; ValueError for a role that a kind has not."""
    data = read_data(language, "relations.toml")
    classes = defaultdict(frozenset, {k: frozenset(_words(words)) for k, words in data["classes"].items()})
    return Patterns(
        verbs=_table(data["verbs"], classes), nouns=_table(data["nouns"], classes), classes=classes,
        properties=frozenset(_words(data["specification"]["properties"])),
        measuring=frozenset(_words(data["specification"]["verbs"])),
        nations=_pairs(data.get("nations", {}).get("adjectives", "")),
    )  # fmt: skip


def _table(
    groups: list[dict[str, Any]], classes: dict[str, frozenset[str]]
) -> dict[str, tuple[Pattern, ...]]:
    found: dict[str, list[Pattern]] = defaultdict(list)
    for group in groups:
        pattern = _pattern(group, classes)
        for lemma in _listed(group["lemmas"], classes):
            found[lemma].append(pattern)
    return {lemma: tuple(patterns) for lemma, patterns in found.items()}


def _pattern(group: dict[str, Any], classes: dict[str, frozenset[str]]) -> Pattern:
    kind = _KINDS[group["kind"]]
    words = frozenset(_listed(group.get("object", ""), classes))
    return Pattern(
        kind=kind, name=group["name"], frames=tuple(_frame(kind, text) for text in group["frames"]),
        score=group["score"], object=words, object_required=group.get("required-object", False),
        with_object=frozenset(_words(group.get("optional-object", ""))),
        attributes=frozenset(_words(group.get("with", ""))),
        blocks=frozenset(_words(group.get("blocks", ""))),
        alone=group.get("alone", False), money=group.get("money", False), mutual=group.get("mutual", False),
        negative=group.get("negative", False), posts=frozenset(_listed(group.get("posts", ""), classes)),
    )  # fmt: skip


def _frame(kind: Kind, text: str) -> tuple[Slot, ...]:
    slots = []
    for part in text.split():
        role, _, rest = part.rstrip("!").partition("=")
        places, _, wants = rest.partition(":")
        if role not in ROLES[kind]:
            raise ValueError(f"{kind} has no role {role!r}")
        slots.append(
            Slot(role, tuple(places.split("|")), tuple(wants.split(",")), required=part.endswith("!"))
        )
    return tuple(slots)


def _listed(text: str, classes: dict[str, frozenset[str]]) -> list[str]:
    """Return the words, those of a class where its name stands behind an "@"."""
    return [
        one for word in _words(text) for one in (sorted(classes[word[1:]]) if word[0] == "@" else (word,))
    ]


def _pairs(text: str) -> dict[str, str]:
    """Return adjective to name; a name's "_" stands for a blank."""
    return {one: name.replace("_", " ") for one, name in (pair.split("=") for pair in text.split())}


def _words(text: str) -> list[str]:
    return text.replace("ё", "е").split()
