from __future__ import annotations

import pytest

from casegraph.trace.credits import credits_of
from tests.trace.making import parsed

Found = set[tuple[str, str | None, bool]]


def found(text: str, **given: object) -> Found:
    one = parsed(text, **given)  # type: ignore[arg-type]  # handed on
    return {(credit.kind, credit.name, credit.whole) for credit in credits_of(one.document, one.pages)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ship seized\n\nNORTHPORT, Nov 3 (Reuters) - Officers seized a ship.",
            ("dateline", "Reuters", True),
        ),
        ("Ship seized\n\nNORTHPORT (AP) — Officers seized a ship.", ("dateline", "Associated Press", True)),
        ("Судно\n\nНОРТПОРТ, 3 ноября. /ТАСС/. Судно задержано.", ("dateline", "TASS", True)),
        ("Судно\n\nНОРТПОРТ, 3 ноя — РИА Новости. Судно задержано.", ("dateline", "RIA Novosti", True)),
        ("货轮被扣\n\n新华社诺斯港11月3日电（记者李明）货轮被扣押。", ("dateline", "Xinhua", True)),
        ("Ship seized\n\nOfficers seized a ship on Sunday. (Reuters)", ("agency-tag", "Reuters", True)),
        ("货轮被扣\n\n货轮周日被扣押。（新华社）", ("agency-tag", "Xinhua", True)),
        ("Ship seized\n\nA ship was seized, Reuters reported on Sunday.", ("sentence", "Reuters", False)),
        (
            "Ship\n\nA ship was seized, the Northport Courier reported.",
            ("sentence", "Northport Courier", False),
        ),
        ("Ship\n\nPapers were forged, two officials told Reuters.", ("sentence", "Reuters", False)),
        ("Ship\n\nA ship was seized, the Kommersant daily reported.", ("sentence", "Kommersant", False)),
        (
            "Ship\n\nAs first reported by Harbour Weekly, the ship left.",
            ("sentence", "Harbour Weekly", False),
        ),
        ("Судно\n\nСудно задержано, сообщает Reuters.", ("sentence", "Reuters", False)),
        ("Судно\n\nСудно задержано, пишет «Портовый вестник».", ("sentence", "Портовый вестник", False)),
        ("Судно\n\nОб этом сообщает ТАСС со ссылкой на таможню.", ("sentence", "TASS", False)),
        ("Судно\n\nКак пишет газета «Гавань», судно ушло.", ("sentence", "Гавань", False)),
        ("货轮\n\n据路透社报道，货轮被扣押。", ("sentence", "Reuters", False)),
        ("货轮\n\n《港口日报》报道称，货轮被扣押。", ("sentence", "港口日报", False)),
        (
            "Ship\n\nA ship.\n\nThis article was originally published by The Harbour Desk.",
            ("syndication", "Harbour Desk", True),
        ),
        ("Судно\n\nСудно.\n\nИсточник: «Гавань»", ("syndication", "Гавань", True)),
        ("货轮\n\n货轮。\n\n本文转载自港口网", ("syndication", "港口网", True)),
        ("货轮\n\n货轮。\n\n来源：新华社", ("syndication", "Xinhua", True)),
    ],
)  # fmt: skip
def test_credits_are_found(text: str, expected: tuple[str, str, bool]) -> None:
    assert expected in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ship\n\nMary Orr reported the theft to the police on Sunday.",
        "Ship\n\nThe mayor told reporters that the ship had left (see map).",
        "Судно\n\nКак сообщил Пётр Орлов, судно ушло в море.",
        "Судно\n\nМинистр рассказал журналистам о судне.",
        "货轮\n\n港口副主任李明说，货轮已经离开。",
        "Contract\n\nThe Seller shall deliver the goods (Annex A) — see Article 5.",
        "Ship\n\nA ship was seized, a British newspaper reported on Monday.",
        "Ship\n\nPapers were forged, according to a leading London newspaper.",
        "Ship\n\nA ship was seized. The newspaper quoted two officials.",
    ],
)
def test_people_and_sections_are_no_outlets(text: str) -> None:
    assert found(text) == set()


def test_a_link_in_the_story_is_a_credit_and_one_in_the_menu_is_not() -> None:
    links = [("https://a.example/1", "a report"), ("https://b.example/2", "Sport")]
    one = parsed("Ship\n\nA ship was seized, according to a report of Sunday.", links=links)
    assert [(credit.kind, credit.url) for credit in credits_of(one.document, one.pages)] == [
        ("link", "https://a.example/1")
    ]


def test_a_credit_stands_where_it_says() -> None:
    one = parsed("Ship seized\n\nNORTHPORT, Nov 3 (Reuters) - Officers seized a ship.")
    (credit,) = credits_of(one.document, one.pages)
    assert credit.target is not None
    assert one.pages[0].text[credit.target.start : credit.target.end] == credit.target.exact == "Reuters"
