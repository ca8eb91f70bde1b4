"""Made stories whose truth is known: who took what from whom, who says what, on whose word."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casegraph.errors import UsageError

COPIES = frozenset({"same-text", "reprint", "rewrite", "translation", "revision"})
"""Strengths that make a document a copy. What only quotes or names another is none."""

_WORDS = frozenset({"same-text", "reprint", "translation"})


@dataclass(frozen=True, slots=True)
class Edge:
    """One document was derived from another. `source` may be a document that is not in the case."""

    document: str
    source: str
    strength: str
    relation: str
    known: bool = False  # whether a reader can tell which was first
    names: tuple[str, ...] = ()  # that a credit may give the source


@dataclass(frozen=True, slots=True)
class Mark:
    """A sentence that makes a marked claim."""

    file: str
    claim: str
    origin: str
    words: str


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """What is true of a marked claim. Origins are letters, those that are one under the first of them."""

    id: str
    kind: str
    letters: Mapping[str, str]  # letter to the first letter of the same origin
    denies: frozenset[str]  # letters that say the contrary
    independent: frozenset[frozenset[str]]
    conflicts: tuple[tuple[str, str, str], ...]  # kind, and a document of either side
    drifts: tuple[tuple[str, str, str], ...]  # kind, document before, document after

    @property
    def origins(self) -> int:
        """How many origins say so."""
        return len({first for letter, first in self.letters.items() if letter not in self.denies})


@dataclass(slots=True)
class Gold:
    """All stories of a folder. Documents go by the names of their files; absent ones by story and id."""

    files: dict[str, str] = field(default_factory=dict)  # name to content
    story: dict[str, str] = field(default_factory=dict)  # of a file
    edges: list[Edge] = field(default_factory=list)
    claims: list[GoldClaim] = field(default_factory=list)
    marks: dict[str, list[Mark]] = field(default_factory=dict)  # by file

    def clusters(self) -> dict[str, str]:
        """Return the cluster of copies of each file, copies of one absent document together."""
        parents: dict[str, str] = {}
        for edge in self.edges:
            if edge.strength in COPIES:
                union(parents, edge.document, edge.source)
        return {name: root(parents, name) for name in self.files}

    def ancestors(self) -> dict[str, set[str]]:
        """Return all documents, absent ones too, that a document goes back to."""
        sources: dict[str, set[str]] = {}
        for edge in self.edges:
            sources.setdefault(edge.document, set()).add(edge.source)
        return {name: set(_reached(sources, name)) for name in sources}

    def versions(self) -> dict[str, set[str]]:
        """Return by document itself and those that repeat it: reprints and translations."""
        children: dict[str, set[str]] = {}
        for edge in self.edges:
            if edge.strength in _WORDS:
                children.setdefault(edge.source, set()).add(edge.document)
        names = {*self.files, *children}
        return {name: {name, *_reached(children, name)} for name in names}


def union(parents: dict[str, str], one: str, other: str) -> None:
    """Put two into one group; the lesser name stands for it."""
    left, right = sorted((root(parents, one), root(parents, other)))
    parents[right] = left


def root(parents: Mapping[str, str], one: str) -> str:
    """Return what stands for the group of one."""
    while parents.get(one, one) != one:
        one = parents[one]
    return one


def _reached(steps: Mapping[str, Iterable[str]], start: str) -> Iterator[str]:
    seen, waiting = {start}, [start]
    for here in waiting:
        for one in sorted(steps.get(here, ())):
            if one not in seen:
                seen.add(one)
                waiting.append(one)
                yield one


def load(folder: Path) -> Gold:
    """Return the stories of a folder; raises UsageError when its files do not fit together."""
    gold = Gold()
    names: dict[str, str] = {}
    for row in _rows(folder / "articles.jsonl"):
        file = row["file"]
        names[f"{row['story']}-{row['id']}"] = file
        gold.files[file] = row["raw"]
        gold.story[file] = row["story"]
        gold.marks[file] = [
            Mark(file, f"{row['story']}/{mark['claim']}", mark["origin"], mark["words"])
            for mark in row["marks"]
        ]
    for row in _rows(folder / "stories.jsonl"):
        _Story(row, names).into(gold)
    return gold


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            yield json.loads(line)
        except ValueError as error:
            raise UsageError(f"{path.name} line {number}: {error}") from error


class _Story:
    """Reads the truth of one story."""

    def __init__(self, row: Mapping[str, Any], names: Mapping[str, str]) -> None:
        self._row, self._names, self._story = row, names, row["story"]

    def _name(self, id_: str) -> str:
        name = f"{self._story}-{id_}"
        if name not in self._names and not id_.startswith("@") and id_ not in self._row["absent"]:
            raise UsageError(f"{self._story} speaks of {id_}, which is none of its articles")
        return self._names.get(name, name)

    def into(self, gold: Gold) -> None:
        """Add the story to the others."""
        for edge in self._row["edges"]:
            gold.edges.append(
                Edge(
                    self._name(edge["document"]), self._name(edge["source"]), edge["strength"],
                    edge["relation"], edge.get("known", False), tuple(edge.get("names", ())),
                )
            )  # fmt: skip
        gold.claims += map(self._claim, self._row["claims"])

    def _claim(self, claim: Mapping[str, Any]) -> GoldClaim:
        letters = {letter: letter for letter in claim["origins"]}
        for group in claim.get("same", ()):
            letters |= dict.fromkeys(group, group[0])
        return GoldClaim(
            id=f"{self._story}/{claim['id']}",
            kind=claim["kind"],
            letters=letters,
            denies=frozenset(claim.get("denies", ())),
            independent=frozenset(
                frozenset(letters[one] for one in two) for two in claim.get("independent", ())
            ),
            conflicts=tuple(
                (one["kind"], self._name(one["sides"][0]), self._name(one["sides"][1]))
                for one in claim.get("contradictions", ())
            ),
            drifts=tuple(
                (one["kind"], self._name(one["before"]), self._name(one["after"]))
                for one in claim.get("drift", ())
            ),
        )
