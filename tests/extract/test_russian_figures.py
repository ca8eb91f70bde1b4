"""Russian sums, quantities and counts in figures and in declined words."""

from __future__ import annotations

import datetime as dt

import pytest

from casegraph.extract.lang import ru_amounts, ru_dates, ru_numbers, zh_amounts
from casegraph.model import Mention
from tests.extract.made import run, unit


def _found(text: str) -> list[Mention]:
    return [one for one in run(unit(text, language="ru")) if isinstance(one, Mention)]


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("9,1 млн руб.", 9.1e6, 9.1e6, "RUB"),
        ("два миллиона семьсот тысяч рублей", 2.7e6, 2.7e6, "RUB"),
        ("двумя с половиной миллионами евро", 2.5e6, 2.5e6, "EUR"),
        ("500 000,00 (пятьсот тысяч) рублей 50 копеек", 500000.5, 500000.5, "RUB"),
        ("12.500.000 рублей", 12.5e6, 12.5e6, "RUB"),
        ("12,500 долларов", 12500, 12500, "USD"),
        ("от пяти до десяти миллионов рублей", 5e6, 1e7, "RUB"),
        ("15–20 млн рублей", 15e6, 20e6, "RUB"),
        ("не менее 5 млн долларов США", 5e6, None, "USD"),
        ("почти $2 млн", None, 2e6, "USD"),
        ("25 тысяч белорусских рублей", 25e3, 25e3, "BYN"),
        ("100 швейцарских франков", 100, 100, "CHF"),
        ("700 тыс. юаней", 7e5, 7e5, "CNY"),
        ("3 млн ¥", 3e6, 3e6, "CNY"),
    ],
)  # fmt: skip
def test_a_sum_is_read_with_its_bounds_and_currency(
    text: str, low: float | None, high: float | None, currency: str
) -> None:
    start, end, amount = next(ru_amounts.sums(text))
    assert (text[start:end], amount.minimum, amount.maximum, amount.currency) == (text, low, high, currency)


def test_a_verb_before_the_sum_bounds_it() -> None:
    [(start, end, amount)] = ru_amounts.sums("Ущерб превысил миллиард рублей.")
    assert (start, amount.minimum, amount.maximum) == (15, 1e9, None)
    [(_, _, most)] = ru_amounts.sums("Цена не превышает 5 млн рублей.")
    assert (most.minimum, most.maximum) == (None, 5e6)
    assert end == 30


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "unit"),
    [
        ("лететь около 2000 км", "около 2000 км", 2000, 2000, "km"),
        ("доля 24,5 процента", "24,5 процента", 24.5, 24.5, "%"),
        ("две трети голосов", "две трети", 66.6667, 66.6667, "%"),
        ("блокпакет: 25% + 1 акция", "25% + 1 акция", 25, None, "%"),
        ("в течение 10 (десяти) рабочих дней", "10 (десяти) рабочих дней", 10, 10, "d"),
        ("площадь 3,5 тыс. кв. м цеха", "3,5 тыс. кв. м", 3500, 3500, "m2"),
        ("от 10 до 12 тонн", "от 10 до 12 тонн", 10, 12, "t"),
    ],
)
def test_a_measure_has_its_unit(text: str, words: str, low: float, high: float | None, unit: str) -> None:
    start, end, found = next(ru_amounts.measures(text))
    assert (text[start:end], found.minimum, found.maximum, found.unit) == (words, low, high, unit)


@pytest.mark.parametrize("text", ["в 2021-м", "ему 43 года", "в 10 часов", "5 утра", "2010 г", "2242 год"])
def test_what_dates_or_ages_is_no_measure(text: str) -> None:
    assert list(ru_amounts.measures(text)) == []


@pytest.mark.parametrize(
    ("text", "words", "low", "high"),
    [
        ("свыше семи станков", "свыше семи", 7, None),
        ("двумя сотнями дронов", "двумя сотнями", 200, 200),
        ("полтора десятка машин", "полтора десятка", 15, 15),
        ("сотни ящиков", "сотни", 200, None),
        ("семь-восемь человек", "семь-восемь", 7, 8),
    ],
)
def test_a_count_stands_before_what_it_counts(text: str, words: str, low: float, high: float | None) -> None:
    start, end, found = next(ru_amounts.counts(text))
    assert (text[start:end], found.minimum, found.maximum, found.unit) == (words, low, high, "item")


@pytest.mark.parametrize(
    "text",
    [
        "дом 45 на углу",
        "статья 159 кодекса",
        "Он один знал",
        "одна из них",
        "в 2 раза больше",
        "3-й цех",
        "№ 7 стоит",
    ],
)
def test_a_label_and_a_pronoun_count_nothing(text: str) -> None:
    assert list(ru_amounts.counts(text)) == []


def test_words_that_make_no_number_are_none() -> None:
    assert ru_numbers.read("два три") is None
    assert ru_numbers.read("9" * 30) is None


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("12 марта прошлого года", "12 марта прошлого года", "2023-03-12", "2023-03-13"),
        ("12 марта с. г.", "12 марта с. г.", "2024-03-12", "2024-03-13"),
        ("в прошлом марте", "прошлом марте", "2024-03-01", "2024-04-01"),
        ("летом 2021 года", "летом 2021 года", "2021-06-01", "2021-09-01"),
        ("зимой прошлого года", "зимой прошлого года", "2022-12-01", "2023-03-01"),
        ("три года назад", "три года назад", "2021-01-01", "2022-01-01"),
        ("неделю тому назад", "неделю тому назад", "2024-09-16", "2024-09-23"),
        ("десять дней назад", "десять дней назад", "2024-09-15", "2024-09-16"),
        ("в 90-е годы", "90-е годы", "1990-01-01", "2000-01-01"),
        ("в начале 2020 года", "начале 2020 года", "2020-01-01", "2021-01-01"),
        ("до мая 2021-го", "мая 2021-го", "2021-05-01", "2021-06-01"),
        ("в понедельник, 28 июня 2021 года,", "понедельник, 28 июня 2021 года", "2021-06-28", "2021-06-29"),
        ("накануне сообщили", "накануне", "2024-09-24", "2024-09-25"),
        ("совет соберётся, как намечено, 19 января", "19 января", "2025-01-19", "2025-01-20"),
        ("выборы состоятся 12 ноября", "12 ноября", "2024-11-12", "2024-11-13"),
        ("совет собрался 12 ноября", "12 ноября", "2023-11-12", "2023-11-13"),
        ("в позапрошлом году", "позапрошлом году", "2022-01-01", "2023-01-01"),
    ],
)
def test_partial_and_relative_dates(text: str, words: str, start: str, end: str) -> None:
    low, high, period = next(iter(ru_dates.find(text, dt.date(2024, 9, 25))))
    assert (text[low:high], str(period.start), str(period.end)) == (words, start, end)


def test_the_eve_of_something_is_no_day() -> None:
    assert list(ru_dates.find("накануне визита министра", dt.date(2024, 9, 25))) == []


def test_chinese_capitals_with_jiao_and_fen() -> None:
    text = "付款壹拾贰万叁仟肆佰伍拾陆元柒角捌分。"
    [(start, end, amount)] = zh_amounts.sums(text)
    assert (text[start:end], amount.minimum) == (text[2:-1], 123456.78)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Связь пропала 12 марта 2021 года в 14 часов 30 минут.", "2021-03-12T14:30"),
        ("В 00 ч. 15 мин. 3 мая 2022 г. судно ушло.", "2022-05-03T00:15"),
        ("Вход отмечен 12.03.2021 в 10:30.", "2021-03-12T10:30"),
    ],
)
def test_a_time_of_day_belongs_to_its_day(text: str, start: str) -> None:
    dates = [one.date for one in _found(text) if one.date is not None]
    assert [date.start for date in dates] == [start]


@pytest.mark.parametrize(
    "text",
    ["Встреча началась в 10 часов 30 минут.", "В 14.30 собрались все.", "К 9 часам 5 минутам дождь стих."],
)
def test_a_time_of_day_alone_is_no_duration(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Итого: 1 250 000,00", "1 250 000,00", 1_250_000.0),
        ("Сумма долга составила 2,4 млн, остальное списано.", "2,4 млн", 2_400_000.0),
        ("Цена 300 000 (триста тысяч).", None, None),
        ("Сумма баллов: 40.", None, None),
        ("Сумма: 1200 рублей.", "1200 рублей", 1200.0),
    ],
)
def test_a_label_makes_a_sum_without_a_currency(text: str, words: str | None, value: float | None) -> None:
    amounts = [(one.name, one.amount.minimum) for one in _found(text) if one.amount is not None]
    assert amounts == ([] if words is None else [(words, value)])
