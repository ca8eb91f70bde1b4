"""What it costs to bring the names of a whole case together: time, processor time and memory by its size."""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from casegraph import read, resolve
from casegraph.bench.watch import cost_of, one_thread
from casegraph.model import Original, Pages, Resolved, content_id, make_id
from casegraph.pipeline.chain import Link
from casegraph.store.codec import codec
from casegraph.store.layout import bits_for, prefix_of, prefixes
from casegraph.store.manifest import Unit
from casegraph.store.shelf import Shelf

CHAIN = "casegraph.bench.gathering:chain"
NAMES = 12  # different ones in a document
SAID = (1, 1, 1, 2, 3, 6)  # times that a document has a name
SYLLABLES = "ka ro min tel ves or dan lu bel sor nim gar pe tov hal ix jun wer zo fir".split()
SORTS = ("works", "marine", "logistics", "bank", "foods", "aviation")

GATHER = """
import json, sys
from pathlib import Path
from casegraph.pipeline.engine import EmbeddedEngine
from casegraph.pipeline.entities import entity_shelf
from casegraph.pipeline.gathering import Gathering
from casegraph.pipeline.matches import match_shelf, scored
from casegraph.settings import Settings
from casegraph.store.layout import bits_for, prefixes
from casegraph.bench.gathering import shelf_of
folder, documents, workers = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
with EmbeddedEngine(folder, Settings(workers=workers), "casegraph.bench.gathering:chain") as engine:
    with Gathering(folder / "derived", engine, prefixes(bits_for(documents)), shelf_of(folder)) as gathering:
        shelf, pairs = entity_shelf(folder / "derived"), match_shelf(folder / "derived")
        compared = (0, 0) if pairs.manifest().segments else None
        if compared is None:  # else as after a judgement
            made, _, compared = gathering.match("key-bench", lambda done, total: None)
            pairs.replace(made)
        made, _ = gathering.entities("key-bench", list(scored(pairs)), lambda done, total: None)
        shelf.replace(made)
entities = sum(segment.tables["entity"].rows for segment in shelf.manifest().segments)
print(json.dumps({"entities": entities, "compared": compared[0], "crowded": compared[1]}))
"""


def chain() -> tuple[Link, ...]:
    """Return a chain whose `resolve` has been done already."""
    return Link(read.STAGE, Original), Link(resolve.STAGE, Pages, after="read")


def shelf_of(folder: Path) -> Shelf:
    """Return where the tables of `resolve` lie."""
    return Shelf(folder / "derived", resolve.STAGE.name, resolve.STAGE.version, resolve.STAGE.gives)


def bench(counts: Sequence[int], workers: int, seed: int) -> Iterator[dict[str, object]]:
    """Yield the figures of each count of documents with made-up names."""
    one_thread()
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="casegraph-bench-") as scratch:
            mentions = write(Path(scratch), count, seed)
            cost = cost_of([sys.executable, "-c", GATHER, scratch, str(count), str(workers)])
            yield {
                "documents": count,
                "mentions": mentions,
                **json.loads(cost.output),
                "seconds": round(cost.seconds, 1),
                "cpu_seconds": round(cost.cpu_seconds, 1),
                "peak_mib": round(cost.peak_mib),
            }


def write(folder: Path, documents: int, seed: int) -> int:
    """Write the tables of `resolve` of so many documents; return how many mentions they have."""
    chance = random.Random(seed)
    known = [_name(chance) for _ in range(documents * 3)]
    ids = sorted(content_id(f"{seed} {number}".encode()) for number in range(documents))
    shelf, bits = shelf_of(folder), bits_for(documents)
    by_prefix: dict[str, list[str]] = {prefix: [] for prefix in prefixes(bits)}
    for document in ids:
        by_prefix[prefix_of(document, bits)].append(document)
    mentions = 0
    for prefix, own in by_prefix.items():
        rows = [(document, list(_resolved(document, known, chance))) for document in own]
        mentions += sum(len(found) for _, found in rows)
        keep(shelf, prefix, rows)
    shelf.settle()
    return mentions


def keep(shelf: Shelf, prefix: str, documents: Sequence[tuple[str, list[Resolved]]]) -> None:
    """Write the rows of a bucket's documents as the build does."""
    units, tables = [], []
    for document, rows in documents:
        tables.append((document, pa.Table.from_batches([codec(Resolved).encode(document, rows)])))
        units.append(
            Unit(
                document=document, key="k", upstream="u", settings="", outcome="done",
                weight=tables[-1][1].nbytes, records={"resolved": len(rows)},
            )
        )  # fmt: skip
    if units:
        shelf.commit(add=[shelf.write_part(prefix, units, {Resolved: tables})])


def _name(chance: random.Random) -> tuple[str, str]:
    word = "".join(chance.choices(SYLLABLES, k=3))
    if chance.random() < 0.5:
        return "Person", f"{''.join(chance.choices(SYLLABLES, k=2))} {word}"
    return "Organization", f"{word} {chance.choice(SORTS)}"


def _resolved(document: str, known: Sequence[tuple[str, str]], chance: random.Random) -> Iterator[Resolved]:
    """Yield the names of a document: few of them are in many documents, most in few (Zipf's law)."""
    number = 0
    for _ in range(NAMES):
        group, key = known[int(len(known) ** chance.random()) - 1]
        full = make_id("entity", group, key)
        found: list[tuple[str, str, str, str | None]] = [(group, key, full, None)] * chance.choice(SAID)
        first = key.split(" ")[0]
        if group == "Organization" and chance.random() < 0.3:
            found.append((group, first, make_id("entity", group, first), full))
        elif chance.random() < 0.05:
            found.append(("Thing", key, make_id("entity", "Thing", key), None))
        for own_group, own_key, entity, longer in found:
            number += 1
            yield Resolved(
                mention=make_id("mention", document, number),
                document=document,
                entity=entity,
                schema={"Organization": "Company"}.get(own_group, own_group),
                name=own_key.title(),
                spelling=own_key.title() if number % 7 else own_key.upper(),
                group=own_group,
                key=own_key,
                short_of=longer,
            )
