"""What the reading room costs on a large case: search, entities, ledger and all else a reader opens.

The case is made, see `stamped`; the server is the real one, asked over a socket of this machine: by one
visitor, then by a browser, then by two visitors at a time while a build takes further documents in.
"""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

from casegraph.bench.molds import LANGUAGES, SLOTS, Cast, Filling, Language, molds, word
from casegraph.bench.stamped import stamp
from casegraph.bench.visiting import Server, Visitor, painted, reading, served, spread
from casegraph.bench.watch import one_thread
from casegraph.model import Entity
from casegraph.pipeline.case import open_case

ROUNDS = 4
"""Times that each page is asked for; the first time is told apart."""

HUBS, SMALL = 6, 14  # entities that are opened: of those named most, and of all others
FURTHER = 40  # documents that come while others read
MARK = 990_000  # names that only these have
_BUILD = """
import sys
from pathlib import Path
from casegraph.bench.stamped import finish
from casegraph.pipeline.case import open_case
case = open_case(Path(sys.argv[1]))
case.add([sys.argv[2]])
finish(case, int(sys.argv[3]))
"""


class Page(NamedTuple):
    """A page of the reading room that is asked for."""

    kind: str
    path: str


def bench(pages: int, workers: int, seed: int, kept: Path | None = None) -> dict[str, object]:
    """Return the figures of a case of so many pages; `kept` is where it is made or lies already."""
    one_thread()
    with tempfile.TemporaryDirectory(prefix="casegraph-bench-") as scratch, contextlib.ExitStack() as stack:
        folder = kept or Path(scratch) / "case"
        began = time.perf_counter()
        if not (folder / "case.toml").exists():
            stamp(folder, pages, seed, workers, Path(scratch) / "molds")
        made = round(time.perf_counter() - began, 1)
        asked = questions(folder, seed)
        server = stack.enter_context(served(folder))
        return {
            **_holds(folder),
            "made_s": made,
            "pages": _visited(server, asked),
            "first_paint_ms": painted(server.base, _shown(asked)),
            "memory": server.memory(),
            "while_building": _while_building(server, folder, Path(scratch), asked, workers),
            "memory_then": server.memory(),
        }


def _holds(folder: Path) -> dict[str, object]:
    status = open_case(folder).status()
    records = {name: count for stage in status.stages for name, count in stage.records.items()}
    return {
        "documents": status.documents, "claims": records.get("claim", 0),
        "mentions": records.get("mention", 0), "entities": status.entities,
    }  # fmt: skip


def questions(folder: Path, seed: int) -> list[Page]:
    """Return pages that a reader of a case may open, the same for the same seed."""
    case, chance = open_case(folder), random.Random(seed)
    ranked = list(case.entities())
    named = [one for one in ranked if one.schema in {"Company", "Organization", "Person", "LegalEntity"}]
    hubs = named[:HUBS]
    small = chance.sample(named[HUBS:], min(SMALL, len(named) - HUBS))
    documents = [chance.choice(one.documents) for one in small]
    return [
        *(Page("search", "/search?" + urlencode(one)) for one in _searches(hubs, small)),
        Page("home", "/"),
        *(Page("ledger", "/claims" + one) for one in _ledgers(hubs, small)),
        Page("ledger sorted", "/claims?sort=date"),
        Page("ledger grouped", "/claims?group=cluster"),
        Page("ledger sorted", "/claims?kind=payment&sort=origins"),
        Page("ledger sorted", f"/claims?about={quote(hubs[1].id)}&sort=who"),
        *(Page("entity, small", f"/entities/{one.id}") for one in small),
        *(Page("entity, hub", f"/entities/{one.id}") for one in hubs),
        *(Page("reader", f"/documents/{quote(one)}") for one in documents),
        Page("entities", "/entities"),
        Page("entities", "/entities?" + urlencode({"name": small[0].name})),
        Page("review", "/review"),
        Page("review", "/review?kind=ownership"),
        Page("network", "/network"),
        *(Page("network", f"/network?entity={one.id}") for one in (*hubs[:2], *small[:4])),
        Page("timeline", "/timeline"),
        Page("timeline", f"/timeline?entity={hubs[0].id}"),
        Page("timeline", "/timeline?kind=payment&page=3"),
        Page("problems", "/problems"),
        Page("documents", "/documents"),
    ]


def _searches(hubs: Sequence[Entity], small: Sequence[Entity]) -> Iterator[dict[str, str]]:
    """Yield searches in three languages: words, phrases, boolean, near spellings, fields, facets."""
    # Chinese has no near spellings: the search says so.
    near = next((one.name.split()[0] for one in (*small, *hubs) if one.name.isascii()), "marine")
    yield from ({"q": one} for one in ("pumps", "court", "насосы", "директор", "水泵", "出售"))
    yield from ({"q": f'"{one.name}"'} for one in (*hubs[:3], *small[:5]))
    yield from ({"q": one} for one in ('"radar parts"', '"министерство обороны"', '"有限公司"'))
    yield from ({"q": one} for one in (
        "pumps AND cranes", "cranes OR microchips", "court NOT papers", "насосы OR краны", "水泵 OR 起重机",
        "crames~", "microchps~2", "насосв~", f"{near}~", "title:pumps", "outlet:courier",
    ))  # fmt: skip
    yield from (
        {"q": "pumps", "language": "en", "claims": "yes"},
        {"q": "court", "since": "2005-01-01", "until": "2008-12-31"},
        {"q": "директор", "order": "newest"},
        {"q": "出售", "kind": "html", "page": "3"},
        {"q": "cranes", "entity": hubs[0].id},
        {"entity": hubs[1].id},
        {"q": "*", "language": "zh"},
    )


def _ledgers(hubs: Sequence[Entity], small: Sequence[Entity]) -> Iterator[str]:
    yield from (
        "", "?page=40", "?kind=payment", "?stance=denies", "?kind=ownership&page=5",
        f"?about={hubs[0].id}", f"?about={quote(hubs[0].name)}", f"?about={quote(small[0].name)}",
        f"?said_by={quote(small[1].name)}", f"?role=supplier&about={small[2].id}", "?text=radar",
        "?origins=2", "?contradicted=yes", "?review=open",
    )  # fmt: skip


def _visited(server: Server, asked: Sequence[Page]) -> dict[str, object]:
    """Return by kind of page: the first answer after the start, then median and 95th percentile; ms."""
    visitor, found = Visitor(server.base), {}
    for kind in dict.fromkeys(one.kind for one in asked):
        own = [one.path for one in asked if one.kind == kind]
        before = time.perf_counter()
        visitor.get(kind, own[0])
        first = (time.perf_counter() - before) * 1000
        visitor.times[kind] = []
        spent = server.spent()
        for _ in range(ROUNDS):
            for path in own:
                visitor.get(kind, path)
        times = visitor.times[kind]
        slowest = max(zip(times, own * ROUNDS, strict=True))
        best = [min(times[at :: len(own)]) for at in range(len(own))]
        found[kind] = {
            "asked": len(times), "first": round(first, 1), **spread(times), "best_p95": spread(best)["p95"],
            "cpu": round((server.spent() - spent) * 1000 / len(times), 1), "kb": visitor.sizes[kind] // 1000,
            "slowest": slowest[1],
        }  # fmt: skip
        print(json.dumps({kind: found[kind]}, ensure_ascii=False), file=sys.stderr, flush=True)
    visitor.close()
    return found | {"wrong": visitor.wrong}


def _shown(asked: Sequence[Page]) -> dict[str, str]:
    """Return the pages that are opened in a browser, one of each kind."""
    wanted = ("home", "search", "reader", "ledger", "entity, small", "entity, hub", "network", "timeline")
    return {kind: next(one.path for one in asked if one.kind == kind) for kind in wanted}


def _while_building(
    server: Server, folder: Path, scratch: Path, asked: Sequence[Page], workers: int
) -> dict[str, object]:
    """Return what two visitors meet while a build takes further documents in, and whether these are there."""
    files = scratch / "further"
    files.mkdir()
    for number, text in enumerate(further(scratch / "more", workers)):
        (files / f"further-{number:03}.html").write_bytes(text)
    mark = f"/search.json?q={word('en', 'firm', MARK)}"
    seen = Visitor(server.base)
    before = json.loads(seen.get("mark", mark))["result"]["total"]
    seen.close()  # the server hangs up on who says nothing for 20 s
    began = time.perf_counter()
    with reading(server.base, asked, 2) as visitors:
        subprocess.run([sys.executable, "-c", _BUILD, str(folder), str(files), str(workers)], check=True)
        seconds = time.perf_counter() - began
    after = json.loads(seen.get("mark", mark))["result"]["total"]
    home = json.loads(seen.get("home", "/home.json"))
    seen.close()
    times = {kind: [one for visitor in visitors for one in visitor.times.get(kind, ())]
             for kind in dict.fromkeys(one.kind for one in asked)}  # fmt: skip
    return {
        "build_s": round(seconds, 1),
        "documents": home["status"]["documents"],
        "found_before": before,
        "found_after": after,
        "wrong": [one for visitor in (*visitors, seen) for one in visitor.wrong],
        "pages": {kind: {"asked": len(own), **spread(own)} for kind, own in times.items() if own},
    }


def further(scratch: Path, workers: int) -> Iterator[bytes]:
    """Yield pages that the case does not have, about firms of which it has not heard."""
    language: Language = LANGUAGES[0][0]
    (mold,) = molds(scratch, 1, workers, [(language, 1)])
    names = {slot: word(language, slot, MARK) for slot in SLOTS}
    for number in range(FURTHER):
        yield Filling(mold, Cast(names, 2004, 8_000_000 + number), {}).data
