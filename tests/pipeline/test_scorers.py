"""A scorer of another package is asked by the build, counts in its keys, and does no harm when it fails."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casegraph.errors import SettingsError
from casegraph.resolve import scorers
from casegraph.resolve.base import Match, Party, Scorer
from casegraph.resolve.matching import pairs
from casegraph.resolve.scorers import asked, stronger
from tests.pipeline.conftest import MakeCase, tree

SCORER = """
from casegraph.resolve.base import Match, Reason, Scorer

def score(one, other):
    names = set(one.names + other.names)
    {body}
    if names == {{"John Smith", "Jon Smith"}}:
        return Match(0.97, "same", (Reason("house", 3.0, "the house list has both"),))
    return Match(0.0, "different", ())

HOUSE = Scorer("house", {version}, score)
"""
TEXTS = {
    "a.txt": "Cranes\n\nJohn Smith says that Mia Holt sold cranes.",
    "b.txt": "Cranes\n\nJon Smith says that Mia Holt sold cranes.",
}

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Return what installs a package with a scorer where this process and the workers find it."""
    site = tmp_path / "site"
    told = site / "house-1.0.dist-info"
    site.mkdir()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")]))

    def make(*, version: int = 1, body: str = "pass") -> None:
        told.mkdir(exist_ok=True)
        (told / "METADATA").write_text("Metadata-Version: 2.1\nName: house\nVersion: 1.0\n")
        (told / "entry_points.txt").write_text("[casegraph.scorers]\nhouse = house_scorer:HOUSE\n")
        (site / "house_scorer.py").write_text(SCORER.format(version=version, body=body))
        forget(monkeypatch)

    yield make
    monkeypatch.undo()
    forget(monkeypatch)


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "house_scorer", raising=False)
    importlib.invalidate_caches()
    scorers.outside.cache_clear()
    pairs.scorers_digest.cache_clear()


def test_its_word_counts_and_is_told_by_its_name(make_case: MakeCase, install: Install) -> None:
    case = make_case(TEXTS)
    case.build()
    assert [one.score < 0.97 for one in case.proposals()] == [True]
    install()
    case.build()
    (one,) = case.proposals(state="merged")
    assert one.score == 0.97
    assert "house: house" in [reason.feature for reason in one.reasons]
    assert list(case.proposals()) == []


def test_another_version_asks_again_and_the_same_one_does_not(make_case: MakeCase, install: Install) -> None:
    install()
    case = make_case(TEXTS)
    assert case.build().compared > 0
    before = tree(case.folder)
    assert case.build().compared == 0
    assert tree(case.folder) == before
    install(version=2)
    assert case.build().compared > 0


def test_one_that_fails_is_a_problem_and_the_pair_has_our_score(
    make_case: MakeCase, install: Install
) -> None:
    case = make_case(TEXTS)
    case.build()
    ours = [(one.score, one.reasons) for one in case.proposals()]
    install(body="raise RuntimeError('John Smith')")
    case.build()
    assert [(one.score, one.reasons) for one in case.proposals()] == ours
    (problem,) = case.problems(code="resolve.scorer-failed")
    assert problem.subject == "house"
    assert problem.detail.startswith("RuntimeError, for 1 pair")
    assert "Smith" not in problem.detail
    assert case.status().problems == 1


def test_two_scorers_of_one_name_are_refused(install: Install, tmp_path: Path) -> None:
    install()
    told = tmp_path / "site" / "house-1.0.dist-info" / "entry_points.txt"
    told.write_text("[casegraph.scorers]\na = house_scorer:HOUSE\nb = house_scorer:HOUSE\n")
    scorers.outside.cache_clear()
    with pytest.raises(SettingsError, match="two parts"):
        scorers.outside()


def test_what_is_no_match_is_refused_and_the_stronger_word_holds() -> None:
    party = Party("Person", ("Anna Kern",))
    wrong = Scorer("wrong", 1, lambda *_: Match(7.0, "same", ()))
    with pytest.raises(scorers.ScorerError):
        asked(wrong, party, party)
    low, high = Match(0.6, "proposal", ()), Match(0.55, "same", ())
    assert stronger(low, high).outcome == stronger(high, low).outcome == "same"
