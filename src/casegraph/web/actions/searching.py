"""Lists of names that are sent, and searches that are kept or forgotten."""

from __future__ import annotations

from casegraph.errors import UsageError
from casegraph.pipeline.case import Case
from casegraph.pipeline.found import LONGEST_NAME, MOST_NAMES
from casegraph.pipeline.searching import list_id
from casegraph.web.base import Action, Ask, looked_up
from casegraph.web.rendering import link
from casegraph.web.views.search import FILTERS, fields_of, filters_of
from casegraph.web.views.searches import LISTS, names_of

LARGEST = 1 << 20
"""Bytes of a form with a list: each letter outside ASCII takes up to nine."""


def send(case: Case, ask: Ask) -> str:
    """Take a list of names, a line each, and lead to what the case has of them."""
    given = ask.text("names") or ""
    names = tuple(dict.fromkeys(" ".join(line.split()) for line in given.splitlines() if line.strip()))
    if not names:
        raise UsageError("the list is empty: put each name on a line of its own")
    if len(names) > MOST_NAMES:
        raise UsageError(f"a list has up to {MOST_NAMES:,} names; this one has {len(names):,}")
    if any(len(name) > LONGEST_NAME for name in names):
        raise UsageError(f"a name has up to {LONGEST_NAME} characters; put each on a line of its own")
    id_ = list_id(names)
    LISTS.put(str(case.folder), id_, names)
    return link("batch", list=id_, spelled=ask.text("spelled"))


def keep(case: Case, ask: Ask) -> str:
    """Keep a search, or a list, under a name; lead to those that are kept."""
    name, list_ = ask.text("name") or "", ask.text("list")
    if list_ is not None:
        case.save_search(name, names=names_of(case, list_))
    else:
        asked = {one.name: value for one in FILTERS if (value := ask.text(one.name)) is not None}
        filters_of(asked)
        case.save_search(name, asked=fields_of(ask.text("q") or "", asked))
    return link("searches")


def forget(case: Case, ask: Ask) -> str:
    """Take a search out of those that are kept."""
    with looked_up():
        case.remove_search(ask.path["search"])
    return link("searches")


SEND = Action("/batch", send, most=LARGEST)
KEEP = Action("/searches", keep)
FORGET = Action("/searches/{search}/forget", forget)
