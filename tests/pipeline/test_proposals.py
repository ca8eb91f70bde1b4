"""What the matcher proposes is listed with reasons, and judgements act upon it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from casegraph.cli import program
from casegraph.errors import UsageError
from casegraph.pipeline.case import Case
from tests.pipeline.conftest import MakeCase, add, tree

TEXTS = {
    "a.txt": "Cranes\n\nYaroslav Shcherbatyuk says that John Smith sold cranes.",
    "b.txt": "Cranes\n\nJaroslaw Schtscherbatjuk says that Jon Smith sold cranes.",
    "c.txt": "Cranes\n\nJaroslaw Schtscherbatjuk denies that Mia Holt sold cranes.",
}


@pytest.fixture
def built(make_case: MakeCase) -> Case:
    case = make_case(TEXTS)
    case.build()
    return case


def pairs(case: Case, **asked: Any) -> list[set[str]]:  # noqa: ANN401 - as `proposals` takes it
    return [{one.left_name, one.right_name} for one in case.proposals(**asked)]


def test_what_fits_is_merged_and_what_may_be_is_proposed(built: Case) -> None:
    names = [set(one.names) for one in built.entities()]
    assert {"Yaroslav Shcherbatyuk", "Jaroslaw Schtscherbatjuk"} in names
    assert pairs(built) == [{"John Smith", "Jon Smith"}]
    (merged,) = built.proposals(state="merged")
    assert (merged.left, merged.left_name) != (merged.right, "")
    (proposal,) = built.proposals()
    assert 0.5 <= proposal.score <= 1
    assert any("smith is the same" in reason.words for reason in proposal.reasons)
    assert pairs(built, name="Holt") == []
    assert len(pairs(built, name="Smith")) == 1
    with pytest.raises(UsageError, match="no state"):
        pairs(built, state="nonsense")


def test_a_word_on_a_proposal_is_kept_with_the_score_and_takes_it_off_the_list(built: Case) -> None:
    (proposal,) = built.proposals()
    said = built.judge(proposal.left, proposal.right, "negative")
    assert said.score == proposal.score
    assert pairs(built) == []
    (again,) = built.proposals(everything=True)
    assert again.judgement == "negative"
    built.judge(proposal.left, proposal.right, "positive")
    assert built.update_entities().merged == 1
    assert pairs(built, everything=True) == []
    assert len(pairs(built, state="merged")) == 2


def test_a_judgement_parts_what_the_matcher_merged_and_makes_nobody_compare_again(built: Case) -> None:
    before = tree(built.folder)
    (merged,) = built.proposals(state="merged")
    built.judge(merged.left, merged.right, "negative")
    assert built.update_entities().split == 1
    assert pairs(built, state="merged") == []
    after = tree(built.folder)
    kept = [path for path in before if path.startswith("matches")]
    assert kept
    assert {path: after.get(path) for path in kept} == {path: before[path] for path in kept}


def test_the_command_prints_both_sides_and_the_reasons(built: Case) -> None:
    done = CliRunner().invoke(program, ["proposals", str(built.folder)])
    assert done.exit_code == 0, done.output
    assert "John Smith" in done.stdout
    assert "      + john ~ jon" in done.stdout
    done = CliRunner().invoke(program, ["proposals", str(built.folder), "-f", "jsonl"])
    (row,) = map(json.loads, done.stdout.splitlines())
    assert row["state"] == "proposed"
    assert all(reason["words"] for reason in row["reasons"])


def test_a_further_document_compares_only_what_is_new_and_gives_the_same_bytes(
    built: Case, make_case: MakeCase, tmp_path: Path
) -> None:
    more = {"d.txt": "Cranes\n\nJohn Smyth says that Mia Holt sold cranes."}
    add(built, tmp_path / "more", more)
    report = built.build()
    whole = make_case(TEXTS | more, name="whole")
    all_at_once = whole.build()
    assert 0 < report.compared < all_at_once.compared
    assert list(built.proposals()) == list(whole.proposals())
    made = [path for path in tree(whole.folder) if path.startswith(("matches", "comparisons", "entities"))]
    assert made
    assert {path: tree(built.folder).get(path) for path in made} == {
        path: tree(whole.folder)[path] for path in made
    }


def test_a_sound_that_too_many_share_is_a_problem_that_names_some(make_case: MakeCase) -> None:
    given = [f"A{a}{b}a" for a in "bdfglmnprt" for b in "bdglr"]
    case = make_case({"a.txt": "\n\n".join(f"{name} Shcherbatyuk says that all is well." for name in given)})
    report = case.build()
    told = list(case.problems(code="resolve.crowded"))
    assert len(told) == report.crowded > 0
    (largest,) = (one for one in told if one.detail.startswith("50 names share this sound"))
    assert largest.subject.startswith("Person ")
    assert "Shcherbatyuk" in largest.detail
    assert case.status().problems == len(told)
    case.build()
    assert list(case.problems(code="resolve.crowded")) == told
