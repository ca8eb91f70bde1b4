from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from casegraph.store.layout import BUCKET, bits_for, bounds, nested, prefix_of, prefixes

IDS = st.integers(0).map(lambda number: "sha256:" + hashlib.sha256(str(number).encode()).hexdigest())


def test_buckets_double_when_they_are_full() -> None:
    assert [bits_for(n) for n in (0, 1, BUCKET, BUCKET + 1, 2 * BUCKET, 2 * BUCKET + 1, 2000)] == [
        0,
        0,
        0,
        1,
        1,
        2,
        3,
    ]


@given(st.lists(IDS), st.integers(0, 9))
def test_every_document_lies_within_the_bounds_of_its_bucket_alone(ids: list[str], bits: int) -> None:
    for one in ids:
        own = prefix_of(one, bits)
        assert own in prefixes(bits)
        holding = [prefix for prefix in prefixes(bits) if bounds(prefix)[0] <= one < bounds(prefix)[1]]
        assert holding == [own]


def test_bounds_reach_from_the_first_to_the_last_id() -> None:
    assert bounds("")[0] <= "sha256:" + "0" * 64
    assert bounds("")[1] > "sha256:" + "f" * 64
    assert bounds("1")[1] > "sha256:" + "f" * 64


def test_nesting() -> None:
    assert nested("", "01")
    assert nested("010", "01")
    assert not nested("00", "01")
