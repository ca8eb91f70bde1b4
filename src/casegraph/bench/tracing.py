"""What tracing a whole case costs: time, processor time and memory by its size, and for one document more."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from casegraph import attribute, read, resolve, trace
from casegraph.bench.lineage import document_of
from casegraph.bench.watch import cost_of, one_thread
from casegraph.bench.wires import Wire, articles
from casegraph.model import (
    Attribution,
    Claim,
    Credit,
    Document,
    Fingerprint,
    MadeBy,
    Original,
    Page,
    Parsed,
    Party,
    Record,
    Resolved,
    make_id,
)
from casegraph.pipeline.chain import Link
from casegraph.pipeline.engine import EmbeddedEngine
from casegraph.pipeline.tracing.conducting import Tracing
from casegraph.pipeline.tracing.steps import Said
from casegraph.pipeline.tracing.tables import traced
from casegraph.settings import Settings
from casegraph.store.codec import codec
from casegraph.store.layout import bits_for, prefix_of, prefixes
from casegraph.store.manifest import Unit
from casegraph.store.shelf import Shelf

_UNKNOWN = "und"  # a language that the encoder of meaning does not know
_TRACE = """
import json, sys
from pathlib import Path
from casegraph.bench.tracing import traced_by
print(json.dumps(traced_by(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])))
"""


def chain() -> tuple[Link, ...]:
    """Return a chain whose stages have been done already: workers load nothing for them."""
    stages = (read.STAGE, attribute.STAGE, resolve.STAGE, trace.STAGE)
    first, *others = (replace(stage, prepare=_nothing) for stage in stages)
    return (Link(first, Original), *(Link(one, Parsed, after="read") for one in others))


def _silent(_done: int, _total: int) -> None:
    """Show nothing."""


def _nothing() -> None:
    """Load nothing."""


def traced_by(folder: Path, documents: int, workers: int, key: str) -> dict[str, int]:
    """Trace a case that lies in a folder, as a build does, and return what came of it."""
    derived = folder / "derived"
    with EmbeddedEngine(folder, Settings(workers=workers), "casegraph.bench.tracing:chain") as engine:
        with Tracing(derived, engine, prefixes(bits_for(documents)), Said(), key) as tracing:
            found = tracing.run(_silent)
        shelves = traced(derived)
        for shelf in shelves:
            shelf.replace(found.made.get(shelf.stage, []))
    rows = {
        shelf.stage: sum(table.rows for one in shelf.manifest().segments for name, table in one.tables.items()
                         if name != "unit")
        for shelf in (shelves.lineage, shelves.corroborations)
    }  # fmt: skip
    return {"derivations": rows["lineage"], "corroborations": rows["corroborations"], "made": found.fresh,
            "crowded": found.crowded}  # fmt: skip


def bench(counts: Sequence[int], workers: int, seed: int) -> Iterator[dict[str, object]]:
    """Yield the figures of each count of made articles, traced whole and once more with one further."""
    one_thread()
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="casegraph-bench-") as scratch:
            folder = Path(scratch)
            *most, last = articles(count, seed)
            figures: dict[str, object] = {"documents": count}
            for name, key, further in (("whole", "key-1", most), ("one_more", "key-2", [last])):
                write(folder, further, count)
                cost = cost_of([sys.executable, "-c", _TRACE, scratch, str(count), str(workers), key])
                figures[name] = {
                    **json.loads(cost.output),
                    "seconds": round(cost.seconds, 1),
                    "cpu_seconds": round(cost.cpu_seconds, 1),
                    "peak_mib": round(cost.peak_mib),
                }
            yield figures


def write(folder: Path, made: Iterable[Wire], count: int) -> None:
    """Write the tables of articles into the buckets of a case of so many documents, beside those there."""
    bits = bits_for(count)
    by_prefix: dict[str, list[tuple[str, dict[type[Record], list[Record]]]]] = {}
    held = 0
    for article in made:
        parsed = document_of(article, _UNKNOWN)
        document = parsed.document.id
        by_prefix.setdefault(prefix_of(document, bits), []).append((document, _records(article, parsed)))
        held += 1
        if held == _HELD:
            _put(folder, by_prefix)
            by_prefix, held = {}, 0
    _put(folder, by_prefix)


_HELD = 20_000  # articles that are held before they are written


def _records(article: Wire, parsed: Parsed) -> dict[type[Record], list[Record]]:
    found: dict[type[Record], list[Record]] = {Document: [parsed.document], Page: list(parsed.pages)}
    for one in trace.STAGE.run(parsed):
        found.setdefault(type(one), []).append(one)
    claim, names = _claim(article, parsed)
    return found | {Claim: [claim], Resolved: list(names)}


def _claim(article: Wire, parsed: Parsed) -> tuple[Claim, tuple[Resolved, ...]]:
    """Return a claim on the first words of an article, the same in all articles of its story."""
    page, own = parsed.pages[0], parsed.document.id
    target = page.target(0, min(60, len(page.text)))
    names = (f"Works {article.story}", f"Port {article.story % 997}", f"Witness {article.story}")
    rows = tuple(
        Resolved(
            mention=make_id("mention", own, name), document=own,
            entity=make_id("entity", "Organization", name),
            schema="Company", name=name, key=name,
        )
        for name in names
    )  # fmt: skip
    supplier, recipient, speaker = (
        Party(name=row.name, target=target, schema=row.schema, mention=row.mention) for row in rows
    )
    claim = Claim(
        id=make_id("claim", own), document=own, kind="delivery", stance="asserts",
        roles={"supplier": supplier, "recipient": recipient, "goods": None},
        attribution=(Attribution(role="origin", speaker=speaker.name, mention=speaker.mention, cue="said"),),
        content_target=target, evidence=(target,), made_by=MadeBy(extractor="bench", version=1, score=1.0),
    )  # fmt: skip
    return claim, rows


def _put(folder: Path, by_prefix: dict[str, list[tuple[str, dict[type[Record], list[Record]]]]]) -> None:
    types: dict[str, tuple[type[Record], ...]] = {
        "read": (Document, Page), "attribute": (Claim,), "resolve": (Resolved,),
        "trace": (Fingerprint, Credit),
    }  # fmt: skip
    for link in chain():
        shelf = Shelf(folder / "derived", link.name, link.stage.version, link.keeps)
        for prefix, documents in sorted(by_prefix.items()):
            units = []
            tables: dict[type[Record], list[tuple[str, pa.Table]]] = {}
            for document, records in sorted(documents, key=lambda one: one[0]):
                for type_ in types[link.name]:
                    if records.get(type_):
                        table = pa.Table.from_batches([codec(type_).encode(document, records[type_])])
                        tables.setdefault(type_, []).append((document, table))
                units.append(
                    Unit(document=document, key=f"key-{document}", upstream="", settings="", outcome="done",
                         weight=1 << 14, records={})
                )  # fmt: skip
            shelf.commit(add=[shelf.write_part(prefix, units, tables)])
        shelf.settle()
