"""The made case has the truth that it says it has, and its figures move when entities are wrong."""

from __future__ import annotations

import random

from stdnum.ru import inn

from casegraph.bench.bearers import World, taxpayer
from casegraph.bench.resolving import figures, parsed, rates, stories


def test_a_made_document_names_whom_it_says() -> None:
    chance = random.Random(3)
    world = World(chance)
    world.fill(60)
    made = list(stories(world.bearers, 5, chance))
    assert {story.language for story in made} <= {"ru", "en", "zh"}
    for story in made:
        unit, truth = parsed(story)
        assert truth
        assert all(story.text[one.start : one.end].strip() for one in story.names)
        assert {one.id for one in unit.mentions if one.kind == "name"} == set(truth)


def test_the_same_seed_gives_the_same_case() -> None:
    assert rates(300, 5) == rates(300, 5)


def test_a_made_taxpayer_s_number_has_its_check_digit() -> None:
    assert all(inn.is_valid(taxpayer(random.Random(seed))) for seed in range(20))


def test_figures_count_wrong_joins_and_missed_ones() -> None:
    truth = {"m1": 1, "m2": 1, "m3": 2}
    given = {"m1": "a", "m2": "b", "m3": "c"}
    forms = {"m1": "x", "m2": "y", "m3": "z"}
    apart = figures(truth, given, forms, {"a": "a", "b": "b", "c": "c"}, [])
    assert (apart["precision"], apart["recall"], apart["joined"]) == (1.0, 0.0, 0.0)
    right = figures(truth, given, forms, {"a": "a", "b": "a", "c": "c"}, [])
    assert (right["precision"], right["recall"], right["false.merged"]) == (1.0, 1.0, 0.0)
    wrong = figures(truth, given, forms, {"a": "a", "b": "b", "c": "a"}, [])
    assert (wrong["precision"], wrong["recall"], wrong["false.merged"]) == (0.0, 0.0, 1.0)
