"""What tracing a whole case costs: time, processor time and memory by its size, and for one document more."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from casegraph import attribute, read, resolve, trace
from casegraph.bench.lineage import document_of
from casegraph.bench.node import node
from casegraph.bench.retold import Told, dumped, loaded, retold
from casegraph.bench.watch import cost_of, one_thread
from casegraph.bench.wires import Wire, articles
from casegraph.model import (
    Attribution,
    Claim,
    Credit,
    Document,
    Fingerprint,
    Imprint,
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
from casegraph.pipeline.cluster import engine_for
from casegraph.pipeline.folder import BETWEEN
from casegraph.pipeline.tracing.conducting import Tracing
from casegraph.pipeline.tracing.steps import Said
from casegraph.pipeline.tracing.tables import Traced, traced
from casegraph.settings import Settings
from casegraph.store.codec import codec
from casegraph.store.layout import bits_for, prefix_of, prefixes
from casegraph.store.manifest import Unit
from casegraph.store.shelf import Shelf

Made = dict[type[Record], list[Record]]

_LAST = "last.msgpack"  # the article that comes last
_UNKNOWN = "und"  # a language that the encoder of meaning does not know
_TRACE = """
import json, sys
from pathlib import Path
from casegraph.bench.tracing import traced_by
print(json.dumps(traced_by(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])))
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


def traced_by(folder: Path, documents: int, workers: int, key: str, engine: str) -> dict[str, object]:
    """Trace a case that lies in a folder, as a build does, and return what came of it."""
    if engine != "ray":
        return trace_case(folder, documents, Settings(workers=workers), key)
    with node(workers) as address:
        return trace_case(folder, documents, Settings(workers=workers, engine="ray", address=address), key)


def trace_case(folder: Path, documents: int, settings: Settings, key: str) -> dict[str, object]:
    """Trace a case that lies in a folder by the engine of the settings."""
    derived = folder / "derived"
    stages = {one.name: Shelf(derived, one.name, one.stage.version, one.keeps) for one in chain()}
    with (
        engine_for(folder, settings, "casegraph.bench.tracing:chain") as engine,
        Tracing(derived, engine, prefixes(bits_for(documents)), stages, Said()) as tracing,
    ):
        found = tracing.run(_silent)
        tracing.settle(found, key)
    tables = traced(derived)
    rows = {
        shelf.stage: sum(table.rows for one in shelf.manifest().segments for name, table in one.tables.items()
                         if name != "unit")
        for shelf in (tables.lineage, tables.corroborations)
    }  # fmt: skip
    return {
        "derivations": rows["lineage"],
        "corroborations": rows["corroborations"],
        "made": found.fresh,
        "crowded": found.crowded,
        "tables": _digest(tables),
    }


def _digest(tables: Traced) -> str:
    """Return a digest of all that was written: the same tables to the byte have the same one."""
    found = hashlib.blake2b(digest_size=8)
    for shelf in tables:
        for segment in shelf.manifest().segments:
            for path in sorted((shelf.folder / segment.name).iterdir()):
                found.update(f"{shelf.stage} {segment.name} {path.name}\n".encode())
                found.update(hashlib.blake2b(path.read_bytes()).digest())
    return found.hexdigest()


class Plan(NamedTuple):
    """What is to be measured."""

    counts: Sequence[int]
    workers: int
    seed: int
    engines: Sequence[str]
    short: bool  # articles of some 90 words
    different: int  # articles that are made; beyond so many they are told again, see `retold`
    kept: Path | None = None  # where made cases are kept, to be measured again without being made


def bench(plan: Plan) -> Iterator[dict[str, object]]:
    """Yield the figures of each count of made articles, traced whole and once more with one further."""
    one_thread()
    for count in plan.counts:
        with tempfile.TemporaryDirectory(prefix="casegraph-bench-") as scratch:
            folder = Path(scratch) / "case"
            last = _made(folder, count, plan)
            figures: dict[str, object] = {"documents": count}
            command = [sys.executable, "-c", _TRACE, str(folder), str(count), str(plan.workers)]
            for engine in plan.engines:
                _forget(folder)
                figures[engine] = _cost([*command, "key-1", engine], folder)
            write(folder, last, count)
            figures["one_more"] = _cost([*command, "key-2", plan.engines[-1]], folder)
            yield figures


def _made(folder: Path, count: int, plan: Plan) -> list[Told]:
    """Put a case of all articles but one into a folder, and return that one."""
    name = f"{count}-{plan.different}-{plan.seed}{'-short' * plan.short}"
    kept = plan.kept / name if plan.kept else folder
    if not (kept / _LAST).exists():
        made = articles(min(count, plan.different), plan.seed, short=plan.short)
        every = retold(list(told(made, plan.workers)), count)
        write(kept, islice(every, count - 1), count)
        (kept / _LAST).write_bytes(dumped(list(every)))
    if kept != folder:
        shutil.copytree(kept, folder)
    return loaded((kept / _LAST).read_bytes())


def _cost(command: Sequence[str], folder: Path) -> dict[str, object]:
    cost = cost_of(list(command))
    return {
        **json.loads(cost.output),
        "seconds": round(cost.seconds, 1),
        "cpu_seconds": round(cost.cpu_seconds, 1),
        "peak_mib": round(cost.peak_mib),
        "kept_mib": round(sum(_size(place) for place in _places(folder)) / (1 << 20)),
    }


def _places(folder: Path) -> list[Path]:
    """Return where all that tracing makes and keeps lies."""
    derived = folder / "derived"
    return [derived / BETWEEN, *(shelf.folder for shelf in traced(derived))]


def _forget(folder: Path) -> None:
    for place in _places(folder):
        shutil.rmtree(place, ignore_errors=True)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def told(made: Iterable[Wire], workers: int = 0) -> Iterator[Told]:
    """Yield articles with what `read` and `trace` make of them, by so many processes beside this one."""
    rest = iter(made)
    with get_context("forkserver").Pool(workers) if workers else nullcontext() as pool:
        while some := list(islice(rest, _HELD)):
            yield from pool.imap(_told, some, chunksize=50) if pool else map(_told, some)


def _told(article: Wire) -> Told:
    parsed = document_of(article, _UNKNOWN)
    found = [one for one in trace.STAGE.run(parsed) if isinstance(one, Fingerprint | Credit | Imprint)]
    return Told(article, parsed, tuple(found))


def write(folder: Path, made: Iterable[Told], count: int) -> None:
    """Write the tables of articles into the buckets of a case of so many documents, beside those there."""
    bits, rest = bits_for(count), iter(made)
    while some := list(islice(rest, _HELD)):
        by_prefix: dict[str, list[tuple[str, Made]]] = {}
        for one in some:
            document = one.parsed.document.id
            by_prefix.setdefault(prefix_of(document, bits), []).append((document, _records(one)))
        _put(folder, by_prefix)


_HELD = 100_000  # articles that are held before they are written: each bucket gets a file a table each time


def _records(one: Told) -> Made:
    found: Made = {Document: [one.parsed.document], Page: list(one.parsed.pages)}
    for record in one.found:
        found.setdefault(type(record), []).append(record)
    claim, names = _claim(one.article, one.parsed)
    return found | {Claim: [claim], Resolved: list(names)}


_STORIES, _PORTS = 3_000_000, 997  # more stories than there are; ports that they share


def _named(number: int) -> str:
    """Return a name of its own for a number below 11 million: figures in a name tell no two apart."""
    letters = []
    for _ in range(5):
        number, letter = divmod(number, 26)
        letters.append(chr(ord("a") + letter))
    return "".join(letters).capitalize() + "ia"


def _claim(article: Wire, parsed: Parsed) -> tuple[Claim, tuple[Resolved, ...]]:
    """Return a claim on the first words of an article, the same in all articles of its story."""
    page, own = parsed.pages[0], parsed.document.id
    target = page.target(0, min(60, len(page.text)))
    names = (
        _named(article.story),
        _named(_STORIES + article.story % _PORTS),
        _named(2 * _STORIES + article.story),
    )
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


def _put(folder: Path, by_prefix: Mapping[str, Sequence[tuple[str, Made]]]) -> None:
    types: dict[str, tuple[type[Record], ...]] = {
        "read": (Document, Page), "attribute": (Claim,), "resolve": (Resolved,),
        "trace": (Fingerprint, Credit, Imprint),
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
