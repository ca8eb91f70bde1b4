"""What each kind of claim becomes in FollowTheMoney: as a fact, and as the line that it draws otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field

from casegraph.model import ROLES, Kind


@dataclass(frozen=True, slots=True)
class Form:
    """A schema for claims of one kind. `ends` maps roles to properties that hold an entity.

    `words` maps roles to properties that hold their words; `needs` are roles without which it is no fact.
    """

    schema: str
    ends: dict[str, str]
    needs: tuple[str, ...]
    words: dict[str, str] = field(default_factory=dict)
    literal: tuple[tuple[str, str], ...] = ()


def _form(schema: str, ends: str, needs: str | None = None, words: str = "", literal: str = "") -> Form:
    """Return a form of `role=property` words; all ends are needed unless `needs` says otherwise."""
    pairs = dict(word.split("=") for word in ends.split())
    fixed = tuple(tuple(word.split("=", 1)) for word in literal.split(",") if word)
    return Form(
        schema=schema,
        ends=pairs,
        needs=tuple(pairs) if needs is None else tuple(needs.split()),
        words=dict(word.split("=") for word in words.split()),
        literal=tuple((name, value) for name, value in fixed),
    )


FORMS: dict[Kind, Form] = {
    "ownership": _form("Ownership", "owner=owner asset=asset"),
    "control": _form("Control", "controller=controller controlled=controlled"),
    "directorship": _form("Directorship", "person=director organisation=organization"),
    "employment": _form("Employment", "person=employee organisation=employer"),
    "membership": _form("Membership", "person=member organisation=organization"),
    "representation": _form("Representation", "agent=agent client=client"),
    "family": _form("Family", "person=person relative=relative"),
    "associate": _form("Associate", "person=person associate=associate"),
    "delivery": _form(
        "EconomicActivity",
        "supplier=sender recipient=receiver",
        "supplier recipient",
        "goods=goodsDescription",
    ),
    "payment": _form("Payment", "payer=payer beneficiary=beneficiary"),
    "production": _form("UnknownLink", "producer=subject product=object", literal="role=produces"),
    "sanction": _form("Sanction", "target=entity", words="authority=authority programme=program"),
    "event": _form("Event", "participants=involved", words="what=name"),
    "link": _form("UnknownLink", "subject=subject object=object"),
}
"""As a fact. `contract` (two entities), `presence`, `identity` and `specification` (properties of an entity)
are made in `facts`; a `statement` is a note in any case."""

_NO_LINE = frozenset({"specification", "event", "statement"})
"""Kinds without a second entity."""

ENDS = {kind: (roles[0], roles[1]) for kind, roles in ROLES.items() if kind not in _NO_LINE}
"""The two roles between which a claim that is no fact draws a line (UnknownLink)."""

NARROWER: dict[str, dict[str, str]] = {
    "Asset": {"LegalEntity": "Company", "Organization": "Company"},
    "Organization": {"LegalEntity": "Organization"},
    "Person": {"LegalEntity": "Person"},
}
"""What an entity becomes by what a fact says of it: who has a director is an organisation, who is owned is a
company. By range of the property, then by schema; what is not here does not fit."""
