"""One worker process as its parent sees it: what crashes or hangs in there costs nothing out here."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from casegraph.pipeline.tasks import LENGTH, Asked, At, Done, Failed, Ready, Said, Setup, frame, said

_ENVIRONMENT = {
    # One thread a worker: the workers themselves are the parallelism. The rest keeps libraries off the net.
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "PYTHONHASHSEED": "0",  # the order of sets must not reach the tables
}
CHUNK = 1 << 16


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
        own = str(Path(__file__).parents[2])
        path = [own, *filter(None, [os.environ.get("PYTHONPATH")])]
        # -P: a module lying about in the current folder, perhaps a leaked one, must never be imported.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "casegraph.pipeline.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._words,
            env=os.environ | _ENVIRONMENT | {"PYTHONPATH": os.pathsep.join(path)},
        )
        self._send(setup)

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
                return message
        return None

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
        """Kill the worker and wait for it."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
        self._words.close()
