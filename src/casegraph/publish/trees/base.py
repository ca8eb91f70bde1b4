"""A tree of words: what is drawn in a terminal, as SVG or on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from casegraph.model import Document, Sign
from casegraph.publish.measures import period

Tone = Literal["", "asked", "good", "doubt", "bad"]
"""What a branch stands for: what was asked about; shown; open; a contradiction or a dependence."""

MARKS: Mapping[Tone, str] = {"": "", "asked": "\u25b6 ", "good": "\u2713 ", "doubt": "? ", "bad": "\u2717 "}
"""What stands before a branch of a tone where it is drawn: colour alone tells not everybody."""

_LONGEST = 200  # characters of words of a document that a note shows
_STAMP = re.compile(r"\b(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?")


@dataclass(frozen=True, slots=True)
class Branch:
    """One line of the tree, faint notes below it, and what hangs on it."""

    label: str
    notes: tuple[str, ...] = ()
    branches: tuple[Branch, ...] = ()
    tone: Tone = ""
    claim: str | None = None  # id of the one that it shows, for a page that can lead there
    document: str | None = None

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Branch]]:
        """Yield each branch with its depth, from the top down."""
        yield depth, self
        for branch in self.branches:
            yield from branch.walk(depth + 1)


@dataclass(frozen=True, slots=True)
class Beside(Branch):
    """A branch whose branches are the sides of something: they are drawn beside each other."""


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
        title = f"\u201c{found.title}\u201d" if found.title else None
        told = ", ".join(part for part in (found.publisher, title, self.day(document)) if part)
        return f"{told} [{name}]".strip()

    def short(self, document: str) -> str:
        """Return outlet, day and file without its folders; the headline where no outlet is known."""
        return f"{self.outlet(document)} [{self.file(document)}]".strip()

    def outlet(self, document: str) -> str:
        """Return outlet and day; the headline where no outlet is known."""
        found = self.documents.get(document)
        headline = quoted(found.title) if found is not None and found.title else None
        who = (found.publisher or headline) if found is not None else None
        return ", ".join(part for part in (who, self.day(document)) if part)

    def file(self, document: str) -> str:
        """Return the name under which a document came, without its folders."""
        name = self.names.get(document, document[:15])
        return name.rpartition("/")[2] or name

    def day(self, document: str) -> str:
        """Return the day on which a document was published, "" where it is not known."""
        found = self.documents.get(document)
        if found is None or not found.published:
            return ""
        return period(found.published).removeprefix("from ").replace("\u00a0", " ")

    def place(self, document: str, page: int) -> str:
        """Return a document's short name and the page, where there may be more than one."""
        found = self.documents.get(document)
        name = self.names.get(document, document[:15])
        return f"{name}, page {page}" if found is None or found.pages > 1 else name

    def page(self, document: str, page: int) -> str:
        """Return `, page 3` where a document has more pages than one."""
        found = self.documents.get(document)
        return f", page {page}" if found is not None and found.pages > 1 else ""


def quoted(words: str) -> str:
    """Return words of a document on one line, cut where they are long."""
    line = " ".join(words.split())
    cut = line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "\u2026"
    return f"\u201c{cut}\u201d"


def sign_note(sign: Sign, known: Known) -> str:
    """Return a sign in its words, with the place and the words that it stands on."""
    places = [f"{known.place(one.document, one.page)}: {quoted(one.exact)}" for one in sign.targets[:2]]
    words = _STAMP.sub(_clock, sign.words)
    return words + (f" ({'; '.join(places)})" if places else "")


def _clock(stamp: re.Match[str]) -> str:
    zone = {None: "", "Z": " UTC", "+00:00": " UTC"}.get(stamp[3], f" {stamp[3]}")
    return f"{stamp[1]} {stamp[2]}{zone}"


def times(count: int, one: str, many: str) -> str:
    """Return `1 document`, `3 documents`."""
    return f"{count} {one if count == 1 else many}"
