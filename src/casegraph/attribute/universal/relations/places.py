"""Where the roles of a verb or noun stand in a Universal Dependencies tree."""

from __future__ import annotations

from casegraph.attribute.universal.names import Names
from casegraph.attribute.universal.relations.patterns import Pattern
from casegraph.attribute.universal.subjects import Subjects
from casegraph.attribute.universal.tree import Token

_ARGUMENTS = ("obl", "obj", "iobj", "nmod", "appos", "xcomp")
_FORMS = {"со": "с", "ко": "к", "во": "в", "об": "о", "обо": "о", "ото": "от", "изо": "из"}
_COPULAS = frozenset({"быть", "являться", "стать", "становиться", "работать", "служить", "оставаться",
                      "остаться",
                      "выступить", "выступать", "оказаться", "числиться", "значиться", "назначить", "избрать",
                      "назвать", "утвердить"})  # fmt: skip
_OBJECTIVE = frozenset({"назначить", "избрать", "назвать", "утвердить"})


class Site:
    """A word that may state a relation; gives the head tokens that stand at a place."""

    def __init__(self, word: Token, subjects: Subjects, names: Names) -> None:
        self.word = word
        self.subjects = subjects
        self.names = names
        self.verbal = word.pos in {"VERB", "AUX", "ADJ"}

    def fill(self, place: str, pattern: Pattern) -> list[Token]:  # noqa: C901, PLR0911 - a place a branch
        """Return the tokens at the place, nearest first."""
        if place.startswith("inner"):
            light = self.light(pattern)
            return self._inner(light, place.partition("-")[2]) if light is not None else []
        if "+" in place:
            return self.governed(self.word, place)
        match place:
            case "subj":
                return self.logical_subject()
            case "obj":
                return self.logical_object()
            case "dat" | "ins" | "gen":
                return self._case(place.capitalize())
            case "self":
                return [self.word]
            case "bearer":
                return self.bearers(self.word)
            case "subject":
                return self._above()
            case "role-of":
                return [t for role in self._case("Ins") for t in _bare(role, "Gen")]
            case "subject-of":
                light = self.light(pattern)
                return (
                    [] if light is None else [*self.governed(light, "на+Acc"), *self.governed(light, "о+Loc")]
                )
        return []

    # -- verbs -----------------------------------------------------------------------------------------

    def logical_subject(self) -> list[Token]:
        """Return who does what the word tells: the agent of a passive."""
        word = self.word
        reflexive = word.lemma.endswith("ся") and word.passive
        if word.passive and not reflexive:
            agent = self.subjects.agent(word)
            return [agent] if agent is not None else []
        found = self.subjects.of(word)
        if found is None and word.pos == "ADJ":
            found = word.child("nsubj") or (word.head if word.dep in {"amod", "acl"} else None)
        if found is None and word.child("nsubj") is not None:
            found = word.child("nsubj")
        return [found] if found is not None else []

    def logical_object(self) -> list[Token]:
        """Return what it is done to: the subject of a passive, the noun of a participle."""
        word = self.word
        if word.passive:
            own = word.child("nsubj")
            if own is not None:
                return [own]
            if word.dep in {"acl", "amod"} and word.head is not word:
                return [word.head]
            if word.dep == "conj" and word.head.passive:
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
        return sorted(bare, key=lambda n: n.dep != "obj") + [
            n for n in word.kids("obj") if n not in bare and n.case != "Ins" and not n.prepositions()
        ]

    def _case(self, case: str) -> list[Token]:
        return _bare(self.word, case)

    def light(self, pattern: Pattern) -> Token | None:
        """Return the object that the pattern asks for: "51 % акций", "договор"."""
        near = [*self.word.kids(*_ARGUMENTS), *self.word.kids("nsubj"), *self.word.kids("nummod")]
        if self.word.dep in {"acl", "amod"} and self.word.passive:
            near.append(self.word.head)
        for noun in near:
            for inner in (noun, *noun.kids("nmod", "nummod", "appos")):
                if inner.lemma in pattern.object or inner.text in pattern.object:
                    return noun if inner.dep == "nummod" else inner
        return None

    def _inner(self, light: Token, place: str) -> list[Token]:
        if place:
            return self.governed(light, place) or self.governed(self.word, place)
        found = _bare(light, "Gen")
        deeper = (
            [t for noun in found for t in _bare(noun, "Gen")] if light.text == "%" or len(found) == 1 else []
        )
        shares = [t for t in found if t.lemma in {"акция", "доля", "капитал", "пай"}]
        if shares and deeper:
            return deeper
        return (
            [t for t in found if t not in shares]
            or self.governed(light, "в+Loc")
            or self.governed(self.word, "в+Loc")
        )

    def governed(self, word: Token, place: str) -> list[Token]:
        """Return the nouns under the word with the preposition and Case of "у+Gen"."""
        preposition, _, case = place.partition("+")
        wanted = preposition.replace("_", " ")
        found = []
        for noun in word.kids(*_ARGUMENTS):
            where = noun.prepositions()
            if _FORMS.get(where, where) == wanted and noun.case in {case, ""}:
                found.append(noun)
        return found

    # -- nouns -----------------------------------------------------------------------------------------

    def bearers(self, noun: Token, depth: int = 3) -> list[Token]:  # noqa: PLR0911 - a construction a branch
        """Return who or what the noun is said of: its name, what it stands beside, its copula's subject."""
        if self.names.of(noun) is not None and self.names.at(noun) is None:
            return [noun]
        if noun.dep in {"appos", "flat", "parataxis"} and noun.head is not noun:
            return [noun.head]
        subject = noun.child("nsubj")
        if subject is not None:
            return [subject]
        if (
            noun.case == "Ins"
            and noun.head.lemma in _COPULAS
            and noun.head is not noun
            and not noun.prepositions()
        ):
            verb = noun.head
            site = Site(verb, self.subjects, self.names)
            if verb.lemma in _OBJECTIVE:
                return site.logical_object()
            found = site.logical_subject()
            return found or ([verb.head] if verb.dep in {"acl", "amod"} else [])
        if noun.dep == "conj" and depth and noun.head is not noun and noun.head.pos == "NOUN":
            return self.bearers(noun.head, depth - 1)
        named = [c for c in noun.kids("conj", "list") if self.names.of(c) is not None and c.pos == "NOUN"]
        return named[:1] if named and noun.case == named[0].case and depth == 3 else []

    def _above(self) -> list[Token]:
        """Return the subject of the verb that the noun completes."""
        verb = self.word.head
        if verb.pos != "VERB" or self.word.dep not in {"obj", "obl", "xcomp", "iobj"}:
            return []
        return Site(verb, self.subjects, self.names).logical_subject()


def _bare(word: Token, case: str) -> list[Token]:
    """Return the nouns in a case without a preposition; a possessive counts as a genitive."""
    found = [n for n in word.kids(*_ARGUMENTS) if n.case == case and not n.prepositions()]
    if case == "Gen":
        found = [
            n
            for n in found
            if n.dep in {"nmod", "obl", "obj", "appos"} and (n.dep != "appos" or word.case != "Gen")
        ]
        found += [
            d for d in word.kids("det", "nmod", "amod") if d.lower in {"его", "ее", "их"} and d not in found
        ]
    return found
