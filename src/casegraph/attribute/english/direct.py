"""Quotations and who carries them: beside a cue, after a colon, or going on from before."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterable
from itertools import pairwise

from casegraph.attribute.base import Span
from casegraph.attribute.english.spans import Frame, noun_phrase, tokens_span, verb_group
from casegraph.attribute.english.subjects import Subject, find_subject
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.lexicon import Lexicon
from casegraph.attribute.quotes import Quotation, Quotations
from casegraph.model import CLAIM_ROLES, Page

_JOINT = re.compile(r"^[\s,;:.—–\-…]*$")
# "... she told a crowd of 2,000 in Tampa, Fla. ": one sentence's end, no other sentence.
_ENDS_CLAUSE = re.compile(r"^(?![^\"“”]*[.?!]\s+[A-Z])[^\"“”\n]{0,120}\.\s*$")
_JOINT_REACH = 12  # characters of joining punctuation and blanks between a cue and its quotation
_LOOK_BACK = 40  # frames in which a quotation finds the one that it continues
_ADJUNCTS = 25  # tokens of "said on Monday in Riga, where he lives" before the colon
_NEARBY = 200  # characters between a speech and what goes on with it
_FINITE = frozenset({"MD", "VBD", "VBZ", "VBP"})
_OPENS_PHRASE = frozenset({"DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM"})
_STOP = re.compile(r"[.?!]")
_SPOKEN = frozenset({"quote", "clause", "carried", "colon", "object-clause"})
_LONG = 4  # words from which a quotation is speech rather than a title or a scare quote


class DirectSpeech:
    """Ties each quotation of a page to the frame that carries it."""

    def __init__(self, page: Page, tree: Tree, lexicon: Lexicon, quotations: Quotations) -> None:
        self.page = page
        self.tree = tree
        self.lexicon = lexicon
        self.quotations = quotations

    def find(self, frames: list[Frame]) -> list[Frame]:
        """Return the frames with quotations tied in: contents grown, new frames added, in order."""
        found = [*frames]
        taken = {frame.anchor.i for frame in frames if frame.anchor is not None}
        for verb in self.tree.tokens:
            if verb.pos != "VERB" or verb.i in taken or self.quotations.at(verb.start) is not None:
                continue
            if "quote" in self.lexicon.frames(verb.lemma) or self._says(verb):
                frame = self._beside(verb)
                if frame is not None:
                    found.append(frame)
        found += self._announced(found)
        for frame in found:
            self._grow(frame)
        found.sort(key=lambda frame: frame.start())
        return self._carry(found)

    def _says(self, verb: Token) -> bool:
        """Return whether the verb opens speech by a colon: "He was blunt: "..."."""
        after = self.tree.text[verb.end : verb.end + 3]
        return after.startswith((': "', ": “"))

    # -- a cue verb beside a quotation --------------------------------------------------------

    def _beside(self, verb: Token) -> Frame | None:
        subject = find_subject(verb)
        if subject.passive and verb.lemma not in {"quote", "cite"}:
            return None
        lost = self._lost_speaker(verb) if subject.head is None and not subject.passive else None
        first, last = self._tag(verb, subject)
        start, end = self.tree.span(first if lost is None else lost.left_edge, last)
        before = self._touching(end=start)
        after = self._touching(start=end)
        if before is None and after is None:
            after = self._after_adjuncts(verb, end)
        if before is None and after is None:
            return None
        if before is None and after is not None and self._is_title(verb, after):
            return None
        if before is not None and after is not None and _STOP.search(self.tree.text, end, after.start):
            after = None  # the next sentence: it may have a speaker of its own
        if before is not None and subject.head is None and not subject.passive:
            told = verb.child("dobj") if verb.lemma != "tell" else None
            subject = Subject(lost or told)  # ""..." asked the judge"
        content = [(q.start, q.end) for q in (before, after) if q is not None]
        cue = next(iter(self.lexicon.verbs.get(verb.lemma, ())), None)
        source = None
        if subject.head is not None:
            source = tokens_span(self.tree, *noun_phrase(self.tree, subject.head, verb))
        return Frame(
            anchor=verb, head=subject.head, source=source, cue=self.tree.span(*verb_group(self.tree, verb)),
            content=content, stance=cue.stance if cue else "asserts", frame="quote",
            group=cue.group if cue else "say",
        )  # fmt: skip

    def _lost_speaker(self, verb: Token) -> Token | None:
        """Return the noun right after the quotation, lost to the parser: "the minister, shaken, told"."""
        first = verb_group(self.tree, verb)[0]
        low, _ = self.tree.sentence(verb)
        named: list[Token] = []
        for token in reversed(self.tree.tokens[max(low, first - _ADJUNCTS) : first]):
            if self.quotations.at(token.start) is not None:
                break
            named.insert(0, token)
        else:
            return None
        while named and named[0].pos == "PUNCT":
            named.pop(0)
        if not named or named[-1].text != "," or any(t.tag in _FINITE for t in named):
            return None
        comma = next(i for i, t in enumerate(named) if t.text == ",")
        nouns = [t for t in named[:comma] if t.pos in {"NOUN", "PROPN", "PRON"}]
        return nouns[-1] if nouns and named[0].pos in _OPENS_PHRASE else None

    def _tag(self, verb: Token, subject: Subject) -> tuple[int, int]:
        first, last = verb_group(self.tree, verb)
        if subject.head is not None and not subject.shared:
            low, high = noun_phrase(self.tree, subject.head, verb)
            first, last = min(first, low), max(last, high)
        for child in verb.children:
            outside = self.quotations.at(self.tree.tokens[child.left_edge].start) is None
            if (
                child.dep in {"prep", "npadvmod", "advmod", "dobj", "dative", "prt"}
                and child.left_edge > verb.i
                and outside
            ):
                last = max(last, self._before_quotation(child))
        return first, last

    def _before_quotation(self, child: Token) -> int:
        last = child.right_edge
        if child.dep in {"dobj", "dative"}:  # "told the crowd, which erupted in chants of "..."
            last = next((c.left_edge - 1 for c in child.children if c.dep == "relcl"), last)
        for i in range(child.left_edge, last + 1):
            if self.quotations.at(self.tree.tokens[i].start) is not None:
                return i - 1
        return last

    def _touching(self, start: int | None = None, end: int | None = None) -> Quotation | None:
        place = start if start is not None else end or 0
        for quotation in self.quotations.within(max(0, place - _JOINT_REACH), place + _JOINT_REACH):
            speech = quotation.words >= _LONG or self._leads(quotation)
            if end is not None and speech and self._joined(quotation.end, end):
                return quotation
            if start is not None and self._joined(start, quotation.start):
                # Past a full stop it is the next sentence's, which may have a speaker of its own.
                return None if _STOP.search(self.tree.text, start, quotation.start) else quotation
        return None

    def _leads(self, quotation: Quotation) -> bool:
        """Return whether a sentence begins with the quotation: "In "Sunday Live," she said" does not."""
        i = min(self.tree.first_at(quotation.start), len(self.tree.tokens) - 1)
        first, _ = self.tree.sentence(self.tree.tokens[i])
        return (
            self.tree.tokens[first].start >= quotation.start
            or quotation.start == self.page.blocks[quotation.block].start
        )

    def _joined(self, low: int, high: int) -> bool:
        """Return whether only joining punctuation stands between the two places."""
        return low <= high and bool(_JOINT.match(self.tree.text[low:high])) and self._near(low, high)

    def _near(self, low: int, high: int) -> bool:
        return "\n\n" not in self.tree.text[low:high]

    def _after_adjuncts(self, verb: Token, end: int) -> Quotation | None:
        """Return the quotation after "said on Monday in Riga, where he lives:" - no other verb between."""
        _, last = self.tree.sentence(verb)
        for quotation in self.quotations.within(end, self.tree.tokens[last - 1].end):
            if quotation.start < end:
                continue
            joint = self.tree.text[end : quotation.start].rstrip()
            between = self.tree.at(end, quotation.start)
            if (
                joint.endswith((":", ","))
                and len(between) < _ADJUNCTS
                and not any(t.pos == "VERB" and "quote" in self.lexicon.frames(t.lemma) for t in between)
            ):
                return quotation
            return None
        return None

    def _is_title(self, verb: Token, quotation: Quotation) -> bool:
        """Return whether the quoted words are an object or part of one ("wrote "Dune""), not speech."""
        joint = self.tree.text[verb.end : quotation.start].rstrip()
        words = self.lexicon.words
        if joint.endswith((",", ":")) or verb.lemma in words["verbs.manner"]:
            return False
        return quotation.words < _LONG or verb.lemma not in words["verbs.plain_speech"]

    def _announced(self, frames: list[Frame]) -> list[Frame]:
        """Return frames for paragraphs that end in "the minister said:" before an unquoted paragraph."""
        found = []
        anchors = {frame.anchor for frame in frames if frame.content}
        prose = [b for b in self.page.blocks if b.role in CLAIM_ROLES]
        for block, after in pairwise(prose):
            lead = self.tree.text[block.start : block.end].rstrip()
            if not lead.endswith(":") or self.quotations.within(after.start, after.end):
                continue
            tokens = self.tree.at(block.start, block.end)
            verb = next((t for t in reversed(tokens) if t.pos == "VERB"), None)
            if verb is None or verb in anchors or "quote" not in self.lexicon.frames(verb.lemma):
                continue
            subject = find_subject(verb)
            if subject.head is None or subject.passive:
                continue
            end = after.start + len(self.tree.text[after.start : after.end].rstrip())
            found.append(
                Frame(
                    anchor=verb, head=subject.head, stance="asserts", frame="quote", group="say",
                    source=tokens_span(self.tree, *noun_phrase(self.tree, subject.head, verb)),
                    cue=self.tree.span(*verb_group(self.tree, verb)), content=[(after.start, end)],
                )
            )  # fmt: skip
        return found

    # -- growing and going on -----------------------------------------------------------------

    def _grow(self, frame: Frame) -> None:
        """Add the quotations that touch a frame of speech: split quotations, sentences that follow."""
        if frame.anchor is None or frame.anchor.pos != "VERB":
            return
        if self.quotations.at(frame.anchor.start) is not None:
            return
        if "quote" not in self.lexicon.frames(frame.anchor.lemma) and frame.frame != "quote":
            return
        if not any(
            s <= q.start and q.end <= e for s, e in frame.content for q in self.quotations.within(s, e)
        ):
            return
        subject = find_subject(frame.anchor)
        first, last = self._tag(frame.anchor, subject)
        start, end = self.tree.span(first, last)
        for quotation in self.quotations.within(max(0, start - _JOINT_REACH), end + _JOINT_REACH):
            if any(s < quotation.end and quotation.start < e for s, e in frame.content):
                continue
            if quotation.start < start and not self._leads(quotation):
                continue
            gap = (end, quotation.start) if quotation.start >= end else (quotation.end, start)
            if (
                gap[0] <= gap[1]
                and not _STOP.search(self.tree.text, *gap)
                and _JOINT.match(self.tree.text[gap[0] : gap[1]])
                and self._near(*gap)
            ):
                frame.content.append((quotation.start, quotation.end))
        frame.content.sort()

    def _carry(self, frames: list[Frame]) -> list[Frame]:
        """Give quotations that nobody carries yet to the frame before, or to a colon's left side."""
        found = [*frames]
        held = self._held(frames)
        for quotation in self.quotations:
            if quotation.start in held:
                continue
            here = bisect_right(found, quotation.start, key=Frame.start)
            frame = self._colon(quotation) or self._going_on(
                quotation, found[max(0, here - _LOOK_BACK) : here]
            )
            if frame is not None and not any(
                frame is other for other in found[max(0, here - _LOOK_BACK) : here]
            ):
                insort(found, frame, key=Frame.start)
        return found

    def _held(self, frames: list[Frame]) -> set[int]:
        """Return the starts of the quotations that lie in a content whose cue stands outside them."""
        return {
            quotation.start
            for frame in frames
            for start, end in frame.content
            for quotation in self.quotations.within(start, end)
            if frame.anchor is None or not quotation.holds(frame.anchor.start)
        }

    def _colon(self, quotation: Quotation) -> Frame | None:
        block = self.page.blocks[quotation.block]
        lead = self.tree.text[block.start : quotation.start].rstrip()
        if not lead.endswith(":"):
            return None
        colon = block.start + len(lead) - 1
        sentence = [t for t in self.tree.at(block.start, colon) if t.sentence == self._sentence_at(colon)]
        if not sentence:
            return None
        root = next((t for t in sentence if t.dep == "ROOT"), sentence[0])
        if root.pos == "NOUN" and root.i > sentence[0].i and "quote" in self.lexicon.frames(root.lemma):
            return self._mistagged(root, sentence[0], quotation)
        head = root if root.pos in {"PROPN", "NOUN"} else find_subject(root).head
        if head is None or head.lower in {"it", "this", "there", "that"}:
            return None
        source = tokens_span(self.tree, *noun_phrase(self.tree, head, root if root is not head else None))
        return Frame(
            anchor=None, head=head, source=source, cue=(colon, colon + 1),
            content=[(quotation.start, quotation.end)], stance="asserts", frame="colon",
        )  # fmt: skip

    def _mistagged(self, cue: Token, first: Token, quotation: Quotation) -> Frame:
        """Return the frame of "One adviser texts: "..."" whose verb the parser took for a noun."""
        source = tokens_span(self.tree, first.i, cue.i - 1)
        return Frame(
            anchor=cue, head=self.tree.tokens[cue.i - 1], source=source, cue=(cue.start, cue.end),
            content=[(quotation.start, quotation.end)], stance="asserts", frame="quote", group="say",
        )  # fmt: skip

    def _sentence_at(self, position: int) -> int:
        i = min(self.tree.first_at(position), len(self.tree.tokens) - 1)
        return self.tree.tokens[i].sentence

    def _going_on(self, quotation: Quotation, frames: Iterable[Frame]) -> Frame | None:
        """Return the frame that a free quotation continues: same paragraph, or one that opens the next."""
        before = [
            f for f in frames
            if f.content and f.frame in _SPOKEN and f.start() < quotation.start
            and (f.anchor is None or self.quotations.at(f.anchor.start) is None)
            and (f.head is not None or self._spoke(f))
        ]  # fmt: skip
        if not before or (quotation.words < _LONG and not self._is_sentence(quotation)):
            return None
        last = max(before, key=lambda frame: max(end for _, end in frame.content))
        block = self.page.blocks[quotation.block]
        if self._block_of(last) == quotation.block:
            edge = max(end for _, end in [*last.content, *(s for s in (last.source, last.cue) if s)])
            gap = self.tree.text[edge : quotation.start]
            if len(gap) < _NEARBY and self._starts_sentence(quotation):
                if self._spoke(last) and (_JOINT.match(gap) or _ENDS_CLAUSE.match(gap)):
                    last.content.append((quotation.start, quotation.end))
                    return last
                return _carried(last, quotation)
            return None
        if (
            quotation.start == block.start
            and self._block_of(last) >= quotation.block - 2
            and self._spoke(last)
        ):
            return _carried(last, quotation)
        return None

    def _spoke(self, frame: Frame) -> bool:
        return any(
            s <= q.start and q.end <= e + 1
            for s, e in frame.content
            for q in self.quotations.within(s, e + 1)
        ) or frame.frame in {"quote", "carried", "colon"}

    def _starts_sentence(self, quotation: Quotation) -> bool:
        lead = self.tree.text[max(0, quotation.start - 3) : quotation.start].rstrip()
        return not lead or lead[-1] in '.!?”"’:'

    def _is_sentence(self, quotation: Quotation) -> bool:
        """Return whether the quoted words are a sentence of their own, however short: "Mama announced."."""
        start, end = quotation.inner()
        words = self.tree.text[start:end]
        return self._starts_sentence(quotation) and words[:1].isupper() and words[-1:] in {".", "?", "!"}

    def _block_of(self, frame: Frame) -> int:
        place = max(end for _, end in frame.content) - 1
        return next((i for i, b in enumerate(self.page.blocks) if b.start <= place < b.end), -1)


def _carried(frame: Frame, quotation: Quotation) -> Frame:
    span: Span = (quotation.start, quotation.end)
    return Frame(
        anchor=None, head=frame.head, source=None, cue=None, content=[span], stance=frame.stance,
        frame="carried", carried=True,
    )  # fmt: skip
