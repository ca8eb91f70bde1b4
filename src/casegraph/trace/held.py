"""An article made ready for comparison: its words, sentences, terms and meanings as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from casegraph.model import Document
from casegraph.trace import story as stories
from casegraph.trace import vectors
from casegraph.trace.base import Article
from casegraph.trace.corrections import says_corrected
from casegraph.trace.marks import weight
from casegraph.trace.story import Story
from casegraph.trace.vectors import Vectors
from casegraph.trace.words import Flags, Numbers, Places, Words, grams, mix

SEED, HAN_SEED = 3, 5  # words, Han signs of the shortest match
_LEAST_LETTERS = 4  # of a term, other than a number or a name


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Hashes, each once and in order, and where each of a text's words is among them.

    Two texts are compared by these in place of sorting their words for each pair anew.
    """

    values: Numbers
    places: Places

    def among(self, other: Vocabulary) -> Flags:
        """Flag the words that the other has."""
        if not len(self.values) or not len(other.values):
            return np.zeros(len(self.places), dtype=np.bool_)
        place = np.minimum(np.searchsorted(other.values, self.values), len(other.values) - 1)
        found: Flags = (other.values[place] == self.values)[self.places]
        return found

    def distinct(self, flags: Flags) -> int:
        """Return how many different ones of the flagged words there are."""
        return int(np.count_nonzero(np.bincount(self.places[flags])))

    def merged(self, other: Vocabulary) -> tuple[int, Places, Places]:
        """Return how many hashes both have together, and of each one the places of its words among all."""
        if not len(self.values) or not len(other.values):
            return len(self.values) + len(other.values), self.places, other.places
        near = np.searchsorted(self.values, other.values)
        same = self.values[np.minimum(near, len(self.values) - 1)] == other.values
        new = other.values[~same]
        ours = np.arange(len(self.values)) + np.searchsorted(new, self.values)
        theirs = np.empty(len(other.values), dtype=np.int64)
        theirs[same] = ours[near[same]]
        theirs[~same] = near[~same] + np.arange(len(new))
        return len(self.values) + len(new), ours[self.places], theirs[other.places]


def vocabulary(hashes: Numbers) -> Vocabulary:
    """Return the vocabulary of some words."""
    values, places = np.unique(hashes, return_inverse=True)
    return Vocabulary(values, places)


@dataclass(frozen=True, slots=True)
class Held:
    """An article, and what comparing it needs. Arrays have one value a word, unless said otherwise."""

    article: Article
    story: Story
    han: bool  # most of it is Han signs
    seeds: Numbers  # hashes of runs of SEED words
    order: Places  # places of the seeds, by hash
    sorted: Numbers  # the seeds, by hash
    inner: Flags  # stands in what a mail quotes
    particular: Flags  # a number, or a name inside a sentence
    whole: Vocabulary  # of the words
    stem: Vocabulary  # of their stems
    term: Vocabulary  # of the terms
    term_of: Places  # of each term, its sentence
    starts: Places  # of each sentence, its first word
    lengths: Places  # of each sentence, its words
    plain: Places  # of each sentence, its words outside quotation marks
    before: Places  # of each word, the quoted ones before it; one more for the end
    inner_before: Places  # the same of those that a mail quotes
    text: str  # of the story
    letters: str  # of its words, caseless, without what stands between them
    letter: Sequence[int]  # of each word, its first one; one more for the end
    corrected: bool  # says that it was corrected
    facts: dict[str, float]  # marks but for quotations, with their weights
    vector_of: tuple[int, ...]  # of each vector, its sentence
    vectors: Vectors

    @property
    def document(self) -> Document:
        """The document itself."""
        return self.article.document

    @property
    def id(self) -> str:
        """Its id."""
        return self.article.document.id

    @property
    def words(self) -> Words:
        """The words of its story."""
        return self.story.words

    def spelled(self, first: int, last: int) -> str:
        """Return the letters and digits of the words [first, last), caseless."""
        return self.letters[self.letter[first] : self.letter[last]]

    def quoted(self, first: int, last: int) -> float:
        """Return the share of the words [first, last) that stand between quotation marks."""
        return float(self.before[last] - self.before[first]) / (last - first)

    def mailed(self, first: int, last: int) -> float:
        """Return the share of the words [first, last) that stand in what a mail quotes."""
        return float(self.inner_before[last] - self.inner_before[first]) / (last - first)


def hold(article: Article) -> Held:
    """Return the article made ready."""
    story = stories.read(article.pages)
    words = story.words
    han = bool(len(words) and words.han.mean() > 0.5)
    seeds = grams(words.whole, HAN_SEED if han else SEED)
    order = np.argsort(seeds, kind="stable")
    starts = np.array([one.first for one in story.sentences], dtype=np.int64)
    lengths = np.array([one.last - one.first for one in story.sentences], dtype=np.int64)
    first = np.zeros(len(words), dtype=np.bool_)
    first[starts] = True
    term, term_of = _terms(story)
    spelled = story.spelled()
    inner = np.repeat(np.array([one.depth > 0 for one in story.sentences], dtype=np.bool_), lengths)
    rows = vectors.unpack(article.fingerprint.vectors)
    chosen = vectors.chosen(story) if len(rows) else []
    return Held(
        article=article,
        story=story,
        han=han,
        seeds=seeds,
        order=order,
        sorted=seeds[order],
        inner=inner,
        particular=words.number | (words.capital & ~first),
        starts=starts,
        lengths=lengths,
        plain=lengths - _sums(story.quoted, starts),
        before=_so_far(story.quoted),
        inner_before=_so_far(inner),
        letters="".join(spelled),
        letter=list(accumulate(map(len, spelled), initial=0)),
        corrected=says_corrected(story),
        text="\n".join(story.text(number) for number in range(len(story.sentences))),
        facts={mark: weight(mark) for mark in article.fingerprint.marks if mark[0] != "q"},
        whole=vocabulary(words.whole),
        stem=vocabulary(words.stem),
        term=vocabulary(term),
        term_of=term_of,
        vector_of=tuple(chosen[: len(rows)]),
        vectors=rows[: len(chosen)],
    )


def _so_far(flags: Flags) -> Places:
    return np.concatenate(([0], np.cumsum(flags, dtype=np.int64)))


def _sums(flags: Flags, starts: Places) -> Places:
    """Return how many words of each sentence are flagged."""
    return np.add.reduceat(flags.astype(np.int64), starts) if len(starts) else starts


def shares(held: Held, flags: Flags) -> npt.NDArray[np.float64]:
    """Return the share of each sentence's words that are flagged."""
    share: npt.NDArray[np.float64] = _sums(flags, held.starts) / np.maximum(held.lengths, 1)
    return share


def _terms(story: Story) -> tuple[Numbers, Places]:
    """Return the terms of each sentence, each once: stems of words, names, numbers, pairs of Han signs."""
    words = story.words
    if not len(words):
        return words.stem, story.sentence
    single = ~words.han & (((words.end - words.start) >= _LEAST_LETTERS) | words.number | words.capital)
    paired = words.han[:-1] & words.han[1:] & (story.sentence[:-1] == story.sentence[1:])
    with np.errstate(over="ignore"):
        pairs = mix(words.whole[:-1] * np.uint64(31) + words.whole[1:])[paired]
    term = np.concatenate((words.stem[single], pairs))
    owner = np.concatenate((story.sentence[single], story.sentence[:-1][paired]))
    if not len(term):
        return term, owner
    order = np.lexsort((term, owner))
    term, owner = term[order], owner[order]
    first = np.concatenate(([True], (term[1:] != term[:-1]) | (owner[1:] != owner[:-1])))
    return term[first], owner[first]


def hold_all(articles: Sequence[Article]) -> dict[str, Held]:
    """Return the articles made ready, by id of the document."""
    return {one.document.id: hold(one) for one in articles}
