"""Two documents held against each other: how much each has of the other, and whether they are kin."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from casegraph.model import Strength
from casegraph.trace.align import Meant, Run, Shared, meant, shared
from casegraph.trace.held import HAN_SEED, SEED, Held, shares
from casegraph.trace.template import is_form
from casegraph.trace.words import Flags, Places

Scores = npt.NDArray[np.float64]

REPRINT = 0.36  # share of words that a reprint keeps at least
_SAME, _FRAMED = 0.94, 0.85  # share of words; of those of a mail, which puts a text into its own frame
_MOSTLY = 0.6  # share of words that no rewrite keeps
_LONG, _HAN_LONG = 14, 24  # words of a passage that is long
_LEAD, _WORDY = 3, 5  # sentences of title and lead; words of one that says something
_FORMULA = 3  # words of a run that are formula, name or chance
_CHANCE = 0.04  # share of words that accounts of one matter have in common by chance
_RELATED = 0.2  # how far two accounts of one matter agree in sense
_BACKGROUND = -2.5  # log odds: less than a name in the text makes up for
_BRIEF = 60  # words that must be matched before what is matched counts in full


@dataclass(frozen=True, slots=True)
class Side:
    """One document of a pair: how much of it the other has (0 to 1)."""

    words: float  # words, letter by letter
    own: float  # words outside quotations; short runs count less
    sense: float  # sentences, in whatever words
    facts: float  # figures, days, designations and names
    count: int  # figures and so on that it has
    new: int  # of them, those that the other has not
    told: int  # words that somebody is quoted with here, and not in the other
    longest: int  # words of the longest passage outside quotations
    quoted: int  # words of long passages that it has in quotation marks, or as a mail quotes, the other not
    direct: int  # words of short ones that it has in quotation marks, the other not
    mailed: float  # share of the matched words that stand in what a mail quotes
    lead: bool  # its title or lead is in the other, in whatever words
    clean: float  # words of sentences that are the other's in sense and name nothing that it does not
    rest: float  # sentences that are not the other's letter by letter: how far their sense is
    meant: Meant = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents compared. `score` is the probability that they are kin."""

    left: Held
    right: Held
    shared: Shared
    sides: tuple[Side, Side]
    form: bool  # one form filled in twice
    same: bool  # the same words in the same order
    score: float

    def side(self, document: str) -> Side:
        """Return how much of a document the other has."""
        return self.sides[0] if self.left.id == document else self.sides[1]

    def other(self, document: str) -> Held:
        """Return the other one."""
        return self.right if self.left.id == document else self.left

    def runs(self, document: str) -> tuple[Run, ...]:
        """Return the runs with this document as the right text."""
        return (self.shared if self.right.id == document else self.shared.swapped()).runs

    @property
    def translated(self) -> bool:
        """Whether they are in two languages."""
        return in_two_languages(self.left, self.right)


def in_two_languages(left: Held, right: Held) -> bool:
    """Tell whether two documents are in two languages."""
    languages = {left.article.fingerprint.language, right.article.fingerprint.language} - {None}
    return len(languages) == 2 or left.han != right.han


def compare(left: Held, right: Held) -> Pair:
    """Return two documents compared."""
    found = shared(left, right)
    ours, theirs = meant(left, right)
    sides = (_side(left, right, found.swapped(), ours), _side(right, left, found, theirs))
    form = bool(found.runs) and is_form(left, right, found)
    same = np.array_equal(left.words.whole, right.words.whole)
    return Pair(
        left, right, found, sides, form=form, same=same, score=0.0 if form else _score(left, right, sides)
    )


def _side(of: Held, other: Held, found: Shared, sentences: Meant) -> Side:
    """Return how much of one document, the right one of `found`, the other has."""
    covered = found.right
    outside = ~of.story.quoted
    translated = in_two_languages(of, other)
    lengths = _lengths(of, len(sentences.score), quoted=translated)
    if translated and of.vector_of and other.vector_of:
        lengths = np.where(_known(of, len(lengths)), lengths, 0)
    sense = float((sentences.score * lengths).sum() / max(lengths.sum(), 1.0))
    taken = shares(of, covered)[: len(lengths)]
    free = taken < 0.5
    wordy = lengths[:_LEAD] >= _WORDY
    facts, count, new = _facts(of, other)
    least = _HAN_LONG if of.han else _LONG
    marked = [run for run in found.runs if _marked(of, other, run)] if _marks(of) else []
    quoted = sum(run.matched for run in marked if run.matched >= least)
    plain = [run.matched for run in found.runs if of.quoted(run.right, run.right_end) < 0.5]
    solid = sum(max(count - _FORMULA, 0) for count in plain) / max(sum(plain), 1)
    return Side(
        words=float(covered.mean()) if len(covered) else 0.0,
        own=solid * float(np.count_nonzero(covered & outside) / max(int(np.count_nonzero(outside)), 1)),
        sense=sense,
        facts=facts,
        count=count,
        new=new,
        told=_told(of, other, sentences, covered),
        longest=max(plain, default=0),
        quoted=quoted,
        direct=sum(run.matched for run in marked) - quoted,
        mailed=float(np.count_nonzero(covered & of.inner) / max(int(np.count_nonzero(covered)), 1)),
        lead=bool((np.maximum(sentences.score, taken)[:_LEAD][wordy] >= 0.5).any()),
        clean=_clean(of, other, np.maximum(sentences.score, taken)),
        rest=float((sentences.score * lengths * free).sum() / max(float((lengths * free).sum()), 1.0)),
        meant=sentences,
    )


def _lengths(of: Held, count: int, *, quoted: bool) -> Places:
    """Return the words of each sentence; what is quoted is left out, as whoever was there can quote it."""
    every, own = of.lengths[:count], of.plain[:count]
    return every if quoted or own.sum() < 0.2 * every.sum() else own


def _known(of: Held, count: int) -> Flags:
    """Flag the sentences whose meaning is known: of others no text in another language tells anything."""
    flags = np.zeros(count, dtype=np.bool_)
    flags[[number for number in of.vector_of if number < count]] = True
    return flags


def _marked(of: Held, other: Held, run: Run) -> bool:
    """Tell whether a passage stands in quotation marks, or in what a mail quotes, in the one text alone."""
    here, there = (run.right, run.right_end), (run.left, run.left_end)
    if of.quoted(*here) > 0.5 and other.quoted(*there) < 0.3:
        return True
    return of.mailed(*here) > 0.5 and other.mailed(*there) < 0.5


def _marks(of: Held) -> bool:
    """Tell whether anything stands in quotation marks, or in what a mail quotes."""
    return bool(of.before[-1] or of.inner_before[-1])


def _told(of: Held, other: Held, sentences: Meant, covered: Flags) -> int:
    """Return how many quoted words of a document the other does not quote: its reporter heard them."""
    quoted = of.story.quoted
    if not quoted.any():
        return 0
    if in_two_languages(of, other):
        unlike = (sentences.score <= 0) & _known(of, len(sentences.score))
        apart = np.repeat(unlike, of.lengths[: len(sentences.score)])
        return int((quoted[: len(apart)] & apart).sum())
    known = covered.copy()
    places = np.flatnonzero(np.isin(of.seeds, other.seeds))
    for shift in range(HAN_SEED if of.han else SEED):
        known[np.minimum(places + shift, len(known) - 1)] = True
    return int((quoted & ~known).sum())


def _clean(of: Held, other: Held, score: Scores) -> float:
    """Return how many words stand in sentences of the other's sense that name no figure or name but its own.

    Whoever was there has some of his own in every sentence; whoever rewrites has none, however much else
    his article holds. What is quoted is left out, as whoever was there can quote it.
    """
    words, count = of.words, len(score)
    known = of.whole.among(other.whole) | (words.capital & of.stem.among(other.stem))
    new = (words.number if of.han else of.particular) & ~known
    fresh = np.add.reduceat(new.astype(np.int64), of.starts)[:count] if count else of.starts
    own = of.plain[:count] * (2 * of.plain[:count] >= of.lengths[:count]) * (fresh == 0)
    return float((np.clip((score - 0.3) / 0.4, 0, 1) * own).sum()) / (1.6 if of.han else 1.0)


def _facts(of: Held, other: Held) -> tuple[float, int, int]:
    """Return the share of its figures, days and names that the other has, their number, that of new ones."""
    own, theirs = of.facts, other.facts
    if in_two_languages(of, other):  # sounds of names survive translation badly
        own = {mark: weight for mark, weight in own.items() if mark[0] != "w"}
    total = sum(own.values())
    known = own.keys() & theirs.keys()
    return (sum(own[mark] for mark in known) / total if total else 0.0), len(own), len(own) - len(known)


def _score(left: Held, right: Held, sides: tuple[Side, Side]) -> float:
    """Return the probability of kinship: a logistic of what the more contained one has of the other."""
    translated = in_two_languages(left, right)
    odds = [_odds(held, side, translated=translated) for held, side in zip((left, right), sides, strict=True)]
    best, side = max(zip(odds, sides, strict=True), key=lambda one: one[0])
    if not (side.lead or side.rest >= _RELATED or side.words >= 0.8):
        best = min(best, _BACKGROUND)  # a paragraph that it carries at its end, and all else is different
    return 1 / (1 + math.exp(-best))


def _odds(held: Held, side: Side, *, translated: bool) -> float:
    """Return the log odds that a document was made from the other.

    For: the same words outside quotations, sentences of the same sense, figures and names that are all the
    other's. Against: figures, names and words of people that it has not, for who was there brings some.
    """
    size = len(held.words) / (1.6 if held.han else 1.0)
    matched = size * max(side.words, side.sense)
    verbatim = min(side.own / REPRINT, 1.0)
    known, share = min(side.count - side.new, 16), (side.facts - 0.5) * min(side.count, 4) / 4
    long = max(side.longest / (1.7 if held.han else 1.0) - 8, 0) / 10
    own = min(max(side.own - _CHANCE, 0.0), 0.5)
    brief = min(0.0, math.log(max(matched, 1.0) / _BRIEF))
    new, told = min(side.new, 8), min(side.told / 25, 1.0)
    if translated:
        odds = -4.0 + 8.0 * min(side.sense, 0.85) + 0.052 * known + 0.64 * share
        return odds + 0.8 * brief - 0.42 * new - 2.6 * told
    odds = -3.5 + 11.0 * min(side.sense, 0.85) + 6.0 * own + 1.5 * min(long, 2.0)
    odds += 0.063 * known + 1.8 * share + 0.4 * brief
    odds -= (1 - verbatim) * (0.2 * new + 2.4 * told)
    return odds


def strength(pair: Pair, document: str) -> Strength:
    """Return how much of a document was taken from the other one of its pair."""
    side = pair.side(document)
    other_id = pair.other(document).id
    other = pair.side(other_id)
    if pair.translated:
        return "translation"
    mailed = pair.other(other_id).document.media_type.startswith("message/")
    if pair.same or (other.words >= _SAME and side.words >= (_FRAMED if mailed else _SAME)):
        return "same-text"
    long = side.longest >= (_HAN_LONG if pair.other(other_id).han else _LONG) - 2
    if side.words >= _MOSTLY or (long and max(side.words, other.words) >= REPRINT <= 2 * side.words):
        return "reprint"
    return "rewrite"


def passage(pair: Pair, document: str) -> bool:
    """Tell whether a document has a passage of the other in quotation marks, or in a mail that it quotes."""
    side, held = pair.side(document), pair.other(document)
    return side.quoted >= (_HAN_LONG if held.han else _LONG)
