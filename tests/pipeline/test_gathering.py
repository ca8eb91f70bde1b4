"""Entities are the same however the case is cut into parts, and whoever does the steps."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casegraph.model import Entity, Pair, Resolved, content_id, make_id
from casegraph.pipeline.engine import Watch
from casegraph.pipeline.entities import entity_shelf
from casegraph.pipeline.folder import SPILL, WORK
from casegraph.pipeline.gathering import Gathering
from casegraph.pipeline.grouping import Groups, known_from, known_to
from casegraph.pipeline.matches import match_shelf, scored, whole_case
from casegraph.pipeline.sandbox import TABLES
from casegraph.pipeline.tasks import Asked, Done, Step
from casegraph.resolve import Known, Link
from casegraph.store.codec import codec
from casegraph.store.layout import prefix_of, prefixes
from casegraph.store.manifest import Unit
from casegraph.store.shelf import Shelf
from casegraph.store.spill import part_of, read_spill, write_spill

NAMES = (
    ("Person", "anna kern"), ("Person", "otto kern"), ("Thing", "kern"), ("Address", "kern"),
    ("Address", "veld"), ("Thing", "orlan works"), ("Person", "orlan"), ("Organization", "works orlan"),
    ("Organization", "orlan"), ("Organization", "orlan works"), ("Organization", "orlan works veld"),
    ("Organization", "orlan foods"),
)  # fmt: skip
Name = tuple[str, str]
Told = tuple[Name, Name | None, bool]  # its name, the longer one before it, whether it is a mailbox


class Inline:
    """An engine that does each step at once, in an order of its own, each by another worker."""

    token = "build"  # noqa: S105 - the name of a folder

    def __init__(self, derived: Path, resolved: Shelf, seed: int) -> None:
        self._derived, self._resolved, self._random = derived, resolved, random.Random(seed)
        self._count = 0

    def map(self, tasks: Iterable[Asked], _: Watch | None = None) -> Iterator[tuple[Asked, Done]]:
        asked = list(tasks)
        self._random.shuffle(asked)
        for task in asked:
            assert isinstance(task, Step)
            self._count += 1
            by = f"w{self._count}"
            outbox = self._derived / WORK / self.token / by / TABLES
            spill = self._derived / WORK / self.token / SPILL
            groups = Groups(self._resolved, whole_case(self._derived, outbox), spill, outbox / SPILL)
            yield task, msgspec.structs.replace(groups.do(task), by=by)

    def start(self, tasks: int) -> None:
        """Nothing is started."""

    def close(self) -> None:
        """Nothing is to be ended."""


def named(document: str, number: int, told: Told) -> Resolved:
    (group, key), short_of, box = told
    email = f"{key.replace(' ', '.')}@orlan.example" if box else None
    return Resolved(
        mention=make_id("mention", document, number),
        document=document,
        entity=make_id("entity", "mailbox", email) if email else make_id("entity", group, key),
        schema={"Organization": "Company"}.get(group, group),
        name=key.title(),
        spelling=key.upper() if number % 2 else key.title(),
        country="xx" if group == "Address" and number % 3 == 0 else None,
        group=group,
        key=key,
        short_of=make_id("entity", *short_of) if short_of else None,
        email=email,
    )


def entities(rows: list[list[Resolved]], bits: int, most: int, seed: int) -> tuple[list[Entity], list[Pair]]:
    """Return entities and pairs of documents, each a list, in so many buckets, in parts of so many rows."""
    with tempfile.TemporaryDirectory() as folder:
        derived = Path(folder)
        shelf = Shelf(derived, "resolve", 1, (Resolved,))
        for prefix in prefixes(bits):
            own = sorted((one[0].document, one) for one in rows if prefix_of(one[0].document, bits) == prefix)
            units = [
                Unit(document=id_, key="k", upstream="u", settings="", outcome="done", weight=1, records={})
                for id_, _ in own
            ]
            tables = [(id_, pa.Table.from_batches([codec(Resolved).encode(id_, one)])) for id_, one in own]
            if units:
                shelf.commit(add=[shelf.write_part(prefix, units, {Resolved: tables})])
        engine = Inline(derived, shelf, seed)
        found, pairs = entity_shelf(derived), match_shelf(derived)
        with Gathering(derived, engine, prefixes(bits), shelf, most) as gathering:
            made = gathering.match("key-0", lambda *_: None).pairs
            pairs.replace(made)
            made, _ = gathering.entities("key-0", list(scored(pairs)), lambda *_: None)
            found.replace(made)
        return list(found.records(Entity, "")), list(pairs.records(Pair, ""))


told = st.tuples(
    st.sampled_from(NAMES), st.none() | st.sampled_from(NAMES), st.sampled_from([False] * 9 + [True])
)
documents = st.lists(st.lists(told, min_size=1, max_size=6), min_size=1, max_size=12)


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents, st.integers(0, 3), st.integers(1, 20), st.integers(0, 99))
def test_parts_buckets_and_order_change_no_entity(
    texts: list[list[Told]], bits: int, most: int, seed: int
) -> None:
    rows = [
        [named(content_id(str(place).encode()), number, one) for number, one in enumerate(text)]
        for place, text in enumerate(texts)
    ]
    whole = entities(rows, 0, 1 << 30, 0)
    assert entities(rows, bits, most, seed) == whole
    assert sum(one.mentions for one in whole[0]) == sum(map(len, rows))


def test_what_is_known_survives_the_way_to_a_worker() -> None:
    known = Known({"a": "b"}, frozenset({"c"}), {"d": Link("d", "e", ("x", "x y"), sure=False)}, boxes=False)
    assert known_from(known_to(known)) == known


def test_a_spill_gives_each_part_its_rows_in_order(tmp_path: Path) -> None:
    rows = pa.table({"n": list(range(10)), "word": [f"w{n}" for n in range(10)]})
    write_spill(tmp_path / "x.arrow", rows, [n % 3 for n in range(10)])
    parts = [
        [n for table in read_spill(tmp_path / "x.arrow", part, ["n"]) for n in table["n"].to_pylist()]
        for part in range(4)
    ]
    assert parts == [[0, 3, 6, 9], [1, 4, 7], [2, 5, 8], []]
    write_spill(tmp_path / "none.arrow", rows.slice(0, 0), [])
    assert list(read_spill(tmp_path / "none.arrow")) == []
    assert not list(tmp_path.glob(".pending-*"))


@pytest.mark.parametrize("key", ["", "奥兰", "\ud800"])
def test_a_part_is_the_same_everywhere(key: str) -> None:
    assert part_of(key, 1) == 0
    assert part_of(key, 64) == part_of(key, 64) < 64
