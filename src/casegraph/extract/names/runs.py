"""Runs of capital words, and what their last or leading word says that they name."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.extract.names.candidates import (
    DESIGNATED,
    LEGAL_FORM,
    PLACE,
    POSSESSIVE,
    Candidate,
    candidate,
    country_at,
)
from casegraph.extract.names.lexicon import Lexicon
from casegraph.extract.names.tokens import Row, hyphened

_QUOTES = frozenset("\"\u201c\u201d\u00ab\u00bb'\u2018\u2019")
_OF = frozenset(["of", "for", "on"])
_NOT_INITIAL = (
    "DT",
    "IN",
    "CC",
    "PRP",
    "PRP$",
    "WDT",
    "WP",
    "WRB",
    "RB",
    "MD",
    "EX",
    "TO",
    "UH",
    "VBD",
    "VBZ",
    "VBP",
)
_HEADS_ONLY = frozenset(
    ["Bank", "Republic", "House", "Port", "Board", "Kingdom", "Battle", "Treaty", "Group", "Isle"]
)
_AFTER_COMMA = frozenset(["Inc", "Ltd", "LLC", "Limited", "Corp", "LLP", "PLC", "Co"])
_ROMAN = frozenset(["I", "II", "III", "IV", "V"])


def _starts(row: Row, token: int, lexicon: Lexicon) -> bool:
    """Tell whether a run may begin at the token."""
    word = row.word[token]
    if hyphened(row, token):
        return True
    if not row.capital(token) or (len(word) == 1 and not row.initial[token]):
        return False
    if word in lexicon.never and word not in lexicon.bodies:
        return token + 1 < len(row.word) and _starts_anyway(row, token, lexicon)
    if row.initial[token] and row.tag[token] in _NOT_INITIAL:
        return False
    return (word,) not in lexicon.titles or word in lexicon.legal


def _starts_anyway(row: Row, token: int, lexicon: Lexicon) -> bool:
    """Tell whether a word that is no name alone begins one: "Sunday Ledger", "State Property Fund"."""
    if row.word[token + 1] in lexicon.outlets:
        return True
    return row.word[token] not in lexicon.inside and not row.initial[token] and row.capital(token + 1)


def _is_head(word: str, lexicon: Lexicon) -> bool:
    return (
        word in lexicon.bodies
        or word in lexicon.societies
        or word in lexicon.events
        or word in lexicon.laws
        or word in lexicon.places
        or word in _HEADS_ONLY
    )


def _touches(row: Row, token: int) -> bool:
    return row.end[token] == row.start[token + 1]


def _joined(row: Row, token: int, lexicon: Lexicon) -> bool:
    """Tell whether the mark after the token joins the words around it: "Quint & Marlow", "Co., Ltd"."""
    mark, beyond = row.word[token + 1], row.word[token + 2]
    if mark == "and":  # "Technology and Trade"
        return row.word[token] in lexicon.trades and beyond in lexicon.trades
    if mark == "&":
        return True
    if mark in {"-", "\u2010", "\u2011", "/"}:
        return _touches(row, token) and _touches(row, token + 1)
    if mark == ",":
        return beyond in lexicon.legal and (
            row.word[token] in lexicon.legal or beyond.rstrip(".") in _AFTER_COMMA
        )
    return mark in lexicon.particles and mark not in {"y", "e", "la", "le"}


def _tail(row: Row, first: int, token: int, lexicon: Lexicon) -> int | None:
    """Return the next capital word after "of", "for the" or, in such a tail, "and"."""
    word, beyond = row.word[token + 1], token + 2
    head = _is_head(row.word[token], lexicon) or (token > first and _is_head(row.word[token - 1], lexicon))
    inside = any(row.word[before] in _OF for before in range(first, token))
    if word in _OF and (head or inside):
        if row.word[beyond] == "the" and beyond + 1 < len(row.word):
            beyond += 1
        return beyond
    return (
        beyond
        if word == "and" and inside and _is_head(row.word[_head(row, first, token + 1)], lexicon)
        else None
    )


def _next(row: Row, first: int, token: int, lexicon: Lexicon) -> int | None:
    """Return the next capital word of the run that stands at the token, skipping what may join them."""
    if token + 1 >= len(row.word):
        return None
    if _legal_form(row, token + 1, lexicon) > 1 or hyphened(row, token + 1):
        return token + 3
    if _continues(row, token + 1, lexicon):
        return token + 1
    if token + 2 >= len(row.word):
        return None
    beyond = token + 2 if _joined(row, token, lexicon) else _tail(row, first, token, lexicon)
    return beyond if beyond is not None and row.capital(beyond) else None


def _continues(row: Row, token: int, lexicon: Lexicon) -> bool:
    word = row.word[token]
    if row.initial[token]:
        return False
    if word[0].isdigit():
        return row.word[token - 1] in lexicon.laws and word.isdigit()  # "Resolution 2231"
    if word in lexicon.legal or word.rstrip(".") in lexicon.legal:
        return True
    if not row.capital(token):
        return False
    if (word,) in lexicon.titles and word not in lexicon.bodies | lexicon.trades:
        return False
    return word not in lexicon.inside or word in lexicon.outlets


def runs(row: Row, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield maximal runs [first, last) of capital words with what may stand between them."""
    token = 0
    while token < len(row.word):
        if not _starts(row, token, lexicon):
            token += 1
            continue
        first, last = token, token + (2 if hyphened(row, token) else 0)
        while (more := _next(row, first, last, lexicon)) is not None:
            last = more
        yield first, last + 1
        token = last + 1


def _head(row: Row, first: int, last: int) -> int:
    """Return the word that says what the run names: the last one before "of", else the last."""
    for token in range(first + 1, last):
        if row.word[token] in _OF:
            return token - 1
    return last - 1


def _schema(row: Row, first: int, last: int, lexicon: Lexicon) -> str | None:
    """Return the schema that the run's head word stands for."""
    head = _head(row, first, last)
    word, before = row.word[head], row.word[head - 1] if head > first else ""
    if last - first == 1:
        return "PublicBody" if word in lexicon.bodies_alone else None
    if word in {"Agency", "Service"} and before in {"News", "Press", "Wire"}:
        return "Organization"
    if word in {"Operation", "Exercise"} or (word in _ROMAN and before == "War"):
        return "Event"
    if word.isdigit():
        return "Thing"
    for words, schema in (
        (lexicon.bodies, "PublicBody"),
        (lexicon.events, "Event"),
        (lexicon.societies, "Organization"),
        (lexicon.outlets, "Organization"),
        (lexicon.trades, "Company"),
        (lexicon.laws, "Thing"),
        (lexicon.places, "Address"),
    ):
        if word in words:
            return schema
    return _by_first(row, first)


def _by_first(row: Row, first: int) -> str | None:
    """Return the schema of "Operation Salt", "Project Lantern"."""
    word = row.word[first]
    if word in {"Operation", "Exercise"}:
        return "Event"
    return "Project" if word in {"Project", "Programme"} else None


def _legal_form(row: Row, token: int, lexicon: Lexicon) -> int:
    """Return how many tokens of legal form stand there: "Ltd", "A / S"."""
    if row.word[token] in lexicon.legal or row.word[token].rstrip(".") in lexicon.legal:
        return 1
    slashed = row.word[token + 1 : token + 2] == ["/"] and row.text(token, min(token + 3, len(row.word)))
    return 3 if slashed in lexicon.legal else 0


def _legal(row: Row, first: int, last: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """Return the part of the run that a legal form closes or opens."""
    for token in range(first + 1, last):
        length = _legal_form(row, token, lexicon)
        if length and row.word[token - 1] not in _OF:
            end = token + length
            while end < last and (row.word[end] in lexicon.legal or row.word[end] in {",", "&"}):
                end += 1
            while row.word[end - 1] in {",", "&"}:
                end -= 1
            return first, end
    return (first, last) if row.word[first] in lexicon.legal_before and last - first > 1 else None


def _without_nationality(row: Row, first: int, last: int, lexicon: Lexicon) -> int:
    """Return where a firm's name begins: after a nationality, if two words of name are left."""
    found = country_at(row, first, lexicon)
    if found is None or found[2] != "Thing" or not found[1]:
        return first
    rest = row.word[first + found[0] : last]
    return first + found[0] if len(rest) > 1 and not lexicon.designators.issuperset(rest) else first


def _quoted(row: Row, lexicon: Lexicon) -> Iterator[Candidate]:
    """Propose JSC "Zarnitsa": a legal form before a name in quotation marks."""
    for token in range(len(row.word) - 2):
        if row.word[token] not in lexicon.legal_before or row.word[token + 1] not in _QUOTES:
            continue
        for end in range(token + 2, min(token + 9, len(row.word))):
            if row.word[end] in _QUOTES:
                if end > token + 2:
                    yield candidate(row, (token, end + 1), LEGAL_FORM, "legal-form", "Company")
                break


def _inner_trade(row: Row, first: int, last: int, lexicon: Lexicon) -> int:
    """Return where a firm ends that a product's name follows ("Brask Industries Lyra"), `first` for none."""
    for token in range(last - 2, first, -1):
        if row.word[token] in lexicon.trades and row.word[token].endswith("s"):
            return token + 1
    return first


def designated(row: Row, lexicon: Lexicon) -> Iterator[Candidate]:
    """Propose the runs whose words say what they name; in headlines only legal forms do."""
    yield from _quoted(row, lexicon)
    for first, last in runs(row, lexicon):
        legal = _legal(row, first, last, lexicon)
        if legal is not None:
            begin = _without_nationality(row, legal[0], legal[1], lexicon)
            made = candidate(row, (begin, legal[1]), LEGAL_FORM, "legal-form", "Company")
            word = row.word[legal[1] - 1]
            made.end -= int(
                word.endswith(".") and word not in lexicon.legal
            )  # the parser leaves "GmbH." whole
            yield made
        elif not row.shouting:
            yield from _by_head(row, first, last, lexicon)


def _by_head(row: Row, first: int, last: int, lexicon: Lexicon) -> Iterator[Candidate]:
    schema = _schema(row, first, last, lexicon)
    end, country = last, None
    if schema is None:
        schema, end = "Company", _inner_trade(row, first, last, lexicon)
    if end == first:
        return
    begin = first
    if schema in {"Company", "Organization", "Thing", "Project"}:
        begin = _without_nationality(row, first, end, lexicon)
    if schema in {"PublicBody", "Address"}:
        begin, country = _with_state(row, (first, end), lexicon, body=schema == "PublicBody")
    rank = PLACE if schema == "Address" else DESIGNATED  # "Republic of China" gives way to a longer state
    made = candidate(row, (begin, end), rank, "designator", schema)
    made.country = country
    yield made


def _with_state(row: Row, run: tuple[int, int], lexicon: Lexicon, *, body: bool) -> tuple[int, str | None]:
    """Return where a body of state begins, "Germany's" included, and the state's code."""
    first, last = run
    inside = country_at(row, first, lexicon)
    if inside is not None and inside[1]:
        return first, inside[1]
    if body and first > 1 and row.word[first - 1] in POSSESSIVE:
        for before in range(max(0, first - 5), first - 1):
            found = country_at(row, before, lexicon)
            if found is not None and before + found[0] == first - 1 and found[1]:
                return before, found[1]
    for token in range(first + 1, last):
        found = country_at(row, token, lexicon)
        if found is not None and found[1]:
            return first, found[1]
    return first, None
