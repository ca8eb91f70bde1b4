"""An article made ready for comparison: its words, sentences, terms and meanings as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from casegraph.model import Document
from casegraph.trace import story as stories
from casegraph.trace import vectors
from casegraph.trace.base import Article
from casegraph.trace.marks import weight
from casegraph.trace.story import Story
from casegraph.trace.vectors import Vectors
from casegraph.trace.words import Flags, Numbers, Places, Words, grams, mix

SEED, HAN_SEED = 3, 5  # words, Han signs of the shortest match
_LEAST_LETTERS = 4  # of a term, other than a number or a name


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
    term: Numbers  # of each term, its hash
    term_of: Places  # of each term, its sentence
    starts: Places  # of each sentence, its first word
    lengths: Places  # of each sentence, its words
    plain: Places  # of each sentence, its words outside quotation marks
    text: str  # of the story
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
    rows = vectors.unpack(article.fingerprint.vectors)
    chosen = vectors.chosen(story) if len(rows) else []
    return Held(
        article=article,
        story=story,
        han=han,
        seeds=seeds,
        order=order,
        sorted=seeds[order],
        inner=np.repeat(np.array([one.depth > 0 for one in story.sentences], dtype=np.bool_), lengths),
        particular=words.number | (words.capital & ~first),
        starts=starts,
        lengths=lengths,
        plain=lengths - _sums(story.quoted, starts),
        text="\n".join(story.text(number) for number in range(len(story.sentences))),
        facts={mark: weight(mark) for mark in article.fingerprint.marks if mark[0] != "q"},
        term=term,
        term_of=term_of,
        vector_of=tuple(chosen[: len(rows)]),
        vectors=rows[: len(chosen)],
    )


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
    both = np.unique(np.stack((owner.astype(np.uint64), term)), axis=1)
    return both[1], both[0].astype(np.int64)


def hold_all(articles: Sequence[Article]) -> dict[str, Held]:
    """Return the articles made ready, by id of the document."""
    return {one.document.id: hold(one) for one in articles}
