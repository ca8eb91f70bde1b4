from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casegraph.cli import program
from casegraph.pipeline.case import open_case
from casegraph.pipeline.reports import TableView
from tests.read.test_sheet import workbook


def invoke(*args: object) -> Result:
    return CliRunner().invoke(program, list(map(str, args)), catch_exceptions=False)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    (folder / "leak").mkdir()
    rows: list[list[object]] = [["Supplier", "Pieces"], ["Harrow Marine", 7], [None, 2]]
    (folder / "leak" / "b.xlsx").write_bytes(workbook(Cranes=rows, Long=[[n] for n in range(100)]))
    (folder / "leak" / "a.xlsx").write_bytes(workbook(Wide=[list(range(20))]))
    assert invoke("init", folder / "case").exit_code == 0
    assert invoke("add", folder / "case", folder / "leak").exit_code == 0
    assert invoke("build", folder / "case").exit_code == 0
    return folder / "case"


def test_tables_are_listed_by_document_and_page(case: Path) -> None:
    views = list(open_case(case).tables())
    assert [(one.name, one.table.page, one.table.name) for one in views] == [
        ("a.xlsx", 1, "Wide"),
        ("b.xlsx", 1, "Cranes"),
        ("b.xlsx", 2, "Long"),
    ]
    assert views[1].rows == (("Supplier", "Pieces"), ("Harrow Marine", "7"), ("", "2"))
    shown = invoke("tables", case)
    assert shown.exit_code == 0
    assert "Cranes" in shown.stdout
    of_one = invoke("tables", case, "--document", "b.xlsx", "--format", "jsonl")
    assert [json.loads(line)["table"]["name"] for line in of_one.stdout.splitlines()] == ["Cranes", "Long"]
    rows = list(csv.DictReader(invoke("tables", case, "--format", "csv").stdout.splitlines()))
    assert [row["table.rows"] for row in rows] == ["1", "3", "100"]


def test_one_table_is_shown_with_the_numbers_of_its_rows(case: Path) -> None:
    wide, cranes, long = open_case(case).tables()
    card = invoke("show", case, cranes.table.id[:14]).stdout
    assert "b.xlsx, page 1: 3 rows, 2 columns" in card
    assert "2  Harrow Marine" in card
    assert "40 rows more" in invoke("show", case, long.table.id).stdout
    assert "8 columns more" in invoke("show", case, wide.table.id).stdout
    assert open_case(case).show(cranes.table.id) == cranes
    assert isinstance(cranes, TableView)


def test_a_case_without_tables_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing but words.")
    invoke("init", tmp_path / "case")
    invoke("add", tmp_path / "case", tmp_path / "a.txt")
    invoke("build", tmp_path / "case")
    result = invoke("tables", tmp_path / "case")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "no tables" in result.stderr
