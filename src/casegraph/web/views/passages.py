"""A page's text cut into what is shown of it: blocks, tables, claims, names. Nothing of it is lost."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from msgspec.structs import replace

from casegraph.model import Block, Claim, Mention, MentionKind, Page, Record, Table
from casegraph.model.text import BlockRole

Span = tuple[int, int]

_WORD = 30  # characters in which a word is looked for to end


class Piece(Record, frozen=True, kw_only=True):
    """A run of a page's text and what rests on it."""

    text: str
    start: int  # code points of the page
    claims: tuple[str, ...] = ()  # ids
    furniture: bool = False
    mention: MentionKind | None = None  # what was found there
    entity: str | None = None  # id of the one that is named
    chosen: bool = False  # the address asks for it


class Run(Record, frozen=True, kw_only=True):
    """Pieces that the same claims rest on."""

    pieces: tuple[Piece, ...]
    claims: tuple[str, ...] = ()  # ids
    begins: tuple[str, ...] = ()  # those of them whose words begin here
    ends: tuple[str, ...] = ()  # and end here


class Row(Record, frozen=True, kw_only=True):
    """A row of a table."""

    heading: bool
    cells: tuple[tuple[Run, ...], ...]


class Part(Record, frozen=True, kw_only=True):
    """A block of a page, what stands between two (`gap`), or a table with its rows."""

    role: BlockRole | str
    start: int
    runs: tuple[Run, ...] = ()
    depth: int = 0  # of quotation in a mail
    language: str | None = None
    table: str | None = None  # its id
    turned: bool = False  # headings stand in the first column
    rows: tuple[Row, ...] = ()


def pieces(
    page: Page,
    claims: Sequence[Claim],
    mentions: Iterable[tuple[Mention, str | None]] = (),
    chosen: Span | None = None,
) -> Iterator[Piece]:
    """Yield a page's text cut where something begins or ends; together the pieces are the text."""
    spans = [
        (target.start, target.end, claim.id)
        for claim in claims
        for target in claim.evidence
        if target.page == page.number
    ]
    furniture = [(block.start, block.end) for block in page.blocks if block.role == "furniture"]
    named = list(_apart(mentions))
    edges = {0, len(page.text), *(chosen or ())}
    edges |= {edge for start, end, _ in spans for edge in (start, end)}
    edges |= {edge for span in furniture for edge in span}
    edges |= {edge for one, _ in named for edge in (one.target.start, one.target.end)}
    edges |= {edge for block in page.blocks for edge in (block.start, block.end)}
    over = _Over(spans)
    places = [one.target.start for one, _ in named]
    for start, end in pairwise(sorted(edges)):
        place = bisect_right(places, start) - 1
        mention, entity = named[place] if place >= 0 and end <= named[place][0].target.end else (None, None)
        yield Piece(
            text=page.text[start:end],
            start=start,
            claims=over.ids(start, end),
            furniture=any(low <= start and end <= high for low, high in furniture),
            mention=mention.kind if mention is not None else None,
            entity=entity,
            chosen=chosen is not None and chosen[0] <= start and end <= chosen[1],
        )


def _apart(mentions: Iterable[tuple[Mention, str | None]]) -> Iterator[tuple[Mention, str | None]]:
    """Yield mentions that do not overlap, in order: of two the longer, names before all else."""
    found = sorted(
        mentions,
        key=lambda one: (one[1] is None, one[0].target.start - one[0].target.end, one[0].target.start),
    )
    taken: list[tuple[Mention, str | None]] = []
    starts: list[int] = []
    for one in found:
        span = one[0].target
        place = bisect_right(starts, span.start)
        before = place and taken[place - 1][0].target.end > span.start
        if before or (place < len(taken) and starts[place] < span.end):
            continue
        taken.insert(place, one)
        starts.insert(place, span.start)
    yield from taken


class _Over:
    """Which claims lie over a place, by where they begin."""

    def __init__(self, spans: Iterable[tuple[int, int, str]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _, _ in self._spans]
        self._longest = max((end - start for start, end, _ in self._spans), default=0)

    def ids(self, start: int, end: int) -> tuple[str, ...]:
        """Return the claims of which a stretch is a part."""
        last = bisect_right(self._starts, start)
        first = bisect_right(self._starts, start - self._longest - 1)
        return tuple(dict.fromkeys(id_ for _, high, id_ in self._spans[first:last] if end <= high))


def around(found: Sequence[Piece], most: int) -> tuple[Piece, ...]:
    """Return the pieces from the first with a claim to the last with `most` code points before and behind."""
    over = [piece for piece in found if piece.claims]
    if not over:
        return tuple(found)
    text, begin = "".join(piece.text for piece in found), found[0].start
    low = over[0].start - most
    high = over[-1].start + len(over[-1].text) + most
    if low > begin:
        low += _to_blank(text[low - begin : low - begin + _WORD])
    if high < begin + len(text):
        high -= _to_blank(text[max(high - begin - _WORD, 0) : high - begin][::-1])
    return within(found, low, high)


def _to_blank(text: str) -> int:
    """Return how far the first blank is, 0 where there is none: words are not cut, Chinese has no blanks."""
    return next((place for place, char in enumerate(text) if char.isspace()), 0)


def within(found: Sequence[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """Return the pieces of a stretch of the page, cut to it."""
    first = max(bisect_right(found, start, key=lambda one: one.start) - 1, 0)
    kept = []
    for piece in found[first:]:
        if piece.start >= end:
            break
        low, high = max(start - piece.start, 0), end - piece.start
        if text := piece.text[low:high]:
            kept.append(replace(piece, text=text, start=piece.start + low))
    return tuple(kept)


def parts(page: Page, found: Sequence[Piece], tables: Sequence[Table]) -> Iterator[Part]:
    """Yield a page's blocks and tables in order, with what stands between them."""
    place = 0
    bounds = _Bounds(found)
    for start, end, block, table in _ordered(page, tables):
        if place < start:
            yield Part(role="gap", start=place, runs=bounds.runs(place, start))
        if table is not None:
            rows = tuple(_rows(table, bounds))
            yield Part(role="table", start=start, rows=rows, table=table.id, turned=table.turned)
        elif block is not None:
            yield Part(
                role=block.role, start=start, runs=bounds.runs(start, end), depth=block.depth,
                language=block.language,
            )  # fmt: skip
        place = end
    if place < len(page.text):
        yield Part(
            role="gap" if page.blocks else "paragraph", start=place, runs=bounds.runs(place, len(page.text))
        )


def _ordered(page: Page, tables: Sequence[Table]) -> Iterator[tuple[int, int, Block | None, Table | None]]:
    """Yield blocks with the tables cut out of them, by place."""
    own: list[Table] = []
    for table in sorted(
        (one for one in tables if one.page == page.number), key=lambda one: (one.start, -one.end)
    ):
        if not own or own[-1].end <= table.start:
            own.append(table)
    place = 0
    left = own[:]
    for block in page.blocks:
        place = max(place, block.start)
        while left and left[0].start < block.end:
            table = left.pop(0)
            if place < table.start:
                yield place, table.start, block, None
            yield table.start, table.end, None, table
            place = max(place, table.end)
        if place < block.end:
            yield place, block.end, block, None
            place = block.end
    for table in left:
        if table.start >= place:
            yield table.start, table.end, None, table
            place = table.end


def _rows(table: Table, bounds: _Bounds) -> Iterator[Row]:
    cells: list[list[tuple[Run, ...]]] = [[()] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        cells[cell.row][cell.column] = bounds.runs(cell.start, cell.end)
    for number, row in enumerate(cells):
        yield Row(heading=number in table.header, cells=tuple(row))


class _Bounds:
    """The pieces of a page with where each claim begins and ends among them."""

    def __init__(self, found: Sequence[Piece]) -> None:
        self._found = found
        self._first: dict[str, int] = {}
        self._last: dict[str, int] = {}
        for piece in found:
            for claim in piece.claims:
                self._first.setdefault(claim, piece.start)
                self._last[claim] = piece.start + len(piece.text)

    def runs(self, start: int, end: int) -> tuple[Run, ...]:
        """Return a stretch as runs."""
        return tuple(self._runs(within(self._found, start, end)))

    def _runs(self, own: Sequence[Piece]) -> Iterator[Run]:
        for claims, group in groupby(own, key=lambda piece: piece.claims):
            held = tuple(group)
            low, high = held[0].start, held[-1].start + len(held[-1].text)
            yield Run(
                pieces=held,
                claims=claims,
                begins=tuple(one for one in claims if low <= self._first[one] < high),
                ends=tuple(one for one in claims if low < self._last[one] <= high),
            )
