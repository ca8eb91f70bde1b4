"""What a worker cannot do, tried from inside one; see `hostile`."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from casegraph.pipeline import kernel, sandbox
from casegraph.pipeline.case import Case, init_case, open_case

CHAIN = "tests.pipeline.hostile:chain"

confined = pytest.mark.skipif(
    bool(sandbox.lacking()), reason=f"this machine cannot confine workers: {'; '.join(sandbox.lacking())}"
)


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a home like a user's, outside of all that a worker may read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "home"
        (path / ".ssh").mkdir(parents=True)
        (path / ".ssh" / "id_ed25519").write_text("a secret key")
        monkeypatch.setenv("HOME", str(path))
        monkeypatch.setenv("SECRET_TOKEN", "hush")
        yield path


def tried(folder: Path, acts: Mapping[str, str], **explicit: object) -> Case:
    """Return a case built on files that name acts; each has `harmless` neighbours in its batch."""
    init_case(folder)
    case = open_case(folder, chain=CHAIN, workers=1, **explicit)
    files = folder.parent / "files"
    files.mkdir()
    for name, act in acts.items():
        (files / name).write_text(act)
    for number in range(4):
        (files / f"harmless-{number}").write_text(f"harmless {number}")
    case.add([files])
    case.build()
    return case


def outcomes(case: Case) -> dict[str, str]:
    """Return what became of each act: the words of its page, or its problem's code."""
    names = {row.id: row.names[0] for row in case.documents() if not row.depth}
    found = {names[page.document]: page.text for page in case.pages() if page.document in names}
    return found | {problem.name: problem.code for problem in case.problems()}


@confined
@pytest.mark.loopback
@pytest.mark.slow
def test_a_reader_reaches_nothing_but_its_document(tmp_path: Path, home: Path) -> None:
    local = home / "socket"
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as server,
        closing(socket.socket(socket.AF_UNIX)) as other,
    ):
        other.bind(str(local))
        other.listen()
        port, case = server.getsockname()[1], tmp_path / "case"
        victim = case / "originals" / "victim"
        refused = {
            "connect": f"connect {port}",
            "datagram": f"datagram {port}",
            "local": f"local_socket {local}",
            "ring": "ring",
            "key": f"read_file {home}/.ssh/id_ed25519",
            "folder": f"list_folder {home}",
            "shadow": "read_file /etc/shadow",
            "passwords": f"read_file {case}/case.toml",
            "journal": f"read_file {case}/journal.sqlite",
            "home": f"write_file {home}/.profile",
            "temporary": f"write_file {tempfile.gettempdir()}/casegraph-was-here",
            "original": f"write_file {victim}",
            "tables": f"write_file {case}/derived/manifest.json",
            "lock": f"delete_file {case}/derived/.lock",
            "shell": "start /bin/sh -c true",
            "copy": f"start_copy {shutil.which('true')}",
            "parent": "parents_environment",
            "group": "leave_group",
            "namespace": "new_namespace",
        }
        free = {
            "cache-1": "write_at_home 1",
            "cache-2": "write_at_home 2",
            "program": "start true",
            "variable": "find_variable SECRET_TOKEN",
        }
        if kernel.landlock_version() >= 6:
            refused["signal"] = "end_parent"
        found = outcomes(tried(case, refused | free))
    harmless = dict.fromkeys((f"harmless-{number}" for number in range(4)), "done")
    allowed = dict.fromkeys(free, "done") | {"variable": "KeyError"}
    assert found == dict.fromkeys(refused, "PermissionError") | allowed | harmless
    assert list((case / "derived" / "work").iterdir()) == []
    assert sorted(path.name for path in home.iterdir()) == [".ssh", "socket"]


@pytest.mark.slow
def test_what_a_document_uses_up_costs_that_document_alone(tmp_path: Path) -> None:
    marker = f"casegraph-test-{os.getpid()}"
    acts = {
        "bomb": (f"fork {sandbox.MOST_PROCESSES + 8}", "read.process-limit"),
        "disk": ("fill 48", "read.output-limit"),
        "files": ("fill_in_small_files 48", "read.output-limit"),
        "children": ("give 20", "read.output-limit"),
        "memory": (f"allocate {10 << 30}", "read.memory-limit"),
        "hang": (f"hang_with_child {marker}", "read.time-limit"),
        "crash": ("crash", "read.worker-died"),
    }
    case = tried(
        tmp_path / "case", {name: act for name, (act, _) in acts.items()}, time_limit=4, output_limit=16
    )
    found = outcomes(case)
    harmless = dict.fromkeys((f"harmless-{number}" for number in range(4)), "done")
    assert found == {name: code for name, (_, code) in acts.items()} | harmless
    running = [path for path in Path("/proc").glob("[0-9]*/cmdline") if _holds(path, marker)]
    assert running == []
    assert sandbox.size(tmp_path / "case" / "derived" / "unpacked") == 0


def _holds(path: Path, marker: str) -> bool:
    try:
        return marker.encode() in path.read_bytes()
    except OSError:
        return False


def test_what_is_lacking_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "landlock_version", lambda: 0)
    monkeypatch.setattr(kernel, "has_seccomp", lambda: False)
    told = sandbox.lacking()
    assert len(told) == 2
    assert "Landlock" in told[0]
    assert "network" in told[1]


def test_a_family_is_counted_and_a_folder_weighed(tmp_path: Path) -> None:
    assert sandbox.family(os.getpid())[0] == os.getpid()
    assert sandbox.resident(os.getpid()) > 1 << 20
    assert sandbox.resident(0) == 0
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c").write_bytes(bytes(700))
    (tmp_path / "d").write_bytes(bytes(50))
    assert sandbox.size(tmp_path) == 750
    (tmp_path / sandbox.SCRATCH / "x" / "y").mkdir(parents=True)
    sandbox.empty(tmp_path)
    assert list((tmp_path / sandbox.SCRATCH).iterdir()) == []
    assert sys.prefix in sandbox._libraries()
