"""The engine on a cluster of Ray: each processor of it runs the embedded engine with one worker.

Ray carries ids, names and counts; pages stay on the shared folder in which the case lies. What a document
does to its worker is seen to on the same machine, by the guard; all that is left to Ray is to say when a
machine is gone. Daft, which can drive Ray too, brings as many packages again for the same map, and Ray Data
did not finish a join of 84,000 rows when it was tried.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, Self

from casegraph.errors import CasegraphError, MissingPartError, SettingsError
from casegraph.pipeline.engine import ATTEMPTS, EmbeddedEngine, Watch, fault
from casegraph.pipeline.folder import DERIVED, WORK
from casegraph.pipeline.tasks import Asked, Done, Failed, asked, frame, said, unframed
from casegraph.settings import Settings
from casegraph.store.atomic import held

WAIT = 1.0
"""Seconds between two looks at whether machines have come."""


def engine_for(folder: Path, settings: Settings, chain: str) -> EmbeddedEngine | ClusterEngine:
    """Return the engine that the settings name; raises SettingsError, MissingPartError."""
    if settings.engine == "ray":
        return ClusterEngine(folder, settings, chain)
    return EmbeddedEngine(folder, settings, chain)


class Station:
    """One processor of the cluster, as an actor: does one task after another by an engine of its own."""

    def __init__(self, folder: str, settings: Settings, chain: str, token: str) -> None:
        self._work = Path(folder) / DERIVED / WORK / token
        self._engine = EmbeddedEngine(Path(folder), settings, chain, token)

    def ready(self) -> str:
        """Say what is in the way of working here, nothing where nothing is; start a worker."""
        if not self._work.is_dir():
            return (
                "a machine of the cluster does not see the case: it must lie on a file system that all share"
            )
        self._engine.start(1)
        return ""

    def do(self, data: bytes) -> list[tuple[bytes, bytes]]:
        """Do a task and return what became of it, in parts if documents had to be tried alone."""
        try:
            return [(frame(task), frame(done)) for task, done in self._engine.map([asked(unframed(data))])]
        except CasegraphError as error:
            return [(data, frame(Failed(error=type(error).__name__, message=str(error))))]


class ClusterEngine:
    """Maps tasks over the processors of a Ray cluster; see `engine.Engine`.

    The build itself runs on one machine of the cluster. `workers` of the settings bounds the processors that
    are used, 0 takes all. A task of a machine that is gone is done again elsewhere.
    """

    def __init__(self, folder: Path, settings: Settings, chain: str) -> None:
        if not settings.address:
            raise SettingsError('engine = "ray" needs an address: host:port of the cluster\'s head')
        self._folder, self._settings, self._chain = folder.absolute(), settings, chain
        self.token = secrets.token_hex(8)
        self._work = self._folder / DERIVED / WORK / self.token
        self._held = contextlib.ExitStack()
        self._ray: Any = None
        self._waiting: dict[Any, Any] = {}  # actors to come, by the future that says that they are there
        self._free: list[Any] = []
        self._busy: dict[Any, tuple[Any, Asked]] = {}  # actor and task, by the future of its result
        self._deaths: Counter[str] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self, tasks: int) -> None:
        """Ask for as many processors as there can be use for; machines may come later."""
        ray = self._connected()
        there = len(self._waiting) + len(self._free) + len(self._busy)
        most = self._settings.workers or int(ray.cluster_resources().get("CPU", 1))
        for _ in range(there, min(most, max(tasks, 1))):
            own = self._station.remote(str(self._folder), self._own_settings(), self._chain, self.token)
            self._waiting[own.ready.remote()] = own

    def _own_settings(self) -> Settings:
        """Return the settings of one processor's engine."""
        return replace(self._settings, workers=1, engine="embedded", address="")

    def _connected(self) -> Any:  # noqa: ANN401 - a library without types
        if self._ray is None:
            # Said before the library is loaded: it reports its use to its makers otherwise.
            os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
            try:
                ray: Any = import_module("ray")
            except ModuleNotFoundError:
                raise MissingPartError(
                    "ray is not installed; install casegraph[cluster] on each machine of the cluster"
                ) from None
            try:
                ray.init(address=self._settings.address, log_to_driver=False, configure_logging=False)
            except Exception as error:
                raise CasegraphError(
                    f"the cluster at {self._settings.address} cannot be reached: {type(error).__name__}"
                ) from error
            self._ray = ray
            self._station = ray.remote(num_cpus=1, max_restarts=0, max_concurrency=1)(Station)
            self._held.enter_context(held(self._work))
        return self._ray

    def map(self, tasks: Iterable[Asked], watch: Watch | None = None) -> Iterator[tuple[Asked, Done]]:
        """Yield each task with its result as they come."""
        again: deque[Asked] = deque()
        source = iter(tasks)
        while True:
            self._feed(again, source)
            if not self._busy and not again:
                return
            futures = [*self._busy, *self._waiting]
            found, _ = self._ray.wait(futures, num_returns=1, timeout=WAIT, fetch_local=True)
            for future in found:
                if future in self._waiting:
                    self._welcome(future)
                else:
                    yield from self._results(future, again)
            if watch is not None:
                watch(0)

    def _feed(self, again: deque[Asked], source: Iterator[Asked]) -> None:
        """Give each free processor a task; ask for one where there is none."""
        while True:
            if not self._free and (self._busy or again):
                self.start(len(self._waiting) + len(self._busy) + 1)
                return
            task = again.popleft() if again else next(source, None)
            if task is None:
                return
            if not self._free:  # nor is any at work: it waits here for the first that comes
                again.append(task)
                continue
            actor = self._free.pop()
            self._busy[actor.do.remote(frame(task))] = actor, task

    def _welcome(self, future: Any) -> None:  # noqa: ANN401 - a library without types
        actor = self._waiting.pop(future)
        try:
            hindrance = self._ray.get(future)
        except self._ray.exceptions.RayError as error:
            self._bury("a processor", error)
            return
        if hindrance:
            raise CasegraphError(hindrance)
        self._free.append(actor)

    def _results(self, future: Any, again: deque[Asked]) -> Iterator[tuple[Asked, Done]]:  # noqa: ANN401 - a library without types
        actor, task = self._busy.pop(future)
        try:
            parts = self._ray.get(future)
        except self._ray.exceptions.RayError as error:
            with contextlib.suppress(Exception):
                self._ray.kill(actor)  # it may be cut off and not dead
            self._bury(repr(task), error)
            again.append(task)
            return
        self._free.append(actor)
        for one, message in parts:
            heard = said(unframed(message))
            if isinstance(heard, Failed):
                raise fault(heard)
            if isinstance(heard, Done):
                yield asked(unframed(one)), heard

    def _bury(self, what: str, error: Exception) -> None:
        """Count a death; raise when it is always the same that is being done."""
        self._deaths[what] += 1
        if self._deaths[what] >= ATTEMPTS * (10 if what == "a processor" else 1):
            raise CasegraphError(f"machines of the cluster fail again and again: {type(error).__name__}")

    def close(self) -> None:
        """Give the processors back."""
        if self._ray is None:
            return
        actors = [*self._waiting.values(), *self._free, *(actor for actor, _ in self._busy.values())]
        for actor in actors:
            with contextlib.suppress(Exception):
                self._ray.kill(actor)
        self._waiting, self._free, self._busy = {}, [], {}
        self._ray.shutdown()
        self._ray = None
        self._held.close()
