"""How far a build is can be read while it runs, by anybody, and not afterwards."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from casegraph.pipeline.reports import Underway
from casegraph.pipeline.underway import telling, under_way
from casegraph.store.atomic import locked

BUILD = """
import sys, pathlib, time
from casegraph.pipeline.underway import telling
from casegraph.store.atomic import locked
lock = pathlib.Path(sys.argv[1])
with locked(lock), telling(lock, None) as tell:
    tell("extract", 3, 28)
    print("told", flush=True)
    time.sleep(60)
"""


def test_another_process_says_how_far_it_is(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    assert under_way(lock) is None
    with subprocess.Popen([sys.executable, "-c", BUILD, str(lock)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"told\n"
        assert under_way(lock) == Underway(stage="extract", done=3, total=28)
        other.kill()
    assert under_way(lock) is None  # what it left there counts no more
    heard: list[tuple[str, int, int]] = []
    with locked(lock), telling(lock, lambda *at: heard.append(at)) as tell:
        assert under_way(lock) is None  # nothing is told yet
        tell("read", 1, 2)
        tell("read", 2, 2)
        assert under_way(lock) == Underway(stage="read", done=1, total=2)  # no more than twice a second
        assert heard == [("read", 1, 2), ("read", 2, 2)]
        time.sleep(0.6)
        tell("read", 2, 2)
        assert under_way(lock) == Underway(stage="read", done=2, total=2)
    assert lock.read_bytes() == b""


def test_what_cannot_be_written_ends_no_build(tmp_path: Path) -> None:
    heard: list[str] = []
    with telling(tmp_path / "gone" / "lock", lambda stage, _done, _total: heard.append(stage)) as tell:
        tell("read", 1, 1)
    assert heard == ["read"]
