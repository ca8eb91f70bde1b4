"""Trees of own sentences; what is expected follows the Chinese guidelines of Universal Dependencies."""

from __future__ import annotations

from pathlib import Path

import pytest

from casegraph.extract.lang.zh import analyse_text

# Sentence, then word:label>head, blank-separated.
TREES = Path(__file__).with_name("chinese_trees.txt").read_text(encoding="utf-8")
CASES = [line.split(" | ") for line in TREES.strip().split("\n")]


def edges(text: str) -> list[str]:
    found = analyse_text(text)
    word = [text[start:end] for start, end in zip(found.start, found.end, strict=True)]
    return [
        f"{word[i]}:{found.dep[i]}>{'' if head == i else word[head]}" for i, head in enumerate(found.head)
    ]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_tree(text: str, expected: str) -> None:
    found = edges(text)
    assert [edge for edge in expected.split() if edge not in found] == [], found


def test_one_root_a_sentence_and_no_circles() -> None:
    text = "".join(line for line, _ in CASES)
    found = analyse_text(text)
    roots = [i for i, head in enumerate(found.head) if head == i]
    assert len(roots) == len(CASES) == len(set(found.sentence))
    for start in range(len(found.head)):
        word, seen = start, {start}
        while found.head[word] not in seen:
            word = found.head[word]
            seen.add(word)
        assert found.head[word] == word
