"""Invented pages, claims and documents as the library would give them."""

from __future__ import annotations

from typing import Any

from casegraph.model import (
    ROLES,
    Amount,
    Attribution,
    Block,
    Claim,
    ClaimDate,
    Count,
    Date,
    Document,
    Kind,
    MadeBy,
    Page,
    Party,
    Place,
    Qualifiers,
    Quantity,
    Target,
    content_id,
    make_id,
)

TEXT = (
    "Harbour deal under scrutiny\n\n"
    "Two port officials said that Orlan Works had reportedly delivered at least seven survey drones to "
    "Veld Port in February 2022. The company denied it.\n\n"
    "Orlan Works paid Sella Brokers 1.25 million euros, according to leaked documents."
)
DOCUMENT = content_id(TEXT.encode())


def page(text: str = TEXT) -> Page:
    document = content_id(text.encode())
    blocks = []
    place = 0
    for part in text.split("\n\n"):
        role: Any = "title" if place == 0 and "\n\n" in text else "paragraph"
        blocks.append(Block(start=place, end=place + len(part), role=role, language="en"))
        place += len(part) + 2
    return Page(
        id=make_id("page", document, 1),
        document=document,
        number=1,
        text=text,
        blocks=tuple(blocks),
        language="en",
    )


def target(words: str, text: str = TEXT) -> Target:
    start = text.index(words)
    return page(text).target(start, start + len(words))


def party(words: str, schema: str | None = None, text: str = TEXT) -> Party:
    return Party(name=words, target=target(words, text), schema=schema)


def delivery(**changes: object) -> Claim:
    evidence = target(TEXT.split("\n\n")[1].split(". ", maxsplit=1)[0] + ".")
    fields: dict[str, Any] = {
        "id": make_id("claim", DOCUMENT, 1, evidence.exact, 0),
        "document": DOCUMENT,
        "kind": "delivery",
        "stance": "alleges",
        "hedges": ("reportedly",),
        "roles": {
            "supplier": party("Orlan Works", "Company"),
            "recipient": party("Veld Port", "Organization"),
            "goods": party("survey drones"),
        },
        "qualifiers": Qualifiers(
            quantity=Quantity(minimum=7, maximum=None, unit="item"),
            dates=(
                ClaimDate(
                    start="2022-02-01", end="2022-03-01", text="February 2022", target=target("February 2022")
                ),
            ),
        ),
        "attribution": (
            Attribution(
                role="origin",
                speaker="Two port officials",
                unnamed=True,
                count=Count(minimum=2, maximum=2),
                cue="said",
                speaker_target=target("Two port officials"),
                cue_target=target("said"),
            ),
            Attribution(role="publisher", speaker="Northport Courier"),
        ),
        "content_target": target(evidence.exact[len("Two port officials said ") : -1]),
        "evidence": (evidence,),
        "made_by": MadeBy(extractor="attribute.en", version=3, score=0.82),
    }
    return Claim(**(fields | changes))


def claim(kind: Kind, text: str, roles: dict[str, str], **changes: object) -> Claim:
    """A claim in the document's own voice whose evidence is the whole text."""
    whole = target(text, text)
    filled: dict[str, Any] = dict.fromkeys(ROLES[kind])
    filled |= {role: party(words, text=text) for role, words in roles.items()}
    fields: dict[str, Any] = {
        "id": make_id("claim", text, kind),
        "document": whole.document,
        "kind": kind,
        "stance": "asserts",
        "roles": filled,
        "content_target": whole,
        "evidence": (whole,),
        "made_by": MadeBy(extractor="attribute.en", version=3, score=0.5),
    }
    return Claim(**(fields | changes))


def document(**changes: object) -> Document:
    fields: dict[str, Any] = {
        "id": DOCUMENT,
        "media_type": "text/html",
        "size": len(TEXT),
        "title": "Harbour deal under scrutiny",
        "publisher": "Northport Courier",
        "published": Date(start="2024-09-25T17:20:00+03:00", end=None, text="25 September", precision="time"),
        "language": "en",
        "pages": 1,
        "reader": "html",
    }
    return Document(**(fields | changes))


__all__ = ["DOCUMENT", "TEXT", "Amount", "Place", "claim", "delivery", "document", "page", "party", "target"]
