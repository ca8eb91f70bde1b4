"""Frames of cue verbs: clauses, infinitives, objects and prepositional contents."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.base import Span
from casegraph.attribute.english.extents import Extents
from casegraph.attribute.english.fitting import fits, hears, stance_of
from casegraph.attribute.english.objects import Match, ObjectFrames
from casegraph.attribute.english.spans import Frame, tokens_span, verb_group
from casegraph.attribute.english.subjects import Subject, find_subject
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.lexicon import Cue, Lexicon
from casegraph.attribute.quotes import Quotations

# What speakers say of their own thoughts is part of their words; what they say that others say is not.
_IN_QUOTATIONS = frozenset(
    {"say", "say-alleging", "inform", "deny", "accuse", "think", "intend", "urge", "predict", "ask"}
)
_NEAR = 14  # tokens in which "said in a letter to the board that" finds its "that"
_COMPLEMENTS = ("ccomp", "xcomp", "acl", "advcl", "dep")


class VerbFrames:
    """Finds the frame that each cue verb of a page opens."""

    def __init__(self, tree: Tree, lexicon: Lexicon, quotations: Quotations) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.quotations = quotations
        self.extents = Extents(tree, lexicon, quotations)
        self.objects = ObjectFrames(tree, lexicon, quotations, self.extents)
        self._merged: set[int] = set()  # verbs that belong to a cue before them: "refused to say"

    def find(self) -> Iterator[Frame]:
        """Yield a frame for each cue verb with content of its own, in order."""
        for token in self.tree.tokens:
            if not _is_verb(token) or token.dep in {"amod", "compound", "aux", "auxpass"}:
                continue
            frames = self._frames(token)
            if not frames or token.i in self._merged or token.lower in {"citing", "quoting"}:
                continue  # whoever is cited has a frame of his own
            if token.dep == "conj" and (token.lemma, token.head.lemma) == ("deny", "confirm"):
                continue  # "would neither confirm nor deny"
            subject = find_subject(token)
            for match in (self._clause, self._infinitive, self._passive, self.objects.find):
                found = match(token, frames, subject)
                if found is not None and fits(subject, found[0], self.lexicon):
                    yield self._build(token, subject, *found)
                    break

    def _frames(self, verb: Token) -> dict[str, Cue]:
        particle = verb.child("prt")
        phrasal = f"{verb.lemma}_{particle.lower}" if particle is not None else ""
        frames = (
            self.lexicon.frames(phrasal)
            or self.lexicon.frames(verb.lemma)
            or self.lexicon.frames(_silent_e(verb))
        )
        quotation = self.quotations.at(verb.start)
        if quotation is None or not frames:
            return frames
        if verb.text[0].isupper() and verb.start > quotation.start + 1:
            return {}  # a title: "They Said It Would Rain"
        return {name: cue for name, cue in frames.items() if cue.group in _IN_QUOTATIONS}

    # -- clauses ------------------------------------------------------------------------------

    def _clause(self, verb: Token, frames: dict[str, Cue], subject: Subject) -> Match | None:
        cue = frames.get("clause") or frames.get("object-clause")
        after = self._complement(verb, after=True) or self._detached(verb)
        if after is not None:
            return self._clause_after(verb, after, cue, frames)
        told = verb.child("dobj")
        if told is not None and told.i > verb.i and "object-clause" not in frames:
            return None  # "The game was released, and they announced a sequel"
        before = self._complement(verb, after=False)
        if before is None and verb.dep == "parataxis" and subject.head is not None and not subject.shared:
            before = verb.head
        if before is None or cue is None or cue.group == "examine" or subject.passive:
            return None
        if any(t.text == ":" for t in self.tree.tokens[before.i : verb.i]):
            return None  # "Let's be clear: nobody asked for this"
        parts = self.extents.around(verb, subject, before)
        return (cue, parts) if parts else None

    def _clause_after(
        self, verb: Token, after: Token, cue: Cue | None, frames: dict[str, Cue]
    ) -> Match | None:
        if cue is None and after.child("mark") is None and "object-to" in frames:
            return None
        cue = cue or frames.get("quote")
        if cue is None or (cue.group == "examine" and not self._asks(after)):
            return None
        span = self.extents.after(verb, after)
        return (cue, [span]) if span is not None else None

    def _complement(self, verb: Token, *, after: bool) -> Token | None:
        """Return the finite clause after (or before) the verb."""
        small = verb.lemma in self.lexicon.words["verbs.small_clause"]
        for child in verb.children:
            if child.dep != "ccomp" and not (child.dep == "advcl" and self._reported(verb, child)):
                continue
            helped = child.child("aux", "auxpass") is not None or (small and child.child("nsubj") is not None)
            bare = child.tag in {"VBG", "VBN"} and not helped and child.child("nsubjpass") is None
            if bare or _is_infinitive(child):
                continue
            if after and child.i > verb.i and (child.left_edge > verb.i or _has_that(child)):
                return child
            if not after and (child.i < verb.i or child.left_edge < verb.i):
                return child
        return None

    def _asks(self, clause: Token) -> bool:
        words = self.lexicon.words["words.questions"] | {"whether", "if"}
        return any(c.lower in words and c.i < clause.i for c in clause.children)

    def _reported(self, verb: Token, clause: Token) -> bool:
        """Return whether a clause that the parser calls adverbial is the content; "if" mostly is not."""
        mark = clause.child("mark")
        if mark is not None and mark.lower == "if":
            return verb.lemma in self.lexicon.words["verbs.doubtful"]
        asked = any(c.tag == "WRB" and c.i < clause.i for c in clause.children)
        if asked and verb.lemma in self.lexicon.words["verbs.merged"] and _is_infinitive(verb):
            return True  # "refused to say when he had learned"
        return _has_that(clause)

    def _detached(self, verb: Token) -> Token | None:
        """Return the "that" clause of a cue verb which the parser hung on a noun between the two."""
        _, end = self.tree.sentence(verb)
        for token in self.tree.tokens[verb.i + 1 : min(end, verb.i + _NEAR)]:
            if token.pos == "VERB":
                return None
            if token.dep != "mark" or token.lower not in {"that", "whether"}:
                continue
            clause, above = token.head, token.head.head
            hung = clause.dep in {"acl", "relcl", "advcl", "dobj", "dep"} and verb.i < above.i < token.i
            noted = above.lemma in self.lexicon.words["phrases.statement_nouns"] or above.head.lower == "with"
            form = above.dep == "pobj" and above.head.head is verb and noted
            of_noun = above.lemma in self.lexicon.nouns and above.pos == "NOUN" and not form
            return clause if (hung or above is verb) and not of_noun else None
        return None

    # -- infinitives and -ing ------------------------------------------------------------------

    def _infinitive(self, verb: Token, frames: dict[str, Cue], subject: Subject) -> Match | None:
        if subject.passive:
            return None
        after = [child for child in verb.children if child.i > verb.i]
        complement = next((c for c in after if c.dep in _COMPLEMENTS and _is_infinitive(c)), None)
        if complement is not None:
            found = self._to(verb, complement, frames)
            if found is not None:
                return found
        wished = self._wished(verb, after, frames) or self._bare_to(verb, complement, frames)
        if wished is not None:
            return wished
        gerund = next((c for c in after if c.dep in {"xcomp", "pcomp", "ccomp"} and _is_gerund(c)), None)
        if gerund is None or "gerund" not in frames:
            return None
        span = self.extents.after(verb, gerund)
        return (frames["gerund"], [span]) if span else None

    def _wished(self, verb: Token, after: list[Token], frames: dict[str, Cue]) -> Match | None:
        """Match "want the law repealed", "would like them gone"."""
        if "object-to" not in frames or verb.lemma not in self.lexicon.words["verbs.wishes"]:
            return None
        small = next((c for c in after if c.dep in {"ccomp", "xcomp"} and c.child("mark") is None), None)
        if small is None or small.tag not in {"VBN", "VBD", "JJ", "RB"} or small.child("nsubj") is None:
            return None
        span = self.extents.after(verb, small)
        return (frames["object-to"], [span]) if span else None

    def _bare_to(self, verb: Token, complement: Token | None, frames: dict[str, Cue]) -> Match | None:
        """Match "vows to veto map" where the parser took the infinitive for something else."""
        to = self.tree.tokens[verb.i + 1] if verb.i + 2 < len(self.tree.tokens) else None
        if complement is not None or "to" not in frames or to is None or to.tag != "TO":
            return None
        if to.sentence != verb.sentence or self.tree.tokens[to.i + 1].sentence != verb.sentence:
            return None
        last = verb.right_edge
        span = tokens_span(self.tree, to.i, last) if last > to.i else None
        return (frames["to"], [span]) if span else None

    def _to(self, verb: Token, complement: Token, frames: dict[str, Cue]) -> Match | None:
        said = self._complement(complement, after=True) if "to" in frames else None
        if said is not None and complement.lemma in self.lexicon.words["verbs.merged"]:
            self._merged.add(complement.i)
            span = self.extents.after(complement, said)
            return (Cue("to-say", frames["to"].stance, frames["to"].group), [span]) if span else None
        own = complement.child("nsubj")
        target = verb.child("dobj", "dative")
        between = target is not None and target.i < complement.i
        span = self.extents.after(verb, complement)
        if span is None:
            return None
        after = self.tree.tokens[verb.i + 1]
        addressed = self.lexicon.words.get(f"addressed.{verb.lemma}", frozenset())
        if after.dep == "prep" and after.lower in addressed and after.head is verb:
            to = next(c for c in complement.children if c.dep == "aux" and c.tag == "TO")
            start = to.start if own is not None else span[0]
            return Cue("on-to", "orders", "urge"), [(start, span[1])]  # "called on X to go"
        if (own is not None or between) and "object-to" in frames:
            if own is not None and verb.lemma not in self.lexicon.words["verbs.wishes"]:
                # "urged X to go": X is addressed, the content is what is asked.
                to = next(c for c in complement.children if c.dep == "aux" and c.tag == "TO")
                span = (to.start, span[1])
            return frames["object-to"], [span]
        return (frames["to"], [span]) if "to" in frames and own is None and not between else None

    # -- passives -----------------------------------------------------------------------------

    def _passive(self, verb: Token, frames: dict[str, Cue], subject: Subject) -> Match | None:
        """Match "X is said to be Y", "X was accused of Y", "X was described as Y"."""
        words = self.lexicon.words
        if not subject.passive or subject.patient is None or self._only_names(verb, subject):
            return None
        tail = next((c for c in verb.children if c.i > verb.i and _predicates(c)), None)
        cue = frames.get("object-to") or frames.get("oprd")
        if tail is None or cue is None:
            tail, cue = self.objects.preposition(verb, frames, needs_object=False)
        patient = self.extents.phrase(subject.patient, verb)
        if tail is None or cue is None:
            whole = "np" in frames and subject.head is not None and patient is not None
            return (frames["np"], [patient]) if whole and patient is not None else None
        parts = [patient, self.extents.after(verb, tail)]
        addressed = cue.group == "urge" or (cue.frame == "prep" and verb.lemma in words["verbs.questioned"])
        if addressed and verb.lemma not in words["verbs.wishes"]:
            parts = parts[1:]  # "was told to go": the subject is addressed
        return cue, [part for part in parts if part is not None]

    def _only_names(self, verb: Token, subject: Subject) -> bool:
        """Return whether the passive reports nothing by itself."""
        words, nobody = self.lexicon.words, subject.head is None
        if verb.lemma in words["verbs.naming"] and (nobody or verb.child("auxpass") is None):
            return True  # "a firm called Y" tells a name, not a report
        if nobody and verb.lemma in {"charge", "tax"}:
            return True  # "was charged with murder": a fact of the court's
        if nobody and verb.dep == "acl" and verb.lemma in words["verbs.identifying"]:
            return True  # "the suspect, identified as X"
        # "was quoted as saying": the frame is that of "saying"
        quoting = verb.lemma in words["verbs.quoting"]
        return quoting and any(c.lower == "as" and c.child("pcomp") for c in verb.children)

    # -- the frame ----------------------------------------------------------------------------

    def _build(self, verb: Token, subject: Subject, cue: Cue, content: list[Span]) -> Frame:
        if hears(verb, subject, self.lexicon):
            subject = Subject(None)
        source = None
        if subject.head is not None and subject.head.dep != "expl":
            source = self.extents.phrase(subject.head, verb)
        first, last = verb_group(self.tree, verb)
        if cue.frame == "on-to" or (
            cue.frame == "prep" and self.objects.belongs(self.tree.tokens[verb.i + 1], verb)
        ):
            last = verb.i + 1
        if cue.frame == "to-say":
            last = next(c.i for c in verb.children if c.i in self._merged)
        if (
            verb.dep == "xcomp"
            and _is_infinitive(verb)
            and verb.head.lemma in self.lexicon.words["verbs.raising"]
        ):
            above = verb_group(self.tree, verb.head)[0]
            joint = self.tree.tokens[verb.head.i + 1 : verb.i]
            first = above if all(t.pos in {"PART", "ADV"} for t in joint) else first  # "used to say"
        quoting = verb.head.head if verb.dep == "pcomp" and verb.head.lower == "as" else verb
        if quoting.lemma in self.lexicon.words["verbs.quoting"] and quoting.child("auxpass") is not None:
            first = verb_group(self.tree, quoting)[0]
        return Frame(
            anchor=verb, head=subject.head, source=source, cue=self.tree.span(first, last),
            content=self.extents.whole(verb, subject, content),
            stance=stance_of(verb, subject, cue, self.lexicon), frame=cue.frame, group=cue.group,
        )  # fmt: skip


def _is_verb(token: Token) -> bool:
    """Return whether the token is a verb, or was tagged a noun though it governs a subject and a clause."""
    if token.pos in {"VERB", "AUX"}:
        return token.tag != "MD"
    governs = token.child("ccomp", "xcomp", "aux") is not None
    return token.dep == "ROOT" and token.child("nsubj") is not None and governs


def _silent_e(token: Token) -> str:
    """Return the lemma of a participle that the lemmatiser cut short: "hoping" is no "hop"."""
    for ending in ("ing", "ed"):
        if token.lower.endswith(ending):
            return token.lower.removesuffix(ending) + "e"
    return token.lemma


def _has_that(token: Token) -> bool:
    mark = token.child("mark")
    return mark is not None and mark.lower in {"that", "whether", "if"}


def _predicates(token: Token) -> bool:
    return token.dep == "oprd" or (token.dep in {"xcomp", "ccomp", "advcl"} and _is_infinitive(token))


def _is_gerund(token: Token) -> bool:
    having = token.child("aux")
    return token.tag == "VBG" or (token.tag == "VBN" and having is not None and having.tag == "VBG")


def _is_infinitive(token: Token) -> bool:
    return any(child.dep == "aux" and child.tag == "TO" for child in token.children)
