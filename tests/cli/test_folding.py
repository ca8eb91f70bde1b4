from __future__ import annotations

from casegraph.cli.folding import Folded
from casegraph.model import Attribution, Claim
from tests.cli.made import claim, delivery

SAID = (Attribution(role="origin", speaker="Anna Kern"), Attribution(role="publisher", speaker="Courier"))
OTHER = (Attribution(role="origin", speaker="Oto Balen"), Attribution(role="publisher", speaker="Courier"))
OWN = (Attribution(role="publisher", speaker="Courier"),)
TEXT = "Alba Ltd owns Corda Ltd"


def statement(attribution: tuple[Attribution, ...], text: str = TEXT) -> Claim:
    return claim("statement", text, {}, attribution=attribution)


def owning(attribution: tuple[Attribution, ...]) -> Claim:
    return claim("ownership", TEXT, {"owner": "Alba Ltd", "asset": "Corda Ltd"}, attribution=attribution)


def kept(*claims: Claim) -> tuple[list[Claim], int]:
    folded = Folded(claims)
    return list(folded), folded.hidden


def test_a_sentence_shows_once_whichever_comes_first() -> None:
    assert kept(statement(SAID), owning(SAID)) == ([owning(SAID)], 0)
    assert kept(owning(SAID), statement(SAID)) == ([owning(SAID)], 0)


def test_another_speaker_or_other_words_stay() -> None:
    both = [statement(OTHER), owning(SAID)]
    assert kept(*both) == (both, 0)
    other = claim("ownership", "Alba Ltd owns Dalen Ltd", {"owner": "Alba Ltd"}, attribution=SAID)
    apart = [statement(SAID), other]
    assert kept(*apart) == (apart, 0)


def test_the_documents_own_statements_are_counted_not_shown() -> None:
    assert kept(statement(OWN), delivery(), statement(())) == ([delivery()], 2)
    assert kept(statement(OWN), owning(OWN)) == ([owning(OWN)], 0)  # restated, so not hidden
