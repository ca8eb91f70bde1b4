from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from casegraph.read.limits import HARMLESS_OUTPUT
from tests.read.compound import compound
from tests.read.made import read

ROWS: list[list[object]] = [
    ["Supplier", "Goods", "Pieces", "Sum", "Date", "Paid"],
    ["Harrow Marine", "survey crane", 7, 1250.5, dt.date(2024, 3, 5), True],
    ["ООО «Велд»", "кран", 2, 0.1, dt.datetime.fromisoformat("2024-03-06 14:30:00"), False],
    ["哈罗公司", "起重机", -3, 1e21, None, None],
]
_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Cranes"><table:table-row><table:table-cell office:value-type="string">'
    '<text:p>Harrow Marine</text:p></table:table-cell><table:table-cell office:value-type="float" '
    'office:value="7"><text:p>7</text:p></table:table-cell></table:table-row></table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name.startswith("Hidden") else "visible"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def ods(content: str = _ODS) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return made.getvalue()


def test_a_sheet_is_a_page_and_a_table() -> None:
    result = read(workbook(Shipments=ROWS, Empty=[], HiddenOne=[["secret"]]), "x.xlsx")
    assert result.codes == []
    assert [table.name for table in result.tables] == ["Shipments", "HiddenOne"]
    assert [page.text.split("\n", 1)[0] for page in result.pages] == ["Shipments", "HiddenOne"]
    assert result.prose == ["Shipments", "HiddenOne"]  # headings; no cell
    table, page = result.tables[0], result.pages[0]
    assert (table.rows, table.columns, table.first_row) == (4, 6, 1)
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    assert {place: page.text[cell.start : cell.end] for place, cell in cells.items()} == {
        **{(0, column): heading for column, heading in enumerate(ROWS[0])},
        (1, 0): "Harrow Marine", (1, 1): "survey crane", (1, 2): "7", (1, 3): "1250.5",
        (1, 4): "2024-03-05", (1, 5): "TRUE",
        (2, 0): "ООО «Велд»", (2, 1): "кран", (2, 2): "2", (2, 3): "0.1",
        (2, 4): "2024-03-06 14:30:00", (2, 5): "FALSE",
        (3, 0): "哈罗公司", (3, 1): "起重机", (3, 2): "-3", (3, 3): "1e+21",
    }  # fmt: skip
    assert [(cells[1, column].kind, cells[1, column].value) for column in range(2, 6)] == [
        ("number", "7"),
        ("number", "1250.5"),
        ("date", "2024-03-05"),
        ("boolean", "true"),
    ]
    assert cells[2, 4].value == "2024-03-06T14:30:00"
    assert result.document.metadata["hidden_sheet"] == ("HiddenOne",)


def test_blank_rows_and_columns_keep_the_places_of_cells() -> None:
    rows: list[list[object]] = [[None], [None, None, "total"], [], [None, "9\tnine\nlines"]]
    result = read(workbook(S=rows), "x.xlsx")
    (table,) = result.tables
    assert table.first_row == 2
    assert {(cell.row, cell.column): result.pages[0].text[cell.start : cell.end] for cell in table.cells} == {
        (0, 2): "total",
        (2, 1): "9 nine lines",
    }


def test_a_long_sheet_goes_on_over_several_pages() -> None:
    rows: list[list[object]] = [
        [number, f"Harrow Marine moved crane number {number}"] for number in range(20_000)
    ]
    result = read(workbook(Long=rows), "x.xlsx")
    assert len(result.pages) > 1
    assert sum(table.rows for table in result.tables) == len(rows)
    assert [table.first_row for table in result.tables][1] == result.tables[0].rows + 1
    last = result.tables[-1].cells[-1]
    assert result.pages[-1].text[last.start : last.end] == "Harrow Marine moved crane number 19999"


def test_an_opendocument_sheet() -> None:
    result = read(ods(), "x.ods")
    assert result.codes == []
    assert result.document.media_type == "application/vnd.oasis.opendocument.spreadsheet"
    assert "Harrow Marine\t7" in result.text


@pytest.mark.parametrize("cut", [200, 2_000, -200])
def test_a_damaged_workbook_is_said_to_be_damaged(cut: int) -> None:
    codes = read(workbook(S=ROWS)[:cut], "x.xlsx").codes
    assert codes
    assert set(codes) <= {"damaged", "damaged-part", "unread-type"}


def test_a_sheet_with_broken_markup_costs_that_sheet() -> None:
    source = zipfile.ZipFile(io.BytesIO(workbook(One=ROWS, Two=[["still here"]])))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[: len(data) // 2] if name.endswith("sheet1.xml") else data)
    result = read(made.getvalue(), "x.xlsx")
    assert "damaged-part" in result.codes
    assert "still here" in result.text


def test_a_workbook_that_unpacks_without_end_is_not_opened() -> None:
    made = io.BytesIO(workbook(S=ROWS))
    with (
        zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/more.xml", "w") as member,
    ):
        for _ in range((HARMLESS_OUTPUT >> 20) + 1):
            member.write(bytes(1 << 20))
    result = read(made.getvalue(), "x.xlsx")
    assert result.codes == ["bomb"]


def test_macros_are_told_and_not_run() -> None:
    made = io.BytesIO(workbook(S=ROWS))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    result = read(made.getvalue(), "x.xlsm")
    assert result.codes == ["macros-not-run"]
    assert "survey crane" in result.text


def test_what_stands_beside_the_cells() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "crane"
    sheet["A1"].comment = Comment("Paid by the broker", "Anna Kern")
    sheet["B1"] = "page"
    sheet["B1"].hyperlink = "https://veld.example/crane"
    assert sheet.oddHeader is not None
    sheet.oddHeader.center.text = "Secret && more &P"
    book.properties.creator = "Anna Kern"
    made = io.BytesIO()
    book.save(made)
    result = read(made.getvalue(), "x.xlsx")
    assert result.of("note") == ["Anna Kern: Paid by the broker"]
    assert result.of("header") == ["Secret & more"]
    assert [link.url for link in result.document.links] == ["https://veld.example/crane"]
    assert result.document.authors == ("Anna Kern",)


def test_formulas_that_call_programs_are_told() -> None:
    result = read(workbook(S=[["=cmd|'/c calc'!A0", "=SUM(1,2)", "x"]]), "x.xlsx")
    assert result.codes == ["formula-payload"]


def test_a_workbook_without_words_says_so() -> None:
    assert read(workbook(S=[]), "x.xlsx").codes == ["no-text"]


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def biff(*sheet: bytes) -> bytes:
    """Return a compound file with a workbook of one sheet (BIFF8)."""
    start = record(0x809, b"\0\6\5\0" + bytes(12))
    name = record(0x85, bytes(6) + b"\5\0Cargo")
    place = len(start) + len(name) + 4
    name = record(0x85, struct.pack("<I", place) + bytes(2) + b"\5\0Cargo")
    page = record(0x809, b"\0\6\x10\0" + bytes(12)) + b"".join(sheet) + record(10, b"")
    return compound({"WORKBOOK": start + name + record(10, b"") + page + bytes(5_000)})


def test_a_binary_workbook_with_what_stands_beside_its_cells() -> None:
    box = record(0x1B6, bytes(10) + struct.pack("<HHI", 6, 16, 0)) + record(0x3C, b"\0Urgent")
    head = record(0x14, struct.pack("<HB", 8, 0) + b"&CSecret")
    cell = record(0x203, struct.pack("<HHHd", 0, 0, 0, 7.5))
    result = read(biff(cell, head, box), "x.xls")
    assert result.document.media_type == "application/vnd.ms-excel"
    assert result.codes == []
    assert result.of("header") == ["Secret"]
    assert result.of("note") == ["Urgent"]
    assert result.of("table") == ["7.5"]


def test_a_workbook_of_excel_4() -> None:
    data = record(0x409, b"\0\0\x10\0\0\0") + record(0x203, struct.pack("<HHHd", 0, 0, 0, 7.5))
    data += record(0x204, struct.pack("<HHHH", 0, 1, 0, 5) + b"crane") + record(10, b"")
    result = read(data, "x.xls")
    assert result.document.media_type == "application/vnd.ms-excel.biff"
    assert result.of("table") == ["7.5\tcrane"]
    assert read(data[:15], "x.xls").codes in (["damaged"], ["no-text"], ["unread-type"])
