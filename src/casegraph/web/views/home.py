"""The home of a case: what is in it, what is new since one was here last, and what wants a decision."""

from __future__ import annotations

from itertools import islice

from casegraph.model import Record
from casegraph.pipeline.case import Case
from casegraph.pipeline.reports import Status
from casegraph.pipeline.reviewing import Decided
from casegraph.web.base import Ask, View
from casegraph.web.work import WorkState

_MOST = 100  # proposals that are counted
_SHOWN = 8  # new documents that are named


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
    busy: bool  # something is done on the case here
    pen_name: str  # with which decisions are signed


def home(case: Case, ask: Ask) -> Home:
    """Return what is in the case."""
    status = case.status()
    records = {name: count for stage in status.stages for name, count in stage.records.items()}
    languages: dict[str, int] = {}
    fresh: list[tuple[str, str, str, int]] = []
    for row in case.documents():
        if row.document is not None and row.document.language:
            languages[row.document.language] = languages.get(row.document.language, 0) + 1
        if ask.since is not None and row.added > ask.since:
            fresh.append((row.added, row.id, row.names[0] if row.names else row.id, row.claims))
    decisions = list(case.history())
    corroborations = list(case.corroborations())
    return Home(
        status=status,
        claims=records.get("claim", 0),
        pages=records.get("page", 0),
        languages=dict(sorted(languages.items(), key=lambda item: (-item[1], item[0]))),
        origins=sum(len(one.origins) for one in corroborations),
        contradicted=sum(bool(one.contradictions) for one in corroborations),
        proposals=sum(1 for _ in islice(case.proposals(limit=_MOST), _MOST)),
        reviewed=sum(one.verdict is not None for one in case.reviews().values()),
        new=None if ask.since is None else _new(ask.since, fresh, decisions),
        latest=tuple(decisions[:3]),
        work=ask.work.state(),
        busy=ask.work.busy,
        pen_name=case.settings.pen_name,
    )


def _new(since: str, fresh: list[tuple[str, str, str, int]], decisions: list[Decided]) -> New:
    latest = sorted(fresh, key=lambda one: one[0], reverse=True)[:_SHOWN]
    return New(
        since=since,
        documents=len(fresh),
        claims=sum(claims for *_, claims in fresh),
        names={id_: name for _, id_, name, _ in latest},
        decisions=sum(made(one) > since for one in decisions),
    )


def made(one: Decided) -> str:
    """Return when a decision was made."""
    said = one.judgement or one.grade or one.review
    return said.made if said is not None else ""


HOME = View("home", "/", Home, home, "What is in the case.")
