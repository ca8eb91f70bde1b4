"""Direct speech whose words stand before their cue: “……，”X说，“……”."""

from __future__ import annotations

import re

from casegraph.attribute.base import Span
from casegraph.attribute.chinese.sources import COLONS, COMMAS, CueWord
from casegraph.attribute.chinese.words import Words
from casegraph.attribute.quotes import Quotation
from casegraph.attribute.universal.spans import Frame
from casegraph.attribute.universal.tree import Token

_SPOKEN = "，。！？,!?…—"
_TOLD = frozenset({"告诉", "告知"})
_HEARER = re.compile("[^，。！？：；“”「」]{1,10}(?=[。！？，：])")
_FAR = 30  # characters between a quotation and its cue


class DirectSpeech:
    """Quotations with the cue behind them."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def find(self, taken: set[int]) -> list[Frame]:
        """Return the attributions in order; a quotation that goes on behind the cue is part of it."""
        found: list[Frame] = []
        used: set[int] = set()
        for number, quotation in enumerate(self.words.quotations):
            if number in used or not quotation.closed:
                continue
            cue = self._cue(quotation, taken) if not self._led(quotation) else None
            if cue is None:
                continue
            parts: list[Span] = [(quotation.start, quotation.end)]
            last = number
            while (following := self._next(last, cue if last == number else None)) is not None:
                last = following
                used.add(last)
                other = self.words.quotations[last]
                parts.append((other.start, other.end))
            head = self.words.subject(cue.verb) or self._before(cue, quotation)
            source = self.words.source(head, cue) if head is not None else None
            stance = cue.stance("quote", "clause") or "asserts"
            found.append(Frame(cue.first, head, source, self.words.cue_span(cue), parts, stance, "quote"))
        return found

    def _cue(self, quotation: Quotation, taken: set[int]) -> CueWord | None:
        text, tree = self.words.tree.text, self.words.tree
        inner = text[quotation.start + 1 : quotation.end - 1]
        after = text[quotation.end : quotation.end + 1]
        if not inner or not (inner[-1] in _SPOKEN or after in COMMAS):
            return None
        block_end = text.find("\n", quotation.end)
        limit = min(block_end if block_end >= 0 else len(text), quotation.end + _FAR)
        for token in tree.tokens[tree.first_at(quotation.end) :]:
            if token.start >= limit or (token.pos == "PUNCT" and not self._leads(token, quotation)):
                return None
            if token.i in taken:
                return None
            cue = self.words.cue_at(token)
            if cue is not None and cue.stance("quote", "clause") is not None:
                return cue if self._closes(cue) else None
        return None

    def _led(self, quotation: Quotation) -> bool:
        """Return whether a cue or a name with its colon stands right before the quotation."""
        tokens = self.words.tree.tokens
        place = self.words.tree.first_at(quotation.start) - 1
        if place < 0 or tokens[place].text not in COMMAS | COLONS or tokens[place].end < quotation.start - 1:
            return False
        if tokens[place].text in COLONS:
            return True
        return place > 0 and any(self.words.cue_at(t) is not None for t in tokens[max(0, place - 2) : place])

    @staticmethod
    def _leads(token: Token, quotation: Quotation) -> bool:
        return token.start == quotation.end and token.text in COMMAS

    def _closes(self, cue: CueWord) -> bool:
        """Return whether the remark ends with its cue, or a quotation goes on behind it."""
        text = self.words.tree.text
        place = self._end(cue)
        while text[place : place + 1] in {"了", "过"} and text[place : place + 1]:
            place += 1
        rest = text[place : place + 2]
        return (
            not rest
            or rest[0] in "。！？；\n"
            or (rest[0] in "，：,:" and rest[1:2] in {"“", "「", "『", '"'})
        )

    def _end(self, cue: CueWord) -> int:
        """Return where the cue ends, with who is told: 告诉记者."""
        text = self.words.tree.text
        hearer = _HEARER.match(text, cue.last.end) if cue.first.lemma in _TOLD else None
        return hearer.end() if hearer is not None else cue.last.end

    def _next(self, number: int, cue: CueWord | None) -> int | None:
        """Return the quotation that goes on right behind the cue, or behind the one before."""
        if number + 1 >= len(self.words.quotations):
            return None
        before, after = self.words.quotations[number], self.words.quotations[number + 1]
        start = self._end(cue) if cue is not None else before.end
        between = self.words.tree.text[start : after.start]
        marks = COMMAS | COLONS | {"。", "！", " "}
        if after.block == before.block and cue is not None and all(char in marks for char in between):
            answered = "。" in between and self._cue(after, set()) is not None  # “……？”记者问。“没有。”他说。
            return None if answered else number + 1
        return None

    def _before(self, cue: CueWord, quotation: Quotation) -> Token | None:
        before = self.words.before(cue.first)
        while before is not None and before.start >= quotation.end:
            if before.pos in {"NOUN", "PROPN", "PRON"} and before.dep not in {"obl", "compound"}:
                return before
            before = self.words.before(before)
        return None
