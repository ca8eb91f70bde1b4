"""What the rules propose: a span that may be a name, with votes for what it names."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from casegraph.extract.names.lexicon import Lexicon
from casegraph.extract.names.tokens import Row
from casegraph.text import fold

# Which of two overlapping candidates stands; the longer one where they are alike.
STATE_BODY, LEGAL_FORM, PRODUCT, DESIGNATED, KNOWN, ACRONYM, TITLED, WIDE, PLACE, PARSER, GUESS = range(
    11, 0, -1
)
POSSESSIVE = frozenset(["'s", "\u2019s", "'", "\u2019"])
_LONGEST_PLACE = 6


@dataclass(slots=True)
class Candidate:
    """Characters [start, end) of a row's page; `votes` add up over the document by schema."""

    row: Row
    start: int
    end: int
    rank: int
    rule: str
    votes: dict[str, float] = field(default_factory=dict)
    country: str | None = None

    @property
    def text(self) -> str:
        """The words with single blanks."""
        first, last = span(self.row, self.start, self.end)
        return self.row.text(first, last)

    @property
    def key(self) -> str:
        """What is the same for equal names of a document."""
        return self.text


def span(row: Row, start: int, end: int) -> tuple[int, int]:
    """Return the tokens [first, last) that the characters touch."""
    return bisect.bisect_right(row.end, start), bisect.bisect_left(row.start, end)


def candidate(row: Row, tokens: tuple[int, int], rank: int, rule: str, schema: str) -> Candidate:
    """Return a candidate over tokens [first, last) with the usual weight of its rank."""
    return Candidate(
        row=row,
        start=row.start[tokens[0]],
        end=row.end[tokens[1] - 1],
        rank=rank,
        rule=rule,
        votes={schema: WEIGHTS[rank]},
    )


WEIGHTS: dict[int, float] = {
    STATE_BODY: 6.0, LEGAL_FORM: 8.0, KNOWN: 6.0, PRODUCT: 5.0, DESIGNATED: 4.0, ACRONYM: 2.0, TITLED: 5.0,
    WIDE: 2.0, PLACE: 4.0, PARSER: 2.0, GUESS: 0.5,
}  # fmt: skip


def within_cell(found: Candidate, text: str) -> Candidate:
    """Cut a name to its longest piece between tabs: they part the cells of a row, here a label and a name."""
    words = text[found.start : found.end]
    if "\t" not in words:
        return found
    piece = max(words.split("\t"), key=len)
    start = found.start + words.index(piece)
    return replace(found, start=start, end=start + len(piece))


@functools.lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return fold(word).replace("\u2019", "'")


def _longest(
    row: Row, token: int, table: dict[tuple[str, ...], str], *, folded: bool
) -> tuple[int, str] | None:
    """Return the length and value of the longest entry that starts at the token."""
    words = row.word[token : token + _LONGEST_PLACE]
    if folded:
        words = [_folded(word) for word in words]
    for length in range(len(words), 0, -1):
        value = table.get(tuple(words[:length]))
        if value is not None:
            return length, value
    return None


def country_at(row: Row, token: int, lexicon: Lexicon) -> tuple[int, str, str] | None:
    """Return length, code and schema of a state, region or nationality at the token."""
    if _folded(row.word[token]) not in lexicon.place_heads:
        return None
    if not row.capital(token):  # "russia", where the parser sees a place
        return _small_letters(row, token, lexicon)
    people = _longest(row, token, lexicon.peoples, folded=False)
    best = (people[0], people[1], "Thing") if people else None
    for table in (lexicon.countries, lexicon.regions):
        place = _longest(row, token, table, folded=True)
        if place is not None and (best is None or place[0] > best[0]):
            best = (place[0], place[1], "Address")
    if best is not None and best[0] == 1 and not _is_place_word(row, token, lexicon):
        return None
    return best


def _small_letters(row: Row, token: int, lexicon: Lexicon) -> tuple[int, str, str] | None:
    word = row.word[token]
    if row.label[token] not in {"GPE", "NORP"} or len(word) < 4 or word in lexicon.ambiguous:
        return None
    people, state = lexicon.peoples.get((word.capitalize(),)), lexicon.countries.get((word,))
    if state:
        return 1, state, "Address"
    return (1, people, "Thing") if people else None


def _is_place_word(row: Row, token: int, lexicon: Lexicon) -> bool:
    """Tell whether a one-word name of a place is one here: "us" and "Jordan" need the parser's word."""
    word = row.word[token]
    if word.lower() not in lexicon.ambiguous:
        return len(word) > 2 or word.isupper()
    if word in {"US", "China"}:
        return True
    before = row.word[token - 1].lower() if token else ""
    if before.rstrip(".") in _COURTESY:
        return False
    if row.label[token] in {"GPE", "LOC"} or (not row.parsed and before in {"in", "to", "from"}):
        return True
    state = len(word) > 3 and (word.lower(),) in lexicon.countries
    return state and row.parsed and row.label[token] == "PERSON" and not _part_of_person(row, word)


_COURTESY = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady"})


def _part_of_person(row: Row, word: str) -> bool:
    """Tell whether the text joins the word to another one of a person's name anywhere ("Chad Wolfe")."""
    last = len(row.word) - 1
    for place, own in enumerate(row.word):
        beside = [*([place - 1] if place else []), *([place + 1] if place < last else [])]
        if own == word and any(row.capital(one) and row.label[one] == "PERSON" for one in beside):
            return True
    return False


def places(row: Row, lexicon: Lexicon) -> Iterator[Candidate]:
    """Propose states, regions, seas, nationalities; "Western Russia" as one place."""
    token = 0
    while token < len(row.word):
        found = country_at(row, token, lexicon)
        if found is None:
            token += 1
            continue
        length, code, schema = found
        first = token
        if (
            schema == "Address"
            and token
            and row.capital(token - 1)
            and row.word[token - 1].lower() in _DIRECTIONS
        ):
            first = token - 1
        made = candidate(row, (first, token + length), PLACE, "place", schema)
        made.country = code or None
        yield made
        token += length


_DIRECTIONS = frozenset(
    [
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "north-eastern",
        "south-eastern",
        "north-western",
    ]
)


def known(row: Row, lexicon: Lexicon) -> Iterator[Candidate]:
    """Propose bodies and organisations that are known by name."""
    for token in range(len(row.word)):
        if not row.word[token][0].isalpha():
            continue
        for length in range(min(4, len(row.word) - token), 0, -1):
            entry = lexicon.known.get(tuple(row.word[token : token + length]))
            if entry is not None:
                made = candidate(row, (token, token + length), KNOWN, "known", entry[0])
                made.country = entry[1] or None
                yield made
                break


def _state_noun(row: Row, token: int, lexicon: Lexicon) -> int:
    """Return the length of the body of state that the words at the token name, 0 for none."""
    words = [word.lower().replace("\u2019", "'") for word in row.word[token : token + 5]]
    for length in range(len(words), 0, -1):
        if tuple(words[:length]) in lexicon.state_nouns:
            return length
    return 0


def state_bodies(row: Row, lexicon: Lexicon) -> Iterator[Candidate]:
    """Propose "Russia's defense ministry", "the Chinese government", "the foreign ministry"."""
    token = 0
    while token < len(row.word):
        found = country_at(row, token, lexicon)
        if found is not None and found[1]:
            noun = token + found[0]
            if noun < len(row.word) and row.word[noun] in POSSESSIVE:
                noun += 1
            skip = next((more for more in range(2) if _state_noun(row, noun + more, lexicon)), None)
            if skip is not None and all(
                row.tag[noun + more] in {"JJ", "NN", "NNP", ""} for more in range(skip)
            ):
                last = noun + skip + _state_noun(row, noun + skip, lexicon)
                made = candidate(row, (token, last), STATE_BODY, "state-body", "PublicBody")
                made.country = found[1]
                yield made
                token = last
                continue
        length = _state_noun(row, token, lexicon)
        if length > 1 and "ministry" in (row.word[token].lower(), row.word[token + length - 1].lower()):
            yield candidate(row, (token, token + length), DESIGNATED, "state-body", "PublicBody")
            token += length
            continue
        token += 1
