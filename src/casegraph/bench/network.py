"""What a network of thousands costs: to be made from claims, to be asked, and to be drawn in a browser."""

from __future__ import annotations

import contextlib
import importlib
import itertools
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any, TypeVar

from casegraph.bench.watch import one_thread
from casegraph.pipeline.case import Case, init_case, open_case

_Given = TypeVar("_Given")

_ROWS = 500  # of a made register
_TIES = 2  # payments for each firm
_ASKED = 200  # questions of a kind
_MOST = 5000  # entities that a page draws
_PATIENCE = 300_000  # ms for a page to be drawn
_PANNED = 60  # moves of the mouse with the drawing in hand
_SYLLABLES = ["".join(pair) for pair in itertools.product("bdfgklmnprstvz", "aeiou")]
_FRAMES = """
() => {
  window.frames_ = [];
  let last = performance.now();
  const tell = (now) => {
    window.frames_.push(now - last);
    last = now;
    requestAnimationFrame(tell);
  };
  requestAnimationFrame(tell);
}
"""
_PORTS = (20_000, 50_000)


def bench(entities: int, workers: int, seed: int) -> dict[str, object]:
    """Return the figures of a made case in which so many firms pay each other."""
    one_thread()
    with tempfile.TemporaryDirectory(prefix="casegraph-bench-") as scratch:
        folder = Path(scratch)
        registers(folder / "files", entities, seed)
        case = init_case(folder / "case", name="made")
        case.add([folder / "files"])
        began = time.perf_counter()
        case.build(workers=workers)
        built = round(time.perf_counter() - began, 1)
        return {"build_s": built, **asked(open_case(folder / "case"), seed), **drawn(folder / "case")}


def registers(folder: Path, entities: int, seed: int) -> None:
    """Write registers of payments; who pays often is chosen more often, as in the networks that are."""
    rolled = random.Random(seed)
    names = rolled.sample(list(itertools.product(_SYLLABLES, repeat=3)), entities)
    firms = [f"{''.join(name).capitalize()} Trading LLC" for name in names]
    known = [firms[0]]
    rows: list[str] = []
    for number in range(entities * _TIES):
        one = firms[number % entities]
        other = rolled.choice(known)
        known += [one, other] if one != other else [one]
        if one != other:
            day = f"2024-{rolled.randrange(12) + 1:02}-{rolled.randrange(28) + 1:02}"
            rows.append(f"{day},{one},{other},{rolled.randrange(1, 900)}000,USD\n")
    folder.mkdir()
    for number, start in enumerate(range(0, len(rows), _ROWS)):
        body = "".join(rows[start : start + _ROWS])
        (folder / f"register-{number:03}.csv").write_text("Date,Payer,Beneficiary,Amount,Currency\n" + body)


def asked(case: Case, seed: int) -> dict[str, object]:
    """Return what the network holds, how long it is in the making, and how long answers take."""
    began = time.perf_counter()
    whole = case.network(most=_MOST)
    made = time.perf_counter() - began
    rolled = random.Random(seed)
    ids = [node.id for node in whole.nodes]
    pairs = [rolled.sample(ids, 2) for _ in range(_ASKED)]
    return {
        "entities": len(whole.nodes) + whole.left_out,
        "ties": len(whole.ties),
        "first_look_s": round(made, 2),
        "whole_ms": _p95(lambda _: case.network(most=_MOST), range(10)),
        "around_ms": _p95(lambda pair: case.network(pair[:1], hops=2, most=300), pairs),
        "ways_ms": _p95(lambda pair: case.paths(*pair), pairs),
    }


def _p95(run: Callable[[_Given], object], given: Iterable[_Given]) -> float:
    times = []
    for one in given:
        began = time.perf_counter()
        run(one)
        times.append((time.perf_counter() - began) * 1000)
    return round(quantiles(times, n=20)[-1], 1)


def drawn(case: Path) -> dict[str, object]:
    """Return how a browser draws the network: until it shows, until it is in place, frames while it is moved.

    Empty where there is no Chromium or no Playwright (the group `test`).
    """
    chromium = shutil.which("chromium")
    try:
        playwright = importlib.import_module("playwright.sync_api")
    except ModuleNotFoundError:
        return {}
    if chromium is None:
        return {}
    with _served(case) as base, playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(_PATIENCE)
        began = time.perf_counter()
        page.goto(f"{base}/network?limit={_MOST}")
        page.locator("#drawing:not([hidden]) canvas").first.wait_for()
        shown = time.perf_counter() - began
        page.locator("#drawing[data-done]").wait_for()
        placed = time.perf_counter() - began
        frames = _moved(page)
        browser.close()
    return {
        "shown_s": round(shown, 1),
        "placed_s": round(placed, 1),
        "frame_ms": round(median(frames), 1),
        "frame_p95_ms": round(quantiles(frames, n=20)[-1], 1),
    }


def _moved(page: Any) -> list[float]:  # noqa: ANN401 - of Playwright, which only tests install
    """Return the lengths of frames, ms, while the drawing is dragged about."""
    canvas = page.locator("#canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    x, y = box["x"] + 30, box["y"] + 30
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(_FRAMES)
    for step in range(_PANNED):
        page.mouse.move(x + 5 * step, y + 3 * step)
    page.mouse.up()
    found: list[float] = page.evaluate("() => window.frames_")
    return found


@contextlib.contextmanager
def _served(case: Path) -> Iterator[str]:
    """Serve a case in a process of its own, and give its address."""
    port = random.randrange(*_PORTS)
    command = [sys.executable, "-m", "casegraph", "serve", str(case), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as server:
        try:
            if server.stderr is not None:
                server.stderr.readline()  # it says when it listens
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
