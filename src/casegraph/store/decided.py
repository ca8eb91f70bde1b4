"""What people decided, of whatever sort, in the order in which they said it."""

from __future__ import annotations

import sqlite3

import msgspec

from casegraph.model import ClaimReview, Grade, Judgement

Decision = Judgement | Grade | ClaimReview
Numbered = tuple[int, Decision]
"""A decision with the number of its link in the chain, which orders those of all tables."""

TABLES: dict[str, type[Decision]] = {"judgements": Judgement, "grades": Grade, "reviews": ClaimReview}


def decisions(journal: sqlite3.Connection) -> list[Numbered]:
    """Return all decisions of a journal, oldest first."""
    found: list[Numbered] = []
    for table, type_ in TABLES.items():
        names = type_.__struct_fields__
        rows = journal.execute(
            f"SELECT c.number, {', '.join(f't.{name}' for name in names)} FROM {table} t"  # noqa: S608 - own names
            " JOIN chain c ON c.entry_table = ? AND c.entry = t.id",
            (table,),
        )
        for number, *values in rows:
            entry = dict(zip(names, values, strict=True))
            found.append((number, msgspec.convert(entry, type_, strict=False)))
    return sorted(found, key=lambda one: one[0])
