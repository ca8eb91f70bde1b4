"""What a network of thousands costs: to be made from claims, to be asked, and to be drawn in a browser."""

from __future__ import annotations

import itertools
import random
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import quantiles
from typing import TypeVar

from casegraph.bench.drawing import drawn
from casegraph.bench.watch import one_thread
from casegraph.pipeline.case import Case, init_case, open_case

_Given = TypeVar("_Given")

_ROWS = 500  # of a made register
_TIES = 2  # payments for each firm
_ASKED = 200  # questions of a kind
_MOST = 5000  # entities that a page draws
_SYLLABLES = ["".join(pair) for pair in itertools.product("bdfgklmnprstvz", "aeiou")]


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
        return {"build_s": built, **of_case(open_case(folder / "case"), seed)}


def of_case(case: Case, seed: int) -> dict[str, object]:
    """Return the figures of a case that is built."""
    return {**asked(case, seed), **drawn(case, _MOST)}


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
