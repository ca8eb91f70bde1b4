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
    theirs = _continued(left, right, ours, left.order[place[ours]])
    steps, steps_ = np.diff(ours), np.diff(theirs)
    breaks = (steps > _GAP) | (np.abs(steps_ - steps) > _SHIFT)
    misread = _misread(left, right, ours, theirs, size)
    breaks[misread] = False
    found = _runs(ours, theirs, breaks, size)
    least = _HAN_LEAST if left.han else _LEAST
    kept = np.repeat([run.matched >= least for run, _ in found], [count for _, count in found])
    exact = here.copy(), there.copy()
    _cover(exact[0], theirs[kept], size)
    _cover(exact[1], ours[kept], size)
    inside = kept[:-1] & ~breaks
    _fill(here, theirs, steps_, inside & (steps == steps_), size)
    _fill(there, ours, steps, inside & (steps == steps_), size)
    for number in misread:
        here[theirs[number] : theirs[number + 1]] |= here[theirs[number]]
        there[ours[number] : ours[number + 1]] |= there[ours[number]]
    runs = [_extended(left, right, run) for run, _ in found if run.matched >= least]
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
            left.spelled(int(theirs[number]) + size, int(theirs[number + 1])),
            right.spelled(int(ours[number]) + size, int(ours[number + 1])),
        )
    ]
    return np.array(found, dtype=np.int64)


def _extended(left: Held, right: Held, run: Run) -> Run:
    """Return a run with what stands before and behind it, as far as the same words stand there."""
    first, first_ = run.left, run.right
    last, last_ = run.left_end, run.right_end
    for _ in range(_MOST_WINDOWS):
        if min(first, first_) < _WINDOW or not _same_letters(
            left.spelled(first - _WINDOW, first), right.spelled(first_ - _WINDOW, first_)
        ):
            break
        first, first_ = first - _WINDOW, first_ - _WINDOW
    for _ in range(_MOST_WINDOWS):
        end, end_ = last + _WINDOW, last_ + _WINDOW
        if (
            end > len(left.words)
            or end_ > len(right.words)
            or not _same_letters(left.spelled(last, end), right.spelled(last_, end_))
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
    following = np.diff(ours) == 1
    for begin in np.flatnonzero(following & (np.diff(theirs) != 1)) + 1:
        number = int(begin)
        while number < len(ours) and following[number - 1]:
            place = kept[number - 1] + 1
            if place > last or kept[number] == place or left.seeds[place] != right.seeds[ours[number]]:
                break  # behind it all go on as they did
            kept[number] = place
            number += 1
    return kept


def _runs(ours: Places, theirs: Places, breaks: Flags, size: int) -> list[tuple[Run, int]]:
    """Return the runs between the breaks, and how many seeds each has."""
    starts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    ends = np.concatenate((starts[1:], [len(ours)]))
    matched = np.concatenate(([0], np.cumsum(np.minimum(np.diff(ours), size))))
    columns = (
        np.minimum.reduceat(theirs, starts), np.maximum.reduceat(theirs, starts) + size,
        ours[starts], ours[ends - 1] + size, matched[ends - 1] - matched[starts] + size,
    )  # fmt: skip
    runs = map(Run._make, zip(*(one.tolist() for one in columns), strict=True))
    return list(zip(runs, (ends - starts).tolist(), strict=True))


def _cover(flags: Flags, places: Places, size: int) -> None:
    """Flag the words of the seeds."""
    for shift in range(size):
        flags[np.minimum(places + shift, len(flags) - 1)] = True


def _fill(flags: Flags, places: Places, steps: Places, inside: Flags, size: int) -> None:
    """Flag the words between two seeds of a run where as few words were read for others."""
    for number in np.flatnonzero(inside & (steps > size) & (steps <= size + 3)):
        flags[places[number] : places[number + 1]] = True


@dataclass(frozen=True, slots=True)
class Meant:
    """For each sentence of one text, the sentence of the other that says the same, and how sure that is."""

    best: Places
    score: npt.NDArray[np.float64]  # 0 to 1
    words: npt.NDArray[np.float64]  # the share of its terms that the other sentence has
    sense: npt.NDArray[np.float64]  # cosine; -1 where it is not known


def meant(left: Held, right: Held) -> tuple[Meant, Meant]:
    """Return what the sentences of each of two texts have in the other.

    Terms weigh by how few sentences of the two texts have them: what the matter is about stands everywhere
    and says nothing about copying.
    """
    counts = (
        min(len(left.story.sentences), _MOST_SENTENCES), min(len(right.story.sentences), _MOST_SENTENCES)
    )  # fmt: skip
    ours, theirs = _word_matches(left, right, *counts)
    return _meant(left, right, ours), _meant(right, left, theirs)


def _meant(of: Held, in_: Held, words: Matrix) -> Meant:
    """Return what the sentences of one text have in the other; `words` scores them by their terms."""
    count, other = words.shape
    every = np.arange(count)
    if not other:
        none = np.zeros(count)
        return Meant(np.zeros(count, dtype=np.int64), none, none, none - 1)
    if not (len(of.vector_of) and len(in_.vector_of)):
        best = words.argmax(axis=1)
        score = words[every, best]
        return Meant(best, score, score, np.full(count, -1.0))
    sense = np.full((count, other), -1.0)
    rows = [number for number in of.vector_of if number < count]
    columns = [number for number in in_.vector_of if number < other]
    sense[np.ix_(rows, columns)] = of.vectors[: len(rows)] @ in_.vectors[: len(columns)].T
    same_language = of.article.fingerprint.language in {in_.article.fingerprint.language, None}
    scores = np.maximum(words, _sense_score(sense, same_language=same_language))
    best = scores.argmax(axis=1)
    return Meant(best, scores[every, best], words[every, best], sense[every, best])


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


def _word_matches(left: Held, right: Held, count: int, other: int) -> tuple[Matrix, Matrix]:
    """Return how far each sentence of a text has the terms of each of the other one, seen from both sides."""
    if not len(left.term_of) or not len(right.term_of) or left.han != right.han:
        return np.zeros((count, other)), np.zeros((other, count))
    size, place, place_ = left.term.merged(right.term)
    first, second = np.zeros((count, size)), np.zeros((other, size))
    ours, theirs = left.term_of < count, right.term_of < other
    first[left.term_of[ours], place[ours]] = 1
    second[right.term_of[theirs], place_[theirs]] = 1
    weights = np.log((count + other + 1) / (first.sum(axis=0) + second.sum(axis=0) + 0.5)).clip(0.1)
    few = (first @ second.T) < 2
    first_, second_ = first * weights, second * weights
    return _matched(first, first_, second_, few), _matched(second, second_, first_, few.T)


def _matched(own: Matrix, weighed: Matrix, other: Matrix, few: Flags) -> Matrix:
    """Return how far sentences have the terms of others, given as weights of the terms of each."""
    total = np.maximum(weighed.sum(axis=1, keepdims=True), 1e-9)
    lengths = np.maximum(other.sum(axis=1), 1e-9)[None, :]
    # A short sentence against a long one: what the other has besides counts a little.
    matched: Matrix = (own @ other.T) / (
        0.75 * total + 0.25 * np.maximum(total, np.minimum(lengths, 2 * total))
    )
    matched[few] = 0.0
    return matched
