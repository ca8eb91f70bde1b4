"""Attributions by verbs and short adjectives: clauses, infinitives, objects, prepositional phrases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casegraph.attribute.universal.lexicon import Cue, Lexicon
from casegraph.attribute.universal.spans import Frame, cue_span, source_span
from casegraph.attribute.universal.subjects import Subjects
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Stance

_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "DET", "NUM", "ADJ"})
_CLAUSE = ("ccomp", "csubj", "advcl", "acl", "parataxis", "conj")
_QUESTION = frozenset({"ли", "кто", "какой", "чей", "сколько"})


@dataclass(slots=True)
class Content:
    """What a cue word governs: its tokens, the head of what it says, how it was found."""

    tokens: list[Token]
    root: Token
    make: str
    stance: Stance
    who: str = "any"
    also: tuple[Token, ...] = ()


class VerbFrames:
    """Attributions whose cue is a predicate."""

    def __init__(self, tree: Tree, lexicon: Lexicon, subjects: Subjects) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.subjects = subjects

    def find(self, taken: set[int]) -> Iterator[Frame]:
        """Yield an attribution for each cue word that governs a content, but for the taken ones."""
        for token in self.tree.tokens:
            if token.i in taken:
                continue
            frame = self._frame(token)
            if frame is not None:
                yield frame

    def _frame(self, word: Token) -> Frame | None:
        if word.pos in {"VERB", "AUX"}:
            return self._reported(word) or self._verb(word)
        short = word.pos in {"ADJ", "ADV", "NOUN", "VERB"} and word.feats.get("Variant") == "Short"
        if short or word.lemma in {"известно"}:
            return self._adjective(word) or self._reported(word)
        return None

    # -- verbs -------------------------------------------------------------------------------------

    def _verb(self, verb: Token) -> Frame | None:
        frames = self.lexicon.frames(verb.lemma)
        if not frames or verb.feats.get("Mood") == "Imp":
            return None
        if verb.passive or verb.lemma.endswith("ся"):
            found = self._accused(verb, frames.get("obj-prep", []))
            if found is not None:
                return found
        head = self.subjects.agent(verb) if verb.passive else self.subjects.of(verb)
        content = self._content(verb, frames)
        if content is None or (verb.dep == "amod" and head is None):
            return None
        if content.who == "speaker" and (head is None or not self.subjects.speaks(head)):
            return None
        if verb.feats.get("VerbForm") == "Inf" and head is None:
            return None
        return self._made(verb, head, content)

    def _made(self, word: Token, head: Token | None, content: Content) -> Frame:
        tree = self.tree
        parts = tree.parts(content.tokens)
        source = None
        if head is not None and head not in content.tokens:
            source = source_span(tree, head, (word, content.root) if head.under(word) else (word,))
        cue = cue_span(tree, word, self.lexicon, content.also)
        return Frame(word, head, source, cue, parts, content.stance, content.make, content.root)

    def _content(self, verb: Token, frames: dict[str, list[Cue]]) -> Content | None:
        for name, find in (
            ("clause", self._clause), ("inf", self._infinitive), ("obj-prep", self._object_and),
            ("obj-ins", self._object_as), ("prep", self._prepositional), ("np", self._object),
            ("ins", self._instrumental), ("clause", self._around),
        ):  # fmt: skip
            for cue in frames.get(name, ()):
                content = find(verb, cue)
                if content is not None:
                    content.stance, content.who = cue.stance, cue.who
                    return content
        return None

    def _clause(self, verb: Token, cue: Cue) -> Content | None:
        """Return the clause with its conjunction, or what follows the verb's colon."""
        also: tuple[Token, ...] = ()
        holder = verb
        for inner in verb.kids("xcomp", "ccomp"):
            if self.lexicon.has("multiword.understand", inner.lower) and verb.lemma in {"дать", "давать"}:
                holder, also = inner, (inner,)
        if verb.lemma in {"дать", "давать"} and not also:
            return None
        for child in holder.kids(*_CLAUSE):
            if child.i < verb.i and child.dep != "ccomp":
                continue
            if self._opens(child, holder):
                return Content(child.subtree(), child, "clause", cue.stance, also=also)
        for noun in holder.kids("obl", "obj", "nmod", "iobj"):  # "о том, что"
            if self.lexicon.has("words.that", noun.lemma) and noun.i > verb.i and noun.child("acl", "ccomp", "advcl"):
                inner_root = noun.child("acl", "ccomp", "advcl") or noun
                return Content(noun.subtree(), inner_root, "clause", cue.stance, also=also)
        return self._after_colon(verb, cue)

    def _opens(self, clause: Token, verb: Token) -> bool:
        """Return whether a clause is what is said: opened by a conjunction or question word."""
        first = next((t for t in clause.subtree() if t.pos not in {"PUNCT"}), clause)
        words = self.lexicon.words["words.complementisers"]
        mark = clause.child("mark")
        if clause.dep in {"ccomp", "csubj"}:
            if mark is not None and not self._conjunction(mark):
                return False
            if mark is None and clause.feats.get("VerbForm") == "Inf":
                return False
            between = self.tree.text[min(verb.end, clause.start) : max(verb.start, first.start)]
            return mark is not None or first.lemma in words or "," in between or ":" in between
        if clause.dep == "advcl":
            return mark is not None and mark.lower in {"что", "чтобы", "будто"} and clause.i > verb.i
        asks = any(t.lemma in _QUESTION for t in clause.subtree()[:3])
        return clause.dep in {"acl", "parataxis"} and clause.i > verb.i and (
            (mark is not None and mark.lower in {"что", "чтобы", "будто"}) or (asks and first.lemma in words)
        )  # fmt: skip

    def _conjunction(self, mark: Token) -> bool:
        return self.lexicon.has("words.complementisers", mark.lower) or mark.lower == "то"

    def _after_colon(self, verb: Token, cue: Cue) -> Content | None:
        sentence = self.tree.sentence(verb)
        after = [token for token in sentence if token.i > verb.i]
        colon = next((token for token in after if token.text == ":"), None)
        if colon is None or colon.i - verb.i > 12 or any(t.pos == "VERB" for t in after if t.i < colon.i):
            return None
        tokens = [token for token in after if token.i > colon.i]
        words = [token for token in tokens if token.pos != "PUNCT"]
        if len(words) < 2 or not any(t.pos in {"VERB", "AUX"} or t.dep == "nsubj" for t in words):
            return None
        root = next((t for t in words if t.head.i <= colon.i or t.head is t), words[0])
        return Content(tokens, root, "clause", cue.stance)

    def _infinitive(self, verb: Token, cue: Cue) -> Content | None:
        for child in verb.kids("xcomp", "ccomp", "csubj", "advcl", "obj"):
            if child.feats.get("VerbForm") == "Inf" and child.i > verb.i and child.child("mark") is None:
                negated = any(c.lower == "не" for c in child.children)
                make = "object-to" if cue.stance == "orders" else "to"
                del negated
                return Content(child.subtree(), child, make, cue.stance)
        return None

    def _around(self, verb: Token, cue: Cue) -> Content | None:
        """Return the clause that a parenthetical "утверждает юрист" stands in, without the parenthesis."""
        if verb.dep not in {"parataxis", "discourse"} or verb.head is verb or verb.child("mark"):
            return None
        before = self.tree.tokens[verb.i - 1] if verb.i else verb
        if verb.head.pos == "PUNCT" or not (before.pos == "PUNCT" or before.lower in {"и", "как"}):
            return None
        host = verb.head
        tokens = host.subtree(drop=(verb, *host.kids("cc")))
        return Content(tokens, host, "clause", cue.stance)

    # -- objects and prepositional phrases -----------------------------------------------------------

    def _object(self, verb: Token, cue: Cue) -> Content | None:
        noun = next((n for n in verb.kids("obj", "iobj") if n.case in {"Acc", "Gen"} and not n.prepositions()), None)
        if noun is None and not verb.child("nsubj"):
            return None
        if noun is None or noun.pos not in _NOUNS:
            return None
        return Content(noun.subtree(), noun, "object-clause", cue.stance)

    def _instrumental(self, verb: Token, cue: Cue) -> Content | None:
        noun = next((n for n in verb.kids("obl", "obj", "iobj") if n.case == "Ins" and not n.prepositions()), None)
        return Content(noun.subtree(), noun, "object-clause", cue.stance) if noun is not None else None

    def _prepositional(self, verb: Token, cue: Cue) -> Content | None:
        for noun in verb.kids("obl", "nmod", "iobj", "obj"):
            if (noun.prepositions(), noun.case) in self._spelt(cue) and noun.i > verb.i:
                return Content(noun.subtree(), noun, "of", cue.stance)
        return None

    @staticmethod
    def _spelt(cue: Cue) -> set[tuple[str, str]]:
        """Return the prepositions with the forms that they take before vowels and clusters."""
        variants = {"о": ("об", "обо"), "в": ("во",), "к": ("ко",), "с": ("со",), "от": ("ото",)}
        return {(form, case) for word, case in cue.preps for form in (word, *variants.get(word, ()))}

    def _object_and(self, verb: Token, cue: Cue) -> Content | None:
        """Return object and prepositional phrase of "обвинил Y в Z" together."""
        phrase = self._prepositional(verb, cue)
        if phrase is None:
            return None
        noun = next((n for n in verb.kids("obj", "iobj") if n.case in {"Acc", "Gen"}), None)
        tokens = phrase.tokens + (noun.subtree() if noun is not None else [])
        return Content(sorted(set(tokens), key=lambda t: t.i), phrase.root, "of", cue.stance)

    def _object_as(self, verb: Token, cue: Cue) -> Content | None:
        """Return object and instrumental of "назвал Y Z-ом" together."""
        noun = next((n for n in verb.kids("obj") if n.case in {"Acc", "Gen", "Nom"}), None)
        called = next(
            (n for n in verb.kids("obl", "iobj", "xcomp", "nmod", "obj") if n.case == "Ins" and not n.prepositions()), None
        )
        if noun is None or called is None or noun is called or verb.passive:
            return None
        tokens = {*noun.subtree(), *called.subtree()}
        return Content(sorted(tokens, key=lambda t: t.i), called, "of", cue.stance)

    def _accused(self, verb: Token, cues: list[Cue]) -> Frame | None:
        subject = verb.child("nsubj")
        for cue in cues:
            content = self._prepositional(verb, cue)
            if content is None:
                continue
            content.tokens += subject.subtree() if subject is not None else []
            content.who = "any"
            return self._made(verb, self.subjects.agent(verb), content)
        return None

    # -- nobody in particular, adjectives ---------------------------------------------------------------

    def _reported(self, word: Token) -> Frame | None:
        """Return "сообщается, что", "как стало известно", "в отчёте говорится": a document or nobody."""
        stance = self.lexicon.impersonal.get(word.lemma)
        if stance is None or not self._subjectless(word):
            return None
        content = self._clause(word, Cue("clause", stance))
        aside = content is None
        if content is None:
            content = self._around(word, Cue("clause", stance)) or self._as(word, stance)
        if content is None:
            return None
        head = self.subjects.document(word)
        also = tuple(c for c in word.kids("cop", "aux") if c.i < word.i and not aside)
        content.also = also
        return self._made(word, head, content)

    @staticmethod
    def _subjectless(word: Token) -> bool:
        passive = word.passive or word.lemma.endswith("ся") or word.pos in {"ADJ", "ADV"} or word.lemma.endswith("о")
        subject = word.child("nsubj")
        neuter = word.feats.get("Gender", "Neut") == "Neut" and not word.plural
        return passive and neuter and (subject is None or subject.lower in {"это", "что"})

    def _as(self, word: Token, stance: Stance) -> Content | None:
        return None if word.dep != "advcl" else self.around_as(word, stance)

    def around_as(self, word: Token, stance: Stance) -> Content | None:
        """Return the clause that "как сообщает X" stands in, without it."""
        if word.head is word:
            return None
        host = word.head
        tokens = [t for t in host.subtree(drop=(word, *host.kids("cc"))) if t is not word]
        return Content(tokens, host, "as", stance)

    def _adjective(self, word: Token) -> Frame | None:
        stance = self.lexicon.adjectives.get(word.lemma) or self.lexicon.adjectives.get(word.lower)
        if stance is None:
            return None
        subject = self.subjects.of(word)
        cue = Cue("clause", stance)
        content = self._infinitive(word, cue) or self._clause(word, cue) or self._around(word, cue)
        if content is None and subject is not None and stance == "asserts":
            content = self._prepositional(word, Cue("prep", stance, preps=frozenset({("в", "Loc"), ("с", "Ins")})))
        if content is None:
            return None
        content.make = "adjective"
        return self._made(word, subject, content)
