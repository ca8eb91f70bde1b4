"""Shapes of tables: forms, cells over several rows, units in titles, sheets with several tables."""

from __future__ import annotations

from casegraph.model import Claim
from tests.attribute.tables.made import claims, mapping_of, names, problems, table_records


def test_a_form_with_headings_in_its_first_column_is_one_entry() -> None:
    rows = [
        ["Entry no.", "A-1"], ["Date of entry", "3 May 2022"], ["Exporter", "Harrow Marine Ltd"],
        ["Importer", "Veld Port Ltd"], ["Goods", "cranes"], ["Number of packages", "4"],
    ]  # fmt: skip
    (claim,) = claims(rows)
    assert names(claim) == {"supplier": "Harrow Marine Ltd", "recipient": "Veld Port Ltd", "goods": "cranes"}
    assert claim.qualifiers.quantity is not None
    assert claim.qualifiers.quantity.minimum == 4


def test_what_leads_a_row_goes_for_the_rows_below_that_leave_it_empty() -> None:
    rows = [
        ["Supplier", "Date", "Goods", "Quantity"],
        ["Harrow Marine Ltd", "2022-05-03", "cranes", "4"],
        ["", "", "hooks", "40"],
        ["Orlan Works Ltd", "2022-06-01", "ballast", "9"],
        ["", "Total", "", "53"],
    ]
    found = claims(rows)
    assert [names(one)["supplier"] for one in found] == ["Harrow Marine Ltd"] * 2 + ["Orlan Works Ltd"]
    assert found[1].evidence[1].exact == "Harrow Marine Ltd"


def test_ditto_marks_repeat_the_cell_above() -> None:
    rows = [
        ["Date", "Supplier", "Goods", "Quantity"],
        ["2022-05-03", "Harrow Marine Ltd", "cranes", "4"],
        ["2022-05-04", "ditto", "hooks", "40"],
    ]
    assert [names(one)["supplier"] for one in claims(rows)] == ["Harrow Marine Ltd"] * 2


def test_an_empty_cell_further_right_says_nothing() -> None:
    rows = [
        ["Date", "Supplier", "Goods", "Quantity"],
        ["2022-05-03", "Harrow Marine Ltd", "cranes", "4"],
        ["2022-05-04", "", "hooks", "40"],
    ]
    records = table_records(rows)
    assert len([one for one in records if isinstance(one, Claim)]) == 1
    assert [code for code, _ in problems(records)] == ["attribute.table-row"]


def test_thousands_of_a_title_go_for_sums_and_not_for_counts() -> None:
    rows = [["Supplier", "Goods", "Quantity", "Amount"], ["Harrow Marine Ltd", "cranes", "4", "12.5"]] * 1
    rows += [["Orlan Works Ltd", "ballast", "9", "3"]]
    first, _ = claims(rows, above=["Purchases of Veld Port Ltd, USD thousand"])
    assert first.qualifiers.amount is not None
    assert (first.qualifiers.amount.minimum, first.qualifiers.amount.currency) == (12_500, "USD")
    assert first.qualifiers.quantity is not None
    assert first.qualifiers.quantity.minimum == 4
    assert names(first)["recipient"] == "Veld Port Ltd"


def test_a_job_title_stands_in_the_claim() -> None:
    rows = [["Employer", "Employee", "Position"], ["Harrow Marine Ltd", "Anna Kern", "mate"]]
    rows += [["Harrow Marine Ltd", "Otto Wren", "bosun"]]
    assert [one.qualifiers.position for one in claims(rows)] == ["mate", "bosun"]


def test_payments_without_a_direction_are_asked_about() -> None:
    rows = [["Date", "Counterparty", "Amount"], ["2022-05-03", "Veld Port Ltd", "12.50"]]
    rows += [["2022-05-04", "Orlan Works Ltd", "3.00"]]
    assert mapping_of(table_records(rows)).state != "mapped"
