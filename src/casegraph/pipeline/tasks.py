"""What the build and its workers say to each other: ids, keys and counts, never a page.

What people and language models said comes along, as it lies in the case folder where no worker may look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from casegraph.model import Answer, LocalModel, Mapping
from casegraph.store.manifest import Outcome, Segment

BATCH_DOCUMENTS = 32
BATCH_BYTES = 4 << 20
"""A batch ends after so many documents or bytes of originals: what a crash can cost, and a worker holds."""

ALONE = 3
"""Documents for which one worker is enough."""


class Task(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Something that a worker does."""


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """Cache key of one stage for one document (see pipeline.chain)."""

    key: str
    upstream: str
    settings: str


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done for one document.

    `needs` maps the stages to be run to their keys; `locked` has the keys that they get when the document is
    found to be encrypted; `outcomes` says what became of the others; `blame` names
    stages that ended a worker: they are not run again but recorded as failed.
    """

    document: str
    names: tuple[str, ...]
    size: int
    depth: int = 0
    url: str | None = None
    captured: str | None = None
    needs: dict[str, Key]
    locked: dict[str, Key] = {}
    outcomes: dict[str, Outcome] = {}
    blame: dict[str, Outcome] = {}


class Batch(Task, frozen=True, kw_only=True):
    """Some documents of one bucket."""

    prefix: str
    works: tuple[Work, ...]
    mappings: tuple[Mapping, ...] = ()  # what a person says of tables
    answers: tuple[Answer, ...] = ()  # of language models about these documents
    model: LocalModel | None = None  # that finds names beside the rules
    fetch: tuple[str, ...] = ()  # documents whose bytes a worker needs and that may lie in an object store


class Merge(Task, frozen=True, kw_only=True):
    """Write what is live in some segments of a stage as one segment of a bucket."""

    stage: str
    prefix: str
    sources: tuple[Segment, ...]


class Step(Task, frozen=True, kw_only=True):
    """One step of a global stage for one part of the case: reads what others have spilled, writes one file.

    `prefixes` are the buckets that a first step reads. `reads` and `writes` name folders in the spill folder
    of the build; the file is called by `part`, and has rows for `parts` parts. `known` is a file there with
    what the whole case knows so far. The last step writes a segment instead, called by `key`.
    """

    step: str
    part: int
    parts: int
    prefixes: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    writes: str = ""
    rule: str = ""
    known: str = ""
    key: str = ""
    lists: tuple[tuple[str, str], ...] = ()  # data sets of reference data with the keys of their tables
    pieces: int = 0  # into how many the blocks were cut that a step takes, where not into `parts`


class Setup(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """First word to a worker. `memory` and `output` are in bytes; `chain` is `module:function`.

    `own`, in `work`, is the folder that the worker may write in; its tables are taken over from there.
    """

    derived: str
    originals: str
    unpacked: str
    work: str
    chain: str
    memory: int
    output: int
    own: str = ""
    passwords: tuple[str, ...] = ()
    readable: tuple[str, ...] = ()  # further folders, of models


class Ready(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The worker is set up."""


class At(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The worker begins a stage for the document at `index`; `stage` is empty while it writes tables."""

    index: int
    stage: str
    size: int  # bytes that the stage has to go through


class Tally(msgspec.Struct, kw_only=True):
    """What one stage did in a batch."""

    documents: int = 0
    records: int = 0
    problems: int = 0
    seconds: float = 0.0  # of processor time


class Done(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A task is done.

    Segments lie in the folder of the worker `by` and do not count until the build has taken them over.
    """

    by: str = ""
    segments: dict[str, Segment | None]
    tallies: dict[str, Tally] = {}


class Failed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The worker cannot do its task, whatever the document: a part is missing, the disk is full."""

    error: str  # name of a class in casegraph.errors
    message: str


Said = Ready | At | Done | Failed
Asked = Setup | Batch | Merge | Step

_ENCODER = msgspec.msgpack.Encoder()
_SAID: msgspec.msgpack.Decoder[Said] = msgspec.msgpack.Decoder(Said)
_ASKED: msgspec.msgpack.Decoder[Asked] = msgspec.msgpack.Decoder(Asked)

LENGTH = 8  # bytes that give a frame's length, big-endian


def frame(message: Asked | Said) -> bytes:
    """Return a message with its length in front."""
    data = _ENCODER.encode(message)
    return len(data).to_bytes(LENGTH, "big") + data


def unframed(data: bytes) -> bytes:
    """Return a whole frame without its length."""
    return data[LENGTH:]


def said(data: bytes) -> Said:
    """Return what a worker said."""
    return _SAID.decode(data)


def asked(data: bytes) -> Asked:
    """Return what a worker is asked."""
    return _ASKED.decode(data)


def batches(works: Sequence[Work], workers: int) -> Iterator[tuple[Work, ...]]:
    """Cut a bucket's documents into batches, smaller ones when there would be too few for all workers."""
    most = max(1, min(BATCH_DOCUMENTS, -(-len(works) // (2 * workers)))) if len(works) > ALONE else ALONE
    held: list[Work] = []
    size = 0
    for work in works:
        if held and (len(held) == most or size + work.size > BATCH_BYTES):
            yield tuple(held)
            held, size = [], 0
        held.append(work)
        size += work.size
    if held:
        yield tuple(held)
