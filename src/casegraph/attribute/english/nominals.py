"""Frames of shell nouns, adjectives and adverbs: "the claim that", "is convinced that", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.base import Span
from casegraph.attribute.english.extents import Extents
from casegraph.attribute.english.spans import Frame, noun_phrase, snap, tokens_span
from casegraph.attribute.english.subjects import find_subject
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.lexicon import Lexicon
from casegraph.attribute.quotes import Quotations
from casegraph.attribute.trim import trim

_NOUN_CLAUSES = frozenset({"acl", "ccomp", "relcl", "xcomp"})
_ADJECTIVE_CLAUSES = frozenset({"ccomp", "xcomp", "acl", "advcl"})
_NEAR = frozenset({"DET", "ADJ", "ADV", "NOUN", "PRON", "NUM"})
_TOPIC = frozenset({"about", "of", "over"})


class NominalFrames:
    """Finds the frames of nouns, adjectives and adverbs on one page."""

    def __init__(self, tree: Tree, lexicon: Lexicon, quotations: Quotations) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.quotations = quotations
        self.extents = Extents(tree, lexicon, quotations)

    def find(self) -> Iterator[Frame]:
        """Yield the frames in order of their cue."""
        for token in self.tree.tokens:
            frame = None
            if token.pos == "NOUN" and token.lemma in self.lexicon.nouns:
                frame = self._noun(token)
            elif token.pos in {"ADJ", "VERB"} and token.lower in self.lexicon.adjectives:
                frame = self._adjective(token)
            elif token.pos == "ADV" and token.lower in self.lexicon.adverbs:
                frame = self._adverb(token)
            if frame is not None:
                yield frame

    # -- shell nouns ------------------------------------------------------------------------

    def _noun(self, noun: Token) -> Frame | None:
        clause = self._clause_of(noun)
        if clause is None:
            return None
        stance = self.lexicon.nouns[noun.lemma]
        if _infinitive(clause) and stance not in {"predicts", "orders", "denies"} and noun.lemma != "claim":
            return None
        span = tokens_span(self.tree, clause.left_edge, clause.right_edge)
        if span is None:
            return None
        head, first_of_cue = self._holder(noun)
        source = None
        if head is not None:
            first, last = noun_phrase(self.tree, head, noun)
            if head.dep == "poss":
                last = next((c.i - 1 for c in head.children if c.dep == "case"), last)
            source = tokens_span(self.tree, first, last)
        return Frame(
            anchor=noun, head=head, source=source, cue=self.tree.span(first_of_cue, noun.i),
            content=[snap(span, self.quotations, noun)], stance=stance, frame="noun",
        )  # fmt: skip

    def _clause_of(self, noun: Token) -> Token | None:
        """Return the clause that fills the noun: "the claim that", "a vow to", "the claim is that"."""
        if self._held_elsewhere(noun):
            return None
        for child in noun.children:
            if (
                child.i > noun.i
                and child.dep in _NOUN_CLAUSES
                and (_that_clause(child) or _infinitive(child))
            ):
                return child
        if noun.dep == "nsubj" and noun.head.lemma == "be":
            clause = noun.head.child("ccomp")
            return clause if clause is not None and _that_clause(clause) else None
        if noun.dep == "attr" and noun.head.child("expl") is not None:  # "there is doubt among X that"
            late = noun.head.child("ccomp")
            return late if late is not None and late.i > noun.i and _that_clause(late) else None
        return None

    def _held_elsewhere(self, noun: Token) -> bool:
        """Return whether another frame holds the noun's clause, or none does."""
        frames, words = self.lexicon.frames(noun.head.lemma), self.lexicon.words
        rejects = noun.dep == "dobj" and "np" in frames and noun.head.lemma not in words["verbs.carries_noun"]
        if rejects and noun.child("poss") is None:
            return True  # "rejected the claim that ..."
        determiner = noun.child("det")
        if determiner is not None and determiner.lower in {"a", "an"}:
            after_comma = determiner.i > 0 and self.tree.tokens[determiner.i - 1].text == ","
            if noun.dep == "appos" or after_comma:
                return True  # "..., a claim that nobody challenged": a relative clause
        noted = noun.lemma in words["phrases.statement_nouns"] or noun.head.lower == "with"
        return noted and noun.dep == "pobj" and "clause" in self.lexicon.frames(noun.head.head.lemma)

    def _holder(self, noun: Token) -> tuple[Token | None, int]:
        """Return whose words the noun stands for, and the cue's first token."""
        owner = noun.child("poss")
        if owner is not None:
            return owner, noun.i
        for preposition in noun.children:
            if preposition.dep == "prep" and preposition.lower in {"by", "from", "among", "of"}:
                holder = preposition.child("pobj")
                if holder is not None:
                    return holder, noun.i
        verb, words = noun.head, self.lexicon.words
        if noun.dep == "pobj" and verb.lower == "of" and verb.head.lemma == "be":  # "is of the view that"
            return find_subject(verb.head).head, verb.head.i
        if noun.dep != "dobj" or verb.lemma not in words["verbs.light"]:
            return None, noun.i
        head = find_subject(verb).head
        owns = verb.lemma == "have" and head is not None and head.lower == "it"
        if head is None or (head.lower in words["words.impersonal"] and not owns):
            return None, noun.i
        near = all(token.pos in _NEAR for token in self.tree.tokens[verb.i + 1 : noun.i])
        return head, verb.i if near and verb.lemma in words["verbs.carries_noun"] else noun.i

    # -- adjectives -------------------------------------------------------------------------

    def _adjective(self, adjective: Token) -> Frame | None:
        verb = adjective.head if adjective.dep in {"acomp", "attr", "conj", "oprd"} else adjective
        if verb is not adjective and verb.lemma not in self.lexicon.words["verbs.copular"]:
            return None
        clause = self._complement(adjective, verb)
        if clause is None or (_infinitive(clause) and self.lexicon.adjectives[adjective.lower] != "predicts"):
            return None
        subject = find_subject(verb)
        head = subject.head or subject.patient
        if head is None or head.dep == "expl" or head.lower in self.lexicon.words["words.impersonal"]:
            return None
        last = self.extents.before_next_cue(adjective, clause, clause.right_edge)
        span = tokens_span(self.tree, clause.left_edge, last)
        if span is None:
            return None
        return Frame(
            anchor=adjective, head=head,
            source=tokens_span(self.tree, *noun_phrase(self.tree, head, adjective)),
            cue=self.tree.span(self._first_of_cue(adjective, verb), adjective.i),
            content=[snap(span, self.quotations, adjective)], stance=self.lexicon.adjectives[adjective.lower],
            frame="adjective",
        )  # fmt: skip

    def _complement(self, adjective: Token, verb: Token) -> Token | None:
        """Return what the adjective is about: its clause, the copula's "that" clause, or "about ..."."""
        after = [child for child in adjective.children if child.i > adjective.i]
        for child in after:
            if child.dep in _ADJECTIVE_CLAUSES and (
                child.dep == "ccomp" or _that_clause(child) or _infinitive(child)
            ):
                return child
        if verb is not adjective:
            for child in verb.children:
                if child.i > adjective.i and child.dep in _ADJECTIVE_CLAUSES and _that_clause(child):
                    return child
        if adjective.lemma in {"ready", "prepared"}:
            return None
        return next((child for child in after if child.dep == "prep" and child.lower in _TOPIC), None)

    def _first_of_cue(self, adjective: Token, verb: Token) -> int:
        auxiliaries = [c.i for c in verb.children if c.dep in {"aux", "auxpass", "neg"} and c.i < adjective.i]
        first = min([adjective.i, verb.i, *auxiliaries])
        between = self.tree.tokens[first : adjective.i]
        return adjective.i if any(t.pos in {"NOUN", "PROPN", "PRON", "PUNCT"} for t in between) else first

    # -- adverbs ----------------------------------------------------------------------------

    def _adverb(self, adverb: Token) -> Frame | None:
        clause = adverb.head
        while clause.pos not in {"VERB", "AUX"} and clause.head is not clause:
            clause = clause.head
        first, last = self.tree.sentence(adverb)
        low, high = first, last - 1
        if clause.pos in {"VERB", "AUX"}:
            low = max(self._clause_start(clause), first)
            high = self._clause_end(clause, adverb)
        parts = [tokens_span(self.tree, low, adverb.i - 1), tokens_span(self.tree, adverb.i + 1, high)]
        content: list[Span] = [span for part in parts if part and (span := trim(self.tree.text, part))]
        if not content:
            return None
        return Frame(
            anchor=adverb, head=None, source=None, cue=(adverb.start, adverb.end), content=content,
            stance="alleges", frame="adverb",
        )  # fmt: skip

    def _clause_end(self, clause: Token, adverb: Token) -> int:
        """Return the clause's last token, before a coordinate clause with a subject of its own."""
        own = [c for c in clause.children if c.dep in {"conj", "parataxis"} and c.child("nsubj", "nsubjpass")]
        if not own or own[0].i < adverb.i:
            return clause.right_edge
        joint = [c.i for c in clause.children if c.dep == "cc" and adverb.i < c.i < own[0].i]
        return min([own[0].left_edge, *joint]) - 1

    def _clause_start(self, clause: Token) -> int:
        for child in clause.children:
            if child.left_edge == clause.left_edge and child.dep in {"mark", "cc"} and child.i < clause.i:
                return child.right_edge + 1
        return clause.left_edge


def _that_clause(token: Token) -> bool:
    mark = token.child("mark")
    return mark is not None and mark.lower in {"that", "whether", "if"}


def _infinitive(token: Token) -> bool:
    return any(child.dep == "aux" and child.tag == "TO" for child in token.children)
