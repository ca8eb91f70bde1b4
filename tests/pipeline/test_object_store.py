"""A case whose originals and tables lie in an object store on this machine."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from casegraph.errors import CasegraphError, CaseLockedError
from casegraph.pipeline.case import Case, open_case
from casegraph.store.mirror import HEAD, Mirror
from casegraph.store.objects import Objects, Where
from tests.object_store import BUCKET, serving, with_server
from tests.pipeline.conftest import CHAIN, MakeCase, add, news, tree

pytestmark = [pytest.mark.loopback, pytest.mark.slow, with_server]


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "k")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "the-secret-key")
    with serving() as address:
        yield address


def places(endpoint: str) -> dict[str, object]:
    return {
        "originals": f"s3://{BUCKET}/case/originals",
        "derived": f"s3://{BUCKET}/case/derived",
        "endpoint": endpoint,
        "workers": 2,
    }


def objects(endpoint: str, which: str) -> Objects:
    return Objects(Where(f"s3://{BUCKET}/case/{which}", endpoint, "us-east-1"))


def again(case: Case, **explicit: object) -> Case:
    return open_case(case.folder, chain=CHAIN, **explicit)


def files(folder: Path) -> dict[str, str]:
    """Return the tables; the list of children says when their containers were added."""
    return {path: digest for path, digest in tree(folder).items() if not path.startswith((".", "children-"))}


def test_the_same_case_comes_out_and_another_machine_goes_on(
    make_case: MakeCase, endpoint: str, tmp_path: Path
) -> None:
    texts = news(40) | {"bad.txt": "Anna Kern says no. extract:abort"}
    texts["box"] = json.dumps({"holds": {"inner.txt": "Otto Wren denies that Kern met Mia Holt."}})
    here = make_case(texts, "here")
    here.build()
    there = make_case(texts, "there", **places(endpoint))
    assert there.build().documents == len(texts) + 1
    assert files(there.folder) == files(here.folder)
    assert list(there.claims()) == list(here.claims())
    assert not list((there.folder / "originals").rglob("*.txt"))
    assert len(list(objects(endpoint, "originals").listing())) == len(texts)
    assert there.verify().differences == ()
    assert b"the-secret-key" not in b"".join(
        path.read_bytes() for path in there.folder.rglob("*") if path.is_file()
    )
    # Another machine: journal and case.toml alone.
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("case.toml", "journal.sqlite"):
        shutil.copy(there.folder / name, elsewhere / name)
    other = open_case(elsewhere, chain=CHAIN, **places(endpoint))
    assert list(other.claims()) == list(here.claims())
    assert other.build().documents == 0
    assert files(elsewhere) == files(here.folder)
    add(other, tmp_path / "more", {"new.txt": "Vera Lind says that item 99 is lost."})
    assert other.build().documents == 1
    # The first machine has an older journal: of the tables of the other it keeps those of its documents.
    assert again(there, **places(endpoint)).build().documents == 0
    assert files(there.folder) == files(here.folder)


def test_an_original_that_was_lost_or_altered_in_the_store(make_case: MakeCase, endpoint: str) -> None:
    case = make_case(news(3), **places(endpoint))
    store = objects(endpoint, "originals")
    (lost, _), (altered, _), _ = store.listing()
    store.delete([lost])
    _, tag = store.get(altered)
    store.put(altered, b"Anna Kern says yes.", tag=tag)
    store.put("stranger.txt", b"x")
    assert case.build().documents == 3
    assert sorted(problem.code for problem in case.problems()) == [
        "read.original-altered",
        "read.original-missing",
    ]
    codes = sorted(one.code for one in case.verify().differences)
    assert codes == ["verify.original-altered", "verify.original-extra", "verify.original-missing"]


def test_of_two_machines_that_build_at_once_one_is_told(
    make_case: MakeCase, endpoint: str, tmp_path: Path
) -> None:
    case = make_case(news(3), **places(endpoint))
    case.build()
    add(case, tmp_path / "case-files", {"more.txt": "Vera Lind says that item 7 is lost."})
    store = objects(endpoint, "derived")
    seen: list[str] = []

    def meanwhile(stage: str, *_: int) -> None:
        if not seen:
            seen.append(stage)
            head, tag = store.get(HEAD)
            store.put(HEAD, head + b" ", tag=tag)

    with pytest.raises(CaseLockedError, match="another machine"):
        case.build(progress=meanwhile)
    assert seen
    again(case, **places(endpoint)).build()
    assert len(list(again(case, **places(endpoint)).documents())) == 4


_MACHINE = """
import json, sys
from pathlib import Path
from casegraph.errors import CaseLockedError
from casegraph.pipeline.case import open_case
from tests.pipeline.conftest import CHAIN
if __name__ == "__main__":
    case = open_case(Path(sys.argv[1]), chain=CHAIN, **json.loads(sys.argv[2]))
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        print("built", case.build().documents)
    except CaseLockedError as error:
        print("told", "another machine" in str(error))
"""


def machine(folder: Path, endpoint: str) -> subprocess.Popen[str]:
    """Start a process that waits for a line and then builds a case as another machine does."""
    command = [sys.executable, "-c", _MACHINE, str(folder), json.dumps(places(endpoint) | {"workers": 1})]
    started = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "ready\n"
    return started


def test_two_processes_that_build_one_case_at_once_leave_it_whole(
    make_case: MakeCase, endpoint: str, tmp_path: Path
) -> None:
    texts = news(30)
    here = make_case(texts, "here")
    here.build()
    there = make_case(texts, "there", **places(endpoint))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("case.toml", "journal.sqlite"):
        shutil.copy(there.folder / name, elsewhere / name)
    machines = [machine(folder, endpoint) for folder in (there.folder, elsewhere)]
    for one in machines:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    said = sorted(one.communicate(timeout=300)[0].split()[0:2] for one in machines)
    assert [one.returncode for one in machines] == [0, 0]
    assert said[0][0] == "built", said
    assert said[1] in (["built", "0"], ["built", str(len(texts))], ["told", "True"]), said
    for folder in (there.folder, elsewhere):
        case = open_case(folder, chain=CHAIN, **places(endpoint))
        assert case.build().documents == 0
        assert files(folder) == files(here.folder)
        assert case.verify().differences == ()


def test_a_head_that_names_files_outside_is_refused(endpoint: str, tmp_path: Path) -> None:
    store = objects(endpoint, "odd")
    store.put("x", b"x")
    store.put(HEAD, json.dumps({"format": 1, "files": {"../x": ["x", 1]}}).encode())
    with pytest.raises(CasegraphError, match="no case has"):
        Mirror(tmp_path / "derived", store).pull()
    assert not (tmp_path / "x").exists()


def test_reference_data_lies_in_the_store_and_is_read_again_from_there(
    make_case: MakeCase, endpoint: str, tmp_path: Path
) -> None:
    case = make_case(news(1), **places(endpoint))
    list_ = tmp_path / "list.jsonl"
    list_.write_text('{"id": "a", "schema": "Person", "properties": {"name": ["Anna Kern"]}}\n')
    case.add_reference(list_)
    before = list(case.reference_entities())
    assert len(list(objects(endpoint, "originals").listing())) == 2
    assert not [path for path in (case.folder / "originals").rglob("*") if path.is_file()]
    case.build()
    shutil.rmtree(case.folder / "derived")
    other = again(case, **places(endpoint))
    assert list(other.reference_entities()) == before
    assert other.verify().differences == ()
