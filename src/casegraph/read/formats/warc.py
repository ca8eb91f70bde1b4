"""Web archives (WARC 1.0 and 1.1, ISO 28500; ARC): each captured response is a document of its own."""

from __future__ import annotations

import posixpath
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote, urlsplit

from casegraph.model import DEEPEST, Original, Unpacked
from casegraph.read.base import Reader, Reading
from casegraph.read.cleaning import clean_value
from casegraph.read.draft import Draft
from casegraph.read.httpbody import Body, response
from casegraph.read.pieces import Piece
from casegraph.read.unpacking import Budget
from casegraph.read.webdigest import agrees
from casegraph.read.webrecords import GZIP, Source, Stored, records

_WARC, _ARC = "application/warc", "application/x-internet-archive"
_TAKEN = frozenset({"response", "resource", "conversion"})
_LONGEST_FIELD = 2_000
_LONGEST_NAME = 150
_MOST_INFO = 1 << 16  # bytes of a warcinfo record that are looked at
_MOST_MISMATCHES = 100
_INFO = re.compile(r"([A-Za-z][\w-]{0,40})\s*:\s*(\S.*)")
_ENDINGS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/csv": ".csv",
    "application/json": ".json", "application/xml": ".xml", "text/xml": ".xml", "application/pdf": ".pdf",
    "text/markdown": ".md", "text/css": ".css", "text/javascript": ".js", "application/javascript": ".js",
    "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp",
    "image/svg+xml": ".svg",
}  # fmt: skip


def _recognise(original: Original) -> str | None:
    head = original.data[:4096]
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(31).decompress(head, 64)
        except zlib.error:
            return None
    if re.match(rb"WARC/[01]\.\d", head):
        return _WARC
    return _ARC if head.startswith(b"filedesc://") else None


@dataclass(slots=True)
class _Tally:
    kinds: Counter[str] = field(default_factory=Counter)
    digests: Counter[str] = field(default_factory=Counter)
    dates: list[str] = field(default_factory=list)
    undone: Counter[str] = field(default_factory=Counter)
    truncated: int = 0
    damaged: int = 0
    lines: list[str] = field(default_factory=list)


def read(original: Original, media_type: str) -> Reading:
    """Yield what was captured, then a page that lists it: time, status, type, size and address of each.

    Problems: `digest-mismatch` for each record whose content is not what the archive says of it,
    `damaged-part` where it is broken, `encoding-unread`, and those of containers.
    """
    draft = Draft(original, media_type, "warc 1")
    if original.depth >= DEEPEST:
        draft.problem("too-deep", f"{DEEPEST} containers lie around this one; it was not opened")
        yield from draft.finish()
        return
    tally, budget, source = _Tally(), Budget(draft), Source(original.data)
    try:
        for stored in records(source):
            yield from _record(draft, budget, stored, tally)
    except Budget.SpentError:
        pass  # the draft says why; what came before stays
    _tell(draft, tally, source.breaks)
    draft.page([Piece("\n".join(tally.lines), "table")] if tally.lines else [])
    yield from draft.finish()


def _record(draft: Draft, budget: Budget, stored: Stored, tally: _Tally) -> Iterator[Unpacked]:
    """Yield what a record captured, if it did; its digests are checked and its line is put on the list."""
    tally.kinds[stored.kind or "unknown"] += 1
    if stored.kind in _TAKEN:
        budget.member()
    elif stored.kind not in {"warcinfo", "revisit"}:
        budget.skip(stored.blocks)
        return
    block = budget.collect(stored.blocks)
    if block is None:
        budget.skip(stored.blocks)
        return
    tally.truncated += stored.broken
    if stored.kind == "warcinfo":
        _info(draft, block)
        return
    body = _body(stored, block, budget)
    if not stored.broken:
        _check(draft, stored, block, body, tally)
    tally.damaged += body.broken
    if body.undone:
        tally.undone[body.undone] += 1
    date = _date(stored.date)
    if date:
        tally.dates.append(date)
    size = len(body.content or b"")
    kind = body.media_type or clean_value(stored.fields.get("content-type", ""), 100)
    line = (date or "", body.status or stored.kind, kind, str(size), stored.url)
    tally.lines.append("\t".join(clean_value(part, _LONGEST_FIELD) for part in line))
    if body.content and stored.kind in _TAKEN:
        name = _name(stored.url, kind) or f"record-{stored.number}"
        url = stored.url[:_LONGEST_FIELD] if stored.url.lower().startswith(("http://", "https://")) else None
        yield draft.child(name, body.content, "record", modified=date, url=url)


def _body(stored: Stored, block: bytes, budget: Budget) -> Body:
    """Return the content of a record: of an HTTP response without what carried it."""
    if stored.kind in {"conversion", "resource"}:
        return Body(content=block, stages=[block])
    return response(block, budget.collect)


def _check(draft: Draft, stored: Stored, block: bytes, body: Body, tally: _Tally) -> None:
    """Compare the digests that the record states with its content.

    Recorders differ in what they take for the payload: as sent, without chunks, or decoded; each counts.
    """
    if stored.kind == "revisit":  # states the digest of the content that it does not repeat
        return
    segment = "warc-segment-number" in stored.fields
    stated = {
        "block": agrees(stored.fields.get("warc-block-digest", ""), block),
        "payload": None
        if segment
        else agrees(stored.fields.get("warc-payload-digest", ""), *body.stages, block),
    }
    wrong = [name for name, good in stated.items() if good is False]
    tally.digests["wrong" if wrong else "right" if True in stated.values() else "not checked"] += 1
    if wrong and tally.digests["wrong"] <= _MOST_MISMATCHES:
        detail = f"{stored.name}: its content has not the {' and the '.join(wrong)} digest that is stated"
        draft.problem("digest-mismatch", clean_value(detail, 300))


def _info(draft: Draft, block: bytes) -> None:
    """Keep what the archive says of its making (application/warc-fields)."""
    for line in block[:_MOST_INFO].decode("utf-8", "replace").splitlines():
        if (match := _INFO.fullmatch(line.strip())) is not None:
            draft.value(f"warcinfo_{match[1].lower()}", match[2])


def _date(written: str) -> str | None:
    """Return a time of capture as ISO 8601 in UTC; None when it is none."""
    digits = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)", written.strip())
    given = "{}-{}-{}T{}:{}:{}Z".format(*digits.groups()) if digits else written.strip()
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        return None
    return given if moment.tzinfo is not None or "T" not in given else f"{given}Z"


def _name(url: str, media_type: str) -> str:
    """Return a path for a capture: host, path, query, with an ending that tells its type."""
    try:
        parts = urlsplit(url)
        host, path, query = parts.netloc.rsplit("@", 1)[-1], unquote(parts.path), parts.query
    except ValueError:
        return ""
    if not host:  # urn:, dns:, whois:
        path = path.replace(":", "/")
    elif not path.strip("/"):
        path = "/index"
    elif path.endswith("/"):
        path += "index"
    stem, ending = posixpath.splitext(path)
    if query:
        stem = f"{stem}?{unquote(query).replace('/', '_')[:_LONGEST_NAME]}"
    return f"{host}/{stem.lstrip('/')}{ending or _ENDINGS.get(media_type, '')}"


def _tell(draft: Draft, tally: _Tally, breaks: int) -> None:
    for kind, count in sorted(tally.kinds.items()):
        draft.value("records", f"{kind} {count}")
    for outcome, count in sorted(tally.digests.items()):
        draft.value("digests", f"{outcome} {count}")
    if tally.dates:
        draft.value("first_capture", min(tally.dates))
        draft.value("last_capture", max(tally.dates))
    if (more := tally.digests["wrong"] - _MOST_MISMATCHES) > 0:
        draft.problem("digest-mismatch", f"{more} more records have not the digests that are stated")
    if breaks > tally.truncated:
        draft.problem("damaged-part", f"{breaks - tally.truncated} places of the archive are broken")
    if tally.truncated:
        draft.problem("truncated", f"{tally.truncated} records break off; their first part was read")
    if tally.damaged:
        draft.problem(
            "damaged-part", f"the content of {tally.damaged} records is broken; its first part was read"
        )
    for coding, count in sorted(tally.undone.items()):
        detail = f"{count} records are packed as {clean_value(coding, 40)}, which could not be undone"
        draft.problem("encoding-unread", detail)


READER = Reader(name="warc", version=1, media_types=(_WARC, _ARC), recognise=_recognise, read=read)
