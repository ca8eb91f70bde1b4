"""A document of a case, as the journal and the containers name it."""

from __future__ import annotations

from casegraph.model import Record


class Held(Record, frozen=True, kw_only=True):
    """A document of the case.

    `names` are its paths, sorted: those under which it was added, and for a child the container's path, "/"
    and the path inside. `paths` are those with the folders in front that the user named. `own` are its names
    where it lies, which say something of its type. `added` is when it, or its container, first came.
    """

    document: str
    names: tuple[str, ...]
    size: int
    added: str
    own: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    depth: int = 0  # containers around it, at least
    url: str | None = None  # of its first capture in a web archive
    captured: str | None = None  # when that was
