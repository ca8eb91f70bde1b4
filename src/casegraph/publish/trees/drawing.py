"""A tree as SVG: no script, no font or image from elsewhere, words that can be selected."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

from casegraph.publish.trees.base import MARKS, Beside, Branch

_WIDTH, _MARGIN, _INDENT, _GUTTER = 960, 16, 26, 24  # pixels
_LABEL, _NOTE = 15, 12  # pixels of the letters
_LEADING = 1.35
_WIDE = 1.05  # of a Han sign in letters' heights
_NARROW = 0.56  # of other letters, on average
# Blue, brown and a red that is dark: told apart without green and red (Okabe and Ito 2008), and by marks.
_STYLE = (
    "text{font-family:system-ui,sans-serif;fill:#1b1b1b}.note{fill:#5a5a5a}.asked{font-weight:700}"
    ".good{fill:#00558c}.doubt{fill:#7a4f00}.bad{fill:#a3002e}path{fill:none;stroke:#9a9a9a}"
    "rect{fill:#fff}@media(prefers-color-scheme:dark){rect{fill:#161616}text{fill:#eee}.note{fill:#a9a9a9}"
    ".good{fill:#7cc4f5}.doubt{fill:#e5b567}.bad{fill:#ff9db0}path{stroke:#666}}"
)
# Letters that are written from the right: Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.
_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_FROM_RIGHT = re.compile(f"[{_RIGHT}](?:[^A-Za-z\u0400-\u04ff]*[{_RIGHT}])?")


def isolated(words: str) -> str:
    """Return the words with what is written from the right kept from turning what stands beside it.

    The isolates of UAX #9 are put in here alone; those of documents have been taken out before.
    """
    return _FROM_RIGHT.sub(lambda found: f"\u2068{found[0]}\u2069", words)


class _Line(NamedTuple):
    x: float
    y: float
    size: int
    style: str
    words: str


def svg(tree: Branch, title: str) -> Iterator[str]:
    """Yield the lines of an SVG document; `title` is read aloud in place of the drawing."""
    drawing = _Drawing()
    height = drawing.draw(tree, _MARGIN, _WIDTH - _MARGIN, _MARGIN) + _MARGIN
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:g}" role="img" '
    yield f'width="{_WIDTH}" height="{height:g}">\n'
    yield f"<title>{_safe(title)}</title>\n<style>{_STYLE}</style>\n"
    yield '<rect width="100%" height="100%"/>\n'
    yield from (f'<path d="{path}"/>\n' for path in drawing.paths)
    for one in sorted(drawing.lines, key=lambda line: (line.y, line.x)):
        style = f' class="{one.style}"' if one.style else ""
        yield f'<text x="{one.x:g}" y="{one.y:g}" font-size="{one.size}"{style}>{_safe(one.words)}</text>\n'
    yield "</svg>\n"


class _Drawing:
    """Lines of words and the lines between them."""

    def __init__(self) -> None:
        self.lines: list[_Line] = []
        self.paths: list[str] = []

    def draw(self, branch: Branch, left: float, right: float, y: float) -> float:
        """Draw a branch and what hangs on it between two edges, from a height down; return where it ends."""
        for words, size, style in _words(branch):
            for part in _wrapped(words, right - left, size):
                y += size * _LEADING
                self.lines.append(_Line(left, y, size, style, part))
        begin, y = y + 4, y + 6
        if isinstance(branch, Beside):
            return self._beside(branch, left + _INDENT, right, y)
        for below in branch.branches:
            self.paths.append(f"M{left + 6:g} {begin:g}V{y + _LABEL - 5:g}H{left + _INDENT - 4:g}")
            y = self.draw(below, left + _INDENT, right, y)
        return y

    def _beside(self, branch: Branch, left: float, right: float, y: float) -> float:
        """Draw the sides of a branch in columns, a line down between each two."""
        count = max(1, len(branch.branches))
        wide = (right - left - _GUTTER * (count - 1)) / count
        edges = [left + number * (wide + _GUTTER) for number in range(count)]
        sides = zip(branch.branches, edges, strict=True)
        bottom = max((self.draw(one, edge, edge + wide, y) for one, edge in sides), default=y)
        self.paths += [f"M{edge - _GUTTER / 2:g} {y:g}V{bottom:g}" for edge in edges[1:]]
        return bottom


def _words(branch: Branch) -> Iterator[tuple[str, int, str]]:
    yield MARKS[branch.tone] + branch.label, _LABEL, branch.tone
    for note in branch.notes:
        yield note, _NOTE, "note"


def _wrapped(words: str, width: float, size: int) -> Iterator[str]:
    """Yield the words in lines that fit; where there are no blanks, between signs."""
    line, used = "", 0.0
    for part in _parts(words):
        long = sum(map(_breadth, part)) * size
        if line and used + long > width:
            yield line.rstrip()
            line, used = "", 0.0
            part = part.lstrip()  # noqa: PLW2901 - a line begins with no blank
        line += part
        used += long
    yield line.rstrip()


def _parts(words: str) -> Iterator[str]:
    """Yield pieces between which a line may be broken."""
    held = ""
    for sign in words:
        if sign == " " or _is_wide(sign):
            yield held
            held = ""
        held += sign
    yield held


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in {"W", "F"}


def _breadth(sign: str) -> float:
    return _WIDE if _is_wide(sign) else _NARROW


def _safe(words: str) -> str:
    """Return words without what XML cannot hold or what turns the reading direction."""
    line = " ".join(words.split())
    return escape(isolated("".join(sign if sign.isprintable() else "\ufffd" for sign in line)))
