"""All typed relations of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from msgspec.structs import replace as with_values

from casegraph.attribute.base import Filler, Relation, Roles
from casegraph.attribute.universal.coreference import Discourse
from casegraph.attribute.universal.lexicon import load_lexicon
from casegraph.attribute.universal.names import Names
from casegraph.attribute.universal.relations.fillers import Fillers
from casegraph.attribute.universal.relations.measures import find_identities, find_measures
from casegraph.attribute.universal.relations.patterns import Pattern, load_patterns
from casegraph.attribute.universal.relations.persons import find_affiliations, find_national_posts
from casegraph.attribute.universal.relations.places import Site
from casegraph.attribute.universal.relations.posts import POSTED, Posts
from casegraph.attribute.universal.relations.values import Values
from casegraph.attribute.universal.subjects import Subjects
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import ROLES, Mention

_MOST = 12  # relations that one predicate can state by coordination
_BEFORE = re.compile(r"^(?:экс|вице|генерал|обер|супер|медиа)-")  # "экс-министр" is a minister
_UNNAMED = 0.9  # factor of the score for each role without a name
_VERBAL = frozenset({"VERB", "AUX", "ADJ"})
_WHOLE = frozenset({"several", "membered"})  # classes of the phrase, not of each of its heads


@dataclass(slots=True)
class Match:
    """A pattern at a word with the head tokens of its roles."""

    pattern: Pattern
    word: Token
    heads: dict[str, list[Token]]
    what: Token  # the word that names it: of "провели обыск" the noun


class Relations:
    """Finds the relations of one page; a language of another build brings its own parts."""

    site: type[Site] = Site
    judge: type[Fillers] = Fillers
    weigh: type[Values] = Values

    def __init__(
        self, language: str, tree: Tree, mentions: list[Mention], names: Names, discourse: Discourse
    ) -> None:
        lexicon, self.patterns = load_lexicon(language), load_patterns(language)
        self.tree = tree
        self.names = names
        self.mentions = mentions
        self.subjects = Subjects(lexicon, names)
        self.fillers = self.judge(tree, mentions, names, discourse, (lexicon, self.patterns))
        self.values = self.weigh(tree, mentions, names, lexicon)

    def find(self) -> list[Relation]:
        """Return the relations in order of their triggers, each once a sentence."""
        found = [r for token in self.tree.tokens for match in self._matches(token) for r in self._made(match)]
        found += find_measures(self.tree, self.mentions, self.fillers, self.patterns)
        found += find_identities(self.tree, self.names)
        found += find_affiliations(self.tree, self.names)
        if self.tree.tokens:
            site = self.site(self.tree.tokens[0], self.subjects, self.names, self.patterns.classes)
            found += find_national_posts(self.tree, self.fillers, self.patterns, site)
        return _once(sorted(found, key=lambda r: r.trigger), self.tree)

    # -- patterns ----------------------------------------------------------------------------------------

    def _matches(self, word: Token) -> Iterator[Match]:
        verbal = word.pos in _VERBAL
        if not verbal and word.pos != "NOUN":
            return
        if word.pos == "ADJ" and word.lemma not in self.patterns.verbs:
            verbal = False  # "экс-директор" taken for an adjective
        patterns = self.listed(word, self.patterns.verbs if verbal else self.patterns.nouns, verbal=verbal)
        if not verbal and word.plural and word.prepositions() == "в":
            return  # "кандидат в президенты"
        if not patterns or (self.names.at(word) is not None and not verbal) or self.values.supposed(word):
            return
        site = self.site(word, self.subjects, self.names, self.patterns.classes)
        blocked: set[str] = set()
        for pattern in patterns:
            if pattern.kind in blocked or not self._applies(pattern, site):
                continue
            match = self._frames(pattern, site)
            if match is not None:
                blocked |= {*pattern.blocks, pattern.kind}
                yield match

    @staticmethod
    def listed(word: Token, table: Mapping[str, tuple[Pattern, ...]], *, verbal: bool) -> tuple[Pattern, ...]:
        """Return the patterns of a word."""
        return table.get(word.lemma, ()) or table.get(
            word.lower if verbal else _BEFORE.sub("", word.lemma), ()
        )

    def _applies(self, pattern: Pattern, site: Site) -> bool:
        needed = pattern.object_required or site.word.lemma in pattern.with_object
        if needed and site.light(pattern) is None:
            return False
        if pattern.attributes and not any(
            c.lemma in pattern.attributes for c in site.word.kids("amod", "acl")
        ):
            return False
        if not pattern.money or self.values.has_money(site.word):
            return True
        return any(
            noun.lemma in self.patterns.classes["currency"]
            for noun in site.word.kids("obj", "obl", "nsubj", "iobj")
        )

    def _frames(self, pattern: Pattern, site: Site) -> Match | None:
        if pattern.mutual:
            pair = self._pair(site)
            if pair is not None:
                return Match(
                    pattern,
                    site.word,
                    dict(zip(ROLES[pattern.kind], ([t] for t in pair), strict=True)),
                    site.word,
                )
        for frame in pattern.frames:
            heads: dict[str, list[Token]] = {}
            used: set[int] = set()
            for slot in frame:
                found = self._slot(slot.places, slot.wants, pattern, site, used, heads)
                if not found and slot.required:
                    break
                heads.setdefault(slot.role, []).extend(found)
                used |= {token.i for token in found}
            else:
                filled = {role: tokens for role, tokens in heads.items() if tokens}
                count = sum(len(tokens) for tokens in filled.values())
                if len(filled) > 1 or (filled and pattern.alone) or (pattern.kind == "event" and count > 1):
                    return Match(pattern, site.word, filled, site.light(pattern) or site.word)
        return None

    def _slot(
        self, places: Sequence[str], wants: Sequence[str], pattern: Pattern, site: Site, used: set[int],
        heads: dict[str, list[Token]],
    ) -> list[Token]:  # fmt: skip
        for place in places:
            if place == "second":
                first = [t for tokens in heads.values() for t in tokens]
                raws = first[1:2]
                for tokens in heads.values():
                    del tokens[1:]
                return [t for t in raws if self._suits(t, wants)]
            for raw in site.fill(place, pattern):
                if "several" in wants and not self.fillers.fits(raw, "several"):
                    continue
                if "membered" in wants and not self.fillers.fits(raw, "membered"):
                    continue
                several = place not in {"self", "bearer"} or raw is not site.word or raw.plural
                found = [
                    head for head in (self.fillers.heads(raw) if several else [raw])
                    if head.i not in used and (head is not site.word or place in {"self", "bearer"})
                ]  # fmt: skip
                if "org" in wants:
                    found = [self.fillers.body(head) for head in found]
                found = [head for head in found if self._suits(head, wants)]
                if found:
                    return found
        return []

    def _suits(self, head: Token, wants: Sequence[str]) -> bool:
        return all(self.fillers.fits(head, want) for want in wants if want not in _WHOLE)

    def _pair(self, site: Site) -> list[Token] | None:
        """Return the two of "братья Антон и Лев Погодины"."""
        word = site.word
        if not word.plural:
            return None
        beside = [
            c for c in word.kids("appos", "flat", "nmod") if self.names.at(c) is not None and c.i > word.i
        ]
        people = [h for c in beside[:1] for h in self.fillers.heads(c) if self.names.at(h) is not None]
        if len(people) != 2:
            above = [b for b in site.bearers(word) if b is not word]
            people = [h for b in above[:1] for h in self.fillers.heads(b) if self.names.of(h) is not None]
        return people if len(people) == 2 else None

    # -- from heads to relations ---------------------------------------------------------------------------

    def _made(self, match: Match) -> Iterator[Relation]:
        pattern, word = match.pattern, match.word
        qualifiers = self.values.attach(pattern.kind, word, match.heads)
        polarity = "negative" if pattern.negative else self.values.polarity(word)
        hedges, modality = self.values.hedges(word), self.values.modality(word)
        spans = [(d.target.start, d.target.end) for d in qualifiers.dates]
        spans += [(p.target.start, p.target.end) for p in qualifiers.places]
        spans += [(t.start, t.end) for t in qualifiers.targets]
        post = self._post(word) if pattern.kind in POSTED else None
        if post is not None:
            target = self.tree.page.target(*post)
            qualifiers = with_values(qualifiers, position=target.exact, targets=(*qualifiers.targets, target))
            spans.append(post)
        for roles, named in self._combinations(match):
            if not any(named):
                continue
            yield Relation(
                kind=pattern.kind, roles=roles, trigger=(word.start, word.end),
                evidence=self._evidence(word, roles, spans), polarity=polarity, hedges=hedges,
                modality=modality, qualifiers=qualifiers,
                score=round(pattern.score * _UNNAMED ** named.count(False), 3),
            )  # fmt: skip

    def _post(self, word: Token) -> tuple[int, int] | None:
        """Return where the words of a post stand that a claim tells, None where it tells none."""
        held = self.patterns.classes["held"]
        posts = Posts(self.tree.tokens, self.names, self._is_post, held)
        noun = posts.noun(word)
        return None if noun is None else posts.span(noun)

    def _is_post(self, noun: Token) -> bool:
        found = self.listed(noun, self.patterns.nouns, verbal=False)
        return any(pattern.kind in POSTED for pattern in found)

    def _combinations(self, match: Match) -> Iterator[tuple[Roles, list[bool]]]:
        """Yield the roles of each relation that coordination makes, and which of them are named."""
        kind = match.pattern.kind
        if kind == "event":
            heads = match.heads.get("participants", [])
            met = [(head, self.fillers.filler(head, "participants")) for head in heads]
            people = {filler.name: filler for _, filler in met if filler is not None}
            if len(people) > 1 or match.pattern.alone:
                what = Filler(match.what.start, match.what.end, match.what.text)
                named = [filler is not None and self.fillers.tells(head, filler) for head, filler in met]
                yield {"participants": tuple(people.values()), "what": what}, named
            return
        names = [role for role in ROLES[kind] if match.heads.get(role)]
        for row in islice(product(*(match.heads[name] for name in names)), _MOST):
            both = list(zip(names, row, strict=True))
            made = {name: self.fillers.filler(head, name) for name, head in both}
            filled = {name: filler for name, filler in made.items() if filler is not None}
            if len(filled) < len(made) or len({filler.name for filler in filled.values()}) < len(filled):
                continue
            named = [self.fillers.tells(head, filled[name]) for name, head in both]
            yield {role: filled.get(role) for role in ROLES[kind]}, named

    def _evidence(self, word: Token, roles: Roles, others: list[tuple[int, int]]) -> tuple[int, int]:
        """Return the characters from first to last of trigger, roles and qualifiers in the sentence."""
        sentence = self.tree.sentence(word)
        low, high = sentence[0].start, sentence[-1].end
        spans = [(word.start, word.end), *others]
        for filler in roles.values():
            parts = filler if isinstance(filler, tuple) else (filler,) if filler is not None else ()
            spans += [(part.start, part.end) for part in parts]
        inside = [(start, end) for start, end in spans if low <= start and end <= high]
        return min(start for start, _ in inside), max(end for _, end in inside)


def _once(relations: list[Relation], tree: Tree) -> list[Relation]:
    """Return the relations without those that another of the sentence says as well or better."""
    kept: list[Relation] = []
    for relation in sorted(relations, key=lambda r: (-len(_filled(r)), -r.score)):
        place = _sentence(tree, relation)
        if any(
            other.kind == relation.kind
            and _sentence(tree, other) == place
            and _filled(relation).items() <= _filled(other).items()
            for other in kept
        ):  # fmt: skip
            continue
        kept.append(relation)
    return sorted(kept, key=lambda r: r.trigger)


def _sentence(tree: Tree, relation: Relation) -> int:
    place = min(tree.first_at(relation.trigger[0]), len(tree.tokens) - 1)
    return tree.tokens[place].sentence


def _filled(relation: Relation) -> dict[str, str]:
    found = {}
    for role, filler in relation.roles.items():
        if isinstance(filler, tuple):
            found[role] = " ".join(sorted(one.name for one in filler))
        elif filler is not None:
            found[role] = filler.name
    return found
