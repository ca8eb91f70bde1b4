"""What lies around an entity, and the short ways between two."""

from __future__ import annotations

import random
from itertools import combinations, pairwise, permutations

from casegraph.connect import Graph, TieFilter
from casegraph.model import Span, Tie

ANY = TieFilter()


def tie(source: str, target: str, **more: object) -> Tie:
    given = {"kind": "payment", "directed": True, "standing": "asserted", **more}
    return Tie(id=f"tie-{source}{target}{given['kind']}", source=source, target=target, **given)  # type: ignore[arg-type]  # made of words


def graph(*pairs: str) -> Graph:
    return Graph([tie(pair[0], pair[1]) for pair in pairs], {})


def names(
    found: Graph, *seeds: str, hops: int = 1, most: int = 99, hidden: str = "", like: TieFilter = ANY
) -> str:
    around = found.around(seeds, hops, like, frozenset(hidden), most)
    return "".join(node.id for node in around.nodes)


def test_what_is_near_comes_first_and_what_is_too_much_is_counted() -> None:
    found = graph("ab", "bc", "cd", "bx", "by", "xz")
    assert names(found, "a") == "ab"
    assert names(found, "a", hops=2) == "abcxy"
    assert names(found, "a", hops=2, hidden="b") == "a"
    assert names(found) == "bcxadyz"
    cut = found.around(["a"], 2, ANY, frozenset(), 3)
    assert (len(cut.nodes), cut.left_out) == (3, 2)
    assert {one.id for one in cut.ties} == {"tie-abpayment", "tie-bcpayment"}


def test_ties_are_chosen() -> None:
    dated = (Span(start="2024-02-01", end="2024-03-01"),)
    found = Graph(
        [
            tie("a", "b", kind="ownership", dates=dated, independent=2, stances=("asserts", "denies")),
            tie("a", "c", standing="denied", stances=("denies",)),
            tie(
                "a", "d", dates=(Span(start="2024-05-01T10:00", end=None), Span(start=None, end="2020-01-01"))
            ),
        ],
        {},
    )

    def chosen(**asked: object) -> str:
        return names(found, "a", like=TieFilter(**asked))[1:]  # type: ignore[arg-type]  # made of words

    assert chosen(kinds=frozenset({"ownership"})) == "b"
    assert chosen(standings=frozenset({"denied"})) == "c"
    assert chosen(stances=frozenset({"denies"})) == "bc"
    assert chosen(origins=2) == "b"
    assert chosen(since="2024-02-29", until="2024-02-29") == "b"
    assert chosen(since="2024-03-01", until="2024-04-30") == ""
    assert chosen(since="2024-05-01", until="2024-05-01") == "d"
    assert chosen(until="2019-12-31") == "d"


def test_ways_are_those_that_trying_all_would_find() -> None:
    rolled = random.Random(7)
    for _ in range(30):
        points = "abcdefg"
        pairs = [pair for pair in combinations(points, 2) if rolled.random() < 0.4]
        found = Graph([tie(one, other) for one, other in pairs], {})
        near = {frozenset(pair) for pair in pairs}
        every = [
            ("a", *middle, "g")
            for count in range(6)
            for middle in permutations("bcdef", count)
            if all(frozenset(step) in near for step in pairwise(("a", *middle, "g")))
        ]
        least = min(map(len, every), default=0)
        wanted = {way for way in every if len(way) <= least + 1}
        answer = found.paths("a", "g", ANY, 1, 8, 1000)
        assert {path.entities for path in answer.paths} == wanted
        assert [len(path.entities) for path in answer.paths] == sorted(map(len, wanted))
        assert not answer.cut
        for path in answer.paths:
            for step, ties in zip(pairwise(path.entities), path.steps, strict=True):
                assert {frozenset((found.ties[one].source, found.ties[one].target)) for one in ties} == {
                    frozenset(step)
                }


def test_a_way_too_long_or_one_too_many_is_not_given() -> None:
    chain = graph("ab", "bc", "cd")
    assert not chain.paths("a", "d", ANY, 0, 2, 9).paths
    wide = Graph([tie(one, other) for middle in "bcdef" for one, other in (("a", middle), (middle, "z"))], {})
    some = wide.paths("a", "z", ANY, 0, 8, 3)
    assert (len(some.paths), some.cut) == (3, True)
