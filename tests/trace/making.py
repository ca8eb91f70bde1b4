"""Made articles for the tests of `trace`: text in paragraphs, the first the title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from casegraph.model import (
    Block,
    BlockRole,
    Credit,
    Date,
    Derivation,
    Document,
    Fingerprint,
    Link,
    Page,
    Parsed,
    content_id,
    make_id,
)
from casegraph.trace import STAGE, Article, Families, House, Houses, derivations, keys, kin
from casegraph.trace.choosing import components
from casegraph.trace.imprints import imprints


def parsed(
    text: str,
    *,
    outlet: str | None = None,
    day: str | None = None,
    url: str | None = None,
    foot: str = "",
    links: Sequence[tuple[str, str]] = (),
    changed: str | None = None,
) -> Parsed:
    """Return a document: a title, paragraphs, a footer. `day` and `changed` may have a time."""
    seed = "\n".join((text, outlet or "", day or "", url or "", changed or ""))
    own = content_id(seed.encode())
    whole = text.strip() + (f"\n\n{foot}" if foot else "")
    language = _language(text)
    blocks: list[Block] = []
    start = 0
    parts = whole.split("\n\n")
    for number, part in enumerate(parts):
        role: BlockRole = "title" if number == 0 else "paragraph"
        if foot and number == len(parts) - 1:
            role = "footer"
        blocks.append(Block(start=start, end=start + len(part), role=role, language=language))
        start += len(part) + 2
    page = Page(
        id=make_id("page", own, 1),
        document=own,
        number=1,
        text=whole,
        blocks=tuple(blocks),
        language=language,
    )
    document = Document(
        id=own,
        media_type="text/html",
        size=len(seed),
        title=parts[0],
        publisher=outlet,
        published=Date(start=day, end=None, text=day, precision="time" if "T" in day else "day")
        if day
        else None,
        language=language,
        url=url,
        links=tuple(Link(url=address, text=words) for address, words in links),
        metadata={"modified": (changed,)} if changed else {},
        pages=1,
        reader="testing",
    )
    return Parsed(document=document, pages=(page,), parses=(), mentions=())


def _language(text: str) -> str:
    if sum("\u4e00" <= char <= "\u9fff" for char in text) * 4 > len(text):
        return "zh"
    return "ru" if any("\u0400" <= char <= "\u04ff" for char in text) else "en"


def article(one: Parsed) -> Article:
    """Return what the stage makes of a document."""
    found = list(STAGE.run(one))
    prints = [record for record in found if isinstance(record, Fingerprint)]
    given = tuple(record for record in found if isinstance(record, Credit))
    return Article(document=one.document, pages=one.pages, fingerprint=prints[0], credits=given)


def without_vectors(one: Article) -> Article:
    """Return the article as it is where no encoder is."""
    bare = msgspec.structs.replace(one.fingerprint, vectors=b"")
    return Article(document=one.document, pages=one.pages, fingerprint=bare, credits=one.credits)


def traced(*articles: Article, families: Families | None = None) -> tuple[Derivation, ...]:
    """Return the derivations of articles, found as a build finds them: blocks, kin, groups."""
    said = (words for one in articles for words in imprints(one.document, one.pages))
    houses = Houses(House(one.part, one.whole, one.words) for one in said)
    articles = tuple(replace(one, houses=houses.above(one.document.publisher)) for one in articles)
    blocks: dict[str, list[tuple[Fingerprint, Document]]] = {}
    for one in articles:
        for key in keys(one.fingerprint, one.document):
            blocks.setdefault(key, []).append((one.fingerprint, one.document))
    pairs = {(one.left, one.right): one for key, block in blocks.items() for one in kin(key, block)}
    group = components([one.document.id for one in articles], pairs)
    found: list[Derivation] = []
    for name in sorted(set(group.values())):
        members = [one for one in articles if group[one.document.id] == name]
        inside = [one for one in pairs.values() if group[one.left] == name]
        found += derivations(members, inside, families or Families())
    return tuple(found)
