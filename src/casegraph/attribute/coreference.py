"""What pronouns and descriptions refer to, where the text allows it; left open where it does not.

Rules in the tradition of Lappin and Leass (1994) and of precision-first sieves (Lee et al. 2013):
recency, subject position and having just spoken count; two candidates that are about as good leave
the words unresolved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from casegraph.attribute.given_names import gender_of
from casegraph.attribute.lexicon import Lexicon
from casegraph.attribute.relations.base import Filler
from casegraph.attribute.tree import Token, Tree
from casegraph.model import Mention
from casegraph.text import fold

_PERSON = frozenset({"Person"})
_GROUP = frozenset({"Organization", "Company", "PublicBody", "LegalEntity"})
_REACH = 4  # sentences back that a pronoun looks
_UNKNOWN = 2.0  # what a candidate of unknown gender is behind one that agrees
_MATRIX = 3.0
_MARGIN = 2.0  # by how much the best candidate must lead another
_WINDOW = 400  # names that a description can reach back
_ALIKE = 2  # tokens of a short name


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source that is described, not named: the head's lemma and tag, and the words."""

    lemma: str
    tag: str
    words: str
    unnamed: bool
    sentence: int


@dataclass(slots=True)
class _Name:
    """A name mention with its place in the discourse."""

    mention: Mention
    token: Token
    sentence: int  # running number through the document
    block: int
    subject: bool
    full: str
    folded: str = ""
    roles: set[str] = field(default_factory=set)
    gender: str = ""
    spoke: bool = False


class Discourse:
    """The names of a document in reading order; implements `Referents` for the page it was last given."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = lexicon.words
        self._names: list[_Name] = []
        self._keys: list[tuple[int, int]] = []  # sentence and start of each name, in order
        self._longer: dict[
            str, dict[str, str | None]
        ] = {}  # a word: the longer names that hold it, with schema
        self._at: dict[int, _Name] = {}
        self._phrases: list[Phrase] = []
        self._offset = 0
        self._page_sentences = 0
        self._tree: Tree | None = None
        self._gender: dict[str, str] = {}

    def enter(self, tree: Tree, mentions: Sequence[Mention]) -> None:
        """Go on to the next page or language run."""
        self._offset += self._page_sentences
        self._page_sentences = max((token.sentence for token in tree.tokens), default=-1) + 1
        self._tree = tree
        self._at = {}
        blocks = tree.page.blocks
        for mention in _outermost(mentions):
            tokens = tree.touching(mention.target.start, mention.target.end)
            if not tokens:
                continue
            head = _head(tokens)
            name = _Name(
                mention=mention, token=head, sentence=self._offset + head.sentence,
                block=next((i for i, b in enumerate(blocks) if b.start <= head.start < b.end), -1),
                subject=_is_subject(head), full="",
            )  # fmt: skip
            name.roles = _roles(head, tokens)
            name.full = self._fullest(mention)
            name.folded = fold(name.full)
            name.gender = self._gender_of(name)
            if name.gender:
                self._gender.setdefault(name.folded, name.gender)
            self._names.append(name)
            self._keys.append((name.sentence, name.token.start))
            for word in set(name.folded.split()):
                self._longer.setdefault(word, {})[name.full] = name.mention.schema
            for token in tokens:
                self._at[token.i] = name

    def spoke(self, heads: Iterable[Token]) -> None:
        """Mark the names that stand as sources of this page's attributions."""
        for head in heads:
            found = self._at.get(head.i)
            if found is not None:
                found.spoke = True

    def remember(self, head: Token, words: str, *, unnamed: bool) -> None:
        """Remember a described source ("two officials"), so that "the officials" can find it."""
        self._phrases.append(Phrase(head.lemma, head.tag, words, unnamed, self._offset + head.sentence))

    def phrase(self, head: Token) -> Phrase | None:
        """Return the described source that a definite description takes up."""
        determiner = head.child("det")
        if determiner is None or determiner.lower not in {"the", "these", "those"}:
            return None
        found = (p for p in reversed(self._phrases) if p.lemma == head.lemma and p.tag == head.tag)
        return next(found, None)

    # -- Referents ----------------------------------------------------------------------------

    def name(self, token: Token) -> Filler | None:
        """Return what the head token refers to: a name at it or in apposition, else its antecedent."""
        own = self._at.get(token.i)
        if own is not None:
            return _filler(own)
        if token.pos != "PRON":
            for child in token.children:
                if child.dep == "appos" and child.i in self._at:
                    return _filler(self._at[child.i])
        if token.pos == "PRON" or token.tag in {"PRP", "PRP$", "WP", "WDT", "WP$"}:
            return self._pronoun(token)
        return self._description(token)

    def _pronoun(self, token: Token) -> Filler | None:
        word = token.lower
        if token.tag in {"WP", "WDT", "WP$"}:
            return self._relative(token)
        if word in {"he", "him", "his", "she", "her", "hers", "himself", "herself"}:
            gender = "m" if word in {"he", "him", "his", "himself"} else "f"
            found = self._best(token, _PERSON, gender)
            if found is not None and not self._rivalled(found, token):
                self._gender.setdefault(found.folded, gender)
                return _filler(found, token)
            return None
        if word in {"it", "its", "itself"}:
            above = self._matrix(token)
            if above is not None:
                return above
            found = self._best(token, _GROUP, "", reach=1)
            return _filler(found, token) if found is not None else None
        return None

    def _matrix(self, token: Token) -> Filler | None:
        """Return the body or state that the clause above has as subject: "China denied that it sells".

        A subject that is no known name gives its words: nobody else is meant.
        """
        if token.dep not in {"nsubj", "nsubjpass"} or token.head.dep != "ccomp":
            return None
        subject = token.head.head.child("nsubj", "nsubjpass")
        if subject is None or subject.i >= token.i or subject.pos == "PRON":
            return None
        name = self._at.get(subject.i)
        if name is None:
            known = self.name(subject)
            return known or Filler(token.start, token.end, subject.text)
        if name.mention.schema not in _GROUP | {"Address"}:
            return None
        return _filler(name, token)

    def _rivalled(self, name: _Name, token: Token) -> bool:
        """Return whether an unnamed person spoke since the name: "One investigator said ... He said"."""
        here = self._offset + token.sentence
        people = self._words["sources.unnamed"]
        return any(
            name.sentence <= phrase.sentence <= here and phrase.tag == "NN" and phrase.lemma in people
            for phrase in self._phrases
        )

    def _named(self, antecedent: Token) -> _Name | None:
        """Return the name that a relative clause hangs on: at its head, in apposition, or before one."""
        places = [antecedent, *(c for c in antecedent.children if c.dep == "appos")]
        if antecedent.dep == "appos":
            places.append(antecedent.head)
        found = [self._at[token.i] for token in places if token.i in self._at]
        return next((name for name in found if name.mention.schema in _PERSON | _GROUP), None)

    def _relative(self, token: Token) -> Filler | None:
        verb = token.head if token.dep != "poss" else token.head.head
        for up in (verb, *verb.ancestors()):
            if up.dep == "relcl":
                antecedent = up.head
                found = self._named(antecedent)
                return _filler(found, token) if found is not None else None
        return None

    def _best(self, token: Token, schemas: frozenset[str], gender: str, reach: int = _REACH) -> _Name | None:
        """Return the antecedent that leads clearly; None when there is none or two are as good."""
        here = self._offset + token.sentence
        best: dict[str, tuple[float, _Name]] = {}
        for name in reversed(self._before(here, token)):
            if name.sentence < here - reach:
                break
            if name.mention.schema not in schemas or not self._agrees(name, gender):
                continue
            if _inside_own_phrase(name.token, token) or not self._eligible(name, gender):
                continue
            score = _salience(name, here) + self._bound(name, token)
            if gender and not self._gender.get(name.folded, name.gender):
                score -= _UNKNOWN
            key = name.folded
            if key not in best or best[key][0] < score:
                best[key] = (score, name)
            if key in best and best[key][1] is not name:
                best[key] = (best[key][0] + 0.5, best[key][1])
        ranked = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].token.i))
        if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN):
            return None
        return ranked[0][1]

    def _eligible(self, name: _Name, gender: str) -> bool:
        """Return whether a pronoun may take the name up at all.

        "he" needs a full name, a known gender or a speaker; "it" a subject or a speaker.
        """
        if not gender:
            return name.subject or name.spoke
        return " " in name.full or name.spoke or bool(self._gender.get(name.folded, name.gender))

    def _bound(self, name: _Name, token: Token) -> float:
        """Favour the subject of the clause above: in "X said it had", "it" is mostly X."""
        for verb in (token.head, *token.head.ancestors()):
            subject = verb.child("nsubj", "nsubjpass")
            if subject is not None and subject is not token and subject.i < token.i:
                return _MATRIX if self._at.get(subject.i) is name else 0.0
        return 0.0

    def _agrees(self, name: _Name, gender: str) -> bool:
        known = self._gender.get(name.folded, name.gender)
        return not gender or not known or known == gender

    def _description(self, token: Token) -> Filler | None:
        """Return who "the minister", "the company", "the officials" is."""
        determiner = token.child("det")
        definite = determiner is not None and determiner.lower in {"the", "this", "that", "these", "those"}
        if not definite or token.child("poss") is not None or token.tag in {"NNS", "NNPS"}:
            return None  # "those companies" are not the one named last
        here = self._offset + token.sentence
        lemma = token.lemma
        before = self._before(here, token)
        reach = 2 if lemma in self._words["nouns.company"] else len(before)
        for name in reversed(before):
            if lemma in name.roles and name.sentence >= here - reach:
                return _filler(name, token)
        if lemma in self._words["nouns.company"] | self._words["nouns.body"] | self._words["nouns.outlets"]:
            found = self._kind(before, lemma, here)
            if found is not None:
                return _filler(found, token)
        return None

    def _before(self, here: int, token: Token) -> list[_Name]:
        """Return the last names before a token, in order: no description reaches back further."""
        end = bisect_left(self._keys, (here, token.start))
        return self._names[max(0, end - _WINDOW) : end]

    def _kind(self, before: list[_Name], lemma: str, here: int) -> _Name | None:
        named = [n for n in before if lemma in n.folded.split() and n.mention.schema in _GROUP]
        if named:
            return named[-1] if len({n.folded for n in named}) == 1 else None
        if lemma in self._words["nouns.outlets"]:
            mastheads = {n.folded: n for n in before if self._is_masthead(n)}
            if len(mastheads) == 1:
                return next(iter(mastheads.values()))
            told = {n.folded: n for n in before if n.spoke and n.sentence >= here - 2 * _REACH}
            groups = [n for n in told.values() if n.mention.schema in _GROUP and not self._is_firm(n)]
            return groups[0] if len(groups) == 1 and not mastheads else None
        if lemma not in self._words["nouns.company"]:
            return None
        near = [n for n in before if n.mention.schema in _GROUP and n.sentence >= here - _REACH]
        return near[-1] if near and len({n.folded for n in near}) == 1 else None

    def _is_masthead(self, name: _Name) -> bool:
        """Return whether a name of several words is one of a newspaper or an agency: "The Bergen Courier"."""
        words = name.folded.split()
        return (
            name.mention.schema in _GROUP and len(words) > 1 and words[-1] in self._words["nouns.mastheads"]
        )

    def _is_firm(self, name: _Name) -> bool:
        return name.mention.schema == "Company" or bool(name.roles & self._words["nouns.company"])

    def _gender_of(self, name: _Name) -> str:
        words = {word.rstrip(".") for word in name.roles}
        if words & self._words["words.masculine"]:
            return "m"
        if words & self._words["words.feminine"]:
            return "f"
        return gender_of(name.full) if name.mention.schema == "Person" else ""

    # -- names --------------------------------------------------------------------------------

    def _fullest(self, mention: Mention) -> str:
        """Return the longest earlier name of the document that this one shortens; its own words else."""
        name = mention.normal or mention.name
        words = fold(name).split()
        if not words or len(words) > _ALIKE:
            return name
        held = self._longer.get(words[0], {})
        longer = {
            full: schema for full, schema in held.items() if _shortens(words, fold(full).split(), schema)
        }
        if len(longer) != 1:
            return name  # "Skarn" after both "Jari Skarn" and "Skarn Robotics"
        full, schema = next(iter(longer.items()))
        return full if _same_group(schema, mention.schema) else name


def _filler(name: _Name, at: Token | None = None) -> Filler:
    target = name.mention.target
    start, end = (at.start, at.end) if at is not None else (target.start, target.end)
    return Filler(start, end, name.full, name.mention.schema, name.mention.id)


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the name mentions in order without those that stand inside another."""
    names = sorted((m for m in mentions if m.kind == "name"), key=lambda m: (m.target.start, -m.target.end))
    kept: list[Mention] = []
    for mention in names:
        if not kept or mention.target.start >= kept[-1].target.end:
            kept.append(mention)
    return kept


def _head(tokens: list[Token]) -> Token:
    inside = {token.i for token in tokens}
    return next((t for t in reversed(tokens) if t.head.i not in inside or t.head is t), tokens[-1])


def _roles(head: Token, tokens: list[Token]) -> set[str]:
    """Return the common nouns that stand for the name: titles before it, appositions around it."""
    inside = {token.i for token in tokens}
    found = {c.lemma for c in head.children if c.dep in {"compound", "nmod", "amod"} and c.i not in inside}
    for child in head.children:
        if child.dep == "appos" and child.pos in {"NOUN", "PROPN"}:
            found.add(child.lemma)
    if head.dep == "appos" and head.head.pos in {"NOUN", "PROPN"} and head.head.i not in inside:
        found.add(head.head.lemma)
    if head.dep == "nsubj" and head.head.lemma == "be":
        attribute = head.head.child("attr")
        if attribute is not None:
            found.add(attribute.lemma)
    return found


def _is_subject(head: Token) -> bool:
    while head.dep == "conj":
        head = head.head
    return head.dep in {"nsubj", "nsubjpass"}


def _salience(name: _Name, here: int) -> float:
    score = 6.0 - 1.5 * (here - name.sentence)
    score += 2.0 if name.subject else 0.0
    score += 2.0 if name.spoke else 0.0
    if name.token.dep in {"poss", "pobj"}:
        score -= 1.5
    return score


def _inside_own_phrase(name: Token, pronoun: Token) -> bool:
    """Return whether the pronoun stands in the name's own phrase ("its chief, Anna Kern")."""
    return pronoun.i != name.i and name.left_edge <= pronoun.i <= name.right_edge and pronoun.i < name.i


def _same_group(one: str | None, other: str | None) -> bool:
    return one == other or (one in _GROUP and other in _GROUP)


def _shortens(short: list[str], full: list[str], schema: str | None) -> bool:
    if len(short) >= len(full):
        return False
    if schema == "Person":
        return full[-len(short) :] == short
    if schema == "Address":
        return full[: len(short)] == short  # "Russia" is not short for "Western Russia"
    return full[: len(short)] == short or (len(short) == 1 and short[0] in full)
