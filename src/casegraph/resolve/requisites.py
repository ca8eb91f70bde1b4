"""Whose the numbers in requisites are: a name on a line of its own, under it a labelled fact a line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from casegraph.model import Mention, Page
from casegraph.resolve.rows import BANK, MayBear

_HIGHEST = 10  # lines between a name and its number
_RUN = 200  # lines that are looked back over for the beginning of a list
_LABEL = re.compile(r"\s*[^\W\d_][^:：\n]{0,40}?\s*(?:[:：]|№)")
_TO_NAME = re.compile(r"\s*(?:\d{1,2}[.)]\s*)?(?:[^\W\d_][^:：\n]{0,40}?[:：])?\s*[«“\"„(]*\s*")
_BEHIND_NAME = re.compile(r"[»”\"’)]*\s*(?:[(（][^()（）]*[)）])?[\s.,;:；，。]*")


@dataclass
class _Line:
    start: int
    words: str
    names: list[Mention] = field(default_factory=list)
    numbers: list[Mention] = field(default_factory=list)

    @property
    def labelled(self) -> bool:
        """Whether the line holds a fact: a label, or a number and what it is."""
        return bool(_LABEL.match(self.words)) or bool(self.numbers)


def by_lines(
    mentions: Sequence[Mention], page: Page, wanted: Mapping[str, str], may_bear: MayBear
) -> Iterator[tuple[Mention, Mention]]:
    """Yield (name, number) for the numbers of a page whose line begins with their label.

    The name ends the nearest line above that names anybody who can have such a number; all lines between are
    labelled. In a list that begins with a number, names stand behind theirs, so nobody's is taken.
    """
    lines = _lines(page, mentions)
    for place, line in enumerate(lines):
        for number in line.numbers:
            if number.id in wanted and not line.names and line.start < number.target.start:
                name = _above(lines, place, number, may_bear)
                if name is not None and not _numbers_first(lines, place, number.detector):
                    yield name, number


def _lines(page: Page, mentions: Sequence[Mention]) -> list[_Line]:
    """Return the lines that are not blank."""
    lines, start = [], 0
    for words in page.text.split("\n"):
        if words.strip():
            lines.append(_Line(start, words))
        start += len(words) + 1
    starts = [line.start for line in lines]
    for one in mentions:
        at = bisect_right(starts, one.target.start) - 1
        if at >= 0 and one.kind == "identifier":
            lines[at].numbers.append(one)
        elif at >= 0 and one.schema != "Address":
            lines[at].names.append(one)
    return lines


def _above(lines: Sequence[_Line], place: int, number: Mention, may_bear: MayBear) -> Mention | None:
    own = lines[place]
    if not _LABEL.match(own.words) and not own.words[: number.target.start - own.start].strip():
        return None
    for line in reversed(lines[max(0, place - _HIGHEST) : place]):
        if BANK.search(line.words):
            return None
        found = [one for one in line.names if may_bear(one, number)]
        if found:
            return found[0] if len(found) == 1 and _is_alone(line, found[0]) else None
        if not line.labelled:
            return None
    return None


def _is_alone(line: _Line, name: Mention) -> bool:
    """Say whether a line is a name, maybe with the label before it."""
    before = line.words[: name.target.start - line.start]
    behind = line.words[name.target.end - line.start :]
    return bool(_TO_NAME.fullmatch(before) and _BEHIND_NAME.fullmatch(behind))


def _numbers_first(lines: Sequence[_Line], place: int, detector: str) -> bool:
    """Say whether the list that a line is of begins with a number of this kind."""
    first = place
    for above in range(place - 1, max(-1, place - _RUN), -1):
        line = lines[above]
        if not line.labelled and not any(_is_alone(line, one) for one in line.names):
            break
        if line.names or any(one.detector == detector for one in line.numbers):
            first = above
    return any(one.detector == detector for one in lines[first].numbers)
