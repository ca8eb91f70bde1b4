"""All attributions of a Chinese page, as spans."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.base import Span
from casegraph.attribute.chinese.closing import closing, within_headline
from casegraph.attribute.chinese.direct import DirectSpeech
from casegraph.attribute.chinese.phrases import Phrases
from casegraph.attribute.chinese.silence import Silence
from casegraph.attribute.chinese.sources import COLONS, COMMAS, TIMES, CueWord
from casegraph.attribute.chinese.words import Words
from casegraph.attribute.quotes import find_quotations
from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.names import Names
from casegraph.attribute.universal.spans import Frame
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Page, Stance

_INSIDE = frozenset({"中", "里", "上", "内"})
_LABEL = 14  # characters of a name before the colon of a headline or a transcript
_LINKS = frozenset({"为", "是", "作", "成", "做"})
_CALLS = frozenset(
    """
形容 描述 视 看作 评价 定性 视作 形容为 描述为 视为 定性为 评价为 比作 斥为 称赞 誉 誉为 斥 贬 贬为 批 批为
""".split()
)
_CALLED = frozenset({"称为", "称作", "称之为"})
_OF_THINGS = frozenset(
    "表示 说明 反映 表明 指 显示 证明 记录 记载 提醒 告诉 意味".split()
)  # what a lamp does as well
_EXPRESSING = frozenset({"表示", "表达"})
_JUDGING = frozenset("反对 支持 欢迎 赞扬 赞赏 称赞 肯定 批评 抨击 斥责 嘲讽 抗议 不满 赞同 谴责".split())
_ONGOING = frozenset("调查 研究 评估 审计 登记 审查 谈判 会议 工程 项目".split())
_ASKING_FOR = frozenset({"申请", "邀请", "动员", "勉励"})
_EXPECTING = frozenset({"预计", "预料", "估计", "预期"})
_PARTED = frozenset({"指", "明确", "提出"})  # say something before a comma only
_SUSPECTED = frozenset({"涉嫌", "被控", "被指", "被疑", "被指控", "被曝", "被诉"})
_BELIEVED = frozenset({"认为", "相信", "认定", "看好", "证实", "报道", "传", "指出", "普遍认为"})
_CHARGES = frozenset({"控", "指控", "指", "指责", "控告", "起诉", "怀疑", "批评", "谴责", "曝", "举报"})


def find_frames(page: Page, tree: Tree, lexicon: Lexicon, names: Names) -> list[Frame]:
    """Return the page's attributions in order of their first character."""
    words = Words(tree, lexicon, names, find_quotations(page.text, page.blocks))
    silent = list(Silence(words).find())
    taken = _cued(tree, silent) | {t.i for f in silent for span in f.content for t in tree.at(*span)}
    phrases = list(Phrases(words).find(taken))
    taken |= _cued(tree, phrases) | {t.i for f in phrases if f.source for t in tree.at(*f.source)}
    named = list(_called(words, taken))
    taken |= _cued(tree, named)
    direct = DirectSpeech(words).find(taken)
    taken |= _cued(tree, direct)
    clauses = [_before_silence(words, f, silent) for f in _Clauses(words).find(taken)]
    headlines = list(_labels(page, words, [*direct, *clauses, *phrases]))
    found = [*silent, *phrases, *named, *direct, *clauses, *headlines]
    found = [f for f in found if not (f.make == "adverb" and f.anchor is not None and _is_told(f, found))]
    found = [f for frame in found if (f := within_headline(page, words, frame)) is not None]
    return sorted((f for f in found if f.content or f.make == "silence"), key=lambda frame: frame.start())


def _before_silence(words: Words, frame: Frame, silent: list[Frame]) -> Frame:
    """Return the frame without the clause in which another would not comment: X称……，Y未置评."""
    if len(frame.content) != 1:
        return frame
    start, end = frame.content[0]
    for other in silent:
        low = other.source[0] if other.source is not None and other.head is not frame.head else -1
        if start < low < end and words.tree.text[low - 1] in COMMAS:
            cut = words.trimmed(start, low)
            frame.content = [cut] if cut is not None else frame.content
    return frame


def _is_told(frame: Frame, others: list[Frame]) -> bool:
    """Return whether somebody says 涉嫌: then it is a hedge of what they say."""
    if frame.anchor is None or frame.anchor.lemma != "涉嫌":
        return False
    place = frame.anchor.start
    return any(s <= place < e for other in others if other is not frame for s, e in other.content)


def _cued(tree: Tree, frames: list[Frame]) -> set[int]:
    """Return the tokens of the frames' cues."""
    return {t.i for f in frames if f.cue is not None for t in tree.at(*f.cue)} | {
        f.anchor.i for f in frames if f.anchor is not None
    }


class _Clauses:
    """Cue verbs with what follows them."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def find(self, taken: set[int]) -> Iterator[Frame]:
        """Yield the attributions of cue verbs in order."""
        done = -1
        before: Frame | None = None
        for token in self.words.tree.tokens:
            if token.i in taken or token.i <= done:
                continue
            cue = self.words.cue_at(token)
            if cue is None:
                continue
            frame = self._frame(cue, before)
            if frame is not None:
                done, before = cue.last.i, frame
                yield frame

    def _joined(self, cue: CueWord, before: Frame | None) -> Token | None:
        """Return the subject of the attribution whose content ends where this one's clause begins."""
        if before is None or before.anchor is None or before.anchor.sentence != cue.first.sentence:
            return None
        own = any(c.i < cue.first.i and c.i > before.anchor.i for c in cue.first.kids("nsubj"))
        ended = all(end <= cue.first.start for _, end in before.content)
        return before.head if ended and not own else None

    def _frame(self, cue: CueWord, before: Frame | None) -> Frame | None:
        words = self.words
        own = self._joined(cue, before) or words.subject(cue.verb)
        head = own or self._reported(cue)
        following = words.after(cue)
        if following is None:
            return closing(words, cue)
        if self._is_none(cue, head, following):
            return None
        start, parted = following
        stance = self._stance(cue, head, start, parted=parted)
        content = self._content(cue, start)
        if stance is None or content is None or (head is None and not parted):
            return None
        source = words.source(head, cue) if head is not None else None
        make = "clause" if any(c.frame == "clause" for c in cue.cues) else "object-clause"
        return Frame(cue.first, head, source, words.cue_span(cue), [content], stance, make, cue.first)

    def _content(self, cue: CueWord, start: int) -> Span | None:
        """Return what the cue governs from the place on; a quotation keeps its marks."""
        words = self.words
        quotation = words.opens(start)
        end = words.scope(cue, start)
        if quotation is None:
            return words.trimmed(start, end)
        if quotation.end >= end - 1 or words.tree.text[quotation.end - 2] in "。！？":
            rest = words.tree.text[quotation.end : end].strip("。，” ")
            end = max(quotation.end, end) if rest else quotation.end
        return (start, end) if end == quotation.end else words.trimmed(start, end)

    def _is_none(self, cue: CueWord, head: Token | None, following: tuple[int, bool]) -> bool:
        """Return whether the word says nothing here: a name, a label, a thing's sign, 要求不高."""
        start, parted = following
        if self._names(cue) or (cue.first.lemma in _EXPECTING and self._is_mute(head)):
            return True  # 检修预计持续三天
        if parted:
            return cue.last.lemma in _JUDGING or self._is_label(cue, head)
        bare = cue.first.lemma in _PARTED and not self._accuses(cue, start)
        if bare or self._is_thing(cue, head) or self._is_moment(start):
            return True
        if cue.first.lemma in _ASKING_FOR and not self._acts_behind(start):
            return True  # 申请补助
        tree = self.words.tree
        place = tree.first_at(start)
        behind = [t for t in tree.tokens[place : place + 2] if t.sentence == cue.first.sentence]
        return [t.pos for t in behind] == ["ADV", "ADJ"] and behind[0].start == start

    def _is_mute(self, head: Token | None) -> bool:
        return head is not None and (head.lemma in _ONGOING or not self.words.speaks(head))

    def _is_label(self, cue: CueWord, head: Token | None) -> bool:
        """Return whether the word is a heading with its colon: 说明：."""
        after = self.words.next(cue.last)
        first = self.words.tree.sentence(cue.first)[0] is cue.first
        return head is None and first and after is not None and after.text in COLONS

    def _accuses(self, cue: CueWord, start: int) -> bool:
        """Return whether 指 says what somebody did: 指他涉嫌; ，指庞志文涉嫌."""
        after, before = self.words.next(cue.last), self.words.before(cue.first)
        if cue.first.lemma != "指" or after is None:
            return False
        opens = before is not None and before.text in COMMAS
        return after.pos == "PRON" or (opens and self._acts_behind(start))

    def _is_moment(self, start: int) -> bool:
        """Return whether the clause only tells when somebody says something: 回复查询时表示."""
        moment = False
        for token in self.words.tree.tokens[self.words.tree.first_at(start) :]:
            if token.pos == "PUNCT":
                return False
            if moment and self.words.cue_at(token) is not None:
                return True
            moment = moment or token.lemma in TIMES
        return False

    def _acts_behind(self, start: int) -> bool:
        """Return whether a verb stands between the place and the next mark."""
        tree = self.words.tree
        for token in tree.tokens[tree.first_at(start) :]:
            if token.pos == "PUNCT":
                return False
            if token.pos == "VERB":
                return True
        return False

    def _names(self, cue: CueWord) -> bool:
        """Return whether the word only gives a name: 被称为, 称作."""
        after = self.words.next(cue.last)
        return cue.last.lemma in {"称", "叫", "统称"} and after is not None and after.lemma in _LINKS

    def _is_thing(self, cue: CueWord, head: Token | None) -> bool:
        """Return whether the subject is no speaker and the verb one that things have as well: 红灯表示."""
        words = self.words
        if cue.first.lemma in _EXPRESSING and self._is_gesture(cue):
            return True
        if head is None or head.pos != "NOUN" or words.names.of(head) is not None or words.speaks(head):
            return False
        return cue.first.lemma in _OF_THINGS

    def _is_gesture(self, cue: CueWord) -> bool:
        """Return whether a deed expresses it, no words: 挥舞鲜花表示欢迎."""
        verb = cue.first
        between = self.words.tree.tokens[verb.head.i : verb.i]
        if verb.dep not in {"conj", "xcomp"} or verb.kids("nsubj", "obl", "ccomp"):
            return False
        if any(t.pos == "PUNCT" for t in between):
            return False
        return not self.words.cues(verb.head.lemma) and verb.head.pos == "VERB" and verb.head.i < verb.i

    def _stance(self, cue: CueWord, head: Token | None, start: int, *, parted: bool) -> Stance | None:
        """Return the stance of the reading that fits what follows, None where none does."""
        words = self.words
        predicate = any(
            c.dep in {"ccomp", "xcomp", "parataxis"} and c.start >= start for c in cue.last.children
        ) or any(c.dep in {"ccomp", "xcomp"} and c.start >= start for c in cue.first.children)
        noun = any(
            c.dep in {"obj", "obl"} and c.start >= start for c in (*cue.first.children, *cue.last.children)
        )
        quoted = words.opens(start) is not None
        for one in cue.cues:
            if one.who != "any" and (head is None or not words.speaks(head, one.who)):
                continue
            if one.frame == "obj" or (one.frame == "np" and (noun or predicate or parted)):
                if cue.first.lemma in _EXPRESSING and not (predicate or parted or self._is_felt(start)):
                    continue
                return one.stance
            if one.frame == "quote" and quoted:
                return one.stance
            sure = cue.last.lemma[-1] in "称说道" and self._goes(start)
            if one.frame == "clause" and (predicate or parted or quoted or sure):
                if parted and not self._goes(start):
                    continue
                return one.stance
        return None

    def _is_felt(self, start: int) -> bool:
        """Return whether what is expressed is a feeling or a view: 表示关切."""
        tree = self.words.tree
        place = tree.first_at(start)
        behind = [t for t in tree.tokens[place : place + 3] if t.start >= start]
        return any(t.lemma in self.words.lexicon.words["words.felt"] for t in behind)

    def _goes(self, start: int) -> bool:
        """Return whether a clause begins at the place: a predicate stands before the sentence ends."""
        if self.words.opens(start) is not None:
            return True
        tree = self.words.tree
        place = tree.first_at(start)
        tokens = tree.sentence(tree.tokens[min(place, len(tree.tokens) - 1)])
        return any(t.pos in {"VERB", "ADJ", "AUX", "NUM"} for t in tokens if t.start >= start)

    def _reported(self, cue: CueWord) -> Token | None:
        """Return the noun of 有报道称, 声明中写道: what stands right before the cue."""
        before = self.words.before(cue.first)
        while before is not None and (
            before.pos in {"ADV", "AUX"} or before.lemma in {"中", "里", "上", "内"}
        ):
            before = self.words.before(before)
        if before is None or before.pos not in {"NOUN", "PROPN"} or not self.words.speaks(before):
            return None
        if before.dep in {"obl", "obj", "nsubj", "nmod", "compound", "root", "dep"}:
            return before
        return None


def _called(words: Words, taken: set[int]) -> Iterator[Frame]:
    """Yield X被Y形容为Z, Y把X称为Z, X涉嫌Z, X被控Z."""
    for token in words.tree.tokens:
        if token.i in taken or token.pos not in {"VERB", "AUX", "ADV"}:
            continue
        if token.lemma in _SUSPECTED:
            frame = _suspected(words, token, token, None)
        elif token.lemma in _CHARGES and (by := _passive(words, token)) is not None:
            frame = _suspected(words, token, token, by[1])
        elif token.lemma in _BELIEVED and _passive(words, token) is not None:
            frame = _believed(words, token)
        elif token.lemma in _CALLS | _CALLED:
            frame = _named_as(words, token)
        else:
            frame = None
        if frame is not None:
            yield frame


def _passive(words: Words, verb: Token) -> tuple[Token, Token | None] | None:
    """Return 被 and the agent behind it, where the verb is passive."""
    agent = next((n for n in verb.kids("obl") if n.sub == "agent"), None)
    if agent is not None:
        return agent, agent
    before = words.before(verb)
    return (before, None) if before is not None and words.lexicon.has("words.passive", before.lemma) else None


def _suspected(words: Words, verb: Token, last: Token, agent: Token | None) -> Frame | None:
    subject = words.subject(verb)
    start, end = last.end, words.scope(CueWord(verb, last, ()), last.end)
    comma = next((t.start for t in words.tree.sentence(verb) if t.start >= start and t.text in COMMAS), end)
    rest = words.trimmed(start, min(end, comma))
    if rest is None:
        return None
    parts = [rest] if subject is None else [words.source(subject), rest]
    source = words.source(agent) if agent is not None else None
    make = "adverb" if agent is None and verb.lemma == "涉嫌" else "of"
    return Frame(verb, agent, source, (verb.start, last.end), parts, "alleges", make, verb)


def _believed(words: Words, verb: Token) -> Frame | None:
    """Return X被认为Y, X被Y认为Z: the subject belongs to what is thought, the agent is who thinks."""
    by, subject = _passive(words, verb), words.subject(verb)
    rest = words.trimmed(verb.end, words.scope(CueWord(verb, verb, ()), verb.end))
    if by is None or rest is None:
        return None
    agent = by[1]
    parts = [rest] if subject is None else [words.source(subject), rest]
    first = verb.start if agent is not None else by[0].start
    source = words.source(agent) if agent is not None else None
    make = "adverb" if agent is None else "of"
    return Frame(verb, agent, source, (first, verb.end), parts, "asserts", make, verb)


def _named_as(words: Words, verb: Token) -> Frame | None:
    last = verb
    after = words.next(verb)
    if verb.lemma in _CALLED and (after is None or after.text[:1] not in "“「『"):
        return None  # 称为水老虎 is a name
    if verb.lemma[-1] not in _LINKS:
        if after is None or after.lemma not in _LINKS:
            return None
        last = after
    start, end = last.end, words.scope(CueWord(verb, last, ()), last.end)
    comma = next((t.start for t in words.tree.sentence(verb) if t.start >= start and t.text in COMMAS), end)
    rest = words.trimmed(start, min(end, comma))
    by = _passive(words, verb)
    if rest is None:
        return None
    if by is not None:
        thing, head = words.subject(verb), by[1] if verb.lemma not in _CALLED else None
    else:
        head = words.subject(verb)
        thing = next((n for n in verb.kids("obj") if n.i < verb.i), None)
    if head is None or thing is None or not words.speaks(head):
        return None
    parts: list[Span] = [words.source(thing), rest]
    return Frame(verb, head, words.source(head), (verb.start, last.end), sorted(parts), "asserts", "as", verb)


def _labels(page: Page, words: Words, others: list[Frame]) -> Iterator[Frame]:
    """Yield "X：Y" of headlines and transcripts."""
    lexicon, tree = words.lexicon, words.tree
    for block in page.blocks:
        if block.role not in {"title", "subtitle", "heading", "paragraph"}:
            continue
        text = page.text[block.start : block.end]
        place = next((i for i, char in enumerate(text[: _LABEL + 1]) if char in COLONS), None)
        if not place:
            continue
        start, end = block.start, block.start + place
        tokens = tree.at(start, end)
        if not tokens or any(t.pos in {"VERB", "NUM", "PUNCT", "ADP"} for t in tokens):
            continue
        head = next((t for t in reversed(tokens) if t.pos in {"NOUN", "PROPN"}), None)
        if head is None or lexicon.has("words.labels", page.text[start:end]) or not words.speaks(head):
            continue
        span = words.trimmed(end + 1, block.end)
        quoted = words.opens(end + 1) is not None
        title = block.role != "paragraph"
        person = words.names.of(head) is not None or head.lemma in lexicon.words["sources.people"]
        if (
            span is None
            or not (title or quoted or person)
            or not any(t.pos in {"VERB", "ADJ"} for t in tree.at(*span))
        ):
            continue
        if any(f.cue and start <= f.cue[0] < end + 1 for f in others):
            continue
        yield Frame(None, head, (start, end), (end, end + 1), [span], "asserts", "headline")
