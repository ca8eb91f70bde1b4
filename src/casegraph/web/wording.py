"""Values as words, for the templates."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import babel

from casegraph.model import Claim, Document
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


FILTERS: dict[str, Callable[..., Any]] = {
    "backing": backing,
    "chain": phrases.chain,
    "confidence": confidence,
    "count": count,
    "credibility": credibility,
    "day": day,
    "language": language,
    "short": short,
    "speaker": phrases.speaker,
    "what": phrases.what,
    "words": phrases.words,
}
