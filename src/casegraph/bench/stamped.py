"""A case of any number of made pages whose tables are written, not found: a whole build would take days.

A few pages of each language are built by all real stages (see `molds`); every page of the case is one of
these, told of other people and firms, with the records that the stages gave, under ids of its own. They are
written as a build writes them: same tables, segments, units and keys, so that a build finds nothing stale.
Entities, pairs of names and the search index are then made by a build. Who copied whom is written as it was
made up: tracing anew would take longer than all else.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, TypeVar
from unittest.mock import patch

import msgspec
import pyarrow as pa

from casegraph.bench.molds import (
    FIRST_YEAR,
    LANGUAGES,
    LAST_YEAR,
    SLOTS,
    Cast,
    Filling,
    Language,
    Mold,
    molds,
    word,
)
from casegraph.model import (
    Addition,
    Claim,
    Corroboration,
    Derivation,
    Record,
    TableMapping,
    make_id,
)
from casegraph.pipeline.case import Case, init_case, open_case
from casegraph.pipeline.chain import DEFAULT, Link, default_chain, keys
from casegraph.pipeline.entities import unit_of
from casegraph.pipeline.folder import DERIVED, JOURNAL
from casegraph.pipeline.mapped import mapping_lock, with_mappings
from casegraph.pipeline.matches import whole_case
from casegraph.pipeline.named import Named, named
from casegraph.pipeline.places import originals_of
from casegraph.pipeline.plan import freshened, lay_ground
from casegraph.pipeline.tasks import Key
from casegraph.pipeline.tracing.tables import place_of, traced
from casegraph.pipeline.tracing.weighed import backed_by
from casegraph.pipeline.whole import Whole
from casegraph.store.codec import codec
from casegraph.store.journal import Journal
from casegraph.store.layout import bits_for, prefix_of, prefixes
from casegraph.store.manifest import Segment, Unit
from casegraph.store.segment import segment_name, write_segment
from casegraph.store.shelf import Shelf

Task = TypeVar("Task")
Result = TypeVar("Result")

ALONE = 0.8  # share of stories that one outlet tells
MOST_COPIES = 8
SKEW = 2.5  # the larger, the more pages name the few that most name
POOLS = {"person": 0.2, "second": 0.2, "firm": 0.1, "buyer": 0.1, "bank": 0.1, "place": 0.02, "outlet": 0.001}
"""Different names for each page of a language."""

LEAST = 5  # names of a pool
ADDED = "2026-01-01T00:00:00Z"


class Planned(NamedTuple):
    """One page of the case: by which mold it is made, and of whom it tells."""

    document: str
    mold: int
    cast: Cast
    story: int


def stamp(folder: Path, pages: int, seed: int, workers: int, scratch: Path) -> Case:
    """Make a case of so many pages in a folder; `scratch` takes the case of the molds."""
    made = molds(scratch, seed, workers, shares(pages))
    init_case(folder, name=f"{pages:,} made pages")
    case = open_case(folder)
    plan = _planned(case, made, pages, seed)
    _write(case, made, plan, workers)
    finish(case, workers)
    _trace(case.folder, made, plan, workers)
    return case


def shares(pages: int) -> list[tuple[Language, int]]:
    """Return how many molds there are of each language: fewer where the case is small."""
    return [(language, max(1, min(count, count * pages // 600))) for language, count in LANGUAGES]


def finish(case: Case, workers: int) -> None:
    """Build a case, lineage and corroboration apart: those of a stamped one are not to be made anew."""
    with patch.object(Whole, "_trace", lambda _: None):
        case.build(workers=workers)


def _planned(case: Case, made: Sequence[Mold], pages: int, seed: int) -> list[Planned]:
    """Make up the pages, and put their bytes into the case."""
    chance = random.Random(seed)
    originals = originals_of(case.folder, case.settings)
    found: list[Planned] = []
    known: dict[tuple[str, str], str] = {}
    additions: list[Addition] = []
    story = 0
    while len(found) < pages:
        at = chance.randrange(len(made))
        mold = made[at]
        share = sum(one.language == mold.language for one in made) / len(made)
        names = {slot: _picked(chance, mold.language, slot, pages * share) for slot in SLOTS}
        year = chance.randint(FIRST_YEAR, LAST_YEAR)
        copies = 1 if chance.random() < ALONE else chance.randint(2, MOST_COPIES)
        for _ in range(min(copies, pages - len(found))):
            outlet = _picked(chance, mold.language, "outlet", pages * share)
            cast = Cast(names | {"outlet": outlet}, year, len(found))
            page = Filling(mold, cast, known)
            name = f"{mold.language}/{len(found) // 1000:03}/{len(found):07}.html"
            originals.put(page.document, page.data)
            additions.append(
                Addition(document=page.document, name=name, size=len(page.data), modified=ADDED, added=ADDED,
                         pen_name=None)
            )  # fmt: skip
            found.append(Planned(page.document, at, cast, story))
        story += 1
    Journal(case.folder / JOURNAL).add(additions)
    return found


def _picked(chance: random.Random, language: Language, slot: str, pages: float) -> str:
    """Return a name: few are on many pages, most on few."""
    pool = max(LEAST, int(pages * POOLS[slot]))
    return word(language, slot, 5000 + int(pool * chance.random() ** SKEW))


class Bucket(NamedTuple):
    """What a process needs to write the tables of a bucket."""

    derived: Path
    prefix: str
    pages: list[Planned]
    keys: dict[str, dict[str, Key]]  # by document and stage


def _write(case: Case, made: Sequence[Mold], plan: Sequence[Planned], workers: int) -> None:
    ground = freshened(lay_ground(case.folder, case.settings, DEFAULT))
    bits = bits_for(len(plan))
    by_prefix: dict[str, list[Planned]] = {prefix: [] for prefix in prefixes(bits)}
    for one in plan:
        by_prefix[prefix_of(one.document, bits)].append(one)
    held = {one.document: one for one in ground.holdings.held()}
    lock = mapping_lock(ground.mappings, frozenset())

    def wanted(document: str) -> dict[str, Key]:
        own = keys(ground.chain, ground.digests, held[document])
        return {
            link.name: with_mappings(own[link.name], lock)
            if TableMapping in link.stage.gives
            else own[link.name]
            for link in ground.chain
        }

    tasks = (
        Bucket(ground.derived, prefix, sorted(own), {one.document: wanted(one.document) for one in own})
        for prefix, own in by_prefix.items()
        if own
    )
    written: dict[str, list[Segment]] = {link.name: [] for link in ground.chain}
    for segments in _mapped(_bucket, made, tasks, workers):
        for stage, segment in segments.items():
            written[stage].append(segment)
    for link in ground.chain:
        ground.shelves[link.name].commit(add=written[link.name])
        ground.shelves[link.name].settle()


_MOLDS: list[Mold] = []
_KNOWN: dict[tuple[str, str], str] = {}


def _begin(made: list[Mold]) -> None:
    _MOLDS[:] = made


def _mapped(
    do: Callable[[Task], Result], made: Sequence[Mold], tasks: Iterable[Task], workers: int
) -> Iterator[Result]:
    with get_context("forkserver").Pool(workers, _begin, (list(made),)) as pool:
        yield from pool.imap(do, tasks)


def _bucket(task: Bucket) -> dict[str, Segment]:
    """Write the tables of a bucket's pages in all stages."""
    chain = default_chain()
    units: dict[str, list[Unit]] = {link.name: [] for link in chain}
    tables: dict[type[Record], list[tuple[str, pa.Table]]] = {}
    for planned in task.pages:
        filling = Filling(_MOLDS[planned.mold], planned.cast, _KNOWN)
        filling.prepare()
        found = dict(filling.records())
        found[Named] = [row for one in found.get(Claim, ()) if isinstance(one, Claim) for row in named(one)]
        for link in chain:
            own = {type_: found[type_] for type_ in link.keeps if found.get(type_)}
            made = {type_: _table(planned.document, type_, rows) for type_, rows in own.items()}
            for type_, table in made.items():
                tables.setdefault(type_, []).append((planned.document, table))
            units[link.name].append(_unit(link, planned.document, task.keys, own, made))
    return {
        link.name: write_segment(
            Shelf(task.derived, link.name, link.stage.version, link.keeps).folder,
            segment_name(task.prefix, units[link.name]),
            task.prefix,
            units[link.name],
            [(type_, iter(tables.get(type_, ()))) for type_ in link.keeps],
        )
        for link in chain
    }


def _table(document: str, type_: type[Record], rows: Sequence[Record]) -> pa.Table:
    return pa.Table.from_batches([codec(type_).encode(document, rows)])


def _unit(
    link: Link,
    document: str,
    keys_: Mapping[str, Mapping[str, Key]],
    own: Mapping[type[Record], Sequence[Record]],
    made: Mapping[type[Record], pa.Table],
) -> Unit:
    key = keys_[document][link.name]
    return Unit(
        document=document,
        key=key.key,
        upstream=key.upstream,
        settings=key.settings,
        outcome="done",
        weight=sum(table.nbytes for table in made.values()),
        records={codec(type_).table: len(rows) for type_, rows in own.items() if type_ is not Named},
    )


class Told(NamedTuple):
    """Some stories whose clusters and derivations are to be made."""

    stories: list[list[Planned]]


def _trace(folder: Path, made: Sequence[Mold], plan: Sequence[Planned], workers: int) -> None:
    """Write who copied whom, and which claims say the same."""
    stories = [list(own) for _, own in groupby(plan, key=lambda one: one.story)]
    tables = traced(folder / "derived")
    parts = 1 << min(8, max(0, bits_for(len(plan)) - 2))
    bits = parts.bit_length() - 1
    rows: dict[str, dict[str, dict[str, list[bytes]]]] = {}
    chunks = (Told(stories[start : start + 200]) for start in range(0, len(stories), 200))
    for found in _mapped(_stories, made, chunks, workers):
        for stage, place, blob in found:
            leading = (
                f"sha256:{place.partition(':')[2]}" if stage != "corroborations" else _as_document(place)
            )
            part = prefix_of(leading, bits)
            rows.setdefault(stage, {}).setdefault(part, {}).setdefault(place, []).append(blob)
    for shelf in (tables.lineage, tables.corroborations, tables.backing):
        shelf.commit(
            add=[_segment(shelf, part, own) for part, own in sorted(rows.get(shelf.stage, {}).items())]
        )
        shelf.settle()


def _as_document(id_: str) -> str:
    return f"sha256:{id_.partition('-')[2]}"


def _segment(shelf: Shelf, part: str, own: Mapping[str, list[bytes]]) -> Segment:
    type_ = shelf.types[0]
    by_place: dict[str, list[bytes]] = {}
    for place, blobs in own.items():
        by_place.setdefault(place_of(place) if type_ is Corroboration else place, []).extend(blobs)
    units, tables = [], []
    for place, blobs in sorted(by_place.items()):
        table = _table(place, type_, [msgspec.msgpack.decode(blob, type=type_) for blob in blobs])
        units.append(unit_of(place, table, f"key-{part}", codec(type_).table))
        tables.append((place, table))
    name = segment_name(f"key-{part}", units)
    return write_segment(shelf.folder, name, part, units, [(type_, iter(tables))])


def _stories(told: Told) -> list[tuple[str, str, bytes]]:
    """Return the rows of some stories: table, what places each, and its bytes."""
    found: list[tuple[str, str, bytes]] = []
    encode = msgspec.msgpack.encode
    for story in told.stories:
        pages = [Filling(_MOLDS[one.mold], one.cast, _KNOWN) for one in story]
        for page in pages:
            page.prepare()
        found += [("lineage", one.document, encode(one)) for one in _derivations([p.document for p in pages])]
        for same in zip(*(page.clusters() for page in pages), strict=True):
            cluster = _together(same)
            found.append(("corroborations", cluster.id, encode(cluster)))
            where = {claim: one.documents[0] for one in same for claim in one.claims}
            found += [("backing", where[row.claim], encode(row)) for row in backed_by(cluster)]
    return found


def _together(same: Sequence[Corroboration]) -> Corroboration:
    """Return the cluster of what a story's pages say, the first of which the others were made from."""
    first = same[0]
    if len(same) == 1:
        return first
    return msgspec.structs.replace(
        first,
        claims=tuple(sorted(claim for one in same for claim in one.claims)),
        documents=tuple(sorted(document for one in same for document in one.documents)),
        origins=tuple(origin for one in same[:2] for origin in one.origins),
        undetermined=first.undetermined + len(same[1:2]),
    )


def _derivations(documents: Sequence[str]) -> Iterator[Derivation]:
    for one in documents[1:]:
        yield Derivation(
            id=make_id("derivation", one, documents[0]), document=one, source=documents[0],
            relation="was_derived_from", strength="reprint", share=0.9, direction="shown", score=0.97,
            story=make_id("story", documents[0]),
        )  # fmt: skip


def tables(folder: Path) -> dict[str, dict[str, Iterable[str]]]:
    """Return the tables of a case by stage with their columns, those that only the next build needs apart."""
    derived = folder / DERIVED
    stages = [Shelf(derived, one.name, one.stage.version, one.keeps) for one in default_chain()]
    shelves = [*stages, *whole_case(derived), *traced(derived)]
    return {
        shelf.stage: {codec(type_).table: codec(type_).schema.names for type_ in shelf.types}
        for shelf in shelves
        if any(shelf.manifest().segments)
    }
