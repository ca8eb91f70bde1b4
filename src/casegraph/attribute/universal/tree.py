"""A page's Universal Dependencies parse as linked tokens; any heads give a forest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from casegraph.attribute.base import Span
from casegraph.attribute.trim import trim
from casegraph.model import Page, Parse, unpack

_HANGING = frozenset({"ccomp", "acl", "advcl", "xcomp", "obl", "nmod"})
_INFINITIVE = ("ть", "ться", "ти", "тись", "чь")
_ADJECTIVE = ("ый", "ий", "ой")
_CLAUSES = frozenset({"root", "ccomp", "csubj", "advcl", "acl", "parataxis"})


class Token:
    """A word in its tree: `i` counts through the page's parse, `dep` is the universal relation."""

    __slots__ = (
        "children", "dep", "end", "feats", "head", "i", "lemma", "lower", "pos", "sentence", "start",
        "sub", "text",
    )  # fmt: skip

    def __init__(self, i: int, text: str, start: int, end: int) -> None:
        self.i, self.text, self.start, self.end = i, text, start, end
        self.lower = text.lower().replace("ё", "е")
        self.pos = self.dep = self.sub = self.lemma = ""
        self.feats: dict[str, str] = {}
        self.head: Token = self
        self.children: list[Token] = []
        self.sentence = 0

    def __repr__(self) -> str:
        return f"{self.text}/{self.dep}"

    @property
    def case(self) -> str:
        """The UD Case, "" where the word has none."""
        return self.feats.get("Case", "")

    @property
    def plural(self) -> bool:
        """Whether the word is plural."""
        return self.feats.get("Number") == "Plur"

    @property
    def passive(self) -> bool:
        """Whether the word is a passive verb form."""
        return self.feats.get("Voice") == "Pass"

    def child(self, *deps: str) -> Token | None:
        """Return the first child with one of the universal relations."""
        return next((token for token in self.children if token.dep in deps), None)

    def kids(self, *deps: str) -> list[Token]:
        """Return the children with one of the universal relations."""
        return [token for token in self.children if token.dep in deps]

    def ancestors(self) -> Iterator[Token]:
        """Yield head, head's head ... up to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def under(self, other: Token) -> bool:
        """Return whether this token is `other` or hangs under it."""
        return other is self or any(up is other for up in self.ancestors())

    def subtree(self, *, drop: Collection[Token] = ()) -> list[Token]:
        """Return the token and what hangs under it in order, without the dropped tokens' subtrees."""
        found, todo = [], [self]
        while todo:
            here = todo.pop()
            if here in drop:
                continue
            found.append(here)
            todo += here.children
        return sorted(found, key=lambda token: token.i)

    def prepositions(self) -> str:
        """Return the lower-case words of the preposition that governs the noun, "" for none."""
        words = [
            token
            for case in self.kids("case")
            for token in (case, *case.kids("fixed"))
            if token.pos != "PUNCT" and token.i < self.i
        ]
        return " ".join(token.lower for token in sorted(words, key=lambda token: token.i))

    def clause(self) -> Token:
        """Return the head of the smallest clause that holds the token, itself included."""
        token = self
        while token.head is not token and token.dep not in _CLAUSES:
            token = token.head
        return token


class Tree:
    """All tokens of one page with their sentences, each a half-open range of token indices."""

    def __init__(self, page: Page, parse: Parse) -> None:
        self.page = page
        self.text = page.text
        self.tokens = _tokens(page.text, parse)
        self.sentences = _sentences(self.tokens)
        self.range_of = {self.tokens[first].sentence: (first, last) for first, last in self.sentences}

    def sentence(self, token: Token) -> list[Token]:
        """Return the tokens of the sentence that holds the token."""
        first, last = self.range_of[token.sentence]
        return self.tokens[first:last]

    def at(self, start: int, end: int) -> list[Token]:
        """Return the tokens that share characters with [start, end)."""
        low = self.first_at(start)
        if low and self.tokens[low - 1].end > start:
            low -= 1
        found = []
        for token in self.tokens[low:]:
            if token.start >= end:
                break
            found.append(token)
        return found

    def hang(self, token: Token, head: Token, dep: str) -> None:
        """Give the token another head; a head that hangs under it is left where it is."""
        if head.under(token):
            return
        if token.head is not token:
            token.head.children.remove(token)
        token.head, token.dep, token.sub = head, dep, ""
        head.children = sorted((*head.children, token), key=lambda child: child.i)

    def first_at(self, start: int) -> int:
        """Return the index of the first token that starts at or after the character."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle].start < start:
                low = middle + 1
            else:
                high = middle
        return low

    def parts(self, tokens: Iterable[Token]) -> list[Span]:
        """Return the runs of neighbouring tokens as characters, trimmed, without runs of mere marks."""
        ordered = sorted(tokens, key=lambda token: token.i)
        runs: list[list[Token]] = []
        for token in ordered:
            if runs and token.i == runs[-1][-1].i + 1:
                runs[-1].append(token)
            else:
                runs.append([token])
        found = []
        for run in runs:
            if all(token.pos in {"PUNCT", "CCONJ"} for token in run):
                continue
            span = trim(self.text, (run[0].start, run[-1].end))
            if span is not None:
                found.append(_balanced(self.text, span))
        return found

    def filled(
        self, tokens: Iterable[Token], barred: Collection[Token], *, back: bool = False
    ) -> list[Token]:
        """Return the tokens with what a parse left out between them and behind them, but for the barred.

        A greedy parser leaves words without a head: what hangs on nothing, or on the content itself, belongs
        to it up to the end of the sentence; with `back` from its beginning as well.
        """
        inside = {token.i for token in tokens}
        if not inside:
            return []
        out = {token.i for token in barred}
        some = self.tokens[min(inside)]
        first, last = self.range_of[some.sentence]
        inside |= {i for i in range(min(inside), max(inside) + 1) if i not in out}
        steps = [range(max(inside) + 1, last)] + ([range(min(inside) - 1, first - 1, -1)] if back else [])
        for step in steps:
            if not any(i in out or self._elsewhere(self.tokens[i], inside, set(step)) for i in step):
                inside |= set(step)
        return [self.tokens[i] for i in sorted(inside)]

    @staticmethod
    def _elsewhere(token: Token, inside: set[int], rest: set[int]) -> bool:
        """Return whether the word hangs on something outside the content and outside what is asked about."""
        head = token.head
        return token.pos != "PUNCT" and head is not token and head.i not in inside and head.i not in rest

    def run(self, head: Token, tokens: Iterable[Token]) -> Span:
        """Return the run of neighbouring tokens around the head as trimmed characters."""
        places = {token.i for token in tokens}
        first = last = head.i
        while first - 1 in places:
            first -= 1
        while last + 1 in places:
            last += 1
        span = (self.tokens[first].start, self.tokens[last].end)
        return _balanced(self.text, trim(self.text, span) or span)


def _balanced(text: str, span: Span) -> Span:
    """Return the span with the closing mark that the parser hung elsewhere, or without a stray one."""
    start, end = span
    words = text[start:end]
    for opening, closing in (("«", "»"), ("(", ")"), ("„", "“")):
        if words.count(opening) > words.count(closing) and text[end : end + 1] == closing:
            end += 1
        elif words.startswith(opening) and words.count(opening) > words.count(closing):
            start += 1
        elif words.endswith(closing) and words.count(closing) > words.count(opening):
            before = text[start - 1 : start]
            start, end = (start - 1, end) if before == opening else (start, end - 1)
        words = text[start:end]
    return start, end


def _features(tag: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in tag.split("|") if "=" in pair)


def _tokens(text: str, parse: Parse) -> list[Token]:
    starts, ends = unpack(parse.start), unpack(parse.end)
    tokens = [Token(i, text[s:e], s, e) for i, (s, e) in enumerate(zip(starts, ends, strict=True))]
    if not tokens:
        return tokens
    columns = (
        unpack(parse.head), unpack(parse.sentence), parse.pos.split("\n"), parse.tag.split("\n"),
        parse.dep.split("\n"), parse.lemma.split("\n"),
    )  # fmt: skip
    for token, (head, number, pos, tag, dep, lemma) in zip(tokens, zip(*columns, strict=True), strict=True):
        token.pos, token.sentence = pos, number
        token.dep, _, token.sub = dep.lower().partition(":")
        token.lemma = lemma.lower().replace("ё", "е")
        token.feats = _features(tag)
        token.head = tokens[head] if 0 <= head < len(tokens) else token
    _retag(tokens)
    _cut(tokens)
    _rehang(tokens)
    for token in tokens:
        if token.head is not token:
            token.head.children.append(token)
    return tokens


def _retag(tokens: list[Token]) -> None:
    """Make participles of words with a verb's lemma that a tagger took for names or nouns.

    At the head of a sentence the capital misleads it: "Возглавляемый Гаем фонд", "Подконтрольная Гаю фирма".
    """
    for token in tokens:
        if token.dep == "acl" and token.pos == "PROPN" and token.lemma.endswith(_ADJECTIVE):
            token.pos = "ADJ"
        if token.dep == "acl" and token.pos in {"NOUN", "PROPN", "ADJ"} and token.lemma.endswith(_INFINITIVE):
            token.pos = "VERB"
            active = "щ" in token.lower[-5:] or "вш" in token.lower[-6:]
            token.feats |= {"VerbForm": "Part", "Voice": "Act" if active else "Pass"}


def _cut(tokens: list[Token]) -> None:
    """Make roots of words whose heads run in a circle or into another sentence."""
    done: set[int] = set()
    for token in tokens:
        path: set[int] = set()
        here = token
        while here.i not in done and here.head is not here:
            if here.i in path or here.head.sentence != here.sentence:
                here.head = here
                break
            path.add(here.i)
            here = here.head
        done |= path | {here.i}


def _rehang(tokens: list[Token]) -> None:
    """Hang subordinate clauses that a greedy parser left without a head on the word before them.

    slovnet's parser picks each head alone: some clauses point at themselves or run in a circle.
    """
    for token in tokens:
        marks = [t for t in tokens[max(0, token.i - 12) : token.i] if t.head is token and t.dep == "mark"]
        astray = (
            token.dep == "ccomp"
            and token.head.i > token.i
            and bool(marks)
            and marks[0].i > 0
            and (any(t.pos == "CCONJ" for t in tokens[token.i : token.head.i]))
        )  # "пояснил, что ..., и добавил, что": the first clause hung on the second verb
        lost = token.head is token and (token.dep in _HANGING or (token.dep == "root" and bool(marks)))
        if not astray and not lost:
            continue
        first = min((t.i for t in tokens[max(0, token.i - 30) : token.i] if t.head is token), default=token.i)
        for before in reversed(tokens[:first]):
            if before.sentence != token.sentence:
                break
            if before.pos in {"VERB", "NOUN", "ADJ"} and all(up is not token for up in before.ancestors()):
                token.head = before
                if token.dep == "root":
                    token.dep = "acl" if before.pos == "NOUN" else "ccomp"
                break


def _sentences(tokens: list[Token]) -> list[tuple[int, int]]:
    if not tokens:
        return []
    cuts = [0]
    cuts += [after.i for before, after in pairwise(tokens) if before.sentence != after.sentence]
    return list(pairwise([*cuts, len(tokens)]))
