"""Frames of cue verbs: clauses, infinitives, objects and prepositional contents."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.extents import Extents
from casegraph.attribute.fitting import fits, hears, stance_of
from casegraph.attribute.lexicon import Cue, Lexicon
from casegraph.attribute.quotes import Quotations
from casegraph.attribute.spans import Frame, Span, tokens_span, verb_group
from casegraph.attribute.subjects import Subject, find_subject
from casegraph.attribute.tree import Token, Tree

_OF_OBJECT = frozenset({"accuse", "judge-for", "blame", "thank-for"})  # "criticised X for Y": often hung on X
# What speakers say of their own thoughts is part of their words; what they say that others say is not.
_IN_QUOTATIONS = frozenset(
    {"say", "say-alleging", "inform", "deny", "accuse", "think", "intend", "urge", "predict", "ask"}
)
_NEAR = 14  # tokens in which "said in a letter to the board that" finds its "that"
_COMPLEMENTS = ("ccomp", "xcomp", "acl", "advcl", "dep")
_WITH_OBJECT = frozenset({"for", "about", "against", "of"})

_Match = tuple[Cue, list[Span]]


class VerbFrames:
    """Finds the frame that each cue verb of a page opens."""

    def __init__(self, tree: Tree, lexicon: Lexicon, quotations: Quotations) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.quotations = quotations
        self.extents = Extents(tree, lexicon, quotations)
        self._merged: set[int] = set()  # verbs that belong to a cue before them: "refused to say"

    def find(self) -> Iterator[Frame]:
        """Yield a frame for each cue verb with content of its own, in order."""
        for token in self.tree.tokens:
            if not _is_verb(token) or token.dep in {"amod", "compound", "aux", "auxpass"}:
                continue
            frames = self._frames(token)
            if not frames or token.i in self._merged or token.lower in {"citing", "quoting"}:
                continue  # whoever is cited has a frame of his own
            subject = find_subject(token)
            for match in (self._clause, self._infinitive, self._passive, self._object_like):
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

    def _clause(self, verb: Token, frames: dict[str, Cue], subject: Subject) -> _Match | None:
        cue = frames.get("clause") or frames.get("object-clause")
        after = self._complement(verb, after=True) or self._detached(verb)
        if after is not None:
            if cue is None and after.child("mark") is None and "object-to" in frames:
                return None
            cue = cue or frames.get("quote")
            span = self.extents.after(verb, after) if cue is not None else None
            return (cue, [span]) if cue is not None and span is not None else None
        told = verb.child("dobj")
        if told is not None and told.i > verb.i and "object-clause" not in frames:
            return None  # "The game was released, and they announced a sequel"
        before = self._complement(verb, after=False)
        if before is None and verb.dep == "parataxis" and subject.head is not None and not subject.shared:
            before = verb.head
        if before is None or cue is None or subject.passive:
            return None
        parts = self.extents.around(verb, subject, before)
        return (cue, parts) if parts else None

    def _complement(self, verb: Token, *, after: bool) -> Token | None:
        """Return the finite clause after (or before) the verb."""
        small = verb.lemma in self.lexicon.words["verbs.small_clause"]
        for child in verb.children:
            if child.dep != "ccomp" and not (child.dep == "advcl" and _has_that(child)):
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

    def _infinitive(self, verb: Token, frames: dict[str, Cue], subject: Subject) -> _Match | None:
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

    def _wished(self, verb: Token, after: list[Token], frames: dict[str, Cue]) -> _Match | None:
        """Match "want the law repealed", "would like them gone"."""
        if "object-to" not in frames or verb.lemma not in self.lexicon.words["verbs.wishes"]:
            return None
        small = next((c for c in after if c.dep in {"ccomp", "xcomp"} and c.child("mark") is None), None)
        if small is None or small.tag not in {"VBN", "VBD", "JJ", "RB"} or small.child("nsubj") is None:
            return None
        span = self.extents.after(verb, small)
        return (frames["object-to"], [span]) if span else None

    def _bare_to(self, verb: Token, complement: Token | None, frames: dict[str, Cue]) -> _Match | None:
        """Match "vows to veto map" where the parser took the infinitive for something else."""
        to = self.tree.tokens[verb.i + 1] if verb.i + 2 < len(self.tree.tokens) else None
        if complement is not None or "to" not in frames or to is None or to.tag != "TO":
            return None
        if to.sentence != verb.sentence or self.tree.tokens[to.i + 1].sentence != verb.sentence:
            return None
        last = verb.right_edge
        span = tokens_span(self.tree, to.i, last) if last > to.i else None
        return (frames["to"], [span]) if span else None

    def _to(self, verb: Token, complement: Token, frames: dict[str, Cue]) -> _Match | None:
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
        if (own is not None or between) and "object-to" in frames:
            if own is not None and verb.lemma not in self.lexicon.words["verbs.wishes"]:
                # "urged X to go": X is addressed, the content is what is asked.
                to = next(c for c in complement.children if c.dep == "aux" and c.tag == "TO")
                span = (to.start, span[1])
            return frames["object-to"], [span]
        after = self.tree.tokens[verb.i + 1]
        addressed = self.lexicon.words.get(f"addressed.{verb.lemma}", frozenset())
        if own is None and after.dep == "prep" and after.lower in addressed:
            return Cue("on-to", "orders", "urge"), [span]
        return (frames["to"], [span]) if "to" in frames and own is None and not between else None

    # -- passives -----------------------------------------------------------------------------

    def _passive(self, verb: Token, frames: dict[str, Cue], subject: Subject) -> _Match | None:
        """Match "X is said to be Y", "X was accused of Y", "X was described as Y"."""
        words = self.lexicon.words
        if not subject.passive or subject.patient is None:
            return None
        if verb.lemma in words["verbs.naming"] and (subject.head is None or verb.child("auxpass") is None):
            return None  # "a firm called Y" tells a name, not a report
        if verb.lemma in words["verbs.quoting"] and any(
            c.lower == "as" and c.child("pcomp") for c in verb.children
        ):
            return None  # "was quoted as saying": the frame is that of "saying"
        tail = next((c for c in verb.children if c.i > verb.i and _predicates(c)), None)
        cue = frames.get("object-to") or frames.get("oprd")
        if tail is None or cue is None:
            tail, cue = self._preposition(verb, frames, needs_object=False)
        patient = self.extents.phrase(subject.patient, verb)
        if tail is None or cue is None:
            whole = "np" in frames and subject.head is not None and patient is not None
            return (frames["np"], [patient]) if whole and patient is not None else None
        parts = [patient, self.extents.after(verb, tail)]
        if cue.group == "urge" and verb.lemma not in words["verbs.wishes"]:
            parts = parts[1:]  # "was told to go": the subject is addressed
        return cue, [part for part in parts if part is not None]

    # -- objects ------------------------------------------------------------------------------

    def _object_like(self, verb: Token, frames: dict[str, Cue], subject: Subject) -> _Match | None:
        target = verb.child("dobj", "dative")
        if subject.passive or (target is not None and target.lower.endswith(("self", "selves"))):
            return None
        tail, cue = self._preposition(verb, frames, needs_object=target is not None)
        if tail is not None and cue is not None:
            return self._with_preposition(verb, target, tail, cue)
        return (
            self._named(verb, target, frames)
            or self._loose_as(verb, target, frames)
            or self._object(verb, target, frames)
        )

    def _with_preposition(self, verb: Token, target: Token | None, tail: Token, cue: Cue) -> _Match | None:
        last = self.extents.end(verb, tail)
        if target is None and cue.frame in {"of", "as"}:
            return None
        if target is not None and target.i < verb.i:  # "which he dismissed as a stunt"
            parts = [(target.start, target.end), tokens_span(self.tree, tail.left_edge, last)]
            return cue, [part for part in parts if part is not None]
        first = tail.left_edge
        if cue.frame == "prep" and tail.i == verb.i + 1 and self._belongs(tail, verb):
            first = tail.i + 1  # "called for": the preposition is the cue's
        if target is not None and (cue.frame != "prep" or cue.group == "liken"):
            first = min(target.left_edge, first)
        span = tokens_span(self.tree, first, last)
        return (cue, [span]) if span else None

    def _belongs(self, preposition: Token, verb: Token) -> bool:
        """Return whether the preposition makes one word with the verb (Quirk 16.5): "call for"."""
        return preposition.lower in self.lexicon.words.get(f"prepositional.{verb.lemma}", frozenset())

    def _named(self, verb: Token, target: Token | None, frames: dict[str, Cue]) -> _Match | None:
        """Match "called the budget a love letter", "call Mr. Poole "the Cow Doctor"."""
        if "oprd" not in frames:
            return None
        small = next(
            (c for c in verb.children if c.dep == "ccomp" and c.i > verb.i and not c.child("mark")), None
        )
        label = verb.child("oprd") or (
            small if small is not None and small.pos in {"NOUN", "PROPN", "ADJ"} else None
        )
        if label is None and target is not None and target.child("appos") is not None:
            label = target if verb.lemma in self.lexicon.words["verbs.naming"] else None
        quotation = self.quotations.at(target.start) if target is not None and label is None else None
        if (
            quotation is not None
            and target is not None
            and quotation.start > self.tree.tokens[target.left_edge].start
        ):
            label = target  # "called the move "theater"": one phrase to the parser
        if label is None:
            return None
        first = min(target.left_edge if target is not None else label.left_edge, label.left_edge)
        span = tokens_span(self.tree, first, self.extents.end(verb, label)) if first > verb.i else None
        return (frames["oprd"], [span]) if span else None

    def _loose_as(self, verb: Token, target: Token | None, frames: dict[str, Cue]) -> _Match | None:
        """Match "describe him as courtly" where the parser made "as" an adverb or hung it elsewhere."""
        cue = frames.get("as")
        if cue is None or cue.group != "name-as" or target is None or target.i < verb.i:
            return None
        _, end = self.tree.sentence(verb)
        for token in self.tree.tokens[target.i + 1 : min(end, target.i + _NEAR)]:
            if token.pos in {"VERB", "AUX", "PUNCT"}:
                return None
            if token.lower == "as" and token.dep != "mark" and target.right_edge < token.i < end - 1:
                last = max(self.extents.end(verb, target), verb.right_edge)
                span = tokens_span(self.tree, target.left_edge, last)
                return (cue, [span]) if span else None
        return None

    def _object(self, verb: Token, target: Token | None, frames: dict[str, Cue]) -> _Match | None:
        if "np" not in frames or target is None or target.i < verb.i:
            return None
        if target.pos == "PRON" and frames["np"].stance != "denies":
            return None
        only = self.lexicon.words.get(f"objects.{verb.lemma}")
        group = frames["np"].group
        measured = group == "weigh" and target.child("nummod") is not None  # "weighs 7.5 kilograms"
        if measured or (only is not None and group == "claim-np" and target.lemma not in only):
            return None
        span = tokens_span(self.tree, target.left_edge, self.extents.end(verb, target))
        return (frames["np"], [span]) if span else None

    def _preposition(
        self, verb: Token, frames: dict[str, Cue], *, needs_object: bool
    ) -> tuple[Token | None, Cue | None]:
        particle = verb.child("prt")
        phrasal = f"{verb.lemma}_{particle.lower}" if particle is not None else verb.lemma
        allowed = self.lexicon.prepositions.get(phrasal, frozenset())
        target = verb.child("dobj", "dative")
        likens = "prep" in frames and frames["prep"].group == "liken"
        nested = [
            c for c in (target.children if target is not None else ())
            if c.lower in {"of", "for", "as"} or (likens and c.lower in allowed)
        ]  # fmt: skip
        for child in [*verb.children, *nested]:
            if child.dep not in {"prep", "agent", "dative"} or child.i < verb.i or not child.children:
                continue
            if likens and child.lower in allowed:
                if target is None or not _ascribes(child):
                    continue
                return child, frames["prep"]
            cue = frames.get(child.lower) if child.lower != "to" else None
            if cue is None and child.lower in allowed and (not needs_object or child.lower in _WITH_OBJECT):
                cue = frames.get("prep")
            if cue is not None and (child.head is verb or cue.group in _OF_OBJECT or child.child("pcomp")):
                return child, cue
        return None, None

    # -- the frame ----------------------------------------------------------------------------

    def _build(self, verb: Token, subject: Subject, cue: Cue, content: list[Span]) -> Frame:
        if hears(verb, subject, self.lexicon):
            subject = Subject(None)
        source = None
        if subject.head is not None and subject.head.dep != "expl":
            source = self.extents.phrase(subject.head, verb)
        first, last = verb_group(self.tree, verb)
        if cue.frame == "on-to" or (
            cue.frame == "prep" and self._belongs(self.tree.tokens[verb.i + 1], verb)
        ):
            last = verb.i + 1
        if cue.frame == "to-say":
            last = next(c.i for c in verb.children if c.i in self._merged)
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


def _ascribes(preposition: Token) -> bool:
    """Return whether "put X at Y" tells a figure; other verbs of ascribing need none."""
    if preposition.lower != "at":
        return True
    noun = preposition.child("pobj")
    return noun is not None and any(
        token.tag == "CD" or token.entity in {"MONEY", "PERCENT", "CARDINAL", "QUANTITY"}
        for token in (noun, *noun.children)
    )


def _is_gerund(token: Token) -> bool:
    having = token.child("aux")
    return token.tag == "VBG" or (token.tag == "VBN" and having is not None and having.tag == "VBG")


def _is_infinitive(token: Token) -> bool:
    return any(child.dep == "aux" and child.tag == "TO" for child in token.children)
