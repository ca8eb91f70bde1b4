from __future__ import annotations

from casegraph.settings import Publisher
from casegraph.trace import Families, House, Houses
from casegraph.trace.imprints import imprints
from tests.trace.making import parsed

TABLE = (
    Publisher(name="The Calder Post", names=("post.example", "Calder Post Weekend"), owner="Calder Media"),
    Publisher(name="Harbour Echo", owner="Calder Media"),
    Publisher(name="Quay Mirror", partner="Harbour Echo", kind="mirror"),
    Publisher(name="Coastal Mail"),
)


def test_outlets_go_by_all_their_names_and_hosts() -> None:
    table = Families(TABLE)
    names = ("Calder Post", "THE CALDER POST", "post.example", "news.post.example", "Calder Post Weekend")
    assert {table.outlet(name) for name in names} == {table.outlet("The Calder Post")}
    assert table.outlet(None) is None
    assert table.outlet("…") is None


def test_one_owner_makes_one_family_and_so_does_a_mirror() -> None:
    table = Families(TABLE)
    assert table.together("The Calder Post", "Harbour Echo")
    assert table.together("Quay Mirror", "post.example")
    assert not table.together("Coastal Mail", "Harbour Echo")
    assert not table.together(None, None)
    assert table.kind("Quay Mirror") == "mirror"
    assert "case.toml" in str(table.why("Quay Mirror", "The Calder Post"))
    assert table.why("Coastal Mail", "Harbour Echo") is None


def test_agencies_are_known_in_three_languages() -> None:
    table = Families()
    assert len({table.outlet(name) for name in ("Reuters", "Рейтер", "路透社", "www.reuters.com")}) == 1
    assert table.kind("新华社") == "agency"
    assert table.kind("Coastal Mail") == "outlet"


def learned(*given: tuple[str, str, str]) -> Families:
    made = [
        parsed(f"Title {number}\n\nWords.", outlet=outlet, url=url, foot=foot)
        for number, (outlet, url, foot) in enumerate(given)
    ]
    houses = Houses(
        House(said.part, said.whole, said.words) for one in made for said in imprints(one.document, one.pages)
    )
    return Families().learned((one.document for one in made), houses)


def test_what_pages_say_of_themselves() -> None:
    table = learned(
        ("Harbour Echo", "https://echo.example/1", "Harbour Echo is part of Calder Media Group."),
        ("Quay News", "https://quay.example/1", "© 2024 Calder Media Group. All rights reserved."),
        ("Гавань", "https://gavan.example/1", "Учредитель: Береговой дом"),
        ("Причал", "https://prichal.example/1", "«Причал» — проект «Береговой дом»"),
        ("Coastal Mail", "https://mail.example/1", "© Coastal Mail"),
    )
    assert table.together("Harbour Echo", "Quay News")
    assert table.together("Гавань", "Причал")
    assert not table.together("Coastal Mail", "Quay News")
    assert "Calder Media Group" in str(table.why("Harbour Echo", "Quay News"))


def test_whose_an_outlet_is_goes_up_to_the_end_and_most_pages_are_believed() -> None:
    said = [
        House("Harbour Echo", "Calder Press", "Harbour Echo is part of Calder Press"),
        House("Harbour Echo", "Calder Press", "Harbour Echo, a Calder Press publication"),
        House("Harbour Echo", "Quay Group", "© Quay Group"),
        House("Calder Press", "Calder Holding", "© Calder Holding"),
        House("Calder Holding", "Harbour Echo", "© Harbour Echo"),
    ]
    chain = Houses(said).above("HARBOUR ECHO")
    assert [one.whole for one in chain] == ["Calder Press", "Calder Holding", "Harbour Echo"]
    assert Houses(reversed(said)).above("Harbour Echo") == chain
    assert Houses(said).above(None) == Houses([]).above("Harbour Echo") == ()


def test_credit_for_a_text_makes_no_owner() -> None:
    table = learned(
        ("Quay News", "https://quay.example/1", "© Reuters"),
        ("Tidal Courier", "https://tidal.example/1", "First published by The Calder Wire."),
        ("Coastal Mail", "https://mail.example/1", "Printed and published by Calder Press"),
    )
    assert not table.together("Quay News", "Reuters")
    assert not table.together("Tidal Courier", "The Calder Wire")
    assert table.together("Coastal Mail", "Calder Press")


def test_short_and_declined_names_are_learned() -> None:
    table = learned(
        ("Harrow Press Agency", "https://www.hpa.example/1", ""),
        ("Заречный вестник", "https://vestnik.example/1", ""),
        ("Corvane News Service", "https://corvane.example/1", ""),
        ("泸河通讯社", "https://luhe.example/1", ""),
    )
    assert table.outlet("HPA") == table.outlet("Harrow Press Agency") == table.outlet("hpa.example")
    assert table.outlet("Заречному вестнику") == table.outlet("Заречный вестник")
    assert table.outlet("Corvane") == table.outlet("Corvane News Service")
    assert table.outlet("泸河社") == table.outlet("泸河通讯社")
    assert table.kind("HPA") == "agency"


def test_a_host_is_his_whose_name_it_bears_though_others_give_it_as_their_canonical_address() -> None:
    table = learned(
        ("Station Seven", "https://www.hpa.example/1", ""),
        ("Harrow Press Agency", "https://www.hpa.example/1", ""),
        ("Daily Whistle", "https://www.hpa.example/1", ""),
        ("Daily Whistle", "https://www.hpa.example/2", ""),
    )
    assert table.outlet("hpa.example") == table.outlet("Harrow Press Agency")


def test_what_the_user_says_comes_first_and_no_circle_is_closed() -> None:
    table = Families((Publisher(name="A Post", owner="B Group"), Publisher(name="B Group", owner="A Post")))
    assert table.together("A Post", "B Group")
    assert table.family("A Post") == table.family("B Group")
