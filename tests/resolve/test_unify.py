from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from casegraph.model import Resolved
from casegraph.resolve import STAGE, Counted, unify
from casegraph.testing import mention, page, parsed
from tests.resolve import in_one_piece


def counted(
    key: str,
    group: str = "Organization",
    *,
    mentions: int = 1,
    documents: str = "a",
    placed: bool = False,
    short_of: Mapping[str, int] | None = None,
) -> Counted:
    """Return what a case knows of a name; `documents` has one letter a document."""
    return Counted(
        id=f"{group}:{key}",
        group=group,
        key=key,
        mentions=mentions,
        documents=frozenset(documents),
        placed=placed,
        short_of=short_of or {},
    )


HARROW = counted("harrow marine", mentions=6, documents="abcd")


def test_a_short_name_that_follows_the_long_one_is_the_same() -> None:
    short = counted("harrow", mentions=5, documents="abef", short_of={HARROW.id: 2})
    assert unify([short, HARROW]) == {short.id: HARROW.id}


def test_the_mother_that_most_documents_speak_of_is_not_her_daughter() -> None:
    short = counted("harrow", mentions=50, documents="abefghijklmnop", short_of={HARROW.id: 2})
    assert unify([short, HARROW]) == {}


def test_a_short_name_of_two_long_ones_is_neither() -> None:
    other = counted("harrow foods", documents="xy")
    one_vote = counted("harrow", documents="abx", short_of={HARROW.id: 2})
    two_votes = counted("harrow", documents="abx", short_of={HARROW.id: 2, other.id: 1})
    assert unify([one_vote, HARROW, other]) == {}
    assert unify([two_votes, HARROW, other]) == {}


def test_a_name_that_mostly_comes_before_the_long_one_is_another() -> None:
    short = counted("harrow", documents="abcd", short_of={HARROW.id: 1})
    assert unify([short, HARROW]) == {}


def test_the_long_name_cut_at_another_place_is_no_rival() -> None:
    full = counted("harrow marine supplies", documents="abc")
    middle = counted("harrow marine", documents="ab", short_of={full.id: 2})
    short = counted("harrow", documents="abc", short_of={full.id: 3})
    assert unify([short, middle, full]) == {short.id: full.id, middle.id: full.id}


def test_a_firm_misread_now_and_then_is_one_thing() -> None:
    place = counted("harrow marine", "Address", documents="a")
    thing = counted("harrow marine", "Thing", documents="z")
    person = counted("harrow marine", "Person", mentions=1, documents="b")
    assert unify([HARROW, place, thing, person]) == {
        place.id: HARROW.id,
        thing.id: HARROW.id,
        person.id: HARROW.id,
    }


def test_a_known_place_and_a_person_of_its_name_stay_two() -> None:
    place = counted("veld", "Address", mentions=30, documents="abcdef", placed=True)
    person = counted("veld", "Person", mentions=12, documents="abc")
    firm = counted("veld", mentions=15, documents="abcd")
    assert unify([place, person, firm]) == {}


def test_a_lone_word_is_the_person_who_bears_it_in_the_same_documents() -> None:
    anna = counted("anna kern", "Person", mentions=4, documents="abc")
    word = counted("kern", "Address", documents="ab")
    elsewhere = counted("kern", "Thing", documents="z")
    assert unify([anna, word]) == {word.id: anna.id}
    assert unify([anna, elsewhere]) == {}
    assert unify([anna, word, counted("otto kern", "Person", documents="q")]) == {}


def test_documents_tell_which_longer_name_came_first() -> None:
    text = "Shenzhen Orlan Aviation Ltd said that Orlan would pay. Orlan Aviation did."
    on = page(text)
    names = [
        mention(on, "Shenzhen Orlan Aviation Ltd", "Company"),
        mention(on, "Orlan", "Company", occurrence=2),
        mention(on, "Orlan Aviation", "Company", occurrence=2),
    ]
    found = {one.spelling: one for one in STAGE.run(parsed(on, *names)) if isinstance(one, Resolved)}
    assert found["Orlan"].short_of == found["Shenzhen Orlan Aviation Ltd"].entity
    assert found["Shenzhen Orlan Aviation Ltd"].short_of is None


def test_nationalities_parties_posts_and_forms_are_nobody() -> None:
    on = page("Russian | Buyer | Export Manager | LLC | Orlan Works")
    names = [
        msgspec.structs.replace(mention(on, "Russian", "Thing"), country="ru"),
        mention(on, "Buyer", "Person"),
        mention(on, "Export Manager", "Person"),
        mention(on, "LLC", "Organization"),
        mention(on, "Orlan Works", "Company"),
    ]
    found = [one for one in STAGE.run(parsed(on, *names)) if isinstance(one, Resolved)]
    assert [one.name for one in found] == ["Orlan Works"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["kern", "anna kern", "orlan", "orlan works", "orlan works veld"]),
            st.sampled_from(["Person", "Organization", "Address", "Thing"]),
            st.integers(1, 9),
            st.text("abcdef", min_size=1),
            st.booleans(),
        ),
        max_size=12,
        unique_by=lambda row: row[:2],
    )
)
def test_what_is_merged_stays_and_order_does_not_matter(rows: list[tuple[str, str, int, str, bool]]) -> None:
    entities = [
        counted(key, group, mentions=mentions, documents=documents, placed=placed)
        for key, group, mentions, documents, placed in rows
    ]
    into = unify(entities)
    assert into == unify(reversed(entities))
    ids = {one.id for one in entities}
    assert set(into) <= ids
    assert set(into.values()) <= ids - set(into)


KEYS = [
    "kern",
    "anna kern",
    "otto kern",
    "orlan",
    "orlan works",
    "orlan works veld",
    "orlan foods",
    "veld orlan",
]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(KEYS),
            st.sampled_from(["Person", "Organization", "Organization", "Address", "Thing"]),
            st.integers(1, 9),
            st.text("abcdef", min_size=1),
            st.booleans(),
            st.dictionaries(
                st.sampled_from([f"Organization:{key}" for key in KEYS]), st.integers(1, 4), max_size=2
            ),
            st.sampled_from(
                [frozenset(), frozenset(), frozenset({"anna kern"}), frozenset({"orlan", "kern"})]
            ),
        ),
        max_size=14,
        unique_by=lambda row: row[:2],
    )
)
def test_blocks_come_to_what_all_entities_at_once_come_to(
    rows: list[tuple[str, str, int, str, bool, dict[str, int], frozenset[str]]],
) -> None:
    entities = [
        dataclasses.replace(
            counted(key, group, mentions=mentions, documents=documents, placed=placed, short_of=short_of),
            bears=bears,
        )
        for key, group, mentions, documents, placed, short_of, bears in rows
    ]
    assert unify(entities) == in_one_piece.unify(entities)
