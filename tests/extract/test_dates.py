from __future__ import annotations

import datetime as dt

import pytest

from casegraph.extract.dates import month_first
from casegraph.extract.lang import en_dates
from casegraph.extract.spans import Taken
from casegraph.model import Mention
from tests.extract.made import mentions, run, unit

ANCHOR = dt.date(2024, 9, 25)  # a Wednesday


def dates(text: str, anchor: dt.date | None = ANCHOR) -> list[tuple[str, str, str]]:
    taken, found = Taken(), []
    for start, end, period in en_dates.find(text, anchor):
        if taken.claim(0, start, end):
            date = period.date(text[start:end])
            found.append((text[start:end], date.start or "", date.end or ""))
    return found


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("on 12 June 2023", "12 June 2023", "2023-06-12", "2023-06-13"),
        ("on June 12th, 2023", "June 12th, 2023", "2023-06-12", "2023-06-13"),
        ("the 3rd of May, 2021", "3rd of May, 2021", "2021-05-03", "2021-05-04"),
        ("Saturday, November 16, 2024", "Saturday, November 16, 2024", "2024-11-16", "2024-11-17"),
        (
            "Wed, 25 Sept 2024 at 17:20 GMT",
            "Wed, 25 Sept 2024 at 17:20 GMT",
            "2024-09-25T17:20Z",
            "2024-09-25T17:21Z",
        ),
        ("at 5pm on 3 March 2021", "5pm on 3 March 2021", "2021-03-03T17:00", "2021-03-03T17:01"),
        ("since the war began in February 2022", "February 2022", "2022-02-01", "2022-03-01"),
        ("early March 2021", "early March 2021", "2021-03-01", "2021-04-01"),
        ("late 2022", "late 2022", "2022-01-01", "2023-01-01"),
        ("the end of 2022", "end of 2022", "2022-01-01", "2023-01-01"),
        ("in the mid-1990s", "mid-1990s", "1990-01-01", "2000-01-01"),
        ("in the 19th century", "19th century", "1801-01-01", "1901-01-01"),
        ("the third quarter of 2024", "third quarter of 2024", "2024-07-01", "2024-10-01"),
        ("Q4 2023", "Q4 2023", "2023-10-01", "2024-01-01"),
        ("the first half of 2023", "first half of 2023", "2023-01-01", "2023-07-01"),
        ("summer 2021", "summer 2021", "2021-06-01", "2021-09-01"),
        ("the 2022 invasion", "2022", "2022-01-01", "2023-01-01"),
        ("In 2021 prices rose", "2021", "2021-01-01", "2022-01-01"),
        ("financial year 2022/23", "financial year 2022/23", "2022-01-01", "2024-01-01"),
    ],
)
def test_a_calendar_date_is_its_interval(text: str, words: str, start: str, end: str) -> None:
    assert dates(text) == [(words, start, end)]


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("from March to May 2021", "from March to May 2021", "2021-03-01", "2021-06-01"),
        ("from November to May 2021", "from November to May 2021", "2020-11-01", "2021-06-01"),
        ("between 2019 and 2021", "between 2019 and 2021", "2019-01-01", "2022-01-01"),
        ("2019-21", "2019-21", "2019-01-01", "2022-01-01"),
        ("3-7 May 2021", "3-7 May 2021", "2021-05-03", "2021-05-08"),
        ("May 3 to 7, 2021", "May 3 to 7, 2021", "2021-05-03", "2021-05-08"),
        ("from 3 May to 7 June 2021", "from 3 May to 7 June 2021", "2021-05-03", "2021-06-08"),
        ("December 2020-January 2021", "December 2020-January 2021", "2020-12-01", "2021-02-01"),
    ],
)
def test_a_range_goes_from_the_first_day_to_after_the_last(
    text: str, words: str, start: str, end: str
) -> None:
    assert dates(text) == [(words, start, end)]


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("yesterday", "yesterday", "2024-09-24", "2024-09-25"),
        ("on Tuesday", "Tuesday", "2024-09-24", "2024-09-25"),
        ("on Wednesday", "Wednesday", "2024-09-25", "2024-09-26"),
        ("it will open on Friday", "Friday", "2024-09-27", "2024-09-28"),
        ("last Wednesday", "last Wednesday", "2024-09-18", "2024-09-19"),
        ("last March", "last March", "2024-03-01", "2024-04-01"),
        ("last October", "last October", "2023-10-01", "2023-11-01"),
        ("in September", "September", "2024-09-01", "2024-10-01"),
        ("in October", "October", "2023-10-01", "2023-11-01"),
        ("it is due in October", "October", "2024-10-01", "2024-11-01"),
        ("on 28 September", "28 September", "2024-09-28", "2024-09-29"),
        ("on 3 March", "3 March", "2024-03-03", "2024-03-04"),
        ("last year", "last year", "2023-01-01", "2024-01-01"),
        ("earlier this month", "earlier this month", "2024-09-01", "2024-10-01"),
        ("next week", "next week", "2024-09-30", "2024-10-07"),
        ("two weeks ago", "two weeks ago", "2024-09-09", "2024-09-16"),
        ("three days ago", "three days ago", "2024-09-22", "2024-09-23"),
        ("a year ago", "a year ago", "2023-01-01", "2024-01-01"),
        ("more than two years ago", "more than two years ago", "", "2023-01-01"),
        ("over the past two years", "past two years", "2022-09-26", "2024-09-26"),
        ("the third quarter of last year", "third quarter of last year", "2023-07-01", "2023-10-01"),
    ],
)
def test_a_relative_date_counts_from_publication(text: str, words: str, start: str, end: str) -> None:
    assert dates(text) == [(words, start, end)]


def test_a_relative_date_without_publication_keeps_its_words_only() -> None:
    assert dates("It sank last year, on Tuesday, in March.", None) == [
        ("last year", "", ""),
        ("Tuesday", "", ""),
        ("March", "", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "She may march with the others.",
        "Theresa May said nothing.",
        "It flew over 2000 km with 1984 men.",
        "Resolution No. 2021 and flight 1999",
        "the Su-2019 and $2021 and 2,022 drones",
        "The Sunday Ledger and the Friday Post wrote it.",
        "31 Nonember and 45 June",
        "the second of these",
        "once a month, every week",
    ],
)
def test_no_date_is_seen_where_none_is(text: str) -> None:
    assert dates(text) == []


def test_numbers_that_two_readings_fit_span_both() -> None:
    found = [one.date for one in mentions("The talks of 03/04/2024 failed.", "date")]
    assert [(one.start, one.end, one.precision) for one in found if one] == [
        ("2024-03-04", "2024-04-04", "range")
    ]


def test_another_date_of_the_document_decides_the_order() -> None:
    found = [one.date for one in mentions("Talks of 03/04/2024 failed.\n\nThey met on 15/02/2024.", "date")]
    assert [one.start for one in found if one] == ["2024-04-03", "2024-02-15"]
    assert month_first(["12/31/2024", "1/2/2024"]) is True
    assert month_first(["31/12/2024", "12/31/2024"]) is None


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Filed 2022-07-19 there", "2022-07-19"),
        ("Filed 2022-07-19T05:06:07+03:00 there", "2022-07-19T05:06:07+03:00"),
        ("Filed 19.07.2022 there", "2022-07-19"),
        ("Wed, 09/25/2024 \u2013 17:20", "2024-09-25T17:20"),
        ("Filed 2024-09 there", "2024-09-01"),
        ("Filed 2024-09-25T17:20:75 there", "2024-09-25"),  # no such second
    ],
)
def test_dates_in_figures(text: str, start: str) -> None:
    assert [one.date.start for one in mentions(text, "date") if one.date] == [start]


def test_dates_in_figures_are_found_in_any_language() -> None:
    found = run(unit("\u0414\u043e\u0433\u043e\u0432\u043e\u0440 \u043e\u0442 19.07.2022", language="ru"))
    assert [one.date.start for one in found if isinstance(one, Mention) and one.date] == ["2022-07-19"]
