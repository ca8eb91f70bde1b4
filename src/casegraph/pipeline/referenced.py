"""What the commands on reference data give back."""

from __future__ import annotations

from casegraph.model import Record, ReferenceSource


class ReferenceReport(Record, frozen=True, kw_only=True):
    """What `Case.add_reference` did."""

    source: ReferenceSource
    entities: int
    problems: int
    replaced: bool  # a data set of that name was there, with other bytes
    before: int | None = None  # entries that it had, None where it was not there or cannot be read


class ReferenceRow(Record, frozen=True, kw_only=True):
    """A data set of reference data that counts."""

    source: ReferenceSource
    entities: int
    problems: int


class ReferenceHit(Record, frozen=True, kw_only=True):
    """An entity of the case and an entry of reference data with the same number or name: a lead, no match."""

    entity: str
    name: str
    schema: str
    dataset: str
    reference: str  # id of the entry
    reference_name: str
    reference_schema: str
    by: tuple[str, ...]  # what both have: numbers as `inn:7700000016`, `name`
    topics: tuple[str, ...] = ()  # of the entry
