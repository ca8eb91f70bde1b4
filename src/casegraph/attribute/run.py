"""The stage: a parsed document in, claims out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from casegraph.attribute import VERSION
from casegraph.attribute.assemble import Assembly
from casegraph.attribute.chain import Chains
from casegraph.attribute.coreference import Discourse
from casegraph.attribute.frames import find_frames
from casegraph.attribute.lang import LANGUAGES
from casegraph.attribute.lexicon import load_lexicon
from casegraph.attribute.relations import find_relations
from casegraph.attribute.tables import find_table_claims
from casegraph.attribute.tree import Tree
from casegraph.model import Claim, Parsed, Problem, TableMapping


def run(unit: Parsed) -> Iterator[Claim | TableMapping | Problem]:
    """Yield the document's claims in the order of its pages, then those of its tables.

    Text in a language without a lexicon is a problem of the document, not a silence.
    """
    pages = {page.number: page for page in unit.pages}
    discourses: dict[str, Discourse] = {}
    seen: Counter[str] = Counter()
    for parse in unit.parses:
        if parse.language not in LANGUAGES:
            yield Problem(
                code="attribute.language-unsupported", subject=unit.document.id,
                detail=f"page {parse.page}: no reporting cues for language {parse.language!r}",
            )  # fmt: skip
            continue
        page = pages[parse.page]
        lexicon = load_lexicon(parse.language)
        tree = Tree(page, parse)
        mentions = [m for m in unit.mentions if m.target.page == page.number]
        discourse = discourses.setdefault(parse.language, Discourse(lexicon))
        chains = Chains(unit.document, page, tree, lexicon, discourse)
        frames = [frame for frame in find_frames(page, tree, lexicon) if not chains.leads(frame)]
        discourse.enter(tree, mentions)
        discourse.spoke(frame.head for frame in frames if frame.head is not None)
        relations = find_relations(page, tree, mentions, discourse)
        assembly = Assembly(page, tree, lexicon, chains, (f"attribute.{parse.language}", VERSION), seen)
        yield from assembly.claims(frames, relations)
    yield from find_table_claims(unit)
