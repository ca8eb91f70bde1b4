"""Who a source is: its name, whether it is named at all, and how many it stands for."""

from __future__ import annotations

import re

from casegraph.attribute.base import NOBODY, Filler, Speaker
from casegraph.attribute.english.coreference import Discourse
from casegraph.attribute.english.fitting import documents_before
from casegraph.attribute.english.spans import Frame
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.lexicon import Lexicon
from casegraph.model import Count
from casegraph.text import fold_blanks

_DETERMINER = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


_SOME = frozenset(
    {"a", "an", "some", "any", "another", "one", "most", "many", "several", "no", "every", "each"}
)


def identify(frame: Frame, tree: Tree, discourse: Discourse, lexicon: Lexicon) -> Speaker:
    """Return who the frame's source is, resolved where the text allows, else its words."""
    head = frame.head
    if head is None or frame.source is None:
        return NOBODY if not frame.carried and head is None else _shared(frame, tree, discourse, lexicon)
    words = fold_blanks(tree.text[frame.source[0] : frame.source[1]])
    return _speaker(head, words, discourse, lexicon)


def _shared(frame: Frame, tree: Tree, discourse: Discourse, lexicon: Lexicon) -> Speaker:
    head = frame.head
    if head is None:
        return NOBODY
    start, end = tree.tokens[head.left_edge].start, tree.tokens[head.right_edge].end
    if frame.anchor is not None and start <= frame.anchor.start < end:
        start, end = head.start, head.end
    return _speaker(head, fold_blanks(tree.text[start:end]), discourse, lexicon)


def _speaker(head: Token, words: str, discourse: Discourse, lexicon: Lexicon) -> Speaker:
    joined = [child for child in head.children if child.dep == "conj"]
    count = _count(head, joined, lexicon)
    if joined:
        return Speaker(words, None, unnamed=_is_unnamed(head, discourse, lexicon), count=count)
    found = discourse.name(head)
    if found is not None and not _is_only_part(head, found):
        people = head.tag in {"NNPS", "NNS"} and head.entity == "NORP"  # "Republicans", "Finns"
        one = Count(minimum=1, maximum=1)
        return Speaker(found.name, found.mention, unnamed=people, count=count if people else one)
    if head.tag in {"WP", "WDT"}:
        antecedent = _antecedent(head)
        if antecedent is not None:
            unnamed = _is_unnamed(antecedent, discourse, lexicon)
            discourse.remember(antecedent, _phrase(antecedent, head), unnamed=unnamed)
            return Speaker(
                _phrase(antecedent, head), None, unnamed=unnamed,
                count=_count(antecedent, [], lexicon),
            )  # fmt: skip
    document = documents_before(head, lexicon)
    if document is not None:
        return Speaker(_phrase(document, head), None, unnamed=True, count=_count(document, [], lexicon))
    earlier = discourse.phrase(head)
    if earlier is not None:
        return Speaker(
            earlier.words, None, unnamed=earlier.unnamed, count=_count_words(earlier.words, lexicon) or count
        )
    unnamed = _is_unnamed(head, discourse, lexicon)
    if head.pos in {"NOUN", "PROPN"}:
        discourse.remember(head, words, unnamed=unnamed)
    return Speaker(words, None, unnamed=unnamed, count=count)


def _is_only_part(head: Token, found: Filler) -> bool:
    """Return whether a place was found where its name is only part of a body's: "Service Alberta"."""
    if found.schema != "Address":
        return False
    if head.pos == "NOUN":
        return found.start != head.start
    return head.end == found.end and any(
        c.dep == "compound" and c.pos == "PROPN" and c.end <= found.start for c in head.children
    )


def _antecedent(relative: Token) -> Token | None:
    for up in relative.ancestors():
        if up.dep == "relcl":
            return up.head
    return None


def _phrase(head: Token, relative: Token) -> str:
    """Return the antecedent's words up to its relative clause."""
    tokens = [head]
    for child in head.children:
        if child.left_edge <= relative.i <= child.right_edge or child.dep in {"punct", "appos"}:
            continue
        tokens += _subtree(child)
    tokens.sort(key=lambda token: token.i)
    text = ""
    for token in tokens:
        glued = token.text in {"'s", "’s", "-"} or text.endswith("-")
        text += token.text if glued or not text or token.text == "," else f" {token.text}"
    return text.rstrip(" ,")


def _subtree(token: Token) -> list[Token]:
    found, todo = [], [token]
    while todo:
        here = todo.pop()
        found.append(here)
        todo += here.children
    return found


def _is_unnamed(head: Token, discourse: Discourse, lexicon: Lexicon) -> bool:
    """Return whether no name and no office tells who the source is."""
    words = lexicon.words
    if head.pos == "PRON" or head.tag == "CD" or head.lower in words["words.unnamed_pronouns"]:
        return head.tag == "CD" or head.lower in words["words.unnamed_pronouns"]
    determiner = head.child("det")
    definite = determiner is not None and determiner.lower in {"the", "this", "that"}
    if head.pos == "PROPN" or (definite and head.lemma in words["nouns.outlets"]):
        return False
    if any(discourse.name(child) is not None for child in head.children if child.dep == "appos"):
        return False
    bare = determiner is None and head.child("poss") is None
    if head.lemma in words["phrases.documents"]:
        inside = any(t.pos == "PROPN" for t in _subtree(head) if t is not head)
        return not (definite or inside) or (bare and head.tag == "NNS")
    return _is_described(head, lexicon, definite=definite, bare=bare)


def _is_described(head: Token, lexicon: Lexicon, *, definite: bool, bare: bool) -> bool:
    """Return whether a common noun leaves open who of its kind is meant."""
    words, plural = lexicon.words, head.tag == "NNS"
    only = head.child("poss") is not None or (definite and head.lemma in words["nouns.headline_people"])
    if (only and not plural) or head.lemma.startswith("spokes"):
        return False  # "his lawyer", "the senator": there is one; "a spokesman for the firm": the firm speaks
    if head.lemma in words["sources.unnamed"]:
        return True
    if head.lemma in words["sources.offices"]:
        return bare and plural and head.lower != head.lemma  # "police" is one
    determiner, numeral = head.child("det"), head.child("nummod")
    some = determiner is not None and determiner.lower in _SOME
    return some or (determiner is None and numeral is not None) or (bare and plural)


def _count(head: Token, joined: list[Token], lexicon: Lexicon) -> Count | None:
    plural = head.tag in {"NNS", "NNPS"}
    if joined:
        number = 1 + len(joined)
        several = plural or any(token.tag in {"NNS", "NNPS"} for token in joined)
        return Count(minimum=number, maximum=None if several else number)
    numeral = head.child("nummod")
    if numeral is not None and head.lemma not in {"percent", "%"}:
        value = lexicon.cardinals.get(numeral.lower)
        if value is None and numeral.text.isdigit():
            value = int(numeral.text)
        if value is not None:
            least = any(child.lower in {"least", "than"} for child in numeral.children)
            return Count(minimum=value, maximum=None if least else value)
    if head.lower in lexicon.cardinals:
        return Count(minimum=lexicon.cardinals[head.lower], maximum=lexicon.cardinals[head.lower])
    if plural or head.lower in lexicon.words["words.plural_pronouns"]:
        return Count(minimum=2, maximum=None)
    return Count(minimum=1, maximum=1)


def _count_words(words: str, lexicon: Lexicon) -> Count | None:
    first = _DETERMINER.sub("", words).split(" ", 1)[0].lower()
    number = lexicon.cardinals.get(first)
    return Count(minimum=number, maximum=number) if number is not None else None
