"""The part of a case that gives to other programs and takes from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from casegraph.model import Kind, ReferenceEntity, ReferenceSource, Stance
from casegraph.pipeline.opened import Opened
from casegraph.pipeline.referenced import ReferenceHit, ReferenceReport, ReferenceRow
from casegraph.pipeline.reports import ProblemRow, Progress

if TYPE_CHECKING:
    from casegraph.pipeline.referencing import Referencing
    from casegraph.publish import Facts


class ClaimFilters(TypedDict, total=False):
    """What `Case.claims` can be asked for."""

    about: str | Sequence[str] | None
    said_by: str | Sequence[str] | None
    kind: Kind | None
    stance: Stance | None
    document: str | None
    text: str | None


class Said(TypedDict, total=False):
    """What a person says of a file of reference data."""

    dataset: str
    form: str
    mapping: Path | str | None
    schema: str
    publisher: str
    source: str
    licence: str
    issued: str
    retrieved: str
    note: str


class Exchanging(Opened):
    """What `Case` can do with other programs' files; see there."""

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
        from casegraph.pipeline.asked import Asking  # noqa: PLC0415 - a command loads what it uses
        from casegraph.pipeline.publishing import dataset_name, exporter, material  # noqa: PLC0415 - a command loads what it uses

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
        name, said = dataset_name(dataset or self.name), self._ground.journal.judgements()
        return chosen.lines(material(self._query, asking, name, facts, said))

    @property
    def _referencing(self) -> Referencing:
        return self._following(None)

    def _following(self, progress: Progress | None) -> Referencing:
        from casegraph.pipeline.referencing import Referencing  # noqa: PLC0415 - a command loads what it uses

        return Referencing(self._ground, progress or (lambda _stage, _done, _total: None))

    def add_reference(
        self, file: Path | str, *, progress: Progress | None = None, **said: Unpack[Said]
    ) -> ReferenceReport:
        """Take in a file of reference data: FollowTheMoney, a table with a mapping, BODS, a list of aliases.

        `dataset` is its name (that of the file where not given); a data set of that name is replaced. `form`
        is told by the file where not given, `mapping` a FollowTheMoney mapping for a table, `schema` that of
        entries that do not tell theirs. `publisher`, `source`, `licence`, `issued`, `retrieved` and `note`
        are taken down. Entries are kept apart from what documents claim. Raises UsageError for a file
        without an entry, SettingsError for a wrong mapping.
        """
        from casegraph.pipeline.referencing import Described  # noqa: PLC0415 - a command loads what it uses

        return self._following(progress).add(Path(file), Described(**said), self.settings.pen_name or None)

    def _further_problems(self) -> Iterator[ProblemRow]:
        """Yield what concerns no document: of names of the whole case, then of reference data."""
        from casegraph.pipeline.matches import troubles  # noqa: PLC0415 - a command loads what it uses

        for told in troubles(self._ground.derived):
            yield ProblemRow(
                code=told.code, subject=told.subject, detail=told.detail, document=None, name=told.subject
            )
        for source, one in self._referencing.problems():
            subject = f"{source.name}, {one.subject}"
            yield ProblemRow(code=one.code, subject=subject, detail=one.detail, document=None, name=subject)

    def remove_reference(self, dataset: str) -> ReferenceSource:
        """Take a data set out of the case; the journal and the bytes keep it. Raises UsageError."""
        return self._referencing.remove(dataset)

    def references(self) -> Iterator[ReferenceRow]:
        """Yield the data sets of reference data by name."""
        return self._referencing.rows()

    def reference_hits(
        self, *, dataset: str | None = None, entity: str | None = None
    ) -> Iterator[ReferenceHit]:
        """Yield entities with entries that have the same number or the same full name: leads, no matches.

        `entity` is the id of one that alone is looked at.
        """
        from casegraph.pipeline.hits import hits  # noqa: PLC0415 - a command loads what it uses

        asked = (one for one in self._query.entities() if entity is None or one.id == entity)
        return hits(asked, self._referencing.entities(dataset))

    def reference_entities(
        self, *, dataset: str | None = None, name: str | None = None, schema: str | None = None
    ) -> Iterator[ReferenceEntity]:
        """Yield the entries of reference data by data set and id; `name` as in `Case.entities`.

        Memory does not grow with their number.
        """
        from casegraph.pipeline.phrase import Phrase  # noqa: PLC0415 - a command loads what it uses

        phrase = None if name is None else Phrase(name)
        for one in self._referencing.entities(dataset):
            known = schema is None or one.schema == schema
            if known and (phrase is None or phrase.within(*one.names, *one.weak_names)):
                yield one


def values_of(given: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return one value or several as several."""
    return () if given is None else (given,) if isinstance(given, str) else tuple(given)
