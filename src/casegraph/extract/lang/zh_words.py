"""LAC's words mended where it is known to be wrong, each with the class that the grammar works with."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from casegraph.extract.lang import zh_lac
from casegraph.extract.lang.data import marks, words
from casegraph.extract.lang.zh_brands import join_brands
from casegraph.extract.lang.zh_organisations import join_organisations
from casegraph.extract.lang.zh_persons import join_persons, relabelled
from casegraph.extract.lang.zh_recut import recut

# How `kind` reads: N noun, R pronoun, T time, Q number (with its classifier), Z determiner, J adjective,
# V verb, K copula, X modal, D adverb, P coverb, F localizer, E 的, O 所, U aspect, H sentence particle,
# G 等, C conjunction, S subordinator, W mark.
_BY_TAG = {
    "n": "N", "nz": "N", "nw": "N", "nr": "N", "ns": "N", "nt": "N", "PER": "N", "LOC": "N", "ORG": "N",
    "vn": "N", "an": "N", "s": "N", "TIME": "T", "t": "T", "v": "V", "vd": "D", "a": "J", "ad": "D", "d": "D",
    "f": "F", "r": "R", "m": "Q", "q": "Q", "p": "P", "c": "C", "u": "U", "xc": "D", "w": "W",
}  # fmt: skip
# Lists whose words have a class where LAC gives one of these tags.
_OPEN_LISTS = (
    ("copulas_when_verb", frozenset(["v"]), "K"),
    ("modals", frozenset(["v", "d", "xc", "p"]), "X"),
    ("negations", frozenset(["d", "xc"]), "D"),
    ("subordinators", frozenset(["c", "xc"]), "S"),
    ("coverbs", frozenset(["p"]), "P"),
    ("adverbs", frozenset(["d", "c", "ad", "vd", "xc"]), "D"),
)
_POS = {
    "N": "NOUN", "R": "PRON", "T": "NOUN", "Q": "NUM", "Z": "DET", "J": "ADJ", "V": "VERB", "K": "AUX",
    "X": "AUX", "D": "ADV", "P": "ADP", "F": "ADP", "E": "PART", "O": "PART", "U": "AUX", "H": "PART",
    "G": "PART", "C": "CCONJ", "S": "SCONJ", "W": "PUNCT",
}  # fmt: skip
NAMES = frozenset(["PER", "LOC", "ORG", "nz", "nw", "nr", "ns", "nt"])
_WORK = re.compile("\u300a([^\u300a\u300b\n]{1,60})\u300b")
_MARK = re.compile(r"[^\w]+")
_CODE = re.compile(r"[A-Za-z0-9]+(?:[-\u2010\u2011./_&+][A-Za-z0-9]+)+")
_DIGITS = "0-9０-９〇零一二两三四五六七八九十百千万亿几数半多余"
_COUNTED = re.compile(rf"((?:\u7b2c)?[{_DIGITS}.,]+[\u591a\u4f59]?)([^{_DIGITS}\W]{{1,2}})")
_MODAL_SPLIT = re.compile("(不|未|没)(会|能|可|应|愿|必|肯|敢|能够|可能|应该|打算)")
_POINTED = re.compile("([这那该每某])([份批家名位艘架台件项种座笔款条])")
_VERB_OBJECT = re.compile("(.{2})(合同|协议|声明|货物|武器|服务|股份|会议|诉讼|资金|文件|订单|货款)")
_NO_NAME_ENDS = frozenset(
    ["总部", "方面", "旗下", "代表", "人员", "高层"]
)  # of what LAC takes for one organisation
_DIRECTED = frozenset("至往到向于自给入")
_VERBS_TOO = frozenset("通过 经过 用 给 对 比 到 至 靠 替 作为 沿 围绕 按 朝 让".split())
_SUFFERING = frozenset("受 遭 遭到 受到 获 遭受".split())
_TOGETHER = frozenset("与 和 同 跟 向 对 在".split())
_FAR = 9  # words between a coverb and its verb
_NEGATED = re.compile("(\u4e0d|\u672a|\u4ece\u672a|\u5e76\u672a|\u5e76\u4e0d)([\u4e00-\u9fff]{2,})")


@dataclass(slots=True)
class Word:
    """Characters [start, end) of a sentence; `tag` is LAC's or ours in its manner, `kind` the grammar's."""

    start: int
    end: int
    text: str
    tag: str
    kind: str = ""

    @property
    def pos(self) -> str:
        """The universal part of speech."""
        if self.kind == "N" and self.tag in NAMES:
            return "PROPN"
        return "NOUN" if self.kind == "Q" and self.tag == "q" else _POS[self.kind]

    @property
    def label(self) -> str:
        """The entity label: PER, LOC, ORG, TIME or ""."""
        return self.tag if self.tag in {"PER", "LOC", "ORG", "TIME"} else ""


@functools.cache
def grammar(key: str) -> frozenset[str]:
    """Return a list of the grammar's words."""
    return words("zh", "grammar", key)


@functools.cache
def _glued() -> re.Pattern[str]:
    """Return a firm with the coverb behind it, and perhaps a second firm, that LAC takes for one name."""
    ends = "|".join(
        sorted(words("zh", "names", "trade_ends") | {"公司", "集团"}, key=lambda end: (-len(end), end))
    )
    return re.compile(f"(.{{2,}}?(?:{ends}))([向与和给从对同跟由被系])(.*)")


def _misread(text: str, start: int, end: int, tag: str) -> list[tuple[int, int, str]]:
    """Return the parts of what LAC takes for one word: 话|说, 重工|总部; none where it is right."""
    word = text[start:end]
    if word == "\u8bdd\u8bf4" and text[start - 1 : start] == "\u7684":
        return [(start, start + 1, "n"), (start + 1, end, "v")]
    if tag == "ORG" and len(word) > 4 and word[-2:] in _NO_NAME_ENDS:
        return [(start, end - 2, "ORG"), (end - 2, end, "n")]
    glued = _glued().fullmatch(word) if tag == "ORG" else None
    if glued is not None:
        first, last = start + glued.end(1), start + glued.start(3)
        link = "v" if glued[2] == "系" else "p"
        parts = [(start, first, "ORG"), (first, last, link), (last, end, "ORG")]
        return [part for part in parts if part[0] < part[1]]
    return []


def _pieces(text: str, start: int, end: int, tag: str) -> list[tuple[int, int, str]]:
    """Return the word in the parts that it has."""
    return _misread(text, start, end, tag) or _parted(text, start, end, tag)


def _parted(text: str, start: int, end: int, tag: str) -> list[tuple[int, int, str]]:
    """Return the word cut where the grammar needs its parts: 七|台, 不|会."""
    word = text[start:end]
    if tag == "m":
        counted = _COUNTED.fullmatch(word)
        if counted is not None:
            cut = start + counted.end(1)
            return [(start, cut, "m"), (cut, end, "q")]
    if tag == "r" and _POINTED.fullmatch(word):
        return [(start, start + 1, "r"), (start + 1, end, "q")]
    if tag == "v" and _VERB_OBJECT.fullmatch(word):
        return [(start, start + 2, "v"), (start + 2, end, "n")]
    if tag in {"v", "d"} and (split := _MODAL_SPLIT.fullmatch(word)):
        cut = start + split.end(1)
        return [(start, cut, "d"), (cut, end, "v")]
    if tag == "v" and (split := _NEGATED.fullmatch(word)) and split[2] in grammar("clause_verbs"):
        return [(start, start + split.end(1), "d"), (start + split.end(1), end, "v")]
    return [(start, end, tag)]


def _codes(text: str, cut: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Join the parts of a Latin code or number that LAC cuts: HT-2021-003, 1.25."""
    spans = {match.start(): match.end() for match in _CODE.finditer(text)}
    joined: list[tuple[int, int, str]] = []
    until = 0
    for start, end, tag in cut:
        if start < until:
            if end > until:  # LAC glued what follows the code to its last part
                joined.append((until, end, tag if tag != "w" else "n"))
                until = end
            continue
        stop = spans.get(start)
        if stop is not None and stop > end:
            numeric = not any(char.isalpha() for char in text[start:stop]) and "-" not in text[start:stop]
            joined.append((start, stop, "m" if numeric else "nz"))
            until = stop
        else:
            joined.append((start, end, tag))
    return joined


def _speech(text: str, cut: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Join 补充|说, 回应|称 to one verb; cut 甲|方向 where the party ends."""
    joined: list[tuple[int, int, str]] = []
    for start, end, tag in cut:
        word, before = text[start:end], joined[-1] if joined else None
        if before is not None and before[1] == start and word in {"说", "称", "道"}:
            known = before[2] in {"v", "vn"} and text[before[0] : start] in grammar("clause_verbs")
            joined[-1:] = [(before[0], end, "v")] if known else [before, (start, end, tag)]
            continue
        if word == "方向" and before is not None and before[1] == start and before[1] - before[0] == 1:
            joined[-1:] = [(before[0], start + 1, "n"), (start + 1, end, "p")]
            continue
        joined.append((start, end, tag))
    return joined


def _works(text: str, cut: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Join what stands in 《》: one name of a work, a law or a paper."""
    spans = {match.start(1): match.end(1) for match in _WORK.finditer(text)}
    joined: list[tuple[int, int, str]] = []
    until = 0
    for start, end, tag in cut:
        if start >= until:
            stop = spans.get(start)
            joined.append((start, stop, "nw") if stop else (start, end, tag))
            until = joined[-1][1]
    return joined


def _without_blanks(text: str, cut: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    found = []
    for start, end, tag in cut:
        first, last = start, end
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            found.append((first, last, tag))
    return found


def _lexical(word: str, tag: str) -> str | None:
    """Return the class that the word has wherever it stands, None if that depends."""
    if tag in NAMES and tag != "nz":
        return "N"
    if _MARK.fullmatch(word):
        return "W"
    for key, kind in (
        ("aspects", "U"), ("de", "E"), ("etc", "G"), ("suo", "O"), ("sentence_particles", "H"),
        ("copulas", "K"),
    ):  # fmt: skip
        if word in grammar(key) and not (word == "\u4e4b" and tag == "r"):
            return kind
    return None


def _kind(word: str, tag: str) -> str:
    fixed = _lexical(word, tag)
    if fixed is not None:
        return fixed
    if tag == "r":
        return _pronoun(word)
    for key, tags, kind in _OPEN_LISTS:
        if tag in tags and word in grammar(key) and not (word == "将" and kind == "X" and tag == "p"):
            return "C" if kind == "D" and word in grammar("conjunctions") else kind
    return _BY_TAG.get(tag, "N")


def _pronoun(word: str) -> str:
    if word in grammar("pronouns") and word not in {"\u6b64", "\u8fd9", "\u90a3", "\u6211"}:
        return "R"
    return "Z" if word in grammar("determiners") else "R"


def says(word: str) -> bool:
    """Tell whether the verb takes a clause: one of the list, or one of them with 说, 称, 道 behind."""
    known = grammar("clause_verbs")
    return word in known or (len(word) > 2 and word[-1] in "说称道" and word[:-1] in known)


def _is_noun(found: list[Word], place: int) -> bool:
    """Tell whether a verb stands as a noun: 这一|指控, 反对单边|制裁."""
    word, before = found[place], found[place - 1] if place else None
    after = found[place + 1] if place + 1 < len(found) else None
    if before is None or not (after is None or after.kind in "WEF"):
        return False
    if before.kind == "Z" or (before.kind == "Q" and place > 1 and found[place - 2].kind == "Z"):
        return True
    if before.kind == "V" and word.text in grammar("noun_verbs") and before.text not in grammar("control"):
        return True
    if before.kind not in "NJ" or before.tag == "PER" or word.text not in grammar("noun_verbs"):
        return False
    if before.tag == "ORG" and after is not None and after.kind == "E":
        return False  # 睿风租赁支付的尾款
    clause = _clause_before(found, place)
    return any(one.kind == "V" for one in clause)


def _is_saying(found: list[Word], place: int) -> bool:
    """Tell whether a word that may be a noun says something: 合同|规定，."""
    after = found[place + 1] if place + 1 < len(found) else None
    if (
        found[place].text not in grammar("clause_verbs")
        or after is None
        or after.text not in {"，", "：", ",", ":"}
    ):
        return False
    before = _clause_before(found, place)
    return bool(before) and before[-1].kind in "NRT" and not any(one.kind in "VKP" for one in before)


def _is_controlled(found: list[Word], place: int) -> bool:
    """Tell whether a verb that takes verbs stands before, with a coverb's phrase at most between."""
    clause = _clause_before(found, place)
    last = next((n for n in range(len(clause) - 1, -1, -1) if clause[n].kind in "VK"), None)
    if last is None or clause[last].text not in grammar("control"):
        return False
    between = clause[last + 1 :]
    return not between or (between[0].kind in "PD" and len(between) <= 4)


def _clause_before(found: list[Word], place: int) -> list[Word]:
    start = place
    while start and found[start - 1].kind != "W":
        start -= 1
    return found[start:place]


def _clause_after(found: list[Word], place: int) -> list[Word]:
    stop = place + 1
    while stop < len(found) and found[stop].kind != "W":
        stop += 1
    return found[place + 1 : stop]


def _suffer(found: list[Word]) -> None:
    """Make a coverb of 受 and 遭, a verb of the word that closes the clause: 受X控制, 与X会谈."""
    for place, word in enumerate(found):
        behind = _clause_after(found, place)
        if not behind or len(behind) > _FAR:
            continue
        last = next((one for one in reversed(behind) if one.kind not in "UH"), behind[-1])
        doing = last.tag in {"v", "vn"} and last.kind in "NV" and last is not behind[0]
        verbs = [one for one in behind if one.kind in "VK" and one is not last]
        if not doing or verbs or any(one.kind in "PC" for one in behind):
            continue
        if word.text in _SUFFERING and word.tag in {"v", "p"} and behind[0].kind in "NRZ":
            word.kind, last.kind = "P", "V"
        elif (word.text in {"被", "由"} and word.kind == "P" and last.kind == "N") or (
            word.kind in "PC" and word.text in _TOGETHER and last.kind == "N" and not _has_verb(found, place)
        ):
            last.kind = "V"


def _is_only_verb(found: list[Word], place: int) -> bool:
    """Tell whether a noun of action between two nouns is the clause's only verb: 联颖化工|生产|溶剂."""
    before, after = found[place - 1] if place else None, found[place + 1] if place + 1 < len(found) else None
    if before is None or after is None or before.tag not in {"ORG", "PER"} or after.kind not in "NZQ":
        return False
    clause = (*_clause_before(found, place), *_clause_after(found, place))
    return not any(one.kind in "VKE" for one in clause)


def _is_suffered(found: list[Word], place: int) -> bool:
    """Tell whether the verb closes 被X制裁, 受X控制, 由X制造."""
    clause = _clause_before(found, place)
    marks_ = [one for one in clause if one.kind == "P" and one.text in _SUFFERING | {"被", "由"}]
    return bool(marks_) and not any(one.kind in "VKE" for one in clause[clause.index(marks_[-1]) :])


def _has_verb(found: list[Word], place: int) -> bool:
    return any(one.kind in "VK" for one in (*_clause_before(found, place), *_clause_after(found, place)))


def _settle_verbs(found: list[Word]) -> None:
    """Tell verbs from nouns and coverbs by their neighbours."""
    _suffer(found)
    for place, word in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else None
        before = found[place - 1] if place else None
        if word.kind == "V" and _is_noun(found, place) and not _is_suffered(found, place):
            word.kind = "N"
        elif word.tag == "vn" and word.kind == "N" and _is_only_verb(found, place):
            word.kind = "V"
        elif word.text == "兼" and word.kind == "V" and before is not None and before.kind == "N":
            word.kind = "C" if after is not None and after.kind == "N" else "V"
        elif (word.kind == "N" and word.tag in {"n", "vn"} and _is_saying(found, place)) or (
            word.tag == "vn" and after is not None and after.kind in "NZQR" and _is_controlled(found, place)
        ):
            word.kind = "V"
        elif word.text in _DIRECTED and before is not None and before.kind == "V" and after is not None:
            word.kind = "P" if after.kind in "NRTQZ" else word.kind
        elif word.kind == "P" and word.text in _VERBS_TOO:
            word.kind = "P" if any(one.kind in "VKJE" for one in _clause_after(found, place)) else "V"


def _settle(found: list[Word]) -> None:
    """Decide what depends on the neighbours: a determiner without a noun, a verb that is a noun."""
    _settle_verbs(found)
    for place, word in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else None
        if word.kind == "Z" and word.tag == "r" and (after is None or after.kind not in "NQJZTRFE"):
            word.kind = "R"
        elif word.kind == "P" and (after is None or after.kind == "W"):
            word.kind = "V" if word.tag == "v" else "D"
        elif word.kind == "X" and word.text == "\u5c06" and after is not None and after.kind in "NR":
            later = [one.kind for one in found[place + 2 : place + 8] if one.kind in "VW"]
            word.kind = "P" if later[:1] == ["V"] else "X"
        elif word.kind == "V" and word.text == "\u6ca1\u6709" and after is not None and after.kind in "VXDP":
            word.kind = "D"


def mended(text: str) -> list[Word]:
    """Return the words of one sentence in simplified characters."""
    cut = recut(text, _codes(text, _without_blanks(text, zh_lac.tag(text))))
    cut = [piece for start, end, tag in cut for piece in _pieces(text, start, end, tag)]
    cut = join_brands(text, join_persons(text, _works(text, _speech(text, cut))))
    cut = relabelled(text, join_organisations(text, cut))
    tags = marks("zh", "grammar", "retag")
    found: list[Word] = []
    for start, end, tag in cut:
        word = text[start:end]
        own = tags.get(word, tag) if tag not in NAMES else tag
        found.append(Word(start, end, word, own, _kind(word, own)))
    _settle(found)
    return found
