"""The home of a case: what is in it, what is new since one was here last, and what wants a decision."""

from __future__ import annotations

from casegraph.model import Record
from casegraph.pipeline.case import Case
from casegraph.pipeline.reports import Status, Underway
from casegraph.pipeline.reviewing import Decided
from casegraph.web.base import Ask, View
from casegraph.web.views.building import how_far
from casegraph.web.work import WorkState

_MOST = 100  # proposals that are counted


class New(Record, frozen=True, kw_only=True):
    """What came since the last visit."""

    since: str  # ISO 8601 UTC
    documents: int
    claims: int  # in these
    names: dict[str, str]  # of the latest of these, by id
    decisions: int  # of anybody


class Home(Record, frozen=True, kw_only=True):
    """Where a case stands."""

    status: Status
    claims: int
    pages: int
    languages: dict[str, int]  # documents by language
    origins: int  # of claims that several documents make
    contradicted: int  # groups of claims that others contradict
    proposals: int  # pairs of entities that wait for a word, at most 100
    reviewed: int  # claims with a verdict
    new: New | None  # None on a first visit
    latest: tuple[Decided, ...]  # decisions
    work: WorkState
    at: Underway | None  # how far a build is, here or in another program
    busy: bool  # something is done on the case here
    pen_name: str  # with which decisions are signed


def home(case: Case, ask: Ask) -> Home:
    """Return what is in the case."""
    status, work, contents = case.status(), ask.work.state(), case.contents()
    records = {name: count for stage in status.stages for name, count in stage.records.items()}
    decisions = list(case.history())
    return Home(
        status=status,
        claims=records.get("claim", 0),
        pages=records.get("page", 0),
        languages=contents.languages,
        origins=contents.origins,
        contradicted=contents.contradicted,
        proposals=case.open_pairs(_MOST),
        reviewed=sum(one.verdict is not None for one in case.reviews().values()),
        new=None if ask.since is None else _new(case, ask.since, decisions),
        latest=tuple(decisions[:3]),
        work=work,
        at=how_far(work, status),
        busy=ask.work.busy,
        pen_name=case.settings.pen_name,
    )


def _new(case: Case, since: str, decisions: list[Decided]) -> New:
    arrived = case.arrivals(since)
    return New(
        since=since,
        documents=arrived.documents,
        claims=arrived.claims,
        names=arrived.names,
        decisions=sum(made(one) > since for one in decisions),
    )


def made(one: Decided) -> str:
    """Return when a decision was made."""
    said = one.judgement or one.grade or one.review
    return said.made if said is not None else ""


HOME = View("home", "/", Home, home, "What is in the case.")
