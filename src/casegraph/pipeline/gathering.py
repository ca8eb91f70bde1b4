"""Bringing together what documents name: joins and group-bys on the engine.

A global stage is a chain of steps. Each step is mapped over the parts of what the step before it has spilled;
between two steps the rows of one key come into one part, whichever worker made them. The build itself holds
links and names of files, never rows. See `grouping` for the steps.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Self

import pyarrow.compute as pc

from casegraph.pipeline.engine import Engine
from casegraph.pipeline.entities import STAGE as ENTITIES
from casegraph.pipeline.entities import columns_of
from casegraph.pipeline.entries import Lists
from casegraph.pipeline.grouping import (
    KNOWN,
    MOST_BITS,
    known_to,
    links_of,
)
from casegraph.pipeline.matches import RULE
from casegraph.pipeline.matches import STAGE as MATCHES
from casegraph.pipeline.stepping import Made, Stepping, file_name
from casegraph.pipeline.tasks import Done, Step, Tally
from casegraph.resolve import JUDGED, RULES, Judged, Known, Scored, open_pairs
from casegraph.store.atomic import write_whole
from casegraph.store.shelf import Shelf
from casegraph.store.spill import spilled

Tell = Callable[[int, int], None]

NOTHING = Judged()
"""Nobody has said anything."""

FEW = 2_000
"""Mentions up to which the matcher compares in one go."""

MANY = 8
"""Pieces for each part of the case in which it compares otherwise: blocks differ in what they cost."""

ROWS = 100_000
"""Mentions that one part of the case has on average, at most, as long as there are fewer than 256 parts."""


class Compared(NamedTuple):
    """What the matcher did: pairs of members compared, and blocks that were too large for it."""

    compared: int = 0
    crowded: int = 0


class Matched(NamedTuple):
    """What the matcher made: the table of pairs, what is kept for the next build, what it did."""

    pairs: list[Made]
    kept: list[Made]
    told: Compared


class Gathering(Stepping):
    """Makes the tables of pairs and of entities from what `resolve` found in all buckets."""

    def __init__(
        self,
        derived: Path,
        engine: Engine,
        prefixes: Sequence[str],
        resolved: Shelf,
        rows: int = 0,
        judged: Judged = NOTHING,
        lists: Lists = (),
    ) -> None:
        self._lists = lists
        self._prefixes, self._resolved, self._judged = prefixes, resolved, judged
        self._rows = rows = rows or ROWS
        self._total = total = sum(map(self._mentions, prefixes))
        super().__init__(derived, engine, 1 << min(MOST_BITS, max(0, -(-total // rows) - 1).bit_length()))

    def __enter__(self) -> Self:
        """Count and weigh the entities."""
        chunks = list(self._chunks())
        self._engine.start(max(len(chunks), self._parts))
        self.do(
            Step(step="count", part=n, parts=self._parts, prefixes=own, writes="count")
            for n, own in enumerate(chunks)
        )
        self.do(self.steps("weigh", reads=("count",), writes="weigh", parts=1))
        return self

    def match(self, key: str, tell: Tell) -> Matched:
        """Make the table of pairs called by `key`, and keep what was compared."""
        pieces = 1 if self._total <= FEW else MANY * self._parts
        self._engine.start(pieces)
        self._tell_all(Known(), RULE)
        offer = self.steps(
            "offer", reads=("weigh",), writes="offer-match", rule=RULE, known=RULE, parts=pieces
        )
        self.do(offer)
        told = Compared()
        tell(0, pieces)
        done: list[Done] = []
        for _, one in self.each(
            Step(
                step="score",
                part=n,
                parts=self._parts,
                reads=("offer-match",),
                writes="score",
                key=key,
                pieces=pieces,
            )
            for n in range(pieces)
        ):
            done.append(one)
            tally = one.tallies.get(MATCHES, Tally())
            told = Compared(told.compared + tally.records, told.crowded + tally.problems)
            tell(len(done), pieces)
        kept = [(self.outbox(one), segment) for one in done for segment in one.segments.values() if segment]
        reads: tuple[str, ...] = ("score",)
        if self._lists:
            self.do(self.steps("refer", reads=("weigh",), writes="refer", lists=self._lists))
            self.do(self.steps("listed", reads=("refer",), writes="listed"))
            reads = "score", "listed"
        return Matched(self.made(self.steps("pair", reads=reads, key=key)).get(MATCHES, []), kept, told)

    def entities(self, key: str, pairs: Sequence[Scored], tell: Tell) -> tuple[list[Made], int]:
        """Return the segments of the table of entities called by `key`, and how many pairs are left open."""
        total = len(RULES) + 2
        known = self._weighed()
        for number, rule in enumerate(RULES, 1):
            tell(number, total)
            known = self._ruled(rule.name, known) if rule.applies(known) else known
        known = known.with_pairs(pairs)
        known = self._ruled(JUDGED.name, known) if JUDGED.applies(known) else known
        tell(total - 1, total)
        self._tell_all(known, "final")
        reads: tuple[str, ...] = ("count",)
        if known.into:
            self.do(self.steps("move", reads=reads, writes="move", known="final"))
            reads = "count", "move"
        made = self.made(self.steps("make", reads=reads, known="final", key=key)).get(ENTITIES, [])
        tell(total, total)
        return made, len(open_pairs(pairs, known.last, self._judged.apart))

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

    def _weighed(self) -> Known:
        """Return what must be known of all entities before the first rule."""
        voted: set[str] = set()
        boxes = False
        numbers: dict[str, frozenset[str]] = {}
        columns = ("id", "longer", "bears", "identifiers")
        for part in range(self._parts):
            for table in spilled([self._spill / "weigh" / file_name(part)], columns=columns):
                voted.update(table.column("longer").combine_chunks().flatten().to_pylist())
                boxes = boxes or len(table.column("bears").combine_chunks().flatten()) > 0
                some = table.filter(pc.greater(pc.list_value_length(table.column("identifiers")), 0))
                for entity, own in zip(*columns_of(some, "id", "identifiers"), strict=True):
                    numbers[entity] = frozenset(own)
        return Known(voted=frozenset(voted), boxes=boxes, judged=self._judged, identifiers=numbers)

    def _ruled(self, rule: str, known: Known) -> Known:
        offer, decide = f"offer-{rule}", f"decide-{rule}"
        self._tell_all(known, rule)
        self.do(self.steps("offer", reads=("weigh",), writes=offer, rule=rule, known=rule))
        self.do(self.steps("decide", reads=(offer,), writes=decide, rule=rule, known=rule))
        found = known.with_links(links_of(spilled([self._spill / decide])))
        for folder in (offer, decide):
            shutil.rmtree(self._spill / folder, ignore_errors=True)
        return found

    def _tell_all(self, known: Known, name: str) -> None:
        folder = self._spill / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(folder / KNOWN, known_to(known))
