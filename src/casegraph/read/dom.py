"""HTML to the blocks that a browser shows, in order, with what mark-up says of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree, html

from casegraph.read.cleaning import clean, fold_spaces
from casegraph.read.paragraphs import paragraphs
from casegraph.read.tabular import spanned, table_text

_SKIPPED = frozenset((
    "script", "style", "noscript", "template", "head", "iframe", "object", "embed", "canvas", "audio",
    "video", "map", "select", "datalist", "option", "textarea", "input", "meta", "link", "rp", "svg",
    "frameset", "area", "source", "track", "param", "title",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption", "button", "label",
    "search",
))  # fmt: skip
_HARD = frozenset(
    {"nav", "footer", "aside", "form", "button", "menu", "dialog", "label", "search", "address"}
)
_SOFT_ROLES = frozenset(
    {
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "dialog",
        "menu",
        "menubar",
        "toolbar",
        "alert",
    }
)
_FURNITURE_WORDS = frozenset((
    "nav", "navbar", "navigation", "menu", "sidebar", "footer", "masthead", "topbar", "toolbar", "related",
    "relateds", "recommended", "recommendation", "recommendations", "recirc", "trending", "popular",
    "share", "sharing", "social", "socials", "cookie", "cookies", "consent", "gdpr", "banner", "promo",
    "promotion", "promoted", "advert", "adverts", "advertisement", "ad", "ads", "adsense", "adslot",
    "sponsored", "newsletter", "subscribe", "subscription", "paywall", "signup", "comment", "comments",
    "disqus", "breadcrumb", "breadcrumbs", "pagination", "pager", "tags", "taglist", "weather", "widget",
    "widgets", "popup", "modal", "overlay", "outbrain", "taboola", "teaser", "teasers", "readmore",
    "morenews", "mostread", "hotnews", "xiangguan", "fenxiang", "pinglun", "tuijian",
))  # fmt: skip
_HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|screenreader-only|u-hidden|is-hidden)(?:\s|$)"
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NESTED = re.compile(r"<(/?)([a-zA-Z][\w:-]*)\b[^>]*>")
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "td", "tr", "th", "dt", "dd",
))  # fmt: skip
_APART = frozenset({"a", "span", "time"})
_BREAK = "\x00"  # stands for <br>; the parser is given no NUL
_DEPTH_LIMIT = 400  # nesting kept of a page that libxml2 refuses (it stops at 2,048)
_MOST_CELL = 200  # characters of the longest cell of a table of data
_TABLE_NESTING = 3  # of tables, beyond which they are layout and not looked at


@dataclass(frozen=True, slots=True)
class Chunk:
    """One block of a page. `linked` is the share of its characters inside hyperlinks."""

    text: str
    tag: str  # p, h1, li, td, table ...: the nearest block element that says something
    linked: float = 0.0
    hard: bool = False  # inside <nav>, <footer>, <aside>, <form> and the like
    soft: bool = False  # inside an element whose class, id or ARIA role speaks of furniture
    in_article: bool = False
    in_header: bool = False
    quote: int = 0  # block quotations around it
    hint: str = ""  # byline, date, caption, deck, as the class or element says
    stamp: str = ""  # the `datetime` of a <time> inside


@dataclass(frozen=True, slots=True)
class _Context:
    tag: str = "div"
    hard: bool = False
    soft: bool = False
    in_article: bool = False
    in_header: bool = False
    quote: int = 0
    hint: str = ""
    pre: bool = False
    linked: bool = False
    tables: int = 0


_HINTS: tuple[tuple[str, frozenset[str]], ...] = (
    ("caption", frozenset({"caption", "credit", "figcaption", "photocredit", "imagecaption", "copyright"})),
    ("byline", frozenset({"byline", "author", "authors", "bylines", "avtor", "writer"})),
    (
        "date",
        frozenset({"date", "dateline", "timestamp", "datetime", "pubdate", "published", "time", "datestamp"}),
    ),
    (
        "deck",
        frozenset(
            {
                "deck",
                "dek",
                "standfirst",
                "subtitle",
                "subheadline",
                "lede",
                "lead",
                "summary",
                "subhead",
                "excerpt",
            }
        ),
    ),
)


def _flatten(markup: str) -> str:
    """Return the mark-up without tags that nest deeper than _DEPTH_LIMIT; its words all stay."""
    parts: list[str] = []
    place = depth = 0
    for match in _NESTED.finditer(markup):
        if match[2].lower() in _VOID or match[0].endswith("/>"):
            continue
        if not match[1]:
            depth += 1
        if depth > _DEPTH_LIMIT:
            parts.append(markup[place : match.start()])
            place = match.end()
        if match[1]:
            depth = max(0, depth - 1)
    parts.append(markup[place:])
    return " ".join(parts)


def parse(markup: str) -> tuple[html.HtmlElement | None, bool]:
    """Return the tree of HTML, None if it has none, and whether nesting had to be flattened."""

    def attempt(text: str) -> tuple[html.HtmlElement | None, bool]:
        parser = html.HTMLParser(
            encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True, no_network=True
        )
        try:
            root = etree.fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser)
        except (etree.XMLSyntaxError, etree.ParserError, ValueError):
            return None, False
        refused = any("depth" in entry.message for entry in parser.error_log.filter_from_fatals())
        return root, refused

    root, refused = attempt(markup)
    if refused:
        root, _ = attempt(_flatten(markup))
    return root, refused


def _tokens(element: html.HtmlElement) -> frozenset[str]:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:400]
    return frozenset(token.lower() for token in _TOKEN.findall(names))


def _hidden(element: html.HtmlElement) -> bool:
    if element.get("hidden") is not None or element.get("type") == "hidden":
        return True
    style = element.get("style")
    if style and _HIDDEN_STYLE.search(style):
        return True
    names = element.get("class")
    return bool(names and _HIDDEN_CLASS.search(names))


def _enter(context: _Context, tag: str, element: html.HtmlElement) -> _Context:
    """Return what is known inside an element of a block tag."""
    tokens = _tokens(element)
    main = tag in {"html", "body", "main", "article"} or "main" in tokens or "article" in tokens
    soft = (bool(tokens & _FURNITURE_WORDS) and not main) or element.get("role") in _SOFT_ROLES
    hint = next((name for name, words in _HINTS if tokens & words), "")
    return replace(
        context,
        tag=tag
        if tag not in {"div", "section", "article", "main", "body", "html", "tbody", "center"}
        else context.tag
        if context.tag in {"li", "blockquote", "dd", "dt", "td", "th", "figcaption"}
        else "div",
        hard=context.hard or tag in _HARD,
        soft=context.soft or soft,
        in_article=context.in_article or tag in {"article", "main"},
        in_header=context.in_header or tag == "header",
        quote=context.quote + (tag == "blockquote" or tokens >= {"gmail", "quote"}),
        hint="caption" if tag == "figcaption" else hint or context.hint,
        pre=context.pre or tag == "pre",
        tables=context.tables + (tag == "table"),
    )


def _glued(before: str, text: str, *, linked: bool) -> bool:
    """Tell whether two elements side by side are words that only a style sheet keeps apart."""
    if len(before) < 2 or not before[-1].isalnum() or not text[0].isalnum():
        return False
    return linked or text[0].isupper() or text[0].isdigit() != before[-1].isdigit()


class _Buffer:
    """Collects the inline text of one block."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.linked = 0
        self.stamp = ""
        self.hint = ""
        self.closed = False  # a link or span has just ended without text behind it

    def add(self, text: str | None, context: _Context) -> None:
        """Append text; linked text is counted."""
        if text:
            if self.closed and _glued(self.parts[-1], text, linked=context.linked):
                self.parts.append(" ")
            self.closed = False
            self.parts.append(text)
            if context.linked:
                self.linked += len(text.strip())

    def flush(self, context: _Context) -> Iterator[Chunk]:
        """Yield the block's chunks: a line break ends a paragraph unless it wraps one."""
        raw = "".join(self.parts)
        linked, stamp, hint = self.linked, self.stamp, self.hint
        self.parts, self.linked, self.stamp, self.hint, self.closed = [], 0, "", "", False
        if not raw.strip():
            return
        share = min(1.0, linked / max(1, len("".join(raw.split()))))
        if context.pre:
            text = clean(raw.replace(_BREAK, "\n"))
        else:
            text = "\n".join(fold_spaces(clean(line)) for line in raw.split(_BREAK))
        for paragraph in paragraphs(text):
            yield Chunk(
                text=paragraph.text, tag=context.tag, linked=share, hard=context.hard, soft=context.soft,
                in_article=context.in_article, in_header=context.in_header, quote=context.quote,
                hint=hint or context.hint, stamp=stamp,
            )  # fmt: skip


def _data_table(element: html.HtmlElement) -> str | None:
    """Return a table of data as text, None for one that only lays out the page."""
    if element.find(".//table") is not None:
        return None
    rows = spanned(
        [
            (fold_spaces(clean("".join(cell.itertext()))), _span(cell, "colspan"), _span(cell, "rowspan"))
            for cell in row
            if cell.tag in {"td", "th"}
        ]
        for row in element.iter("tr")
    )
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return None
    if max(len(cell) for row in rows for cell in row) > _MOST_CELL:
        return None
    return table_text(rows)


def _span(cell: html.HtmlElement, name: str) -> int:
    """Return over how many columns or rows a cell goes."""
    given = (cell.get(name) or "").strip()
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= 3 else 1


def walk(root: html.HtmlElement) -> Iterator[Chunk]:
    """Yield the page's blocks in order. Without recursion: pages nest as deep as they like."""
    buffer = _Buffer()
    stack: list[_Context] = [_Context()]
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        if event == "end":
            if len(stack) > 1:
                if tag in _BLOCKS:
                    yield from buffer.flush(stack[-1])
                stack.pop()
            buffer.closed = tag in _APART and bool(buffer.parts) and not element.tail
            buffer.add(element.tail, stack[-1])
            continue
        context = stack[-1]
        if tag in _SKIPPED or _hidden(element):
            walker.skip_subtree()
            stack.append(context)
            if tag in _BLOCKS:
                yield from buffer.flush(context)
            continue
        if tag in _BLOCKS:
            yield from buffer.flush(context)
            context = _enter(context, tag, element)
            if tag == "table" and context.tables <= _TABLE_NESTING and (table := _data_table(element)):
                yield Chunk(text=table, tag="table", hard=context.hard, soft=context.soft)
                walker.skip_subtree()
                stack.append(context)
                continue
        else:
            context = _inline(buffer, context, tag, element)
        stack.append(context)
        buffer.add(element.text, context)
    yield from buffer.flush(stack[-1])


def _inline(buffer: _Buffer, context: _Context, tag: str, element: html.HtmlElement) -> _Context:
    """Take note of an inline element and return what is known inside it."""
    if tag == "br":
        buffer.parts.append(_BREAK)
    elif tag == "time":
        buffer.stamp = buffer.stamp or (element.get("datetime") or "")[:60]
        buffer.hint = buffer.hint or "date"
    elif tag == "a":
        return context if context.linked else replace(context, linked=element.get("href") is not None)
    elif tag in {"span", "strong", "em", "b", "cite"} and not buffer.hint:
        tokens = _tokens(element)
        buffer.hint = next((name for name, words in _HINTS[1:3] if tokens & words), "")
    return context
