"""What a browser needs to draw a network of thousands, and to move about in it."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median, quantiles
from typing import Any, TypeAlias

from casegraph.bench.visiting import chromium, served
from casegraph.pipeline.case import Case

# Of Playwright, which only tests install: the program must not import it, not even for its types.
BrowserContext: TypeAlias = Any
CDPSession: TypeAlias = Any
Page: TypeAlias = Any

_PATIENCE = 300_000  # ms for a page to be drawn
_MOVES = 60  # of the mouse with something in hand, or of its wheel
_PAUSE = 10  # ms between two of them: a hand is no faster
_EAR = """
window.blocks_ = [];
window.frames_ = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.blocks_.push(duration);
}).observe({ type: "longtask", buffered: true });
window.pictures_ = [];
window.Worker = class extends Worker {
  postMessage(told, ...rest) {
    if (told.does === "paint") this.asked_ = performance.now();
    super.postMessage(told, ...rest);
  }
  set onmessage(heard) {
    super.onmessage = (event) => {
      if (event.data.bitmap) window.pictures_.push(performance.now() - this.asked_);
      heard(event);
    };
  }
};
let last = 0;
const tell = (now) => {
  window.frames_.push(now - last);
  last = now;
  requestAnimationFrame(tell);
};
requestAnimationFrame(tell);
"""
_MARKS = (
    "() => Object.fromEntries(performance.getEntriesByType('mark').map((one) => [one.name, one.startTime]))"
)
_ANSWERED = "() => performance.getEntriesByType('navigation')[0].responseStart"
_MOST_TIED = (
    "() => fetch(`/network/sheet${location.search}`).then((a) => a.json()).then((a) => a.nodes.name[0])"
)


def drawn(case: Case, most: int) -> dict[str, object]:
    """Return what drawing `most` entities of a case costs a browser, as a reader sees it; times in s or ms.

    `cold`: the first page that a server is asked for; `kept`: one whose places the browser remembers. A block
    is a task of the page's main thread of more than 50 ms; `blocked_ms` is their sum. `frame`: from one frame
    of that thread to the next; `picture`: from asking the worker for a picture until it is there: so long
    names and widths of lines may lag behind the hand. Empty where there is no Chromium or no Playwright (the
    group `test`).
    """
    with served(case.folder) as server, chromium() as browser:
        if browser is None:
            return {}
        where = f"{server.base}/network?limit={most}"
        cold, _ = _opened(browser.new_context(), where)
        context = browser.new_context()
        warm, page = _opened(context, where)
        moved = {name: _moved(page, act) for name, act in (("pan", _pan), ("zoom", _zoom), ("drag", _drag))}
        kept, _ = _opened(context, where)
        return {"version": browser.version, "cold": cold, "warm": warm, **moved, "kept": kept}


def _opened(context: BrowserContext, where: str) -> tuple[dict[str, object], Page]:
    """Return what a page costs until its layout stands still, and the page."""
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.set_default_timeout(_PATIENCE)
    page.add_init_script(_EAR)
    weight: list[int] = []
    tools = context.new_cdp_session(page)
    tools.on("Network.loadingFinished", lambda one: weight.append(one["encodedDataLength"]))
    for domain in ("Performance", "Network"):
        tools.send(f"{domain}.enable")
    page.goto(where, wait_until="commit")
    page.locator("#drawing[data-done] #state[data-drawn]").wait_for(state="attached")
    marks, blocks = page.evaluate(_MARKS), page.evaluate("() => window.blocks_")
    cost = _spent(tools)
    found = {
        "answered_s": round(page.evaluate(_ANSWERED) / 1000, 2),
        "drawn_s": round(marks["network-drawn"] / 1000, 2),
        "placed_s": round(marks["network-placed"] / 1000, 2),
        "longest_block_ms": round(max(blocks, default=0)),
        "blocked_ms": round(sum(blocks)),
        "main_thread_s": round(cost["ThreadTime"], 2),
        "all_threads_s": round(cost["ProcessTime"], 2),
        "weight_kb": round(sum(weight) / 1000),
    }
    return found, page


def _spent(tools: CDPSession) -> dict[str, float]:
    """Return what the page has cost: processor time in seconds, and more."""
    return {one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]}


def _moved(page: Page, act: Callable[[Page, float, float], None]) -> dict[str, object]:
    """Return the frames while a user does something in the middle of the drawing."""
    page.get_by_role("button", name="Whole").click()
    if act is _drag:  # of all that could be in the hand, what has the most ties
        page.get_by_label("Find").fill(page.evaluate(_MOST_TIED))
        page.keyboard.press("Enter")
        page.locator("#panel h2").wait_for()
    canvas = page.locator("#canvas")
    canvas.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = canvas.bounding_box()
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable")
    page.evaluate("() => { for (const all of [frames_, blocks_, pictures_]) all.length = 0; }")
    before = _spent(tools)
    act(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    after = _spent(tools)
    frames, blocks, pictures = page.evaluate("() => [frames_.slice(1), blocks_, pictures_]")
    return {
        "frame_p50_ms": round(median(frames), 1),
        "frame_p95_ms": round(quantiles(frames, n=20)[-1], 1),
        "main_thread_ms": round((after["ThreadTime"] - before["ThreadTime"]) * 1000 / len(frames), 1),
        "longest_block_ms": round(max(blocks, default=0)),
        "blocked_ms": round(sum(blocks)),
        "picture_p50_ms": round(median(pictures)) if pictures else None,
        "picture_p95_ms": round(quantiles(pictures, n=20)[-1]) if len(pictures) > 1 else None,
    }


def _pan(page: Page, x: float, y: float) -> None:
    y -= 250  # where no node is
    page.mouse.move(x - 400, y)
    _pull(page, x - 400, y)


def _drag(page: Page, x: float, y: float) -> None:
    page.mouse.move(x, y)
    _pull(page, x, y)


def _pull(page: Page, x: float, y: float) -> None:
    page.mouse.down()
    for step in range(_MOVES):
        page.mouse.move(x + 4 * step, y + 2 * step)
        page.wait_for_timeout(_PAUSE)
    page.mouse.up()


def _zoom(page: Page, x: float, y: float) -> None:
    page.mouse.move(x, y)
    for step in range(_MOVES):
        page.mouse.wheel(0, -60 if step < _MOVES / 2 else 60)
        page.wait_for_timeout(_PAUSE)
