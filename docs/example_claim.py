"""The claim that docs/reference/claim.md shows: built from the records, so that it cannot go out of date."""

from __future__ import annotations

import msgspec

from casegraph.model import (
    Attribution,
    Claim,
    ClaimDate,
    Count,
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
    "The Wire, citing leaked documents, reported that two intelligence sources said Orlan Works "
    "had received at least seven survey drones in Northport in February 2022."
)
DOCUMENT = content_id(TEXT.encode())
PAGE = Page(id=make_id("page", DOCUMENT, 1), document=DOCUMENT, number=1, text=TEXT)


def stands(words: str) -> Target:
    """Return where the words stand."""
    start = TEXT.index(words)
    return PAGE.target(start, start + len(words))


def example() -> Claim:
    """Return the claim."""
    content = stands(TEXT[TEXT.index("Orlan") : -1])
    return Claim(
        id=make_id("claim", DOCUMENT, 1, content.exact),
        document=DOCUMENT,
        kind="delivery",
        stance="asserts",
        roles={
            "supplier": None,
            "recipient": Party(name="Orlan Works", schema="Company", target=stands("Orlan Works")),
            "goods": Party(name="survey drones", target=stands("survey drones")),
        },
        qualifiers=Qualifiers(
            quantity=Quantity(minimum=7, maximum=None, unit="item"),
            dates=(
                ClaimDate(
                    start="2022-02-01", end="2022-03-01", text="February 2022", target=stands("February 2022")
                ),
            ),
            places=(Place(name="Northport", country=None, target=stands("Northport")),),
            targets=(stands("at least seven"),),
        ),
        attribution=(
            Attribution(
                role="origin",
                speaker="two intelligence sources",
                unnamed=True,
                count=Count(minimum=2, maximum=2),
                cue="said",
                speaker_target=stands("two intelligence sources"),
                cue_target=stands("said"),
            ),
            Attribution(
                role="relay",
                speaker="The Wire",
                count=Count(minimum=1, maximum=1),
                cue="reported",
                basis="leaked documents",
                speaker_target=stands("The Wire"),
                cue_target=stands("reported"),
                basis_target=stands("leaked documents"),
            ),
        ),
        content_target=content,
        evidence=(PAGE.target(0, len(TEXT)),),
        made_by=MadeBy(extractor="attribute.en", version=1, score=0.82),
    )


def wire() -> str:
    """Return the claim as it goes over the wire, laid out."""
    return msgspec.json.format(msgspec.json.encode(example()), indent=2).decode()
