"""Russian text cut into sentences and tokens, none too long for the parser."""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from casegraph.errors import MissingPartError

MAX_TOKENS = 200  # of a sentence; the syntax model's memory and time grow with the square

_CLOSERS = frozenset('\u00bb\u201d\u201c")]')
_SOFT = frozenset([";", ":", ",", "\u2014", "\u2013"])
_INITIAL = re.compile(r"(?:^|[\s(\u00ab])[А-ЯЁ]\.\s?$")
# Abbreviations before a name, number or title. They end a sentence too rarely to count: an
# abbreviation that may end one ("и др.", "г." of a year) is not here.
_NEVER_LAST = re.compile(
    r"(?:^|[\s(\u00ab])(?:гг?|ул|пр|просп|пер|наб|пл|обл|р-н|пос|дер|стр|корп|оф|кв|им|тов|гр|ген|полк"
    r"|подп|акад|проф"
    r"|доц|инж|ст|п|пп|рис|табл|см|ср|напр|т|тел|факс|ред|изд|вып|т\.\s?е|т\.\s?н|в\s?т\.\s?ч|р/с|к/с|дог"
    r"|д)\.\s?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark with its offsets in the text."""

    start: int
    end: int
    text: str


@functools.cache
def _razdel() -> Any:  # noqa: ANN401 - razdel carries no types
    try:
        return importlib.import_module("razdel")
    except ImportError as error:
        raise MissingPartError("Russian is not installed: pip install razdel") from error


def _joined(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the sentences, two as one where no reader would end the first."""
    start = end = -1
    for begin, stop in spans:
        before, after = text[start:end], text[begin:stop]
        year = re.search(r"\d\s?гг?\.$", before)
        abbreviated = _INITIAL.search(before) or (_NEVER_LAST.search(before) and not year)
        if start >= 0 and (after[:1].islower() or after[:1] in "\u00bb)],;" or abbreviated):
            end = stop
            continue
        if start >= 0:
            yield start, end
        start, end = begin, stop
    if start >= 0:
        yield start, end


def _bounded(tokens: list[Token]) -> Iterator[list[Token]]:
    """Yield the tokens in lists of at most MAX_TOKENS, cut behind a semicolon or comma if there is one."""
    while len(tokens) > MAX_TOKENS:
        marks = [i for i in range(MAX_TOKENS // 2, MAX_TOKENS) if tokens[i].text in _SOFT]
        hard = [i for i in marks if tokens[i].text == ";"]
        cut = (hard or marks or [MAX_TOKENS - 1])[-1] + 1
        yield tokens[:cut]
        tokens = tokens[cut:]
    if tokens:
        yield tokens


def sentences(text: str) -> list[list[Token]]:
    """Return the text's sentences as lists of tokens; no token is lost, none is empty."""
    razdel = _razdel()
    spans = [(one.start, one.stop) for one in razdel.sentenize(text) if one.stop > one.start]
    found: list[list[Token]] = []
    for start, end in _joined(text, spans):
        tokens = [
            Token(start + one.start, start + one.stop, one.text)
            for one in razdel.tokenize(text[start:end])
            if one.stop > one.start
        ]
        found.extend(_bounded(tokens))
    return found
