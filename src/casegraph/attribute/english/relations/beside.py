"""Relations that no predicate states: a name beside a place or an organisation."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.english.relations.match import Match
from casegraph.attribute.english.relations.nouns import NounSite
from casegraph.attribute.english.relations.phrases import Phrases
from casegraph.attribute.english.relations.wants import Wants
from casegraph.attribute.english.tree import Token

_WHERE = frozenset({"in", "near", "outside"})
_CLOSERS = frozenset({")", ","})
_MODIFIERS = frozenset({"compound", "nmod", "amod"})


class Beside:
    """Finds "the Omsk firm X", "X in Leeds", "Y of the fraud squad"."""

    def __init__(self, phrases: Phrases, wants: Wants) -> None:
        self.phrases = phrases
        self.wants = wants
        self.senses = phrases.senses

    def noun(self, noun: Token) -> Iterator[Match]:
        """Yield the matches of one noun or name."""
        if noun.pos == "NOUN":
            yield from self._place_before(noun)
        elif self.senses.is_proper(noun):
            yield from self._in_brackets(noun)
        for child in noun.children:
            if child.dep == "prep" and child.i > noun.i:
                for inner in child.children:
                    if inner.dep == "pobj":
                        yield from self._place_after(noun, child, inner)
                        yield from self._organisation_after(noun, child, inner)

    def is_place(self, token: Token) -> bool:
        """Return whether the token surely names a place."""
        return self.wants.fits(token, "sure-place")

    def _place_before(self, noun: Token) -> Iterator[Match]:
        """Yield the presence in "the Dubai company called X"."""
        named = self.phrases.names.apposed(noun)
        if named is None or not (self.wants.fits(noun, "org") or self.wants.fits(noun, "person")):
            return
        if noun.lemma in self.phrases.words["passing"]:
            return  # "the Kiev police officer X" is met there
        holder = noun.head if noun.dep in _MODIFIERS and noun.head is named else None
        places = [
            child
            for child in (*noun.children, *(holder.children if holder is not None else ()))
            if child.i < noun.i and child.dep in _MODIFIERS and child.pos == "PROPN" and self.is_place(child)
        ]
        for place in [] if self.is_place(named) else places[:1]:
            yield Match("presence", noun, {"actor": [named], "place": [place]}, 0.8)

    def _place_after(self, noun: Token, link: Token, inner: Token) -> Iterator[Match]:
        """Yield the presence in "X of Sharjah", "X, a builder in Leeds", "a trader from Gaya, X"."""
        places = [head for head in self.phrases.heads(inner) if self.is_place(head)]
        if not places:
            return
        proper = self.senses.is_proper(noun)
        nature = self.senses.nature(noun)
        if proper and link.lower == "of" and self.wants.fits(noun, "individual"):
            actors = [noun] if self._is_citizen(noun) and self._outside(noun, inner) else []
        elif proper:
            organisation = self.wants.fits(noun, "firm") or self._is_body(noun)
            fits = (
                (link.lower in _WHERE or link.lower in {"of", "from"})
                and organisation
                and "place" not in nature
            )
            actors = [noun] if fits and self._outside(noun, inner) else []
        elif noun.lemma in self.phrases.words["passing"] or not nature & {"person", "org"}:
            return
        elif link.lower in _WHERE | {"from"} and (
            link.lower == "from" or "org" in nature or noun.lemma.endswith("er")
        ):
            actors = NounSite(noun, self.phrases).bearers() or ([noun] if self.wants.named(noun) else [])
        else:
            return
        if actors:
            yield Match(
                "presence", link, {"actor": [a for a in actors if not self.is_place(a)], "place": places}, 0.7
            )

    def _is_citizen(self, noun: Token) -> bool:
        """Return whether "X of Y" says where a person lives: two names or more, and no king or bishop."""
        mention = self.senses.mention(noun)
        words = mention.name.split() if mention is not None else []
        numbered = bool(words) and not set(words[-1]) - set("IVX")
        return len(words) > 1 and not numbered

    def _in_brackets(self, noun: Token) -> Iterator[Match]:
        """Yield the presence in "Harrow Marine (Oslo)", the membership in "Marta Lund (Green Party)"."""
        tokens, last = self.phrases.tree.tokens, self.phrases.extents.of(noun)[1]
        if noun.i != last or last + 3 >= len(tokens) or tokens[last + 1].text != "(":
            return
        inner = tokens[last + 2]
        if self.wants.fits(noun, "human"):
            yield from self._party_after(noun, inner)
        mention = self.senses.mention(inner)
        if mention is None or mention.country is None or mention.schema != "Address":
            return  # what only looks like a place is a brand as often
        end = self.phrases.extents.of(inner)[1] + 1
        if end < len(tokens) and tokens[end].text in _CLOSERS and self.wants.fits(noun, "firm"):
            yield Match("presence", inner, {"actor": [noun], "place": [inner]}, 0.7)

    def _party_after(self, noun: Token, first: Token) -> Iterator[Match]:
        """Yield the membership in "Marta Lund (Green Party)"."""
        tokens = self.phrases.tree.tokens
        if not self.senses.is_proper(first):
            return
        last = self.phrases.extents.of(first)[1]
        head = tokens[last]
        if last + 1 < len(tokens) and tokens[last + 1].text == ")" and self.wants.fits(head, "club"):
            yield Match("membership", head, {"person": [noun], "organisation": [head]}, 0.75)

    def _is_body(self, noun: Token) -> bool:
        mention = self.senses.mention(noun)
        return mention is None and noun.entity == "ORG" and noun.head.pos != "PROPN"

    def _outside(self, noun: Token, inner: Token) -> bool:
        """Return whether the place is no part of the name ("Bank of Tessaly")."""
        mention = self.senses.mention(noun)
        return mention is None or mention.target.end <= inner.start

    def _organisation_after(self, noun: Token, link: Token, inner: Token) -> Iterator[Match]:
        """Yield the employment in "Colonel X of the GRU"."""
        if link.lower not in {"of", "at"} or not self.senses.is_proper(noun) or self.is_place(inner):
            return
        mention = self.senses.mention(noun)
        person = mention.schema == "Person" if mention is not None else noun.entity == "PERSON"
        if not person or not self._outside(noun, inner) or not self.wants.fits(inner, "org"):
            return
        yield Match("employment", link, {"person": [noun], "organisation": [inner]}, 0.7)
