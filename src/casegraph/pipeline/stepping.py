"""Steps on the engine: each is mapped over the parts of what the step before it has spilled."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self, TypedDict, Unpack

import msgspec

from casegraph.errors import CaseDamagedError
from casegraph.pipeline import sandbox
from casegraph.pipeline.engine import Engine
from casegraph.pipeline.entries import Lists
from casegraph.pipeline.folder import SPILL, WORK
from casegraph.pipeline.tasks import Done, Step
from casegraph.store.manifest import Segment
from casegraph.store.spill import SUFFIX

Made = tuple[Path, Segment]
"""A segment and the outbox in which it lies."""


class Fields(TypedDict, total=False):
    """What steps of one kind have in common; see `tasks.Step`."""

    parts: int
    reads: tuple[str, ...]
    writes: str
    rule: str
    known: str
    key: str
    pieces: int
    lists: Lists


def file_name(part: int) -> str:
    """Return what the file is called that a step writes for a part."""
    return f"{part:05}{SUFFIX}"


def prefix_bits(part: int, parts: int) -> str:
    """Return the bits that tell one of so many parts, a power of two."""
    bits = parts.bit_length() - 1
    return format(part, f"0{bits}b") if bits else ""


class Stepping:
    """Has steps done, and keeps what lies between them until the end."""

    def __init__(self, derived: Path, engine: Engine, parts: int) -> None:
        self._engine, self._parts = engine, parts
        self._work = derived / WORK / engine.token
        self._spill = self._work / SPILL

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Delete what lies between the steps."""
        shutil.rmtree(self._spill, ignore_errors=True)

    def steps(self, step: str, **fields: Unpack[Fields]) -> Iterator[Step]:
        """Yield a step for each part."""
        for part in range(self._parts):
            yield msgspec.structs.replace(Step(step=step, part=part, parts=self._parts), **fields)

    def do(self, steps: Iterable[Step]) -> None:
        """Have steps done."""
        for _ in self.each(steps):
            pass

    def each(self, steps: Iterable[Step]) -> Iterator[tuple[Step, Done]]:
        """Yield steps as they are done, what they have spilled put where the next ones read it."""
        for task, done in self._engine.map(steps):
            if isinstance(task, Step):
                if task.writes:
                    target = self._spill / task.writes / file_name(task.part)
                    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    (self.outbox(done) / SPILL / task.writes / file_name(task.part)).replace(target)
                yield task, done

    def made(self, steps: Iterable[Step]) -> dict[str, list[Made]]:
        """Have steps done that write tables and spill nothing; return the tables by stage."""
        found: dict[str, list[Made]] = {}
        for _, done in self._engine.map(steps):
            self.collect(done, found)
        return found

    def collect(self, done: Done, found: dict[str, list[Made]]) -> None:
        """Put the tables of a step to those of others."""
        for stage, segment in done.segments.items():
            if segment is not None:
                found.setdefault(stage, []).append((self.outbox(done), segment))

    def outbox(self, done: Done) -> Path:
        """Return where a worker has put what it made."""
        if not done.by.isalnum():
            raise CaseDamagedError("a worker has no name")
        return self._work / done.by / sandbox.TABLES
