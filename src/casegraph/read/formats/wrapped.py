"""One file in another: signed data (p7m), time-stamped data, uuencode, BinHex, AppleSingle, Snappy, zlib."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator

from casegraph.model import DEEPEST, Original
from casegraph.read.base import Reader, Reading
from casegraph.read.charset import decode
from casegraph.read.draft import Draft
from casegraph.read.pieces import Piece
from casegraph.read.signed import der, unwrapped
from casegraph.read.unpacking import Budget
from casegraph.read.unread import name_type
from casegraph.read.wrappings import (
    File,
    apple_forks,
    binhex_decoded,
    snappy_unpacked,
    szdd_unpacked,
    uudecoded,
    yenc_decoded,
    zlib_unpacked,
)

_SIGNED = frozenset({"application/pkcs7-mime", "application/timestamped-data"})
_APPLE = frozenset({"application/applefile", "multipart/appledouble"})
_STREAMS: dict[str, tuple[Callable[[bytes], Iterator[bytes]], str]] = {
    "application/x-snappy-framed": (snappy_unpacked, r"\.(?:sz|snappy)$"),
    "application/zlib": (zlib_unpacked, r"\.(?:zlib|zz?|dat)$"),
    "application/x-ms-compress-szdd": (szdd_unpacked, r"$^"),
}
"""What unpacks a stream, and the ending that packing added to the name."""
_TEXTS: dict[str, Callable[[bytes], Iterable[File]]] = {
    "text/x-uuencode": uudecoded,
    "text/x-yenc": yenc_decoded,
    "application/mac-binhex40": lambda data: (binhex_decoded(data),),
}
_TYPES = (*sorted(_SIGNED | _APPLE), *_STREAMS, *_TEXTS)
_DATA_FORK, _NAME, _COMMENT = 1, 3, 4
_MOST = 1_000  # files taken out of one text


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    return media_type if media_type in _TYPES else None


def read(original: Original, media_type: str) -> Reading:
    """Yield what is inside, and a page that lists it. Signatures are not checked.

    Problems: `encrypted`, `damaged`, `damaged-part`, `too-deep`, `no-text`, `too-many-children`,
    `bomb`, `too-large`.
    """
    draft = Draft(original, media_type, "wrapped 1")
    if original.depth >= DEEPEST:
        draft.problem("too-deep", f"{DEEPEST} containers lie around this one; it was not opened")
        yield from draft.finish()
        return
    budget, lines = Budget(draft), []
    with contextlib.suppress(Budget.SpentError):  # the draft says why
        for name, data, broken in _files(draft, budget):
            if broken:
                draft.problem("damaged-part", "what is inside is broken; it was taken out as far as it goes")
            if data:
                child = draft.child(name or _inner_name(original, r"$^"), data, "member")
                lines.append(f"{child.child.name}\t{child.child.size}")
                draft.hold(child)
    if not lines and not draft.troubled:
        draft.problem("no-text", "nothing is inside")
    draft.page([Piece("\n".join(lines), "table")] if lines else [])
    yield from draft.finish()


def _files(draft: Draft, budget: Budget) -> Iterator[File]:
    data, media_type = draft.original.data, draft.media_type
    if media_type in _SIGNED:
        yield from _signed(draft, budget)
    elif media_type in _APPLE:
        yield from _forks(draft)
    elif media_type in _TEXTS:
        for number, found in enumerate(_TEXTS[media_type](data)):
            if number >= _MOST:
                draft.problem("too-many-children", f"only the first {_MOST} files were taken out")
                break
            budget.collect((found[1],))
            yield found
    else:
        unpack, ending = _STREAMS[media_type]
        yield from _stream(budget, unpack(data), _inner_name(draft.original, ending))


def _stream(budget: Budget, blocks: Iterator[bytes], name: str) -> Iterator[File]:
    parts: list[bytes] = []
    try:
        whole = budget.collect(_kept(blocks, parts))
    except ValueError:
        yield name, b"".join(parts), True
        return
    if whole is not None:
        yield name, whole, not whole


def _kept(blocks: Iterator[bytes], parts: list[bytes]) -> Iterator[bytes]:
    """Yield blocks, and keep them for the case that a later one is broken."""
    for block in blocks:
        parts.append(block)
        yield block


def _signed(draft: Draft, budget: Budget) -> Iterator[File]:
    try:
        found = unwrapped(der(draft.original.data))
    except (ValueError, StopIteration, RecursionError):
        draft.problem("damaged", "the data are broken: what was signed or encrypted cannot be taken out")
        return
    if found.encrypted:
        draft.problem("encrypted", "the data are encrypted for their receivers; a private key is needed")
        return
    for name in found.signers:
        draft.value("certificate", name)
    if found.signers:
        draft.value("signed", "not checked")
    if found.content is None:
        draft.problem("no-text", "this is a signature alone; what was signed is kept elsewhere")
        return
    name = found.source.rsplit("/", 1)[-1] or _inner_name(draft.original, r"\.(?:p7[mscb]|tsd|p7b)$")
    if found.compressed:
        yield from _stream(budget, zlib_unpacked(found.content), name)
    else:
        yield name, found.content, False


def _forks(draft: Draft) -> Iterator[File]:
    forks = apple_forks(draft.original.data)
    draft.value("name", decode(forks.get(_NAME, b"")).text)
    draft.value("comment", decode(forks.get(_COMMENT, b"")).text)
    if not forks:
        draft.problem("damaged", "the list of the file's parts is broken")
    yield decode(forks.get(_NAME, b"")).text, forks.get(_DATA_FORK, b""), False


def _inner_name(original: Original, ending: str) -> str:
    name = next(iter(original.names), "").rsplit("/", 1)[-1]
    return re.sub(ending, "", name, flags=re.IGNORECASE) or "content"


READER = Reader(name="wrapped", version=1, media_types=_TYPES, recognise=_recognise, read=read)
