"""Tables in columns (Parquet, ORC, Arrow and Feather), as data sets and exports of data bases are kept."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pyarrow as pa
from pyarrow import ipc, orc, parquet

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.draft import Draft
from casegraph.read.grid import Raw, raw, tables, typed
from casegraph.read.limits import MAX_CHARACTERS
from casegraph.read.unread import name_type

_PARQUET, _ORC, _ARROW = (
    "application/vnd.apache.parquet",
    "application/x-orc",
    "application/vnd.apache.arrow.file",
)
_BROKEN = (pa.ArrowException, OSError, ValueError, KeyError, TypeError, OverflowError, NotImplementedError)
_MOST_ROWS, _BATCH = 200_000, 1_000


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    return media_type if media_type in {_PARQUET, _ORC, _ARROW} else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the table: the names of its columns, then its rows.

    Problems: `damaged`, `damaged-part`, `rows-cut`, `no-text`.
    """
    draft = Draft(original, media_type, "columnar 1")
    rows = _Rows(draft, media_type)
    for piece in tables(rows):
        draft.page([piece])
    if rows.broken:
        code = "damaged-part" if draft.filled else "damaged"
        draft.problem(code, "the table is broken; it was read as far as it goes")
    if not draft.filled and not draft.troubled:
        draft.problem("no-text", "the table holds no rows")
    yield from draft.finish()


class _Rows:
    """The rows of the file, read once: the columns' names, then the values."""

    def __init__(self, draft: Draft, media_type: str) -> None:
        self._draft, self._media_type = draft, media_type
        self.broken = False

    def __iter__(self) -> Iterator[list[Raw]]:
        """Yield the rows, as many as are allowed."""
        count = letters = 0
        try:
            for batch in self._batches():
                if not count:
                    yield [raw(name) for name in batch.schema.names]
                for row in batch.to_pylist():
                    count += 1
                    if count > _MOST_ROWS or letters > MAX_CHARACTERS:
                        self._draft.problem(
                            "rows-cut", "the table has more rows than are read; the first were"
                        )
                        return
                    cells = [typed(value) for value in row.values()]
                    letters += sum(len(cell.text) for cell in cells)
                    yield cells
        except _BROKEN:
            self.broken = True

    def _batches(self) -> Iterator[pa.RecordBatch]:
        source = io.BytesIO(self._draft.original.data)
        if self._media_type == _PARQUET:
            yield from parquet.ParquetFile(source).iter_batches(batch_size=_BATCH, use_threads=False)
        elif self._media_type == _ORC:
            file = orc.ORCFile(source)
            for number in range(file.nstripes):
                yield file.read_stripe(number)
        else:
            stream = ipc.open_file(source)
            for number in range(stream.num_record_batches):
                yield stream.get_batch(number)


READER = Reader(
    name="columnar", version=1, media_types=(_PARQUET, _ORC, _ARROW), recognise=_recognise, read=read
)
