"""Names of persons, organisations, places and things.

The parser's small model finds about six names in ten and gives them the wrong type often. Rules that
read designators ("Ltd", "Ministry"), titles, model numbers and lists of states propose names as well;
where proposals overlap the surer rule stands, and the votes of a name's occurrences decide its schema
for the whole document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casegraph.extract.base import Extractor, Found, Reading
from casegraph.extract.names import candidates as rules
from casegraph.extract.names import cyrillic, cyrillic_neighbours, han
from casegraph.extract.names.candidates import Candidate
from casegraph.extract.names.context import weigh
from casegraph.extract.names.decide import (
    aliases,
    apply_aliases,
    best,
    repeats,
    standing,
    tally,
    with_repeats,
)
from casegraph.extract.names.entities import entities, leftovers
from casegraph.extract.names.lexicon import Lexicon, lexicon
from casegraph.extract.names.people import bylines, titled
from casegraph.extract.names.products import bracketed, models, numbered, ships
from casegraph.extract.names.runs import designated
from casegraph.extract.names.tokens import Row, rows

LANGUAGES = frozenset(["en"])
_ENOUGH = 0.5


def _propose(row: Row, text: str, words: Lexicon) -> Iterator[Candidate]:
    first: list[Candidate] = [
        *rules.state_bodies(row, words),
        *rules.known(row, words),
        *designated(row, words),
        *models(row, text, words),
        *numbered(row, words),
        *ships(row, words),
        *titled(row, words),
        *bylines(row, words),
        *rules.places(row, words),
        *entities(row, words),
        *leftovers(row, words),
    ]
    yield from first
    for one in first:
        short = bracketed(row, one)
        if short is not None:
            yield short


def _score(votes: dict[str, float], schema: str) -> float:
    """Return how sure the schema is, 0.3 to 0.99: its share of the votes, damped where they are few."""
    weight = votes[schema]
    share = weight / sum(votes.values())
    return round(min(0.99, max(0.3, share * weight / (weight + 1.0))), 2)


def _normal(text: str) -> str:
    return text.replace("\u2019", "'")


def _find(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    every = list(rows(reading, LANGUAGES))
    taken = [(one.page, one.start, one.end) for one in found]
    proposed: list[Candidate] = []
    for row in every:
        text = reading.pages[row.page].text
        proposed += [rules.within_cell(one, text) for one in _propose(row, text, lexicon(row.language))]
    stand = standing(proposed, taken)
    for one in stand:
        weigh(one, lexicon(one.row.language))
    votes = tally(stand)
    countries = {one.key: one.country for one in reversed(stand) if one.country}
    for language in sorted(LANGUAGES):
        words = lexicon(language)
        short = aliases(votes, words)
        apply_aliases(stand, votes, short)
        stand = with_repeats(stand, repeats(every, votes, short, words), taken)
    for one in stand:
        mine = votes.get(one.key) or one.votes
        schema = best(mine)
        if mine[schema] < _ENOUGH or (one.row.shouting and mine[schema] <= _ENOUGH):
            continue
        yield Found(
            page=one.row.page,
            kind="name",
            start=one.start,
            end=one.end,
            schema=schema,
            normal=_normal(one.text),
            country=countries.get(one.key) if schema in {"Address", "PublicBody", "Thing"} else None,
            detail=one.rule,
            score=_score(mine, schema),
        )


def _find_all(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    yield from _find(reading, found)
    yield from han.find(reading, found)
    yield from cyrillic.find(reading, found)
    yield from cyrillic_neighbours.find(reading, found)


NAMES = Extractor(name="names", version=1, find=_find_all)
