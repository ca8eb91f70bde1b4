"""What all parts of `Case` work on; `Case` gives it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from casegraph.settings import Settings
from casegraph.store.journal import Journal

if TYPE_CHECKING:
    from casegraph.pipeline.plan import Ground
    from casegraph.pipeline.query import Query


class Opened:
    """A case that is open: its folder, settings and journal, its tables when they are first asked for."""

    folder: Path
    settings: Settings
    _chain: str
    _journal: Journal

    @property
    def name(self) -> str:
        """What the case is called."""
        return self.settings.name or self.folder.resolve().name

    if TYPE_CHECKING:

        @cached_property
        def _ground(self) -> Ground: ...

        def _fresh(self) -> Ground: ...

        @cached_property
        def _query(self) -> Query: ...
