"""The documents, and the reader: a page as it came and as text, beside the claims that stand on it."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.errors import UsageError
from casegraph.model import Claim, Derivation, Direction, Mention, Page, Record, Strength
from casegraph.pipeline.case import Case
from casegraph.pipeline.reports import DocumentRow, ProblemRow, ThreadMail
from casegraph.web.base import PAGE, Ask, NotThereError, Parameter, Slice, View, looked_up
from casegraph.web.views.lists import sliced
from casegraph.web.views.passages import Part, Span, parts, pieces
from casegraph.web.views.sheets import Sheet, sheet

_MOST = 200  # documents inside a document that are listed
_HEADERS = frozenset({"from", "to", "cc", "bcc", "date", "subject", "reply-to", "sender"})
"""Header fields of a mail that are shown at once; the rest unfolds."""


class Documents(Record, frozen=True, kw_only=True):
    """A list of documents by name."""

    rows: tuple[DocumentRow, ...]
    slice: Slice


class Sentence(Record, frozen=True, kw_only=True):
    """Words of the page and the claims that rest on them, for the margin."""

    number: int  # in the order of the page, from 1
    claims: tuple[Claim, ...]
    last: str  # id of the one whose words reach furthest


class Enclosed(Record, frozen=True, kw_only=True):
    """A document inside another: an attachment, a file of an archive; or the one around it."""

    document: str
    name: str
    role: str  # how the container holds it
    size: int | None = None


class Copy(Record, frozen=True, kw_only=True):
    """A document with which this one shares words or matter."""

    document: str
    name: str
    strength: Strength
    taken: bool  # this one was made from it, not it from this one
    direction: Direction  # how sure that is
    share: float  # of the one that was made from the other
    passages: int


class Reading(Record, frozen=True, kw_only=True):
    """One page of a document, in parts, with its claims."""

    row: DocumentRow
    number: int  # of the page
    pages: int  # how many there are
    parts: tuple[Part, ...]
    margin: tuple[Sentence, ...]
    claims: tuple[Claim, ...]  # on this page
    elsewhere: int  # claims on other pages
    problems: tuple[ProblemRow, ...]
    thread: tuple[ThreadMail, ...] = ()
    sheet: Sheet | None = None  # the page's picture, where its document has any
    holds: tuple[Enclosed, ...] = ()
    inside: tuple[Enclosed, ...] = ()
    copies: tuple[Copy, ...] = ()
    header: dict[str, tuple[str, ...]] = {}  # of a mail: fields that its text does not show
    span: tuple[int, int] | None = None  # code points that the address asks for


def documents(case: Case, ask: Ask) -> Documents:
    """Return the documents by name."""
    rows, which = sliced(case.documents(), ask)
    return Documents(rows=rows, slice=which)


def reading(case: Case, ask: Ask) -> Reading:
    """Return a page of a document."""
    with looked_up():
        view = case.document(ask.path["document"])
    row, number = view.row, ask.number("page", 1)
    page = next((one for one in view.pages if one.number == number), None)
    if page is None and (number != 1 or view.pages):
        raise NotThereError(f"the document has no page {number}")
    here = tuple(one for one in view.claims if one.evidence[0].page == number)
    span = _span(ask, page)
    named = list(case.named_on(page)) if page is not None else []
    return Reading(
        row=row,
        number=number,
        pages=len(view.pages),
        parts=tuple(_parts(case, page, here, named, span)) if page is not None else (),
        margin=tuple(_margin(here)),
        claims=here,
        elsewhere=len(view.claims) - len(here),
        problems=view.problems,
        thread=view.thread,
        sheet=sheet(case, row.document, number, here, named, chosen=span, asked=ask.text("claim"))
        if row.document is not None and page is not None
        else None,
        holds=_holds(case, row.id),
        inside=_inside(case, row.id),
        copies=tuple(_copies(case, row.id)),
        header=_header(row),
        span=span,
    )


def _parts(
    case: Case,
    page: Page,
    claims: tuple[Claim, ...],
    named: list[tuple[Mention, str | None]],
    span: Span | None,
) -> Iterator[Part]:
    tables = [one.table for one in case.tables(page.document)]
    yield from parts(page, tuple(pieces(page, claims, named, span)), tables)


def _span(ask: Ask, page: Page | None) -> Span | None:
    """Return the stretch of the page that an address asks for; raises UsageError where it has none such."""
    values = [ask.text(name) for name in ("from", "to")]
    if page is None or values == [None, None]:
        return None
    if not all(
        value is not None and value.isascii() and value.isdecimal() and len(value) < 8 for value in values
    ):
        raise UsageError("from and to are whole numbers: code points of the page's text")
    start, end = (int(value or 0) for value in values)
    if not 0 <= start < end <= len(page.text):
        raise NotThereError(f"the page has no words from {start} to {end}")
    return start, end


def _margin(claims: tuple[Claim, ...]) -> Iterator[Sentence]:
    """Yield the claims in the order of the page, those whose words overlap together."""
    groups: list[list[Claim]] = []
    reached = 0
    for claim in sorted(claims, key=lambda one: (one.evidence[0].start, -one.evidence[0].end)):
        first = claim.evidence[0]
        if not groups or first.start >= reached:
            groups.append([])
        groups[-1].append(claim)
        reached = max(reached, first.end)
    for number, own in enumerate(groups, 1):
        last = max(own, key=lambda one: one.evidence[0].end)
        yield Sentence(number=number, claims=tuple(own), last=last.id)


def _holds(case: Case, document: str) -> tuple[Enclosed, ...]:
    found = (
        Enclosed(document=one.child, name=one.name, role=one.role, size=one.size)
        for one in case.children(document)
    )
    return tuple(one for one, _ in zip(found, range(_MOST), strict=False))


def _inside(case: Case, document: str) -> tuple[Enclosed, ...]:
    kin = {one.container: one for one in case.held_in(document)[:_MOST]}
    names = case.names(kin)
    return tuple(
        Enclosed(document=id_, name=names.get(id_, id_), role=one.role) for id_, one in sorted(kin.items())
    )


def _copies(case: Case, document: str) -> Iterator[Copy]:
    view = case.lineage(document)
    found = [one for one in view.derivations if document in (one.document, one.source) and one.source]
    for one in sorted(found, key=lambda one: (-one.share, one.id)):
        yield _copy(one, document, view.names)


def _copy(one: Derivation, document: str, names: dict[str, str]) -> Copy:
    other = one.document if one.source == document else one.source or ""
    return Copy(
        document=other,
        name=names.get(other, other),
        strength=one.strength,
        taken=one.document == document,
        direction=one.direction,
        share=one.share,
        passages=sum(passage.source is not None for passage in one.passages),
    )


def _header(row: DocumentRow) -> dict[str, tuple[str, ...]]:
    document = row.document
    if document is None or row.thread is None:
        return {}
    return {name: values for name, values in sorted(document.metadata.items()) if name not in _HEADERS}


DOCUMENTS = View("documents", "/documents", Documents, documents, "The documents by name.", (PAGE,))
DOCUMENT = View(
    "document", "/documents/{document}", Reading, reading, "A page of a document with its claims.",
    (
        Parameter("page", "Number of the page.", PAGE.schema),
        Parameter("from", "First code point of words to be marked.", {"type": "integer", "minimum": 0}),
        Parameter("to", "Code point behind the last of them.", PAGE.schema),
        Parameter("claim", "Id of a claim whose words are marked on the picture."),
    ),
)  # fmt: skip
