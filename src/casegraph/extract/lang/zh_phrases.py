"""Phrases of a Chinese clause: noun phrases, 的, coordination, coverbs with their nouns, localizers.

A clause's words become items, and items are reduced from left to right; what is reduced is hung on its
head with a label of Universal Dependencies (Chinese). No statistics: surface order and word classes alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from casegraph.extract.lang.zh_persons import is_title
from casegraph.extract.lang.zh_words import Word, grammar

_NOMINAL = frozenset("NRQZJ")
_THEMSELVES = frozenset(["双方", "本人"])
_CAUSES = frozenset(["由于", "因", "因为", "为了", "鉴于", "随着"])
_COMMA = "\u3001"
_KIND_ENDS = ("商", "公司", "企业", "集团", "银行", "厂家", "事务所", "基金", "品牌", "券商", "股东")


@dataclass(slots=True)
class Item:
    """A reduced piece of a clause: its kind (as `Word.kind`, B for a coverb's phrase) and head word.

    `mark` is the coverb or localizer of a phrase, `of` tells that the noun carries a 的.
    """

    kind: str
    head: int
    first: int
    last: int
    mark: int | None = None
    of: bool = False


@dataclass(slots=True)
class Links:
    """The words of a sentence and the tree that grows over them: `head[i] == i` is not hung yet."""

    words: list[Word]
    head: list[int] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start with every word on its own."""
        self.head = list(range(len(self.words)))
        self.dep = ["root"] * len(self.words)

    def hang(self, child: int, head: int, dep: str) -> None:
        """Hang a word on another one, unless that would close a circle."""
        up = head
        while self.head[up] != up:
            if up == child:
                return
            up = self.head[up]
        if up != child:
            self.head[child], self.dep[child] = head, dep

    def text(self, item: Item) -> str:
        """Return the head word of an item."""
        return self.words[item.head].text


def items_of(links: Links, places: list[int]) -> list[Item]:
    """Return an item for each word, a number with its classifier as one."""
    found: list[Item] = []
    for place in places:
        word = links.words[place]
        before = found[-1] if found else None
        if word.kind == "Q" and word.tag == "q" and before is not None and before.kind in "QZ":
            links.hang(place, before.head, "clf")
            found[-1] = Item(before.kind, before.head, before.first, place)
        elif word.kind == "Q" and before is not None and before.kind == "Q" and word.tag == "m":
            links.hang(place, before.head, "flat")
            found[-1] = Item("Q", before.head, before.first, place)
        else:
            found.append(Item("C" if word.text == _COMMA else word.kind, place, place, place))
    return found


def _is_person(word: Word) -> bool:
    return word.tag == "PER"


def _joins(links: Links, left: Item, right: Item) -> str | None:
    """Return how two neighbours become one noun: the label, with "<" where the left one is the head."""
    if right.kind not in "NR" or left.of:
        return None
    one, two = links.words[left.head], links.words[right.head]
    simple = {"Z": "det", "Q": "nummod", "J": "amod"}.get(left.kind)
    if simple:
        return simple if right.kind == "N" else None
    if left.kind == "R":
        own = one.text in grammar("possessives") and right.kind == "N" and not _is_person(two)
        return "nmod" if own else None
    if left.kind != "N" or right.kind == "R" or links.words[right.first].kind in "ZQ":
        return "appos<" if left.kind == "N" and two.text in _THEMSELVES and right.kind == "R" else None
    return _noun_noun(one, two)


def _noun_noun(one: Word, two: Word) -> str | None:
    """Return how two nouns are joined; None where the second begins a phrase of its own."""
    if _is_person(two):
        body = "nmod" if one.tag in {"ORG", "LOC"} else None
        return "appos<" if is_title(one.text) else body
    if _is_person(one):
        return "appos<" if is_title(two.text) else None
    if one.text in grammar("holdings"):
        return "nmod"
    if two.tag in {"ORG", "LOC"} and one.tag not in {"ORG", "LOC", "nz"}:
        return (
            "appos<" if one.text in grammar("organisation_nouns") or one.text.endswith(_KIND_ENDS) else None
        )
    return "nmod" if one.pos == "PROPN" else "compound"


def nouns(links: Links, items: list[Item]) -> list[Item]:
    """Join determiners, numbers, adjectives and nouns before a noun with it; names and titles."""
    found: list[Item] = []
    for item in items:
        now = item
        while found:
            left = found[-1]
            how = _joins(links, left, now)
            if how is None:
                break
            if how.endswith("<"):
                links.hang(now.head, left.head, how[:-1])
                now = Item("N", left.head, left.first, now.last)
            else:
                links.hang(left.head, now.head, how)
                now = Item("N", now.head, left.first, now.last)
            found.pop()
        if now.kind == "J" and found and found[-1].kind == "J":
            links.hang(now.head, found[-1].head, "conj")
            continue
        found.append(now)
    return found


def _kinds(items: list[Item], place: int, count: int) -> str:
    return "".join(item.kind for item in items[place : place + count])


def coordinate(links: Links, items: list[Item]) -> list[Item]:
    """Join A、B和C; a 等 closes the list and a noun right behind it is what the list names."""
    found: list[Item] = []
    place = 0
    while place < len(items):
        item = items[place]
        left = found[-1] if found else None
        if item.kind == "C" and left is not None and left.kind in "NRT" and _is_and(links, item):
            after = items[place + 1] if place + 1 < len(items) else None
            following = items[place + 2] if place + 2 < len(items) else None
            mine = after is not None and (after.kind in "NR" or (after.kind == left.kind == "T"))
            if (
                mine
                and after is not None
                and not (left.of and following is not None and following.kind == "E")
            ):
                links.hang(after.head, left.head, "conj")
                comma = links.words[item.head].kind == "W" or links.words[item.head].text == _COMMA
                links.hang(item.head, after.head, "punct" if comma else "cc")
                found[-1] = Item(left.kind, left.head, left.first, after.last, of=left.of)
                place += 2
                continue
        if item.kind == "G" and left is not None and left.kind in "NR":
            links.hang(item.head, left.head, "dep")
            after = items[place + 1] if place + 1 < len(items) else None
            if after is not None and after.kind == "N":
                links.hang(left.head, after.head, "nmod")
                found[-1] = Item("N", after.head, left.first, after.last)
                place += 2
                continue
            found[-1] = Item(left.kind, left.head, left.first, item.last)
            place += 1
            continue
        found.append(item)
        place += 1
    return found


def _is_and(links: Links, item: Item) -> bool:
    return links.words[item.head].text in grammar("conjunctions") or links.words[item.head].text == _COMMA


def coverbs(links: Links, items: list[Item]) -> list[Item]:
    """Join a coverb with its noun (and a localizer behind it) as B, a noun with its localizer too."""
    found: list[Item] = []
    place = 0
    while place < len(items):
        item = items[place]
        pair = _kinds(items, place, 2)
        if pair in {"PN", "PR", "PT", "PQ"} and not _takes_clause(links, items, place):
            noun = items[place + 1]
            links.hang(item.head, noun.head, "case")
            made = Item("B", noun.head, item.first, noun.last, mark=item.head)
            place += 2
            if place < len(items) and items[place].kind == "F":
                links.hang(items[place].head, noun.head, "case")
                made.last = items[place].last
                place += 1
            found.append(made)
            continue
        if pair in {"NF", "TF", "QF", "RF"} and not _clause_open(links, found, items[place + 1]):
            links.hang(items[place + 1].head, item.head, "case")
            made = Item("T" if item.kind in "TQ" else "B", item.head, item.first, items[place + 1].last)
            made.mark = items[place + 1].head
            found.append(made)
            place += 2
            continue
        found.append(item)
        place += 1
    return found


def _clause_open(links: Links, found: list[Item], localizer: Item) -> bool:
    """Tell whether the localizer closes 在 V N 后 rather than N 后."""
    if links.text(localizer) not in grammar("clause_localizers"):
        return False
    kinds = "".join(item.kind for item in found)
    opening = max(kinds.rfind("P"), kinds.rfind("S"))
    if kinds.rfind("V") > max(opening, kinds.rfind("E")):  # 收购X后
        return True
    return opening >= 0 and "V" in kinds[opening:] and links.text(found[opening]) in grammar("clause_coverbs")


def _takes_clause(links: Links, items: list[Item], place: int) -> bool:
    """Tell whether the coverb has a clause behind it: 据路透社报道, 在谈判结束后."""
    word = links.text(items[place])
    rest = items[place + 1 :]
    if word in grammar("source_coverbs"):
        verbs = [item for item in rest if item.kind in "VN"]
        return any(
            links.text(item) in grammar("report_ends") and item.kind == "V" for item in verbs[:4]
        ) and not any(item.kind == "E" for item in rest[:4])
    if word in grammar("clause_coverbs"):
        closing = next((n for n, item in enumerate(rest) if item.kind == "F"), None)
        verb = next((n for n, item in enumerate(rest) if item.kind in "VK"), None)
        if closing is not None and verb is not None and verb < closing:
            return links.text(rest[closing]) in grammar("clause_localizers")
        if rest and rest[0].kind == "N" and links.text(rest[0]) in grammar("reasons"):
            return False  # 因个人原因辞去
        return word in _CAUSES and closing is None and any(item.kind in "VKJ" for item in rest)
    return False
