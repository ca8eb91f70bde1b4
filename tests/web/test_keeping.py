"""What is kept of a case for those who read, and when it is made anew."""

from __future__ import annotations

import time

import pytest

from casegraph.pipeline.case import Case


def test_a_large_network_is_shown_as_it_was_until_it_is_made_anew(
    own: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casegraph.pipeline.connected._PATIENCE", -1.0)  # every case is a large one
    before = {one.id for one in own.network().nodes}
    assert own.judge("Anna Kern", "Mia Holt", "positive").judgement == "positive"
    own.update_entities()
    assert {one.id for one in own.network().nodes} == before
    for _ in range(100):
        if {one.id for one in own.network().nodes} != before:
            return
        time.sleep(0.1)
    raise AssertionError("the network does not follow")


def test_claims_of_several_happenings_are_read_at_once(case: Case) -> None:
    some = list(case.happenings())
    told = case.first_claims(some)
    assert {one.claim for one in some} == told.keys()
    assert all(told[one.claim] == case.claim(one.claim) for one in some)
