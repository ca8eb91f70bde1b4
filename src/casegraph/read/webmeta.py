"""What an HTML page says of itself in its head: JSON-LD, meta and link elements, saver's comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html

from casegraph.model import Date
from casegraph.read import bylines, dates
from casegraph.read.cleaning import clean, clean_value
from casegraph.read.limits import MAX_VALUE

_ARTICLE_TYPES = re.compile(
    r"article|posting|report|newsarticle|webpage|book|creativework|review|analysis", re.IGNORECASE
)
_MOST_JSON = 2_000_000  # characters of one JSON-LD script
_MOST_NODES = 5_000
_TITLES = (
    "og:title",
    "twitter:title",
    "headline",
    "dc.title",
    "dcterms.title",
    "sailthru.title",
    "parsely-title",
)
_AUTHORS = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
    "byl", "citation_author", "dc.creator.personalname", "article:author_name", "mediator_author",
    "og:article:author",
)  # fmt: skip
_SITES = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "publisher",
    "citation_journal_title",
)
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "publishdate", "pubdate", "publication_date", "dc.date.issued", "dcterms.created",
    "dcterms.issued", "dc.date", "article.published", "published_time", "publish-date", "publish_date",
    "citation_publication_date", "mediator_published_time", "dc.date.created", "date",
    "originalpublicationdate", "cxenseparse:recs:publishtime",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "revised",
)
_DESCRIPTIONS = ("description", "og:description", "twitter:description", "dc.description")
_KEPT = {
    "keywords": "keywords", "news_keywords": "keywords", "article:tag": "keywords",
    "article:section": "section", "generator": "generator", "og:type": "type", "og:locale": "locale",
    "robots": "robots", "copyright": "copyright",
}  # fmt: skip
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{1,5}\)(\S{1,2000})")
_SINGLE_FILE = re.compile(
    r"<!--\s{1,9}Page saved with SingleFile\s{1,9}url: (\S{1,2000})(?:\s{1,9}saved date: ([^\n]{1,100}))?"
)
_WAYBACK = re.compile(r"FILE ARCHIVED ON (\d\d:\d\d:\d\d) (\w{3} \d\d, \d{4})")
_HTTRACK = re.compile(
    r"<!-- Mirrored from (\S{1,2000}) by HTTrack[^\n]{1,80}\], \w{3}, (\d\d \w{3} \d{4} \d\d:\d\d:\d\d) GMT"
)
_SITE_TAIL = re.compile(
    r"\s+[|\u2013\u2014\u00b7\u2022:-]\s+[^|\u2013\u2014\u00b7\u2022]{2,50}$|\s*[_|]\s*[^_|]{2,30}$"
)
_OWNERS = frozenset(
    {"Organization", "NewsOrganization", "GovernmentOrganization", "Corporation", "NGO", "Periodical"}
)
_URL_NAME = re.compile(r"https?://|www\.|@", re.IGNORECASE)


@dataclass(slots=True)
class Meta:
    """Statements of a page about itself, the best of each kind."""

    titles: list[str] = field(default_factory=list)  # best first
    page_title: str | None = None  # <title>
    authors: list[str] = field(default_factory=list)
    publisher: str | None = None
    owner: str | None = None  # an organisation that the page describes beside its article: second choice
    published: Date | None = None
    modified: Date | None = None
    captured: Date | None = None
    url: str | None = None
    base: str | None = None
    language: str | None = None
    descriptions: list[str] = field(default_factory=list)
    values: list[tuple[str, str]] = field(default_factory=list)


def without_site(title: str, site: str | None) -> str:
    """Return a page's title without the site's name behind a bar or dash."""
    if site and (
        match := re.search(
            rf"\s*[|\u2013\u2014\u00b7\u2022:_-]+\s*{re.escape(site)}\s*$", title, re.IGNORECASE
        )
    ):
        return title[: match.start()] or title
    match = _SITE_TAIL.search(title)
    return title[: match.start()] if match and match.start() > len(title) // 3 else title


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-LD value, outer first, without recursion."""
    queue: list[object] = [data]
    seen = 0
    while queue and seen < _MOST_NODES:
        node = queue.pop(0)
        seen += 1
        if isinstance(node, list):
            queue.extend(node[:_MOST_NODES])
        elif isinstance(node, dict):
            yield node
            queue.extend(
                value
                for key, value in node.items()
                if key in {"@graph", "mainEntity", "itemListElement", "mainEntityOfPage"}
            )


def _names(value: object) -> Iterator[str]:
    """Yield the names in an author or publisher value: text, object or list of these."""
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, list):
            name = name[0] if name else None
        if isinstance(name, str) and name.strip() and not _URL_NAME.search(name):
            yield clean_value(html_text(name), MAX_VALUE)


def html_text(text: str) -> str:
    """Return a value in which mark-up or entities were left standing as text."""
    if "<" not in text and "&" not in text:
        return text
    try:
        return "".join(html.fragment_fromstring(text, create_parent="div").itertext())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return text


def _json_ld(root: html.HtmlElement, meta: Meta) -> None:
    for script in root.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").removesuffix(";")
        if len(text) > _MOST_JSON:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            kind = " ".join(map(str, kinds)) if isinstance(kinds, list) else str(kinds)
            if _ARTICLE_TYPES.search(kind):
                _article_node(node, meta)
            elif kind in {"WebSite", "NewsMediaOrganization"} and meta.publisher is None:
                meta.publisher = next(_names(node.get("name")), None)
            elif kind in _OWNERS and not meta.owner:
                meta.owner = next(_names(node.get("name")), None)


def _article_node(node: dict[str, Any], meta: Meta) -> None:
    headline = node.get("headline")
    if isinstance(headline, str) and headline.strip():
        meta.titles.append(clean_value(html_text(headline), MAX_VALUE))
    if not meta.authors:
        names = _names(node.get("author") or node.get("creator") or [])
        meta.authors.extend(name for value in names for name in _people(value))
    for key, attribute in (("datePublished", "published"), ("dateModified", "modified")):
        value = node.get(key)
        if isinstance(value, str) and getattr(meta, attribute) is None:
            setattr(meta, attribute, dates.parse_iso(value) or _loose(value))
    if node.get("publisher") and meta.publisher is None:
        meta.publisher = next(_names(node["publisher"]), None)
    if isinstance(node.get("description"), str):
        meta.descriptions.append(clean_value(html_text(node["description"]), MAX_VALUE))


def _loose(value: str) -> Date | None:
    found = dates.find(value) if len(value) < 100 else None
    return found.date if found and found.date.start else None


def _meta_elements(root: html.HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), []).append(clean_value(content, MAX_VALUE))
    return found


def _first(found: dict[str, list[str]], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from found.get(name, ())


def _named(found: dict[str, list[str]], names: tuple[str, ...]) -> Iterator[str]:
    """Yield values that are names: `article:publisher` and the like often hold an address."""
    yield from (html_text(value) for value in _first(found, names) if not _URL_NAME.search(value))


def _people(value: str) -> tuple[str, ...]:
    """Return the persons in one meta value: "By Anna Kern and Tom Berg, The Courier"."""
    if _URL_NAME.search(value):
        return ()
    value = re.sub(r"^\s*by\s+", "", value, flags=re.IGNORECASE)
    return bylines.authors(f"By {value}") or (value,)


def _dates(found: dict[str, list[str]], names: tuple[str, ...]) -> Date | None:
    values = (dates.parse_iso(value) or _loose(value) for value in _first(found, names))
    return next((value for value in values if value is not None), None)


def _links(root: html.HtmlElement, meta: Meta, found: dict[str, list[str]]) -> None:
    base = next((element.get("href") for element in root.iter("base") if element.get("href")), None)
    canonical = next(
        (
            element.get("href")
            for element in root.iter("link")
            if "canonical" in (element.get("rel") or "").lower().split()
        ),
        None,
    )
    candidates = [canonical, *found.get("og:url", ()), meta.url]
    for candidate in candidates:
        try:
            url = urljoin(base or "", (candidate or "").strip())
        except ValueError:
            continue
        if url.lower().startswith(("http://", "https://")):
            meta.url = clean(url)[:2000]
            break
    meta.base = base or meta.url


def _savers(markup: str, meta: Meta) -> None:
    """Read where and when a browser or archive saved the page, from the comment that it leaves."""
    if match := _SAVED_FROM.search(markup):
        meta.url = match[1]
    if match := _SINGLE_FILE.search(markup):
        meta.url = meta.url or match[1]
        meta.captured = _saved_date(match[2]) if match[2] else None
    if match := _WAYBACK.search(markup):
        meta.captured = meta.captured or _loose(f"{match[2]} {match[1]} GMT")
    if match := _HTTRACK.search(markup):
        meta.url = meta.url or "http://" + match[1]
        meta.captured = meta.captured or _loose(f"{match[2]} GMT")


def _saved_date(text: str) -> Date | None:
    """Return the date of "Wed Sep 25 2024 17:20:00 GMT+0300 (...)", as JavaScript prints it."""
    return _loose(re.sub(r"\s*\(.*", "", text))


def read_meta(root: html.HtmlElement, markup: str = "") -> Meta:
    """Return what the page says of itself. JSON-LD before meta elements: sites keep it in better order."""
    meta = Meta(language=(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")))
    title = next((element for element in root.iter("title")), None)
    meta.page_title = clean_value(title.text_content(), MAX_VALUE) if title is not None else None
    _savers(markup, meta)
    _json_ld(root, meta)
    found = _meta_elements(root)
    meta.titles.extend(html_text(value) for value in _first(found, _TITLES))
    meta.publisher = meta.publisher or next(_named(found, _SITES), None) or meta.owner
    if not meta.authors:
        values = (
            name for key in _AUTHORS for value in found.get(key, ()) for name in _people(html_text(value))
        )
        meta.authors.extend(dict.fromkeys(values))
    meta.published = meta.published or _dates(found, _PUBLISHED)
    meta.modified = meta.modified or _dates(found, _MODIFIED)
    meta.descriptions.extend(html_text(value) for value in _first(found, _DESCRIPTIONS))
    meta.values.extend(
        (_KEPT[name], value) for name, values in found.items() if name in _KEPT for value in values
    )
    _links(root, meta, found)
    return meta
