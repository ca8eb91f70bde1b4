from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from casegraph.errors import UsageError
from casegraph.model import Problem
from casegraph.pipeline.walk import File, walk
from tests.pipeline.conftest import MakeCase


def names(folder: Path, without: Path | None = None) -> tuple[list[str], dict[str, str]]:
    found = list(walk(folder, without or folder / "none"))
    files = [one.name for one in found if isinstance(one, File)]
    return files, {one.subject: one.code for one in found if isinstance(one, Problem)}


def test_names_are_relative_and_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert names(tmp_path) == (["b.txt", "c.txt", "a/z.txt", "a/b/c.txt"], {})
    assert names(tmp_path / "a" / "z.txt") == (["z.txt"], {})
    assert names(tmp_path, (tmp_path / "a").resolve()) == (["b.txt", "c.txt"], {})


def test_links_pipes_and_sockets(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    (inside / "deep").mkdir(parents=True)
    (tmp_path / "out.txt").write_text("secret")
    (inside / "real.txt").write_text("real")
    (inside / "same.txt").symlink_to("real.txt")
    (inside / "out.txt").symlink_to(tmp_path / "out.txt")
    (inside / "up").symlink_to(tmp_path)
    (inside / "deep" / "loop").symlink_to(inside)
    (inside / "nowhere").symlink_to("gone")
    (inside / "ring").symlink_to("ring")
    os.mkfifo(inside / "pipe")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(inside / "socket"))
    files, problems = names(inside)
    listener.close()
    assert files == ["real.txt", "same.txt"]
    assert problems == {
        "nowhere": "add.broken-link",
        "out.txt": "add.outside-folder",
        "pipe": "add.special-file",
        "ring": "add.broken-link",
        "socket": "add.special-file",
        "up": "add.outside-folder",
    }


def test_a_name_that_is_no_text_becomes_one(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/\xcf\xf0.txt"
    with open(raw, "wb") as stream:  # noqa: PTH123 - a Path holds no such name
        stream.write(b"x")
    assert names(tmp_path) == (["\\xcf\\xf0.txt"], {})


def test_a_very_deep_folder(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(300):
        folder /= "d"
    folder.mkdir(parents=True)
    (folder / "f").write_text("x")
    assert len(names(tmp_path)[0]) == 1


def test_adding(make_case: MakeCase, tmp_path: Path) -> None:
    case = make_case({"a.txt": "one", "b.txt": "two", "c.txt": "one"})
    again = case.add([tmp_path / "case-files"])
    assert (again.added, again.renamed, again.already, again.bytes) == (0, 0, 3, 0)
    (tmp_path / "d.txt").write_text("two")
    os.mkfifo(tmp_path / "pipe")
    more = case.add([tmp_path / "d.txt", tmp_path / "pipe"])
    assert (more.added, more.renamed, more.already) == (0, 1, 0)
    assert [one.code for one in more.problems] == ["add.special-file"]
    rows = list(case.documents())
    assert sorted(row.names for row in rows) == [("a.txt", "c.txt"), ("b.txt", "d.txt")]
    assert all(row.document is None for row in rows)
    (problem,) = case.problems()
    assert (problem.code, problem.document, problem.name) == ("add.special-file", None, "pipe")


def test_what_cannot_be_added_at_all(make_case: MakeCase, tmp_path: Path) -> None:
    case = make_case({"a.txt": "one"})
    for path in (tmp_path / "nothing", case.folder, case.folder / "case.toml"):
        with pytest.raises(UsageError):
            case.add([tmp_path / "case-files", path])
    assert case.add([tmp_path]).added == 0  # the case's own folder, in there too, is passed over
    assert [row.names for row in case.documents()] == [("a.txt", "case-files/a.txt")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_files_and_folders_that_may_not_be_read(tmp_path: Path, make_case: MakeCase) -> None:
    folder = tmp_path / "f"
    (folder / "closed").mkdir(parents=True)
    (folder / "secret").write_text("x")
    (folder / "secret").chmod(0)
    (folder / "closed").chmod(0)
    report = make_case({}).add([folder])
    assert {one.subject for one in report.problems} == {"secret", "closed"}
    (folder / "closed").chmod(0o700)
