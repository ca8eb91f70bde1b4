"""Cue words of a Chinese page and how far what they govern goes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from casegraph.attribute.base import Span
from casegraph.attribute.quotes import Quotation, Quotations
from casegraph.attribute.trim import trim
from casegraph.attribute.universal.lexicon import Cue, Lexicon
from casegraph.attribute.universal.names import Names
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Stance

COMMAS = frozenset({"，", ","})
COLONS = frozenset({"：", ":"})
_ENDS = "。！？!?；;…"
_OPENING = '“「『"«'
_AFTER = frozenset({"了", "过", "到", "道"})
_DESCRIBING = frozenset(
    """
有关 相关 上述 这些 那些 这一 此类 任何 该 其 所有 此 这种 各种
本 本次 上次 该项 一份 这份 那份 一则 这则
""".split()
)
_TELLING = frozenset("告诉 告知 通知 提醒 警告 转告 询问 质问 问 追问".split())
_TIMES = frozenset("时 后 前 之后 之前 期间 之际 时候".split())
_ABOUT = frozenset("就 因 因为 由于 针对".split())
_BESIDE = frozenset({"advmod", "obl", "case", "aux"})
_NOBODY_SAYS = frozenset("所 没人 无人 没有人 谁".split())  # 本协议所称, 没人敢问
_TAKING = frozenset(
    """
接到 接获 收到 遭到 受到 提出 作出 做出 发出 提起 面临 引发 招致 遭 涉及 回应 缺乏 无视

""".split()
)
_DEEDS = frozenset(
    "指示 下令 命令 申请 授意 邀请 责成 吩咐 动员 喝令 约定 商定 检举 举报".split()
)  # done rather than said
_FAR = 24  # words before a source in which its number stands
_LEADING = frozenset({"据", "根据", "对", "向", "援引", "与"})
_PERSONAL = frozenset("名 位 个 家 份 批 些 群".split())
_DATELINE = re.compile(
    r"(?:[^，。“”]{0,14}?(?:电|讯|訊|電|報導|报道))?\s*[（(][^（）()]*(?:记者|記者|编辑|通讯员)[^（）()]*[）)]\s*"
)
_WHERE = (
    "庭上",
    "会上",
    "席间",
    "席上",
    "当庭",
    "庭外",
    "法庭上",
    "會上",
    "席間",
    "當庭",
)  # hung on the source
_HEARER = 8  # words that name who is told
_SOURCES = (
    "sources.unnamed", "sources.offices", "sources.people", "words.personal", "words.first_singular",
    "words.first_plural",
)  # fmt: skip
_SPEAKERS = tuple(
    "人士 者 方 部 局 署 厂 员 人 家 长 社 报 们 公司 集团 机关 单位 机构 办公室 团队 组织 法院 商 师 友 民 团 队 委 院 行".split()
)
_WRITINGS = tuple("文件 报告 记录 书 》".split())


@dataclass(slots=True)
class CueWord:
    """A cue: its first and last token, its readings, the token that the tree knows it by."""

    first: Token
    last: Token
    cues: tuple[Cue, ...]

    @property
    def verb(self) -> Token:
        """The token that carries the subject."""
        return self.first

    def stance(self, *frames: str) -> Stance | None:
        """Return the stance of the first reading with one of the frames."""
        return next((cue.stance for cue in self.cues if cue.frame in frames), None)


def _stated(cue: Cue) -> Cue:
    """Return the reading of a verb with 称 behind it: what 反驳称 brings is asserted."""
    return Cue(cue.frame, "asserts", cue.who) if cue.stance == "denies" else cue


class Words:
    """A page's tokens with what the frames ask of them."""

    def __init__(self, tree: Tree, lexicon: Lexicon, names: Names, quotations: Quotations) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.names = names
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
        while before is not None and before.pos == "AUX" and before.lemma not in _AFTER:
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
        if before.lemma in _TAKING:
            return True
        described = before.lemma in _DESCRIBING or (before.pos == "DET" and before.dep != "nsubj")
        return described or (before.lemma == "的" and token.dep not in {"root", "ccomp", "conj", "parataxis"})

    def next(self, token: Token) -> Token | None:
        """Return the token behind, in the same sentence."""
        place = token.i + 1
        if place < len(self.tree.tokens) and self.tree.tokens[place].sentence == token.sentence:
            return self.tree.tokens[place]
        return None

    def before(self, token: Token) -> Token | None:
        """Return the token before, in the same sentence."""
        if token.i and self.tree.tokens[token.i - 1].sentence == token.sentence:
            return self.tree.tokens[token.i - 1]
        return None

    def cue_span(self, cue: CueWord) -> Span:
        """Return the cue's characters with the negation and the modal verb right before it."""
        first = cue.first
        while (before := self.before(first)) is not None and (
            self.lexicon.has("words.negation", before.lemma)
            or (before.pos == "AUX" and before.lemma not in _AFTER)
        ):
            first = before
        return first.start, cue.last.end

    def negated(self, cue: CueWord) -> bool:
        """Return whether a negation stands right before the cue."""
        return self.cue_span(cue)[0] < cue.first.start and any(
            self.lexicon.has("words.negation", t.lemma)
            for t in self.tree.at(self.cue_span(cue)[0], cue.first.start)
        )

    # -- who ---------------------------------------------------------------------------------------------

    def subject(self, verb: Token, depth: int = 4) -> Token | None:
        """Return the noun that does what the verb tells, of a joined verb that of the one before."""
        own = next((c for c in verb.kids("nsubj") if c.i < verb.i), None)
        if own is not None:
            return own if not self._inside(own, verb) else self._topic(verb, own) or own
        if verb.dep in {"conj", "xcomp"} and verb.head.lemma == "有":  # 有网民质疑
            some = [n for n in verb.head.kids("obj") if verb.head.i < n.i < verb.i]
            if some:
                return some[-1]
        if (
            depth
            and verb.dep in {"conj", "xcomp", "parataxis"}
            and verb.head is not verb
            and verb.head.i < verb.i
        ):
            return self.subject(verb.head, depth - 1)
        return None

    def _inside(self, noun: Token, verb: Token) -> bool:
        """Return whether the noun stands in a phrase of time or reason: 就此事, 答记者问时, 因消息未公开."""
        before = self.before(noun)
        while before is not None and before.dep in {"compound", "det", "amod", "nmod"}:
            before = self.before(before)
        led = before is not None and before.lemma in _ABOUT and before.head is verb
        return led or noun.lemma in _TIMES or any(c.lemma in _TIMES for c in noun.kids("case"))

    def _topic(self, verb: Token, noun: Token) -> Token | None:
        """Return the speaker that stands before the phrase."""
        found = [c for c in verb.kids("dislocated") if c.i < noun.i and self.speaks(c)]
        return found[-1] if found else None

    def speaks(self, head: Token, who: str = "any") -> bool:
        """Return whether the noun can be somebody who speaks, or a document."""
        words, mention = self.lexicon.words, self.names.of(head)
        document = head.lemma in words["sources.documents"] or head.lemma.endswith(
            ("文件", "报告", "记录", "书", "》")
        )
        if who == "document":
            return document or mention is not None
        if mention is not None or document or head.pos in {"PRON", "PROPN"}:
            return True
        return any(head.lemma in words[name] for name in _SOURCES) or head.lemma.endswith(_SPEAKERS)

    def source(self, head: Token, cue: CueWord | None = None) -> Span:
        """Return the noun phrase of a source up to its cue."""
        drop = head.kids("case", "mark", "cc", "marker")
        kept = [t for t in head.subtree(drop=drop) if cue is None or t.i < cue.first.i]
        kept = [t for t in kept if t.text not in COMMAS | COLONS] or [head]
        start, end = self.tree.run(head, kept)
        start = self._counted_from(start, head)
        first = self.tree.tokens[self.tree.first_at(start) - 1] if self.tree.first_at(start) else head
        if first.lemma == "其中" and first.end == start:
            start = first.start
        dateline = _DATELINE.match(self.tree.text, start, end)
        start = dateline.end() if dateline is not None and dateline.end() < head.end else start
        end = next((end - len(word) for word in _WHERE if self.tree.text[start:end].endswith(word)), end)
        text = self.tree.text
        if text[start - 1 : start] == "《" and "》" in text[start : end + 1]:
            start -= 1
        if text[end : end + 1] == "》" and "《" in text[start:end]:
            end += 1
        return start, end

    def _counted_from(self, start: int, head: Token) -> int:
        """Return where 一位不愿具名的官员 begins, its number and clause hung elsewhere."""
        place = self.tree.first_at(start)
        for token in reversed(self.tree.tokens[max(0, place - _FAR) : place]):
            if token.sentence != head.sentence or (token.pos == "PUNCT" and token.text not in "“”「」"):
                break
            if token.pos == "ADP" and token.lemma in _LEADING:
                break
            measured = self.tree.tokens[token.i + 1]
            if (
                token.pos in {"NUM", "DET"}
                and measured.dep == "clf"
                and self._describes(token, measured, head)
            ):
                return token.start
        return start

    def _describes(self, measure: Token, head: Token) -> bool:
        """Return whether a number with its measure counts the head, over a clause with 的 or offices."""
        between = self.tree.tokens[measure.i + 1 : head.i]
        if not between or any(t.pos == "PUNCT" and t.text not in "“”「」" for t in between):
            return False
        if any(t.lemma == "的" for t in between):
            return measure.lemma in _PERSONAL or between[0].pos not in {"NOUN", "PROPN"}
        return measure.lemma in _PERSONAL and not any(t.pos in {"VERB", "PRON"} for t in between)

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
            if here is None or here.pos in {"VERB", "ADV", "AUX"}:
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
            (one for one, after in pairwise(tokens) if one.lemma in _TIMES and after.text in COMMAS), None
        )

    def _quoted_since(self, start: int, place: int) -> bool:
        held = self.quotations.at(place)
        return held is not None and held.start >= start

    def _goes_on(self, tokens: list[Token]) -> bool:
        """Return whether a clause is the subject's next act: "，并称", "，但拒绝"; or turns to another's."""
        turned = joined = False
        for token in tokens:
            if self.lexicon.has("words.joining", token.lemma):
                joined = True
                turned = turned or self.lexicon.has("words.turning", token.lemma)
                continue
            if token.text in COMMAS:
                return False
            found = self.cue_at(token)
            if found is not None and not turned and self._acts(found):
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
            if turned and token.pos in {"NOUN", "PROPN", "PRON", "DET", "PART", "NUM"}:
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
