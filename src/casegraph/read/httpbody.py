"""HTTP responses as web archives keep them: status, fields, and the content with its encodings undone."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module

from warcio.bufferedreaders import ChunkedDataReader
from warcio.statusandheaders import StatusAndHeadersParser

_HEAD = 1 << 20  # bytes in which the header must end
_BLOCK = 1 << 16
_MOST_CODINGS = 3

Collect = Callable[[Iterable[bytes]], bytes | None]


@dataclass(slots=True)
class Body:
    """A content and how it came about. `stages` holds it as sent, without chunks, and decoded."""

    status: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    content: bytes | None = b""  # None: too large
    stages: list[bytes] = field(default_factory=list)
    undone: str | None = None  # an encoding that could not be undone
    broken: bool = False  # the content breaks off

    @property
    def media_type(self) -> str:
        """The type that the server gave."""
        return self.fields.get("content-type", "").split(";")[0].strip().lower()


def response(block: bytes, collect: Collect) -> Body:
    """Return what a block with an HTTP response holds; one without a status line is content as it is.

    `collect` puts blocks together within limits and returns None beyond them.
    """
    if not block.startswith(b"HTTP/"):
        return Body(content=block, stages=[block])
    stream = io.BytesIO(block[:_HEAD])
    head = StatusAndHeadersParser([], verify=False).parse(stream)
    body = Body(status=head.statusline[:3])
    body.fields = {name.lower(): value for name, value in reversed(head.headers)}
    sent = block[stream.tell() :]
    body.stages.append(sent)
    body.content = sent
    if "chunked" in body.fields.get("transfer-encoding", "").lower():
        chunks = ChunkedDataReader(io.BytesIO(sent))
        _undo(body, iter(partial(chunks.read, _BLOCK), b""), collect)
    codings = [name.strip().lower() for name in body.fields.get("content-encoding", "").split(",")]
    for coding in reversed([name for name in codings if name not in {"", "identity"}][:_MOST_CODINGS]):
        if not body.content or body.broken:
            break
        decoder = _DECODERS.get(coding)
        try:
            blocks = decoder(body.content) if decoder is not None else None
        except ImportError:
            blocks = None
        if blocks is None:
            body.undone = coding
            break
        _undo(body, blocks, collect)
    return body


def _undo(body: Body, blocks: Iterator[bytes], collect: Collect) -> None:
    """Replace the content by what the blocks come to; content that was never encoded stays as it is."""
    state: dict[str, bool] = {}
    found = collect(_until_broken(blocks, state))
    if found is not None and state.get("broken"):
        if not found:
            return  # many recorders decode what they store and keep the field
        body.broken = True
    body.content = found
    if found is not None:
        body.stages.append(found)


def _until_broken(blocks: Iterator[bytes], state: dict[str, bool]) -> Iterator[bytes]:
    try:
        yield from blocks
    except (zlib.error, ValueError, EOFError, AssertionError):
        state["broken"] = True


def _inflated(data: bytes, window: int = 31) -> Iterator[bytes]:
    """Yield what gzip or zlib packed, never more than a block at once."""
    inflater = zlib.decompressobj(window)
    place = 0
    while place < len(data) and not inflater.eof:
        given = data[place : place + _BLOCK]
        yield inflater.decompress(given, _BLOCK)
        place += len(given) - len(inflater.unconsumed_tail) - len(inflater.unused_data)
    while not inflater.eof:
        rest = inflater.decompress(b"", _BLOCK)
        if not rest:
            raise EOFError
        yield rest


def _deflated(data: bytes) -> Iterator[bytes]:
    """Yield what `deflate` packed: with the zlib header (RFC 9110, 8.4.1.2) or, as some do, without."""
    headed = len(data) > 1 and data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    return _inflated(data, 15 if headed else -15)


def _brotli(data: bytes) -> Iterator[bytes]:
    """Return an iterator over what Brotli packed; ImportError where the library is missing."""
    library = import_module("brotli")
    return _unbrotli(library.Decompressor(), library.error, data)


def _unbrotli(decoder: object, error: type[Exception], data: bytes) -> Iterator[bytes]:
    process: Callable[..., bytes] = decoder.process  # type: ignore[attr-defined]  # brotli is untyped
    finished: Callable[[], bool] = decoder.is_finished  # type: ignore[attr-defined]  # brotli is untyped
    try:
        for place in range(0, len(data), _BLOCK):
            yield process(data[place : place + _BLOCK], output_buffer_limit=_BLOCK)
            while rest := process(b"", output_buffer_limit=_BLOCK):
                yield rest
    except error:
        raise ValueError from None
    if not finished():
        raise EOFError


_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _inflated,
    "x-gzip": _inflated,
    "deflate": _deflated,
    "br": _brotli,
}
