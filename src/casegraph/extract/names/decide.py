"""Which candidates stand, and one schema for each name of a document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from casegraph.extract.names.candidates import ACRONYM, GUESS, Candidate
from casegraph.extract.names.lexicon import Lexicon
from casegraph.extract.names.tokens import Row
from casegraph.extract.spans import Taken

# When two schemas have the same weight the earlier one stands.
_ORDER = ("PublicBody", "Company", "Organization", "Person", "Address", "Asset", "Event", "Project", "Thing")
_ALIAS = 3.0
_SURE = 1.5
_ORGANISED = frozenset(["Company", "Organization", "PublicBody"])

_MODEL = re.compile(r"(?<=[a-z]{3})[-\u2010\u2011\u2013]\w*\d\w*$")  # Garpiya-3

Votes = dict[str, dict[str, float]]


def standing(candidates: Iterable[Candidate], taken: Iterable[tuple[int, int, int]]) -> list[Candidate]:
    """Return the candidates that stand: the highest rank first, then the longest, none overlapping."""
    busy = Taken()
    for page, start, end in taken:
        busy.claim(page, start, end)
    chosen: dict[tuple[int, int, int], Candidate] = {}
    for one in sorted(
        candidates, key=lambda found: (-found.rank, found.start - found.end, found.row.page, found.start)
    ):
        place = (one.row.page, one.start, one.end)
        if place in chosen:
            _merge(chosen[place], one)
        elif busy.claim(*place):
            chosen[place] = one
    return sorted(chosen.values(), key=lambda found: (found.row.page, found.start))


def _merge(into: Candidate, other: Candidate) -> None:
    """Add the votes of another rule for the same span."""
    for schema, weight in other.votes.items():
        into.votes[schema] = into.votes.get(schema, 0.0) + weight
    into.country = into.country or other.country


def tally(candidates: Iterable[Candidate]) -> Votes:
    """Return the document's votes by name."""
    votes: Votes = {}
    for one in candidates:
        mine = votes.setdefault(one.key, {})
        for schema, weight in one.votes.items():
            mine[schema] = mine.get(schema, 0.0) + weight
    return votes


def best(votes: dict[str, float]) -> str:
    """Return the schema with the most votes."""
    return max(votes, key=lambda schema: (votes[schema], -_ORDER.index(schema)))


def aliases(votes: Votes, lexicon: Lexicon) -> dict[str, str]:
    """Return short forms with the full name that they stand for: surnames, a firm's distinctive words.

    A short form of two different names stands for neither.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, mine in votes.items():
        schema = best(mine)
        if mine[schema] < _SURE:
            continue
        words = name.split()
        if schema == "Person" and len(words) > 1:
            found[words[-1]].add(name)
            if words[-1][0].islower():  # "al-Assad" is "Assad" too
                found[words[-1].rpartition("-")[2]].add(name)
        if schema == "Asset" and _MODEL.search(name):
            found[_MODEL.sub("", name)].add(name)
        if schema in {"Company", "Organization"} and len(words) > 1:
            for short in _short_forms(words, lexicon):
                found[short].add(name)
    return {
        short: min(names, key=lambda name: (-len(name), name))
        for short, names in sorted(found.items())
        if len({_schema_of(name, votes) for name in names}) == 1
    }


def _schema_of(name: str, votes: Votes) -> str:
    return best(votes[name])


def _short_forms(words: list[str], lexicon: Lexicon) -> Iterator[str]:
    """Yield a firm's name without its legal form, then without trade words, then its first or last word."""
    core = [word for word in words if word not in lexicon.legal and word != ","]
    if 0 < len(core) < len(words):
        yield " ".join(core)
    bare = list(core)
    while len(bare) > 1 and bare[-1] in lexicon.designators:
        bare.pop()
    if bare and bare != core:
        yield " ".join(bare)
    for word in (bare[0], bare[-1]) if bare else ():
        if len(word) > 2 and word not in lexicon.designators and word[0].isupper():
            yield word


def apply_aliases(candidates: Iterable[Candidate], votes: Votes, short: dict[str, str]) -> None:
    """Add to each short form the votes of the name that it stands for."""
    everyone = list(candidates)
    placed = {one.key for one in everyone if one.country}  # a city or a people of that name
    for key in sorted({one.key for one in everyone} - placed):
        full = short.get(key)
        if full is None or full == key:
            continue
        schema = best(votes[full])
        mine = votes[key]
        if schema in _ORGANISED:  # a bare "Kestrel" cannot know better what kind of organisation it is
            mine[schema] = mine.get(schema, 0.0) + sum(
                mine.pop(other, 0.0) for other in _ORGANISED - {schema}
            )
        mine[schema] = max(mine.values(), default=0.0) + _ALIAS


def repeats(
    rows: Iterable[Row], votes: Votes, short: dict[str, str], lexicon: Lexicon
) -> Iterator[Candidate]:
    """Propose every further occurrence of a name that is sure, and of its short forms."""
    names = {name: mine for name, mine in votes.items() if max(mine.values()) >= _SURE}
    forms = {tuple(name.split()): best(mine) for name, mine in names.items()}
    for alias, full in short.items():
        if full in names and alias not in lexicon.never:
            forms.setdefault(tuple(alias.split()), best(votes[full]))
    heads: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for form in sorted(forms, key=lambda words: (-len(words), words)):
        heads[form[0]].append(form)
    for row in rows:
        for token, word in enumerate(row.word):
            for form in heads.get(word, ()):
                last = token + len(form)
                if last > len(row.word):
                    continue
                if tuple(row.text(token, last).split()) == form or tuple(row.word[token:last]) == form:
                    if _may_repeat(row, token, form):
                        yield Candidate(
                            row, row.start[token], row.end[last - 1], ACRONYM, "repeat", {forms[form]: 1.0}
                        )
                    break


def with_repeats(
    stand: list[Candidate], more: Iterable[Candidate], taken: Iterable[tuple[int, int, int]]
) -> list[Candidate]:
    """Return what stands with the repeats that fall on free words or on mere guesses."""
    sure = [one for one in stand if one.rank != GUESS]
    spans = [(one.row.page, one.start, one.end) for one in sure]
    again = standing(more, [*taken, *spans])
    spans = [(one.row.page, one.start, one.end) for one in [*sure, *again]]
    rest = standing([one for one in stand if one.rank == GUESS], spans)
    return sorted([*sure, *again, *rest], key=lambda found: (found.row.page, found.start))


def _may_repeat(row: Row, token: int, form: tuple[str, ...]) -> bool:
    """Keep a short form from catching a common word at the start of a sentence."""
    if len(form) > 1 or not row.parsed or not row.initial[token]:
        return True
    return row.tag[token] in {"NNP", "NNPS", ""}
