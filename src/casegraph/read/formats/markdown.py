"""Markdown (CommonMark with pipe tables), with what its front matter says."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from casegraph.model import BlockRole, Original
from casegraph.read import dates
from casegraph.read.base import Reader, Reading, suffixes
from casegraph.read.charset import decode
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.grid import raw, tables
from casegraph.read.layout import lay_out
from casegraph.read.limits import MAX_MARKUP
from casegraph.read.lines import Line
from casegraph.read.pieces import Piece
from casegraph.read.unread import name_type

_TYPE = "text/markdown"
_NAMES = frozenset({"md", "markdown", "mdown", "mkd"})
_HEAD = 20_000  # bytes that decide
_FRONT = re.compile(r"---[ \t]*\n((?:[^\n]*\n){1,200}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]*(.*)")
_ITEM = re.compile(r"\s*-\s+(.+)")
_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
_ITEMS = re.compile(r"^[*-] \S", re.MULTILINE)
_MARKS = re.compile(r"^(?:```|~~~|\|.+\|\s*$)|\[[^\]\n]+\]\([^)\s]+\)|\*\*\w[^*\n]*\*\*", re.MULTILINE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_LEAST_MARKS = 3
_AROUND: dict[str, BlockRole] = {
    "heading_open": "heading", "list_item_open": "list", "blockquote_open": "quote",
}  # fmt: skip


def _recognise(original: Original) -> str | None:
    if name_type(original) != "text/plain":
        return None
    if suffixes(original) & _NAMES:
        return _TYPE
    head = clean(decode(original.data[:_HEAD]).text)
    front = _FRONT.match(head)
    if front is not None and _FIELD.match(front[1]):
        return _TYPE
    if len(_HEADING.findall(head)) < 2 or not _MARKS.search(head):
        return None
    return _TYPE if len(_MARKS.findall(head)) + len(_ITEMS.findall(head)) >= _LEAST_MARKS else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the blocks with their roles; code and front matter are kept, but no claim rests on them.

    Problems: `undecodable`, `cut`, `no-text`.
    """
    draft = Draft(original, media_type, "markdown 1")
    decoded = decode(original.data, limit=MAX_MARKUP)
    draft.decoding(decoded)
    text = clean(decoded.text)
    front = _FRONT.match(text)
    pieces: list[Piece] = []
    if front is not None:
        _front(draft, front[1])
        pieces.append(Piece(front[1], "table"))
        text = text[front.end() :]
    pieces += [piece for piece in _blocks(draft, _parser().parse(text)) if piece.text]
    lines = [
        Line(piece.text, group, fixed=None if piece.role == "paragraph" else piece.role)
        for group, piece in enumerate(pieces)
    ]
    layout = lay_out(lines, page=False)
    draft.title = draft.title or next((piece.text for piece in pieces if piece.role == "title"), None)
    draft.title = draft.title or next((piece.text for piece in pieces if piece.role == "heading"), None)
    draft.authors = draft.authors or layout.authors
    draft.published = draft.published or layout.published
    if not pieces:
        draft.problem("no-text", "the file holds no words")
    draft.page(
        piece if piece.table is not None else Piece(piece.text, role)
        for piece, role in zip(pieces, layout.roles, strict=True)
    )
    yield from draft.finish()


@functools.cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def _front(draft: Draft, text: str) -> None:
    """Keep the fields of a front matter (a small part of YAML: "key: value", and lists)."""
    fields: dict[str, list[str]] = {}
    key = ""
    for line in text.split("\n"):
        if (match := _FIELD.match(line)) is not None:
            key = match[1].strip().lower()
            value = match[2].strip().strip("\"'")
            inline = value[1:-1].split(",") if value[:1] == "[" and value[-1:] == "]" else [value]
            fields[key] = [one.strip().strip("\"'") for one in inline if one.strip()]
        elif key and (item := _ITEM.match(line)) is not None:
            fields[key].append(item[1].strip().strip("\"'"))
    for name, values in fields.items():
        for value in values:
            draft.value(name.replace(" ", "_"), value)
    draft.title = next(iter(fields.get("title", ())), None)
    draft.authors = fields.get("author", []) + fields.get("authors", [])
    day = next(iter(fields.get("date", ())), "")
    found = dates.find(day)
    draft.published = dates.parse_iso(day) or (found.date if found else None)
    draft.stated_language = next(iter(fields.get("lang", ()) or fields.get("language", ())), "")[:2] or None


def _blocks(draft: Draft, tokens: Sequence[Token]) -> Iterator[Piece]:
    """Yield the blocks in order; those inside lists and quotations have the role of what is around them."""
    roles: list[BlockRole] = []
    rows: list[list[str]] = []
    inside = titled = False
    for token in tokens:
        kind = token.type
        if kind in _AROUND and token.nesting > 0:
            roles.append("title" if token.tag == "h1" and not titled else _AROUND[kind])
            titled = titled or token.tag == "h1"
        elif kind.removesuffix("_close") + "_open" in _AROUND:
            roles.pop()
        elif kind.startswith("table_"):
            inside = kind == "table_open"
            yield from tables([[raw(cell) for cell in row] for row in rows])
            rows = []
        elif kind == "tr_open":
            rows.append([])
        elif kind == "inline" and inside:
            rows[-1].append(_inline(draft, token))
        else:
            yield from _block(draft, token, roles[-1] if roles else "paragraph")


def _block(draft: Draft, token: Token, role: BlockRole) -> Iterator[Piece]:
    if token.type == "inline":
        yield Piece(_inline(draft, token), role)
    elif token.type in {"fence", "code_block"}:
        yield Piece(token.content.rstrip(), "table")
    elif token.type == "html_block":
        yield Piece(_TAG.sub("", token.content).strip(), "paragraph")


def _inline(draft: Draft, token: Token) -> str:
    """Return a block's words without marks; the addresses of its links go into the draft."""
    parts: list[str] = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" " if child.type == "softbreak" else "\n")
        elif child.type == "image":
            parts.append(child.content)
        if child.type in {"link_open", "image"}:
            draft.link(str(child.attrGet("href") or child.attrGet("src") or ""))
    return "".join(parts).strip()


READER = Reader(name="markdown", version=1, media_types=(_TYPE,), recognise=_recognise, read=read)
