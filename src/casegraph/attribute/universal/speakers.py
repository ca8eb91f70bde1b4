"""Who a source is, by name or by the words; whether named, and how many."""

from __future__ import annotations

from casegraph.attribute.base import NOBODY, Speaker
from casegraph.attribute.universal.coreference import Discourse
from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.spans import Frame
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Count


class Speakers:
    """Names the sources of a page's attributions."""

    def __init__(self, tree: Tree, lexicon: Lexicon, discourse: Discourse) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.discourse = discourse

    def identify(self, frame: Frame) -> Speaker:
        """Return the frame's speaker; NOBODY where the words give none."""
        head = frame.head
        if head is None:
            return NOBODY
        words = self.lexicon.words
        if head.feats.get("Person") == "1" and head.pos == "PRON":
            count = self.count(head)
            return Speaker(head.text, None, unnamed=False, count=count)
        found = self.discourse.name(head)
        count = self.count(head)
        if found is not None and (found.schema == "Person" or not self._unnamed(head)):
            return Speaker(found.name, found.mention, unnamed=False, count=count)
        text = self.tree.text[slice(*frame.source)] if frame.source else head.text
        if head.pos in {"PRON", "DET"}:
            return Speaker(text, None, unnamed=head.lemma not in words["words.personal"], count=count)
        unnamed = self._unnamed(head)
        if unnamed:
            self.discourse.described(head)
        return Speaker(self._words(head, text), None, unnamed=unnamed, count=count)

    @staticmethod
    def _words(head: Token, text: str) -> str:
        """Return the source without its relative clause or what commas set off."""
        for child in head.kids("acl", "amod", "appos", "parataxis"):
            cut = min((t.start for t in child.subtree()), default=0)
            if child.i > head.i + 1 and head.end < cut:
                place = text.find(",", head.end - head.start)
                if place > 0:
                    return text[:place]
        return text

    def _unnamed(self, head: Token) -> bool:
        """Return whether no name and no office tells who the source is."""
        words = self.lexicon.words
        owned = any(c.case == "Gen" and not c.prepositions() for c in head.kids("nmod")) or any(
            c.lemma in {"его", "ее", "их", "свой"} for c in head.kids("det")
        )
        if head.lemma in words["sources.only"] and owned and not head.plural:
            return False
        if head.lemma in words["sources.unnamed"]:
            return True
        if head.pos == "NUM" and head.lemma != "один":
            return True
        if head.lemma == "один":
            return any(self._unnamed(c) for c in head.kids("nmod", "obl") if c.prepositions() == "из")
        if head.lemma in words["words.several"]:
            return True
        counted = head.child("nummod") is not None
        people = head.lemma in words["sources.people"] or head.feats.get("Animacy") == "Anim"
        return (counted or head.plural) and people and head.pos == "NOUN"

    def count(self, head: Token) -> Count:
        """Return how many speak."""
        lexicon = self.lexicon
        joined = head.kids("conj")
        if joined:
            number = 1 + len(joined)
            several = any(token.plural for token in (head, *joined))
            return Count(minimum=number, maximum=None if several else number)
        for word in (head, *head.kids("nummod")):
            value = lexicon.numbers.get(word.lemma) or lexicon.numbers.get(word.lower)
            if word is head and head.pos != "NUM":
                continue
            if value is None and word.text.isdigit():
                value = int(word.text)
            if value is not None:
                return Count(minimum=value, maximum=value)
        if head.lemma in lexicon.words["words.several"] or head.plural or head.lower == "мы":
            return Count(minimum=2, maximum=None)
        if any(lexicon.has("words.several", c.lemma) for c in head.kids("nummod", "det", "amod", "advmod")):
            return Count(minimum=2, maximum=None)
        return Count(minimum=1, maximum=1)
