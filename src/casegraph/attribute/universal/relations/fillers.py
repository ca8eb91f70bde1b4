"""Who and what fills a role: classes of words, conjuncts, names and noun phrases."""

from __future__ import annotations

from casegraph.attribute.base import Filler
from casegraph.attribute.universal.coreference import Discourse
from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.names import BODIES, Names
from casegraph.attribute.universal.relations.patterns import Patterns
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Mention

_RELATIVE = frozenset({"который", "кто", "что"})
_PERSONAL = frozenset({"person", "relative", "associate", "participants"})
_BODILY = frozenset({"asset", "controlled", "organisation"})
_PHRASE = 8  # words that the genitives of a department reach over
_VALUES = frozenset({"date", "amount"})


class Fillers:
    """Judges head tokens and makes fillers of them."""

    def __init__(
        self,
        tree: Tree,
        mentions: list[Mention],
        names: Names,
        discourse: Discourse,
        tables: tuple[Lexicon, Patterns],
    ) -> None:
        self.tree = tree
        self.names = names
        self.discourse = discourse
        self.lexicon, self.patterns = tables
        self._endings = tuple(self.patterns.classes["company_endings"])
        self._values = {
            token.i for m in mentions if m.kind in _VALUES for token in tree.at(m.target.start, m.target.end)
        }  # fmt: skip

    def heads(self, token: Token) -> list[Token]:
        """Return the token and its conjuncts; of "51 % акций" or "совета директоров X" the inner noun."""
        token = self._inner(token)
        found, todo = [], [token]
        while todo:
            here = todo.pop(0)
            found.append(here)
            todo += self._sharing(here)
            todo += [
                c for c in here.kids("conj")
                if c.pos in {"NOUN", "PROPN", "PRON", "X"} and self._joined(here, c)
            ]  # fmt: skip
        return found

    def _sharing(self, title: Token) -> list[Token]:
        """Return the further people of a title in the plural: «сотрудники Игнат Бойко и Фёдор Сыч»."""
        if not title.plural or title.pos != "NOUN" or self.names.at(title) is not None:
            return []
        named = next((c for c in title.kids("appos", "flat", "nmod") if self.names.is_person(c)), None)
        return [] if named is None else [c for c in named.kids("conj") if self.names.is_person(c)]

    def _joined(self, one: Token, other: Token) -> bool:
        """Return whether a conjunct can stand in the same place: names are often given a wrong Case."""
        if one.case == other.case or not one.case or not other.case:
            return True
        if self.names.at(one) is not None and self.names.at(other) is not None:
            return True
        return {one.case, other.case} in ({"Nom", "Acc"}, {"Acc", "Gen"}) and self.names.of(other) is not None

    def _inner(self, token: Token) -> Token:
        outer = self.patterns.classes["department"] | self.patterns.classes["measure"]
        start = token
        for _ in range(4):
            if token.lemma not in outer or self.names.at(token) is not None:
                break
            inner = next((c for c in token.kids("nmod") if c.case == "Gen" and not c.prepositions()), None)
            if inner is None:
                break
            token = inner
        part = start.lemma not in self.patterns.classes["measure"]
        return start if part and not self._org(token, self.names.of(token)) else token

    def body(self, token: Token) -> Token:
        """Return the body that a post's genitives end in: "министра иностранных дел Грузии"."""
        todo, classes = [token], self.patterns.classes
        while todo and token.pos == "NOUN" and token.lemma not in classes["security"]:
            here = todo.pop(0)
            if self.fits(here, "org"):
                return here
            todo += [
                c for c in here.kids("nmod", "appos")
                if c.case == "Gen" and not c.prepositions() and here.pos == "NOUN"
            ]  # fmt: skip
        return token

    def fits(self, token: Token, want: str) -> bool:  # noqa: C901, PLR0911, PLR0912 - a table of classes, one line each
        """Return whether the token is of a class of `relations.toml`; "который" is what it stands for."""
        token = self.antecedent(token)
        if token.i in self._values or token.pos in {"PUNCT", "NUM", "ADV"}:
            return False
        mention = self.names.of(token)
        match want:
            case "any" | "":
                return True
            case "named":
                return mention is not None or token.pos == "PRON" or self.names.called(token) is not None
            case "works":
                known = self.names.at(token) is not None or self.names.in_quotes(token)
                return known or token.lemma in self.patterns.classes["company"]
            case "body":
                return self._body(token, mention)
            case "person":
                return self._person(token, mention)
            case "org":
                return self._org(token, mention)
            case "party":
                return self._person(token, mention) or self._org(token, mention)
            case "nonperson":
                return (
                    not self._person(token, mention) or (token.pos == "PRON" and token.lemma == "который")
                ) and token.lemma not in self.patterns.classes["intangible"]
            case "thing" | "goods":
                return self._thing(token, mention)
            case "place":
                return mention is not None and mention.schema == "Address"
            case "several":
                return bool(token.kids("conj")) or len(self.heads(token)) > 1
            case "none":
                return False
        words = self.patterns.classes.get(want, frozenset())
        named = mention is not None and any(w.lower() in words for w in self._forms(mention))
        return token.lemma in words or named

    @staticmethod
    def _forms(mention: Mention) -> list[str]:
        return (mention.normal or mention.name).split()

    def _person(self, token: Token, mention: Mention | None) -> bool:
        if mention is not None:
            return mention.schema == "Person"
        if token.pos == "PRON" or token.lower in {"его", "ее", "их"}:
            return token.lemma not in {"это", "то", "что", "себя", "все", "никто", "ничто"} and (
                token.lemma != "кто" or token.clause().dep == "acl"
            )
        alive = token.feats.get("Animacy") == "Anim"
        return alive and (token.pos == "NOUN" or (token.pos == "PROPN" and token.text.istitle()))

    def _org(self, token: Token, mention: Mention | None) -> bool:
        if mention is not None:
            return mention.schema in BODIES | {"Address", "Thing"} or mention.schema is None
        if token.pos == "PRON" or token.lower in {"его", "ее", "их"}:
            return token.lemma in {"который", "он", "она", "они", "мы"} or token.lower in {"его", "ее", "их"}
        if token.pos == "ADJ":  # "последний поставил"
            return token.lemma in self.lexicon.words["words.demonstrative"] and token.dep == "nsubj"
        offices = self.lexicon.words["sources.offices"] | self.patterns.classes["company"]
        if not token.plural and token.dep == "nmod":
            offices |= self.patterns.classes["country"]
        if token.lemma in offices or (token.pos == "NOUN" and token.lemma.endswith(self._endings)):
            return True
        return self.names.called(token) is not None or self._proper(token)

    def _proper(self, token: Token) -> bool:
        """Return whether a word within the sentence has a capital though no recogniser knows it."""
        first = self.tree.range_of[token.sentence][0]
        plain = token.pos == "PROPN" and token.feats.get("Animacy") == "Inan" and token.text.istitle()
        return plain and token.i > first

    def _body(self, token: Token, mention: Mention | None) -> bool:
        """Return whether the token names an organisation, no place."""
        return mention.schema in BODIES if mention is not None else self.names.called(token) is not None

    def _thing(self, token: Token, mention: Mention | None) -> bool:
        if mention is not None:
            return mention.schema in {"Asset", "Thing", "Vessel", "Airplane", "Vehicle", None} or (
                mention.schema in BODIES
                and self.names.at(token) is None
                and token.lemma not in self.patterns.classes["company"]
            )
        if token.pos not in {"NOUN", "PROPN", "X"} or token.lemma in self.lexicon.nouns:
            return False
        classes = self.patterns.classes
        return (
            token.lemma
            not in classes["money"] | classes["currency"] | classes["intangible"] | classes["security"]
            and token.feats.get("Animacy") != "Anim"
            and not (token.lemma in classes["company"] or token.lemma.endswith(self._endings))
        )

    def named(self, token: Token) -> bool:
        """Return whether the token is a name or stands for one."""
        return self.discourse.name(token) is not None

    def tells(self, token: Token, found: Filler) -> bool:
        """Return whether the filler of a token is a name, stands for one or holds one."""
        if found.mention is not None or self.names.called(token) is not None:
            return True
        return any(
            self.names.at(t) is not None and not t.prepositions()
            for t in self.tree.at(found.start, found.end)
        )

    def filler(self, token: Token, role: str = "") -> Filler | None:
        """Return the name that the token is or stands for, else the noun phrase's words.

        None for a pronoun of the third person that nobody in the text can be said to be.
        """
        token = self.antecedent(token)
        if token.pos == "PRON" and token.lemma == "который":
            return None
        pronoun = token.pos in {"PRON", "DET"} and token.lemma not in _RELATIVE
        found = None if pronoun and role in _BODILY else self.discourse.name(token)
        if found is None and pronoun and role not in _PERSONAL and not token.plural:
            found = self.discourse.body(token)
        if found is None and pronoun and token.feats.get("Person") == "3":
            return None
        if found is not None:
            return found
        called = self.names.called(token)
        if called is not None:
            return called
        start, end = self.names.whole(self.phrase(token))
        if self._org(token, None):
            end = max([end, *(self.names.whole((t.start, t.end))[1] for t in self._owners(token))])
        return Filler(start, end, self.tree.text[start:end])

    def _owners(self, part: Token) -> list[Token]:
        """Return the named bodies in the genitives of a part: «отдела серверов и сетей HP»."""
        found, todo = [], [part]
        while todo:
            here = todo.pop()
            if here is not part and self.names.is_body(here) and here.i - part.i < _PHRASE:
                found.append(here)
            todo += [
                c for c in here.kids("nmod", "conj", "appos")
                if c.i > here.i and not c.prepositions() and (c.dep != "conj" or here is not part)
            ]  # fmt: skip
        return found

    def _named(self, genitive: Token) -> set[int]:
        """Return the words of the genitive's own name: «счета фирмы «Лекс»»."""
        name = self.names.of(genitive)
        if name is None or name.target.start < genitive.end:
            return set()
        last = max(t.i for t in self.tree.at(name.target.start, name.target.end))
        return set(range(genitive.i, last + 1)) if last - genitive.i < _PHRASE else set()

    @staticmethod
    def antecedent(token: Token) -> Token:
        """Return the noun that a relative pronoun stands for, else the token."""
        clause = token.clause() if token.pos == "PRON" and token.lemma == "который" else token
        if clause is token or clause.dep != "acl":
            return token
        alike = token.plural == clause.head.plural or clause.head.child("conj", "nummod") is not None
        return clause.head if alike else token

    def phrase(self, token: Token) -> tuple[int, int]:
        """Return adjectives, noun and its genitive, without numerals, determiners and clauses."""
        kept = {token.i}
        for child in token.children:
            if (
                child.dep == "amod"
                and child.i < token.i
                and not child.kids("obl", "nmod")
                and child.feats.get("VerbForm") != "Part"
            ) or (child.dep in {"flat", "appos"} and child.i == token.i + 1):
                kept.add(child.i)
            elif (
                child.dep == "nmod"
                and child.case == "Gen"
                and not child.prepositions()
                and child.i <= token.i + 2
            ):
                kept |= {child.i, *(c.i for c in child.kids("amod") if c.i > token.i), *self._named(child)}
        first = last = token.i
        while first - 1 in kept:
            first -= 1
        while last + 1 in kept:
            last += 1
        return self.tree.tokens[first].start, self.tree.tokens[last].end
