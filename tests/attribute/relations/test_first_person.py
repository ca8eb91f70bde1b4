"""Who "I" and "we" are in a quoted relation."""

from __future__ import annotations

from casegraph.attribute.base import Filler, Relation, Said, Speaker
from casegraph.attribute.universal.lexicon import load_lexicon
from casegraph.attribute.universal.relations.voices import name_first_persons


def _said(start: int, end: int) -> Said:
    speaker = Speaker("Фёдор Зуев", None, unnamed=False, count=None)
    return Said(None, None, [(start, end)], "asserts", "quote", speaker)


def _party(relation: Relation, role: str) -> str | None:
    part = relation.roles[role]
    return part.name if isinstance(part, Filler) else None


def test_i_is_the_speaker_and_we_their_firm() -> None:
    """The word "we" needs the speaker's post; outside a quotation nobody is guessed."""
    post = Relation(
        "directorship",
        {"person": Filler(90, 100, "Фёдор Зуев"), "organisation": Filler(80, 89, "Мотор")},
        (75, 79),
        (75, 100),
    )
    work = Relation(
        "employment", {"person": Filler(0, 1, "Я"), "organisation": Filler(5, 9, "Луч")}, (2, 4), (0, 9)
    )
    sold = Relation(
        "delivery",
        {"supplier": Filler(20, 22, "Мы"), "recipient": Filler(30, 35, "Порт"), "goods": None},
        (23, 29),
        (20, 35),
    )
    lexicon = load_lexicon("ru")
    found = name_first_persons([post, work, sold], [_said(0, 40)], lexicon)
    assert (_party(found[1], "person"), _party(found[2], "supplier")) == ("Фёдор Зуев", "Мотор")
    alone = name_first_persons([work, sold], [_said(0, 40)], lexicon)
    assert _party(alone[1], "supplier") == "Мы"
    assert name_first_persons([work], [], lexicon) == [work]
