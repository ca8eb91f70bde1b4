"""What containers hold, from the tables of `read`: kept in the holdings, and looked after."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.model import Child, make_id
from casegraph.pipeline.plan import Ground
from casegraph.store.holdings import Kin
from casegraph.store.manifest import Segment
from casegraph.store.shelf import Shelf

_COLUMNS = ("document", "child", "number", "name", "size", "role", "url", "modified")


class Kinship:
    """Children of one case while it is built; the build's lock is held."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def update(self) -> bool:
        """Bring the list of children up to date; return whether there is more to do now.

        Documents may have come or gone. Containers whose children's bytes are no longer there are forgotten,
        so that the next round reads them again.
        """
        first = self._ground.chain[0]
        if Child not in first.stage.gives:
            return False
        shelf = self._ground.shelves[first.name]
        holdings = self._ground.holdings
        segments = [one for one in shelf.manifest().segments if _holds(one)]
        former = holdings.mark()
        if not segments and not former:
            return False
        names = (part for one in segments for part in (one.name, *one.dropped))
        mark = make_id("kin", self._ground.journal.additions(), *names)
        changed = mark != former and holdings.refresh(mark, self._kin(shelf))
        if changed:
            self.sweep()
        return self._forget_lost(shelf) or changed

    def _kin(self, shelf: Shelf) -> Iterator[Kin]:
        for prefix in self._ground.buckets():
            rows = shelf.rows(Child, prefix, columns=_COLUMNS).select(list(_COLUMNS))
            for row in rows.to_pylist():
                yield Kin(container=row.pop("document"), **row)

    def sweep(self) -> None:
        """Delete the bytes of children that no container holds any more."""
        unpacked = self._ground.unpacked
        for start in unpacked.starts():
            low = f"sha256:{start}"
            unpacked.keep(start, {one.document for one in self._ground.holdings.held(low, low + "g")})

    def _forget_lost(self, shelf: Shelf) -> bool:
        """Forget containers that are there and miss a child: those inside them come in later rounds."""
        lost: set[str] = set()
        for prefix in self._ground.buckets():
            rows = shelf.rows(Child, prefix, columns=("document", "child"))
            pairs = zip(rows.column("document").to_pylist(), rows.column("child").to_pylist(), strict=True)
            lost |= {one for one, child in pairs if not self._has(child) and self._has(one)}
        if not lost:
            return False
        drop: dict[str, list[str]] = {}
        for prefix in self._ground.buckets():
            for document, (segment, _) in shelf.units(prefix).items():
                if document in lost:
                    drop.setdefault(segment.name, []).append(document)
        shelf.commit(drop=drop)
        return True

    def _has(self, document: str) -> bool:
        return self._ground.unpacked.has(document) or self._ground.originals.has(document)


def _holds(segment: Segment) -> bool:
    table = segment.tables.get("child")
    return table is not None and table.rows > 0
