"""What the words around a name say about it."""

from __future__ import annotations

import re

from casegraph.extract import places
from casegraph.extract.names.candidates import GUESS, PARSER, POSSESSIVE, WIDE, Candidate, span
from casegraph.extract.names.given import is_person
from casegraph.extract.names.lexicon import Lexicon
from casegraph.extract.names.tokens import Row

_BESIDE, _APPOSITION, _CALLED, _NEXT, _GIVEN = 3.0, 3.0, 3.0, 2.5, 2.5
_ABOARD, _PLACED = 2.5, 2.5
_WHERE = frozenset(["in", "near", "outside", "inside", "around"])
_CITY = 2.2  # more than the parser's word alone
_CALL = frozenset(["call", "name", "dub", "christen", "codename", "know", "label", "title"])
_HUMAN_VERBS = frozenset(
    [
        "resign",
        "retire",
        "marry",
        "die",
        "testify",
        "flee",
        "confess",
        "study",
        "graduate",
        "laugh",
        "recall",
        "plead",
    ]
)
_PLACE_NOUNS = frozenset(["region", "province", "oblast", "district", "county", "airport", "peninsula"])
_INNER_CAPITAL = re.compile(r"(?!Mc|Mac|Le|La|De|Di|Van|O')[A-Z][a-z]+[A-Z]\w*")  # SpaceX, but McCoy
_AGE = re.compile(r"\d\d$")
_OUTLET_NOUNS = frozenset(
    ["agency", "website", "newspaper", "magazine", "broadcaster", "portal", "outlet", "channel", "journalist"]
)


def _add(votes: dict[str, float], schema: str | None, weight: float) -> None:
    if schema:
        votes[schema] = votes.get(schema, 0.0) + weight


def _root(row: Row, first: int, last: int) -> int:
    """Return the token of the span that hangs on a word outside it."""
    for token in range(last - 1, first - 1, -1):
        if not first <= row.head[token] < last or row.head[token] == token:
            return token
    return last - 1


def _before(row: Row, first: int, lexicon: Lexicon, votes: dict[str, float]) -> None:
    """Weigh what stands before: "the firm Redlake", "aboard the Saltwind", "the jet, called the Strizh"."""
    place = first - 1
    while place >= 0 and row.word[place] in {"the", "The", "\u201c", '"', "\u2018", "'", "a"}:
        place -= 1
    if place < 0:
        return
    if place == first - 1 and row.word[place].islower():
        _add(votes, lexicon.nouns.get(row.lemma[place]), _BESIDE)
    if row.lemma[place] == "aboard" or row.lemma[max(0, place - 1) : place + 1] == ["on", "board"]:
        _add(votes, "Asset", _ABOARD)
    if "Person" in votes and place == first - 1 and row.word[place].lower() in _WHERE:
        _add(votes, "Address", _PLACED)
    word = place
    if row.word[word] == "as":
        word -= 1
    if word >= 0 and row.lemma[word] in _CALL and row.tag[word] in {"VBN", "VBD"}:
        head = row.head[word]
        if 0 <= head < len(row.word) and row.lemma[head] != "be":
            _add(votes, lexicon.nouns.get(row.lemma[head]), _CALLED)


def _after(row: Row, last: int, lexicon: Lexicon, votes: dict[str, float]) -> None:
    """Weigh what stands after: "KX-200 engine", "Northern Wire news agency", "Malkov, 43,"."""
    words = row.word[last : last + 3]
    if not words or words[0] in POSSESSIVE:
        return
    for more, word in enumerate(words):
        if not word[0].islower():
            break
        if word in lexicon.products and more <= 1:
            _add(votes, "Asset", _NEXT)
            return
        if word in _PLACE_NOUNS and more <= 1:
            _add(votes, "Address", _NEXT)
            return
        if row.lemma[last + more] in _OUTLET_NOUNS and (more == 0 or words[more - 1] in {"news", "press"}):
            _add(votes, "Organization", _NEXT)
            return
    if words[0] == "," and len(words) > 1:
        if _AGE.match(words[1]) and words[2:3] in ([","], ["."]):
            _add(votes, "Person", _BESIDE)
        if words[1].lower() in {"who", "whose"}:
            _add(votes, "Person", 1.5)


def _grammar(row: Row, first: int, last: int, lexicon: Lexicon, votes: dict[str, float]) -> None:
    """Weigh apposition ("Tessaly, a shipping company"), predicate ("is a subsidiary"), verbs of persons."""
    root = _root(row, first, last)
    head = row.head[root]
    if row.dep[root] == "appos" and head < first:
        _add(votes, lexicon.nouns.get(row.lemma[head]), _APPOSITION)
    for token in range(last, min(len(row.word), last + 15)):
        if row.head[token] == root and row.dep[token] == "appos" and row.word[token].islower():
            _add(votes, lexicon.nouns.get(row.lemma[token]), _APPOSITION)
        if (
            row.dep[root] == "nsubj"
            and row.head[token] == head
            and row.dep[token] == "attr"
            and row.lemma[head] in {"be", "become", "remain"}
        ):
            _add(votes, lexicon.nouns.get(row.lemma[token]), _NEXT)
    if row.dep[root] in {"nsubj", "nsubjpass"} and row.lemma[head] in _HUMAN_VERBS:
        _add(votes, "Person", 1.5)


def _by_words(found: Candidate, lexicon: Lexicon) -> None:
    """Weigh the name's own words: a given name first; a place and capitals ("Sichuan AVK")."""
    parts = found.text.split()
    designators = lexicon.legal | lexicon.trades | lexicon.bodies | lexicon.societies | lexicon.outlets
    if (
        designators.isdisjoint(parts)
        and found.rank in {PARSER, WIDE, GUESS}
        and is_person(parts, found.row.language)
    ):
        _add(found.votes, "Person", _GIVEN)
    if len(parts) == 2 and parts[1].isupper() and parts[1].isalpha() and "Organization" in found.votes:
        _add(found.votes, "Company", _BESIDE)
    if len(parts) == 1 and _INNER_CAPITAL.fullmatch(parts[0]):
        _add(found.votes, "Organization", _GIVEN)
    if len(parts) == 1 and found.rank in {PARSER, GUESS} and places.is_large_city(parts[0]):
        _add(found.votes, "Address", _CITY)
        found.country = found.country or places.country(parts[0], found.row.language) or None


def weigh(found: Candidate, lexicon: Lexicon) -> None:
    """Add the context's votes to the candidate's."""
    row = found.row
    first, last = span(row, found.start, found.end)
    if first >= last:
        return
    _by_words(found, lexicon)
    if not row.parsed or row.shouting:
        return
    _before(row, first, lexicon, found.votes)
    _after(row, last, lexicon, found.votes)
    _grammar(row, first, last, lexicon, found.votes)
