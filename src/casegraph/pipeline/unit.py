"""One document through the chain: input put together, stage run, output checked and encoded."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pyarrow as pa

from casegraph.errors import CasegraphError
from casegraph.model import (
    Claim,
    Document,
    Mention,
    Original,
    Page,
    Pages,
    Parse,
    Parsed,
    Problem,
    Record,
    Table,
    TableMapping,
    Unpacked,
    layout_of,
)
from casegraph.model import Mapping as TableRules
from casegraph.pipeline.chain import LOCKED, Chain, Link
from casegraph.pipeline.check import admit
from casegraph.pipeline.mapped import mapping_lock, with_mappings
from casegraph.pipeline.named import Named, named
from casegraph.pipeline.tasks import Batch, Work
from casegraph.store.codec import codec, place
from casegraph.store.manifest import Outcome, Unit
from casegraph.store.originals import AlteredError, Originals

Found = dict[type[Record], list[Any]]
"""What is known of one document so far, by record type."""

Begin = Callable[[str, int], None]
"""Called before a stage runs, with its name and the bytes it has to go through."""

MOST_RECORDS = 5_000_000
"""Records that one stage may give for one document."""

_DETAILS = {
    "worker-died": "the work on this document ended its worker: a library crashed",
    "memory-limit": "the work on this document took more memory than the memory limit of the case",
    "process-limit": "the work on this document started more processes than a worker may",
    "output-limit": "the work on this document wrote more than the output limit of the case",
    "time-limit": "the work on this document took longer than the time limit of the case",
}


@dataclass(frozen=True, slots=True)
class Bytes:
    """Where the bytes of documents lie: those added by the user, and those that containers held."""

    originals: Originals
    unpacked: Originals
    passwords: tuple[str, ...] = field(default=(), repr=False)  # to be tried on them
    most: int = 1 << 40  # bytes of children that one document may give

    def read(self, document: str) -> bytes:
        """Return the bytes of a document; raises as Originals.read."""
        try:
            return self.originals.read(document)
        except FileNotFoundError:
            return self.unpacked.read(document)


@dataclass(slots=True)
class Output:
    """What one stage gave for one document."""

    unit: Unit
    tables: dict[type[Record], pa.Table]
    seconds: float  # of processor time
    records: list[Record] = field(default_factory=list)


class NoDocumentError(Exception):
    """A read stage gave no Document record."""


class OutputError(Exception):
    """A document gives more than the output limit of the case."""


class OriginalError(Exception):
    """The bytes of a document cannot be had."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


def run_document(
    chain: Chain,
    work: Work,
    found: Found,
    bytes_: Bytes,
    begin: Begin,
    batch: Batch,
) -> Iterator[tuple[str, Output]]:
    """Run the stages that a document needs, one after another; `found` is filled as they go.

    `batch` tells what people say of tables, and what models said of pages: what is for this document's tables
    becomes part of the key. A stage
    that raises costs the document that stage and those after it, nothing else: a Problem says so.
    """
    outcomes: dict[str, Outcome] = dict(work.outcomes)
    for link in chain:
        if link.name not in work.needs:
            continue
        if TableMapping in link.stage.gives and batch.mappings:
            work = _mapped(link, work, found, batch.mappings)
        if link.after is not None and outcomes.get(link.after) != "done":
            output = _output(link, work, "skipped", [], [])
        elif link.name in work.blame:
            output = _output(
                link, work, work.blame[link.name], [], [_stopped(link, work, work.blame[link.name])]
            )
        else:
            begin(link.name, _size(work, found))
            output = _run(link, work, found, bytes_, batch)
        outcomes[link.name] = output.unit.outcome
        if link.after is None and output.unit.key != work.needs[link.name].key:
            work = msgspec.structs.replace(work, needs={name: work.locked[name] for name in work.needs})
        for record in output.records:
            found.setdefault(type(record), []).append(record)
        yield link.name, output


def _mapped(link: Link, work: Work, found: Found, mappings: tuple[TableRules, ...]) -> Work:
    """Return the work with the key that a stage has by the mappings for the document's tables."""
    own = {layout_of(table.headings) for table in found.get(Table, ()) if table.headings}
    key = with_mappings(work.needs[link.name], mapping_lock(mappings, own))
    return msgspec.structs.replace(work, needs={**work.needs, link.name: key})


def _run(link: Link, work: Work, found: Found, bytes_: Bytes, batch: Batch) -> Output:
    started = time.process_time()
    try:
        given = _input(link, work, found, bytes_, batch)
        kept = _kept(link.stage.run(given), bytes_)
        records, problems = _sorted_out(link, work, found, kept)
        output = _output(link, work, "done", records, problems)
    except (MemoryError, CasegraphError):
        raise  # the libraries' state is unknown: the worker ends; or a part is missing: the build does
    except OriginalError as error:
        output = _output(link, work, "failed", [], [_problem(link, work, error.code, error.detail)])
    except OutputError:
        output = _output(link, work, "output-limit", [], [_stopped(link, work, "output-limit")])
    except Exception as error:  # noqa: BLE001 - a stage must not raise; when it does, its class is all we may tell
        output = _output(link, work, "failed", [], [_raised(link, work, error)])
    output.seconds = time.process_time() - started
    return output


def _input(link: Link, work: Work, found: Found, bytes_: Bytes, batch: Batch) -> Record:
    if link.takes is Original:
        return Original(
            document=work.document,
            data=_bytes(work, bytes_),
            names=work.names,
            depth=work.depth,
            url=work.url,
            captured=work.captured,
            passwords=bytes_.passwords,
        )
    document: Document = found[Document][0]
    pages: tuple[Page, ...] = tuple(found.get(Page, ()))
    tables: tuple[Table, ...] = tuple(found.get(Table, ()))
    answers = tuple(one for one in batch.answers if one.document == work.document)
    if link.takes is Pages:
        return Pages(document=document, pages=pages, tables=tables, answers=answers, model=batch.model)
    parses: tuple[Parse, ...] = tuple(found.get(Parse, ()))
    mentions: tuple[Mention, ...] = tuple(found.get(Mention, ()))
    return Parsed(
        document=document,
        pages=pages,
        parses=parses,
        mentions=mentions,
        tables=tables,
        mappings=batch.mappings if TableMapping in link.stage.gives else (),
        answers=answers if Claim in link.stage.gives else (),
    )


def _bytes(work: Work, bytes_: Bytes) -> bytes:
    try:
        return bytes_.read(work.document)
    except FileNotFoundError:
        raise OriginalError("original-missing", "the bytes of this document are gone") from None
    except AlteredError:
        raise OriginalError("original-altered", "the bytes are no longer those that were added") from None
    except OSError as error:
        raise OriginalError("original-unreadable", f"the bytes cannot be read: {error.strerror}") from None


def _kept(given: Iterable[Record], bytes_: Bytes) -> Iterator[Record]:
    """Yield what a stage gives, with the bytes of children put away one by one.

    Raises OutputError for too much of them; those that no container holds are swept away after the build.
    """
    size = 0
    for number, record in enumerate(given):
        if number >= MOST_RECORDS:
            raise OutputError
        if isinstance(record, Unpacked):
            size += len(record.data)
            if size > bytes_.most:
                raise OutputError
            bytes_.unpacked.put(record.child.child, record.data)
            yield record.child
        else:
            yield record


def _sorted_out(
    link: Link, work: Work, found: Found, given: Iterable[Record]
) -> tuple[list[Record], list[Problem]]:
    """Return the sound records in order and the problems, those of refused records among them."""
    everything = list(given)
    pages = {page.number: page for page in (*found.get(Page, ()), *everything) if isinstance(page, Page)}
    records: list[Record] = []
    problems: list[Problem] = []
    seen: set[tuple[type[Record], str]] = set()
    for record in everything:
        if isinstance(record, Problem):
            problems.append(record)
            continue
        if type(record) not in link.stage.gives:
            raise TypeError(f"{link.name} gave a {type(record).__name__}")
        refusal = admit(record, work.document, pages)
        own = getattr(record, "id", None)
        if refusal is None and (type(record), own) in seen:
            refusal = _problem(
                link, work, "duplicate-id", f"a second {type(record).__name__} of one id was refused"
            )
        if refusal is not None:
            problems.append(refusal)
            continue
        records.append(record)
        if own is not None:
            seen.add((type(record), own))
    if Document in link.stage.gives and sum(isinstance(one, Document) for one in records) != 1:
        raise NoDocumentError
    return sorted(records, key=lambda record: (type(record).__name__, *place(record))), problems


def _output(
    link: Link, work: Work, outcome: Outcome, records: list[Record], problems: list[Problem]
) -> Output:
    tables: dict[type[Record], pa.Table] = {}
    names = [name for record in records if isinstance(record, Claim) for name in named(record)]
    rows: dict[type[Record], list[Any]] = {Problem: problems, Named: names}
    for record in records:
        rows.setdefault(type(record), []).append(record)
    for type_, found in rows.items():
        if found:
            tables[type_] = pa.Table.from_batches([codec(type_).encode(work.document, found)])
    key = work.needs[link.name]
    if link.after is None and any(one.code.rpartition(".")[2] in LOCKED for one in problems):
        key = work.locked.get(link.name, key)
    unit = Unit(
        document=work.document,
        key=key.key,
        upstream=key.upstream,
        settings=key.settings,
        outcome=outcome,
        weight=sum(table.nbytes for table in tables.values()),
        records={
            codec(type_).table: len(found) for type_, found in rows.items() if found and type_ is not Named
        },
    )
    return Output(unit, tables, 0.0, records)


def _problem(link: Link, work: Work, code: str, detail: str) -> Problem:
    return Problem(code=f"{link.name}.{code}", subject=work.document, detail=detail)


def _raised(link: Link, work: Work, error: Exception) -> Problem:
    """Name the class of an exception and the line of ours, nothing of its text, which may hold the page's."""
    place = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith("casegraph.") and module != __name__:
            place = f" in {module}, line {line}"
    return _problem(
        link, work, "failed", f"a fault of casegraph or of a library: {type(error).__name__}{place}"
    )


def _stopped(link: Link, work: Work, outcome: Outcome) -> Problem:
    return _problem(link, work, outcome, _DETAILS[outcome])


def _size(work: Work, found: Found) -> int:
    return max(work.size, sum(len(page.text) for page in found.get(Page, ())))
