"""Identifiers in three languages: what a word names, what a check refuses, what is nobody's business."""

from __future__ import annotations

import msgspec
import pytest

from casegraph.extract import STAGE
from casegraph.extract.identifiers import checks, failing, identifiers
from casegraph.model import SENSITIVE, Cell, Mention, Pages, Problem, Table, masked
from tests.extract.made import unit


def kinds(text: str, language: str = "ru") -> list[tuple[str, str]]:
    """Return words and kind of each identifier; of two that overlap the first, as the stage does."""
    found: list[tuple[int, int, str]] = []
    for start, end, kind, _ in identifiers(text, language):
        if all(end <= one[0] or one[1] <= start for one in found):
            found.append((start, end, kind))
    return [(text[start:end], kind) for start, end, kind in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ИНН/КПП 9923305544/990101264", [("9923305544", "inn"), ("990101264", "kpp")]),
        ("инн 9923305544", [("9923305544", "inn")]),
        ("ИНН/КПП получателя 9923305544/990101264", [("9923305544", "inn"), ("990101264", "kpp")]),
        ("Паспорт РФ: 4509 № 123456", [("4509 № 123456", "passport")]),
        ("VIN XTA210930Y1234567", [("XTA210930Y1234567", "vin")]),
        ("участок 77:01:0001001:1234", [("77:01:0001001:1234", "cadastre")]),
        ("лицензия ЦБ № 1481", [("1481", "licence")]),
        ("ИНН должника — 9923305544.", [("9923305544", "inn")]),
        ("ОГРН 1099942414241", [("1099942414241", "ogrn")]),
        ("паспорт серии 45 12 № 345678 выдан", [("45 12 № 345678", "passport")]),
        ("паспорт гражданина РФ 4512 345678", [("4512 345678", "passport")]),
        ("СНИЛС 112-233-445 95", [("112-233-445 95", "snils")]),
        ("код ТН ВЭД ЕАЭС 8526 92 000 8", [("8526 92 000 8", "hs")]),
        ("договор поставки от 12.03.2021 г. № ВТ-2021/15", [("ВТ-2021/15", "contract")]),
        ("приложение к договору между сторонами №18/04.", [("18/04", "contract")]),
        ("по делу № А40-12345/2021", [("А40-12345/2021", "case")]),
        ("Тел. 8 (495) 123-45-67", [("8 (495) 123-45-67", "phone")]),
        ("контейнер МSСU 6639871", []),  # a letter beyond the look-alikes
        ("контейнер МSСU 6639870", [("МSСU 6639870", "container")]),  # typed with Cyrillic М and С
        ("Завод № 7, школа № 12, дом № 45", []),
        ("договор с заводом № 7", []),
        ("ИНН не указан, сумма 9923305545 рублей", []),
    ],
)
def test_russian_words_name_numbers(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("统一社会信用代码：91990000TABX38KLDR", [("91990000TABX38KLDR", "uscc")]),
        ("身份证号码11010119800101100X。", []),
        ("开户行及账号：北方银行6222 0200 1234 5678 901", [("6222 0200 1234 5678 901", "account")]),
        ("（2021）京0105民初12345号判决", [("（2021）京0105民初12345号", "case")]),
        ("电话：010-55550123", [("010-55550123", "phone")]),
        ("ＨＳ编码：８５４２．３１", []),  # full-width letters are not the Latin ones
        ("海关编码８５４２.３１", [("８５４２.３１", "hs")]),
        ("护照No. E12345678", [("E12345678", "passport")]),
        ("根据国发〔2021〕5号文件", [("国发〔2021〕5号", "document")]),
        ("护照和身份证都在。", []),
    ],
)
def test_chinese_words_name_numbers(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text, "zh") == expected


def test_a_passport_is_its_figures_and_a_licence_keeps_its_letters() -> None:
    normals = [
        normal
        for _, _, _, normal in identifiers("паспорт 4509 № 123456; водительское удостоверение 77 УН 123456")
    ]
    assert normals[:2] == ["4509123456", "77YH123456"]


def test_american_references() -> None:
    text = "under contract dated 1 March 2021 No. 17/21, B/L No. QZQ2203117, case 2:21-cv-01234"
    assert set(kinds(text, "en")) == {
        ("17/21", "contract"),
        ("QZQ2203117", "waybill"),
        ("2:21-cv-01234", "case"),
    }


def test_one_word_names_several_numbers() -> None:
    found = kinds("HS codes 8541.10, 8542.32 and 8526.91 are listed.", "en")
    assert found == [("8541.10", "hs"), ("8542.32", "hs"), ("8526.91", "hs")]


def test_an_account_goes_with_its_bank() -> None:
    account, bank = "40702810581965578514", "049999008"
    assert checks.is_account(account, bank)
    assert kinds(f"р/с {account}, БИК {bank}")[0] == (account, "account")
    wrong = account[:8] + str((int(account[8]) + 1) % 10) + account[9:]
    assert [one.normal for one in failing(f"р/с {wrong}, БИК {bank}")] == [wrong]
    assert kinds(f"р/с {wrong}, БИК {bank}") == [(bank, "bik")]
    assert kinds(f"р/с {wrong}") == [(wrong, "account")]  # no bank, no check


@pytest.mark.parametrize(
    ("text", "kind"),
    [("ИНН 9923305545", "inn"), ("СНИЛС 112-233-445 96", "snils"), ("LEI 99990000000000000000", "lei")],
)
def test_a_number_that_fails_its_check_is_no_identifier_but_a_problem(text: str, kind: str) -> None:
    records = list(STAGE.run(unit(f"{text} in the register.")))
    assert not [one for one in records if isinstance(one, Mention)]
    [problem] = [one for one in records if isinstance(one, Problem)]
    assert problem.code == "extract.identifier-check-fails"
    assert problem.detail.startswith(f"page 1: {kind} ")


def test_what_is_sensitive_is_masked_in_problems_and_flagged_in_mentions() -> None:
    records = list(STAGE.run(unit("Passport no. 71 1234567; SNILS 112-233-445 96; INN 9923305544.")))
    found = [one for one in records if isinstance(one, Mention) and one.kind == "identifier"]
    flagged = {one.name: one.sensitive for one in found}
    assert flagged == {"71 1234567": True, "9923305544": False}
    [problem] = [one for one in records if isinstance(one, Problem)]
    assert "112" not in problem.detail
    assert masked("71 1234567") == "•• •••••67"
    assert {"passport", "snils", "resident", "personal-account"} <= SENSITIVE


def test_a_cell_takes_its_kind_from_its_heading_or_the_cell_beside_it() -> None:
    text = "Фирма\tИНН\nДальтраст\t9923305544\n\nБИК\t049999008"
    pages = unit(text, role="table", language="ru")
    cells = [(0, 0, 0, 5), (0, 1, 6, 9), (1, 0, 10, 19), (1, 1, 20, 30)]
    table = Table(
        id="t", document=pages.document.id, page=1, number=1, start=0, end=30, rows=2, columns=2, header=(0,),
        headings=("Фирма", "ИНН"), cells=tuple(Cell(row=r, column=c, start=a, end=b) for r, c, a, b in cells),
    )  # fmt: skip
    found = list(STAGE.run(Pages(document=pages.document, pages=pages.pages, tables=(table,))))
    detectors = {one.name: one.detector for one in found if isinstance(one, Mention)}
    assert detectors["9923305544"] == "identifiers:inn"
    assert detectors["049999008"] == "identifiers:bik"
    alone = msgspec.structs.replace(pages, tables=())
    assert "9923305544" not in {one.name for one in STAGE.run(alone) if isinstance(one, Mention)}


def test_checks_of_registers() -> None:
    assert checks.is_okpo("00032537")  # the central bank's
    assert not checks.is_okpo("00032538")
    assert checks.is_kazakh("990240004569")
    assert not checks.is_kazakh("990240004568")
    assert not checks.is_goods_code("7700.10")
    assert not checks.is_bic("AAAAZZAA")
