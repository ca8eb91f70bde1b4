"""What lies where in the tables: records by document, and what an id, its beginning or a name means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from casegraph.errors import UsageError
from casegraph.model import Claim, Date, Document, Entity, Record, Resolved, Table
from casegraph.pipeline.entities import entity_shelf
from casegraph.pipeline.ordering import Span, spans_of
from casegraph.pipeline.outline import outlines
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.roll import roll
from casegraph.pipeline.roster import entities_of, roster
from casegraph.store.codec import codec
from casegraph.store.held import Held
from casegraph.store.layout import bounds, prefix_of

R = TypeVar("R", bound=Record)

_HEX = re.compile("[0-9a-f]{4,40}")
_DATE: msgspec.json.Decoder[Date | None] = msgspec.json.Decoder(Date | None)

_WHOLE = len("sha256:") + 64
SHORTEST = 4
"""Characters of an id that a user must give at least."""


class Lookup:
    """Finds things in the tables of a case."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._entities = entity_shelf(ground.derived)
        self._giver = {type_: link.name for link in ground.chain for type_ in link.stage.gives}

    def rows(
        self,
        type_: type[Record],
        prefix: str,
        documents: Sequence[str] | None,
        columns: Sequence[str] | None = None,
    ) -> pa.Table:
        """Return the rows of a record type in a bucket."""
        shelf = self._ground.shelves[self._giver[type_]]
        return shelf.rows(type_, prefix, documents=documents, columns=columns)

    def records(self, type_: type[R], document: str | None = None) -> Iterator[R]:
        """Yield the records of a type by document and place, of one document or of all."""
        if type_ in self._giver:
            for prefix, documents in self._spans(document):
                yield from codec(type_).decode(self.rows(type_, prefix, documents))

    def bucket(self, type_: type[R], prefix: str) -> Iterator[R]:
        """Yield the records of a type in a bucket."""
        if type_ in self._giver:
            yield from codec(type_).decode(self.rows(type_, prefix, None))

    def _spans(self, document: str | None) -> Iterator[Span]:
        buckets = self._ground.buckets()
        if document is None:
            yield from ((prefix, None) for prefix in buckets)
        else:
            yield prefix_of(document, len(buckets[0])), [document]

    def entities(self) -> Iterator[Entity]:
        """Yield the entities by id."""
        return self._entities.records(Entity, "")

    def entity(self, id_: str) -> Entity | None:
        """Return the entity of this id, None where there is none."""
        return next(entities_of(self._ground, [id_]), None)

    def resolved(self, prefix: str, documents: Sequence[str] | None) -> dict[str, str]:
        """Return the entity of each mention of a bucket."""
        if Resolved not in self._giver:
            return {}
        rows = self.rows(Resolved, prefix, documents, ("mention", "entity"))
        into = self.merged()
        pairs = zip(rows.column("mention").to_pylist(), rows.column("entity").to_pylist(), strict=True)
        return {mention: into.get(entity, entity) for mention, entity in pairs}

    def merged(self) -> dict[str, str]:
        """Return the entity of the case for each id that documents gave and that was merged."""
        return roster(self._ground).into

    def claim_ids(self, start: str) -> list[tuple[str, str]]:
        """Return (document, id) of the claims whose id begins so, at most two."""
        full = _full("claim-", start)
        digits = full.removeprefix("claim-")
        if not _HEX.fullmatch(digits):
            return self._ids(Claim, full)
        low, high = (int(digits[:16].ljust(16, fill), 16) for fill in "0f")
        documents = {
            one for _, outline in outlines(self._ground) for one in outline.of(outline.within(low, high))
        }
        found: list[tuple[str, str]] = []
        for document in sorted(documents):
            prefix, own = next(self._spans(document))
            ids = self.rows(Claim, prefix, own, ("id",)).column("id").to_pylist()
            found += ((document, one) for one in ids if one.startswith(full))
        return found[:2]

    def _ids(self, type_: type[Record], start: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for prefix in self._ground.buckets() if type_ in self._giver else ():
            rows = self.rows(type_, prefix, None, ("id",))
            rows = rows.filter(pc.starts_with(rows.column("id"), pattern=start))
            found += zip(*(rows.column(name).to_pylist() for name in ("key_document", "id")), strict=True)
        return sorted(set(found))[:2]

    def entity_ids(self, start: str) -> list[str]:
        """Return the ids of the entities whose id begins so, at most two."""
        return sorted(roster(self._ground).starting(_full("entity-", start)))[:2]

    def document_ids(self, name: str) -> list[str]:
        """Return the documents that a name or the beginning of an id means, at most two."""
        start = _full("sha256:", name)
        if len(start) == _WHOLE and self.held(start) is not None:
            return [start]  # to look through all names takes 20 ms of 100,000 documents
        named = self._ground.holdings.named(name)
        if named or len(name) < SHORTEST:
            return named[:2]
        return [held.document for held in islice(self._ground.holdings.held(start, start + "g"), 2)]

    def document(self, name: str) -> str:
        """Return the document that a name, an id or its beginning means; UsageError if none."""
        found = self.document_ids(name)
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f"{name!r} means more than one document; give the beginning of its id")
        raise UsageError(f"there is no document {name!r} in the case")

    def first_names(self, documents: Iterable[str]) -> dict[str, str]:
        """Return the first name of each document that has one."""
        names = roll(self._ground).names
        return {one: names[one] for one in sorted(documents) if one in names}

    def published(self, documents: Iterable[str]) -> dict[str, str]:
        """Return when documents were published, of those that tell."""
        found: dict[str, str] = {}
        for prefix, own in spans_of(documents, self._ground.buckets()) if Document in self._giver else ():
            rows = self.rows(Document, prefix, own, ("published",))
            days = rows.column("published").to_pylist()
            pairs = zip(rows.column("key_document").to_pylist(), days, strict=True)
            read = ((document, _DATE.decode(text)) for document, text in pairs if text)
            found |= {document: date.start for document, date in read if date is not None and date.start}
        return found

    def table_ids(self, start: str) -> list[tuple[str, str]]:
        """Return (document, id) of the tables whose id begins so, at most two."""
        return self._ids(Table, _full("table-", start))

    def _names(self, prefix: str) -> dict[str, tuple[str, ...]]:
        return {held.document: held.names for held in self._ground.holdings.held(*bounds(prefix))}

    def held(self, document: str) -> Held | None:
        """Return what the journal says of a document."""
        return next(self._ground.holdings.held(document, document + "\0"), None)


def _full(kind: str, start: str) -> str:
    return start if start.startswith(kind) else kind + start
