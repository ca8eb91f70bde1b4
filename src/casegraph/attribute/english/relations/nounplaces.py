"""The named places of a noun that the patterns ask for, beyond possessor, bearer and prepositions."""

from __future__ import annotations

from collections.abc import Callable

from casegraph.attribute.english.relations.links import behalf_of, objects_of, possessors
from casegraph.attribute.english.relations.nouns import NounSite
from casegraph.attribute.english.relations.verbs import VerbSite
from casegraph.attribute.english.tree import Token

_VERBAL = frozenset({"VERB", "AUX"})
_MEANS = frozenset({"through", "via"})
_DOING = _MEANS | {"with"}
_AIMS = ("at", "on", "against")


class NounPlaces(NounSite):
    """A noun's places by the names that `relations-roles.toml` gives them."""

    def fill(self, place: str) -> list[Token]:
        """Return the tokens at a place; an unknown name is a preposition."""
        special = _PLACES.get(place)
        return special(self) if special is not None else self.preposition(place)

    def stem(self) -> list[Token]:
        """Return the noun before the noun ("toy maker")."""
        return [
            child for child in self.word.children if child.dep == "compound" and child.i == self.word.i - 1
        ]

    def between(self) -> list[Token]:
        """Return the parties of "between X and Y"."""
        return objects_of(self.word, "between")

    def task(self) -> list[Token]:
        """Return the object of an infinitive after the noun."""
        return [
            token
            for child in self.word.children
            if child.dep in {"acl", "relcl"} and child.tag == "VB"
            for token in VerbSite(child, self.phrases).object
        ]

    def appointer(self) -> list[Token]:
        """Return who appoints somebody the noun ("X named Y chairman")."""
        verb = self.verb()
        if (
            verb is None
            or verb.lemma not in self.phrases.words["designating"]
            or self.word.dep not in {"oprd", "dobj", "attr", "pobj"}
        ):
            return []
        site = VerbSite(verb, self.phrases)
        return site.subject if site.object else []

    def behalf(self) -> list[Token]:
        """Return X of "on behalf of X"."""
        return behalf_of(self.word)

    def user(self) -> list[Token]:
        """Return who does something "through" the noun, "via" it, "with the help of" it."""
        link, noun = self.word.head, self.word
        while noun.dep in {"appos", "conj"} and noun.head is not noun and link.dep != "prep":
            noun, link = noun.head, noun.head.head
        if noun.dep == "pobj" and link.lower == "in" and noun.lemma in self.phrases.words["alliances"]:
            beside = link.head  # "X, in partnership with Y, ..."
            return VerbSite(beside, self.phrases).subject if beside.pos in _VERBAL else [beside]
        if noun.dep != "pobj" or link.lower not in _MEANS:
            return []
        if link.head.pos not in _VERBAL:  # "X, through a broker, sold": hung on the subject
            return [link.head] if link.head.dep == "nsubj" else []
        site = VerbSite(link.head, self.phrases)
        return site.subject

    def contractor(self) -> list[Token]:
        """Return who acts "under" the noun ("under a contract with X, Y will ...")."""
        link = self.word.head
        if self.word.dep != "pobj" or link.lower != "under" or link.head.pos not in _VERBAL:
            return []
        verb = link.head
        return [] if verb.lemma in self.phrases.words["buying"] else VerbSite(verb, self.phrases).subject

    def engaged(self) -> list[Token]:
        """Return who is "engaged in" the noun, "assisted with" it, "contributed to" it."""
        link = self.word.head
        verb = link.head
        if self.word.dep != "pobj" or link.lower not in {"in", "with", "to", "on"} or verb.pos not in _VERBAL:
            return []
        if verb.lemma not in self.phrases.words["engaging"]:
            return []
        site = VerbSite(verb, self.phrases)
        return site.patient if site.passive else site.subject

    def mate(self) -> list[Token]:
        """Return X of "X and wife Y": a bare noun joined to a name."""
        noun = self.word
        named = self.phrases.names.apposed(noun)
        joined = noun if noun.dep == "conj" else named if named is not None and named.dep == "conj" else None
        if joined is None or any(c.dep in {"det", "poss"} for c in (*noun.children, *joined.children)):
            return []
        return [joined.head] if self.phrases.senses.is_proper(joined.head) else []

    def had(self) -> list[Token]:
        """Return who has the noun: "X has two sons, Y and Z"."""
        verb = self.word.head
        return (
            VerbSite(verb, self.phrases).subject if self.word.dep == "dobj" and verb.lemma == "have" else []
        )

    def inside(self) -> list[Token]:
        """Return who belongs to the noun: "X is in the noun", "X, part of the noun"."""
        link = self.word.head
        if self.word.dep != "pobj" or link.lower not in {"in", "of", "to", "within", "from"}:
            return []
        head = link.head
        if head.pos in _VERBAL:
            belongs = head.lemma in {"be", "belong", "remain", "move"}
            return VerbSite(head, self.phrases).subject if belongs else []
        if head.pos != "NOUN" or head.lemma not in {"part", "member", "figure", "person", "man", "woman"}:
            return []
        return self._bearers(head)

    def aimed(self) -> list[Token]:
        """Return the object of a participle after the noun ("sanctions targeting X", "imposed on X")."""
        found: list[Token] = []
        for child in self.word.children:
            if child.dep in {"acl", "relcl"} and child.tag in {"VBG", "VBN", "VBD", "VBZ"}:
                found += [t for t in child.children if t.dep == "dobj"]
                held = [child, *(t for c in child.children if c.dep == "agent" for t in c.children)]
                found += [t for link in _AIMS for one in held for t in objects_of(one, link)]
        return found

    def imposer(self) -> list[Token]:
        """Return the agent of a participle after the noun ("sanctions imposed by X")."""
        acts = [c for c in self.word.children if c.dep == "acl" and c.child("agent") is not None]
        return [token for verb in acts for token in VerbSite(verb, self.phrases).subject]

    def doer(self) -> list[Token]:
        """Return who does something "with" an act or "through" it ("grew with the purchase of X")."""
        link = self.word.head
        if self.word.dep != "pobj" or link.lower not in _DOING or link.head.pos not in _VERBAL:
            return []
        site = VerbSite(link.head, self.phrases)
        return site.patient if site.passive else site.subject

    def upon(self) -> list[Token]:
        """Return who is "at" the noun or "on" it ("X is on the payroll", "with X at the helm")."""
        link = self.word.head
        if self.word.dep != "pobj" or link.lower not in {"at", "on", "in"}:
            return []
        head = link.head
        if head.pos in _VERBAL:
            return VerbSite(head, self.phrases).subject if head.lemma in self.phrases.words["copulas"] else []
        return [head] if self.phrases.is_named(head) else []

    def having(self) -> list[Token]:
        """Return X of "X, with offices in Y"."""
        noun = self.word
        while noun.dep == "conj" and noun.head.pos == "NOUN":
            noun = noun.head
        link = noun.head
        if noun.dep != "pobj" or link.lower != "with":
            return []
        head = link.head
        return VerbSite(head, self.phrases).subject if head.pos in _VERBAL else [head]

    def board(self) -> list[Token]:
        """Return X of "a member of the board of X", "of X's board"."""
        boards = [noun for noun in objects_of(self.word, "of") if noun.lemma == "board"]
        before = [c for noun in boards for c in noun.children if c.dep == "compound"]
        return [t for noun in boards for t in (*objects_of(noun, "of"), *possessors(noun))] + before

    def family_of(self) -> list[Token]:
        """Return X of "Y, an X company": the house that a company belongs to."""
        article = any(child.lower in {"a", "an"} and child.dep == "det" for child in self.word.children)
        return self.before() if article else []

    def pronoun(self) -> list[Token]:
        """Return the possessive pronoun before an act ("its sale to X"): a name there is the seller."""
        return [child for child in self.genitive() if child.tag == "PRP$"]

    def both(self) -> list[Token]:
        """Return the parties of "the merger of X and Y"."""
        return objects_of(self.word, "of")

    def compound(self) -> list[Token]:
        """Return the noun or name right before the noun."""
        return self.before() or self.stem()


_PLACES: dict[str, Callable[[NounPlaces], list[Token]]] = {
    "self": NounPlaces.bearers,
    "poss": NounPlaces.poss,
    "genitive": NounPlaces.genitive,
    "noun": NounPlaces.noun,
    "support": NounPlaces.support,
    "stem": NounPlaces.stem,
    "between": NounPlaces.between,
    "task": NounPlaces.task,
    "behalf": NounPlaces.behalf,
    "appointer": NounPlaces.appointer,
    "compound": NounPlaces.compound,
    "user": NounPlaces.user,
    "contractor": NounPlaces.contractor,
    "engaged": NounPlaces.engaged,
    "mate": NounPlaces.mate,
    "had": NounPlaces.had,
    "aimed": NounPlaces.aimed,
    "inside": NounPlaces.inside,
    "doer": NounPlaces.doer,
    "imposer": NounPlaces.imposer,
    "upon": NounPlaces.upon,
    "having": NounPlaces.having,
    "board": NounPlaces.board,
    "pronoun": NounPlaces.pronoun,
    "house": NounPlaces.family_of,
}
