"""Where sources, cues and contents begin and end."""

from __future__ import annotations

from dataclasses import dataclass, field

from casegraph.attribute.base import Span
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.quotes import Quotations
from casegraph.attribute.trim import trim
from casegraph.model import Stance
from casegraph.text import after_lead


@dataclass(slots=True)
class Frame:
    """One attribution as it stands on the page: characters of source, cue and content.

    `anchor` is the cue word's token (None where a quotation goes on without a cue), `head` the
    source's head noun or pronoun. `carried` marks a source taken over from a sentence before.
    """

    anchor: Token | None
    head: Token | None
    source: Span | None
    cue: Span | None
    content: list[Span]
    stance: Stance
    frame: str
    group: str = ""
    carried: bool = False
    block: int = 0
    hedges: list[str] = field(default_factory=list)
    report: Frame | None = None  # of one who is cited: the frame of whoever cites

    def start(self) -> int:
        """Return the first character of the whole attribution."""
        spans = [*self.content, *(span for span in (self.source, self.cue) if span)]
        return min(start for start, _ in spans)


def tokens_span(tree: Tree, first: int, last: int) -> Span | None:
    """Return the trimmed characters of tokens first..last (last included)."""
    if last < first:
        return None
    start, end = tree.span(first, last)
    return trim(tree.text, (after_lead(tree.text, start, end), end))


def before_semicolon(tree: Tree, first: int, last: int, quotations: Quotations) -> int:
    """Return the last token of a content that goes on after its cue: a semicolon ends it."""
    for token in tree.tokens[first : last + 1]:
        if token.text == ";" and quotations.at(token.start) is None:
            return token.i - 1
    return last


def snap(span: Span, quotations: Quotations, anchor: Token) -> Span:
    """Return the span grown to whole quotations, unless the cue stands in the same quotation."""
    start, end = span
    for quotation in quotations.within(start, end):
        if quotation.holds(anchor.start):
            continue
        start = min(start, quotation.start)
        end = max(end, quotation.end)
    return start, end


def verb_group(tree: Tree, verb: Token) -> tuple[int, int]:
    """Return the token range of a verb with its auxiliaries, negation, particle and adverbs between."""
    members = {verb.i}
    inner = {"aux", "auxpass", "neg"}
    members.update(child.i for child in verb.children if child.dep in inner and child.i < verb.i)
    first = min(members)
    for i in range(first, verb.i):
        token = tree.tokens[i]
        if (
            i in members
            or token.dep in {"advmod", "neg", "preconj"}
            or (token.head.i in members and token.pos == "ADV")
        ):
            continue
        return verb.i, _particle(tree, verb)
    return first, _particle(tree, verb)


def _particle(tree: Tree, verb: Token) -> int:
    after = verb.i + 1
    if after < len(tree.tokens) and tree.tokens[after].dep == "prt" and tree.tokens[after].head is verb:
        return after
    return verb.i


def noun_phrase(tree: Tree, head: Token, without: Token | None = None) -> tuple[int, int]:
    """Return the token range of a noun phrase, cut before the clause that holds `without`."""
    first, last = _phrase_start(tree, head), _phrase_end(tree, head)
    last = next(
        (i - 1 for i in range(head.i + 1, last) if tree.text.startswith(_OPENS, tree.tokens[i].start)), last
    )
    if without is None or not first <= without.i <= last:
        return first, last
    if without.i > head.i:
        cut = next(
            (child.left_edge for child in head.children if child.left_edge <= without.i <= child.right_edge),
            without.i,
        )
        if cut <= head.i:
            cut = without.i
        return first, cut - 1
    return head.i, last


_OPENS = (': "', ": “", ", “", ', "')  # no source goes on past what it is quoted with
# Participles that tell how somebody was asked, not who he is: "Petkov, reached by telephone, said".
_REDUCED = frozenset({("acl", "VBN"), ("acl", "VBD"), ("relcl", "VBN")})
_REACHED = frozenset({"reach", "ask", "contact", "speak", "quote", "cite", "interview", "question", "press"})


def _phrase_start(tree: Tree, head: Token) -> int:
    """Return the first token without what only stands before the phrase ("Today in Riga, the minister")."""
    first = head.left_edge
    for child in head.children:
        if child.i > head.i:
            break
        fronted = child.dep in {"npadvmod", "prep", "advmod", "advcl", "nmod"} and child.left_edge == first
        after = tree.tokens[child.right_edge + 1]
        if fronted and after.text == "," and after.i < head.i:
            first = after.i + 1
    return first


def _beside(child: Token, tree: Tree) -> bool:
    """Return whether commas set the phrase off: "Wheeler, in a blog post, wrote", "Warren, for her part,"."""
    noun = child.child("pobj")
    if child.dep != "prep" or noun is None or tree.tokens[child.left_edge - 1].text != ",":
        return False
    return child.lower in _SET_OFF or (child.lower == "for" and noun.lemma in {"part", "once", "now"})


_SET_OFF = frozenset(
    {"in", "on", "at", "during", "after", "before", "through", "via", "amid", "despite", "unlike", "like"}
)


def _tells_when(child: Token) -> bool:
    """Return whether the phrase is a time hung on a noun: "the campaign on Monday accused"."""
    noun = child.child("pobj")
    if child.dep == "npadvmod":
        return child.entity in {"DATE", "TIME"}
    return (
        child.dep == "prep" and child.lower == "on" and noun is not None and noun.entity in {"DATE", "TIME"}
    )


def _phrase_end(tree: Tree, head: Token) -> int:
    for child in head.children:
        if child.i < head.i or child.lower in {"here", "there", "close"}:
            continue
        reached = child.lemma in _REACHED and (child.dep, child.tag) in _REDUCED
        aside = reached or child.dep in {"advcl", "advmod"} or _tells_when(child) or _beside(child, tree)
        if aside and child.left_edge > head.i:
            return child.left_edge - 1
    return head.right_edge
