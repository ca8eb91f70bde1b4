"""Writing the custody record: the records, the manifest that pins them, and its time-stamp."""

from __future__ import annotations

from pathlib import Path

import msgspec

from casegraph.errors import CasegraphError
from casegraph.pipeline.custody import manifest
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.reports import CustodyExport
from casegraph.pipeline.timestamp import TOKEN_SUFFIX, obtain
from casegraph.pipeline.verifying import digest_of
from casegraph.store.atomic import write_whole
from casegraph.store.ledger import Head

SUFFIX = ".manifest.json"


def export(
    ground: Ground, name: str, records: tuple[Path, int], head: Head, stamp: tuple[str, Path | None] | None
) -> CustodyExport:
    """Write the manifest of written records beside them, and get its time-stamp where a service is named.

    `records` is the file and how many records it has; `head` is the journal's before they were written;
    `stamp` is the service's address and the file of its authorities. Raises CasegraphError.
    """
    path, count = records
    made = manifest(ground, name, head, (path.name, digest_of(path), count))
    file = path.with_name(path.name + SUFFIX)
    data = msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"
    try:
        write_whole(file, data)
    except OSError as error:
        raise CasegraphError(f"cannot write {file}: {error.strerror}") from error
    moment = obtain(stamp[0], file, stamp[1]) if stamp is not None else None
    return CustodyExport(
        manifest=str(file),
        sha256=digest_of(file),
        records=count,
        token=str(file) + TOKEN_SUFFIX if stamp is not None else None,
        stamped=moment,
        chain_checked=stamp is not None and stamp[1] is not None,
    )
