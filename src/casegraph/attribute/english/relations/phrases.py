"""From head tokens to the names and words that fill roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casegraph.attribute.base import Filler
from casegraph.attribute.english.relations.antecedents import Antecedents
from casegraph.attribute.english.relations.appositions import Appositions
from casegraph.attribute.english.relations.base import Referents
from casegraph.attribute.english.relations.extents import Extents
from casegraph.attribute.english.relations.senses import Senses
from casegraph.attribute.english.tree import Token, Tree

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_FEW = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "both": 2}
_LEADING = frozenset({"DT", "PDT", "PRP$", "``", "''", "POS"})
_WHERE = frozenset({"in", "of", "at", "outside", "near", "off"})
_INCLUDING = frozenset({"include", "comprise"})
_DEPTH = 5
_OR = frozenset({"and", "or"})


class Phrases:
    """Names and noun phrases of one page."""

    def __init__(self, tree: Tree, senses: Senses, referents: Referents) -> None:
        self.tree = tree
        self.senses = senses
        self.referents = referents
        self.extents = Extents(senses)
        self.names = Appositions(self.extents)
        self.antecedents = Antecedents(senses)
        self.words = senses.grammar.words
        self.classes = senses.grammar.classes
        self._fillers: dict[int, Filler | None] = {}

    # -- which heads -------------------------------------------------------------------------

    def heads(self, token: Token, depth: int = 0) -> list[Token]:
        """Return the heads that the words stand for: antecedents, what a part is of, each conjunct."""
        found: list[Token] = []
        for conjunct in self._conjuncts(token):
            inner = self._listed(conjunct) or self.inner(conjunct)
            if inner is conjunct or depth > _DEPTH:
                found.append(inner)
            else:
                found.extend(self.heads(inner, depth + 1))
        return list(dict.fromkeys(found))

    def _listed(self, token: Token) -> Token | None:
        """Return the first name that a plural noun stands for ("brands such as X, Y", "firms: X, Y")."""
        if token.tag != "NNS" and token.lower != "those":
            return None
        such = any(child.lower == "such" for child in token.children)
        for child in token.children:
            alike = such or any(inner.lower == "such" for inner in child.children)
            leads = child.lower in {"including", "like"} or (child.lower == "as" and alike)
            if child.dep == "prep" and leads:
                first = child.child("pobj")
                if first is not None and self.senses.is_proper(first):
                    return first
        named = next((c for c in token.children if c.dep == "appos" and self.senses.is_proper(c)), None)
        if named is not None and any(c.dep in {"conj", "appos"} for c in named.children):
            return named
        return self._included(token)

    def _included(self, token: Token) -> Token | None:
        """Return X of "those ... include X and Y", "among those ... are X and Y"."""
        head = token.head
        if token.lower != "those" and not self.senses.nature(token) & {"person", "org"}:
            return None
        if token.dep == "nsubj" and head.lemma in _INCLUDING:
            return head.child("dobj")
        if token.dep == "pobj" and head.lower == "among" and head.head.lemma == "be":
            return head.head.child("nsubj", "attr")
        return None

    def inner(self, token: Token) -> Token:
        """Return the antecedent of a relative pronoun or the object of a partitive, else the token."""
        if token.tag in _RELATIVE or (token.lower == "that" and token.pos in {"PRON", "SCONJ"}):
            return self.antecedent(token) or token
        if token.pos == "NUM" or (token.lemma in self.classes["partitive"] and token.pos != "PROPN"):
            return self._part_of(token) or token
        return token

    def _part_of(self, token: Token) -> Token | None:
        share = token.lemma in self.classes["share"]
        if share and self.names.apposed(token) is not None:
            return None  # "his holding, Volna Invest", a company
        for word in ("of", "in") if share else ("of",):
            for child in token.children:
                if child.dep == "prep" and child.lower == word:
                    return child.child("pobj")
        if not share:
            return None
        before = [c for c in token.children if c.dep in {"compound", "nmod"} and self.senses.is_proper(c)]
        return token.child("poss") or next(iter(before), None)  # "25 percent of its shares", "X shares"

    @staticmethod
    def antecedent(token: Token) -> Token | None:
        """Return the noun that the relative clause of a relative pronoun modifies."""
        for up in token.ancestors():
            if up.dep == "relcl" or (up.dep == "appos" and token.tag == "WP$" and token.head is up):
                return up.head
            if up.dep in {"ccomp", "ROOT"} and up.pos in {"VERB", "AUX"}:
                return None
        return None

    def _conjuncts(self, token: Token) -> list[Token]:
        found = [token]
        for child in token.children:
            if (
                child.dep == "conj"
                and child.pos in _NOMINAL
                and child.i > token.i
                and not self._joined(token, child)
            ):
                found.extend(self._conjuncts(child))
        found = [*self._folded(token), *found] if self.senses.is_proper(token) else found
        rest = found[1:]
        if rest and not self.senses.is_proper(token) and all(self.senses.is_proper(other) for other in rest):
            count = _FEW.get(token.lower) or next((_FEW.get(c.lower, 0) for c in token.children), 0)
            if count == len(rest):
                return rest  # "two of his companies, Drina Export and Kalem Konsalting"
        return found

    def _folded(self, token: Token) -> list[Token]:
        """Return the names before the head's that the parser took for parts of it ("[A and B] Ferries")."""
        found: list[Token] = []
        tokens, place = self.tree.tokens, self.extents.of(token)[0] - 1
        while place > 0 and tokens[place].sentence == token.sentence:
            comma = tokens[place].text == ","
            if tokens[place].lower not in _OR and not (comma and found):
                break
            last = tokens[place - 2 if tokens[place - 1].text == "," else place - 1]
            if not self.senses.is_proper(last) or not token.subtree_has(last):
                break
            first, end = self.extents.of(last)
            if end != last.i or first >= place:
                break
            found.insert(0, self.extents.run_head(first, end))
            place = first - 1
        return found

    def _joined(self, token: Token, conjunct: Token) -> bool:
        """Return whether "&" or one mention makes a single name of two conjuncts."""
        mention = self.senses.mention(token)
        if mention is not None and mention is self.senses.mention(conjunct):
            return True
        return any(t.text == "&" for t in self.tree.tokens[token.i : conjunct.i])

    def located(self, token: Token) -> Token:
        """Return the named place that a place noun lies in ("a plant outside Konya", "the edge of Perm")."""
        found = token
        for _ in range(_DEPTH):
            if self.senses.is_proper(found):
                return found
            links = [c for c in found.children if c.dep == "prep" and c.lower in _WHERE]
            inner = next((pobj for c in links if (pobj := c.child("pobj")) is not None), None)
            if inner is None:
                break
            found = inner
        return token

    # -- fillers -------------------------------------------------------------------------------

    def fillers(self, tokens: Sequence[Token]) -> list[tuple[Token, Filler]]:
        """Return each head with what it names, those that name nothing left out, each name once."""
        found: dict[str, tuple[Token, Filler]] = {}
        for token in tokens:
            filler = self.filler(token)
            if filler is not None:
                found.setdefault(filler.name, (token, filler))
        return list(found.values())

    def filler(self, token: Token) -> Filler | None:
        """Return the party or thing that the head token names; None for words that name nothing."""
        if token.i not in self._fillers:
            self._fillers[token.i] = None  # a name that explains itself in a circle names nothing
            self._fillers[token.i] = self._filler(token)
        return self._fillers[token.i]

    def _filler(self, token: Token) -> Filler | None:
        if "vague" in self.senses.nature(token):
            return None
        pronoun = token.pos == "PRON" or token.tag in {"PRP$", "WP$"}
        beside = None if pronoun else self.names.apposed(token)
        if beside is not None:
            return self.filler(beside)
        known = self._referent(token)
        if known is not None and not (pronoun and self._is_own_subject(token, known)):
            return known
        if not pronoun:
            antecedent = self.antecedents.of(token)
            named = self.filler(antecedent) if antecedent is not None else None
            return self.bare(token) if named is None else replace(named, start=token.start, end=token.end)
        return self._pronoun(token)

    def _pronoun(self, token: Token) -> Filler | None:
        """Return whom a pronoun without a known referent stands for; the pronoun where that is open."""
        subject = self._clause_subject(token)
        if subject is not None:
            return self.filler(subject)
        antecedent = self.antecedents.of(token)
        known = self.filler(antecedent) if antecedent is not None else None
        if known is not None:
            return replace(known, start=token.start, end=token.end)
        return self.bare(token) if self.antecedents.is_open(token) else None

    def bare(self, token: Token) -> Filler:
        """Return the words as they stand, without looking at what they refer to."""
        first, last = self.extents.of(token)
        while first < last and self.tree.tokens[first].tag in _LEADING:
            first += 1
        start, end = self.tree.span(first, last)
        return Filler(start, end, self.tree.text[start:end].replace("\n", " "))

    def is_named(self, token: Token) -> bool:
        """Return whether the words name somebody or something, by themselves or by what they refer to."""
        proper = self.senses.is_proper
        if proper(token) or self.names.apposed(token) is not None or self._referent(token) is not None:
            return True
        if token.tag in {"PRP", "PRP$"}:
            known = self._clause_subject(token) or self.antecedents.of(token)
            return known is not None and proper(known)
        first, last = self.extents.of(token)
        return any(proper(t) for t in self.tree.tokens[first : last + 1])

    # -- what words refer to -----------------------------------------------------------------------

    def _referent(self, token: Token) -> Filler | None:
        """Return what the words refer to; "the Parvaz company" is a name of its own, no description."""
        bound = self._bound(token)
        if bound is not None:
            return self.filler(bound)
        if token.tag == "NNS":
            return None  # "those companies" are more than one name
        later = self.referents.later(token)
        if later is not None:
            return later
        if token.pos == "NOUN":
            before = self.tree.tokens[self.extents.before(token) : token.i]
            if any(self.senses.is_proper(t) or (t.text.islower() and t.head is token) for t in before):
                return None  # nor is "the central bank" some bank named before
        return self.referents.name(token)

    def _bound(self, token: Token) -> Token | None:
        """Return X of "X and its director": a possessive in a conjunct is the first conjunct's."""
        if token.tag != "PRP$" or token.head.dep != "conj":
            return None
        first = token.head.head
        return first if self.senses.is_proper(first) and self._agrees(token, first) else None

    def _clause_subject(self, token: Token) -> Token | None:
        """Return the subject of the possessive's own clause when it is a name of the right kind."""
        if token.tag != "PRP$":
            return None
        verbs = (up for up in token.ancestors() if up.pos in {"VERB", "AUX"} and up.dep != "prep")
        verb = next(verbs, None)  # "following", "including" are none
        subject = verb.child("nsubj", "nsubjpass") if verb is not None else None
        if subject is None or subject.subtree_has(token):
            return None  # a subject behind a fronted phrase, too: "After its sale to X, Y ..."
        return subject if self.senses.is_proper(subject) and self._agrees(token, subject) else None

    def _is_own_subject(self, pronoun: Token, known: Filler) -> bool:
        """Return whether an object pronoun was resolved to its own verb's subject, which it can't mean."""
        head = pronoun.head if pronoun.dep in {"dobj", "dative"} else pronoun.head.head
        if pronoun.dep not in {"dobj", "dative", "pobj"} or pronoun.lower.endswith(("self", "selves")):
            return False
        while head.dep == "conj" and head.child("nsubj", "nsubjpass") is None and head.pos in {"VERB", "AUX"}:
            head = head.head
        subject = head.child("nsubj", "nsubjpass") if head.pos in {"VERB", "AUX"} else None
        if subject is None or subject.pos == "PRON":
            return False
        other = self.filler(subject)
        return other is not None and other.name == known.name

    def _agrees(self, pronoun: Token, name: Token) -> bool:
        nature = self.senses.nature(name)
        return "person" in nature if pronoun.lower in {"his", "her"} else bool(nature & {"org", "thing"})
