"""A reader of a served case: asks for pages over HTTP one after another, or opens them in a browser."""

from __future__ import annotations

import contextlib
import http.client
import importlib
import os
import random
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from casegraph.errors import CasegraphError

Browser: TypeAlias = Any  # of Playwright, which only tests install: the program must not import it

_PATIENCE = 300.0  # seconds for an answer
_LOOKS = 3  # at each page in the browser
_TICK = os.sysconf("SC_CLK_TCK")
_PAINTED = "() => performance.getEntriesByName('first-contentful-paint').map((one) => one.startTime)"


@dataclass(frozen=True, slots=True)
class Server:
    """`casegraph serve` in a process of its own."""

    base: str
    pid: int

    def spent(self) -> float:
        """Return the processor time that it has used, seconds (Linux)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    def memory(self) -> dict[str, int]:
        """Return how much memory it holds, its share of what it shares, and the most it held; MiB (Linux)."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        found = {
            line.partition(":")[0]: int(line.split()[1]) // 1024 for line in lines if line.startswith("Vm")
        }
        shares = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()
        own = next(int(line.split()[1]) for line in shares if line.startswith("Pss:")) // 1024
        return {"resident_mib": found["VmRSS"], "proportional_mib": own, "peak_mib": found["VmHWM"]}


@contextlib.contextmanager
def served(case: Path) -> Iterator[Server]:
    """Serve a case until the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "casegraph", "serve", str(case), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as server:
        try:
            told = server.stderr.readline().decode() if server.stderr is not None else ""
            if str(port) not in told:  # it says when it listens
                raise CasegraphError(f"the case is not served: {told.strip()}")
            yield Server(f"http://127.0.0.1:{port}", server.pid)
        finally:
            server.terminate()


@dataclass(slots=True)
class Visitor:
    """One who reads: a connection that stays open, the times of all answers, and what went wrong."""

    base: str
    times: dict[str, list[float]] = field(default_factory=dict)  # ms, by kind of page
    sizes: dict[str, int] = field(default_factory=dict)  # bytes of the last answer
    wrong: list[str] = field(default_factory=list)
    _line: http.client.HTTPConnection | None = None

    def get(self, kind: str, path: str) -> bytes:
        """Ask for a page and take its time; what is no page of that kind is noted as wrong."""
        began = time.perf_counter()
        try:
            status, body = self._asked(path)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            status, body = type(error).__name__, b""
        self.times.setdefault(kind, []).append((time.perf_counter() - began) * 1000)
        self.sizes[kind] = len(body)
        if status != http.HTTPStatus.OK:
            self.wrong.append(f"{status} {path}")
        return body

    def _asked(self, path: str) -> tuple[int | str, bytes]:
        if self._line is None:
            self._line = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=_PATIENCE)
            self._line.connect()
        self._line.request("GET", path)
        answer = self._line.getresponse()
        return answer.status, answer.read()

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()
        self._line = None

    def figures(self) -> dict[str, dict[str, float]]:
        """Return the median and the 95th percentile of each kind, ms."""
        return {kind: spread(times) for kind, times in self.times.items()}


def spread(times: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile of some times."""
    high = quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]
    return {"p50": round(median(times), 1), "p95": round(high, 1)}


@contextlib.contextmanager
def reading(base: str, pages: Sequence[tuple[str, str]], count: int) -> Iterator[list[Visitor]]:
    """Have so many visitors read pages, each in an order of its own, until the end."""
    over = threading.Event()
    visitors = [Visitor(base) for _ in range(count)]

    def visit(visitor: Visitor, seed: int) -> None:
        chance = random.Random(seed)
        while not over.is_set():
            visitor.get(*chance.choice(pages))
        visitor.close()

    threads = [
        threading.Thread(target=visit, args=(visitor, seed), daemon=True)
        for seed, visitor in enumerate(visitors)
    ]
    for thread in threads:
        thread.start()
    try:
        yield visitors
    finally:
        over.set()
        for thread in threads:
            thread.join(_PATIENCE)


def painted(base: str, pages: Mapping[str, str]) -> dict[str, float]:
    """Return until when a browser shows the first words of each page, ms: the median of three looks.

    Empty where there is no Chromium or no Playwright (the group `test`).
    """
    found: dict[str, float] = {}
    with chromium() as browser:
        if browser is None:
            return found
        for name, path in pages.items():
            times = []
            for _ in range(_LOOKS):
                context = browser.new_context()  # nothing kept of the look before
                page = context.new_page()
                page.set_default_timeout(_PATIENCE * 1000)
                page.goto(base + path)
                page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
                times += page.evaluate(_PAINTED)
                context.close()
            found[name] = round(median(times))
    return found


@contextlib.contextmanager
def chromium() -> Iterator[Browser | None]:
    """Give a browser without a window; None where there is no Chromium or no Playwright."""
    program = shutil.which("chromium")
    try:
        playwright = importlib.import_module("playwright.sync_api")
    except ModuleNotFoundError:
        program = None
    if program is None:
        yield None
        return
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program)
        try:
            yield browser
        finally:
            browser.close()
