"""Organisations that LAC cuts: a name's end ("有限公司", "研究所") and what belongs to it on its left."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from casegraph.extract.lang.data import words
from casegraph.extract.lang.zh_persons import Cut, is_title

_PROPER = frozenset(["LOC", "ORG", "nz", "nr", "ns", "nt"])
_OPEN, _CLOSE = "\uff08(\u201c\u300c\u300e", "\uff09)\u201d\u300d\u300f"
_ROUND = "\uff08("
_NUMBERED = re.compile(
    "(?:\u7b2c)?[0-9\uff10-\uff19\u3007\u96f6\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e]{1,4}(?:\u53f7)?"
)
_STOP = frozenset(["p", "u", "c", "r", "TIME", "w", "q", "t", "f"])
_NUMBERED_ENDS = re.compile(
    "(?:\u7b2c?[0-9\u3007\u96f6\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e]{1,5})(?:\u7814\u7a76\u6240|\u7814\u7a76\u9662|\u8bbe\u8ba1\u9662|\u6240|\u9662|\u5382|\u5c40|\u65c5|\u5e08|\u56e2|\u519b|\u90e8\u961f)"
)
_STATE_FIRMS = frozenset(["银行", "航空"])  # with a state alone before them a name; 德国公司 is none
_SHARES = frozenset(["股份", "股权", "资产"])
_PARTS = frozenset("部分 全部 所有 A股 B股 H股 流通 新 其余 剩余 少数 多数 控股".split())
_MOST = 12  # words of a name
_HELD = ("全部股份", "部分股份", "全部股权", "部分股权", "股份", "股权", "股票")
_KIN = ("全资子公司", "控股子公司", "子公司", "附属公司", "参股公司")
_DOINGS = ("投资", "建设", "承建", "开发", "生产", "出资", "中标", "收购")
_LIMITED = ("有限公司", "集团公司")
_FIRMS = ("公司", "银行", "厂")
_KIND_TAGS = frozenset(["n", "nz", "s", "ORG"])
_GROUPS = ("组织", "团伙", "团体", "集团", "民兵")
_CALLED = re.compile("[“「]([^“”「」，。、]{2,8})[”」]")


@functools.cache
def _ends(*keys: str) -> frozenset[str]:
    return frozenset().union(*(words("zh", "names", key) for key in keys))


@functools.cache
def _ordered(*keys: str) -> tuple[str, ...]:
    return tuple(sorted(_ends(*keys), key=lambda end: (-len(end), end)))


def end_of(word: str, *keys: str) -> str | None:
    """Return the longest end of the lists that the word has."""
    ends = _ordered(*keys)
    if not word.endswith(ends):
        return None
    return next(end for end in ends if word.endswith(end))


def _left_strong(text: str, cut: Sequence[Cut], last: int) -> int:
    """Return the first word of a firm whose legal form is the word `last`."""
    never = words("zh", "names", "before_firms")
    first = last
    while first > 0 and last - first < _MOST:
        start, end, tag = cut[first - 1]
        word = text[start:end]
        if (
            word in never
            or (tag in {"n", "vn"} and is_title(word))
            or (word[-1] in _CLOSE and word[-1] not in "\uff09)")
        ):
            break
        if word in {"\uff09", ")"}:
            opening = next(
                (
                    place
                    for place in range(first - 2, max(-1, first - 6), -1)
                    if text[cut[place][0]] in _ROUND
                ),
                None,
            )
            if opening is None or opening == 0 or cut[first - 1][1] - cut[opening][0] > 10:
                break
            first = opening
            continue
        if tag in _STOP or (tag == "PER" and first != last):
            break
        if tag in {"v", "d", "a", "ad", "vd", "xc", "m"} and not _brand_of_odd_words(cut, first - 1):
            break
        first -= 1
    return first


def _brand_of_odd_words(cut: Sequence[Cut], place: int) -> bool:
    """Tell whether a place stands close before the word, so that it belongs to a brand: 上海|恒|锐|科技."""
    if cut[place][1] - cut[place][0] > 2:
        return False
    return any(tag == "LOC" for _, _, tag in cut[max(0, place - 2) : place])


@functools.cache
def _bodily() -> frozenset[str]:
    """Return the ends that no goods are called by: 公司, 集团, but not 动力."""
    return _ends("legal_forms", "body_ends", "society_ends") | {"厂", "工厂", "总厂", "银行"}


def _left_weak(text: str, cut: Sequence[Cut], last: int) -> int | None:
    """Return the first word of a body with a weak end, None where no proper name stands in it."""
    never = words("zh", "names", "before_firms")
    first = last
    while first > 0 and last - first < _MOST:
        start, end, tag = cut[first - 1]
        word = text[start:end]
        firm = (
            tag == "PER"
            and first == last
            and text[cut[last][0] : cut[last][1]] in _ends("legal_forms", "firm_ends")
        )
        if (
            word in never
            or (firm and first != last)
            or tag
            not in {"PER" if firm else "n", "n", "vn", "nz", "LOC", "ORG", "s", "an", "m", "nr", "ns", "nt"}
        ):
            break
        if tag == "m" and _NUMBERED.fullmatch(word) is None:
            break
        whole = (
            first > 1 and cut[first - 2][2] == "ORG" and text[cut[last][0] : cut[last][1]] not in _bodily()
        )
        if tag == "vn" and word in words("zh", "grammar", "noun_verbs") and whole:
            break  # 宁德时代|生产|动力
        if tag == "n" and is_title(word):
            break
        first -= 1
    built = first > 0 and cut[first - 1][2] == "p" and any(tag == "vn" for _, _, tag in cut[first + 1 : last])
    for place in range(first, last if not built else 0):  # 在莫斯科建设工厂
        start, end, tag = cut[place]
        if tag in _PROPER or tag == "PER" or (tag == "m" and place > first):
            return place
    return None


def _quoted_brand(text: str, cut: Sequence[Cut], last: int) -> int | None:
    """Return the opening mark of a quoted brand before the end: “库波尔”公司."""
    if last < 3 or text[cut[last - 1][0]] not in "\u201d\u300d":
        return None
    for place in range(last - 2, max(-1, last - 6), -1):
        if text[cut[place][0]] in "\u201c\u300c":
            return place if cut[last - 1][0] - cut[place][0] <= 12 else None
    return None


def _span(text: str, cut: Sequence[Cut], last: int) -> int | None:
    """Return the first word of the organisation that ends with the word `last`, None if it ends none."""
    start, end, tag = cut[last]
    word = text[start:end]
    if tag in {"w", "PER", "TIME", "p", "u", "q"} or len(word) > 12:
        return None
    if word in _SHARES and last and text[cut[last - 1][0] : start] in _PARTS:
        return None
    quoted = (
        _quoted_brand(text, cut, last) if word in _ends("legal_forms", "firm_ends", "society_ends") else None
    )
    if quoted is not None:
        before = _left_weak(text, cut, quoted) if quoted else None
        return quoted if before is None else before
    strong = end_of(word, "strong_forms")
    if strong is not None:
        first = _left_strong(text, cut, last)
        return first if first < last or len(word) > len(strong) + 1 else None
    if tag == "ORG" or word in _ends("legal_forms", "firm_ends", "body_ends", "society_ends"):
        weak = _left_weak(text, cut, last)
        bare = weak == last - 1 and cut[last - 1][2] == "LOC"
        return None if bare and word in _ends("firm_ends") - _STATE_FIRMS else weak
    return None


def _called(text: str, cut: Sequence[Cut]) -> list[Cut]:
    """Join what quotation marks hold right behind a kind of body: 极端组织“沙漠|之|剑”."""
    joined: list[Cut] = []
    until = 0
    for place, (start, end, tag) in enumerate(cut):
        if start < until:
            continue
        inner = _CALLED.match(text, end) if text[start:end].endswith(_GROUPS) and tag in _KIND_TAGS else None
        joined.append((start, end, tag))
        if inner is None:
            continue
        within = [one for one in cut[place + 2 :] if one[1] <= inner.end(1)]
        if within and within[-1][1] == inner.end(1) and not any(one[2] in {"v", "d", "p"} for one in within):
            joined += [(end, end + 1, "w"), (*inner.span(1), "ORG")]
            until = inner.end(1)
    return joined


def join_organisations(text: str, cut: Sequence[Cut]) -> list[Cut]:
    """Return the words with the parts of organisations' names joined to one word ORG."""
    cut = _called(text, cut)
    spans: list[tuple[int, int]] = []
    last = len(cut) - 1
    while last >= 0:
        first = _span(text, cut, last)
        if first is not None and first < last:
            spans.append((first, last))
            last = first - 1
        else:
            last -= 1
    joined: list[Cut] = []
    place = 0
    for first, last in reversed(spans):
        joined.extend(cut[place:first])
        joined.append((cut[first][0], cut[last][1], "ORG"))
        place = last + 1
    joined.extend(cut[place:])
    return [piece for one in _numbered(text, joined) for piece in _unshared(text, one)]


def _unshared(text: str, one: Cut) -> list[Cut]:
    """Return a firm and what was taken for its end: 长江养老保险公司|股份, 招商地产|子公司, 有限公司|投资."""
    start, end, tag = one
    word = text[start:end]
    if tag != "ORG":
        return [one]
    if word.endswith("控股") and text[end : end + 2] == "股东":
        return [(start, end - 2, "ORG"), (end - 2, end, "n")]
    for tail in (*_HELD, *_KIN, *_DOINGS):
        rest = word.removesuffix(tail)
        ends = _FIRMS if tail in _HELD else _LIMITED if tail in _DOINGS else ("",)
        if rest != word and len(rest) > 1 and rest.endswith(ends):
            cut = end - len(tail)
            return [(start, cut, "ORG"), (cut, end, "v" if tail in _DOINGS else "n")]
    return [one]


def _numbered(text: str, cut: Sequence[Cut]) -> list[Cut]:
    """Join 第|三十八|研究所 and what stands before as ORG or LOC."""
    joined: list[Cut] = []
    until = 0
    spans = [(match.start(), match.end()) for match in _NUMBERED_ENDS.finditer(text)]
    for start, end, tag in cut:
        if start < until:
            if end > until:
                joined.append((until, end, "n"))
                until = end
            continue
        span = next(((low, high) for low, high in spans if low == start and high >= end), None)
        if span is not None:
            low = joined.pop()[0] if joined and joined[-1][2] in _PROPER and joined[-1][1] == start else start
            joined.append((low, span[1], "ORG"))
            until = span[1]
        else:
            joined.append((start, end, tag))
    return joined
