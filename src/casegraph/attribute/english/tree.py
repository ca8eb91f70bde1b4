"""A page's parse as linked tokens: heads, children, edges."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from casegraph.model import Page, Parse, unpack

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


class Token:
    """A word with its place in the tree. `i` counts through the page's parse."""

    __slots__ = (
        "children", "dep", "end", "entity", "head", "i", "left_edge", "lemma", "lower",
        "pos", "right_edge", "sentence", "start", "tag", "text",
    )  # fmt: skip

    def __init__(self, i: int, text: str, start: int, end: int) -> None:
        self.i = i
        self.text = text
        self.lower = text.lower()
        self.start = start
        self.end = end
        self.pos = self.tag = self.dep = self.lemma = self.entity = ""
        self.head: Token = self
        self.children: list[Token] = []
        self.sentence = 0
        self.left_edge = i
        self.right_edge = i

    def __repr__(self) -> str:
        return f"{self.text}/{self.dep}"

    def child(self, *deps: str) -> Token | None:
        """Return the first child with one of the labels."""
        return next((token for token in self.children if token.dep in deps), None)

    def ancestors(self) -> Iterator[Token]:
        """Yield head, head's head ... up to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def subtree_has(self, other: Token) -> bool:
        """Return whether `other` lies under this token (or is it)."""
        return other is self or any(up is self for up in other.ancestors())


class Tree:
    """All tokens of one page with their sentences, each a half-open range of token indices."""

    def __init__(self, page: Page, parse: Parse) -> None:
        self.page = page
        self.text = page.text
        self.tokens = _tokens(page.text, parse)
        self.sentences = _sentences(self.tokens)
        self._edges()
        self.sentence_of_number = {
            self.tokens[first].sentence: (first, last) for first, last in self.sentences
        }

    def move(self, token: Token, head: Token) -> None:
        """Hang a token under another head; call `settle` after the last move."""
        token.head.children.remove(token)
        head.children.append(token)
        head.children.sort(key=lambda child: child.i)
        token.head = head

    def settle(self) -> None:
        """Work the edges out anew."""
        for token in self.tokens:
            token.left_edge = token.right_edge = token.i
        self._edges()

    def _edges(self) -> None:
        """Set each token's outermost descendants; cut cycles cannot happen: heads come from a tree."""
        for token in self.tokens:
            for up in (token, *token.ancestors()):
                up.left_edge = min(up.left_edge, token.i)
                up.right_edge = max(up.right_edge, token.i)

    def sentence(self, token: Token) -> tuple[int, int]:
        """Return the token range of the sentence that holds the token."""
        return self.sentence_of_number[token.sentence]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters of tokens first..last (last included)."""
        return self.tokens[first].start, self.tokens[last].end

    def at(self, start: int, end: int) -> list[Token]:
        """Return the tokens that lie wholly in the characters [start, end)."""
        low = self.first_at(start)
        found = []
        for i in range(low, len(self.tokens)):
            token = self.tokens[i]
            if token.end > end:
                break
            found.append(token)
        return found

    def touching(self, start: int, end: int) -> list[Token]:
        """Return the tokens that share characters with [start, end): "GmbH." may hold a full stop."""
        low = self.first_at(start)
        if low and self.tokens[low - 1].end > start:
            low -= 1
        found = []
        for i in range(low, len(self.tokens)):
            if self.tokens[i].start >= end:
                break
            found.append(self.tokens[i])
        return found

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


def _tokens(text: str, parse: Parse) -> list[Token]:
    starts, ends = unpack(parse.start), unpack(parse.end)
    tokens = [
        Token(i, text[start:end], start, end) for i, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    columns = (
        unpack(parse.head), unpack(parse.sentence), parse.pos.split("\n"), parse.tag.split("\n"),
        parse.dep.split("\n"), parse.lemma.split("\n"), parse.entity.split("\n"),
    )  # fmt: skip
    if not tokens:
        return tokens
    for token, (head, number, pos, tag, dep, lemma, entity) in zip(
        tokens, zip(*columns, strict=True), strict=True
    ):
        token.pos, token.tag, token.dep, token.entity = pos, tag, dep, entity
        token.lemma = lemma.lower()
        token.sentence = number
        token.head = tokens[head]
        if head != token.i:
            tokens[head].children.append(token)
    for token in tokens:
        token.children.sort(key=lambda child: child.i)
    return tokens


def _sentences(tokens: list[Token]) -> list[tuple[int, int]]:
    if not tokens:
        return []
    cuts = [0]
    cuts += [after.i for before, after in pairwise(tokens) if before.sentence != after.sentence]
    return list(pairwise([*cuts, len(tokens)]))
