"""The part of a case that says who took what from whom, and on whose word claims rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Literal

from casegraph.errors import UsageError
from casegraph.model import Claim, ClaimReview, Corroboration, Derivation, Grade, ReviewAspect, Verdict
from casegraph.pipeline.opened import Opened
from casegraph.pipeline.reviewed import Reviewed
from casegraph.pipeline.tracing.weighed import Backed, LineageView, OriginsView
from casegraph.store.decided import Decision

if TYPE_CHECKING:
    from casegraph.pipeline.grading import Grading
    from casegraph.pipeline.reviewing import Decided, Reviewing
    from casegraph.pipeline.tracing.views import Tracks


class Weighing(Opened):
    """What `Case` can do with what `trace` has found; see there."""

    @property
    def _tracks(self) -> Tracks:
        from casegraph.pipeline.tracing.views import Tracks  # noqa: PLC0415 - a command loads what it uses

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

    def clusters(self, ids: Iterable[str]) -> dict[str, Corroboration]:
        """Return some clusters by their ids."""
        tracks = self._tracks
        found = ((one, tracks.cluster(one)) for one in sorted(set(ids)))
        return {one: cluster for one, cluster in found if cluster is not None}

    def opposed(self, claim: str) -> Iterator[Corroboration]:
        """Yield the clusters, its own among them, of which a contradiction names a claim (id) on a side."""
        return self._tracks.opposed(claim)

    def backing_of(self, documents: Iterable[str]) -> dict[str, Backed]:
        """Return for claims of some documents (ids) that others make too what they rest on, by claim."""
        wanted = sorted(set(documents))
        return {one.claim: one for one in self._tracks.backing_of(wanted)} if wanted else {}

    def origins(self, claim: str) -> OriginsView:
        """Return what a claim (id or unique prefix) rests on, with all claims that say the same."""
        return self._tracks.origins(self.claim(claim))

    def backing(self, document: str | None = None) -> Iterator[Backed]:
        """Yield for claims that others say too what they rest on, in numbers; of one document or of all."""
        return self._tracks.backing(None if document is None else self._query.document(document))

    @property
    def _grading(self) -> Grading:
        from casegraph.pipeline.grading import Grading  # noqa: PLC0415 - a command loads what it uses

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

    @property
    def _reviewing(self) -> Reviewing:
        from casegraph.pipeline.reviewing import Reviewing  # noqa: PLC0415 - a command loads what it uses

        return Reviewing(self._ground, self._query, self.settings.pen_name or None)

    def review(self, claim: str, verdict: Verdict | Literal[""], *, note: str = "") -> ClaimReview:
        """Take down that a claim (id or unique prefix) is `accepted` or `rejected`, "" to take that back.

        A rejected claim counts for nothing from then on: no list, origin, contradiction or export has it.
        """
        return self._reviewing.verdict(self.claim(claim), verdict, note)

    def correct(
        self,
        claim: str,
        *,
        roles: Mapping[str, Sequence[str]] | None = None,
        said_by: str | None = None,
        note: str = "",
    ) -> ClaimReview:
        """Take down how a claim (id or unique prefix) is to be read: names by role, the innermost speaker.

        No name says that nobody fills a role; roles that are not named stay as the machine read them. Without
        `roles` and `said_by` an earlier reading is taken back. What other claims rest on follows with
        `update_entities` or the next build. Raises UsageError for a role that the kind of claim has not.
        """
        return self._reviewing.correct(self.as_read(claim), roles or {}, said_by, note)

    def mark(self, claim: str, aspect: ReviewAspect, value: str) -> ClaimReview:
        """Take down a `note`, `tags` (with commas) or a `star` (any word) of a claim; "" takes it away."""
        return self._reviewing.mark(self.claim(claim), aspect, value)

    def reviews(self) -> dict[str, Reviewed]:
        """Return what people say of claims, by the claims' ids."""
        return self._reviewing.reviewed()

    def history(self) -> Iterator[Decided]:
        """Yield all that people decided, the latest first."""
        return self._reviewing.history()

    def undo(self, number: int) -> Decision:
        """Say again what held before a decision of `history`, by another entry; returns that.

        Raises UsageError for a decision that a later word has replaced.
        """
        return self._reviewing.undo(number)

    def as_read(self, claim: str) -> Claim:
        """Return a claim (id or unique prefix) as the machine has read it, whatever people say."""
        found = self.claim(claim)
        return self._query.as_read(found.document, found.id)
