"""A shallow grammar of Chinese: from words in their classes to a tree of Universal Dependencies.

No Chinese dependency parser with weights runs offline under a free licence. Word order, coverbs and a closed
list of verbs that take clauses decide; what they cannot decide hangs on the nearest predicate.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from casegraph.extract.lang.zh_clauses import Clause, clause
from casegraph.extract.lang.zh_phrases import Item, Links
from casegraph.extract.lang.zh_words import Word, grammar, says

_BRACKETS = {
    "\uff08": "\uff09",
    "(": ")",
    "\u3010": "\u3011",
    "[": "]",
    "\u3014": "\u3015",
    "\uff3b": "\uff3d",
}
_QUOTES = {"\u201c": "\u201d", "\u300c": "\u300d", "\u300e": "\u300f", "\u2018": "\u2019"}
_STOPS = frozenset("\uff0c,\uff1b;\uff1a:\u3002\uff01\uff1f!?\u2026\u2014")
_COMMA = "\u3001"
_PENDING = {"B": "obl", "T": "obl:tmod", "D": "advmod", "S": "mark", "C": "cc", "Q": "obl", "X": "aux"}
_STATING = frozenset("没有 无 毫无 是 不是 有".split())  # 公司“没有理由隐瞒”
_SHORT_QUOTE = 8  # words
_CLAUSES = frozenset(["root", "ccomp", "parataxis", "advcl"])
_COLON = frozenset("\uff1a:")


@dataclass(slots=True)
class _Segment:
    places: list[int] = field(default_factory=list)
    quote: int = 0  # number of the long quotation that holds it, 0 for none
    colon: bool = False  # a colon stands behind it


def _partner(words: list[Word], place: int, end: int, pairs: dict[str, str]) -> int | None:
    """Return where what opens at `place` closes."""
    opening, closing = words[place].text, pairs[words[place].text]
    depth = 0
    for other in range(place, end):
        text = words[other].text
        depth += (text == opening) - (text == closing)
        if depth == 0:
            return other
    return None


class _Sentence:
    """One sentence while it is taken apart."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.links = Links(words)
        self.asides: list[tuple[int, int]] = []  # head of what stands in brackets, the word before
        self.marks: list[tuple[int, int]] = []  # a mark, the word that it hangs on
        self.quotes = 0

    def segments(self, start: int, end: int) -> list[_Segment]:
        """Return the clauses of [start, end), brackets taken out."""
        found = [_Segment()]
        quote, closing = 0, -1
        place = start
        while place < end:
            text, kind = self.words[place].text, self.words[place].kind
            if place == closing:
                self._mark(place, found)
                found.append(_Segment())
                quote, closing = 0, -1
            elif text in _BRACKETS and (shut := _partner(self.words, place, end, _BRACKETS)):
                self._aside(place, shut, found)
                place = shut
            elif text in _QUOTES and (shut := _partner(self.words, place, end, _QUOTES)):
                if self._is_short(place, shut):
                    found[-1].places.extend(self._name(place, shut, found))
                    place = shut
                else:
                    self._mark(place, found)
                    self.quotes += 1
                    quote, closing = self.quotes, shut
                    found.append(_Segment(quote=quote))
            elif kind == "W" and text != _COMMA:
                self._mark(place, found)
                if text[0] in _STOPS:
                    found[-1].colon = text[0] in _COLON
                    found.append(_Segment(quote=quote))
            else:
                found[-1].places.append(place)
            place += 1
        return [segment for segment in found if segment.places]

    def _mark(self, place: int, found: list[_Segment]) -> None:
        before = next((segment.places[-1] for segment in reversed(found) if segment.places), None)
        self.marks.append((place, -1 if before is None else before))

    def _is_short(self, start: int, end: int) -> bool:
        """Tell whether a quotation is a name or a few words of the sentence and holds no clause."""
        inside = self.words[start + 1 : end]
        if not inside:
            return True
        if len(inside) > _SHORT_QUOTE or any(word.text[0] in _STOPS for word in inside):
            return False
        before = self.words[start - 1] if start else None
        said = before is not None and (before.text[0] in _STOPS or says(before.text))
        return not (said and any(word.kind in "VKX" for word in inside))

    def _name(self, start: int, end: int, found: list[_Segment]) -> list[int]:
        """Return the words of a short quotation for the flow; with a verb inside they are one noun."""
        inside = list(range(start + 1, end))
        if not inside:
            return []
        self.marks += [(start, inside[0]), (end, inside[-1])]
        first = self.words[inside[0]]
        if (first.kind in "DPX" or first.text in _STATING) and any(
            self.words[place].kind in "VK" for place in inside
        ):
            return inside  # 公司“从未向该厂供货”: the predicate of the clause
        if any(self.words[place].kind in "VKWDPCUEX" for place in inside) and len(inside) > 1:
            last = inside[-1]
            for place in inside[:-1]:
                self.links.hang(place, last, "punct" if self.words[place].kind == "W" else "compound")
            self.words[last].kind = "N"
            return [last]
        del found
        return inside

    def _aside(self, start: int, end: int, found: list[_Segment]) -> None:
        """Parse what stands in brackets on its own; it hangs on the word before."""
        self.marks += [
            (start, start + 1 if end > start + 1 else -1),
            (end, end - 1 if end > start + 1 else -1),
        ]
        before = next((segment.places[-1] for segment in reversed(found) if segment.places), None)
        head = self.parse(start + 1, end)
        if head is not None and before is not None:
            self.asides.append((head, before))

    def parse(self, start: int, end: int) -> int | None:
        """Parse [start, end) and return its head."""
        chain = _Clauses(self.links)
        segments = self.segments(start, end)
        for number, segment in enumerate(segments):
            chain.take(segment, last=number == len(segments) - 1)
        return chain.finish()

    def _holder(self, mark: int, word: int, root: int) -> int:
        """Return what a mark hangs on: a stop on its clause's head, other marks on the word beside them."""
        while word >= 0 and self.words[word].kind == "W":
            word -= 1
        if word < 0:
            return root
        if self.words[mark].text[0] in _STOPS:
            while self.links.head[word] != word and self.links.dep[word] not in _CLAUSES:
                word = self.links.head[word]
        return word

    def tree(self) -> Links:
        """Return the whole sentence as a tree."""
        root = self.parse(0, len(self.words))
        if root is None:
            root = 0
        for head, before in self.asides:
            noun = self.words[head].kind in "NRTQ"
            self.links.hang(head, before, "appos" if noun else "parataxis")
        for mark, word in self.marks:
            self.links.hang(mark, self._holder(mark, word, root), "punct")
        for place in range(len(self.words)):
            if place != root and self.links.head[place] == place:
                self.links.hang(place, root, "punct" if self.words[place].kind == "W" else "dep")
        self._passives()
        return self.links

    def _passives(self) -> None:
        """Call the subject of a passive verb so, wherever the verb was hung later."""
        deps, heads = self.links.dep, self.links.head
        passive = {heads[n] for n, dep in enumerate(deps) if dep in {"aux:pass", "obl:agent"}}
        for place, dep in enumerate(deps):
            if dep == "nsubj" and heads[place] in passive:
                deps[place] = "nsubj:pass"


class _Clauses:
    """The clauses of a sentence, joined from left to right."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.root: int | None = None
        self.base: int | None = None  # what the next clause hangs on
        self.frame: int | None = None  # the verb of saying whose content goes on
        self.frame_quote = 0  # the long quotation that is its content
        self.quoted = False  # the clause before stood in quotation marks
        self.waits = False  # the frame has no content yet
        self.pending: list[Item] = []  # nouns and phrases for the next predicate
        self.advcl: list[int] = []

    def take(self, segment: _Segment, *, last: bool) -> None:
        """Hang the next clause."""
        found = clause(self.links, segment.places)
        if not found.predicate:
            self._nominal(found, segment, last=last)
            return
        if found.head is None:
            return
        subject = found.subject
        if self.pending:
            subject = self._give_pending(found.head, subject=subject)
        for other in self.advcl:
            self.links.hang(other, found.head, "advcl")
        self.advcl = []
        if found.mark and self._is_adverbial(found, last=last):
            self.advcl.append(found.head)
            return
        self._join(found, segment, subject=subject, last=last)

    def _is_adverbial(self, found: Clause, *, last: bool) -> bool:
        closed = grammar("clause_localizers") | grammar("subordinators") | grammar("clause_coverbs")
        return not last and found.mark in closed | grammar("source_coverbs")

    def _nominal(self, found: Clause, segment: _Segment, *, last: bool) -> None:
        """Keep a clause without a predicate for the next one, or hang it on what stands before."""
        if found.head is None:
            self.pending.extend(item for item in found.left if item.kind in "DSCX")
            return
        if not last and not segment.colon:
            self.pending.extend(found.left)
            return
        self._inner(found)
        if self.waits and self.frame is not None:
            self.links.hang(found.head, self.frame, "ccomp")
            self.waits = False
        elif self.base is not None:
            self.links.hang(found.head, self.base, "parataxis")
        elif self.root is None:
            self.root = self.base = found.head
            return
        if self.root is None:
            self.root = self.base = found.head

    def _inner(self, found: Clause) -> None:
        if found.head is None:
            return
        for item in found.left:
            if item.head != found.head:
                label = {"B": "obl", "T": "obl:tmod", "D": "advmod", "Q": "nummod"}.get(item.kind, "dep")
                self.links.hang(item.head, found.head, label)

    def _give_pending(self, head: int, *, subject: bool) -> bool:
        """Hang the nouns that waited on the predicate: the last one as subject if it has none."""
        named = [item for item in self.pending if item.kind in "NR"]
        passive = any(
            self.links.head[place] == head and self.links.dep[place] in {"aux:pass", "obl:agent"}
            for place in range(len(self.links.head))
        )
        if not subject and len(named) > 1 and self.links.words[named[0].head].pos == "PROPN":
            for item in named[1:]:
                self.links.hang(item.head, named[0].head, "appos")
            self.pending = [item for item in self.pending if item not in named[1:]]
            named = named[:1]
        for item in self.pending:
            if item.kind in "NR":
                mine = not subject and item is named[-1]
                label = ("nsubj:pass" if passive else "nsubj") if mine else "dislocated"
            else:
                label = _PENDING.get(item.kind, "dep")
            self.links.hang(item.head, head, label)
        self.pending = []
        return subject or bool(named)

    def _join(self, found: Clause, segment: _Segment, *, subject: bool, last: bool) -> None:
        head = found.head
        if head is None:
            return
        inverted = self._closes_speech(found, segment, subject=subject, last=last)
        if self.root is None:
            self.root = head
        elif inverted:
            self.links.hang(self.root, head, "ccomp")
            self.root = head
        elif self.waits and self.frame is not None:
            self.links.hang(head, self.frame, "ccomp")
            self.frame_quote = segment.quote
        elif self._goes_on(found, segment):
            self.links.hang(
                head, self.base if self.base is not None else self.root, "parataxis" if subject else "conj"
            )
        else:  # outside the quotation that the frame took
            outer = self.frame if self.frame is not None else self.root
            self.links.hang(head, outer, "parataxis" if subject else "conj")
        self.base, self.waits = head, False
        self.quoted = bool(segment.quote)
        self._open_frame(found, segment, inverted=inverted and last)

    def _goes_on(self, found: Clause, segment: _Segment) -> bool:
        """Tell whether the clause belongs to what the frame says rather than beside the frame."""
        if self.frame is None:
            return True
        if self.frame_quote:
            return segment.quote == self.frame_quote
        words = self.links.words
        joined = words[segment.places[0]].text in grammar("verb_conjunctions")
        return not (joined and found.speech and not found.subject)

    def _closes_speech(self, found: Clause, segment: _Segment, *, subject: bool, last: bool) -> bool:
        """Tell whether a clause is the speaker's behind his words: “……”，他说."""
        if self.root is None or not found.speech or found.complete or not subject or self.frame is not None:
            return False
        if self.quoted and not segment.quote:
            return True
        if found.verb is None or (
            found.verb != found.head and self.links.words[found.head or 0].text == "\u662f"
        ):
            return False
        word = self.links.words[found.verb].text
        return last and (word in grammar("reporting_only") or word[-1] in "说称道")

    def _open_frame(self, found: Clause, segment: _Segment, *, inverted: bool) -> None:
        """Note the verb whose content the next clauses are."""
        verb = found.verb
        if verb is None or inverted:
            return
        dative = self.links.words[verb].text in grammar("dative_clause_verbs")
        if found.speech and (not found.complete or dative or segment.colon):
            self.frame, self.waits, self.frame_quote = verb, True, 0
            return
        said = next(
            (
                place
                for place, dep in enumerate(self.links.dep)
                if dep == "ccomp" and place in segment.places and self.links.head[place] in segment.places
            ),
            None,
        )
        if said is not None and self.frame is None:
            self.frame, self.base, self.frame_quote = self.links.head[said], said, 0

    def finish(self) -> int | None:
        """Return the head; what no predicate took hangs on it or is it."""
        if self.root is None:
            heads = [*self.advcl, *(item.head for item in self.pending if item.kind in "NRTBQ")]
            heads = heads or [item.head for item in self.pending]
            if not heads:
                return None
            self.root = heads[-1] if not self.advcl else heads[0]
        for place in self.advcl:
            self.links.hang(place, self.root, "advcl")
        for item in self.pending:
            self.links.hang(item.head, self.root, {"B": "obl", "T": "obl:tmod"}.get(item.kind, "dep"))
        return self.root


def parse(words: list[Word]) -> Links:
    """Return the tree over one sentence's words; the one root is its own head."""
    return _Sentence(words).tree()
