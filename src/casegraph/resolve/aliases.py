"""Which short names of a document stand for which full ones. When two could be meant, none is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from casegraph.model import Mention, Page
from casegraph.resolve.names import Words, initials, word_list
from casegraph.text import fold

_BRACKET = re.compile(
    r"""[’']?s?[\s,]*\(\s*(?:the\s+|or\s+)?["“”'«]?([^\W_][\w.&/-]{1,11})["“”'»]?\s*[),;]"""
)


@dataclass(slots=True)
class Cluster:
    """Mentions of one group whose names have the same words."""

    group: str
    words: Words
    form: Words = ()  # legal form, where another cluster of the same words has another
    email: str | None = None  # address of the mailbox that the names are shown with
    identifiers: tuple[str, ...] = ()  # of the one party among several of this name that has them
    mentions: list[Mention] = field(default_factory=list)

    @property
    def first(self) -> tuple[int, int]:
        """Where the document names it first: page and start."""
        return min((mention.target.page, mention.target.start) for mention in self.mentions)


def person(short: Cluster, full: Cluster) -> bool:
    """Say whether a person's name can be short for another.

    "Kern", "A. Kern" and "Anna Kern" can be for "Anna Vera Kern".
    """
    few, many = short.words, full.words
    initial = len(few) > 1 and len(few[0]) == 1 < len(many[0])
    if len(few) > len(many) or (len(few) == len(many) and not initial):
        return False
    if len(few) == 1 or not initial:
        return few[-1] == many[-1] and (few == many[-len(few) :] or few[0] == many[0])
    return few[-1] == many[-1] and many[0].startswith(few[0])


def organisation(short: Cluster, full: Cluster) -> bool:
    """Say whether an organisation's name can be short for another that the document gave before.

    "Kupol" for "IEMZ Kupol": the end of the name, unless what comes before makes another name of it ("New
    Kupol", "Bank of Kupol"). "Orlan" for "Orlan Works": the beginning, if only the sort of company is left
    out; never the mother for the daughter ("Orlan" for "Orlan Logistics").
    """
    few, many = short.words, full.words
    sorts = word_list("sorts")
    if len(few) >= len(many) or sorts.issuperset(few) or full.first > short.first:
        return False
    if many[: len(few)] == few:
        return word_list("endings").issuperset(many[len(few) :])
    before = many[: -len(few)]
    return (
        many[-len(few) :] == few
        and before[-1] not in word_list("little")
        and not word_list("others").intersection(before)
    )


RULES = {"Person": person, "Organization": organisation}


def shortened(clusters: Iterable[Cluster]) -> Iterator[tuple[Cluster, Cluster]]:
    """Yield (short, full) for each short name that can stand for just one of the fullest names."""
    by_group: dict[str, list[Cluster]] = {}
    for cluster in clusters:
        if cluster.words:
            by_group.setdefault(cluster.group, []).append(cluster)
    for group, rule in RULES.items():
        members = by_group.get(group, [])
        by_word: dict[str, list[Cluster]] = {}
        for cluster in members:
            for word in set(cluster.words):
                by_word.setdefault(word, []).append(cluster)
        for short in members:
            if short.email is not None:
                continue  # a mailbox is nobody else's, whatever name it is shown with
            near = by_word.get(short.words[-1], []) if group == "Person" else by_word.get(short.words[0], [])
            full = [one for one in near if one is not short and rule(short, one)]
            if (only := _one(full, rule)) is not None:
                yield short, only


def _one(full: list[Cluster], rule: object) -> Cluster | None:
    """Return the one that all others are short for, None when two different ones are left."""
    if len(full) == 1:
        return full[0]
    longest = max(full, key=lambda one: len(one.words), default=None)
    if longest is None or not callable(rule):
        return None
    return longest if all(one is longest or rule(one, longest) for one in full) else None


def introduced(clusters: Iterable[Cluster], pages: Mapping[int, Page]) -> Iterator[tuple[str, Cluster]]:
    """Yield (folded abbreviation, cluster) where one stands in brackets: "Ministry of Defence (MoD)"."""
    for cluster in clusters:
        for mention in cluster.mentions:
            page = pages.get(mention.target.page)
            found = page and _BRACKET.match(page.text, mention.target.end)
            if found and stands_for(found[1], mention.name):
                yield fold(found[1].replace(".", "")), cluster


def stands_for(short: str, full: str) -> bool:
    """Say whether an abbreviation is made of the initials of a name, little words with or without theirs."""
    bare = re.sub(r"[\W_]+", "", fold(short))
    return len(bare) > 1 and bare in {initials(full, little=True), initials(full, little=False)}


def outer_name(
    short: Cluster, roots: Iterable[Cluster], places: frozenset[Words] | set[Words]
) -> Cluster | None:
    """Return the one longer name of an organisation that begins with a short one and was given before it.

    A place may stand before ("Shenzhen Orlan Technology" for "Orlan"). This is no merge yet: that the mother
    is not the daughter shows only over the whole case (see `unify`).
    """
    if short.group != "Organization" or short.email is not None or word_list("sorts").issuperset(short.words):
        return None
    found = [
        one
        for one in roots
        if one.group == "Organization" and one is not short and _begins(one.words, short.words, places)
    ]
    longest = max(found, key=lambda one: (len(one.words), one.words), default=None)
    if longest is None or longest.first > short.first:
        return None
    return longest if all(_inside(one.words, longest.words) for one in found) else None


def _inside(few: Words, many: Words) -> bool:
    return any(many[place : place + len(few)] == few for place in range(len(many) - len(few) + 1))


def _begins(many: Words, few: Words, places: frozenset[Words] | set[Words]) -> bool:
    if len(few) >= len(many):
        return False
    if many[: len(few)] == few:
        return True
    for size in range(1, len(many) - len(few)):
        if many[size : size + len(few)] == few and (many[:size] in places or _is_town(many[:size])):
            return True
    return False


def _is_town(before: Words) -> bool:
    """Say whether a word before a name may be the town of a firm, as in the names of Chinese companies."""
    no_town = word_list("others") | word_list("sorts") | word_list("little")
    return len(before) == 1 and before[0] not in no_town
