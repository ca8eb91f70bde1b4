"""What stands out among the accounts of one matter, and the weights of what tells a rewrite."""

from __future__ import annotations

from itertools import combinations

from casegraph.trace import Families
from casegraph.trace.around import Around
from casegraph.trace.compared import compare
from casegraph.trace.direction import arrow, naming
from casegraph.trace.held import Held, hold_all
from casegraph.trace.rewriting import FITTED, evidence
from tests.trace.test_lineage import story

NAMES = ("WIRE", "REPRINT", "REWRITE", "INDEPENDENT", "INDEPENDENT_TWO")


def _held(*names: str) -> dict[str, Held]:
    by_id = hold_all([story(name) for name in names])
    return {name: by_id[story(name).document.id] for name in names}


def _around(held: dict[str, Held]) -> Around:
    by_id = {one.id: one for one in held.values()}
    return Around(by_id, list(combinations(sorted(by_id), 2)))


def test_a_rewrite_is_nearer_to_its_source_than_to_the_rest_and_an_own_account_is_not() -> None:
    held = _held(*NAMES)
    around = _around(held)
    rewrite = around.nearer(held["REWRITE"], held["WIRE"])
    assert rewrite > around.nearer(held["INDEPENDENT"], held["WIRE"]) + 0.1
    assert rewrite > around.nearer(held["INDEPENDENT_TWO"], held["INDEPENDENT"]) + 0.1


def test_prints_of_the_source_do_not_hide_that_a_text_was_made_from_it() -> None:
    held, fewer = _held(*NAMES), _held(*(name for name in NAMES if name != "REPRINT"))
    with_print = _around(held).nearer(held["REWRITE"], held["WIRE"])
    assert abs(with_print - _around(fewer).nearer(fewer["REWRITE"], fewer["WIRE"])) < 0.05


def test_each_input_has_a_weight_and_none_speaks_against_what_it_stands_for() -> None:
    held = _held("WIRE", "REWRITE")
    pair, families = compare(*held.values()), Families()
    found = arrow(pair, families)
    named = naming(found.derived, found.source, families)
    told = evidence(pair, found, named, families, _around(held))
    assert told.keys() == FITTED.of.keys()
    assert all(weight >= 0 for weight in FITTED.of.values())
