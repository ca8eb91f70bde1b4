"""Mapping files: written, read back, and complained of by file and line."""

from __future__ import annotations

import pytest
import yaml

from casegraph.attribute.tables.ftm import is_guess, read_mapping, write_mapping
from casegraph.errors import SettingsError
from casegraph.model import Claim, Source
from tests.attribute.tables.made import mapping_of, names, problems, table_records

ROWS = [
    ["Date", "Seller", "Buyer", "Goods", "Qty", "Amount, USD"],
    ["2024-03-05", "Harrow Marine Ltd", "Veld Port", "cranes", "7", "1,250.50"],
    ["2024-03-09", "Harrow Marine Ltd", "Orlan Works", "ballast", "40", "800"],
]
STATEMENT = [
    ["Date", "Counterparty", "Debit", "Credit"],
    ["2024-03-05", "Veld Port", "10.00", ""],
    ["2024-03-06", "Orlan Works", "", "20.00"],
]


@pytest.mark.parametrize("rows", [ROWS, STATEMENT])
def test_a_guess_comes_back_as_it_was_written(rows: list[list[str]]) -> None:
    one = mapping_of(table_records(rows, above=["Account holder: Harrow Marine Ltd"]))
    text = write_mapping(one, "harbour")
    assert is_guess(text)
    assert not is_guess(text.replace("Seller", "Vendor").replace("Debit", "Out"))
    assert not is_guess(text.split("\n", 1)[1])
    mapping = read_mapping("harbour.yml", text)
    assert mapping.headings == tuple(rows[0])
    assert mapping.rules == one.rules


def test_the_file_is_a_followthemoney_mapping() -> None:
    data = yaml.safe_load(write_mapping(mapping_of(table_records(ROWS)), "harbour"))
    (query,) = data["harbour"]["queries"]
    assert query["csv_url"] == "harbour.csv"
    assert query["entities"]["supplier"] == {
        "schema": "LegalEntity",
        "keys": ["Seller"],
        "properties": {"name": {"column": "Seller"}},
    }
    deal = query["entities"]["delivery"]
    assert deal["schema"] == "EconomicActivity"
    assert deal["properties"]["sender"] == {"entity": "supplier"}
    assert deal["properties"]["goodsDescription"] == {"column": "Goods"}
    assert query["casegraph"] == {"quantity": {"column": "Qty"}}


def edited(old: str, new: str) -> str:
    text = write_mapping(mapping_of(table_records(ROWS)), "harbour")
    assert old in text
    return text.replace(old, new)


def test_an_edited_file_wins_over_the_guess() -> None:
    swapped = edited("        - Seller", "        - ZZ").replace("column: Seller", "column: YY")
    swapped = swapped.replace("- Buyer", "- Seller").replace("column: Buyer", "column: Seller")
    swapped = swapped.replace("- ZZ", "- Buyer").replace("column: YY", "column: Buyer")
    headings = "    headings:\n    - Date\n    - Seller\n    - Buyer\n"
    start = swapped.index("    headings:")
    swapped = swapped[:start] + headings + swapped[swapped.index("    - Goods", start) :]
    mapping = read_mapping("harbour.yml", swapped)
    records = table_records(ROWS, mappings=[mapping])
    first = next(one for one in records if isinstance(one, Claim))
    assert names(first)["supplier"] == "Veld Port"
    assert (mapping_of(records).source, first.made_by.score) == ("file", 1.0)


def test_a_file_without_queries_makes_tables_give_nothing() -> None:
    text = edited("queries:", "was:").split("  was:")[0] + "  queries: []\n"
    records = table_records(ROWS, mappings=[read_mapping("harbour.yml", text)])
    assert [one for one in records if isinstance(one, Claim)] == []
    assert mapping_of(records).state == "none"


def test_a_name_that_a_file_gives_must_stand_in_the_document() -> None:
    text = edited("            column: Seller", "            literal: Kern & Sons")
    mapping = read_mapping("harbour.yml", text)
    assert mapping.rules[0].sources["supplier"] == Source(literals=("Kern & Sons",))
    records = table_records(ROWS, mappings=[mapping])
    code = "attribute.table-row"
    lost = "the name that the mapping gives does not stand in the document"
    assert problems(records) == [(code, f"row 2: {lost}"), (code, f"row 3: {lost}")]
    there = table_records(ROWS, above=["Kern & Sons"], mappings=[mapping])
    assert {names(one)["supplier"] for one in there if isinstance(one, Claim)} == {"Kern & Sons"}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("column: Goods", "column: Wares", "'Wares' is none of the headings"),
        ("schema: EconomicActivity", "schema: Adventure", "a query must have one entity that is one of"),
        ("goodsDescription", "goods", "EconomicActivity has no 'goods'; it has"),
        ("entity: supplier", "entity: nobody", "sender must name one of the query's entities"),
        ("column: Qty", "template: '{{Qty}}'", "a template makes words that stand nowhere"),
        ("    entities:", "    entries:", "a query has no 'entries'; it has"),
        (
            "      quantity:",
            "      colour:",
            "EconomicActivity takes currency, quantity, transport, unit here",
        ),
        ("schema: LegalEntity", "schema: legal", "'legal' is no schema of FollowTheMoney"),
        ("keys:", "kept:", "an entity has no 'kept'"),
        ("  queries:", "  questions:", "there must be a list of `queries`"),
        ("headings:", "heads:", "`casegraph: headings:` must list the headings"),
        ("column: Goods", "column: [", "expected"),
    ],
)
def test_complaints_name_the_file_and_the_line(old: str, new: str, words: str) -> None:
    with pytest.raises(SettingsError, match=r"^mappings/harbour\.yml, line \d+: ") as caught:
        read_mapping("harbour.yml", edited(old, new))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "- 1\n", "a: b\n", "a: {queries: 7}\n", "{", "a: &x [*x]\n", "\t"])
def test_what_is_no_mapping_is_told_in_a_line(text: str) -> None:
    with pytest.raises(SettingsError, match=r"^mappings/x\.yml"):
        read_mapping("x.yml", text)


CONTRACTS = [
    ["Contract no.", "Contracting authority", "Contractor", "Subject matter", "Contract price (EUR)"],
    ["7/21", "Veld Port Ltd", "Orlan Works Ltd", "Dredging", "120,000.00"],
    ["9/21", "Veld Port Ltd", "Harrow Marine Ltd", "Quay lights", "8,500.00"],
]
CREW = [
    ["Employer", "Surname", "First name", "Rank", "Joined"],
    ["Harrow Marine Ltd", "Kern", "Anna", "Mate", "2020-03-01"],
    ["Harrow Marine Ltd", "Wren", "Otto", "Bosun", "2021-04-02"],
]


@pytest.mark.parametrize("rows", [CONTRACTS, CREW])
def test_roles_behind_another_entity_and_joined_names_come_back(rows: list[list[str]]) -> None:
    one = mapping_of(table_records(rows))
    assert one.state == "mapped"
    assert read_mapping("x.yml", write_mapping(one, "x")).rules == one.rules


def test_a_contract_is_an_award_whose_contract_has_the_buyer() -> None:
    data = yaml.safe_load(write_mapping(mapping_of(table_records(CONTRACTS)), "x"))
    entities = data["x"]["queries"][0]["entities"]
    assert entities["contract"]["schema"] == "ContractAward"
    assert entities["contract"]["properties"]["contract"] == {"entity": "subject"}
    assert entities["subject"]["properties"]["authority"] == {"entity": "buyer"}


def test_a_name_in_two_columns_is_joined() -> None:
    data = yaml.safe_load(write_mapping(mapping_of(table_records(CREW)), "x"))
    person = data["x"]["queries"][0]["entities"]["person"]
    assert person["properties"]["name"] == {"columns": ["Surname", "First name"], "join": " "}
