"""What `extract` finds on a page."""

from __future__ import annotations

import re
from typing import Literal

from casegraph.model.base import Record
from casegraph.model.text import Date, Target

MentionKind = Literal["name", "date", "amount", "quantity", "identifier"]

SENSITIVE = frozenset(
    ["passport", "driving-licence", "snils", "resident", "ssn", "card", "account", "personal-account"]
)
"""Kinds of identifiers that stand for a private person or their money: masked in whatever is published."""
_SIGN = re.compile(r"\w")
_SHOWN = 2  # signs that tell two masked numbers of a page apart


class Amount(Record, frozen=True, kw_only=True):
    """A sum of money; bounds keep their bound. `currency` is ISO 4217 or None if not said.

    "in yuan" without a sum has both bounds None and a currency.
    """

    minimum: float | None  # at least; None: open
    maximum: float | None  # at most; None: open
    currency: str | None  # ISO 4217; None: not said


class Quantity(Record, frozen=True, kw_only=True):
    """A counted or measured quantity; "at least seven" is minimum 7, maximum None.

    `unit` is a UCUM-like code for measures ("km", "kg", "h", "%") or "item" for counted things;
    `approximate` is set by "about", "some", "around".
    """

    minimum: float | None  # at least; None: open
    maximum: float | None  # at most; None: open
    unit: str  # UCUM-like code, `%`, or `item`
    approximate: bool = False  # "about", "some"


class Mention(Record, frozen=True, kw_only=True):
    """A name, date, sum, quantity or identifier in a page.

    `schema` is the FollowTheMoney schema of a name (Person, Company, Organization, PublicBody,
    LegalEntity, Address for places, Asset for products and weapons, Event, Project for programmes,
    Thing when unknown). `normal` is the canonical form of the words (nominative, folded blanks).
    """

    id: str  # made from document, page, kind and words
    kind: MentionKind  # what sort of thing
    name: str  # the words
    target: Target  # where they stand
    schema: str | None = None  # FollowTheMoney schema of a name
    normal: str | None = None  # canonical form of the words
    country: str | None = None  # ISO 3166-1 alpha-2, lower case, of a place or nationality
    date: Date | None = None  # of kind `date`
    amount: Amount | None = None  # of kind `amount`
    quantity: Quantity | None = None  # of kind `quantity`
    detector: str = ""  # which recogniser
    score: float = 1.0  # 0 to 1

    @property
    def sensitive(self) -> bool:
        """Whether it is an identifier of a private person: see `SENSITIVE` and `masked`."""
        return self.kind == "identifier" and self.detector.rpartition(":")[2] in SENSITIVE


def masked(number: str) -> str:
    """Return a number with its letters and figures as dots, but for the last two."""
    signs = len(_SIGN.findall(number))
    return _SIGN.sub("\u2022", number, count=max(0, signs - _SHOWN))
