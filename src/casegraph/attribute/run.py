"""The stage: a parsed document in, its claims out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from casegraph.attribute import VERSION
from casegraph.attribute.answers import find_answered_claims
from casegraph.attribute.assemble import Assembly
from casegraph.attribute.base import Reader
from casegraph.attribute.chain import Chains
from casegraph.attribute.lang import LANGUAGES, grammar
from casegraph.attribute.papers import Papers
from casegraph.attribute.tables import find_table_claims
from casegraph.model import Claim, MadeBy, Parsed, Problem, TableMapping


def run(unit: Parsed) -> Iterator[Claim | TableMapping | Problem]:
    """Yield the document's claims in the order of its pages, those of its tables, those that models read.

    Text in a language without a grammar is a problem of the document, not a silence.
    """
    seen: Counter[str] = Counter()
    made: list[Claim] = []
    for record in _by_rules(unit, seen):
        if unit.answers and isinstance(record, Claim):
            made.append(record)
        yield record
    if unit.answers:
        yield from find_answered_claims(unit, made, seen)


def _by_rules(unit: Parsed, seen: Counter[str]) -> Iterator[Claim | TableMapping | Problem]:
    pages = {page.number: page for page in unit.pages}
    readers: dict[str, Reader] = {}
    papers: dict[str, Papers] = {}
    for parse in unit.parses:
        if parse.language not in LANGUAGES:
            yield Problem(
                code="attribute.language-unsupported", subject=unit.document.id,
                detail=f"page {parse.page}: no reporting cues for language {parse.language!r}",
            )  # fmt: skip
            continue
        if parse.language not in readers:
            readers[parse.language] = grammar(parse.language).open(unit.document)
        page = pages[parse.page]
        mentions = [m for m in unit.mentions if m.target.page == page.number]
        chains = Chains(unit.document, page)
        found = readers[parse.language].read(page, parse, mentions, chains.leads)
        forms = papers.setdefault(parse.language, Papers(parse.language))
        found = replace(found, relations=forms.read(page, mentions, found.relations))
        maker = MadeBy(extractor=f"attribute.{parse.language}", version=VERSION, score=0.0)
        yield from Assembly(page, chains, maker, seen).claims(found)
    yield from find_table_claims(unit)
