"""The body of a mail message: its own words, and those that it quotes or forwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import html

from casegraph.model import BlockRole
from casegraph.read.dom import Chunk
from casegraph.read.fields import field_runs, signature
from casegraph.read.paragraphs import gathered, is_bullet, paragraphs
from casegraph.read.pieces import Piece
from casegraph.text.mailquotes import FROM, HEADER, NOTES_DATE, RECIPIENT, SEPARATOR, wrote

_QUOTED = re.compile(r"[ \t]?((?:[>|][ \t]?)+|(?:[A-ZА-ЯЁ]{1,3}>[ \t]?)+)")
_SIGNATURE = re.compile(r"-- ?$")
_MOST_LINES = 50_000  # of a body in which quotations are looked for
_FIELDS = 3  # header fields in a row that make a quoted message's header
_LONGEST_HEADER = 60  # lines of a quoted header with its recipients
_LONGEST_SIGNATURE = 12  # lines
_LONGEST_NAME = 100  # characters of the line that names the sender in a header of Notes
_RULE = re.compile(r"\s*[_=-]{10,}\s*$")
_WRAPPED = 3  # lines over which an attribution may go


def unflow(text: str, *, delsp: bool) -> str:
    """Return format=flowed text (RFC 3676) with its soft line breaks undone, at any quoting depth."""
    lines: list[str] = []
    depth_before, open_line = 0, False
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        body = line[depth:]
        body = body.removeprefix(" ")  # space-stuffing, section 4.4
        if open_line and depth == depth_before and lines:
            lines[-1] += body
        else:
            lines.append(">" * depth + (" " if depth else "") + body)
        soft = body.endswith(" ") and body != "-- "
        if soft and delsp:
            lines[-1] = lines[-1][:-1]
        depth_before, open_line = depth, soft
    return "\n".join(lines)


class _Lines:
    """The lines of a plain message body with their quotation marks told apart."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.raw = lines

    def __len__(self) -> int:
        return len(self.raw)

    def depth(self, index: int) -> int:
        """Return how many marks a line has, 0 for one of a list."""
        return self._parted(index)[0]

    def bare(self, index: int) -> str:
        """Return a line without its marks."""
        return self._parted(index)[1]

    def _parted(self, index: int) -> tuple[int, str]:
        line = self.raw[index]
        marks = _QUOTED.match(line)
        if marks is None or is_bullet(line):
            return 0, line
        return max(1, marks[1].count(">") or marks[1].count("|")), line[marks.end() :]

    def after(self, index: int, most: int = 4) -> int | None:
        """Return the index of the first line from one on that says something, within `most` lines."""
        near = range(index, min(len(self), index + most))
        return next((place for place in near if self.bare(place).strip()), None)


def _header_run(lines: _Lines, place: int, least: int = _FIELDS) -> int:
    """Return how many lines from `place` on are a quoted message's header: three fields and more.

    A long list of recipients goes on over lines that look like nothing; Notes may leave a line free before a
    field.
    """
    fields, last, marks = 0, place, lines.depth(place)
    for index in range(place, min(len(lines), place + _LONGEST_HEADER)):
        line = lines.bare(index)
        if not line.strip():
            after = lines.after(index, 2)
            if (
                fields == 0
                or after is None
                or not HEADER.match(lines.bare(after))
                or lines.depth(after) != marks
            ):
                break
            continue
        if HEADER.match(line):
            fields += 1
            last = index
        elif fields == 0:
            return 0
    return last + 1 - place if fields >= least else 0


def _notes_head(lines: _Lines, place: int) -> int:
    """Return how many lines are a header of Lotus Notes: who, when, then recipients and subject, indented."""
    for name_lines in (1, 2):
        when = place + name_lines
        if when >= len(lines) or not all(
            0 < len(lines.bare(i).strip()) <= _LONGEST_NAME for i in range(place, when)
        ):
            return 0
        if NOTES_DATE.match(lines.bare(when)):
            to = lines.after(when + 1)
            if to is None or not RECIPIENT.match(lines.bare(to)):
                return 0
            count = _header_run(lines, to, least=2)
            return to + count - place if count else 0
    return 0


class _Body:
    """Sorts the lines of a plain message body into runs of one role and depth of quotation.

    `level` counts the messages begun so far that have no marks: behind "-----Original Message-----" all is
    quoted.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = _Lines(lines)
        self.runs: list[tuple[BlockRole, int, list[str]]] = []
        self.level = 0
        self.separated = False  # a separator has begun a message whose header may follow
        self.signed = False

    def put(self, role: BlockRole, depth: int, line: str, *, fresh: bool = False) -> None:
        if fresh or not self.runs or self.runs[-1][:2] != (role, depth):
            self.runs.append((role, depth, []))
        self.runs[-1][2].append(line)

    def sort(self) -> list[tuple[BlockRole, int, list[str]]]:
        """Return the runs; every line is in one of them, quotation marks taken off."""
        index = 0
        while index < len(self.lines):
            index += self._one(index)
        return self.runs

    def _one(self, index: int) -> int:
        marks, line = self.lines.depth(index), self.lines.bare(index)
        if marks:
            self.signed = False
        if not line.strip():
            self.put(self._role(marks), self.level + marks, line)
            return 1
        if SEPARATOR.match(line) or (not marks and _RULE.match(line) and self._headed(index + 1)):
            self._begin(marks, separator=True)
            self.put("header", max(1, self.level + marks), line, fresh=not marks)
            return 1
        if count := self._headed(index):
            self._begin(marks, separator=False)
            for offset in range(count):
                text = self.lines.bare(index + offset)
                self.put("header", max(1, self.level + marks), text.removeprefix("> "))
            return count
        self.separated = False
        if count := self._attributed(index, marks):
            return count
        if _SIGNATURE.fullmatch(line) and not marks and not self.level:
            after = [
                later for later in self.lines.raw[index + 1 :][: 2 * _LONGEST_SIGNATURE] if later.strip()
            ]
            self.signed = len(after) <= _LONGEST_SIGNATURE
        self.put(self._role(marks), self.level + marks, line)
        return 1

    def _role(self, marks: int) -> BlockRole:
        return "quote" if marks or self.level else "footer" if self.signed else "paragraph"

    def _headed(self, index: int) -> int:
        if index >= len(self.lines):
            return 0
        first = self.lines.bare(index)
        if FROM.match(first) or self.separated or self.lines.depth(index):
            if count := _header_run(self.lines, index):
                return count
        elif HEADER.match(first):
            return 0
        return _notes_head(self.lines, index)

    def _begin(self, marks: int, *, separator: bool) -> None:
        """Note that a further message begins; its separator and its header count once."""
        self.signed = False
        if not marks and not self.separated:
            self.level += 1
        self.separated = separator

    def _attributed(self, index: int, marks: int) -> int:
        """Take "On ..., Anna Kern wrote:", wrapped in two or three lines; return how many, 0 for none."""
        for count in range(1, _WRAPPED + 1):
            last = index + count - 1
            if (
                last >= len(self.lines)
                or self.lines.depth(last) != marks
                or not self.lines.bare(last).strip()
            ):
                return 0
            text = " ".join(self.lines.bare(place).strip() for place in range(index, last + 1))
            found = wrote(text)
            if found is None:
                continue
            following = self.lines.after(last + 1)
            quoted = following is not None and self.lines.depth(following) > marks
            if not quoted and not found.sure:
                return 0
            for place in range(index, last + 1):
                self.put("quote", self.level + marks, self.lines.bare(place), fresh=place == index)
            if not quoted and not marks:
                self.level += 1
            self.runs.append(("quote", self.level + marks + quoted, []))
            return count
        return 0


def body_pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of a plain message body, cleaned text with its line ends.

    Quoted lines lose their ">" marks, so that their sentences join; role `quote` tells them apart.
    """
    if text.count("\n") > _MOST_LINES:
        yield from (Piece(part, "paragraph") for part in gathered(text))
        return
    pieces = list(_sorted_pieces(text))
    for role in ("paragraph", "quote"):  # each voice signs by itself
        _mark_fields(pieces, role)
    yield from pieces


def _mark_fields(pieces: list[Piece], role: BlockRole) -> None:
    """Give fields and signatures among one voice's paragraphs their roles."""
    places = [index for index, piece in enumerate(pieces) if piece.role in {role, "list"}]
    signed = {places[index] for index in signature([pieces[place].text for place in places])}
    fields = field_runs({index: pieces[index].text for index in places if index not in signed})
    for index in signed | fields:
        pieces[index] = replace(pieces[index], role="byline" if index in signed else "table")


def _sorted_pieces(text: str) -> Iterator[Piece]:
    for role, depth, lines in _Body(text.split("\n")).sort():
        if role in {"header", "footer"}:
            joined = "\n".join(line.strip() for line in lines if line.strip())
            if joined:
                yield Piece(joined, role, depth=depth)
            continue
        for paragraph in paragraphs("\n".join(lines)):
            kind: BlockRole = "list" if role == "paragraph" and is_bullet(paragraph.text) else role
            yield Piece(paragraph.text, kind, depth=depth)


def markup_pieces(chunks: Sequence[Chunk]) -> Iterator[Piece]:
    """Yield the pieces of an HTML message body: its own words, then quoted ones."""
    pieces = list(_markup_roles(chunks))
    for role in ("paragraph", "quote"):
        _mark_fields(pieces, role)
    yield from pieces


def _markup_roles(chunks: Sequence[Chunk]) -> Iterator[Piece]:
    """Give each chunk its role and depth; what follows a header or separator outside quotations is quoted."""
    lines = _Lines([" ".join(chunk.text.split("\n")) for chunk in chunks])
    level = headers = 0
    separated = False
    for index, chunk in enumerate(chunks):
        first = chunk.text.split("\n", 1)[0]
        whole = sum(HEADER.match(line) is not None for line in chunk.text.split("\n")) >= _FIELDS
        if headers == 0 and not whole and (FROM.match(first) or separated):
            headers = _header_run(lines, index)
            whole = headers > 0
        divided = not whole and headers == 0 and SEPARATOR.match(first) is not None
        if whole or divided:
            level += not chunk.quote and not separated
        if whole or headers or divided:
            headers = max(0, headers - 1)
            separated = divided
            yield Piece(chunk.text, "header", depth=max(1, level + chunk.quote))
            continue
        separated = False
        depth = level + chunk.quote
        found = wrote(" ".join(chunk.text.split()))
        after = chunks[index + 1].quote if index + 1 < len(chunks) else 0
        if found is not None and (found.sure or after > chunk.quote):
            yield Piece(chunk.text, "quote", depth=depth)
            level += not chunk.quote and not after
        else:
            yield Piece(chunk.text, _markup_role(chunk, quoted=depth > 0), depth=depth)


def _markup_role(chunk: Chunk, *, quoted: bool) -> BlockRole:
    if quoted:
        return "quote"
    if chunk.tag == "table":
        return "table"
    if chunk.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
        return "heading"
    return "list" if chunk.tag in {"li", "dd", "dt"} else "paragraph"


_CONTAINERS = frozenset((
    "yahoo_quoted", "x_yahoo_quoted", "ymail_quote", "protonmail_quote", "tutanota_quote", "zmail_extra",
    "moz-forward-container", "OLK_SRC_BODY_SECTION", "isReplyContent",
))  # fmt: skip
"""Classes and ids in which programs put what they quote, where they use no block quotation."""
_INDENT = re.compile(r"border(?:-left)?\s*:\s*(?:none|0)", re.IGNORECASE)


def mark_quotations(root: html.HtmlElement) -> None:
    """Make block quotations of what programs quote in other ways, and none of what people only indent.

    Gmail's button for an indent makes a `blockquote` without a border; none of its quotations is so.
    """
    for element in root.iter("blockquote", "div", "span"):
        names = {element.get("id") or "", *(element.get("class") or "").split()}
        if element.tag == "blockquote":
            plain = element.get("type") != "cite" and not any("quote" in name for name in names)
            if plain and _INDENT.search(element.get("style") or ""):
                element.tag = "div"
        elif names & _CONTAINERS or any(name.startswith("yahoo_quoted") for name in names):
            element.tag = "blockquote"
