"""Who stands behind whom, who is named, and whom a pronoun means."""

from __future__ import annotations

from casegraph.model import Block, BlockRole, Document, Page, Pages
from tests.attribute.made import (
    attributed,
    chain,
    claims_of,
    claims_of_pages,
    content,
    origin,
    pages_of,
    source,
)


def test_nested_chain_ends_with_the_publisher() -> None:
    claims = attributed(
        claims_of(
            "The Vale Courier reported that two customs officers said the crates were empty.", "The Echo"
        )
    )
    inner = next(c for c in claims if content(c) == "the crates were empty")
    assert chain(inner) == ["two customs officers", "Vale Courier", "The Echo"]
    assert [link.role for link in inner.attribution] == ["origin", "relay", "publisher"]


def test_counted_unnamed_sources() -> None:
    (claim,) = attributed(claims_of("Three people familiar with the talks said the deal was dead."))
    first = origin(claim)
    assert first.unnamed
    assert first.count is not None
    assert (first.count.minimum, first.count.maximum) == (3, 3)


def test_bare_plural_is_at_least_two() -> None:
    (claim,) = attributed(claims_of("Officials said the deal was dead."))
    count = origin(claim).count
    assert count is not None
    assert (count.minimum, count.maximum) == (2, None)


def test_office_is_named() -> None:
    (claim,) = attributed(claims_of("The ministry said the deal was dead."))
    assert not origin(claim).unnamed


def test_documents_seen_by_an_outlet() -> None:
    (claim,) = attributed(claims_of("Letters reviewed by The Vale Courier show that the crates were empty."))
    assert chain(claim)[1] == "Vale Courier"
    assert claim.attribution[1].basis == "Letters"


def test_pronoun_takes_the_only_person_before() -> None:
    claims = attributed(claims_of("Anna Kern runs the port. She said the crates were empty."))
    assert origin(claims[-1]).speaker == "Anna Kern"
    assert origin(claims[-1]).speaker_target is not None
    assert origin(claims[-1]).speaker_target.exact == "She"  # type: ignore[union-attr]  # asserted above


def test_pronoun_with_two_candidates_stays_open() -> None:
    claims = attributed(claims_of("Anna Kern and Mara Voss met in Riga. She said the crates were empty."))
    assert origin(claims[-1]).speaker == "She"


def test_surname_resolves_to_the_full_name() -> None:
    claims = attributed(claims_of("Anna Kern runs the port.\n\nKern said the crates were empty."))
    assert origin(claims[-1]).speaker == "Anna Kern"


def test_quotation_goes_on_in_the_next_paragraph() -> None:
    text = (
        '"The crates were empty when they reached us," Anna Kern said. "We opened every one.\n\n'
        '"Nobody at the port had touched them, and the seals were whole."'
    )
    claims = attributed(claims_of(text))
    assert {origin(c).speaker for c in claims} == {"Anna Kern"}
    assert any("Nobody at the port" in content(c) for c in claims)


def test_second_verb_is_the_first_speakers() -> None:
    claims = attributed(claims_of("Osgood said the lamp was broken and warned that the pier would follow."))
    assert [content(c) for c in claims] == ["the lamp was broken", "that the pier would follow"]
    assert {origin(c).speaker for c in claims} == {"Osgood"}


def test_same_words_twice_have_two_ids() -> None:
    claims = claims_of("Osgood said the lamp was broken.\n\nOsgood said the lamp was broken.")
    assert len({claim.id for claim in claims}) == len(claims) == 2


def test_ids_do_not_depend_on_offsets() -> None:
    short = claims_of("Osgood said the lamp was broken.")
    long = claims_of("It rained.\n\nOsgood said the lamp was broken.")
    assert attributed(short)[0].content_target.start != attributed(long)[0].content_target.start


def test_who_is_cited_stands_behind_whoever_cites() -> None:
    claims = attributed(
        claims_of("Radio Vale reported that the crates were empty, citing two customs officers.", "The Echo")
    )
    assert ["two customs officers", "Radio Vale", "The Echo"] in [chain(claim) for claim in claims]


def test_correction_withdraws() -> None:
    (claim,) = attributed(
        claims_of("Correction: An earlier version of this article said that Osgood owned the lamp.")
    )
    assert claim.stance == "denies"


def test_dateline_is_no_subject() -> None:
    (claim,) = attributed(claims_of("RIGA, Latvia (VNA) — The mayor said the bridge was closed."))
    assert source(claim) == "The mayor"


def test_quoted_mail_is_its_writers() -> None:
    text = (
        "I agree with every word.\n\n"
        "On Thu, Feb 22, 2024 at 6:12 AM Mara Voss <voss@port.example> wrote:\n\n"
        "The crates left the port on Monday."
    )
    unit = pages_of(text)
    page = unit.pages[0]
    roles: tuple[BlockRole, ...] = ("paragraph", "quote", "quote")
    blocks = tuple(
        Block(start=block.start, end=block.end, role=role, language="en")
        for block, role in zip(page.blocks, roles, strict=True)
    )
    document = Document(
        id=page.document, media_type="message/rfc822", size=len(text), authors=("Anna Kern",), language="en"
    )
    quoted = Page(id=page.id, document=page.document, number=1, text=text, blocks=blocks, language="en")
    claims = claims_of_pages(Pages(document=document, pages=(quoted,)))
    left = next(claim for claim in claims if "crates" in claim.content_target.exact)
    assert chain(left) == ["Mara Voss", "Anna Kern"]
    agreed = next(claim for claim in claims if "agree" in claim.evidence[0].exact)
    assert chain(agreed)[0] == "Anna Kern"
