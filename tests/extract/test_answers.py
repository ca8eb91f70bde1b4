from __future__ import annotations

import itertools

from msgspec.structs import replace

from casegraph.extract import STAGE
from casegraph.model import Answer, Mention, Page, Pages, Problem, passage_digest
from tests.extract.made import unit
from tests.model_server import read

TEXT = "Zorvath Quell sold cranes.\n\nQuell, said Zorvath Quell, is well.\n\nТоварищ Жмудь купил сизый хвощ."


def answer(page: Page, body: str, **changed: object) -> Answer:
    whole = Answer(
        key="answer-1", document=page.document, page=1, start=0, end=len(page.text),
        passage=passage_digest(page.text), model="m", prompt="0123456789abcdef", body=body,
    )  # fmt: skip
    return replace(whole, **changed)


def run(body: str, text: str = TEXT, **changed: object) -> tuple[list[Mention], list[Problem]]:
    pages: Pages = unit(text)
    given = replace(pages, answers=(answer(pages.pages[0], body, **changed),))
    found = list(STAGE.run(given))
    mentions = [one for one in found if isinstance(one, Mention)]
    for one in mentions:
        assert text[one.target.start : one.target.end] == one.target.exact
    plain = {one.code for one in STAGE.run(pages) if isinstance(one, Problem)}
    return mentions, [one for one in found if isinstance(one, Problem) and one.code not in plain]


def read_by_model(mentions: list[Mention]) -> list[tuple[str, str | None]]:
    return [(one.name, one.schema) for one in mentions if one.detector.startswith("answers:")]


def test_a_name_becomes_a_mention_wherever_its_words_stand_and_rules_have_found_none() -> None:
    mentions, problems = run(read({"сизый хвощ": "Asset", "Quell": "Person"}))
    own = read_by_model(mentions)
    assert ("сизый хвощ", "Asset") in own
    assert problems == []
    marked = {one.detector for one in mentions if one.detector.startswith("answers")}
    assert marked == {"answers:m@0123456789ab"}
    spans = sorted((one.target.start, one.target.end) for one in mentions)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


def test_what_rules_found_stays_theirs() -> None:
    text = "The Ministry of Defence of Ukraine said no."
    plain, _ = run(read({}), text)
    mentions, _ = run(read({"Ministry of Defence": "Person"}), text)
    assert any("Ministry" in one.name for one in plain)
    assert mentions == plain


def test_names_that_do_not_stand_there_are_counted_and_refused() -> None:
    mentions, problems = run(read({"Zorvath  Quill": "Person", "zorvath quell": "Person", "Quel": "Person"}))
    assert read_by_model(mentions) == []
    assert [one.code for one in problems] == ["extract.answer-not-in-page"]
    assert "3 of 3 names" in problems[0].detail
    assert "Quill" not in problems[0].detail


def test_names_are_looked_for_in_the_passage_alone() -> None:
    start = TEXT.index("Товарищ")
    changed = {"start": start, "passage": passage_digest(TEXT[start:])}
    mentions, problems = run(read({"cranes": "Asset", "сизый хвощ": "Asset"}), TEXT, **changed)
    assert read_by_model(mentions) == [("сизый хвощ", "Asset")]
    assert [one.code for one in problems] == ["extract.answer-not-in-page"]


def test_a_failure_is_a_problem_of_the_document() -> None:
    mentions, problems = run("", failure="answer-timed-out")
    assert read_by_model(mentions) == []
    assert [one.code for one in problems] == ["extract.answer-timed-out"]
    assert "m@0123456789ab" in problems[0].detail


def test_an_answer_about_another_text_is_stale() -> None:
    mentions, problems = run(read({"сизый хвощ": "Asset"}), passage=passage_digest("other"))
    assert read_by_model(mentions) == []
    assert [one.code for one in problems] == ["extract.answer-stale"]


def test_a_stale_answer_is_no_problem_once_the_model_was_asked_again() -> None:
    pages = unit(TEXT)
    fresh = answer(pages.pages[0], read({"сизый хвощ": "Asset"}))
    stale = replace(fresh, passage=passage_digest("other"))
    found = list(STAGE.run(replace(pages, answers=(stale, fresh))))
    assert not [one for one in found if isinstance(one, Problem) and "answer" in one.code]
    assert [one.name for one in found if isinstance(one, Mention) and "answers" in one.detector] == [
        "сизый хвощ"
    ]


def test_an_answer_in_another_form_is_a_problem() -> None:
    for body in ("", "[]", "{", '{"names": [{"words": "x", "schema": "Dog"}], "claims": []}', "\ud800"):
        mentions, problems = run(body)
        assert read_by_model(mentions) == []
        assert [one.code for one in problems] == ["extract.answer-wrong-schema"]
