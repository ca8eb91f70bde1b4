"""What pronouns and descriptions refer to, where the text allows it; left open where it does not.

Rules in the tradition of Lappin and Leass (1994) and of precision-first sieves (Lee et al. 2013):
recency, subject position and having just spoken count; two candidates that are about as good leave
the words unresolved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from casegraph.attribute.base import Filler
from casegraph.attribute.english.given_names import gender_of
from casegraph.attribute.english.headed import Headed
from casegraph.attribute.english.introduced import Introduced
from casegraph.attribute.english.named import (
    GROUP,
    PERSON,
    Name,
    describes,
    filler,
    head_of,
    inside_own_phrase,
    is_subject,
    outermost,
    phrase_words,
    reports,
    roles_of,
    salience,
    same_group,
    shortens,
    titled,
)
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.lexicon import Lexicon
from casegraph.model import Mention
from casegraph.text import fold

_REACH = 4  # sentences back that a pronoun looks
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative"})
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


class Discourse:
    """The names of a document in reading order; implements `Referents` for the page it was last given."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = lexicon.words
        self._names: list[Name] = []
        self._keys: list[tuple[int, int]] = []  # sentence and start of each name, in order
        self._longer: dict[
            str, dict[str, str | None]
        ] = {}  # a word: the longer names that hold it, with schema
        self._at: dict[int, Name] = {}
        self._phrases: list[Phrase] = []
        self._offset = 0
        self._page_sentences = 0
        self._tree: Tree | None = None
        self._gender: dict[str, str] = {}
        self._headed = Headed(lexicon)
        self._introduced: Introduced | None = None

    def enter(self, tree: Tree, mentions: Sequence[Mention]) -> None:
        """Go on to the next page or language run."""
        self._offset += self._page_sentences
        self._page_sentences = max((token.sentence for token in tree.tokens), default=-1) + 1
        self._tree = tree
        self._headed.enter(tree.page, mentions)
        self._at = {}
        blocks = tree.page.blocks
        for mention in outermost(mentions):
            tokens = tree.touching(mention.target.start, mention.target.end)
            if not tokens:
                continue
            head = head_of(tokens)
            name = Name(
                mention=mention, token=head, sentence=self._offset + head.sentence,
                block=next((i for i, b in enumerate(blocks) if b.start <= head.start < b.end), -1),
                subject=is_subject(head), full="",
            )  # fmt: skip
            name.roles, name.near = roles_of(head, tokens), phrase_words(head)
            name.full = self._fullest(mention, self._title(name))
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
        self._introduced = Introduced(tree, self._at)

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
            return filler(own)
        if token.pos != "PRON":
            for child in token.children:
                if child.dep == "appos" and child.i in self._at and not describes(child):
                    return filler(self._at[child.i])
        if token.pos == "PRON" or token.tag in {"PRP", "PRP$", "WP", "WDT", "WP$"}:
            return self._pronoun(token)
        return self.later(token) or self._description(token)

    def later(self, token: Token) -> Filler | None:
        """Return the name that the text gives further on to what the words bring in ("a plant")."""
        name = self._introduced.of(token) if self._introduced is not None else None
        return filler(name, token) if name is not None else None

    def _pronoun(self, token: Token) -> Filler | None:
        word = token.lower
        if token.tag in {"WP", "WDT", "WP$"}:
            return self._relative(token)
        if word in {"he", "him", "his", "she", "her", "hers", "himself", "herself"}:
            return self._person(token, "m" if word in {"he", "him", "his", "himself"} else "f")
        if word in {"it", "its", "itself"}:
            return self._matrix(token) or self._thing(token)
        return None

    def _person(self, token: Token, gender: str) -> Filler | None:
        found = self._best(token, PERSON, gender)
        if found is None or self._rivalled(found, token):
            return None
        if self._bound(found, token) == 0.0 and self._other_person(found, token, gender):
            return None
        self._gender.setdefault(found.folded, gender)
        return filler(found, token)

    def _thing(self, token: Token) -> Filler | None:
        found = self._best(token, GROUP, "", reach=1)
        if found is None or (self._bound(found, token) == 0.0 and self._other_body(found, token)):
            return None
        return filler(found, token)

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
            return replace(known or Filler(0, 0, subject.text), start=token.start, end=token.end)
        if name.mention.schema not in GROUP | {"Address"}:
            return None
        return filler(name, token)

    def _rivalled(self, name: Name, token: Token) -> bool:
        """Return whether somebody without a name spoke since: "A spokesman for X declined ... He said"."""
        here = self._offset + token.sentence
        words = self._words
        people = words["sources.unnamed"] | words["nouns.persons"] | words["nouns.headline_people"]
        return any(
            name.sentence <= phrase.sentence <= here and phrase.tag == "NN" and phrase.lemma in people
            for phrase in self._phrases
        )

    def _other_person(self, name: Name, token: Token, gender: str) -> bool:
        """Return whether a person without a name did more since: "The judge fined Paul Stroud. He said"."""
        if self._tree is None or name.token.i >= token.i or self._at.get(name.token.i) is not name:
            return False
        words = self._words
        people = words["sources.unnamed"] | words["nouns.persons"] | words["nouns.headline_people"]
        other = words["words.feminine" if gender == "m" else "words.masculine"]
        first = name.token.i if name.subject else self._tree.sentence(name.token)[0]
        return any(
            t.tag == "NN" and t.dep == "nsubj" and t.lemma in people - other - name.roles
            and t.child("det") is not None and t.child("appos") is None
            for t in self._tree.tokens[first : token.i]
        )  # fmt: skip

    def _other_body(self, name: Name, token: Token) -> bool:
        """Return whether a body without a name stands between: "Orvane sued the ministry. It denied"."""
        if self._tree is None or name.token.i >= token.i:
            return False
        words, own = self._words, name.token
        bodies = words["nouns.body"] | words["nouns.company"] | words["sources.offices"]
        return any(
            t.lemma in bodies and t.pos == "NOUN" and t.dep in _ARGUMENTS and t.lemma not in name.roles
            and t.child("det") is not None and not own.left_edge <= t.i <= own.right_edge
            for t in self._tree.tokens[own.i + 1 : token.i]
        )  # fmt: skip

    def _named(self, antecedent: Token) -> Name | None:
        """Return the name that a relative clause hangs on: at its head, in apposition, or before one."""
        places = [antecedent, *(c for c in antecedent.children if c.dep == "appos")]
        if antecedent.dep == "appos":
            first = 0 if describes(antecedent) else len(places)
            places.insert(first, antecedent.head)
        found = [self._at[token.i] for token in places if token.i in self._at]
        return next((name for name in found if name.mention.schema in PERSON | GROUP), None)

    def _relative(self, token: Token) -> Filler | None:
        verb = token.head if token.dep != "poss" else token.head.head
        for up in (verb, *verb.ancestors()):
            if up.dep == "relcl":
                antecedent = up.head
                found = self._named(antecedent)
                return filler(found, token) if found is not None else None
        return None

    def _best(self, token: Token, schemas: frozenset[str], gender: str, reach: int = _REACH) -> Name | None:
        """Return the antecedent that leads clearly; None when there is none or two are as good."""
        here = self._offset + token.sentence
        best: dict[str, tuple[float, Name]] = {}
        for name in reversed(self._before(here, token)):
            if name.sentence < here - reach:
                break
            if name.mention.schema not in schemas or not self._agrees(name, gender):
                continue
            if inside_own_phrase(name.token, token) or not self._eligible(name, gender):
                continue
            score = salience(name, here) + self._bound(name, token)
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
        first = ranked[0][1]
        if gender and any(self._nearer(name, first, token) for _, name in ranked[1:]):
            return None
        return first

    def _nearer(self, other: Name, name: Name, token: Token) -> bool:
        """Return whether another person of known gender was named since, and nearer to the pronoun."""
        known = bool(self._gender.get(other.folded, other.gender))
        return (
            known and other.sentence > name.sentence and other.sentence >= self._offset + token.sentence - 2
        )

    def _eligible(self, name: Name, gender: str) -> bool:
        """Return whether a pronoun may take the name up at all.

        "he" needs a full name, a known gender or a speaker; "it" a subject or a speaker.
        """
        if not gender:
            return name.subject or name.spoke
        return " " in name.full or name.spoke or bool(self._gender.get(name.folded, name.gender))

    def _bound(self, name: Name, token: Token) -> float:
        """Favour the subject of the clause above: in "X said it had", "it" is mostly X."""
        for verb in (token.head, *token.head.ancestors()):
            subject = verb.child("nsubj", "nsubjpass")
            if subject is not None and subject is not token and subject.i < token.i:
                return _MATRIX if self._at.get(subject.i) is name else 0.0
        return 0.0

    def _agrees(self, name: Name, gender: str) -> bool:
        known = self._gender.get(name.folded, name.gender)
        return not gender or not known or known == gender

    def _description(self, token: Token) -> Filler | None:
        """Return who "the minister", "the company", "the officials" is."""
        article = token.child("det")
        definite = article is not None and article.lower in {"the", "this", "that", "these", "those"}
        plural = token.tag in {"NNS", "NNPS"}  # "those companies" are not the one named last
        if not definite or token.child("poss") is not None or plural or self._headed.disputed(token.lemma):
            return None
        here, lemma = self._offset + token.sentence, token.lemma
        listed = self._headed.find(token, lemma)
        if listed is not None:
            return Filler(token.start, token.end, listed.normal or listed.name, listed.schema, listed.id)
        before = [n for n in self._before(here, token) if not reports(n, token)]
        reach = 2 if lemma in self._words["nouns.company"] else len(before)
        for name in reversed(before):
            if lemma in name.roles and name.sentence >= here - reach and titled(name, token):
                return None if self._doubtful(name, before, token) else filler(name, token)
        if lemma in self._words["nouns.company"] | self._words["nouns.body"] | self._words["nouns.outlets"]:
            found = self._kind(before, lemma, here)
            if found is not None:
                return filler(found, token)
        return None

    def _doubtful(self, name: Name, before: list[Name], token: Token) -> bool:
        """Return whether another name may be meant as well: a firm that just spoke, a second minister."""
        here, lemma = self._offset + token.sentence, token.lemma
        others = [n for n in before if n.folded != name.folded and n.sentence >= here - 2]
        if lemma in self._words["nouns.company"]:
            weak = not (name.subject or name.spoke)
            return weak and any(n.mention.schema in GROUP and (n.subject or n.spoke) for n in others)
        return any(lemma in n.roles and titled(n, token) and n.spoke >= name.spoke for n in others)

    def _before(self, here: int, token: Token) -> list[Name]:
        """Return the last names before a token, in order: no description reaches back further."""
        end = bisect_left(self._keys, (here, token.start))
        return self._names[max(0, end - _WINDOW) : end]

    def _kind(self, before: list[Name], lemma: str, here: int) -> Name | None:
        named = [n for n in before if lemma in n.folded.split() and n.mention.schema in GROUP]
        if named:
            return named[-1] if len({n.folded for n in named}) == 1 else None
        if lemma in self._words["nouns.outlets"]:
            mastheads = {n.folded: n for n in before if self._is_masthead(n)}
            if len(mastheads) == 1:
                return next(iter(mastheads.values()))
            told = {n.folded: n for n in before if n.spoke and n.sentence >= here - 2 * _REACH}
            groups = [n for n in told.values() if n.mention.schema in GROUP and not self._is_firm(n)]
            return groups[0] if len(groups) == 1 and not mastheads else None
        if lemma not in self._words["nouns.company"]:
            return None
        near = [n for n in before if n.mention.schema in GROUP and n.sentence >= here - _REACH]
        return near[-1] if near and len({n.folded for n in near}) == 1 else None

    def _is_masthead(self, name: Name) -> bool:
        """Return whether a name of several words is one of a newspaper or an agency: "The Bergen Courier"."""
        words = name.folded.split()
        return name.mention.schema in GROUP and len(words) > 1 and words[-1] in self._words["nouns.mastheads"]

    def _is_firm(self, name: Name) -> bool:
        return name.mention.schema == "Company" or bool(name.roles & self._words["nouns.company"])

    def _gender_of(self, name: Name) -> str:
        title = self._title(name)
        return title or (gender_of(name.full) if name.mention.schema == "Person" else "")

    # -- names --------------------------------------------------------------------------------

    def _title(self, name: Name) -> str:
        """Return the gender that the words before the name tell: Mr., Mrs., king."""
        words = {word.rstrip(".") for word in name.roles}
        if words & self._words["words.masculine"]:
            return "m"
        return "f" if words & self._words["words.feminine"] else ""

    def _fullest(self, mention: Mention, gender: str) -> str:
        """Return the longest earlier name of the document that this one shortens; its own words else.

        "Mr. Hall" is not short for Denise Hall.
        """
        name = mention.normal or mention.name
        words = fold(name).split()
        if not words or len(words) > _ALIKE:
            return name
        held = self._longer.get(words[0], {})
        longer = {
            full: schema for full, schema in held.items() if shortens(words, fold(full).split(), schema)
        }
        if len(longer) != 1:
            return name  # "Skarn" after both "Jari Skarn" and "Skarn Robotics"
        full, schema = next(iter(longer.items()))
        known = self._gender.get(fold(full)) or gender_of(full)
        if gender and known and gender != known:
            return name
        return full if same_group(schema, mention.schema) else name
