"""What runs the work. The build knows `Engine` alone; `EmbeddedEngine` is the one on this machine."""

from __future__ import annotations

import secrets
import selectors
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol, Self

import msgspec

from casegraph import errors
from casegraph.errors import CasegraphError
from casegraph.pipeline.folder import DERIVED, PASSING, UNPACKED, WORK
from casegraph.pipeline.guard import LOOK, Guard
from casegraph.pipeline.local import folders
from casegraph.pipeline.places import originals_of
from casegraph.pipeline.tasks import Asked, At, Batch, Done, Failed, Setup, Work
from casegraph.settings import Settings
from casegraph.store.atomic import held
from casegraph.store.manifest import Outcome
from casegraph.store.originals import Originals

ATTEMPTS = 3
"""Workers that may die of one merge before the build gives up."""

RECYCLE = 5000
"""Documents after which a worker is replaced: a parser's vocabulary grows with each new word."""

Watch = Callable[[int], None]
"""Called with the number of documents that are under way and finished in batches that are not."""


class Engine(Protocol):
    """Maps tasks over workers.

    What joins or groups is a map to parts and a map over these: see `gathering`.
    """

    token: str  # of the folder in derived/work that its workers have

    def map(self, tasks: Iterable[Asked], watch: Watch | None = None) -> Iterator[tuple[Asked, Done]]:
        """Yield each task with its result as they come.

        `tasks` is drawn from only when a worker is free, so that what earlier results make possible can be
        appended to it. A document that ends its worker or exceeds its time is tried alone once more, then
        recorded as failed; the batch comes back in parts.
        """

    def start(self, tasks: int) -> None:
        """Get ready for so many tasks, or more."""

    def close(self) -> None:
        """End all workers at once; `map` may start them again."""


class EmbeddedEngine:
    """A pool of worker processes on this machine."""

    def __init__(self, folder: Path, settings: Settings, chain: str, token: str = "") -> None:
        self.token = token or secrets.token_hex(8)
        self._work = folder.absolute() / DERIVED / WORK / self.token
        self._shared = bool(token)  # another holds the folder
        self._mine = not token  # to be made and held, once there is work
        self._held = ExitStack()
        self._count, self._limit = settings.worker_count(), settings.time_limit
        self._originals = originals_of(folder.absolute(), settings)
        kept = self._work / PASSING if self._originals.remote else self._originals.folder
        self._setup = Setup(
            derived=str(folder.absolute() / DERIVED),
            originals=str(kept),
            unpacked=str(folder.absolute() / DERIVED / UNPACKED),
            work=str(self._work),
            chain=chain,
            memory=settings.memory_limit << 20,
            output=settings.output_limit << 20,
            passwords=settings.passwords,
            readable=folders(settings),
        )
        self._guards: list[Guard] = []
        self._deaths: Counter[str] = Counter()  # of workers, by what they were putting together
        self._selector = selectors.DefaultSelector()
        self._looked = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Kill all workers; what they made and the build has not taken over is lost."""
        for guard in list(self._guards):
            self._dismiss(guard)
        self._held.close()
        self._mine = self._mine or not self._shared

    def start(self, tasks: int) -> None:
        """Start as many workers as there can be use for, so that they load while the build still plans."""
        if self._mine and tasks:
            self._work.parents[1].mkdir(mode=0o700, parents=True, exist_ok=True)
            self._held.enter_context(held(self._work))
            self._mine = False
        while len(self._guards) < min(self._count, tasks):
            guard = Guard(self._setup)
            self._guards.append(guard)
            self._selector.register(guard.output, selectors.EVENT_READ, guard)

    def map(self, tasks: Iterable[Asked], watch: Watch | None = None) -> Iterator[tuple[Asked, Done]]:
        """Yield each task with its result as they come; see Engine."""
        again: deque[Asked] = deque()
        source = iter(tasks)
        while True:
            self._feed(again, source)
            if not any(guard.task for guard in self._guards):
                return
            for guard in self._wait():
                task = guard.task
                try:
                    heard = guard.hear(self._limit)
                except EOFError:
                    again.extend(self._after_death(guard, guard.how_it_died()))
                    continue
                if isinstance(heard, Failed):
                    raise fault(heard)
                if heard is not None and task is not None:
                    if isinstance(task, Batch) and self._originals.remote:
                        Originals(Path(self._setup.originals)).forget(own_fetch(task))
                    yield task, heard
            again.extend(self._overdue())
            if watch is not None:
                watch(sum(guard.at.index for guard in self._guards if guard.task and guard.at))

    def _feed(self, again: deque[Asked], source: Iterator[Asked]) -> None:
        """Give each free worker a task; start one for documents alone: merging is over before it is up."""
        while True:
            free = next((guard for guard in self._guards if guard.task is None), None)
            if free is None and len(self._guards) >= self._count:
                return
            task = again.popleft() if again else next(source, None)
            if task is None:
                return
            if free is None and self._guards and not isinstance(task, Batch):
                again.appendleft(task)
                return
            if free is not None and free.documents >= RECYCLE:
                self._dismiss(free)
                free = None
            if free is None:
                self.start(len(self._guards) + 1)
                free = self._guards[-1]
            if isinstance(task, Batch):
                free.documents += len(task.works)
                self._originals.fetch(own_fetch(task), Path(self._setup.originals))
            free.give(task)

    def _wait(self) -> list[Guard]:
        deadlines = [guard.deadline for guard in self._guards if guard.deadline is not None]
        timeout = min(LOOK, max(0.0, min(deadlines) - time.monotonic())) if deadlines else None
        return [key.data for key, _ in self._selector.select(timeout)]

    def _overdue(self) -> list[Asked]:
        moment = time.monotonic()
        unheard = {key.data for key, _ in self._selector.select(0)}  # while we were busy it may have gone on
        late = [
            guard
            for guard in self._guards
            if guard.deadline is not None and guard.deadline <= moment and guard not in unheard
        ]
        again = [task for guard in late for task in self._after_death(guard, "time-limit")]
        if moment - self._looked >= LOOK:
            self._looked = moment
            for guard in [guard for guard in self._guards if guard.deadline is not None]:
                if (outcome := guard.excess()) is not None:
                    again += self._after_death(guard, outcome)
        return again

    def _after_death(self, guard: Guard, outcome: Outcome) -> list[Asked]:
        """Bury a worker and return what is to be done again."""
        task, at = guard.task, guard.at
        if not guard.ready:
            words = guard.last_words()
            self._dismiss(guard)
            raise CasegraphError(f"a worker process could not be started: {words}")
        self._dismiss(guard)
        if task is None:
            return []
        if isinstance(task, Batch):
            return list(split(task, at, outcome))
        # Nothing was committed, so it can be done again: a native library was seen to crash in such a worker
        # once in some hundred builds, at a different place each time.
        self._deaths[repr(task)] += 1
        if self._deaths[repr(task)] >= ATTEMPTS:
            raise CasegraphError("worker processes die while they put tables together; build again")
        return [task]

    def _dismiss(self, guard: Guard) -> None:
        self._guards.remove(guard)
        self._selector.unregister(guard.output)
        guard.end()


def own_fetch(batch: Batch) -> list[str]:
    """Return the documents that are to be fetched for a batch: it may be a part of another one."""
    return [work.document for work in batch.works if work.document in batch.fetch]


def split(batch: Batch, at: At | None, outcome: Outcome) -> Iterator[Batch]:
    """Yield a batch whose worker died as batches to be done again, the document under suspicion alone.

    A document that was alone already is to blame: its stage is recorded as failed. Raises CasegraphError when
    a document alone ends its worker outside of all stages.
    """
    works = batch.works
    if len(works) == 1:
        yield msgspec.structs.replace(batch, works=(_blamed(works[0], at, outcome),))
    elif at is None or at.index >= len(works):
        middle = len(works) // 2
        yield msgspec.structs.replace(batch, works=works[:middle])
        yield msgspec.structs.replace(batch, works=works[middle:])
    else:
        for part in (works[: at.index], works[at.index : at.index + 1], works[at.index + 1 :]):
            if part:
                yield msgspec.structs.replace(batch, works=part)


def _blamed(work: Work, at: At | None, outcome: Outcome) -> Work:
    if at is not None and at.stage and at.stage not in work.blame:
        return msgspec.structs.replace(work, blame=work.blame | {at.stage: outcome})
    if set(work.blame) != set(work.needs):  # not in a stage: what it has, or what it gives, is too much
        return msgspec.structs.replace(work, blame=dict.fromkeys(work.needs, outcome))
    raise CasegraphError("worker processes die whatever they do; is there enough memory? build again")


def fault(failed: Failed) -> CasegraphError:
    """Return the error that a worker could not go on for."""
    kind = getattr(errors, failed.error, CasegraphError)
    error: CasegraphError = kind(failed.message)
    return error
