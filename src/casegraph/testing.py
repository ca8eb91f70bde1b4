"""Records for tests, of this project and others that build on it: give what matters, the rest is made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casegraph.model import (
    Attribution,
    Block,
    BlockRole,
    Claim,
    Count,
    Document,
    Kind,
    MadeBy,
    Mention,
    Original,
    Page,
    Parsed,
    Party,
    Stance,
    Target,
    content_id,
    make_id,
)


def original(text: str | bytes, *names: str) -> Original:
    """Return the original of a text."""
    data = text.encode() if isinstance(text, str) else text
    return Original(document=content_id(data), data=data, names=names or ("page.txt",))


def document(text: str = "", *, title: str | None = None, publisher: str | None = None) -> Document:
    """Return the document whose bytes are those of a text."""
    data = text.encode()
    return Document(
        id=content_id(data),
        media_type="text/plain",
        size=len(data),
        title=title,
        publisher=publisher,
        language="en",
        pages=1,
        reader="testing",
    )


def page(text: str, *, number: int = 1, of: str | None = None, role: BlockRole = "paragraph") -> Page:
    """Return a page, a block a paragraph; of the document whose bytes are the text unless `of` says."""
    own = of or content_id(text.encode())
    blocks: list[Block] = []
    start = 0
    for part in text.split("\n\n"):
        if part.strip():
            blocks.append(Block(start=start, end=start + len(part), role=role, language="en"))
        start += len(part) + 2
    return Page(
        id=make_id("page", own, number),
        document=own,
        number=number,
        text=text,
        blocks=tuple(blocks),
        language="en",
    )


def target(on: Page, words: str, occurrence: int = 1) -> Target:
    """Return where words stand on a page; raises ValueError when they do not."""
    start = -1
    for _ in range(occurrence):
        start = on.text.index(words, start + 1)
    return on.target(start, start + len(words))


def mention(on: Page, words: str, schema: str = "Company", occurrence: int = 1) -> Mention:
    """Return a name mention of words on a page."""
    return Mention(
        id=make_id("mention", on.document, on.number, "name", words, occurrence),
        kind="name",
        name=words,
        target=target(on, words, occurrence),
        schema=schema,
        detector="testing",
    )


def party(on: Page, words: str, *, schema: str | None = None, mention: str | None = None) -> Party:
    """Return who fills a role, by words on a page."""
    return Party(name=words, target=target(on, words), schema=schema, mention=mention)


def claim(
    on: Page,
    content: str,
    *,
    kind: Kind = "statement",
    stance: Stance = "asserts",
    roles: Mapping[str, str] | None = None,
    said_by: Sequence[str] = (),
    evidence: str | None = None,
) -> Claim:
    """Return a claim whose words stand on a page.

    `roles` maps roles to words; `said_by` gives the chain, innermost first, by words; `evidence` is the
    content unless given.
    """
    speakers = tuple(
        Attribution(
            role="origin" if place == 0 else "relay",
            speaker=words,
            count=Count(minimum=1, maximum=1),
            speaker_target=target(on, words),
        )
        for place, words in enumerate(said_by)
    )
    return Claim(
        id=make_id("claim", on.document, on.number, kind, content),
        document=on.document,
        kind=kind,
        stance=stance,
        roles={role: party(on, words) for role, words in (roles or {}).items()},
        attribution=speakers,
        content_target=target(on, content),
        evidence=(target(on, evidence or content),),
        made_by=MadeBy(extractor="testing", version=1, score=1.0),
    )


def parsed(on: Page, *mentions: Mention, title: str | None = None, publisher: str | None = None) -> Parsed:
    """Return a document of one page with mentions and no parse."""
    own = Document(
        id=on.document, media_type="text/plain", size=len(on.text), title=title, publisher=publisher, pages=1
    )
    return Parsed(document=own, pages=(on,), parses=(), mentions=mentions)
