"""The fit of the weights: right where it can be known, and never below zero where that is not allowed."""

from __future__ import annotations

import numpy as np

from casegraph.gates.rewriting import Example, fitted, without


def _examples() -> list[Example]:
    drawn = np.random.default_rng(7)
    found = []
    for number in range(400):
        near, noise, abroad = (float(one) for one in drawn.standard_normal(3))
        copies = bool(drawn.random() < 1 / (1 + np.exp(-(2 * near - 0.8 * abroad - 0.5))))
        found.append(
            Example({"near": near, "against": -near + noise, "abroad": abroad}, copies, f"s{number % 14}")
        )
    return found


def test_weights_are_found_again_and_none_falls_below_zero_but_that_of_the_language() -> None:
    weights = fitted(_examples(), penalty=0.1)
    assert abs(weights.of["near"] - 2) < 0.5
    assert weights.of["against"] >= 0
    assert abs(weights.of["abroad"] + 0.8) < 0.4
    assert abs(weights.intercept + 0.5) < 0.4


def test_each_story_has_weights_that_were_fitted_without_it() -> None:
    learned = _examples()
    apart = without(learned)
    assert apart.keys() == {one.story for one in learned}
    assert apart["s3"] == fitted([one for one in learned if one.story != "s3"])
