"""What a table may be about, and which headings each part of such a claim is found under."""

from __future__ import annotations

from dataclasses import dataclass

from casegraph.model import Kind


@dataclass(frozen=True, slots=True)
class TableKind:
    """One kind of table. `parts` maps roles and qualifiers to the concepts of headings that they come from.

    Each of `needs` is a set of parts of which one must be there, in a column or beside the table.
    """

    kind: Kind
    parts: dict[str, tuple[str, ...]]
    needs: tuple[frozenset[str], ...]
    schemas: dict[str, str]


FIGURES = frozenset(["amount", "net_amount", "quantity", "share", "shares", "debit", "credit"])
FIGURED = FIGURES | {"weight", "vat", "price"}
"""Concepts of headings that words below them do not fit."""
DAYS = frozenset(["date", "start", "end"])
PARTIES = frozenset(
    [
        "supplier",
        "recipient",
        "payer",
        "beneficiary",
        "counterparty",
        "holder",
        "owner",
        "asset",
        "person",
        "organisation",
        "buyer",
    ]
)


def _parts(words: str) -> dict[str, tuple[str, ...]]:
    """Return the parts of a kind with their concepts: `quantity=quantity,weight`, or one of the same name."""
    pairs = (word.partition("=") for word in words.split())
    return {part: tuple(concepts.split(",")) if concepts else (part,) for part, _, concepts in pairs}


def _needs(*groups: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group.split()) for group in groups)


KINDS: tuple[TableKind, ...] = (
    TableKind(
        "delivery",
        _parts(
            "supplier recipient goods quantity=quantity,weight unit amount=amount,net_amount currency date "
            "origin destination instrument code transport"
        ),
        _needs("goods", "quantity amount", "supplier recipient"),
        {"supplier": "LegalEntity", "recipient": "LegalEntity"},
    ),
    TableKind(
        "payment",
        _parts(
            "payer=payer,from_ beneficiary=beneficiary,to counterparty debit credit amount=amount,net_amount "
            "currency date=value_date,date purpose instrument"
        ),
        _needs(
            "amount debit credit",
            "payer beneficiary counterparty",
            "beneficiary counterparty",
            "date purpose payer",
        ),
        dict.fromkeys(("payer", "beneficiary", "counterparty", "holder"), "LegalEntity"),
    ),
    TableKind(
        "ownership",
        _parts("owner asset=asset,organisation share shares amount currency date=start,date"),
        _needs("owner", "share shares", "asset"),
        {"owner": "LegalEntity", "asset": "Company"},
    ),
    TableKind(
        "directorship",
        _parts(
            "person=director,person,name given second organisation=organisation,asset position "
            "start=start,date end"
        ),
        _needs("person", "organisation", "position start"),
        {"person": "Person", "organisation": "Organization"},
    ),
    TableKind(
        "employment",
        _parts(
            "person=person,name given second organisation=organisation,asset position start=start,date end"
        ),
        _needs("person", "position start", "organisation"),
        {"person": "Person", "organisation": "Organization"},
    ),
    TableKind(
        "contract",
        _parts(
            "buyer=buyer,recipient supplier=supplier,counterparty subject=subject,goods "
            "amount=amount,net_amount currency date=date,start instrument"
        ),
        _needs("supplier", "buyer", "subject", "amount date instrument"),
        {"buyer": "LegalEntity", "supplier": "LegalEntity", "subject": "Contract"},
    ),
)
"""In the order in which the first of equally likely ones is taken."""

OUTSIDE: dict[Kind, tuple[str, ...]] = {
    "delivery": ("supplier", "recipient", "currency", "date", "instrument"),
    "payment": ("payer", "beneficiary", "holder", "currency"),
    "ownership": ("asset", "owner", "currency"),
    "contract": ("buyer", "supplier", "currency"),
    "employment": ("organisation",),
    "directorship": ("organisation",),
}
"""What the lines beside a table may give, by kind."""
