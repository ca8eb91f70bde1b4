"""A process that draws one page and ends: hostile bytes are opened here, confined like a worker.

Started by `pipeline.pictures` as `python -P -m casegraph.pipeline.painter`; takes an Order from standard
input and writes the picture to standard output, nothing where there is none.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import msgspec

from casegraph.model import Record
from casegraph.pipeline import sandbox


class Order(Record, frozen=True, kw_only=True):
    """Which page of what is to be drawn, and what its painter may use."""

    own: str  # its folder
    memory: int  # bytes
    data: bytes
    media_type: str
    number: int  # of the page
    width: int  # pixels
    passwords: tuple[str, ...] = ()


def main() -> None:
    """Draw a page."""
    order = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Order)
    out = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)  # a library's words may hold a page's
    sandbox.bound(order.memory)
    sandbox.confine(Path(order.own), write=[], read=[])
    from casegraph.read.picture import PROGRAMS, picture  # noqa: PLC0415 - its libraries load when confined

    sandbox.only_start(PROGRAMS)
    out.write(picture(order.data, order.media_type, order.number, order.width, order.passwords))
    out.flush()


if __name__ == "__main__":
    main()
