"""Who a Chinese cue's subject is: the noun, whether it can speak, and how far its words go."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casegraph.attribute.base import Span
from casegraph.attribute.universal.lexicon import Cue, Lexicon
from casegraph.attribute.universal.names import Names
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Stance

COMMAS = frozenset({"，", ","})
COLONS = frozenset({"：", ":"})
TIMES = frozenset("时 后 前 之后 之前 期间 之际 时候".split())
_WRITINGS = ("书", "》")
_STATES = frozenset("离职 退休 在任 流亡 卸任 被捕 在押 获救 涉案 涉事 失踪 现役 退役 知情 匿名 落选".split())
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
_SOURCES = (
    "sources.unnamed", "sources.offices", "sources.people", "words.personal", "words.first_singular",
    "words.first_plural",
)  # fmt: skip
_SPEAKERS = tuple(
    """
人士 者 方 部 局 署 厂 员 人 家 长 社 报 们 公司 集团
机关 单位 机构 办公室 团队 组织 法院 商 师 友 民 团 队 委 院 行
""".split()
)
_ABOUT = frozenset("就 因 因为 由于 针对".split())
_FAR = 24  # words before a source in which its number stands


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


def is_document(word: str, lexicon: Lexicon) -> bool:
    """Return whether the noun is a paper or a record, by its end: 会议纪要."""
    documents = lexicon.words["sources.documents"]
    return word in documents or word.endswith((*_WRITINGS, *(one for one in documents if len(one) > 1)))


class Sources:
    """A page's tokens with what is asked of those who speak."""

    def __init__(self, tree: Tree, lexicon: Lexicon, names: Names) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.names = names

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

    def subject(self, verb: Token, depth: int = 4) -> Token | None:
        """Return the noun that does what the verb tells; a person named right before it goes first."""
        own = self._subject(verb, depth)
        return self._named_before(verb, own) or own

    def _named_before(self, verb: Token, own: Token | None) -> Token | None:
        """Return the person between a place or body and the verb: 正在日内瓦出席会议的团长X对记者说."""
        named = self.names.of(own) if own is not None else None
        if own is None or own.pos == "PRON" or named is None or named.schema == "Person" or own.i > verb.i:
            return None
        between = self.tree.tokens[own.i + 1 : verb.i]
        if any(t.pos == "PUNCT" for t in between):
            return None
        for token in reversed(between):
            mention = self.names.at(token)
            after = self.tree.tokens[token.i + 1]
            other = mention is None or mention.schema != "Person" or token.under(own)
            if other or after.pos in {"NOUN", "PROPN", "PART"}:
                continue
            before = self.before(token)
            while before is not None and before.i > own.i and before.pos in {"NOUN", "PROPN", "ADJ"}:
                before = self.before(before)
            if before is None or before.pos != "ADP":
                return token.head if token.dep == "appos" and token.head.pos == "NOUN" else token
        return None

    def _subject(self, verb: Token, depth: int) -> Token | None:
        """Return the noun that does what the verb tells, of a joined verb that of the one before."""
        own = next((c for c in verb.kids("nsubj") if c.i < verb.i), None)
        if own is not None:
            loose = self._inside(own, verb) or not self.speaks(own)
            topic = self._topic(verb, own) if loose else own
            if topic is not None or own.lemma not in TIMES or verb.head is verb or not depth:
                return topic or own
            return self.subject(verb.head, depth - 1) or own
        if verb.dep in {"conj", "xcomp"} and verb.head.lemma == "有":  # 有网民质疑
            some = [n for n in verb.head.kids("obj") if verb.head.i < n.i < verb.i]
            if some:
                return some[-1]
        above = self._above(verb)
        if above is not None:
            return self.subject(above, depth - 1) if depth else None
        before = (n for c in verb.kids("advcl") if c.i < verb.i for n in c.kids("nsubj"))
        return next((n for n in before if self.speaks(n)), None)  # X出席活动后表示

    def _above(self, verb: Token) -> Token | None:
        """Return the verb before that has the same subject: X承认……，并称; 回复投资者提问时表示."""
        asked = verb.head
        if asked is verb or asked.i > verb.i:
            return None
        within = any(t.lemma in TIMES for t in self.tree.tokens[asked.i : verb.i])
        if verb.dep in {"conj", "xcomp", "parataxis"}:
            return asked.head if asked.dep == "ccomp" and asked.head.i < asked.i and within else asked
        return asked if verb.dep == "ccomp" and any(n.lemma in TIMES for n in verb.kids("obj")) else None

    def _inside(self, noun: Token, verb: Token) -> bool:
        """Return whether the noun stands in a phrase of time or reason: 就此事, 答记者问时, 因消息未公开."""
        before = self.before(noun)
        while before is not None and before.dep in {"compound", "det", "amod", "nmod"}:
            before = self.before(before)
        led = before is not None and before.lemma in _ABOUT and before.head is verb
        return led or noun.lemma in TIMES or any(c.lemma in TIMES for c in noun.kids("case"))

    def _topic(self, verb: Token, noun: Token) -> Token | None:
        """Return the speaker that stands before the phrase."""
        found = [c for c in verb.kids("dislocated") if c.i < noun.i and self.speaks(c)]
        return found[-1] if found else None

    def speaks(self, head: Token, who: str = "any") -> bool:
        """Return whether the noun can be somebody who speaks, or a document."""
        words, mention = self.lexicon.words, self.names.of(head)
        document = is_document(head.lemma, self.lexicon)
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
        start = self._widened(start, head)
        dateline = _DATELINE.match(self.tree.text, start, end)
        start = dateline.end() if dateline is not None and dateline.end() < head.end else start
        end = next((end - len(word) for word in _WHERE if self.tree.text[start:end].endswith(word)), end)
        text = self.tree.text
        if text[start - 1 : start] == "《" and "》" in text[start : end + 1]:
            start -= 1
        if text[end : end + 1] == "》" and "《" in text[start:end]:
            end += 1
        return start, end

    def _widened(self, start: int, head: Token) -> int:
        """Return where words begin that hang elsewhere: 欧盟|一名外交官, 前述离职|员工, 其中|两人."""
        tokens, place = self.tree.tokens, self.tree.first_at(start)
        while place and tokens[place - 1].end == start and tokens[place - 1].sentence == head.sentence:
            before = tokens[place - 1]
            name = before.pos == "PROPN" and before.dep == "dislocated" and self.names.at(before) is not None
            state = before.lemma in _STATES or before.lemma == "其中"
            described = before.pos in {"ADJ", "DET"} and before.dep in {"amod", "advmod", "det"}
            counted = tokens[place].pos == "NUM" and before.pos in {"NOUN", "PROPN"} and self.speaks(before)
            within = before.dep in {"compound", "nmod"} and before.head is tokens[place]
            loose = name or state or described or counted or within
            if before.sub == "tmod" or before.kids("case") or not loose:
                break
            place, start = place - 1, before.start
        return start

    def _counted_from(self, start: int, head: Token) -> int:
        """Return where 一位不愿具名的官员 begins, its number and clause hung elsewhere."""
        place = self.tree.first_at(start)
        for token in reversed(self.tree.tokens[max(0, place - _FAR) : place]):
            if token.sentence != head.sentence or (token.pos == "PUNCT" and token.text not in "“”「」"):
                break
            if token.pos == "ADP" and token.lemma in _LEADING:
                break
            measured = self.tree.tokens[token.i + 1]
            if token.pos in {"NUM", "DET"} and measured.dep == "clf" and self._describes(measured, head):
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
