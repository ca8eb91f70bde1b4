"""The names of a page by token."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from casegraph.attribute.base import Filler, Span
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Mention

_ARGUMENTS = frozenset({"nsubj", "obj", "iobj", "obl"})
_TITLE = 14  # words that a title may have before its name
_LONGEST = 6  # words of a name in quotation marks
_QUOTES = frozenset('«»"()„“-')
BODIES = frozenset({"Company", "Organization", "PublicBody", "LegalEntity"})


class Names:
    """Which name a token belongs to; of names in one another the longest."""

    def __init__(
        self, tree: Tree, mentions: Sequence[Mention], titles: Collection[str] = (),
        firms: Collection[str] = (),
    ) -> None:  # fmt: skip
        self.tree = tree
        self._firms = firms
        self._by_token: dict[int, Mention] = {}
        self._heads: dict[str, Token] = {}
        named = [mention for mention in mentions if mention.kind == "name"]
        for mention in sorted(named, key=lambda m: (m.target.start - m.target.end, m.target.start)):
            tokens = [t for t in tree.at(mention.target.start, mention.target.end) if t.pos != "PUNCT"]
            if not tokens or any(token.i in self._by_token for token in tokens):
                continue
            if (
                tokens[0].lemma in titles
                and tokens[0].pos == "NOUN"
                and tokens[0].feats.get("Animacy") == "Anim"
            ):
                continue  # "Директора рынка" at the head of a sentence
            for token in tokens:
                self._by_token[token.i] = mention
            inside = {token.i for token in tokens}
            self._heads[mention.id] = next(
                (t for t in tokens if t.head.i not in inside or t.head is t), tokens[0]
            )

        self._quoted = dict(_find_quoted(tree))

    def at(self, token: Token) -> Mention | None:
        """Return the name that covers the token."""
        return self._by_token.get(token.i)

    def in_quotes(self, token: Token) -> bool:
        """Return whether the token belongs to a name in guillemets, recognised or not."""
        return token.i in self._quoted

    def called(self, token: Token) -> Filler | None:
        """Return the name that no recogniser found: in guillemets, or in foreign letters."""
        beside = (
            c for c in token.kids("appos", "nmod")
            if c.i > token.i and (c.case in {"Nom", ""} or (c.dep == "appos" and c.i == token.i + 2))
        )  # fmt: skip
        for one in (token, *beside):
            if one.i in self._quoted:
                start, end = self._quoted[one.i]
                alone = (one.start, one.end) == (start, end) and one.text.istitle() and one.lemma.isalpha()
                return Filler(start, end, one.lemma.capitalize() if alone else self.tree.text[start:end])
        if (
            token.pos in {"PROPN", "X"}
            and token.text.isascii()
            and token.text.isalpha()
            and token.text.istitle()
        ):
            last = max([token, *token.kids("flat")], key=lambda t: t.i)
            return Filler(token.start, last.end, self.tree.text[token.start : last.end])
        return None

    def whole(self, span: Span) -> Span:
        """Return the span with the rest of a name that its end cuts."""
        cut = (m.target for m in self._by_token.values() if m.target.start < span[1] < m.target.end)
        return span[0], max([span[1], *(target.end for target in cut if target.start >= span[0])])

    def heads(self) -> Iterator[tuple[Token, Mention]]:
        """Yield each name with the token that its own words hang on, in order."""
        found = {mention.id: mention for mention in self._by_token.values()}
        pairs = [(self._heads[key], mention) for key, mention in found.items()]
        yield from sorted(pairs, key=lambda pair: pair[0].i)

    def of(self, head: Token) -> Mention | None:
        """Return the name at a head noun or in apposition to it: «компания «Прибой»», «министр Иванов».

        A noun of a person takes a person's name alone; a genitive beside another case is whose it is.
        """
        own = self.at(head)
        if own is not None:
            return self._kept_by(head) or own
        if not self._may_be_titled(head):
            return None
        person = head.feats.get("Animacy") == "Anim"
        if head.pos == "ADJ":  # "уроженец", "экс-директор": a noun that the tagger took for an adjective
            person = any((m := self.at(c)) is not None and m.schema == "Person" for c in head.kids("appos"))
        maker = self._maker(head)
        if maker is not None:
            return maker
        for child in self._beside(head):
            found = self.at(child)
            if found is None or ((found.schema == "Person") != person and not self._of_firm(child, found)):
                continue
            if child.case in {"", head.case} or (child.case == "Nom" and not person):
                return found
            masculine = (
                "Fem" not in {child.feats.get("Gender"), head.feats.get("Gender")} or head.lemma == "глава"
            )
            if person and masculine and child.dep == "appos" and {child.case, head.case} == {"Acc", "Gen"}:
                return found  # the two are one form of animate masculines
        return self._following(head) if person else None

    def _maker(self, head: Token) -> Mention | None:
        """Return the firm that a maker of something is: «производитель труб АО «Вест»».

        The legal form has no cases, whatever the parser gives it and wherever it hangs. Straight behind the
        noun it may be the firm that is supplied.
        """
        if head.lemma not in self._firms or head.feats.get("Animacy") != "Anim":
            return None
        made = [c for c in head.kids("nmod") if c.case == "Gen" and self.at(c) is None]
        forms = [c for c in head.kids("appos") if made and c.i > made[0].i]
        forms += [c for one in made for c in one.kids("appos", "nmod") if c.i == one.i + 1]
        firms = (self.at(c) for c in forms if c.text.isupper())
        return next((found for found in firms if found is not None and found.schema in BODIES), None)

    def _of_firm(self, child: Token, found: Mention) -> bool:
        """Return whether a firm stands beside a noun of persons: «оператора «Сота»»."""
        plain = child.dep == "appos" and child.lemma == child.lower
        return plain and found.schema in BODIES and self.in_quotes(child)

    def _kept_by(self, head: Token) -> Mention | None:
        """Return the name behind a noun that was taken for one itself: «Telegram-канал «Изнанка»»."""
        if head.pos != "NOUN" or self.in_quotes(head):
            return None
        beside = (c for c in head.kids("appos") if c.i == head.i + 2 and self.in_quotes(c))
        return next((m for c in beside if (m := self.at(c)) is not None and m.schema in BODIES), None)

    def _may_be_titled(self, head: Token) -> bool:
        """Return whether a name can stand beside the word; the first of a sentence has a capital."""
        if head.pos == "PROPN":
            first = self.tree.range_of[head.sentence][0]
            return head.i == first and head.feats.get("Animacy") == "Inan"
        return head.pos == "NOUN" or (head.pos == "ADJ" and head.dep in _ARGUMENTS)

    def _following(self, head: Token) -> Mention | None:
        """Return the person named after a title and what it governs: «глава порта Вельд Иванов»."""
        for token in self.tree.tokens[head.i + 1 : head.i + _TITLE]:
            if token.sentence != head.sentence or token.pos in {
                "VERB",
                "AUX",
                "CCONJ",
                "SCONJ",
                "PRON",
                "ADV",
            }:
                return None
            if token.pos == "PUNCT" and token.text not in _QUOTES:
                return None
            found = self.at(token)
            if found is not None and found.schema == "Person" and self._heads[found.id] is token:
                women = (
                    "Fem" in {token.feats.get("Gender"), head.feats.get("Gender")} and head.lemma != "глава"
                )
                same = token.case == head.case or ({token.case, head.case} == {"Acc", "Gen"} and not women)
                return found if head.case and same else None
        return None

    def _beside(self, head: Token) -> Iterator[Token]:
        """Yield what may be the noun's name: appositions, and those of its genitives, to the right."""
        children = [c for c in head.kids("appos", "flat", "nmod") if c.i > head.i and not c.prepositions()]
        yield from (child for child in children if child.dep != "nmod")
        yield from (child for child in children if child.dep == "nmod" and child.case == "Nom")
        for child in children:
            yield from (
                c
                for c in child.kids("appos", "flat", "nmod")
                if (c.case == head.case != "Gen" and not self.in_quotes(c)) or self._of_several(child, c)
            )

    def _of_several(self, genitive: Token, name: Token) -> bool:
        """Return whether a name is that of what the plural makes up: «сеть салонов «Лотос»»."""
        return genitive.plural and name.case in {"Nom", ""} and self.in_quotes(name)

    def is_body(self, token: Token) -> bool:
        """Return whether the token names an organisation."""
        found = self.of(token)
        return found is not None and found.schema in BODIES

    def is_person(self, token: Token) -> bool:
        """Return whether the token names a person."""
        found = self.of(token)
        return found is not None and found.schema == "Person"


def _find_quoted(tree: Tree) -> Iterator[tuple[int, Span]]:
    """Yield each token of a name in guillemets with the name's characters: few words, a capital, no verb."""
    for opening in tree.tokens:
        if opening.text != "«":
            continue
        inside: list[Token] = []
        for token in tree.tokens[opening.i + 1 : opening.i + 2 + _LONGEST]:
            if token.text == "»":
                break
            inside.append(token)
        words = [token for token in inside if token.pos != "PUNCT"]
        closed = opening.i + 1 + len(inside) < len(tree.tokens) and len(inside) <= _LONGEST
        spoken = any(t.feats.get("VerbForm") == "Fin" or t.text in {",", "."} for t in inside)
        if words and closed and not spoken and not words[0].text[:1].islower():
            span = (words[0].start, words[-1].end)
            yield from ((token.i, span) for token in words)


def filler(mention: Mention, start: int | None = None, end: int | None = None) -> Filler:
    """Return the name as what fills a role, standing at its own words or at those given."""
    target = mention.target
    return Filler(
        target.start if start is None else start, target.end if end is None else end,
        mention.normal or mention.name, mention.schema, mention.id,
    )  # fmt: skip
