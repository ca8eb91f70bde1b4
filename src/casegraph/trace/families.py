"""Which publishers belong together: by the user's table, and by what documents say of themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from casegraph.model import Document
from casegraph.settings import Publisher
from casegraph.text import fold
from casegraph.trace.credits import host
from casegraph.trace.imprints import House, bare
from casegraph.trace.outlets import agency, letters, nouns

_AGENCY = r"\b(?:agency|newswire|wire|news service)$|通讯社$|通訊社$|агентство|-пресс$"


class Families:
    """What belongs together.

    An outlet goes by its names and hosts. Outlets of one owner, mirrors, pen names, and those that print a
    partner's texts, are one family.
    """

    def __init__(self, publishers: tuple[Publisher, ...] = ()) -> None:
        """Take the user's table (`[[publishers]]` of case.toml)."""
        self._outlets: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._above: dict[str, str] = {}
        self._words: dict[tuple[str, str], str] = {}
        self._named: dict[str, str | None] = {}  # outlets of names asked for
        for one in publishers:
            key = letters(agency(one.name) or one.name)
            self._kinds[key] = one.kind
            for name in (one.name, *one.names):
                self._outlets[bare(name)] = key
        for one in publishers:
            for whole, words in ((one.owner, "belongs to"), (one.partner, "prints the texts of")):
                if whole:
                    self._join(
                        self._key(one.name), self._key(whole), f"{one.name} {words} {whole} (case.toml)"
                    )

    def learned(self, documents: Iterable[Document], houses: Iterable[House] = ()) -> Families:
        """Return the families with what is said of publishers; what the user says comes first.

        The names of publishers are those of the documents. Whose an outlet is, `houses` tell.
        """
        wiser = Families()
        wiser._outlets, wiser._kinds = dict(self._outlets), dict(self._kinds)
        wiser._above, wiser._words = dict(self._above), dict(self._words)
        wiser._meet(sorted(documents, key=lambda one: one.id))
        for part, whole, words in sorted(set(houses)):
            wiser._join(wiser._key(part), wiser._key(whole), f"its page says: {words}")
        return wiser

    def _meet(self, documents: Sequence[Document]) -> None:
        """Learn the names of publishers: their hosts, initials, short and declined forms."""
        names = dict.fromkeys(one.publisher for one in documents if one.publisher)
        for name in names:
            key = self._key(name)
            self._outlets.setdefault(bare(name), key)
            if re.search(_AGENCY, name, re.IGNORECASE):
                self._kinds.setdefault(key, "agency")
        short: dict[str, set[str]] = {}
        for name in names:
            for form in _short_forms(name):
                short.setdefault(form, set()).add(self._key(name))
        for form, keys in short.items():
            if len(keys) == 1 and not agency(form):
                self._outlets.setdefault(form, next(iter(keys)))
        self._hosts(documents)

    def _hosts(self, documents: Sequence[Document]) -> None:
        """Learn whose a host is: his by whose name it goes, else his who is named there most."""
        named: dict[str, Counter[str]] = {}
        for one in documents:
            address = bare(host(one.url))
            if one.publisher and address and not agency(address):
                named.setdefault(address, Counter())[one.publisher] += 1
        for address, found in named.items():
            own = [
                name for name in found if any(form in address for form in (bare(name), *_short_forms(name)))
            ]
            best = own[0] if own else min(found, key=lambda name: (-found[name], name))
            self._outlets.setdefault(address, self._key(best))

    def _key(self, name: str) -> str:
        known = agency(name)
        key = bare(known or name)
        if key not in self._outlets and not known and not name.isascii():
            return self._outlets.get(_stems(name), key)
        return self._outlets.get(key, key)

    def outlet(self, name: str | None) -> str | None:
        """Return the key of the outlet that goes by a name or a host: letters alone. None: no name."""
        if not name:
            return None
        if name not in self._named:
            self._named[name] = self._found(name)
        return self._named[name]

    def _found(self, name: str) -> str | None:
        if not bare(name):
            return None
        if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", name):
            labels = name.casefold().split(".")
            for first in range(len(labels) - 1):
                part = ".".join(labels[first:])
                if agency(part) or bare(part) in self._outlets:
                    return self._key(part)
            longest = max(labels[:-1], key=len)
            return self._outlets.get(bare(longest), bare(longest))
        return self._key(name)

    def of(self, document: Document) -> str | None:
        """Return the outlet of a document: by the publisher that it names, else by its host."""
        return self.outlet(document.publisher) or self.outlet(host(document.url) or None)

    def family(self, outlet: str | None) -> str | None:
        """Return the key of the family of an outlet, or of a name or host."""
        key = self.outlet(outlet)
        while key is not None and key in self._above:
            key = self._above[key]
        return key

    def knows(self, name: str | None) -> bool:
        """Tell whether a name is an outlet's: of the user's table, a statement or the list of agencies."""
        key = self.outlet(name)
        if name is None or key is None:
            return False
        known = (self._kinds, self._above, self._outlets.values(), self._above.values())
        return agency(name) is not None or any(key in ones for ones in known)

    def together(self, left: str | None, right: str | None) -> bool:
        """Tell whether two outlets, by key, name or host, are of one family."""
        first = self.family(left)
        return first is not None and first == self.family(right)

    def kind(self, outlet: str | None) -> str:
        """Return what an outlet is, as PUBLISHER_KINDS has it; known agencies are agencies."""
        key = self.outlet(outlet)
        known = self._kinds.get(key or "")
        return known or ("agency" if key and agency(key) else "outlet")

    def why(self, left: str | None, right: str | None) -> str | None:
        """Return the statements that put two outlets into one family, None where nothing does."""
        if not self.together(left, right):
            return None
        chains = [list(self._chain(self.outlet(one))) for one in (left, right)]
        return "; ".join(dict.fromkeys(chains[0] + chains[1])) or "one outlet"

    def _chain(self, key: str | None) -> Iterator[str]:
        while key is not None and key in self._above:
            yield self._words[key, self._above[key]]
            key = self._above[key]

    def _join(self, part: str, whole: str, words: str) -> None:
        """Put one under another; the first statement stands, and a circle is not closed."""
        top = whole
        while top in self._above:
            top = self._above[top]
        if part and whole and part not in self._above and top != part:
            self._above[part] = whole
            self._words[part, whole] = words


def _short_forms(name: str) -> set[str]:
    """Return initials, the name without what outlets are called, and its stems, each as letters."""
    words = [word for word in re.findall(r"[^\W_]+", name) if word.casefold() not in {"the", "of", "and"}]
    forms = {_stems(name)}
    if len(words) > 1 and name.isascii():
        forms.add("".join(word[0] for word in words).casefold())
        proper = [word for word in words if word.casefold() not in nouns()]
        if proper and len("".join(proper)) >= 5:
            forms.add("".join(proper).casefold())
    if name.endswith("通讯社"):
        forms.add(name.removesuffix("通讯社") + "社")
    return {form for form in forms if len(form) > 1}


def _stems(name: str) -> str:
    """Return a name without the endings that cases change."""
    return "".join(word[: max(3, min(5, len(word) - 1))] for word in re.findall(r"[^\W_]+", fold(name)))
