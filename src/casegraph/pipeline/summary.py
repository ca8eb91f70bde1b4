"""What a case comes to, bucket by bucket: how much is done, what is stale, in which languages.

To count all of a large case takes a minute, to count one bucket a tenth of a second. What was counted is kept
beside the tables by each build, under all that it follows from; a bucket whose tables, names or settings are
others is counted again.
"""

from __future__ import annotations

import hashlib
from collections import Counter

import msgspec
import pyarrow.compute as pc

from casegraph.model import Corroboration, Document, Record
from casegraph.pipeline.keeping import Kept
from casegraph.pipeline.plan import Ground, plan_bucket
from casegraph.pipeline.reports import Reason
from casegraph.pipeline.roll import Roll, roll
from casegraph.pipeline.tracing.tables import traced
from casegraph.store.atomic import write_whole
from casegraph.store.layout import nested
from casegraph.store.manifest import Segment

FILE = "summary.msgpack"
FORMAT = 1


class Summary(Record, frozen=True, kw_only=True):
    """What one bucket comes to."""

    key: bytes  # of all that it follows from
    touched: int  # documents for which a build would do something
    standing: dict[str, int]  # documents up to date, by stage
    failed: dict[str, int]
    rows: dict[str, dict[str, int]]  # by stage and table
    stale: dict[str, dict[Reason, int]]  # documents by stage and reason
    languages: dict[str, int]  # documents by language


class Clusters(Record, frozen=True, kw_only=True):
    """What the clusters of claims of one segment come to."""

    origins: int
    contradicted: int  # clusters


class Summed(Record, frozen=True, kw_only=True):
    """What a case comes to."""

    format: int = FORMAT
    buckets: dict[str, Summary] = {}
    clusters: dict[str, Clusters] = {}  # by segment


_KEPT: Kept[Summed] = Kept()
_DECODER: msgspec.msgpack.Decoder[Summed] = msgspec.msgpack.Decoder(Summed)
Damaged = dict[str, list[Segment]]


def summed(ground: Ground) -> Summed:
    """Return what a case comes to as it stands; `ground` is a fresh one, see `plan.freshened`."""
    damaged = {name: shelf.damaged() for name, shelf in ground.shelves.items()}
    known, whole = roll(ground), _whole_key(ground)
    keys = {prefix: _key(ground, prefix, damaged, known, whole) for prefix in ground.buckets()}
    segments = [one.name for one in traced(ground.derived).corroborations.manifest().segments]

    def make(before: Summed | None) -> Summed:
        former = _read(ground) if before is None else before
        clusters = former.clusters
        return Summed(
            buckets={
                prefix: one
                if (one := former.buckets.get(prefix)) is not None and one.key == key
                else _summary(ground, prefix, damaged, key)
                for prefix, key in keys.items()
            },
            clusters={one: clusters[one] if one in clusters else _clusters(ground, one) for one in segments},
        )

    return _KEPT.get(ground.folder.absolute(), (tuple(keys.values()), tuple(segments)), make)


def keep(ground: Ground) -> None:
    """Write what a case comes to beside its tables, for those who ask next; see `summed`."""
    write_whole(ground.derived / FILE, msgspec.msgpack.encode(summed(ground)))


def _read(ground: Ground) -> Summed:
    try:
        found = _DECODER.decode((ground.derived / FILE).read_bytes())
    except (FileNotFoundError, msgspec.DecodeError):
        return Summed()
    return found if found.format == FORMAT else Summed()


def _whole_key(ground: Ground) -> bytes:
    """Return a digest of what all buckets follow from beside their tables."""
    others = sorted(path.name for path in ground.derived.glob("*-*") if path.is_dir())
    stages = [(link.name, link.stage.version) for link in ground.chain]
    said = (
        stages,
        ground.digests,
        ground.mappings,
        ground.settings.passwords,
        sorted(ground.answers.items()),
    )
    return hashlib.blake2b(msgspec.msgpack.encode((others, said))).digest()


def _key(ground: Ground, prefix: str, damaged: Damaged, known: Roll, whole: bytes) -> bytes:
    names = [
        (segment.name, segment.dropped)
        for shelf in ground.shelves.values()
        for segment in shelf.segments(prefix)
    ]
    hurt = [one.name for some in damaged.values() for one in some if nested(one.prefix, prefix)]
    made = msgspec.msgpack.encode((names, hurt, known.digests[prefix], whole))
    return hashlib.blake2b(made, digest_size=16).digest()


def _summary(ground: Ground, prefix: str, damaged: Damaged, key: bytes) -> Summary:
    bucket = plan_bucket(ground, prefix, damaged, retry=False)
    stale: dict[str, Counter[Reason]] = {}
    for reasons in bucket.reasons.values():
        for stage, reason in reasons.items():
            stale.setdefault(stage, Counter())[reason] += 1
    return Summary(
        key=key,
        touched=len(bucket.works),
        standing=dict(bucket.standing),
        failed=dict(bucket.failed),
        rows={stage: dict(rows) for stage, rows in bucket.rows.items()},
        stale={stage: dict(reasons) for stage, reasons in stale.items()},
        languages=dict(_languages(ground, prefix, damaged)),
    )


def _languages(ground: Ground, prefix: str, damaged: Damaged) -> Counter[str]:
    shelf = next((one for one in ground.shelves.values() if Document in one.types), None)
    if shelf is None or any(nested(one.prefix, prefix) for one in damaged[shelf.stage]):
        return Counter()
    return Counter(
        filter(None, shelf.rows(Document, prefix, columns=("language",)).column("language").to_pylist())
    )


def _clusters(ground: Ground, name: str) -> Clusters:
    shelf = traced(ground.derived).corroborations
    origins = contradicted = 0
    for rows in shelf.parts(Corroboration, name, columns=("origins", "contradictions")):
        contradicted += pc.sum(pc.not_equal(rows.column("contradictions"), "[]")).as_py() or 0
        origins += sum(len(_ORIGINS.decode(one)) for one in rows.column("origins").to_pylist())
    return Clusters(origins=origins, contradicted=contradicted)


_ORIGINS: msgspec.json.Decoder[list[msgspec.Raw]] = msgspec.json.Decoder(list[msgspec.Raw])


def languages(found: Summed) -> dict[str, int]:
    """Return how many documents are in each language, most first."""
    counts: Counter[str] = Counter()
    for one in found.buckets.values():
        counts.update(one.languages)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
