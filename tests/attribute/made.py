"""Claims of a text, through the real stages."""

from __future__ import annotations

from casegraph.attribute import STAGE as ATTRIBUTE
from casegraph.extract import STAGE as EXTRACT
from casegraph.gates.gold import GoldItem, gold_pages
from casegraph.model import Attribution, Claim, Document, Mention, Page, Pages, Parse, Parsed


def pages_of(text: str, publisher: str | None = None) -> Pages:
    """Return the text as one page; blank lines part paragraphs."""
    unit = gold_pages(GoldItem("test", "test", text, ()))
    wire = Document(
        id=unit.document.id,
        media_type="text/plain",
        size=len(text),
        publisher=publisher,
        language="en",
        pages=1,
    )
    return Pages(document=wire, pages=unit.pages)


def claims_of(text: str, publisher: str | None = None) -> list[Claim]:
    """Return the claims that the stages make of the text."""
    return claims_of_pages(pages_of(text, publisher))


def claims_of_pages(unit: Pages) -> list[Claim]:
    """Return the claims that the stages make of the pages."""
    records = list(EXTRACT.run(unit))
    parsed = Parsed(
        document=unit.document, pages=unit.pages, parses=tuple(r for r in records if isinstance(r, Parse)),
        mentions=tuple(r for r in records if isinstance(r, Mention)),
    )  # fmt: skip
    return [claim for claim in ATTRIBUTE.run(parsed) if isinstance(claim, Claim)]


def attributed(claims: list[Claim]) -> list[Claim]:
    """Return the statements that somebody other than the publisher is said to make."""
    return [c for c in claims if c.kind == "statement" and c.attribution[0].role == "origin"]


def content(claim: Claim) -> str:
    """Return the words that are attributed, parts joined by " | "."""
    return " | ".join(target.exact for target in (claim.content_target, *claim.content_continued))


def source(claim: Claim) -> str | None:
    """Return the origin's words as they stand."""
    target = claim.attribution[0].speaker_target
    return target.exact if target else None


def chain(claim: Claim) -> list[str | None]:
    """Return the speakers from the innermost outwards."""
    return [link.speaker for link in claim.attribution]


def origin(claim: Claim) -> Attribution:
    """Return the innermost link."""
    return claim.attribution[0]


def check_evidence(claim: Claim, page: Page) -> None:
    """Assert that every target's words stand where it says."""
    targets = [*claim.evidence, claim.content_target, *claim.content_continued]
    for link in claim.attribution:
        targets += [t for t in (link.speaker_target, link.cue_target, link.basis_target) if t]
    assert claim.evidence
    for target in targets:
        assert page.text[target.start : target.end] == target.exact
