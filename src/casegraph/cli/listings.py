"""Which records are listed how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import get_args

from casegraph.cli import columns, tables
from casegraph.cli.folding import Folded
from casegraph.cli.options import Filters
from casegraph.cli.output import Form, Listing, plural, write
from casegraph.cli.tables import Source
from casegraph.cli.terminal import say
from casegraph.cli.troubles import Trouble, troubles_table
from casegraph.model import Claim, Entity, Kind
from casegraph.pipeline.case import Case
from casegraph.pipeline.found import Hit
from casegraph.pipeline.reports import DocumentRow, LayoutRow, ProblemRow, TableView
from casegraph.publish.measures import period


@dataclass(frozen=True, slots=True)
class Showing:
    """How claims are asked to be shown."""

    form: Form
    output: Path | None
    limit: int | None
    everything: bool  # statements that a table folds away, too


@dataclass(frozen=True, slots=True)
class Shown:
    """How many claims were written and how many were left out of the table."""

    seen: int
    hidden: int


DOCUMENTS: Listing[DocumentRow] = Listing("document", "documents", columns.DOCUMENTS, tables.documents_table)
ENTITIES: Listing[Entity] = Listing("entity", "entities", columns.ENTITIES, tables.entities_table)
PROBLEMS: Listing[ProblemRow] = Listing("problem", "problems", columns.PROBLEMS, tables.problems_table)
TABLES: Listing[TableView] = Listing("table", "tables", columns.TABLES, tables.tables_table)
MAPPINGS: Listing[LayoutRow] = Listing("layout", "layouts", columns.MAPPINGS, tables.mappings_table)
TROUBLES: Listing[Trouble] = Listing("kind of problem", "kinds of problem", (), troubles_table)
HITS: Listing[Hit] = Listing("page", "pages", columns.HITS, tables.hits_table)


def claims(sources: Mapping[str, Source], kind: Kind | None = None) -> Listing[Claim]:
    """Return how claims are listed: of all kinds, or with the columns of one."""
    kinds = (kind,) if kind else get_args(Kind)
    return Listing("claim", "claims", columns.claim_columns(kinds), tables.claims_table(sources))


def write_claims(case: Case, filters: Filters, showing: Showing) -> Shown:
    """Write the claims that the filters ask for; see `Folded` for what a table leaves out."""
    folds = showing.form == "table" and not showing.everything and filters["kind"] != "statement"
    described = sources(case) if showing.form == "table" else {}
    listing = claims(described, filters["kind"])
    if not folds:
        found = case.claims(**filters, limit=showing.limit)
        return Shown(write(found, listing, showing.form, showing.output), 0)
    folded = Folded(case.claims(**filters))
    seen = write(islice(folded, showing.limit), listing, showing.form, showing.output)
    if folded.hidden:
        say(f"{plural(folded.hidden, 'statement')} in the documents' own voice not shown (--all)")
    return Shown(seen, folded.hidden)


def sources(case: Case) -> dict[str, Source]:
    """Return what a list says of each document, by its id."""
    return {row.id: source(row) for row in case.documents()}


def source(row: DocumentRow) -> Source:
    """Return what a list says of a document."""
    read = row.document
    name = row.names[0] if row.names else row.id
    if read is None:
        return Source(name=name)
    published = period(read.published) if read.published else ""
    origin = ", ".join(part for part in (read.publisher or "", published) if part)
    return Source(name=name, origin=origin, title=read.title or "", pages=read.pages)
