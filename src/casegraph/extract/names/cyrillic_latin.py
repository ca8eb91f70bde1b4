"""Names in Latin letters within Russian text, told by their own words and the noun before."""

from __future__ import annotations

import bisect
from collections.abc import Iterator

from casegraph.extract.base import Analysis
from casegraph.extract.lang.data import words
from casegraph.extract.names.cyrillic_orgs import Name, over
from casegraph.extract.names.latin_words import by_form, by_words, runs

_SURE, _FAIR = 0.9, 0.8


def latin(text: str, analysis: Analysis) -> Iterator[Name]:
    """Yield runs of Latin words whose kind a legal form, a trade, a given name or the noun before tells."""
    for start, end in runs(text):
        schema = by_form(text[start:end]) or _by_noun(analysis, start)
        if schema is not None:
            yield over(analysis, start, end, schema, "latin", _SURE)
            continue
        schema = by_words(text[start:end])
        if schema is not None:
            yield over(analysis, start, end, schema, "latin", _FAIR)


def _by_noun(analysis: Analysis, start: int) -> str | None:
    before = bisect.bisect_left(analysis.start, start) - 1
    noun = analysis.lemma[before].lower() if before >= 0 and analysis.end[before] == start - 1 else ""
    if noun in words("ru", "names", "firm_words"):
        return "Company"
    return "Organization" if noun in words("ru", "names", "group_words") else None
