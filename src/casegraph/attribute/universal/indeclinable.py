"""Cases of words that show none: «ООО», «НИИ», Boeing, «Росгео».

A parser guesses their Case, so that a verb gets two subjects or two objects. What the verb governs and what its
other words are leave one place for each (РГ-80 vol. 2 §§ 1704-1860; order of words where both show none).
"""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.tree import Token, Tree

_BARE = ("nsubj", "obj", "iobj", "obl")
_SHORTEST = 2
_VOWELS = tuple("оеиуюэ")
_OPENING = frozenset({"«", '"', "„"})
_NOUNS = frozenset({"NOUN", "PROPN", "X"})


def settle(tree: Tree, lexicon: Lexicon) -> None:
    """Give the words without a Case of their own that stand beside a verb the place that is left."""
    for verb in tree.tokens:
        if verb.pos == "VERB":
            arguments = [n for n in verb.kids(*_BARE) if n.pos in _NOUNS and not n.prepositions()]
            loose = [noun for noun in arguments if _shows_none(tree, noun)]
            if loose:
                fixed = [noun for noun in arguments if noun not in loose]
                _Places(verb, fixed, loose, lexicon).fill()


def _shows_none(tree: Tree, noun: Token) -> bool:
    """Return whether the word is an abbreviation in capitals, a foreign word or a name in an unchanging vowel."""
    letters = noun.text.replace("-", "")
    if len(letters) < _SHORTEST or not letters.isalpha():
        return False
    if letters.isascii() or letters.isupper():
        return True
    quoted = noun.i > 0 and tree.tokens[noun.i - 1].text in _OPENING
    return quoted and noun.lower.endswith(_VOWELS) and noun.pos == "PROPN"


class _Places:
    """The places of one verb: who does it, what to, to whom, by what."""

    def __init__(self, verb: Token, fixed: list[Token], loose: list[Token], lexicon: Lexicon) -> None:
        self.verb = verb
        self.fixed = fixed
        self.loose = loose
        self.lexicon = lexicon

    def fill(self) -> None:
        """Set relation and Case of the loose words."""
        if self.verb.passive:
            return self._passive()
        rest = [noun for noun in self.loose if noun is not self._subject()]
        for noun, (dep, case) in zip(rest, self._left(len(rest)), strict=False):
            _set(noun, dep, case)
        return None

    def _subject(self) -> Token | None:
        """Return the loose word that is the subject, None where another is or the verb takes none."""
        nominative = [n for n in self.fixed if n.dep == "nsubj" and n.case == "Nom"]
        personal = self.verb.feats.get("VerbForm") == "Fin" and self.verb.feats.get("Person") not in {"1", "2"}
        if nominative or not personal:
            return None
        found = next((n for n in self.loose if n.dep == "nsubj"), None)
        if found is not None:
            found.feats["Case"] = "Nom"
        return found

    def _left(self, count: int) -> Iterator[tuple[str, str]]:
        """Yield relation and Case for each further loose word in order."""
        lemma, words = self.verb.lemma, self.lexicon.words
        has_object = any(n.case in {"Acc", "Gen"} or n.dep == "obj" for n in self.fixed)
        has_dative = any(n.case == "Dat" for n in self.fixed)
        if lemma in words["government.instrumental"]:
            yield "obl", "Ins"
        elif lemma in words["government.dative"] and not has_dative:
            yield "iobj", "Dat"
            yield "obj", "Acc"
        elif lemma in words["government.giving"] and not has_dative and (has_object or count > 1):
            yield "iobj", "Dat"
            yield "obj", "Acc"
        elif not has_object:
            yield "obj", "Acc"

    def _passive(self) -> None:
        """Make the agent of the loose word beside a passive and its subject; a receiver may be meant instead."""
        subjects = [n for n in self.fixed if n.dep == "nsubj"]
        modifies = self.verb.dep in {"acl", "amod"}
        rest = self.loose
        if not subjects and not modifies:
            rest = [n for n in self.loose if n is not next((m for m in self.loose if m.dep == "nsubj"), None)]
        if len(rest) != 1 or any(n.case == "Ins" for n in self.fixed):
            return
        receives = self.verb.lemma in self.lexicon.words["government.giving"]
        _set(rest[0], "obl", "" if receives else "Ins")


def _set(noun: Token, dep: str, case: str) -> None:
    noun.dep, noun.sub = dep, ""
    noun.feats["Case"] = case
