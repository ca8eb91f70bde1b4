"""A page as a paper: its lines, and the people and bodies that stand in them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casegraph.attribute.base import Filler
from casegraph.attribute.papers.forms import Forms
from casegraph.model import CLAIM_ROLES, Mention, Page

_BODIES = frozenset({"Company", "Organization", "PublicBody", "LegalEntity"})
_LABEL = re.compile(r"[ \t]*(?P<label>[^:：\n]{2,45}?)[ \t]*[:：](?!//)[ \t]*(?P<value>[^\n]*)")
_STOP = re.compile("[，。；：]")  # no name goes on behind it
_BRACKET = re.compile(r"[（(]([^（）()]+)[）)]")
_LONGEST = 200  # characters of a name
_JOINED = 2  # characters between two parts of one person's name


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page as characters; `label` and `value` where a colon parts them."""

    start: int
    end: int
    text: str
    label: str = ""
    bracket: str = ""
    value: int = 0  # its first character

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.text.strip()


class Sheet:
    """Lines and parties of one page."""

    def __init__(self, page: Page, mentions: Sequence[Mention], forms: Forms) -> None:
        self.page = page
        self.text = page.text
        self.forms = forms
        self._blocks = [block.start for block in page.blocks]
        named = [
            m
            for m in mentions
            if m.kind == "name"
            and "\n" not in page.text[m.target.start : m.target.end]
            and forms.side(m.name) is None
            and not self._heading(m)
            and not _STOP.search(m.name)
            and self._stated(m.target.start)
        ]
        self.people = self._people([m for m in named if m.schema == "Person"])
        self.bodies: list[Filler] = [
            Filler(m.target.start, m.target.end, m.normal or m.name, m.schema, m.id)
            for m in named
            if m.schema in _BODIES
        ]
        self.bodies.sort(key=lambda one: one.start)
        self._add("body", self.bodies, "LegalEntity")
        self.lines = [line for line in self._lines() if line.blank or self._stated(line.start)]
        self.labelled = [line for line in self.lines if line.label]
        self.mentions = mentions

    def _stated(self, place: int) -> bool:
        """Return whether a block that can carry claims holds the character."""
        number = bisect_right(self._blocks, place) - 1
        block = self.page.blocks[number] if number >= 0 else None
        return block is not None and block.role in CLAIM_ROLES and place < block.end

    def _heading(self, mention: Mention) -> bool:
        """Return whether the name is what the paper is called, or a label: "КОНТРАКТ № 7", "Кому:"."""
        words = self.text[mention.target.start : mention.target.end]
        behind = self.text[mention.target.end : mention.target.end + 1]
        if self.forms.patterns["title"].fullmatch(words):
            return True
        return mention.schema == "Person" and (behind in {":", "："} or (behind == "." and " " not in words))

    def _people(self, mentions: list[Mention]) -> list[Filler]:
        """Return the people; a surname and the names behind it that were found apart are one."""
        found: list[Filler] = []
        for m in sorted(mentions, key=lambda m: m.target.start):
            one = Filler(m.target.start, m.target.end, m.normal or m.name, "Person", m.id)
            if (
                found
                and self.text[found[-1].end : one.start].strip(" ") == ""
                and (0 < one.start - found[-1].end < _JOINED)
            ):
                before = found.pop()
                one = Filler(before.start, one.end, f"{before.name} {one.name}", "Person", before.mention)
            found.append(one)
        return found

    def _add(self, pattern: str, known: list[Filler], schema: str) -> None:
        """Add what the form of the words shows and the recogniser did not see."""
        added = [
            Filler(match.start(), match.end(), match.group(), schema)
            for match in self.forms.patterns[pattern].finditer(self.text)
            if not any(match.start() < one.end for one in self._over(known, match))
        ]
        known.extend(added)
        known.sort(key=lambda one: one.start)

    @staticmethod
    def _over(known: Sequence[Filler], match: re.Match[str]) -> Sequence[Filler]:
        return _between(known, max(0, match.start() - _LONGEST), match.end())

    def _lines(self) -> Iterator[Line]:
        place = 0
        for text in self.text.split("\n"):
            match = _LABEL.match(text)
            if match is None:
                yield Line(place, place + len(text), text)
            else:
                label = match["label"]
                bracket = found[1] if (found := _BRACKET.search(label)) else ""
                yield Line(
                    place, place + len(text), text, _BRACKET.sub("", label).strip(), bracket,
                    place + match.start("value"),
                )  # fmt: skip
            place += len(text) + 1

    def body(self, start: int, end: int) -> Filler | None:
        """Return the first body within the characters."""
        return next((one for one in _between(self.bodies, start, end) if one.end <= end + 1), None)

    def person(self, start: int, end: int) -> Filler | None:
        """Return the first person within the characters, by the form of the name where nobody was found."""
        found = next((one for one in _between(self.people, start, end) if one.end <= end), None)
        match = self.forms.patterns["person"].search(self.text, start, end)
        post = self.forms.post(match.group()) if match is not None else None
        if match is not None and post is not None and post[1] == 0:  # "Director Erik Moen"
            match = self.forms.patterns["person"].search(self.text, match.start() + post[2], end)
        if match is None or (found is not None and found.start <= match.start() and found.end >= match.end()):
            return found
        apart = found is not None and (match.end() <= found.start or match.start() >= found.end)
        if found is not None and (apart or " " in found.name):
            return found
        if self._is_body(match.start(), match.end()):
            return found
        return Filler(match.start(), match.end(), match.group(), "Person", found.mention if found else None)

    def _is_body(self, start: int, end: int) -> bool:
        return any(start < one.end for one in _between(self.bodies, max(0, start - _LONGEST), end))

    def people_in(self, start: int, end: int) -> list[Filler]:
        """Return all people within the characters."""
        found = []
        while (one := self.person(start, end)) is not None:
            found.append(one)
            start = one.end
        return found


def _between(parties: Sequence[Filler], start: int, end: int) -> Sequence[Filler]:
    """Return those that begin within the characters; they are in order."""
    low = bisect_left(parties, start, key=lambda one: one.start)
    return parties[low : bisect_left(parties, end, key=lambda one: one.start)]
