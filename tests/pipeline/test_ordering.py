from __future__ import annotations

import random
from pathlib import Path

import pytest

from casegraph.model import Problem
from casegraph.pipeline import ordering
from casegraph.pipeline.ordering import Runs, name_key
from tests.pipeline.conftest import MakeCase, news


def test_names_sort_as_a_person_counts() -> None:
    names = [
        "leak/a.txt",
        "leak/page-2.txt",
        "leak/Page-10.txt",
        "leak/page-010a.txt",
        "leak-2/a.txt",
        "z.txt",
    ]
    shuffled = random.Random(4).sample(names, len(names))
    assert sorted(shuffled, key=name_key) == names


@pytest.mark.parametrize("budget", [1, 2_000, 1 << 20])
def test_runs_come_out_as_one_order(tmp_path: Path, budget: int) -> None:
    runs = Runs(Problem, tmp_path, budget)
    made = [(f"{number % 7}", Problem(code="x.y", subject=str(number), detail="é")) for number in range(60)]
    for key, record in made:
        runs.add(key, record)
    assert list(runs) == [record for _, record in sorted(made, key=lambda pair: pair[0])]
    assert list(tmp_path.iterdir()) == []  # the files have no names
    runs.close()


@pytest.mark.parametrize(("first", "budget"), [(64, 1 << 20), (3, 1 << 20), (3, 3_000), (0, 3_000)])
def test_claims_come_by_the_names_of_their_documents(
    make_case: MakeCase, monkeypatch: pytest.MonkeyPatch, first: int, budget: int
) -> None:
    case = make_case({f"page-{number}.txt": text for number, text in enumerate(news(12).values(), 1)})
    case.build()
    monkeypatch.setattr(Runs.__init__, "__defaults__", (budget,))
    monkeypatch.setattr(ordering.by_name, "__defaults__", (first,))
    names = {row.id: row.names[0] for row in case.documents()}
    assert list(names.values()) == [f"page-{number}.txt" for number in range(1, 13)]
    found = [
        (names[claim.document], claim.evidence[0].page, claim.evidence[0].start) for claim in case.claims()
    ]
    assert found == sorted(found, key=lambda place: (name_key(place[0]), *place[1:]))
    assert len(found) == 36
    assert list(case.claims(limit=5)) == list(case.claims())[:5]
    about = [names[claim.document] for claim in case.claims(about="Orlan Works")]
    assert about == list(names.values())
