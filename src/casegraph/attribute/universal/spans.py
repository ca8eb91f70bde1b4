"""Attributions as they are found, and the spans of their source and cue."""

from __future__ import annotations

from dataclasses import dataclass, field

from casegraph.attribute.base import Span
from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Stance

_GROUP = frozenset({"aux", "cop"})


@dataclass(slots=True, eq=False)
class Frame:
    """An attribution by its words: `anchor` carries the cue, `head` heads the source, `root` the content."""

    anchor: Token | None
    head: Token | None
    source: Span | None
    cue: Span | None
    content: list[Span]
    stance: Stance
    make: str
    root: Token | None = None
    report: Frame | None = None
    hedges: list[str] = field(default_factory=list)

    def start(self) -> int:
        """Return the first character of source, cue or content."""
        spans = [*self.content, *(span for span in (self.source, self.cue) if span)]
        return min(start for start, _ in spans)


def cue_span(tree: Tree, word: Token, lexicon: Lexicon, also: tuple[Token, ...] = ()) -> Span:
    """Return the cue word with the auxiliaries and the negation beside it."""
    group = {word.i, *(token.i for token in also)}
    group |= {c.i for c in word.children if c.dep in _GROUP or lexicon.has("words.negation", c.lower)}
    first = last = word.i
    while first - 1 in group:
        first -= 1
    while last + 1 in group:
        last += 1
    for token in also:
        first, last = min(first, token.i), max(last, token.i)
    return tree.tokens[first].start, tree.tokens[last].end


def source_span(tree: Tree, head: Token, drop: tuple[Token, ...] = ()) -> Span:
    """Return the noun phrase around its head, without its preposition and without the cue's own words."""
    if head.pos in {"PRON", "DET"}:
        return head.start, head.end
    without = [*drop, *head.kids("case", "parataxis", "cc", "mark", "cop")]
    kept = [
        token for token in head.subtree(drop=without) if not (token.pos == "PUNCT" and token.text in "—–-:")
    ]
    return tree.run(head, kept)
