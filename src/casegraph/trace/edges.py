"""What two documents of one story are to each other: which relation, how much, in which direction."""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from dataclasses import dataclass

from casegraph.model import Relation, Strength
from casegraph.trace.align import in_order
from casegraph.trace.blocks import address
from casegraph.trace.compared import REPRINT, Pair, passage, strength
from casegraph.trace.direction import LINKED, MENTIONED, NOWHERE, TOLD, WHOLLY, Arrow, abroad, arrow, naming
from casegraph.trace.families import Families
from casegraph.trace.held import Held
from casegraph.trace.moments import before, gap, impossible, moment

LEAST = 0.5  # probability
_UPDATED = dt.timedelta(days=2)  # within which an outlet brings its story up to date
_VERSION = 0.5  # share of words that two versions of one page have in common, both ways
_QUOTED_SENSE, _QUOTED_OWN = 0.4, 0.12  # below that, a document with a quoted passage is not a copy
_RIVALS = -2.0
_NAMED = {MENTIONED: 1.6, TOLD: 2.2, WHOLLY: 2.5, LINKED: 2.5}  # log odds
_FOREIGN = 1.0  # log odds, for a name in another script that may be the other's
_CLEAN, _ALL_CLEAN = (
    (22, 52),
    2.0,
)  # words that bring nothing new: from where they tell, to where they tell all; log odds
_MAIN, _LONG_RUN = 0.5, 14  # share of a paper, words: as much as papers on one transaction do not share
_REPORTS = 2  # sentences that tell what somebody said
_REPORTED = re.compile(
    r"\b(?:said|says|told|added|according to)\b"
    r"|\b(?:сказал|сообщил|заявил|рассказал|отметил|пояснил|по словам|по данным)"
    r"|表示|介绍|告诉|说[，：:]|称[，：:]",
    re.IGNORECASE,
)
_ORDERED = 1.8  # log odds, for that both tell the same in the same order
_NEW, _OFTEN_NEW = 2.0, 0.4  # log odds, for that all its figures and names are new; the share that often is
_SOON, _LONG_AFTER = dt.timedelta(days=1), dt.timedelta(days=4)
_SAME_DAYS, _LATER, _LATE = -0.3, -1.5, -3.0  # log odds; most accounts of one matter are of the same days
_TOUCHING = 0.15  # sense: less, and a document that names an outlet does not mean this text of it


@dataclass(frozen=True, slots=True)
class Edge:
    """Two kin, with what is derived from what."""

    pair: Pair
    arrow: Arrow
    relation: Relation
    strength: Strength
    score: float
    rivals: bool = False  # each names another origin, and neither the other
    siblings: bool = False  # both say that they are made from the same third
    named: int = NOWHERE  # how the derived one names the other

    @property
    def source(self) -> Held:
        """The one from which was taken."""
        return self.arrow.source

    @property
    def derived(self) -> Held:
        """The one that took."""
        return self.arrow.derived

    @property
    def directed(self) -> bool:
        """Whether it can be told who took from whom."""
        return self.arrow.direction != "unknown" and not self.siblings

    @property
    def share(self) -> float:
        """How much of the derived document comes from the other (0 to 1)."""
        side = self.pair.side(self.derived.id)
        if self.strength == "cited":
            return 0.0
        return side.words if self.strength == "quotation" else max(side.words, side.sense)


def edge(pair: Pair, families: Families) -> Edge | None:
    """Return what a pair is, None where the two have nothing to do with each other."""
    if pair.form or not _touching(pair):
        return None
    found = arrow(pair, families)
    named = naming(found.derived, found.source, families)
    score = _believed(pair, named, families)
    if _is_revision(pair, families):
        return Edge(pair, found, "was_revision_of", "revision", max(score, 0.9), named=named)
    if _is_quotation(pair, found):
        return Edge(pair, found, "was_quoted_from", "quotation", max(score, 0.85), named=named)
    if score >= LEAST:
        kind = strength(pair, found.derived.id)
        siblings = not named and _siblings(pair, families)
        rivals = not named and _origins(pair, families) <= _RIVALS
        return Edge(
            pair, found, "was_derived_from", kind, score, siblings=siblings, named=named, rivals=rivals
        )
    if named and _meant(pair, named, found) and not impossible(found.source.document, found.derived.document):
        return Edge(pair, found, "had_primary_source", "cited", max(score, 0.6), named=named)
    return None


def _believed(pair: Pair, named: int, families: Families) -> float:
    """Return the probability of kinship, what both say of their sources taken into account.

    Words that are the same say more than credits; these weigh the less, the more words are the same.
    """
    if pair.score <= 0 or (_papers(pair) and not _in_the_main(pair)):
        return 0.0
    odds = math.log(pair.score / max(1 - pair.score, 1e-9))
    verbatim = min(max(side.own for side in pair.sides) / REPRINT, 1.0)
    odds += (1 - verbatim) * (_retold(pair) + (0.0 if named == LINKED else _timely(pair)))
    if named and (named != WHOLLY or pair.translated or verbatim > 0.7):
        odds += _NAMED[named]
    else:
        odds += _origins(pair, families) * (1 - verbatim**2)
        odds += _FOREIGN if pair.translated and _foreign(pair, families) else 0.0
        odds += _served(pair, families)
    return 1 / (1 + math.exp(-odds))


def _retold(pair: Pair) -> float:
    """Return the log odds of a pair by the order of what both tell, and by how much is new in either."""
    new = min(side.new / max(side.count, 1) for side in pair.sides)
    return _ORDERED * in_order(*(side.meant for side in pair.sides)) - _NEW * (new - _OFTEN_NEW)


def _timely(pair: Pair) -> float:
    """Return the log odds of a pair by how far apart the two were published: who rewrites does it soon.

    Of 141 rewrites of made stories 133 came within a day of their source, none after four days; of 1,500
    other accounts of the same matters a third did, and another third came after four days.
    """
    first, second = moment(pair.left.document), moment(pair.right.document)
    if first.first is None or second.first is None:
        return 0.0
    apart = max(gap(first, second), gap(second, first))
    if apart <= _SOON:
        return _SAME_DAYS
    return _LATER if apart <= _LONG_AFTER else _LATE


def _papers(pair: Pair) -> bool:
    """Tell whether two documents are no outlet's and name none: letters, invoices, ledgers.

    A text of which nobody knows where it stood is a story all the same where it tells what people said.
    """
    both = pair.left, pair.right
    if any(one.document.publisher or one.document.url or one.article.credits for one in both):
        return False
    mailed = any(one.document.media_type.startswith("message/") for one in both)
    return mailed or not any(_reports(one.text) for one in both)


@functools.lru_cache(maxsize=1 << 10)
def _reports(text: str) -> bool:
    """Tell whether a text tells what people said; asked for each pair that it is in."""
    return len(_REPORTED.findall(text)) >= _REPORTS


def _in_the_main(pair: Pair) -> bool:
    """Tell whether two have a long run or most sentences in common. Papers on one matter share its facts."""
    long = _LONG_RUN * (1.7 if pair.left.han else 1.0)
    return any(side.longest >= long or max(side.words, side.sense) >= _MAIN for side in pair.sides)


def _served(pair: Pair, families: Families) -> float:
    """Return the log odds of a pair of which one is an agency's and the other of who may print it, not older.

    How much of either has nothing of its own tells it, though all the rest may be a reporter's.
    """
    left, right = pair.left.document, pair.right.document
    if families.kind(families.of(right)) == "agency":
        left, right = right, left
    kinds = families.kind(families.of(left)), families.kind(families.of(right))
    known = right.publisher is not None or right.url is not None
    if kinds[0] != "agency" or kinds[1] == "agency" or not known or before(moment(right), moment(left)):
        return 0.0
    least, most = _CLEAN
    clean = max(side.clean for side in pair.sides)
    return _ALL_CLEAN * min(max((clean - least) / (most - least), 0.0), 1.0)


def _foreign(pair: Pair, families: Families) -> bool:
    """Tell whether the later of two has its matter from an outlet that it names in another script.

    Names of outlets are translated too: nothing but the matter tells which outlet is meant.
    """
    first, second = pair.left, pair.right
    if before(moment(second.document), moment(first.document)):
        first, second = second, first
    if not before(moment(first.document), moment(second.document)):
        return False
    own = families.of(second.document)
    given = [
        one
        for one in second.article.credits
        if one.kind == "sentence" and families.outlet(one.name) != own and not families.knows(one.name)
    ]
    return abroad(given, first)


def _origins(pair: Pair, families: Families) -> float:
    """Return what it says of kinship where each says that it comes from: the same third outlet, or two."""
    left, left_whole = _named(pair.left, pair, families)
    right, right_whole = _named(pair.right, pair, families)
    outlet = families.of(pair.left.document)
    if left_whole & right_whole or (outlet is not None and outlet == families.of(pair.right.document)):
        return -4.0  # an outlet does not write its own text anew: two texts of it are two stories
    if left & right:
        return 0.8
    if left_whole and right_whole:
        return -3.0
    if (left and right_whole) or (right and left_whole):
        return -2.6
    return 0.0


def _named(held: Held, pair: Pair, families: Families) -> tuple[set[str], set[str]]:
    """Return the outlets that a document names as its sources, and those that have or sign the whole."""
    own = families.of(held.document)
    other = pair.other(held.id)
    whole = {own} if own is not None and families.kind(own) == "agency" else set()
    named = set()
    for one in held.article.credits:
        outlet = families.outlet(one.name)
        if outlet is None or one.kind == "footer" or (pair.translated and abroad([one], other)):
            continue
        named.add(outlet)
        if one.whole:
            whole.add(outlet)
    return named | whole, whole


def _touching(pair: Pair) -> bool:
    """Tell whether there is anything to ask: texts with nothing in common are not kin whatever they say."""
    linked = any(one.url for held in (pair.left, pair.right) for one in held.article.credits)
    return linked or pair.score >= 0.02 or any(side.sense >= _TOUCHING or side.quoted for side in pair.sides)


def _is_revision(pair: Pair, families: Families) -> bool:
    left, right = pair.left.document, pair.right.document
    least = min(side.words for side in pair.sides)
    most = max(side.words for side in pair.sides)
    outlet = families.of(left)
    if left.url and right.url and address(left.url) == address(right.url) and outlet == families.of(right):
        return most >= 0.25 or pair.score >= LEAST
    if pair.same or pair.score < LEAST:
        return False
    if outlet is not None and outlet == families.of(right) and left.published != right.published:
        soon = abs(_apart(pair)) <= _UPDATED
        return least >= _VERSION or (soon and most >= _VERSION and least >= _VERSION / 2)
    if outlet is None and families.of(right) is None:  # no news: versions of a contract, of a memorandum
        mailed = max(side.mailed for side in pair.sides)
        return least >= _VERSION and mailed < 0.5
    return False


def _apart(pair: Pair) -> dt.timedelta:
    """Return how far apart two documents were published, very far where that is not known."""
    first, second = (moment(held.document).first for held in (pair.left, pair.right))
    return second - first if first is not None and second is not None else dt.timedelta.max


def _is_quotation(pair: Pair, found: Arrow) -> bool:
    side = pair.side(found.derived.id)
    if not passage(pair, found.derived.id):
        return False
    return side.mailed > 0.5 or (side.own < _QUOTED_OWN and side.sense < _QUOTED_SENSE)


def _meant(pair: Pair, named: int, found: Arrow) -> bool:
    """Tell whether a document that names an outlet means this text of it."""
    side = pair.side(found.derived.id)
    return named == LINKED or side.sense >= _TOUCHING or (side.facts >= 0.4 and side.count - side.new >= 3)


def _siblings(pair: Pair, families: Families) -> bool:
    """Tell whether both say that they are wholly of the same third outlet."""
    own = {families.of(pair.left.document), families.of(pair.right.document)}
    sources = [
        {families.outlet(one.name) for one in held.article.credits if one.whole and one.name} - own
        for held in (pair.left, pair.right)
    ]
    return bool(sources[0] & sources[1])
