"""From a span of a page to boxes on its image: by the case, and with a claim that is shown."""

from __future__ import annotations

import io

import pytest
from reportlab.platypus import SimpleDocTemplate, Table

from casegraph.errors import UsageError
from casegraph.pipeline.case import open_case
from casegraph.pipeline.reports import ClaimView, PlacedClaim
from tests.pipeline.conftest import MakeCase

TABULAR = "tests.pipeline.stages:tabular"
ROWS = [
    ["Date", "Seller", "Buyer", "Goods", "Quantity"],
    ["2023-03-01", "Orlan Works", "Veld Port", "cranes", "7"],
    ["2023-04-02", "Harrow Marine", "Veld Port", "pumps", "12"],
    ["2023-05-03", "Orlan Works", "Holt Yard", "cranes", "3"],
]


def shipments() -> bytes:
    """Return a PDF with a ruled table of deliveries."""
    made = io.BytesIO()
    SimpleDocTemplate(made, invariant=1).build([Table(ROWS, style=[("GRID", (0, 0), (-1, -1), 1, "black")])])
    return made.getvalue()


def test_a_claims_evidence_has_boxes_on_its_page(make_case: MakeCase) -> None:
    case = open_case(
        make_case({"list.pdf": shipments(), "note.txt": "Nothing in here."}).folder, chain=TABULAR
    )
    case.build(workers=1)
    claims = [claim for claim in case.claims(kind="delivery") if "Harrow" in claim.evidence[0].exact]
    view = case.show(claims[0].id)
    assert isinstance(view, ClaimView)
    (layout,) = case.layouts("list.pdf")
    assert view.page_size == (layout.width, layout.height)
    shown = [view.page.text[box.start : box.end] for box in view.boxes]
    assert shown == [word for target in claims[0].evidence for word in target.exact.split()]
    assert len({(box.top, box.bottom) for box in view.boxes}) == 1, "one row"
    placed = view.placed()
    assert isinstance(placed, PlacedClaim)
    assert (placed.id, placed.boxes, placed.page_size) == (claims[0].id, view.boxes, view.page_size)
    target = claims[0].evidence[0]
    start = target.start + target.exact.index("Harrow")
    found = case.boxes("list.pdf", 1, start, start + len("Harrow Marine"))
    assert [view.page.text[box.start : box.end] for box in found] == ["Harrow", "Marine"]
    assert found[0].right < found[1].left
    assert case.boxes("note.txt", 1) == ()
    assert case.boxes("list.pdf", 2) == ()
    with pytest.raises(UsageError):
        case.boxes("other.pdf", 1)
