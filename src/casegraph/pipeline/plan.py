"""What is missing or stale in a bucket, and why; nothing is changed and no document opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from casegraph.model import LocalModel, Mapping, Problem, TableMapping, make_id
from casegraph.pipeline.chain import LOCKED, Chain, keys, load_chain, settings_digest
from casegraph.pipeline.folder import DERIVED, JOURNAL, MAPPINGS, UNPACKED
from casegraph.pipeline.local import local_model
from casegraph.pipeline.mapped import layouts, mapping_lock, read_mappings, with_mappings
from casegraph.pipeline.places import mirror_of, originals_of
from casegraph.pipeline.reports import Reason
from casegraph.pipeline.tasks import Key, Work
from casegraph.settings import Settings
from casegraph.store.held import Held
from casegraph.store.holdings import Holdings
from casegraph.store.journal import Journal
from casegraph.store.layout import bits_for, bounds, nested, prefixes
from casegraph.store.manifest import Outcome, Segment
from casegraph.store.mirror import Mirror
from casegraph.store.originals import Originals
from casegraph.store.shelf import Shelf

FINE: frozenset[Outcome] = frozenset({"done", "skipped"})


@dataclass(frozen=True)
class Ground:
    """All that planning, building and asking stand on: the folder's parts and the chain."""

    folder: Path
    settings: Settings
    reference: str  # of the chain
    chain: Chain
    journal: Journal
    holdings: Holdings
    originals: Originals
    unpacked: Originals  # the bytes of children; can be made again
    shelves: dict[str, Shelf]
    digests: dict[str, str]
    mappings: tuple[Mapping, ...] = ()  # what a person says of tables
    answers: MappingOf[str, str] = field(default_factory=dict)  # digest of what models said, by document
    model: LocalModel | None = None  # that finds names beside the rules
    mirror: Mirror | None = None  # of what is derived, in an object store

    @property
    def derived(self) -> Path:
        """The folder of everything that can be made again."""
        return self.folder / DERIVED

    @property
    def lock(self) -> Path:
        """The file that a build holds."""
        return self.derived / ".lock"

    def buckets(self) -> list[str]:
        """Return the prefixes of the case's buckets in order."""
        return prefixes(bits_for(self.holdings.count()[0]))


def lay_ground(folder: Path, settings: Settings, reference: str) -> Ground:
    """Return the ground of a case folder."""
    chain = load_chain(reference)
    derived = folder / DERIVED
    shelves = {link.name: Shelf(derived, link.name, link.stage.version, link.keeps) for link in chain}
    journal = Journal(folder / JOURNAL)
    return Ground(
        folder=folder,
        settings=settings,
        reference=reference,
        chain=chain,
        journal=journal,
        holdings=Holdings(journal, derived),
        originals=originals_of(folder, settings),
        unpacked=Originals(derived / UNPACKED),
        shelves=shelves,
        digests=settings_digest(chain, settings),
        mirror=mirror_of(folder, settings),
    )


def freshened(ground: Ground) -> Ground:
    """Return the ground with what people and models say of documents, as it is now."""
    model = local_model(ground.settings)
    return replace(
        ground,
        mappings=read_mappings(ground.folder / MAPPINGS),
        answers=ground.journal.answer_digests() if ground.settings.answers == "used" else {},
        model=model,
        digests=settings_digest(ground.chain, ground.settings, model.digest if model else ""),
    )


@dataclass(slots=True)
class Bucket:
    """What a bucket needs: work by document with its reasons, and where its documents stand now."""

    prefix: str
    works: list[Work] = field(default_factory=list)
    reasons: dict[str, dict[str, Reason]] = field(default_factory=dict)  # by document and stage
    places: dict[str, dict[str, str]] = field(default_factory=dict)  # stage, document: segment's name
    gone: dict[str, dict[str, list[str]]] = field(
        default_factory=dict
    )  # stage, segment: no longer in the case
    standing: Counter[str] = field(default_factory=Counter)  # documents up to date, by stage
    failed: Counter[str] = field(default_factory=Counter)  # of these the ones that failed
    rows: dict[str, Counter[str]] = field(default_factory=dict)  # by stage and table
    documents: int = 0


def plan(ground: Ground, *, retry: bool = False) -> Iterator[Bucket]:
    """Yield what each bucket needs, in order."""
    damaged = {name: shelf.damaged() for name, shelf in ground.shelves.items()}
    for prefix in ground.buckets():
        yield plan_bucket(ground, prefix, damaged, retry=retry)


def plan_bucket(ground: Ground, prefix: str, damaged: dict[str, list[Segment]], *, retry: bool) -> Bucket:
    """Return what one bucket needs. `damaged` names the segments that are not to be read."""
    bucket = Bucket(prefix)
    held = list(ground.holdings.held(*bounds(prefix)))
    bucket.documents = len(held)
    ids = {one.document for one in held}
    shelves = [_Seen(shelf, prefix, damaged[name]) for name, shelf in ground.shelves.items()]
    for seen in shelves:
        places = {document: segment.name for document, (segment, _) in seen.units.items()}
        bucket.places[seen.stage] = places
        bucket.rows[seen.stage] = Counter()
        for _, unit in seen.units.values():
            bucket.rows[seen.stage].update(unit.records)
        for document in places.keys() - ids:
            drop = bucket.gone.setdefault(seen.stage, {}).setdefault(places[document], [])
            drop.append(document)
    lock = make_id("passwords", *ground.settings.passwords) if ground.settings.passwords else ""
    encrypted = _encrypted(ground, prefix) if lock else frozenset()
    mapped = layouts(ground.shelves, ground.mappings, prefix)
    for one in held:
        answers = ground.answers.get(one.document, "")
        locked = keys(ground.chain, ground.digests, one, lock, answers) if lock else {}
        plain = keys(ground.chain, ground.digests, one, answers=answers)
        wanted = locked if one.document in encrypted else plain
        reasons: dict[str, Reason] = {}
        outcomes: dict[str, Outcome] = {}
        for link, seen in zip(ground.chain, shelves, strict=True):
            again = retry and link.after in reasons
            own = wanted[link.name]
            if TableMapping in link.stage.gives:
                own = with_mappings(own, mapping_lock(ground.mappings, mapped.get(one.document, frozenset())))
            reason = seen.reason(one.document, own, first=link.after is None, retry=retry)
            if reason or again:
                reasons[link.name] = reason or "retry"
            else:
                outcomes[link.name] = seen.units[one.document][1].outcome
            bucket.standing[link.name] += link.name in outcomes
            bucket.failed[link.name] += outcomes.get(link.name, "done") not in FINE
        if reasons:
            bucket.reasons[one.document] = reasons
            work = _work(one, wanted, reasons, outcomes)
            bucket.works.append(msgspec.structs.replace(work, locked=locked))
    return bucket


def _encrypted(ground: Ground, prefix: str) -> frozenset[str]:
    """Return the documents of a bucket that were found to be encrypted, opened or not."""
    first = ground.chain[0].name
    rows = ground.shelves[first].rows(Problem, prefix, columns=("code", "subject"))
    wanted = {f"{first}.{code}" for code in LOCKED}
    pairs = zip(rows.column("code").to_pylist(), rows.column("subject").to_pylist(), strict=True)
    return frozenset(subject for code, subject in pairs if code in wanted)


class _Seen:
    """What is there of one stage in one bucket."""

    def __init__(self, shelf: Shelf, prefix: str, damaged: list[Segment]) -> None:
        self.stage = shelf.stage
        self.units = shelf.units(prefix, without={segment.name for segment in damaged})
        self._others = _other_versions(shelf, prefix)
        self._hurt = any(nested(segment.prefix, prefix) for segment in damaged)

    def reason(self, document: str, wanted: Key, *, first: bool, retry: bool) -> Reason | None:
        """Say why the stage must be done for a document, None when it need not."""
        if document not in self.units:
            return "stage-version" if document in self._others else "damaged" if self._hurt else "new"
        unit = self.units[document][1]
        if unit.key == wanted.key:
            return "retry" if retry and unit.outcome not in FINE else None
        if unit.settings != wanted.settings:
            return "settings"
        if unit.upstream != wanted.upstream:
            return "names" if first else "upstream"
        return "stage-version"


def _other_versions(shelf: Shelf, prefix: str) -> set[str]:
    """Return the documents of a bucket that another version of the stage has done."""
    found: set[str] = set()
    for folder in shelf.folder.parent.glob(f"{shelf.stage}-*"):
        version = folder.name.removeprefix(f"{shelf.stage}-")
        if version.isdecimal() and int(version) != shelf.version:
            other = Shelf(shelf.folder.parent, shelf.stage, int(version), ())
            found |= set(other.units(prefix, without={one.name for one in other.damaged()}))
    return found


def _work(
    one: Held, wanted: dict[str, Key], reasons: dict[str, Reason], outcomes: dict[str, Outcome]
) -> Work:
    return Work(
        document=one.document,
        names=one.own,
        depth=one.depth,
        url=one.url,
        captured=one.captured,
        size=one.size,
        needs={name: key for name, key in wanted.items() if name in reasons},
        outcomes=outcomes,
    )


def search_key(keys: Iterable[str], form: int) -> str:
    """Return the key of a document in the search index: of its tables' keys."""
    return make_id("key", "search", form, *keys)
