"""The table of pairs of entities whose names fit: made for what documents name, whatever people say of it.

The matcher compares members of blocks, which is dear; so its pairs are kept, and a judgement makes nobody
compare again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from casegraph.model import Pair, Record, make_id
from casegraph.pipeline.entities import PART_DIGITS, columns_of, entity_shelf, unit_of
from casegraph.resolve import Counted, Rule, Scored
from casegraph.store.codec import codec
from casegraph.store.manifest import Manifest, Unit
from casegraph.store.shelf import Shelf

if TYPE_CHECKING:
    from casegraph.resolve.matching.pairs import Memo

STAGE = "matches"
VERSION = 1
RULE = "match"
"""How the steps call the matcher beside the rules of `resolve`."""

PAIRS = codec(Pair).schema
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
    return Shelf(derived, "comparisons", VERSION, (Comparison,), outbox)


def whole_case(derived: Path, outbox: Path | None = None) -> tuple[Shelf, Shelf, Shelf]:
    """Return the tables of stages that see the whole case: entities, pairs, comparisons."""
    return entity_shelf(derived, outbox), match_shelf(derived, outbox), comparison_shelf(derived, outbox)


def remembered(shelf: Shelf, prefix: str) -> dict[bytes, str]:
    """Return the comparisons of a piece; none where an earlier build had other pieces."""
    if not any(segment.prefix == prefix for segment in shelf.manifest().segments):
        return {}
    rows = shelf.rows(Comparison, prefix, columns=("digest", "result"))
    return dict(zip(*columns_of(rows, "digest", "result"), strict=True))


def kept(memo: Memo, key: str) -> tuple[Unit, tuple[str, pa.Table]]:
    """Return the comparisons of a piece as a table with its unit."""
    own = [Comparison(digest=digest, result=result) for digest, result in sorted(memo.used.items())]
    table = pa.Table.from_batches([codec(Comparison).encode(STAGE, own)])
    return unit_of(STAGE, table, key, codec(Comparison).table), (STAGE, table)


def match_key(resolved: Manifest) -> str:
    """Return the key of the table that these segments of `resolve` make."""
    return make_id("key", STAGE, VERSION, *(segment.name for segment in resolved.segments))


def matcher() -> Rule:
    """Return the matcher's keys as a rule; what it decides are pairs, not links (see `pairs_of`)."""
    from casegraph.resolve.matching.pairs import keys  # noqa: PLC0415 - loads dictionaries of three scripts

    return Rule(RULE, keys, lambda *_: ())


def pairs_of(key: str, block: Sequence[Counted], memo: Memo) -> Iterator[Pair]:
    """Yield the pairs of one block."""
    from casegraph.resolve.matching.pairs import pairs  # noqa: PLC0415 - see above

    return pairs(key, block, memo)


def memory(shelf: Shelf, prefix: str) -> Memo:
    """Return what earlier builds made of the pairs of a piece."""
    from casegraph.resolve.matching.pairs import Memo  # noqa: PLC0415 - see above

    return Memo(remembered(shelf, prefix))


def most() -> int:
    """Return how many members a block has that is still looked at."""
    from casegraph.resolve.matching.pairs import MOST  # noqa: PLC0415 - see above

    return MOST


def written(pairs: Iterable[Pair]) -> pa.Table:
    """Return pairs as rows."""
    return pa.Table.from_batches([codec(Pair).encode("", list(pairs))])


def tables_of(rows: pa.Table, key: str) -> Iterator[tuple[Unit, tuple[str, pa.Table]]]:
    """Yield the pairs, each once, in tables of those whose left ids begin alike, each with its unit."""
    ranked = sorted(codec(Pair).decode(rows), key=_order)
    once = {(one.left, one.right): one for one in reversed(ranked)}
    for part, own in groupby(sorted(once.values(), key=_order), key=lambda one: _part(one.left)):
        table = pa.Table.from_batches([codec(Pair).encode(part, list(own))])
        yield unit_of(part, table, key, codec(Pair).table), (part, table)


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
