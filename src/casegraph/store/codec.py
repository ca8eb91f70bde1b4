"""Records as Arrow columns: each field a column of its name.

Text, numbers, booleans and bytes are columns of their type; anything nested is JSON text. Three columns come
before them in every table and place a row: `key_document`, `key_page` (0: the document as a whole) and
`key_start` (code points). A float that is not a number has no JSON and comes back as null.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec
import pyarrow as pa

from casegraph.model import Child, Claim, Layout, Mention, Page, Parse, Record, Table, TableMapping

KEYS = ("key_document", "key_page", "key_start")

R = TypeVar("R", bound=Record)

_SCALARS: tuple[tuple[type[msgspec.inspect.Type], pa.DataType], ...] = (
    (msgspec.inspect.StrType, pa.string()),
    (msgspec.inspect.BoolType, pa.bool_()),
    (msgspec.inspect.IntType, pa.int64()),
    (msgspec.inspect.FloatType, pa.float64()),
    (msgspec.inspect.BytesType, pa.binary()),
)


def _scalar(kind: msgspec.inspect.Type) -> tuple[pa.DataType | None, bool]:
    """Return the Arrow type of a field (None: JSON text) and whether it may be null."""
    if isinstance(kind, msgspec.inspect.UnionType):
        inner = [one for one in kind.types if not isinstance(one, msgspec.inspect.NoneType)]
        if len(inner) == len(kind.types) or len(inner) != 1:
            return None, len(inner) != len(kind.types)
        return _scalar(inner[0])[0], True
    if isinstance(kind, msgspec.inspect.LiteralType):
        return (pa.string() if all(isinstance(value, str) for value in kind.values) else None), False
    for known, arrow in _SCALARS:
        if isinstance(kind, known):
            return arrow, False
    return None, False


@dataclass(frozen=True)
class Codec(Generic[R]):
    """Turns records of one type into Arrow batches and back."""

    type: type[R]
    schema: pa.Schema
    json: dict[str, msgspec.json.Decoder[Any]]  # decoders of the columns that hold JSON

    @property
    def table(self) -> str:
        """The table's name: the record's, in lower case."""
        return self.type.__name__.lower()

    def encode(self, document: str, records: Iterable[R]) -> pa.RecordBatch:
        """Return the records of one document as one batch, by (page, start, id).

        Raises ValueError or OverflowError (UnicodeError among them) for what no table can hold.
        """
        placed = sorted(((*place(record), record) for record in records), key=lambda row: row[:3])
        columns: list[list[Any]] = [
            [document] * len(placed),
            [row[0] for row in placed],
            [row[1] for row in placed],
        ]
        for name in self.schema.names[len(KEYS) :]:
            values = [getattr(row[3], name) for row in placed]
            if name in self.json:
                values = [None if value is None else msgspec.json.encode(value).decode() for value in values]
            columns.append(values)
        arrays = [
            pa.array(values, type=field.type) for values, field in zip(columns, self.schema, strict=True)
        ]
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def decode(self, table: pa.Table | pa.RecordBatch) -> Iterator[R]:
        """Yield the records of a table; a column that is left out leaves its field's default."""
        names = [name for name in self.schema.names[len(KEYS) :] if name in table.schema.names]
        columns = [self._column(name, table.column(name).to_pylist()) for name in names]
        for row in zip(*columns, strict=True):
            yield self.type(**dict(zip(names, row, strict=True)))

    def _column(self, name: str, values: list[Any]) -> list[Any]:
        if name not in self.json:
            return values
        decode = self.json[name].decode
        return [None if value is None else decode(value) for value in values]


def place(  # noqa: PLR0911 - one line a record type
    record: Record,
) -> tuple[int, int, str]:
    """Return where a record stands in its document: page, start, and a word to break ties."""
    match record:
        case Page():
            return record.number, 0, record.id
        case Parse():
            return record.page, 0, record.parser
        case Table():
            return record.page, record.start, record.id
        case TableMapping():
            return record.page, record.number, record.id
        case Layout():
            return record.page, 0, record.source
        case Child():
            return 0, record.number, record.child
        case Mention():
            return record.target.page, record.target.start, record.id
        case Claim():
            first = record.evidence[0] if record.evidence else record.content_target
            return first.page, first.start, record.id
    return 0, 0, str(getattr(record, "id", None) or msgspec.json.encode(record).decode())


@functools.cache
def codec(type_: type[R]) -> Codec[R]:
    """Return the codec of a record type."""
    info = msgspec.inspect.type_info(type_)
    if not isinstance(info, msgspec.inspect.StructType):
        raise TypeError(f"{type_.__name__} is not a record")
    fields = [pa.field("key_document", pa.string(), nullable=False)]
    fields += [pa.field(name, pa.int64(), nullable=False) for name in KEYS[1:]]
    hints = {field.name: field.type for field in msgspec.structs.fields(type_)}
    json: dict[str, msgspec.json.Decoder[Any]] = {}
    for field in info.fields:
        arrow, null = _scalar(field.type)
        if arrow is None:
            json[field.name] = msgspec.json.Decoder(hints[field.name])
            null = True
        fields.append(pa.field(field.name, arrow or pa.string(), nullable=null))
    return Codec(type=type_, schema=pa.schema(fields), json=json)


def empty(type_: type[Record]) -> pa.Table:
    """Return a table of a record type without rows."""
    return codec(type_).schema.empty_table()


def runs(keys: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield (document, start, length) of each run of equal keys."""
    start = 0
    for place_, key in enumerate(keys):
        if key != keys[start]:
            yield keys[start], start, place_ - start
            start = place_
    if keys:
        yield keys[start], start, len(keys) - start
