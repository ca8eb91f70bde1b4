"""Which words of one text stand in another, and which sentences say the same in other words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from casegraph.trace.held import HAN_SEED, SEED, Held
from casegraph.trace.words import Flags, Places

Matrix = npt.NDArray[np.float64]

_GAP, _SHIFT = 8, 3  # words between two matches of one run; how far they may be off each other
_LEAST, _HAN_LEAST = 6, 10  # words of a run
_LONGEST_GAP, _FEW_LETTERS = 40, 5  # words between two matches that may be misread; letters that tell
_MISREAD = (
    62  # of 100: how alike the letters are of words that were read twice; of two sentences it is 45 to 55
)
_WINDOW, _MOST_WINDOWS = 8, 40  # words by which a run goes on that were misread; how often
_MOST_SENTENCES = 400
_ANSWERS, _IN_FULL = 0.25, 5  # score of sentences that answer each other; how many make an order


class Run(NamedTuple):
    """Words [left, left_end) of one text that stand in the other at [right, right_end)."""

    left: int
    left_end: int
    right: int
    right_end: int
    matched: int  # words that are the same


@dataclass(frozen=True, slots=True)
class Shared:
    """What two texts have in common word by word."""

    runs: tuple[Run, ...]  # in the order of the right one
    left: Flags  # words of the left text that the right one has, misread ones between them too
    right: Flags  # and the other way round
    left_same: Flags  # the same without misread ones
    right_same: Flags

    def swapped(self) -> Shared:
        """Return the same seen from the other side."""
        runs = [Run(one.right, one.right_end, one.left, one.left_end, one.matched) for one in self.runs]
        runs.sort(key=lambda one: (one.right, one.left))
        return Shared(tuple(runs), self.right, self.left, self.right_same, self.left_same)


def shared(left: Held, right: Held) -> Shared:
    """Return the runs of words that two texts share.

    Seeds are equal word n-grams; seeds on nearby diagonals make a run, so that misread, cut and added words
    do not break it. Short runs are chance: every account of a matter has some.
    """
    here = np.zeros(len(left.words), dtype=np.bool_)
    there = np.zeros(len(right.words), dtype=np.bool_)
    size = HAN_SEED if left.han else SEED
    if left.han != right.han or not len(left.seeds) or not len(right.seeds):
        return Shared((), here, there, here, there)
    place = np.minimum(np.searchsorted(left.sorted, right.seeds), len(left.sorted) - 1)
    ours = np.flatnonzero(left.sorted[place] == right.seeds)
    if not len(ours):
        return Shared((), here, there, here, there)
    theirs = left.order[place[ours]]
    theirs = _continued(left, right, ours, theirs)
    breaks = (np.diff(ours) > _GAP) | (np.abs(np.diff(theirs) - np.diff(ours)) > _SHIFT)
    misread = _misread(left, right, ours, theirs, size)
    breaks[misread] = False
    starts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    ends = np.concatenate((starts[1:], [len(ours)]))
    runs = []
    exact = here.copy(), there.copy()
    least = _HAN_LEAST if left.han else _LEAST
    for first, last in zip(starts, ends, strict=True):
        run = _run(ours[first:last], theirs[first:last], size)
        if run.matched >= least:
            runs.append(run)
            _cover(exact[0], theirs[first:last], size)
            _cover(exact[1], ours[first:last], size)
            _fill(here, theirs[first:last], ours[first:last], size)
            _fill(there, ours[first:last], theirs[first:last], size)
    for number in misread:
        here[theirs[number] : theirs[number + 1]] |= here[theirs[number]]
        there[ours[number] : ours[number + 1]] |= there[ours[number]]
    runs = [_extended(left, right, one) for one in runs]
    for one in runs:
        here[one.left : one.left_end] |= _gone_on(here[one.left : one.left_end])
        there[one.right : one.right_end] |= _gone_on(there[one.right : one.right_end])
    return Shared(tuple(runs), here | exact[0], there | exact[1], *exact)


def _misread(left: Held, right: Held, ours: Places, theirs: Places, size: int) -> Places:
    """Return the places of seeds behind which both texts go on with the same words, read differently.

    In a scan every tenth letter may be wrong: few runs of three words are whole, and what stands between
    them is the same letters but for some.
    """
    here, there = np.diff(theirs), np.diff(ours)
    near = (there > size) & (there <= _LONGEST_GAP) & (np.abs(here - there) <= 2 + there // 4) & (here > 0)
    found = [
        number
        for number in np.flatnonzero(near)
        if _same_letters(
            left.story.letters(int(theirs[number]) + size, int(theirs[number + 1])),
            right.story.letters(int(ours[number]) + size, int(ours[number + 1])),
        )
    ]
    return np.array(found, dtype=np.int64)


def _extended(left: Held, right: Held, run: Run) -> Run:
    """Return a run with what stands before and behind it, as far as the same words stand there."""
    first, first_ = run.left, run.right
    last, last_ = run.left_end, run.right_end
    for _ in range(_MOST_WINDOWS):
        if min(first, first_) < _WINDOW or not _same_letters(
            left.story.letters(first - _WINDOW, first), right.story.letters(first_ - _WINDOW, first_)
        ):
            break
        first, first_ = first - _WINDOW, first_ - _WINDOW
    for _ in range(_MOST_WINDOWS):
        end, end_ = last + _WINDOW, last_ + _WINDOW
        if (
            end > len(left.words)
            or end_ > len(right.words)
            or not _same_letters(left.story.letters(last, end), right.story.letters(last_, end_))
        ):
            break
        last, last_ = end, end_
    return Run(first, last, first_, last_, run.matched)


def _gone_on(flags: Flags) -> Flags:
    """Return flags that are set before the first and behind the last that is."""
    places = np.flatnonzero(flags)
    every = np.zeros(len(flags), dtype=np.bool_)
    if len(places):
        every[: places[0]] = every[places[-1] + 1 :] = True
    return every


def _same_letters(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _FEW_LETTERS and fuzz.ratio(one, other) >= _MISREAD


def _continued(left: Held, right: Held, ours: Places, theirs: Places) -> Places:
    """Where a seed stands in the left text more than once, take the one that goes on from the seed before."""
    kept = theirs.copy()
    last = len(left.seeds) - 1
    for number in np.flatnonzero(np.diff(ours) == 1) + 1:
        following = kept[number - 1] + 1
        if following <= last and left.seeds[following] == right.seeds[ours[number]]:
            kept[number] = following
    return kept


def _run(ours: Places, theirs: Places, size: int) -> Run:
    steps = np.minimum(np.diff(ours), size)
    matched = int(steps.sum()) + size
    return Run(int(theirs.min()), int(theirs.max()) + size, int(ours[0]), int(ours[-1]) + size, matched)


def _cover(flags: Flags, places: Places, size: int) -> None:
    """Flag the words of the seeds."""
    for shift in range(size):
        flags[np.minimum(places + shift, len(flags) - 1)] = True


def _fill(flags: Flags, places: Places, others: Places, size: int) -> None:
    """Flag the words between two seeds where as few words were read for others."""
    steps = np.diff(places)
    for number in np.flatnonzero((steps > size) & (steps <= size + 3) & (np.diff(others) == steps)):
        flags[places[number] : places[number + 1]] = True


@dataclass(frozen=True, slots=True)
class Meant:
    """For each sentence of one text, the sentence of the other that says the same, and how sure that is."""

    best: Places
    score: npt.NDArray[np.float64]  # 0 to 1
    words: npt.NDArray[np.float64]  # the share of its terms that the other sentence has
    sense: npt.NDArray[np.float64]  # cosine; -1 where it is not known


def meant(of: Held, in_: Held) -> Meant:
    """Return what the sentences of one text have in the other.

    Terms weigh by how few sentences of the two texts have them: what the matter is about stands everywhere
    and says nothing about copying.
    """
    count = min(len(of.story.sentences), _MOST_SENTENCES)
    other = min(len(in_.story.sentences), _MOST_SENTENCES)
    words = _word_matches(of, in_, count, other)
    sense = np.full((count, other), -1.0)
    if len(of.vector_of) and len(in_.vector_of):
        rows = [number for number in of.vector_of if number < count]
        columns = [number for number in in_.vector_of if number < other]
        cosines = of.vectors[: len(rows)] @ in_.vectors[: len(columns)].T
        sense[np.ix_(rows, columns)] = cosines
    score = np.maximum(
        words,
        _sense_score(
            sense, same_language=of.article.fingerprint.language in {in_.article.fingerprint.language, None}
        ),
    )
    best = score.argmax(axis=1) if other else np.zeros(count, dtype=np.int64)
    every = np.arange(count)
    if not other:
        none = np.zeros(count)
        return Meant(best, none, none, none - 1)
    return Meant(best, score[every, best], words[every, best], sense[every, best])


def in_order(ours: Meant, theirs: Meant) -> float:
    """Return whether sentences that are each other's nearest stand in one order: 1 they do, -1 the other way.

    Accounts of one matter have some such sentences by chance, in any order; fewer than five count less.
    """
    places = np.flatnonzero(ours.score >= _ANSWERS)
    if not len(theirs.best) or len(places) < 2:
        return 0.0
    there = ours.best[places]
    there = there[theirs.best[there] == places]
    if len(there) < 2:
        return 0.0
    turns = np.sign(there[None, :] - there[:, None])[np.triu_indices(len(there), 1)]
    return float(turns.mean()) * min(len(there), _IN_FULL) / _IN_FULL


def _sense_score(sense: Matrix, *, same_language: bool) -> Matrix:
    """Return cosines as scores: half where as many pairs are the same statement as are not."""
    middle, width = (0.66, 0.16) if same_language else (0.52, 0.16)
    scaled: Matrix = np.clip(0.5 + (sense - middle) / (2 * width), 0, 1)
    return scaled


def _word_matches(of: Held, in_: Held, count: int, other: int) -> Matrix:
    if not len(of.term) or not len(in_.term) or of.han != in_.han:
        return np.zeros((count, other))
    _, place = np.unique(np.concatenate((of.term, in_.term)), return_inverse=True)
    size = int(place.max()) + 1
    first, second = np.zeros((count, size)), np.zeros((other, size))
    ours, theirs = of.term_of < count, in_.term_of < other
    first[of.term_of[ours], place[: len(of.term)][ours]] = 1
    second[in_.term_of[theirs], place[len(of.term) :][theirs]] = 1
    weights = np.log((count + other + 1) / (first.sum(axis=0) + second.sum(axis=0) + 0.5)).clip(0.1)
    total = np.maximum((first * weights).sum(axis=1, keepdims=True), 1e-9)
    held = second * weights
    lengths = np.maximum(held.sum(axis=1), 1e-9)[None, :]
    common = first @ held.T
    # A short sentence against a long one: what the other has besides counts a little.
    matched: Matrix = common / (0.75 * total + 0.25 * np.maximum(total, np.minimum(lengths, 2 * total)))
    few = (first @ second.T) < 2
    matched[few] = 0.0
    return matched
