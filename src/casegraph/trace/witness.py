"""Who speaks of what they perceived, did or kept themselves: own witness, by words that say so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from casegraph.model import Claim
from casegraph.text import fold
from casegraph.trace import alike, terms
from casegraph.trace.base import Reported

_CLAUSE = re.compile(r"[.!?;:\u2014\u3002\uff01\uff1f\uff1b]|[\"\u201c\u201d\u00ab\u00bb]")
_NEAR = 4  # words from oneself to what one perceived
_FOLLOWS = 120  # code points from what somebody said to a further quotation that is theirs
_TITLE = 24  # code points beside a name in which its office stands
_QUOTED = re.compile('["\u201c\u201d\u00ab\u201e\u300c]')
_NOT = ("never", "not", "didn't", "don't", "не", "没", "不")
_TOLD = re.compile(
    r"\b(?:was|were|been) (?:told|informed)\b|\b(?:learn(?:ed|t)|hear[d]?) (?:that|from|of|about)\b"
    r"|\bread (?:that|in|about)\b|\bсообщили\b|\bрассказали\b"
    r"|\b(?:узнал|прочитал|прочел|слышал)\w* (?:от|о|об|из|что|в)\b"
    r"|听说|得知|据说|告诉(?:我|他|她)",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"^\W*(?:that |how |when |что |как )?(?:he|she|they|он|она|они)"
    r"(?: had| has| have| also| then| first| сам| сама| сами)? "
    r"(?:saw|seen|heard|felt|watched|smel\w+|noticed|witnessed|counted"
    r"|видел\w*|увидел\w*|слышал\w*|услышал\w*|заметил\w*|почувствовал\w*)"
    r"\b(?! (?:no|fit|that)\b)|^\W*(?:他|她)们?(?:亲眼|亲耳)?(?:看见|看到|听见|听到|目睹|闻到)",
    re.IGNORECASE,
)
"""What somebody perceived, in indirect speech: the one who speaks is the one who saw."""

_OFFICE = re.compile(
    r"\b(?:police|detectives?|investigators?|inspectors?|prosecutors?|auditors?|court|inquest|inquiry|hearing"
    r"|jury|judge|commission)\b"
    r"|полици|следовател|следств|прокур|суд[уе]?\b|инспектор|ревизор|комисси"
    r"|警方|警察|调查|检察|法院|法庭|审计",
    re.IGNORECASE,
)
_GAVE = re.compile(
    r"\b(?:told|testif\w+|gave (?:evidence|a statement)|statement to|questioned by|interviewed by"
    r"|reported (?:it|this) to|handed)\b"
    r"|рассказал|показал|дал\w* показани|допрос|передал|сообщил|告诉|作证|证词|询问|问话|交给|报警",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\bnever\b|\bnot\b|n't\b|\bне\b|\bни\b|没|未|不", re.IGNORECASE)

Voice = tuple[str, str]
"""A document and who speaks there, by entity or folded name."""


def voice(claim: Claim) -> Voice | None:
    """Return who speaks first in a claim, and where; None for outlets and who is not named."""
    link = next(iter(claim.attribution), None)
    if link is None or link.role == "publisher" or link.unnamed or not link.speaker:
        return None
    return claim.document, link.entity or alike.folded(link.speaker)


def witnesses(block: Sequence[Reported]) -> frozenset[Voice]:
    """Return those who in some claim say that they saw, heard, counted, wrote or kept something themselves.

    Who has it from hearsay is none, whatever else they saw.
    """
    seen: set[Voice] = set()
    told: set[Voice] = set()
    pages: defaultdict[tuple[str, int], list[tuple[int, int, Voice]]] = defaultdict(list)
    bare: list[Claim] = []
    for one in block:
        own, text, place = voice(one.claim), alike.words(one.claim), one.claim.content_target
        if own is not None:
            pages[place.document, place.page].append((place.start, place.end, own))
            (told if _TOLD.search(text) else seen if perceives(text) else set()).add(own)
        elif _QUOTED.match(text) and perceives(text) and not _TOLD.search(text):
            bare.append(one.claim)
    for claim in bare:
        own = _before(claim, pages[claim.content_target.document, claim.content_target.page])
        seen |= {own} if own is not None else set()
    return frozenset(seen - told)


def _before(quotation: Claim, voices: Sequence[tuple[int, int, Voice]]) -> Voice | None:
    """Return who spoke in the sentence before a quotation of nobody: «...», — сказал он. «Я видел ...»."""
    start = quotation.content_target.start
    near = [(end, own) for _, end, own in voices if 0 <= start - end <= _FOLLOWS]
    return max(near)[1] if near else None


def heard(block: Sequence[Reported]) -> frozenset[Voice]:
    """Return those in whose document it says that an authority has heard somebody: it may know from them."""
    told = {one.document.id for one in block if any(gave_evidence(t.exact) for t in one.claim.evidence)}
    voices = (voice(one.claim) for one in block if one.document.id in told)
    return frozenset(one for one in voices if one is not None)


def perceives(text: str) -> bool:
    """Say whether a clause has somebody perceive, do or keep something: "I counted them", 我看见."""
    if _REPORTED.search(text):
        return True
    return any(map(_in_han if terms.is_han(text) else _in_words, _CLAUSE.split(text)))


def gave_evidence(text: str) -> bool:
    """Say whether a text tells that somebody was heard by an authority, which then knows it from there."""
    return bool(_GAVE.search(text) and _OFFICE.search(text) and not _NEVER.search(text))


def _in_words(clause: str) -> bool:
    words = terms.words_of(clause)
    selves = [place for place, word in enumerate(words) if terms.speaks_of("selves", word)]
    return any(
        terms.speaks_of("perceiving", word)
        and not any(no in words[max(0, place - 3) : place + 2] for no in (*_NOT, "no"))
        and any(0 < place - own <= _NEAR for own in selves)
        for place, word in enumerate(words)
    )


def _in_han(clause: str) -> bool:
    text = fold(clause)
    if not terms.speaks_of("perceiving", text) or any(no in text for no in _NOT if terms.is_han(no)):
        return False
    return terms.speaks_of("selves", text)


def officers(block: Sequence[Reported]) -> frozenset[Voice]:
    """Return those whom a text calls by an office right beside their names: "fire chief Helmut Dreyer"."""
    found: set[Voice] = set()
    for one in block:
        own, link = voice(one.claim), next(iter(one.claim.attribution), None)
        if own is None or link is None or own in found or not link.speaker:
            continue
        if any(_called(link.speaker, evidence.exact) for evidence in one.claim.evidence):
            found.add(own)
    return frozenset(found)


def _called(name: str, text: str) -> bool:
    place = text.find(name.rsplit(maxsplit=1)[-1])
    if place < 0:
        return False
    beside = (text[max(0, place - len(name) - _TITLE) : place], text[place : place + len(name) + _TITLE])
    ahead = re.split(r"[.;:!?\u201c\u201d\"]", beside[0])[-1]
    behind = re.split(r"[.;:!?\u201c\u201d\"]", beside[1])[0]
    return any(
        terms.speaks_of("officers", part) or terms.speaks_of("bodies", part) for part in (ahead, behind)
    )
