"""A tree as SVG: no script, no font or image from elsewhere, words that can be selected."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

from casegraph.publish.trees.base import Branch

_WIDTH, _MARGIN, _INDENT = 960, 16, 26  # pixels
_LABEL, _NOTE = 15, 12  # pixels of the letters
_LEADING = 1.35
_WIDE = 1.05  # of a Han sign in letters' heights
_NARROW = 0.56  # of other letters, on average
_STYLE = (
    "text{font-family:system-ui,sans-serif;fill:#1b1b1b}.note{fill:#5a5a5a}.asked{font-weight:700}"
    ".good{fill:#0b6b2e}.doubt{fill:#8a5a00}.bad{fill:#a32020}path{fill:none;stroke:#9a9a9a}"
    "rect{fill:#fff}@media(prefers-color-scheme:dark){rect{fill:#161616}text{fill:#eee}.note{fill:#a9a9a9}"
    ".good{fill:#6fd08c}.doubt{fill:#e5b567}.bad{fill:#f08a8a}path{stroke:#666}}"
)


class _Line(NamedTuple):
    x: float
    y: float
    size: int
    style: str
    words: str


def svg(tree: Branch, title: str) -> Iterator[str]:
    """Yield the lines of an SVG document; `title` is read aloud in place of the drawing."""
    lines: list[_Line] = []
    paths: list[str] = []
    y = float(_MARGIN)
    tops: dict[int, float] = {}  # by depth: where the line down from the last branch of that depth begins
    for depth, branch in tree.walk():
        x = _MARGIN + depth * _INDENT
        first = y + _LABEL
        if depth:
            begin = tops[depth - 1]
            paths.append(f"M{x - _INDENT + 6:g} {begin:g}V{first - 5:g}H{x - 4:g}")
        for words, size, style in _words(branch):
            for part in _wrapped(words, _WIDTH - _MARGIN - x, size):
                y += size * _LEADING
                lines.append(_Line(x, y, size, style, part))
        tops[depth] = y + 4
        y += 6
    height = y + _MARGIN
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:g}" role="img" '
    yield f'width="{_WIDTH}" height="{height:g}">\n'
    yield f"<title>{_safe(title)}</title>\n<style>{_STYLE}</style>\n"
    yield '<rect width="100%" height="100%"/>\n'
    yield from (f'<path d="{path}"/>\n' for path in paths)
    for one in lines:
        style = f' class="{one.style}"' if one.style else ""
        yield f'<text x="{one.x:g}" y="{one.y:g}" font-size="{one.size}"{style}>{_safe(one.words)}</text>\n'
    yield "</svg>\n"


def _words(branch: Branch) -> Iterator[tuple[str, int, str]]:
    yield branch.label, _LABEL, branch.tone
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
    return escape("".join(sign if sign.isprintable() else "\ufffd" for sign in words))
