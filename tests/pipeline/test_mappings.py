"""Mapping files make the documents with their tables stale, and no others; a guess is never read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from casegraph.errors import SettingsError
from casegraph.pipeline.case import Case, init_case, open_case
from tests.pipeline.conftest import add

CHAIN = "tests.pipeline.stages:tabular"
SALES = (
    "Seller,Buyer,Goods,Qty\nHarrow Marine Ltd,Veld Port,cranes,7\nHarrow Marine Ltd,Orlan Works,hooks,9\n"
)
STAFF = "Employer,Employee,Position\nOrlan Works,Anna Kern,clerk\nOrlan Works,Otto Wren,driver\n"
FILES = {"sales.csv": SALES, "more.csv": SALES.replace("cranes", "ballast"), "staff.csv": STAFF}


def made(folder: Path, *claims: str) -> list[str]:
    """Return the suppliers of a case's deliveries."""
    del claims
    found = [claim.roles["supplier"] for claim in open_case(folder, chain=CHAIN).claims(kind="delivery")]
    return sorted({party.name for party in found if party is not None and not isinstance(party, tuple)})


@pytest.fixture
def built(tmp_path: Path) -> Case:
    init_case(tmp_path / "case")
    case = open_case(tmp_path / "case", chain=CHAIN)
    add(case, tmp_path / "files", FILES)
    assert case.build().documents == 3
    return case


def test_one_row_a_layout(built: Case) -> None:
    rows = list(built.mappings())
    assert [(row.kind, row.tables, row.claims, row.state, row.source) for row in rows] == [
        ("delivery", 2, 4, "mapped", "guess"),
        ("employment", 1, 2, "mapped", "guess"),
    ]
    assert [(use.heading, use.property) for use in rows[1].columns] == [
        ("Employer", "organisation"), ("Employee", "person"), ("Position", "position"),
    ]  # fmt: skip
    assert [row.kind for row in built.mappings("staff.csv")] == ["employment"]


def test_written_guesses_change_nothing(built: Case) -> None:
    files = built.write_mappings()
    assert len(files) == 2
    assert built.stale() == 0
    before = [path.read_bytes() for path in files]
    assert built.write_mappings() == files
    assert [path.read_bytes() for path in files] == before


def test_an_edited_file_wins_and_costs_the_documents_with_its_tables(built: Case) -> None:
    sales = next(path for path in built.write_mappings() if "delivery" in path.name)
    text = sales.read_text("utf-8")
    swapped = text.replace("column: Seller", "column: ?").replace("column: Buyer", "column: Seller")
    sales.write_text(swapped.replace("column: ?", "column: Buyer"), "utf-8")
    assert built.stale() == 2
    stages = {stage.stage: stage.stale for stage in built.status().stages}
    assert stages["attribute"] == {"settings": 2}
    assert stages["read"] == stages["extract"] == {}
    assert next(iter(built.mappings())).outdated
    assert built.build().documents == 2
    assert built.stale() == 0
    assert made(built.folder) == ["Orlan Works", "Veld Port"]
    row = next(row for row in built.mappings() if row.kind == "delivery")
    assert (row.source, row.score, row.file, row.outdated) == ("file", 1.0, sales.name, False)
    assert sales not in built.write_mappings()

    add(built, built.folder.parent / "later", {"third.csv": SALES.replace("cranes", "rope")})
    assert built.build().documents == 1
    assert built.stale() == 0
    assert made(built.folder) == ["Orlan Works", "Veld Port"]

    sales.unlink()
    assert built.build().documents == 3
    assert made(built.folder) == ["Harrow Marine Ltd"]


def test_a_wrong_file_is_told_and_nothing_is_built(built: Case) -> None:
    folder = built.folder / "mappings"
    folder.mkdir()
    (folder / "a.yml").write_text("a: {casegraph: {headings: [x]}, queries: 7}\n", "utf-8")
    with pytest.raises(SettingsError, match=r"^mappings/a\.yml, line 1: there must be a list of `queries`"):
        built.build()
    (folder / "a.yml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match=r"^mappings/a\.yml: not UTF-8"):
        built.stale()
    assert len(list(built.claims())) == 6
    (folder / "a.yml").write_text("a: {casegraph: {headings: [x]}, queries: []}\n", "utf-8")
    (folder / "b.yml").write_text("b: {casegraph: {headings: [X]}, queries: []}\n", "utf-8")
    with pytest.raises(SettingsError, match=r"for the same headings as mappings/a\.yml"):
        built.build()
