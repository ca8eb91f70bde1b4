"""Cue words of a Chinese page and how far what they govern goes."""

from __future__ import annotations

from itertools import pairwise

from casegraph.attribute.base import Span
from casegraph.attribute.chinese.sources import COLONS, COMMAS, TIMES, CueWord, Sources
from casegraph.attribute.quotes import Quotation, Quotations
from casegraph.attribute.trim import trim
from casegraph.attribute.universal.lexicon import Cue, Lexicon
from casegraph.attribute.universal.names import Names
from casegraph.attribute.universal.tree import Token, Tree

_ENDS = "。！？!?；;…"
_OPENING = '“「『"«'
_AFTER = frozenset({"了", "过", "到", "道"})
_PARTICLES = _AFTER | {"地", "得", "着"}
_DESCRIBING = frozenset(
    """
有关 相关 上述 这些 那些 这一 此类 任何 该 其 所有 此 这种 各种
本 本次 上次 该项 一份 这份 那份 一则 这则
""".split()
)
_TELLING = frozenset("告诉 告知 通知 提醒 警告 转告 询问 质问 问 追问".split())
_NOBODY_SAYS = frozenset("所 没人 无人 没有人 谁".split())  # 本协议所称, 没人敢问
_TAKING = frozenset(
    """
接到 接获 收到 遭到 受到 提出 作出 做出 发出 提起 面临 引发 招致 遭 涉及 回应 缺乏 无视
""".split()
)
_STATEMENTS = frozenset("报道 指控 声明 指责 质疑 批评 要求 呼吁 警告 承诺 举报".split())
_DEEDS = frozenset(
    "指示 下令 命令 申请 授意 邀请 责成 吩咐 动员 喝令 提出 约定 商定 检举 举报".split()
)  # done rather than said
_HEARER = 8  # words that name who is told


def _stated(cue: Cue) -> Cue:
    """Return the reading of a verb with 称 behind it: what 反驳称 brings is asserted."""
    return Cue(cue.frame, "asserts", cue.who) if cue.stance == "denies" else cue


class Words(Sources):
    """A page's tokens with what the frames ask of them."""

    def __init__(self, tree: Tree, lexicon: Lexicon, names: Names, quotations: Quotations) -> None:
        super().__init__(tree, lexicon, names)
        self.quotations = quotations

    # -- cues ------------------------------------------------------------------------------------------

    def cues(self, word: str) -> tuple[Cue, ...]:
        """Return the readings of a word, or of the verb before 说, 称, 道 in it: 回应称."""
        found = self.lexicon.verbs.get(word, ())
        if found or len(word) < 3:
            return found
        for tail in self.lexicon.words["words.say"]:
            if word.endswith(tail):
                found = found or self.lexicon.verbs.get(word.removesuffix(tail), ())
        return tuple(_stated(cue) for cue in found)

    def cue_at(self, token: Token) -> CueWord | None:
        """Return the cue that begins with the token, with the 说 or 称 behind it."""
        if token.pos not in {"VERB", "AUX"} or token.dep in {"acl", "compound", "amod"}:
            return None
        cues = self.cues(token.lemma)
        if not cues or self.names.at(token) is not None or self._is_noun(token):
            return None
        if self._by_nobody(token):
            return None
        last, after = token, self.next(token)
        if after is not None and self.lexicon.has("words.say", after.lemma) and after.pos in {"VERB", "AUX"}:
            last = after
            if not any(cue.frame == "clause" for cue in cues):
                stance = _stated(cues[0]).stance
                cues = (Cue("clause", stance), Cue("quote", stance), *cues)
        return CueWord(token, last, cues)

    def _by_nobody(self, token: Token) -> bool:
        """Return whether nobody says it: 本协议所称, 没人敢问; 称了称 weighs."""
        before = self.before(token)
        while before is not None and before.pos in {"AUX", "ADV"} and before.lemma not in _AFTER:
            before = self.before(before)
        if before is None:
            return False
        earlier = self.before(before)
        twice = before.lemma in {"了", "一"} and earlier is not None and earlier.lemma.endswith(token.lemma)
        none = before.lemma == "人" and earlier is not None and earlier.lemma in {"没", "没有", "无"}
        return before.lemma in _NOBODY_SAYS or twice or none

    def _is_noun(self, token: Token) -> bool:
        """Return whether the tagger's verb is a noun here: 有关指控, 该要求, 他的说法, 接到举报."""
        before = self.before(token)
        if before is None:
            return False
        if before.lemma in _TAKING or (token.lemma in _STATEMENTS and self._is_matter(token, before)):
            return True
        described = before.lemma in _DESCRIBING or (before.pos == "DET" and before.dep != "nsubj")
        return described or (before.lemma == "的" and token.dep not in {"root", "ccomp", "conj", "parataxis"})

    def _is_matter(self, token: Token, before: Token) -> bool:
        """Return whether something is done about the report or charge: 就不实报道提起诉讼."""
        after = self.next(token)
        if before.pos == "ADJ":
            return True
        here: Token | None = before
        while here is not None and here.pos not in {"PUNCT", "VERB"}:
            if here.lemma in {"就", "针对", "对", "对于", "面对"}:
                ended = after is None or after.text in COMMAS
                return here.lemma in {"针对", "面对"} if ended else after is not None and after.pos == "VERB"
            here = self.before(here)
        return False

    def cue_span(self, cue: CueWord) -> Span:
        """Return the cue's characters with the negation and the modal verb right before it."""
        first = cue.first
        while (before := self.before(first)) is not None and (
            self.lexicon.has("words.negation", before.lemma)
            or (before.pos == "AUX" and before.lemma not in _PARTICLES)
        ):
            first = before
        return first.start, cue.last.end

    def negated(self, cue: CueWord) -> bool:
        """Return whether a negation stands right before the cue."""
        return self.cue_span(cue)[0] < cue.first.start and any(
            self.lexicon.has("words.negation", t.lemma)
            for t in self.tree.at(self.cue_span(cue)[0], cue.first.start)
        )

    # -- what --------------------------------------------------------------------------------------------

    def after(self, cue: CueWord) -> tuple[int, bool] | None:
        """Return where what follows the cue begins, and whether a mark parts it; None at the clause's end."""
        token = self.next(cue.last)
        while token is not None and token.lemma in _AFTER and token.pos in {"AUX", "PART"}:
            token = self.next(token)
        if token is not None and token.lemma in {"得", "着"}:  # 他回应得很快, 喊着口号
            return None
        if token is not None and cue.first.lemma in _TELLING:
            token = self._past_hearer(token)
        if token is None:
            return self._quotation_behind(cue)
        if token.text in COMMAS | COLONS:
            following = self.next(token)
            return (following.start, True) if following is not None else self._quotation_behind(cue)
        if token.text[:1] in _ENDS:
            return None
        return token.start, False

    def _past_hearer(self, token: Token) -> Token | None:
        """Return what stands behind the one who is told: 告诉记者，."""
        here: Token | None = token
        for _ in range(_HEARER):
            if here is None or here.pos in {"VERB", "ADV", "AUX"} or here.lemma in TIMES:
                return token
            if here.text in COMMAS | COLONS:
                return here
            after = self.next(here)
            if here.pos in {"NOUN", "PROPN"} and after is not None and after.pos in {"PRON", "DET"}:
                return after
            here = after
        return token

    def _quotation_behind(self, cue: CueWord) -> tuple[int, bool] | None:
        text = self.tree.text
        place = cue.last.end
        while place < len(text) and text[place] in "，,：: ":
            place += 1
        return (place, True) if place < len(text) and text[place] in _OPENING else None

    def opens(self, place: int) -> Quotation | None:
        """Return the quotation that begins at the place."""
        return next((q for q in self.quotations.within(place, place + 1) if q.start == place), None)

    def end_of(self, token: Token) -> int:
        """Return where the sentence of the token ends, or the quotation that it is in."""
        sentence = self.tree.sentence(token)
        end = sentence[-1].end
        held = self.quotations.at(token.start)
        return min(end, held.inner()[1]) if held is not None else end

    def scope(self, cue: CueWord, start: int) -> int:
        """Return where the cue's content ends: with the sentence, or before the subject's next cue."""
        end = self.end_of(cue.first)
        tokens = [t for t in self.tree.sentence(cue.first) if start <= t.start < end]
        if (moment := self._moment(cue, tokens)) is not None:
            return moment.start
        for place, token in enumerate(tokens):
            if token.text not in COMMAS | {"；", ";"} or self._quoted_since(start, token.start):
                continue
            if token.text in {"；", ";"} or self._goes_on(tokens[place + 1 :]):
                return token.start
        return end

    def _moment(self, cue: CueWord, tokens: list[Token]) -> Token | None:
        """Return 时 of 当记者追问X时，."""
        before = self.before(cue.first)
        while before is not None and before.lemma != "当":
            if before.pos == "PUNCT":
                return None
            before = self.before(before)
        if before is None:
            return None
        return next(
            (one for one, after in pairwise(tokens) if one.lemma in TIMES and after.text in COMMAS), None
        )

    def _quoted_since(self, start: int, place: int) -> bool:
        held = self.quotations.at(place)
        return held is not None and held.start >= start

    def _goes_on(self, tokens: list[Token]) -> bool:
        """Return whether a clause is the subject's next act: "，并称", "，但拒绝"; or turns to another's."""
        turned = joined = led = False
        for token in tokens:
            if self.lexicon.has("words.joining", token.lemma):
                joined = True
                turned = turned or self.lexicon.has("words.turning", token.lemma)
                continue
            if token.text in COMMAS:
                return False
            found = self.cue_at(token)
            if found is not None and not turned and (led or self._acts(found)):
                return False
            if found is not None or self._refuses(token):
                plain = found is None or any(c.frame in {"clause", "np", "obj"} for c in found.cues)
                own = any(c.i >= tokens[0].i for c in token.kids("nsubj"))
                return plain and (turned or not own) and (joined or not own)
            if (
                token.pos in {"ADV", "AUX"}
                or token.dep in {"advmod", "obl", "case", "aux"}
                or token.sub == "tmod"
            ):
                continue
            if token.pos in {"NOUN", "PROPN", "PRON", "DET", "PART", "NUM"}:
                led = led or not turned  # 目击者则说: it turns behind its subject
                continue
            return False
        return False

    @staticmethod
    def _acts(cue: CueWord) -> bool:
        """Return whether the cue tells a deed or a plan, which may belong to what was said: 并指示下属."""
        planned = all(one.frame == "clause" and one.stance == "predicts" for one in cue.cues)
        return planned or cue.first.lemma in _DEEDS

    def _refuses(self, token: Token) -> bool:
        return self.lexicon.has("silence.refuse", token.lemma) and token.pos in {"VERB", "AUX"}

    def trimmed(self, start: int, end: int) -> Span | None:
        """Return the span without the marks around it, with both marks of a quotation or with none."""
        text = self.tree.text
        while end > start and text[end - 1] in "。，,；;：:、 \n":
            end -= 1
        while start < end and text[start] in "，,；;：:、。 \n":
            start += 1
        for opening, closing in (("“", "”"), ("「", "」"), ("『", "』"), ("（", "）"), ("《", "》")):
            words = text[start:end]
            if words.endswith(closing) and words.count(closing) > words.count(opening):
                end -= 1
            elif words.count(opening) > words.count(closing) and text[end : end + 1] == closing:
                end += 1
        return trim(text, (start, end)) if end > start else None
