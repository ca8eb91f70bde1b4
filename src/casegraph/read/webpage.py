"""An HTML page to a draft: its blocks with roles, and what it says of itself."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from urllib.parse import urljoin

from lxml import html

from casegraph.model import BlockRole, Date
from casegraph.read import article
from casegraph.read.body import is_page
from casegraph.read.celltypes import table_pieces
from casegraph.read.charset import decode
from casegraph.read.dom import Chunk, parse, walk
from casegraph.read.draft import Draft
from casegraph.read.layout import lay_out
from casegraph.read.limits import MAX_ARTICLE, MAX_BLOCKS, MAX_LINES, MAX_LINKS, MAX_MARKUP
from casegraph.read.lines import Line
from casegraph.read.pieces import Piece
from casegraph.read.roles import Layout
from casegraph.read.webmeta import Meta, read_meta, without_site
from casegraph.read.webroles import base_role, lay_out_article, linked, title_index, traits_of
from casegraph.read.websites import domain, site_name

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_HEAD = 4_096  # bytes in which a page may declare its encoding (HTML 4; HTML 5 says 1,024)
_MASTHEAD = 60  # characters
_FOOT = 3  # last blocks, where the copyright stands
_FEW_LINKS = 3  # blocks that are links
_LEAST_SHARE = 0.35  # of a page's plain prose that an extraction must have to be believed


def declared_charset(data: bytes) -> str | None:
    """Return the encoding that a page declares of itself, or None."""
    match = _CHARSET.search(data[:_HEAD])
    return match[1].decode("ascii") if match else None


def read_page(draft: Draft, data: bytes, charset: str | None = None) -> Meta | None:
    """Fill the draft from HTML bytes; `charset` is what a mail part or the like says of them."""
    decoded = decode(data, charset or declared_charset(data), MAX_MARKUP)
    draft.decoding(decoded)
    root, nested = parse(decoded.text)
    if nested:
        draft.problem("nested-too-deep", "elements nest more than 2,000 deep; the structure was flattened")
    chunks = list(itertools.islice(walk(root), MAX_BLOCKS + 1)) if root is not None else []
    if len(chunks) > MAX_BLOCKS:
        chunks.pop()
        draft.cut()
    if root is None or not chunks:
        draft.problem("no-text", "the page shows no text")
        return None
    meta = read_meta(root, decoded.text)
    meta.url = meta.url or draft.original.url
    meta.base = meta.base or draft.original.url
    layout = _lay_out(root, chunks, meta, size=len(decoded.text))
    _state(draft, chunks, layout, meta)
    _outgoing(draft, root, meta)
    draft.page(
        piece
        for chunk, role in zip(chunks, layout.roles, strict=True)
        for piece in (table_pieces(chunk.text, role) if chunk.tag == "table" else (Piece(chunk.text, role),))
    )
    return meta


def _lay_out(root: html.HtmlElement, chunks: Sequence[Chunk], meta: Meta, size: int) -> Layout:
    if len(chunks) > MAX_LINES:
        return Layout([_plain_role(chunk) for chunk in chunks])
    if size <= MAX_ARTICLE and _is_site(chunks):
        taken = article.taken(chunks, article.extract(root))
        if taken is not None and _believable(chunks, taken):
            return lay_out_article(chunks, taken, meta)
    return _without_article(chunks, meta)


def _plain_role(chunk: Chunk) -> BlockRole:
    """Return the role of a block of a page too long to be laid out."""
    if chunk.hard or chunk.soft or (linked(chunk) and chunk.tag not in {"h1", "h2", "h3"}):
        return "furniture"
    return base_role(chunk) or "paragraph"


def _is_site(chunks: Sequence[Chunk]) -> bool:
    """Tell whether a page has a site around it; a letter or a report saved as HTML has none."""
    if any(chunk.hard or chunk.soft for chunk in chunks) or sum(map(linked, chunks)) >= _FEW_LINKS:
        return True
    return is_page(traits_of(chunks))


def _believable(chunks: Sequence[Chunk], taken: Sequence[bool]) -> bool:
    """Tell whether an extraction has its share of the sentences that stand outside menus and the like."""
    inside = outside = 0
    for chunk, trait, took in zip(chunks, traits_of(chunks), taken, strict=True):
        if took:
            inside += len(chunk.text)
        elif not (chunk.hard or chunk.soft) and trait.prose and trait.notice is None:
            outside += len(chunk.text)
    return inside >= _LEAST_SHARE * (inside + outside)


def _without_article(chunks: Sequence[Chunk], meta: Meta) -> Layout:
    """Lay out a page by the classifier for plain text: a letter, a fragment, a list, an unusual site."""
    traits = traits_of(chunks)
    structured = any(
        trait.prose and not (chunk.hard or chunk.soft) for chunk, trait in zip(chunks, traits, strict=True)
    )
    lines: list[Line] = []
    for group, chunk in enumerate(chunks):
        fixed = base_role(chunk)
        if chunk.tag == "h1":
            fixed = "title" if sum(other.tag == "h1" for other in chunks) == 1 else None
        elif structured and (chunk.hard or chunk.soft):
            fixed = "furniture"
        elif fixed == "list" and linked(chunk):
            fixed = None
        lines.append(Line(chunk.text, group, linked(chunk), fixed))
    layout = lay_out(lines, page=_is_site(chunks))
    if layout.title is None:
        index = title_index(chunks, meta, 0, len(chunks) - 1)
        if index is not None:
            layout.title = " ".join(chunks[index].text.split())
            layout.roles[index] = "title"
    return layout


def _day(date: Date | None) -> str | None:
    return date.start[:10] if date is not None and date.start else None


def _site(chunks: Sequence[Chunk], layout: Layout, meta: Meta) -> str | None:
    """Return the site's name as title, mastheads and copyright line give it together."""
    around = [
        chunk.text
        for chunk, role in zip(chunks, layout.roles, strict=True)
        if role in {"furniture", "header", "footer", "note"}
    ]
    short = [text for text in around if len(text) <= _MASTHEAD]
    last = [chunk.text for chunk in chunks[-_FOOT:]]
    return site_name(meta.page_title, meta.url, short, [*around, *last])


def _state(draft: Draft, chunks: Sequence[Chunk], layout: Layout, meta: Meta) -> None:
    """Set what the page says of itself: mark-up first, then what it shows."""
    draft.publisher = meta.publisher or _site(chunks, layout, meta) or layout.publisher
    draft.value("domain", domain(meta.url))
    site = draft.publisher
    title = layout.title or next(iter(meta.titles), None) or meta.page_title
    draft.title = without_site(title, site) if title and title != layout.title else title
    outlet = (site or "").casefold()
    named = [name for name in meta.authors if name.casefold() != outlet]
    draft.authors = named or layout.authors or meta.authors
    draft.published = meta.published or layout.published
    if (
        meta.published
        and meta.published.precision == "day"
        and _day(layout.published) == _day(meta.published)
    ):
        draft.published = layout.published  # the same day, with its time
    draft.captured = meta.captured or layout.captured
    draft.url = meta.url
    draft.stated_language = (meta.language or "")[:2].lower() or None
    modified = meta.modified or layout.modified
    draft.value("modified", modified.start if modified else None)
    draft.value("page_title", meta.page_title)
    for description in meta.descriptions:
        draft.value("description", description)
    for key, value in meta.values:
        draft.value(key, value)


def _outgoing(draft: Draft, root: html.HtmlElement, meta: Meta) -> None:
    for count, element in enumerate(root.iter("a")):
        href = (element.get("href") or "").strip()
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
            continue
        try:
            url = href if href.startswith(("http://", "https://")) else urljoin(meta.base or "", href)
        except ValueError:
            continue
        draft.link(url, element.text_content() if len(element) < 20 else "")
        if count > 4 * MAX_LINKS:
            break
