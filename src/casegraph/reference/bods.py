"""Beneficial Ownership Data Standard 0.2 to 0.4 (standard.openownership.org): people, entities, interests.

0.4 has records with statements about them, of which the last one counts; 0.2 and 0.3 have statements that
replace others. A share becomes Ownership; other interests become Control, posts on a board Directorship. Who
is not known or not named stays an entity without a name, so that a chain does not end without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from casegraph.model import Problem, make_id
from casegraph.reference.base import Form, Fragment, Item, Options, Replaced, line_problem
from casegraph.reference.checked import fragment, strings
from casegraph.reference.lines import json_objects
from casegraph.text.vocabulary import printable

_SCHEMATA = {
    "registeredEntity": "Company",
    "registeredEntityListing": "Company",
    "legalEntity": "Organization",
    "arrangement": "LegalEntity",
    "anonymousEntity": "LegalEntity",
    "unknownEntity": "LegalEntity",
    "state": "PublicBody",
    "stateBody": "PublicBody",
}
_SCHEMES = {
    "XI-LEI": "leiCode",
    "RU-INN": "innCode",
    "RU-OGRN": "ogrnCode",
    "CN-SAIC": "uscCode",
    "CN-SAMR": "uscCode",
}
"""Lists of org-id.guide that FollowTheMoney has a property for; other numbers are registration numbers."""

_SHARES = frozenset({"shareholding"})
_POSTS = frozenset(
    {"boardMember", "boardChair", "seniorManagingOfficial", "appointmentOfBoard"} - {"appointmentOfBoard"}
)
_NAMES = {
    "individual": "name", "legal": "name", "transliteration": "alias", "translation": "alias",
    "alternative": "alias", "aka": "alias", "former": "previousName", "birth": "previousName",
}  # fmt: skip
_REMOVED = "closed"


def read_statements(stream: BinaryIO, options: Options) -> Iterator[Item]:
    """Yield what the statements say.

    Problems: no-statement, bad-share, and those of `checked.fragment`.
    """
    del options
    for row in json_objects(stream):
        if isinstance(row, Problem):
            yield row
            continue
        line, one = row
        statement = _Statement(line, one)
        if statement.id is None or statement.kind is None:
            yield line_problem(
                "no-statement", "this is no statement about a person, an entity or a link", line
            )
        else:
            yield from statement.items()


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[dict[str, Any]]:
    return [_object(one) for one in value] if isinstance(value, list) else []


def _first(value: object) -> str | None:
    return next(iter(strings(value)), None)


class _Statement:
    """One statement, of either way of writing."""

    def __init__(self, line: int, data: dict[str, Any]) -> None:
        self._line, self._data = line, data
        self._records = "recordType" in data
        self.id = _first(data.get("recordId" if self._records else "statementID"))
        kinds = {
            "entity": "entity", "person": "person", "relationship": "link",
            "entityStatement": "entity", "personStatement": "person", "ownershipOrControlStatement": "link",
        }  # fmt: skip
        self.kind = kinds.get(str(data.get("recordType" if self._records else "statementType")))
        self._own = _object(data.get("recordDetails")) if self._records else data

    def items(self) -> Iterator[Item]:
        """Yield the entities of the statement, and which statements it replaces."""
        if not self._records:
            for old in strings(self._data.get("replacesStatements")):
                yield Replaced(old=printable(old), new=printable(self.id or ""))
        match self.kind:
            case "entity":
                yield from self._entity()
            case "person":
                yield from self._person()
            case _:
                yield from self._link()

    def _extra(self, identifiers: tuple[str, ...] = ()) -> Fragment:
        """Return what stands beside the properties; of statements about one record the last one counts."""
        version = ""
        if self._records:
            date = printable(_first(self._data.get("statementDate")) or "")
            version = f"{date}\0{self._line:012}"
        ids = (_first(self._data.get("statementId")),) if self._records else ()
        referents = tuple(one for one in ids if one is not None and one != self.id)
        return Fragment(id="", schema="", version=version, identifiers=identifiers, referents=referents)

    def _common(self) -> dict[str, list[str]]:
        publication = _object(self._data.get("publicationDetails"))
        source = _object(self._data.get("source"))
        return {
            "publisher": strings(_object(publication.get("publisher")).get("name")),
            "sourceUrl": [one for one in strings(source.get("url")) if one.startswith("http")],
            "modifiedAt": strings(self._data.get("statementDate")),
        }

    def _entity(self) -> Iterator[Item]:
        own = self._own
        kind = own.get("entityType")
        schema = _SCHEMATA.get(_first(_object(kind).get("type") if isinstance(kind, dict) else kind) or "")
        place = _object(own.get("jurisdiction") or own.get("incorporatedInJurisdiction"))
        given = self._common() | {
            "name": strings(own.get("name")),
            "alias": strings(own.get("alternateNames")),
            "jurisdiction": _places([place]),
            "incorporationDate": strings(own.get("foundingDate")),
            "dissolutionDate": strings(own.get("dissolutionDate")),
            "address": _addresses(own.get("addresses")),
            "notes": _reasons(own, "unspecifiedEntityDetails"),
        }
        yield from self._party(schema or "LegalEntity", given)

    def _person(self) -> Iterator[Item]:
        own = self._own
        given = self._common() | {
            "nationality": _places(own.get("nationalities")),
            "birthDate": strings(own.get("birthDate")),
            "deathDate": strings(own.get("deathDate")),
            "address": _addresses(own.get("addresses")),
            "notes": _reasons(own, "unspecifiedPersonDetails"),
        }
        for name in _objects(own.get("names")):
            parts = [_first(name.get(key)) for key in ("givenName", "patronymicName", "familyName")]
            full = _first(name.get("fullName")) or " ".join(part for part in parts if part)
            given.setdefault(_NAMES.get(str(name.get("type")), "alias"), []).append(full)
            for key, prop in (("givenName", "firstName"), ("familyName", "lastName")):
                given.setdefault(prop, []).extend(strings(name.get(key)))
        if not given.get("name"):
            given["name"] = given.pop("alias", [])
        yield from self._party("Person", given)

    def _party(self, schema: str, given: dict[str, list[str]]) -> Iterator[Item]:
        """Yield a person or entity with its identifiers."""
        named: list[str] = []
        for one in _objects(self._own.get("identifiers")):
            scheme = (_first(one.get("scheme")) or "").upper()
            number = _first(one.get("id"))
            if number is None:
                continue
            prop = _SCHEMES.get(scheme, "idNumber" if schema == "Person" else "registrationNumber")
            given.setdefault(prop, []).append(number)
            if scheme and scheme not in _SCHEMES:
                named.append(f"{scheme.lower()}:{number}")
        yield from fragment(self.id, schema, given, self._line, self._extra(tuple(named)))

    def _link(self) -> Iterator[Item]:
        subject, asset = self._end("subject")
        party, owner = self._end("interestedParty")
        rows = _objects(self._own.get("interests"))
        known: dict[str, str | None] = {"subject": subject, "interestedParty": party}
        for role, stranger in (("subject", asset), ("interestedParty", owner)):
            if stranger is not None:
                known[role] = make_id("unknown", self.id, role)
                own = self._common() | {"notes": [stranger]}
                yield from fragment(known[role], "LegalEntity", own, self._line, self._extra())
        for number, interest in enumerate(rows or [{}]):
            yield from self._interest(
                known, interest, f"{self.id}-{number + 1}" if len(rows) > 1 else self.id
            )

    def _end(self, role: str) -> tuple[str | None, str | None]:
        """Return who stands at one end of a link, and why he is not known where he is not."""
        end = self._own.get(role)
        if isinstance(end, str):
            return end, None
        given = _object(end)
        for key in ("describedByEntityStatement", "describedByPersonStatement"):
            if (found := _first(given.get(key))) is not None:
                return found, None
        stranger = _object(given.get("unspecified")) or given
        words = (_first(stranger.get("reason")), _first(stranger.get("description")))
        return None, ": ".join(word for word in words if word) or "not known"

    def _interest(
        self, ends: Mapping[str, str | None], interest: dict[str, Any], id_: str | None
    ) -> Iterator[Item]:
        """Yield what one interest ties together; a `closed` record has its date as the end."""
        kind = _first(interest.get("type")) or ""
        share, wrong = _share(interest.get("share"))
        if wrong:
            yield line_problem("bad-share", "a share is below 0, above 100, or its bounds cross", self._line)
        schema, party, subject = "Control", "controller", "controlled"
        if kind in _SHARES or not kind:
            schema, party, subject = "Ownership", "owner", "asset"
        elif kind in _POSTS:
            schema, party, subject = "Directorship", "director", "organization"
        given = self._common() | {
            party: strings(ends["interestedParty"]),
            subject: strings(ends["subject"]),
            "role": _spaced(kind),
            "startDate": strings(interest.get("startDate")),
            "endDate": strings(interest.get("endDate")),
            "summary": strings(interest.get("details")),
        }
        del given["modifiedAt"]
        how = _first(interest.get("directOrIndirect") or interest.get("interestLevel"))
        kinds = [
            one
            for one in (how, "beneficial" if interest.get("beneficialOwnershipOrControl") else None)
            if one
        ]
        if schema == "Ownership":
            given |= {"percentage": share, "ownershipType": kinds}
        elif schema == "Control":
            given |= {"controlType": _spaced(kind), "description": share}
        if self._data.get("recordStatus") == _REMOVED and not given["endDate"]:
            given["endDate"] = strings(self._data.get("statementDate"))
        yield from fragment(id_, schema, given, self._line, self._extra())


def _spaced(kind: str) -> list[str]:
    """Return the words of a code: "votingRights" as "voting rights"."""
    return [re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower()] if kind else []


def _places(value: object) -> list[str]:
    """Return the codes of countries; of a part of a country (GB-SCT) that of the country."""
    found = []
    for one in _objects(value):
        code = _first(one.get("code")) or _first(one.get("name"))
        if code:
            found.append(code.partition("-")[0] if re.fullmatch(r"[A-Z]{2}-\w+", code) else code)
    return found


def _addresses(value: object) -> list[str]:
    found = []
    for own in _objects(value):
        country = own.get("country")
        code = _first(_object(country).get("name")) if isinstance(country, dict) else _first(country)
        words = (_first(own.get("address")), _first(own.get("postCode") or own.get("postcode")), code)
        found.append(", ".join(word for word in words if word))
    return found


def _reasons(own: dict[str, Any], key: str) -> list[str]:
    details = _object(own.get(key))
    words = (_first(details.get("reason")), _first(details.get("description")))
    return [": ".join(word for word in words if word)]


def _share(value: object) -> tuple[list[str], bool]:
    """Return a share in words ("75", "25-50", ">50"), and whether its numbers are wrong."""
    own = _object(value)
    low, below = _bound(own, "minimum", "exclusiveMinimum")
    high, above = _bound(own, "maximum", "exclusiveMaximum")
    exact = own.get("exact")
    numbers = [one for one in (exact, low, high) if one is not None]
    if not all(_is_share(one) for one in numbers) or (low is not None and high is not None and low > high):
        return [], bool(numbers)
    if exact is not None:
        return strings(exact), False
    if low is not None and high is not None:
        return [f"{'>' if below else ''}{low:g}-{'<' if above else ''}{high:g}"], False
    if low is not None:
        return [f"{'>' if below else '>='}{low:g}"], False
    return ([] if high is None else [f"{'<' if above else '<='}{high:g}"]), False


def _bound(own: dict[str, Any], name: str, exclusive: str) -> tuple[float | None, bool]:
    """Return a bound and whether it is excluded: a flag in 0.2, a number of its own from 0.3 on."""
    other = own.get(exclusive)
    if isinstance(other, int | float) and not isinstance(other, bool):
        return other, True
    bound = own.get(name)
    return (bound if isinstance(bound, int | float) and not isinstance(bound, bool) else None), other is True


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100


def _are_statements(head: bytes) -> bool:
    return b'"statementID"' in head or (b'"statementId"' in head and b'"recordType"' in head)


BODS = Form(
    "bods",
    "Beneficial Ownership Data Standard 0.2 to 0.4, a list or JSON Lines",
    _are_statements,
    read_statements,
)
