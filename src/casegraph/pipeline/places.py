"""Where the parts of a case lie: in its folder, or in an object store that the settings name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from casegraph.pipeline.folder import BETWEEN, DERIVED, ORIGINALS, WORK
from casegraph.settings import Settings
from casegraph.store.originals import Originals

if TYPE_CHECKING:
    from casegraph.store.mirror import Mirror
    from casegraph.store.objects import Objects

LOCAL = (WORK, BETWEEN, "search-*", "reference-*")
"""What of the derived folder stays on this machine: the search index is made from the tables,
as is what lies between the steps of `trace`, the tables of reference data from its files."""


def originals_of(folder: Path, settings: Settings) -> Originals:
    """Return the originals of a case; raises SettingsError, MissingPartError."""
    if not settings.originals:
        return Originals(folder / ORIGINALS)
    from casegraph.store.remote import RemoteOriginals  # noqa: PLC0415 - most cases need no object store

    return RemoteOriginals(folder / ORIGINALS, _objects(settings.originals, settings))


def mirror_of(folder: Path, settings: Settings) -> Mirror | None:
    """Return the copy of what is derived, None where there is to be none; raises as `originals_of`."""
    if not settings.derived:
        return None
    from casegraph.store.mirror import Mirror  # noqa: PLC0415 - most cases need no object store

    return Mirror(folder / DERIVED, _objects(settings.derived, settings), LOCAL)


def _objects(url: str, settings: Settings) -> Objects:
    from casegraph.store.objects import Objects, Where  # noqa: PLC0415 - most cases need no object store

    return Objects(Where(url, settings.endpoint, settings.region))
