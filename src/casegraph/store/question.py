"""What a person asks of the index, in tantivy's query language and a word with a tilde.

`word~` finds words that differ by one letter, `word~2` by two (insertion, deletion, substitution or two
neighbours swapped): for names that were misspelled or misread. tantivy's language has no such thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import tantivy
from rapidfuzz.distance import OSA

from casegraph.errors import UsageError

FIELDS = ("text", "furniture")
"""Fields in which words are looked for where no other is named."""

FURNITURE_BOOST = 1e-3  # what a word in furniture counts beside one in prose
LONGEST = 2_000
"""Characters of a query."""

SHORTEST = 4
"""Letters of a word that may be looked for in other spellings: shorter ones are near to everything."""

_CJK = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}"
_WORDS = rf"[{_CJK}]|[\p{{L}}\p{{N}}\p{{M}}&&[^{_CJK}]]+"
_QUOTED = re.compile(r'"[^"]*"')
_NEAR = re.compile(r"(?<!\S)(?P<sign>[-+]?)(?P<word>[^\W_]+)~(?P<most>[12]?)(?!\S)")
_LOOSE = re.compile(r"(?<=[^\W_])~")
_GROUPED = re.compile(r"[()]|(?<!\S)OR(?!\S)")
_WORD = re.compile(r"[^\W_]+")
_MARKED = 50  # spellings that are marked in snippets at most


@dataclass(frozen=True, slots=True)
class Near:
    """A word, stemmed, and by how many letters another may differ from it."""

    token: str
    most: int


@dataclass(frozen=True, slots=True)
class Question:
    """A query as the index runs it, and which words it looks for in other spellings."""

    query: tantivy.Query
    near: tuple[Near, ...] = ()

    def shown(self, schema: tantivy.Schema, texts: Iterable[str]) -> tantivy.Query:
        """Return a query for marking: it names the other spellings that these texts have."""
        if not self.near:
            return self.query
        tokens = _spellings(self.near, texts)
        terms = [tantivy.Query.term_query(schema, field, one) for one in tokens for field in FIELDS]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in (self.query, *terms)])


def analyzer() -> tantivy.TextAnalyzer:
    """Return what cuts texts and queries into words and brings these to their stems."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(_WORDS))
    for step in (
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stemmer("english"),
        tantivy.Filter.stemmer("russian"),
    ):
        builder = builder.filter(step)
    return builder.build()


def asked(index: tantivy.Index, query: str) -> Question:
    """Return a query as the index runs it; raises UsageError for one that makes no sense."""
    if len(query) > LONGEST:
        raise UsageError(f"a query has up to {LONGEST:,} characters")
    rest, near = _taken_apart(query)
    parts = [(sign, _fuzzy(index.schema, one)) for sign, one in near]
    if rest.strip() or not parts:
        parts.insert(0, (tantivy.Occur.Must, _parsed(index, rest)))
    elif all(sign == tantivy.Occur.MustNot for sign, _ in parts):
        parts.insert(0, (tantivy.Occur.Must, tantivy.Query.all_query()))
    whole = parts[0][1] if len(parts) == 1 else tantivy.Query.boolean_query(parts)
    return Question(whole, tuple(one for sign, one in near if sign == tantivy.Occur.Must))


def _parsed(index: tantivy.Index, query: str) -> tantivy.Query:
    boosts = {"furniture": FURNITURE_BOOST}
    try:
        return index.parse_query(query, list(FIELDS), field_boosts=boosts, conjunction_by_default=True)
    except ValueError as error:
        raise UsageError(f"the query makes no sense: {error}; put odd signs in double quotes") from None


def _taken_apart(query: str) -> tuple[str, list[tuple[tantivy.Occur, Near]]]:
    """Return a query without its words with a tilde, and these."""
    if "~" not in _QUOTED.sub("", query):
        return query, []
    quoted = [match.span() for match in _QUOTED.finditer(query)]
    near: list[tuple[tantivy.Occur, Near]] = []
    rest, place = "", 0
    for match in _NEAR.finditer(query):
        if any(start < match.end() and match.start() < end for start, end in quoted):
            continue
        near.append(_near(match))
        rest += query[place : match.start()]
        place = match.end()
    rest += query[place:]
    plain = _QUOTED.sub("", rest)
    if _LOOSE.search(plain) or (near and _GROUPED.search(plain)):
        raise UsageError("a word with a tilde stands by itself: not in brackets, nor beside OR")
    return rest, near


def _near(match: re.Match[str]) -> tuple[tantivy.Occur, Near]:
    tokens = analyzer().analyze(match["word"])
    if len(tokens) != 1 or len(match["word"]) < SHORTEST:
        raise UsageError(f"only a word of {SHORTEST} letters or more has other spellings: {match['word']}~")
    sign = tantivy.Occur.MustNot if match["sign"] == "-" else tantivy.Occur.Must
    return sign, Near(tokens[0], int(match["most"] or 1))


def _fuzzy(schema: tantivy.Schema, near: Near) -> tantivy.Query:
    prose, furniture = (
        tantivy.Query.fuzzy_term_query(schema, field, near.token, distance=near.most) for field in FIELDS
    )
    furniture = tantivy.Query.boost_query(furniture, FURNITURE_BOOST)
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, prose), (tantivy.Occur.Should, furniture)])


def _spellings(near: Iterable[Near], texts: Iterable[str]) -> list[str]:
    """Return the stems of words in the texts that are near to what is looked for."""
    wanted, cut = tuple(near), analyzer()
    words = {word for text in texts for word in _WORD.findall(text)}
    lengths = range(min(len(one.token) - 2 for one in wanted), 40)
    tokens = {token for word in words if len(word) in lengths for token in cut.analyze(word)}
    fitting = (
        token
        for token in sorted(tokens)
        if any(OSA.distance(token, one.token, score_cutoff=one.most) <= one.most for one in wanted)
    )
    return list(fitting)[:_MARKED]
