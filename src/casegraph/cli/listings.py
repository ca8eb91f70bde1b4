"""Which records are listed how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from casegraph.cli import columns, tables
from casegraph.cli.output import Listing
from casegraph.model import Claim, Entity, Kind
from casegraph.pipeline.case import Case
from casegraph.pipeline.reports import DocumentRow, Hit, ProblemRow

DOCUMENTS: Listing[DocumentRow] = Listing("document", "documents", columns.DOCUMENTS, tables.documents_table)
ENTITIES: Listing[Entity] = Listing("entity", "entities", columns.ENTITIES, tables.entities_table)
PROBLEMS: Listing[ProblemRow] = Listing("problem", "problems", columns.PROBLEMS, tables.problems_table)
HITS: Listing[Hit] = Listing("page", "pages", columns.HITS, tables.hits_table)


def claims(names: Mapping[str, str], kind: Kind | None = None) -> Listing[Claim]:
    """Return how claims are listed: of all kinds, or with the columns of one."""
    kinds = (kind,) if kind else get_args(Kind)
    return Listing("claim", "claims", columns.claim_columns(kinds), tables.claims_table(names))


def names(case: Case) -> dict[str, str]:
    """Return the first name of each document by its id."""
    return {row.id: row.names[0] if row.names else row.id for row in case.documents()}
