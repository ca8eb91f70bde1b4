"""Cases that a parser guesses wrong: of names by their endings, of words without endings by what is left.

«ООО», «НИИ», Boeing and «Росгео» show no Case, so that a verb gets two subjects or two objects. What the verb
governs and what its other words are leave one place for each (РГ-80 vol. 2 §§ 1704-1860).
"""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.names import Names
from casegraph.attribute.universal.tree import Token, Tree

_BARE = ("nsubj", "obj", "iobj", "obl")
_SHORTEST = 2
_VOWELS = tuple("оеиуюэ")
_NOUNS = frozenset({"NOUN", "PROPN", "X"})
_PLACE = {"Dat": "iobj", "Ins": "obl", "Gen": "obj", "Acc": "obj"}


def settle(tree: Tree, names: Names, lexicon: Lexicon) -> None:
    """Mend the Case of names and give the words without one the place that their verb leaves."""
    for token in tree.tokens:
        if token.pos in {"NOUN", "PROPN"} and _read_ending(token, names, lexicon) == ["Dat"]:
            _addressed(tree, token)
    for verb in tree.tokens:
        if verb.pos != "VERB":
            continue
        arguments = [n for n in verb.kids(*_BARE) if n.pos in _NOUNS and not n.prepositions()]
        loose = [noun for noun in arguments if _shows_none(noun, names)]
        if loose:
            fixed = [noun for noun in arguments if noun not in loose]
            _Places(verb, fixed, loose, lexicon).fill()
        else:
            _part_subjects(tree, verb, arguments)
            _receiver(arguments, names)


def _read_ending(token: Token, names: Names, lexicon: Lexicon) -> list[str]:
    """Set the Case that the ending of a name of one word shows where it is tagged as another; return it."""
    mention = names.at(token)
    if mention is None and not names.in_quotes(token):
        return []
    base = token.lemma
    if mention is not None and mention.normal and mention.name == token.text:
        base = mention.normal.lower().replace("ё", "е")
    shown = _cases(base, token.lower, lexicon)
    if base == token.lower:  # a recogniser may have taken "Меридиану" for a nominative: few end so
        guessed = _cases(token.lemma, token.lower, lexicon)
        shown = guessed if guessed in (["Dat"], ["Ins"]) else shown
    if not shown or token.case in shown or token.feats.get("Number") == "Plur":
        return shown
    case = shown[-1] if token.prepositions() else shown[0]
    token.feats["Case"] = case
    if token.dep == "nsubj" and token.head.pos == "VERB":
        token.dep = _PLACE.get(case, token.dep)
    return shown


def _addressed(tree: Tree, name: Token) -> None:
    """Hang on the verb whoever is told, where it stands beside who tells: «в мэрии «Меридиану» сказали»."""
    noun = name.head
    if name.dep not in {"appos", "nmod", "flat"} or noun.case in {"Dat", ""} or name.prepositions():
        return
    verb = next((up for up in name.ancestors() if up.pos == "VERB"), None)
    if verb is not None:
        tree.hang(name, verb, "iobj")


def _cases(base: str, form: str, lexicon: Lexicon) -> list[str]:
    """Return the Cases that the form of the word can be, those without a preposition first."""
    words = lexicon.words
    own = f"endings.{base[-1:]}"
    stem, table = (base[:-1], words[own]) if own in words else (base, words["endings.consonant"])
    if base == form or not form.startswith(stem) or len(stem) < _SHORTEST:
        return []
    ending = form[len(stem) :]
    return [case for pair in sorted(table) for end, case in [pair.split(":")] if end == ending]


def _shows_none(noun: Token, names: Names) -> bool:
    """Return whether the word is an abbreviation, a foreign word or a name in an unchanging vowel."""
    letters = noun.text.replace("-", "")
    if len(letters) < _SHORTEST or not letters.isalpha():
        return False
    if letters.isascii() or letters.isupper():
        return True
    return names.in_quotes(noun) and noun.lower.endswith(_VOWELS) and noun.lemma == noun.lower


def _receiver(arguments: list[Token], names: Names) -> None:
    """Read as a dative what can be a genitive before an object: «подтвердил «Коммерции» факт»."""
    objects = [noun for noun in arguments if noun.case == "Acc" and noun.dep == "obj"]
    for noun in arguments:
        named = names.in_quotes(noun) or names.at(noun) is not None
        if objects and named and noun.case == "Gen" and noun.i < objects[-1].i and noun.lower.endswith("ии"):
            _set(noun, "iobj", "Dat")


def _part_subjects(tree: Tree, verb: Token, arguments: list[Token]) -> None:
    """Make an object of the second of two subjects: one lives, the other's nominative is its accusative.

    Of two that live the first stands beside the second: «Уроженец Омска, Сухарев окончил».
    """
    subjects = [noun for noun in arguments if noun.dep == "nsubj" and noun.sub != "pass"]
    alive = [noun for noun in subjects if noun.feats.get("Animacy") == "Anim"]
    if len(alive) == 2 and alive[0].pos == "NOUN" and tree.tokens[alive[1].i - 1].text == ",":
        tree.hang(alive[0], alive[1], "appos")
        return
    if len(alive) != 1 or verb.passive or any(n.dep == "obj" and n.case == "Acc" for n in arguments):
        return
    for noun in subjects:
        if noun is not alive[0] and noun.case in {"Nom", "Acc"} and noun.feats.get("Gender") != "Fem":
            _set(noun, "obj", "Acc")


class _Places:
    """The places of one verb: who does it, what to, to whom, by what."""

    def __init__(self, verb: Token, fixed: list[Token], loose: list[Token], lexicon: Lexicon) -> None:
        self.verb = verb
        self.fixed = fixed
        self.loose = loose
        self.words = lexicon.words

    def fill(self) -> None:
        """Set relation and Case of the loose words."""
        if self.verb.passive:
            self._passive()
            return
        subject = self._subject()
        told = [noun for noun in self.loose if self._by_adjective(noun)]
        self.fixed += told
        rest = [noun for noun in self.loose if noun is not subject and noun not in told]
        for noun, (dep, case) in zip(rest, self._left(len(rest)), strict=False):
            _set(noun, dep, case)

    @staticmethod
    def _by_adjective(noun: Token) -> bool:
        """Give the word the Case of its adjective: «продал рудник китайской Huarong»."""
        case = next((c.case for c in noun.kids("amod") if c.case), "")
        if case in _PLACE:
            _set(noun, _PLACE[case], case)
        return case in _PLACE

    def _subject(self) -> Token | None:
        """Return the loose word that is the subject, None where another is or the verb takes none."""
        nominative = [n for n in self.fixed if n.dep == "nsubj" and n.case == "Nom"]
        feats = self.verb.feats
        if nominative or feats.get("VerbForm") != "Fin" or feats.get("Person") in {"1", "2"}:
            return None
        found = next((n for n in self.loose if n.dep == "nsubj"), None)
        if found is not None:
            found.feats["Case"] = "Nom"
        return found

    def _left(self, count: int) -> Iterator[tuple[str, str]]:
        """Yield relation and Case for each further loose word in order."""
        lemma = self.verb.lemma
        has_object = any(n.case in {"Acc", "Gen"} or n.dep == "obj" for n in self.fixed)
        has_dative = any(n.case == "Dat" for n in self.fixed)
        gives = lemma in self.words["government.giving"] and (has_object or count > 1)
        if lemma in self.words["government.instrumental"]:
            yield "obl", "Ins"
        elif not has_dative and (gives or lemma in self.words["government.dative"]):
            yield "iobj", "Dat"
            yield "obj", "Acc"
        elif not has_object:
            yield "obj", "Acc"

    def _passive(self) -> None:
        """Make the agent of the loose word beside a passive, with no Case where it may receive instead."""
        rest = self.loose
        subject = next((n for n in self.fixed if n.dep == "nsubj"), None)
        if subject is None and self.verb.dep not in {"acl", "amod"}:
            first = next((n for n in self.loose if n.dep == "nsubj"), None)
            rest = [noun for noun in self.loose if noun is not first]
        if len(rest) != 1 or any(n.case == "Ins" for n in self.fixed):
            return
        receives = self.verb.lemma in self.words["government.giving"]
        _set(rest[0], "obl", "" if receives else "Ins")


def _set(noun: Token, dep: str, case: str) -> None:
    noun.dep, noun.sub = dep, ""
    noun.feats["Case"] = case
