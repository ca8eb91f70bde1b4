"""Bringing together what documents name: joins and group-bys on the engine.

A global stage is a chain of steps. Each step is mapped over the parts of what the step before it has spilled;
between two steps the rows of one key come into one part, whichever worker made them. The build itself holds
links and names of files, never rows. See `grouping` for the steps.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypedDict, Unpack

import msgspec

from casegraph.errors import CaseDamagedError
from casegraph.pipeline import sandbox
from casegraph.pipeline.engine import Engine
from casegraph.pipeline.entities import STAGE
from casegraph.pipeline.folder import SPILL, WORK
from casegraph.pipeline.grouping import (
    KNOWN,
    MOST_BITS,
    file_name,
    known_to,
    links_of,
)
from casegraph.pipeline.tasks import Done, Step
from casegraph.resolve import RULES, Judged, Known
from casegraph.store.atomic import write_whole
from casegraph.store.manifest import Segment
from casegraph.store.shelf import Shelf
from casegraph.store.spill import spilled

NOTHING = Judged()
"""Nobody has said anything."""

ROWS = 100_000
"""Mentions that one part of the case has on average, at most, as long as there are fewer than 256 parts."""


class Fields(TypedDict, total=False):
    """What steps of one kind have in common; see `tasks.Step`."""

    parts: int
    reads: tuple[str, ...]
    writes: str
    rule: str
    known: str
    key: str


class Gathering:
    """Makes the table of entities from what `resolve` found in all buckets."""

    def __init__(
        self,
        derived: Path,
        engine: Engine,
        prefixes: Sequence[str],
        resolved: Shelf,
        rows: int = 0,
        judged: Judged = NOTHING,
    ) -> None:
        self._engine, self._prefixes, self._resolved = engine, prefixes, resolved
        self._judged = judged
        self._work = derived / WORK / engine.token
        self._spill = self._work / SPILL
        self._rows = rows = rows or ROWS
        total = sum(map(self._mentions, prefixes))
        self._parts = 1 << min(MOST_BITS, max(0, -(-total // rows) - 1).bit_length())

    def run(self, key: str, tell: Callable[[int, int], None]) -> list[tuple[Path, Segment]]:
        """Return the segments of the table called by `key`, each with the outbox in which it lies."""
        chunks = list(self._chunks())
        self._engine.start(max(len(chunks), self._parts))
        total = len(RULES) + 3
        try:
            self._do(
                Step(step="count", part=n, parts=self._parts, prefixes=own, writes="count")
                for n, own in enumerate(chunks)
            )
            tell(1, total)
            self._do(self._steps("weigh", reads=("count",), writes="weigh", parts=1))
            known = self._weighed()
            for number, rule in enumerate(RULES, 2):
                tell(number, total)
                known = self._ruled(rule.name, known) if rule.applies(known) else known
            tell(total - 1, total)
            self._tell_all(known, "final")
            reads: tuple[str, ...] = ("count",)
            if known.into:
                self._do(self._steps("move", reads=reads, writes="move", known="final"))
                reads = "count", "move"
            last = self._steps("make", reads=reads, known="final", key=key)
            made = [(done, done.segments[STAGE]) for _, done in self._engine.map(last)]
            tell(total, total)
            return [(self._outbox(done), segment) for done, segment in made if segment is not None]
        finally:
            shutil.rmtree(self._spill, ignore_errors=True)

    def _mentions(self, prefix: str) -> int:
        tables = (segment.tables.get("resolved") for segment in self._resolved.segments(prefix))
        return sum(table.rows for table in tables if table is not None)

    def _chunks(self) -> Iterator[tuple[str, ...]]:
        """Yield the buckets in groups of so many mentions; a group for each part, about."""
        most = max(self._rows, sum(map(self._mentions, self._prefixes)) // (1 << MOST_BITS))
        held: list[str] = []
        size = 0
        for prefix in self._prefixes:
            own = self._mentions(prefix)
            if held and size + own > most:
                yield tuple(held)
                held, size = [], 0
            held.append(prefix)
            size += own
        if held:
            yield tuple(held)

    def _steps(self, step: str, **fields: Unpack[Fields]) -> Iterator[Step]:
        """Yield a step for each part."""
        for part in range(self._parts):
            yield msgspec.structs.replace(Step(step=step, part=part, parts=self._parts), **fields)

    def _do(self, steps: Iterable[Step]) -> None:
        """Have steps done, and put what they have spilled where the next ones read it."""
        for task, done in self._engine.map(steps):
            if isinstance(task, Step):
                target = self._spill / task.writes / file_name(task.part)
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                (self._outbox(done) / SPILL / task.writes / file_name(task.part)).replace(target)

    def _outbox(self, done: Done) -> Path:
        if not done.by.isalnum():
            raise CaseDamagedError("a worker has no name")
        return self._work / done.by / sandbox.TABLES

    def _weighed(self) -> Known:
        """Return what must be known of all entities before the first rule."""
        voted: set[str] = set()
        boxes = False
        for part in range(self._parts):
            for table in spilled([self._spill / "weigh" / file_name(part)], columns=("longer", "bears")):
                voted.update(table.column("longer").combine_chunks().flatten().to_pylist())
                boxes = boxes or len(table.column("bears").combine_chunks().flatten()) > 0
        return Known(voted=frozenset(voted), boxes=boxes, judged=self._judged)

    def _ruled(self, rule: str, known: Known) -> Known:
        offer, decide = f"offer-{rule}", f"decide-{rule}"
        self._tell_all(known, rule)
        self._do(self._steps("offer", reads=("weigh",), writes=offer, rule=rule, known=rule))
        self._do(self._steps("decide", reads=(offer,), writes=decide, rule=rule, known=rule))
        found = known.with_links(links_of(spilled([self._spill / decide])))
        for folder in (offer, decide):
            shutil.rmtree(self._spill / folder, ignore_errors=True)
        return found

    def _tell_all(self, known: Known, name: str) -> None:
        folder = self._spill / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(folder / KNOWN, known_to(known))
