"""Claims that a person lets become plain facts: the schema that design and standard give their kind."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.model import Claim, Party
from casegraph.publish.ftm.draft import Draft, draft
from casegraph.publish.ftm.kinds import FORMS, Form
from casegraph.publish.ftm.parties import Cast, document_id
from casegraph.publish.ftm.values import bounded, exact, in_words
from casegraph.text.vocabulary import schemata

Property = tuple[str, str, str]
"""Id of an entity, its property, the value."""


def fact(claim: Claim, cast: Cast) -> list[Draft] | None:
    """Return the entities of a claim as a fact, None where a role is empty or holds what cannot fill it."""
    if claim.kind == "contract":
        return _contract(claim, cast)
    form = FORMS.get(claim.kind)
    if form is None:
        return None
    ends = _ends(claim, form, cast)
    if ends is None:
        return None
    made = draft(claim.id, form.schema)
    origin = document_id(claim.document)
    for prop, ids in ends.items():
        made.add(prop, *ids, origin=origin)
    for role, prop in form.words.items():
        made.add(prop, *(party.name for party in fillers(claim, role)), origin=origin)
    for prop, value in form.literal:
        made.add(prop, value, origin=origin)
    if form.schema == "Event" and not made.properties().get("name"):
        return None
    _qualify(made, claim, origin)
    return [made]


def narrowed(claim: Claim, cast: Cast) -> None:
    """Let the entities of a claim become what it says of them as a fact; see `kinds.NARROWER`."""
    form = FORMS.get(claim.kind)
    if form is None or _ends(claim, form, cast) is None:
        return
    for role, prop in form.ends.items():
        range_ = schemata()[form.schema].properties[prop].range or ""
        for party in fillers(claim, role):
            id_ = cast.id_of(party)
            if id_ is not None:
                cast.narrow(id_, range_)


def _ends(claim: Claim, form: Form, cast: Cast) -> dict[str, list[str]] | None:
    """Return who stands in each property of a form, None unless all that it needs are there and fit."""
    found: dict[str, list[str]] = {}
    for role, prop in form.ends.items():
        range_ = schemata()[form.schema].properties[prop].range or ""
        ids = [id_ for party in fillers(claim, role) if (id_ := cast.id_of(party)) is not None]
        if not all(cast.fits(id_, range_) for id_ in ids):
            return None
        if role in form.needs and not ids:
            return None
        found[prop] = ids
    everybody = [id_ for ids in found.values() for id_ in ids]
    return found if len(set(everybody)) == len(everybody) else None


def fillers(claim: Claim, role: str) -> tuple[Party, ...]:
    """Return who fills a role."""
    found = claim.roles.get(role)
    return () if found is None else (found,) if isinstance(found, Party) else found


def _qualify(made: Draft, claim: Claim, origin: str) -> None:
    own = claim.qualifiers
    known = made.schema.properties
    values: dict[str, str | None] = {
        "percentage": bounded(own.share.minimum, own.share.maximum) if own.share is not None else None,
        "role": own.position,
        "invoiceAmount": exact(own.amount),
        "transactionNumber": own.instrument,
        "location": own.places[0].name if own.places else None,
    }
    for prop, value in values.items():
        if prop in known:
            made.add(prop, value, origin=origin)


def _contract(claim: Claim, cast: Cast) -> list[Draft] | None:
    """Return a contract with its buyer, and what its supplier is awarded."""
    buyers, suppliers = ([cast.id_of(one) for one in fillers(claim, role)] for role in ("buyer", "supplier"))
    given = [id_ for id_ in (*buyers, *suppliers) if id_ is not None]
    if len(given) != 2 or len(set(given)) != 2 or not all(cast.fits(one, "LegalEntity") for one in given):
        return None
    origin = document_id(claim.document)
    subject = ", ".join(one.name for one in fillers(claim, "subject"))
    names = " and ".join(one.name for role in ("buyer", "supplier") for one in fillers(claim, role))
    contract = draft(f"{claim.id}-contract", "Contract")
    title = subject or claim.qualifiers.instrument or f"contract of {names}"
    contract.add("title", title, origin=origin)
    contract.add("name", title, origin=origin)
    contract.add("authority", *buyers, origin=origin)
    award = draft(claim.id, "ContractAward")
    award.add("contract", contract.id, origin=origin)
    award.add("supplier", *suppliers, origin=origin)
    award.add("documentNumber", claim.qualifiers.instrument, origin=origin)
    return [contract, award]


def properties_of(claim: Claim, cast: Cast) -> Iterator[Property]:
    """Yield what a claim says of one entity as a fact: where it is, its other names, what it can do."""
    match claim.kind:
        case "presence":
            yield from _presence(claim, cast)
        case "identity":
            for one in fillers(claim, "name"):
                for other in fillers(claim, "other_name"):
                    id_ = cast.id_of(one)
                    if id_ is not None:
                        yield id_, "alias", other.name
        case "specification":
            for product in fillers(claim, "product"):
                id_ = cast.id_of(product)
                what = ", ".join(one.name for one in fillers(claim, "property"))
                if id_ is not None:
                    yield id_, "notes", f"{what}: {in_words(claim)} ({claim.id})"


def _presence(claim: Claim, cast: Cast) -> Iterator[Property]:
    for actor in fillers(claim, "actor"):
        id_ = cast.id_of(actor)
        for place in fillers(claim, "place") if id_ is not None else ():
            where = cast.id_of(place)
            if where is not None and where != id_ and cast.schema(where) == "Address":
                yield id_ or "", "addressEntity", where
        for spot in claim.qualifiers.places if id_ is not None else ():
            yield id_ or "", "country", spot.country or ""
