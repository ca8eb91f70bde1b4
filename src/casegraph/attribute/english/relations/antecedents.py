"""What a pronoun stands for where the document's referents leave it open: a subject close by."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.english.relations.senses import Senses
from casegraph.attribute.english.tree import Token

_SUBJECTS = ("nsubj", "nsubjpass")
_VERBAL = frozenset({"VERB", "AUX"})
_HE = frozenset({"he", "him", "his", "she", "her", "hers"})
_IT = frozenset({"it", "its"})
_WE = frozenset({"we", "us", "our", "i", "me", "my"})
_POSSESSIVE = "PRP$"
_GROUPS = frozenset({"Company", "Organization", "PublicBody", "LegalEntity", "Thing"})
_UNSURE = frozenset({"Thing", "Organization", "LegalEntity", "Address"})
_DEFINITE = frozenset({"the", "this", "that"})


class Antecedents:
    """The nearest subject that agrees: of a clause above, of a clause behind, of the sentence before.

    English takes up subjects by preference (Brennan, Friedman and Pollard, 1987; Lappin and Leass, 1994).
    Where another name of the right kind stands between, nothing is returned.
    """

    def __init__(self, senses: Senses) -> None:
        self.senses = senses
        self.tree = senses.tree

    def of(self, token: Token) -> Token | None:
        """Return the head of the name that a pronoun or "the company" stands for; None where unclear."""
        if token.lower not in _HE | _IT and not self._describes(token):
            return None
        for subject in self._subjects(token):
            if self._may_be(token, subject) or self._is_described(token, subject):
                return None if self._rivalled(token, subject) else subject
        return self._before(token)

    def is_open(self, token: Token) -> bool:
        """Return whether nothing before a pronoun could be what it stands for: it stays as written."""
        if token.tag == _POSSESSIVE:
            return False
        if token.lower in _WE:
            return True
        if token.lower not in _HE | _IT:
            return False
        first = self.tree.sentence(token)[0]
        if first:
            first = self.tree.sentence(self.tree.tokens[first - 1])[0]
        return not any(self._may_be(token, other) for other in self.tree.tokens[first : token.i])

    def _rivalled(self, token: Token, subject: Token) -> bool:
        """Return whether another name that a pronoun could mean stands between the subject and it."""
        if token.tag == _POSSESSIVE or subject.i > token.i:
            return False
        mine = self.senses.mention(subject)
        between = self.tree.tokens[subject.i + 1 : token.i]
        return any(self._may_be(token, other) and self.senses.mention(other) is not mine for other in between)

    def _may_be(self, token: Token, name: Token) -> bool:
        """Return whether a pronoun might mean a name: one of no known kind may be a person's."""
        if self._agrees(token, name):
            return True
        mention = self.senses.mention(name)
        unsure = mention is not None and mention.schema in _UNSURE and not mention.country
        return token.lower in _HE and unsure and "person" in self.senses.nature(name)

    def _describes(self, token: Token) -> bool:
        """Return whether the words are "the company", "the firm"."""
        if token.tag != "NN" or token.lemma not in self.senses.grammar.words["firm-nouns"]:
            return False
        before = [child for child in token.children if child.i < token.i]
        after = any(child.dep in {"prep", "relcl", "acl", "appos"} for child in token.children)
        return len(before) == 1 and before[0].lower in _DEFINITE and not after

    def _subjects(self, token: Token) -> Iterator[Token]:
        """Yield the subjects of the clauses above, the pronoun's own left out unless it is a possessive."""
        own = token.tag != _POSSESSIVE
        for up in token.ancestors():
            if up.pos not in _VERBAL or up.dep == "prep":
                continue
            subject = up.child(*_SUBJECTS)
            if subject is None:
                own = own and up.dep in {"conj", "xcomp"}
                continue
            if not own and not subject.subtree_has(token):
                yield subject
            own = False

    def _before(self, token: Token) -> Token | None:
        """Return the subject of the sentence before, if no other name of its kind came since."""
        first = self.tree.sentence(token)[0]
        here = [other for other in self.tree.tokens[first : token.i] if self._may_be(token, other)]
        if here:
            return self._only(token, here)
        if first == 0:
            return None
        low, high = self.tree.sentence(self.tree.tokens[first - 1])
        root = next((t for t in self.tree.tokens[low:high] if t.head is t and t.pos in _VERBAL), None)
        subject = root.child(*_SUBJECTS) if root is not None else None
        return subject if subject is not None and self._may_be(token, subject) else None

    def _is_described(self, token: Token, noun: Token) -> bool:
        """Return whether a subject without a name may be taken up ("The treasurer admitted that he")."""
        if noun.tag != "NN" or self.senses.is_proper(noun):
            return False
        nature = self.senses.nature(noun)
        return nature == {"person"} if token.lower in _HE else token.lower in _IT and "org" in nature

    def _only(self, token: Token, names: list[Token]) -> Token | None:
        """Return the last of the sentence's words that could be meant where they are of one name.

        A bare "it" behind a name that is no subject is as often something else.
        """
        if token.lower in _IT and token.tag != _POSSESSIVE:
            return None
        mentions = {id(self.senses.mention(name)) for name in names}
        last = names[-1]
        verb = next((up for up in token.ancestors() if up.pos in _VERBAL), token)
        beside = token.tag != _POSSESSIVE and last.head in {token.head, verb}  # "X met him": another
        return last if len(mentions) == 1 and self._agrees(token, last) and not beside else None

    def _agrees(self, token: Token, name: Token) -> bool:
        """Return whether a token is a name that the pronoun may take up."""
        if not self.senses.is_proper(name):
            return False
        mention, nature = self.senses.mention(name), self.senses.nature(name)
        if token.lower in _HE:
            return mention.schema == "Person" if mention is not None else nature == {"person"}
        if token.lower in _IT:
            state = mention is not None and mention.schema == "Address"
            return bool(nature & {"org", "thing"}) or state
        return mention is not None and mention.schema in _GROUPS
