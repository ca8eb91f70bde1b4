"""Frozen records: the words that every stage, the wire and the tables share. No I/O."""

from casegraph.model.base import Problem, Record, to_wire
from casegraph.model.child import DEEPEST, Child, ChildRole, Unpacked
from casegraph.model.claim import (
    ROLES,
    Attribution,
    Claim,
    ClaimDate,
    Count,
    Kind,
    LinkRole,
    MadeBy,
    Party,
    Place,
    Polarity,
    Qualifiers,
    Stance,
)
from casegraph.model.entity import Entity, Resolved
from casegraph.model.ids import content_id, make_id
from casegraph.model.journal import Activity, Addition, Judgement, JudgementValue
from casegraph.model.layout import Box, Layout
from casegraph.model.mapping import ColumnUse, Mapping, Rule, Source, TableMapping, column_names, layout_of
from casegraph.model.mention import Amount, Mention, MentionKind, Quantity
from casegraph.model.parse import Parse, pack, unpack
from casegraph.model.table import Cell, CellKind, Table, lines_beside, upright, written
from casegraph.model.text import (
    CLAIM_ROLES,
    Block,
    BlockRole,
    Date,
    Document,
    Link,
    Original,
    Page,
    Target,
)
from casegraph.model.units import Pages, Parsed

__all__ = [
    "CLAIM_ROLES",
    "DEEPEST",
    "ROLES",
    "Activity",
    "Addition",
    "Amount",
    "Attribution",
    "Block",
    "BlockRole",
    "Box",
    "Cell",
    "CellKind",
    "Child",
    "ChildRole",
    "Claim",
    "ClaimDate",
    "ColumnUse",
    "Count",
    "Date",
    "Document",
    "Entity",
    "Judgement",
    "JudgementValue",
    "Kind",
    "Layout",
    "Link",
    "LinkRole",
    "MadeBy",
    "Mapping",
    "Mention",
    "MentionKind",
    "Original",
    "Page",
    "Pages",
    "Parse",
    "Parsed",
    "Party",
    "Place",
    "Polarity",
    "Problem",
    "Qualifiers",
    "Quantity",
    "Record",
    "Resolved",
    "Rule",
    "Source",
    "Stance",
    "Table",
    "TableMapping",
    "Target",
    "Unpacked",
    "column_names",
    "content_id",
    "layout_of",
    "lines_beside",
    "make_id",
    "pack",
    "to_wire",
    "unpack",
    "upright",
    "written",
]
