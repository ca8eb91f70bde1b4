"""The parser's own entities, trimmed, and capital runs that nothing else explains."""

from __future__ import annotations

import bisect
from collections.abc import Iterator

from casegraph.extract import places
from casegraph.extract.names.candidates import (
    GUESS,
    PARSER,
    PLACE,
    POSSESSIVE,
    WIDE,
    Candidate,
    candidate,
    country_at,
)
from casegraph.extract.names.given import is_person
from casegraph.extract.names.lexicon import Lexicon
from casegraph.extract.names.people import title_at
from casegraph.extract.names.runs import runs
from casegraph.extract.names.tokens import Row, hyphened

SCHEMAS: dict[str, str] = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Address",
    "LOC": "Address",
    "FAC": "Address",
    "NORP": "Thing",
    "PRODUCT": "Asset",
    "EVENT": "Event",
    "LAW": "Thing",
    "WORK_OF_ART": "Thing",
}
_MOST_WORDS = 8
_PLACE_PREPOSITIONS = frozenset(
    [
        "in",
        "at",
        "from",
        "to",
        "near",
        "outside",
        "over",
        "via",
        "through",
        "around",
        "toward",
        "towards",
        "inside",
        "across",
    ]
)
_EDGE = frozenset("\"\u201c\u201d\u2018\u2019\u00ab\u00bb'`.,;:!?()[]-\u2013\u2014/&#*$%+")


def _trim(row: Row, first: int, last: int, lexicon: Lexicon) -> tuple[int, int]:
    """Return the entity without article, marks, possessive, titles and lower-case words at its ends."""
    if first > 1 and hyphened(row, first - 2):
        first -= 2
    while first < last and not hyphened(row, first):
        word = row.word[first]
        titled = title_at(row, first, lexicon)
        if titled and first + titled < last:
            first += titled
        elif word in _EDGE or not (word[0].isupper() or word[0].isdigit()) or word in lexicon.never:
            first += 1
        else:
            break
    while last > first:
        word = row.word[last - 1]
        if word in POSSESSIVE or word in _EDGE or not (word[0].isupper() or word[0].isdigit()):
            last -= 1
        else:
            break
    return first, last


def _groups(row: Row) -> Iterator[tuple[int, int, str]]:
    token = 0
    while token < len(row.word):
        label = row.label[token]
        if not label:
            token += 1
            continue
        end = token + 1
        while end < len(row.word) and row.label[end] == label and not row.first[end]:
            end += 1
        yield token, end, label
        token = end


def _is_name(row: Row, first: int, last: int) -> bool:
    """Tell whether the words can be a name at all."""
    text = row.text(first, last)
    return (
        0 < last - first <= _MOST_WORDS
        and len(text) > 1
        and any(char.isalpha() for char in text)
        and any(row.capital(token) for token in range(first, last))
    )


def _title_words(row: Row, lexicon: Lexicon) -> set[int]:
    """Return the tokens that belong to titles: "Interior" of "Interior Minister"."""
    found: set[int] = set()
    for token in range(len(row.word)):
        found.update(range(token, token + title_at(row, token, lexicon)))
    return found


def _widen(row: Row, first: int, last: int, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the whole run of capitals: the model stops at "Maria del Carmen" Ruiz, IVRZ "Kolos"."""
    place = bisect.bisect_right(spans, (first, len(row.word))) - 1
    if place < 0:
        return first, last
    begin, end = spans[place]
    if not (last <= end <= begin + 5):
        return first, last
    extra = [*range(begin, first), *range(last, end)]
    common = any(row.initial[token] and not row.word[token].isupper() for token in range(begin, first))
    return (first, last) if common or any(row.label[token] for token in extra) else (begin, end)


def _after_place(row: Row, first: int, last: int, lexicon: Lexicon) -> int:
    """Return where a person begins behind a place: "the minister for the Middle East Tobias Ellery"."""
    place = country_at(row, first, lexicon)
    behind = first + place[0] if place else first
    return behind if last - behind > 1 and is_person(row.word[behind:last], row.language) else first


def entities(row: Row, lexicon: Lexicon) -> Iterator[Candidate]:
    """Propose the parser's entities; in headlines they are guesses, for it takes every capital for a name."""
    spans = list(runs(row, lexicon))
    titles = _title_words(row, lexicon)
    for begin, end, label in _groups(row):
        schema = SCHEMAS.get(label)
        if schema is None:
            continue
        first, last = _trim(row, begin, end, lexicon)
        if titles.issuperset(range(first, last)) or _is_common(row, first, last, lexicon):
            continue
        if label in {"PERSON", "ORG", "PRODUCT"}:
            first, last = _widen(row, first, last, spans)
            first = _after_place(row, first, last, lexicon)
        if not _is_name(row, first, last) or (label == "WORK_OF_ART" and last - first == 1):
            continue
        wide = last - first > 1 and label in {"ORG", "FAC", "EVENT", "LOC"}
        made = candidate(row, (first, last), WIDE if wide else PARSER, f"parser-{label.lower()}", schema)
        if row.shouting:
            made.votes, made.rank = {schema: 0.5}, GUESS
        if label == "WORK_OF_ART":
            made.votes = {"Thing": 0.5}
        if schema == "Address":
            made.country = places.country(made.text, row.language) or None
        yield made


def _is_place(row: Row, first: int, last: int) -> str | None:
    """Return the country of a city that stands after a preposition of place."""
    if not first or row.word[first - 1].lower() not in _PLACE_PREPOSITIONS:
        return None
    return places.country(row.text(first, last), row.language) or None


def _is_common(row: Row, first: int, last: int, lexicon: Lexicon) -> bool:
    """Tell whether one word alone is a designator: a capital "Court" or "Resolution"."""
    return last - first == 1 and row.word[first] in lexicon.designators


def leftovers(row: Row, lexicon: Lexicon) -> Iterator[Candidate]:
    """Propose capital runs: cities after "in" or before "-based", else things of an unknown kind."""
    if row.shouting:
        return
    titles = _title_words(row, lexicon)
    for first, last in runs(row, lexicon):
        if titles.issuperset(range(first, last)) or _is_common(row, first, last, lexicon):
            continue
        after = row.word[last : last + 2]
        based = after == ["-", "based"] or (after[:1] == ["-based"])
        country = _is_place(row, first, last)
        if based or country:
            made = candidate(row, (first, last), PLACE, "city", "Address")
            made.votes = {"Address": 3.0}
            made.country = country or places.country(made.text, row.language) or None
            yield made
        elif _is_name(row, first, last) and _worth_a_guess(row, first, last):
            yield candidate(row, (first, last), GUESS, "capitals", "Thing")


def _worth_a_guess(row: Row, first: int, last: int) -> bool:
    """Tell whether the parser takes a word of the run for a proper noun, beyond a sentence's first word."""
    proper = [row.tag[token] in {"NNP", "NNPS"} for token in range(first, last)]
    return any(proper) and (last - first > 1 or not row.initial[first] or row.dep[first].startswith("nsubj"))
