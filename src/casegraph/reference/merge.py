"""Fragments of one id become one entry, and the entry what matching needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from casegraph.model import Problem, ReferenceEntity
from casegraph.reference.base import Fragment, line_problem
from casegraph.reference.checked import bare, passes
from casegraph.text.vocabulary import schemata

STRONG = ("name", "alias", "previousName")
WEAK = ("weakAlias", "abbreviation")

KINDS = {
    "innCode": "inn",
    "ogrnCode": "ogrn",
    "kppCode": "kpp",
    "okpoCode": "okpo",
    "leiCode": "lei",
    "uscCode": "uscc",
    "swiftBic": "bic",
    "bic": "bic",
    "iban": "iban",
    "isin": "isin",
    "isinCode": "isin",
    "imoNumber": "imo",
    "mmsi": "mmsi",
    "wikidataId": "wikidata",
    "registrationNumber": "registration",
    "taxNumber": "tax",
    "vatCode": "vat",
    "idNumber": "id",
    "passportNumber": "passport",
    "dunsCode": "duns",
    "cageCode": "cage",
}
"""Kinds of identifiers by property, as `extract` names them; others keep the property's name."""

_APART = frozenset(
    {"programId", "okvedCode", "coatoCode", "vedCode", "cpvCode", "nutsCode", "ticker", "zipCode"}
)
"""Identifiers of something else than the entry: of a programme, a branch of industry, a place."""


def merged(
    fragments: Sequence[Fragment], dataset: str, current: Callable[[str], str] = str
) -> tuple[ReferenceEntity, list[Problem]]:
    """Return the entry of fragments that share an id, in the order of the file.

    `current` returns the id that took the place of another. Problems: schemas-differ.
    """
    last = max((one.version for one in fragments), default="")
    counted = [one for one in fragments if one.version == last]
    schema, problems = _schema(counted)
    known = schemata()[schema]
    properties: dict[str, dict[str, None]] = {}
    for one in counted:
        for name, values in one.properties.items():
            kind = known.properties.get(name)
            if kind is not None:
                held = properties.setdefault(name, {})
                held.update((current(value) if kind.type == "entity" else value, None) for value in values)
    own = {name: tuple(values) for name, values in sorted(properties.items())}
    first = fragments[0]
    entity = ReferenceEntity(
        id=first.id,
        dataset=dataset,
        schema=schema,
        caption=_caption(own) or first.id,
        names=tuple(sorted({name for key in STRONG for name in own.get(key, ())} | _from_parts(own))),
        weak_names=tuple(sorted({name for key in WEAK for name in own.get(key, ())})),
        identifiers=tuple(
            sorted(_identifiers(own, schema) | {mark for one in counted for mark in one.identifiers})
        ),
        countries=tuple(sorted(_of_type(own, schema, "country"))),
        births=tuple(sorted(own.get("birthDate", ()))),
        topics=tuple(sorted(own.get("topics", ()))),
        properties=own,
        referents=tuple(sorted({id_ for one in fragments for id_ in one.referents} - {first.id})),
        line=min(one.line for one in counted),
    )
    return entity, problems


def _schema(fragments: Sequence[Fragment]) -> tuple[str, list[Problem]]:
    """Return the narrowest schema of the fragments; one that no other fits is a problem."""
    chosen, problems = fragments[0].schema, []
    for one in fragments[1:]:
        if schemata()[one.schema].is_a(chosen):
            chosen = one.schema
        elif not schemata()[chosen].is_a(one.schema):
            detail = f"an entry cannot be {chosen} and {one.schema}: what only the second has is left out"
            problems.append(line_problem("schemas-differ", detail, one.line))
    return chosen, problems


def _caption(own: dict[str, tuple[str, ...]]) -> str:
    parts = _from_parts(own)
    if parts:
        return parts.pop()
    keys = (*STRONG, *WEAK, "title", "fileName", "role", "number")
    return next((own[key][0] for key in keys if own.get(key)), "")


def _from_parts(own: dict[str, tuple[str, ...]]) -> set[str]:
    """Return a person's name put together from its parts where it is given in no other way."""
    if own.get("name"):
        return set()
    keys = ("firstName", "secondName", "middleName", "fatherName", "lastName")
    parts = [own[key][0] for key in keys if len(own.get(key, ())) == 1]
    return {" ".join(parts)} if len(parts) > 1 else set()


def _of_type(own: dict[str, tuple[str, ...]], schema: str, kind: str) -> set[str]:
    known = schemata()[schema].properties
    return {value for name, values in own.items() if known[name].type == kind for value in values}


def _identifiers(own: dict[str, tuple[str, ...]], schema: str) -> set[str]:
    known = schemata()[schema].properties
    return {
        f"{KINDS.get(name, name)}:{bare(value)}"
        for name, values in own.items()
        if known[name].type == "identifier" and name not in _APART
        for value in values
        if passes(name, value)
    }
