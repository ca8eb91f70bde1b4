"""Reported claims of invented stories, built tersely: what matters is given, the rest is made up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict, Unpack

import msgspec

from casegraph.model import (
    Amount,
    Attribution,
    Claim,
    ClaimDate,
    Corroboration,
    Count,
    Date,
    Derivation,
    Document,
    Kind,
    MadeBy,
    Origin,
    Party,
    Passage,
    Place,
    Polarity,
    Qualifiers,
    Quantity,
    Stance,
    Target,
    content_id,
    make_id,
)
from casegraph.model.derivation import Direction, Relation, Strength
from casegraph.trace import Reported, corroborations

SCHEMAS = {
    "orlan": "Company", "veld": "Company", "harrow": "Company", "anna": "Person", "boris": "Person",
    "customs": "PublicBody", "wire": "Organization", "chen": "Person",
}  # fmt: skip
NAMES = {
    "orlan": "Orlan Works", "veld": "Veld Port", "harrow": "Harrow Marine", "anna": "Anna Keller",
    "boris": "Boris Malin", "customs": "Lantos Customs", "wire": "The Wire", "chen": "Chen Guodong",
}  # fmt: skip
PEOPLE = ("anna", "boris", "chen", "customs")


class Nobody:
    """Knows no family."""

    def family(self, name: str | None) -> str | None:
        del name
        return None

    def knows(self, name: str | None) -> bool:
        del name
        return False


class Known:
    """Knows the families that a test names."""

    def __init__(self, **families: Sequence[str]) -> None:
        self._of = {name: family for family, names in families.items() for name in names}

    def family(self, name: str | None) -> str | None:
        return self._of.get(name or "")

    def knows(self, name: str | None) -> bool:
        return name in self._of


def doc(
    name: str, *, publisher: str | None = "", published: str | None = None, media: str = "text/html",
    authors: Sequence[str] = (), title: str | None = None, language: str = "en",
) -> Document:  # fmt: skip
    """Return a document; its publisher is "The <Name>" unless given."""
    return Document(
        id=content_id(name.encode()),
        media_type=media,
        size=1,
        title=title,
        authors=tuple(authors),
        publisher=f"The {name.title()}" if publisher == "" else publisher,
        published=Date(start=published, end=None, text=published) if published else None,
        language=language,
    )


def paper(name: str, **given: object) -> Document:
    """Return a document without a publisher."""
    media = str(given.pop("media", "application/pdf"))
    return doc(name, publisher=None, media=media, **given)  # type: ignore[arg-type]  # as `doc` takes them


def at(document: Document, start: int, words: str) -> Target:
    return Target(document=document.id, page=1, start=start, end=start + len(words), exact=words)


def party(document: Document, who: str, start: int = 0) -> Party:
    """Return a party: an entity by its key in NAMES, else somebody without one by the words."""
    name = NAMES.get(who, who)
    return Party(
        name=name,
        target=at(document, start, name),
        schema=SCHEMAS.get(who),
        entity=f"entity-{who}" if who in NAMES else None,
    )


def said(
    who: str | None,
    *,
    unnamed: bool = False,
    cue: str = "said",
    basis: str | None = None,
    count: int | None = None,
) -> Attribution:
    """Return who says so: an entity by its key, else by words; the first of a chain becomes its origin."""
    return Attribution(
        role="origin",
        speaker=NAMES.get(who or "", who),
        entity=f"entity-{who}" if who in NAMES else None,
        unnamed=unnamed,
        cue=cue,
        basis=basis,
        count=Count(minimum=count, maximum=count) if count else None,
    )


def source(words: str = "two officials", count: int | None = None, basis: str | None = None) -> Attribution:
    """Return an unnamed source."""
    return said(words, unnamed=True, count=count, basis=basis)


def dated(document: Document, start: str, end: str, text: str | None = None) -> ClaimDate:
    return ClaimDate(start=start, end=end, text=text or start, target=at(document, 0, text or start))


def items(
    minimum: float | None, maximum: float | None, unit: str = "item", *, about: bool = False
) -> Quantity:
    return Quantity(minimum=minimum, maximum=maximum, unit=unit, approximate=about)


def seven() -> Quantity:
    return items(7, 7)


class Given(TypedDict, total=False):
    """What a claim may be told to be."""

    kind: Kind
    roles: Mapping[str, str | Sequence[str] | None]
    stance: Stance
    polarity: Polarity
    quantity: Quantity
    amount: Amount
    when: tuple[str, str]
    country: str
    hedges: Sequence[str]
    words: str
    start: int
    tables: bool
    road: Sequence[Derivation]
    sources: Sequence[Document]
    later: Sequence[Derivation]
    schemas: Mapping[str, str]


CRANES: Mapping[str, str | Sequence[str] | None] = {
    "supplier": "orlan",
    "recipient": "veld",
    "goods": "cranes",
}
KNOWN = {f"entity-{key}": schema for key, schema in SCHEMAS.items()}


def reported(document: Document, *by: Attribution, **given: Unpack[Given]) -> Reported:
    """Return a claim that Orlan Works delivered cranes to Veld Port, unless told otherwise."""
    kind, roles = given.get("kind", "delivery"), given.get("roles", CRANES)
    stance, hedges = given.get("stance", "asserts"), tuple(given.get("hedges", ()))
    polarity, start = given.get("polarity", "positive"), given.get("start", 100)
    links = [msgspec.structs.replace(one, role="relay") if place else one for place, one in enumerate(by)]
    qualifiers = _qualifiers(document, given)
    told = [kind, *map(str, roles.values()), *hedges, given.get("quantity"), given.get("when"), stance]
    text = given.get("words") or " ".join(map(str, [*told, *(link.speaker for link in links)]))
    content = at(document, start, text)
    claim = Claim(
        id=make_id("claim", document.id, text, start, stance, polarity, str((links, hedges, qualifiers))),
        document=document.id,
        kind=kind,
        stance=stance,
        polarity=polarity,
        hedges=hedges,
        roles={role: _filler(document, who) for role, who in roles.items()},
        qualifiers=qualifiers,
        attribution=(*links, Attribution(role="publisher", speaker=document.publisher)),
        content_target=content,
        evidence=(content,),
        made_by=MadeBy(
            extractor="attribute.tables" if given.get("tables") else "testing", version=1, score=1.0
        ),
    )
    return Reported(
        claim,
        document,
        tuple(given.get("road", ())),
        tuple(given.get("sources", ())),
        tuple(given.get("later", ())),
        given.get("schemas", KNOWN),
    )


def _filler(document: Document, who: str | Sequence[str] | None) -> Party | tuple[Party, ...] | None:
    if who is None or isinstance(who, str):
        return None if who is None else party(document, who)
    return tuple(party(document, one) for one in who)


def _qualifiers(document: Document, given: Given) -> Qualifiers:
    when, country = given.get("when"), given.get("country")
    return Qualifiers(
        dates=(dated(document, *when),) if when else (),
        places=(Place(name=country.upper(), country=country, target=at(document, 0, country)),)
        if country
        else (),
        quantity=given.get("quantity"),
        amount=given.get("amount"),
    )


def derived(
    document: Document,
    origin: Document | None,
    strength: Strength = "rewrite",
    *,
    passages: Iterable[tuple[Target, Target | None]] = (),
    relation: Relation = "was_derived_from",
    direction: Direction = "shown",
    work: str | None = None,
) -> Derivation:
    """Return that a document was derived from another, or from a work outside the case."""
    base = origin.id if origin else None
    return Derivation(
        id=make_id("derivation", document.id, base, work, relation),
        document=document.id,
        source=base,
        work=work,
        relation=relation,
        strength=strength,
        share=0.8,
        direction=direction,
        score=0.99,
        story="story",
        passages=tuple(Passage(target=one, source=other, similarity=0.9) for one, other in passages),
    )


def whole(document: Document) -> Target:
    """Return a passage that holds every claim of a made document."""
    return Target(document=document.id, page=1, start=0, end=10_000, exact="")


def behind(
    *block: Reported,
    families: Known | Nobody | None = None,
    grades: Mapping[str, str] | None = None,
    tied: Iterable[tuple[str, str]] = (),
) -> list[Corroboration]:
    return list(corroborations(block, families or Nobody(), grades or {}, tied))


def alone(*block: Reported, **given: object) -> Corroboration:
    """Return the one cluster of a block."""
    found = behind(*block, **given)  # type: ignore[arg-type]  # as `behind` takes them
    assert len(found) == 1, [one.caption for one in found]
    return found[0]


def named(one: Corroboration, words: str) -> Origin:
    """Return the origin of a name."""
    found = [origin for origin in one.origins if origin.name == words]
    assert len(found) == 1, [origin.name for origin in one.origins]
    return found[0]


def verdicts(one: Corroboration) -> dict[frozenset[str], tuple[str, str]]:
    """Return value and reason of each pair, by the names of its origins."""
    names = {origin.id: origin.name for origin in one.origins}
    return {frozenset((names[pair.left], names[pair.right])): (pair.value, pair.reason) for pair in one.pairs}


def verdict(one: Corroboration, left: str, right: str) -> tuple[str, str]:
    return verdicts(one)[frozenset((left, right))]
