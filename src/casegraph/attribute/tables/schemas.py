"""FollowTheMoney's schemas that claims of tables become in a mapping file, and their properties."""

from __future__ import annotations

from dataclasses import dataclass, field

from casegraph.model import Kind

_INTERVAL = (
    "startDate endDate date recordId sourceUrl publisher summary description modifiedAt retrievedAt names "
    "namesMentioned"
)
_INTEREST = f"{_INTERVAL} role status"
_CUSTOMS = (
    "contract ccdValue directionOfTransportation customsProcedure vedCodeDescription declarant contractHolder"
    " customsAmount dollarExchRate tradingCountry originCountry bankAccount bankRub bankForeign transport"
)
_PAYMENT = "sequenceNumber programme payerAccount beneficiaryAccount amountUsd amountEur project"


@dataclass(frozen=True, slots=True)
class Edge:
    """One schema: `roles` and `values` map the parts of a claim to its properties.

    `extra` are parts that it has no property for; `other` its further properties, which no claim holds.
    """

    schema: str
    roles: dict[str, str]
    schemas: dict[str, str]
    values: dict[str, str]
    extra: frozenset[str]
    other: frozenset[str]
    through: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Roles that the schema reaches through another: role: (role of the entity between, its property)."""


def _pairs(words: str) -> dict[str, str]:
    return dict(word.split("=") for word in words.split())


def _edge(schema: str, roles: str, schemas: str, values: str, other: str, extra: str = "") -> Edge:
    return Edge(
        schema,
        _pairs(roles),
        _pairs(schemas),
        _pairs(values),
        frozenset(extra.split()),
        frozenset(other.split()),
    )


EDGES: dict[Kind, Edge] = {
    "delivery": _edge(
        "EconomicActivity",
        "supplier=sender recipient=receiver",
        "supplier=LegalEntity recipient=LegalEntity",
        "goods=goodsDescription amount=invoiceAmount date=date instrument=ccdNumber code=vedCode "
        "origin=departureCountry destination=destinationCountry",
        f"{_INTERVAL} {_CUSTOMS}",
        "quantity unit currency transport",
    ),
    "payment": _edge(
        "Payment",
        "payer=payer beneficiary=beneficiary",
        "payer=LegalEntity beneficiary=LegalEntity",
        "amount=amount currency=currency date=date purpose=purpose instrument=transactionNumber",
        f"{_INTERVAL} {_PAYMENT}",
    ),
    "ownership": _edge(
        "Ownership",
        "owner=owner asset=asset",
        "owner=LegalEntity asset=Company",
        "share=percentage shares=sharesCount amount=sharesValue currency=sharesCurrency date=startDate",
        f"{_INTEREST} sharesType legalBasis ownershipType",
    ),
    "employment": _edge(
        "Employment",
        "person=employee organisation=employer",
        "person=Person organisation=Organization",
        "position=role start=startDate end=endDate",
        _INTEREST,
    ),
    "directorship": _edge(
        "Directorship",
        "person=director organisation=organization",
        "person=Person organisation=Organization",
        "position=role start=startDate end=endDate",
        f"{_INTEREST} secretary",
    ),
    "contract": Edge(
        "ContractAward",
        _pairs("supplier=supplier subject=contract"),
        _pairs("supplier=LegalEntity subject=Contract buyer=LegalEntity"),
        _pairs("amount=amount currency=currency date=date instrument=documentNumber"),
        frozenset(),
        frozenset(
            f"{_INTEREST} callForTenders lotNumber documentType decisionReason cpvCode nutsCode"
            " amended".split()
        ),
        {"buyer": ("subject", "authority")},
    ),
}

PARTIES: dict[str, str] = _pairs(
    "id=registrationNumber country=country address=address bank=notes account=description contact=phone"
)
"""Facts of a party in a column of their own, and the property of the party that they are written to."""


def kind_of(schema: str) -> Kind | None:
    """Return the kind of claim that a schema becomes, None for a party's or an unknown one."""
    return next((kind for kind, edge in EDGES.items() if edge.schema == schema), None)
