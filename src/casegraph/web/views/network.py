"""Who is tied to whom, by which claims, and the short ways from one to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
from msgspec.structs import replace

from casegraph.connect import KINDS
from casegraph.model import Kind, Network, Paths, Record, Stance, Standing
from casegraph.pipeline.case import Case
from casegraph.pipeline.connecting import TieView
from casegraph.pipeline.tracing.weighed import Backed
from casegraph.publish import GRAPHS
from casegraph.web.base import PAGE, ROWS, Ask, Contents, File, Parameter, Slice, View, looked_up
from casegraph.web.drawing.sheet import Sheet, sheet
from casegraph.web.views.asked import STANCES, STANDINGS, TIES, parties, several, tie_filter
from casegraph.web.views.lists import sliced

DRAWN = 300
"""Entities that are shown where nothing else is asked for."""

MOST = 5000
_HOPS = 3
_LONGER = 3


class Choices(Record, frozen=True, kw_only=True):
    """What ties were asked for, and what can be."""

    asked: dict[str, tuple[str, ...]]
    kinds: tuple[Kind, ...] = KINDS
    standings: tuple[Standing, ...] = STANDINGS
    stances: tuple[Stance, ...] = STANCES


class Drawn(Record, frozen=True, kw_only=True):
    """A part of the case's network."""

    network: Network
    about: dict[str, str]  # whom it is about, id to name
    unknown: tuple[str, ...]  # names that nobody has
    hidden: dict[str, str]  # who is left out, id to name
    choices: Choices
    slice: Slice  # of the ties, in the list
    loose: int  # claims that tie nobody, as a party is only described
    mark: str  # of the case: under which a browser keeps the layout


class Ways(Record, frozen=True, kw_only=True):
    """The short ways between two entities; none before both are named."""

    paths: Paths | None
    ends: dict[str, str]  # id to name, from the one to the other
    unknown: tuple[str, ...]
    choices: Choices
    longer: int
    mark: str


class Knot(Record, frozen=True, kw_only=True):
    """One tie with its claims."""

    view: TieView  # its claims: those of the page that is asked for
    slice: Slice  # of the claims
    backed: dict[str, Backed]  # by claim
    names: dict[str, str]  # of documents


def network(case: Case, ask: Ask) -> Drawn:
    """Return whom some entities are tied to, or the middle of the whole case."""
    about, unknown = parties(case, ask.texts("entity"))
    hidden = case.captions(ask.texts("hide"))
    found = _part(case, ask, about, hidden)
    if unknown and not about:
        found = Network(nodes=(), ties=())
    page, total = ask.number("page", 1), len(found.ties)
    return Drawn(
        network=found,
        about=about,
        unknown=unknown,
        hidden=hidden,
        choices=_choices(ask),
        slice=Slice(page=page, first=(page - 1) * ROWS + 1, more=total > page * ROWS, total=total),
        loose=case.loose_claims(),
        mark=case.token(),
    )


def _part(case: Case, ask: Ask, about: Iterable[str], hidden: Iterable[str]) -> Network:
    return case.network(
        list(about),
        hops=ask.number("hops", 1, most=_HOPS),
        like=tie_filter(ask),
        hidden=list(hidden),
        most=ask.number("limit", DRAWN, most=MOST),
    )


def _written(form: str, media_type: str) -> Callable[[Case, Ask], Contents]:
    """Return what writes the part of the network that a page shows."""

    def run(case: Case, ask: Ask) -> Contents:
        lines = GRAPHS[form](_part(case, ask, ask.texts("entity"), ask.texts("hide")))
        return Contents(content="".join(lines).encode(), media_type=media_type, saved=f"network.{form}")

    return run


def _drawn(case: Case, ask: Ask) -> Contents:
    """Return the part of the network that a page shows as its script draws it."""
    about, unknown = parties(case, ask.texts("entity"))
    found = _part(case, ask, about, ask.texts("hide"))
    if unknown and not about:
        found = Network(nodes=(), ties=())
    return Contents(content=msgspec.json.encode(sheet(found, tuple(about))), media_type="application/json")


def ways(case: Case, ask: Ask) -> Ways:
    """Return the ways from one entity to another."""
    given = tuple(name for name in (ask.text("from"), ask.text("to")) if name is not None)
    ends, unknown = parties(case, given)
    longer = ask.number("longer", 2, most=_LONGER + 1) - 1
    paths = None
    if len(given) == 2 and not unknown:
        paths = case.paths(*given, longer=longer, like=tie_filter(ask, ways=True))
    return Ways(
        paths=paths,
        ends=ends,
        unknown=unknown,
        choices=_choices(ask),
        longer=longer,
        mark=case.token(),
    )


def tie(case: Case, ask: Ask) -> Knot:
    """Return one tie."""
    with looked_up():
        view = case.tie(ask.path["tie"])
    shown, which = sliced(view.claims, ask)
    claims, documents = {one.id for one in shown}, sorted({one.document for one in shown})
    backed = (one for document in documents for one in case.backing(document))
    return Knot(
        view=replace(view, claims=shown),
        slice=which,
        backed={one.claim: one for one in backed if one.claim in claims},
        names=case.names(documents),
    )


def _choices(ask: Ask) -> Choices:
    asked = {one.name: values for one in (*TIES, HOPS, LIMIT, LONGER) if (values := ask.texts(one.name))}
    return Choices(asked=asked)


def _number(name: str, words: str, most: int) -> Parameter:
    return Parameter(name, words, {"type": "integer", "minimum": 1, "maximum": most})


HOPS = _number("hops", "How many ties away.", _HOPS)
LIMIT = _number("limit", "How many entities at most.", MOST)
LONGER = _number("longer", "1: the shortest ways; one more for each further tie.", _LONGER + 1)
ABOUT = (several("entity", "Whom it is about: names or ids."), several("hide", "Ids of whom to leave out."))

NETWORK = View(
    "network", "/network", Drawn, network, "Who is tied to whom.", (*ABOUT, HOPS, LIMIT, *TIES, PAGE)
)
SHEET = File(
    name="sheet",
    path="/network/sheet",
    run=_drawn,
    summary="The same as columns: what its drawing needs.",
    media_type="application/json",
    query=NETWORK.query,
    gives=Sheet,
)
NETWORK_FILES = tuple(
    File(
        name=form,
        path=f"/network.{form}",
        run=_written(form, media),
        summary=f"The same as {title}.",
        media_type=media,
        query=NETWORK.query,
    )
    for form, media, title in (
        ("graphml", "application/graphml+xml", "GraphML"),
        ("gexf", "application/gexf+xml", "GEXF"),
    )
)
PATHS = View(
    "paths", "/network/paths", Ways, ways, "The short ways from one entity to another.",
    (Parameter("from", "A name or id."), Parameter("to", "A name or id."), LONGER, *TIES),
)  # fmt: skip
TIE = View("tie", "/network/ties/{tie}", Knot, tie, "One tie with its claims.", (PAGE,))
