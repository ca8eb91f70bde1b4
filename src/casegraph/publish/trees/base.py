"""A tree of words: what is drawn in a terminal, as SVG or on a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from casegraph.model import Document, Sign

Tone = Literal["", "asked", "good", "doubt", "bad"]
"""What a branch stands for: what was asked about; shown; open; a contradiction or a dependence."""

_LONGEST = 200  # characters of words of a document that a note shows


@dataclass(frozen=True, slots=True)
class Branch:
    """One line of the tree, faint notes below it, and what hangs on it."""

    label: str
    notes: tuple[str, ...] = ()
    branches: tuple[Branch, ...] = ()
    tone: Tone = ""

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Branch]]:
        """Yield each branch with its depth, from the top down."""
        yield depth, self
        for branch in self.branches:
            yield from branch.walk(depth + 1)


@dataclass(frozen=True, slots=True)
class Known:
    """Documents of a case by id, and the names that they came under."""

    documents: Mapping[str, Document]
    names: Mapping[str, str]

    def label(self, document: str) -> str:
        """Return what a reader knows a document by: outlet, headline, day, file."""
        found, name = self.documents.get(document), self.names.get(document, document[:15])
        if found is None:
            return name
        day = (found.published.start or "")[:10] if found.published else ""
        parts = (found.publisher, f"\u201c{found.title}\u201d" if found.title else None, day, f"[{name}]")
        return ", ".join(part for part in parts if part)

    def place(self, document: str, page: int) -> str:
        """Return a document's short name and the page, where there may be more than one."""
        found = self.documents.get(document)
        name = self.names.get(document, document[:15])
        return f"{name}, page {page}" if found is None or found.pages > 1 else name


def quoted(words: str) -> str:
    """Return words of a document on one line, cut where they are long."""
    line = " ".join(words.split())
    cut = line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "\u2026"
    return f"\u201c{cut}\u201d"


def sign_note(sign: Sign, known: Known) -> str:
    """Return a sign in its words, with the place and the words that it stands on."""
    places = [f"{known.place(one.document, one.page)}: {quoted(one.exact)}" for one in sign.targets[:2]]
    return sign.words + (f" ({'; '.join(places)})" if places else "")
