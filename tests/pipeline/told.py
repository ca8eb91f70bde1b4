"""Documents of a small case to trace, and the claims in them."""

from __future__ import annotations

import random
from collections.abc import Iterator

from casegraph import trace
from casegraph.model import (
    Attribution,
    Claim,
    Credit,
    Document,
    Fingerprint,
    Imprint,
    MadeBy,
    Page,
    Parsed,
    Party,
    Record,
    Resolved,
    make_id,
)
from tests.trace.making import article, parsed, without_vectors

SOLD = "Orlan Works sold seven cranes to Veld Port in March"
WENT = "before the ice broke, Veld Port had cranes unloaded that came by barge from Orlan Works"
STORIES = (
    (
        f"{SOLD}, Anna Kern, who directs the harbour office, said on Wednesday.",
        "The cranes came late and two of them were bent, so that the quay stood idle for three weeks.",
        "A clerk of the harbour found the invoice in a drawer that nobody had opened since the summer.",
        "The company had promised to deliver all of them before the ice broke in the inner basin.",
    ),
    (
        "The mayor of Kestrel closed the old bridge after a lorry had lost its load of gravel.",
        "Engineers measured the middle pier for two days and asked for a further week of quiet.",
        "Children walked home along the railway and arrived, as one of them put it, before the bus.",
        "A ferry that had been laid up since the war was painted green and put on the river again.",
    ),
)
KINDS: dict[str, tuple[type[Record], ...]] = {
    "read": (Document, Page),
    "attribute": (Claim,),
    "resolve": (Resolved,),
    "trace": (Fingerprint, Credit, Imprint),
}


def made() -> list[Parsed]:
    """Return two stories with copies, and documents that are kin to nobody."""
    found = []
    for number, story in enumerate(STORIES):
        for copy in range(4):
            words = "\n\n".join((f"Title {number} {copy}", *story[: 4 - copy % 2]))
            day = f"2024-05-0{copy + 1}"
            foot = f"First published by The Wire {number}." if copy else ""
            found.append(
                parsed(
                    words, outlet=f"The Wire {number}" if not copy else f"Paper {copy}", day=day, foot=foot
                )
            )
    chance = random.Random(7)
    for number in range(6):
        rows = [
            " ".join("".join(chance.choices("abcdeghiklmnoprstu", k=7)) for _ in range(12)) for _ in range(5)
        ]
        text = f"Alone {number}\n\n" + ". ".join(rows)
        found.append(parsed(text, outlet=f"Lone {number}", day="2024-05-09"))
    return found


PRINTED: dict[str, trace.Article] = {}


def printed(one: Parsed) -> trace.Article:
    if one.document.id not in PRINTED:
        PRINTED[one.document.id] = without_vectors(article(one))
    return PRINTED[one.document.id]


def claims(one: Parsed) -> Iterator[tuple[Claim, list[Resolved]]]:
    page = one.pages[0]
    words = next((words for words in (SOLD, WENT) if words in page.text), None)
    if words is None:
        return
    own, start = one.document.id, page.text.index(words)
    target = page.target(start, start + len(words))
    parties = {}
    rows = []
    for role, name, schema in (
        ("supplier", "Orlan Works", "Company"),
        ("recipient", "Veld Port", "Company"),
        ("", "Anna Kern", "Person"),
    ):
        at = page.text.find(name)
        if at < 0:
            continue
        mention, entity = make_id("mention", own, name), make_id("entity", schema, name)
        rows.append(
            Resolved(mention=mention, document=own, entity=entity, schema=schema, name=name, key=name)
        )
        parties[role] = Party(
            name=name, target=page.target(at, at + len(name)), schema=schema, mention=mention
        )
    speaker = parties.pop("", None)
    origin = speaker and Attribution(role="origin", speaker=speaker.name, mention=speaker.mention, cue="said")
    yield (
        Claim(
            id=make_id("claim", own),
            document=own,
            kind="delivery",
            stance="asserts",
            roles={**parties, "goods": None},
            attribution=(
                *([origin] if origin else ()),
                Attribution(role="publisher", speaker=one.document.publisher),
            ),
            content_target=target,
            evidence=(target,),
            made_by=MadeBy(extractor="tests", version=1, score=0.9),
        ),
        rows,
    )
