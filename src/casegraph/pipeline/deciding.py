"""The part of a case that takes down what people decide, and lets the entities follow."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from casegraph.errors import UsageError
from casegraph.model import Entity, Judgement, JudgementValue, Resolved
from casegraph.pipeline.changed import EntityChanges, JudgementRow, Proposal, ProposalState
from casegraph.pipeline.cluster import engine_for
from casegraph.pipeline.opened import Opened
from casegraph.pipeline.reports import Progress

if TYPE_CHECKING:
    from casegraph.pipeline.judging import Judging


_LOOKED = 500  # documents of an entity


class Deciding(Opened):
    """What `Case` can do with judgements; see there."""

    @property
    def _judging(self) -> Judging:
        from casegraph.pipeline.judging import Judging  # noqa: PLC0415 - a command loads what it uses

        return Judging(self._ground, self._query)

    def judge(self, left: str, right: str, judgement: JudgementValue, *, note: str = "") -> Judgement:
        """Take down whether two entities are one: `positive`, `negative`, `unsure`, `no_judgement` (undo).

        Each is named by its id, a beginning of it, or a name that no other has. The word goes to the journal;
        the entities follow with `update_entities` or the next build. Raises UsageError for what contradicts
        an earlier word by way of others.
        """
        return self._judging.judge(left, right, judgement, note, self.settings.pen_name or None)

    def proposals(
        self,
        *,
        name: str | None = None,
        state: ProposalState = "proposed",
        everything: bool = False,
        limit: int | None = None,
    ) -> Iterator[Proposal]:
        """Yield pairs of entities that may be one, with reasons, the likeliest first.

        `state` is `proposed`, `merged` (without a person) or `vetoed` (names fit, identifiers do not); `name`
        matches any spelling of one of the two. Pairs that a person has judged need `everything`.
        """
        from casegraph.pipeline.proposing import proposals  # noqa: PLC0415 - a command loads what it uses

        if state not in get_args(ProposalState):
            raise UsageError(f"there is no state {state!r}; there are {', '.join(get_args(ProposalState))}")
        if limit is not None and limit < 1:
            raise UsageError("a limit is at least 1")
        found = proposals(self._ground, name=name, state=state, everything=everything)
        return islice(found, limit)

    def judgements(self) -> Iterator[JudgementRow]:
        """Yield what was ever said of pairs of entities, oldest first."""
        return self._judging.rows()

    def parts(self, entity: Entity) -> dict[str, tuple[str, ...]]:
        """Return what an entity was joined from: ids that documents gave, each with its names.

        Of an entity of very many documents the first 500 are looked at.
        """
        found: dict[str, set[str]] = {one: set() for one in (entity.id, *entity.merged)}
        for document in entity.documents[:_LOOKED]:
            for one in self._query.records(Resolved, document):
                if one.entity in found:
                    found[one.entity].add(one.name)
        return {one: tuple(sorted(names)) for one, names in found.items() if names}

    def import_judgements(self, file: Path | str) -> tuple[int, int, int]:
        """Take over a resolver file of nomenklatura's, whose ids are entity ids.

        Returns how many judgements were new, how many known already, and how many were left out because they
        contradict what the journal holds. Raises UsageError for a line that is none.
        """
        return self._judging.read(Path(file))

    def export_judgements(self, file: Path | str) -> int:
        """Write the judgements that hold as a resolver file of nomenklatura's; returns how many."""
        return self._judging.write(Path(file))

    def update_entities(self, *, progress: Progress | None = None) -> EntityChanges:
        """Bring the entities up to date with the judgements, and read no document; returns what changed."""
        from casegraph.pipeline.build import regather  # noqa: PLC0415 - a command loads what it uses

        with engine_for(self.folder, self.settings, self._chain) as engine:
            return regather(self._ground, engine, progress)
