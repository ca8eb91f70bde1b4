"""What happened when and where, and how it is drawn."""

from __future__ import annotations

from itertools import pairwise

import pytest
from msgspec.structs import replace

from casegraph.connect import Coordinates, Happenings, Rest, Spots, Wanted, located, projected
from casegraph.connect.dating import precision
from casegraph.model import Entity, Spot
from casegraph.web.drawing import band, chart
from tests.connect.conftest import Made


def test_what_says_the_same_of_one_time_is_one_and_time_is_in_order(made: Made) -> None:
    march, day = ("2024-03-01", "2024-04-01"), ("2024-03-01", "2024-03-02")
    claims = [
        made("payment", "a", "b", dates=(march,)),
        made("payment", "a", "c", dates=(march,)),
        made("delivery", "b", "a", dates=(day, (None, "2023-01-01"))),
        made("delivery", "b", "a"),
    ]
    found = Happenings()
    same = Rest("x", 2, 0, contradicted=False)
    for one in claims:
        found.add(one, same if one.kind == "payment" else None)
    when = list(found.happenings())
    assert [(one.kind, one.precision, len(one.claims)) for one in when] == [
        ("delivery", "open", 1),
        ("delivery", "day", 1),
        ("payment", "month", 2),
    ]
    assert when[2].entities == ("a", "b", "c")
    assert found.undated == 1


@pytest.mark.parametrize(
    ("start", "end", "word"),
    [
        ("2024-02-01", "2024-03-01", "month"),
        ("2024-01-01", "2024-04-01", "quarter"),
        ("2024-02-01", "2024-05-01", "period"),
        ("2024-01-01", "2025-01-01", "year"),
        ("2024-02-01", "2025-02-01", "period"),
        ("2024-02-01T10:00:00Z", None, "moment"),
        ("2024", "2025", "year"),
        ("soon", "2024-03-01", "open"),
    ],
)
def test_precision_is_that_of_the_calendar(start: str, end: str | None, word: str) -> None:
    assert precision(start, end) == word


def test_a_place_is_looked_up_in_any_script_and_left_where_it_is_doubtful() -> None:
    places = {
        "moscow": Wanted(("Москва",)),
        "shenzhen": Wanted(("深圳",)),
        "russia": Wanted(("俄罗斯",)),
        "two": Wanted(("Birmingham", "San Jose")),
        "there": Wanted(("San Jose",), "cr"),
        "nowhere": Wanted(("Velmarsk",)),
    }
    found = located(places.values())
    assert {name for name, one in places.items() if one in found} == {"moscow", "shenzhen", "russia", "there"}
    assert (found[places["moscow"]].level, found[places["russia"]].level) == ("city", "country")
    assert found[places["moscow"]].latitude == pytest.approx(55.75, abs=0.1)
    assert found[places["there"]].country == "cr"


def test_names_of_one_point_are_one_place_and_unknown_ones_stay(made: Made) -> None:
    entities = {
        one: Entity(id=one, schema=schema, name=name, names=(name,))
        for one, schema, name in (
            ("k", "Address", "Kostroma"),
            ("q", "Address", "Кострома"),
            ("a", "Company", "A"),
        )
    }
    spots = Spots(entities)
    spots.add(made("presence", "a", "k"), None)
    spots.add(made("presence", "a", "q", stance="denies"), None)
    spots.add(made("delivery", "a", "b", places=("Veld Port",)), None)
    point = Coordinates(57.8, 40.9, "ru", "city")
    found = list(spots.spots(lambda asked: {one: point for one in asked if "Veld Port" not in one.names}))
    assert [(one.names, one.places, one.entities, one.standing) for one in found] == [
        (("K", "Q"), ("k", "q"), ("a",), "disputed"),
        (("Veld Port",), (), ("a", "b"), "asserted"),
    ]
    assert found[1].latitude is None


def test_places_lie_where_the_base_map_has_them() -> None:
    """Against d3-geo's own figures, for the frame that build.mjs draws in."""
    assert projected(55.75, 37.62) == pytest.approx((582.0022690521411, 53.30603613603796))
    assert projected(22.54, 114.06) == pytest.approx((805.2068512974552, 160.1564231082229))
    assert projected(90, 0)[1] == pytest.approx(0, abs=1e-9)


def test_no_bar_hides_another_and_a_crowd_is_counted(made: Made) -> None:
    found = Happenings()
    for number in range(300):
        day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
        found.add(made("payment" if number < 9 else "delivery", "a", "b", dates=((day, None),)), None)
    drawn = band(tuple(found.happenings()))
    assert drawn is not None
    bars = sorted((bar.y, bar.x, bar.x + bar.width) for bar in drawn.bars)
    assert all(end <= start for (y, _, end), (other, start, _) in pairwise(bars) if y == other)
    assert sum(bar.count for bar in drawn.bars) == 300
    assert {bar.count for bar in drawn.bars if bar.first.kind == "payment"} == {1}
    assert all(drawn.left <= x <= drawn.width for _, x in drawn.ticks)


@pytest.mark.parametrize("end", ["9999-12-31", "0001-01-02"])
def test_the_ends_of_the_calendar_are_drawn(made: Made, end: str) -> None:
    found = Happenings()
    found.add(made("payment", "a", "b", dates=((None, end), ("2024-01-01", None))), None)
    assert band(tuple(found.happenings())) is not None


def test_a_chart_shows_all_dots_and_no_label_on_another() -> None:
    rows = [(f"Town {number}", 50 + number * 0.2, 30 + number * 0.4) for number in range(20)]
    spots = [Spot(name=name, names=(name,), latitude=north, longitude=east) for name, north, east in rows]
    drawn = chart([*spots, replace(spots[0], latitude=None)])
    assert drawn is not None
    assert len(drawn.dots) == len(spots)
    for dot in drawn.dots:
        assert drawn.x <= dot.x <= drawn.x + drawn.width
        assert drawn.y <= dot.y <= drawn.y + drawn.height
    assert any(dot.label for dot in drawn.dots)
    assert chart([]) is None
