"""Names in tables: cells of columns headed Seller, Плательщик, 股东, Vessel, and labelled lines beside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casegraph.extract.base import Extractor, Found, Reading
from casegraph.extract.names.given import is_person
from casegraph.extract.spans import Taken
from casegraph.model import Page, Table, lines_beside, upright
from casegraph.text.tables.facts import Fact, read_facts
from casegraph.text.tables.headings import Heading, is_total, read_heading
from casegraph.text.tables.parties import Name, has_form, organisation_in, party_in

_PERSONS = frozenset(["person", "director"])
_PARTIES = _PERSONS.union(
    "supplier recipient payer beneficiary counterparty owner asset organisation holder buyer".split()
)
_NAMED = frozenset(["name", "goods"])  # "Наименование" may be a ware's
_COUNTED = frozenset(["quantity", "weight", "price", "unit", "code", "amount", "debit", "credit"])
_MONEY = frozenset(["amount", "debit", "credit"])
_SHIP = re.compile(
    r"(?:name of (?:the )?)?(?:vessel|ship|tanker)(?:['’]?s)?(?: name)?"
    r"|(?:(?:наименование|название) )?(?:судно|судна|танкер|танкера|теплоход|теплохода)"
    r"|船名|船舶名称|船舶|船只名称",
    re.IGNORECASE,
)
_WAY = frozenset(["from_", "to"])  # a place, unless sums stand beside it
_SURE, _FAIR = 0.9, 0.7
_LEAST = 0.4  # of a heading's words that must speak for a party


def _columns(table: Table) -> dict[int, str]:
    """Return the columns that hold parties, with what the heading says they are."""
    heads = [read_heading(heading) for heading in table.headings]
    money = any(_MONEY.intersection(head.concepts) for head in heads)
    wanted = _PARTIES | (_WAY if money else frozenset())
    found = {}
    for column, head in enumerate(heads):
        best = head.best()
        if best in wanted and head.concepts[best] >= _LEAST:
            found[column] = best
        elif best == "transport" and _SHIP.fullmatch(" ".join(table.headings[column].split())):
            found[column] = "ship"
    return found or _registered(heads)


def _registered(heads: Sequence[Heading]) -> dict[int, str]:
    """Return the column of names of a register: "Наименование", "名称" beside registration numbers."""
    bests = [head.best() for head in heads]
    if "id" not in bests or _COUNTED.intersection(bests):
        return {}
    named = [column for column, best in enumerate(bests) if best in _NAMED]
    return {named[0]: "organisation"} if len(named) == 1 else {}


def _cells(index: int, page: Page, table: Table) -> Iterator[Found]:
    columns = _columns(table)
    totals = {cell.row for cell in table.cells if is_total(page.text[cell.start : cell.end])}
    first = max(table.header, default=-1)
    for cell in table.cells:
        if cell.row <= first or cell.kind != "text" or (cell.row in totals and cell.column == 0):
            continue
        words = page.text[cell.start : cell.end]
        concept = columns.get(cell.column)
        if concept is None and not (columns and has_form(words) and len(words) <= _LONGEST_FIRM):
            continue
        if is_total(words):
            continue
        name = party_in(words, person=concept in _PERSONS)
        if name is not None:
            yield _found(index, cell.start, words, name, concept or "organisation")


_SIDE = re.compile(r"\s*(?P<label>[甲乙丙丁]方|Party [A-D]|Сторона(?: [1-4])?)\s*[:：]\s*(?=\S)")
_LONGEST_LINE = 300  # characters of a labelled value
_LONGEST_FIRM = 90  # characters of a cell that may be a firm's name whatever its heading


def _found(index: int, start: int, words: str, name: Name, concept: str) -> Found:
    shown = words[name.start : name.end]
    schema = name.schema or ("Person" if _is_person(shown) else "LegalEntity")
    schema = "Asset" if concept == "ship" else schema
    return Found(
        page=index,
        kind="name",
        start=start + name.start,
        end=start + name.end,
        schema=schema,
        normal=shown,
        detail=concept.strip("_"),
        score=_SURE if name.schema else _FAIR,
    )


def _is_person(name: str) -> bool:
    """Tell whether a Latin name is a person's, written either way round."""
    last, comma, first = name.partition(",")
    words = [*first.split(), *last.split()] if comma else name.split()
    return all(word[:1].isupper() for word in words) and is_person(words, "en")


def _beside(index: int, page: Page, table: Table, tables: Sequence[Table]) -> Iterator[Found]:
    facts, titles = read_facts(lines_beside(table, tables, page))
    for fact in facts:
        if _PARTIES.intersection(fact.concepts) and (name := party_in(fact.value)) is not None:
            yield _found(index, fact.start, fact.value, name, fact.concepts[0])
    for start, words in titles:
        named = organisation_in(words)
        if named is not None and named.schema is not None:
            yield _found(index, start, words, named, "title")


def _fields(index: int, page: Page, tables: Sequence[Table]) -> Iterator[Found]:
    """Yield the firms of labelled lines that stand alone: the parties of a contract, "甲方：……有限公司"."""
    for block in page.blocks:
        if block.role != "table" or any(one.start < block.end and block.start < one.end for one in tables):
            continue
        start = block.start
        for line in page.text[block.start : block.end].split("\n"):
            for fact in read_facts([[(start, line)]])[0] or _of_side(start, line):
                name = party_in(fact.value) if len(fact.value) <= _LONGEST_LINE else None
                if name is not None and name.schema == "Company" and _PARTIES.intersection(fact.concepts):
                    yield _found(index, fact.start, fact.value, name, fact.concepts[0])
            start += len(line) + 1


def _of_side(start: int, line: str) -> list[Fact]:
    """Return what stands behind "Party B:", "Сторона 2:", "乙方：": no label that says who sells or buys."""
    side = _SIDE.match(line)
    if side is None:
        return []
    return [Fact(("counterparty",), side["label"], start + side.end(), line[side.end() :])]


def _find(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    taken = Taken(found)
    for index, page in enumerate(reading.pages):
        tables = [table for table in reading.tables if table.page == page.number]
        for one in _fields(index, page, tables):
            if taken.claim(one.page, one.start, one.end):
                yield one
        for table in tables:
            if not table.headings:
                continue
            for one in (*_cells(index, page, upright(table)), *_beside(index, page, table, tables)):
                if taken.claim(one.page, one.start, one.end):
                    yield one


CELLS = Extractor(name="cells", version=3, find=_find)
