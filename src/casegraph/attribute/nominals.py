"""Frames without a cue verb: "according to", shell nouns, adjectives, adverbs, "as X put it"."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.lexicon import Lexicon
from casegraph.attribute.quotes import Quotation
from casegraph.attribute.spans import Frame, Span, noun_phrase, snap, tokens_span, trim
from casegraph.attribute.subjects import find_subject
from casegraph.attribute.tree import Token, Tree
from casegraph.model import Stance

# Support verbs whose subject speaks through the noun (Levin 37.7; "expressed concern that").
_LIGHT = frozenset(
    """make have give express voice issue raise repeat reiterate offer deliver level share harbor harbour
    post announce outline unveil abandon drop scrap withdraw retract renew hold show take get find
    state maintain convey declare signal confirm echo face see""".split()
)
_SENTENCE_ADVERBS_END = frozenset({",", ";", ":"})


class NominalFrames:
    """Finds the frames that nouns, adjectives, adverbs and prepositions open."""

    def __init__(self, tree: Tree, lexicon: Lexicon, quotations: list[Quotation]) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.quotations = quotations

    def find(self) -> Iterator[Frame]:
        """Yield the frames in order of their cue."""
        for token in self.tree.tokens:
            frame = None
            if token.lower == "according":
                frame = self._according(token)
            elif token.lower == "per" and token.text == "Per":
                frame = self._per(token)
            elif token.pos == "NOUN" and token.lemma in self.lexicon.nouns:
                frame = self._noun(token)
            elif token.pos in {"ADJ", "VERB"} and token.lower in self.lexicon.adjectives:
                frame = self._adjective(token)
            elif token.pos == "ADV" and token.lower in self.lexicon.adverbs:
                frame = self._adverb(token)
            if frame is not None:
                yield frame

    # -- according to X ---------------------------------------------------------------------

    def _according(self, token: Token) -> Frame | None:
        to = next((t for t in self.tree.tokens[token.i + 1 : token.i + 2] if t.lower == "to"), None)
        if to is None:
            return None
        head = to.child("pobj", "pcomp") or next((c for c in token.children if c.dep in {"pobj", "prep"} and c is not to), None)
        if head is None:
            return None
        first, last = noun_phrase(self.tree, head)
        first = max(first, to.i + 1)
        last = self._source_end(token, first, last)
        source = tokens_span(self.tree, first, last)
        if source is None:
            return None
        low, high = self._scope(token)
        parts = [tokens_span(self.tree, low, token.i - 1), tokens_span(self.tree, last + 1, high)]
        content = [snap(part, self.quotations, token) for part in parts if part is not None]
        if not content:
            return None
        return Frame(
            anchor=token, head=head, source=source, cue=(token.start, to.end),
            content=content, stance="asserts", frame="according",
        )  # fmt: skip

    def _per(self, token: Token) -> Frame | None:
        """Match "Per the merger agreement, ..." at a sentence's start."""
        first, last = self.tree.sentence(token)
        noun = token.child("pobj")
        if token.i != first or noun is None:
            return None
        end = self._source_end(token, noun.left_edge, noun.right_edge)
        source, content = tokens_span(self.tree, noun.left_edge, end), tokens_span(self.tree, end + 1, last - 1)
        if source is None or content is None:
            return None
        return Frame(
            anchor=token, head=noun, source=source, cue=(token.start, token.end),
            content=[snap(content, self.quotations, token)], stance="asserts", frame="according",
        )  # fmt: skip

    def _source_end(self, token: Token, first: int, last: int) -> int:
        """Return the source's last token: before the comma that opens the main clause, if the phrase leads it."""
        tokens = self.tree.tokens
        sentence_first, sentence_last = self.tree.sentence(token)
        if not all(tokens[i].pos in {"PUNCT", "CCONJ", "ADV"} for i in range(sentence_first, token.i)):
            return min(last, sentence_last - 1)
        for verb in (token.head, *token.head.ancestors()):
            subject = verb.child("nsubj", "nsubjpass", "expl", "csubj")
            if subject is not None and subject.left_edge > first and verb.pos in {"VERB", "AUX"}:
                comma = next((i for i in range(subject.left_edge, first, -1) if tokens[i].text == ","), None)
                if comma is not None:
                    return comma - 1
        return min(last, sentence_last - 1)

    def _scope(self, token: Token) -> tuple[int, int]:
        """Return the clause that the phrase reports: bounded by the embedding clause or sentence."""
        low, high = self.tree.sentence(token)
        high -= 1
        head = token.head
        for up in (head, *head.ancestors()):
            if up.dep in {"ccomp", "advcl", "relcl"} and up.left_edge <= token.i <= up.right_edge and up.pos in {"VERB", "AUX"}:
                mark = up.left_edge
                if up.dep == "ccomp" and self.lexicon.frames(up.head.lemma):
                    return mark, up.right_edge
        if head.dep == "conj" and head.pos in {"VERB", "AUX"} and head.child("nsubj", "nsubjpass"):
            low = head.left_edge
        first = self.tree.tokens[low]
        if first.pos == "CCONJ" and low + 1 < token.i:
            low += 1
        return low, high

    # -- shell nouns ------------------------------------------------------------------------

    def _noun(self, noun: Token) -> Frame | None:
        frames = self.lexicon.frames(noun.head.lemma)
        if noun.dep == "dobj" and "np" in frames and noun.child("poss") is None:
            return None  # "rejected the claim that ...": the verb's own frame holds it
        clause = next(
            (c for c in noun.children if c.i > noun.i and c.dep in {"acl", "ccomp", "relcl", "xcomp"} and
             (_that_clause(c) or _infinitive(c))), None,
        )  # fmt: skip
        before = self.tree.tokens[noun.i - 1] if noun.i else noun
        if noun.lower == "order" and before.lower == "in":
            return None
        if clause is None:
            clause = self._copular(noun)
        if clause is None:
            return None
        stance = self.lexicon.nouns[noun.lemma]
        if _infinitive(clause) and stance not in {"predicts", "orders", "denies"} and noun.lemma != "claim":
            return None
        span = tokens_span(self.tree, clause.left_edge, clause.right_edge)
        if span is None:
            return None
        head, cue_first = self._holder(noun)
        source = None
        if head is not None:
            first, last = noun_phrase(self.tree, head, noun)
            if head.dep == "poss":
                last = next((c.i - 1 for c in head.children if c.dep == "case"), last)
            source = tokens_span(self.tree, first, last)
        return Frame(
            anchor=noun, head=head, source=source, cue=self.tree.span(cue_first, noun.i),
            content=[snap(span, self.quotations, noun)], stance=stance, frame="noun",
        )  # fmt: skip

    def _copular(self, noun: Token) -> Token | None:
        """Return the clause of "the claim is that ..."."""
        if noun.dep == "nsubj" and noun.head.lemma == "be":
            clause = noun.head.child("ccomp")
            if clause is not None and _that_clause(clause):
                return clause
        return None

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
        verb = noun.head
        if noun.dep == "dobj" and verb.lemma in _LIGHT:
            subject = find_subject(verb)
            between = self.tree.tokens[verb.i + 1 : noun.i]
            near = all(t.pos in {"DET", "ADJ", "ADV", "NOUN", "PRON", "NUM"} for t in between)
            if subject.head is not None and subject.head.lower not in {"it", "that", "this", "there"}:
                return subject.head, verb.i if near and verb.lemma in {"have", "make", "express", "voice", "issue", "give", "raise", "share"} else noun.i
        return None, noun.i

    # -- adjectives -------------------------------------------------------------------------

    def _adjective(self, adjective: Token) -> Frame | None:
        clause = next(
            (c for c in adjective.children if c.i > adjective.i and c.dep in {"ccomp", "xcomp", "acl", "advcl"}
             and (_that_clause(c) or _infinitive(c) or c.dep == "ccomp")), None,
        )  # fmt: skip
        verb = adjective.head if adjective.dep in {"acomp", "attr", "conj", "oprd"} else adjective
        if verb.lemma not in {"be", "become", "feel", "remain", "seem", "appear", "get", "look", "sound", "stay"} and verb is not adjective:
            return None
        if clause is None and verb is not adjective:
            clause = next(
                (c for c in verb.children if c.i > adjective.i and c.dep in {"ccomp", "xcomp", "advcl"} and _that_clause(c)),
                None,
            )
        if clause is None:
            preposition = next((c for c in adjective.children if c.dep == "prep" and c.lower in {"about", "of", "over"} and c.i > adjective.i), None)
            if preposition is None or adjective.lemma in {"ready", "prepared"}:
                return None
            clause = preposition
        if _infinitive(clause) and self.lexicon.adjectives[adjective.lower] != "predicts":
            return None
        subject = find_subject(verb)
        head = subject.head or subject.patient
        if head is None or head.lower in {"it", "this", "that", "there", "which", "what"} or head.dep == "expl":
            return None
        span = tokens_span(self.tree, clause.left_edge, clause.right_edge)
        source = tokens_span(self.tree, *noun_phrase(self.tree, head, adjective))
        if span is None:
            return None
        first = min([adjective.i, verb.i, *(c.i for c in verb.children if c.dep in {"aux", "auxpass", "neg"} and c.i < adjective.i)])
        if any(self.tree.tokens[i].pos in {"NOUN", "PROPN", "PRON", "PUNCT"} for i in range(first, adjective.i)):
            first = adjective.i
        stance: Stance = self.lexicon.adjectives[adjective.lower]
        return Frame(
            anchor=adjective, head=head, source=source, cue=self.tree.span(first, adjective.i),
            content=[snap(span, self.quotations, adjective)], stance=stance, frame="adjective",
        )  # fmt: skip

    # -- adverbs ----------------------------------------------------------------------------

    def _adverb(self, adverb: Token) -> Frame | None:
        clause = adverb.head
        while clause.pos not in {"VERB", "AUX"} and clause.head is not clause:
            clause = clause.head
        low, high = clause.left_edge, clause.right_edge
        if clause.pos not in {"VERB", "AUX"}:
            low, high = self.tree.sentence(adverb)
            high -= 1
        first_low, _ = self.tree.sentence(adverb)
        high = self._clause_end(clause, adverb, high)
        low = max(self._clause_start(clause, low), first_low)
        parts = [tokens_span(self.tree, low, adverb.i - 1), tokens_span(self.tree, adverb.i + 1, high)]
        whole = self._joined(parts)
        if not whole:
            return None
        return Frame(
            anchor=adverb, head=None, source=None, cue=(adverb.start, adverb.end),
            content=whole, stance="alleges", frame="adverb",
        )  # fmt: skip

    def _joined(self, parts: list[Span | None]) -> list[Span]:
        return [found for part in parts if part is not None and (found := trim(self.tree.text, part))]

    def _clause_end(self, clause: Token, adverb: Token, high: int) -> int:
        for child in clause.children:
            if child.i > adverb.i and child.dep in {"conj", "cc", "parataxis"} and child.pos in {"VERB", "AUX", "CCONJ"}:
                if child.dep != "cc" and child.child("nsubj", "nsubjpass") is None:
                    continue
                if child.dep == "cc" and not any(
                    c.dep == "conj" and c.child("nsubj", "nsubjpass") for c in clause.children
                ):
                    continue
                return child.left_edge - 1
        return high

    def _clause_start(self, clause: Token, low: int) -> int:
        for child in clause.children:
            if child.left_edge == low and child.dep in {"mark", "cc", "advcl", "prep"} and child.right_edge < clause.i:
                return child.right_edge + 1 if child.dep in {"mark", "cc"} else low
        return low


def _that_clause(token: Token) -> bool:
    mark = token.child("mark")
    return mark is not None and mark.lower in {"that", "whether", "if"}


def _infinitive(token: Token) -> bool:
    return any(child.dep == "aux" and child.tag == "TO" for child in token.children)
