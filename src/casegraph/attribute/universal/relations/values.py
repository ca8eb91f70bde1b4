"""Which dates, sums, quantities and places belong to which relation; how sure it is said to be."""

from __future__ import annotations

from collections.abc import Sequence

from casegraph.attribute.base import Modality
from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.manner import Manner
from casegraph.attribute.universal.names import Names
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import ClaimDate, Kind, Mention, Place, Polarity, Qualifiers, Quantity

_VALUES = frozenset({"date", "amount", "quantity"})
_AMOUNTS = frozenset({"payment", "delivery", "contract", "ownership", "event"})
_COUNTED = {
    "delivery": "goods", "production": "product", "contract": "subject", "ownership": "asset",
    "event": "participants",
}  # fmt: skip
_PLACED = frozenset({"delivery", "event", "payment", "production", "contract", "employment"})
_VERBAL = frozenset({"VERB", "AUX"})


class Values:
    """The values of a page by the words that govern them."""

    def __init__(self, tree: Tree, mentions: Sequence[Mention], names: Names, lexicon: Lexicon) -> None:
        self.tree = tree
        self.names = names
        self.lexicon = lexicon
        self.manner = Manner(tree, lexicon)
        self._found: dict[int, list[tuple[Token, Mention]]] = {}
        for mention in mentions:
            tokens = tree.at(mention.target.start, mention.target.end) if mention.kind in _VALUES else []
            if not tokens:
                continue
            inside = {token.i for token in tokens}
            outer = [t for t in tokens if t.head.i not in inside or t.head is t] or tokens[:1]
            numbers = (t for t in outer if t.pos == "NUM" and mention.kind == "quantity")
            head = next(numbers, outer[0])  # of "не менее семи" the adverb may hang on what follows
            self._found.setdefault(head.sentence, []).append((head, mention))

    def has_money(self, word: Token) -> bool:
        """Return whether a sum stands under the word."""
        return any(
            m.kind == "amount" and self._governed(h, word) for h, m in self._found.get(word.sentence, ())
        )

    def attach(self, kind: Kind, word: Token, heads: dict[str, list[Token]]) -> Qualifiers:
        """Return the relation's qualifiers; `heads` are its roles' head tokens."""
        roles = [token for tokens in heads.values() for token in tokens]
        near = self._found.get(word.sentence, ())
        own = [(h, m) for h, m in near if self._governed(h, word) or any(_beside(h, t) for t in roles)]
        dates = [m for h, m in own if m.kind == "date" and self._governed(h, word)]
        amounts = [m for _, m in own if m.kind == "amount"] if kind in _AMOUNTS else []
        shares = [m for _, m in own if _is_share(m)] if kind == "ownership" else []
        counted = heads.get(_COUNTED.get(kind, ""), [])
        quantities = [
            m
            for h, m in own
            if m.kind == "quantity" and not _is_share(m) and any(_beside(h, t) for t in counted)
        ]
        places = self._places(word) if kind in _PLACED else []
        quantity = (
            quantities[0].quantity if quantities else next(filter(None, map(self.count, counted)), None)
        )
        return Qualifiers(
            dates=tuple(self._date(m) for m in dates), places=tuple(places),
            amount=amounts[0].amount if amounts else None,
            quantity=quantity,
            share=shares[0].quantity if shares else None,
            targets=tuple(m.target for m in (*amounts[:1], *shares[:1], *quantities[:1])),
        )  # fmt: skip

    def count(self, noun: Token) -> Quantity | None:
        """Return how many things are counted: «40 автобусов», «две тысячи вагонов»; None for a bound."""
        number = noun.child("nummod")
        near = self.tree.tokens[max(0, number.i - 2) : number.i] if number is not None else []
        if number is None or any(t.lower in self.lexicon.words.get("words.bounds", ()) for t in near):
            return None
        value = self._value_of(number)
        return Quantity(minimum=value, maximum=value, unit="item") if value else None

    def _value_of(self, word: Token) -> float | None:
        if word.text.isdigit():
            return float(word.text)
        pairs = (pair.split(":") for pair in self.lexicon.words.get("words.multiples", ()))
        times = {lemma: float(value) for lemma, value in pairs}
        if word.lemma in times:
            inner = word.child("nummod")
            value = 1.0 if inner is None else self._value_of(inner)
            return None if value is None else value * times[word.lemma]
        return self.lexicon.numbers.get(word.lemma)

    def _governed(self, head: Token, word: Token) -> bool:
        """Return whether the nearest predicate over the value is the word, or the verb that it completes."""
        governor = word
        if word.pos not in _VERBAL:
            if head.under(word):
                return True
            governor = next((up for up in word.ancestors() if up.pos in _VERBAL), word)
        for up in head.ancestors():
            if up is governor or up is word:
                return True
            if governor.dep == "xcomp" and up is governor.head:
                return True  # "в мае планирует поставить"
            if up.pos in _VERBAL and not (up.dep == "xcomp" and up.head is governor):
                return False
        return False

    def _date(self, mention: Mention) -> ClaimDate:
        """Return the date with the bound that the preposition sets: с, до, после, по."""
        start, end = (mention.date.start, mention.date.end) if mention.date is not None else (None, None)
        place = self.tree.first_at(mention.target.start)
        lead = self.tree.tokens[place - 1].lower if place else ""
        if lead == "с":
            end = None
        elif lead == "до":
            start, end = None, start
        elif lead == "по":
            start = None
        elif lead == "после":
            start, end = end, None
        return ClaimDate(start=start, end=end, text=mention.target.exact, target=mention.target)

    def _places(self, word: Token) -> list[Place]:
        found = []
        for noun in word.kids("obl", "nmod"):
            mention = self.names.of(noun)
            if mention is not None and mention.schema == "Address" and noun.case == "Loc":
                found.append(
                    Place(name=mention.normal or mention.name, country=mention.country, target=mention.target)
                )
        return found

    # -- how sure --------------------------------------------------------------------------------------

    def modality(self, word: Token) -> Modality:
        """Return whether the relation is, will be, is demanded or put in question."""
        verb = (
            word if word.pos in _VERBAL else next((up for up in word.ancestors() if up.pos in _VERBAL), word)
        )
        if verb.feats.get("Mood") == "Imp":
            return "orders"
        if verb.feats.get("VerbForm") == "Inf":
            return self._wished(verb)
        mark = verb.child("mark")
        if mark is not None and mark.lower == "чтобы":
            return "orders"
        return "predicts" if self.manner.future(verb) else "asserts"

    def _wished(self, verb: Token) -> Modality:
        for cue in self.lexicon.verbs.get(verb.head.lemma, ()):
            if cue.frame == "inf":
                return "orders" if cue.stance == "orders" else "predicts"
        return "predicts"

    def supposed(self, word: Token) -> bool:
        """Return whether the word's clause is a condition or a question: "если", "бы", "ли"."""
        marks = self.lexicon.words.get("words.supposing", frozenset())
        return any(t.lower in marks for t in word.clause().kids("mark", "advmod", "aux", "discourse", "cc"))

    def polarity(self, word: Token) -> Polarity:
        """Return whether the word or the verb that it completes is negated."""
        verb = (
            word.head
            if word.pos == "NOUN" and word.head.pos in _VERBAL and word.dep in {"obj", "xcomp"}
            else word
        )
        return "negative" if self.manner.negated(word) or self.manner.negated(verb) else "positive"

    def hedges(self, word: Token) -> tuple[str, ...]:
        """Return the hedges of the clause as they stand."""
        weak = self.lexicon.words["adverbs.hedges"] | self.lexicon.words["adverbs.alleges"]
        clause = word.clause()
        found = [t.text for t in (*clause.children, *word.children) if t.lower in weak and t.pos != "NOUN"]
        found += [t.text for t in word.kids("aux") if t.lemma == "мочь"]
        if word.dep == "xcomp" and word.head.lemma == "мочь":
            found.append(word.head.text)
        return tuple(dict.fromkeys(found))


def _is_share(mention: Mention) -> bool:
    return mention.quantity is not None and mention.quantity.unit == "%"


def _beside(head: Token, noun: Token) -> bool:
    """Return whether the value counts the noun: "семь насосов", "10 тонн зерна"."""
    below = noun.head is head and noun.dep in {"nmod", "nummod", "obl"}
    return head is noun or head.head is noun or below or (
        head.head.head is noun and head.dep == "nummod"
    )  # fmt: skip
