"""LAC's cut mended before names are joined: words it tears or glues, names of lists, Latin names."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from babel import Locale

from casegraph.extract.lang import zh_lac
from casegraph.extract.lang.data import marks, words
from casegraph.extract.lang.zh_persons import Cut, is_surname, looks_chinese_name

_LATIN_NAME = re.compile(
    r"[A-Z][A-Za-z\u00c0-\u024f&.'’-]*(?: (?:[A-Z][A-Za-z\u00c0-\u024f&.'’-]*|de|of|and|&|van))+(?<![ .])"
)
_SPECIAL = re.compile(r"S?\*?ST[\u4e00-\u9fff]{2}(?:[AB](?![A-Za-z股]))?")  # shares under special treatment
_HELD = re.compile(
    "(.{2,}?)((?:全资|控股|参股)(?:附属)?(?:子公司|孙公司|公司)|子公司|旗下|下属|全部股份|全部股权)(.*)"
)
_LISTED = re.compile(
    "(?:列入|纳入|加入|移出|放入|添加到|添加至|列进|移除|登上|列到)[\u201c\u300c\u300a]?"
    "(?P<name>[\u4e00-\u9fff]{0,14}?(?:清单|名单|黑名单))"
)
_GLUED_TAILS = frozenset("将 曾 已 拟 正 仍 对 向 把 被 由 与 和 从 在 是 为".split())
_COVERBS = frozenset("于在向从对由与和给")
_HOLDING = frozenset("持拥属控")  # 华夏红利|所|持
_STATES = frozenset("中美俄英法德日韩朝印澳加乌以伊港澳台沪京")  # of one sign
_ADVERBS = frozenset("曾已正仍")
_KINDS = ("关联方", "私募基金", "对冲基金", "买方", "卖方", "甲方", "乙方", "供方", "需方", "丙方")
_WITH_ITS = frozenset("与其 和其 为其 向其 对其 由其 给其 从其 将其 把其".split())
_NAMED = frozenset(["ORG", "PER", "LOC"])
_CLASSED = frozenset("股轮座栋区级类")  # A股, A轮
_OFFICES = ("处", "局", "署", "部", "协会", "商会", "条例", "法")  # 香港公司注册处
_BODY_TAGS = frozenset(["ORG", "nt"])
_LONGEST_REST, _LONG, _SHORTEST = 3, 3, 2  # characters
_FORMER = frozenset("前原副现")
_BODY_SIGNS = frozenset("部院局署会省市县区厅委")  # 经济|部次|长 is 经济部|次长
_DOTS = "\u00b7\u2022\u30fb\u2027"


@functools.cache
def _whole() -> re.Pattern[str]:
    """Return the words that are one wherever they stand, longest first."""
    listed = sorted(marks("zh", "grammar", "whole"), key=lambda word: (-len(word), word))
    tags = marks("zh", "grammar", "whole")
    return re.compile(
        "|".join(word + ("(?![长次门队分属])" if tags[word] == "ORG" else "") for word in listed)
    )


@functools.cache
def _firms() -> re.Pattern[str]:
    """Return the firms that everybody knows; 波音737 is a product."""
    listed = sorted(words("zh", "names", "firms_known"), key=lambda word: (-len(word), word))
    return re.compile(f"(?:{'|'.join(listed)})(?![0-9])")


def recut(text: str, cut: Sequence[Cut]) -> list[Cut]:
    """Return the words, each character in one as before, with known mistakes of the cut mended."""
    cut = _laid(text, _given(text, cut), [(m.start(), m.end(), "nz") for m in _LATIN_NAME.finditer(text)])
    cut = _laid(text, cut, [(*m.span("name"), "n") for m in _LISTED.finditer(text)])
    cut = _laid(text, cut, [(m.start(), m.end(), "ORG") for m in _firms().finditer(text)])
    cut = _laid(text, cut, [(m.start(), m.end(), "ORG") for m in _SPECIAL.finditer(text)])
    tags = marks("zh", "grammar", "whole")
    cut = _laid(text, cut, [(m.start(), m.end(), tags[m.group()]) for m in _whole().finditer(text)])
    cut = _listed(text, cut)
    cut = [
        (start, end, tags.get(text[start:end], tag) if tag not in _NAMED else tag) for start, end, tag in cut
    ]
    return [piece for one in _led(text, cut) for piece in _unglued(text, *one)]


def _given(text: str, cut: Sequence[Cut]) -> list[Cut]:
    """Return the words with 给 joined to the verb before it: 过户|给 is one verb of giving."""
    found: list[Cut] = []
    for start, end, tag in cut:
        before = found[-1] if found else None
        verb = (
            before is not None and before[1] == start and before[2] in {"v", "vn"} and start - before[0] > 1
        )
        if text[start:end] == "给" and verb and before is not None:
            found[-1] = (before[0], end, "v")
        else:
            found.append((start, end, tag))
    return found


def _listed(text: str, cut: Sequence[Cut]) -> list[Cut]:
    """Return the words with the class of a share or 中国 joined to its firm: 万科|A, 家乐福|中国."""
    found: list[Cut] = []
    for place, (start, end, tag) in enumerate(cut):
        before = found[-1] if found else None
        after = cut[place + 1][2] if place + 1 < len(cut) else "w"
        firm = before is not None and before[1] == start and before[2] in {"ORG", "nz"}
        classed = text[start:end] in {"A", "B"} and text[end : end + 1] not in _CLASSED
        branch = text[start:end] == "中国" and after in {"v", "w", "p", "c", "d"}
        if firm and before is not None and (classed or branch):
            found[-1] = (before[0], end, "ORG")
        else:
            found.append((start, end, tag))
    return found


def _led(text: str, cut: list[Cut]) -> list[Cut]:
    """Return the words with the coverb that LAC took for a surname before a place: 向南|屏港."""
    found: list[Cut] = []
    for start, end, tag in cut:
        before = found[-1] if found else None
        if before is None or before[1] != start or tag not in {"LOC", "ORG"}:
            found.append((start, end, tag))
        elif before[2] == "PER" and text[before[0]] in _COVERBS and start - before[0] <= _LONG:
            first = before[0] + 1
            found[-1:] = [(before[0], first, "p"), (first, end, tag)]
        elif before[2] == "LOC" and before[1] - before[0] == 1 and text[before[0]] not in _STATES:
            found[-1] = (before[0], end, tag)
        else:
            found.append((start, end, tag))
    return found


def _laid(text: str, cut: list[Cut], spans: Sequence[Cut]) -> list[Cut]:
    """Return the cut with the spans as words of their own; a span must begin where a word does.

    What a span leaves of a word that it cuts keeps that word's tag, a person's only while it looks so.
    """
    for start, end, tag in spans:
        first = _opened(text, cut, start, end)
        if first is None or any(one == (start, end, one[2]) for one in cut[first : first + 1]):
            continue
        last = next((n for n in range(first, len(cut)) if cut[n][1] >= end), None)
        firm = last is not None and _ends_as_body(text[end : cut[last][1]])
        if last is None or (cut[last][1] - end > _LONGEST_REST and cut[last][2] != "PER" and not firm):
            continue
        torn = any(cut[n][2] in _BODY_TAGS for n in range(first, last + 1)) and cut[last][1] != end
        if torn and not (end - start > _LONG and firm):  # 控股|股|东义马煤业集团
            continue
        rest: list[Cut] = []
        if cut[last][1] > end:
            left = text[end : cut[last][1]]
            named = cut[last][2] == "PER" or looks_chinese_name(left)
            tag_left = "nz" if cut[last][2] == "p" else cut[last][2]
            rest = [(end, cut[last][1], "ORG" if firm and len(left) > 3 else "PER" if named else tag_left)]
        cut[first : last + 1] = [(start, end, tag), *rest]
    return cut


def _opened(text: str, cut: list[Cut], start: int, end: int) -> int | None:
    """Return the word that begins at `start`; a longer one of the list cuts its holder: 红旗兵|工厂."""
    for place, (low, high, tag) in enumerate(cut):
        if low == start:
            return place
        if low < start < high:
            body = text[low:start] in _BODY_SIGNS | _FORMER | _COVERBS
            if (
                high >= end
                or tag in _BODY_TAGS
                or not (body or (end - start >= _LONG and start - low >= _SHORTEST))
            ):
                return None
            left = "PER" if looks_chinese_name(text[low:start]) and tag == "PER" else tag
            cut[place : place + 1] = [(low, start, left), (start, high, tag)]
            return place + 1
    return None


def _unglued(text: str, start: int, end: int, tag: str) -> list[Cut]:
    """Return the word without what LAC glued to it: 美国财政部|将, 尤佳|入职, 买方|睿风."""
    word = text[start:end]
    if tag == "ORG" and word[-1] == "所" and len(word) > 2 and text[end : end + 1] in _HOLDING:
        return [(start, end - 1, "ORG"), (end - 1, end, "u")]
    state = _of_state().fullmatch(word) if tag == "ORG" else None
    if state is not None and not word.endswith(_OFFICES):
        cuts = [start, start + state.end(1), start + state.end(2), end]
        parts = zip(cuts, cuts[1:], ("LOC", "n", "ORG"), strict=False)
        return [(low, high, one) for low, high, one in parts if low < high]
    held = _HELD.fullmatch(word) if tag == "ORG" else None
    if held is not None:
        cuts = [start, start + held.end(1), start + held.end(2), end]
        parts = zip(cuts, cuts[1:], ("ORG", "n", "ORG"), strict=False)
        return [(low, high, one) for low, high, one in parts if low < high]
    for parted in (_from_tail(word, tag), _from_kind(word, tag), _from_coverb(word, tag)):
        if parted is not None:
            cut, left, right = parted
            return [(start, start + cut, left), (start + cut, end, right)]
    return [(start, end, tag)]


@functools.cache
def _of_state() -> re.Pattern[str]:
    """Return what is only a firm of some state, and perhaps its name: 以色列公司, 卢森堡公司|奥罗拉控股."""
    states = {*marks("zh", "places", "states"), *Locale("zh").territories.values()}
    names = "|".join(sorted(map(re.escape, states), key=lambda name: (-len(name), name)))
    return re.compile(
        f"({names}|[\u4e00-\u9fff]{{2,4}}(?:堡|坡|兰|亚|斯|列))(公司|企业|厂商|商社)((?:.{{2,}})?)"
    )


_Parted = tuple[int, str, str]  # characters of the left part, the tags of both


def _from_tail(word: str, tag: str) -> _Parted | None:
    """Return where a verb, an adverb or 系 ends what is a name or a noun before it."""
    glued = tag == "ORG" and len(word) > 3 and word[-1] in _GLUED_TAILS
    if glued and (word[-1] == "将" or _ends_as_body(word[:-1])):
        return len(word) - 1, "ORG", "p" if word[-1] not in _ADVERBS else "d"
    if tag == "n" and len(word) > 2 and word[-1] == "系":
        known = zh_lac.is_known(word) or not zh_lac.is_known(word[:-1])
        return None if known else (len(word) - 1, "n", "v")
    for tail in words("zh", "names", "glued_verbs") if tag in {"ORG", "PER", "nz"} else ():
        name = word.removesuffix(tail)
        if len(name) > 1 and name != word:
            person = looks_chinese_name(name) and is_surname(name[0])
            return len(name), "PER" if person else tag, "v"
    return None


def _from_kind(word: str, tag: str) -> _Parted | None:
    """Return where a kind of party begins a name: 买方|睿风, 私募基金|麟角."""
    verb = 2 if zh_lac.is_known(word[:2]) and not zh_lac.is_known(word[2:]) else 1 if word[:1] == "系" else 0
    if tag == "v" and len(word) > 3 and verb and not zh_lac.is_known(word):
        return verb, "v", "nz"  # 授权|鑫源, 系|北辰农牧
    kind = next((one for one in _KINDS if word.startswith(one) and len(word) > len(one) + 1), None)
    if kind is None or tag not in {"n", "nz", "ORG", "PER"}:
        return None
    return len(kind), "n", tag if zh_lac.is_known(word[len(kind) :]) or tag == "ORG" else "nz"


def _from_coverb(word: str, tag: str) -> _Parted | None:
    """Return where 为其 and the dot before the second part of a foreign name are cut."""
    if word in _WITH_ITS:
        return 1, "p", "r"
    if tag == "p" and len(word) > 2 and word[0] in _COVERBS and not zh_lac.is_known(word):
        return 1, "p", "nz"
    return (1, "w", "nz") if tag == "w" and word[0] in _DOTS and len(word) > 1 else None


def _ends_as_body(word: str) -> bool:
    return word.endswith(_body_ends())


@functools.cache
def _body_ends() -> tuple[str, ...]:
    return tuple(
        end for key in ("body_ends", "legal_forms", "firm_ends") for end in words("zh", "names", key)
    )
