"""Building: plan, let the engine do it, commit what comes back, merge buckets, gather, index, note it."""

from __future__ import annotations

import shutil
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casegraph.errors import CaseDamagedError
from casegraph.model import DEEPEST, Activity, Answer
from casegraph.pipeline import sandbox
from casegraph.pipeline.changed import EntityChanges
from casegraph.pipeline.engine import Engine
from casegraph.pipeline.folder import BETWEEN, UNPACKED, WORK
from casegraph.pipeline.index import STAGE as SEARCH
from casegraph.pipeline.index import Indexer, index_path
from casegraph.pipeline.kinship import Kinship
from casegraph.pipeline.letters import update as update_threads
from casegraph.pipeline.plan import Bucket, Ground, plan, plan_bucket
from casegraph.pipeline.referencing import reference_folder
from casegraph.pipeline.reports import BuildReport, Progress, StageReport
from casegraph.pipeline.summary import keep as keep_summary
from casegraph.pipeline.tasks import ALONE, Asked, Batch, Done, Merge, Tally, Work, batches
from casegraph.pipeline.underway import telling
from casegraph.pipeline.whole import Whole
from casegraph.store.atomic import is_locked, locked
from casegraph.store.journal import now
from casegraph.store.layout import nested
from casegraph.store.manifest import Segment

KEPT = 64  # plans of buckets that are kept rather than made twice: some 16,000 documents' worth
MERGES = 16  # merges for which it is worth while to start one more worker
SPARE = 4  # rounds beyond the depth of containers: what was lost is made again, what is gone is dropped


def build(
    ground: Ground, engine: Engine, *, retry: bool = False, progress: Progress | None = None
) -> BuildReport:
    """Bring all derived tables up to date; see Case.build."""
    ground.derived.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(ground.lock):
        if ground.mirror is not None:
            ground.mirror.pull()
        with telling(ground.lock, progress) as told:
            return Build(ground, engine, told, retry=retry).run()


def regather(ground: Ground, engine: Engine, progress: Progress | None = None) -> EntityChanges:
    """Bring the entities up to date with what people say, and read no document."""
    ground.derived.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(ground.lock):
        if ground.mirror is not None:
            ground.mirror.pull()
        with telling(ground.lock, progress) as told:
            return Build(ground, engine, told, retry=False).entities()


@dataclass(slots=True)
class Group:
    """Buckets of one stage that must be merged together: a segment of an older layout spans them."""

    stage: str
    sources: tuple[Segment, ...]
    waiting: set[str]  # prefixes whose merges are not back yet
    merged: list[Segment] = field(default_factory=list)


class Build:
    """One build of a case; its lock is held."""

    def __init__(self, ground: Ground, engine: Engine, progress: Progress, *, retry: bool) -> None:
        self._ground, self._engine = ground, engine
        self._retry, self._progress = retry, progress
        self._prefixes: list[str] = []
        self._rounds = 0
        self._planned: dict[str, Bucket] = {}  # plans kept from counting
        self._ready: set[str] = set()  # buckets whose documents are done
        self._open: dict[str, int] = {}  # documents of a bucket not back yet
        self._buckets: dict[str, Bucket] = {}
        self._merges: deque[Merge] = deque()
        self._groups: dict[tuple[str, str], Group] = {}  # by stage and prefix
        self._tallies: dict[str, Tally] = defaultdict(Tally)
        self._totals: dict[str, int] = defaultdict(int)
        self._shown: dict[str, int] = defaultdict(int)
        self._touched = self._dropped = self._failed = 0
        self._whole = Whole(ground, engine, progress)

    def run(self) -> BuildReport:
        """Do all there is to do."""
        began, started = time.monotonic(), now()
        damaged = self._clear()
        try:
            for _ in range(DEEPEST + SPARE):
                self._round(damaged)
                if not self._more():
                    break
                damaged = {name: [] for name in damaged}
            if self._failed:
                Kinship(self._ground).sweep()  # what was taken out of containers before they failed
            update_threads(self._ground)
            self._whole.update(self._prefixes)
        finally:
            self._engine.close()
            self._note(started)
        indexer = Indexer(self._ground)
        indexer.update(self._prefixes, lambda done: self._progress(SEARCH, done, max(done, self._touched)))
        self._sweep()
        keep_summary(self._ground)
        if self._ground.mirror is not None:
            self._ground.mirror.push()
        return self._report(time.monotonic() - began)

    def entities(self) -> EntityChanges:
        """Make the entities anew, and nothing else."""
        self._prefixes = self._ground.buckets()
        try:
            self._whole.update(self._prefixes)
        finally:
            self._engine.close()
        for shelf in self._whole.shelves():
            shelf.settle()
            shelf.sweep()
        if self._ground.mirror is not None:
            self._ground.mirror.push()
        return self._whole.changes

    def _round(self, damaged: dict[str, list[Segment]]) -> None:
        """Do what is missing for the documents that are known by now."""
        self._prefixes = self._ground.buckets()
        self._planned, self._ready = {}, set()
        touched = again = 0
        for bucket in plan(self._ground, retry=self._retry and not self._rounds):
            if len(self._planned) < KEPT:
                self._planned[bucket.prefix] = bucket
            touched += len(bucket.works)
            for reasons in bucket.reasons.values():
                again += self._rounds > 0 and reasons.get(self._ground.chain[0].name) != "new"
                for name in reasons:
                    self._totals[name] += 1
        engine = self._engine
        engine.start(-(-touched // ALONE))
        self._touched += touched - again
        for task, done in engine.map(self._work(damaged), self._watch):
            self._take(task, done)
        engine.start(len(self._merges) // MERGES)
        for task, done in engine.map(self._drain()):
            self._take(task, done)
        self._rounds += 1

    def _more(self) -> bool:
        """Take up what containers were found to hold; return whether there is more to do now."""
        return Kinship(self._ground).update()

    def _clear(self) -> dict[str, list[Segment]]:
        """Forget damaged segments and delete leavings; return what was forgotten."""
        damaged = {name: shelf.damaged() for name, shelf in self._ground.shelves.items()}
        for name, shelf in self._ground.shelves.items():
            if damaged[name]:
                shelf.commit(remove=[segment.name for segment in damaged[name]])
            shelf.sweep()
        for folder in (self._ground.derived / WORK).glob("*"):
            if not is_locked(folder):  # a dead build's; another one may be waiting for this to end
                shutil.rmtree(folder, ignore_errors=True)
        for shelf in self._whole.shelves():
            if shelf.damaged():
                shelf.commit(remove=[segment.name for segment in shelf.manifest().segments])
        return damaged

    def _work(self, damaged: dict[str, list[Segment]]) -> Iterator[Asked]:
        """Yield batches bucket by bucket, and merges as soon as their buckets are done."""
        for prefix in self._prefixes:
            bucket = self._planned.pop(prefix, None)
            bucket = bucket or plan_bucket(
                self._ground, prefix, damaged, retry=self._retry and not self._rounds
            )
            for name, drop in bucket.gone.items():
                self._dropped += sum(map(len, drop.values())) if name == self._ground.chain[0].name else 0
                self._ground.shelves[name].commit(drop=drop)
            if not bucket.works:
                self._finish(prefix)
            else:
                self._buckets[prefix] = bucket
                self._open[prefix] = len(bucket.works)
                for works in batches(bucket.works, self._ground.settings.worker_count()):
                    yield from self._drain()
                    fetch = self._to_fetch(works)
                    yield Batch(
                        prefix=prefix,
                        works=works,
                        mappings=self._ground.mappings,
                        answers=self._answers(works),
                        model=self._ground.model,
                        fetch=fetch,
                    )
            yield from self._drain()

    def _answers(self, works: tuple[Work, ...]) -> tuple[Answer, ...]:
        """Return what language models said of the documents of a batch."""
        asked = [work.document for work in works if work.document in self._ground.answers]
        return tuple(self._ground.journal.answers(asked)) if asked else ()

    def _to_fetch(self, works: tuple[Work, ...]) -> tuple[str, ...]:
        """Return the documents whose bytes a batch needs from an object store."""
        if not self._ground.originals.remote:
            return ()
        first, unpacked = self._ground.chain[0].name, self._ground.unpacked
        return tuple(
            work.document for work in works if first in work.needs and not unpacked.has(work.document)
        )

    def _drain(self) -> Iterator[Asked]:
        while self._merges:
            yield self._merges.popleft()

    def _take(self, task: Asked, done: Done) -> None:
        """Commit what a worker has written."""
        if isinstance(task, Batch):
            self._take_batch(task, done)
        elif isinstance(task, Merge):
            self._take_merge(task, done)

    def _take_batch(self, batch: Batch, done: Done) -> None:
        bucket = self._buckets[batch.prefix]
        for name, segment in done.segments.items():
            drop: dict[str, list[str]] = defaultdict(list)
            for work in batch.works:
                if name in work.needs and work.document in bucket.places[name]:
                    drop[bucket.places[name][work.document]].append(work.document)
            if segment is not None:
                self._failed += segment.failed
                shelf = self._ground.shelves[name]
                shelf.commit(add=[shelf.take_over(self._outbox(done), segment)], drop=drop)
        for name, tally in done.tallies.items():
            own = self._tallies[name]
            own.documents += tally.documents
            own.records += tally.records
            own.problems += tally.problems
            own.seconds += tally.seconds
        self._watch(0)
        self._open[batch.prefix] -= len(batch.works)
        if not self._open[batch.prefix]:
            del self._open[batch.prefix], self._buckets[batch.prefix]
            self._finish(batch.prefix)

    def _outbox(self, done: Done) -> Path:
        """Return where a worker has put what it made."""
        if not done.by.isalnum():
            raise CaseDamagedError("a worker has no name")
        return self._ground.derived / WORK / self._engine.token / done.by / sandbox.TABLES

    def _watch(self, under_way: int) -> None:
        for link in self._ground.chain:
            total = self._totals[link.name]
            if total:
                done = min(total, self._tallies[link.name].documents + under_way)
                self._shown[link.name] = max(done, self._shown[link.name])
                self._progress(link.name, self._shown[link.name], total)

    def _finish(self, prefix: str) -> None:
        """Queue the merges that a finished bucket makes possible."""
        self._ready.add(prefix)
        for name, shelf in self._ground.shelves.items():
            root = min((one.prefix for one in shelf.segments(prefix)), key=len, default=prefix)
            root = min(root, prefix, key=len)
            members = [prefix] if root == prefix else [one for one in self._prefixes if one.startswith(root)]
            if not self._ready.issuperset(members):
                continue
            sources = tuple(shelf.segments(root))
            wanted = [one for one in members if not shelf.in_order(one)]
            if not wanted:
                continue
            touched = (one for one in sources if any(nested(one.prefix, prefix) for prefix in wanted))
            group = Group(name, tuple(touched), set(wanted))
            for one in wanted:
                self._groups[name, one] = group
                own = tuple(source for source in group.sources if nested(source.prefix, one))
                self._merges.append(Merge(stage=name, prefix=one, sources=own))

    def _take_merge(self, merge: Merge, done: Done) -> None:
        group = self._groups.pop((merge.stage, merge.prefix))
        group.waiting.discard(merge.prefix)
        segment = done.segments[merge.stage]
        if segment is not None:
            shelf = self._ground.shelves[merge.stage]
            group.merged.append(shelf.take_over(self._outbox(done), segment))
        if not group.waiting:
            shelf = self._ground.shelves[merge.stage]
            shelf.commit(add=group.merged, remove=[source.name for source in group.sources])
            shelf.discard(source.name for source in group.sources)

    def _sweep(self) -> None:
        """Delete the tables of other versions and of stages that are no more."""
        derived = self._ground.derived
        shelves = [*self._ground.shelves.values(), *self._whole.shelves()]
        for shelf in shelves:
            shelf.settle()
            shelf.sweep()
        index = index_path(derived)
        keep = {shelf.folder.name for shelf in shelves} | {index.name, index.stem, UNPACKED, WORK, BETWEEN}
        keep.add(reference_folder(derived).name)
        for path in derived.iterdir():
            if path.is_dir() and path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)

    def _note(self, started: str) -> None:
        ended = now()
        activities = [
            Activity(
                stage=link.name,
                version=link.stage.version,
                settings=self._ground.digests[link.name],
                started=started,
                ended=ended,
                used=self._tallies[link.name].documents,
                generated=self._tallies[link.name].records,
                problems=self._tallies[link.name].problems,
            )
            for link in self._ground.chain
            if self._tallies[link.name].documents
        ]
        if activities:
            self._ground.journal.act(activities)

    def _report(self, seconds: float) -> BuildReport:
        stages = tuple(
            StageReport(
                stage=link.name,
                documents=self._tallies[link.name].documents,
                records=self._tallies[link.name].records,
                problems=self._tallies[link.name].problems,
                cpu_seconds=round(self._tallies[link.name].seconds, 3),
            )
            for link in self._ground.chain
        )
        return BuildReport(
            documents=self._touched,
            dropped=self._dropped,
            stages=stages,
            problems=sum(stage.problems for stage in stages),
            seconds=round(seconds, 3),
            unconfined=sandbox.lacking(),
            entities=self._whole.changes,
            compared=self._whole.compared.compared,
            crowded=self._whole.compared.crowded,
            proposals=self._whole.proposals,
            traced=self._whole.traced,
            tied=self._whole.tied,
        )
