"""Fits patterns to predicates: which heads stand in which role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from casegraph.attribute.base import Filler
from casegraph.attribute.english.relations.modifiers import AdjectiveSite, ModifierSite
from casegraph.attribute.english.relations.nounplaces import NounPlaces
from casegraph.attribute.english.relations.patterns import Pattern, Slot
from casegraph.attribute.english.relations.phrases import Phrases
from casegraph.attribute.english.relations.places import VerbPlaces
from casegraph.attribute.english.relations.qualifiers import Values
from casegraph.attribute.english.relations.wants import Wants
from casegraph.attribute.english.tree import Token
from casegraph.model import ROLES, Kind, Qualifiers

ANY_PERSON = "@person"  # stands in the data for the person nouns that have no group of their own
_NAMING = frozenset({"NOUN", "PROPN"})
_MUTUAL = frozenset({"family", "associate", "link", "contract"})
_RAW = frozenset({"share", "money", "blacklist", "sanctions"})  # tests of the words, not of what they are of


class Site(Protocol):
    """A predicate with named places."""

    word: Token

    def fill(self, place: str) -> list[Token]:
        """Return the head tokens at a place, best first."""
        ...


@dataclass(slots=True)
class Match:
    """A predicate with the heads of its roles. `light` is the noun that carries a support verb's meaning."""

    kind: Kind
    trigger: Token
    roles: dict[str, list[Token]]
    score: float
    pattern: Pattern | None = None
    light: Token | None = None
    helpers: dict[str, list[Token]] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    words: dict[str, Filler] = field(default_factory=dict)  # fillers that no head gives ("Russian state")

    def qualifiers(self, values: Values) -> Qualifiers:
        """Return the dates, sums and quantities that belong to the match; a bare neighbourhood has none."""
        if self.pattern is None:
            return Qualifiers()
        return values.attach(self.kind, self.trigger, {**self.roles, **self.helpers}, light=self.light)


class Matcher:
    """Matches of verbs, nouns and adjectives."""

    def __init__(self, phrases: Phrases, wants: Wants, values: Values) -> None:
        self.phrases = phrases
        self.wants = wants
        self.values = values
        self.patterns = phrases.senses.grammar.patterns

    def verb(self, verb: Token) -> list[Match]:
        """Return the first match of each kind of a verb."""
        found = self.patterns["verbs"].get(verb.lemma)
        if not found:
            return []
        site = VerbPlaces(verb, self.phrases)
        idiom = self._is_idiom(site)
        matches: dict[Kind, Match] = {}
        blocked: frozenset[str] = frozenset()
        for pattern in found:
            if pattern.kind in matches or pattern.kind in blocked or idiom > pattern.idiom:
                continue
            if not self._applies(pattern, site):
                continue
            match = self._frames(pattern, site) or (self._of_two(pattern, site) if pattern.mutual else None)
            if match is not None and self._has_needed(match):
                matches[pattern.kind] = match
                blocked |= pattern.blocks
        return _sums_apart(matches)

    def _is_idiom(self, site: VerbPlaces) -> bool:
        """Return whether the verb's object gives it another meaning ("paid a visit", "got its hands on")."""
        nouns = self.phrases.senses.grammar.idioms.get(site.word.lemma)
        if not nouns:
            return False
        kept = [child for child in site.word.children if child.dep in {"dobj", "dative"}]
        return any(token.lemma in nouns or token.lower in nouns for token in kept or site.object)

    def _of_two(self, pattern: Pattern, site: VerbPlaces) -> Match | None:
        """Return the relation between two subjects: "X and Y married", "X and Y share an address"."""
        raw = site.patient if site.passive else site.subject
        heads = [head for token in raw for head in self.phrases.heads(token)]
        wants = pattern.frames[0][0].wants
        fit = all(self.wants.fits(head, want) for head in heads for want in wants)
        if len(heads) != 2 or not fit or not all(self.wants.named(head) for head in heads):
            return None
        roles = {role: [head] for role, head in zip(ROLES[pattern.kind], heads, strict=False)}
        light = self._light(pattern, site) if pattern.object is not None else None
        return Match(pattern.kind, site.word, roles, pattern.score, pattern, light)

    def _has_needed(self, match: Match) -> bool:
        """Return whether the value that the pattern needs is there; two named roles need no share."""
        need = match.pattern.need if match.pattern is not None else ""
        if not need or (need == "share" and len(match.roles) > 1):
            return True
        return getattr(match.qualifiers(self.values), need) is not None

    def noun(self, noun: Token) -> list[Match]:
        """Return the first match of each kind of a noun."""
        mention = self.phrases.senses.mention(noun)
        if mention is not None and mention.target.end - mention.target.start > noun.end - noun.start:
            return []  # a word of a name: "Drina Export"
        site = NounPlaces(noun, self.phrases)
        matches: dict[Kind, Match] = {}
        blocked: frozenset[str] = frozenset()
        for pattern in self._noun_patterns(noun):
            if pattern.kind in matches or pattern.kind in blocked:
                continue
            if noun.pos == "NOUN" or pattern.bearer:
                match = self._frames(pattern, site) or self._mutual(pattern, site)
                if match is not None and self._has_needed(match):
                    matches[pattern.kind] = match
                    blocked |= pattern.blocks
        return _sums_apart(matches)

    def _noun_patterns(self, noun: Token) -> tuple[Pattern, ...]:
        """Return the patterns of "brother-in-law", "parent company" or the noun, else those of any trade."""
        end, lemma = self.phrases.extents.end_of_word(noun), noun.lemma
        if end > noun.i:
            lemma = self.phrases.tree.text[noun.start : self.phrases.tree.tokens[end].end].lower()
        table = self.patterns["nouns"]
        before = [c.lower for c in noun.children if c.dep in {"compound", "amod"} and c.i < noun.i]
        for name in (*(f"{word}-{lemma}" for word in before), lemma):
            if name in table:
                return table[name]
        trade = lemma in self.phrases.classes["person"] and lemma not in self.phrases.words["outsiders"]
        return table[ANY_PERSON] if trade else ()

    def _mutual(self, pattern: Pattern, site: NounPlaces) -> Match | None:
        """Return the relation of two who are "partners" or "cousins", or of a contract, ties between two."""
        if pattern.kind not in _MUTUAL or any("genitive" in s.places for f in pattern.frames for s in f):
            return None
        raws = site.between() or (site.both() if pattern.kind == "link" and not pattern.bearer else [])
        bearers = [head for raw in raws for head in self.phrases.heads(raw)]
        if not bearers and site.word.tag in {"NNS", "NNPS"} and pattern.bearer and not site.poss():
            bearers = [head for raw in site.bearers() for head in self.phrases.heads(raw)]
        if len(bearers) != 2 or not all(self.wants.named(head) for head in bearers):
            return None
        roles = {role: [head] for role, head in zip(ROLES[pattern.kind], bearers, strict=False)}
        return Match(pattern.kind, site.word, roles, pattern.score, pattern)

    def adjective(self, adjective: Token) -> list[Match]:
        """Return the matches of a predicative adjective."""
        found = self.patterns["adjectives"].get(adjective.lemma)
        return self._all(found, AdjectiveSite(adjective, self.phrases)) if found else []

    def modifier(self, word: Token) -> list[Match]:
        """Return the matches of a participle that premodifies with a noun before it ("Paris-based")."""
        found = self.patterns["modifiers"].get(word.lemma)
        if not found or word.dep not in {"amod", "compound", "nmod"}:
            return []
        site = ModifierSite(word, self.phrases)
        matches = self._all(found, site)
        for match in matches:
            for role, heads in match.roles.items():
                if heads[0] is not site.head:
                    match.words[role] = site.words(heads[0])
        return matches

    def _all(self, patterns: Iterable[Pattern], site: Site) -> list[Match]:
        matches = (self._frames(pattern, site) for pattern in patterns)
        return [match for match in matches if match is not None]

    # -- conditions -------------------------------------------------------------------------------

    def _applies(self, pattern: Pattern, site: VerbPlaces) -> bool:
        verb = site.word
        if self._particle(verb, pattern) not in pattern.particles:
            return False
        if pattern.voice and site.passive != (pattern.voice == "passive"):
            return False
        if (pattern.finite and verb.dep in {"acl", "amod"}) or (
            pattern.bare and verb.child("dobj", "attr", "acomp") is not None
        ):
            return False
        adverbs = {child.lower for child in verb.children if child.dep == "advmod"}
        if (pattern.adverb and pattern.adverb not in adverbs) or pattern.without_adverb in adverbs:
            return False
        return self._has_object(pattern, site)

    @staticmethod
    def _particle(verb: Token, pattern: Pattern) -> str:
        """Return the verb's particle, be it read as an adverb that the pattern knows; "-" for none."""
        particle = verb.child("prt")
        if particle is None:
            after = (c for c in verb.children if c.dep == "advmod" and verb.i < c.i <= verb.i + 2)
            particle = next((c for c in after if c.lower in pattern.particles), None)
        return particle.lower if particle is not None else "-"

    def _has_object(self, pattern: Pattern, site: VerbPlaces) -> bool:
        if pattern.object is not None and self._light(pattern, site) is None:
            return False
        if not pattern.not_object:
            return True
        barred = self._lemmas(pattern.not_object)
        return all(t.lemma not in barred or t.pos == "PRON" for t in site.object)

    def _light(self, pattern: Pattern, site: VerbPlaces) -> Token | None:
        """Return the object that the pattern asks for."""
        lemmas = self._lemmas(pattern.object or ())
        return next((t for t in (*site.object, *site.dative) if t.lemma in lemmas), None)

    def _lemmas(self, words: Iterable[str]) -> frozenset[str]:
        """Return the words, those of a class for "@class"."""
        classes = self.phrases.classes
        return frozenset[str]().union(*(classes[w[1:]] if w[0] == "@" else {w} for w in words))

    # -- frames -----------------------------------------------------------------------------------

    def _frames(self, pattern: Pattern, site: Site) -> Match | None:
        for frame in pattern.frames:
            roles = self._frame(frame, site)
            if roles is None:
                continue
            helpers = {name: heads for name, heads in roles.items() if name not in ROLES[pattern.kind]}
            filled = {name: heads for name, heads in roles.items() if name not in helpers and heads}
            if len(filled) < 2 and not (pattern.alone or pattern.kind == "event" or pattern.need):
                continue
            light = None
            if pattern.object is not None and isinstance(site, VerbPlaces):
                light = self._light(pattern, site)
            required = frozenset(slot.role for slot in frame if slot.required)
            return Match(
                pattern.kind, site.word, filled, pattern.score, pattern, light, helpers, required=required
            )
        return None

    def _frame(self, frame: tuple[Slot, ...], site: Site) -> dict[str, list[Token]] | None:
        roles: dict[str, list[Token]] = {}
        used: set[int] = set()
        for slot in frame:
            found = self._slot(slot, site, used)
            if not found and slot.required:
                return None
            roles.setdefault(slot.role, []).extend(found)
            used.update(token.i for token in found)
        return roles

    def _slot(self, slot: Slot, site: Site, used: set[int]) -> list[Token]:
        for place in slot.places:
            raws = site.fill(place)
            if place == "self" and len(raws) > 1 and all(self.wants.named(raw) for raw in raws):
                found = [head for raw in raws for head in self._fitting(slot, raw, used)]
                if found:
                    return list(dict.fromkeys(found))
            for raw in raws:
                located = self.phrases.located(raw) if slot.placed else raw
                found = self._fitting(slot, located, used)
                if found:
                    others = [*_strays(raw), *self._companion_tokens(place, site)]
                    return found + [head for token in others for head in self._fitting(slot, token, used)]
        return []

    @staticmethod
    def _companion_tokens(place: str, site: Site) -> list[Token]:
        if place not in {"object", "on", "against"} or not isinstance(site, VerbPlaces):
            return []
        return [token for token in site.companions() if token.i > site.word.i]

    def _fitting(self, slot: Slot, raw: Token, used: set[int]) -> list[Token]:
        own = [want for want in slot.wants if want in _RAW]
        if own and not all(
            any(self.wants.fits(t, want) for t in (raw, self.phrases.inner(raw))) for want in own
        ):
            return []
        rest = [want for want in slot.wants if want not in _RAW]
        return [
            head
            for head in self.phrases.heads(raw)
            if head.i not in used and all(self.wants.fits(head, want) for want in rest)
        ]


def _sums_apart(matches: dict[Kind, Match]) -> list[Match]:
    """Return the matches without a delivery of nothing beside a payment: what was sent is the sum."""
    if "payment" in matches and "delivery" in matches and not matches["delivery"].roles.get("goods"):
        del matches["delivery"]
    return list(matches.values())


def _strays(noun: Token) -> list[Token]:
    """Return what is joined to a preposition's object but hangs higher.

    "on X and on Y": the second preposition is the first's conjunct; "sanctions on X and his firm, Y": the
    parser joins the firm to the sanctions. What fits the role is joined to what fills it.
    """
    link = noun.head
    if noun.dep != "pobj":
        return []
    found = [t for c in link.children if c.dep == "conj" and c.lower == link.lower for t in c.children]
    found += [t for t in link.children if t.dep == "pobj" and t.i > noun.i]  # "with X and at least two Y"
    if link.head.pos == "NOUN":
        found += [c for c in link.head.children if c.dep == "conj" and c.i > noun.i and c.pos in _NAMING]
    return [token for token in found if token.dep in {"pobj", "conj"}]
