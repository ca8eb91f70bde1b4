"""Made wires and their copies, and what is measured on them."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice

import pytest

from casegraph.bench import lineage
from casegraph.bench.clock import Clock
from casegraph.bench.wires import articles


def test_articles_are_the_same_for_the_same_seed_and_a_stream() -> None:
    assert list(articles(60, 1)) == list(articles(60, 1))
    assert list(islice(articles(10**9, 1), 60)) == list(articles(60, 1))
    assert list(articles(60, 2)) != list(articles(60, 1))


def test_sorts_are_in_their_shares_and_a_wire_comes_before_its_copies() -> None:
    made = list(articles(4000, 3))
    counts = Counter(article.sort for article in made)
    assert 0.3 < counts["other"] / 4000 < 0.5
    assert 0.8 < counts["reprint"] / counts["rewrite"] < 1.25
    seen = set()
    for article in made:
        if article.sort in {"wire", "other"}:
            assert article.story not in seen
            seen.add(article.story)
        assert article.story in seen


def test_a_reprint_has_sentences_of_its_wire_and_a_rewrite_has_few_whole_ones() -> None:
    made = list(articles(400, 5))
    wires = {
        article.story: set(". ".join(article.paragraphs[:-1]).split(". "))
        for article in made
        if article.sort == "wire"
    }
    for sort, least, most in (("reprint", 0.6, 1.0), ("rewrite", 0.0, 0.2)):
        shares = [
            len(wires[article.story] & own) / len(own)
            for article in made
            if article.sort == sort and (own := set(". ".join(article.paragraphs[:-1]).split(". ")))
        ]
        assert least <= sum(shares) / len(shares) <= most


def test_rates_count_pairs_of_a_story_and_copies_of_wires() -> None:
    told = list(articles(50, 3))
    wires = {article.story: article.number for article in told if article.sort == "wire"}
    copies = {(wires[a.story], a.number) for a in told if a.sort in {"reprint", "rewrite"}}
    assert lineage.rates(copies, told) == {"precision": 1.0, "reprint_recall": 1.0, "rewrite_recall": 1.0}
    alone = [article.number for article in told if article.sort == "other"]
    wrong = copies | {(alone[0], alone[1])}
    assert lineage.rates(wrong, told)["precision"] == pytest.approx(len(copies) / (len(copies) + 1), abs=1e-3)
    assert lineage.rates(set(), told)["reprint_recall"] == 0


def test_our_blocks_find_reprints_by_words_alone(capsys: pytest.CaptureFixture[str]) -> None:
    lineage.method("casegraph-words", "60", "3")
    figures = json.loads(capsys.readouterr().out)
    assert figures["reprint_recall"] == 1
    assert figures["documents_per_second"] > 0


@pytest.mark.parametrize("name", ["datasketch", "rensa"])
def test_rivals_find_reprints(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip(name)
    lineage.method(name, "60", "3")
    assert json.loads(capsys.readouterr().out)["reprint_recall"] > 0.9


def test_the_making_of_articles_is_taken_off_the_clock() -> None:
    clock = Clock()
    clock.begin()
    assert len(list(clock.paused(articles(300, 1)))) == 300
    assert clock.end() < 0.02
