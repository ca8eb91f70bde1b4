"""Who says it stands last, or a blank parts two headlines: “……，新华社说。”, 甲承诺停火 乙呼吁谈判."""

from __future__ import annotations

import re

from casegraph.attribute.base import Span
from casegraph.attribute.chinese.sources import COMMAS, CueWord
from casegraph.attribute.chinese.words import Words
from casegraph.attribute.universal.spans import Frame
from casegraph.attribute.universal.tree import Token
from casegraph.model import Page

_STOPS = frozenset("。！？!?")
_CLOSING = ("说", "道", "称", "指出", "表示", "透露", "补充", "强调", "告诉")
_MOST = 14  # words of the remark
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET"})
_BLANK = re.compile(r"(?<=[\u3400-\u9fff”」])\s+(?=[\u3400-\u9fff“「])")


def closing(words: Words, cue: CueWord) -> Frame | None:
    """Return the attribution of a remark that ends its sentence; the clauses before are its content."""
    if not cue.last.lemma.endswith(_CLOSING) or cue.stance("clause") is None or not _ends(words, cue):
        return None
    clause = _clause(words, cue)
    head = next((c for c in cue.verb.kids("nsubj") if clause and c.i >= clause[0].i), None)
    if not clause or head is None or not words.speaks(head) or len(clause) > _MOST:
        return None
    sentence = words.tree.sentence(cue.first)
    before = [t for t in sentence if t.end <= clause[0].start]
    if not any(t.pos in {"VERB", "ADJ", "AUX"} for t in before) or any(words.cue_at(t) for t in before):
        return None
    content = words.trimmed(before[0].start, before[-1].end)
    if content is None:
        return None
    source, span = words.source(head, cue), words.cue_span(cue)
    stance = cue.stance("clause") or "asserts"
    return Frame(cue.first, head, source, span, [content], stance, "clause", cue.first)


def _ends(words: Words, cue: CueWord) -> bool:
    following = words.next(cue.last)
    return following is None or following.text[:1] in _STOPS


def _clause(words: Words, cue: CueWord) -> list[Token]:
    """Return the words of the remark, from behind the comma before it; none where no comma stands."""
    found: list[Token] = [cue.first]
    before = words.before(cue.first)
    while before is not None and before.text not in COMMAS:
        if before.pos == "PUNCT" and before.text not in "《》（）“”":
            return []
        found.insert(0, before)
        before = words.before(before)
    return found if before is not None else []


def within_headline(page: Page, words: Words, frame: Frame) -> Frame | None:
    """Return the frame cut at the blanks that part a headline; None where nothing is left."""
    place = frame.cue[0] if frame.cue is not None else frame.start()
    block = next((b for b in page.blocks if b.start <= place < b.end), None)
    if block is None or block.role not in {"title", "subtitle", "heading"}:
        return frame
    blanks = [m.span() for m in _BLANK.finditer(page.text, block.start, block.end)]
    low = max([end for _, end in blanks if end <= place], default=block.start)
    high = min([start for start, _ in blanks if start > place], default=block.end)
    content = [cut for span in frame.content if (cut := _cut(span, low, high)) is not None]
    if frame.content and not content:
        return None
    frame.content = content
    frame.source = _cut(frame.source, low, high) if frame.source is not None else None
    if frame.head is not None and not low <= frame.head.start < high:
        before = words.tree.at(low, place)
        named = bool(before) and all(t.pos in _NOMINAL for t in before) and words.speaks(before[-1])
        frame.head = before[-1] if named else None
        frame.source = (before[0].start, before[-1].end) if named else None
    return frame


def _cut(span: Span, low: int, high: int) -> Span | None:
    start, end = max(span[0], low), min(span[1], high)
    return (start, end) if start < end else None
