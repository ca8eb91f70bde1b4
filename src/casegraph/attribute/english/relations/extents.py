"""How far a name or a noun's words reach."""

from __future__ import annotations

from casegraph.attribute.english.relations.misread import lost_subject
from casegraph.attribute.english.relations.senses import Senses
from casegraph.attribute.english.tree import Token

_PREMODIFIERS = frozenset({"compound", "amod", "nmod", "npadvmod", "poss", "advmod"})
_NOT_PREMODIFIERS = frozenset({"PRP$", "CD", "WP$", "DT"})  # tags of what counts and points, not names
_GENITIVES = frozenset({"'s", "’s", "'", "’"})
_JOINTS = frozenset({"-", "&"})


class Extents:
    """Spans of tokens, first and last, around heads."""

    def __init__(self, senses: Senses) -> None:
        self.senses = senses
        self.tree = senses.tree
        self.loose = senses.grammar.classes["loose"]

    def of(self, token: Token) -> tuple[int, int]:
        """Return the tokens of the name or of the noun with what stands before it, first and last."""
        if self.senses.is_proper(token):
            return self._name(token)
        last = self.end_of_word(token)
        if token.pos == "NOUN" and last == token.i:
            last = self._of_name(token)
        return self.before(token), last

    def before(self, noun: Token) -> int:
        """Return the first of the words that belong to a noun: no article, no number, no judgement."""
        first = noun.i
        for child in reversed([c for c in noun.children if c.i < noun.i]):
            if child.right_edge + 1 != first or not self._belongs(child):
                break
            first = child.left_edge
        return first

    def _belongs(self, child: Token) -> bool:
        if child.dep == "punct":
            return child.text == "-"
        if child.dep not in _PREMODIFIERS or child.lower in self.loose or child.tag in _NOT_PREMODIFIERS:
            return False
        if child.dep == "amod" and any(c.dep == "npadvmod" for c in child.children):
            return False  # "Madrid-based"
        if lost_subject(child, self.senses) is not None:
            return False  # "Lantos Ltd smuggled microchips", read as one phrase
        return child.dep != "advmod" or child.tag == "VBN"

    def _name(self, token: Token) -> tuple[int, int]:
        mention = self.senses.mention(token)
        if mention is not None:
            inside = self.senses.inside(mention)
            return inside[0].i, inside[-1].i
        tokens, first, last = self.tree.tokens, token.i, token.i
        while first > 0 and self._leads(tokens[first - 1], tokens[first], token):
            first -= 1
        while (
            last + 2 < len(tokens)
            and tokens[last + 1].text == "-"
            and self._continues(tokens[last], tokens[last + 1])
        ):
            last += 2
        while last + 1 < len(tokens) and self._labelled(token, tokens[last + 1]):
            last += 1
        return first, last

    @staticmethod
    def _labelled(head: Token, after: Token) -> bool:
        """Return whether the parser's label carries a name on past its head ("Bank of Tessaly")."""
        if not head.entity or after.entity != head.entity:
            return False
        return head.subtree_has(after) and after.text != "," and after.text not in _GENITIVES

    def _leads(self, before: Token, after: Token, head: Token) -> bool:
        if before.sentence != head.sentence or self.senses.mention(before) is not None:
            return False
        if before.text in _JOINTS:
            joined = before.text == "&" or before.end == after.start
            return joined and before.i > 0 and self.senses.is_proper(self.tree.tokens[before.i - 1])
        if before.text in _GENITIVES:
            return bool(head.entity) and before.entity == head.entity
        if not self.senses.is_proper(before):
            return False
        return head.subtree_has(before) or before.head.head is head or after.text in _JOINTS

    def _of_name(self, noun: Token) -> int:
        """Return the end of "executives of Tessaly Fuels": an "of" phrase with a name is part of it."""
        proper = self.senses.is_proper
        for child in noun.children:
            inner = child.child("pobj") if child.dep == "prep" and child.lower in {"of", "at"} else None
            if inner is None or child.i != noun.i + 1:
                continue
            if proper(inner):
                return self._name(inner)[1]
            if any(proper(t) for t in self.tree.tokens[inner.left_edge : inner.i]):
                return inner.i
        return noun.i

    def end_of_word(self, noun: Token) -> int:
        """Return the last token of the word: "brother-in-law" is one."""
        tokens, last = self.tree.tokens, noun.i
        while (
            last + 2 < len(tokens)
            and tokens[last + 1].text == "-"
            and tokens[last + 1].start == tokens[last].end
        ):
            last += 2
        return last

    def name_end(self, token: Token) -> int:
        """Return the last token of the name that the token begins."""
        tokens = self.tree.tokens
        mention = self.senses.mention(token)
        if mention is not None:
            return self.senses.inside(mention)[-1].i
        last = token.i
        while last + 1 < len(tokens) and self._continues(tokens[last], tokens[last + 1]):
            last += 1
        return last

    def _continues(self, before: Token, after: Token) -> bool:
        if after.sentence != before.sentence or self.senses.mention(after) is not None:
            return False
        if self.senses.is_proper(after):
            return True
        if before.text in _JOINTS:
            return False
        return after.text == "&" or (after.text == "-" and after.start == before.end)

    def run_head(self, first: int, last: int) -> Token:
        """Return the token of a run that hangs outside it."""
        run = self.tree.tokens[first : last + 1]
        return next((t for t in reversed(run) if not first <= t.head.i <= last or t.head is t), run[-1])
