"""Tracing a case: who took what from whom, then on whose word each claim rests; group-bys on the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from casegraph import trace
from casegraph.model import make_id
from casegraph.pipeline.engine import Engine
from casegraph.pipeline.entities import entity_shelf, merges
from casegraph.pipeline.folder import BETWEEN
from casegraph.pipeline.reviewed import Altered
from casegraph.pipeline.stepping import Made, Stepping, file_name
from casegraph.pipeline.tasks import Done, Step, Tally
from casegraph.pipeline.tracing.claims import BONDS, STATES, altered_in
from casegraph.pipeline.tracing.housed import HOUSES, houses_in
from casegraph.pipeline.tracing.ledger import opened
from casegraph.pipeline.tracing.steps import (
    MERGED,
    PAIRS,
    REVIEWS,
    SAID,
    Said,
    document_part,
    encode,
    segments_of,
)
from casegraph.pipeline.tracing.tables import STAGE, VERSION, digest_of, traced
from casegraph.pipeline.tracing.unions import Bound, Numbers, Pairs, read_pairs
from casegraph.store.atomic import write_whole
from casegraph.store.manifest import Segment
from casegraph.store.shelf import Shelf
from casegraph.store.spill import part_of, write_spill

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
    """Makes the tables of `trace` from what is known of all documents.

    What lies between the steps is kept for the next build, which does no step again whose input is the same:
    see `ledger`. Of the whole case it holds the pairs, as numbers, and the ids in them: see `unions`.
    """

    def __init__(
        self,
        derived: Path,
        engine: Engine,
        prefixes: Sequence[str],
        shelves: Mapping[str, Shelf],
        said: Said,
        altered: Sequence[Altered] = (),
    ) -> None:
        super().__init__(derived, engine, 1 << min(MOST_BITS, max(0, len(prefixes[0]) - BUCKETS)))
        self._prefixes, self._shelves, self._said = prefixes, shelves, said
        self._altered = sorted(altered, key=lambda one: one.claim)
        self._pieces = PIECES * self._parts if self._parts > 1 else 1
        self._kept, self._tables = derived / BETWEEN, traced(derived)
        self._entities = entity_shelf(derived)
        engine.start(1)  # which makes and holds the folder that the ledger is opened in
        form = VERSION, trace.VERSION, len(prefixes), self._parts, self._pieces
        self._ledger = opened(self._kept, self._spill, form)
        self._made: dict[str, list[Made]] = {}
        self._keys: dict[tuple[str, int], bytes] = {}
        self._refused = self._fresh = 0

    def run(self, tell: Tell) -> Found:
        """Make the tables."""
        write_whole(self._spill / SAID, encode(self._said))
        write_whole(self._spill / REVIEWS, encode(self._altered))
        houses = encode(list(houses_in(self._shelves["trace"])))
        write_whole(self._spill / HOUSES, houses)
        self._housed = _always(houses)
        into = encode(dict(sorted(merges(self._entities).items())))
        write_whole(self._spill / MERGED, into)
        self._merged = digest_of(into)
        for number, one in enumerate((self._kin, self._lineage, self._clusters, self._backing)):
            tell(number, 4)
            one()
        tell(4, 4)
        return Found(self._made, self._refused + self._ledger.crowded(), self._fresh)

    def settle(self, found: Found, key: str) -> None:
        """Put the tables in the place of those that are there, and keep what lies between the steps."""
        for shelf in self._tables:
            shelf.replace(found.made.get(shelf.stage, []))
        self._ledger.forget(("meet", "bring", "check", "tell", "verify", "report"))
        self._ledger.save(key, self._kept)

    def _kin(self) -> None:
        """Find the pairs of documents that may be kin, and put them together to stories."""
        self._do("mark", self._stale("mark", tables=("trace", "read")))
        pieces = self._stale("kin", ("mark", 0), of=range(self._pieces))
        self._do("meet", pieces, "mark")
        self._do("bring", self._ledger.filled("meet"), "meet")
        self._do("kin", pieces, "mark", "bring")
        pairs = read_pairs(self._spill / "kin")
        roots, self._refused = pairs.groups(Bound(SURE, MOST_KIN), Bound(0.0, MOST_AKIN, whole=True))
        stories = [make_id("story", one.as_py()) for one in pairs.ids.take(pa.array(np.unique(roots)))]
        number = np.searchsorted(np.unique(roots), roots)
        self._grouped("stories", pairs.ids, pa.array(stories, pa.string()), number)
        self._paired(pairs, roots, pa.array(stories, pa.string()), number)

    def _lineage(self) -> None:
        self._do("sign", self._stale("sign", ("stories", 0), tables=("trace",), said=self._housed), "stories")
        said = _always(encode(self._said.publishers))
        parts = self._stale("derive", ("sign", 0), ("pairs", 0), said=said)
        self._do("check", parts, "sign", "pairs")
        self._do("tell", self._ledger.filled("check"), "check")
        self._do("derive", parts, "sign", "pairs", "tell")
        self._do("lay", self._stale("lay", ("derive", 0)), "derive")

    def _clusters(self) -> None:
        """Find the claims that may say the same."""
        tables = "attribute", "resolve"
        self._do("claim", self._stale("claim", ("derive", 0), tables=tables, said=self._read_as), "derive")
        self._do("agree", self._stale("agree", ("claim", 0)), "claim")
        pairs = read_pairs(self._spill / "agree")
        roots, refused = pairs.groups(Bound(0.0, MOST_CLAIMS))
        self._refused += refused
        groups = [make_id("group", one.as_py()) for one in pairs.ids.take(pa.array(np.unique(roots)))]
        number = np.searchsorted(np.unique(roots), roots)
        self._grouped("groups", pairs.ids, pa.array(groups, pa.string()), number)

    def _read_as(self, part: int) -> bytes:
        """Return what claims of a part are read with: entities that became others, the words of people."""
        return digest_of(self._merged, encode(altered_in(self._altered, self._own(part))))

    def _backing(self) -> None:
        each = self._parts
        claimed = ("groups", 0), ("claim", STATES * each), ("derive", 0)
        self._do("muster", self._stale("muster", *claimed, said=self._housed), "groups", "claim", "derive")
        tied = ("muster", STATES * each), ("claim", BONDS * each)
        self._do("tie", self._stale("tie", *tied), "muster", "claim")
        parts = self._stale("corroborate", ("muster", 0), ("tie", 0), said=_always(encode(self._said)))
        self._do("verify", parts, "muster", "tie")
        self._do("report", self._ledger.filled("verify"), "verify", "derive")
        self._do("corroborate", parts, "muster", "tie", "report")
        self._do("back", self._stale("back", ("corroborate", 0)), "corroborate")

    def _stale(
        self,
        step: str,
        *reads: tuple[str, int],
        of: Sequence[int] = (),
        tables: Sequence[str] = (),
        said: Callable[[int], bytes] = lambda _: b"",
    ) -> list[int]:
        """Return the parts, or those of `of`, for which a step must be done; the others stay as they are.

        `reads` are the steps whose rows it reads, with what is added to its part to find them there; `tables`
        are read for the part's buckets; `said` returns what else it depends on.
        """
        found = []
        for part in of or range(self._parts):
            state = segments_of([self._shelves[one] for one in tables], self._own(part)) if tables else ()
            rows = (self._ledger.section(one, part + beyond) for one, beyond in reads)
            key = self._keys[step, part] = digest_of(said(part), *rows, *state)
            entry = self._ledger.former(step, part, key)
            made = self._standing(entry.segments) if entry is not None else None
            if entry is None or made is None:
                found.append(part)
                continue
            self._ledger.put(step, part, entry)
            for stage, segment in made.items():
                self._made.setdefault(stage, []).append((self._work, segment))
        return found

    def _standing(self, named: Mapping[str, str]) -> dict[str, Segment] | None:
        """Return the segments of these names, by stage; None where one is gone."""
        shelves = {shelf.stage: shelf for shelf in self._tables}
        found = {stage: shelves[stage].named(name) for stage, name in named.items()}
        there = {stage: segment for stage, segment in found.items() if segment is not None}
        return there if len(there) == len(named) else None

    def _do(self, step: str, parts: Sequence[int], *reads: str) -> None:
        """Have one step done for some parts, or pieces; what it spills is called as the step is."""
        self._engine.start(len(parts))
        tables = step in {"lay", "back"}
        told = (
            Step(
                step=step,
                part=part,
                parts=self._parts,
                prefixes=() if step in {"meet", "kin"} else self._own(part),
                reads=reads,
                writes="" if tables else step,
                pieces=self._pieces,
            )
            for part in parts
        )
        for task, done in self.each(told):
            self._take(task, done)

    def _take(self, step: Step, done: Done) -> None:
        self.collect(done, self._made)
        tally = done.tallies.get(STAGE, Tally())
        self._fresh += tally.records
        segments = {stage: one.name for stage, one in done.segments.items() if one is not None}
        key = self._keys.get((step.step, step.part), b"")
        self._ledger.made(step.step, step.part, key, segments, tally.problems)

    def _own(self, part: int) -> tuple[str, ...]:
        """Return the buckets of a part."""
        each = len(self._prefixes) // self._parts
        return tuple(self._prefixes[part * each : (part + 1) * each])

    def _grouped(self, folder: str, ids: pa.Array, groups: pa.Array, number: Numbers) -> None:
        """Write to which groups ids belong, for the parts of their documents, with whose ids they begin."""
        bounds = [document_part(one, self._parts) for one in ids.to_pylist()]
        cuts = np.searchsorted(np.asarray(bounds, dtype=np.int64), np.arange(self._parts + 1))
        for part in range(self._parts):
            start, end = int(cuts[part]), int(cuts[part + 1])
            own = ids.slice(start, end - start)
            documents = pc.list_element(pc.split_pattern(own, " ", max_splits=1), 0)
            columns = [groups.take(pa.array(number[start:end])), documents, own.cast(pa.binary())]
            self._spilled(folder, part, pa.table(columns, names=["key", "document", "blob"]))

    def _paired(self, pairs: Pairs, roots: Numbers, stories: pa.Array, number: Numbers) -> None:
        """Write the pairs of each story for the story's part."""
        inside = roots[pairs.left] == roots[pairs.right]
        parts = np.asarray([part_of(one, self._parts) for one in stories.to_pylist()], dtype=np.int64)
        of = np.where(inside, parts[number[pairs.left]] if len(stories) else 0, -1)
        for part in range(self._parts):
            own = np.flatnonzero(of == part)
            left, right = (pa.array(side[own]) for side in (pairs.left, pairs.right))
            columns = [
                stories.take(pa.array(number[pairs.left[own]])),
                pairs.ids.take(left),
                pairs.ids.take(right),
            ]
            self._spilled("pairs", part, pa.table([*columns, pairs.score[own]], schema=PAIRS))

    def _spilled(self, folder: str, part: int, rows: pa.Table) -> None:
        write_spill(self._spill / folder / file_name(part), rows, [part] * rows.num_rows)
        self._ledger.made(folder, part)


def _always(said: bytes) -> Callable[[int], bytes]:
    return lambda _: said
