"""Whether a text was made from another in other words: what tells it, and how much each of it weighs.

A logistic regression whose inputs speak for a copy the more, the larger they are: none of its weights is
below zero. `python -m casegraph.gates.rewriting` fits it anew.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from casegraph.trace.align import in_order
from casegraph.trace.around import Around
from casegraph.trace.compared import REPRINT, Pair, Side
from casegraph.trace.direction import LINKED, MENTIONED, Arrow, abroad
from casegraph.trace.families import Families
from casegraph.trace.held import Held
from casegraph.trace.moments import before, gap, moment

LEAST = 0.5  # probability
Origins = Literal["open", "third", "rivals", "outlet"]


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression: log odds of one more of each input of `evidence`."""

    intercept: float
    of: Mapping[str, float]

    def odds(self, told: Mapping[str, float]) -> float:
        """Return the log odds of some evidence."""
        return self.intercept + sum(self.of[name] * value for name, value in told.items())

    def above(self, more: float) -> Weights:
        """Return the same with a larger intercept."""
        return Weights(self.intercept + more, self.of)


FITTED = Weights(
    0.34,
    {
        "nearer": 14.97, "facts": 2.26, "rare": 2.45, "order": 0.69, "run": 0.78, "quoted": 12.44,
        "day": 2.57, "days": 2.91, "named": 1.62, "rivals": 3.25, "outlet": 1.9, "served": 4.28,
        "foreign": 0.56, "abroad": 0.32, "translated": 0.57,
    },
)  # fmt: skip
"""Fitted on the stories to develop on, with an L2 penalty of 2 (inputs of variance one); the intercept is .75
above that of the fit, where clusters of stories that a fit has not seen have the best F1."""

_TEXT = frozenset({"nearer", "facts", "rare", "order", "run", "quoted", "abroad", "translated"})
"""Inputs that tell of the texts; the others tell what stands around them."""

_SHORT, _LONG_RUN = 8, 10  # words of a run that says nothing; more of them that make one
_MAIN, _MAIN_RUN = 0.5, 14  # share of a paper, words: as much as papers on one transaction do not share
_BRIEF, _OWN_QUOTES = 40, 0.4  # words of a short text; share of quoted words beyond which more tells nothing
_DAY, _DAYS = dt.timedelta(days=1), dt.timedelta(days=4)
_CLEAN = (22, 52)  # words that bring nothing new: from where they tell, to where they tell all
_SURE = 4.5  # log odds: more tells no more
_REPORTS = 2  # sentences that tell what somebody said
_REPORTED = re.compile(
    r"\b(?:said|says|told|added|according to)\b"
    r"|\b(?:сказал|сообщил|заявил|рассказал|отметил|пояснил|по словам|по данным)"
    r"|表示|介绍|告诉|说[，：:]|称[，：:]",
    re.IGNORECASE,
)


def believed(
    pair: Pair, found: Arrow, named: int, families: Families, around: Around, weights: Weights
) -> float:
    """Return the probability of kinship.

    Words that are the same say more than all else: the more of them there are, the less the rest weighs.
    Where no encoder knows one of the languages, what the comparison shows stands for what the texts tell.
    """
    if pair.score <= 0 or only_papers(pair):
        return 0.0
    compared = _odds(pair.score)
    verbatim = min(max(side.own for side in pair.sides) / REPRINT, 1.0)
    told = evidence(pair, found, named, families, around)
    if around.known(found.derived, found.source):
        odds = weights.odds(told)
    else:
        around_it = {name: value for name, value in told.items() if name not in _TEXT}
        odds = compared + weights.odds(around_it) - weights.intercept
    return 1 / (1 + math.exp(-(verbatim * compared + (1 - verbatim) * odds)))


def evidence(pair: Pair, found: Arrow, named: int, families: Families, around: Around) -> dict[str, float]:
    """Return what tells whether one was made from the other, by name.

    nearer   the later one's sentences are nearer to the other's than to the rest of the group (cosine)
    facts    the share of its figures, days and names that the other has, over a half; less where they are few
    rare     the same, those weighing more that few of the group have
    order    what both tell stands in one order (-1 to 1)
    run      words of the longest run of the same words, by ten
    quoted   less than 0: the share of its words that somebody is quoted with here, and not in the other
    day      -1: more than a day lies between them; days: more than four do
    named    1: it names the other's outlet
    rivals   -1: each names another source; outlet: both are of one outlet, which writes nothing anew
    served   the other is an agency's, which it may print, and has words with nothing new in them (0 to 1)
    foreign  1: it names an outlet in another script, which may be the other's
    abroad   1: they are in two languages; translated: what comparing their sentences shows then (log odds)
    """
    side, held = pair.side(found.derived.id), found.derived
    free = 1 - min(side.own / REPRINT, 1.0)
    size = len(held.words) / (1.6 if held.han else 1.0)
    origins = "open" if named else between_origins(pair, families)
    apart = None if named == LINKED else _apart(pair)
    return {
        "nearer": around.nearer(held, found.source) if around.known(held, found.source) else 0.0,
        "facts": _counted(side.facts, side),
        "rare": _counted(around.rare(held, found.source), side),
        "order": in_order(*(one.meant for one in pair.sides)),
        "run": min(max(side.longest / (1.7 if held.han else 1.0) - _SHORT, 0) / _LONG_RUN, 2.0),
        "quoted": -free * min(side.told / max(size, _BRIEF), _OWN_QUOTES),
        "day": -free * float(apart is not None and apart > _DAY),
        "days": -free * float(apart is not None and apart > _DAYS),
        "named": float(named >= MENTIONED),
        "rivals": -(1 - (1 - free) ** 2) * float(origins == "rivals"),
        "outlet": -(1 - (1 - free) ** 2) * float(origins == "outlet"),
        "served": 0.0 if named else _served(pair, families),
        "foreign": float(not named and pair.translated and _foreign(pair, families)),
        "abroad": float(pair.translated),
        "translated": min(max(_odds(pair.score), -_SURE), _SURE) if pair.translated else 0.0,
    }


def _odds(score: float) -> float:
    """Return log odds of a probability."""
    return math.log(max(score, 1e-9) / max(1 - score, 1e-9))


def _counted(share: float, side: Side) -> float:
    return (share - 0.5) * min(side.count, 4) / 4 if side.count else 0.0


def only_papers(pair: Pair) -> bool:
    """Tell whether two have no more in common than papers on one matter: its facts, in words of their own."""
    papers = [_paper(one) for one in (pair.left, pair.right)]
    return any(papers) and not _in_the_main(pair, both=all(papers))


def _paper(held: Held) -> bool:
    """Tell whether a document is no outlet's and names none: a letter, an invoice, a ledger.

    A text of which nobody knows where it stood is a story all the same where it tells what people said.
    """
    if held.document.publisher or held.document.url or held.article.credits:
        return False
    return held.document.media_type.startswith("message/") or not _reports(held.text)


@functools.lru_cache(maxsize=1 << 10)
def _reports(text: str) -> bool:
    """Tell whether a text tells what people said; asked for each pair that it is in."""
    return len(_REPORTED.findall(text)) >= _REPORTS


def _in_the_main(pair: Pair, *, both: bool) -> bool:
    """Tell whether two have a long run or most sentences in common, of papers both have to.

    An invoice has little that its contract does not say as well, and is not made from it.
    """
    long = _MAIN_RUN * (1.7 if pair.left.han else 1.0)
    sense = (min if both else max)(side.sense for side in pair.sides)
    return sense >= _MAIN or any(side.longest >= long or side.words >= _MAIN for side in pair.sides)


def _served(pair: Pair, families: Families) -> float:
    """Return how sure it is that one has its matter from the other, an agency's that it may print.

    It is not older. How much of either has nothing of its own tells it, whatever else is a reporter's.
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
    return min(max((clean - least) / (most - least), 0.0), 1.0)


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


def between_origins(pair: Pair, families: Families) -> Origins:
    """Return what two say of where they come from.

    `outlet`: from one, which does not write its own text anew, so that two texts of it are two stories.
    `rivals`: each from another one, by name or signature. `third`: both name the same one.
    """
    left, left_whole = _named(pair.left, pair, families)
    right, right_whole = _named(pair.right, pair, families)
    outlet = families.of(pair.left.document)
    if left_whole & right_whole or (outlet is not None and outlet == families.of(pair.right.document)):
        return "outlet"
    if left & right:
        return "third"
    return "rivals" if (left and right_whole) or (right and left_whole) else "open"


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


def _apart(pair: Pair) -> dt.timedelta | None:
    """Return how far apart two were published, at least; None where that is not known."""
    first, second = moment(pair.left.document), moment(pair.right.document)
    if first.first is None or second.first is None:
        return None
    return max(gap(first, second), gap(second, first))
