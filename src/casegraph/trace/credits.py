"""What a document says that it was made from: agency tags, datelines, bylines, credit lines, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from casegraph.model import Block, Credit, CreditKind, Document, Page, Target, make_id
from casegraph.text import fold_blanks
from casegraph.trace import creditforms as forms
from casegraph.trace.outlets import agency, letters, lexicon
from casegraph.trace.story import TOLD, sentences_of

_EDGE = 4  # blocks at the top and the bottom that carry tags and datelines
_MARKS = ' \t\n«»"“”《》()（）[]【】/.,;:、，。：-–—|'
_LONGEST_LINE = 400
_MOST = 60
_SPEAKS = frozenset({"title", "deck", "paragraph", "heading", "list", "quote", "caption", "note"})
_LINKED = re.compile(
    r"\b(?:report|story|article|investigation|source|original|scoop|exclusive|dispatch)|источник|оригинал|сообщ|материал|публикаци|原文|报道|来源",
    re.IGNORECASE,
)
_METADATA = (
    "source",
    "original_source",
    "syndication_source",
    "original-source",
    "syndication-source",
    "via",
    "credit",
)


def _clean(name: str) -> str:
    kinds = "|".join(lexicon()["nouns"]["ru"].split())
    bare = re.sub(rf"^(?:{kinds}|the)\s+", "", fold_blanks(name), flags=re.IGNORECASE)
    return bare.strip(_MARKS)


def _credit(
    kind: CreditKind, document: Document, name: str | None, *, url: str | None = None,
    whole: bool = False, target: Target | None = None,
) -> Iterator[Credit]:  # fmt: skip
    shown = _clean(name) if name else None
    if shown is not None:
        shown = agency(shown) or shown
    if not shown and not url:
        return
    place = (target.page, target.start) if target else (0, 0)
    identity = make_id("credit", document.id, kind, shown, url, *place)
    yield Credit(
        id=identity, document=document.id, kind=kind, name=shown, url=url, whole=whole, target=target
    )


def _on_page(page: Page, document: Document) -> Iterator[Credit]:
    blocks = page.blocks or (Block(start=0, end=len(page.text), role="paragraph"),)
    prose = [one for one in blocks if one.role in TOLD]
    edges = {id(one) for one in (*prose[:_EDGE], *prose[-2:])}
    for block in blocks:
        text = page.text[block.start : block.end]
        if block.role in {"byline", "dateline", "header"}:
            yield from _search(forms.bylines(), "byline", page, block, document)
        if id(block) in edges or block.role in {"dateline", "byline"}:
            yield from _at_the_edge(page, block, document)
        if len(text) <= _LONGEST_LINE and block.role not in {"table", "title"}:
            for pattern in forms.lines():
                yield from _search(pattern, "syndication", page, block, document)
        if block.role == "footer" or (block.role == "furniture" and "©" in text):
            yield from _search(forms.copyright_lines(), "footer", page, block, document)
        if block.role in _SPEAKS:
            yield from _said(page, block, document)


def _at_the_edge(page: Page, block: Block, document: Document) -> Iterator[Credit]:
    for pattern in forms.datelines():
        found = pattern.match(page.text, block.start, block.end)
        if found is not None and len(_clean(found["name"])) > 1 and not _clean(found["name"]).isdigit():
            target = page.target(*found.span("name"))
            yield from _credit("dateline", document, found["name"], whole=True, target=target)
            return
    yield from _search(forms.tag(), "agency-tag", page, block, document)


def _search(
    pattern: re.Pattern[str], kind: CreditKind, page: Page, block: Block, document: Document
) -> Iterator[Credit]:
    whole = kind != "footer"
    for found in pattern.finditer(page.text, block.start, block.end):
        if len(_clean(found["name"])) > 1:
            yield from _credit(
                kind, document, found["name"], whole=whole, target=page.target(*found.span("name"))
            )


def _language(text: str) -> str:
    han = sum("\u4e00" <= char <= "\u9fff" for char in text)
    if han * 4 > len(text):
        return "zh"
    return "ru" if any("\u0400" <= char <= "\u04ff" for char in text) else "en"


def _said(page: Page, block: Block, document: Document) -> Iterator[Credit]:
    for start, end in sentences_of(page.text, block.start, block.end):
        patterns = forms.sentences(_language(page.text[start:end]))
        for pattern in patterns:
            for found in pattern.finditer(page.text, start, end):
                if _described(page.text, start, *found.span("name"), end):
                    continue
                target = page.target(*found.span("name"))
                yield from _credit("sentence", document, found["name"], target=target)


def _described(text: str, start: int, first: int, last: int, end: int) -> bool:
    """Tell whether a sentence describes an outlet that it does not name: "a British newspaper"."""
    if forms.kind_of_outlet().match(text, last, end) is None:
        return False
    return (
        forms.pointing().fullmatch(text, first, last) is not None
        or forms.indefinite().search(text[start:first]) is not None
    )


def host(url: str | None) -> str:
    """Return the host of an address without `www.`, or "" for none."""
    try:
        return (
            (urlsplit(url or "").hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
        )
    except ValueError:
        return ""


def _links(document: Document, pages: Sequence[Page]) -> Iterator[Credit]:
    told = "\n".join(
        page.text[one.start : one.end] for page in pages for one in page.blocks if one.role in TOLD
    )
    own = host(document.url)
    for link in document.links:
        words = fold_blanks(link.text)
        if host(link.url) == own or len(words) < 2 or words not in told:
            continue
        place = told.index(words)
        if _LINKED.search(told[max(0, place - 60) : place + len(words) + 60]) or agency(words):
            yield from _credit("link", document, words if agency(words) else None, url=link.url)


def credits_of(document: Document, pages: Sequence[Page]) -> Iterator[Credit]:
    """Yield what a document names as its source, each once; its own outlet too."""
    found: dict[str, Credit] = {}
    for page in pages:
        for one in _on_page(page, document):
            found.setdefault(one.id, one)
        if len(found) > _MOST:
            break
    for one in (*_links(document, pages), *_of_metadata(document)):
        found.setdefault(one.id, one)
    yield from _kept(list(found.values())[:_MOST])


def _of_metadata(document: Document) -> Iterator[Credit]:
    for author in document.authors:
        named = forms.bylines().fullmatch(author.strip())
        if named:
            yield from _credit("byline", document, named["name"], whole=True)
    for key in _METADATA:
        for value in document.metadata.get(key, ()):
            if value.startswith(("http://", "https://")):
                yield from _credit("syndication", document, None, url=value, whole=True)
            else:
                yield from _credit("syndication", document, value, whole=True)
    canonical = agency(host(document.url))
    if canonical and document.publisher and agency(document.publisher) != canonical:
        yield from _credit("canonical", document, canonical, url=document.url, whole=True)


def _kept(found: list[Credit]) -> Iterator[Credit]:
    """Yield each credit but those of a lesser kind at the place of another."""
    strong = {(one.target.page, one.target.start) for one in found if one.target and one.whole}
    seen: set[tuple[str, str, int, int]] = set()
    for one in found:
        place = (one.target.page, one.target.start) if one.target else (0, 0)
        if not one.whole and place in strong:
            continue
        key = (one.kind, letters(one.name or one.url or ""), *place)
        if key not in seen:
            seen.add(key)
            yield one
