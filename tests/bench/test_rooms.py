"""A made case has what a built one has, and the reading room shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from casegraph.bench.molds import LANGUAGES, SLOTS, word
from casegraph.bench.rooms import bench, questions
from casegraph.bench.stamped import stamp, tables
from casegraph.pipeline.case import Case

PAGES = 40


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, Path]:
    folder = tmp_path_factory.mktemp("rooms")
    return stamp(folder / "made", PAGES, 3, 1, folder / "molds"), folder / "molds" / "case"


def test_a_made_case_has_the_tables_of_a_built_one(made: tuple[Case, Path]) -> None:
    case, built = made
    own, real = tables(case.folder), tables(built)
    kept = {stage for stage in real if stage.startswith("traced-")}  # what only the next tracing needs
    assert own == {stage: columns for stage, columns in real.items() if stage not in kept}
    status = case.status()
    assert (status.documents, status.stale, status.problems) == (PAGES, 0, 0)
    assert status.corroborations > 0
    assert status.derivations == sum(1 for _ in case.derivations())


def test_the_words_of_a_made_case_stand_in_its_pages(made: tuple[Case, Path]) -> None:
    case, _ = made
    pages = {page.document: page.text for page in case.pages()}
    claims = list(case.claims())
    assert len(set(pages.values())) == PAGES
    assert len({claim.id for claim in claims}) == len(claims) > PAGES
    targets = [target for claim in claims for target in (*claim.evidence, claim.content_target)]
    targets += [mention.target for mention in case.mentions()]
    assert all(pages[one.document][one.start : one.end] == one.exact for one in targets)


def test_what_a_made_case_holds_belongs_together(made: tuple[Case, Path]) -> None:
    case, _ = made
    entities = list(case.entities())
    most = entities[0]
    assert case.search(f'"{most.name}"').total > 0
    assert next(case.claims(about=most.id)).document in most.documents
    claims = {claim.id: claim.document for claim in case.claims()}
    for cluster in case.corroborations():
        assert {claims[claim] for claim in cluster.claims} == set(cluster.documents)
    assert {row.claim for row in case.backing()} <= claims.keys()


def test_names_differ_and_keep_their_length() -> None:
    for language, _ in LANGUAGES:
        for slot in SLOTS:
            names = [word(language, slot, number) for number in range(5000, 5600)]
            assert len(set(names)) == len(names)
            assert len({len(name) for name in names}) == 1


@pytest.mark.loopback
def test_the_room_answers_and_shows_what_a_build_adds(
    made: tuple[Case, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _ = made
    monkeypatch.setattr("casegraph.bench.rooms.ROUNDS", 1)
    monkeypatch.setattr("casegraph.bench.rooms.FURTHER", 2)
    monkeypatch.setattr("casegraph.bench.rooms.painted", lambda *_: {})
    before = {page.kind for page in questions(case.folder, 1)}
    found = bench(PAGES, 1, 1, case.folder)
    pages, then = found["pages"], found["while_building"]
    assert isinstance(pages, dict)
    assert isinstance(then, dict)
    assert pages.pop("wrong") == then["wrong"] == []
    assert set(pages) == before
    assert (then["found_before"], then["found_after"]) == (0, 2)
    assert then["documents"] == PAGES + 2
