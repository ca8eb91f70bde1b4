"""What one line is by itself: prose, a label, a date, a name."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from casegraph.model import BlockRole
from casegraph.read import bylines, dates
from casegraph.read.cues import CREDITS, CRUMBS, Cue, boilerplate, label_of, start_of
from casegraph.read.paragraphs import is_bullet
from casegraph.text import fold

_WORDS = re.compile(r"[^\W_]+(?:['\u2019.,-][^\W_]+)*")
_ASCII_WORDS = {
    code: "a" if chr(code).isalnum() else "-" if chr(code) in "'.,-" else " " for code in range(128)
}
"""What of _WORDS a character is: counting them so takes a fifth of the time."""
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_HAN_WORD = 1.7  # characters of a Chinese word, on average
_CLOSERS = "\"'\u201d\u2019\u00bb)\uff09]\u300d\u300f\u300b*\u203a "
_OPENERS = "\"'\u201c\u2018\u00ab\u300c\u300e\u201e"
_FOOTNOTE = re.compile(r"(?:\[\d{1,3}\]|[\u00b9\u00b2\u00b3\u2070-\u2079])+$")
_TERMINAL = ".!?\u2026\u3002\uff01\uff1f"
_INNER_END = re.compile(
    r"(?<=\w\w\w)[.!?\u2026][\"'\u201d\u2019\u00bb)]*\s+[\"'\u201c\u2018\u00ab(]?[^\W\d_a-z\u0430-\u044f]|[\u3002\uff01\uff1f]"
)
_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d|\b\d{4}\s[A-Z]{2,4}\b|\b[A-Z]{3,4}\b")  # "17:20", "0203 GMT"
_SEGMENTS = re.compile(
    r"\s*[|\uff5c\u2022\u00b7\u2027]\s*|\s{2,}|"
    r"\s+(?=(?:作者|记者|来源|來源|(?:责任)?编辑|责编|发布时间|阅读|浏览|评论)\s?[:\uff1a])|"
    r"\s+(?=(?i:by\s+[^\W\d_]|автор\s?:|источник\s?:|текст\s?:))"
)
_SEPARATORS = " ,|/\u2022\u00b7-\u2013\u2014"
_LONGEST_LABEL = 160
_LONGEST_TITLE = 250
_LONGEST_LOOK = 4_000  # characters of a line that are looked at, and its end


def count_words(text: str) -> float:
    """Return the number of words; scripts without blanks count characters of an average word."""
    if text.isascii():
        tokens = text.translate(_ASCII_WORDS).replace("--", " ").split()
        return float(len(tokens) - tokens.count("-"))
    han = len(_HAN.findall(text))
    if not han:
        return float(len(_WORDS.findall(text)))
    return len(_WORDS.findall(_HAN.sub(" ", text))) + han / _HAN_WORD


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends with terminal punctuation, behind closing quotes and note marks."""
    return _FOOTNOTE.sub("", text.rstrip()).rstrip(_CLOSERS)[-1:] in set(_TERMINAL)


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or short line of a document with what its format knows of it.

    `group` is the same for lines without a blank line between them. `linked`: all its words are
    hyperlinks. `fixed`: the format itself says the role (a `<nav>`, a heading style).
    """

    text: str
    group: int = 0
    linked: bool = False
    fixed: BlockRole | None = None


def _is_date(text: str) -> bool:
    """Tell whether a text is a date, with a label, a place or a clock."""
    found = dates.find(text) or dates.find_month(text)
    if found is None:
        return False
    rest = text[: found.start] + " " + text[found.end :]
    if (again := dates.find(rest)) is not None:
        rest = rest[: again.start] + " " + rest[again.end :]  # "Published ... Updated ..."
    words = count_words(_CLOCK.sub(" ", rest))
    if start_of(text) == "dateline":
        return words <= 10
    return words <= 4 and not (ends_sentence(text) and words >= 3)


class Traits:
    """Features of one line, each worked out once and only when asked for."""

    def __init__(self, line: Line) -> None:
        self.line = line
        text = line.text if len(line.text) <= _LONGEST_LOOK else line.text[:_LONGEST_LOOK] + line.text[-80:]
        self.text = " ".join(text.split())

    @functools.cached_property
    def words(self) -> float:
        """Number of words."""
        return count_words(self.text)

    @functools.cached_property
    def folded(self) -> str:
        """The text as compared for repeats."""
        return fold(self.text[:400])

    @functools.cached_property
    def ended(self) -> bool:
        """Whether terminal punctuation closes the line."""
        return ends_sentence(self.text)

    @functools.cached_property
    def bullet(self) -> bool:
        """Whether the line opens like an item of a list."""
        return is_bullet(self.line.text)

    @functools.cached_property
    def notice(self) -> Cue | None:
        """The kind of site notice that this is (cookies, newsletter, rights), or None."""
        return boilerplate(self.text)

    @functools.cached_property
    def cue(self) -> Cue | None:
        """What the words themselves say that the line is."""
        if len(self.text) > _LONGEST_LABEL:
            return None
        if (label := label_of(self.text)) is not None:
            return label
        start = start_of(self.text)
        if start == "byline" and not self.authors:
            start = None
        if start == "dateline" and self.found is None:
            start = None
        if start == "source" and self.words > 8:
            start = None
        if start is not None:
            return start
        if len(CRUMBS.findall(self.text)) >= 2 and not self.ended:
            return "navigation"
        return "caption" if CREDITS.search(self.text) and self.words <= 40 else None

    @functools.cached_property
    def found(self) -> dates.Found | None:
        """The date in a line that is short enough to be a date line."""
        if len(self.text) > _LONGEST_LABEL or _DIGIT.search(self.text) is None:
            return None
        return dates.find(self.text) or dates.find_month(self.text)

    @functools.cached_property
    def segments(self) -> list[str]:
        """The parts of a line that says several things of a story: date | author | source."""
        return [part for part in _SEGMENTS.split(self.text) if part and part.strip()]

    @functools.cached_property
    def dated(self) -> bool:
        """Whether the line is a date with a label and little else, or that with an author or source."""
        if self.found is None or self.bullet:
            return False
        if len(self.segments) == 1:
            return _is_date(self.text)
        dated = [_is_date(part) for part in self.segments]
        return any(dated) and all(
            is_date or start_of(part) is not None or label_of(part) is not None or count_words(part) <= 4
            for part, is_date in zip(self.segments, dated, strict=True)
        )

    @functools.cached_property
    def authors(self) -> tuple[str, ...]:
        """Persons named if the line is a byline by its cue or by consisting of names."""
        if len(self.text) > _LONGEST_LABEL:
            return ()
        cued = [bylines.authors(part) for part in self.segments if start_of(part) == "byline"]
        if any(cued):
            return next(names for names in cued if names)
        if self.found is None:
            return bylines.only_authors(self.text)
        before = self.text[: self.found.start].rstrip()
        # "North Korea 09:31 August 20, 2019": without a separator it is a section's name as well
        return bylines.only_authors(before.rstrip(_SEPARATORS)) if before[-1:] in set(_SEPARATORS) else ()

    @functools.cached_property
    def signed(self) -> bool:
        """Whether a cue such as "By" says that the line names its authors."""
        return bool(self.authors) and any(start_of(part) == "byline" for part in self.segments)

    @functools.cached_property
    def quoted(self) -> bool:
        """Whether quotation marks enclose the line."""
        return len(self.text) > 2 and self.text[0] in _OPENERS and self.text[-1] in _CLOSERS

    @functools.cached_property
    def prose(self) -> bool:
        """Whether the line reads like a sentence or more: length, terminal punctuation, quotes."""
        if self.line.linked or self.words < 4:
            return False
        if self.cue is not None and (self.cue != "caption" or not self.ended):
            return False
        if self.dated:
            return False
        if self.ended or self.quoted:
            return True
        if self.words >= 22 or (self.words >= 10 and _INNER_END.search(self.text) is not None):
            return True
        return self.words >= 8 and self.text[-1] in ":;,\uff1a\uff1b\uff0c"

    @functools.cached_property
    def headline(self) -> bool:
        """Whether the line has the form of a headline."""
        if not 2.5 <= self.words <= 40 or not 8 <= len(self.text) <= _LONGEST_TITLE or self.bullet:
            return False
        if self.cue is not None or self.dated or self.text[-1] in ".,;:\u3002\uff0c\uff1a":
            return self.cue is None and not self.dated and self.text.endswith("...")
        return any(char.isalpha() for char in self.text)
