"""Sources named by a phrase: "по словам X", "как сообщает X", "со ссылкой на X"; hearsay particles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casegraph.attribute.universal.clauses import VerbFrames
from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.spans import Frame, source_span
from casegraph.attribute.universal.subjects import Subjects
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Stance


class AccordingFrames:
    """Attributions whose cue is no predicate of the clause that it stands in."""

    def __init__(self, tree: Tree, lexicon: Lexicon, subjects: Subjects, verbs: VerbFrames) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.subjects = subjects
        self.verbs = verbs

    def find(self) -> Iterator[Frame]:
        """Yield the attributions in order."""
        for token in self.tree.tokens:
            frame = None
            if token.pos == "NOUN":
                frame = self._by(token)
            if frame is None and token.lower == "как":
                frame = self._as(token)
            if frame is None and token.lower in {"согласно", "судя"}:
                frame = self._with(token)
            if frame is not None:
                yield frame

    # -- по словам X --------------------------------------------------------------------------------

    def _by(self, noun: Token) -> Frame | None:
        opener = self._opener(noun)
        if opener is None:
            return None
        source = self._source(noun)
        own = [child for child in noun.kids("det", "amod") if child is not source]
        hearsay = self.lexicon.has("phrases.hearsay", noun.lemma)
        unsure = any(self.lexicon.has("phrases.sourceless_alleges", child.lemma) for child in own)
        plain = source is None and any(self.lexicon.has("phrases.sourceless", child.lemma) for child in own)
        if source is None and not hearsay and not unsure and not plain:
            return None
        inside = source is not None and source.i < noun.i
        adjectives = [child for child in own if child.i < noun.i]
        last = noun
        cue = (opener.start, last.end)
        if not inside and adjectives and source is not None and not unsure:
            cue = (opener.start, noun.end)
        stance: Stance = "alleges" if hearsay or unsure else "asserts"
        return self._framed(noun, source, cue, stance)

    def _opener(self, noun: Token) -> Token | None:
        """Return the preposition that makes the noun a source's: "по словам", "со слов", "на взгляд"."""
        where = noun.prepositions()
        case = next((c for c in noun.kids("case") if c.i < noun.i), None)
        if case is None:
            return None
        if where.startswith("в соответствии") and self._told(noun):
            return case
        if self.lexicon.has("phrases.by_prepositions", where) and self.lexicon.has("phrases.by", noun.lemma):
            return case
        forms = {where, {"со": "с", "во": "в"}.get(where, where)}
        pairs = self.lexicon.words["phrases.from"] | self.lexicon.words["phrases.view"]
        return case if any(f"{noun.lemma}:{form}" in pairs for form in forms) else None

    def _told(self, noun: Token) -> bool:
        return self.lexicon.has("phrases.by", noun.lemma) and bool(noun.kids("nmod"))

    def _source(self, noun: Token) -> Token | None:
        owner = next(
            (c for c in noun.kids("det", "nmod", "amod") if self.lexicon.has("words.possessive", c.lower)),
            None,
        )
        if owner is not None:
            return owner
        if noun.lemma == "зрение":
            point = noun.head if noun.head.lemma == "точка" else noun
            noun = point if point.kids("nmod") else noun
        for child in noun.kids("nmod", "appos", "obl"):
            if child.i > noun.i and child.case in {"Gen", "Ins", ""} and not child.prepositions():
                return child
        return next(
            (c for c in noun.kids("nmod", "appos", "flat") if c.i > noun.i and not c.prepositions()), None
        )

    def _framed(
        self, anchor: Token, source: Token | None, cue: tuple[int, int], stance: Stance
    ) -> Frame | None:
        host = anchor.head
        top = anchor
        while host.dep in {"fixed", "case"} and host.head is not host:
            top, host = host, host.head
        if host is top:
            return self._fragment(anchor, source, cue, stance)
        if host.pos == "NOUN" and anchor.dep == "nmod" and not self._set_off(anchor):
            return None
        while host.dep in {"xcomp", "aux"} and host.head is not host:
            host = host.head
        drop = [top, *host.kids("cc")]
        if host.dep in {"ccomp", "acl", "advcl"}:
            drop += host.kids("mark")
        relative = source is not None and self.lexicon.has("words.relative", source.lemma)
        tokens = self._said(host, top, drop)
        if relative:
            tokens = [t for t in tokens if t.i > anchor.i]
        parts = self.tree.parts(tokens)
        if not parts:
            return None
        span = source_span(self.tree, source, (host,)) if source is not None else None
        return Frame(anchor, source, span, cue, parts, stance, "according", host)

    def _said(self, host: Token, phrase: Token, drop: list[Token]) -> list[Token]:
        """Return the clause around a phrase; all that follows it where the phrase opens the sentence."""
        own = phrase.subtree(drop=(host,))
        sentence = self.tree.sentence(phrase)
        opening = [t for t in sentence if t.i < own[0].i and t.pos not in {"PUNCT", "CCONJ", "ADV", "PART"}]
        if not opening and own[-1].i - own[0].i < len(own) + 4:
            rest = [t for t in sentence if t.i > own[-1].i]
            if rest and any(t.pos in {"VERB", "ADJ", "NOUN"} for t in rest):
                return rest
        tokens = host.subtree(drop=drop)
        return self.tree.filled(tokens, (*own, *(t for d in drop for t in d.subtree())), back=True)

    def _set_off(self, anchor: Token) -> bool:
        """Return whether commas set the phrase off, or it opens its sentence."""
        words = anchor.subtree()
        before = self.tree.tokens[words[0].i - 1] if words[0].i else None
        return (
            before is None
            or before.sentence != anchor.sentence
            or before.pos == "PUNCT"
            or words[0].pos == "PUNCT"
        )

    def _fragment(
        self, anchor: Token, source: Token | None, cue: tuple[int, int], stance: Stance
    ) -> Frame | None:
        """Return the frame of a phrase that the parser made the sentence's root."""
        phrase = source_span(self.tree, source) if source is not None else cue
        tokens = [t for t in self.tree.sentence(anchor) if t.start >= max(phrase[1], cue[1])]
        clause = [t for t in tokens if t.pos in {"VERB", "AUX"}]
        if not clause:
            return None
        return Frame(
            anchor,
            source,
            phrase if source else None,
            cue,
            self.tree.parts(tokens),
            stance,
            "according",
            clause[0],
        )

    # -- согласно X, судя по X, как сообщает X ------------------------------------------------------------

    def _with(self, word: Token) -> Frame | None:
        noun = word.head if word.dep == "case" else word.child("obl", "nmod", "obj", "iobj")
        if noun is None or noun.pos not in {"NOUN", "PROPN", "PRON"} or noun.i < word.i:
            return None
        if not self.subjects.speaks(noun):
            return None
        last = next((c for c in noun.kids("case") if c.i < noun.i and c is not word), word)
        anchor = noun if word.dep == "case" else word
        if noun.child("amod") is None and noun.dep == "fixed":
            return None
        return self._framed(anchor, noun, (word.start, max(last.end, word.end)), "asserts")

    def _as(self, word: Token) -> Frame | None:  # noqa: PLR0911 - each early return is a construction that only looks like it
        """Return "как сообщает X", "как стало известно", "как следует из X"."""
        near = [t for t in self.tree.tokens[word.i + 1 : word.i + 8] if t.sentence == word.sentence]
        verb = word.head if word.head is not word and word.head.i > word.i else None
        if verb is None or not self._tells(verb):
            verb = next((t for t in near if self._tells(t)), None)
        if verb is not None and verb.lower in {"известно", "говорится", "правило"} and verb.dep != "xcomp":
            return None
        if verb is None or not self._tells(verb) or any(t.text == "," for t in near if t.i < verb.i):
            return None
        holder = verb.head if verb.dep == "xcomp" else verb
        if holder.dep in {"ccomp", "csubj", "conj", "xcomp"}:
            return None
        before = self.tree.tokens[word.i - 1] if word.i else None
        if before is not None and before.sentence == word.sentence and before.pos not in {"PUNCT", "CCONJ"}:
            return None
        out = next((n for n in verb.kids("obl", "nmod", "iobj") if n.prepositions() == "из"), None)
        head = self.subjects.document(verb) if out is None else out
        if head is None and self.lexicon.impersonal.get(verb.lemma) is None:
            head = self.subjects.of(verb)
        content = self.verbs.around_as(holder, "asserts")
        if content is None:
            tokens = [
                t
                for t in self.tree.sentence(verb)
                if t not in holder.subtree(drop=holder.kids("parataxis", "ccomp", "conj"))
            ]
            if not any(t.pos == "VERB" for t in tokens):
                return None
        else:
            tokens = [
                t
                for t in self._said(content.root, holder, [holder, *content.root.kids("cc")])
                if t is not word
            ]
        low, high = (word, verb) if verb.i > word.i else (verb, word)
        cue_end = next(
            (c.end for c in (out.kids("case") if out is not None else []) if c.i == high.i + 1), high.end
        )
        adjacent = verb.i == word.i + 1 or (head is None and verb.i <= word.i + 2)
        cue = (low.start if adjacent else verb.start, cue_end)
        parts = self.tree.parts(tokens)
        if not parts:
            return None
        source = source_span(self.tree, head, (verb,)) if head is not None else None
        root = content.root if content is not None else None
        return Frame(verb, head, source, cue, parts, "asserts", "as", root)

    def _tells(self, verb: Token) -> bool:
        frames = self.lexicon.frames(verb.lemma)
        return (
            verb.pos in {"VERB", "ADJ", "ADV"} and verb.feats.get("VerbForm") not in {"Inf", "Conv"}
            and ("clause" in frames or bool({verb.lemma, verb.lower} & self.lexicon.impersonal.keys()))
        )  # fmt: skip

    # -- со ссылкой на X --------------------------------------------------------------------------------

    def cited(self, frames: Sequence[Frame]) -> Iterator[Frame]:
        """Yield who is cited by whoever reports: "пишет газета со ссылкой на источник"."""
        by_anchor = {frame.anchor: frame for frame in frames if frame.anchor is not None}
        for token in self.tree.tokens:
            noun = self._citation(token)
            if noun is None:
                continue
            low = next((c for c in token.kids("case") if c.i < token.i), token)
            case = next((c for c in noun.kids("case") if c.i < noun.i), None)
            cue = (low.start, case.end if case is not None else token.end)
            source = source_span(self.tree, noun)
            report = next((by_anchor[up] for up in token.ancestors() if up in by_anchor), None)
            if report is not None and report.content:
                content = [s for s in report.content if not s[0] <= cue[0] < s[1]] or report.content
                yield Frame(
                    token, noun, source, cue, list(content), report.stance, "citing", report.root, report
                )
                continue
            alone = self._framed(token, noun, cue, "asserts")
            if alone is not None:
                yield alone

    def quoted(self, frames: Sequence[Frame]) -> Iterator[Frame]:
        """Yield whom somebody quotes: «Речь», — цитирует газета министра; its own source reports."""
        for frame in frames:
            verb = frame.anchor
            if frame.make != "quote" or verb is None or not self.lexicon.has("words.quoting", verb.lemma):
                continue
            kids = [
                c for c in verb.kids("nsubj", "obj", "iobj", "obl") if c.i > verb.i and not c.prepositions()
            ]
            bodies = [c for c in kids if self.subjects.names.is_body(c)]
            if bodies and len(bodies) < len(kids):
                frame.head = bodies[0]
            elif frame.head is None:
                frame.head = next((c for c in kids if c.case == "Nom"), None)
            if frame.head is not None:
                frame.source = source_span(self.tree, frame.head, (verb,))
            cited = next(
                (c for c in kids if c is not frame.head and (bodies or c.case in {"Acc", "Gen"})), None
            )
            if cited is not None and cited.lemma == "слово":
                cited = next((c for c in cited.kids("nmod") if c.case == "Gen"), None)
            if cited is not None and frame.head is not None and self.subjects.speaks(cited):
                source = source_span(self.tree, cited, (verb,))
                yield Frame(
                    None, cited, source, None, list(frame.content), frame.stance, "quote", frame.root, frame
                )

    def _citation(self, token: Token) -> Token | None:
        words = self.lexicon
        named = words.has("phrases.citing", token.lemma) and token.prepositions() in {"со", "с"}
        if not named and not (
            words.has("phrases.citing_verbs", token.lemma) and token.feats.get("VerbForm") == "Conv"
        ):
            return None
        return next((n for n in token.kids("nmod", "obl", "obj", "iobj") if n.prepositions() == "на"), None)

    # -- якобы ------------------------------------------------------------------------------------------

    def hearsay(self, frames: Sequence[Frame]) -> Iterator[Frame]:
        """Yield what "якобы" and its like doubt, where no attribution holds it already."""
        for token in self.tree.tokens:
            if (
                not self.lexicon.has("adverbs.alleges", token.lower)
                or token.dep == "mark"
                or token.pos == "NOUN"
            ):
                continue
            if any(s <= token.start < e for frame in frames for s, e in frame.content):
                continue
            clause = token.clause()
            drop = [token, *clause.kids("cc", "mark")]
            parts = self.tree.parts(clause.subtree(drop=drop))
            if parts and clause is not token:
                yield Frame(token, None, None, (token.start, token.end), parts, "alleges", "adverb", clause)
