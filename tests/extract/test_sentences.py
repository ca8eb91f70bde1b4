from __future__ import annotations

import pytest

from casegraph.extract.lang.en import ENGLISH


def sentences(text: str) -> list[str]:
    [found] = ENGLISH.analyse([text])
    spans: dict[int, tuple[int, int]] = {}
    for number, start, end in zip(found.sentence, found.start, found.end, strict=True):
        spans[number] = (spans.get(number, (start, end))[0], end)
    return [text[start:end] for start, end in spans.values()]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Anna Kern met Lt. Col. Reik on Monday.|She left.",
        "The No. 7 plant closed.|It reopened.",
        "Harrow Inc. Chairman Tom Arrel left.",
        "He lives in the U.S.|She does not.",
        "He moved to the U.S. last year.",
        "The Garpiya-3 (G3) was built.|(It flew.)|Then it crashed.",
        "\u201cIt flies,\u201d he said.|\u201cNo.\u201d|She left.",
        '"Who knows?" he asked.|Nobody did!',
        "\u2018Never again,\u2019 she said.|\u2018Not here.\u2019|Then she went.",
        "It cost $1.5 million vs. $2 million in Sept. 2021.|Sales fell.",
        "J. R. Smith and A. Jones signed.|Mr. Dorn did not.",
        'He asked "Why?" and left.',
        "See Fig. 3 and Art. 5.|The rest is noise.",
        "She said: \u201cWe have no comment.\u201d|They could not verify it.",
        "Phone sales rose.|eBay fell.",
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str) -> None:
    assert sentences(text.replace("|", " ")) == text.split("|")


def test_quotation_marks_are_tokens() -> None:
    text = "\u201cIt flies,\u201d he said."
    [found] = ENGLISH.analyse([text])
    words = [text[start:end] for start, end in zip(found.start, found.end, strict=True)]
    assert words == ["\u201c", "It", "flies", ",", "\u201d", "he", "said", "."]
