"""What people say of pairs: the last word holds, "same" is transitive, "different" holds sides apart."""

from __future__ import annotations

import random

from casegraph.model import Judgement, JudgementValue
from casegraph.resolve import Counted, Judged, Known, Link, contradicted, judged, standing
from casegraph.resolve.unify import JUDGED


def said(left: str, right: str, judgement: JudgementValue = "positive") -> Judgement:
    return Judgement(left=left, right=right, judgement=judgement, made="2026-01-01T00:00:00Z")


def test_the_last_word_on_a_pair_holds_whichever_way_round_it_is_said() -> None:
    words = [said("a", "b"), said("b", "a", "negative"), said("a", "c"), said("c", "a", "no_judgement")]
    assert [one.judgement for one in standing(words).values()] == ["negative"]
    assert judged(words) == Judged((), (("a", "b"),))


def test_same_is_transitive_and_different_holds_classes_apart() -> None:
    words = [said("a", "b"), said("c", "d"), said("b", "c", "negative")]
    against = contradicted(words, said("a", "d"))
    assert against is not None
    assert against.pair == ("b", "c")
    assert contradicted(words, said("b", "c")) is None  # the same pair: a new word, no contradiction
    older = contradicted([said("a", "b"), said("b", "c")], said("a", "c", "negative"))
    assert older is not None
    assert older.judgement == "positive"
    assert contradicted(words, said("a", "e", "negative")) is None


def test_a_veto_stops_a_rule_by_way_of_what_it_has_merged() -> None:
    known = Known(judged=Judged(apart=(("a", "c"),)))
    known = known.with_links([Link("a", "b"), Link("c", "d")])
    assert known.with_links([Link("b", "d")]).into == {"a": "b", "c": "d"}
    assert known.with_links([Link("b", "e")]).into == {"a": "b", "c": "d", "b": "e"}


def test_what_people_join_is_seen_when_a_rule_would_join_one_of_it_with_an_enemy_of_the_other() -> None:
    known = Known(judged=Judged(same=(("a", "b"),), apart=(("b", "c"),)))
    assert known.with_links([Link("a", "c")]).into == {}


def counted(id_: str, mentions: int) -> Counted:
    return Counted(id_, "Organization", id_, mentions, frozenset({"d"}))


def test_a_class_becomes_the_one_that_is_named_most_also_by_way_of_ids_that_the_case_lacks() -> None:
    rule = JUDGED
    known = Known(into={"c": "b"}, judged=Judged(same=(("NK-1", "a"), ("NK-1", "c"))))
    block = [counted("a", 2), counted("b", 5), counted("e", 9)]
    keys = {one.id: list(rule.keys(one, known)) for one in block}
    assert keys["a"] == keys["b"] != []
    assert keys["e"] == []
    random.Random(1).shuffle(block)
    links = list(rule.decide(keys["a"][0], [one for one in block if keys[one.id]], known))
    assert links == [Link("a", "b")]
