"""FollowTheMoney out: what may be a fact, what carries who says so, and what the library makes of it."""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from casegraph.model import (
    ROLES,
    Amount,
    Attribution,
    Claim,
    ClaimDate,
    Count,
    Date,
    Document,
    Entity,
    Kind,
    MadeBy,
    Party,
    Place,
    Qualifiers,
    Quantity,
    Stance,
    Target,
    make_id,
)
from casegraph.publish import EXPORTERS, FACTS, Facts, Material, Source
from casegraph.publish.ftm.values import bounded
from tests.followthemoney import CHECK, asked, with_followthemoney

WORDS = "Orlan Works is owned by Anna Kern, two officials said."
DOCUMENT = "sha256:" + "a1" * 32
OTHER = "sha256:" + "b2" * 32
PEOPLE = {"person", "relative", "associate", "owner", "controller", "agent"}
SCHEMAS = {
    "place": "Address", "product": "Asset", "goods": None, "programme": None, "property": None,
    "subject": "Company", "what": None, "asset": "Company", "organisation": "Organization",
}  # fmt: skip


def target(document: str = DOCUMENT) -> Target:
    return Target(document=document, page=1, start=0, end=len(WORDS), exact=WORDS)


def entity(name: str, schema: str, *names: str, **more: Any) -> Entity:  # noqa: ANN401 - any field of an entity
    documents = more.pop("documents", (DOCUMENT,))
    return Entity(
        id=make_id("entity", schema, name),
        schema=schema,
        name=name,
        names=tuple(sorted({name, *names})),
        documents=documents,
        mentions=1,
        **more,
    )


def filled(role: str) -> Party:
    schema = SCHEMAS.get(role, "Person" if role in PEOPLE else "LegalEntity")
    named = {"entity": make_id("entity", schema, role), "schema": schema} if schema else {}
    return Party(name=f"the {role}", target=target(), **named)


def cast() -> list[Entity]:
    roles = sorted({role for roles in ROLES.values() for role in roles})
    made = [filled(role) for role in roles]
    return [entity(role, one.schema) for role, one in zip(roles, made, strict=True) if one.schema is not None]


def claim(kind: Kind, stance: Stance = "asserts", number: int = 0, **more: Any) -> Claim:  # noqa: ANN401 - any field
    roles: dict[str, Any] = {role: filled(role) for role in ROLES[kind]}
    if kind == "event":
        roles["participants"] = (filled("agent"), filled("client"))
    fields: dict[str, Any] = {
        "id": make_id("claim", kind, stance, number),
        "document": DOCUMENT,
        "kind": kind,
        "stance": stance,
        "roles": roles,
        "attribution": (Attribution(role="publisher", speaker="The Wire"),),
        "content_target": target(),
        "evidence": (target(),),
        "made_by": MadeBy(extractor="test", version=1, score=1.0),
    }
    return Claim(**fields | more)


SOURCES = {
    DOCUMENT: Source(
        id=DOCUMENT,
        name="leak/page.html",
        size=812,
        added="2026-01-02T03:04:05Z",
        document=Document(
            id=DOCUMENT,
            media_type="text/html; charset=utf-8",
            size=812,
            title="Who owns Orlan Works",
            authors=("Vera Lind",),
            publisher="The Wire",
            published=Date(start="2024-09-25T17:20:00+03:00", end=None, text="25 September 2024"),
            language="en",
            url="https://wire.example/a?b=1",
        ),
    ),
    OTHER: Source(id=OTHER, name="broken.bin", size=3, added="2026-02-02T03:04:05Z"),
}


def material(*claims: Claim, facts: Facts = "none", entities: list[Entity] | None = None) -> Material:
    return Material(
        dataset="invented",
        sources=SOURCES,
        entities=lambda: iter(cast() if entities is None else entities),
        claims=lambda: iter(claims),
        facts=facts,
    )


def lines(given: Material, form: int = 0) -> list[str]:
    return list(EXPORTERS[form].lines(given))


def exported(given: Material) -> dict[str, dict[str, Any]]:
    rows = [json.loads(line) for line in lines(given)]
    assert len({row["id"] for row in rows}) == len(rows)
    return {row["id"]: row for row in rows}


def every_claim() -> Iterator[Claim]:
    """Yield a claim of each kind, stance, polarity, with and without a hedge and a speaker without a name."""
    unnamed = Attribution(
        role="origin", speaker="two officials", unnamed=True, count=Count(minimum=2, maximum=2)
    )
    named = Attribution(role="origin", speaker="Mia Holt", basis="the register")
    publisher = Attribution(role="publisher", speaker="The Wire")
    ways = itertools.product(
        get_args(Kind),
        get_args(Stance),
        ("positive", "negative"),
        ((), ("reportedly",)),
        ((), (named,), (unnamed,)),
    )
    for number, (kind, stance, polarity, hedges, speakers) in enumerate(ways):
        chain = (*speakers, publisher)
        yield claim(kind, stance, number, polarity=polarity, hedges=hedges, attribution=chain)


def plain(one: Claim) -> bool:
    return one.stance == "asserts" and one.polarity == "positive" and not one.hedges


@pytest.mark.parametrize("facts", FACTS)
def test_what_is_not_plainly_asserted_is_never_a_fact(facts: Facts) -> None:
    doubtful = [one for one in every_claim() if not plain(one)]
    found = exported(material(*doubtful, facts=facts))
    entities = {one.id for one in cast()}
    for one in doubtful:
        made = found[one.id]
        assert made["schema"] in {"Note", "UnknownLink"}
        assert made["properties"]["description"] == [WORDS]
        assert "The Wire" in made["properties"]["summary"][0]
        status = made["properties"].get("status", made["properties"].get("keywords"))
        assert not {"stated", "asserted"} & set(status)
        if made["schema"] == "UnknownLink":
            assert made["properties"]["role"][0].endswith(f"({status[0]})")
    touched = {"addressEntity", "notes", "alias", "country"}
    assert all(not touched & set(found[one]["properties"]) for one in entities)


def test_without_a_word_from_a_person_nothing_is_a_fact() -> None:
    found = exported(material(*every_claim()))
    claims = [row for id_, row in found.items() if id_.startswith("claim-")]
    assert {row["schema"] for row in claims} == {"Note", "UnknownLink"}


@pytest.mark.parametrize(
    ("facts", "speakers", "schema"),
    [
        ("stated", (), "Ownership"),
        ("stated", (Attribution(role="origin", speaker="Mia Holt"),), "UnknownLink"),
        ("asserted", (Attribution(role="origin", speaker="Mia Holt"),), "Ownership"),
        ("asserted", (Attribution(role="origin", speaker="officials", unnamed=True),), "UnknownLink"),
        ("asserted", (Attribution(role="origin", speaker=None),), "UnknownLink"),
    ],
)
def test_a_fact_needs_a_voice(facts: Facts, speakers: tuple[Attribution, ...], schema: str) -> None:
    one = claim("ownership", attribution=(*speakers, Attribution(role="publisher", speaker="The Wire")))
    assert exported(material(one, facts=facts))[one.id]["schema"] == schema


@pytest.mark.parametrize("against", [{"stance": "denies"}, {"polarity": "negative"}])
def test_what_somebody_denies_is_disputed_wherever_the_denial_stands(against: dict[str, Any]) -> None:
    fact, denial = claim("ownership"), claim("ownership", number=1, **against)
    for order in ((fact, denial), (denial, fact)):
        found = exported(material(*order, facts="asserted"))
        assert found[fact.id]["schema"] == "UnknownLink"
        assert found[fact.id]["properties"]["status"] == ["disputed"]
        assert found[denial.id]["schema"] == "Note"


def test_every_kind_becomes_what_the_design_says() -> None:
    claims = [claim(kind) for kind in get_args(Kind)]
    found = exported(material(*claims, facts="stated"))
    schemas = {one.kind: found[one.id]["schema"] for one in claims}
    assert schemas == {
        "ownership": "Ownership", "control": "Control", "directorship": "Directorship",
        "employment": "Employment", "membership": "Membership", "representation": "Representation",
        "family": "Family", "associate": "Associate", "delivery": "EconomicActivity", "payment": "Payment",
        "contract": "ContractAward", "production": "UnknownLink", "presence": "UnknownLink",
        "specification": "Note", "identity": "UnknownLink", "sanction": "Sanction", "event": "Event",
        "link": "UnknownLink", "statement": "Note",
    }  # fmt: skip
    actor = found[make_id("entity", "LegalEntity", "actor")]
    assert actor["properties"]["addressEntity"] == [make_id("entity", "Address", "place")]
    named = found[make_id("entity", "LegalEntity", "name")]
    assert named["properties"]["alias"] == ["the other_name"]


def test_who_is_owned_or_directed_becomes_narrower_and_nobody_becomes_something_else() -> None:
    works = entity("Orlan Works", "LegalEntity")
    port = entity("Veld Port", "PublicBody")
    kern = entity("Anna Kern", "Person")
    owner = Party(name="Anna Kern", entity=kern.id, schema="Person", target=target())

    def owned(one: Entity, number: int) -> Claim:
        asset = Party(name=one.name, entity=one.id, schema=one.schema, target=target())
        return claim("ownership", number=number, roles={"owner": owner, "asset": asset})

    first, second = owned(works, 1), owned(port, 2)
    found = exported(material(first, second, facts="stated", entities=[works, port, kern]))
    assert found[works.id]["schema"] == "Company"
    assert found[first.id]["schema"] == "Ownership"
    assert found[port.id]["schema"] == "PublicBody"
    assert found[second.id]["schema"] == "UnknownLink"


def test_qualifiers_keep_their_bounds_and_dates_their_precision() -> None:
    own = Qualifiers(
        dates=(
            ClaimDate(start="2022-02-01", end="2022-03-01", text="February 2022", target=target()),
            ClaimDate(start="2021-01-01", end="2022-01-01", text="2021", target=target()),
            ClaimDate(start="2020-05-04", end="2020-05-05", text="4 May 2020", target=target()),
            ClaimDate(start="2019-01-01", end="2020-07-01", text="2019 to mid-2020", target=target()),
        ),
        places=(Place(name="Northport", country="xx", target=target()),),
        amount=Amount(minimum=1_250_000, maximum=None, currency="EUR"),
        quantity=Quantity(minimum=7, maximum=None, unit="item", approximate=True),
    )
    exact = Qualifiers(amount=Amount(minimum=12.5, maximum=12.5, currency="CNY"))
    loose, plain = claim("payment", qualifiers=own), claim("payment", number=1, qualifiers=exact)
    found = exported(material(loose, plain, facts="stated"))
    properties = found[loose.id]["properties"]
    assert properties["date"] == ["2020-05-04", "2021", "2022-02"]
    assert (properties["startDate"], properties["endDate"]) == (["2019-01-01"], ["2020-06-30"])
    assert "amount" not in properties
    assert "amount at least 1250000 EUR" in properties["summary"][0]
    assert "quantity about at least 7 item" in properties["summary"][0]
    assert found[plain.id]["properties"]["amount"] == ["12.5"]
    assert found[plain.id]["properties"]["currency"] == ["CNY"]
    assert bounded(None, 3.0) == "at most 3"


def test_names_documents_and_mentions() -> None:
    kern = entity(
        "Anna Kern", "Person", "Kern", "Анна Керн", merged=("entity-0f",), emails=("A@kern.example",)
    )
    thing = entity("QX-9", "Thing", documents=(OTHER, DOCUMENT))
    found = exported(material(entities=[kern, thing]))
    person = found[kern.id]
    assert person["properties"]["name"] == ["Anna Kern"]
    assert person["properties"]["alias"] == ["Анна Керн"]
    assert person["properties"]["weakAlias"] == ["Kern"]
    assert person["properties"]["email"] == ["a@kern.example"]
    assert person["referents"] == ["entity-0f"]
    assert found[thing.id]["schema"] == "Asset"
    assert found[thing.id]["properties"]["notes"]
    assert found[thing.id]["first_seen"] == "2026-01-02T03:04:05"
    assert found[thing.id]["last_seen"] == "2026-02-02T03:04:05"
    page = found[DOCUMENT.replace(":", "-")]
    assert page["schema"] == "HyperText"
    assert page["properties"]["publishedAt"] == ["2024-09-25"]
    assert page["properties"]["language"] == ["eng"]
    mentions = [row for row in found.values() if row["schema"] == "Mention"]
    assert [row["properties"]["resolved"] for row in mentions] == [[kern.id]]


def test_hostile_words_give_lines_that_others_can_read() -> None:
    odd = entity('=cmd|"x"\u0000\u202e\ud800 Ltd\n', "Company", "n" * 2000, countries=("xx", "de"))
    found = exported(material(entities=[odd]))[odd.id]
    assert found["properties"]["country"] == ["de"]
    assert len(found["properties"]["weakAlias" if "weakAlias" in found["properties"] else "alias"][0]) == 384
    text = "".join(lines(material(entities=[odd]), form=1))
    rows = list(csv.DictReader(text.splitlines()))
    assert {row["entity_id"] for row in rows} >= {odd.id}
    assert "\ud800" not in text
    assert "\x00" not in text


@with_followthemoney
@pytest.mark.parametrize("facts", FACTS)
def test_the_library_takes_every_line_and_gives_it_back(facts: Facts, tmp_path: Path) -> None:
    kern = entity(
        "Anna Kern", "Person", "Kern", "Анна Керн", emails=("a@kern.example",), countries=("de", "xx")
    )
    thing = entity("QX-9", "Thing", documents=(OTHER, DOCUMENT))
    loose = claim("ownership", number=-1)
    someone = Party(name="Sella Brokers", schema="LegalEntity", target=target())
    loose = msgspec.structs.replace(loose, roles=loose.roles | {"asset": someone})
    given = material(*every_claim(), loose, facts=facts, entities=[*cast(), kern, thing])
    (tmp_path / "entities.jsonl").write_text("".join(lines(given)), encoding="utf-8")
    (tmp_path / "statements.csv").write_text("".join(lines(given, form=1)), encoding="utf-8")
    found = asked(CHECK, tmp_path / "entities.jsonl", tmp_path / "statements.csv")
    assert found["wrong"] == []
    assert found["count"]["Note"] > 100
    assert ("Ownership" in found["count"]) == (facts != "none")
