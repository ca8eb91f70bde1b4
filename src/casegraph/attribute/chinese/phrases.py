"""Sources named by a phrase: 据X报道, 根据X, 据悉, X援引Y的话."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.base import Span
from casegraph.attribute.chinese.sources import COMMAS, CueWord
from casegraph.attribute.chinese.words import Words
from casegraph.attribute.universal.spans import Frame
from casegraph.attribute.universal.tree import Token
from casegraph.model import Stance

_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_BETWEEN = frozenset("的 所 最新 此前 日前 早前 近日 独家".split())
_TOLD = frozenset("话 说法 消息 的 的话".split())
_RUMOURED = ("据", "网传", "盛传", "风传", "疯传")
_SEEN = frozenset({"看来", "眼中"})
_WORDS = frozenset({"的话", "话", "说法"})
_DATELINE = ("电", "讯", "消息", "综合报道")
_PAPERS = frozenset("报告 通报 统计 调查 研究 记录 声明 公告 规定 要求 约定".split())
_RULING = frozenset("规定 约定 要求".split())


class Phrases:
    """Attributions whose cue is no predicate of the clause that it stands in."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def find(self, taken: set[int]) -> Iterator[Frame]:
        """Yield the attributions in order; those whose cue is taken are left out."""
        done = -1
        for token in self.words.tree.tokens:
            if token.i <= done or token.i in taken:
                continue
            if token.lemma in self.words.lexicon.impersonal and token.lemma.startswith(_RUMOURED):
                frames = list(self._hearsay(token, token)) if not self._describes(token) else []
            elif token.lemma in _SEEN:
                frames = list(self._seen(token))
            elif token.lemma in self.words.lexicon.words["phrases.open"]:
                frames = list(self._phrase(token))
            elif token.lemma in self.words.lexicon.words["phrases.cite"]:
                frames = list(self._cites(token))
            else:
                frames = []
            yield from frames
            anchors = [f.anchor.i for f in frames if f.anchor is not None]
            taken.update(anchors)
            done = max([done, *anchors])

    def _describes(self, word: Token) -> bool:
        """Return whether 网传 only tells what kind of video or paper it is: 网传视频."""
        following = self.words.next(word)
        documents = self.words.lexicon.words["sources.documents"]
        return following is not None and following.lemma in documents

    def _seen(self, seen: Token) -> Iterator[Frame]:
        """Yield 在X看来，: whose view it is."""
        comma, inside, opener = self.words.next(seen), list[Token](), self.words.before(seen)
        while opener is not None and opener.pos != "PUNCT" and opener.lemma != "在":
            inside.insert(0, opener)
            opener = self.words.before(opener)
        if opener is None or opener.lemma != "在" or comma is None or comma.text not in COMMAS:
            return
        yield from self._noun(inside, seen, (seen.start, seen.end), self._rest(opener, seen), "asserts")

    # -- 据 ------------------------------------------------------------------------------------------

    def _inside(self, opener: Token) -> list[Token]:
        """Return the tokens of the phrase, up to the comma that closes it; none where no comma does."""
        found = []
        token = self.words.next(opener)
        while token is not None and token.text not in COMMAS:
            if token.pos == "PUNCT" and token.text in "。；：！？;:":
                return []
            found.append(token)
            token = self.words.next(token)
        return found if token is not None else []

    def _phrase(self, opener: Token) -> Iterator[Frame]:
        words = self.words
        inside = self._inside(opener)
        rest = self._rest(opener, inside[-1]) if inside else []
        if not rest:
            return
        last = inside[-1] if self._closes(inside[-1]) and not self._is_paper(inside) else None
        if last is not None and len(inside) == 1:
            yield from self._hearsay(opener, last)
            return
        first, nouns = self._parts(inside, last)
        cite = next((t for t in nouns[1:] if words.lexicon.has("phrases.cite", t.lemma)), None)
        if not nouns or (last is None and cite is None and not words.speaks(nouns[-1])):
            return
        cue: Span = (opener.start, opener.end) if last is None else (first.start, last.end)
        stance: Stance = "orders" if last is not None and last.lemma in _RULING else "asserts"
        anchor = last or opener
        if cite is None:
            yield from self._noun(nouns, anchor, cue, rest, stance)
            return
        place = cite.i - nouns[0].i
        for outer in self._noun(nouns[:place], anchor, cue, rest, stance):
            yield outer
            told = [t for t in nouns[place + 1 :] if t.lemma not in _TOLD or t.dep == "compound"]
            for inner in self._noun(told, cite, (cite.start, cite.end), list(rest), stance):
                inner.make, inner.report = "citing", outer
                yield inner

    @staticmethod
    def _is_paper(inside: list[Token]) -> bool:
        """Return whether the last word is a document and no act: 根据审计署的报告."""
        return len(inside) > 2 and inside[-2].lemma == "的" and inside[-1].lemma in _PAPERS

    def _parts(self, inside: list[Token], last: Token | None) -> tuple[Token, list[Token]]:
        """Return the first word of the cue that closes the phrase, and the words of the source before it."""
        first = inside[-1]
        if last is not None and len(inside) > 1 and self._closes(inside[-2]):
            first = inside[-2]
        nouns = inside if last is None else [t for t in inside if t.i < first.i]
        while nouns and (nouns[-1].lemma in _BETWEEN or nouns[-1].sub == "tmod" or nouns[-1].pos == "ADV"):
            nouns = nouns[:-1]
        return first, nouns

    def _closes(self, token: Token) -> bool:
        close = self.words.lexicon.words["phrases.close"]
        tails = (
            tail for tail in ("称", "说") if len(token.lemma) > len(tail) + 1 and token.lemma.endswith(tail)
        )
        return token.lemma in close or any(token.lemma.removesuffix(tail) in close for tail in tails)

    def _rest(self, opener: Token, last: Token) -> list[Span]:
        """Return the sentence without the phrase: what stands behind its comma, else before it."""
        words = self.words
        comma = words.next(last)
        start = comma.start if comma is not None and comma.text not in COMMAS else last.end + 1
        end = words.scope(CueWord(opener, last, ()), start) if comma is not None else 0
        behind = words.trimmed(start, end) if comma is not None else None
        before = [t for t in words.tree.sentence(opener) if t.i < opener.i and t.sentence == opener.sentence]
        clause: list[Token] = []
        for token in reversed(before):
            if token.text in COMMAS:
                break
            clause.insert(0, token)
        led = "".join(t.text for t in clause).endswith(_DATELINE)
        front = (
            words.trimmed(clause[0].start, clause[-1].end)
            if clause and clause[-1].pos in _NOUNS and not led
            else None
        )
        return [span for span in (front, behind) if span is not None]

    def _noun(
        self, nouns: list[Token], anchor: Token, cue: Span, rest: list[Span], stance: Stance
    ) -> Iterator[Frame]:
        kept = [t for t in nouns if t.pos != "PUNCT" or t.text in "《》“”「」（）"]
        head = next((t for t in reversed(kept) if t.pos in _NOUNS), None)
        if head is None:
            return
        last = next((t for t in reversed(kept) if t.text in "》”」）"), head)
        span = self.words.trimmed(kept[0].start, max(head.end, last.end)) or (head.start, head.end)
        yield Frame(anchor, head, span, cue, rest, stance, "according", None)

    def _hearsay(self, first: Token, last: Token) -> Iterator[Frame]:
        """Yield 据悉, 据报道: nobody is named."""
        rest = self._rest(first, last)
        if not rest:
            following = self.words.next(last)
            end = self.words.end_of(last)
            span = self.words.trimmed(last.end, end) if following is not None else None
            rest = [span] if span is not None else []
        if rest:
            word = last.lemma if first is last else first.lemma + last.lemma
            stance = self.words.lexicon.impersonal.get(word, "alleges")
            make = "according" if stance == "asserts" else "adverb"
            yield Frame(last, None, None, (first.start, last.end), rest, stance, make)

    def _quoted(self, cite: Token) -> int:
        """Return the place of 的话 behind 援引, the first place where none stands."""
        for token in self.words.tree.sentence(cite):
            if token.i > cite.i and (token.pos == "PUNCT" or token.lemma in _WORDS):
                return token.i if token.lemma in _WORDS else -1
        return -1

    # -- 援引 ------------------------------------------------------------------------------------------

    def _cites(self, cite: Token) -> Iterator[Frame]:
        """Yield "X援引Y的话说，Z": who cites and who is cited, with the same content."""
        words = self.words
        outer = words.subject(cite)
        told: list[Token] = []
        token = words.next(cite)
        quoted = self._quoted(cite)
        while (
            token is not None
            and token.pos != "PUNCT"
            and (token.i < quoted or words.cue_at(token) is None)
            and token.lemma not in {"的话", "话", "说法", "报道"}
        ):
            told.append(token)
            token = words.next(token)
        while told and told[-1].lemma in {"的", "话"}:
            told.pop()
        while token is not None and (token.lemma in {"的话", "的", "话", "说法"}):
            token = words.next(token)
        cue = words.cue_at(token) if token is not None else None
        if cue is None and token is not None and words.cues(token.lemma):
            last = words.next(token)
            last = last if last is not None and words.lexicon.has("words.say", last.lemma) else token
            cue = CueWord(token, last, words.cues(token.lemma))
        following = words.after(cue) if cue is not None else None
        if outer is None or not told or cue is None or following is None:
            return
        content = words.trimmed(following[0], words.scope(cue, following[0]))
        if content is None:
            return
        reports = cue.first.lemma.startswith("报道")
        spans = ((cue.first.start, cue.last.end), (cite.start, cite.end))
        head = next((t for t in reversed(told) if t.pos in _NOUNS), told[-1])
        report = Frame(
            cue.first if reports else cite, outer, words.source(outer, CueWord(cite, cite, ())),
            spans[0] if reports else spans[1], [content], "asserts", "clause", cue.first,
        )  # fmt: skip
        yield report
        source = words.trimmed(told[0].start, told[-1].end)
        yield Frame(
            cite if reports else cue.first, head, source, spans[1] if reports else spans[0], [content],
            "asserts", "citing", cue.first, report,
        )  # fmt: skip
