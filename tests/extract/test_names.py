from __future__ import annotations

import pytest

from tests.extract.made import mentions, names


@pytest.mark.parametrize(
    ("text", "name", "schema"),
    [
        ("Harrow Marine Ltd sold it.", "Harrow Marine Ltd", "Company"),
        ("It was sold by Linbo Precision Co., Ltd in May.", "Linbo Precision Co., Ltd", "Company"),
        ("JSC Zarnitsa built it.", "JSC Zarnitsa", "Company"),
        ("Nordhavn Shipping A/S registered it.", "Nordhavn Shipping A/S", "Company"),
        ("He owns Brask Aero GmbH.", "Brask Aero GmbH", "Company"),
        ("Orlan Works paid for it.", "Orlan Works", "Company"),
        ("Quint & Marlow LLP advised them.", "Quint & Marlow LLP", "Company"),
        ("The weapons company Almet-Varga denied it.", "Almet-Varga", "Company"),
        ("The Ministry of Industry and Trade confirmed it.", "Ministry of Industry and Trade", "PublicBody"),
        ("The Veld Port Authority leased it.", "Veld Port Authority", "PublicBody"),
        ("The Supreme Court rejected it.", "Supreme Court", "PublicBody"),
        ("The Delta News Agency confirmed it.", "Delta News Agency", "Organization"),
        ("He told the Northern Wire news agency.", "Northern Wire", "Organization"),
        ("She told the Sunday Ledger so.", "Sunday Ledger", "Organization"),
        ("The University of Veldstad closed.", "University of Veldstad", "Organization"),
        ("The Battle of Karst Ridge ended.", "Battle of Karst Ridge", "Event"),
        ("The Export Control Act bars it.", "Export Control Act", "Thing"),
        ("Project Lantern began.", "Project Lantern", "Project"),
        ("The KX-200 engine failed.", "KX-200", "Asset"),
        ("The MQ7 Harrier Hawk drone crashed.", "MQ7 Harrier Hawk", "Asset"),
        ("They bought three Veldair 737 aircraft.", "Veldair 737", "Asset"),
        ("The crew left the MV Saltwind.", "MV Saltwind", "Asset"),
        ("Seven crates left Varna aboard the Polar Finch.", "Polar Finch", "Asset"),
        ("The inspectors went on board the Amber Heron in May.", "Amber Heron", "Asset"),
        ("Gen. Pavel Dorn told them.", "Pavel Dorn", "Person"),
        ("Interior Minister Oleg Strand said so.", "Oleg Strand", "Person"),
        ("Ilse Van Houten chairs the board.", "Ilse Van Houten", "Person"),
        ("They met President Omar al-Rashad there.", "Omar al-Rashad", "Person"),
        ("Zhao Lirong owns it.", "Zhao Lirong", "Person"),
        ("The minister for the Middle East Tobias Ellery confirmed it.", "Tobias Ellery", "Person"),
        ("The families who stayed in Talmira fled.", "Talmira", "Address"),
    ],
)
def test_a_name_has_its_schema(text: str, name: str, schema: str) -> None:
    assert names(text).get(name) == schema


@pytest.mark.parametrize(
    ("text", "name", "schema", "country"),
    [
        (
            "Russia\u2019s defense ministry has not commented.",
            "Russia\u2019s defense ministry",
            "PublicBody",
            "ru",
        ),
        ("The US State Department imposed it.", "US State Department", "PublicBody", "us"),
        ("The Chinese Foreign Ministry denied it.", "Chinese Foreign Ministry", "PublicBody", "cn"),
        (
            "Germany's Federal Network Agency looks into it.",
            "Germany's Federal Network Agency",
            "PublicBody",
            "de",
        ),
        ("The Foreign Office summoned him.", "Foreign Office", "PublicBody", "gb"),
        ("It lies in Western Russia.", "Western Russia", "Address", "ru"),
        ("It sailed from Dalian.", "Dalian", "Address", "cn"),
        ("Turkish firms did it.", "Turkish", "Thing", "tr"),
        ("It left for Crimea.", "Crimea", "Address", "ua"),
    ],
)
def test_a_place_or_body_has_its_country(text: str, name: str, schema: str, country: str) -> None:
    found = {one.name: (one.schema, one.country) for one in mentions(text, "name")}
    assert found.get(name) == (schema, country)


def test_two_presidents_are_two_persons() -> None:
    assert names("Presidents Marek and Oyelaran met.") == {"Marek": "Person", "Oyelaran": "Person"}


def test_an_abbreviation_in_brackets_is_a_name_of_its_own() -> None:
    found = names("The aircraft, called the Strizh-4 (S4), flew. The Orlan Works Corporation (OWC) built it.")
    assert found == {
        "Strizh-4": "Asset",
        "S4": "Asset",
        "Orlan Works Corporation": "Company",
        "OWC": "Company",
    }


def test_a_short_name_has_the_schema_of_the_full_one() -> None:
    found = names(
        "IVRZ Kolos, a subsidiary of the state-owned company Varga-Met, bought it.\n\n"
        "Kolos denied that. Anna Kern of Harrow Marine Ltd did not.\n\nKern said that Harrow was sold."
    )
    assert found["IVRZ Kolos"] == found["Kolos"] == found["Harrow"] == "Company"
    assert found["Anna Kern"] == found["Kern"] == "Person"


def test_a_headline_takes_only_names_that_are_sure() -> None:
    text = "Leaks Show Russia Has Secret Project To Buy Drones From Harrow Marine: Report"
    assert names(text, role="title") == {"Russia": "Address"}
    body = f"{text}\n\nThe firm Harrow Marine Ltd denied it."
    assert names(body) == {"Russia": "Address", "Harrow Marine": "Company", "Harrow Marine Ltd": "Company"}


def test_a_byline_names_a_person() -> None:
    assert names("By Tilda Varnholt", role="byline") == {"Tilda Varnholt": "Person"}


def test_a_table_cell_is_searched_without_a_parse() -> None:
    found = names("Harrow Marine Ltd | Riga, Latvia | IMO 9074729", role="table")
    assert found["Harrow Marine Ltd"] == "Company"
    assert found["Latvia"] == "Address"


def test_a_name_ends_with_its_cell() -> None:
    assert "Harrow Marine Ltd" in names("Claimant\tHarrow Marine Ltd\tVarna")


def test_an_apostrophe_of_another_kind_is_folded_in_the_normal_form() -> None:
    [found] = mentions("Russia\u2019s defense ministry is silent.", "name")
    assert found.normal == "Russia's defense ministry"


@pytest.mark.parametrize(
    "text",
    [
        "The weather stayed cold and wet.",
        "Nobody at the company answered the phone.",
        "Critics say that Section 7 is too weak.",
        "Yesterday, officials declined to comment.",
    ],
)
def test_common_words_are_no_names(text: str) -> None:
    assert names(text) == {}
