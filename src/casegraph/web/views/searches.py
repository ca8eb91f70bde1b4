"""Searches that people keep, and lists of names that are looked for at once."""

from __future__ import annotations

import csv
import io
import threading
from collections import OrderedDict
from typing import cast, get_args

from casegraph.errors import UsageError
from casegraph.model import Record
from casegraph.pipeline.case import Case
from casegraph.pipeline.found import MOST_NAMES, Named, Spelled
from casegraph.store.searches import SavedSearch
from casegraph.web.base import Ask, Contents, File, NotThereError, Parameter, View

_HELD = 50
"""Lists that nobody keeps and that are held for who has just sent them."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


class Lists:
    """Lists that were sent last, in memory: until one is kept, nothing of it is on the disk."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, str], tuple[str, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, case: str, id_: str, names: tuple[str, ...]) -> None:
        """Hold a list of a case, and let go of the oldest."""
        with self._lock:
            self._held[case, id_] = names
            self._held.move_to_end((case, id_))
            while len(self._held) > _HELD:
                self._held.popitem(last=False)

    def get(self, case: str, id_: str) -> tuple[str, ...] | None:
        """Return a list of a case that is held."""
        with self._lock:
            return self._held.get((case, id_))


LISTS = Lists()


class Batch(Record, frozen=True, kw_only=True):
    """A list of names with what the case has of each, those on the most pages first."""

    list: str | None  # id; None: none was sent yet
    spelled: Spelled
    rows: tuple[Named, ...]
    found: int  # names that stand somewhere
    kept: str | None  # what it is called among the searches that people keep
    most: int = MOST_NAMES


class Kept(Record, frozen=True, kw_only=True):
    """The searches that people keep, the newest first."""

    rows: tuple[SavedSearch, ...]


def batch(case: Case, ask: Ask) -> Batch:
    """Return what a case has of the names of a list."""
    id_, spelled = ask.text("list"), _spelled(ask)
    if id_ is None:
        return Batch(list=None, spelled=spelled, rows=(), found=0, kept=None)
    rows = counted(case, id_, spelled)
    kept = next((one.name for one in case.saved_searches() if one.id == id_), None)
    return Batch(list=id_, spelled=spelled, rows=rows, found=sum(one.pages > 0 for one in rows), kept=kept)


def counted(case: Case, id_: str, spelled: Spelled) -> tuple[Named, ...]:
    """Return the names of a list with what the case has of them."""
    found = case.count_names(names_of(case, id_), spelled=spelled)
    return tuple(sorted(found, key=lambda one: (-one.pages, not one.entities)))


def names_of(case: Case, id_: str) -> tuple[str, ...]:
    """Return the names of a list; raises NotThereError for one that is neither held nor kept."""
    found = LISTS.get(str(case.folder), id_)
    if found is None:
        found = next((one.names for one in case.saved_searches() if one.id == id_ and one.names), None)
    if found is None:
        raise NotThereError("that list is gone, as it was not kept: send it again")
    return found


def _spelled(ask: Ask) -> Spelled:
    value = ask.text("spelled") or "phrase"
    if value not in get_args(Spelled):
        raise UsageError(f"spelled is one of {', '.join(get_args(Spelled))}")
    return cast("Spelled", value)


def kept(case: Case, _: Ask) -> Kept:
    """Return the searches that people keep."""
    return Kept(rows=tuple(case.saved_searches()))


def exported(case: Case, ask: Ask) -> Contents:
    """Return the counts of a list as CSV."""
    id_ = ask.text("list")
    if id_ is None:
        raise NotThereError("name a list")
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(("name", "pages", "documents", "entities", "query"))
    for one in counted(case, id_, _spelled(ask)):
        entities = "; ".join(f"{entity.name} ({entity.schema})" for entity in one.entities)
        table.writerow(map(harmless, (one.name, str(one.pages), str(one.documents), entities, one.query)))
    return Contents(file.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", saved="names.csv")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


_LIST = (
    Parameter("list", "Id of a list that was sent."),
    Parameter(
        "spelled",
        "How names are looked for: words in a row, anywhere on a page, one letter off.",
        {"type": "string", "enum": list(get_args(Spelled))},
    ),
)
BATCH = View("batch", "/batch", Batch, batch, "What the case has of a list of names.", _LIST)
SEARCHES = View("searches", "/searches", Kept, kept, "Searches that people keep.")
COUNTS = File(
    "counts", "/batch/names.csv", exported, "The counts of a list of names as CSV.", "text/csv", _LIST
)
