from __future__ import annotations

import io

from casegraph.cli import card
from casegraph.cli.terminal import console
from casegraph.model import Entity
from casegraph.pipeline.reports import ClaimView, DocumentRow, DocumentView, EntityView
from tests.cli.made import DOCUMENT, TEXT, delivery, document, page

VIEW = ClaimView(claim=delivery(), document=document(), names=("leak/harbour.html",), page=page())


def shown(view: ClaimView) -> str:
    stream = io.StringIO()
    card.show_claim(view, console(stream))
    return stream.getvalue().replace("\u00a0", " ")


def test_the_passage_marks_speaker_cue_content_and_roles() -> None:
    text = card.passage(VIEW.claim, VIEW.page)
    styled = {(str(span.style), text.plain[span.start : span.end]) for span in text.spans}
    assert ("speaker", "Two port officials") in styled
    assert ("cue", "said") in styled
    assert ("content", VIEW.claim.content_target.exact) in styled
    assert {"Orlan Works", "Veld Port", "survey drones"} <= {
        words for style, words in styled if style == "role"
    }


def test_the_passage_stays_in_its_block() -> None:
    plain = card.passage(VIEW.claim, VIEW.page).plain
    assert plain == TEXT.split("\n\n")[1]


def test_a_long_block_is_cut_at_words() -> None:
    before, after = "alpha " * 100, " omega" * 100
    text = before + TEXT.split("\n\n")[1].split(". ")[0] + "." + after
    evidence = page(text).target(len(before), len(text) - len(after))
    plain = card.passage(delivery(evidence=(evidence,)), page(text)).plain
    assert plain.startswith("…alpha ")
    assert plain.endswith(" omega…")
    assert len(plain) < len(evidence.exact) + 2 * card.CONTEXT + 3


def test_two_passages_are_told_apart() -> None:
    first, last = page().target(0, 7), delivery().evidence[0]
    plain = card.passage(delivery(evidence=(first, last)), page()).plain
    assert " … " in plain


def test_the_card_says_who_what_how_and_where() -> None:
    text = shown(VIEW)
    for words in (
        delivery().id,
        "Orlan Works → Veld Port: 7+ survey drones, Feb 2022",
        "Two port officials (unnamed ×2)",
        "published by  Northport Courier",
        "alleges (reportedly)",
        "leak/harbour.html",
        "Harbour deal under scrutiny",
        "25 Sep 2024",
        "February 2022",
        DOCUMENT,
        "attribute.en, version 3, score 0.82",
    ):
        assert words in text
    start = TEXT.index("that Orlan")
    assert f"1, characters {start} to" in text


def test_a_role_that_is_not_said_says_so() -> None:
    view = ClaimView(
        claim=delivery(roles=dict(delivery().roles) | {"supplier": None}),
        document=document(),
        names=("a",),
        page=page(),
    )
    assert "not said" in shown(view)


def test_own_voice_and_negation_are_words() -> None:
    view = ClaimView(
        claim=delivery(attribution=(), polarity="negative", direct_quote=True),
        document=document(),
        names=(),
        page=page(),
    )
    text = shown(view)
    assert "own voice" in text
    assert "that it is not so, word for word" in text


def test_an_entity_lists_its_claims() -> None:
    entity = Entity(
        id="entity-0123456789",
        schema="Company",
        name="Orlan Works",
        names=("Orlan", "Orlan Works"),
        countries=("xx",),
        mentions=1204,
        documents=(DOCUMENT,),
    )
    stream = io.StringIO()
    card.show_entity(EntityView(entity=entity, claims=(delivery(),)), {}, console(stream))
    text = stream.getvalue()
    assert "1,204 in 1 of the documents" in text
    assert "Orlan; Orlan Works" in text
    assert "alleges" in text


def test_an_unread_document_says_what_to_do() -> None:
    row = DocumentRow(
        id=DOCUMENT,
        names=("b.html",),
        size=9,
        added="2026-01-01T00:00:00Z",
        document=None,
        mentions=0,
        claims=0,
        problems=0,
    )
    stream = io.StringIO()
    card.show_document(DocumentView(row=row, pages=(), claims=(), problems=()), console(stream))
    assert "to be built" in stream.getvalue()
    assert "No claims" in stream.getvalue()
