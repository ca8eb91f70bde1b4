"""Model designations: weapons, aircraft, engines, ships."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegraph.extract.names.candidates import ACRONYM, PRODUCT, Candidate, country_at, span
from casegraph.extract.names.lexicon import Lexicon
from casegraph.extract.names.tokens import Row

# Su-57, KX-200, Garpiya-3, R-77K, Volkhov-M2; also with a slash: F-16A/B.
_HYPHEN = re.compile(
    r"(?<![\w-])[A-Z][A-Za-z]{0,15}[-\u2010\u2011\u2013][A-Z]{0,2}\d{1,4}[A-Z]{0,3}(?:/[A-Z]\d?)?(?![\w])"
)
# MQ9, TB3, S400, G3.
_GLUED = re.compile(r"(?<![\w$\u20ac\u00a3-])[A-Z]{1,4}\d{1,4}[A-Z]{0,2}(?![\w%])")
_SHIP = frozenset(
    ["MV", "M/V", "MT", "M/T", "HMS", "USS", "INS", "HMCS", "RFA", "SS", "FV", "MS", "MSC", "CSS", "PNS"]
)
_NO_MODEL = re.compile(
    r"(?:COVID|Covid|Sars|SARS|CoV|Article|Section|Chapter|Figure|Level|Grade|Type|Class|Page|Part|Sept?|Sep|Oct|Nov|Dec|Jan"
    r"|Feb|Mar|Apr|May|June?|July?|Aug|No|Formula|Under|Area|Phase|Stage|Room|Gate|Zone|Catch)[-\u2010\u2011\u2013]\d"
    r"|[GQHAEMCBP]\d{1,2}$|[QH][1-4]$|G-\d{1,2}$|U-?\d\d$|CO2|PM\d|H\dN\d|B2B|P2P|MI[56]$|RFC\d|FY\d\d"
)
_NUMBER = re.compile(r"\d{1,4}[A-Z]{0,2}(?:-\d{1,4})?")
_MARK = 3
_BEFORE = 2


def _near_product(row: Row, first: int, last: int, lexicon: Lexicon) -> bool:
    """Tell whether a product noun stands right before or within two words after."""
    around = row.word[max(0, first - _BEFORE) : first] + row.word[last : last + 2]
    return any(word.lower() in lexicon.products for word in around)


def _with_name(row: Row, first: int, last: int, lexicon: Lexicon) -> int:
    """Return the end with the capital words that follow: "MQ9 Reaper", "MQ7 Harrier Hawk"."""
    while last < len(row.word) and last - first < 4:
        word = row.word[last]
        if (
            not row.capital(last)
            or word in lexicon.never
            or row.tag[last] not in {"NNP", "NNPS", ""}
            or row.shouting
        ):
            break
        if word.lower() in lexicon.products or country_at(row, last, lexicon) is not None:
            break
        last += 1
    return last


def models(row: Row, text: str, lexicon: Lexicon) -> Iterator[Candidate]:
    """Propose designations; a letter with figures only where something says that it is a product."""
    low, high = row.start[0], row.end[-1]
    for pattern in (_HYPHEN, _GLUED):
        for match in pattern.finditer(text, low, high):
            first, last = span(row, match.start(), match.end())
            if first >= last or _NO_MODEL.match(match.group()):
                continue
            sure = pattern is _HYPHEN or sum(char.isalpha() for char in match.group()) >= _MARK
            sure = sure or _near_product(row, first, last, lexicon) or row.label[first] == "PRODUCT"
            whole = pattern is _HYPHEN or len(match.group()) > 2
            if not sure and not whole:
                continue
            end = row.end[_with_name(row, first, last, lexicon) - 1]
            yield Candidate(
                row=row,
                start=match.start(),
                end=max(end, match.end()),
                rank=PRODUCT,
                rule="model",
                votes={"Asset": 5.0 if sure else 3.0},
            )


def numbered(row: Row, lexicon: Lexicon) -> Iterator[Candidate]:
    """Propose "Boeing 737" and the like where a product noun follows."""
    for token in range(1, len(row.word) - 1):
        maker, number = row.word[token - 1], row.word[token]
        if (
            not _NUMBER.fullmatch(number)
            or not maker[0].isupper()
            or maker in lexicon.never
            or maker in lexicon.laws
        ):
            continue
        if any(word.lower() in lexicon.products for word in row.word[token + 1 : token + 3]):
            yield Candidate(row, row.start[token - 1], row.end[token], PRODUCT, "model", {"Asset": 5.0})


def ships(row: Row, lexicon: Lexicon) -> Iterator[Candidate]:
    """Propose ships by the letters before their names: "MV Saltwind"."""
    for token in range(len(row.word) - 1):
        if row.word[token] in _SHIP and row.capital(token + 1) and row.word[token + 1] not in lexicon.legal:
            end = token + 1
            while (
                end < len(row.word)
                and row.capital(end)
                and row.word[end] not in lexicon.never
                and end - token < 4
            ):
                end += 1
            yield Candidate(row, row.start[token], row.end[end - 1], PRODUCT, "ship", {"Asset": 5.0})


def bracketed(row: Row, before: Candidate) -> Candidate | None:
    """Return what stands in brackets after a name if it shortens it: "(OWC)", "(G3)"."""
    _, last = span(row, before.start, before.end)
    if last + 2 >= len(row.word) or row.word[last] != "(" or row.word[last + 2] != ")":
        return None
    short = row.word[last + 1]
    if (
        not short[0].isupper()
        or not any(char.isupper() or char.isdigit() for char in short[1:])
        or len(short) > 10
    ):
        return None
    initials = "".join(
        word[0] for word in re.findall(r"\w+", before.text) if word[0].isupper() or word[0].isdigit()
    )
    letters = "".join(char for char in short if char.isupper() or char.isdigit())
    if not _subsequence(letters, initials) and not (before.votes.get("Asset") and short[0] == before.text[0]):
        return None
    schema = max(before.votes, key=lambda name: (before.votes[name], name))
    votes = {schema: before.votes[schema]}
    return Candidate(row, row.start[last + 1], row.end[last + 1], ACRONYM, "acronym", votes, before.country)


def _subsequence(letters: str, initials: str) -> bool:
    rest = iter(initials)
    return len(letters) > 1 and all(letter in rest for letter in letters)
