from __future__ import annotations

import pytest

from casegraph.model import Amount, Date, Quantity
from casegraph.publish.measures import amount, number, period, quantity, scaled


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (7, "7"),
        (1_250_000, "1,250,000"),
        (7.5, "7.5"),
        (0.25, "0.25"),
        (1e18, "1e+18"),
        (0, "0"),
        (0.00001, "1e-05"),
    ],
)
def test_number(value: float, written: str) -> None:
    assert number(value) == written


def test_scaled_never_drops_a_digit() -> None:
    assert scaled(1_250_000) == "1.25m"
    assert scaled(1_250_001) == "1,250,001"
    assert scaled(9_100_000_000) == "9.1bn"
    assert scaled(999) == "999"


@pytest.mark.parametrize(
    ("low", "high", "unit", "written"),
    [
        (7, None, "item", "7+"),
        (7, 7, "item", "7"),
        (5, 7, "item", "5–7"),
        (None, 12, "item", "≤12"),
        (2000, 2000, "km", "2,000 km"),
        (2000, None, "km", "2,000+ km"),
        (25, None, "%", "25%+"),
        (50, 51, "%", "50–51%"),
        (None, None, "item", ""),
    ],
)
def test_quantity_keeps_its_bounds(low: float | None, high: float | None, unit: str, written: str) -> None:
    shown = quantity(Quantity(minimum=low, maximum=high, unit=unit))
    assert shown.replace("\u00a0", " ") == written


def test_about_is_marked() -> None:
    assert quantity(Quantity(minimum=50, maximum=50, unit="item", approximate=True)) == "~50"


@pytest.mark.parametrize(
    ("low", "high", "currency", "written"),
    [
        (1_250_000, 1_250_000, "USD", "USD 1.25m"),
        (5e9, None, "EUR", "EUR 5bn+"),
        (None, 3e6, "USD", "≤USD 3m"),
        (None, None, "CNY", "in CNY"),
        (None, None, None, ""),
        (40, 40, None, "40"),
    ],
)
def test_amount(low: float | None, high: float | None, currency: str | None, written: str) -> None:
    shown = amount(Amount(minimum=low, maximum=high, currency=currency))
    assert shown.replace("\u00a0", " ") == written


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        ("2022-02-01", "2022-03-01", "Feb 2022"),
        ("2024-09-25", "2024-09-26", "25 Sep 2024"),
        ("2024-09-25T17:20:00+03:00", None, "25 Sep 2024"),
        ("2022-01-01", "2023-01-01", "2022"),
        ("2020-01-01", "2023-01-01", "2020–2022"),
        ("2022-01-01", "2022-04-01", "Q1 2022"),
        ("2022-10-01", "2023-01-01", "Q4 2022"),
        ("2021-03-01", "2021-06-01", "Mar–May 2021"),
        ("2021-12-01", "2022-02-01", "Dec 2021–Jan 2022"),
        ("2021-03-05", "2021-03-09", "5 Mar 2021–8 Mar 2021"),
        ("2021-03-05", None, "from 5 Mar 2021"),
        (None, "2021-03-05", "until 4 Mar 2021"),
        ("2022", "2023", "2022"),
        (None, None, "the words"),
        ("soon", None, "the words"),
        ("2021-13-45", "2022-01-01", "the words"),
    ],
)
def test_period_is_half_open(start: str | None, end: str | None, written: str) -> None:
    shown = period(Date(start=start, end=end, text="the words"))
    assert shown.replace("\u00a0", " ") == written
