"""The body of a mail message: its own words, and those that it quotes or forwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casegraph.model import BlockRole
from casegraph.read.dom import Chunk
from casegraph.read.fields import field_runs, signature
from casegraph.read.paragraphs import gathered, is_bullet, paragraphs
from casegraph.read.pieces import Piece

_QUOTED = re.compile(r"[ \t]?((?:[>|][ \t]?)+|(?:[A-Z]{1,3}>[ \t]?)+)")
_WROTE = re.compile(
    r"(?:on|le|am|el|em|il|op|den|w dniu|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}[-年]|в |(?:mon|tue|"
    r"wed|thu|fri|sat|sun|"
    r"пн|вт|ср|чт|пт|сб|"
    r"вс)[a-z\u0430-\u044f]*,?\s)"
    r".{0,200}(?:wrote|writes|a écrit|schrieb|escribió|"
    r"написал\S*|пишет|写道|"
    r"写道于|寫道)\s*[:\uff1a]?\s*$",
    re.IGNORECASE | re.DOTALL,
)
_WROTE_END = re.compile(
    r"(?:wrote|writes|написал\S*|пишет|写道|寫道|schrieb|a écrit)\s*[:：]\s*$", re.IGNORECASE
)
_SEPARATOR = re.compile(
    r"\s*(?:[-_=*]{2,}\s*)?(?:original message|forwarded message|forwarded by .{1,80}|"
    r"begin forwarded message|reply message|"
    r"original appointment|исходное сообщение|пересылаемое сообщение|пересланное сообщение|"
    r"конец пересылаемого сообщения|"
    r"исходное письмо|原始邮件|原始郵件|转发邮件|转发的邮件|邮件原件|ursprüngliche nachricht|"
    r"message d'origine|mensaje original)\s*[-_=*:]*\s*$",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"\s*\*?(?:from|sent|to|cc|bcc|subject|date|reply-to|attachments?|importance|sensitivity|priority|от|"
    r"кому|копия|тема|дата|отправлено|от кого|"
    r"发件人|收件人|抄送|主题|日期|发送时间|發件人|收件人|副本|主旨|寄件者|von|gesendet|an|betreff|de|"
    r"envoyé|à|objet)\*?\s?[:：]",
    re.IGNORECASE,
)
_FROM = re.compile(r"\s*\*?(?:from|от|от кого|发件人|發件人|寄件者|von|de)\*?\s?[:：]", re.IGNORECASE)
_SIGNATURE = re.compile(r"-- ?$")
_MOST_LINES = 50_000  # of a body in which quotations are looked for
_FIELDS = 3  # header fields in a row that make a quoted message's header
_LONGEST_HEADER = 60  # lines of a quoted header with its recipients
_LONGEST_SIGNATURE = 12  # lines
_LONGEST_ATTRIBUTION = 300  # characters
_RULE = re.compile(r"\s*[_=-]{10,}\s*$")


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


def _header_run(lines: Sequence[str], place: int) -> int:
    """Return how many lines from `place` on are a quoted message's header: three fields, no blank line.

    A long list of recipients goes on over lines that look like nothing.
    """
    fields, last = 0, place
    for index in range(place, min(len(lines), place + _LONGEST_HEADER)):
        line = lines[index].lstrip("> ")
        if not line.strip():
            break
        if _HEADER.match(line):
            fields += 1
            last = index
        elif fields == 0:
            return 0
    return last + 1 - place if fields >= _FIELDS else 0


class _Body:
    """Sorts the lines of a plain message body into runs of one role."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.runs: list[tuple[BlockRole, list[str]]] = []
        self.quoting = False  # behind "-----Original Message-----": the rest is quoted
        self.signed = False

    def put(self, role: BlockRole, line: str) -> None:
        if not self.runs or self.runs[-1][0] != role:
            self.runs.append((role, []))
        self.runs[-1][1].append(line)

    def sort(self) -> list[tuple[BlockRole, list[str]]]:
        """Return the runs; every line is in one of them, quote marks taken off."""
        index = 0
        while index < len(self.lines):
            index += self._one(index)
        return self.runs

    def _one(self, index: int) -> int:
        line = self.lines[index]
        marks = _QUOTED.match(line)
        if marks is not None and not is_bullet(line):
            bare = line[marks.end() :]
            self.signed = False
            if (count := _header_run(self.lines, index)) > 0:
                return self._headers(index, count)
            self.put("header" if _SEPARATOR.match(bare) else "quote", bare)
            return 1
        if _SEPARATOR.match(line) or (_RULE.match(line) and _header_run(self.lines, index + 1)):
            self.quoting, self.signed = True, False
            self.put("header", line)
            return 1
        if _FROM.match(line) and (count := _header_run(self.lines, index)) > 0:
            self.quoting, self.signed = True, False
            return self._headers(index, count)
        if not self.quoting and (count := self._attribution(index)) > 0:
            for offset in range(count):
                self.put("quote", self.lines[index + offset])
            return count
        if _SIGNATURE.fullmatch(line) and not self.quoting:
            after = [later for later in self.lines[index + 1 :][: 2 * _LONGEST_SIGNATURE] if later.strip()]
            self.signed = len(after) <= _LONGEST_SIGNATURE
        self.put("quote" if self.quoting else "footer" if self.signed else "paragraph", line)
        return 1

    def _headers(self, index: int, count: int) -> int:
        for offset in range(count):
            self.put("header", self.lines[index + offset].lstrip("> "))
        return count

    def _attribution(self, index: int) -> int:
        """Return the lines that "On ..., Anna Kern wrote:" takes, wrapped in two or three, or 0."""
        for count in (1, 2, 3):
            text = " ".join(line.strip() for line in self.lines[index : index + count])
            if len(text) > _LONGEST_ATTRIBUTION or not text.strip() or index + count > len(self.lines):
                return 0
            following = next(
                (line for line in self.lines[index + count : index + count + 4] if line.strip()), ""
            )
            quoted = _QUOTED.match(following) is not None
            if _WROTE.match(text) and (quoted or not following or "@" in text or _WROTE_END.search(text)):
                return count
            if quoted and _WROTE_END.search(text):
                return count
            if any(not line.strip() for line in self.lines[index : index + count]):
                return 0
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
    for role, lines in _Body(text.split("\n")).sort():
        if role in {"header", "footer"}:
            joined = "\n".join(line.strip() for line in lines if line.strip())
            if joined:
                yield Piece(joined, role)
            continue
        for paragraph in paragraphs("\n".join(lines)):
            kind: BlockRole = "list" if role == "paragraph" and is_bullet(paragraph.text) else role
            yield Piece(paragraph.text, kind)


def markup_pieces(chunks: Sequence[Chunk]) -> Iterator[Piece]:
    """Yield the pieces of an HTML message body: its own words, then quoted ones."""
    pieces = list(_markup_roles(chunks))
    for role in ("paragraph", "quote"):
        _mark_fields(pieces, role)
    yield from pieces


def _markup_roles(chunks: Sequence[Chunk]) -> Iterator[Piece]:
    lines = [chunk.text for chunk in chunks]
    behind = headers = 0
    for index, chunk in enumerate(chunks):
        if headers == 0 and not chunk.quote:
            headers = _header_run(lines, index)
        first = chunk.text.split("\n", 1)[0]
        if headers > 0 or sum(_HEADER.match(line) is not None for line in chunk.text.split("\n")) >= _FIELDS:
            headers = max(0, headers - 1)
            behind = 1
            yield Piece(chunk.text, "header")
        elif _SEPARATOR.match(first):
            behind = 1
            yield Piece(chunk.text, "header")
        elif behind or chunk.quote or (_WROTE.match(chunk.text) and len(chunk.text) <= _LONGEST_ATTRIBUTION):
            yield Piece(chunk.text, "quote")
        elif chunk.tag == "table":
            yield Piece(chunk.text, "table")
        elif chunk.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            yield Piece(chunk.text, "heading")
        else:
            yield Piece(chunk.text, "list" if chunk.tag in {"li", "dd", "dt"} else "paragraph")
