from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pytest

from casegraph.errors import CaseDamagedError
from casegraph.model import Page, Problem, Record, make_id
from casegraph.store import segment as segments
from casegraph.store.codec import codec
from casegraph.store.layout import bits_for, prefix_of, prefixes
from casegraph.store.manifest import LOG, NAME, Outcome, Segment, Unit
from casegraph.store.shelf import Shelf


def document(number: int) -> str:
    return "sha256:" + hashlib.sha256(str(number).encode()).hexdigest()


def write(
    shelf: Shelf, documents: Sequence[str], bits: int = 0, outcome: Outcome = "done", key: str = "k"
) -> Segment:
    """Write a part with one problem and as many pages as the id's last digit says for each document."""
    units: list[Unit] = []
    tables: dict[type[Record], list[tuple[str, pa.Table]]] = {Page: [], Problem: []}
    for one in sorted(documents):
        pages = [
            Page(id=make_id("page", one, number), document=one, number=number, text=f"{one} {number}" * 5)
            for number in range(1, int(one[-1], 16) + 1)
        ]
        own: dict[type[Record], pa.Table] = {
            Page: pa.Table.from_batches([codec(Page).encode(one, pages)]),
            Problem: pa.Table.from_batches(
                [codec(Problem).encode(one, [Problem(code="read.odd", subject=one, detail=outcome)])]
            ),
        }
        for type_, table in own.items():
            if table.num_rows:
                tables[type_].append((one, table))
        units.append(
            Unit(
                document=one,
                key=f"{key}-{one}",
                upstream="u",
                settings="s",
                outcome=outcome,
                weight=sum(table.nbytes for table in own.values()),
                records={"page": len(pages), "problem": 1},
            )
        )
    return shelf.write_part(prefix_of(min(documents), bits), units, tables)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path, "read", 1, (Page,))


def test_only_what_is_committed_is_read(shelf: Shelf) -> None:
    part = write(shelf, [document(1)])
    assert shelf.units("") == {}
    shelf.commit(add=[part])
    assert list(shelf.units("")) == [document(1)]
    assert [page.number for page in shelf.records(Page, "")] == list(range(1, int(document(1)[-1], 16) + 1))


def test_rows_come_by_document_whatever_the_order_of_parts(shelf: Shelf) -> None:
    ids = sorted(document(number) for number in range(40))
    for part in (ids[1::2], ids[::2]):
        shelf.commit(add=[write(shelf, part)])
    assert [problem.subject for problem in shelf.records(Problem, "")] == ids
    pages = [(page.document, page.number) for page in shelf.records(Page, "")]
    assert pages == sorted(pages)
    some = [ids[3], ids[20]]
    assert {page.document for page in shelf.records(Page, "", documents=some)} <= set(some)
    assert [problem.subject for problem in shelf.records(Problem, "", documents=some)] == some
    assert shelf.rows(Page, "", columns=["number"]).column_names == ["key_document", "number"]


def test_a_document_done_again_counts_once(shelf: Shelf) -> None:
    old = write(shelf, [document(1), document(2)])
    shelf.commit(add=[old])
    new = write(shelf, [document(2)], key="new")
    shelf.commit(add=[new], drop={old.name: [document(2)]})
    assert [one.key[:1] for _, one in shelf.units("").values()].count("n") == 1
    assert len(list(shelf.records(Problem, ""))) == 2
    shelf.commit(drop={old.name: [document(1)]})
    assert [one.name for one in shelf.manifest().segments] == [new.name]


@pytest.mark.parametrize("count", [3, 300, 520])
def test_the_same_documents_give_the_same_bytes(
    tmp_path: Path, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "GROUP_WEIGHT", 40_000)  # many row groups
    ids = [document(number) for number in range(count)]
    bits = bits_for(count)
    seen = []
    for seed in range(3):
        chance = random.Random(seed)
        own = Shelf(tmp_path / str(seed), "read", 1, (Page,))
        left = ids.copy()
        chance.shuffle(left)
        if seed == 2:  # first an older, smaller case
            early = left[: count // 2]
            own.commit(add=[write(own, early)])
            left = left[count // 2 :]
        for prefix in prefixes(bits):
            within = [one for one in left if prefix_of(one, bits) == prefix]
            while within:
                size = chance.randint(1, 40)
                own.commit(add=[write(own, within[:size], bits)])
                within = within[size:]
        merged = [own.merge(prefix, own.segments(prefix)) for prefix in prefixes(bits)]
        before = [one.name for one in own.manifest().segments]
        own.commit(add=[one for one in merged if one is not None], remove=before)
        own.settle()
        own.sweep()
        assert len(own.manifest().segments) == 1 << bits
        assert [problem.subject for p in prefixes(bits) for problem in own.records(Problem, p)] == sorted(ids)
        seen.append(tree(tmp_path / str(seed)))
    assert seen[0] == seen[1] == seen[2]


def test_adding_one_document_rewrites_one_bucket(shelf: Shelf) -> None:
    ids = [document(number) for number in range(520)]
    bits = bits_for(520)
    for prefix in prefixes(bits):
        part = write(shelf, [one for one in ids if prefix_of(one, bits) == prefix], bits)
        merged = shelf.merge(prefix, [part])
        assert merged is not None
        shelf.commit(add=[merged])
    before = {one.name for one in shelf.manifest().segments}
    new = write(shelf, [document(601)], bits)
    shelf.commit(add=[new])
    prefix = prefix_of(document(601), bits)
    sources = shelf.segments(prefix)
    merged = shelf.merge(prefix, sources)
    assert merged is not None
    shelf.commit(add=[merged], remove=[one.name for one in sources])
    assert len(before & {one.name for one in shelf.manifest().segments}) == len(before) - 1


def test_merging_what_came_to_the_same_keeps_the_live_folder(shelf: Shelf) -> None:
    merged = shelf.merge("", [write(shelf, [document(1)], outcome="time-limit")])
    assert merged is not None
    shelf.commit(add=[merged])
    again = write(shelf, [document(1)], outcome="time-limit")
    shelf.commit(add=[again], drop={merged.name: [document(1)]})
    result = shelf.merge("", [again])
    assert result is not None
    assert result.name == merged.name
    assert result.failed == 1


def test_missing_and_cut_files_are_found(shelf: Shelf) -> None:
    one, two = write(shelf, [document(1)]), write(shelf, [document(2)])
    shelf.commit(add=[one, two])
    assert shelf.damaged() == []
    path = shelf.folder / one.name / "problem.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    assert [segment.name for segment in shelf.damaged()] == [one.name]
    with pytest.raises(CaseDamagedError, match="build the case again"):
        list(shelf.records(Problem, ""))
    path.unlink()
    with pytest.raises(CaseDamagedError):
        list(shelf.records(Problem, ""))


def test_a_reader_begins_again_when_a_build_takes_the_files_away(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = write(shelf, [document(1), document(2)])
    shelf.commit(add=[part])
    reader = Shelf(shelf.folder.parent, "read", 1, (Page,))
    reader.manifest()
    real = segments.read_rows
    moved: list[Segment | None] = []

    def slow(*given: object, **named: object) -> object:
        if not moved:
            merged = shelf.merge("", shelf.segments(""))
            moved.append(merged)
            assert merged is not None
            shelf.commit(add=[merged], remove=[part.name])
            shelf.discard([part.name])
        return real(*given, **named)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr("casegraph.store.shelf.read_rows", slow)
    assert len(list(reader.records(Problem, ""))) == 2
    assert len(moved) == 1


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"format": 999}', b'{"format":999,"stage":"r","version":1}', b"\xff"]
)
def test_a_manifest_that_makes_no_sense_is_none(shelf: Shelf, content: bytes) -> None:
    shelf.commit(add=[write(shelf, [document(1)])])
    (shelf.folder / NAME).write_bytes(content)
    assert shelf.manifest().segments == ()
    shelf.sweep()
    assert [path.name for path in shelf.folder.iterdir()] == [NAME]


def test_changes_are_logged_and_written_whole_in_the_end(shelf: Shelf) -> None:
    for number in range(6):
        shelf.commit(add=[write(shelf, [document(number), document(number + 10)], 2)])
    shelf.commit(drop={shelf.manifest().segments[0].name: [shelf.units("").popitem()[0]]})
    shelf.commit(remove=[shelf.manifest().segments[-1].name])
    stood = shelf.manifest()
    assert (shelf.folder / LOG).read_bytes().count(b"\n") == 7
    other = Shelf(shelf.folder.parent, "read", 1, (Page,))
    assert other.manifest() == stood
    log = (shelf.folder / LOG).read_bytes()
    shelf.settle()
    assert not (shelf.folder / LOG).exists()
    assert shelf.manifest() == other.manifest() == stood
    (shelf.folder / LOG).write_bytes(log)  # a crash just before the log was deleted
    assert other.manifest() == stood
    other.commit(add=[write(other, [document(99)])])
    assert len(other.manifest().segments) == len(stood.segments) + 1


def test_a_cut_line_of_the_log_is_no_change(shelf: Shelf) -> None:
    shelf.commit(add=[write(shelf, [document(1)])])
    stood = shelf.manifest()
    shelf.commit(add=[write(shelf, [document(2)])])
    log = (shelf.folder / LOG).read_bytes()
    (shelf.folder / LOG).write_bytes(log[: len(log) // 2])
    assert Shelf(shelf.folder.parent, "read", 1, (Page,)).manifest() == stood
    shelf.commit(add=[write(shelf, [document(3)])])
    found = Shelf(shelf.folder.parent, "read", 1, (Page,))
    assert sorted(found.units("")) == sorted([document(1), document(3)])


def test_a_log_does_not_grow_for_ever(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casegraph.store.manifest.LEAST_LOG", 100)
    for number in range(12):
        shelf.commit(add=[write(shelf, [document(number)])])
        if (shelf.folder / LOG).exists():
            assert (shelf.folder / LOG).stat().st_size < 3 * (shelf.folder / NAME).stat().st_size
    assert len(Shelf(shelf.folder.parent, "read", 1, (Page,)).manifest().segments) == 12


def test_a_folder_of_the_same_name_left_by_a_crash_is_replaced(shelf: Shelf) -> None:
    part = write(shelf, [document(1)])
    (shelf.folder / part.name / "page.parquet").write_bytes(b"half")
    shelf.commit(add=[write(shelf, [document(1)])])
    assert shelf.damaged() == []
