"""The part of a case that looks for words on pages, counts what it finds, and keeps searches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from casegraph.errors import UsageError
from casegraph.model import make_id
from casegraph.pipeline.found import LONGEST_NAME, Facets, Named, SearchResult, Spelled
from casegraph.pipeline.opened import Opened
from casegraph.store.searches import SavedSearch

if TYPE_CHECKING:
    from casegraph.pipeline.looking import Looking
    from casegraph.store.search import Filters, Order
    from casegraph.store.searches import Searches


class Searching(Opened):
    """What `Case` can do with the index; see there."""

    @property
    def _looking(self) -> Looking:
        from casegraph.pipeline.looking import Looking  # noqa: PLC0415 - a command loads what it uses

        return Looking(self._ground, self._query)

    @property
    def _searches(self) -> Searches:
        from casegraph.store.searches import Searches  # noqa: PLC0415 - a command loads what it uses

        return Searches(self.folder)

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        filters: Filters | None = None,
        order: Order = "best",
    ) -> SearchResult:
        """Search the pages' words; raises UsageError when the query makes no sense.

        `filters` narrow it down: an entity is meant by any id that names of it had. What is undated comes
        last in `newest` and `oldest`.
        """
        return self._looking.search(query, limit, offset, filters, order)

    def facets(self, query: str, *, filters: Filters | None = None) -> Facets:
        """Count the pages that a search finds by kind of document, language, source, year, entity."""
        return self._looking.facets(query, filters)

    def count_names(self, names: Iterable[str], *, spelled: Spelled = "phrase") -> Iterator[Named]:
        """Yield for each name how many pages and documents have it, and the entities that are called so."""
        return self._looking.named(list(names), spelled)

    def saved_searches(self) -> list[SavedSearch]:
        """Return the searches that people keep, the newest first."""
        return self._searches.all()

    def save_search(
        self, name: str, *, asked: dict[str, str] | None = None, names: Sequence[str] = ()
    ) -> SavedSearch:
        """Keep a search, or a list of names, under what it is called and the case's pen name."""
        from casegraph.store.journal import now  # noqa: PLC0415 - a command loads what it uses

        name = " ".join(name.split())
        if not 0 < len(name) <= LONGEST_NAME:
            raise UsageError(f"a search is called something, in up to {LONGEST_NAME} characters")
        given = sorted((asked or {}).items())
        if not given and not names:
            raise UsageError("there is nothing to keep")
        made = SavedSearch(
            id=list_id(names) if names else make_id("search", *(part for pair in given for part in pair)),
            name=name,
            asked=dict(given),
            names=tuple(names),
            made=now(),
            pen_name=self.settings.pen_name or None,
        )
        self._searches.keep(made)
        return made

    def remove_search(self, id_: str) -> None:
        """Forget a search that was kept; raises UsageError where there is none of that id."""
        if not self._searches.remove(id_):
            raise UsageError("that search is not kept here")


def list_id(names: Sequence[str]) -> str:
    """Return the id of a list of names."""
    return make_id("list", *names)
