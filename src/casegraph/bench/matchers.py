"""Our matcher of names beside nomenklatura's logic-v2, on the same pairs in the same run."""

from __future__ import annotations

import hashlib
import json
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from casegraph.bench.name_pairs import NamePair, part, rates, shared_pairs
from casegraph.bench.watch import one_thread
from casegraph.resolve.matching.score import names_score

THRESHOLD = 0.7
"""At which both matchers say that two names are one bearer's (the default of nomenklatura's)."""

MOST = 500  # pairs of one bearer's names for each two scripts, and as many of two bearers'

NOMENKLATURA = """
import itertools, json, sys, time
from followthemoney import model
from nomenklatura.matching import get_algorithm
algorithm = get_algorithm("logic-v2")
config = algorithm.default_config()
pairs = json.load(sys.stdin)
ids = itertools.count()  # it remembers what it knows of an id
def entity(schema, name):
    return model.get_proxy({"id": f"e{next(ids)}", "schema": schema, "properties": {"name": [name]}})
def score(pair):
    return algorithm.compare(entity(pair[0], pair[1]), entity(pair[0], pair[2]), config).score
score(["Person", "Anna Kern", "Anna Kern"])
score(["Organization", "Orlan Works", "Orlan Works"])
began = time.process_time()
scores = [score(pair) for pair in pairs]
print(json.dumps([time.process_time() - began, scores]))
"""


def bench(data: Path, python: Path | None, *, held_out: bool) -> Iterator[dict[str, object]]:
    """Yield the figures of each matcher on each set of one half of other people's names in `data`.

    `python` has nomenklatura installed; without it only our own figures come.
    """
    one_thread()
    names_score("Anna Kern", "Анна Керн", "Person")  # dictionaries are loaded before the clock runs
    names_score("Orlan Works", "奥兰", "Organization")
    sets = {
        "name-pairs": shared_pairs(data, held_out=held_out),
        "cyrillic-latin": list(_across(data / "wd_russian_16", held_out=held_out)),
        "han-latin": list(_across(data / "wd_chinese_16", held_out=held_out)),
    }
    for name, pairs in sets.items():
        began = time.process_time()
        scores = [names_score(pair.one, pair.other, pair.group)[0] for pair in pairs]
        yield _figures("casegraph", name, pairs, scores, time.process_time() - began)
        if python is not None:
            asked = json.dumps([(_schema(pair.group), pair.one, pair.other) for pair in pairs])
            command = [str(python), "-W", "ignore", "-c", NOMENKLATURA]
            done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
            seconds, scores = json.loads(done.stdout.splitlines()[-1])
            yield _figures("nomenklatura logic-v2", name, pairs, scores, seconds)


def _schema(group: str) -> str:
    return group if group in {"Person", "Organization", "Vessel", "Airplane"} else "LegalEntity"


def _across(path: Path, *, held_out: bool) -> Iterator[NamePair]:
    """Yield each name of one half with its own form in the other script, and with another name's."""
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [(line[0], line[1].replace(" ", "")) for line in lines if part(line[0]) == int(held_out)]
    rows = sorted(rows, key=lambda row: hashlib.sha256("|".join(row).encode()).digest())[:MOST]
    for (latin, other), (_, wrong) in zip(rows, [*rows[1:], rows[0]], strict=True):
        yield NamePair("Person", latin, other, same=True)
        yield NamePair("Person", latin, wrong, same=False)


def _figures(
    matcher: str, name: str, pairs: Sequence[NamePair], scores: Iterable[float], seconds: float
) -> dict[str, object]:
    found = rates(zip(scores, (pair.same for pair in pairs), strict=True), THRESHOLD)
    return {
        "set": name,
        "matcher": matcher,
        "pairs": len(pairs),
        **{figure: round(value, 3) for figure, value in found.items()},
        "pairs_a_cpu_second": round(len(pairs) / seconds),
    }
