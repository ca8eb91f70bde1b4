"""Where a case stands."""

from __future__ import annotations

from collections import Counter

from casegraph.pipeline.entities import entity_shelf
from casegraph.pipeline.matches import troubles
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.reports import Reason, StageStatus, Status
from casegraph.pipeline.sandbox import lacking
from casegraph.pipeline.summary import summed
from casegraph.pipeline.tracing.tables import traced
from casegraph.pipeline.underway import under_way
from casegraph.store.atomic import is_locked
from casegraph.store.shelf import Shelf


def state(ground: Ground, name: str) -> Status:
    """Return what is in a case, what is stale and why."""
    documents, size = ground.holdings.count()
    done: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    rows: dict[str, Counter[str]] = {link.name: Counter() for link in ground.chain}
    stale: dict[str, dict[Reason, int]] = {link.name: {} for link in ground.chain}
    touched = 0
    for bucket in summed(ground).buckets.values():
        touched += bucket.touched
        done.update(bucket.standing)
        failed.update(bucket.failed)
        for stage, counts in bucket.rows.items():
            rows[stage].update(counts)
        for stage, reasons in bucket.stale.items():
            for reason, count in reasons.items():
                stale[stage][reason] = stale[stage].get(reason, 0) + count
    problems = sum(counts.pop("problem", 0) for counts in rows.values())
    stages = tuple(
        StageStatus(
            stage=link.name,
            version=link.stage.version,
            done=done[link.name],
            failed=failed[link.name],
            stale=stale[link.name],
            records=dict(rows[link.name]),
        )
        for link in ground.chain
    )
    made = traced(ground.derived)
    return Status(
        name=name,
        documents=documents,
        bytes=size,
        stages=stages,
        entities=_rows(entity_shelf(ground.derived), "entity"),
        problems=problems + len(ground.journal.refused()) + len(troubles(ground.derived)),
        stale=touched,
        locked=is_locked(ground.lock),
        underway=under_way(ground.lock),
        unconfined=lacking(),
        derivations=_rows(made.lineage, "derivation"),
        corroborations=_rows(made.corroborations, "corroboration"),
    )


def _rows(shelf: Shelf, table: str) -> int:
    tables = (segment.tables.get(table) for segment in shelf.manifest().segments)
    return sum(one.rows for one in tables if one is not None)
