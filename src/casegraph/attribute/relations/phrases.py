"""From head tokens to the names and words that fill roles."""

from __future__ import annotations

from collections.abc import Sequence

from casegraph.attribute.relations.base import Filler, Referents
from casegraph.attribute.relations.senses import Senses
from casegraph.attribute.tree import Token, Tree

_PREMODIFIERS = frozenset({"compound", "amod", "nmod", "npadvmod", "poss", "advmod"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_LOOSE_DEPS = frozenset(
    {"nsubj", "nsubjpass", "dobj", "pobj", "appos", "prep", "npadvmod", "conj", "oprd", "attr", "dep", "ROOT", "dative"}
)
_CLOSERS = frozenset({",", ".", ";", ":", ")", "—", "–", "-", "”", '"', "?", "!", "and"})
_FEW = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "both": 2}
_LEADING_TAGS = frozenset({"DT", "PDT", "PRP$", "``", "''", "POS"})
_DEPTH = 5


class Phrases:
    """Names and noun phrases of one page."""

    def __init__(self, tree: Tree, senses: Senses, referents: Referents) -> None:
        self.tree = tree
        self.senses = senses
        self.referents = referents
        self.words = senses.grammar.words
        self.classes = senses.grammar.classes

    # -- which heads -------------------------------------------------------------------------

    def heads(self, token: Token, depth: int = 0) -> list[Token]:
        """Return the heads that the words stand for: antecedents, what a part is of, each conjunct."""
        found: list[Token] = []
        conjuncts = self._conjuncts(token)
        for conjunct in conjuncts:
            listed = self._listed(conjunct)
            if listed is not None:
                found.extend(self.heads(listed, depth + 1) if depth <= _DEPTH else [listed])
                continue
            inner = self.inner(conjunct)
            if inner is conjunct or depth > _DEPTH:
                found.append(inner)
            else:
                found.extend(self.heads(inner, depth + 1))
        return list(dict.fromkeys(found))

    def _listed(self, token: Token) -> Token | None:
        """Return the first of the names that a plural noun is said to include ("brands such as X, Y")."""
        if token.tag != "NNS":
            return None
        for child in token.children:
            if child.dep == "prep" and child.lower in {"including", "as"} and child.i > token.i:
                if child.lower == "as" and not any(c.lower == "such" for c in child.children):
                    continue
                first = child.child("pobj")
                if first is not None and self.senses.is_proper(first):
                    return first
        return None

    def inner(self, token: Token) -> Token:
        """Return the antecedent of a relative pronoun or the object of a partitive, else the token."""
        if token.tag in _RELATIVE or (token.lower == "that" and token.pos in {"PRON", "SCONJ"}):
            antecedent = self.antecedent(token)
            return antecedent if antecedent is not None else token
        if token.pos == "NUM" or (token.lemma in self.classes["partitive"] and token.pos != "PROPN"):
            link = next((c for c in token.children if c.dep == "prep" and c.lower == "of"), None)
            if link is None and token.lemma in self.classes["share"]:
                link = next((c for c in token.children if c.dep == "prep" and c.lower == "in"), None)
            pobj = link.child("pobj") if link is not None else None
            if pobj is not None:
                return pobj
            owner = token.child("poss") if token.lemma in self.classes["share"] else None
            if owner is not None:  # "25 percent of its shares"
                return owner
        return token

    @staticmethod
    def antecedent(token: Token) -> Token | None:
        """Return the noun that the relative clause of a relative pronoun modifies."""
        for up in token.ancestors():
            if up.dep == "relcl":
                return up.head
            if up.dep in {"ccomp", "ROOT"} and up.pos in {"VERB", "AUX"}:
                return None
        return None

    def _conjuncts(self, token: Token) -> list[Token]:
        found = [token]
        for child in token.children:
            if child.dep == "conj" and child.pos in _NOMINAL and child.i > token.i:
                if self.joined(token, child):
                    continue
                found.extend(self._conjuncts(child))
        named = [other for other in found[1:] if self.senses.is_proper(other)]
        if named and len(named) == len(found) - 1 and not self.senses.is_proper(token):
            count = _FEW.get(token.lower) or next((_FEW.get(c.lower, 0) for c in token.children), 0)
            if count == len(named):
                return named  # "two of his companies, Drina Export and Kalem Konsalting"
        return found

    def joined(self, token: Token, conjunct: Token) -> bool:
        """Return whether "&" or one mention makes a single name of two conjuncts."""
        mention = self.senses.mention(token)
        if mention is not None and mention is self.senses.mention(conjunct):
            return True
        return any(t.text == "&" for t in self.tree.tokens[token.i : conjunct.i])

    # -- names beside nouns --------------------------------------------------------------------

    def apposed(self, noun: Token) -> Token | None:
        """Return the head of the name that stands for a common noun: apposition, title, "called X"."""
        proper = self.senses.is_proper
        if proper(noun):
            return None
        named = self.real_name(noun) or self.alias(noun)
        if named is not None:
            return named
        head = noun.head
        if noun.dep == "appos" and proper(head) and head.i < noun.i:
            return head
        for child in noun.children:
            if child.dep == "appos" and proper(child):
                return child
        if noun.dep == "appos" and head is not noun and head.i < noun.i:
            if head.pos == "NOUN" and not self._has_possessor(noun):
                return self.apposed(head)
        if noun.dep == "attr" and head.lemma == "be" and any(c.lower in {"a", "an"} for c in noun.children):
            subject = head.child("nsubj")
            if subject is not None and proper(self.inner(subject)):
                return self.inner(subject)
        if noun.dep in {"compound", "nmod", "amod"} and proper(head) and head.i > noun.i:
            between = self.tree.tokens[noun.i + 1 : head.i]
            if all(proper(t) or t.head is head or t.dep == "punct" for t in between):
                return head
        return self._beside(noun)

    def alias(self, noun: Token) -> Token | None:
        """Return the name that a participle after the noun gives it ("a company called X")."""
        for child in noun.children:
            if child.dep == "acl" and child.lemma in self.words["naming"]:
                link = next((c for c in child.children if c.dep == "prep" and c.lower == "as"), None)
                name = child.child("oprd", "attr", "dobj", "ccomp") or (link.child("pobj") if link is not None else None)
                if name is not None and self.senses.is_proper(name):
                    return name
        return None

    def real_name(self, noun: Token) -> Token | None:
        """Return the name in "whose real name is X"."""
        known = self.alias(noun)  # "the hacker known as X, whose real name is Y": the clause may hang on X
        for child in (*noun.children, *(known.children if known is not None else ())):
            if child.dep == "relcl" and child.lemma == "be":
                subject, name = child.child("nsubj"), child.child("attr")
                if subject is not None and subject.lemma == "name" and name is not None and self.senses.is_proper(name):
                    return name
        return None

    def _beside(self, noun: Token) -> Token | None:
        """Return a name that follows the noun at once, or after a comma that another closes."""
        found = self._beside_at(noun, self.end_of_word(noun) + 1)
        if found is None:  # "a lawyer for Mr. Sandahl, Ingrid Feld,"
            for child in noun.children:
                inner = child.child("pobj") if child.dep == "prep" and child.i == noun.i + 1 else None
                if inner is not None and child.lower in {"for", "of", "at", "to"}:
                    last = self.extent(inner)[1]
                    if last + 1 < len(self.tree.tokens) and self.tree.tokens[last + 1].text == ",":
                        return self._beside_at(noun, last + 1)
        return found

    def _beside_at(self, noun: Token, place: int) -> Token | None:
        tokens = self.tree.tokens
        if place >= len(tokens) or tokens[place].sentence != noun.sentence:
            return None
        comma = tokens[place].text == ","
        if comma:
            place += 1
        if place >= len(tokens) or not self.senses.is_proper(tokens[place]):
            return None
        last = self.name_end(tokens[place])
        head = self._run_head(place, last)
        if head.dep not in _LOOSE_DEPS or head.sentence != noun.sentence:
            return None
        if head.dep in {"nsubj", "nsubjpass"} and head.head.head is noun:
            return None  # "the territory ISIL controlled"
        if not comma:
            return head if tokens[place].head is head or tokens[place] is head else None
        closed = last + 1 >= len(tokens) or tokens[last + 1].text in _CLOSERS or head.dep == "appos"
        return head if closed and self._has_possessor(noun) else None

    def _run_head(self, first: int, last: int) -> Token:
        run = self.tree.tokens[first : last + 1]
        return next((t for t in reversed(run) if not first <= t.head.i <= last or t.head is t), run[-1])

    @staticmethod
    def _has_possessor(noun: Token) -> bool:
        return any(c.dep == "poss" or (c.dep == "prep" and c.lower in {"of", "for", "at"}) for c in noun.children)

    def end_of_word(self, noun: Token) -> int:
        """Return the last token of the word: "brother-in-law" is one."""
        tokens, last = self.tree.tokens, noun.i
        while last + 2 < len(tokens) and tokens[last + 1].text == "-" and tokens[last + 1].start == tokens[last].end:
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
        if before.text in {"-", "&"}:
            return self.senses.is_proper(after)
        return self.senses.is_proper(after) or after.text == "&" or (after.text == "-" and after.start == before.end)

    # -- fillers -------------------------------------------------------------------------------

    def filler(self, token: Token) -> Filler | None:
        """Return the party or thing that the head token names; None for words that name nothing."""
        if "vague" in self.senses.nature(token):
            return None
        if token.pos not in {"PRON"}:
            beside = self.apposed(token)
            if beside is not None:
                return self.filler(beside)
        known = self._referent(token)
        if known is not None:
            return known
        if token.pos == "PRON" or token.tag in {"PRP$", "WP$"}:
            subject = self._clause_subject(token)
            return self.filler(subject) if subject is not None else None
        return self.bare(token)

    def bare(self, token: Token) -> Filler:
        """Return the words as they stand, without looking at what they refer to."""
        first, last = self.extent(token)
        while first < last and self.tree.tokens[first].tag in _LEADING_TAGS:
            first += 1
        start, end = self.tree.span(first, last)
        return Filler(start, end, self.tree.text[start:end].replace("\n", " "))

    def _referent(self, token: Token) -> Filler | None:
        """Return what the words refer to; "the Parvaz company" is a name of its own, no description."""
        bound = self._bound(token)
        if bound is not None:
            return self.filler(bound)
        if token.tag == "NNS":
            return None  # "those companies" are more than one name
        if token.pos == "NOUN" and any(self.senses.is_proper(t) for t in self.tree.tokens[self._before(token) : token.i]):
            return None
        return self.referents.name(token)

    def _bound(self, token: Token) -> Token | None:
        """Return X for the pronoun of "X and its director": a possessive in a conjunct is the first conjunct's."""
        if token.tag != "PRP$" or token.head.dep != "conj":
            return None
        first = token.head.head
        return first if self.senses.is_proper(first) and self._agrees(token, first) else None

    def _clause_subject(self, token: Token) -> Token | None:
        """Return the subject of the possessive's own clause when it is a name of the right kind."""
        if token.tag != "PRP$":
            return None
        for up in token.ancestors():
            if up.pos in {"VERB", "AUX"}:
                subject = up.child("nsubj", "nsubjpass")
                if subject is None or subject.i > token.i or subject.subtree_has(token):
                    return None
                return subject if self.senses.is_proper(subject) and self._agrees(token, subject) else None
        return None

    def _agrees(self, pronoun: Token, name: Token) -> bool:
        nature = self.senses.nature(name)
        return "person" in nature if pronoun.lower in {"his", "her"} else bool(nature & {"org", "thing"})

    def extent(self, token: Token) -> tuple[int, int]:
        """Return the tokens of the name or of the noun with what stands before it, first and last."""
        if self.senses.is_proper(token):
            return self._name_extent(token)
        first = self._before(token)
        last = self.end_of_word(token)
        if token.pos == "NOUN" and last == token.i:
            last = self._of_name(token)
        return first, last

    def _name_extent(self, token: Token) -> tuple[int, int]:
        mention = self.senses.mention(token)
        if mention is not None:
            inside = self.senses.inside(mention)
            return inside[0].i, inside[-1].i
        tokens, first, last = self.tree.tokens, token.i, token.i
        while first > 0 and self._leads(tokens[first - 1], tokens[first], token):
            first -= 1
        while last + 1 < len(tokens) and tokens[last + 1].text == "-" and self._continues(tokens[last], tokens[last + 1]):
            last = last + 2 if last + 2 < len(tokens) else last + 1
        while last + 1 < len(tokens) and token.entity and tokens[last + 1].entity == token.entity and (
            token.subtree_has(tokens[last + 1]) and tokens[last + 1].text not in {",", "'s", "’s"}
        ):  # fmt: skip
            last += 1
        return first, last

    def _leads(self, before: Token, after: Token, head: Token) -> bool:
        if before.sentence != head.sentence or self.senses.mention(before) is not None:
            return False
        if before.text in {"-", "&"}:
            return before.i > 0 and self.senses.is_proper(self.tree.tokens[before.i - 1]) and (
                before.text == "&" or before.end == after.start
            )  # fmt: skip
        if before.text in {"'s", "’s", "'", "’"}:
            return bool(head.entity) and before.entity == head.entity
        if not self.senses.is_proper(before):
            return False
        return head.subtree_has(before) or before.head.head is head or after.text in {"&", "-"}

    def _before(self, noun: Token) -> int:
        first = noun.i
        for child in reversed([c for c in noun.children if c.i < noun.i]):
            if child.right_edge + 1 != first:
                break
            hyphen = child.dep == "punct" and child.text == "-"
            if not hyphen and (child.dep not in _PREMODIFIERS or child.lower in self.classes["loose"]):
                break
            if child.dep == "amod" and any(c.dep == "npadvmod" for c in child.children):
                break  # "Madrid-based"
            if child.tag in {"PRP$", "CD", "WP$", "DT"} or (child.dep == "advmod" and child.tag != "VBN"):
                break
            first = child.left_edge
        return first

    def _of_name(self, noun: Token) -> int:
        """Return the end of "executives of Tessaly Fuels": an "of" phrase with a name belongs to the words."""
        for child in noun.children:
            if child.dep == "prep" and child.lower in {"of", "at"} and child.i == noun.i + 1:
                inner = child.child("pobj")
                if inner is not None and self.senses.is_proper(inner):
                    return self._name_extent(inner)[1]
                if inner is not None and any(self.senses.is_proper(t) for t in self.tree.tokens[inner.left_edge : inner.i]):
                    return inner.i
        return noun.i

    def located(self, token: Token) -> Token:
        """Return the named place that a place noun lies in ("a plant outside Konya", "the edge of the city of Perm")."""
        found = token
        for _ in range(_DEPTH):
            if self.senses.is_proper(found):
                return found
            inner = next(
                (c.child("pobj") for c in found.children
                 if c.dep == "prep" and c.lower in {"in", "of", "at", "outside", "near", "off"} and c.child("pobj")), None
            )  # fmt: skip
            if inner is None:
                return token
            found = inner
        return token

    def is_named(self, token: Token) -> bool:
        """Return whether the words name somebody or something, by themselves or by what they refer to."""
        if self.senses.is_proper(token) or self.apposed(token) is not None:
            return True
        if self._referent(token) is not None:
            return True
        first, last = self.extent(token)
        return any(self.senses.is_proper(t) for t in self.tree.tokens[first : last + 1])

    def fillers(self, tokens: Sequence[Token]) -> list[tuple[Token, Filler]]:
        """Return each head with what it names, those that name nothing left out, each name once."""
        found: dict[str, tuple[Token, Filler]] = {}
        for token in tokens:
            filler = self.filler(token)
            if filler is not None:
                found.setdefault(filler.name, (token, filler))
        return list(found.values())
