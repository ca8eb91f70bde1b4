"""Who a Chinese source is: its name or its words, whether named, and how many."""

from __future__ import annotations

from casegraph.attribute.base import NOBODY, Filler, Span, Speaker
from casegraph.attribute.chinese.sources import is_document
from casegraph.attribute.chinese.terms import ChineseDiscourse
from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.spans import Frame
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Count

_PAPERS = (
    "书",
    "公告",
    "声明",
    "通报",
    "年报",
    "公报",
    "判决",
    "报告",
    "财报",
    "季报",
    "快报",
    "预告",
    "纪要",
    "控罪",
)  # one that is known
_OURS = frozenset("我方 我 贵方 本公司 我司 贵司 对方 辩方 控方 原告 被告".split())
_LISTING = frozenset({"、", "和"})
_GROUPS = frozenset({"批", "些", "群"})
_DEFINITE = frozenset({"该", "这", "此", "本", "其"})


class Speakers:
    """Names the sources of a page's attributions."""

    def __init__(self, tree: Tree, lexicon: Lexicon, discourse: ChineseDiscourse) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.discourse = discourse

    def identify(self, frame: Frame) -> Speaker:
        """Return the frame's speaker; NOBODY where the words give none."""
        head = frame.head
        if head is None:
            return NOBODY
        found = self.discourse.name(head)
        words = self.tree.text[slice(*frame.source)] if frame.source else head.text
        if is_document(head.lemma, self.lexicon) and not self._is_work(head):
            found = None  # "X公司的报告": the report speaks
        if self._is_some(head):
            found = None
        elif found is None and frame.source is not None:
            found = self._at_end(frame.source)
        counted = self._counted(head, frame.source)
        unnamed = self._unnamed(head) or (counted is not None and found is None and head.pos == "NOUN")
        if unnamed and is_document(head.lemma, self.lexicon):
            unnamed = not self._is_described(head, frame.source)
        if found is not None and (found.schema == "Person" or not unnamed):
            return Speaker(found.name, found.mention, unnamed=False, count=Count(minimum=1, maximum=1))
        if unnamed:
            self.discourse.described(head)
        count = counted if counted is not None else self.count(head, unnamed=unnamed)
        return Speaker(words, None, unnamed=unnamed, count=count)

    def _counted(self, head: Token, source: Span | None) -> Count | None:
        """Return how many the number before a measure word says, a clause behind it or not."""
        if source is None:
            return None
        for token in self.tree.at(*source):
            if token.i >= head.i:
                break
            behind = self.tree.tokens[token.i + 1]
            if token.pos not in {"NUM", "DET"} or not (
                behind.dep == "clf"
                or behind.pos == "NUM"
                or behind is head
                or self.lexicon.has("words.several", token.lemma)
            ):
                continue
            value = self._number(token)
            many = behind.dep == "clf" and behind.lemma in _GROUPS
            if value is not None and not many:
                return Count(minimum=value, maximum=value)
            if (
                many
                or self.lexicon.has("words.several", token.lemma)
                or token.lemma.endswith(("多", "余", "些"))
            ):
                return Count(minimum=2, maximum=None)
        return None

    def _at_end(self, source: Span) -> Filler | None:
        """Return the person whose name closes the words: 外交与安全政策高级代表安娜."""
        names, tokens = self.discourse.names, self.tree.at(*source)
        named = names.at(tokens[-1]) if names is not None and tokens else None
        joined = any(t.text in _LISTING for t in tokens)
        if named is None or named.schema != "Person" or joined:
            return None
        return self.discourse.name(tokens[-1])

    def _is_some(self, head: Token) -> bool:
        """Return whether the noun is one of many without a name beside it: 有市民, 一名记者, 专家."""
        names = self.discourse.names
        if head.pos != "NOUN" or (names is not None and names.of(head) is not None):
            return False
        first = self.tree.tokens[max(0, head.i - 1)]
        there = (head.dep == "obj" and head.head.lemma.endswith("有")) or first.lemma in {
            "有",
            "也有",
            "另有",
        }
        bare = head.lemma in self.lexicon.words["sources.unnamed"] and not head.kids("det", "nmod")
        return there or (bare and head.lemma not in self.lexicon.words["sources.only"])

    def _is_described(self, head: Token, source: Span | None) -> bool:
        """Return whether the words tell which paper it is, besides its number."""
        if source is None:
            return False
        before = [t for t in self.tree.at(*source) if t.i < head.i]
        return any(t.pos not in {"NUM", "DET", "ADP", "PUNCT"} and t.dep != "clf" for t in before)

    @staticmethod
    def _is_work(head: Token) -> bool:
        return head.pos == "PROPN"

    def _unnamed(self, head: Token) -> bool:
        """Return whether no name and no office tells who the source is."""
        words = self.lexicon.words
        if head.lemma in words["words.personal"]:
            return False
        owned = any(child.case == "Gen" for child in head.kids("nmod")) or bool(head.kids("appos"))
        owned = owned or any(c.lemma in _OURS for c in head.kids("compound", "nmod", "det"))
        if is_document(head.lemma, self.lexicon):
            return not head.lemma.endswith(_PAPERS) and not any(
                c.dep in {"compound", "nmod", "amod", "acl", "det", "appos"} for c in head.children
            )
        if head.lemma.removesuffix("们") in words["sources.unnamed"] or head.lemma.endswith(("人士", "者")):
            return not ((head.lemma in words["sources.only"] or head.lemma.endswith("律师")) and owned)
        return head.lemma in {"有人", "一些", "许多"}

    def _number(self, word: Token) -> int | None:
        plain = word.text.isascii() and word.text.isdigit()
        return int(word.text) if plain else self.lexicon.numbers.get(word.lemma)

    def count(self, head: Token, *, unnamed: bool) -> Count:
        """Return how many speak; bare nouns of people do not say, and count as one at least."""
        joined = head.kids("conj")
        if joined:
            return Count(minimum=1 + len(joined), maximum=None if unnamed else 1 + len(joined))
        inside = [
            t
            for t in head.subtree()
            if t.dep in {"nummod", "det"} and t.head.dep in {"compound", "nsubj", "obj", "obl", head.dep}
        ]
        for word in inside:
            value = self._number(word)
            if value is not None:
                return Count(minimum=value, maximum=value)
            if self.lexicon.has("words.several", word.lemma) or word.lemma.endswith(("多", "余")):
                return Count(minimum=2, maximum=None)
        beside = head.kids("amod", "advmod", "compound")
        several = any(self.lexicon.has("words.several", c.lemma) for c in beside)
        if several or head.lemma in {"双方", "他们", "她们", "我们"} or head.lemma.endswith("们"):
            return Count(minimum=2, maximum=None)
        definite = any(c.lemma in _DEFINITE for c in head.kids("det")) or head.lemma == "记者"
        definite = definite or head.lemma.endswith(("人士", "知情者", "知情人"))
        return Count(minimum=1, maximum=None if unnamed and not definite else 1)
