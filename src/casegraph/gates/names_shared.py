"""Names on other people's data: `casegraph gate names-shared`."""

from __future__ import annotations

import csv
import hashlib
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from casegraph.bench.name_pairs import part, rates, scored, shared_pairs
from casegraph.errors import MissingPartError
from casegraph.gates.resolve import PROPOSED, named
from casegraph.gates.truthsets import truthset
from casegraph.resolve.matching.blocking import Index
from casegraph.resolve.matching.score import names_score

POOL = 1000  # names to choose from, and as many queries
NEAR = 20  # names that the index proposes
ALIASES = 500  # queries of each kind


def gate(folder: Path, *, held_out: bool = False) -> dict[str, float]:
    """Return the figures over one half of each set; MissingPartError where the data are not there."""
    data = folder.resolve().parents[2] / "shared" / "data"
    if not (data / "names").is_dir():
        raise MissingPartError("other people's data are not in ../shared/data/names")
    return (
        _pairs(data / "names", held_out=held_out)
        | _listed(data / "names" / "cross_script_pairs.csv")
        | _across(data / "names" / "wd_russian_16", "cyrillic-latin", held_out=held_out)
        | _across(data / "names" / "wd_chinese_16", "han-latin", held_out=held_out)
        | _aliases(data / "lists" / "ofac", held_out=held_out)
        | truthset(data / "resolution" / "truthsets" / "demo", held_out=held_out)
    )


def _pairs(data: Path, *, held_out: bool) -> dict[str, float]:
    pairs = shared_pairs(data, held_out=held_out)
    began = time.process_time()
    scores = scored(pairs)
    spent = time.process_time() - began
    return named("name-pairs", rates(scores, PROPOSED)) | {"name-pairs.a-second": len(pairs) / spent}


def _listed(path: Path) -> dict[str, float]:
    """Return the share of the listed pairs of many scripts that reach .70; all of them are one bearer's."""
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [row for row in rows if len(row) >= 4 and not row[0].startswith("#")]
    right = sum(names_score(row[0], row[1], "Person")[0] >= PROPOSED for row in pairs)
    return {"cross-script-pairs.recall": right / len(pairs)}


def _across(path: Path, name: str, *, held_out: bool) -> dict[str, float]:
    """Return how often the best of `POOL` Latin names is the right one, at all and at .95 precision."""
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [(line[0], line[1].replace(" ", "")) for line in lines if part(line[0]) == int(held_out)]
    rows = by_hash(rows)[:POOL]
    pool = sorted({latin for latin, _ in rows})
    index = Index([(latin, "Person") for latin in pool])
    best: list[tuple[float, bool]] = []
    proposed = 0
    for latin, other in rows:
        near = [pool[place] for place, _ in index.nearest(other, "Person", NEAR)]
        proposed += latin in near
        ranked = sorted(((names_score(other, one, "Person")[0], one) for one in near), reverse=True)
        best += [(score, one == latin) for score, one in ranked[:1]]
    right = [is_right for score, is_right in best if score >= PROPOSED]
    return {
        f"{name}.proposed": proposed / len(rows),
        f"{name}.first.recall": sum(is_right for _, is_right in best) / len(rows),
        f"{name}.at-95-precision.recall": _recall_at(best, 0.95) / len(rows),
        f"{name}.precision": sum(right) / max(1, len(right)),
        f"{name}.recall": sum(right) / len(rows),
    }


def by_hash(rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return rows in an order that nobody chose."""
    return sorted(rows, key=lambda row: hashlib.sha256("|".join(row).encode()).digest())


def _recall_at(best: Sequence[tuple[float, bool]], precision: float) -> int:
    """Return the most right answers that a threshold gives with this precision."""
    right = most = 0
    for count, (_, is_right) in enumerate(sorted(best, reverse=True), 1):
        right += is_right
        if right >= precision * count:
            most = right
    return most


def _aliases(folder: Path, *, held_out: bool) -> dict[str, float]:
    """Return how often the index has a listed party among its first ten for one of its aliases (OFAC)."""
    with (folder / "sdn.csv").open(encoding="utf-8", newline="", errors="replace") as lines:
        listed = [row for row in csv.reader(lines) if len(row) > 2]
    with (folder / "alt.csv").open(encoding="utf-8", newline="", errors="replace") as lines:
        aliases = [(row[0], row[3]) for row in csv.reader(lines) if len(row) > 3]
    found: dict[str, float] = {}
    for name, group in (("person", "Person"), ("organisation", "Organization")):
        own = [row for row in listed if (row[2].strip() == "individual") == (name == "person")]
        own = [row for row in own if row[2].strip() in {"individual", "-0-"}]
        place = {row[0]: number for number, row in enumerate(own)}
        index = Index([(row[1], group) for row in own])
        queries = [row for row in aliases if row[0] in place and part("|".join(row)) == int(held_out)]
        queries = by_hash(queries)[:ALIASES]
        near = [[at for at, _ in index.nearest(alias, group, 10)] for _, alias in queries]
        hits = sum(place[number] in ranked for (number, _), ranked in zip(queries, near, strict=True))
        found[f"ofac.{name}.at-10"] = hits / len(queries)
    return found
