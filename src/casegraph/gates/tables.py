"""How well tables are read and taken for what they are: headings, kinds, columns, claims.

`tables.jsonl` says what is true of each file in `files/`; see gold/tables/make.py. A table that must give
nothing has no kind: whatever is claimed of it is a false claim.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casegraph.attribute import STAGE as ATTRIBUTE
from casegraph.errors import UsageError
from casegraph.extract import STAGE as EXTRACT
from casegraph.gates.spans import Score
from casegraph.model import (
    Claim,
    Document,
    Mention,
    Original,
    Page,
    Pages,
    Parsed,
    Problem,
    Table,
    TableMapping,
    content_id,
    written,
)
from casegraph.read import STAGE as READ
from casegraph.text import fold

_FACTS = ("amount", "currency", "quantity", "share", "date", "position")


@dataclass(slots=True)
class Tally:
    """Counts over the tables of a gold set; `wrong` names what went wrong."""

    tables: int = 0
    headed: int = 0
    kinds: int = 0
    rows: int = 0  # tables whose misfits were all told, and no others
    columns: Score = field(default_factory=Score)
    claims: Score = field(default_factory=Score)
    strict: Score = field(default_factory=Score)
    false: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """What the stages made of one file."""

    pages: dict[int, Page]
    tables: tuple[Table, ...]
    mappings: tuple[TableMapping, ...]
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]


def gate(folder: Path, *, held_out: bool = False) -> dict[str, float]:
    """Return the figures over one part of a gold folder."""
    tally = count(folder, held_out=held_out)
    found = tally.claims.found
    figures = {
        "header.accuracy": tally.headed / tally.tables,
        "kind.accuracy": tally.kinds / tally.tables,
        "problems.accuracy": tally.rows / tally.tables,
        "false.claims": tally.false / found if found else 0.0,
    }
    for name, score in (
        ("columns", tally.columns),
        ("claims", tally.claims),
        ("claims.strict", tally.strict),
    ):
        figures |= {
            f"{name}.precision": score.precision, f"{name}.recall": score.recall, f"{name}.f1": score.f1,
        }  # fmt: skip
    return figures


def count(folder: Path, *, held_out: bool) -> Tally:
    """Return the counts over one part; raises UsageError when the folder holds no gold tables."""
    path = folder / "tables.jsonl"
    if not path.is_file():
        raise UsageError(f"no gold tables in {folder.name}")
    tally = Tally()
    for line in path.read_text("utf-8").splitlines():
        gold = json.loads(line)
        if gold["held_out"] == held_out:
            judge(gold, find(folder / "files" / gold["file"]), tally)
    return tally


def find(path: Path) -> Found:
    """Return what the stages make of a file; claims of prose are left out."""
    data = path.read_bytes()
    read = list(READ.run(Original(document=content_id(data), data=data, names=(path.name,))))
    document = next(one for one in read if isinstance(one, Document))
    pages = tuple(one for one in read if isinstance(one, Page))
    tables = tuple(one for one in read if isinstance(one, Table))
    extracted = list(EXTRACT.run(Pages(document=document, pages=pages, tables=tables)))
    unit = Parsed(
        document=document,
        pages=pages,
        parses=(),
        mentions=tuple(one for one in extracted if isinstance(one, Mention)),
        tables=tables,
    )
    made = list(ATTRIBUTE.run(unit))
    return Found(
        pages={page.number: page for page in pages},
        tables=tables,
        mappings=tuple(one for one in made if isinstance(one, TableMapping)),
        claims=tuple(one for one in made if isinstance(one, Claim)),
        problems=tuple(one for one in made if isinstance(one, Problem)),
    )


def judge(gold: dict[str, Any], found: Found, tally: Tally) -> None:
    """Count one table. Where a file gives several, the first with headings is the one that is marked."""
    tally.tables += 1
    headed = (
        [one for one in found.tables if one.header] if gold["header"] else []
    )  # not the form above an invoice
    table = next(iter(headed or found.tables), None)
    words = written(table, found.pages[table.page].text) if table is not None else ()
    shown = _filled(words[row] for row in (table.header if table is not None else ()))
    right = shown == _filled(gold["header"])
    mapping = next((one for one in found.mappings if table is not None and one.table == table.id), None)
    kind = mapping.kind if mapping is not None and mapping.state == "mapped" else None
    tally.headed += right
    tally.kinds += kind == gold["kind"]
    tally.rows += len(found.problems) == gold["problems"]
    wanted = {(place, name) for place, name in enumerate(gold["columns"]) if name and gold["kind"]}
    columns = set()
    if kind is not None and mapping is not None and table is not None:
        named = [
            one for one, own in zip(mapping.headings, table.headings, strict=True) if own or not table.turned
        ]
        columns = {
            (named.index(use.heading), use.property) for use in mapping.columns if use.heading in named
        }
    tally.columns.add(len(columns & wanted), len(columns), len(wanted))
    _judge_claims(gold, found, tally)
    if not right:
        tally.wrong.append(f"{gold['id']}: headings")
    if kind != gold["kind"]:
        tally.wrong.append(f"{gold['id']}: taken for {kind}, is {gold['kind']}")
    tally.wrong.extend(f"{gold['id']}: column {place} is {name}" for place, name in sorted(wanted - columns))
    tally.wrong.extend(
        f"{gold['id']}: column {place} is no {name}" for place, name in sorted(columns - wanted)
    )


def _judge_claims(gold: dict[str, Any], found: Found, tally: Tally) -> None:
    for strict, score in ((False, tally.claims), (True, tally.strict)):
        wanted = Counter(_gold_key(one, strict=strict) for one in gold["claims"])
        have = Counter(_claim_key(one, strict=strict) for one in found.claims)
        score.add((wanted & have).total(), have.total(), wanted.total())
        if not strict:
            tally.false += (have - wanted).total()
            tally.wrong.extend(f"{gold['id']}: false {key}" for key in have - wanted)
        else:
            tally.wrong.extend(f"{gold['id']}: missed {key}" for key in wanted - have)


def _filled(rows: Iterable[Iterable[str]]) -> list[list[str]]:
    return [[cell for cell in row if cell] for row in rows]


Key = tuple[object, ...]


def _gold_key(claim: dict[str, Any], *, strict: bool) -> Key:
    roles = tuple(sorted((role, fold(name or "")) for role, name in claim["roles"].items()))
    return (claim["kind"], roles, *(claim[name] for name in _FACTS if strict))


def _claim_key(claim: Claim, *, strict: bool) -> Key:
    roles = []
    for role, party in claim.roles.items():
        names = party if isinstance(party, tuple) else (party,)
        roles.append((role, fold("; ".join(one.name for one in names if one is not None))))
    said = claim.qualifiers
    days = [day.start or day.end for day in said.dates]
    facts: Key = (
        said.amount.minimum if said.amount else None,
        said.amount.currency if said.amount else None,
        said.quantity.minimum if said.quantity else None,
        said.share.minimum if said.share else None,
        days[0] if days else None,
        said.position,
    )
    return (claim.kind, tuple(sorted(roles)), *(facts if strict else ()))
