"""What `trace` finds is the same however the case is cut, in whatever order documents came."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
import pyarrow as pa
import pytest

from casegraph import trace
from casegraph.model import (
    Claim,
    Corroboration,
    Credit,
    Derivation,
    Document,
    Fingerprint,
    Imprint,
    Page,
    Parsed,
    Record,
    Resolved,
)
from casegraph.pipeline.engine import Watch
from casegraph.pipeline.folder import BETWEEN, SPILL, WORK
from casegraph.pipeline.sandbox import TABLES
from casegraph.pipeline.stepping import file_name
from casegraph.pipeline.tasks import Asked, Done, Step
from casegraph.pipeline.tracing import conducting, kin
from casegraph.pipeline.tracing.backing import Backing
from casegraph.pipeline.tracing.claims import Claims
from casegraph.pipeline.tracing.conducting import Found, Tracing
from casegraph.pipeline.tracing.kin import Kinships
from casegraph.pipeline.tracing.steps import Said, Shelves
from casegraph.pipeline.tracing.stories import Stories
from casegraph.pipeline.tracing.tables import Traced, trace_key, traced
from casegraph.pipeline.tracing.weighed import Backed
from casegraph.settings import Publisher
from casegraph.store.codec import codec
from casegraph.store.layout import prefix_of, prefixes
from casegraph.store.manifest import Unit
from casegraph.store.shelf import Shelf
from casegraph.trace import blocks
from casegraph.trace.imprints import imprints
from tests.pipeline.told import KINDS, SOLD, WENT, claims, made, printed
from tests.trace.making import parsed


class Room:
    """A case's tables, and the tracing of it."""

    def __init__(self, derived: Path, bits: int, seed: int = 0) -> None:
        self.derived, self.bits, self._random = derived, bits, random.Random(seed)
        self.shelves = {name: Shelf(derived, name, 1, types) for name, types in KINDS.items()}
        self.made: Traced = traced(derived)
        self._held: dict[str, dict[type[Record], list[Record]]] = {}
        self._count = self._runs = 0
        self._done: Counter[str] = Counter()

    def hold(self, documents: Iterable[Parsed]) -> None:
        """Write the tables of documents, those of before as they were."""
        for one in documents:
            told = printed(one)
            pairs = list(claims(one))
            self._held[one.document.id] = {
                Document: [one.document], Page: list(one.pages), Fingerprint: [told.fingerprint],
                Credit: list(told.credits), Imprint: list(imprints(one.document, one.pages)),
                Claim: [claim for claim, _ in pairs],
                Resolved: [row for _, rows in pairs for row in rows],
            }  # fmt: skip
        for name, shelf in self.shelves.items():
            for prefix in prefixes(self.bits):
                self._write(name, shelf, prefix)

    def forget(self, document: str) -> None:
        """Take a document out of the case."""
        del self._held[document]
        self.hold([])

    def _write(self, name: str, shelf: Shelf, prefix: str) -> None:
        own = sorted(one for one in self._held if prefix_of(one, self.bits) == prefix)
        units = [
            Unit(
                document=one, key=f"key-{one}", upstream="", settings="", outcome="done", weight=1, records={}
            )
            for one in own
        ]
        tables: dict[type[Record], list[tuple[str, pa.Table]]] = {}
        for type_ in KINDS[name]:
            for one in own:
                if rows := self._held[one][type_]:
                    table = pa.Table.from_batches([codec(type_).encode(one, rows)])
                    tables.setdefault(type_, []).append((one, table))
        former = [segment.name for segment in shelf.segments(prefix)]
        made_ = [shelf.write_part(prefix, units, tables)] if units else []
        shelf.commit(add=made_, remove=[one for one in former if one not in {new.name for new in made_}])

    def run(self, *publishers: Publisher, key: str = "") -> Found:
        """Trace the case."""
        self._done.clear()
        self._runs += 1
        with Tracing(self.derived, self, prefixes(self.bits), self.shelves, Said(publishers)) as tracing:
            found = tracing.run(lambda *_: None)
            tracing.settle(found, key or f"key-{self._runs}")
        for shelf in self.made:
            shelf.settle()
            shelf.sweep()
        return found

    def done(self) -> Mapping[str, int]:
        """Return how many parts of each step the last run has done."""
        return dict(self._done)

    def files(self) -> Mapping[str, str]:
        """Return digests of all files that tracing wrote."""
        places = [self.derived / BETWEEN, *(shelf.folder for shelf in self.made)]
        return {
            str(path.relative_to(self.derived)): hashlib.sha256(path.read_bytes()).hexdigest()
            for place in places
            for path in sorted(place.rglob("*"))
            if path.is_file()
        }

    token = "build"  # noqa: S105 - the name of a folder

    def map(self, tasks: Iterable[Asked], _: Watch | None = None) -> Iterator[tuple[Asked, Done]]:
        asked = list(tasks)
        self._random.shuffle(asked)
        for task in asked:
            assert isinstance(task, Step)
            self._count += 1
            self._done[task.step] += 1
            by = f"w{self._count}"
            outbox = self.derived / WORK / self.token / by / TABLES
            shelves = Shelves(
                read=self.shelves["read"], claims=self.shelves["attribute"], resolved=self.shelves["resolve"],
                prints=self.shelves["trace"], made=traced(self.derived, outbox),
            )  # fmt: skip
            spill = self.derived / WORK / self.token / SPILL
            rooms = (kind(shelves, spill, outbox / SPILL) for kind in (Kinships, Stories, Claims, Backing))
            room = next(room for room in rooms if task.step in room.steps)
            yield task, msgspec.structs.replace(room.do(task), by=by)

    def start(self, tasks: int) -> None:
        """Nothing is started."""

    def close(self) -> None:
        """Nothing is to be ended."""

    def tables(self) -> tuple[list[Derivation], list[Corroboration], list[Backed]]:
        """Return what was found."""
        return (
            list(self.made.lineage.records(Derivation, "")),
            sorted(self.made.corroborations.records(Corroboration, ""), key=lambda one: one.id),
            list(self.made.backing.records(Backed, "")),
        )


@pytest.fixture(scope="module")
def documents() -> list[Parsed]:
    return made()


@pytest.fixture(scope="module")
def whole(documents: Sequence[Parsed], tmp_path_factory: pytest.TempPathFactory) -> Room:
    room = Room(tmp_path_factory.mktemp("whole"), 0)
    room.hold(documents)
    room.run()
    return room


def test_copies_are_derived_and_claims_have_one_origin(documents: Sequence[Parsed], whole: Room) -> None:
    derivations, clusters, backed = whole.tables()
    titles = {one.document.id: one.document.title or "" for one in documents}
    pairs = {(titles[one.document][:7], titles[one.source or ""][:7]) for one in derivations}
    assert pairs == {("Title 0", "Title 0"), ("Title 1", "Title 1")}
    assert {titles[one.document] for one in derivations} == {
        f"Title {number} {copy}" for number in (0, 1) for copy in (1, 2, 3)
    }
    (cluster,) = (one for one in clusters if one.kind == "delivery")
    assert len(cluster.documents) == 4
    assert (cluster.independent, cluster.undetermined) == (1, 0)
    assert {one.corroboration for one in backed} == {cluster.id}
    assert sorted(one.claim for one in backed) == sorted(cluster.claims)


@pytest.mark.parametrize(("bits", "seed"), [(1, 1), (2, 2), (3, 3)])
def test_parts_and_order_change_nothing(
    documents: Sequence[Parsed], whole: Room, tmp_path: Path, bits: int, seed: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(conducting, "BUCKETS", 1)
    room = Room(tmp_path, bits, seed)
    room.hold(random.Random(seed).sample(list(documents), len(documents)))
    room.run()
    assert room.tables() == whole.tables()


def test_a_further_document_has_its_own_story_made_and_no_other(
    documents: Sequence[Parsed], whole: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conducting, "BUCKETS", 0)
    last = next(one for one in documents if one.document.title == "Title 0 3")
    room = Room(tmp_path / "more", 3)
    room.hold(one for one in documents if one is not last)
    first, every = room.run().fresh, room.done()
    assert (room.run().fresh, room.done()) == (0, {})
    assert first > 0
    before = room.files()
    room.hold([last])
    assert 0 < room.run().fresh < first
    done = room.done()
    assert (every["mark"], done["mark"]) == (8, 1)
    assert (every["kin"], every["sign"], every["derive"], every["corroborate"]) == (64, 8, 8, 8)
    assert done["kin"] < 40
    assert (done["derive"], done["corroborate"]) == (1, 1)
    assert done["sign"] <= 4
    assert sum(done.values()) < sum(every.values()) / 2
    assert room.tables() == whole.tables()
    fresh = Room(tmp_path / "fresh", 3)
    fresh.hold(documents)
    fresh.run(key="key-3")
    assert differing(room.files(), fresh.files()) == []
    room.forget(last.document.id)
    room.run(key="key-2")
    assert differing(room.files(), before) == []


@pytest.mark.parametrize("related", [0.0, 0.25, 2.0])
def test_large_blocks_come_to_the_same_whether_documents_come_at_once_or_one_by_one(
    documents: Sequence[Parsed], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, related: float
) -> None:
    """Blocks are large from two documents on; none of them are common, or some, or all."""
    monkeypatch.setattr(blocks, "LARGE", 1)
    monkeypatch.setattr(blocks, "_RELATED", related)
    room, fresh = Room(tmp_path / "more", 1), Room(tmp_path / "fresh", 1)
    for one in documents[:5]:
        room.hold([one])
        room.run(key="key")
    fresh.hold(documents[:5])
    fresh.run(key="key")
    assert differing(room.files(), fresh.files()) == []
    assert any(one.source for one in room.tables()[0]) == (related < 2.0)


def differing(left: Mapping[str, str], right: Mapping[str, str]) -> list[str]:
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))


def test_tables_that_are_gone_are_made_again(whole: Room, tmp_path: Path) -> None:
    shutil.copytree(whole.derived, tmp_path / "derived")
    room = Room(tmp_path / "derived", 0)
    before = room.files()
    room.made.lineage.replace([])
    kept = tmp_path / "derived" / BETWEEN / "claim" / file_name(0)
    kept.write_bytes(kept.read_bytes()[:-9])
    assert room.run(key="key-1").fresh == 0
    assert room.done().keys() == {"lay", "claim"}
    assert differing(room.files(), before) == []


def test_a_table_that_stays_as_it_is_is_not_written_again(whole: Room, tmp_path: Path) -> None:
    shutil.copytree(whole.derived, tmp_path / "derived")
    room = Room(tmp_path / "derived", 0)
    files = stamps(room.made.lineage)
    room.run()
    assert stamps(room.made.lineage) == files


def stamps(shelf: Shelf) -> Mapping[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in sorted(shelf.folder.glob("*/*.parquet"))}


def test_what_the_user_says_of_outlets_makes_stories_anew(
    documents: Sequence[Parsed], tmp_path: Path
) -> None:
    room = Room(tmp_path, 0)
    room.hold(documents)
    first = room.run()
    again = room.run(Publisher(name="Paper 1", names=("Paper 2",), owner="Press Group"))
    assert again.fresh > 0 == first.crowded == again.crowded


def test_what_one_page_says_of_an_outlet_holds_for_all_of_its_pages(
    documents: Sequence[Parsed], whole: Room, tmp_path: Path
) -> None:
    others = whole.tables()[0]
    told = {}
    for outlet in ("Lone 3", "Paper 1"):
        room = Room(tmp_path / outlet, 0)
        room.hold(documents)
        first = room.run().fresh
        imprint = parsed("Imprint\n\nWho we are.", foot=f"{outlet} is part of Calder Group.")
        room.hold([imprint])
        told[outlet] = room.run().fresh
        assert told[outlet] < first
        assert room.tables()[0] == others
        fresh = Room(tmp_path / f"{outlet} again", 0)
        fresh.hold([*documents, imprint])
        fresh.run(key="key-2")
        assert differing(room.files(), fresh.files()) == []
    assert told["Lone 3"] < told["Paper 1"]  # two stories and their claims look again at what they rest on


def test_two_outlets_of_one_house_are_not_counted_twice(tmp_path: Path) -> None:
    words = (
        "The quay was shut for a week while divers looked for a chain that had been lost in the fog.",
        "In a small room above the chandlery four clerks counted crates until the lamps burned low.",
    )
    counts = []
    for feet in (("", ""), ("© 2024 Calder Media Group.", "Tidal Courier is part of Calder Media Group.")):
        room = Room(tmp_path / f"{len(feet[0])}", 0)
        room.hold(
            parsed(f"Of {outlet}\n\n{sentence}.\n\n{text}", outlet=outlet, foot=foot)
            for outlet, sentence, text, foot in zip(
                ("Harbour Echo", "Tidal Courier"), (SOLD, WENT), words, feet, strict=True
            )
        )
        room.run()
        (cluster,) = room.tables()[1]
        counts.append((cluster.undetermined, [pair.reason for pair in cluster.pairs]))
    assert counts == [(1, ["own-voice"]), (0, ["same-outlet"])]


def test_another_version_makes_all_anew(
    documents: Sequence[Parsed], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(tmp_path, 0)
    room.hold(documents)
    first = room.run().fresh
    said, manifests = Said(), [shelf.manifest() for shelf in room.shelves.values()]
    assert trace_key(1, said, manifests) != trace_key(2, said, manifests)
    monkeypatch.setattr(kin, "_VERSION", b"another")
    monkeypatch.setattr(trace, "VERSION", trace.VERSION + 1)
    assert room.run().fresh == first


def test_what_ties_too_many_together_is_left_out_and_counted(
    documents: Sequence[Parsed], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conducting, "MOST_KIN", 2)
    monkeypatch.setattr(conducting, "MOST_AKIN", 2)
    room = Room(tmp_path, 0)
    room.hold(documents)
    assert room.run().crowded > 0
    derivations, _, _ = room.tables()
    assert derivations
    stories: dict[str, set[str]] = {}
    for one in derivations:
        stories.setdefault(one.story, set()).update({one.document, one.source or one.document})
    assert all(len(members) <= 2 for members in stories.values())


def test_a_case_without_documents_has_empty_tables(tmp_path: Path) -> None:
    room = Room(tmp_path, 0)
    room.run()
    assert room.tables() == ([], [], [])
    assert trace.VERSION >= 1
