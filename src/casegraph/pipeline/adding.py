"""Taking files into a case."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from casegraph.errors import UsageError
from casegraph.model import Addition, Problem
from casegraph.pipeline.reports import AddReport, Progress
from casegraph.pipeline.walk import File, special, unreadable, walk
from casegraph.store.journal import Journal, now
from casegraph.store.originals import NotAFileError, Originals, Taken

BATCH = 256
"""Files that are synced and written into the journal together."""

BATCH_BYTES = 256 << 20
"""Bytes after which a batch ends all the same: what waits to be sent to an object store lies on the disk."""

STAGE = "add"


class Adding:
    """One call of `Case.add`."""

    def __init__(
        self, journal: Journal, originals: Originals, pen_name: str | None, progress: Progress | None
    ) -> None:
        self._journal, self._originals = journal, originals
        self._pen_name, self._progress = pen_name, progress
        self._held: list[tuple[File, Taken]] = []
        self._problems: list[Problem] = []
        self._seen = self._added = self._renamed = self._already = self._bytes = 0

    def run(self, given: Sequence[Path], case: Path) -> AddReport:
        """Take in what the paths hold; `case` is the case's own folder."""
        for path in given:
            if not path.exists() and not path.is_symlink():
                raise UsageError(f"there is no file or folder {path}")
            if path.resolve().is_relative_to(case):
                raise UsageError(f"{path} is part of the case itself")
        for path in given:
            for found in walk(path, case):
                if isinstance(found, Problem):
                    self._problems.append(found)
                else:
                    self._take(found)
        self._keep()
        self._journal.refuse(self._problems, now())
        return AddReport(
            added=self._added,
            renamed=self._renamed,
            already=self._already,
            bytes=self._bytes,
            problems=tuple(self._problems),
        )

    def _take(self, file: File) -> None:
        try:
            self._held.append((file, self._originals.take(file.path)))
        except NotAFileError:
            self._problems.append(special(file.name))
        except OSError as error:
            ours = error.filename is not None and Path(error.filename) != file.path
            if ours or error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS}:
                raise  # it is the case that cannot be written
            self._problems.append(unreadable(file, error))
        self._seen += 1
        if len(self._held) >= BATCH or sum(taken.size for _, taken in self._held) >= BATCH_BYTES:
            self._keep()
        if self._progress is not None:
            self._progress(STAGE, self._seen, self._seen)

    def _keep(self) -> None:
        """Make the bytes last, then name them in the journal."""
        if not self._held:
            return
        self._originals.sync([taken for _, taken in self._held])
        moment = now()
        known = self._journal.places(dict.fromkeys(taken.document for _, taken in self._held))
        additions = []
        for file, taken in self._held:
            places = known.get(taken.document)
            if places is None:
                self._added += 1
                self._bytes += taken.size
            elif any(name == file.name and _same(path, file.named) for name, path in places):
                self._already += 1
                continue
            else:
                self._renamed += 1
            known.setdefault(taken.document, set()).add((file.name, file.named))
            additions.append(
                Addition(
                    document=taken.document,
                    name=file.name,
                    path=file.named,
                    size=taken.size,
                    modified=_moment(taken.modified),
                    changed=_moment(taken.changed),
                    accessed=_moment(taken.accessed),
                    zone=_zone(taken.modified),
                    added=moment,
                    pen_name=self._pen_name,
                )
            )
        self._journal.add(additions)
        self._held.clear()


def _same(one: str, other: str) -> bool:
    """Say whether two paths as named can be one: each tells only the end of where a file lies."""
    return f"/{one}".endswith(f"/{other}") or f"/{other}".endswith(f"/{one}")


def _moment(nanoseconds: int) -> str | None:
    """Return a file's time in UTC, to the nanosecond where its disk keeps that; None beyond the calendar."""
    seconds, rest = divmod(nanoseconds, 10**9)
    try:
        whole = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    except (OverflowError, ValueError, OSError):
        return None
    return f"{whole}.{rest:09d}Z" if rest else f"{whole}Z"


def _zone(nanoseconds: int) -> str | None:
    """Return how far this machine's clock is from UTC at a moment: the zone in which people saw the time."""
    try:
        offset = datetime.fromtimestamp(nanoseconds // 10**9, UTC).astimezone().strftime("%z")
    except (OverflowError, ValueError, OSError):
        return None
    return f"{offset[:3]}:{offset[3:5]}"
