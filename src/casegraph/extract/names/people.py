"""Persons by the titles before them."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.extract.names.candidates import TITLED, Candidate, candidate, country_at
from casegraph.extract.names.lexicon import Lexicon
from casegraph.extract.names.tokens import Row, hyphened

_LONGEST_TITLE = 3
_LONGEST_NAME = 5
_PLURAL = frozenset(
    ["Presidents", "Ministers", "Senators", "Generals", "Messrs.", "Messrs", "Drs.", "Professors", "Lords"]
)


def title_at(row: Row, token: int, lexicon: Lexicon) -> int:
    """Return how many words of title stand at the token, 0 for none."""
    if row.word[token] not in lexicon.title_heads:
        return 0
    for length in range(min(_LONGEST_TITLE, len(row.word) - token), 0, -1):
        if tuple(row.word[token : token + length]) in lexicon.titles:
            return length
    return 0


def _is_designator(word: str, lexicon: Lexicon) -> bool:
    return (
        word in lexicon.legal or word in lexicon.trades or word in lexicon.bodies or word in lexicon.societies
    )


def _name_at(row: Row, token: int, lexicon: Lexicon) -> int:
    """Return where a person's name that begins at the token ends; the token itself where none does."""
    end = token
    while end < len(row.word) and end - token < _LONGEST_NAME:
        word = row.word[end]
        if hyphened(row, end):
            end += 3
        elif row.capital(end) and word not in lexicon.never and not _is_designator(word, lexicon):
            end += 1
        elif (
            end > token and word in lexicon.particles and end + 1 < len(row.word) and row.capital(end + 1)
        ) or (
            end > token
            and word in {"-", "\u2010"}
            and end + 1 < len(row.word)
            and row.end[end] == row.start[end + 1]
        ):
            end += 2
        else:
            break
    if end < len(row.word) and _is_designator(row.word[end], lexicon):
        return token  # "General Dynamics", "Justice Department"
    return min(end, len(row.word))


def titled(row: Row, lexicon: Lexicon) -> Iterator[Candidate]:
    """Propose the names after titles: "Gen. Anna Kern", "Presidents Marek and Oyelaran"."""
    token = 0
    while token < len(row.word):
        length = title_at(row, token, lexicon)
        if not length or row.shouting:
            token += 1
            continue
        title = row.word[token]
        token += length
        while token < len(row.word) and (more := title_at(row, token, lexicon)):
            token += more
        if token >= len(row.word) or country_at(row, token, lexicon) is not None:
            continue
        end = _name_at(row, token, lexicon)
        while end > token:
            yield candidate(row, (token, end), TITLED, "title", "Person")
            token = end
            if title not in _PLURAL or token + 1 >= len(row.word) or row.word[token] not in {"and", ","}:
                break
            token += 1
            end = _name_at(row, token, lexicon)


def bylines(row: Row, lexicon: Lexicon) -> Iterator[Candidate]:
    """Propose the two or three capital words of a byline."""
    if row.role != "byline":
        return
    token = 0
    while token < len(row.word):
        end = _name_at(row, token, lexicon)
        if 1 < end - token <= 3:
            yield candidate(row, (token, end), TITLED, "byline", "Person")
        token = max(end, token + 1)
