from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casegraph.pipeline.tracing.unions import Unions

NAMES = st.sampled_from("abcdefghij")


@given(st.lists(st.tuples(NAMES, NAMES)))
def test_groups_are_what_links_reach(pairs: list[tuple[str, str]]) -> None:
    groups = Unions()
    groups.join(pairs, 100)
    reached = {name: {name} for name in "abcdefghij"}
    for left, right in pairs * len(pairs):
        both = reached[left] | reached[right]
        for name in both:
            reached[name] = both
    for name, own in reached.items():
        assert groups.of(name) == min(own)
        assert (name in groups.members()) == (len(own) > 1)


@given(st.lists(st.tuples(NAMES, NAMES)), st.integers(2, 5))
def test_no_group_grows_above_its_limit(pairs: list[tuple[str, str]], most: int) -> None:
    groups = Unions()
    groups.join(pairs, most)
    sizes: dict[str, int] = {}
    for root in groups.members().values():
        sizes[root] = sizes.get(root, 0) + 1
    assert all(size <= most for size in sizes.values())
    assert groups.refused >= len({pair for pair in pairs if groups.of(pair[0]) != groups.of(pair[1])})


def test_links_that_would_tie_too_many_together_are_counted() -> None:
    groups = Unions()
    groups.join([("a", "b"), ("b", "c"), ("c", "d"), ("a", "c")], 2)
    assert groups.members() == {"a": "a", "b": "a", "c": "c", "d": "c"}
    assert groups.refused == 2
