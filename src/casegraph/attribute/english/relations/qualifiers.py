"""Which dates, sums, quantities and places belong to which relation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from casegraph.attribute.english.relations.links import whole
from casegraph.attribute.english.relations.phrases import Phrases
from casegraph.attribute.english.tree import Token
from casegraph.model import ClaimDate, Kind, Mention, Place, Qualifiers, Target

_VERBAL = frozenset({"VERB", "AUX"})
_VALUES = frozenset({"date", "amount", "quantity"})
_AMOUNTS = frozenset({"payment", "delivery", "contract", "ownership", "event"})
_GOODS = {
    "delivery": ("goods",), "production": ("product",), "sanction": ("target",), "ownership": ("asset",),
    "contract": ("subject",), "event": ("participants",), "directorship": ("organisation",),
    "control": ("controlled",), "presence": ("actor",),
}  # fmt: skip
"""Roles whose counted things make the claim's quantity."""
_PLACED = frozenset({"delivery", "event", "payment", "production", "contract", "employment", "control"})
_CLOSERS = frozenset({"until", "till", "by"})
_SUMMING = frozenset({"total", "amount", "reach", "exceed", "be", "worth"})
_LIMIT = 12


class Values:
    """The values of one page, by the predicates that govern them."""

    def __init__(self, phrases: Phrases, mentions: Sequence[Mention]) -> None:
        self.phrases = phrases
        self.tree = phrases.tree
        self._by_sentence: dict[int, list[tuple[Token, Mention]]] = {}
        for mention in mentions:
            if mention.kind not in _VALUES:
                continue
            head = self._head(mention)
            if head is not None:
                self._by_sentence.setdefault(head.sentence, []).append((head, mention))

    def _head(self, mention: Mention) -> Token | None:
        """Return the token of the mention that hangs outside it."""
        inside = self.phrases.senses.inside(mention)
        places = {token.i for token in inside}
        return next(
            (t for t in inside if t.head.i not in places or t.head is t), inside[0] if inside else None
        )

    def attach(
        self, kind: Kind, trigger: Token, fillers: dict[str, list[Token]], *, light: Token | None
    ) -> Qualifiers:
        """Return a relation's qualifiers: `fillers` are its roles' heads, `light` a light verb's noun."""
        anchors = [trigger, *([light] if light is not None else [])]
        own = [
            pair
            for pair in self._by_sentence.get(trigger.sentence, ())
            if self._governed(pair[0], anchors, fillers)
        ]
        dates = [m for head, m in own if m.kind == "date" and self._dates(head, anchors)]
        amounts = [m for _, m in own if m.kind == "amount"] if kind in _AMOUNTS else []
        shares = [m for _, m in own if _is_share(m)] if kind == "ownership" else []
        quantities = [m for head, m in own if self._counts(head, m, kind, fillers)]
        places = list(self._places(trigger, light)) if kind in _PLACED else []
        targets: list[Target] = [m.target for m in (*amounts[:1], *shares[:1], *quantities[:1])]
        return Qualifiers(
            dates=tuple(self._date(m) for m in dates),
            places=tuple(places),
            amount=amounts[0].amount if amounts else None,
            quantity=quantities[0].quantity if quantities else None,
            share=shares[0].quantity if shares else None,
            targets=tuple(targets),
        )

    # -- government -------------------------------------------------------------------------------

    def governor(self, token: Token) -> Token | None:
        """Return the nearest predicate above the token; participles that only name are stepped over."""
        naming = self.phrases.words["naming"]
        for number, up in enumerate(token.ancestors()):
            if number > _LIMIT:
                return None
            if up.pos in _VERBAL and not (up.dep == "acl" and (up.lemma in naming or up.lemma == "base")):
                return up
        return None

    def _governed(self, head: Token, anchors: list[Token], fillers: dict[str, list[Token]]) -> bool:
        trigger = anchors[0]
        if any(anchor.subtree_has(head) and not self._cut(head, anchor) for anchor in anchors):
            return True
        governor = self.governor(head)
        if trigger.pos in _VERBAL:
            above = trigger.head
            if trigger.dep in {"acl", "relcl"} and above.left_edge <= head.i <= above.i:
                return True  # "the $2 million paid by X"
            return governor is trigger or self._fronted(head, governor, trigger)
        if any(head.i in range(t.left_edge, t.i + 1) for tokens in fillers.values() for t in tokens):
            return True
        return governor is not None and self._completes(trigger, governor)

    def _cut(self, head: Token, anchor: Token) -> bool:
        """Return whether another predicate stands between a value and the anchor."""
        naming = self.phrases.words["naming"]
        for up in head.ancestors():
            if up is anchor:
                return False
            named = up.dep == "acl" and (up.lemma in naming or up.lemma in _SUMMING)
            if up.pos in _VERBAL and not named and up.dep != "amod":
                return True
        return True

    def _fronted(self, head: Token, governor: Token | None, trigger: Token) -> bool:
        """Return whether a value before the first of two coordinated verbs holds for the second, too."""
        if governor is None or trigger.dep != "conj" or trigger.head is not governor:
            return False
        subject = governor.child("nsubj", "nsubjpass")
        if subject is None or head.i > subject.i:
            return False
        own = self._by_sentence.get(trigger.sentence, ())
        return not any(m.kind == "date" and self.governor(other) is trigger for other, m in own)

    @staticmethod
    def _completes(noun: Token, verb: Token) -> bool:
        """Return whether the noun is what the verb says of its subject or its object."""
        noun = whole(noun)
        head = noun.head
        if noun.dep == "nsubj" and head is verb and verb.lemma in _SUMMING:
            return True  # "payments totalled $2 million"
        if noun.dep == "pobj" and head.lower == "as":
            head = head.head
        return head is verb and noun.dep in {"attr", "oprd", "dobj", "pobj", "nsubjpass"}

    # -- kinds of values ----------------------------------------------------------------------------

    def _dates(self, head: Token, anchors: list[Token]) -> bool:
        """Return whether a date is the predicate's, not that of a noun in it ("an invoice of 3 March")."""
        up = head
        for _ in range(_LIMIT):
            if up in anchors or up.pos in _VERBAL:
                return True
            if up is not head and up.pos == "NOUN" and self._is_act(up):
                return False  # "before its purchase by X in 1999"
            if up.dep in {"nmod", "compound", "amod", "nummod"} and up.head.pos in {"NOUN", "PROPN"} and (
                up.head.entity not in {"DATE", "TIME"} and up.head not in anchors
            ):  # fmt: skip
                return False
            if up.dep == "appos" and up.head.pos == "PROPN":
                return False
            up = up.head
        return True

    def _is_act(self, noun: Token) -> bool:
        table = self.phrases.senses.grammar.patterns["nouns"]
        return any(pattern.act for pattern in table.get(noun.lemma, ()))

    def _counts(self, head: Token, mention: Mention, kind: Kind, fillers: dict[str, list[Token]]) -> bool:
        quantity = mention.quantity
        if quantity is None or kind not in _GOODS or _is_share(mention):
            return False
        for role in _GOODS[kind]:
            for token in fillers.get(role, ()):
                noun = token
                for _ in range(3):  # "700,000 barrels of crude": the count hangs a noun above
                    if (
                        head is noun
                        or (head.head is noun and head.i < noun.i)
                        or noun.left_edge <= head.i <= noun.i
                    ):
                        return True
                    if noun.dep != "pobj" or noun.head.lower != "of":
                        break
                    noun = noun.head.head
        return False

    def _date(self, mention: Mention) -> ClaimDate:
        """Return the date with the bound that the word before it sets: since, until, by, after, before."""
        date, target = mention.date, mention.target
        start, end = (date.start, date.end) if date is not None else (None, None)
        place = self.tree.first_at(target.start)
        lead = self.tree.tokens[place - 1].lower if place else ""
        if lead == "since":
            end = None
        elif lead in _CLOSERS:
            start = None
        elif lead == "after":
            start, end = end, None
        elif lead == "before":
            start, end = None, start
        return ClaimDate(start=start, end=end, text=target.exact, target=target)

    def _places(self, trigger: Token, light: Token | None) -> Iterator[Place]:
        for holder in (trigger, *([light] if light is not None else [])):
            for child in holder.children:
                if child.dep == "prep" and child.lower in {"in", "at", "near", "off"}:
                    yield from self._named_places(child.children)

    def _named_places(self, tokens: Iterable[Token]) -> Iterator[Place]:
        for token in tokens:
            if token.dep == "pobj":
                for head in self.phrases.heads(token):
                    mention = self.phrases.senses.mention(head)
                    if mention is not None and mention.schema == "Address":
                        yield Place(
                            name=mention.normal or mention.name,
                            country=mention.country,
                            target=mention.target,
                        )


def _is_share(mention: Mention) -> bool:
    return mention.quantity is not None and mention.quantity.unit == "%"
