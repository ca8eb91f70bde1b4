"""The documents of a case in the order of their names, kept in memory: 200 bytes or so a document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from casegraph.pipeline.keeping import Kept
from casegraph.pipeline.ordering import document_key
from casegraph.pipeline.plan import Ground
from casegraph.store.held import Held
from casegraph.store.layout import prefix_of


@dataclass(frozen=True, slots=True)
class Roll:
    """All documents by name."""

    documents: tuple[str, ...]  # ids, by name
    ranks: dict[str, int]  # place of each
    names: dict[str, str]  # the first name of each that has one
    added: dict[str, str]  # when each first came, ISO 8601 UTC
    digests: dict[str, bytes]  # of all that is held of the documents of each bucket


_KEPT: Kept[Roll] = Kept()


def roll(ground: Ground) -> Roll:
    """Return the documents of a case as it stands."""
    mark = ground.journal.additions(), ground.holdings.mark()
    return _KEPT.get(ground.folder.absolute(), mark, lambda _: _made(ground))


def _made(ground: Ground) -> Roll:
    held = list(ground.holdings.held())
    documents = tuple(one.document for one in sorted(held, key=document_key))
    return Roll(
        documents=documents,
        ranks={document: rank for rank, document in enumerate(documents)},
        names={one.document: one.names[0] for one in held if one.names},
        added={one.document: one.added for one in held},
        digests=_digests(held, ground.buckets()),
    )


def _digests(held: Iterable[Held], buckets: Sequence[str]) -> dict[str, bytes]:
    found = {prefix: hashlib.blake2b(digest_size=16) for prefix in buckets}
    for one in held:
        found[prefix_of(one.document, len(buckets[0]))].update(msgspec.msgpack.encode(one))
    return {prefix: digest.digest() for prefix, digest in found.items()}
