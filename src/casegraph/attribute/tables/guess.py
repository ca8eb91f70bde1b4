"""What a table is taken for where no person has said it: by its headings, its cells and what stands above."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from casegraph.attribute.tables.grid import Beside, Grid
from casegraph.attribute.tables.kinds import DAYS, FIGURED, FIGURES, KINDS, OUTSIDE, PARTIES, TableKind
from casegraph.attribute.tables.values import share_range
from casegraph.model import Cell, ColumnUse, Kind, Rule, Source
from casegraph.text.tables.figures import unit_of
from casegraph.text.tables.headings import Heading, read_heading
from casegraph.text.tables.parties import party_in

MAPPED = 0.65
"""Score from which a guess makes claims; below it a person is asked."""

UNSURE = 0.4
"""Score from which a person is told what a table may be."""

_LEAST = 0.3  # of a heading's words that must speak for a part
_TYPED = 0.6  # of a column's cells that must be figures, or days, or names
_LATER = 0.02  # off for the second concept that a part may come from
_TITLE = 0.1  # that a title which names the kind adds
_WRONG_TITLE = 0.3  # that a price list or a timetable takes away
_ONE_MISSING, _MORE_MISSING = 0.55, 0.2
_LONGEST_FIGURE = 20  # characters of a cell that may count something
_INFERRED = 0.5  # for a column that nothing but its place and its cells explains
_NO_DIRECTION = 0.6  # of payments of which nothing tells who paid whom
_ONE_SIDE = 0.8  # of a delivery or a payment whose other side the table does not name


@dataclass(frozen=True, slots=True)
class Guess:
    """A kind with its columns, how sure it is, and the rules that would make its claims."""

    kind: Kind | None = None
    score: float = 0.0
    columns: tuple[ColumnUse, ...] = ()
    rules: tuple[Rule, ...] = ()


def guess(grid: Grid) -> Guess:
    """Return the likeliest kind of a table, none where its headings say nothing."""
    heads = [read_heading(heading) for heading in grid.table.headings]
    tries = [_try(grid, kind, heads) for kind in KINDS]
    best = max(tries, key=lambda one: one.score, default=Guess())
    return best if best.score >= UNSURE else Guess()


def _try(grid: Grid, kind: TableKind, heads: list[Heading]) -> Guess:
    uses = _assign(grid, kind, heads)
    present = {use.property for use in uses}
    beside = _beside(grid, kind, present)
    there = present | {part for part, _ in beside}
    missing = [need for need in kind.needs if not need & there]
    core = [use.score for use in uses if any(use.property in need for need in kind.needs)]
    sums = present & {"amount", "debit", "credit"}
    if not core or len(present) < 2 or (kind.kind == "payment" and not sums):
        return Guess()
    score = sum(core) / len(core) * (1.0, _ONE_MISSING, _MORE_MISSING)[min(len(missing), 2)]
    if kind.kind in {"delivery", "payment"} and not missing:
        sides = {"supplier", "recipient"} if kind.kind == "delivery" else {"payer", "beneficiary"}
        score *= 1.0 if sides <= there or "counterparty" in there else _ONE_SIDE
    if kind.kind in grid.kinds:
        score += _TITLE
    elif grid.kinds == {"nothing"}:
        score -= _WRONG_TITLE
    if kind.kind == "directorship" and not _directs(grid, heads):
        score = 0.0
    if kind.kind == "payment" and "counterparty" in present and not present & {"debit", "credit"}:
        score *= _NO_DIRECTION
    if kind.kind == "contract" and not _contracts(grid, heads):
        score = 0.0
    columns = (
        *(ColumnUse(heading=use.heading, property=use.property, score=round(use.score, 2)) for use in uses),
        *(ColumnUse(heading=column, property=part, score=0.9) for part, column in beside),
    )
    score = round(max(0.0, min(score, 0.99)), 2)
    return Guess(kind.kind, score, columns, tuple(_rules(kind, columns)))


def _directs(grid: Grid, heads: list[Heading]) -> bool:
    """Tell whether a heading or the title speaks of directors, not of staff at large."""
    return "directorship" in grid.kinds or any("director" in head.concepts for head in heads)


def _contracts(grid: Grid, heads: list[Heading]) -> bool:
    """Tell whether the title or a heading speaks of contracts, and nothing is counted as goods are."""
    counted = any({"quantity", "weight"} & head.concepts.keys() for head in heads)
    return not counted and ("contract" in grid.kinds or any("subject" in head.concepts for head in heads))


def _assign(grid: Grid, kind: TableKind, heads: list[Heading]) -> list[ColumnUse]:
    """Return the columns that hold parts of the kind: the best for each part, each column once."""
    claims = [
        one
        for column, head in enumerate(heads)
        for part in kind.parts
        for one in _worth(grid, kind, column, head, part)
    ]
    taken: dict[int, tuple[str, float]] = {}
    parts: set[str] = set()
    for score, column, part in sorted(claims, key=lambda one: (-one[0], one[1])):
        if score >= _LEAST and column not in taken and part not in parts:
            taken[column] = part, score
            parts.add(part)
    _lone_facts(heads, taken, parts)
    _leftovers(grid, kind, heads, taken, parts)
    return [
        ColumnUse(heading=grid.columns[column], property=part, score=score)
        for column, (part, score) in sorted(taken.items())
    ]


def _worth(
    grid: Grid, kind: TableKind, column: int, head: Heading, part: str
) -> Iterator[tuple[float, int, str]]:
    """Yield what speaks for a column to be a part, or a fact of that party."""
    priced = head.measure.currency is not None
    if part == "amount" and priced and "share" in head.concepts:
        yield head.concepts["share"] * _fits(grid, column, part), column, part
    for place, concept in enumerate(kind.parts[part]):
        score = head.concepts.get(concept, 0.0) - _LATER * place
        if priced and concept in {"share", "shares"}:
            continue  # "Доля, руб.": what it is worth
        if score >= _LEAST:
            yield score * _fits(grid, column, part), column, part
        for fact, worth in head.concepts.items():
            party, _, name = fact.partition(".")
            if name and party == concept:
                yield worth, column, f"{part}.{name}"


def _lone_facts(heads: list[Heading], taken: dict[int, tuple[str, float]], parts: set[str]) -> None:
    """Give a column of numbers or accounts without a party in the heading to the party before it or after."""
    for column, head in enumerate(heads):
        fact = head.best()
        if column in taken or fact not in {"id", "account", "country"}:
            continue
        before = [taken[place][0] for place in range(column) if place in taken]
        after = [taken[place][0] for place in range(column, len(heads)) if place in taken]
        party = next((part for part in [*reversed(before), *after] if part in PARTIES), None)
        if party is not None and f"{party}.{fact}" not in parts:
            taken[column] = f"{party}.{fact}", head.concepts[fact] * 0.8
            parts.add(f"{party}.{fact}")


def _leftovers(
    grid: Grid, kind: TableKind, heads: list[Heading], taken: dict[int, tuple[str, float]], parts: set[str]
) -> None:
    """Take the only column of days for the date, and of supplies the only one of words for the goods."""
    free = [column for column, head in enumerate(heads) if column not in taken and grid.cells_of(column)]
    days = [column for column in free if all(cell.kind == "date" for cell in grid.cells_of(column))]
    dated = parts & {"date", "start", "end"}
    if len(days) == 1 and not dated and not heads[days[0]].concepts and len(parts) > 1:
        taken[days[0]] = ("date" if "date" in kind.parts else "start"), _INFERRED
    words = [
        column
        for column in free
        if FIGURED.issuperset(heads[column].concepts) and _fits(grid, column, "goods")
    ]
    sides = {"supplier", "recipient"} & parts
    if kind.kind == "delivery" and "goods" not in parts and sides and "quantity" in parts and len(words) == 1:
        taken[words[0]] = "goods", _INFERRED


def _fits(grid: Grid, column: int, part: str) -> float:
    """Return 1 where the cells are what the part is made of, 0 where they are something else."""
    cells = grid.cells_of(column)
    test = next((test for parts, test in _TESTS if part in parts), None)
    if not cells:
        return 0.5
    return 1.0 if test is None or _share(grid, cells, test) >= _TYPED else 0.0


def _share(grid: Grid, cells: list[Cell], test: Callable[[Grid, Cell], bool]) -> float:
    return sum(test(grid, cell) for cell in cells) / len(cells)


def _is_figure(grid: Grid, cell: Cell) -> bool:
    words = grid.words(cell)
    fits = cell.kind in {"number", "money", "percent"}
    return (
        fits
        or words in {"-", "–", "—"}
        or (cell.kind == "text" and any(map(str.isdigit, words)) and len(words) < 20)
    )


def _is_share(grid: Grid, cell: Cell) -> bool:
    words = grid.words(cell)
    return _is_figure(grid, cell) or share_range(words) is not None or "/" in words


def _is_unit(grid: Grid, cell: Cell) -> bool:
    return unit_of(grid.words(cell)) is not None


def _is_name(grid: Grid, cell: Cell) -> bool:
    return cell.kind == "text" and party_in(grid.words(cell)) is not None


def _is_day(_: Grid, cell: Cell) -> bool:
    return cell.kind == "date"


def _is_text(grid: Grid, cell: Cell) -> bool:
    return cell.kind == "text" and any(map(str.isalpha, grid.words(cell)))


_TESTS: tuple[tuple[frozenset[str], Callable[[Grid, Cell], bool]], ...] = (
    (frozenset(["share"]), _is_share),
    (FIGURES, _is_figure),
    (DAYS, _is_day),
    (PARTIES, _is_name),
    (frozenset(["unit"]), _is_unit),
    (frozenset(["goods", "subject"]), _is_text),
)


def _beside(grid: Grid, kind: TableKind, present: set[str]) -> list[tuple[str, str]]:
    """Return the parts that the lines above give, with the names of their columns."""
    found: list[tuple[str, str]] = []
    for part in OUTSIDE.get(kind.kind, ()):
        if part in present or (part == "holder" and "counterparty" not in present):
            continue
        if part == "currency" and not present & {"amount", "debit", "credit"}:
            continue
        if part in {"payer", "beneficiary"} and "counterparty" in present:
            continue
        usable = (one.column for one in grid.beside if part in one.concepts and _usable(one, part))
        found.extend((part, column) for column in islice(usable, 1))
    return found


def _usable(one: Beside, part: str) -> bool:
    if part == "date":
        return one.day is not None
    return part in {"currency", "instrument"} or party_in(one.words) is not None


# -- rules -------------------------------------------------------------------------------------------------


def _rules(kind: TableKind, columns: tuple[ColumnUse, ...]) -> list[Rule]:
    """Return the rules that the columns come to; a statement of account has one for each direction."""
    uses = {use.property: use.heading for use in columns}
    sources = {
        part: Source(columns=(heading,)) for part, heading in uses.items() if part not in {"given", "second"}
    }
    named = tuple(use.heading for use in columns if use.property in {"person", "given", "second"})
    if "person" in uses and len(named) > 1:
        sources["person"] = Source(columns=named, join=" ")
    if kind.kind == "payment" and ("debit" in uses or "credit" in uses) and "counterparty" in uses:
        return [_direction(kind, uses, sources, way) for way in ("debit", "credit") if way in uses]
    if kind.kind == "payment" and "counterparty" in uses:
        return []  # nothing tells who paid whom
    schemas = {part: schema for part, schema in kind.schemas.items() if part in sources}
    return [Rule(kind=kind.kind, sources=sources, schemas=schemas)]


def _direction(kind: TableKind, uses: dict[str, str], sources: dict[str, Source], way: str) -> Rule:
    """Return the rule of what left an account, or of what came in."""
    near, far = ("payer", "beneficiary") if way == "debit" else ("beneficiary", "payer")
    own = {
        part: source
        for part, source in sources.items()
        if part.partition(".")[0] not in {"debit", "credit", "counterparty", "holder", "amount"}
    }
    own["amount"] = sources[way]
    own[far] = sources["counterparty"]
    for part, source in sources.items():
        party, _, fact = part.partition(".")
        if fact and party == "counterparty":
            own[f"{far}.{fact}"] = source
    if "holder" in sources:
        own[near] = sources["holder"]
    schemas = {part: kind.schemas[part] for part in (near, far) if part in own}
    return Rule(kind="payment", sources=own, schemas=schemas, filters_not={uses[way]: ""})
