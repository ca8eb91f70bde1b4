"""Quotation marks: which characters of a page stand inside them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import overload

from casegraph.model import CLAIM_ROLES, Block

# Double marks of English, guillemets and low marks, corner marks of Chinese (CLDR delimiters).
OPENING = "“„«‟「『"
CLOSING = "”»」』"
STRAIGHT = '"'
_MARKS = re.compile("[“”„‟«»「」『』\"]|``|''")
_GUILLEMETS = re.compile("[«»]")
_WORD = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Characters [start, end) of a page with their marks; `closed` is false where the block ends first."""

    start: int
    end: int
    block: int
    closed: bool
    words: int

    def inner(self) -> tuple[int, int]:
        """Return the characters between the marks."""
        return self.start + 1, self.end - 1 if self.closed else self.end

    def holds(self, position: int) -> bool:
        """Return whether the character lies in the quotation or on its marks."""
        return self.start <= position < self.end


class Quotations(Sequence[Quotation]):
    """The quotations of a page in order; none overlaps another."""

    def __init__(self, found: Iterable[Quotation]) -> None:
        self._found = list(found)
        self._starts = [quotation.start for quotation in self._found]

    @overload
    def __getitem__(self, index: int) -> Quotation: ...
    @overload
    def __getitem__(self, index: slice) -> list[Quotation]: ...
    def __getitem__(self, index: int | slice) -> Quotation | list[Quotation]:
        return self._found[index]

    def __len__(self) -> int:
        return len(self._found)

    def at(self, position: int) -> Quotation | None:
        """Return the quotation that holds the character."""
        i = bisect_right(self._starts, position) - 1
        return self._found[i] if i >= 0 and self._found[i].holds(position) else None

    def within(self, start: int, end: int) -> list[Quotation]:
        """Return the quotations that share characters with [start, end)."""
        low = max(bisect_right(self._starts, start) - 1, 0)
        high = bisect_left(self._starts, end)
        return [quotation for quotation in self._found[low:high] if quotation.end > start]


def find_quotations(text: str, blocks: tuple[Block, ...]) -> Quotations:  # noqa: C901 - one scan over the marks, a branch a mark
    """Return the outermost double-quoted spans of the blocks that can carry claims, in order.

    A mark left open runs to the end of its block (a quotation that goes on in the next paragraph
    opens again there: Chicago Manual of Style 13.30). Straight marks are opening where a blank
    or the block's start precedes and closing otherwise.
    """
    found: list[Quotation] = []
    for number, block in enumerate(blocks):
        if block.role not in CLAIM_ROLES:
            continue
        opened: int | None = None
        closing = _nested(text, block)
        until = block.start
        for match in _MARKS.finditer(text, block.start, block.end):
            mark, place = match.group(), match.start()
            if place < until:
                continue
            if opened is None and place in closing:
                until = closing[place] + 1
                found.append(_quotation(text, place, until, number, closed=True))
            elif opened is None:
                if mark in OPENING or mark == "``" or (mark == STRAIGHT and _opens(text, block, place)):
                    opened = place
                elif mark == "”" and _opens(text, block, place) and not _ends(text, block, place):
                    opened = place  # sloppy copy: a closing mark used to open
            elif (
                (mark == "“" and text[opened] == "„")
                or mark in CLOSING
                or mark == "''"
                or (mark == STRAIGHT and not _only_opens(text, block, place))
            ):
                found.append(_quotation(text, opened, match.end(), number, closed=True))
                opened = None
            elif mark == "“" and place > opened + 1:
                # Opened again without closing: the earlier mark was stray or its end was lost.
                found.append(_quotation(text, opened, place, number, closed=False))
                opened = place
        if opened is not None:
            found.append(_quotation(text, opened, block.end, number, closed=False))
    return Quotations(found)


def _nested(text: str, block: Block) -> dict[int, int]:
    """Return where each outermost guillemet that holds others closes: «Глава «Прибоя» лжёт».

    Russian copy sets quotations in quotations with the same marks, and may let one mark close two
    (Розенталь § 127): where the block ends first, the first closing mark is the end after all.
    """
    found: dict[int, int] = {}
    stack: list[int] = []
    for match in _GUILLEMETS.finditer(text, block.start, block.end):
        if match.group() == "«":
            stack.append(match.start())
        elif stack:
            found[stack.pop()] = match.start()
    return found


def _quotation(text: str, start: int, end: int, block: int, *, closed: bool) -> Quotation:
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quotation(start, end, block, closed, len(_WORD.findall(text, start, end)))


def _opens(text: str, block: Block, place: int) -> bool:
    before = text[place - 1] if place > block.start else " "
    after = text[place + 1] if place + 1 < block.end else " "
    return (before.isspace() or before in "([{—–-‘'/") and not after.isspace()


def _only_opens(text: str, block: Block, place: int) -> bool:
    """Return whether a straight mark inside a quotation can only be an opening one."""
    before = text[place - 1] if place > block.start else " "
    after = text[place + 1] if place + 1 < block.end else " "
    return before.isspace() and after.isalnum() and place > block.start


def _ends(text: str, block: Block, place: int) -> bool:
    return place + 1 >= block.end or text[place + 1].isspace()
