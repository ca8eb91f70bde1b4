"""The documents, and the reader: a page beside the claims that stand on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from casegraph.model import Claim, Page, Record
from casegraph.pipeline.case import Case
from casegraph.pipeline.reports import DocumentRow, DocumentView, ProblemRow, ThreadMail
from casegraph.web.base import PAGE, Ask, NotThereError, Parameter, Slice, View, looked_up
from casegraph.web.views.lists import sliced


class Documents(Record, frozen=True, kw_only=True):
    """A list of documents by name."""

    rows: tuple[DocumentRow, ...]
    slice: Slice


class Piece(Record, frozen=True, kw_only=True):
    """A run of a page's text and the claims that rest on it."""

    text: str
    start: int  # code points of the page
    claims: tuple[str, ...] = ()  # ids
    furniture: bool = False


class Reading(Record, frozen=True, kw_only=True):
    """One page of a document, in pieces, with its claims."""

    row: DocumentRow
    number: int  # of the page
    pages: int  # how many there are
    pieces: tuple[Piece, ...]
    claims: tuple[Claim, ...]  # on this page
    elsewhere: int  # claims on other pages
    problems: tuple[ProblemRow, ...]
    thread: tuple[ThreadMail, ...] = ()


def documents(case: Case, ask: Ask) -> Documents:
    """Return the documents by name."""
    rows, which = sliced(case.documents(), ask)
    return Documents(rows=rows, slice=which)


def reading(case: Case, ask: Ask) -> Reading:
    """Return a page of a document."""
    with looked_up():
        view = case.show(ask.path["document"])
    if not isinstance(view, DocumentView):
        raise NotThereError("that is no document")
    number = ask.number("page", 1)
    page = next((one for one in view.pages if one.number == number), None)
    if page is None and (number != 1 or view.pages):
        raise NotThereError(f"the document has no page {number}")
    here = tuple(one for one in view.claims if one.evidence[0].page == number)
    return Reading(
        row=view.row,
        number=number,
        pages=len(view.pages),
        pieces=tuple(pieces(page, here)) if page is not None else (),
        claims=here,
        elsewhere=len(view.claims) - len(here),
        problems=view.problems,
        thread=view.thread,
    )


def pieces(page: Page, claims: Sequence[Claim]) -> Iterator[Piece]:
    """Yield a page's text cut where claims and furniture begin and end; together they are the text."""
    spans = [
        (target.start, target.end, claim.id)
        for claim in claims
        for target in claim.evidence
        if target.page == page.number
    ]
    furniture = [(block.start, block.end) for block in page.blocks if block.role == "furniture"]
    edges = {0, len(page.text)}
    edges |= {edge for start, end, _ in spans for edge in (start, end)}
    edges |= {edge for span in furniture for edge in span}
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        over = tuple(dict.fromkeys(id_ for low, high, id_ in spans if low <= start and end <= high))
        aside = any(low <= start and end <= high for low, high in furniture)
        yield Piece(text=page.text[start:end], start=start, claims=over, furniture=aside)


def around(found: Sequence[Piece], most: int) -> tuple[Piece, ...]:
    """Return the pieces from the first with a claim to the last with `most` code points before and behind."""
    over = [piece for piece in found if piece.claims]
    if not over:
        return tuple(found)
    first, last = over[0].start - most, over[-1].start + len(over[-1].text) + most
    cut = (
        replace(
            piece,
            text=piece.text[max(first - piece.start, 0) : max(last - piece.start, 0)],
            start=max(first, piece.start),
        )
        for piece in found
    )
    return tuple(piece for piece in cut if piece.text)


DOCUMENTS = View("documents", "/documents", Documents, documents, "The documents by name.", (PAGE,))
DOCUMENT = View(
    "document", "/documents/{document}", Reading, reading, "A page of a document with its claims.",
    (Parameter("page", "Number of the page.", PAGE.schema),),
)  # fmt: skip
