"""What a path given by the user holds: files in order, and what cannot be taken in."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casegraph.model import Problem


@dataclass(frozen=True, slots=True)
class File:
    """A file to take in, its name in the case, and its path as it was named (see `as_named`)."""

    path: Path
    name: str
    named: str


def walk(given: Path, without: Path) -> Iterator[File | Problem]:
    """Yield the files of a given file or folder in the order of their names.

    Names are relative to the folder as given; a file has its own name. Links that lead out of the folder,
    pipes, sockets and devices are problems; so is what may not be read. The folder `without` (the case
    itself) is passed over.
    """
    front = as_named(given)
    if not given.is_dir():
        yield File(given, _written(given.name), front)
        return
    root = given.resolve()
    left = [given]
    while left:
        folder = left.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            yield _problem(
                "unreadable", _relative(given, folder), f"the folder cannot be read: {error.strerror}"
            )
            continue
        folders = []
        for entry in entries:
            path = folder / entry.name
            if entry.is_dir(follow_symlinks=False):
                if path.resolve() != without:
                    folders.append(path)
            elif (found := _file(given, root, path, front)) is not None:
                yield found
        left += reversed(folders)


def _file(given: Path, root: Path, path: Path, front: str) -> File | Problem | None:
    """Return a file or why it is none; None for a link to a folder that is walked anyway."""
    name = _relative(given, path)
    try:
        if path.is_symlink():
            target = path.resolve(strict=True)
            if not target.is_relative_to(root):
                return _problem(
                    "outside-folder", name, "a link that leads out of the folder was not followed"
                )
            if target.is_dir():
                return None
        mode = path.stat().st_mode
    except (OSError, RuntimeError):  # a loop of links is a RuntimeError up to Python 3.12
        return _problem("broken-link", name, "a link that leads nowhere, or a file that vanished")
    if not stat.S_ISREG(mode):
        return special(name)
    return File(path, name, f"{front}/{name}" if front else name)


def as_named(given: Path) -> str:
    """Return a path as the user named it, in so far as it tells nothing of the machine.

    Of a relative path all that was given, of any path at least its last folder; never a home folder's name,
    which is a login. So "leak/a.txt" stays, "/media/stick/leak" becomes "stick/leak".
    """
    whole = given.absolute()
    parts = list((Path() if given.is_absolute() or ".." in given.parts else given).parts)
    last = [one for one in Path(os.path.normpath(whole)).parts[1:] if one != Path.home().name][-2:]
    if Path(os.path.normpath(whole)).parent.name == Path.home().name:
        last = last[-1:]
    return _written("/".join(parts if len(parts) > len(last) else last))


def _problem(code: str, name: str, detail: str) -> Problem:
    return Problem(code=f"add.{code}", subject=name, detail=detail)


def special(name: str) -> Problem:
    """Return the problem of what is no regular file."""
    return _problem("special-file", name, "a pipe, socket or device cannot be taken in")


def unreadable(file: File, error: OSError) -> Problem:
    """Return the problem of a file whose bytes could not be had."""
    return _problem("unreadable", file.name, f"the file cannot be read: {error.strerror or error}")


def _relative(given: Path, path: Path) -> str:
    return _written(path.relative_to(given).as_posix())


def _written(name: str) -> str:
    r"""Return a name as text; bytes that are no UTF-8 become \xNN."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
