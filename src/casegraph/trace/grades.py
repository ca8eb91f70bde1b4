"""Grades of the Admiralty code as NATO's AJP-2.1 words them: what a machine may propose.

Reliability (A to F) is of the source and comes from case.toml alone. Credibility (1 to 6) is of the claim:

    1  confirmed         two origins shown independent, nothing against it
    2  probably true     two shown independent, and parties to it deny it; or three and more groups of origins
                         that are not shown to depend on each other, one of them named or a document at first
                         hand, two graded A to C, nobody denying it
    3  possibly true     two shown independent, and other claims are against it; or two groups of origins that
                         are not shown to depend on each other; or a document at first hand alone
    4  doubtful          not shown by two, and somebody who is no party says otherwise
    5  improbable        every outlet that said so took it back
    6  cannot be judged  all else: one voice, and nothing to compare it with
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from casegraph.model import Contradiction, Origin, Sign
from casegraph.trace.ends import End
from casegraph.trace.publishers import letters

CREDIBILITY = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
_GOOD = frozenset("ABC")


@dataclass(frozen=True, slots=True)
class Against:
    """What speaks against a claim."""

    opposed: bool  # somebody who is no party, or another value
    denied: bool  # parties to it
    withdrawn: bool  # all who said so took it back


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a credibility rests on."""

    independent: int
    undetermined: int
    origins: Sequence[Origin]  # of those who say that it is so
    first_hand: bool  # one of them is a document at first hand
    against: Against


def reliability(end: End, grades: Mapping[str, str]) -> str:
    """Return the grade that case.toml gives an end by its name, an outlet by its host too; F without one.

    A good outlet does not make its sources reliable: who speaks there is graded by name alone.
    """
    own = {letters(name): grade for name, grade in grades.items()}
    names = [end.name, end.work, end.host] if end.kind == "publisher" else [end.name]
    return next((own[letters(name)] for name in names if name and letters(name) in own), "F")


def weigh(
    against: Iterable[Contradiction], claims: frozenset[str], parties: frozenset[str],
    speakers: Mapping[str, frozenset[str]],
) -> Against:  # fmt: skip
    """Return what is against the claims that say that it is so. What was taken back stands against nothing.

    `speakers` gives by what each claim's own speaker is known.
    """
    listed = list(against)
    back = frozenset(claim for one in listed if one.kind == "retraction" for claim in one.left)
    opposed = denied = False
    for one in listed:
        if one.kind == "retraction" or back.issuperset(one.left) or back.issuperset(one.right):
            continue
        if one.kind == "denial" and all(speakers.get(claim, frozenset()) & parties for claim in one.right):
            denied = True
        else:
            opposed = True
    return Against(opposed=opposed, denied=denied, withdrawn=bool(claims) and claims <= back)


def credibility(of: Weighed) -> tuple[int, tuple[Sign, ...]]:
    """Return the credibility that the rules of this module allow, and why."""
    grade, words = _graded(of)
    signs = [Sign(feature="credibility", weight=0.0, words=f"{grade}, {CREDIBILITY[grade]}: {words}")]
    signs += [
        Sign(
            feature="reliability", weight=0.0,
            words=f"{one.name}: {one.reliability}" + ("" if one.reliability != "F" else ", cannot be judged"),
        )
        for one in of.origins
    ]  # fmt: skip
    return grade, tuple(signs)


def _graded(of: Weighed) -> tuple[int, str]:
    if not of.origins:
        return 6, "nobody says that it is so"
    if of.against.withdrawn:
        return 5, "all who said so took it back"
    if of.independent >= 2:
        return _confirmed(of)
    if of.against.opposed:
        return 4, "not shown by two independent origins, and others say otherwise"
    return _unconfirmed(of)


def _confirmed(of: Weighed) -> tuple[int, str]:
    words = f"{of.independent} origins shown independent"
    if of.against.opposed:
        return 3, f"{words}, other claims against it"
    return (2, f"{words}, denied by a party to it") if of.against.denied else (1, words)


def _unconfirmed(of: Weighed) -> tuple[int, str]:
    groups = of.independent + of.undetermined
    good = sum(one.reliability in _GOOD for one in of.origins)
    named = of.first_hand or any(one.kind in {"person", "organisation"} for one in of.origins)
    if groups >= 3 and named and good >= 2 and not of.against.denied:
        return 2, f"{groups} groups of origins, {good} graded C or better; their independence is not shown"
    if groups >= 2:
        return 3, f"{groups} groups of origins; their independence is not shown"
    if of.first_hand:
        return 3, "a document at first hand, and nothing else"
    return 6, "one origin, and nothing to compare it with"
