"""The part of a case that says who took what from whom, and on whose word claims rest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from casegraph.errors import UsageError
from casegraph.model import Claim, Corroboration, Derivation, Grade
from casegraph.pipeline.tracing.weighed import Backed, LineageView, OriginsView

if TYPE_CHECKING:
    from casegraph.pipeline.grading import Grading
    from casegraph.pipeline.plan import Ground
    from casegraph.pipeline.query import Query
    from casegraph.pipeline.tracing.views import Tracks
    from casegraph.settings import Settings


class Weighing:
    """What `Case` can do with what `trace` has found; see there."""

    if TYPE_CHECKING:

        @cached_property
        def _ground(self) -> Ground: ...

        settings: Settings

        @cached_property
        def _query(self) -> Query: ...

    @property
    def _tracks(self) -> Tracks:
        from casegraph.pipeline.tracing.views import Tracks  # noqa: PLC0415 - see the module `case`

        return Tracks(self._ground, self._query)

    def claim(self, claim: str) -> Claim:
        """Return the claim of this id or unique prefix; raises UsageError when none or several match."""
        found = self._query.claim_ids(claim)
        if len(found) != 1:
            what = "the beginning of more than one claim's id" if found else "no claim of the case"
            raise UsageError(f"{claim!r} is {what}")
        return self._query.claim(*found[0])

    def derivations(self, document: str | None = None) -> Iterator[Derivation]:
        """Yield derivations by document: of one document (id, unique prefix or name) from others, or all."""
        return self._tracks.derivations(None if document is None else self._query.document(document))

    def lineage(self, document: str) -> LineageView:
        """Return all documents of the story that a document belongs to, and who took what from whom."""
        return self._tracks.lineage(self._query.document(document))

    def corroborations(self, *, limit: int | None = None) -> Iterator[Corroboration]:
        """Yield clusters of claims that say the same, those in the most documents first."""
        found = sorted(self._tracks.corroborations(), key=lambda one: (-len(one.documents), one.id))
        return islice(found, limit)

    def origins(self, claim: str) -> OriginsView:
        """Return what a claim (id or unique prefix) rests on, with all claims that say the same."""
        return self._tracks.origins(self.claim(claim))

    def backing(self, document: str | None = None) -> Iterator[Backed]:
        """Yield for claims that others say too what they rest on, in numbers; of one document or of all."""
        return self._tracks.backing(None if document is None else self._query.document(document))

    @property
    def _grading(self) -> Grading:
        from casegraph.pipeline.grading import Grading  # noqa: PLC0415 - see the module `case`

        return Grading(self._ground, self._tracks)

    def grade_source(self, name: str, reliability: str, *, note: str = "") -> Grade:
        """Take down how reliable a source is: A to F, "" to take a grade back.

        `name` is an outlet, a host or a speaker, as documents name it. The next build goes by it; a grade
        given here comes before one in case.toml. Raises UsageError for any other value.
        """
        return self._grading.source(name, reliability, note, self.settings.pen_name or None)

    def grade_claim(self, claim: str, credibility: str, *, note: str = "") -> Grade:
        """Take down how credible a claim (id or unique prefix) is: 1 to 6, "" to take a grade back.

        Raises UsageError for any other value, and for 1 where fewer than two origins are shown to be
        independent or where the claim is contradicted.
        """
        return self._grading.claim(self.claim(claim), credibility, note, self.settings.pen_name or None)

    def grades(self) -> Iterator[Grade]:
        """Yield the grades that hold, sources first, by subject."""
        return self._grading.standing()
