"""Values as words, for the templates."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, get_args

import babel

from casegraph.model import Claim, Date, Derivation, Document, Kind, Node, Span, Tie
from casegraph.pipeline.tracing.weighed import Backed
from casegraph.publish import measures, phrases, reviews
from casegraph.publish.trees import CREDIBILITIES, summary

if TYPE_CHECKING:
    from casegraph.pipeline.changed import Proposal
    from casegraph.web.views.beside import Side
    from casegraph.web.views.documents import Copy

_KILO = 1_000
_SHORT = 15  # characters of an id that are shown


def count(number: int, one: str, many: str | None = None) -> str:
    """Return `1 claim`, `1,204 claims`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def short(id_: str) -> str:
    """Return the beginning of an id that is enough to name it."""
    return id_.removeprefix("sha256:")[:_SHORT]


def day(document: Document | None) -> str:
    """Return when a document says that it was published."""
    return measures.period(document.published) if document is not None and document.published else ""


@functools.cache
def language(code: str) -> str:
    """Return what a language is called in English, or its code."""
    try:
        return babel.Locale.parse(code, sep="-").get_display_name("en") or code
    except (babel.UnknownLocaleError, ValueError):
        return code


def backing(one: Backed | None) -> str:
    """Return on how much a claim rests."""
    return summary(one.independent, one.undetermined) if one is not None else ""


def credibility(grade: str | int) -> str:
    """Return `2: probably true`."""
    return f"{grade}: {CREDIBILITIES[int(grade) - 1]}"


def confidence(claim: Claim) -> str:
    """Return the stance with its hedges."""
    return phrases.stance(claim)


RELIABILITIES = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""Of the grades A to F (AJP-2.1), in words."""


def reliability(grade: str) -> str:
    """Return `B: usually reliable`."""
    return f"{grade}: {RELIABILITIES[grade]}"


def moment(time: str) -> str:
    """Return `2024-05-01, 08:30 UTC`."""
    return f"{time[:10]}, {time[11:16]} UTC"


def role_names(claim: Claim, role: str) -> str:
    """Return the names in a role, with `;` between them."""
    party = claim.roles.get(role)
    found = party if isinstance(party, tuple) else (party,)
    return "; ".join(phrases.named(one) for one in found if one is not None)


def said_by(claim: Claim) -> str:
    """Return the innermost speaker's name, "" for none."""
    return next((one.speaker or "" for one in claim.attribution), "")


_STRENGTHS = {
    "same-text": "the same text",
    "reprint": "a reprint",
    "rewrite": "a rewrite",
    "translation": "a translation",
    "quotation": "a quotation",
    "revision": "another state of the same page",
    "cited": "names it as its source",
}


def kinship(copy: Copy) -> str:
    """Return what one document is to another: `a rewrite, made from it`."""
    what = _STRENGTHS[copy.strength]
    if copy.strength == "cited":
        return "this document names it as its source" if copy.taken else "names this document as its source"
    if copy.direction == "unknown":
        return f"{what}; which was first is not known"
    way = "this one was made from it" if copy.taken else "made from this one"
    return f"{what}, {'likely ' if copy.direction == 'likely' else ''}{way}"


def derived(one: Derivation, made: Side, source: Side) -> str:
    """Return a sentence on who took what from whom."""
    first, second = made.title or made.name, source.title or source.name
    share = f"{one.share:.0%} of it stands there too"
    if one.direction == "unknown":
        return f"“{first}” and “{second}” share words; which was first is not known ({share})."
    sure = "" if one.direction == "shown" else "likely "
    return f"“{first}” is {sure}{_STRENGTHS[one.strength]} of “{second}”; {share}."


def size(number: int) -> str:
    """Return `1.2 MB`."""
    value = float(number)
    for unit in ("bytes", "kB", "MB"):
        if value < _KILO:
            return f"{value:,.0f} {unit}" if unit == "bytes" else f"{value:,.1f} {unit}"
        value /= _KILO
    return f"{value:,.1f} GB"


def when(span: Span, text: str = "") -> str:
    """Return `27 Feb 2024`, `from May 2022`; the words where the interval is none."""
    return measures.period(Date(start=span.start, end=span.end, text=text))


STANDING = {
    "asserted": "asserted",
    "disputed": "said by some, denied by others",
    "unproved": "not proved",
    "denied": "only denied",
}
"""What claims come to, in words."""


_SCRIPTS = {"LATIN": "Latin", "CYRILLIC": "Cyrillic", "CJK": "Chinese", "ARABIC": "Arabic", "GREEK": "Greek"}


def by_script(names: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Return names by the script of their first letter; without its name where there is one script alone."""
    found: dict[str, list[str]] = {}
    for name in names:
        letter = next((char for char in name if char.isalpha()), "")
        script = unicodedata.name(letter, "").partition(" ")[0] if letter else ""
        found.setdefault(_SCRIPTS.get(script, "other"), []).append(name)
    order = [*_SCRIPTS.values(), "other"]
    ordered = sorted(found.items(), key=lambda item: order.index(item[0]))
    return ordered if len(ordered) > 1 else [("", own) for _, own in ordered]


def by_kind(claims: Iterable[Claim]) -> list[tuple[str, list[Claim]]]:
    """Return claims by kind, in the order of the ledger's kinds; what is only words comes last."""
    found: dict[str, list[Claim]] = {kind: [] for kind in get_args(Kind)}
    for claim in claims:
        found[claim.kind].append(claim)
    return [(kind, own) for kind, own in found.items() if own]


_CLOSELY = 0.8  # the score of a pair from which its names are called alike


def alike(pair: Proposal) -> str:
    """Return how a proposed pair stands, in words: a score reads as the chance that they are one."""
    near = "names alike" if pair.score >= _CLOSELY else "names partly alike"
    against = sum(reason.weight < 0 for reason in pair.reasons)
    doubts = sum(reason.weight == 0 for reason in pair.reasons)
    parts = [near, f"{against} against" if against else "", count(doubts, "doubt") if doubts else ""]
    return ", ".join(part for part in parts if part)


def captions(nodes: Iterable[Node]) -> dict[str, str]:
    """Return the names of some nodes by their ids."""
    return {one.id: one.name for one in nodes}


def by_id(ties: Iterable[Tie]) -> dict[str, Tie]:
    """Return some ties by their ids."""
    return {one.id: one for one in ties}


def named(entities: Iterable[str], names: Mapping[str, str]) -> str:
    """Return the names of entities, joined by commas."""
    return ", ".join(names.get(one, short(one)) for one in entities)


FILTERS: dict[str, Callable[..., Any]] = {
    "alike": alike,
    "backing": backing,
    "bytes": size,
    "by_id": by_id,
    "by_kind": by_kind,
    "by_script": by_script,
    "captions": captions,
    "chain": phrases.chain,
    "confidence": confidence,
    "count": count,
    "credibility": credibility,
    "day": day,
    "derived": derived,
    "kinship": kinship,
    "moment": moment,
    "reliability": reliability,
    "reviewed_as": reviews.said,
    "role_names": role_names,
    "said_by": said_by,
    "language": language,
    "named": named,
    "short": short,
    "speaker": phrases.speaker,
    "standing": STANDING.__getitem__,
    "what": phrases.what,
    "when": when,
    "words": phrases.words,
}
