"""The ledger of claims: who says what about whom, sorted, filtered, put together by what says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Literal, cast, get_args

from casegraph.errors import UsageError
from casegraph.model import ROLES, Claim, Corroboration, Kind, Record, Stance
from casegraph.pipeline.case import Case
from casegraph.pipeline.reviewed import Reviewed
from casegraph.pipeline.tracing.weighed import Backed
from casegraph.publish.phrases import chain, what
from casegraph.web.base import NUMBER, PAGE, Ask, Parameter, Slice, View
from casegraph.web.views.claims import FILTERS, against, asked_of
from casegraph.web.views.lists import sliced

Order = Literal["document", "date", "kind", "who", "what", "origins"]
Mark = Literal["accepted", "rejected", "open", "corrected", "starred"]
MOST = 5_000
"""Claims that are sorted or put together on one page; a longer list must be narrowed first."""

EVERY_ROLE = tuple(sorted({role for roles in ROLES.values() for role in roles}))


def choice(name: str, help_: str, of: object) -> Parameter:
    """Return a parameter that takes one of some words."""
    return Parameter(name, help_, {"type": "string", "enum": list(get_args(of))})


FURTHER = (
    Parameter(
        "role", "The role in which `about` is looked for.", {"type": "string", "enum": list(EVERY_ROLE)}
    ),
    choice("sort", "What the list is sorted by.", Order),
    choice("group", "Whether claims that say the same stand together.", Literal["cluster"]),
    Parameter("origins", "The least number of origins that are known to be independent.", NUMBER),
    choice("contradicted", "Only what some claim of the case contradicts.", Literal["yes"]),
    choice("review", "Only what people have said this of.", Mark),
    Parameter("tag", "Only claims with this tag."),
)


class Entry(Record, frozen=True, kw_only=True):
    """One line of the ledger."""

    claim: Claim
    backed: Backed | None = None  # where others say the same
    reviewed: Reviewed | None = None  # what people say of it
    read: Claim | None = None  # as the machine had read it, where a person reads it otherwise
    against: dict[str, str] = {}  # claims that contradict it, by id, in words


class Ledger(Record, frozen=True, kw_only=True):
    """A list of claims."""

    rows: tuple[Entry, ...]
    names: dict[str, str]  # of their documents
    slice: Slice
    filters: dict[str, str]  # as asked
    cut: bool  # there are more claims than can be sorted: these are the first of them
    tags: tuple[str, ...]  # that claims have
    kinds: tuple[str, ...] = get_args(Kind)
    stances: tuple[str, ...] = get_args(Stance)
    roles: tuple[str, ...] = EVERY_ROLE


def ledger(case: Case, ask: Ask) -> Ledger:
    """Return the claims that are asked for."""
    asked = asked_of(ask) | {one.name: value for one in FURTHER if (value := ask.text(one.name)) is not None}
    reviews = case.reviews()
    found = _claims(case, asked, reviews)
    whole = _Whole(case, asked, ask.number("origins", 0) if "origins" in asked else 0)
    cut = False
    if whole.wanted:
        some = list(islice(found, MOST + 1))
        cut = len(some) > MOST
        found = iter(whole.arranged(some[:MOST]))
    rows, which = sliced(found, ask)
    documents = {claim.document for claim in rows}
    backed = whole.backed or case.backing_of(documents)
    disputed = {one.corroboration for claim in rows if (one := backed.get(claim.id)) and one.contradicted}
    clusters = case.clusters(disputed)
    return Ledger(
        rows=tuple(
            _entry(case, claim, backed.get(claim.id), reviews.get(claim.id), clusters) for claim in rows
        ),
        names=case.names(documents),
        slice=which,
        filters=asked,
        cut=cut,
        tags=tuple(sorted({tag for one in reviews.values() for tag in one.tags})),
    )


def _claims(case: Case, asked: Mapping[str, str], reviews: Mapping[str, Reviewed]) -> Iterator[Claim]:
    """Yield the claims of the filters that the library has, and of what people say of them."""
    own = {one.name: asked[one.name] for one in FILTERS if one.name in asked}
    role = asked.get("role")
    if role is not None:
        if role not in EVERY_ROLE:
            raise UsageError(f"there is no role {role[:40]!r}")
        if "about" in own:
            own["about"] = f"{role}:{own['about']}"
    mark, tag = asked.get("review"), asked.get("tag")
    if mark is not None and mark not in get_args(Mark):
        raise UsageError(f"review is one of {', '.join(get_args(Mark))}")
    for claim in case.claims(**cast("dict[str, Any]", own), rejected=True):
        said = reviews.get(claim.id)
        if role is not None and not claim.roles.get(role):
            continue
        if (mark is None or _is_marked(mark, said)) and (tag is None or (said and tag in said.tags)):
            yield claim


def _is_marked(mark: str, said: Reviewed | None) -> bool:
    if mark == "open":
        return said is None or said.verdict is None
    if said is None:
        return False
    if mark == "starred":
        return said.star
    return said.correction is not None if mark == "corrected" else said.verdict == mark


class _Whole:
    """What can be told only of all claims that are asked for."""

    def __init__(self, case: Case, asked: Mapping[str, str], origins: int) -> None:
        self._case = case
        self._order = asked.get("sort", "document")
        self._group, self._origins = asked.get("group"), origins
        self._contradicted = asked.get("contradicted")
        for name, value, known in (
            ("sort", self._order, get_args(Order)),
            ("group", self._group, ("cluster",)),
            ("contradicted", self._contradicted, ("yes",)),
        ):
            if value is not None and value not in known:
                raise UsageError(f"{name} is one of {', '.join(known)}")
        self.wanted = bool(self._group or origins or self._contradicted or self._order != "document")
        self.backed: dict[str, Backed] = {}

    def arranged(self, claims: list[Claim]) -> list[Claim]:
        """Return those that are wanted in the order that is wanted."""
        self.backed = self._case.backing_of(claim.document for claim in claims)
        kept = [claim for claim in claims if self._fits(self.backed.get(claim.id))]
        if self._order != "document":
            kept.sort(key=self._key(kept))
        if self._group:
            first = {self._cluster(claim): place for place, claim in reversed(list(enumerate(kept)))}
            kept.sort(key=lambda claim: first[self._cluster(claim)])
        return kept

    def _fits(self, backed: Backed | None) -> bool:
        if self._contradicted and not (backed is not None and backed.contradicted):
            return False
        return not self._origins or (backed.independent if backed is not None else 1) >= self._origins

    def _cluster(self, claim: Claim) -> str:
        backed = self.backed.get(claim.id)
        return claim.id if backed is None else backed.corroboration

    def _key(self, claims: Iterable[Claim]) -> Callable[[Claim], tuple[Any, ...]]:
        published: dict[str, str] = {}
        if self._order == "date":
            published = self._case.published(claim.document for claim in claims)

        def date(claim: Claim) -> tuple[bool, str]:
            own = next((one.start for one in claim.qualifiers.dates if one.start), None)
            found = own or published.get(claim.document, "")
            return not found, found

        def independent(claim: Claim) -> tuple[int, int]:
            backed = self.backed.get(claim.id)
            return (0, 0) if backed is None else (-backed.independent, -backed.documents)

        keys: dict[str, Callable[[Claim], tuple[Any, ...]]] = {
            "date": date,
            "kind": lambda claim: (claim.kind,),
            "who": lambda claim: (chain(claim).casefold(),),
            "what": lambda claim: (what(claim).casefold(),),
            "origins": independent,
        }
        return keys[self._order]


def _entry(
    case: Case,
    claim: Claim,
    backed: Backed | None,
    said: Reviewed | None,
    clusters: Mapping[str, Corroboration],
) -> Entry:
    corrected = said is not None and said.correction is not None
    return Entry(
        claim=claim,
        backed=backed,
        reviewed=said,
        read=case.as_read(claim.id) if corrected else None,
        against={} if backed is None else against(claim.id, clusters.get(backed.corroboration)),
    )


CLAIMS = View("claims", "/claims", Ledger, ledger, "Who says what about whom.", (PAGE, *FILTERS, *FURTHER))
