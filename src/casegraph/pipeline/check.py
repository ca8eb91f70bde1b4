"""What may enter the tables: records of the right kind whose words stand where they say they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from casegraph.model import (
    Child,
    Claim,
    Document,
    Layout,
    Mention,
    Page,
    Party,
    Problem,
    Record,
    Table,
    Target,
    unpack,
)


def admit(record: Record, document: str, pages: Mapping[int, Page]) -> Problem | None:
    """Return why a record that a stage gave is refused, None when it is sound.

    A claim rests on words of its page outside furniture, or it is none, whoever made it.
    """
    own = record.id if isinstance(record, Document) else getattr(record, "document", document)
    if own != document:
        return Problem(
            code=f"{_stage(record)}.wrong-document",
            subject=document,
            detail=f"a {type(record).__name__} of another document was refused",
        )
    if isinstance(record, Mention) and not stands(record.target, document, pages):
        return Problem(
            code="extract.mention-not-in-page",
            subject=record.id,
            detail=f"a mention found by {record.detector or 'an extractor'} is not in the page",
        )
    if isinstance(record, Child):
        return _child(record)
    if isinstance(record, Table | Layout) and not _inside(record, pages.get(record.page)):
        return Problem(
            code="read.not-in-page",
            subject=document,
            detail=f"a {type(record).__name__.lower()} whose words are not in its page was refused",
        )
    return _claim(record, document, pages) if isinstance(record, Claim) else None


def _child(child: Child) -> Problem | None:
    """Return why a child is refused: it is its own container, or its path leads out of it."""
    parts = child.name.split("/")
    if child.child == child.document:
        code, detail = "recursive-container", "the container holds itself; that copy was passed over"
    elif not child.name or child.name.startswith("/") or ".." in parts or "\0" in child.name:
        code, detail = "unsafe-path", "a path inside the container leads out of it; that file was passed over"
    else:
        return None
    return Problem(code=f"read.{code}", subject=child.document, detail=detail)


def _inside(record: Table | Layout, page: Page | None) -> bool:
    """Say whether all cells or words of a record stand in its page."""
    if page is None:
        return False
    size = len(page.text)
    if isinstance(record, Layout):
        starts, ends = record.spans()
        lengths = unpack(record.end)
        return min(starts, default=0) >= 0 and max(ends, default=0) <= size and min(lengths, default=0) >= 0
    spans = [(record.start, record.end), *((cell.start, cell.end) for cell in record.cells)]
    return all(0 <= start <= end <= size for start, end in spans)


def _claim(claim: Claim, document: str, pages: Mapping[int, Page]) -> Problem | None:
    maker = f"{claim.made_by.extractor} {claim.made_by.version}"
    if not claim.evidence or not all(stands(target, document, pages) for target in targets(claim)):
        what = "words that are not in the page" if claim.evidence else "no words"
        return Problem(
            code="attribute.evidence-not-in-page",
            subject=claim.id,
            detail=f"a {claim.kind} claim by {maker} rests on {what} and was refused",
        )
    if any(_in_furniture(target, pages[target.page]) for target in claim.evidence):
        return Problem(
            code="attribute.evidence-in-furniture",
            subject=claim.id,
            detail=f"a {claim.kind} claim by {maker} rests on furniture of the page and was refused",
        )
    return None


def _stage(record: Record) -> str:
    return {
        "Document": "read",
        "Page": "read",
        "Child": "read",
        "Table": "read",
        "Layout": "read",
        "Claim": "attribute",
        "Resolved": "resolve",
    }.get(type(record).__name__, "extract")


def stands(target: Target, document: str, pages: Mapping[int, Page]) -> bool:
    """Say whether a target's words stand at its place, and are words at all."""
    page = pages.get(target.page)
    return (
        page is not None
        and target.document == document
        and 0 <= target.start < target.end <= len(page.text)
        and page.text[target.start : target.end] == target.exact
    )


def targets(claim: Claim) -> Iterator[Target]:
    """Yield every target of a claim."""
    yield from claim.evidence
    yield claim.content_target
    yield from claim.content_continued
    for party in parties(claim):
        yield party.target
    for link in claim.attribution:
        yield from _given(link.speaker_target, link.cue_target, link.basis_target)
    for date in claim.qualifiers.dates:
        yield date.target
    for where in claim.qualifiers.places:
        yield where.target
    yield from claim.qualifiers.targets


def parties(claim: Claim) -> Iterator[Party]:
    """Yield every party of a claim's roles."""
    for filled in claim.roles.values():
        if isinstance(filled, Party):
            yield filled
        elif filled is not None:
            yield from filled


def _given(*found: Target | None) -> Iterable[Target]:
    return (target for target in found if target is not None)


def _in_furniture(target: Target, page: Page) -> bool:
    return any(
        block.role == "furniture" and block.start < target.end and target.start < block.end
        for block in page.blocks
    )
