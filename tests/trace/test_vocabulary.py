"""Vocabularies of two texts tell what comparing their words would."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from casegraph.trace.held import vocabulary
from casegraph.trace.words import Numbers

HASHES = st.lists(st.integers(0, 12), max_size=20).map(lambda one: np.array(one, dtype=np.uint64))


@given(HASHES, HASHES)
def test_words_among_others(ours: Numbers, theirs: Numbers) -> None:
    found = vocabulary(ours).among(vocabulary(theirs))
    assert found.tolist() == np.isin(ours, theirs).tolist()


@given(HASHES, HASHES)
def test_words_have_one_place_in_both(ours: Numbers, theirs: Numbers) -> None:
    size, here, there = vocabulary(ours).merged(vocabulary(theirs))
    every, places = np.unique(np.concatenate((ours, theirs)), return_inverse=True)
    assert size == len(every)
    assert [*here, *there] == places.tolist()


@given(HASHES)
def test_different_words_are_counted(ours: Numbers) -> None:
    flags = ours > 5
    assert vocabulary(ours).distinct(flags) == len(np.unique(ours[flags]))
