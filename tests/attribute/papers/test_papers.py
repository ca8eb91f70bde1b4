"""Contracts, letters and minutes: their forms give relations, their terms stand for the parties."""

from __future__ import annotations

import pytest

from casegraph.attribute.base import Filler, Relation
from casegraph.attribute.papers import Papers
from casegraph.gates.gold import GoldItem, gold_pages
from casegraph.model import Page
from tests.endless import ends


def _page(text: str, language: str) -> Page:
    return gold_pages(GoldItem(f"{language}-x", "made", text, (), language=language)).pages[0]


def _said(text: str, language: str) -> set[tuple[str, ...]]:
    found = Papers(language).read(_page(text, language), [], [])
    return {(r.kind, *(p.name for p in r.roles.values() if isinstance(p, Filler))) for r in found} | {
        ("event", *(p.name for p in part))
        for r in found
        for part in r.roles.values()
        if isinstance(part, tuple)
    }


def test_terms_stand_for_parties_in_duties() -> None:
    """The duty of a contract is between the firms that its terms name."""
    text = (
        'Halden Pumps Ltd ("the Supplier"), represented by its Director Erik Moen, '
        'and Veld Port Ltd ("the Buyer").'
        "\n\nThe Supplier shall deliver to the Buyer seven cranes."
    )
    assert _said(text, "en") == {
        ("contract", "Veld Port Ltd", "Halden Pumps Ltd"),
        ("delivery", "Halden Pumps Ltd", "Veld Port Ltd", "cranes"),
        ("directorship", "Erik Moen", "Halden Pumps Ltd"),
    }


def test_requisites_and_signatures_in_russian() -> None:
    """A party's heading holds for address, post and signature below it."""
    text = (
        "Продавец: ООО «Аметист»\nАдрес: г. Тула, ул. Оружейная, 1\nДиректор: Чуйкин Е. Р.\n"
        "Покупатель: АО «Ковыль»\nПрезидент ________ Ганина О. М."
    )
    assert _said(text, "ru") == {
        ("contract", "АО «Ковыль»", "ООО «Аметист»"),
        ("presence", "ООО «Аметист»", "г. Тула, ул. Оружейная, 1"),
        ("directorship", "Чуйкин Е. Р.", "ООО «Аметист»"),
        ("directorship", "Ганина О. М.", "АО «Ковыль»"),
    }


def test_chinese_labels() -> None:
    """The same code reads Chinese labels."""
    text = "甲方（买方）：青岛远航物流有限公司\n法定代表人：孙志刚\n乙方（卖方）：苏州明德电子有限公司"
    assert _said(text, "zh") == {
        ("contract", "青岛远航物流有限公司", "苏州明德电子有限公司"),
        ("directorship", "孙志刚", "青岛远航物流有限公司"),
    }


def test_lists_of_goods_and_of_people() -> None:
    """Lines of goods are deliveries between the sides; who was present met."""
    goods = "Seller: Dravik Steel AS\nBuyer: Hollin Works Ltd\n\n1. Anchor chains - 30 pcs"
    assert ("delivery", "Dravik Steel AS", "Hollin Works Ltd", "Anchor chains") in _said(goods, "en")
    met = "Present: Alan Rook, Denise Pell, Victor Sand"
    assert ("event", "Alan Rook", "Denise Pell", "Victor Sand") in _said(met, "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The lift will be out of service on Friday. Please use the stairs.", "en"),
        ("Прошу предоставить мне отпуск с 1 июня на 14 дней.", "ru"),
        ("食堂明天停止营业。", "zh"),
        ("", "en"),
        (": : :\n:::\n\u2028", "ru"),
    ],
)
def test_nothing_is_made_of_nothing(text: str, language: str) -> None:
    """No form, no relation."""
    assert _said(text, language) == set()


def test_a_language_without_forms_keeps_its_prose() -> None:
    """What the grammar found goes through unchanged."""
    one = Relation("link", {"subject": Filler(0, 1, "A"), "object": Filler(2, 3, "B")}, (0, 1), (0, 3))
    assert Papers("xx").read(_page("A B", "en"), [], [one]) == [one]


@pytest.mark.parametrize(
    "text",
    [
        "Alpha Beta Gamma Delta " * 4000,
        'Sable Ltd ("the Supplier") ' * 1500,
        "(hereinafter " * 4000,
        "1. " + "9 " * 9000,
    ],
)
def test_no_pattern_runs_away(text: str) -> None:
    with ends():
        assert Papers("en").read(_page(text, "en"), [], []) is not None
