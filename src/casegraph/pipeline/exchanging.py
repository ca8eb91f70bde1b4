"""The part of a case that gives to other programs and takes from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict, Unpack

from casegraph.model import Kind, Stance

if TYPE_CHECKING:
    from casegraph.pipeline.query import Query
    from casegraph.publish import Facts


class ClaimFilters(TypedDict, total=False):
    """What `Case.claims` can be asked for."""

    about: str | Sequence[str] | None
    said_by: str | Sequence[str] | None
    kind: Kind | None
    stance: Stance | None
    document: str | None
    text: str | None


class Exchanging:
    """What `Case` can do with other programs' files; see there."""

    if TYPE_CHECKING:

        @property
        def name(self) -> str:
            """What the case is called."""

        @cached_property
        def _query(self) -> Query: ...

    def export(
        self,
        form: str = "ftm",
        *,
        dataset: str | None = None,
        facts: Facts = "none",
        **filters: Unpack[ClaimFilters],
    ) -> Iterator[str]:
        """Yield the lines of a file for other programs: `ftm` (JSON Lines) or `ftm-statements` (CSV).

        All of the case, or the claims that are asked for as in `claims`, with their entities and documents.
        `facts` says which claims a person lets become plain facts: `none`; `stated`, what documents say in
        their own voice; `asserted`, that and what named speakers assert. The rest keep who says so, and what
        is denied or only alleged never becomes one. `dataset` is the case's name where not given. Raises
        UsageError for a form, kind, stance or document that there is not.
        """
        from casegraph.pipeline.publishing import dataset_name, exporter, material  # noqa: PLC0415 - see `case`
        from casegraph.pipeline.query import Asking  # noqa: PLC0415 - see the module `case`

        asking = Asking(
            about=values_of(filters.get("about")),
            said_by=values_of(filters.get("said_by")),
            kind=filters.get("kind"),
            stance=filters.get("stance"),
            document=filters.get("document"),
            text=filters.get("text"),
        )
        asking.check()
        chosen = exporter(form)
        return chosen.lines(material(self._query, asking, dataset_name(dataset or self.name), facts))


def values_of(given: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return one value or several as several."""
    return () if given is None else (given,) if isinstance(given, str) else tuple(given)
