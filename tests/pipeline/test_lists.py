"""Names of reference data bring entities of the case together, with reasons; weak ones only propose."""

from __future__ import annotations

from pathlib import Path

import pytest

from casegraph.pipeline.case import Case
from tests.pipeline.conftest import MakeCase, add, tree

TEXTS = {
    "a.txt": "Cranes\n\nNorthgate Crane Works says that Mia Holt sold cranes.",
    "b.txt": "Cranes\n\nSeverokran Works denies that Mia Holt sold cranes.",
    "c.txt": "Cranes\n\nVostok denies that Orient sold cranes.",
}
LIST = "id,label_en,label_ru,schema\nQ11,Northgate Crane Works,Severokran Works,Company\n"


@pytest.fixture
def case(make_case: MakeCase) -> Case:
    made = make_case(TEXTS)
    made.build()
    return made


def listed(case: Case, text: str, dataset: str = "gazetteer") -> None:
    path = case.folder.parent / f"{dataset}.csv"
    path.write_text(text, encoding="utf-8")
    case.add_reference(path, dataset=dataset)


def names(case: Case) -> list[set[str]]:
    return [set(one.names) for one in case.entities()]


BOTH = {"Northgate Crane Works", "Severokran Works"}


def test_names_of_one_entry_are_joined_with_the_reason_and_parted_when_the_list_goes(case: Case) -> None:
    assert BOTH not in names(case)
    before = tree(case.folder)
    listed(case, LIST)
    case.build()
    assert BOTH in names(case)
    (merged,) = case.proposals(state="merged")
    (reason,) = (one for one in merged.reasons if one.feature == "reference")
    assert "are both of Northgate Crane Works (Q11) in the list gazetteer" in reason.words
    case.remove_reference("gazetteer")
    case.build()
    assert BOTH not in names(case)
    made = [path for path in before if path.startswith(("matches", "entities"))]
    assert made
    assert {path: tree(case.folder).get(path) for path in made} == {path: before[path] for path in made}


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (LIST + "Q12,Another Firm,Severokran Works,Company\n", "another entry"),
        ("id,label,aliases,schema\nQ13,Orient,Vostok,Person\n", "less than a given name"),
    ],
)
def test_a_name_that_others_have_or_that_is_short_only_proposes(case: Case, text: str, doubt: str) -> None:
    listed(case, text)
    case.build()
    assert not list(case.proposals(state="merged"))
    (proposal,) = case.proposals()
    assert any(doubt in one.words for one in proposal.reasons if one.feature == "doubt")


def test_a_list_of_two_data_sets_is_no_doubt_where_they_share_more_than_a_name(case: Case) -> None:
    listed(case, LIST)
    listed(case, LIST.replace("Q11", "N-1"), "register")
    case.build()
    assert BOTH in names(case)


def test_weak_names_and_people_whom_many_are_called_join_nobody(make_case: MakeCase) -> None:
    case = make_case(
        {
            "a.txt": "Cranes\n\nJohn Smith says that Mia Holt sold cranes.",
            "b.txt": "Cranes\n\nPeter Brown denies that Mia Holt sold cranes.",
        }
    )
    listed(case, "id,label,aliases,schema\nQ1,John Smith,Peter Brown,Person\n")
    case.build()
    assert not list(case.proposals(state="merged"))


def test_a_later_document_gives_the_same_as_all_at_once(
    case: Case, make_case: MakeCase, tmp_path: Path
) -> None:
    more = {"d.txt": "Cranes\n\nVostok says that Northgate Crane Works sold cranes."}
    listed(case, LIST)
    case.build()
    add(case, tmp_path / "more", more)
    case.build()
    whole = make_case(TEXTS | more, name="whole")
    listed(whole, LIST)
    whole.build()
    assert list(whole.entities()) == list(case.entities())
    assert list(whole.proposals()) == list(case.proposals())
