"""Tracing a case: who took what from whom, then on whose word each claim rests; group-bys on the engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from casegraph.model import make_id
from casegraph.pipeline.engine import Engine
from casegraph.pipeline.entities import columns_of
from casegraph.pipeline.reviewed import Altered
from casegraph.pipeline.stepping import Made, Stepping, file_name
from casegraph.pipeline.tasks import Step, Tally
from casegraph.pipeline.tracing.steps import PAIRS, REVIEWS, SAID, Row, Said, as_table, document_part, encode
from casegraph.pipeline.tracing.tables import STAGE
from casegraph.pipeline.tracing.unions import Unions
from casegraph.store.atomic import write_whole
from casegraph.store.spill import part_of, spilled, write_spill

Tell = Callable[[int, int], None]

BUCKETS = 2
"""A part of the case is so many buckets, as a power of two, as long as there are fewer than 256 parts."""

MOST_BITS = 8
PIECES = 8
"""Pieces for each part into which blocks fall: a further document is in few of them."""

MOST_KIN, SURE = 5_000, 0.7
"""Documents that a story may have, and the score from which on a pair may make one of so many."""

MOST_AKIN = 300
"""Documents that a pair of a lesser score may tie together: what is only about the same must not chain on."""

MOST_CLAIMS = 20_000
"""Claims that are looked at together."""


class Found(NamedTuple):
    """The tables by stage, and what was left out."""

    made: dict[str, list[Made]]
    crowded: int  # blocks or pairs that would have tied too many together
    fresh: int  # groups that were made anew


class Tracing(Stepping):
    """Makes the tables of `trace` from what is known of all documents."""

    def __init__(
        self,
        derived: Path,
        engine: Engine,
        prefixes: Sequence[str],
        said: Said,
        key: str,
        altered: tuple[Altered, ...] = (),
    ) -> None:
        super().__init__(derived, engine, 1 << min(MOST_BITS, max(0, len(prefixes[0]) - BUCKETS)))
        self._prefixes, self._said, self._altered, self._key = prefixes, said, altered, key
        self._pieces = PIECES * self._parts if self._parts > 1 else 1
        self._made: dict[str, list[Made]] = {}
        self._crowded = self._fresh = 0

    def run(self, tell: Tell) -> Found:
        """Make the tables."""
        self._engine.start(self._parts)
        self._spill.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self._spill / SAID, encode(self._said))
        write_whole(self._spill / REVIEWS, encode(self._altered))
        for number, one in enumerate((self._kin, self._lineage, self._clusters, self._backing)):
            tell(number, 4)
            one()
        tell(4, 4)
        return Found(self._made, self._crowded, self._fresh)

    def _kin(self) -> None:
        """Find the pairs of documents that may be kin, and put them together to stories."""
        self._step("mark")
        self._step("meet", "mark", over=self._pieces)
        self._step("bring", "meet")
        self._step("kin", "mark", "bring", over=self._pieces)
        found = self._pairs("kin").group_by(["left", "right"], use_threads=False)
        found = found.aggregate([("score", "max")])
        found = found.sort_by([("score_max", "descending"), ("left", "ascending"), ("right", "ascending")])
        left, right, score = columns_of(found, "left", "right", "score_max")
        groups = Unions()
        pairs = list(zip(left, right, strict=True))
        sure = sum(value >= SURE for value in score)
        groups.join(pairs[:sure], MOST_KIN)
        self._crowded += groups.refused
        groups.join(pairs[sure:], MOST_AKIN)
        stories = {one: make_id("story", root) for one, root in groups.members().items()}
        self._told("stories", [(story, one, b"") for one, story in sorted(stories.items())])
        own = [(stories.get(one, ""), *rest) for one, *rest in zip(left, left, right, score, strict=True)]
        own = [row for row in own if stories.get(row[2]) == row[0]]
        table = pa.table([list(column) for column in zip(*own, strict=True)] or [[]] * 4, schema=PAIRS)
        write_spill(
            self._spill / "pairs" / file_name(0), table, [part_of(row[0], self._parts) for row in own]
        )

    def _lineage(self) -> None:
        self._step("sign", "stories")
        self._step("check", "sign", "pairs")
        self._step("tell", "check")
        self._step("derive", "sign", "pairs", "tell")
        self._lay("lay", "derive")

    def _clusters(self) -> None:
        """Find the claims that may say the same."""
        self._step("claim", "derive")
        self._step("agree", "claim")
        pairs = self._pairs("agree").sort_by([("left", "ascending"), ("right", "ascending")])
        groups = Unions()
        groups.join(zip(*columns_of(pairs, "left", "right"), strict=True), MOST_CLAIMS)
        self._crowded += groups.refused
        self._told(
            "groups",
            [
                (make_id("group", root), one.partition(" ")[0], one.encode())
                for one, root in sorted(groups.members().items())
            ],
        )

    def _backing(self) -> None:
        self._step("muster", "groups", "claim", "derive")
        self._step("tie", "muster", "claim")
        self._step("verify", "muster", "tie")
        self._step("report", "verify", "derive")
        self._step("corroborate", "muster", "tie", "report")
        self._lay("back", "corroborate")

    def _step(self, step: str, *reads: str, over: int | None = None) -> None:
        """Have one step done in all parts, or pieces; what it spills is called as the step is."""
        told = (
            Step(
                step=step,
                part=part,
                parts=self._parts,
                prefixes=() if over else self._own(part),
                reads=reads,
                writes=step,
                key=self._key,
                pieces=self._pieces,
            )
            for part in range(over or self._parts)
        )
        for done in self.each(told):
            self.collect(done, self._made)
            tally = done.tallies.get(STAGE, Tally())
            self._crowded += tally.problems
            self._fresh += tally.records

    def _lay(self, step: str, reads: str) -> None:
        """Have the tables written."""
        for stage, made in self.made(self.steps(step, reads=(reads,), key=self._key)).items():
            self._made.setdefault(stage, []).extend(made)

    def _own(self, part: int) -> tuple[str, ...]:
        """Return the buckets of a part."""
        each = len(self._prefixes) // self._parts
        return tuple(self._prefixes[part * each : (part + 1) * each])

    def _pairs(self, folder: str) -> pa.Table:
        return pa.concat_tables([PAIRS.empty_table(), *spilled([self._spill / folder])])

    def _told(self, folder: str, rows: Sequence[Row]) -> None:
        """Write what belongs to documents where the steps over their parts read it."""
        parts = [document_part(document, self._parts) for _, document, _ in rows]
        write_spill(self._spill / folder / file_name(0), as_table(rows), parts)
