"""Relative clauses: where the clause before a 的 begins."""

from __future__ import annotations

from casegraph.extract.lang.data import words
from casegraph.extract.lang.zh_phrases import Item, Links
from casegraph.extract.lang.zh_words import grammar

_PREDICATE = frozenset("VK")
_RELATIVE = frozenset(
    "设在 设于 坐落 坐落于 注册 注册于 成立于 建在 扎根 用于 位于 来自 属于 名为 名叫 隶属 隶属于".split()
)  # before a noun they open a relative clause


def relative_start(links: Links, items: list[Item], place: int) -> int | None:
    """Return where the relative clause before the 的 at `place` begins, None where there is none."""
    before = items[place - 1] if place else None
    amount = _amount_start(items, place)
    if amount is not None:
        return amount
    if before is None or (before.kind in "NRTQJB" and not _verb_owns(links, items, place)):
        return None
    verb = next((n for n in range(place - 1, -1, -1) if items[n].kind in _PREDICATE), None)
    if verb is None:
        return None
    start = verb
    while start and (items[start - 1].kind in "NRTQDXBJO" or _opens(links, items, start - 1, verb)):
        start -= 1
    if any(item.kind in _PREDICATE for item in items[:start]) and items[start].kind == "T":
        start += 1
    return start


def _is_disposal(links: Links, items: list[Item], place: int, verb: int) -> bool:
    """Tell whether 把 or 将 stands there and a verb behind the clause takes what it governs."""
    mark = next((n for n in range(verb + 1, len(items)) if items[n].kind == "E"), len(items))
    later = any(item.kind in _PREDICATE for item in items[mark + 1 :])
    return items[place].kind == "P" and links.text(items[place]) in {"把", "将"} and later


def _amount_start(items: list[Item], place: int) -> int | None:
    """Return where 金额为2亿元 begins before its 的."""
    if (
        place < 3
        or items[place - 1].kind != "Q"
        or items[place - 2].kind != "K"
        or items[place - 3].kind != "N"
    ):
        return None
    return place - 3


def _opens(links: Links, items: list[Item], place: int, verb: int) -> bool:
    """Tell whether a coverb with its noun stands there before the verb; 把 and 将 govern the whole."""
    if items[place].mark is None and _is_disposal(links, items, place, verb):
        return False
    return items[place].kind == "P" and place + 1 < verb and items[place + 1].kind in "NRTQ"


def _verb_owns(links: Links, items: list[Item], place: int) -> bool:
    """Tell whether V N 的 N is (V N) 的 N and not V (N 的 N)."""
    if place < 2 or items[place - 1].kind not in "NTQRB":
        return False
    verb = next((n for n in range(place - 2, -1, -1) if items[n].kind in _PREDICATE), None)
    if verb is None or items[verb].kind == "K" or any(item.kind == "E" for item in items[verb:place]):
        return False
    word = links.text(items[verb])
    if word in _RELATIVE or (verb and items[verb - 1].kind == "P"):
        return True
    if word in words("zh", "names", "acquiring_verbs") and links.text(items[place + 1]) in grammar("plans"):
        return True  # 宣布了收购X的计划
    if items[place - 1].kind in "BT" and place - 1 > verb:
        return items[place - 1].kind == "B"
    subject = any(item.kind in "NR" for item in items[:verb])
    later = any(item.kind in _PREDICATE or item.kind == "X" for item in items[place + 2 :])
    above = verb - 2 if verb > 1 and items[verb - 1].kind == "U" else verb - 1  # 签订了|建造
    serial = above >= 0 and items[above].kind in _PREDICATE
    free = serial and links.text(items[above]) not in grammar("control") | grammar("pivots")
    return items[place + 1].kind == "N" and ((later and not subject) or free)
