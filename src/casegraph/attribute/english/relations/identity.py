"""Other names of the same: abbreviations in brackets, "formerly X", "real name Y", "the General is Z"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegraph.attribute.english.relations.match import Match
from casegraph.attribute.english.relations.phrases import Phrases
from casegraph.attribute.english.relations.verbs import VerbSite
from casegraph.attribute.english.tree import Token

_FEWEST, _MOST = 2, 7  # letters of an abbreviation
_FOREIGN = re.compile(r"[A-Z]{3,6}")
_DESIGNATOR = re.compile(r"([^\W\d_]{1,4})(\d{1,4})")
_FULL_DESIGNATOR = re.compile(r"^(.*[^\W\d_])[ \-\N{NON-BREAKING HYPHEN}\u2013]?(\d{1,4})$")
_SMALL = frozenset({"of", "and", "the", "for", "in", "de", "&"})


class Identities:
    """Finds other names that stand beside a name."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.tree = phrases.tree
        self.senses = phrases.senses

    def noun(self, token: Token) -> Iterator[Match]:
        """Yield what stands after a name in brackets or after "formerly"."""
        if not self.senses.is_proper(token):
            return
        last = self.phrases.extents.of(token)[1]
        if token.i != last and token.head.i <= last and token.dep == "compound":
            return
        tokens = self.tree.tokens
        if last + 2 < len(tokens) and tokens[last + 1].text == "(":
            yield from self._bracket(token, last + 2)
        if (
            last + 2 < len(tokens)
            and tokens[last + 1].text in {",", "("}
            and tokens[last + 2].lower in self.phrases.words["formerly"]
        ):
            yield from self._after_adverb(token, last + 3)

    def _bracket(self, name: Token, place: int) -> Iterator[Match]:
        """Yield the abbreviation whose letters begin the words of the name before it."""
        tokens = self.tree.tokens
        short = tokens[place]
        closed = place + 1 < len(tokens) and tokens[place + 1].text == ")"
        first, last = self.phrases.extents.of(name)
        while first > 0 and tokens[first - 1].pos == "PROPN" and tokens[first - 1].sentence == name.sentence:
            first -= 1
        words = self.tree.text[tokens[first].start : tokens[last].end]
        if closed and is_abbreviation(short.text, words):
            yield Match("identity", short, {"name": [name], "other_name": [short]}, 0.9)
        elif (
            closed
            and _FOREIGN.fullmatch(short.text)
            and "org" in self.senses.nature(name)
            and last - first >= 2
        ):
            yield Match(
                "identity", short, {"name": [name], "other_name": [short]}, 0.7
            )  # of its name in its own tongue

    def _after_adverb(self, name: Token, place: int) -> Iterator[Match]:
        tokens = self.tree.tokens
        while place < len(tokens) and tokens[place].lower in {
            "the",
            "known",
            "as",
            "called",
            "named",
            "“",
            '"',
        }:
            place += 1
        if (
            place < len(tokens)
            and self.senses.is_proper(tokens[place])
            and tokens[place].sentence == name.sentence
        ):
            other = self._head_of_run(place, self.phrases.extents.name_end(tokens[place]))
            if other is not name:
                yield Match("identity", tokens[place - 1], {"name": [name], "other_name": [other]}, 0.85)

    def _head_of_run(self, first: int, last: int) -> Token:
        run = self.tree.tokens[first : last + 1]
        return next((t for t in reversed(run) if not first <= t.head.i <= last), run[-1])

    def copula(self, verb: Token) -> Iterator[Match]:
        """Yield "the General is Arkady Velov" and "whose real name is Joran Veldhuis"."""
        if verb.lemma != "be":
            return
        site = VerbSite(verb, self.phrases)
        attributes = [token for token in site.attr if self.senses.is_proper(token)]
        if len(attributes) != 1 or not site.subject:
            return
        subject, attribute = site.subject[0], attributes[0]
        if subject.lemma == "name" and any(c.lower in self.phrases.words["real"] for c in subject.children):
            for owner in subject.children:
                if owner.dep == "poss":
                    known = [self.phrases.names.alias(head) or head for head in self.phrases.heads(owner)]
                    yield Match("identity", verb, {"name": [attribute], "other_name": known}, 0.85)
            return
        if self.senses.is_proper(subject) and self._same_person(subject, attribute):
            yield Match("identity", verb, {"name": [attribute], "other_name": [subject]}, 0.7)

    def _same_person(self, subject: Token, attribute: Token) -> bool:
        if subject.lower == attribute.lower:
            return True
        words = {t.lower for t in attribute.children if t.dep == "compound"} | {attribute.lower}
        nature = self.senses.nature(attribute)
        if subject.lower in words:
            return True
        definite = any(c.lower == "the" for c in subject.children)
        return definite and "person" in self.senses.nature(subject) and "person" in nature and len(words) > 1


def is_abbreviation(short: str, words: str) -> bool:
    """Return whether the letters of `short` begin words of a name in order ("VHP", "Veridian Hydro plc")."""
    letters = [char for char in short if char.isalpha()]
    if any(char.isdigit() for char in short):
        return _is_designator(short, words)
    if not _FEWEST <= len(letters) <= _MOST or sum(char.isupper() for char in letters) < len(letters) - 1:
        return False
    initials = [
        word[0].lower()
        for word in words.replace("-", " ").split()
        if word.lower() not in _SMALL or word[0].isupper()
    ]
    place = 0
    for letter in letters:
        try:
            place = initials.index(letter.lower(), place) + 1
        except ValueError:
            return False
    return True


def _is_designator(short: str, words: str) -> bool:
    """Return whether a short designation has letters and number of the full one ("Merlin-3 (M3)")."""
    found = _DESIGNATOR.fullmatch(short.replace("-", ""))
    full = _FULL_DESIGNATOR.search(words)
    if found is None or full is None or found[2] != full[2]:
        return False
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", full[1]))
    return found[1].lower() == initials.lower() and short.lower() != words.lower()
