"""The table of pairs of entities whose names fit: made for what documents name, whatever people say of it.

The matcher compares members of blocks, which is dear; so its pairs are kept, and a judgement makes nobody
compare again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from casegraph.model import Pair, Problem, Record, make_id
from casegraph.pipeline.entities import PART_DIGITS, columns_of, entity_shelf, unit_of
from casegraph.pipeline.entries import Lists
from casegraph.resolve import Counted, Rule, Scored
from casegraph.resolve.scorers import outside
from casegraph.store.codec import codec
from casegraph.store.manifest import Manifest, Unit
from casegraph.store.shelf import Shelf

if TYPE_CHECKING:
    from casegraph.resolve.matching.pairs import Memo

STAGE = "matches"
VERSION = 2
RULE = "match"
"""How the steps call the matcher beside the rules of `resolve`."""

PAIRS = codec(Pair).schema
_SHOWN = 3  # names that stand for a crowd
_RANKS = {"sure": 0, "vetoed": 1, "same": 2, "proposal": 3}


def match_shelf(derived: Path, outbox: Path | None = None) -> Shelf:
    """Return where the table of pairs is kept."""
    return Shelf(derived, STAGE, VERSION, (Pair,), outbox)


class Comparison(Record, frozen=True, kw_only=True):
    """What the matcher made of two entities as it knew them: by a digest of that, so that it stays right."""

    digest: bytes
    result: str  # JSON of a `Pair` without ids; empty: they are two


def comparison_shelf(derived: Path, outbox: Path | None = None) -> Shelf:
    """Return where comparisons are kept for the next build: piece by piece, as blocks fall into pieces."""
    return Shelf(derived, "comparisons", VERSION, (Comparison, Problem), outbox)


def whole_case(derived: Path, outbox: Path | None = None) -> tuple[Shelf, Shelf, Shelf]:
    """Return the tables of stages that see the whole case: entities, pairs, comparisons."""
    return entity_shelf(derived, outbox), match_shelf(derived, outbox), comparison_shelf(derived, outbox)


def remembered(shelf: Shelf, prefix: str) -> dict[bytes, str]:
    """Return the comparisons of a piece; none where an earlier build had other pieces."""
    if not any(segment.prefix == prefix for segment in shelf.manifest().segments):
        return {}
    rows = shelf.rows(Comparison, prefix, columns=("digest", "result"))
    return dict(zip(*columns_of(rows, "digest", "result"), strict=True))


def kept(
    memo: Memo, problems: Sequence[Problem], key: str
) -> tuple[Unit, list[tuple[type[Record], list[tuple[str, pa.Table]]]]]:
    """Return the comparisons of a piece and what went wrong as tables with their unit."""
    own = [Comparison(digest=digest, result=result) for digest, result in sorted(memo.used.items())]
    table = pa.Table.from_batches([codec(Comparison).encode(STAGE, own)])
    told = pa.Table.from_batches([codec(Problem).encode(STAGE, list(problems))])
    unit = unit_of(STAGE, table, key, codec(Comparison).table)
    unit = msgspec.structs.replace(unit, records=unit.records | {codec(Problem).table: len(problems)})
    return unit, [(Comparison, [(STAGE, table)]), (Problem, [(STAGE, told)])]


def crowded(key: str, block: Sequence[Counted]) -> Problem:
    """Return what is told of a block that is too large: who shares what, and that it was passed over."""
    ranked = sorted(block, key=lambda one: (-one.mentions, one.id))
    names = ", ".join((one.names or (one.key,))[0] for one in ranked[:_SHOWN])
    return Problem(
        code="resolve.crowded",
        subject=f"{block[0].group} {key.partition('|')[2].strip('|')}",
        detail=f"{len(block)} names share this sound, among them {names}; they were not compared by it",
    )


def failures(memo: Memo) -> list[Problem]:
    """Return what is told of others' scorers that raised: never their words, which may hold names."""
    return [
        Problem(
            code="resolve.scorer-failed",
            subject=name,
            detail=f"{error}, for {count} {'pair' if count == 1 else 'pairs'}: scored without it",
        )
        for (name, error), count in sorted(memo.failed.items())
    ]


def troubles(derived: Path) -> list[Problem]:
    """Return what the matcher could not do, in order."""
    shelf = comparison_shelf(derived)
    found = list(shelf.records(Problem, "")) if shelf.manifest().segments else []
    return sorted(found, key=lambda one: (one.code, one.subject, one.detail))


def match_key(resolved: Manifest, lists: Lists = ()) -> str:
    """Return the key of the table that these segments of `resolve` make with these data sets and scorers."""
    used = [part for dataset, key in lists for part in (dataset, key)]
    scorers = [part for one in outside() for part in (one.name, one.version)]
    names = [segment.name for segment in resolved.segments]
    return make_id("key", STAGE, VERSION, len(used), *used, len(scorers), *scorers, *names)


def matcher() -> Rule:
    """Return the matcher's keys as a rule; what it decides are pairs, not links (see `pairs_of`)."""
    from casegraph.resolve.matching.pairs import keys  # noqa: PLC0415 - loads dictionaries of three scripts

    return Rule(RULE, keys, lambda *_: ())


def pairs_of(key: str, block: Sequence[Counted], memo: Memo) -> Iterator[Pair]:
    """Yield the pairs of one block."""
    from casegraph.resolve.matching.pairs import pairs  # noqa: PLC0415 - a command loads what it uses

    return pairs(key, block, memo)


def memory(shelf: Shelf, prefix: str) -> Memo:
    """Return what earlier builds made of the pairs of a piece."""
    from casegraph.resolve.matching.pairs import Memo  # noqa: PLC0415 - a command loads what it uses

    return Memo(remembered(shelf, prefix))


def most() -> int:
    """Return how many members a block has that is still looked at."""
    from casegraph.resolve.matching.pairs import MOST  # noqa: PLC0415 - a command loads what it uses

    return MOST


def written(pairs: Iterable[Pair]) -> pa.Table:
    """Return pairs as rows."""
    return pa.Table.from_batches([codec(Pair).encode("", list(pairs))])


def tables_of(rows: pa.Table, key: str) -> Iterator[tuple[Unit, tuple[str, pa.Table]]]:
    """Yield the pairs, each once, in tables of those whose left ids begin alike, each with its unit."""
    ranked = sorted(codec(Pair).decode(rows), key=_order)
    once = [_joined(list(own)) for _, own in groupby(ranked, key=lambda one: (one.left, one.right))]
    for part, own in groupby(once, key=lambda one: _part(one.left)):
        table = pa.Table.from_batches([codec(Pair).encode(part, list(own))])
        yield unit_of(part, table, key, codec(Pair).table), (part, table)


def _joined(found: Sequence[Pair]) -> Pair:
    """Return the first of several findings on one pair, with the reasons of lists beside the matcher's."""
    first = found[0]
    listed = next((one for one in found if _is_listed(one)), None)
    other = listed if not _is_listed(first) else next((one for one in found if not _is_listed(one)), None)
    if other is None or first.outcome == "vetoed":
        return first
    return msgspec.structs.replace(first, reasons=(*first.reasons, *other.reasons))


def _is_listed(pair: Pair) -> bool:
    return any(reason.feature == "reference" for reason in pair.reasons)


def nothing(key: str) -> tuple[Unit, tuple[str, pa.Table]]:
    """Return what stands for a part without pairs: that it was looked at is to be seen."""
    return unit_of(STAGE, PAIRS.empty_table(), key, codec(Pair).table), (STAGE, PAIRS.empty_table())


def is_made(shelf: Shelf, key: str) -> bool:
    """Say whether the table that is there is the one of this key."""
    names = [segment.name for segment in shelf.manifest().segments]
    return bool(names) and all(name.startswith(key) for name in names)


def _order(pair: Pair) -> tuple[str, str, int, float, str]:
    return pair.left, pair.right, _RANKS[pair.outcome], -pair.score, repr(pair.reasons)


def _part(entity: str) -> str:
    return entity[: len("entity-") + PART_DIGITS]


def scored(shelf: Shelf) -> Iterator[Scored]:
    """Yield the pairs without their reasons."""
    names = ("left", "right", "score", "outcome")
    rows = shelf.rows(Pair, "", columns=names)
    for left, right, score, outcome in zip(*columns_of(rows, *names), strict=True):
        yield Scored(left, right, score, outcome)
