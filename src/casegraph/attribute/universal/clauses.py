"""Attributions by verbs and short adjectives: clauses, infinitives, objects, prepositional phrases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casegraph.attribute.universal.asides import speaks_behind, what_this_means
from casegraph.attribute.universal.lexicon import Cue, Lexicon
from casegraph.attribute.universal.spans import Frame, cue_span, source_span
from casegraph.attribute.universal.subjects import Subjects
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Stance

_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "DET", "NUM", "ADJ"})
_CLAUSE = ("ccomp", "csubj", "advcl", "acl", "parataxis", "conj")
_CARRIERS = frozenset({"", "о", "об", "обо", "на", "в", "к", "от", "про", "из", "с", "за", "против"})
_WHEN = frozenset({"когда", "где", "если", "куда", "откуда"})
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
    around: bool = False  # the cue stands in the content


def _first_run(tokens: list[Token], root: Token) -> list[Token]:
    """Return the tokens without gaps: from the first to the last of those around the root."""
    found = [t for t in tokens if t.i <= root.i]
    for token in (t for t in tokens if t.i > root.i):
        if found and token.i > found[-1].i + 1:
            break
        found.append(token)
    return found


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
        if short or word.lemma == "известно":
            return self._adjective(word) or self._reported(word)
        return None

    # -- verbs -------------------------------------------------------------------------------------

    def _verb(self, verb: Token) -> Frame | None:  # noqa: PLR0911 - each early return is a use of the verb that reports nothing
        frames = self.lexicon.frames(verb.lemma)
        if not frames or verb.feats.get("Mood") == "Imp":
            return None
        if verb.passive or verb.lemma.endswith("ся"):
            found = self._accused(verb, frames.get("obj-prep", []))
            if found is not None:
                return found
        head = self.subjects.agent(verb) if verb.passive else self.subjects.of(verb)
        head = self.subjects.shown_by(verb) or head
        content = self._content(verb, frames)
        if head is None and verb.feats.get("Person") == "1":
            return None  # "прошу прислать": the writer's own voice
        if content is None or (verb.dep == "amod" and head is None):
            return None
        if content.who == "speaker" and (head is None or not self.subjects.speaks(head)):
            return None
        if content.make == "of" and head is not None and not self.subjects.speaks(head):
            return None  # "фильм рассказывает о друзьях"
        if verb.feats.get("VerbForm") == "Inf" and (head is None or not self._raised(verb)):
            return None
        return self._made(verb, head, content)

    def _raised(self, verb: Token) -> bool:
        """Return whether an infinitive stands under a verb that only colours it: "может заявить"."""
        above = verb.head
        return verb.dep in {"xcomp", "ccomp", "csubj"} and self.lexicon.has("multiword.raising", above.lemma)

    def _made(self, word: Token, head: Token | None, content: Content) -> Frame:
        tree = self.tree
        tokens = content.tokens
        if (
            content.root.i > word.i
            and not content.around
            and content.make in {"clause", "to", "object-to", "adjective", "object-clause"}
        ):
            after = [t for t in tokens if t.i > word.i]
            own = head.subtree(drop=(word, content.root)) if head is not None else []
            clause = content.make in {"clause", "adjective"}
            tokens = (
                tree.filled(after, (word, *own))
                if clause and head not in after
                else _first_run(after, content.root)
            )
        parts = tree.parts(tokens)
        source = None
        if head is not None and head not in content.tokens:
            source = source_span(tree, head, (word, content.root) if head.under(word) else (word,))
        cue = cue_span(tree, word, self.lexicon, content.also)
        if head is not None and head is self.subjects.shown_by(word) and head.i > word.i:
            cue = (cue[0], next((c.end for c in head.kids("case") if c.i == word.i + 1), cue[1]))
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
                    if name == "np" and self._disowns(verb):
                        content.stance = "denies"
                    return content
        return None

    def _disowns(self, verb: Token) -> bool:
        """Return whether "не признал вину" says no to it."""
        admits = self.lexicon.has("words.admitting", verb.lemma)
        return admits and any(self.lexicon.has("words.negation", c.lower) for c in verb.children)

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
            mark = child.child("mark")
            if child.i < verb.i and (child.dep != "ccomp" or mark is None or not self._conjunction(mark)):
                continue
            if self._opens(child, holder):
                return Content(child.subtree(), child, "clause", cue.stance, also=also)
        for noun in holder.kids("obl", "obj", "nmod", "iobj"):  # "о том, что"
            if (
                self.lexicon.has("words.that", noun.lemma)
                and noun.i > verb.i
                and noun.prepositions() in _CARRIERS
                and noun.child("acl", "ccomp", "advcl")
            ):
                inner_root = noun.child("acl", "ccomp", "advcl") or noun
                return Content(noun.subtree(), inner_root, "clause", cue.stance, also=also)
        return self._after_colon(verb, cue)

    def _opens(self, clause: Token, verb: Token) -> bool:
        """Return whether a clause is what is said: opened by a conjunction or question word."""
        first = next((t for t in clause.subtree() if t.pos != "PUNCT"), clause)
        words = self.lexicon.words["words.complementisers"]
        mark = clause.child("mark")
        if first.lower in _WHEN and not self.lexicon.has("multiword.telling", verb.lemma):
            return False
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
                make = "object-to" if cue.stance == "orders" else "to"
                return Content(child.subtree(), child, make, cue.stance)
        return None

    def _around(self, verb: Token, cue: Cue) -> Content | None:
        """Return the sentence that a parenthetical "утверждает юрист" stands in, without the parenthesis."""
        sentence = self.tree.sentence(verb)
        before = self.tree.tokens[verb.i - 1] if verb.i > sentence[0].i else None
        if before is None or before.text not in {",", "—", "–", "-", "("} or verb.child("mark") is not None:
            return None
        end = next(
            (
                t.i
                for t in sentence
                if t.i > verb.i and t.text in {",", "—", "–", ")"} and not self._holds_comma(verb, t)
            ),
            None,
        )
        last = end if end is not None else sentence[-1].i + 1
        if not speaks_behind(self.subjects, self.lexicon, verb, self.tree.tokens[verb.i + 1 : last]):
            return None
        if any(t.feats.get("VerbForm") == "Fin" for t in self.tree.tokens[verb.i + 1 : last]):
            return None
        left = [t for t in sentence if t.i < before.i]
        right = [t for t in sentence if end is not None and t.i > end]
        tokens = self._clause_of(verb, left, right)
        roots = [
            t
            for t in tokens
            if t.pos in {"VERB", "ADJ", "NOUN"} and (t.dep in {"root", "ccomp"} or t is verb.head)
        ]
        if len([t for t in tokens if t.pos != "PUNCT"]) < 2:
            return None
        return Content(tokens, roots[0] if roots else tokens[0], "clause", cue.stance, around=True)

    @staticmethod
    def _holds_comma(verb: Token, comma: Token) -> bool:
        """Return whether a comma stands in the speaker's phrase: "уверяет юрист, нанятый банком,"."""
        head = comma.head
        set_off = comma.text == "," and head.dep in {"acl", "appos", "amod"} and head.i > comma.i
        return set_off and head.under(verb) and (
            head.head.dep == "nsubj"
        )  # fmt: skip

    def _clause_of(self, verb: Token, left: list[Token], right: list[Token]) -> list[Token]:
        """Return what of the sentence is said: the rest, or the clause that holds the parenthesis."""
        host = verb.head
        if verb.dep == "parataxis" and host.dep in {"ccomp", "advcl", "acl"}:
            inside = {t.i for t in host.subtree(drop=(verb, *host.kids("mark")))}
            return [t for t in (*left, *right) if t.i in inside]
        words = [t for t in left if t.pos != "PUNCT"]
        if words and words[0].pos == "CCONJ":
            left = [t for t in left if t.i > words[0].i]
        return [*left, *right]

    # -- objects and prepositional phrases -----------------------------------------------------------

    def _object(self, verb: Token, cue: Cue) -> Content | None:
        noun = next(
            (n for n in verb.kids("obj", "iobj") if n.case in {"Acc", "Gen"} and not n.prepositions()), None
        )
        if noun is None and not verb.child("nsubj"):
            return None
        if noun is None or noun.pos not in _NOUNS:
            return None
        return Content(noun.subtree(), noun, "object-clause", cue.stance)

    def _instrumental(self, verb: Token, cue: Cue) -> Content | None:
        noun = next(
            (n for n in verb.kids("obl", "obj", "iobj") if n.case == "Ins" and not n.prepositions()), None
        )
        return Content(noun.subtree(), noun, "object-clause", cue.stance) if noun is not None else None

    def _prepositional(self, verb: Token, cue: Cue) -> Content | None:
        for noun in verb.kids("obl", "nmod", "iobj", "obj"):
            if (
                noun.i < verb.i
                and noun.lemma == "это"
                and (noun.prepositions(), noun.case) in self._spelt(cue)
            ):
                tokens = what_this_means(self.tree, verb, noun)
                root = next((t for t in tokens if t.dep == "root"), tokens[0]) if tokens else noun
                return Content(tokens, root, "of", cue.stance) if tokens else None
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
            (
                n
                for n in verb.kids("obl", "iobj", "xcomp", "nmod", "obj")
                if n.case == "Ins" and not n.prepositions()
            ),
            None,
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
        content = content or self._prepositional(word, Cue("prep", stance, preps=frozenset({("о", "Loc")})))
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
        passive = (
            word.passive
            or word.lemma.endswith("ся")
            or word.pos in {"ADJ", "ADV"}
            or word.lemma.endswith("о")
        )
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
            content = self._prepositional(
                word, Cue("prep", stance, preps=frozenset({("в", "Loc"), ("с", "Ins")}))
            )
        if content is None:
            return None
        content.make = "adjective"
        return self._made(word, subject, content)
