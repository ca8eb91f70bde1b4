from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest

from casegraph.store.atomic import PENDING
from casegraph.store.originals import AlteredError, NotAFileError, Originals


def test_bytes_are_kept_once_under_their_digest_and_read_only(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals")
    source = tmp_path / "a.txt"
    source.write_bytes(b"crane" * 300_000)
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    first = originals.take(source)
    again = originals.take(source)
    originals.sync([first, again])
    assert (first.document, first.new, again.new) == (f"sha256:{digest}", True, False)
    path = tmp_path / "originals" / digest[:2] / digest[2:4] / digest
    assert path.read_bytes() == source.read_bytes() == originals.read(first.document)
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert stat.S_IMODE((tmp_path / "originals").stat().st_mode) == 0o700
    assert [one for one in (tmp_path / "originals").rglob("*") if one.is_file()] == [path]


def test_altered_and_lost_bytes_are_noticed(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals")
    (tmp_path / "a").write_bytes(b"abc")
    taken = originals.take(tmp_path / "a")
    taken.path.chmod(0o600)
    taken.path.write_bytes(b"abd")
    with pytest.raises(AlteredError):
        originals.read(taken.document)
    assert originals.take(tmp_path / "a").new
    assert originals.read(taken.document) == b"abc"  # the same file added again mends it
    taken.path.unlink()
    with pytest.raises(FileNotFoundError):
        originals.read(taken.document)


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAFileError):
        Originals(tmp_path / "originals").take(tmp_path / "pipe")


def test_leavings_of_a_crash_are_swept(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals")
    originals.folder.mkdir()
    (originals.folder / f"{PENDING}1").write_bytes(b"half")
    originals.sweep()
    assert not list(originals.folder.iterdir())
