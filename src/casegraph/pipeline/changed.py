"""What commands tell of entities: what became of them, what a person has said of two."""

from __future__ import annotations

from typing import Literal

from casegraph.model import Judgement, Record


class EntityChange(Record, frozen=True, kw_only=True):
    """Names that are another entity now."""

    what: Literal["merged", "split"]  # an entity that is gone into another; one that names have left
    left: str  # id of the entity that the names were
    left_name: str
    right: str  # id of the entity that they are now
    right_name: str
    claims: int  # that moved with them


class EntityChanges(Record, frozen=True, kw_only=True):
    """What became of entities that were there before: by a judgement, or by new documents."""

    merged: int = 0
    split: int = 0
    claims: int = 0  # moved, in all
    changes: tuple[EntityChange, ...] = ()  # those with most claims first; not more than 50


class JudgementRow(Record, frozen=True, kw_only=True):
    """A judgement with the names of its two entities as the case has them now; empty if it has none."""

    judgement: Judgement
    left_name: str
    right_name: str
    stands: bool  # no later word on the pair
