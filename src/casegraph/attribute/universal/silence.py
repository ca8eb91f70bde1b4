"""Who would not comment."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.spans import Frame, cue_span, source_span
from casegraph.attribute.universal.subjects import Subjects
from casegraph.attribute.universal.tree import Token, Tree


class Silence:
    """Refusals and answers that did not come."""

    def __init__(self, tree: Tree, lexicon: Lexicon, subjects: Subjects) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.subjects = subjects

    def find(self) -> Iterator[Frame]:
        """Yield the refusals in order."""
        for verb in self.tree.tokens:
            if verb.pos not in {"VERB", "AUX"}:
                continue
            found = self._refused(verb)
            if found is None:
                continue
            head = None if found[1] == "absent" else self.subjects.of(verb) or self.subjects.place(verb)
            refused = found[0]
            parts = self.tree.parts(refused.subtree())
            source = source_span(self.tree, head, (verb,)) if head is not None else None
            yield Frame(
                verb, head, source, cue_span(self.tree, verb, self.lexicon), parts, "declines-comment",
                "silence", refused,
            )  # fmt: skip

    def _refused(self, verb: Token) -> tuple[Token, str] | None:  # noqa: PLR0911 - a construction a branch
        words = self.lexicon
        if words.has("silence.refuse", verb.lemma):
            return self._among(verb, "silence.refused", "refuse")
        if not self._negated(verb):
            return None
        if words.has("silence.absent", verb.lemma) and verb.lemma not in {"дать", "предоставить", "получить"}:
            noun = next((n for n in verb.children if words.has("silence.absent_nouns", n.lemma)), None)
            return (noun, "absent") if noun is not None else None
        if words.has("silence.absent", verb.lemma):
            return self._among(verb, "silence.absent_nouns", "answer") if verb.lemma != "получить" else None
        if words.has("silence.fail", verb.lemma):
            return self._among(verb, "silence.comment", "fail")
        thing = verb.child("obj")
        if (
            words.has("silence.comment", verb.lemma)
            and verb.lemma.endswith("комментировать")
            and thing is not None
        ):
            return thing, "answer"
        if words.has("silence.answer", verb.lemma):
            return self._among(verb, "silence.answered", "answer")
        return None

    def _among(self, verb: Token, name: str, how: str) -> tuple[Token, str] | None:
        kids = [
            c for c in verb.children if c.dep in {"obl", "obj", "iobj", "xcomp", "ccomp", "nmod", "csubj"}
        ]
        inner = [g for c in kids for g in c.kids("nmod", "obl")]
        found = next((c for c in kids if self.lexicon.has(name, c.lemma)), None)
        if found is None and any(self.lexicon.has(name, g.lemma) for g in inner):
            found = next(c for c in kids for g in c.kids("nmod", "obl") if self.lexicon.has(name, g.lemma))
        return (found, how) if found is not None else None

    def _negated(self, verb: Token) -> bool:
        return any(self.lexicon.has("words.negation", c.lower) for c in verb.children)
