"""Where the roles of a verb or noun stand in a Universal Dependencies tree."""

from __future__ import annotations

from collections.abc import Mapping

from casegraph.attribute.universal.names import BODIES, Names
from casegraph.attribute.universal.relations.beside import NOMINAL, behind_dash, body_near
from casegraph.attribute.universal.relations.patterns import Pattern
from casegraph.attribute.universal.subjects import Subjects
from casegraph.attribute.universal.tree import Token

Classes = Mapping[str, frozenset[str]]

_ARGUMENTS = ("obl", "obj", "iobj", "nmod", "appos", "xcomp")
_VERBAL = frozenset({"VERB", "AUX", "ADJ"})
_DURING = frozenset({"на", "в ходе", "во время", "после", "по итогам", "перед", "в рамках"})
_COURSE = frozenset({"итог", "ход", "время", "рамка", "результат", "начало", "конец"})
_POSSESSIVES = frozenset({"его", "ее", "их"})


class Site:
    """A word that may state a relation; gives the head tokens that stand at a place."""

    def __init__(self, word: Token, subjects: Subjects, names: Names, classes: Classes) -> None:
        self.word = word
        self.subjects = subjects
        self.names = names
        self.classes = classes
        self.verbal = word.pos in _VERBAL

    def at(self, word: Token) -> Site:
        """Return the same of another word."""
        return type(self)(word, self.subjects, self.names, self.classes)

    def fill(self, place: str, pattern: Pattern) -> list[Token]:  # noqa: C901, PLR0911, PLR0912 - a table of places
        """Return the tokens at the place, nearest first."""
        if ">" in place:
            first, _, then = place.partition(">")
            if place == "gen>gen":  # of "убийство члена совета" the council is no party
                return [
                    d
                    for t in self._case("Gen")
                    if not self.names.is_person(t) and t.feats.get("Animacy") != "Anim"
                    for d in self.at(t).fill(then, pattern)
                ]
            return [
                deeper for token in self.fill(first, pattern) for deeper in self.at(token).fill(then, pattern)
            ]
        if place.startswith("inner"):
            light = self.light(pattern)
            return self._inner(light, place.partition("-")[2]) if light is not None else []
        if "+" in place:
            return self.governed(self.word, place) or self._moved(place)
        match place:
            case "subj":
                return self.logical_subject()
            case "obj":
                return self.logical_object()
            case "dat" | "ins" | "gen":
                return self._case(place.capitalize())
            case "self":
                return [self.word]
            case "appos":
                return [c for c in self.word.kids("appos") if c.case in {"Nom", ""}]
            case "bearer":
                return self.bearers(self.word)
            case "above":
                head = self.word.head
                return [head] if head is not self.word and head.pos in NOMINAL else []
            case "near":
                return body_near(self.names, self.word)
            case "whose":
                return self._whose()
            case "subject":
                return self._above()
            case "host":
                return self._host()
            case "role-of":
                return [t for role in self._case("Ins") for t in self._body_of(role, pattern)]
            case "post":
                return self._post(pattern)
            case "subject-of":
                light = self.light(pattern)
                if light is None:
                    return []
                found = [*self.governed(light, "на+Acc"), *self.governed(light, "о+Loc")]
                return found or self.governed(self.word, "на+Acc")
        return []

    # -- verbs -----------------------------------------------------------------------------------------

    def logical_subject(self) -> list[Token]:
        """Return who does what the word tells: the agent of a passive."""
        word = self.word
        reflexive = word.lemma.endswith("ся") and word.passive
        said = word.lemma in self.classes["copula"]  # "владельцем считается X": the instrumental is no agent
        agent = self.subjects.agent(word) if word.passive and not said else None
        if agent is not None:
            return [agent]
        if reflexive and word.lemma in self.classes["done"]:
            return []
        if word.passive and not reflexive:
            return [n for n in word.kids("obl") if not n.case and not n.prepositions() and self.names.at(n)]
        found = self.subjects.of(word)
        if found is None and word.pos == "ADJ":
            found = word.child("nsubj") or (word.head if word.dep in {"amod", "acl"} else None)
        if found is None:
            found = word.child("nsubj") or self._nominative() or self._topic()
        if found is not None and found is word.head:
            found = self._modified()
        return [found] if found is not None else []

    def _nominative(self) -> Token | None:
        """Return the name in the nominative that a parser hung on a finite verb as something else."""
        if self.word.feats.get("VerbForm") != "Fin":
            return None
        return next(
            (n for n in self.word.kids("iobj", "obl", "obj")
             if n.case == "Nom" and not n.prepositions() and self.names.of(n) is not None), None,
        )  # fmt: skip

    def _topic(self) -> Token | None:
        """Return the noun that a parser took for the root of a clause whose verb it hung on it."""
        word, head = self.word, self.word.head
        if word.feats.get("VerbForm") != "Fin" or word.dep != "acl" or head.i > word.i:
            return None
        if any(t.lemma in {"который", "что", "где", "чей"} for t in word.subtree()):
            return None
        return head

    def _modified(self) -> Token:
        """Return what a participle modifies: the name before its comma where the parsed head disagrees."""
        word, head = self.word, self.word.head
        tokens = self.names.tree.tokens
        if word.dep != "acl" or word.i < 2 or head.i > word.i or tokens[word.i - 1].text != ",":
            return head
        before = tokens[word.i - 2] if tokens[word.i - 2].text not in {"»", '"', ")"} else tokens[word.i - 3]
        named = self.names.at(before)
        agrees = head.feats.get("Number") == word.feats.get("Number") and (
            word.plural or head.feats.get("Gender") in {None, word.feats.get("Gender")}
        )
        if named is None or agrees or self.names.of(head) is named:
            return head
        return before

    def logical_object(self) -> list[Token]:
        """Return what it is done to: the subject of a passive, the noun of a participle."""
        word = self.word
        if word.passive:
            own = word.child("nsubj")
            if own is not None:
                return [own]
            if word.dep in {"acl", "amod"} and word.head is not word:
                return [self._modified()]
            if word.dep in {"conj", "xcomp"} and word.head is not word:
                above = word.head.child("nsubj")
                return [above] if above is not None else []
            return []
        bare = [
            n
            for n in word.kids("obj", "iobj", "nsubj", "obl")
            if n.case in {"Acc", "Gen"} and not n.prepositions()
        ]
        if not bare and word.dep == "acl" and (link := word.child("obj")) is not None and link.pos == "PRON":
            return [link]
        if not bare and word.dep == "xcomp":  # "планирует купить два траулера"
            bare = [n for n in word.head.kids("nsubj", "obj") if n.case == "Gen" and n.i > word.i]
        return sorted(bare, key=lambda n: n.dep != "obj") + [
            n
            for n in word.kids("obj", "obl", "iobj")
            if n not in bare and not n.prepositions() and n.case != "Ins" and (n.dep == "obj" or not n.case)
        ]

    def _case(self, case: str) -> list[Token]:
        found = self._bare(self.word, case) or self._shared(case)
        verb = self._support()
        if not found and verb is not None and case != "Gen":
            found = [n for n in self._bare(verb, case) if n is not self.word]
        return found

    def _shared(self, case: str) -> list[Token]:
        """Return the genitive of the last of several titles: «директор и совладелец «Технопарка»»."""
        titles = [c for c in self.word.kids("conj") if c.pos == "NOUN" and c.case == self.word.case]
        if case != "Gen" or self.verbal or not titles or not self.names.is_person(titles[-1]):
            return []
        return self._bare(titles[-1], case)

    def _support(self) -> Token | None:
        """Return the verb that only says that a noun's deed was done: "поставка выполнялась фирмой"."""
        verb = self.word.head
        if self.verbal or verb is self.word or verb.pos not in _VERBAL:
            return None
        return verb if verb.lemma in self.classes["performing"] else None

    def _moved(self, place: str) -> list[Token]:
        """Return what hangs on the verb's object or on the noun's verb though it belongs to the word."""
        preposition = place.partition("+")[0]
        if not self.verbal:
            verb = self._support()
            return self.governed(verb, place) if verb is not None else []
        if preposition not in self.classes["movable"]:
            return []
        return [t for noun in self.logical_object() for t in self.governed(noun, place)]

    def light(self, pattern: Pattern) -> Token | None:
        """Return the object that the pattern asks for: "51 % акций", "договор"."""
        near = [*self.word.kids(*_ARGUMENTS), *self.word.kids("nsubj"), *self.word.kids("nummod")]
        if self.word.dep in {"acl", "amod"} and self.word.feats.get("VerbForm") == "Part":
            near.append(self.word.head)
        if self.word.dep == "conj" and self.word.passive and self.word.child("nsubj") is None:
            near += self.word.head.kids("nsubj")
        near += [c for c in self.word.kids("advmod") if c.lower in pattern.object]
        for noun in near:
            for inner in (noun, *noun.kids("nmod", "nummod", "appos")):
                if {inner.lemma, inner.text, inner.lower} & pattern.object:
                    return noun if inner.dep == "nummod" else inner
        return None

    def _inner(self, light: Token, place: str) -> list[Token]:
        if place:
            return self.governed(light, place) or self.governed(self.word, place)
        found = self._bare(light, "Gen")
        if light.text == "%":
            found = found or [n for n in light.kids("nmod", "appos") if not n.prepositions()]
        shares = [t for t in found if t.lemma in self.classes["share"]]
        deeper = [t for noun in shares for t in self._bare(noun, "Gen")]
        if shares and deeper:
            return deeper
        parts = [t for t in self.governed(light, "в+Loc") if t.lemma in self.classes["share"]]
        if parts:  # "пакет в 12% акций фирмы"
            return [d for t in parts for d in self._inner(t, "")]
        return (
            [t for t in found if t not in shares]
            or self.governed(light, "в+Loc")
            or [t for noun in shares for t in self.governed(noun, "в+Loc")]
            or self.governed(self.word, "в+Loc")
        )

    def _post(self, pattern: Pattern) -> list[Token]:
        """Return the body of "занял пост директора фирмы", "пост в министерстве"."""
        light = self.light(pattern)
        if light is None:
            return []
        roles = [t for t in self._bare(light, "Gen") if t.lemma in self.classes["posts"]]
        if roles:
            return [t for role in roles for t in self._body_of(role, pattern)]
        if pattern.posts:
            return []
        own = [t for t in self._bare(light, "Gen") if t.lower not in _POSSESSIVES]
        return self.governed(light, "в+Loc") or own

    def _body_of(self, role: Token, pattern: Pattern) -> list[Token]:
        if pattern.posts and role.lemma not in pattern.posts:
            return []
        return self._bare(role, "Gen") or self.governed(role, "в+Loc") or self.governed(role, "на+Loc")

    def governed(self, word: Token, place: str) -> list[Token]:
        """Return the nouns under the word with the preposition and Case of "у+Gen", "в_адрес+Gen"."""
        preposition, _, case = place.partition("+")
        wanted = self._form(preposition.replace("_", " "))
        found = [
            noun
            for noun in word.kids(*_ARGUMENTS)
            if self._form(noun.prepositions()) == wanted and self._may_be(noun, case)
        ]
        if not found and " " in wanted:
            lead, _, last = wanted.rpartition(" ")
            for noun in word.kids(*_ARGUMENTS):
                if noun.lower == last and self._form(noun.prepositions()) == lead:
                    beside = [c for c in noun.kids("appos", "flat") if self.names.in_quotes(c)]
                    found += self._bare(noun, case) or beside
        return found

    @staticmethod
    def _form(preposition: str) -> str:
        first, _, rest = preposition.partition(" ")
        short = {"со": "с", "ко": "к", "во": "в", "об": "о", "обо": "о", "ото": "от", "изо": "из"}
        return f"{short.get(first, first)} {rest}".strip()

    def _may_be(self, noun: Token, case: str) -> bool:
        """Return whether the noun can stand in the case: names in quotation marks are often misread."""
        return noun.case in {case, "", "Nom"} or (
            self.names.at(noun) is not None and {noun.case, case} in ({"Acc", "Loc"}, {"Gen", "Loc"})
        )

    # -- nouns -----------------------------------------------------------------------------------------

    def bearers(self, noun: Token, depth: int = 3) -> list[Token]:  # noqa: PLR0911 - constructions in order of trust
        """Return who or what the noun is said of: its name, what it stands beside, its copula's subject."""
        if self.names.of(noun) is not None and self.names.at(noun) is None:
            return [noun]
        if noun.dep in {"appos", "flat", "parataxis"} and noun.head is not noun and noun.head.pos in NOMINAL:
            joined = any(c.i < noun.i for c in noun.head.kids("conj"))  # an enumeration goes on behind it
            several = noun.plural and not noun.head.plural and not joined
            return [] if several else [noun.head]
        subject = noun.child("nsubj")
        if subject is not None:
            return [subject]
        dashed = behind_dash(self.names, noun)
        if dashed:
            return dashed
        head = noun.head
        if head is not noun and noun.dep == "nsubj" and head.pos in {"NOUN", "PROPN", "X"}:
            return [head]
        if noun.case == "Ins" and head is not noun and not noun.prepositions():
            found = self._predicated(noun, head)
            if found:
                return found
        if noun.dep == "conj" and depth and head is not noun and head.pos == "NOUN":
            return self.bearers(head, depth - 1)
        named = [c for c in noun.kids("conj", "list") if self.names.of(c) is not None and c.pos in NOMINAL]
        alike = bool(named) and noun.case in {named[0].case, ""} and noun.plural == named[0].plural
        return named[:1] if alike and depth == 3 else []

    def _predicated(self, noun: Token, verb: Token) -> list[Token]:
        if verb.lemma not in self.classes["copula"] and verb.lemma not in self.classes["naming"]:
            return []
        site = self.at(verb)
        if verb.lemma in self.classes["naming"]:
            return [t for t in site.logical_object() if t is not noun]
        found = [t for t in site.logical_subject() if t is not noun]
        found = found or [c for c in noun.kids("appos") if c.case == "Nom" and self.names.is_person(c)]
        return found or ([verb.head] if verb.dep in {"acl", "amod"} else [])

    def _whose(self) -> list[Token]:
        """Return the noun that "чей", "которого" or "свой" stands for."""
        for child in self.word.kids("det", "nmod", "amod"):
            if child.lemma == "чей" or (child.lemma == "который" and child.case == "Gen"):
                clause = child.clause()
                return [clause.head] if clause.dep == "acl" and clause.head is not clause else []
            if child.lemma == "свой":
                verb = next((up for up in self.word.ancestors() if up.pos in {"VERB", "AUX"}), None)
                return [] if verb is None else self.at(verb).logical_subject()
        return []

    def _above(self) -> list[Token]:
        """Return the subject of the verb that the noun completes and that tells of its doing."""
        verb = self.word.head
        if verb.pos != "VERB" or self.word.dep not in {"obj", "obl", "xcomp", "iobj"}:
            return []
        return self.at(verb).logical_subject() if verb.lemma in self.classes["performing"] else []

    def _host(self) -> list[Token]:
        """Return the subject of the verb that tells what was done at it: «на встрече с X премьер обещал»."""
        word = self.word.head if self.word.head.lemma in _COURSE else self.word
        verb = word.head
        during = word is not self.word or word.prepositions() in _DURING
        if verb.pos != "VERB" or word.dep != "obl" or not during:
            return []
        return self.at(verb).logical_subject()

    def _bare(self, word: Token, case: str) -> list[Token]:
        """Return the nouns in a case without a preposition; a possessive counts as a genitive."""
        nominal = word.pos not in _VERBAL
        found = [
            n
            for n in word.kids(*_ARGUMENTS)
            if not n.prepositions() and (n.case == case or self._taken_for(n, case, nominal=nominal))
        ]
        if case == "Gen":
            found = [
                n
                for n in found
                if n.dep in {"nmod", "obl", "obj", "appos"} and (n.dep != "appos" or word.case != "Gen")
            ]
            found += [
                d for d in word.kids("det", "nmod", "amod") if d.lower in _POSSESSIVES and d not in found
            ]
        return found

    def _taken_for(self, noun: Token, case: str, *, nominal: bool) -> bool:
        """Return whether a name without or with a wrong Case stands where the case would be."""
        named = self.names.at(noun)
        if named is None:
            return False
        if case == "Gen" and nominal:
            return noun.dep == "nmod" and (
                noun.case == "" or (noun.case in {"Nom", "Acc"} and named.schema in BODIES)
            )
        if case == "Dat" and not nominal:
            if noun.dep == "obj" and noun.case == "Acc":  # an inanimate masculine in -у is no accusative
                return noun.lower[-1] in "ую" and (named.normal or "у").lower()[-1] not in "уюая"
            return (noun.dep == "iobj" and noun.case != "Ins") or (
                noun.dep in {"obl", "nmod"} and noun.case in {"", "Gen", "Loc"} and noun.lower[-1] in "иые"
            )
        return noun.case == "" and noun.dep in {"obl", "iobj", "nmod"}
