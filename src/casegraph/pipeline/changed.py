"""What commands tell of entities: what became of them, what a person has said of two."""

from __future__ import annotations

from typing import Literal

from casegraph.model import Judgement, JudgementValue, Reason, Record

ProposalState = Literal["proposed", "merged", "vetoed"]
"""Of a pair that the matcher found: it waits for a person, it is merged, identifiers hold it apart."""


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


class Proposal(Record, frozen=True, kw_only=True):
    """Two entities that may be one, and what speaks for and against it."""

    left: str  # id of the entity as it is now; of the name as its document gave it, where both are merged
    left_name: str
    right: str
    right_name: str
    score: float  # 0 to 1, probability that they are one
    state: ProposalState
    reasons: tuple[Reason, ...]  # the strongest first
    judgement: JudgementValue | None = None  # what a person last said of them


class JudgementRow(Record, frozen=True, kw_only=True):
    """A judgement with the names of its two entities as the case has them now; empty if it has none."""

    judgement: Judgement
    left_name: str
    right_name: str
    stands: bool  # no later word on the pair
