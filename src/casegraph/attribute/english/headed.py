"""Descriptions that a form or a list explains: "Claimant: Kern Ltd ... The claimant", "7. TERN. The ship"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casegraph.attribute.english.named import GROUP, PERSON
from casegraph.attribute.english.tree import Token
from casegraph.attribute.lexicon import Lexicon
from casegraph.model import Mention, Page

_LABEL = re.compile(r"(?:^|(?<=\n))[ ]*(?P<label>[A-Z][a-z]+|[A-Z]{4,})[ ]*(?::\s?|\t)\s{0,3}")
_NUMBER = re.compile(r"\s*(?:No\.?\s*)?\d{1,3}[.)]\s+(?:the\s+)?", re.IGNORECASE)
_VESSELS = frozenset("ship vessel tanker freighter aircraft airplane yacht boat trawler".split())
_BODIES = frozenset("entity organisation organization undertaking body".split())
_PEOPLE = frozenset("individual person".split())
_ANYBODY = _VESSELS | _BODIES | _PEOPLE | frozenset("company firm corporation business group bank".split())
"""Descriptions of too many to be the one that a form has a label for."""


class Headed:
    """What a page's labelled lines and numbered entries call its names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._firms = lexicon.words["nouns.company"] | _BODIES
        self._page: Page | None = None
        self._labels: dict[str, Mention | None] = {}
        self._names: list[Mention] = []

    def enter(self, page: Page, mentions: Sequence[Mention]) -> None:
        """Go on to a page with its mentions."""
        own = [one for one in mentions if one.kind == "name"]
        self._page, self._names = page, sorted(own, key=lambda one: (one.target.start, -one.target.end))
        at = {one.target.start: one for one in reversed(self._names) if one.schema in PERSON | GROUP}
        for found in _LABEL.finditer(page.text):
            name = at.get(found.end())
            label = found["label"].lower()
            if name is not None and label not in _ANYBODY:
                other = self._labels.get(label, name)
                same = other is not None and other.name == name.name
                self._labels[label] = other if same else None

    def disputed(self, lemma: str) -> bool:
        """Say whether a form has a label for two."""
        return lemma in self._labels and self._labels[lemma] is None

    def find(self, token: Token, lemma: str) -> Mention | None:
        """Return who a definite description is: by a label of a form, else by the head of its entry."""
        return self._labels.get(lemma) or self._entry(token, lemma)

    def _entry(self, token: Token, lemma: str) -> Mention | None:
        """Return the name at the head of the numbered entry, if no other of its sort stands between."""
        page = self._page
        if page is None or lemma not in self._firms | _VESSELS | _PEOPLE:
            return None
        block = next((one for one in page.blocks if one.start <= token.start < one.end), None)
        number = block and _NUMBER.match(page.text, block.start, block.end)
        if not number:
            return None
        own = [one for one in self._names if number.end() <= one.target.start < token.start]
        if not own or own[0].target.start != number.end() or not self._fits(own[0], lemma):
            return None
        kind = PERSON if lemma in _PEOPLE else GROUP
        rivals = (one for one in own[1:] if one.schema in kind and one.name != own[0].name)
        return own[0] if all(_in_brackets(page, one) for one in rivals) else None

    def _fits(self, name: Mention, lemma: str) -> bool:
        if lemma in self._firms:
            return name.schema in GROUP | {"Thing"}
        if lemma in _PEOPLE:
            return name.schema in PERSON
        return name.schema not in PERSON | {"Address"}


def _in_brackets(page: Page, name: Mention) -> bool:
    """Say whether a name stands in brackets, as further names of the head do."""
    before = page.text[: name.target.start]
    return before.rfind("(") > before.rfind(")")
