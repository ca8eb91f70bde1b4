"""Names that a language model read on a page, and what came of asking it.

A name is kept where its words stand in the passage that the model was given, wherever they stand there. What
the rules have found before has the place already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from casegraph.extract.base import Extractor, Found, Reading
from casegraph.model import Answer, PassageRead, Problem
from casegraph.text import find_words, places_of

_SCORE = 0.5  # nobody has measured the model that the user took

_FAILURES = {
    "answer-timed-out": "the model did not answer within the time that was set",
    "answer-unreachable": "the connection to the server of the model broke",
    "answer-refused": "the server of the model refused the question",
    "answer-too-large": "the answer of the server was larger than any answer can be",
    "answer-cut-off": "the model wrote on to the limit of its answer, so that the end is missing",
    "answer-empty": "the server gave an answer in which the model says nothing",
    "answer-no-json": "what the model or its server gave is no JSON",
    "answer-wrong-schema": "the model gave JSON that is not in the form that was asked for",
}


def _standing(reading: Reading) -> Iterator[tuple[int, Answer, PassageRead]]:
    """Yield the answers whose passages stand where they stood, with the index of their page."""
    index = {page.number: place for place, page in enumerate(reading.pages)}
    for answer in reading.answers:
        place = index.get(answer.page)
        if place is None or answer.failure or not answer.fits(reading.pages[place].text):
            continue
        try:
            yield place, answer, msgspec.json.decode(answer.body, type=PassageRead)
        except (msgspec.DecodeError, UnicodeError):
            continue  # `_troubles` tells of it


def _find(reading: Reading, found: Sequence[Found]) -> Iterator[Found | Problem]:
    del found  # the stage drops what overlaps
    yield from _troubles(reading)
    for place, answer, read in _standing(reading):
        for name in read.names:
            for start, end in places_of(reading.pages[place].text, name.words, answer.start, answer.end):
                yield Found(
                    page=place,
                    kind="name",
                    start=start,
                    end=end,
                    schema=name.schema,
                    detail=answer.made_with,
                    score=_SCORE,
                )


def _troubles(reading: Reading) -> Iterator[Problem]:
    """Yield what went wrong with answers, and how many names are not in their passages."""
    texts = {page.number: page.text for page in reading.pages}
    for answer in reading.answers:
        where = f"page {answer.page}, characters {answer.start} to {answer.end}, {answer.made_with}"
        text = texts.get(answer.page, "")
        if not answer.fits(text):
            if not _asked_again(answer, reading):
                yield _problem(
                    reading, "answer-stale", f"{where}: the page reads otherwise now than when it was asked"
                )
        elif answer.failure:
            yield _problem(reading, answer.failure, f"{where}: {_FAILURES[answer.failure]}")
        else:
            yield from _lost_names(reading, answer, text, where)


def _lost_names(reading: Reading, answer: Answer, text: str, where: str) -> Iterator[Problem]:
    try:
        read = msgspec.json.decode(answer.body, type=PassageRead)
    except (msgspec.DecodeError, UnicodeError):
        yield _problem(reading, "answer-wrong-schema", f"{where}: {_FAILURES['answer-wrong-schema']}")
        return
    lost = sum(find_words(text, name.words, answer.start, answer.end) is None for name in read.names)
    if lost:
        yield _problem(
            reading,
            "answer-not-in-page",
            f"{where}: {lost} of {len(read.names)} names are not in the page and were refused",
        )


def _asked_again(stale: Answer, reading: Reading) -> bool:
    """Say whether the same model has been asked about the page as it reads now."""
    text = next((page.text for page in reading.pages if page.number == stale.page), "")
    return any(
        other.model == stale.model and other.page == stale.page and other.fits(text)
        for other in reading.answers
    )


def _problem(reading: Reading, code: str, detail: str) -> Problem:
    return Problem(code=f"extract.{code}", subject=reading.document.id, detail=detail)


ANSWERS = Extractor(name="answers", version=1, find=_find)
