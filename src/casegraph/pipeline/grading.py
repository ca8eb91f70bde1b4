"""Grades of the Admiralty code that people give: taken down, taken back, listed."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.errors import UsageError
from casegraph.model import Claim, Grade
from casegraph.pipeline.graded import standing
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.tracing.views import Tracks
from casegraph.settings import GRADES
from casegraph.store.journal import now
from casegraph.text import fold_blanks

CREDIBILITIES = "123456"
DEFAULT = "F"
_CONFIRMED, _LEAST = "1", 2


class Grading:
    """The grades of one case."""

    def __init__(self, ground: Ground, tracks: Tracks) -> None:
        self._ground, self._tracks = ground, tracks

    def source(self, name: str, value: str, note: str, pen_name: str | None) -> Grade:
        """Take down how reliable a source is."""
        name = fold_blanks(name)
        if not name:
            raise UsageError("a source needs a name")
        if value and value not in GRADES:
            raise UsageError(f"the reliability of a source is one of {', '.join(GRADES)}, not {value!r}")
        proposed = dict(self._ground.settings.sources).get(name, DEFAULT)
        return self._keep(
            Grade(
                axis="reliability", subject=name, value=value, proposed=proposed, note=note, made=now(),
                pen_name=pen_name,
            )
        )  # fmt: skip

    def claim(self, claim: Claim, value: str, note: str, pen_name: str | None) -> Grade:
        """Take down how credible a claim is."""
        if value and value not in CREDIBILITIES:
            raise UsageError(
                f"the credibility of a claim is one of {', '.join(CREDIBILITIES)}, not {value!r}"
            )
        found = self._tracks.origins(claim).corroboration
        if value == _CONFIRMED and (found.independent < _LEAST or found.contradictions):
            raise UsageError(
                "1 (confirmed) needs two origins that are shown to be independent, and nothing that"
                f" contradicts: here are {found.independent}, and {len(found.contradictions)} contradictions"
            )
        return self._keep(
            Grade(
                axis="credibility", subject=claim.id, value=value, proposed=str(found.credibility), note=note,
                made=now(), pen_name=pen_name,
            )
        )  # fmt: skip

    def _keep(self, grade: Grade) -> Grade:
        self._ground.journal.grade(grade)
        return grade

    def standing(self) -> Iterator[Grade]:
        """Yield the grades that hold, by axis and subject."""
        return iter(standing(self._ground.journal.grades()))
