"""Reference data of a case: files taken in, read once, and given entry by entry."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from casegraph.errors import CaseDamagedError, SettingsError, UsageError
from casegraph.model import Problem, ReferenceEntity, ReferenceSource, make_id
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.publishing import dataset_name
from casegraph.pipeline.referenced import ReferenceReport, ReferenceRow
from casegraph.pipeline.reports import Progress
from casegraph.reference import (
    FORMS,
    VERSION,
    Form,
    Fragment,
    Options,
    Replaced,
    form_of,
    known_schema,
    merged,
    read_queries,
)
from casegraph.store.fragments import Fragments
from casegraph.store.journal import now
from casegraph.store.originals import NotAFileError, Originals
from casegraph.store.referenced import ReferenceTables

STAGE = "reference"
HEAD = 1 << 16  # bytes by which the form of a file is told
_EVERY = 10_000  # entries between two calls of a progress callback
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_WHATEVER = "LegalEntity"
_ENCODER = msgspec.msgpack.Encoder()
_decode = msgspec.msgpack.Decoder(Fragment).decode


def reference_folder(derived: Path) -> Path:
    """Return where what was read of reference data lies."""
    return ReferenceTables(derived, VERSION).folder


@dataclass(frozen=True, slots=True)
class Described:
    """What a person says of a file that is added."""

    dataset: str = ""
    form: str = ""
    mapping: Path | str | None = None
    schema: str = ""
    publisher: str = ""
    source: str = ""
    licence: str = ""
    issued: str = ""
    retrieved: str = ""
    note: str = ""


class Referencing:
    """The reference data of one case."""

    def __init__(self, ground: Ground, progress: Progress) -> None:
        self._ground, self._progress = ground, progress
        self._tables = ReferenceTables(ground.derived, VERSION)

    def add(self, file: Path, said: Described, pen_name: str | None) -> ReferenceReport:
        """Take in a file; a data set of the same name is replaced. Raises UsageError, SettingsError."""
        for name, value in (("issued", said.issued), ("retrieved", said.retrieved)):
            if value and not _DATE.fullmatch(value):
                raise UsageError(f"{name} is a date such as 2024-05-31, not {value!r}")
        if said.schema and not known_schema(said.schema):
            raise UsageError(f"{said.schema!r} is no schema of FollowTheMoney that an entry can have")
        form = _form(file, said)
        mapping = _text(Path(said.mapping)) if said.mapping is not None else ""
        if mapping:
            read_queries(mapping, str(said.mapping))
        source = ReferenceSource(
            dataset=dataset_name(said.dataset or file.stem),
            original="",
            size=0,
            name=file.name,
            form=form.name,
            mapping=mapping,
            schema=said.schema,
            publisher=said.publisher,
            source=said.source,
            licence=said.licence,
            issued=said.issued,
            retrieved=said.retrieved,
            note=said.note,
            added=now(),
            pen_name=pen_name,
        )
        return self._take(file, source)

    def _take(self, file: Path, source: ReferenceSource) -> ReferenceReport:
        """Copy the bytes, read them, and name them in the journal only if they hold an entry."""
        originals = self._ground.originals
        try:
            taken = originals.take(file)
        except NotAFileError:
            raise UsageError(f"{file} is no file") from None
        source = msgspec.structs.replace(source, original=taken.document, size=taken.size)
        with taken.path.open("rb") as stream:
            self._read(source, stream)
        key = _key(source)
        entities = self._tables.count(key, ReferenceEntity)
        if not entities:
            first = next(self._tables.records(key, Problem), None)
            why = f": {first.subject}, {first.detail}" if first is not None else ""
            if taken.new:
                taken.path.unlink()
            self._clear()
            raise UsageError(f"{file} holds no entry that can be read as {source.form}{why}")
        originals.sync([taken])
        before = self._standing().get(source.dataset)
        known = before is not None and self._tables.has(_key(before))
        count = self._tables.count(_key(before), ReferenceEntity) if before is not None and known else None
        self._ground.journal.refer(source)
        self._clear()
        return ReferenceReport(
            source=source,
            entities=entities,
            problems=self._tables.count(key, Problem),
            replaced=before is not None and before.original != source.original,
            before=count,
        )

    def remove(self, dataset: str) -> ReferenceSource:
        """Take a data set out; its bytes and its entry in the journal stay. Raises UsageError."""
        source = self.source(dataset)
        gone = msgspec.structs.replace(source, removed=True, added=now())
        self._ground.journal.refer(gone)
        self._clear()
        return gone

    def source(self, dataset: str) -> ReferenceSource:
        """Return the data set of a name; raises UsageError."""
        found = self._standing()
        if dataset not in found:
            known = f"there are {', '.join(found)}" if found else "there is none"
            raise UsageError(f"there is no data set {dataset!r} in the case; {known}")
        return found[dataset]

    def rows(self) -> Iterator[ReferenceRow]:
        """Yield the data sets by name, with their counts."""
        for source in self._standing().values():
            key = self._ready(source)
            yield ReferenceRow(
                source=source,
                entities=self._tables.count(key, ReferenceEntity),
                problems=self._tables.count(key, Problem),
            )

    def entities(self, dataset: str | None = None) -> Iterator[ReferenceEntity]:
        """Yield the entries of one data set or of all, by data set and id."""
        sources = self._standing().values() if dataset is None else [self.source(dataset)]
        for source in sources:
            yield from self._tables.records(self._ready(source), ReferenceEntity)

    def ready(self) -> tuple[tuple[str, str], ...]:
        """Return the data sets by name, each with the key of its tables, which are there."""
        return tuple((source.dataset, self._ready(source)) for source in self._standing().values())

    def holds(self, id_: str) -> bool:
        """Say whether some data set has an entry of this id."""
        return any(self._tables.holds(self._ready(source), id_) for source in self._standing().values())

    def problems(self) -> Iterator[tuple[ReferenceSource, Problem]]:
        """Yield what could not be used, by data set and line."""
        for source in self._standing().values():
            for problem in self._tables.records(self._ready(source), Problem):
                yield source, problem

    def _clear(self) -> None:
        """Delete what was read of files that do not count."""
        self._tables.keep([_key(one) for one in self._standing().values()])

    def _standing(self) -> dict[str, ReferenceSource]:
        """Return the data sets that count, by name."""
        last = {one.dataset: one for one in self._ground.journal.references()}
        return {name: one for name, one in sorted(last.items()) if not one.removed}

    def _ready(self, source: ReferenceSource) -> str:
        """Return the key of a data set's tables, which are made again from its bytes where they are gone."""
        key = _key(source)
        if not self._tables.has(key):
            with self._opened(source) as stream:
                self._read(source, stream)
        return key

    @contextlib.contextmanager
    def _opened(self, source: ReferenceSource) -> Iterator[BinaryIO]:
        originals, gone = self._ground.originals, f"the bytes of the data set {source.dataset!r} are gone"
        if not originals.remote:
            try:
                with originals.path(source.original).open("rb") as stream:
                    yield stream
            except FileNotFoundError:
                raise CaseDamagedError(f"{gone}: add its file again") from None
            return
        there = Originals(self._tables.folder / ".fetched")
        originals.fetch([source.original], there.folder)
        if not there.has(source.original):
            raise CaseDamagedError(f"{gone}: add its file again")
        try:
            with there.path(source.original).open("rb") as stream:
                yield stream
        finally:
            there.forget([source.original])

    def _read(self, source: ReferenceSource, stream: BinaryIO) -> None:
        """Read a file into its tables."""
        form = next(one for one in FORMS if one.name == source.form)
        queries = read_queries(source.mapping, "the mapping") if source.mapping else ()
        options = Options(queries=queries, schema=source.schema or _WHATEVER)

        def make(scratch: Path) -> tuple[Iterable[ReferenceEntity], Iterable[Problem]]:
            gathered = Fragments(scratch / "fragments.sqlite")
            self._gather(form, stream, options, gathered)
            return _entries(gathered, source.dataset), _problems(gathered)

        self._tables.write(_key(source), make)

    def _gather(self, form: Form, stream: BinaryIO, options: Options, gathered: Fragments) -> None:
        encode, done = _ENCODER.encode, 0
        for item in form.read(stream, options):
            match item:
                case Problem():
                    gathered.trouble(encode(item))
                case Replaced():
                    gathered.replace(item.old, item.new)
                case _:
                    gathered.add(item.id, encode(item))
                    done += 1
                    if done % _EVERY == 0:
                        self._progress(STAGE, done, done)


def _entries(gathered: Fragments, dataset: str) -> Iterator[ReferenceEntity]:
    for id_, bodies in gathered.entries():
        entity, found = merged([_decode(body) for body in bodies], dataset, gathered.current)
        for problem in found:
            gathered.trouble(_ENCODER.encode(problem))
        olds = gathered.olds(id_)
        if olds:
            entity = msgspec.structs.replace(entity, referents=tuple(sorted({*entity.referents, *olds})))
        yield entity


def _problems(gathered: Fragments) -> Iterator[Problem]:
    """Yield the problems, and be done with the scratch file."""
    try:
        yield from map(msgspec.msgpack.Decoder(Problem).decode, gathered.troubles())
    finally:
        gathered.close()


def _key(source: ReferenceSource) -> str:
    return make_id(STAGE, source.dataset, source.original, source.form, source.mapping, source.schema)


def _form(file: Path, said: Described) -> Form:
    """Return the form that a person names or that a file shows; raises UsageError."""
    names = ", ".join(one.name for one in FORMS)
    try:
        with file.open("rb") as stream:
            head = stream.read(HEAD)
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from error
    wanted = said.form or ("mapping" if said.mapping is not None else "")
    if wanted:
        found = next((one for one in FORMS if one.name == wanted), None)
        if found is None:
            raise UsageError(f"there is no form {wanted!r}; there are {names}")
    else:
        found = form_of(head)
    if found is None:
        raise UsageError(f"{file} shows none of the forms {names}; name one, or give a mapping file")
    if (found.name == "mapping") != (said.mapping is not None):
        raise UsageError("a mapping file and the form `mapping` go together")
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError:
        raise SettingsError(f"{path} is not UTF-8") from None
