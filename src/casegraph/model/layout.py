"""Where the words of a page stand on its image."""

from __future__ import annotations

from typing import Literal

from casegraph.model.base import Record


class Layout(Record, frozen=True, kw_only=True):
    """Word boxes of one page, as packed columns (`pack`), one value a word (like ALTO's String elements).

    Boxes are in hundredths of a point (1/7200 inch), from the upper left corner of the page as shown;
    `page.text[start:end]` is the word.
    """

    document: str  # its id
    page: int  # its number
    width: int  # of the page, hundredths of a point
    height: int  # of the page
    source: Literal["text-layer", "ocr"]  # where the words come from
    start: bytes  # offsets of first characters
    end: bytes  # offsets behind last characters
    left: bytes
    top: bytes
    right: bytes
    bottom: bytes
    confidence: bytes = b""  # 0 to 100, of OCR; empty for a text layer
