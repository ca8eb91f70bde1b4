"""A worker process: reads its inputs from the tables, runs stages, writes tables, says names and counts only.

Started by `pipeline.guard` as `python -P -m casegraph.pipeline.worker`; frames come in by standard input and
go out by what was standard output.
"""

from __future__ import annotations

import os
import queue
import threading
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec
import pyarrow as pa

from casegraph.errors import CasegraphError
from casegraph.model import Document, Mention, Page, Parse, Record, Table
from casegraph.pipeline import sandbox
from casegraph.pipeline.chain import Chain, load_chain, prepare
from casegraph.pipeline.folder import SPILL
from casegraph.pipeline.grouping import Groups
from casegraph.pipeline.matches import whole_case
from casegraph.pipeline.tasks import (
    LENGTH,
    Asked,
    At,
    Batch,
    Done,
    Failed,
    Merge,
    Ready,
    Said,
    Setup,
    Step,
    Tally,
    asked,
    frame,
)
from casegraph.pipeline.tracing.backing import Backing
from casegraph.pipeline.tracing.claims import Claims
from casegraph.pipeline.tracing.kin import Kinships
from casegraph.pipeline.tracing.steps import Shelves, Steps
from casegraph.pipeline.tracing.stories import Stories
from casegraph.pipeline.tracing.tables import TRACED, traced
from casegraph.pipeline.unit import Bytes, Found, run_document
from casegraph.store.manifest import Segment, Unit
from casegraph.store.originals import Originals
from casegraph.store.shelf import Shelf

TAKEN: frozenset[type[Record]] = frozenset({Document, Page, Table, Parse, Mention})
"""Record types that some stage takes from those before it."""


class Worker:
    """Does one task after another until its input ends."""

    def __init__(self, setup: Setup, chain: Chain, say: Talk) -> None:
        derived, self._own = Path(setup.derived), Path(setup.own)
        outbox = self._own / sandbox.TABLES
        self._chain, self._say = chain, say
        self._bytes = Bytes(
            Originals(Path(setup.originals)),
            Originals(Path(setup.unpacked)),
            setup.passwords,
            most=setup.output,
        )
        self._shelves = {
            link.name: Shelf(derived, link.name, link.stage.version, link.keeps, outbox) for link in chain
        }
        spill = Path(setup.work) / SPILL, outbox / SPILL
        self._groups = Groups(self._shelves.get("resolve"), whole_case(derived, outbox), *spill)
        self._traces: tuple[Steps, ...] = ()
        if self._shelves.keys() >= TRACED:
            shelves = Shelves(
                read=self._shelves["read"],
                claims=self._shelves["attribute"],
                resolved=self._shelves["resolve"],
                prints=self._shelves["trace"],
                made=traced(derived, outbox),
            )
            self._traces = tuple(one(shelves, *spill) for one in (Kinships, Stories, Claims, Backing))

    def do(self, task: Asked) -> Done:
        """Do one task."""
        if isinstance(task, Batch):
            return self._batch(task)
        if isinstance(task, Merge):
            merged = self._shelves[task.stage].merge(task.prefix, task.sources)
            return Done(segments={task.stage: merged})
        if isinstance(task, Step):
            return self._step(task)
        raise TypeError(type(task).__name__)

    def _step(self, step: Step) -> Done:
        for one in self._traces:
            if step.step in one.steps:
                return one.do(step)
        return self._groups.do(step)

    def _batch(self, batch: Batch) -> Done:
        units: dict[str, list[Unit]] = defaultdict(list)
        tables: dict[str, dict[type[Record], list[tuple[str, pa.Table]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        tallies: dict[str, Tally] = defaultdict(Tally)
        known = self._known(batch)
        for index, work in enumerate(batch.works):

            def begin(stage: str, size: int, index: int = index) -> None:
                self._say(At(index=index, stage=stage, size=size))

            for name, output in run_document(
                self._chain, work, known.pop(work.document, {}), self._bytes, begin, batch
            ):
                units[name].append(output.unit)
                tally = tallies[name]
                tally.documents += 1
                tally.seconds += output.seconds
                tally.records += len(output.records)
                tally.problems += output.unit.records.get("problem", 0)
                for type_, table in output.tables.items():
                    tables[name][type_].append((work.document, table))
            sandbox.empty(self._own)
        self._say(At(index=len(batch.works), stage="", size=0))
        segments: dict[str, Segment | None] = {}
        for name, done in units.items():
            segments[name] = self._shelves[name].write_part(batch.prefix, done, tables[name])
        return Done(segments=segments, tallies=dict(tallies))

    def _known(self, batch: Batch) -> dict[str, Found]:
        """Return what earlier builds found, for the documents and stages that this batch builds on."""
        wanted: dict[str, list[str]] = defaultdict(list)
        for work in batch.works:
            for name in self._builds_on(work.needs):
                wanted[name].append(work.document)
        known: dict[str, Found] = defaultdict(dict)
        for name, documents in wanted.items():
            shelf = self._shelves[name]
            for type_ in TAKEN.intersection(shelf.types):
                for document, records in shelf.by_document(type_, batch.prefix, documents):
                    known[document][type_] = list(records)
        return known

    def _builds_on(self, needs: Iterable[str]) -> set[str]:
        after = {link.name: link.after for link in self._chain}
        found: set[str] = set()
        for need in needs:
            name = after[need]
            while name is not None:
                found.add(name)
                name = after[name]
        return found - set(needs)


class Talk:
    """Sends frames to the parent."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def __call__(self, message: Said) -> None:
        """Send one message."""
        self._stream.write(frame(message))
        self._stream.flush()


def listen(stream: BinaryIO, tasks: queue.SimpleQueue[Asked]) -> None:
    """Queue what the parent asks; end the process when the parent is gone."""
    while len(head := stream.read(LENGTH)) == LENGTH:
        data = stream.read(int.from_bytes(head, "big"))
        tasks.put(asked(data))
    os._exit(0)


def set_up(stream: BinaryIO) -> Setup:
    """Return the first word of the parent, with this process bound and confined after it."""
    setup = asked(stream.read(int.from_bytes(stream.read(LENGTH), "big")))
    if not isinstance(setup, Setup):
        raise TypeError(type(setup).__name__)
    sandbox.bound(setup.memory)
    derived, unpacked = Path(setup.derived), Path(setup.unpacked)
    sandbox.confine(
        Path(setup.own), write=[unpacked], read=[derived, Path(setup.originals), *map(Path, setup.readable)]
    )
    return setup


def main() -> None:
    """Serve the parent until it ends."""
    say = Talk(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)  # what libraries print must not get between the frames
    stream = os.fdopen(os.dup(0), "rb")
    setup = set_up(
        stream
    )  # first of all: what confines a thread does not confine those that are there already
    tasks: queue.SimpleQueue[Asked] = queue.SimpleQueue()
    threading.Thread(target=listen, args=(stream, tasks), daemon=True).start()
    try:
        chain = load_chain(setup.chain)
        sandbox.only_start(program for link in chain for program in link.stage.programs)
        prepare(chain)
        worker = Worker(setup, chain, say)
    except CasegraphError as error:
        say(Failed(error=type(error).__name__, message=str(error)))
        os._exit(1)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)  # from here on a library's words may hold a page's
    say(Ready())
    while True:
        try:
            say(worker.do(tasks.get()))
        except MemoryError:
            os._exit(sandbox.OUT_OF_MEMORY)
        except CasegraphError as error:
            say(Failed(error=type(error).__name__, message=str(error)))
        except OSError as error:
            say(Failed(error="CasegraphError", message=f"the tables cannot be written: {error.strerror}"))
        except (pa.ArrowException, msgspec.MsgspecError) as error:
            say(
                Failed(error="CaseDamagedError", message=f"the tables cannot be used: {type(error).__name__}")
            )


if __name__ == "__main__":
    main()
