"""Who would not comment, in Chinese: 拒绝置评, 没有回应置评请求, 未作出回应."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.chinese.sources import COMMAS, CueWord
from casegraph.attribute.chinese.words import Words
from casegraph.attribute.universal.spans import Frame
from casegraph.attribute.universal.tree import Token

_BETWEEN = frozenset({"obl", "case", "obj", "nmod", "compound"})
_MATTERS = frozenset("此事 此 就此 对此 就 有关 问题 事件 报道 指控".split())
_WILLING = frozenset({"愿", "肯", "便", "想", "欲", "愿意"})
_NO_SILENCE = frozenset({"不", "别", "不能", "不会", "非", "无"})
_COMMENTING = frozenset({"评论", "置评", "评价", "回应"})
_LIGHT = frozenset({"作出", "做出", "给予", "予以", "发表", "接受", "作", "予", "做", "提供"})


class Silence:
    """Refusals and answers that did not come."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def find(self) -> Iterator[Frame]:
        """Yield the refusals in order."""
        done = -1
        for token in self.words.tree.tokens:
            if token.dep in {"acl", "compound", "amod"} or token.start < done or self._is_relative(token):
                continue
            frame = self._refused(token) or self._unanswered(token) or self._withheld(token)
            if frame is not None:
                done = max(end for _, end in (*frame.content, *((frame.cue,) if frame.cue else ())))
                yield frame

    def _is_relative(self, token: Token) -> bool:
        """Return whether a clause with 的 tells who somebody is: 一名不愿透露姓名的外交官."""
        before = self.words.before(token)
        while before is not None and (before.pos in {"ADV", "AUX"} or before.lemma.lstrip("不") in _WILLING):
            before = self.words.before(before)
        counted = before is None or before.pos in {"NUM", "DET", "ADP", "PUNCT"} or before.dep == "clf"
        behind = self._clause(token)
        return counted and any(one.lemma == "的" for one in behind[:-1])

    def _clause(self, token: Token) -> list[Token]:
        """Return the tokens behind, up to the clause's end."""
        found = []
        following = self.words.next(token)
        while following is not None and following.pos != "PUNCT":
            found.append(following)
            following = self.words.next(following)
        return found

    def _refused(self, token: Token) -> Frame | None:
        lexicon = self.words.lexicon
        before = self.words.before(token)
        unwilling = token.lemma in _WILLING and before is not None and before.lemma == "不"
        if not unwilling and not lexicon.has("silence.refuse", token.lemma):
            return None
        behind = self._clause(token)
        if not any(lexicon.has("silence.refused", t.lemma) for t in behind):
            return None
        if unwilling and before is not None:
            return self._frame(before, token, behind, verb=behind[0])
        return self._frame(token, token, behind)

    def _unanswered(self, token: Token) -> Frame | None:
        lexicon = self.words.lexicon
        if not lexicon.has("silence.answer", token.lemma) or token.pos not in {"VERB", "AUX", "NOUN"}:
            return None
        first = self.words.before(token)
        while (
            first is not None
            and first.pos in {"ADV", "AUX"}
            and not lexicon.has("words.negation", first.lemma)
        ):
            first = self.words.before(first)
        while (
            first is not None
            and (first.dep in {"obl", "case", "obj", "nmod", "compound"} or first.lemma in _MATTERS)
            and first.pos != "PUNCT"
        ):
            first = self.words.before(first)  # 未对此作出回应, 未就此事作出回应
        if first is None or not lexicon.has("words.negation", first.lemma):
            return None
        behind = self._clause(token)
        asked = any(lexicon.has("silence.answered", t.lemma) for t in behind)
        if behind and not asked:
            return None
        if not behind and token.lemma in _LIGHT:
            return None
        last = token
        if token.lemma in _LIGHT and len(behind) == 1 and lexicon.has("silence.answer", behind[0].lemma):
            last, behind = behind[0], []
        return self._frame(first, last, behind, verb=token)

    def _withheld(self, token: Token) -> Frame | None:
        """Return 没有透露买家的身份: what is kept back stands behind as a noun or a question."""
        lexicon = self.words.lexicon
        if not lexicon.has("silence.withhold", token.lemma) or token.pos not in {"VERB", "AUX"}:
            return None
        first = self.words.before(token)
        while (
            first is not None
            and first.pos in {"ADV", "AUX"}
            and not lexicon.has("words.negation", first.lemma)
        ):
            first = self.words.before(first)
        if first is None or not lexicon.has("words.negation", first.lemma):
            return None
        if first.lemma in _NO_SILENCE and not (first.lemma == "不" and token.lemma in _COMMENTING):
            return None
        behind = self._clause(token)
        while behind and behind[0].lemma in {"过", "了"}:
            behind = behind[1:]
        if not behind or (
            behind[0].pos in {"VERB", "ADV"} and not lexicon.has("words.asking", behind[0].lemma)
        ):
            return None
        return self._frame(first, token, behind, verb=token)

    def _frame(
        self, first: Token, last: Token, behind: list[Token], verb: Token | None = None
    ) -> Frame | None:
        words = self.words
        head = words.subject(verb or first) or words.subject(last) or self._before(first)
        if head is None:
            return None
        content = words.trimmed(behind[0].start, behind[-1].end) if behind else None
        source = words.source(head, CueWord(first, last, ()))
        parts = [content] if content is not None else []
        anchor = verb or first
        return Frame(
            anchor, head, source, (first.start, last.end), parts, "declines-comment", "silence", anchor
        )

    def _before(self, first: Token) -> Token | None:
        """Return the noun that opens the clause of the refusal."""
        found = None
        before = self.words.before(first)
        while before is not None and before.text not in COMMAS and before.pos != "PUNCT":
            if before.pos in {"NOUN", "PROPN", "PRON"} and before.dep not in {"obl", "compound", "nmod"}:
                found = before
            before = self.words.before(before)
        return found if found is not None and self.words.speaks(found) else None
