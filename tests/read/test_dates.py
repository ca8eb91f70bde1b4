"""Dates that documents state of themselves."""

from __future__ import annotations

import pytest

from casegraph.read import dates


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("Wed, 09/25/2024 – 17:20", "2024-09-25T17:20"),
        ("Saturday, November 16, 2024", "2024-11-16"),
        ("25 September 2024, 17:20", "2024-09-25T17:20"),
        ("September 25, 2024 at 5:20 pm EDT", "2024-09-25T17:20:00-04:00"),
        ("Sept. 25th, 2024 5:20 PM ET", "2024-09-25T17:20"),
        ("17:20, 25 сентября 2024", "2024-09-25T17:20"),
        ("25 сентября 2024 г., 17:20 МСК", "2024-09-25T17:20:00+03:00"),
        ("25 сен 2024 в 17:20", "2024-09-25T17:20"),
        ("12 вересня 2024, 08:05", "2024-09-12T08:05"),
        ("2024年9月25日 17:20", "2024-09-25T17:20"),
        ("2024年09月25日17时20分", "2024-09-25T17:20"),
        ("2024-09-25 17:20:33", "2024-09-25T17:20:33"),
        ("25.09.24", "2024-09-25"),
        ("03.04.2024", "2024-04-03"),
        ("Mon 03/04/2024", "2024-03-04"),
        ("Wed 03/04/2024", "2024-04-03"),
        ("Mittwoch, 25. September 2024 um 17:20 Uhr", "2024-09-25T17:20"),
        ("25 de septiembre de 2024", "2024-09-25"),
        ("By Anna Kern | 25 September 2024 | 17:20 GMT", "2024-09-25T17:20:00+00:00"),
        ("April 3, 2023 · 4 min read", "2023-04-03"),
    ],
)
def test_visible_dates(line: str, start: str) -> None:
    found = dates.find(line)
    assert found is not None
    assert found.date.start == start
    assert line[found.start : found.end].strip() == found.date.text


def test_a_date_that_could_be_two_days_is_none() -> None:
    found = dates.find("Published 03/04/2024")
    assert found is not None
    assert found.date.start is None
    assert found.date.text == "03/04/2024"


@pytest.mark.parametrize(
    "line", ["February 30, 2024", "99 Bottles 2024", "10.0.0.12", "1 of 2", "Room 3, 1234"]
)
def test_what_is_no_date(line: str) -> None:
    assert dates.find(line) is None


@pytest.mark.parametrize(
    ("value", "start", "end", "precision"),
    [
        ("2024-09-25T17:20:00+03:00", "2024-09-25T17:20:00+03:00", "2024-09-25T17:20:01+03:00", "time"),
        ("2024-09-25T17:20:00.000Z", "2024-09-25T17:20:00+00:00", "2024-09-25T17:20:01+00:00", "time"),
        ("2024-12-31", "2024-12-31", "2025-01-01", "day"),
        ("2024-12", "2024-12-01", "2025-01-01", "month"),
    ],
)
def test_iso_values_are_intervals(value: str, start: str, end: str, precision: str) -> None:
    found = dates.parse_iso(value)
    assert found is not None
    assert (found.start, found.end, found.precision) == (start, end, precision)


def test_bad_values_are_none() -> None:
    assert dates.parse_iso("2024-13-45") is None
    assert dates.parse_iso("soon") is None
    assert dates.parse_mail("not a date") is None
    assert dates.parse_mail("Wed, 99 Sep 2024 17:20:11 +0300") is None
    assert dates.parse_pdf("D:20249999") is None


def test_pdf_and_mail_dates() -> None:
    from_pdf = dates.parse_pdf("D:20240925172000+03'00'")
    from_mail = dates.parse_mail("Wed, 25 Sep 2024 17:20:11 +0300")
    assert from_pdf is not None
    assert from_pdf.start == "2024-09-25T17:20:00+03:00"
    assert from_mail is not None
    assert from_mail.start == "2024-09-25T17:20:11+03:00"
