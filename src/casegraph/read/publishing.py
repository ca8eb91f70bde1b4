"""The stories of page makers and of iWork before 2013: InDesign's IDML, FrameMaker's MIF, Apple's old XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from casegraph.read.package import local

_STRING: Final = re.compile(
    r"<(String|Char|ParaLine|Para|TextFlow|PgfTag)\b\s*(?:`((?:[^'\\]|\\.)*)'|(\w+))?"
)
_ESCAPED: Final = re.compile(r"\\(x[0-9A-Fa-f]{2} ?|u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_LETTERS: Final = {"t": "\t", ">": ">", "q": "'", "Q": "`", "\\": "\\"}
_CHARS: Final = {
    "Tab": "\t", "HardSpace": "\u00a0", "SoftHyphen": "", "HardHyphen": "-", "DiscHyphen": "", "NoHyphen": "",
    "Cent": "¢", "Pound": "£", "Yen": "¥", "EnDash": "–", "EmDash": "—", "Dagger": "†", "DoubleDagger": "‡",
    "Bullet": "•", "HardReturn": "\n", "NumberSpace": " ", "ThinSpace": " ", "EnSpace": " ", "EmSpace": " ",
}  # fmt: skip
_APPLE_TEXT: Final = frozenset({"p", "layoutHeading"})
_APPLE_CELLS: Final = frozenset({"ct", "t"})
_PASSED_OVER: Final = frozenset({"stylesheet", "styles", "metadata", "theme-list", "master-slides"})


def idml_paragraphs(story: etree._Element) -> Iterator[str]:
    """Yield the paragraphs of a story of IDML: `Br` ends one."""
    words: list[str] = []
    for element in story.iter():
        name = local(element.tag)
        if name == "Content":
            words.append(
                "".join(map(str, element.itertext())).replace("\u2028", "\n").replace("\u2029", "\n")
            )
        elif name in {"Br", "ParagraphStyleRange", "Cell"} and words:
            yield "".join(words)
            words = []
    if words:
        yield "".join(words)


def mif_paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a MIF file's text flows."""
    words: list[str] = []
    flowing = False
    for found in _STRING.finditer(text):
        kind, quoted, word = found[1], found[2], found[3]
        if kind == "TextFlow":
            flowing = True
        elif kind == "Para":
            if words:
                yield "".join(words)
            words = []
        elif kind == "String" and quoted is not None and flowing:
            words.append(_ESCAPED.sub(_letter, quoted))
        elif kind == "Char" and word and flowing:
            words.append(_CHARS.get(word, ""))
    if words:
        yield "".join(words)


def _letter(found: re.Match[str]) -> str:
    code = found[1]
    if code[0] == "x" and len(code) > 1:
        return bytes([int(code[1:3], 16)]).decode("mac-roman")  # FrameMaker's set of Roman letters
    if code[0] == "u" and len(code) > 1:
        return chr(int(code[1:], 16))
    return _LETTERS.get(code, "")


def apple_paragraphs(root: etree._Element) -> Iterator[tuple[str, bool]]:
    """Yield the paragraphs of iWork of 2005 to 2009, and whether one begins a slide or a sheet."""
    stack = [root]
    fresh = False
    while stack:
        element = stack.pop()
        name = local(element.tag)
        if name in _PASSED_OVER:
            continue
        fresh = fresh or name in {"slide", "workspace"}
        if name in _APPLE_TEXT or (name in _APPLE_CELLS and _cell(element)):
            words = _cell(element) if name in _APPLE_CELLS else _words(element)
            if words.strip():
                yield words, fresh
                fresh = False
        else:
            stack.extend(reversed(element))


def _cell(element: etree._Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if local(key) == "s"), "")


def _words(paragraph: etree._Element) -> str:
    parts = [paragraph.text or ""]
    for element in paragraph.iterdescendants():
        name = local(element.tag)
        parts.append(
            {"br": "\n", "lnbr": "\n", "crbr": "\n", "tab": "\t", "intratopicbr": "\n"}.get(name, "")
        )
        parts += [element.text or "", element.tail or ""]
    return "".join(parts)
