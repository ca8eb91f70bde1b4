"""Firms that LAC does not see: an unknown word before one that tells a trade, 沂川|机床; known ones by place.

LAC's own vocabulary tells common words from names. A brand that is a common word, 草原|乳业, makes a name
only where a firm must stand: before an office, behind 企业 or 入职.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from babel import Locale

from casegraph.extract.lang import zh_lac
from casegraph.extract.lang.data import marks, words
from casegraph.extract.lang.zh_organisations import end_of
from casegraph.extract.lang.zh_persons import Cut, is_title, looks_chinese_name

_BRAND_TAGS = frozenset("n nz nr nt ns nw vn a an s xc LOC ORG PER".split())
_ODD_TAGS = frozenset("v vd d ad m f".split())  # of a brand only where it must be one
_PLAIN_ENDS = tuple(
    "性型类式化属级业系制内外中上下所成于为到了着者们等股价款额率"
)  # of words made on the spot
_PLAIN_STARTS = tuple("非超各最高低多全类准预拟待")
_NAMED = frozenset(["LOC", "ORG", "PER", "nz", "nr", "ns", "nt"])
_FIRMS = ("公司", "企业", "集团", "厂商", "供应商", "制造商", "运营商")
_LEADING = frozenset("向 给 与 由 从 被".split())  # coverbs of parties
_VERBS = frozenset(["v", "vd"])
_SHORTEST, _LONGEST = 2, 5  # characters of a brand
_BEHIND_FIRMS = frozenset(["v", "p", "d", "c", "TIME", "t", "vd", "ad"])
_SHORT_BRAND = 3
_HAN = ("\u3400", "\u9fff")


def _list(key: str) -> frozenset[str]:
    return words("zh", "names", key)


@functools.cache
def _common() -> frozenset[str]:
    return _list("common_brands") | _list("before_firms") | words("zh", "grammar", "organisation_nouns")


@functools.cache
def _loose() -> frozenset[str]:
    """Return single characters that stand for themselves and end no brand's left part."""
    return frozenset().union(
        *(words("zh", "grammar", key) for key in (
            "coverbs", "conjunctions", "determiners", "pronouns", "localizers", "adverbs", "copulas",
            "copulas_when_verb", "modals", "negations", "aspects", "de", "etc", "suo", "sentence_particles",
        )),
        _list("single_verbs"),
    )  # fmt: skip


def is_new(word: str) -> bool:
    """Tell whether the word may be a brand: Han, unknown to the tagger, no title and no place of ours."""
    return (
        _SHORTEST <= len(word) <= _LONGEST
        and all(_HAN[0] <= char <= _HAN[1] for char in word)
        and not zh_lac.is_known(word)
        and not word.endswith(_PLAIN_ENDS)
        and not word.startswith(_PLAIN_STARTS)
        and word not in _common()
        and word not in marks("zh", "places", "states")
        and not is_title(word)
    )


def _new_brand(text: str, cut: Sequence[Cut], last: int) -> int | None:
    """Return the first of the one, two or three words before `last` that make an unknown brand."""
    for count in (1, 2, 3):
        if count > last:
            return None
        verdict = _is_brand(text, cut, last - count, last)
        if verdict is None:
            return None
        if verdict:
            return last - count
    return None


def _is_brand(text: str, cut: Sequence[Cut], first: int, last: int) -> bool | None:
    """Tell whether the words make a brand; None where no longer run of words can."""
    common = text[cut[last][0] : cut[last][1]] in _list("common_trades")
    tags = {cut[n][2] for n in range(first, last)}
    if not tags <= _BRAND_TAGS | _ODD_TAGS or (tags & _ODD_TAGS and not _must_be(text, cut, first)):
        return False
    parts = [text[cut[n][0] : cut[n][1]] for n in range(first, last)]
    if any(a[1] != b[0] for a, b in zip(cut[first:last], cut[first + 1 : last + 1], strict=True)):
        return None
    if len(parts) > 1 and (min(map(len, parts)) > 1 or any(_is_own_word(part) for part in parts)):
        return None
    if tags == {"PER"} and first and looks_chinese_name(parts[0]) and _follows_title(text, cut, first):
        return None  # 胞弟鲁强控股
    return is_new("".join(parts)) and (not common or _is_sure(text, cut, first, last))


def _is_own_word(part: str) -> bool:
    return part in _loose() or part in _common() or is_title(part)


def _follows_title(text: str, cut: Sequence[Cut], first: int) -> bool:
    return is_title(text[cut[first - 1][0] : cut[first - 1][1]])


def _must_be(text: str, cut: Sequence[Cut], first: int) -> bool:
    """Tell whether what stands before leads to a name: the sentence's start, 厂商, 原告, 株洲的."""
    if first == 0:
        return True
    start, end, tag = cut[first - 1]
    word = text[start:end]
    if word == "的":
        return first > 1 and cut[first - 2][2] == "LOC"
    return tag == "LOC" or word in _common() or is_title(word)


def _is_sure(text: str, cut: Sequence[Cut], first: int, last: int) -> bool:
    """Tell whether the tagger takes the brand for a name, but no person's: 宝翠/LOC|娱乐, 红罐|包装."""
    word = text[cut[first][0] : cut[last - 1][1]]
    if last - first == 1:
        tag = cut[first][2]
        lead = text[cut[first - 1][0] : cut[first - 1][1]] if first else ""
        if lead in _list("before_names") or (lead in _LEADING and cut[first - 1][2] == "p"):
            return True
        if tag == "nz" and text[cut[last][0] : cut[last][1]] not in _list("firm_trades"):
            return False
        whole = tag == "ORG" and end_of(word, "firm_ends", "legal_forms", "trade_ends") is not None
        return (
            tag in _NAMED and not whole and not (tag == "PER" and len(word) == 3 and looks_chinese_name(word))
        )
    return _must_be(text, cut, first)


def _has_room(text: str, cut: Sequence[Cut], last: int) -> bool:
    """Tell whether what follows lets the words be a name: 鼎硕营造|付给, and not 绿野营造|氛围."""
    if any(text.startswith(pair, cut[last][0]) for pair in ("控股股东", "轨道交通")):
        return False
    if cut[last][2] not in _VERBS:
        return True
    if last + 1 >= len(cut):
        return False
    start, end, tag = cut[last + 1]
    return (
        tag in {"v", "p", "d", "w", "c", "TIME", "a"} or is_title(text[start:end]) or text[start:end] == "的"
    )


def _known_brand(text: str, cut: Sequence[Cut], last: int) -> bool:
    """Tell whether a firm must stand where a common word stands before one of trade."""
    start, end, tag = cut[last - 1]
    word, trade = text[start:end], text[cut[last][0] : cut[last][1]]
    if (
        end != cut[last][0]
        or tag not in {"n", "nz", "LOC", "ORG", "PER", "a", "s", "vn"}
        or word in _common()
    ):
        return False
    if not _SHORTEST <= len(word) <= _LONGEST or word in marks("zh", "places", "states") or word.isascii():
        return False
    before = cut[last - 2] if last > 1 else None
    after = cut[last + 1] if last + 1 < len(cut) else None
    lead = text[before[0] : before[1]] if before is not None else ""
    behind = text[after[0] : after[1]] if after is not None else ""
    office = after is not None and after[2] == "n" and is_title(behind)
    if (office and before is not None and before[2] in {"v", "p", "w"}) or lead in _list("before_names"):
        return True
    if lead.endswith(_FIRMS) and before is not None and before[2] == "n":
        return True
    if lead in {"在", "于"} and behind in _list("posting_verbs"):
        return True
    alone = before is None or before[2] in {"p", "w", "v", "c", "TIME"}
    placed = tag == "LOC" and trade in _list("trade_ends") and is_city(word)
    product = tag == "nz" and trade in _list("trade_ends") | _list("firm_trades")
    return alone and (trade in _list("firm_only_ends") or product or placed)


def is_city(word: str) -> bool:
    """Tell whether a place is smaller than the states and regions that a trade of all may be named after."""
    return word not in marks("zh", "places", "states") and word not in marks("zh", "places", "regions")


def _halves(text: str, one: Cut) -> list[Cut]:
    """Return brand and trade of what the tagger took for one unknown noun: 蓝鲸|海运."""
    start, end, tag = one
    word = text[start:end]
    if (
        tag not in {"n", "nz", "nr", "vn"}
        or not _SHORTEST + 2 <= len(word) <= _LONGEST + 2
        or zh_lac.is_known(word)
    ):
        return [one]
    if word[-2:] not in _list("trade_ends") | _list("common_trades") or is_title(word):
        return [one]
    return [(start, end - 2, "n"), (end - 2, end, "n")]


def join_brands(text: str, cut: Sequence[Cut]) -> list[Cut]:
    """Return the words with brand and trade joined to one word ORG."""
    joined: list[Cut] = []
    trades = _list("trade_ends") | _list("common_trades")
    whole = {(start, end): tag for start, end, tag in cut}
    cut = [half for one in cut for half in _halves(text, one)]
    for place, one in enumerate(cut):
        start, end, tag = one
        word = text[start:end]
        joined.append(one)
        if tag in {"w", "p", "u", "TIME"} or len(joined) < 2:
            continue
        if word in trades and _has_room(text, cut, place):
            first = _new_brand(text, joined, len(joined) - 1)
            if first is None and _known_brand(text, [*joined, *cut[place + 1 : place + 2]], len(joined) - 1):
                first = len(joined) - 2
            if first is not None:
                joined[first:] = [(joined[first][0], end, "ORG")]
        elif _is_called(text, joined):
            joined[-1] = (start, end, "ORG")
        elif _is_placed(text, joined, cut[place + 1] if place + 1 < len(cut) else None):
            joined[-2:] = [(joined[-2][0], end, "ORG")]
        if joined[-1][2] != "ORG" and (joined[-2][0], end) in whole:
            joined[-2:] = [(joined[-2][0], end, whole[joined[-2][0], end])]
    return joined


@functools.cache
def _kinds() -> frozenset[str]:
    return _list("before_names") | words("zh", "grammar", "organisation_nouns")


@functools.cache
def state_names() -> frozenset[str]:
    """Return the Chinese names of states, short and long."""
    return frozenset([*marks("zh", "places", "states"), *Locale("zh").territories.values()])


def _is_placed(text: str, cut: Sequence[Cut], after: Cut | None) -> bool:
    """Tell whether the last word is the unknown brand of a firm behind its province or city: 陕西|炼石."""
    (first, stop, place), (start, end, tag) = cut[-2], cut[-1]
    word = text[start:end]
    if place != "LOC" or stop != start or tag not in {"nz", "ORG", "n", "PER", "nr"} or not is_new(word):
        return False
    if (
        text[first:stop] in state_names()
        or (tag == "PER" and looks_chinese_name(word))
        or len(word) > _SHORT_BRAND
    ):
        return False
    return after is None or after[2] in _BEHIND_FIRMS or is_title(text[after[0] : after[1]])


def _is_called(text: str, cut: Sequence[Cut]) -> bool:
    """Tell whether the last word is the unknown name right behind its kind: 事务所|信衡, 品牌|素问."""
    (first, stop, _), (start, end, tag) = cut[-2], cut[-1]
    if tag == "nz" and text[start:end].isascii() and text[first:start].strip() in _kinds():
        return True
    if stop != start or text[first:stop] not in _list("before_names") or tag in {"ORG", "PER", "LOC"}:
        return False
    after = text[end : end + 1]
    return is_new(text[start:end]) and (tag in _NAMED or not after or not "\u4e00" <= after <= "\u9fff")
