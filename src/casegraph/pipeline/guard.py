"""One worker process as its parent sees it: what crashes or hangs in there costs nothing out here."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from casegraph.pipeline import sandbox
from casegraph.pipeline.tasks import LENGTH, Asked, At, Done, Failed, Ready, Said, Setup, frame, said
from casegraph.store.manifest import Outcome

ENVIRONMENT = {
    # One thread a worker: the workers themselves are the parallelism. The rest keeps libraries off the net.
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "PYTHONHASHSEED": "0",  # the order of sets must not reach the tables
    "TZ": "UTC",  # nor the place where the machine stands
}
CHUNK = 1 << 16

LOOK = 0.5
"""Seconds between two looks at what a worker has started and written, uncounted by the kernel."""


class Guard:
    """Starts, feeds, watches and ends one worker."""

    def __init__(self, setup: Setup) -> None:
        self.task: Asked | None = None
        self.at: At | None = None
        self.deadline: float | None = None
        self.ready = False
        self.documents = 0  # handed to it so far
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `end`; what it says before it is ready
        self._buffer = bytearray()
        self._memory, self._output = setup.memory, setup.output
        self._much = 0  # looks running at which the family held too much memory
        self.own = Path(setup.work) / secrets.token_hex(8)
        for folder in (self.own / sandbox.SCRATCH, self.own / sandbox.TABLES, Path(setup.unpacked)):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        own = str(Path(__file__).parents[2])
        path = [own, *filter(None, [os.environ.get("PYTHONPATH")])]
        # -P: a module lying about in the current folder, perhaps a leaked one, must never be imported.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "casegraph.pipeline.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._words,
            env={
                **sandbox.environment(self.own),
                **ENVIRONMENT,
                "PYTHONPATH": os.pathsep.join(path),
            },
            cwd=self.own,
            start_new_session=True,  # a group of its own, by which all that it starts is ended with it
        )
        self._send(msgspec.structs.replace(setup, own=str(self.own)))

    @property
    def output(self) -> int:
        """File descriptor to wait for."""
        stream = self._process.stdout
        if stream is None:  # pragma: no cover - Popen was asked for a pipe
            raise AssertionError("no pipe")
        return stream.fileno()

    def give(self, task: Asked) -> None:
        """Hand over a task."""
        self.task, self.at, self.deadline = task, None, None
        self._send(task)

    def _send(self, message: Asked) -> None:
        stream = self._process.stdin
        if stream is not None:
            with contextlib.suppress(
                BrokenPipeError
            ):  # it has just died: its output says so at the next read
                stream.write(frame(message))
                stream.flush()

    def hear(self, limit: int) -> Done | Failed | None:
        """Read what has come and return the end of the task, if it has.

        Raises EOFError when the worker is dead. `limit` is in seconds for each stage of a document and each
        MiB of it.
        """
        data = os.read(self.output, CHUNK)
        if not data:
            raise EOFError
        self._buffer += data
        for message in self._messages():
            if isinstance(message, Ready):
                self.ready = True
            elif isinstance(message, At):
                self.at = message
                mebibytes = max(1.0, message.size / (1 << 20))
                self.deadline = time.monotonic() + limit * mebibytes if message.stage else None
            else:
                self.task, self.deadline = None, None
                if isinstance(message, Failed):
                    return message
                return msgspec.structs.replace(message, by=self.own.name)
        return None

    def excess(self) -> Outcome | None:
        """Say which limit the worker is beyond that the kernel does not hold it to, if any (Linux)."""
        family = sandbox.family(self._process.pid)
        if len(family) > sandbox.MOST_PROCESSES:
            return "process-limit"
        much = len(family) > 1 and sum(map(sandbox.resident, family)) > self._memory
        # A child that has just come shares all of its parent's memory for a moment, and is counted twice.
        self._much = self._much + 1 if much else 0
        if self._much > 1:
            return "memory-limit"
        return "output-limit" if sandbox.size(self.own / sandbox.SCRATCH) > self._output else None

    def how_it_died(self) -> Outcome:
        """Return what became of a worker that closed its output."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self._process.wait(LOOK) == sandbox.OUT_OF_MEMORY:
                return "memory-limit"
        return "worker-died"

    def _messages(self) -> list[Said]:
        found: list[Said] = []
        while len(self._buffer) >= LENGTH:
            end = LENGTH + int.from_bytes(self._buffer[:LENGTH], "big")
            if len(self._buffer) < end:
                break
            found.append(said(bytes(self._buffer[LENGTH:end])))
            del self._buffer[:end]
        return found

    def last_words(self) -> str:
        """Return the last line that a worker wrote before it was ready; no document was open then."""
        self._words.seek(0)
        lines = self._words.read().decode(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else f"exit status {self._process.poll()}"

    def end(self) -> None:
        """Kill the worker with all that it started, wait for it, and delete what it left behind.

        Its tables stay: the build may not have taken them over yet.
        """
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        shutil.rmtree(self.own / sandbox.SCRATCH, ignore_errors=True)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
        self._words.close()
