from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from casegraph.errors import CasegraphError, CaseLockedError, MissingPartError, UsageError
from casegraph.pipeline import build as building
from casegraph.pipeline.case import Case, open_case
from casegraph.pipeline.index import index_path
from casegraph.pipeline.reports import Reason
from casegraph.store import layout
from casegraph.store.atomic import locked
from tests.endless import ends
from tests.pipeline.conftest import CHAIN, MakeCase, add, news, tree


def stale(case: Case) -> dict[str, dict[Reason, int]]:
    return {stage.stage: stage.stale for stage in case.status().stages if stage.stale}


def codes(case: Case) -> list[tuple[str, str]]:
    return [(problem.name, problem.code) for problem in case.problems()]


def test_a_build_makes_all_tables_and_the_second_does_nothing(make_case: MakeCase) -> None:
    case = make_case(news(7))
    assert stale(case) == {name: {"new": 7} for name in ("read", "extract", "attribute", "resolve")}
    shown: list[tuple[str, int, int]] = []
    report = case.build(progress=lambda *step: shown.append(step))
    assert report.documents == 7
    assert [(one.stage, one.documents, one.problems) for one in report.stages] == [
        (name, 7, 0) for name in ("read", "extract", "attribute", "resolve")
    ]
    by_stage = [done for stage, done, _ in shown if stage == "attribute"]
    assert by_stage == sorted(by_stage)
    assert by_stage[-1] == 7
    status = case.status()
    assert (status.stale, status.documents, status.locked, status.problems) == (0, 7, False, 0)
    assert {one.stage: one.records for one in status.stages}["attribute"] == {"claim": 21}
    assert status.entities == len(list(case.entities())) == 6
    before = tree(case.folder)
    again = case.build()
    assert again.documents == 0
    assert tree(case.folder) == before
    assert [one.stage for one in case._journal.activities()] == ["read", "extract", "attribute", "resolve"]


@pytest.mark.slow
def test_order_and_number_of_builds_leave_the_same_bytes(
    make_case: MakeCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "BUCKET", 8)  # 40 documents: 8 buckets
    texts = news(40)
    at_once = make_case(texts, "a", workers=2)
    at_once.build()
    by_and_by = make_case({}, "b", workers=1)
    names = list(texts)
    random.Random(7).shuffle(names)
    for size in (3, 1, 17, 19):
        now, names = names[:size], names[size:]
        add(by_and_by, tmp_path / f"b-{size}", {name: texts[name] for name in now})
        by_and_by.build()
    assert not names
    assert tree(at_once.folder) == tree(by_and_by.folder)
    assert len({path.split("/")[1] for path in tree(at_once.folder) if path.startswith("read-1/")}) == 9
    assert by_and_by.search("cranes", limit=50).total == at_once.search("cranes", limit=50).total == 40


@pytest.mark.slow
def test_one_more_document_is_one_documents_work(
    make_case: MakeCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "BUCKET", 8)
    case = make_case(news(30))
    case.build()
    before = tree(case.folder)
    add(case, tmp_path / "more", {"new.txt": "Mia Holt says that Orlan Works is closed."})
    assert case.stale() == 1
    assert {stage.documents for stage in case.build().stages} == {1}
    after = tree(case.folder)
    kept = [name for name in before if name.startswith("attribute") and after.get(name) == before[name]]
    assert len(kept) >= 2 * 3  # of 4 buckets at least 3 stay, two files each
    assert case.search("closed").total == 1


@pytest.mark.slow
def test_why_documents_are_stale(make_case: MakeCase, tmp_path: Path) -> None:
    case = make_case(news(3))
    case.build()
    later = open_case(case.folder, chain="tests.pipeline.stages:next_chain")
    assert stale(later) == {"attribute": {"stage-version": 3}}
    report = later.build()
    assert {one.stage: one.documents for one in report.stages}["extract"] == 0
    assert (report.documents, len(list(later.claims()))) == (3, 9)
    assert not (case.folder / "derived" / "attribute-1").exists()
    add(later, tmp_path / "more", {"copy.txt": news(1)["0000.txt"]})
    assert stale(later) == {
        "read": {"names": 1},
        "extract": {"upstream": 1},
        "attribute": {"upstream": 1},
        "resolve": {"upstream": 1},
    }
    later.build()
    assert stale(later) == {}
    shutil.rmtree(next((case.folder / "derived" / "extract-1").glob("all-*")))
    assert stale(later) == {"extract": {"damaged": 3}}
    later.build()
    assert stale(later) == {}
    assert len(list(later.claims())) == 9


@pytest.mark.slow
def test_everything_derived_can_be_deleted(make_case: MakeCase) -> None:
    case = make_case(news(5))
    case.build()
    before, found = tree(case.folder), case.search("Kern").total
    shutil.rmtree(case.folder / "derived")
    case.build()
    assert tree(case.folder) == before
    shutil.rmtree(index_path(case.folder / "derived"))
    case.build()
    assert case.search("Kern").total == found == 5


@pytest.mark.slow
def test_a_document_that_is_no_longer_in_the_case_is_dropped(make_case: MakeCase) -> None:
    both, one = make_case(news(2), "both"), make_case(news(1), "one")
    both.build()
    one.build()
    shutil.copy(one.folder / "journal.sqlite", both.folder / "journal.sqlite")
    fewer = open_case(both.folder, chain=CHAIN)
    assert fewer.build().dropped == 1
    assert tree(fewer.folder) == tree(one.folder)
    assert fewer.search("Kern").total == 1


@pytest.mark.slow
def test_bad_documents_cost_no_others(make_case: MakeCase) -> None:
    texts = news(12)
    texts |= {
        "a-raise.txt": "Anna Kern says that attribute:raise is odd.",
        "b-abort.txt": "Anna Kern says that extract:abort is odd.",
        "c-lie.txt": "Anna Kern says that attribute:lie is odd.",
        "d-surrogate.txt": "Anna Kern says that extract:surrogate is odd.",
        "e-nothing.txt": "read:nothing",
        "f-memory.txt": "Anna Kern says that extract:memory is odd.",
        "g-menu.txt": "Anna Kern says that ice is cold. MENU Otto Wren says that ads are odd.",
        "h-mention.txt": "Anna Kern says that extract:lie is odd.",
        "i-twice.txt": "Anna Kern says that extract:twice is odd.",
    }
    case = make_case(texts, workers=2)
    report = case.build()
    found = dict(codes(case))
    assert found == {
        "a-raise.txt": "attribute.failed",
        "b-abort.txt": "extract.worker-died",
        "c-lie.txt": "attribute.evidence-not-in-page",
        "d-surrogate.txt": "extract.failed",
        "e-nothing.txt": "read.failed",
        "f-memory.txt": "extract.memory-limit",
        "g-menu.txt": "attribute.evidence-in-furniture",
        "h-mention.txt": "extract.mention-not-in-page",
        "i-twice.txt": "extract.duplicate-id",
    }
    assert report.problems == 9
    (failed,) = [one for one in case.problems() if one.name == "a-raise.txt"]
    assert failed.detail.endswith("OddityError")
    claims = Counter(claim.document for claim in case.claims())
    by_name = {row.names[0]: row for row in case.documents()}
    assert all(claims[by_name[name].id] == 3 for name in news(12))
    assert claims[by_name["g-menu.txt"].id] == 1
    assert by_name["b-abort.txt"].document is not None
    assert by_name["e-nothing.txt"].document is None
    assert case.build().documents == 0  # what failed is not tried for ever
    failures = {stage.stage: stage.failed for stage in case.status().stages}
    assert failures == {"read": 1, "extract": 3, "attribute": 1, "resolve": 0}


@pytest.mark.slow
def test_what_failed_is_tried_again_when_asked(make_case: MakeCase) -> None:
    case = make_case(news(3) | {"bad.txt": "Anna Kern says that extract:abort is odd."})
    case.build()
    before = tree(case.folder)
    report = case.build(retry=True)
    assert {one.stage: one.documents for one in report.stages} == {
        "read": 0,
        "extract": 1,
        "attribute": 1,
        "resolve": 1,
    }
    assert tree(case.folder) == before


@pytest.mark.slow
def test_a_document_that_takes_too_long(make_case: MakeCase) -> None:
    case = make_case(news(3) | {"slow.txt": "Anna Kern says that attribute:hang is odd."}, time_limit=1)
    with ends():
        case.build()
    assert codes(case) == [("slow.txt", "attribute.time-limit")]
    assert len(list(case.claims())) == 9


@pytest.mark.slow
def test_originals_that_were_lost_or_altered(make_case: MakeCase, tmp_path: Path) -> None:
    case = make_case(news(3))
    rows = list(case.documents())
    paths = [case._ground.originals.path(row.id) for row in rows]
    paths[0].unlink()
    paths[1].chmod(0o600)
    paths[1].write_bytes(b"other words")
    case.build()
    assert sorted(code for _, code in codes(case)) == ["read.original-altered", "read.original-missing"]
    assert {claim.document for claim in case.claims()} == {rows[2].id}
    case.add([tmp_path / "case-files"])
    assert case.build(retry=True).problems == 0
    assert len(list(case.claims())) == 9


def test_one_build_at_a_time_and_readers_never_wait(make_case: MakeCase) -> None:
    case = make_case(news(2))
    case.build()
    with locked(case.folder / "derived" / ".lock"):
        with pytest.raises(CaseLockedError):
            case.build()
        assert case.status().locked
        assert len(list(case.claims())) == 6
    assert not case.status().locked


def test_a_part_that_is_missing_is_told(make_case: MakeCase) -> None:
    case = make_case(news(1))
    with pytest.raises(MissingPartError, match="nowhere"):
        open_case(case.folder, chain="nowhere.stages:chain").build()
    with pytest.raises(UsageError):
        case.build(workers=0)


def test_a_worker_that_cannot_start_is_told_in_one_line(
    make_case: MakeCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case(news(1))
    assert case.stale() == 1
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(CasegraphError, match="could not be started") as caught:
        case.build()
    assert "\n" not in str(caught.value)


def test_a_full_disk_is_told_in_one_line(make_case: MakeCase, monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_case(news(1))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(building, "locked", full)
    with pytest.raises(CasegraphError, match="no space left on device"):
        case.build()


BUILD = (
    "import sys; from pathlib import Path; from casegraph.pipeline.case import open_case\n"
    f"open_case(sys.argv[1], chain='{CHAIN}', workers=2).build()"
)


def start(case: Case) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(case.folder)], stderr=subprocess.PIPE, start_new_session=True
    )


def finished(case: Case) -> int:
    return min(stage.done for stage in case.status().stages)


@pytest.mark.slow
def test_killed_at_any_moment_a_build_goes_on_where_it_was(make_case: MakeCase) -> None:
    texts = news(60, extra="extract:slow")
    calm = make_case(texts, "calm", workers=2)
    calm.build()
    case = make_case(texts, "killed")
    chance = random.Random(11)
    done = [0]
    for turn in range(10):
        process = start(case)
        if turn % 3 == 1:  # wait for a commit, so that there is something to lose
            while finished(case) == done[-1] < 60 and process.poll() is None:
                time.sleep(0.02)
            time.sleep(chance.random() / 2)
        else:
            time.sleep(chance.random() * 2.5)
        process.kill()
        process.communicate()
        done.append(finished(case))
        list(case.claims())  # whatever there is reads right
    assert done == sorted(done)
    assert done[-1] > 0
    case.build()
    assert tree(case.folder) == tree(calm.folder)
    assert case.search("cranes", limit=100).total == 60
    assert not [path for path in (case.folder / "derived").rglob("*") if path.name.startswith(".pending")]


def children(process: subprocess.Popen[bytes]) -> list[str]:
    return Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()


@pytest.mark.slow
def test_ctrl_c_stops_the_workers_and_keeps_what_is_done(make_case: MakeCase) -> None:
    case = make_case(news(60, extra="extract:slow"))
    process = start(case)
    while not finished(case) and process.poll() is None:
        time.sleep(0.05)
    workers = children(process)
    assert workers
    os.killpg(process.pid, signal.SIGINT)
    _, words = process.communicate(timeout=10)
    assert process.returncode != 0
    assert b"KeyboardInterrupt" in words
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    done = finished(case)
    assert 0 < done < 60
    assert not case.status().locked
    assert case.build().documents == 60 - done


@pytest.mark.slow
def test_reading_while_a_build_goes_on(make_case: MakeCase, tmp_path: Path) -> None:
    case = make_case(news(30))
    case.build()
    add(case, tmp_path / "more", {f"x{name}": text + "more" for name, text in news(40).items()})
    thread = threading.Thread(target=case.build)
    thread.start()
    reader = open_case(case.folder, chain=CHAIN)
    counts = []
    while thread.is_alive():
        counts.append(len(list(reader.claims())))
    thread.join()
    counts.append(len(list(reader.claims())))
    assert counts == sorted(counts)
    assert counts[0] >= 90
    assert counts[-1] == 70 * 3
