"""Judgements change the entities of a case, and nothing else; an undo gives the same bytes again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casegraph.errors import UsageError
from casegraph.pipeline.case import Case
from tests.pipeline.conftest import MakeCase, news, tree


@pytest.fixture
def built(make_case: MakeCase) -> Case:
    case = make_case(news(3), pen_name="wren")
    case.build()
    return case


def ids(case: Case) -> dict[str, str]:
    return {one.name: one.id for one in case.entities()}


def test_a_merge_moves_claims_and_an_undo_gives_the_same_bytes(built: Case) -> None:
    before, entities = tree(built.folder), ids(built)
    said = built.judge("Otto Wren", "Mia Holt", "positive", note="the same signature")
    assert (said.pen_name, said.note) == ("wren", "the same signature")
    assert tree(built.folder) == before
    changes = built.update_entities()
    assert (changes.merged, changes.split) == (1, 0)
    assert changes.claims > 0
    (one,) = changes.changes
    assert {one.left_name, one.right_name} == {"Otto Wren", "Mia Holt"}
    merged = next(one for one in built.entities() if one.merged)
    assert {merged.id, *merged.merged} == {entities["Otto Wren"], entities["Mia Holt"]}
    assert built.update_entities().merged == 0
    built.judge(entities["Otto Wren"], entities["Mia Holt"], "no_judgement")
    assert built.update_entities().split == 1
    assert ids(built) == entities
    again = tree(built.folder)
    assert {path: again[path] for path in again if not path.startswith("entities")} == {
        path: before[path] for path in before if not path.startswith("entities")
    }
    assert [row.stands for row in built.judgements()] == [False, False]


def test_a_build_follows_judgements_and_says_so(built: Case) -> None:
    built.judge("Otto Wren", "Mia Holt", "positive")
    report = built.build()
    assert (report.documents, report.entities.merged) == (0, 1)


def test_contradictions_and_unknown_names_are_refused(built: Case) -> None:
    built.judge("Otto Wren", "Mia Holt", "positive")
    built.judge("Mia Holt", "Anna Kern", "negative")
    with pytest.raises(UsageError, match="contradicts an earlier judgement"):
        built.judge("Otto Wren", "Anna Kern", "positive")
    with pytest.raises(UsageError, match="no entity"):
        built.judge("Otto Wren", "Nobody", "positive")
    with pytest.raises(UsageError, match="same entity"):
        built.judge("Otto Wren", "otto wren", "positive")
    with pytest.raises(UsageError, match="nothing is said"):
        built.judge("Otto Wren", "Vera Lind", "no_judgement")
    assert len(list(built.judgements())) == 2


def test_a_resolver_file_goes_out_and_comes_in(built: Case, make_case: MakeCase, tmp_path: Path) -> None:
    file = tmp_path / "resolver.ijson"
    built.judge("Otto Wren", "Mia Holt", "positive")
    built.judge("Mia Holt", "Anna Kern", "negative")
    assert built.export_judgements(file) == 2
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [(len(line), line[2], line[4]) for line in lines] == [
        (6, "positive", "wren"),
        (6, "negative", "wren"),
    ]
    assert all(line[0] > line[1] for line in lines)
    other = make_case(news(3), name="other")
    other.build()
    assert other.import_judgements(file) == (2, 0, 0)
    assert other.import_judgements(file) == (0, 2, 0)
    built.update_entities()
    other.update_entities()
    assert list(other.entities()) == list(built.entities())


def test_other_peoples_files(built: Case, tmp_path: Path) -> None:
    file, one = tmp_path / "resolver.ijson", ids(built)
    edge = {"target": "NK-1", "source": one["Otto Wren"], "judgement": "positive", "user": "x"}
    gone = edge | {"source": one["Anna Kern"], "deleted_at": "2026-01-01"}
    line = ["NK-1", one["Mia Holt"], "positive", 0.8, "x", "2026-01-01T00:00:00"]
    file.write_text("".join(json.dumps(row) + "\n" for row in (edge, gone, line)))
    assert built.import_judgements(file) == (2, 0, 0)
    assert built.update_entities().merged == 1
    for wrong in ("{}", "[1, 2]", "nonsense", '["a", "b", "maybe", null, null, null]'):
        file.write_text(f"\n{wrong}\n")
        with pytest.raises(UsageError, match="line 2"):
            built.import_judgements(file)
