"""What happened when."""

from __future__ import annotations

from casegraph.model import Claim, Happening, Kind, Record
from casegraph.pipeline.case import Case
from casegraph.web.base import PAGE, ROWS, Ask, Parameter, Slice, View
from casegraph.web.views.asked import DATED, DAYS, day, one_of, parties

MOST = 5000
"""What is drawn, and given as JSON, of one timeline."""


class Moment(Record, frozen=True, kw_only=True):
    """What happened, with the first claim that says so."""

    happening: Happening
    claim: Claim


class Timeline(Record, frozen=True, kw_only=True):
    """What claims date, in order of time."""

    happenings: tuple[Happening, ...]  # at most 5,000, the earliest
    rows: tuple[Moment, ...]  # of the page that is asked for
    captions: dict[str, str]  # of the entities that have a role, id to name
    about: dict[str, str]  # whom it is about, id to name
    unknown: tuple[str, ...]  # names that nobody has
    filters: dict[str, str]
    kinds: tuple[Kind, ...] = DATED
    slice: Slice
    undated: int  # claims of the case that give no date


def timeline(case: Case, ask: Ask) -> Timeline:
    """Return what is asked for."""
    about, unknown = parties(case, ask.texts("entity")[:1])
    kinds = one_of("kind", ask.texts("kind")[:1], DATED)
    since, until = day(ask, "since"), day(ask, "until")
    asked = {"entity": next(iter(about), ""), "kind": next(iter(kinds), ""), "since": since, "until": until}
    found = tuple(
        one
        for one in case.happenings(about=asked["entity"] or None, since=since, until=until)
        if not unknown and (not kinds or one.kind in kinds)
    )
    page = ask.number("page", 1)
    first = (page - 1) * ROWS
    shown = found[first : first + ROWS]
    told = case.first_claims(shown)
    return Timeline(
        happenings=found[:MOST],
        rows=tuple(Moment(happening=one, claim=told[one.claim]) for one in shown if one.claim in told),
        captions=case.captions(sorted({entity for one in found[:MOST] for entity in one.entities})),
        about=about,
        unknown=unknown,
        filters={name: value for name, value in asked.items() if value},
        slice=Slice(page=page, first=first + 1, more=len(found) > first + ROWS, total=len(found)),
        undated=case.undated_claims(),
    )


TIMELINE = View(
    "timeline", "/timeline", Timeline, timeline, "What happened when.",
    (
        Parameter("entity", "A name or id."),
        Parameter("kind", "Kind of claim.", {"type": "string", "enum": list(DATED)}),
        *DAYS,
        PAGE,
    ),
)  # fmt: skip
