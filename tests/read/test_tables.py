"""Rows of headings, types of cells, spans over columns and rows, ruled PDF tables."""

from __future__ import annotations

import io

import openpyxl
import pytest
from reportlab.lib import colors
from reportlab.platypus import SimpleDocTemplate, TableStyle
from reportlab.platypus import Table as Drawn

from casegraph.model import Table, written
from casegraph.read.headrows import header_rows, headings
from casegraph.read.tabular import spanned
from tests.read.made import read


def tables(data: bytes, name: str) -> list[tuple[Table, tuple[tuple[str, ...], ...]]]:
    found = read(data, name)
    return [(one, written(one, found.pages[one.page - 1].text)) for one in found.tables]


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_headings_below_a_title_and_above_sums() -> None:
    rows = [
        ["Log 2024", "", ""],
        ["", "", ""],
        ["Shipper", "Goods", "Pcs"],
        ["Harrow", "cranes", "7"],
        ["Total", "", "7"],
    ]
    assert header_rows(rows) == (2,)


def test_headings_of_two_rows_come_together() -> None:
    rows = [
        ["Дата", "Обороты", "", "Контрагент"],
        ["", "по дебету", "по кредиту", ""],
        ["01.02.2021", "100,00", "", "ООО «Велд»"],
        ["02.02.2021", "", "50,00", "ООО «Кран»"],
    ]
    found = header_rows(rows)
    assert found == (0, 1)
    assert headings(rows, found, 4) == ("Дата", "Обороты по дебету", "Обороты по кредиту", "Контрагент")


def test_numbers_of_columns_belong_to_the_headings() -> None:
    rows = [["№", "Товар", "Количество"], ["1", "2", "3"], ["1", "Кран", "12"], ["2", "Лебёдка", "5"]]
    found = header_rows(rows)
    assert found == (0, 1)
    assert headings(rows, found, 3) == ("№", "Товар", "Количество")


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["a"]],
        [["", ""], ["", ""]],
        [["Home", "News", "Contact"], ["Read on", "Subscribe", "Write"], ["Archive", "Events", "Press"]],
        [["1", "2"], ["3", "4"]],
    ],
)
def test_tables_without_headings_have_none(rows: list[list[str]]) -> None:
    assert header_rows(rows) == ()


def test_cells_are_typed_as_their_column_is_written() -> None:
    csv = (
        b"buyer,paid on,sum,share,tax number,code\n"
        b'Veld Port,05/13/2024,"1.234,50 EUR",51%,7700000000,0101\n'
        b'Harrow,04/03/2024,"7.000,00 EUR",9%,7700000001,0102\n'
    )
    ((table, rows),) = tables(csv, "paid.csv")
    assert table.headings == ("buyer", "paid on", "sum", "share", "tax number", "code")
    first = [cell for cell in table.cells if cell.row == 2]
    assert [(cell.kind, cell.value, cell.unit) for cell in first] == [
        ("text", None, None),
        ("date", "2024-04-03", None),
        ("money", "7000.00", "EUR"),
        ("percent", "9", None),
        ("number", "7700000001", None),
        ("text", None, None),
    ]
    assert rows[1][2] == "1.234,50 EUR"


def test_a_serial_number_under_a_date_is_a_day() -> None:
    ((table, _),) = tables(workbook(["Seller", "Date", "Pieces"], ["Harrow", 45000, 45000]), "a.xlsx")
    kinds = [(cell.kind, cell.value) for cell in table.cells if cell.row == 1]
    assert kinds == [("text", None), ("date", "2023-03-15"), ("number", "45000")]


def test_a_part_on_the_next_page_keeps_the_headings() -> None:
    rows: list[list[object]] = [["Seller", "Goods", "Pieces"]]
    rows += [[f"Harrow Marine {number}", "c" * 4000, number] for number in range(400)]
    found = [table for table, _ in tables(workbook(*rows), "long.xlsx")]
    assert len(found) > 1
    assert found[1].header == ()
    assert {table.headings for table in found} == {("Seller", "Goods", "Pieces")}


def test_spans_leave_empty_places() -> None:
    assert spanned([[("a", 2, 1), ("b", 1, 2)], [("c", 1, 1), ("d", 1, 1)], [("e", 3, 1)]]) == [
        ["a", "", "b"],
        ["c", "d"],
        ["e", "", ""],
    ]
    assert spanned([[("a", 1, 2), ("b", 1, 1)], [("c", 1, 1)]]) == [["a", "b"], ["", "c"]]
    assert len(spanned([[("a", 999, 1)]])[0]) == 200


def test_a_table_of_a_web_page_has_cells() -> None:
    page = (
        b"<html><body><p>Deliveries</p><table><tr><td></td><td>Seller</td><td>Pieces</td></tr>"
        b"<tr><td>1</td><td>Harrow</td><td>7</td></tr></table></body></html>"
    )
    ((table, rows),) = tables(page, "a.html")
    assert rows == (("", "Seller", "Pieces"), ("1", "Harrow", "7"))
    assert table.header == (0,)


def pdf(rows: list[list[str]], *, ruled: bool) -> bytes:
    made = io.BytesIO()
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if ruled else []
    SimpleDocTemplate(made, invariant=1).build(
        [Drawn(rows, colWidths=[120.0] * len(rows[0]), style=TableStyle(style))]
    )
    return made.getvalue()


ROWS = [
    ["No.", "Seller", "Goods", "Number of units"],
    ["1", "Harrow Marine Ltd", "cranes", "7"],
    ["", "Total", "", "7"],
]


def test_ruling_lines_part_the_cells_of_a_pdf() -> None:
    ((table, rows),) = tables(pdf(ROWS, ruled=True), "a.pdf")
    assert rows == tuple(map(tuple, ROWS))
    assert table.header == (0,)


def test_without_ruling_lines_cells_keep_their_columns() -> None:
    ((_, rows),) = tables(pdf([row[1:] for row in ROWS], ruled=False), "a.pdf")
    assert rows[2] == ("Total", "", "7")
