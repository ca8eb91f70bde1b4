"""Tables written as text: dialects, encodings, typed cells, and what is no table."""

from __future__ import annotations

import pytest

from casegraph.read.celltypes import Habit, habits, typed
from tests.read.made import Result, read

HEAD = "Supplier,Goods,Pieces,Sum,Date\n"
ROWS = HEAD + (
    "Harrow Marine,survey crane,7,1250.50,2024-03-05\n"
    '"Veld, Sons & Co","crane ""B""",2,0.10,2024-03-06\n'
    "Orlan Works,crate,12,9.00,2024-03-07\n"
)
RUSSIAN = (
    "Поставщик;Товар;Штук;Сумма;Дата\n"
    "ООО «Велд»;кран;7;1 250,50;05.03.2024\n"
    "ООО «Орлан»;ящик;12;0,10;06.03.2024\n"
    "ИП Лесков;трос;1;9,00;31.03.2024\n"
)


def cells(result: Result) -> list[list[tuple[str, str, str | None]]]:
    """Return text, kind and value of every cell by row."""
    rows: dict[tuple[int, int], list[tuple[str, str, str | None]]] = {}
    for table in result.tables:
        page = result.pages[table.page - 1]
        for cell in table.cells:
            found = page.text[cell.start : cell.end], cell.kind, cell.value
            rows.setdefault((table.page, cell.row), []).append(found)
    return [rows[key] for key in sorted(rows)]


def words(result: Result) -> list[list[str]]:
    return [[text for text, _, _ in row] for row in cells(result)]


def test_a_table_with_typed_cells() -> None:
    result = read(ROWS, "shipments.csv")
    assert result.codes == []
    assert result.document.media_type == "text/csv"
    assert result.prose == []
    assert words(result)[2] == ["Veld, Sons & Co", 'crane "B"', "2", "0.10", "2024-03-06"]
    assert cells(result)[1] == [
        ("Harrow Marine", "text", None),
        ("survey crane", "text", None),
        ("7", "number", "7"),
        ("1250.50", "number", "1250.50"),
        ("2024-03-05", "date", "2024-03-05"),
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "cp866", "utf-16", "utf-16-le"]
)
def test_semicolons_of_european_excel_in_any_encoding(encoding: str) -> None:
    result = read(RUSSIAN.replace("«", "").replace("»", "").encode(encoding), "отгрузка.csv")
    assert result.codes == []
    assert cells(result)[1] == [
        ("ООО Велд", "text", None),
        ("кран", "text", None),
        ("7", "number", "7"),
        ("1 250,50", "number", "1250.50"),
        ("05.03.2024", "date", "2024-03-05"),
    ]


def test_chinese_rows() -> None:
    text = (
        "供应商,货物,数量,日期\n哈罗公司,起重机,7,2024年3月5日\n"
        "维尔德公司,箱子,12,2024年3月6日\n奥兰厂,缆绳,3,2024年3月7日\n"
    )
    result = read(text.encode("gb18030"), "发货.csv")
    assert result.codes == []
    assert cells(result)[1][3] == ("2024年3月5日", "date", "2024-03-05")


def test_tabs_and_no_name() -> None:
    result = read(ROWS.replace('"Veld, Sons & Co","crane ""B"""', "Veld,crane").replace(",", "\t"))
    assert result.document.media_type == "text/tab-separated-values"
    assert [len(row) for row in words(result)] == [5, 5, 5, 5]


def test_the_line_that_names_the_separator() -> None:
    result = read("sep=^\nname^sum\nHarrow^7\n", "x.csv")
    assert words(result) == [["name", "sum"], ["Harrow", "7"]]
    assert result.document.metadata["delimiter"] == ("^",)


def test_lines_inside_a_cell_and_backslashes() -> None:
    result = read('a,b,c\n1,"two\nlines",3\n4,"say \\"hi, you\\"",6\n7,x,9\n', "x.csv")
    assert words(result) == [
        ["a", "b", "c"],
        ["1", "two lines", "3"],
        ["4", 'say "hi, you"', "6"],
        ["7", "x", "9"],
    ]


def test_ragged_rows_are_kept_and_told() -> None:
    result = read(ROWS + "Short,row\n" + "one,two,3,4,5,6,7\n", "x.csv")
    assert result.codes == ["ragged-rows"]
    assert "5, 6" in result.problems[0].detail
    assert words(result)[4:] == [["Short", "row"], ["one", "two", "3", "4", "5", "6", "7"]]


def test_a_quotation_mark_that_is_never_closed_costs_its_line() -> None:
    result = read(
        ROWS + 'Last,"open,1,2,2024-03-05\n' + "Orlan Works,crate,12,9.00,2024-03-07\n" * 3, "x.csv"
    )
    assert "damaged-part" in result.codes
    assert words(result)[4][:2] == ["Last", '"open']
    assert words(result)[7] == ["Orlan Works", "crate", "12", "9.00", "2024-03-07"]


def test_inches_open_no_cell() -> None:
    result = read('item,size,price\npipe 5" long,5",1.5\nrod 3",3",2.5\nbar 1,2,3\n', "x.csv")
    assert words(result)[1] == ['pipe 5" long', '5"', "1.5"]
    assert len(words(result)) == 4


def test_formulas_are_text_and_told() -> None:
    rows = ROWS + "=cmd|'/c calc'!A0,@SUM(A1:A2),-7,+1.5,2024-03-08\n"
    result = read(rows, "x.csv")
    assert set(result.codes) == {"formula-payload", "formula-text"}
    assert words(result)[4][:2] == ["=cmd|'/c calc'!A0", "@SUM(A1:A2)"]
    assert cells(result)[4][2] == ("-7", "number", "-7")


@pytest.mark.parametrize(
    "text",
    [
        "Dear all, the cranes, which came, were late.\nWe waited, as agreed, there.\nNobody, no, nobody.\n",
        "Harrow Marine, a broker in Northport, declined to comment.\n" * 5,
        "One line; two parts\n",
        "London, England\nParis, France\nVeld, Northland\n",
        "By Anna Kern\n\nThe port of Veld, said a spokesman, is closed, and will be so until June.\n",
        "def read(one, two):\n    return one, two\n\nx, y = read(1, 2)\nprint(x, y)\n",
    ],
)
def test_prose_with_commas_is_no_table(text: str) -> None:
    assert read(text, "letter.txt").document.media_type == "text/plain"


def test_the_name_alone_makes_no_table() -> None:
    assert read("Nothing but a sentence without a comma.", "x.csv").document.media_type == "text/plain"
    assert read(b"", "x.csv").codes == ["empty"]


def test_a_table_cut_in_the_middle() -> None:
    result = read(ROWS[:-20], "x.csv")
    assert result.codes == ["ragged-rows"]


def test_a_long_table_goes_over_several_pages() -> None:
    rows = "".join(f"{number},Harrow Marine moved a crane,{number % 7}\n" for number in range(20_000))
    result = read("number,what,berth\n" + rows, "x.csv")
    assert len(result.pages) > 1
    assert sum(table.rows for table in result.tables) == 20_001
    assert result.codes == []


@pytest.mark.parametrize(
    ("column", "cell", "kind", "value"),
    [
        (["1.5"], "1,234", "number", "1234"),
        (["1,5"], "1,234", "number", "1.234"),
        ([], "1,234", "text", None),
        ([], "1,234,567", "number", "1234567"),
        ([], "1.234.567,89", "number", "1234567.89"),
        ([], "(1,234.50)", "number", "-1234.50"),
        ([], "00123", "text", None),
        ([], "40817810099910004312", "text", None),
        ([], "12,5 %", "percent", "12.5"),
        ([], "€ 1.234,50", "money", "1234.50"),
        ([], "1 250,00 руб.", "money", "1250.00"),
        ([], "USD 12.00", "money", "12.00"),
        ([], "ABC 12.00", "text", None),
        (["25/12/2023"], "03/04/2024", "date", "2024-04-03"),
        (["12/25/2023"], "03/04/2024", "date", "2024-03-04"),
        ([], "03/04/2024", "text", None),
        ([], "05.03.2024 14:30", "date", "2024-03-05T14:30:00"),
        ([], "2024-03-05T14:30:00+03:00", "date", "2024-03-05T14:30:00+03:00"),
        ([], "31.02.2024", "text", None),
        ([], "TRUE", "boolean", "true"),
        ([], "+7 495 123-45-67", "text", None),
        ([], "10.0.0.1", "text", None),
    ],
)  # fmt: skip
def test_types_of_cells(column: list[str], cell: str, kind: str, value: str | None) -> None:
    (habit,) = habits([[one] for one in column]) if column else (Habit(),)
    found = typed(cell, habit)
    assert (found.kind, found.value) == (kind, value)
