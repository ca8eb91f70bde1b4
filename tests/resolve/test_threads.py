"""Conversations: what mails say of earlier ones, and what may be concluded where they say nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegraph.resolve.threads import DAYS, Groups, Letter, Placed, base_subject, identifiers, place, ties

DAY = 86_400.0


def letter(
    name: str,
    *references: str,
    subject: str = "",
    day: float = 0,
    people: str = "anna otto",
    sender: str = "",
) -> Letter:
    return Letter(
        document=f"doc-{name}",
        identifier=name,
        references=references,
        subject=subject,
        people=frozenset(people.split()),
        moment=day * DAY,
        sender=sender or people.split(maxsplit=1)[0],
    )


def parents(*letters: Letter) -> dict[str, str | None]:
    found = {
        one.document.removeprefix("doc-"): one.parent.removeprefix("doc-") if one.parent else None
        for one in place(letters)
    }
    shuffled = list(letters)
    random.Random(7).shuffle(shuffled)
    assert list(place(shuffled)) == list(place(letters))
    return found


def roots(*letters: Letter) -> dict[str, str]:
    return {one.document.removeprefix("doc-"): one.root for one in place(letters)}


def test_references_make_a_tree() -> None:
    four = (letter("a"), letter("b", "a"), letter("c", "a", "b"), letter("d", "a"))
    assert parents(*four) == {"a": None, "b": "a", "c": "b", "d": "a"}
    assert set(roots(*four).values()) == {"a"}


def test_a_mail_that_is_lost_still_holds_its_answers_together() -> None:
    two = (letter("b", "lost"), letter("c", "lost"), letter("e", "lost", "lost-2", "b"))
    assert parents(*two) == {"b": None, "c": None, "e": "b"}
    assert set(roots(*two).values()) == {"lost"}


def test_circles_and_a_mail_that_answers_itself_do_no_harm() -> None:
    assert parents(letter("a", "a")) == {"a": None}
    circle = parents(letter("a", "c"), letter("b", "a"), letter("c", "b"))
    assert sorted(circle.values(), key=str).count(None) == 1


def test_two_copies_of_one_identifier_are_in_one_conversation() -> None:
    again = Letter("doc-a2", "a", (), "", frozenset(), None)
    assert len({one.root for one in place([letter("a"), again, letter("b", "a")])}) == 1


def test_a_subject_joins_only_what_says_that_it_answers() -> None:
    assert parents(
        letter("a", subject="Cranes", day=1),
        letter("b", subject="Re: Cranes", day=2, sender="otto"),
        letter("c", subject="Cranes", day=3),
        letter("d", subject="AW: Re: Cranes", day=4),
    ) == {"a": None, "b": "a", "c": None, "d": "c"}


def test_a_subject_joins_neither_strangers_nor_what_is_long_past() -> None:
    first = letter("a", subject="Invoice", day=1)
    assert parents(first, letter("b", subject="Re: Invoice", day=2, people="mia vera"))["b"] is None
    assert parents(first, letter("b", subject="Re: Invoice", day=2 + DAYS))["b"] is None
    assert parents(first, letter("b", subject="Re: Invoice", day=0.5))["b"] is None
    assert parents(first, letter("b", "elsewhere", subject="Re: Invoice", day=2))["b"] is None


@pytest.mark.parametrize(
    ("subject", "base", "answers"),
    [
        ("Cranes", "cranes", False),
        ("Re: Re: Cranes", "cranes", True),
        ("RE[2]: Cranes", "cranes", True),
        ("Fwd: [harbour] Re: Cranes", "cranes", True),
        ("Ответ: Краны", "краны", True),
        ("回复：答复: 起重机", "起重机", True),
        ("轉寄: 起重機", "起重機", True),
        ("Cranes (fwd)", "cranes", True),
        ("Report: Cranes", "report: cranes", False),
        ("Re:", "", True),
        ("", "", False),
    ],
)
def test_subjects_without_what_programs_put_before_them(subject: str, base: str, answers: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert base_subject(subject) == (base, answers)


def test_identifiers_are_taken_out_of_whatever_stands_around_them() -> None:
    assert identifiers("<a@x> <b@x>", "your mail of Friday <c@x>", "<a@x>") == ("b@x", "c@x", "a@x")
    assert identifiers("none", "<>", "< a@x >") == ()
    assert len(identifiers(" ".join(f"<{number}@x>" for number in range(1_000)))) == 200


def test_many_mails_of_one_subject_take_no_time() -> None:
    many = [letter(f"m{number}", subject="Re: Daily report", day=number / 100) for number in range(3_000)]
    placed: list[Placed] = list(place(many))
    assert len({one.root for one in placed}) == 1


IDENTIFIERS = st.sampled_from([f"{letter}@orlan.example" for letter in "abcdefgh"])
SUBJECTS = st.sampled_from(["Cranes", "Re: Cranes", "Re: Veld", "Veld", "", "AW: Harbour"])


@st.composite
def heaps(draw: st.DrawFn) -> list[Letter]:
    count = draw(st.integers(1, 12))
    return [
        Letter(
            document=f"d{number:02}",
            identifier=draw(st.just("") | IDENTIFIERS),
            references=tuple(draw(st.lists(IDENTIFIERS, max_size=3))),
            subject=draw(SUBJECTS),
            people=frozenset(draw(st.lists(st.sampled_from("xyz"), min_size=1, max_size=3))),
            moment=draw(st.none() | st.integers(0, 9).map(lambda days: 86_400.0 * days)),
            sender=draw(st.sampled_from("xyz")),
        )
        for number in range(count)
    ]


@given(heaps())
def test_groups_of_tied_mails_make_the_conversations_that_all_mails_make(letters: list[Letter]) -> None:
    groups = Groups()
    for one in letters:
        groups.tie(ties(one))
    by_group: dict[int, list[Letter]] = {}
    for one in letters:
        by_group.setdefault(groups.group(one.identifier or one.document), []).append(one)
    apart = [placed for group in by_group.values() for placed in place(group)]
    assert sorted(apart, key=lambda one: one.document) == list(place(letters))
