from __future__ import annotations

import pytest

from casegraph.text.tables.days import find_days, month_is_first, read_days
from casegraph.text.tables.facts import read_facts
from casegraph.text.tables.figures import comma_is_decimal, plain, read_figure
from casegraph.text.tables.headings import is_total, is_void, measure_of, read_heading
from casegraph.text.tables.parties import organisation_in, party_in, schema_of


@pytest.mark.parametrize(
    ("words", "comma", "value"),
    [
        ("1,200.00", False, "1200"),
        ("1 240,5", True, "1240.5"),
        ("12.345.678,90", True, "12345678.9"),
        ("1'234.50", False, "1234.5"),
        ("1240.50", True, "1240.5"),
        ("(1,100.00)", False, "-1100"),
        ("-12", False, "-12"),
        ("−12", False, "-12"),
        ("12-", False, "-12"),
        ("5万元", False, "50000"),
        ("１２３", False, "123"),
        ("$1.5m", False, "1500000"),
        ("12 тыс. руб.", True, "12000"),
    ],
)
def test_figures_are_read_as_written(words: str, comma: bool, value: str) -> None:  # noqa: FBT001 - a table
    figure = read_figure(words, comma=comma)
    assert figure is not None
    assert plain(figure.value) == value


@pytest.mark.parametrize(
    "words", ["12.02.2020", "06:10", "2:1", "0101", "10702070/150322/0091144", "abc", "", "1 23 4", "()"]
)
def test_what_is_no_figure_stays_words(words: str) -> None:
    assert read_figure(words) is None
    assert read_figure(words, comma=True) is None


def test_marks_beside_figures() -> None:
    euros, pieces, share = read_figure("€ 5.20"), read_figure("200个"), read_figure("75 %")
    assert (euros and euros.currency, pieces and pieces.unit, share and share.percent) == (
        "EUR",
        "item",
        True,
    )
    interval, least = read_figure("25-50%"), read_figure("≥ 25%")
    assert interval is not None
    assert interval.high is not None
    assert (int(interval.value), int(interval.high)) == (25, 50)
    assert least is not None
    assert least.bound == "least"


def test_a_column_tells_its_decimal_sign() -> None:
    assert comma_is_decimal(["1.234,50", "7"], "en")
    assert not comma_is_decimal(["1,234.50", "1,234"], "ru")
    assert comma_is_decimal(["1,234"], "ru")
    assert not comma_is_decimal(["1,234"], "zh")


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("2024-02-27", "2024-02-27"), ("15.03.2022", "2022-03-15"), ("2017.08.01", "2017-08-01"),
        ("3 May 2022", "2022-05-03"), ("12-Jan-2018", "2018-01-12"), ("March 14, 2024", "2024-03-14"),
        ("5 декабря 2023 г.", "2023-12-05"), ("2024年2月27日", "2024-02-27"), ("30/11/2020", "2020-11-30"),
        ("2024-01-02T10:20", "2024-01-02T10:20"),
    ],
)  # fmt: skip
def test_days_of_three_languages(words: str, start: str) -> None:
    days = read_days(words)
    assert days is not None
    assert days.start == start


def test_a_day_that_could_be_two_is_none_until_the_column_tells() -> None:
    assert read_days("03/04/2024") is None
    assert month_is_first(["03/04/2024", "25/04/2024"]) is False
    assert month_is_first(["03/04/2024", "04/25/2024"]) is True
    assert month_is_first(["03/04/2024"]) is None
    american = read_days("03/04/2024", month_first=True)
    assert american is not None
    assert american.start == "2024-03-04"
    assert read_days("31.02.2024") is None


def test_months_and_years_are_no_single_days() -> None:
    month, year = read_days("May 2022"), read_days("2021")
    assert month is not None
    assert year is not None
    assert (month.start, month.end, month.whole) == ("2022-05-01", "2022-06-01", False)
    assert (year.start, year.end, year.whole) == ("2021-01-01", "2022-01-01", False)


def test_a_day_within_a_line() -> None:
    found = find_days("Invoice 77 of 11 April 2022, page 1")
    assert found is not None
    assert found[2].start == "2022-04-11"
    assert find_days("Invoice 77") is None


@pytest.mark.parametrize(
    ("heading", "concept"),
    [
        ("Consignee", "recipient"), ("exporter_name", "supplier"), ("BeneficiaryIBAN", "beneficiary.account"),
        ("ИНН плательщика", "payer.id"), ("Вес нетто, кг (гр.38)", "weight"),
        ("Страна происхождения", "origin"), ("Payer/payee", "counterparty"),
        ("数量（台）", "quantity"), ("金额（万元）", "amount"), ("境内发货人", "supplier"),
        ("Unit price", "price"), ("Дата приёма", "start"), ("Наименование товаров", "goods"),
    ],
)  # fmt: skip
def test_headings_of_three_languages(heading: str, concept: str) -> None:
    assert read_heading(heading).best() == concept


@pytest.mark.parametrize("heading", ["", "Lorem", "№", "2021", "Приоритет", "备用", "x" * 500, "(((", "%"])
def test_unknown_headings_mean_nothing(heading: str) -> None:
    assert read_heading(heading).concepts == {}


def test_units_in_headings() -> None:
    thousands, han = read_heading("Сумма, тыс. руб.").measure, read_heading("金额（万元）").measure
    assert (thousands.factor, thousands.currency) == (1000, "RUB")
    assert (han.factor, han.currency) == (10000, "CNY")
    assert read_heading("net_weight_kg").measure.unit == "kg"
    assert read_heading("Number of units").measure.unit is None
    millions = measure_of("USD million")
    assert millions is not None
    assert (millions.factor, millions.currency) == (1_000_000, "USD")
    assert measure_of("гр.31") is None


def test_sums_and_cancelled_entries() -> None:
    assert all(map(is_total, ("Total", "Grand total", "Итого:", "合计", "Всего к оплате", "Closing balance")))
    assert not any(map(is_total, ("Totalgas Ltd", "ООО «Итог»", "Баланс-Аудит", "")))
    assert is_void("declaration withdrawn by exporter")
    assert is_void("已撤销")
    assert not is_void("avoidance of doubt")


@pytest.mark.parametrize(
    ("words", "name", "schema"),
    [
        ("Brightwater Inc., 12 Foundry Lane, Duluth", "Brightwater Inc.", "Company"),
        ("ООО «Промснаб-Ярск», ИНН 7899000425", "ООО «Промснаб-Ярск»", "Company"),
        ("HUNXI TOOLS CO., LTD", "HUNXI TOOLS CO., LTD", "Company"),
        ("上海砚溪投资合伙企业（有限合伙）", "上海砚溪投资合伙企业（有限合伙）", "Company"),
        ("Рогов Игнат Савельевич", "Рогов Игнат Савельевич", "Person"),
        ("邵澜", "邵澜", "Person"),
        ("ИП Саблина О.Ю.", "ИП Саблина О.Ю.", "LegalEntity"),
        ("Mercer, Joanna", "Mercer, Joanna", None),
    ],
)
def test_names_in_cells(words: str, name: str, schema: str | None) -> None:
    found = party_in(words)
    assert found is not None
    assert words[found.start : found.end] == name
    assert found.schema == schema


def test_what_names_nobody() -> None:
    assert [party_in(words) for words in ("-", "7", "", "—", "x" * 300)] == [None] * 5
    assert schema_of("Orlan") is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Register of members of Sable Point Shipping Ltd", "Sable Point Shipping Ltd"),
        ("Список участников ООО «Янтарный Берег» на 01.01.2022", "ООО «Янтарный Берег»"),
        ("杭州澄岫科技有限公司股东名册", "杭州澄岫科技有限公司"),
        ("Aldersyde Research Institute: staff", "Aldersyde Research Institute"),
    ],
)
def test_the_organisation_of_a_title(line: str, name: str) -> None:
    found = organisation_in(line)
    assert found is not None
    assert line[found.start : found.end] == name
    assert organisation_in("Statement of account") is None


def test_labelled_lines() -> None:
    lines = [
        [(0, "INVOICE 7")],
        [(10, "Seller: Harrow Marine Ltd")],
        [(40, "Buyer:"), (47, "Veld Port")],
        [(60, "户名：大连海桁船务有限公司  币种：人民币")],
        [(90, "Ship to:")],
        [(100, "Norrby AB")],
    ]
    facts, titles = read_facts(lines)
    found = [(fact.concepts[0], fact.start, fact.value) for fact in facts]
    assert found == [
        ("supplier", 18, "Harrow Marine Ltd"),
        ("recipient", 47, "Veld Port"),
        ("holder", 63, "大连海桁船务有限公司"),
        ("currency", 78, "人民币"),
        ("recipient", 100, "Norrby AB"),
    ]
    assert titles == [(0, "INVOICE 7")]
