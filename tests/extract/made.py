"""Documents for these tests."""

from __future__ import annotations

from casegraph.extract import STAGE
from casegraph.model import (
    Block,
    BlockRole,
    Date,
    Document,
    Mention,
    MentionKind,
    Page,
    Pages,
    Parse,
    Problem,
    content_id,
    make_id,
)

PUBLISHED = "2024-09-25"  # a Wednesday


def unit(
    text: str,
    *,
    role: BlockRole = "paragraph",
    language: str | None = "en",
    published: str | None = PUBLISHED,
) -> Pages:
    """Return a document of one page; a blank line parts its blocks."""
    own = content_id(text.encode("utf-8", "surrogatepass"))
    blocks, place = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block(start=place, end=place + len(part), role=role))
        place += len(part) + 2
    page = Page(
        id=make_id("page", own, 1), document=own, number=1, text=text, blocks=tuple(blocks), language=language
    )
    day = Date(start=published, end=None, text=published) if published else None
    document = Document(id=own, media_type="text/plain", size=len(text), published=day)
    return Pages(document=document, pages=(page,))


def run(pages: Pages) -> list[Mention | Parse | Problem]:
    return list(STAGE.run(pages))


def mentions(text: str, kind: MentionKind | None = None, *, role: BlockRole = "paragraph") -> list[Mention]:
    """Return the mentions of an English text, of one kind if given."""
    found = [one for one in run(unit(text, role=role)) if isinstance(one, Mention)]
    return [one for one in found if kind is None or one.kind == kind]


def names(text: str, *, role: BlockRole = "paragraph") -> dict[str, str | None]:
    """Return the names with their schemas."""
    return {one.name: one.schema for one in mentions(text, "name", role=role)}
