"""Clauses: subject, verb, object, what hangs on the verb, verbs in series, relative clauses, copulas."""

from __future__ import annotations

from dataclasses import dataclass, field

from casegraph.extract.lang.zh_persons import is_title
from casegraph.extract.lang.zh_phrases import Item, Links, coordinate, coverbs, items_of, nouns
from casegraph.extract.lang.zh_relatives import relative_start
from casegraph.extract.lang.zh_words import grammar, says

# What hangs on a verb from its left and from its right, by kind.
_LEFT = {
    "T": "obl:tmod", "D": "advmod", "X": "aux", "U": "aux", "J": "advmod", "C": "cc", "S": "mark",
    "O": "mark", "Q": "obl", "F": "advmod", "E": "mark", "H": "discourse",
}  # fmt: skip
_RIGHT = {
    "B": "obl", "T": "obl:tmod", "U": "aux", "E": "discourse", "F": "advmod", "H": "discourse", "D": "advmod",
    "J": "xcomp", "X": "aux", "P": "compound",
}  # fmt: skip
_PREDICATE = frozenset("VK")


@dataclass(slots=True)
class Clause:
    """What a run of words without a comma came to.

    `head` is its predicate or, without one, its last noun; `left` are items that no predicate took;
    `verb` is the last verb of the chain, which may want a clause; `speech` tells that it does.
    """

    head: int | None
    predicate: bool
    subject: bool = False
    verb: int | None = None
    speech: bool = False
    complete: bool = False  # the verb of saying has an object already
    mark: str = ""  # the word that subordinates it: 如果, 后
    left: list[Item] = field(default_factory=list)


def attributes(links: Links, items: list[Item]) -> list[Item]:
    """Reduce X的N from left to right: nouns to nmod, adjectives to amod, clauses to acl."""
    place = 0
    items = list(items)
    while place < len(items):
        if (
            items[place].kind != "E"
            or place == 0
            or place + 1 >= len(items)
            or items[place + 1].kind not in "NQRZ"
        ):
            place += 1
            continue
        after = _noun_after(links, items, place + 1)
        if after is None:
            place += 1
            continue
        noun, stop = after
        start = relative_start(links, items, place)
        if start is None:
            left = items[place - 1]
            if left.kind not in "NRTQJB":
                place += 1
                continue
            links.hang(left.head, _whose(links, noun), {"J": "amod", "Q": "nummod"}.get(left.kind, "nmod"))
            links.hang(items[place].head, left.head, "case" if left.kind != "J" else "mark:rel")
            first, start = left.first, place - 1
            if _is_theirs(links, items, place, noun):
                links.hang(items[place - 2].head, left.head, "case")
                links.hang(items[place - 3].head, noun.head, "nmod")
                first, start = items[place - 3].first, place - 3
        else:
            inner = assemble(links, coverbs(links, items[start:place]), nested=True)
            if inner.head is None:
                place += 1
                continue
            links.hang(inner.head, noun.head, "acl")
            links.hang(items[place].head, inner.head, "mark:rel")
            first = items[start].first
        items[start:stop] = [Item("N", noun.head, first, noun.last, of=True)]
        items = _again(links, items, start)
        place = max(0, start - 1)
    return items


def _whose(links: Links, noun: Item) -> int:
    """Return what X的 belongs to: of 女婿丁皓名下 the son-in-law."""
    first = links.words[noun.first]
    kin = noun.first != noun.head and is_title(first.text) and links.head[noun.first] == noun.head
    return noun.first if kin and links.words[noun.head].text in grammar("holdings") else noun.head


def _is_theirs(links: Links, items: list[Item], place: int, noun: Item) -> bool:
    """Tell whether what stands before 在X的 has the noun as well: 军方在当地的代理人."""
    if place < 3 or items[place - 3].kind not in "NR" or links.text(items[place - 2]) not in {"在", "于"}:
        return False
    word = links.words[noun.head].text
    return is_title(word) or word in grammar("organisation_nouns")


def _noun_after(links: Links, items: list[Item], place: int) -> tuple[Item, int] | None:
    """Return the noun phrase that begins at `place` and where the items go on behind it."""
    stop = place + 1
    while stop < len(items) and items[stop - 1].kind in "QZJ" and items[stop].kind in "NQJ":
        stop += 1
    joined = nouns(links, items[place:stop])
    return (joined[0], stop) if len(joined) == 1 and joined[0].kind in "NR" else None


def _again(links: Links, items: list[Item], place: int) -> list[Item]:
    """Join what a reduced noun now stands beside: a number before it, an appositive name behind it."""
    made = items[place]
    made.of = False
    own = links.words[made.first].kind == "Q" and place and items[place - 1].kind == "N"
    low = place - 1 if place and (items[place - 1].kind in "QZ" or own) else place
    if own:
        links.hang(items[low].head, made.head, "nmod")
        joined = [Item("N", made.head, items[low].first, made.last, of=True)]
        return [*items[:low], *joined, *items[place + 1 :]]
    joined = nouns(links, items[low : place + 1])
    for item in joined:
        item.of = item.of or item.last == made.last
    return [*items[:low], *joined, *items[place + 1 :]]


def _hang_left(links: Links, verb: int, waiting: list[Item], *, passive: bool) -> bool:
    """Hang what stands before a verb on it; tell whether a subject was among it."""
    named = [item for item in waiting if item.kind in "NR"]
    suffers = any(item.kind == "O" for item in waiting)  # 为X所知, but not 为X提供
    for item in waiting:
        if item.kind == "B" and item.mark is not None and links.words[item.mark].text == "为" and not suffers:
            item.kind, item.mark = "B", None
    by = any(item.kind == "B" and _marked(links, item, "passives") for item in waiting)
    alone = any(item.kind == "P" and links.text(item) in grammar("passives") for item in waiting)
    subject = named[-1] if named else None
    for item in waiting:
        links.hang(item.head, verb, _left_label(links, item, subject, passive=by or alone or passive))
    return subject is not None


def _marked(links: Links, item: Item, key: str) -> bool:
    return item.mark is not None and links.words[item.mark].text in grammar(key)


def _left_label(links: Links, item: Item, subject: Item | None, *, passive: bool) -> str:
    if item.kind in "NR":
        if item is not subject:
            return "dislocated"
        return "nsubj:pass" if passive else "nsubj"
    if item.kind == "B":
        if _marked(links, item, "passives"):
            return "obl:agent"
        mark = links.words[item.mark].text if item.mark is not None else ""
        return "obl:patient" if mark in {"\u628a", "\u5c06"} else "obl"
    if item.kind == "P":
        return "aux:pass" if links.text(item) in grammar("passives") else "mark"
    return _LEFT.get(item.kind, "dep")


class _Chain:
    """The verbs of one clause, taken up from left to right."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.head: int | None = None
        self.last: int | None = None  # the verb that takes what follows
        self.copula = False  # `last` is a copula that still seeks its noun
        self.subject = False
        self.object: int | None = None
        self.waiting: list[Item] = []  # before the next verb

    def word(self, place: int | None) -> str:
        return "" if place is None else self.links.words[place].text

    def verb(self, item: Item) -> None:
        """Take up a verb: the first one, or one of a series."""
        before, self.waiting = self.waiting, []
        if self.last is None or self.head is None:
            self.subject = _hang_left(self.links, item.head, before, passive=False)
            self.head = item.head
        elif self.copula:  # 是 before a clause
            _hang_left(self.links, item.head, before, passive=False)
            self._replace(item.head)
        else:
            self._series(item, before)
        self.last, self.copula, self.object = item.head, item.kind == "K", None

    def _replace(self, verb: int) -> None:
        """Put what hung on the copula under the predicate, and the copula too."""
        old = self.last
        if old is None:
            return
        for child, head in enumerate(self.links.head):
            if head == old and child != old:
                self.links.head[child] = verb
        up, dep = self.links.head[old], self.links.dep[old]
        self.links.head[old], self.links.dep[old] = old, "root"
        if up not in (old, verb):
            self.links.hang(verb, up, dep)
        else:
            self.links.head[verb], self.links.dep[verb] = verb, "root"
        self.links.hang(old, verb, "cop")
        if self.head == old:
            self.head = verb

    def _series(self, item: Item, before: list[Item]) -> None:
        """Hang a further verb on the one before: clause, complement or one more in a row."""
        links, last = self.links, self.last
        if last is None:
            return
        word = self.word(last)
        nouns_ = [one for one in before if one.kind in "NR"]
        joined = any(one.kind == "C" for one in before)
        if joined or self.object is not None:
            how = "conj"
            if nouns_ and self.object is None:
                how = "conj" if before[0].kind == "C" else self._object_first(before, item)
        elif word in grammar("pivots") and nouns_:
            links.hang(nouns_[0].head, last, "obj")
            before = [one for one in before if one is not nouns_[0]]
            how = "xcomp"
        elif says(word):
            how = "ccomp"
        elif nouns_:
            how = self._object_first(before, item)
        else:
            how = "xcomp" if word in grammar("control") or not before else "conj"
        left = [one for one in before if links.head[one.head] == one.head]
        _hang_left(links, item.head, left, passive=False)
        links.hang(item.head, last, how)

    def _object_first(self, before: list[Item], item: Item) -> str:
        """Hang the first noun behind the last verb as its object; the rest waits for the next one."""
        del item
        noun = next(one for one in before if one.kind in "NR")
        if self.last is not None:
            self.links.hang(noun.head, self.last, "obj")
            for one in before[: before.index(noun)]:
                if one.kind in "UQ":
                    self.links.hang(one.head, self.last, "aux" if one.kind == "U" else "obl")
        return "conj"

    def close(self) -> None:
        """Hang what stands behind the last verb on it."""
        if self.last is None:
            return
        links, last = self.links, self.last
        named = [item for item in self.waiting if item.kind in "NR"]
        if self.copula and not named:
            named = [item for item in self.waiting if item.kind == "J"]
        if self.copula and named:
            complement = named[-1]
            rest = [item for item in self.waiting if item is not complement]
            self._replace(complement.head)
            for item in rest:
                links.hang(item.head, complement.head, _left_label(links, item, None, passive=False))
            self.last = complement.head
            return
        double = len(named) > 1 and self.word(last) in grammar("ditransitives")
        for number, item in enumerate(named):
            label = "obj" if number == len(named) - 1 else "iobj" if double else "obj"
            links.hang(item.head, last, label)
        for item in self.waiting:
            if item.kind not in "NR":
                links.hang(item.head, last, self._right_label(item, bare=not named))

    def _right_label(self, item: Item, *, bare: bool) -> str:
        if item.kind == "Q":
            return "obj" if bare else "obl"
        return _RIGHT.get(item.kind, "dep")


def _predicates(items: list[Item]) -> list[Item]:
    """Return the items with adjectives, modals and noun-verbs that are the only predicate made verbs."""
    if any(item.kind in _PREDICATE for item in items):
        return items
    for kind in "JX":
        place = next((n for n in range(len(items) - 1, -1, -1) if items[n].kind == kind), None)
        if place is not None and (kind == "X" or not any(item.kind in "NR" for item in items[place + 1 :])):
            if kind == "X" and any(item.kind in "NR" for item in items[place + 1 :]) is False and place == 0:
                continue
            items = list(items)
            old = items[place]
            items[place] = Item("V", old.head, old.first, old.last, old.mark)
            return items
    return items


def _inner_clause(links: Links, items: list[Item]) -> tuple[int, int] | None:
    """Return where 在 V 后 stands inside a clause that goes on behind it."""
    for stop in range(1, len(items) - 1):
        if items[stop].kind != "F" or links.text(items[stop]) not in grammar("clause_localizers"):
            continue
        verbs = [place for place in range(stop) if items[place].kind in _PREDICATE]
        later = any(item.kind in _PREDICATE for item in items[stop + 1 :])
        if not verbs or not later:
            continue
        marks = [
            place for place in range(verbs[-1]) if items[place].kind in "PS" and links.text(items[place]) in
            grammar("clause_coverbs") | grammar("subordinators")
        ]  # fmt: skip
        return (marks[-1] if marks else 0), stop + 1
    return None


def assemble(links: Links, items: list[Item], *, nested: bool = False) -> Clause:
    """Hang the items of one clause together. A relative clause is `nested`: its head noun stands outside."""
    if not nested:
        items = _predicates(items)
    inner = _inner_clause(links, items)
    if inner is not None:
        under = assemble(links, items[slice(*inner)], nested=True)
        main = assemble(links, items[: inner[0]] + items[inner[1] :])
        if under.head is not None and main.head is not None:
            links.hang(under.head, main.head, "advcl")
        return main
    chain = _Chain(links)
    clause_mark = _take_up(links, chain, items)
    if chain.last is None:
        named = [item for item in items if item.kind in "NRTBQ"]
        return Clause(named[-1].head if named else None, predicate=False, left=items)
    objects = any(item.kind in "NRQ" for item in chain.waiting)
    chain.close()
    return Clause(
        head=chain.head, predicate=True, subject=chain.subject, verb=chain.last,
        speech=says(chain.word(chain.last)), complete=objects, mark=clause_mark,
    )  # fmt: skip


def _take_up(links: Links, chain: _Chain, items: list[Item]) -> str:
    """Give the items to the chain one by one; return the word that subordinates the clause, "" for none."""
    clause_mark = ""
    for number, item in enumerate(items):
        if item.kind in _PREDICATE:
            chain.verb(item)
        elif item.kind == "U" and chain.last is not None and not chain.waiting:
            links.hang(item.head, chain.last, "aux")
        elif item.kind == "F" and chain.last is not None and number == len(items) - 1:
            links.hang(item.head, chain.head if chain.head is not None else chain.last, "mark")
            clause_mark = links.text(item)
        elif (
            item.kind in "NR"
            and chain.last is not None
            and chain.waiting[-1:]
            and chain.waiting[-1].kind == "P"
        ):
            coverb = chain.waiting.pop()
            links.hang(coverb.head, item.head, "case")
            chain.waiting.append(Item("B", item.head, coverb.first, item.last, mark=coverb.head))
        else:
            if item.kind == "S" or (item.kind == "P" and links.text(item) in grammar("clause_coverbs")):
                clause_mark = clause_mark or links.text(item)
            chain.waiting.append(item)
    return clause_mark


def clause(links: Links, places: list[int]) -> Clause:
    """Parse the words at the given places, which no comma parts."""
    items = nouns(links, items_of(links, places))
    items = coordinate(links, items)
    items = attributes(links, items)
    items = coordinate(links, items)
    items = coverbs(links, items)
    items = attributes(links, items)
    return assemble(links, items)
