"""Tables in Parquet, ORC and Arrow files."""

from __future__ import annotations

import io
from datetime import date

import pyarrow as pa
import pytest
from pyarrow import feather, orc, parquet

from tests.read.made import read
from tests.read.test_delimited import words

ROWS = {
    "ship": ["Harrow", "Орлан", None],
    "crates": [7, -2, None],
    "day": [date(2024, 3, 5), None, None],
    "paid": [True, False, None],
}


def saved(kind: str) -> bytes:
    made, table = io.BytesIO(), pa.table(ROWS)
    if kind == "parquet":
        parquet.write_table(table, made)
    elif kind == "orc":
        orc.write_table(table, made)
    else:
        feather.write_feather(table, made)
    return made.getvalue()


@pytest.mark.parametrize("kind", ["parquet", "orc", "feather"])
def test_a_table_in_columns(kind: str) -> None:
    result = read(saved(kind), f"x.{kind}")
    assert result.codes == []
    assert words(result) == [
        ["ship", "crates", "day", "paid"], ["Harrow", "7", "2024-03-05", "true"], ["Орлан", "-2", "false"],
    ]  # fmt: skip
    (table,) = result.tables
    assert [cell.value for cell in table.cells if cell.kind == "number"] == ["7", "-2"]


@pytest.mark.parametrize("kind", ["parquet", "orc", "feather"])
def test_a_broken_table_in_columns(kind: str) -> None:
    made = saved(kind)
    for place in range(8, len(made), max(1, len(made) // 40)):
        spoilt = made[:place] + bytes([made[place] ^ 0xFF]) + made[place + 1 :]
        assert "reader-failed" not in read(spoilt, "x").codes
    if kind != "orc":  # whose mark stands at the end
        assert read(made[: len(made) // 2], "x").codes == ["damaged"]


def test_a_long_table_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casegraph.read.formats.columnar._MOST_ROWS", 1)
    result = read(saved("parquet"), "x.parquet")
    assert result.codes == ["rows-cut"]
    assert "Harrow" in result.text
    assert "Орлан" not in result.text
