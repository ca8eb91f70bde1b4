"""What the case's journal holds: what was done, by which program, and what people decided."""

from __future__ import annotations

from casegraph.model.base import Record


class Addition(Record, frozen=True, kw_only=True):
    """An original came into the case: which bytes, under which name, when, by whom."""

    document: str
    name: str  # path relative to what the user named, never absolute
    size: int
    modified: str | None  # the file's own time, ISO 8601 UTC
    added: str  # ISO 8601 UTC
    pen_name: str | None


class Activity(Record, frozen=True, kw_only=True):
    """One run of one stage (PROV Activity)."""

    stage: str
    version: int
    settings: str  # digest of the settings that the stage reads
    started: str
    ended: str
    used: int  # inputs read
    generated: int  # records written
    problems: int
