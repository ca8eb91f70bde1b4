"""Direct speech: quotations and dialogue with the words that carry them, across the parser's sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegraph.attribute.base import Span
from casegraph.attribute.quotes import Quotation, Quotations
from casegraph.attribute.trim import trim
from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.spans import Frame, cue_span, source_span
from casegraph.attribute.universal.subjects import Subjects
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import CLAIM_ROLES, Page, Stance

_DASH = "—–-"
_AFTER = re.compile(rf"[,.!?…]*\s*(?P<dash>[{_DASH}])?\s*")
_REMARK_END = re.compile(rf"[.,!?:;]\s*[{_DASH}]\s|[.!?…]\s+(?=[«\"„“{_DASH}])|[.!?…]\s+(?=[А-ЯЁA-Z])|\n")
_TURN = re.compile(rf"[,.!?…»]\s*[{_DASH}]\s+")
_LINE = re.compile(r"[^\n]+")
_COLON = re.compile(r":\s*$")
_OPENING = frozenset('«"„“')
_SPEECH = 3  # words from which a quotation may be speech without a dash


class DirectSpeech:
    """Attributions that carry quotation marks or the dash of a dialogue."""

    def __init__(
        self, page: Page, tree: Tree, lexicon: Lexicon, subjects: Subjects, quotations: Quotations
    ) -> None:
        self.page = page
        self.tree = tree
        self.lexicon = lexicon
        self.subjects = subjects
        self.quotations = quotations

    def find(self) -> list[Frame]:
        """Return the attributions in order of their content."""
        turns = list(self._dialogue())
        spans = [line for line, _ in turns]
        frames = [frame for _, found in turns for frame in found]
        used: set[int] = set()
        for number, quotation in enumerate(self.quotations):
            if number in used or any(s <= quotation.start < e for s, e in spans):
                continue
            frame = self._inside(quotation) or self._after(number, used) or self._before(quotation)
            if frame is not None:
                used.add(number)
                frames.append(frame)
        frames += self._carried(frames, used)
        return frames

    # -- quotations --------------------------------------------------------------------------------

    def _inside(self, quotation: Quotation) -> Frame | None:
        """Return the frame of «Речь, — сказал X. — Речь»: the remark stands within the marks."""
        start, end = quotation.inner()
        text = self.page.text
        turn = _TURN.search(text, start, end)
        if turn is None:
            return None
        found = self._speech((start, end))
        if not found or found[0].anchor is None:
            return None
        frame = found[0]
        (first, head), (tail, last) = frame.content[0], frame.content[-1]
        if first == start and text[quotation.start] in _OPENING:
            frame.content[0] = (quotation.start, head)
            tail = quotation.start if len(frame.content) == 1 else tail
        if last >= end - 1 and quotation.closed and len(frame.content) > 1:
            frame.content[-1] = (tail, quotation.end)
        return frame

    def _after(self, number: int, used: set[int]) -> Frame | None:
        """Return the frame of «Речь», — сказал X, with the quotations that go on behind it."""
        quotation, text = self.quotations[number], self.page.text
        block = self.page.blocks[quotation.block]
        gap = _AFTER.match(text, quotation.end, block.end)
        if gap is None or not quotation.closed or quotation.words == 0:
            return None
        if gap["dash"] is None and (
            "." in gap.group()
            or (quotation.words < _SPEECH or not (gap.group().strip() or text[quotation.end - 2] in "!?…,"))
        ):
            return None
        end = self._remark_end(gap.end(), block.end)
        verb = self._verb(gap.end(), end, near=gap["dash"] is None)
        if verb is None:
            return None
        content = [(quotation.start, quotation.end)]
        place = end
        for other in range(number + 1, len(self.quotations)):
            after = self.quotations[other]
            if (
                after.block != quotation.block
                or after.start < place
                or text[place : after.start].strip(" .,—–-\u00a0") != ""
            ):
                break
            if _AFTER.match(text, after.end, block.end) and self._remark_follows(after):
                break
            content.append((after.start, after.end))
            used.add(other)
            place = after.end
        return self._frame(verb, content)

    def _remark_follows(self, quotation: Quotation) -> bool:
        block = self.page.blocks[quotation.block]
        gap = _AFTER.match(self.page.text, quotation.end, block.end)
        return bool(
            gap and gap["dash"] and self._verb(gap.end(), self._remark_end(gap.end(), block.end), near=False)
        )

    def _before(self, quotation: Quotation) -> Frame | None:
        """Return the frame of X сказал: «Речь»."""
        block = self.page.blocks[quotation.block]
        text = self.page.text
        if _COLON.search(text, max(block.start, quotation.start - 4), quotation.start) is None:
            return None
        colon = text.rindex(":", block.start, quotation.start)
        place = self.tree.first_at(colon)
        if place >= len(self.tree.tokens) or place == 0:
            return None
        before = [t for t in self.tree.sentence(self.tree.tokens[place - 1]) if t.end <= colon]
        verbs = [t for t in before if self._quotes(t)]
        if not verbs:
            return None
        return self._frame(verbs[-1], [(quotation.start, quotation.end)])

    def _carried(self, frames: list[Frame], used: set[int]) -> Iterator[Frame]:
        """Yield quoted paragraphs without a cue behind a quotation: the same speaker goes on."""
        for number, quotation in enumerate(self.quotations):
            block = self.page.blocks[quotation.block]
            whole = self.page.text[block.start : quotation.start] + self.page.text[quotation.end : block.end]
            if number in used or whole.strip(" .\n") or quotation.words < _SPEECH or quotation.block == 0:
                continue
            before = self.page.blocks[quotation.block - 1]
            said = [f for f in frames if before.start <= f.start() < before.end and f.make == "quote"]
            if said:
                yield Frame(
                    None, said[-1].head, None, None, [(quotation.start, quotation.end)], "asserts", "carried"
                )

    # -- dialogue ------------------------------------------------------------------------------------

    def _dialogue(self) -> Iterator[tuple[Span, list[Frame]]]:
        """Yield the paragraphs that open with a dash, each with its attributions."""
        for block in self.page.blocks:
            text = self.page.text
            if block.role not in CLAIM_ROLES or text[block.start : block.start + 2].strip() not in {"—", "–"}:
                continue
            lines = [
                match.span() for match in _LINE.finditer(text, block.start, block.end)
                if text[match.start()] in "—–"
            ]  # fmt: skip
            starts = [start for start, _ in lines]
            for start, end in zip(starts, [*starts[1:], block.end], strict=True):
                yield (start, end), self._speech((start, end))

    def _speech(self, line: Span) -> list[Frame]:
        """Return the frames of a paragraph whose speech is broken by remarks between dashes."""
        text = self.page.text
        opening = re.compile(rf"\s*[{_DASH}]?\s*").match(text, line[0], line[1])
        place = opening.end() if opening else line[0]
        turns = text[line[0]] in _DASH
        frames: list[Frame] = []
        content: list[Span] = []
        verb: Token | None = None
        first = place
        for turn in _TURN.finditer(text, place, line[1]):
            if turn.start() < place:
                continue
            end = self._remark_end(turn.end(), line[1])
            found = self._verb(turn.end(), end, near=False)
            if found is None or text[turn.end() : turn.end() + 1].isupper():
                if turns and verb is None and text[turn.start()] in "?!…." and text[turn.end()].isupper():
                    frames += self._closed(None, [(first, turn.start() + 1)])
                    first = turn.end()
                continue
            if turns and verb is not None:  # "— Платили? — спросил судья. — Платили, — кивнул Тамм."
                frames += self._closed(verb, content)
                content = []
            content.append((first, turn.start() + 1))
            verb = found
            rest = re.compile(rf"[.,!?…]*\s*[{_DASH}]?\s*").match(text, end, line[1])
            first = place = rest.end() if rest else end
        if first < line[1] and (
            verb is None or text[max(line[0], first - 2) : first].strip()[-1:] in tuple(_DASH)
        ):
            content.append((first, line[1]))
        return frames + self._closed(verb, content)

    def _closed(self, verb: Token | None, content: list[Span]) -> list[Frame]:
        parts = [part for span in content if (part := trim(self.page.text, span)) is not None]
        if not parts:
            return []
        return self._turn_alone(parts) if verb is None else [self._frame(verb, parts)]

    def _turn_alone(self, parts: list[Span]) -> list[Frame]:
        """Return a turn of an interview: words without a speaker; items of a list are none."""
        text = self.page.text
        start, end = parts[0]
        closing = text[end - 1] if text[end - 1] in "?!…" else text[end : end + 1]
        if not text[start].isupper() or closing not in {"?", "!", "…", "."}:
            return []
        asks = closing == "?" and text[start:end].count(".") == 0
        return [Frame(None, None, None, None, parts, "asks" if asks else "asserts", "quote")]

    # -- remarks -------------------------------------------------------------------------------------

    def _remark_end(self, start: int, limit: int) -> int:
        found = _REMARK_END.search(self.page.text, start, limit)
        return found.start() if found else limit

    def _quotes(self, token: Token) -> bool:
        frames = self.lexicon.frames(token.lemma)
        written = token.lemma in self.lexicon.impersonal and token.pos in {"VERB", "ADJ"}
        return (token.pos == "VERB" and "quote" in frames and token.feats.get("VerbForm") != "Inf") or written

    def _verb(self, start: int, end: int, *, near: bool) -> Token | None:
        """Return the first word of a remark that can carry speech; `near` wants it at once."""
        tokens = [token for token in self.tree.at(start, end) if token.pos != "PUNCT"]
        if near:
            tokens = tokens[:2]
        return next((token for token in tokens[:12] if self._quotes(token)), None)

    def _frame(self, verb: Token, content: list[Span]) -> Frame:
        cues = self.lexicon.frames(verb.lemma).get("quote", [])
        stance: Stance = cues[0].stance if cues else "asserts"
        head = self.subjects.of(verb) if cues and not verb.passive else self.subjects.document(verb)
        if head is not None and any(s <= head.start < e for s, e in content):
            head = None
        source = source_span(self.tree, head, (verb,)) if head is not None else None
        root = next(
            (
                t
                for t in self.tree.at(*content[0])
                if t.dep == "root" or t.head.start < content[0][0] or t.head.end > content[0][1]
            ),
            None,
        )
        return Frame(
            verb, head, source, cue_span(self.tree, verb, self.lexicon), content, stance, "quote", root
        )
