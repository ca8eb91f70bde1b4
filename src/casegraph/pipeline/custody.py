"""The record of custody: what each document is, where it came from, and what its file tells of its making."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version

from casegraph.errors import CaseDamagedError
from casegraph.model import Addition, Document
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.query import Query
from casegraph.pipeline.reports import (
    CustodyManifest,
    CustodyRecord,
    Embedded,
    Inside,
    ListedOriginals,
    Progress,
)
from casegraph.store.held import Held
from casegraph.store.holdings import Kin
from casegraph.store.journal import Journal, now
from casegraph.store.layout import bounds
from casegraph.store.ledger import Head

STAGE = "custody"

_FIELDS: dict[str, tuple[str, ...]] = {
    "author": ("author", "initial_creator", "artist", "from"),
    "last_modified_by": ("last_modified_by", "last_saved_by"),
    "created": ("created", "creation_date", "taken", "xmp_created", "date"),
    "modified": ("modified", "mod_date", "xmp_modified"),
    "printed": ("printed",),
    "printed_by": ("printed_by",),
    "printer": ("printer",),
    "producer": ("producer", "xmp_producer"),
    "creator_tool": ("application", "creator_tool", "generator"),
    "company": ("company",),
    "manager": ("manager",),
    "template": ("template",),
    "revision": ("revision",),
    "software": ("software",),
    "camera_serial": ("camera_serial",),
    "gps": ("gps",),
    "mail_client": ("x-mailer", "user-agent", "x-newsreader"),
    "message_id": ("message-id",),
}
"""Which keys of a document's metadata tell what; the first that is there counts, all its values are kept."""

_TOOLS = frozenset({"application/pdf", "application/epub+zip"})
"""Formats in which "creator" is the program that made the file, not a person."""

_OFFSET = re.compile(r"[+-]\d{2}:?\d{2}")


def custody(query: Query, ground: Ground, progress: Progress) -> Iterator[CustodyRecord]:
    """Yield the record of each document by id: originals, and what containers among them hold."""
    total, done = ground.holdings.count()[0], 0
    for prefix in ground.buckets():
        span = bounds(prefix)
        read = {one.id: one for one in query.bucket(Document, prefix)}
        origins, kin = ground.journal.origins(*span), ground.holdings.kin(*span)
        for held in ground.holdings.held(*span):
            additions = tuple(origins.get(held.document, ()))
            yield _record(held, read.get(held.document), additions, kin.get(held.document, []))
            done += 1
        progress(STAGE, done, total)


def _record(
    held: Held, read: Document | None, additions: tuple[Addition, ...], kin: list[Kin]
) -> CustodyRecord:
    return CustodyRecord(
        document=held.document,
        sha256=held.document.removeprefix("sha256:"),
        size=held.size,
        original=bool(additions),
        paths=held.paths,
        added=held.added,
        additions=additions,
        inside=tuple(
            Inside(
                container=one.container, name=one.name, number=one.number, role=one.role,
                modified=one.modified, url=one.url,
            )
            for one in kin
        ),
        media_type=read.media_type if read else None,
        title=read.title if read else None,
        reader=read.reader if read else None,
        embedded=embedded(read.media_type, read.metadata) if read else Embedded(),
    )  # fmt: skip


def embedded(media_type: str, metadata: Mapping[str, tuple[str, ...]]) -> Embedded:
    """Return what a document's own metadata tells of who made it, when and with what."""
    found: dict[str, tuple[str, ...]] = {}
    for field, keys in _FIELDS.items():
        found[field] = next((metadata[key] for key in keys if metadata.get(key)), ())
    creators = metadata.get("creator", ())
    if media_type in _TOOLS:
        found["creator_tool"] = tuple(dict.fromkeys((*creators, *found["creator_tool"])))
    elif creators:
        found["author"] = tuple(dict.fromkeys((*creators, *found["author"])))
    camera = " ".join(part for key in ("camera_make", "camera_model") for part in metadata.get(key, ())[:1])
    zone = next(iter(metadata.get("taken_zone", ())), "")
    if _OFFSET.fullmatch(zone) and "taken" in metadata:
        found["created"] = tuple(f"{value} {zone}" for value in found["created"])
    return Embedded(camera=(camera,) if camera else (), **found)


def listed(journal: Journal, entries: int | None = None) -> ListedOriginals:
    """Return how many originals there are, their bytes, and the digest of the list of them.

    The list has a line `<64 hex digits>  <size>` for each, by digest, as at the journal's entry of that
    number.
    """
    digest, count, size = hashlib.sha256(), 0, 0
    for document, length in journal.originals(entries):
        digest.update(f"{document.removeprefix('sha256:')}  {length}\n".encode("ascii"))
        count, size = count + 1, size + length
    return ListedOriginals(count=count, bytes=size, sha256=digest.hexdigest())


def manifest(ground: Ground, name: str, head: Head, file: tuple[str, str, int] | None) -> CustodyManifest:
    """Return what a time-stamp is taken of: the journal's head, the originals, and the file of the records.

    `file` is its name, its SHA-256 and the number of records. Raises CaseDamagedError when the journal's
    chain does not go as far as `head`.
    """
    if ground.journal.head(head.entries) != head:
        raise CaseDamagedError("the journal changed while the record was written; export it again")
    return CustodyManifest(
        case=name,
        made=now(),
        pen_name=ground.settings.pen_name or None,
        program=f"casegraph {version('casegraph')}",
        journal_format=ground.journal.format(),
        journal=head,
        originals=listed(ground.journal, head.entries),
        records_file=file[0] if file else None,
        records_sha256=file[1] if file else None,
        records=file[2] if file else None,
    )
