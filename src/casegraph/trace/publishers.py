"""Which outlet a document or a name stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from casegraph.model import Document
from casegraph.text import fold, fold_letters
from casegraph.trace import terms
from casegraph.trace.base import Families, Reported

_SHORTEST = 6  # letters of the end of an outlet's name that stand for it ("the Whistle")


class Outlets:
    """Knows the outlets of a block: publishers of its documents, works that derivations name, families."""

    def __init__(self, block: Sequence[Reported], families: Families) -> None:
        self._families = families
        self._known: set[str] = set()
        for one in block:
            for document in (one.document, *one.sources):
                self._known |= {letters(name) for name in (document.publisher, host(document.url)) if name}
            self._known |= {letters(step.work) for step in one.road if step.work}
        self._publishers = frozenset(
            document.publisher
            for one in block
            for document in (one.document, *one.sources)
            if document.publisher
        )
        self._short = _shortened(self._publishers)

    def named(self, document: Document) -> str:
        """Return the outlet of a document in words; authors, or its title, where it has none."""
        return (
            document.publisher or host(document.url) or ", ".join(document.authors)
            or document.title or document.id
        )  # fmt: skip

    def key(self, name: str | None, document: Document | None = None) -> str:
        """Return by what an outlet is known: its family, else its letters."""
        names = [name] if name else []
        if document is not None:
            names += [one for one in (document.publisher, host(document.url)) if one]
        for one in names:
            family = self._families.family(self.full(one))
            if family:
                return f"family:{family}"
        if names:
            return f"outlet:{letters(self.full(names[0]))}"
        return f"document:{document.id}" if document is not None else "outlet:"

    def full(self, name: str) -> str:
        """Return the one outlet of the block whose initials or last word a name is, else the name."""
        own = letters(name)
        if own in self._short or len(own) < _SHORTEST or name.islower():
            return self._short.get(own, name)
        found = [one for one in self._publishers if letters(one).endswith(own)]
        return found[0] if len(found) == 1 else name

    def holder(self, words: str) -> str | None:
        """Return the outlet of the block that a description of papers names ("given to The Post")."""
        own = letters(words)
        found = {name for name in self._publishers if letters(name) in own}
        return max(found, key=lambda name: (len(name), name)) if found else None

    def knows(self, name: str) -> bool:
        """Say whether a name is that of an outlet of the block or the case, or stands for one."""
        return letters(self.full(name)) in self._known or self._families.knows(name)

    def is_outlet(self, name: str | None) -> bool:
        """Say whether a name is that of an outlet, known or by its words ("Harbour Post")."""
        return name is not None and (self.knows(name) or terms.speaks_of("media", name))


def _shortened(names: Iterable[str]) -> dict[str, str]:
    """Return to the initials of three words and more the one outlet that has them ("HPA")."""
    found: dict[str, set[str]] = {}
    for name in names:
        capitals = [word[0] for word in name.split() if word[:1].isupper() and word not in {"The", "A"}]
        if len(capitals) >= 3:
            found.setdefault(letters("".join(capitals)), set()).add(name)
    return {short: next(iter(full)) for short, full in found.items() if len(full) == 1}


def letters(name: str) -> str:
    """Return the letters of a name of an outlet, without its article."""
    folded = fold(name).removeprefix("www.")
    return fold_letters(folded.removeprefix("the ") or folded)


def host(url: str | None) -> str | None:
    """Return the host of an address, None for one that is none."""
    try:
        found = urlsplit(url).hostname if url else None
    except ValueError:  # "http://[" and the like, as pages have it
        return None
    return found.removeprefix("www.") if found else None
