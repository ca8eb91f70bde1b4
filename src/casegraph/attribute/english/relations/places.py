"""The named places of a verb that the patterns ask for, beyond subject, object and prepositions."""

from __future__ import annotations

from collections.abc import Callable

from casegraph.attribute.english.relations.links import behalf_of, nested, objects_of, possessors
from casegraph.attribute.english.relations.verbs import VerbSite
from casegraph.attribute.english.tree import Token

_MAKING = frozenset({"make", "build"})  # names of the pattern groups whose verbs make things
_COMPLEMENTS = frozenset({"xcomp", "ccomp", "acl", "pcomp", "advcl"})
_LEADING = frozenset({"lead", "co-lead", "colead"})
_SEATS = frozenset({"headquarters", "headquarter", "office", "seat", "base", "plant", "factory"})
_TASKS = frozenset({"acl", "xcomp", "advcl", "relcl"})


class VerbPlaces(VerbSite):
    """A verb's places by the names that `relations.toml` gives them."""

    def fill(self, place: str) -> list[Token]:
        """Return the tokens at a place, best first; an unknown name is a preposition."""
        special = _PLACES.get(place)
        if special is not None:
            return special(self)
        if place.startswith("task-"):
            return self._task_preposition(place.removeprefix("task-"))
        return self.preposition(place)

    def behalf(self) -> list[Token]:
        """Return X of "on behalf of X", "on X's behalf"."""
        return behalf_of(self.word)

    def board(self) -> list[Token]:
        """Return X of "sits on the board of X", "joins X's board"."""
        boards = [
            noun
            for noun in (*(n for link in ("on", "to", "from") for n in self.preposition(link)), *self.object)
            if noun.lemma == "board" and self._is_top(noun)
        ]
        return [
            owner
            for noun in boards
            for owner in (*objects_of(noun, "of"), *objects_of(noun, "at"), *possessors(noun))
        ]

    def _is_top(self, board: Token) -> bool:
        """Return whether a board governs a company; a procurement board does not."""
        words = self.phrases.words["boards"]
        return all(c.lower in words for c in board.children if c.dep in {"compound", "amod"})

    def alias(self) -> list[Token]:
        """Return Y of "under the name Y", "under the alias of Y"."""
        found = []
        for noun in (*self.preposition("under"), *self.preposition("by"), *self.object):
            if self.phrases.senses.is_proper(noun) and any(
                c.lemma in self.phrases.words["namesakes"] for c in noun.children
            ):
                found.append(noun)  # "goes by the name Kolya", read as one phrase
            if noun.lemma in self.phrases.words["namesakes"]:
                beside = self.phrases.names.apposed(noun)
                found += [beside] if beside is not None else objects_of(noun, "of")
        return found

    def where(self) -> list[Token]:
        """Return the antecedent of "where"."""
        if self.word.dep == "relcl" and any(c.lower == "where" for c in self.word.children):
            return [self.word.head]
        return []

    def makes(self) -> list[Token]:
        """Return what a verb of making under this verb or its object makes ("helped X design Y")."""
        found = []
        for child in (child for holder in (self.word, *self.object) for child in holder.children):
            inner = child.child("pcomp") if child.dep == "prep" else child
            if inner is not None and inner.dep in _COMPLEMENTS and self._makes(inner):
                found += self.up(inner).object
        return found

    def _makes(self, verb: Token) -> bool:
        patterns = self.phrases.senses.grammar.patterns["verbs"].get(verb.lemma, ())
        return verb.pos == "VERB" and any(pattern.name in _MAKING for pattern in patterns)

    def task(self) -> list[Token]:
        """Return the object of an infinitive under the object ("a contract to renovate X")."""
        return [token for verb in self._task_verbs() for token in self.up(verb).object]

    def _task_verbs(self) -> list[Token]:
        under = (child for holder in (*self.object, self.word) for child in holder.children)
        found = [
            child for child in under if child.pos == "VERB" and child.tag == "VB" and child.dep in _TASKS
        ]
        if found:
            return found
        tokens = self.phrases.tree.tokens
        after = (token for noun in self.object for token in tokens[noun.i + 1 : noun.right_edge + 1])
        return [token for token in after if token.tag == "VB" and any(c.tag == "TO" for c in token.children)]

    def _task_preposition(self, word: str) -> list[Token]:
        return [token for verb in self._task_verbs() for token in self.up(verb).preposition(word)]

    def sells(self) -> list[Token]:
        """Return what the object's infinitive sells ("a deal to sell X")."""
        return self._task_of("selling")

    def buys(self) -> list[Token]:
        """Return what the object's infinitive buys ("a deal to buy X")."""
        return self._task_of("buying")

    def _task_of(self, words: str) -> list[Token]:
        listed = self.phrases.words[words]
        return [
            token for verb in self._task_verbs() if verb.lemma in listed for token in self.up(verb).object
        ]

    def help(self) -> list[Token]:
        """Return X of "with the help of X", "with X's assistance"."""
        aid = [noun for noun in objects_of(self.word, "with") if noun.lemma in self.phrases.words["aid"]]
        return [
            t for noun in aid for t in (*objects_of(noun, "of"), *objects_of(noun, "from"), *possessors(noun))
        ]

    def pursuant(self) -> list[Token]:
        """Return X of "pursuant to X"."""
        links = [c for c in self.word.children if c.lower == "pursuant"]
        return [token for link in links for token in objects_of(link, "to")]

    def owner_of_subject(self) -> list[Token]:
        """Return the possessor of the subject ("X's jeeps came from Y")."""
        return [owner for noun in self.subject for owner in possessors(noun)]

    def source_of_subject(self) -> list[Token]:
        """Return X of "parts from X arrived"."""
        return [token for noun in self.subject for token in objects_of(noun, "from")]

    def of_object(self) -> list[Token]:
        """Return what stands inside the object ("51 percent of X", "its stake in X")."""
        return [token for noun in self.object for link in ("in", "of") for token in objects_of(noun, link)]

    def owner_of_object(self) -> list[Token]:
        """Return the possessor of the object ("X's name")."""
        return [owner for noun in self.object for owner in possessors(self.phrases.inner(noun))]

    def between(self) -> list[Token]:
        """Return the parties of "talks between X and Y"."""
        return [token for noun in self.object for token in objects_of(noun, "between")]

    def nearby(self) -> list[Token]:
        """Return where it happened, however deep the parser hung the words."""
        holders = (self.word, *nested(self.word))
        return [token for holder in holders for word in ("in", "at") for token in objects_of(holder, word)]

    def leader(self) -> list[Token]:
        """Return X of "raised money in a round led by X"."""
        holders = [*self.object, *self.preposition("in"), *self.preposition("with")]
        holders += [inner for noun in holders for inner in nested(noun)]
        led = [c for noun in holders for c in noun.children if c.dep == "acl" and c.lemma in _LEADING]
        return [token for verb in led for token in self.up(verb).subject if self.up(verb).passive]

    def seat(self) -> list[Token]:
        """Return whose the subject is when it is a headquarters ("the headquarters of X is located in")."""
        seats = [noun for noun in (self.patient if self.passive else self.subject) if noun.lemma in _SEATS]
        return [owner for noun in seats for owner in (*objects_of(noun, "of"), *possessors(noun))]

    def kind_of_object(self) -> list[Token]:
        """Return the noun before the object ("a bridge contract")."""
        return [c for noun in self.object for c in noun.children if c.dep == "compound" and c.pos == "NOUN"]

    def names_before_object(self) -> list[Token]:
        """Return a name that stands before the object as its modifier ("a Pentagon contract")."""
        proper = self.phrases.senses.is_proper
        return [
            c for noun in self.object for c in noun.children if c.dep in {"compound", "nmod"} and proper(c)
        ]


_PLACES: dict[str, Callable[[VerbPlaces], list[Token]]] = {
    "subject": lambda site: site.subject,
    "object": lambda site: site.object,
    "dative": lambda site: site.dative,
    "attr": lambda site: site.attr,
    "behalf": VerbPlaces.behalf,
    "board": VerbPlaces.board,
    "alias": VerbPlaces.alias,
    "where": VerbPlaces.where,
    "makes": VerbPlaces.makes,
    "task": VerbPlaces.task,
    "subject-poss": VerbPlaces.owner_of_subject,
    "subject-from": VerbPlaces.source_of_subject,
    "pursuant": VerbPlaces.pursuant,
    "subject-for": lambda site: [t for noun in site.subject for t in objects_of(noun, "for")],
    "sells": VerbPlaces.sells,
    "buys": VerbPlaces.buys,
    "help": VerbPlaces.help,
    "object-inner": VerbPlaces.of_object,
    "object-poss": VerbPlaces.owner_of_object,
    "poss": VerbPlaces.owner_of_object,
    "object-between": VerbPlaces.between,
    "nearby": VerbPlaces.nearby,
    "leader": VerbPlaces.leader,
    "seat": VerbPlaces.seat,
    "kind": VerbPlaces.kind_of_object,
    "compound": VerbPlaces.names_before_object,
}
