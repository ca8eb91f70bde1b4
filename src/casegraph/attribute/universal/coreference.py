"""What pronouns, short names and descriptions refer to, where the text leads clearly; open otherwise.

Precision-first sieves as for English (Lee et al. 2013): a surname takes up the full name, a pronoun the one
person of its gender who leads by recency and subject position, a role the last who was given that role.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from casegraph.attribute.base import Filler
from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.names import BODIES, Names, filler
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Mention
from casegraph.text import fold

_REACH = 3  # sentences back that a pronoun looks
_WINDOW = 300  # names that a description can reach back


@dataclass(slots=True)
class Known:
    """A name in reading order."""

    mention: Mention
    sentence: int
    place: int
    gender: str
    subject: bool
    full: str
    schema: str | None
    full_mention: Mention
    clause: int
    roles: set[str] = field(default_factory=set)
    spoke: bool = False


class Discourse:
    """The names of a document in reading order."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._known: list[Known] = []
        self._offset = 0
        self._sentences = 0
        self._names: Names | None = None
        self._described: list[tuple[str, int]] = []

    def enter(self, tree: Tree, names: Names) -> None:
        """Go on to the next page or language run."""
        self._offset += self._sentences
        self._sentences = max((token.sentence for token in tree.tokens), default=-1) + 1
        self._names = names
        for head, mention in names.heads():
            top = self._top(head)
            full = self._fullest(mention)
            known = Known(
                mention, self._offset + head.sentence, head.start, head.feats.get("Gender", ""),
                top.dep in {"nsubj", "root"}, fold(full.normal or full.name), mention.schema, full,
                top.clause().start,
            )  # fmt: skip
            known.roles = self._roles(head, mention)
            self._known.append(known)

    @staticmethod
    def _top(head: Token) -> Token:
        """Return the noun that the name stands beside: the head of the apposition."""
        while head.dep in {"appos", "flat"} and head.head is not head:
            head = head.head
        return head

    def _roles(self, head: Token, mention: Mention) -> set[str]:
        found = set()
        up = head
        while up.dep in {"appos", "flat", "nmod"} and up.head is not up and up.head.i < head.i:
            up = up.head
            if up.pos == "NOUN" and (self._names is None or self._names.of(up) is mention):
                found.add(up.lemma)
        found |= {c.lemma for c in head.kids("appos") if c.pos == "NOUN"}
        return found | {t.lower for t in head.subtree()[:1] if mention.schema in BODIES}

    def _fullest(self, mention: Mention) -> Mention:
        """Return the longer name of the same schema that ends in this one: "Мейер" is "Артур Мейер"."""
        own = fold(mention.normal or mention.name).split()
        if mention.schema != "Person" or len(own) != 1:
            return mention
        longer = {
            known.full: known.full_mention for known in self._known
            if known.schema == "Person"
            and len(known.full.split()) > 1
            and _same_word(known.full.split()[-1], own[0])
        }  # fmt: skip
        return next(iter(longer.values())) if len(longer) == 1 else mention

    def spoke(self, heads: Iterable[Token]) -> None:
        """Mark the names that stand as sources of this page's attributions."""
        if self._names is None:
            return
        ids = {found.id for head in heads if (found := self._names.of(head)) is not None}
        for known in self._known:
            known.spoke = known.spoke or known.mention.id in ids

    def described(self, head: Token) -> None:
        """Remember that somebody without a name spoke: a pronoun may mean them."""
        self._described.append((head.feats.get("Gender", ""), self._offset + head.sentence))

    # -- what words refer to --------------------------------------------------------------------------

    def name(self, token: Token) -> Filler | None:
        """Return the name that the head noun or pronoun stands for, None where it is open."""
        if self._names is None:
            return None
        own = self._names.of(token)
        if own is not None:
            full = next((k.full_mention for k in reversed(self._known) if k.mention.id == own.id), own)
            return filler(full, own.target.start, own.target.end)
        if token.pos in {"PRON", "DET"}:
            return self._pronoun(token)
        if token.pos == "ADJ" and token.lemma in self.lexicon.words["words.demonstrative"]:
            return self.latest(token) if token.dep in {"nsubj", "iobj"} else None
        return self._description(token) if token.pos == "NOUN" else None

    def _pronoun(self, token: Token) -> Filler | None:
        words = self.lexicon.words
        if token.lemma in words["words.relative"]:
            clause = token.clause()
            found = self.name(clause.head) if clause.dep == "acl" and clause.head is not clause else None
            return _at(found, token)
        lower = token.lower
        if lower in words["words.feminine"]:
            return _at(self._leading(token, "Fem"), token)
        if lower in words["words.masculine"] and not (lower == "его" and token.dep == "obj"):
            return _at(self._leading(token, "Masc"), token)
        return None

    def body(self, token: Token) -> Filler | None:
        """Return the organisation that a pronoun stands for: the one body of the nearest sentence with any.

        Within its own sentence only what stands before the pronoun counts.
        """
        here = self._offset + token.sentence
        before = [
            k
            for k in self._known[-_WINDOW:]
            if k.schema in BODIES and (k.sentence, k.place) < (here, token.start) and k.sentence >= here - 2
        ]
        if not before:
            return None
        last = max(k.sentence for k in before)
        near = {k.full: k for k in before if k.sentence == last}
        return _at(filler(next(iter(near.values())).full_mention), token) if len(near) == 1 else None

    def latest(self, token: Token) -> Filler | None:
        """Return whom "последний" means: the name that the sentence before ends with."""
        here = self._offset + token.sentence
        before = [k for k in self._known[-_WINDOW:] if k.sentence == here - 1 and k.schema != "Address"]
        return _at(filler(before[-1].full_mention), token) if before else None

    def _person_described(self, token: Token) -> Filler | None:
        """Return who "предприниматель", "чиновник" is: the one person of the sentences just before."""
        here = self._offset + token.sentence
        near = {
            k.full: k
            for k in self._known[-_WINDOW:]
            if k.schema == "Person" and here - 2 <= k.sentence < here
        }
        later = any(
            k.sentence == here and k.schema == "Person" and k.place < token.start for k in self._known[-20:]
        )
        if len(near) != 1 or later:
            return None
        return _at(filler(next(iter(near.values())).full_mention), token)

    def _leading(self, token: Token, gender: str) -> Filler | None:
        """Return the person of the gender who leads clearly; a nameless speaker since leaves it open."""
        here = self._offset + token.sentence
        scores: dict[str, float] = {}
        best: dict[str, Known] = {}
        for known in reversed(self._known[-_WINDOW:]):
            if (known.sentence, known.place) >= (here, token.start) or known.sentence < here - _REACH:
                continue
            if known.schema != "Person" or (known.gender and known.gender != gender):
                continue
            score = 4.0 - (here - known.sentence) + 1.5 * known.subject + 1.0 * known.spoke
            if score > scores.get(known.full, 0.0):
                scores[known.full], best[known.full] = score, known
        ranked = sorted(scores, key=lambda key: -scores[key])
        if not ranked or (len(ranked) > 1 and scores[ranked[0]] - scores[ranked[1]] < 1.0):
            return None
        found = best[ranked[0]]
        if any(found.sentence < at <= here and kind in {"", gender} for kind, at in self._described):
            return None
        return filler(found.full_mention)

    def _description(self, token: Token) -> Filler | None:
        """Return who "министр", "компания", "издание" is: the last with that role."""
        if token.plural or token.child("nmod", "nummod") is not None:
            return None
        if any(c.lemma in {"один", "некий", "другой"} for c in token.kids("det", "amod", "nummod")):
            return None
        here, words = self._offset + token.sentence, self.lexicon.words
        before = [k for k in self._known[-_WINDOW:] if (k.sentence, k.place) < (here, token.start)]
        for known in reversed(before):
            if token.lemma in known.roles:
                others = {k.full for k in before if token.lemma in k.roles and k.sentence >= here - 2}
                return _at(filler(known.full_mention), token) if len(others | {known.full}) == 1 else None
        if token.lemma in words.get("words.person", frozenset()) and token.dep in {
            "nsubj",
            "iobj",
            "obj",
            "obl",
        }:
            return self._person_described(token)
        private = token.lemma in words["words.company"]
        public = token.lemma in words["words.body"]
        if not (private or public or token.lemma in words["words.outlet"]):
            return None
        barred = (
            {"PublicBody"} if private and not public else {"Company"} if public and not private else set()
        )
        clause = token.clause().start
        near = [
            k for k in before
            if k.schema in BODIES - barred and k.sentence >= here - 2 and (k.subject or k.spoke)
            and (k.sentence, k.clause) != (here, clause)  # two parts of one clause are two parties
        ]  # fmt: skip
        return _at(filler(near[-1].full_mention), token) if len({k.full for k in near}) == 1 else None


def _at(found: Filler | None, token: Token) -> Filler | None:
    if found is None:
        return None
    return Filler(token.start, token.end, found.name, found.schema, found.mention)


def _same_word(one: str, other: str) -> bool:
    """Return whether two words are forms of one surname."""
    stem = max(3, min(len(one), len(other)) - 2)
    return one[:stem] == other[:stem] and abs(len(one) - len(other)) <= 3
