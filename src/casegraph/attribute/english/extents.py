"""Where the content of a cue verb begins and ends."""

from __future__ import annotations

from casegraph.attribute.base import Span
from casegraph.attribute.english.spans import noun_phrase, snap, tokens_span, verb_group
from casegraph.attribute.english.subjects import Subject
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.lexicon import Lexicon
from casegraph.attribute.quotes import Quotations
from casegraph.attribute.trim import trim

_BREAKS = frozenset({"conj", "cc", "parataxis", "nsubj", "nsubjpass", "aux"})
_FINITE = frozenset({"MD", "VBD", "VBZ", "VBP"})
_DASHES = frozenset({";", ":", "—", "–"})
_REPORT_PREPOSITIONS = frozenset({"in", "on", "at", "during", "via", "through"})
_TAG_PARTS = frozenset({"prep", "npadvmod", "advmod", "dobj", "dative", "prt", "advcl"})
_OPENING = frozenset({"advcl", "conj", "acl", "xcomp", "ROOT", "dep", "prep", "ccomp"})


class Extents:
    """Measures contents on one page."""

    def __init__(self, tree: Tree, lexicon: Lexicon, quotations: Quotations) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.quotations = quotations

    def phrase(self, head: Token, without: Token) -> Span | None:
        """Return the characters of a noun phrase, cut before the clause that holds `without`."""
        return tokens_span(self.tree, *noun_phrase(self.tree, head, without))

    def after(self, verb: Token, complement: Token) -> Span | None:
        """Return the content that follows its cue verb."""
        first = self._first(complement)
        lost = self._lost_subject(verb, complement)
        if lost is not None:
            first = min(first, lost.left_edge)
        if first <= verb.i:
            first = verb.i + 1
            target = verb.child("dobj", "dative")
            if target is not None and target.right_edge >= first and complement.i > target.i:
                first = target.right_edge + 1
        last = self.end(verb, complement)
        if self.tree.tokens[last].text == "?" and _is_asked(verb):
            last -= 1  # "Did the senator believe that ...?": the mark is not the senator's
        span = tokens_span(self.tree, first, last)
        return snap(span, self.quotations, verb) if span else None

    def _lost_subject(self, verb: Token, complement: Token) -> Token | None:
        """Return the clause's subject, to the parser the verb's object: "agreed our first aim must be"."""
        noun = verb.child("dobj")
        modal = next((c for c in complement.children if c.dep == "aux" and c.tag in _FINITE), None)
        finite = modal or (complement if complement.tag in _FINITE else None)
        alone = all(c.dep not in {"nsubj", "nsubjpass", "mark", "expl"} for c in complement.children)
        if noun is None or finite is None or not alone or noun.i < verb.i:
            return None
        return noun if noun.right_edge + 1 == finite.i else None

    def _first(self, complement: Token) -> int:
        """Return the content's first token.

        A time right after the cue belongs to the cue ("said on Monday it"), and so does what
        stands between commas before "that" ("reported, citing an official, that").
        """
        first = complement.left_edge
        mark = complement.child("mark")
        if (
            mark is not None
            and first < mark.i
            and mark.lower == "that"
            and self.tree.tokens[mark.i - 1].text == ","
        ):
            return mark.i
        for child in complement.children:
            if (
                child.left_edge != first
                or child.right_edge >= complement.i
                or child.dep not in {"prep", "npadvmod"}
            ):
                continue
            noun = child.child("pobj") if child.dep == "prep" else child
            after = self.tree.tokens[child.right_edge + 1]
            if noun is not None and noun.entity in {"DATE", "TIME"} and after.text != ",":
                return child.right_edge + 1
        return first

    def end(self, verb: Token, complement: Token) -> int:
        """Return the last token of a content after the verb.

        What follows the complement under the verb (a time, a place) mostly belongs to the content
        though the parser hangs it on the verb; a new predicate, a participle cue or a mark of
        the report's form ("in a statement") does not.
        """
        last = complement.right_edge
        for child in verb.children:
            if child.left_edge > complement.right_edge:
                if self._breaks(child):
                    break
                last = child.right_edge
        return self.before_next_cue(verb, complement, last)

    def _breaks(self, child: Token) -> bool:
        if child.dep in _BREAKS or (child.dep == "punct" and child.text in _DASHES):
            return True
        if child.dep == "advcl":
            mark = child.child("mark")
            concedes = mark is not None and mark.lower in self.lexicon.words["words.concessive"]
            return self._is_cue(child) or child.tag == "VBG" or concedes
        if child.dep != "prep":
            return False
        return self._of_report(child) or child.lower in {"according", "per", "citing"}

    def before_next_cue(self, verb: Token, complement: Token, last: int) -> int:
        """Cut a content at a semicolon, before ", adding that" and ", according to", wherever they hang."""
        for i in range(verb.i + 1, min(last, len(self.tree.tokens) - 1) + 1):
            token, before = self.tree.tokens[i], self.tree.tokens[i - 1]
            if self.quotations.at(token.start) is not None:
                continue
            if token.text == ";":
                return i - 1
            if i > complement.i and self._reasons(token, complement):
                return i - 1
            if i > complement.i and before.text == "," and self._opens_next(token, verb, complement):
                return i - 2
            if i > complement.i and token.tag == "VBG" and self._closes_quotation(before):
                return i - 1  # "..., "not a party," contradicting the agencies": the writer goes on
        return last

    def _closes_quotation(self, token: Token) -> bool:
        return token.text in {'"', "”"} and self.tree.text[token.start - 1 : token.start] == ","

    def _reasons(self, token: Token, complement: Token) -> bool:
        """Return whether "because" opens why somebody means to do it, or asks, or will not say."""
        infinitive = any(c.tag == "TO" for c in complement.children)
        return infinitive and token.lower == "because" and token.dep == "mark"

    def _opens_next(self, token: Token, verb: Token, complement: Token) -> bool:
        if (
            token.lower == "in"
            and self.tree.tokens[min(token.i + 1, len(self.tree.tokens) - 1)].lower == "what"
        ):
            return True  # ", in what she called a small act of hygiene"
        if token.lower in {"a", "an"} and token.dep == "det" and token.head.lemma in self.lexicon.nouns:
            return token.head.dep in {
                "appos",
                "npadvmod",
                "dobj",
                "dep",
                "attr",
            }  # ", a claim that he denies"
        if token.lower == "according" or (
            token.tag == "VBG" and token.dep in _OPENING and self._is_cue(token)
        ):
            return True
        concedes = token.lower in self.lexicon.words["words.concessive"] and token.dep == "mark"
        return concedes and token.head.head in (verb, complement)

    def _is_cue(self, token: Token) -> bool:
        frames = self.lexicon.frames(token.lemma)
        return "clause" in frames or "quote" in frames or token.lemma in self.lexicon.words["verbs.quoting"]

    def _of_report(self, preposition: Token) -> bool:
        noun = preposition.child("pobj")
        return (
            noun is not None
            and preposition.lower in _REPORT_PREPOSITIONS
            and noun.lemma in self.lexicon.words["phrases.statement_nouns"]
            and all(child.pos != "VERB" for child in noun.children)
        )

    def around(self, verb: Token, subject: Subject, complement: Token) -> list[Span]:
        """Return the content before (and after) a reporting clause: "A, she said, B"."""
        members = list(verb_group(self.tree, verb))
        if subject.head is not None and not subject.shared:
            members += noun_phrase(self.tree, subject.head, verb)
        for child in verb.children:
            if child is complement or child.subtree_has(complement) or child.dep not in _TAG_PARTS:
                continue
            if child.i > min(members):
                members += [child.left_edge, child.right_edge]
        tag_first, tag_last = min(members), max(members)
        sentence_first, sentence_last = self.tree.sentence(verb)
        left = sentence_first if verb.dep == "ROOT" else complement.left_edge
        right = min(complement.right_edge, sentence_last - 1)
        parts = [tokens_span(self.tree, left, tag_first - 1)]
        rest = tokens_span(self.tree, tag_last + 1, right) if right > tag_last else None
        spoken = parts[0] is not None and self.quotations.at(parts[0][0]) is not None
        if rest is not None and (not spoken or self.quotations.within(*rest)):
            parts.append(rest)  # but not "her voice rising" after a quotation
        return [snap(part, self.quotations, verb) for part in parts if part is not None]

    def whole(self, verb: Token, subject: Subject, content: list[Span]) -> list[Span]:
        """Return the parts with whole quotations, led by the relative pronoun that belongs to them."""
        parts = [part for span in content if (part := trim(self.tree.text, span))]
        pronoun = self.tree.tokens[verb.left_edge]
        if (
            verb.dep == "relcl"
            and pronoun.tag in {"WDT", "WP"}
            and pronoun is not subject.head
            and pronoun is not subject.patient
            and all(end <= pronoun.start or start > pronoun.start for start, end in parts)
        ):
            parts.insert(0, (pronoun.start, pronoun.end))
        return [snap(part, self.quotations, verb) for part in parts]


def _is_asked(verb: Token) -> bool:
    """Return whether the cue itself is asked about: an auxiliary stands before its subject."""
    subject = verb.child("nsubj")
    return subject is not None and any(c.dep == "aux" and c.i < subject.i for c in verb.children)
