"""Values as words, for the templates."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import babel
import msgspec

from casegraph.model import Claim, ClaimReview, Correction, Document
from casegraph.pipeline.tracing.weighed import Backed
from casegraph.publish import measures, phrases
from casegraph.publish.trees import CREDIBILITIES, summary

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


def reviewed_as(one: ClaimReview) -> str:
    """Return what a person said of a claim in words."""
    if not one.value:
        return f"{one.aspect} taken back"
    if one.aspect == "verdict":
        return one.value
    if one.aspect == "correction":
        found = msgspec.json.decode(one.value, type=Correction)
        parts = [
            f"{role.replace('_', ' ')}: {', '.join(party.name for party in parties) or 'nobody'}"
            for role, parties in found.roles.items()
        ]
        parts += [f"said by: {found.speaker.name}"] if found.speaker else []
        return f"to be read as {'; '.join(parts)}"
    if one.aspect == "tags":
        return f"tagged {one.value.replace(',', ', ')}"
    return "starred" if one.aspect == "star" else f"remark: {one.value}"


FILTERS: dict[str, Callable[..., Any]] = {
    "backing": backing,
    "chain": phrases.chain,
    "confidence": confidence,
    "count": count,
    "credibility": credibility,
    "day": day,
    "moment": moment,
    "reliability": reliability,
    "reviewed_as": reviewed_as,
    "role_names": role_names,
    "said_by": said_by,
    "language": language,
    "short": short,
    "speaker": phrases.speaker,
    "what": phrases.what,
    "words": phrases.words,
}
