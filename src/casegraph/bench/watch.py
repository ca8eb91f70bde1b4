"""What a command and all that it starts cost: time, processor time, memory."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.25  # seconds between two looks at memory


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost."""

    output: str
    seconds: float
    cpu_seconds: float
    peak_mib: float  # proportional set size of the whole tree: shared pages count once


def cost_of(command: list[str]) -> Cost:
    """Run a command and return its cost; raises CalledProcessError when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    seen = _Seen()
    watcher = threading.Thread(target=seen.watch, args=(process,), daemon=True)
    watcher.start()
    output, _ = process.communicate()
    seconds = time.monotonic() - began
    watcher.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command[:3])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(output, seconds, max(cpu, sum(seen.spent.values())), seen.peak / 1024)


class _Seen:
    """What was seen of a tree of processes while it ran."""

    def __init__(self) -> None:
        self.peak = 0  # KiB
        self.spent: dict[int, float] = {}  # processor time of each: those killed with their parents count too

    def watch(self, process: subprocess.Popen[str]) -> None:
        """Look again and again until the root of the tree has ended."""
        while process.poll() is None:
            tree = {*_tree(process.pid), *self.spent}  # also what has lost its parent
            self.peak = max(self.peak, sum(map(_memory, tree)))
            self.spent |= {pid: spent for pid in tree if (spent := _spent(pid)) is not None}
            time.sleep(EVERY)


def _spent(pid: int) -> float | None:
    """Return the processor time of a process in seconds (Linux), None when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _tree(root: int) -> list[int]:
    found, left = [], [root]
    while left:
        pid = left.pop()
        found.append(pid)
        try:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                left += map(int, task.read_text().split())
        except OSError:  # it, or a thread of it, has just ended: the next look is soon
            continue
    return found


def _memory(pid: int) -> int:
    """Return the proportional set size of a process in KiB (Linux), 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def one_thread() -> None:
    """Hold numerical libraries to one thread, as the workers are."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
