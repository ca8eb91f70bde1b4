"""Where the words of a page stand on its image."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Literal

from casegraph.model.base import Record
from casegraph.model.parse import unpack


class Box(Record, frozen=True, kw_only=True):
    """One word, or the part of one that stands on a line, and its place on the page as shown.

    Hundredths of a point (1/7200 inch) from the upper left corner; `page.text[start:end]` are its characters.
    """

    start: int
    end: int
    left: int
    top: int
    right: int
    bottom: int
    confidence: int | None = None  # 0 to 100, of OCR


class Layout(Record, frozen=True, kw_only=True):
    """Word boxes of one page, as packed columns (`pack`), one value a word (like ALTO's String elements).

    The columns hold differences, which take half the room of the numbers themselves: `boxes` gives those.
    A word divided at a line's end is two.
    """

    document: str  # its id
    page: int  # its number
    width: int  # of the page, hundredths of a point
    height: int  # of the page
    source: Literal["text-layer", "ocr"]  # where the words come from
    start: bytes  # offset of the first character, from the end of the word before
    end: bytes  # offset behind the last character, from that of the first
    left: bytes  # from the right edge of the word before
    top: bytes  # from the upper edge of the word before
    right: bytes  # from the left edge
    bottom: bytes  # from the upper edge
    confidence: bytes = b""  # 0 to 100, of OCR, as it is; empty for a text layer

    def spans(self) -> tuple[list[int], list[int]]:
        """Return where the words begin and end in the page's text."""
        return _chained(self.start, self.end)

    def boxes(self, start: int = 0, end: int | None = None) -> Iterator[Box]:
        """Yield the words from `start` up to `end` of the page's text, in the order of the text.

        Of a word that lies partly in there the part is given, as if its characters were equally wide.
        """
        starts, ends = self.spans()
        lefts, rights = _chained(self.left, self.right)
        tops = list(accumulate(unpack(self.top)))
        bottoms = [top + tall for top, tall in zip(tops, unpack(self.bottom), strict=True)]
        sure: list[int] | list[None] = unpack(self.confidence) if self.confidence else [None] * len(starts)
        for first, last, left, top, right, bottom, confidence in zip(
            starts, ends, lefts, tops, rights, bottoms, sure, strict=True
        ):
            if last <= start or (end is not None and first >= end):
                continue
            whole = Box(
                start=first, end=last, left=left, top=top, right=right, bottom=bottom, confidence=confidence
            )
            yield _part(whole, max(first, start), last if end is None else min(last, end))


def _chained(begin: bytes, long: bytes) -> tuple[list[int], list[int]]:
    """Return where stretches begin and end; each begins at a distance from the end of the one before."""
    lengths = unpack(long)
    ends = list(accumulate(gap + length for gap, length in zip(unpack(begin), lengths, strict=True)))
    return [end - length for end, length in zip(ends, lengths, strict=True)], ends


def _part(box: Box, start: int, end: int) -> Box:
    """Return the box of some of a word's characters: a share of its width."""
    if (start, end) == (box.start, box.end):
        return box
    count, wide, tall = box.end - box.start, box.right - box.left, box.bottom - box.top
    if tall > wide:  # upright: which way it runs is not known
        return Box(
            start=start, end=end, left=box.left, top=box.top, right=box.right, bottom=box.bottom,
            confidence=box.confidence,
        )  # fmt: skip
    return Box(
        start=start,
        end=end,
        left=box.left + round(wide * (start - box.start) / count),
        top=box.top,
        right=box.left + round(wide * (end - box.start) / count),
        bottom=box.bottom,
        confidence=box.confidence,
    )
