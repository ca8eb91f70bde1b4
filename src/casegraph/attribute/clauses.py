"""Frames of cue verbs: clauses, infinitives, objects and prepositional contents."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.lexicon import Cue, Lexicon
from casegraph.attribute.quotes import Quotation
from casegraph.attribute.spans import Frame, Span, noun_phrase, snap, tokens_span, trim, verb_group
from casegraph.attribute.subjects import Subject, find_subject
from casegraph.attribute.tree import Token, Tree
from casegraph.model import Stance

_IMPERSONAL = frozenset({"it", "this", "that", "which", "there", "what"})
_WISHES = frozenset({"want", "expect", "need", "like", "wish", "prefer", "believe", "consider", "think"})
# "called on the government to act", "appealed to voters to stay home".
_ADDRESSED = {"call": ("on", "upon"), "appeal": ("to",), "plead": ("with",), "prevail": ("on", "upon")}
_OF_OBJECT = frozenset({"accuse", "judge-for", "blame", "thank-for"})  # "criticised X for Y": often hung on X
_NAMING = frozenset({"call", "name", "dub", "term", "label", "brand", "know", "title"})
# What speakers say of their own thoughts is part of their words; what they say that others say is not.
_IN_QUOTATIONS = frozenset({"say", "say-alleging", "inform", "deny", "accuse"})
_CONCESSIVE = frozenset({"though", "although", "whereas"})
_PERSONS = frozenset("he she they we i who you some many others most both".split())
# Agentive suffixes (Quirk I.32-I.36): -er/-or, -ist, -ian, -man/-woman.
_AGENTIVE = ("er", "or", "ist", "ian", "man", "woman", "men", "women", "ee", "people", "person", "chief", "head")
_HEARINGS = frozenset({"hear", "tell"})
_COURTS = frozenset({"court", "jury", "inquest", "tribunal", "hearing", "trial", "inquiry"})
_SMALL = frozenset({"find", "show", "see", "imagine", "remember", "picture"})  # "found Dunn leading by six points"
_NOBODY = frozenset({"anyone", "anybody", "one"})
_NEAR = 14  # tokens in which "said in a letter to the board that" finds its "that"
_COMPLEMENTS = ("ccomp", "xcomp", "acl", "advcl", "dep")


_NO_CUE = Cue("", "asserts", "")


class VerbFrames:
    """Finds the frame that each cue verb of a page opens."""

    def __init__(self, tree: Tree, lexicon: Lexicon, quotations: list[Quotation]) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.quotations = quotations

    def find(self) -> Iterator[Frame]:
        """Yield a frame for each cue verb with content of its own, in order."""
        for token in self.tree.tokens:
            if not _is_verb(token):
                continue
            frames = self.lexicon.frames(token.lemma) or self.lexicon.frames(_silent_e(token))
            quotation = next((q for q in self.quotations if q.holds(token.start)), None)
            if frames and quotation is not None:
                if token.text[0].isupper() and token.start > quotation.start + 1:
                    continue  # a title: "They Said It Would Rain"
                frames = {name: cue for name, cue in frames.items() if cue.group in _IN_QUOTATIONS}
            if frames:
                frame = self._frame(token, frames)
                if frame is not None:
                    yield frame

    def _frame(self, verb: Token, frames: dict[str, Cue]) -> Frame | None:
        if verb.dep in {"amod", "compound", "aux", "auxpass"}:
            return None
        subject = find_subject(verb)
        for match in (self._clause, self._infinitive, self._passive, self._object_like):
            found = match(verb, frames, subject)
            if found is not None:
                cue, content = found
                if self._subject_fits(verb, subject, cue):
                    return self._build(verb, subject, cue, content)
        return None

    # -- which complement -------------------------------------------------------------------

    def _clause(self, verb: Token, frames: dict[str, Cue], subject: Subject) -> tuple[Cue, list[Span]] | None:
        cue = frames.get("clause") or frames.get("object-clause")
        after = _finite_complement(verb, after=True) or self._detached(verb)
        if after is not None:
            if cue is None and after.child("mark") is None and "object-to" in frames:
                return None
            cue = cue or frames.get("quote")
            if cue is None:
                return None
            span = self._after(verb, after)
            return (cue, [span]) if span else None
        before = _finite_complement(verb, after=False)
        if before is not None and cue is not None and not subject.passive:
            parts = self._around(verb, subject, before)
            return (cue, parts) if parts else None
        if cue is not None and verb.dep == "parataxis" and subject.head is not None and not subject.shared:
            parts = self._around(verb, subject, verb.head)
            return (cue, parts) if parts else None
        return None

    def _detached(self, verb: Token) -> Token | None:
        """Return the "that" clause of a cue verb which the parser hung on a noun between the two."""
        _, end = self.tree.sentence(verb)
        for token in self.tree.tokens[verb.i + 1 : min(end, verb.i + _NEAR)]:
            if token.dep == "mark" and token.lower in {"that", "whether"}:
                clause = token.head
                hung = clause.dep in {"acl", "relcl", "advcl", "dobj", "dep"} and verb.i < clause.head.i < token.i
                own = clause.head.lemma in self.lexicon.nouns and clause.head.pos == "NOUN"
                return clause if (hung or clause.head is verb) and not own else None
            if token.pos == "VERB":
                return None
        return None

    def _infinitive(self, verb: Token, frames: dict[str, Cue], subject: Subject) -> tuple[Cue, list[Span]] | None:
        if subject.passive:
            return None
        complement = next(
            (c for c in verb.children if c.dep in _COMPLEMENTS and c.i > verb.i and _is_infinitive(c)), None
        )
        gerund = next(
            (c for c in verb.children if c.dep in {"xcomp", "pcomp", "ccomp"} and c.tag == "VBG" and c.i > verb.i), None
        )
        if complement is not None:
            own_subject = complement.child("nsubj")
            target = verb.child("dobj", "dative")
            if (own_subject is not None or (target is not None and target.i < complement.i)) and "object-to" in frames:
                span = self._after(verb, complement)
                if span and own_subject is not None and verb.lemma not in _WISHES:
                    # "urged X to go": X is addressed, the content is what is asked.
                    to = next(c for c in complement.children if c.dep == "aux" and c.tag == "TO")
                    span = (to.start, span[1])
                return (frames["object-to"], [span]) if span else None
            after = self.tree.tokens[verb.i + 1]
            if after.dep == "prep" and after.lower in _ADDRESSED.get(verb.lemma, ()) and own_subject is None:
                span = self._after(verb, complement)
                return (Cue("on-to", "orders", "urge"), [span]) if span else None
            if "to" in frames and own_subject is None and not (target is not None and target.i < complement.i):
                span = self._after(verb, complement)
                return (frames["to"], [span]) if span else None
        if gerund is not None and "gerund" in frames:
            span = self._after(verb, gerund)
            return (frames["gerund"], [span]) if span else None
        return None

    def _passive(self, verb: Token, frames: dict[str, Cue], subject: Subject) -> tuple[Cue, list[Span]] | None:
        """Match "X is said to be Y", "X was accused of Y", "X was described as Y"."""
        if not subject.passive or subject.patient is None or (verb.lemma in _NAMING and subject.head is None):
            return None
        if verb.lemma in {"quote", "cite"} and any(c.lower == "as" and c.child("pcomp") for c in verb.children):
            return None  # "was quoted as saying": the frame is that of "saying"
        tail = next(
            (c for c in verb.children if c.i > verb.i and c.dep in {"xcomp", "ccomp", "oprd", "advcl"} and
             (_is_infinitive(c) or c.dep == "oprd")), None,
        )  # fmt: skip
        cue = frames.get("object-to") or frames.get("oprd")
        if tail is None or cue is None:
            tail, cue = self._preposition(verb, frames, needs_object=False)
        if tail is None or cue is None:
            if "np" in frames and verb.dep in {"ROOT", "ccomp", "conj", "relcl"} and subject.head is not None:
                patient = self._phrase(subject.patient, verb)
                return (frames["np"], [patient]) if patient else None
            return None
        parts = [self._phrase(subject.patient, verb), self._after(verb, tail)]
        if cue.group == "urge" and verb.lemma not in _WISHES:
            parts = parts[1:]  # "was told to go": the subject is addressed
        return cue, [part for part in parts if part is not None]

    def _object_like(self, verb: Token, frames: dict[str, Cue], subject: Subject) -> tuple[Cue, list[Span]] | None:
        if subject.passive:
            return None
        target = verb.child("dobj", "dative")
        if target is not None and target.lower.endswith(("self", "selves")):
            return None
        tail, cue = self._preposition(verb, frames, needs_object=target is not None)
        if tail is not None and cue is not None:
            first = tail.left_edge if target is None or cue.frame == "prep" else min(target.left_edge, tail.left_edge)
            if target is None and cue.frame in {"of", "as"}:
                return None
            if target is not None and target.i < verb.i:
                parts = [(target.start, target.end), tokens_span(self.tree, tail.left_edge, self._end(verb, tail))]
                return cue, [part for part in parts if part is not None]
            span = tokens_span(self.tree, first, self._end(verb, tail))
            return (cue, [span]) if span else None
        named = verb.child("oprd")
        small = next((c for c in verb.children if c.dep == "ccomp" and c.i > verb.i and not c.child("mark")), None)
        if "oprd" in frames and (named or (small is not None and small.pos in {"NOUN", "PROPN", "ADJ"})):
            tail = named or small
            if tail is not None:
                first = min(target.left_edge if target is not None else tail.left_edge, tail.left_edge)
                span = tokens_span(self.tree, first, self._end(verb, tail))
                return (frames["oprd"], [span]) if span and first > verb.i else None
        taken_up = target is not None and target.pos == "PRON" and frames.get("np", _NO_CUE).stance == "denies"
        label = target.child("appos") if target is not None else None
        if "oprd" in frames and verb.lemma in _NAMING and target is not None and label is not None and target.i > verb.i:
            span = tokens_span(self.tree, target.left_edge, self._end(verb, target))
            return (frames["oprd"], [span]) if span else None
        if "np" in frames and target is not None and target.i > verb.i and (target.pos != "PRON" or taken_up):
            span = tokens_span(self.tree, target.left_edge, self._end(verb, target))
            return (frames["np"], [span]) if span else None
        return None

    def _preposition(
        self, verb: Token, frames: dict[str, Cue], *, needs_object: bool
    ) -> tuple[Token | None, Cue | None]:
        allowed = self.lexicon.prepositions.get(verb.lemma, frozenset())
        target = verb.child("dobj", "dative")
        nested = [c for c in target.children if c.lower in {"of", "for", "as"}] if target is not None else []
        for child in [*verb.children, *nested]:
            if child.dep not in {"prep", "agent"} or child.i < verb.i or not child.children:
                continue
            cue = frames.get(child.lower) if child.lower != "to" else None
            if cue is None and child.lower in allowed and (
                not needs_object or child.lower in {"for", "about", "against", "of"}
            ):
                cue = frames.get("prep")
            if cue is not None and (child.head is verb or cue.group in _OF_OBJECT or child.child("pcomp")):
                return child, cue
        return None, None

    # -- where it ends ----------------------------------------------------------------------

    def _after(self, verb: Token, complement: Token) -> Span | None:
        first = self._after_time(complement)
        mark = complement.child("mark")
        if mark is not None and first < mark.i and mark.lower == "that" and self.tree.tokens[mark.i - 1].text == ",":
            first = mark.i  # "reported, citing an official, that ..."
        if first <= verb.i:
            first = verb.i + 1
            target = verb.child("dobj", "dative")
            if target is not None and target.right_edge >= first and complement.i > target.i:
                first = target.right_edge + 1
        span = tokens_span(self.tree, first, self._end(verb, complement))
        return snap(span, self.quotations, verb) if span else None

    def _after_time(self, complement: Token) -> int:
        """Return the content's first token; a time right after the cue belongs to the cue ("said on Monday it")."""
        first = complement.left_edge
        for child in complement.children:
            if child.left_edge == first and child.right_edge < complement.i and child.dep in {"prep", "npadvmod"}:
                noun = child.child("pobj") if child.dep == "prep" else child
                after = self.tree.tokens[child.right_edge + 1]
                if noun is not None and noun.entity in {"DATE", "TIME"} and after.text != ",":
                    return child.right_edge + 1
        return first

    def _end(self, verb: Token, complement: Token) -> int:
        """Return the last token of a content after the verb.

        What follows the complement under the verb (a time, a place) mostly belongs to the content
        though the parser hangs it on the verb; a new predicate, a participle cue or a mark of
        the report's form ("in a statement") does not.
        """
        last = complement.right_edge
        for child in verb.children:
            if child.left_edge <= complement.right_edge:
                continue
            if child.dep in {"conj", "cc", "parataxis"} or (child.dep == "punct" and child.text in {";", ":", "—", "–"}):
                break
            if child.dep == "advcl" and (self._is_cue(child) or child.tag == "VBG"):
                break
            if child.dep == "prep" and (self._of_report(child) or child.lower in {"according", "per", "citing"}):
                break
            if child.dep in {"nsubj", "nsubjpass", "aux"} or (child.dep == "advcl" and _concedes(child)):
                break
            last = child.right_edge
        return self._before_next_cue(verb, complement, last)

    def _before_next_cue(self, verb: Token, complement: Token, last: int) -> int:
        """Cut a content before ", adding that ..." and ", according to ..." wherever they hang."""
        for i in range(verb.i + 1, min(last, len(self.tree.tokens) - 1) + 1):
            token = self.tree.tokens[i]
            before = self.tree.tokens[i - 1]
            if token.text == ";" and not any(q.holds(token.start) for q in self.quotations):
                return i - 1
            if i <= complement.i:
                continue
            if before.text != "," or any(q.holds(token.start) for q in self.quotations):
                continue
            if token.lower == "according" or (token.tag == "VBG" and self._is_cue(token) and _opens_clause(token)):
                return i - 2
            if token.lower in _CONCESSIVE and token.dep == "mark" and token.head.head in (verb, complement):
                return i - 2
        return last

    def _is_cue(self, token: Token) -> bool:
        frames = self.lexicon.frames(token.lemma)
        return "clause" in frames or "quote" in frames or token.lemma == "cite"

    def _of_report(self, preposition: Token) -> bool:
        noun = preposition.child("pobj")
        return (
            noun is not None
            and preposition.lower in {"in", "on", "at", "during", "via", "through"}
            and noun.lemma in self.lexicon.words["phrases.statement_nouns"]
            and all(child.pos != "VERB" for child in noun.children)
        )

    def _around(self, verb: Token, subject: Subject, complement: Token) -> list[Span]:
        """Return the content before (and after) a reporting clause: "A, she said, B"."""
        first, last = verb_group(self.tree, verb)
        members = [first, last]
        if subject.head is not None and not subject.shared:
            members += noun_phrase(self.tree, subject.head, verb)
        for child in verb.children:
            if child is complement or child.subtree_has(complement):
                continue
            if child.dep in {"prep", "npadvmod", "advmod", "dobj", "dative", "prt", "advcl"} and child.i > min(members):
                members += [child.left_edge, child.right_edge]
        tag_first, tag_last = min(members), max(members)
        left = complement.left_edge
        sentence_first, sentence_last = self.tree.sentence(verb)
        if verb.dep == "ROOT":
            left = sentence_first
        right = min(complement.right_edge, sentence_last - 1)
        parts = [tokens_span(self.tree, left, tag_first - 1)]
        if right > tag_last:
            parts.append(tokens_span(self.tree, tag_last + 1, right))
        return [snap(part, self.quotations, verb) for part in parts if part is not None]

    # -- who --------------------------------------------------------------------------------

    def _subject_fits(self, verb: Token, subject: Subject, cue: Cue) -> bool:
        head = subject.head
        if head is None:
            return subject.passive or cue.frame in {"quote"}
        if head.dep == "expl" or (head.lower in _IMPERSONAL and head.dep not in {"nsubj"}):
            return head.lower == "it" and subject.passive
        if head.lower in {"there", "what"}:
            return False
        if head.lower in {"this", "that"} or (head.lower == "it" and cue.group in {"show", "position"}):
            return False
        if head.lower in _NOBODY and cue.group in {"speech-about", "think"}:
            return False
        return self._can_be(cue.who, head)

    def _can_be(self, who: str, head: Token) -> bool:
        """Return whether the noun can be such a subject; people are known by lists and by suffix."""
        if who == "any":
            return True
        words = self.lexicon.words
        document = head.lemma in words["phrases.documents"]
        if who == "document" or (document and who == "source"):
            return document
        if head.pos == "PROPN" or head.entity in {"PERSON", "ORG", "NORP", "GPE"}:
            return True
        if head.pos == "PRON":
            return head.lower in _PERSONS
        return (
            head.lemma in words["sources.unnamed"]
            or head.lemma in words["sources.offices"]
            or head.lemma.endswith(_AGENTIVE)
        )

    def _phrase(self, head: Token, without: Token) -> Span | None:
        return tokens_span(self.tree, *noun_phrase(self.tree, head, without))

    def _build(self, verb: Token, subject: Subject, cue: Cue, content: list[Span]) -> Frame:
        source = None
        if verb.lemma in _HEARINGS and subject.head is not None and subject.head.lemma in _COURTS:
            subject = Subject(None)  # "the court heard": who spoke is not said
        if subject.head is not None and subject.head.dep != "expl":
            source = self._phrase(subject.head, verb)
        first, last = verb_group(self.tree, verb)
        if cue.frame == "on-to":
            last = verb.i + 1
        if verb.dep == "pcomp" and verb.head.lower == "as" and verb.head.head.lemma in {"quote", "cite"} and subject.shared:
            if verb.head.head.child("auxpass") is not None:
                first = verb_group(self.tree, verb.head.head)[0]
        stance: Stance = cue.stance
        if cue.frame == "to" and verb.lemma in {"refuse", "decline"}:
            stance = "denies"
        elif "neg" in {child.dep for child in verb.children} and cue.group in {"think", "say"}:
            stance = "denies" if cue.group == "think" else "declines-comment"
        elif verb.lemma in {"doubt", "dispute"}:
            stance = "denies"
        elif _questions(verb):
            stance = "asks"
        elif cue.group == "believe-to" and subject.head is None:
            stance = "alleges"  # "is said to": nobody answers for it
        elif verb.lemma == "expect":
            stance = "predicts"
        return Frame(
            anchor=verb, head=subject.head, source=source, cue=self.tree.span(first, last),
            content=self._whole(verb, subject, content),
            stance=stance, frame=cue.frame, group=cue.group,
        )  # fmt: skip


    def _whole(self, verb: Token, subject: Subject, content: list[Span]) -> list[Span]:
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


def _finite_complement(verb: Token, *, after: bool) -> Token | None:
    for child in verb.children:
        if child.dep != "ccomp" and not (child.dep == "advcl" and _has_that(child)):
            continue
        if _is_infinitive(child):
            continue
        if child.tag == "VBG" and child.child("aux") is None and not (child.child("nsubj") and verb.lemma in _SMALL):
            continue
        if after and child.i > verb.i and (child.left_edge > verb.i or _has_that(child)):
            return child
        if not after and (child.i < verb.i or child.left_edge < verb.i):
            return child
    return None


def _is_verb(token: Token) -> bool:
    """Return whether the token is a verb, or was tagged a noun though it governs a subject and a clause."""
    if token.pos in {"VERB", "AUX"}:
        return token.tag != "MD"
    return token.dep == "ROOT" and token.child("nsubj") is not None and (
        token.child("ccomp") is not None or token.child("aux") is not None
    )


def _silent_e(token: Token) -> str:
    """Return the lemma of a participle that the lemmatiser cut short: "hoping" is no "hop"."""
    for ending in ("ing", "ed"):
        if token.lower.endswith(ending):
            return token.lower.removesuffix(ending) + "e"
    return token.lemma


def _has_that(token: Token) -> bool:
    mark = token.child("mark")
    return mark is not None and mark.lower in {"that", "whether", "if"}


def _questions(verb: Token) -> bool:
    if verb.lemma not in {"ask", "inquire", "enquire", "wonder", "question", "query"}:
        return False
    clause = verb.child("ccomp", "advcl")
    mark = clause.child("mark", "advmod") if clause is not None else None
    return verb.lemma != "ask" or (mark is not None and mark.lower in {"whether", "if", "why", "how", "when", "where"})


def _concedes(clause: Token) -> bool:
    mark = clause.child("mark")
    return mark is not None and mark.lower in _CONCESSIVE


def _is_infinitive(token: Token) -> bool:
    return any(child.dep == "aux" and child.tag == "TO" for child in token.children)


def _opens_clause(token: Token) -> bool:
    return token.dep in {"advcl", "conj", "acl", "xcomp", "ROOT", "dep", "prep", "ccomp"}
