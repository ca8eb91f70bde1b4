"""All typed relations of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from msgspec.structs import replace

from casegraph.attribute.base import Filler, Relation, Roles
from casegraph.attribute.english.relations.base import Referents
from casegraph.attribute.english.relations.beside import Beside
from casegraph.attribute.english.relations.identity import Identities
from casegraph.attribute.english.relations.match import Match, Matcher
from casegraph.attribute.english.relations.merge import merge
from casegraph.attribute.english.relations.misread import lost_subject
from casegraph.attribute.english.relations.patterns import load_grammar
from casegraph.attribute.english.relations.phrases import Phrases
from casegraph.attribute.english.relations.posts import POSTED, post_of
from casegraph.attribute.english.relations.qualifiers import Values
from casegraph.attribute.english.relations.senses import Senses
from casegraph.attribute.english.relations.specification import Specifications
from casegraph.attribute.english.relations.status import Statuses
from casegraph.attribute.english.relations.wants import Wants
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.lexicon import load_lexicon
from casegraph.model import ROLES, Mention, Page, Qualifiers

_MOST = 12  # relations that one predicate can state by coordination
_RANKS = frozenset({"manager", "officer", "secretary"})
_LEFT_OPEN = frozenset({"goods"})  # "resold them to X": whatever it was
_TOPICS = frozenset({"on", "about", "over", "against", "regarding", "concerning", "for"})
_PRONOUN = 0.95  # factors of the score: a role by a pronoun, an unnamed role
_UNNAMED = 0.9


def find_relations(
    page: Page, tree: Tree, mentions: Sequence[Mention], referents: Referents
) -> list[Relation]:
    """Return the page's typed relations in order of their triggers, each once a sentence.

    Never raises for what a page holds; a relation with no named party is none.
    """
    return _Finder(page, tree, mentions, referents).find()


class _Finder:
    def __init__(self, page: Page, tree: Tree, mentions: Sequence[Mention], referents: Referents) -> None:
        language = "en"
        grammar = load_grammar(language)
        self.page = page
        self.mentions = mentions
        self.tree = tree
        self.phrases = Phrases(tree, Senses(tree, mentions, grammar), referents)
        self.wants = Wants(self.phrases)
        self.values = Values(self.phrases, mentions)
        self.matcher = Matcher(self.phrases, self.wants, self.values)
        self.statuses = Statuses(tree, grammar, load_lexicon(language))
        self.specifications = Specifications(self.phrases, mentions)
        self.beside = Beside(self.phrases, self.wants)
        self.identities = Identities(self.phrases)
        self.last_shared: tuple[int, list[tuple[Token, Filler]]] = (
            -2,
            [],
        )  # sentence and asset of the last share

    def find(self) -> list[Relation]:
        relations = [relation for match in self._matches() for relation in self._relations(match)]
        relations.extend(self._specifications())
        relations.extend(self._comparisons())
        return merge(relations, self.tree)

    def _matches(self) -> Iterator[Match]:
        matcher = self.matcher
        for token in self.tree.tokens:
            if token.pos in {"VERB", "AUX"}:
                yield from matcher.verb(token)
                yield from matcher.modifier(token)
                yield from matcher.adjective(token)
                yield from self.identities.copula(token)
            elif token.pos == "NOUN" and (_is_verb(token) or lost_subject(token, self.phrases.senses)):
                yield from matcher.verb(token)
            elif token.pos in {"NOUN", "PROPN"}:
                yield from (self._ranked(match) for match in matcher.noun(token))
                yield from self.beside.noun(token)
                yield from self.identities.noun(token)
            elif token.pos in {"ADJ", "ADV"}:
                yield from matcher.adjective(token)
                yield from matcher.modifier(token)

    def _ranked(self, match: Match) -> Match:
        """Tell staff from directors: a deputy or a department's head is staff, a general manager is none."""
        words, noun = self.phrases.words, match.trigger
        before = {child.lower for child in noun.children if child.i < noun.i} | {
            token.lower for token in self.tree.tokens[max(0, noun.i - 1) : noun.i]
        }
        inner = [
            t.lemma
            for c in noun.children
            if c.dep == "prep" and c.lower == "of"
            for t in c.children
            if t.dep == "pobj"
        ]
        junior = before & words["junior"] or any(
            lemma in self.phrases.classes["department"] for lemma in inner
        )
        if match.kind == "directorship" and junior:
            match.kind = "employment"
        elif match.kind == "employment" and noun.lemma in _RANKS and before & words["senior"]:
            match.kind = "directorship"  # a general manager, a chief operating officer
        return match

    # -- from heads to relations -----------------------------------------------------------------

    def _relations(self, match: Match) -> Iterator[Relation]:
        pattern = match.pattern
        qualifiers = match.qualifiers(self.values)
        if match.kind in {"delivery", "production"} and self._is_task(match.trigger):
            return
        if pattern is not None and pattern.without == "amount-object" and self._has_sum(match.trigger):
            return
        fillers = {role: self.phrases.fillers(heads) for role, heads in match.roles.items()}
        if match.kind == "ownership":
            self._complete(match, fillers)
        fillers = {role: found for role, found in fillers.items() if found}
        missing = {role for role in match.required if role not in fillers and role in ROLES[match.kind]}
        if missing - _LEFT_OPEN:
            return
        if not self._enough(match, fillers) or (match.kind == "delivery" and _is_topic(match, fillers)):
            return
        qualifiers = self._posted(match, qualifiers)
        status = self.statuses.of(match.trigger)
        if pattern is not None and pattern.negative:
            status.polarity = "negative"
        for roles, heads in self._combinations(match, fillers):
            yield Relation(
                kind=match.kind, roles=roles, trigger=(match.trigger.start, match.trigger.end),
                evidence=self._evidence(match, roles, qualifiers), polarity=status.polarity,
                hedges=status.hedges, modality=status.modality, qualifiers=qualifiers,
                score=self._score(match, heads),
            )  # fmt: skip

    def _posted(self, match: Match, qualifiers: Qualifiers) -> Qualifiers:
        """Return the qualifiers with the post that the claim tells."""
        if match.kind not in POSTED:
            return qualifiers
        held = self.phrases.words["held"]
        post = post_of(match.trigger, self.tree.tokens, self.mentions, held)
        if post is None:
            return qualifiers
        target = self.page.target(*post)
        return replace(qualifiers, position=target.exact, targets=(*qualifiers.targets, target))

    def _complete(self, match: Match, fillers: dict[str, list[tuple[Token, Filler]]]) -> None:
        """Fill in what "the remaining 49 percent" is of: the asset of the share named just before."""
        shares = self.phrases.classes["share"]
        left_out = next((token for token in match.roles.get("asset", ()) if token.lemma in shares), None)
        if left_out is None:
            if fillers.get("asset") and match.light is not None and match.light.lemma in shares:
                self.last_shared = (match.trigger.sentence, fillers["asset"])
            return
        sentence, asset = self.last_shared
        fillers["asset"] = asset if 0 <= left_out.sentence - sentence <= 1 else []

    def _is_task(self, verb: Token) -> bool:
        """Return whether the verb is what a contract is for: the contract says it already."""
        if verb.tag != "VB" or verb.dep not in {"acl", "xcomp", "advcl"}:
            return False
        before = (noun for noun in (verb.head, *verb.head.children) if noun.i < verb.i and noun.pos == "NOUN")
        return any(noun.lemma in self.phrases.words["agreements"] for noun in before)

    def _has_sum(self, verb: Token) -> bool:
        return any(
            child.dep in {"dobj", "npadvmod"} and self.wants.fits(child, "money") for child in verb.children
        )

    def _enough(self, match: Match, fillers: dict[str, list[tuple[Token, Filler]]]) -> bool:
        """Return whether the roles left name somebody, and are two where two are asked for."""
        heads = [head for found in fillers.values() for head, _ in found]
        if not any(self.wants.named(head) for head in heads):
            return False
        alone = match.pattern is not None and (match.pattern.alone or match.pattern.need)
        if match.kind == "event":
            return len(heads) > 1 or bool(alone)
        return len(fillers) > 1 or bool(alone)

    def _combinations(
        self, match: Match, fillers: dict[str, list[tuple[Token, Filler]]]
    ) -> Iterator[tuple[Roles, list[Token]]]:
        """Yield one set of roles for each combination of conjuncts; an event has all of them at once."""
        if match.kind == "event":
            people = tuple(filler for _, filler in fillers.get("participants", ()))
            what = (
                match.light if match.pattern is not None and match.pattern.trigger_object else match.trigger
            )
            word = what or match.trigger
            yield (
                {"participants": people, "what": Filler(word.start, word.end, word.text)},
                [head for head, _ in fillers.get("participants", ())],
            )
            return
        names = [role for role in ROLES[match.kind] if fillers.get(role)]
        for row in islice(product(*(fillers[name] for name in names)), _MOST):
            filled = {name: filler for name, (_, filler) in zip(names, row, strict=True)}
            if match.kind == "identity" and len(row) > 1:
                if row[1][0].pos not in {"PRON", "DET"}:
                    filled["other_name"] = self.phrases.bare(row[1][0])
                if filled["name"].name == filled["other_name"].name:
                    filled["name"] = self.phrases.bare(row[0][0])  # "the driver known as Kiko"
            filled.update(match.words)
            if len({filler.name for filler in filled.values()}) < len(filled):
                continue
            if not any(self.wants.named(head) for head, _ in row):
                continue
            yield {role: filled.get(role) for role in ROLES[match.kind]}, [head for head, _ in row]

    def _score(self, match: Match, heads: list[Token]) -> float:
        score = match.score
        for head in heads:
            if head.pos == "PRON":
                score *= _PRONOUN
            elif not self.wants.named(head):
                score *= _UNNAMED
        return round(score, 3)

    def _evidence(self, match: Match, roles: Roles, qualifiers: Qualifiers) -> tuple[int, int]:
        """Return the characters from first to last of trigger, roles and qualifiers in the sentence."""
        first, last = self.tree.sentence(match.trigger)
        low, high = self.tree.span(first, last - 1)
        spans = [(match.trigger.start, match.trigger.end)]
        if match.light is not None:
            spans.append((match.light.start, match.light.end))
        for filler in roles.values():
            parts = filler if isinstance(filler, tuple) else (filler,) if filler is not None else ()
            spans += [(part.start, part.end) for part in parts]
        spans += [(date.target.start, date.target.end) for date in qualifiers.dates]
        spans += [(place.target.start, place.target.end) for place in qualifiers.places]
        spans += [(target.start, target.end) for target in qualifiers.targets]
        inside = [(start, end) for start, end in spans if low <= start and end <= high]
        return min(start for start, _ in inside), max(end for _, end in inside)

    # -- measures ----------------------------------------------------------------------------------

    def _specifications(self) -> Iterator[Relation]:
        for found in self.specifications.find():
            fillers = self.phrases.fillers(self.phrases.heads(found.product))
            status = self.statuses.of(found.trigger)
            for head, filler in fillers:
                if not self.wants.named(head) and not found.strong:
                    continue
                target = found.mention.target
                start, end = found.words
                spans = [(filler.start, filler.end), (start, end), (target.start, target.end)]
                yield Relation(
                    kind="specification",
                    roles={"product": filler, "property": Filler(start, end, self.page.text[start:end])},
                    trigger=(found.trigger.start, found.trigger.end),
                    evidence=(min(s for s, _ in spans), max(e for _, e in spans)),
                    polarity=status.polarity, hedges=status.hedges, modality=status.modality,
                    qualifiers=Qualifiers(quantity=found.mention.quantity, targets=(target,)), score=0.75,
                )  # fmt: skip

    def _comparisons(self) -> Iterator[Relation]:
        for adjective, likened, (start, end) in self.specifications.compared():
            status = self.statuses.of(adjective)
            for head, filler in self.phrases.fillers(self.phrases.heads(likened)):
                if self.wants.named(head):
                    yield Relation(
                        kind="specification",
                        roles={"product": filler, "property": Filler(start, end, self.page.text[start:end])},
                        trigger=(adjective.start, adjective.end),
                        evidence=(min(filler.start, start), max(filler.end, end)),
                        polarity=status.polarity, hedges=status.hedges, modality=status.modality, score=0.65,
                    )  # fmt: skip


def _is_topic(match: Match, fillers: dict[str, list[tuple[Token, Filler]]]) -> bool:
    """Return whether trade is only talked of ("double standards on arms sales to X"): nobody supplies."""
    noun = match.trigger
    bare = noun.pos == "NOUN" and not any(c.dep in {"det", "poss", "nummod"} for c in noun.children)
    return bare and noun.dep == "pobj" and noun.head.lower in _TOPICS and "supplier" not in fillers


def _is_verb(token: Token) -> bool:
    """Return whether the tagger took a verb for a noun ("urged X to sanction Y", "X lobbies for Y")."""
    if token.dep == "ROOT" and token.tag == "NNS" and token.children:
        before = next((c for c in token.children if c.i == token.i - 1), None)
        return before is not None and before.dep == "compound" and before.pos == "PROPN"
    return token.dep in {"xcomp", "advcl", "ccomp"} and any(c.tag == "TO" for c in token.children)
