"""LAC's words mended where it is known to be wrong, each with the class that the grammar works with."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from casegraph.extract.lang.data import marks, words
from casegraph.extract.lang.zh_brands import join_brands
from casegraph.extract.lang.zh_cuts import cut_words, part_words
from casegraph.extract.lang.zh_organisations import join_organisations
from casegraph.extract.lang.zh_persons import is_title, join_persons
from casegraph.extract.lang.zh_recut import recut
from casegraph.extract.lang.zh_relabel import relabelled
from casegraph.extract.lang.zh_trims import trimmed

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
_MARK = re.compile(r"[^\w]+")
_DIRECTED, _OPENING = frozenset("至往到向于自给入"), frozenset("《〈“「『")
_VERBS_TOO = frozenset("通过 经过 用 给 对 比 到 至 靠 替 作为 沿 围绕 按 朝 让".split())
_SUFFERING = frozenset("受 遭 遭到 受到 获 遭受".split())
_INNER = frozenset("内部 外部 上述 境外 境内 海外".split())
_FORMER, _HOLDING = frozenset("前 原 时任".split()), frozenset("现任 时任 前任 候任".split())
_AFTERWARDS = frozenset("其后 随后 此后 事后 其间".split())
_INSTANCES = frozenset("一审 二审 终审 再审".split())
_ABOUT = frozenset("逾 近 约 超 超过 至少 大约 将近".split())
_TOGETHER = frozenset("为 与 和 同 跟 向 对 在".split())
_FAR = 9  # words between a coverb and its verb


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
    last = next((n for n in range(len(clause) - 1, -1, -1) if clause[n].kind == "V"), None)
    return last is not None and not any(one.kind == "P" for one in clause[last:])  # 否认曾向X付款


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
    if not before or any(one.kind in "VK" for one in before):
        return False
    led = any(one.kind == "P" for one in before)
    return before[-1].kind == "F" if led else before[-1].kind in "NRT"


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
            word.kind in "PC" and word.text in _TOGETHER and last.kind == "N" and _lacks_verb(found, place)
        ):
            last.kind = "V"


def _is_only_verb(found: list[Word], place: int) -> bool:
    """Tell whether a noun of action between two nouns is the clause's only verb: 联颖化工|生产|溶剂."""
    before, after = found[place - 1] if place else None, found[place + 1] if place + 1 < len(found) else None
    if before is None or after is None or before.tag not in {"ORG", "PER"} or after.kind not in "NZQ":
        return False
    clause = (*_clause_before(found, place), *_clause_after(found, place))
    return not any(one.kind in "VKE" for one in clause)


def _is_standing_for(found: list[Word], place: int) -> bool:
    """Tell whether 代表 is what somebody does for another: 杜家朗|代表|上诉人, but not 外交部|代表|王林."""
    before, after = found[place - 1] if place else None, found[place + 1] if place + 1 < len(found) else None
    if found[place].text != "代表" or before is None or after is None or after.kind not in "NZ":
        return False
    if before.tag == "PER":
        return True
    return before.tag == "ORG" and (after.tag == "ORG" or after.text in grammar("organisation_nouns"))


def _is_priced(found: list[Word], place: int) -> bool:
    """Tell whether 价值 has its sum behind it and is the clause's verb: 机床价值约三百万欧元."""
    behind = _clause_after(found, place)
    return bool(behind) and all(one.kind in "DQ" for one in behind)


def _is_about(found: list[Word], place: int) -> bool:
    """Tell whether 就 leads a matter: 就水库工程签订合同."""
    behind = _clause_after(found, place)
    verb = next((n for n, one in enumerate(behind) if one.kind in "VK"), None)
    return verb is not None and verb > 0 and all(one.kind in "NE" for one in behind[:verb])


def _is_for(found: list[Word], place: int) -> bool:
    """Tell whether 为 leads whom the verb behind serves: 曾为海龙集团工作."""
    behind = _clause_after(found, place)
    verb = next((n for n, one in enumerate(behind) if one.text in grammar("serving")), None)
    return verb is not None and verb > 0 and all(one.kind in "NJRZQ" for one in behind[:verb])


def _is_planning(found: list[Word], place: int) -> bool:
    """Tell whether a word that may be a noun opens a plan: 岚海重工|计划|明年|扩建."""
    before, after = found[place - 1] if place else None, found[place + 1] if place + 1 < len(found) else None
    if before is None or after is None or before.kind not in "NR" or after.kind not in "TDXPVN":
        return False
    clause = _clause_before(found, place)
    behind = _clause_after(found, place)
    verbs = any(one.kind in "VK" for one in behind) and not any(one.kind == "E" for one in behind[:2])
    return verbs and not any(one.kind in "VKP" for one in clause)


def _is_suffered(found: list[Word], place: int) -> bool:
    """Tell whether the verb closes 被X制裁, 受X控制, 由X制造."""
    clause = _clause_before(found, place)
    marks_ = [one for one in clause if one.kind == "P" and one.text in _SUFFERING | {"被", "由"}]
    return bool(marks_) and not any(one.kind in "VKE" for one in clause[clause.index(marks_[-1]) :])


def _is_given(found: list[Word], place: int) -> bool:
    """Tell whether 给 leads who gets what a verb before it gives: 汇款三百万元给X."""
    before = [one for one in _clause_before(found, place) if one.kind == "V"]
    gives = bool(before) and before[-1].text in grammar("giving")
    return found[place].text == "给" and gives and found[place - 1].kind in "NQ"


def _lacks_verb(found: list[Word], place: int) -> bool:
    """Tell whether the clause has no verb but one that takes a clause: 否认曾为X工作."""
    before = [one for one in _clause_before(found, place) if one.kind in "VK"]
    behind = any(one.kind in "VK" for one in _clause_after(found, place))
    return not behind and all(says(one.text) for one in before)


def _settle_verbs(found: list[Word]) -> None:
    """Tell verbs from nouns and coverbs by their neighbours."""
    _suffer(found)
    for place, word in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else None
        before = found[place - 1] if place else None
        counted = before is not None and before.text in {"名", "位"} and before.tag == "q"
        if word.kind == "V" and counted and after is not None and after.kind in "VDX":
            word.kind = "N"  # 两名看守证实
        elif word.kind == "V" and _is_noun(found, place) and not _is_suffered(found, place):
            word.kind = "N"
        elif (
            (word.text == "价值" and _is_priced(found, place))
            or (word.tag == "vn" and word.kind == "N" and before is not None and before.kind == "X")
            or (
                word.kind == "N"
                and (
                    _is_standing_for(found, place)
                    or (word.tag == "vn" and _is_only_verb(found, place))
                    or (word.text in grammar("planning") and _is_planning(found, place))
                )
            )
        ):
            word.kind = "V"
        elif word.text == "兼" and word.kind == "V" and before is not None and before.kind == "N":
            word.kind = "C" if after is not None and after.kind == "N" else "V"
        elif (word.kind == "N" and word.tag in {"n", "vn"} and _is_saying(found, place)) or (
            word.tag == "vn" and after is not None and after.kind in "NZQR" and _is_controlled(found, place)
        ):
            word.kind = "V"
        elif word.text in _DIRECTED and before is not None and before.kind == "V" and after is not None:
            word.kind = "P" if after.kind in "NRTQZ" else word.kind
        elif word.text == "为" and word.kind == "K" and _is_for(found, place):
            word.kind = "P"
        elif word.kind == "P" and word.text in _VERBS_TOO and not _is_given(found, place):
            word.kind = "P" if any(one.kind in "VKJE" for one in _clause_after(found, place)) else "V"


def _settle_small(found: list[Word]) -> None:
    """Tell what 为, 就, 处, 内部, 其中 and 其后 are by their neighbours."""
    for place, word in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else None
        if word.text == "为" and word.kind == "P" and place and found[place - 1].kind == "N":
            _settle_for(word, _clause_after(found, place))
        if word.text == "就" and word.kind == "D" and _is_about(found, place):
            word.kind = "P"
        if word.text == "处" and place and found[place - 1].tag in {"ORG", "PER"} and after is not None:
            word.kind = "F" if after.kind in "VKD" else word.kind
        instance = word.text in _INSTANCES and after is not None and after.kind in "VD"
        if (word.text in _AFTERWARDS and word.kind == "F") or (instance and place):
            word.kind = "D"
        if word.text == "其中" and word.kind == "F" and after is not None and after.kind == "E":
            word.kind = "R"
        if word.text in _INNER and word.kind == "F" and after is not None and after.kind == "N":
            word.kind = "N" if place == 0 or found[place - 1].kind in "EWVPQ" else word.kind


def _settle_for(word: Word, behind: list[Word]) -> None:
    """Tell 为 as a copula, 股东为自然人X, from 为 whom something is done for, 为朝鲜采购设备."""
    served = next((one for one in behind[1:] if one.text in grammar("serving")), None)
    if served is not None and served is not behind[-1]:
        served.kind = "V"
    elif behind and all(one.kind in "NZQJE" for one in behind):
        word.kind = "K"


def _settle_former(found: list[Word]) -> None:
    """Make adjectives of 前, 原, 时任 and 现任 before an office."""
    for place, word in enumerate(found):
        before = found[place - 1].kind if place else "W"
        behind = found[place + 1 : place + 4]
        posted = word.text == "驻" and word.kind == "V" and before == "N" and len(behind) > 1
        if posted and any(is_title(one.text) for one in behind[1:]):
            word.kind = "J"  # 联合国|驻|当地|协调员
        if word.text in _HOLDING and word.kind == "V" and any(is_title(one.text) for one in behind):
            word.kind = "J" if before in "WECP" else word.kind
        if word.text in _FORMER and word.kind in "FJ" and behind and behind[0].kind == "N":
            titled = is_title(behind[0].text) and before != "T"
            word.kind = "J" if titled or before in "QZWVPEKDC" else word.kind


def _settle_patients(found: list[Word]) -> None:
    """Make a coverb of 将 where a sum stands before the verb: 将逾两千万欧元转移."""
    for place, word in enumerate(found):
        behind = [one for one in found[place + 1 : place + 5] if one.kind != "W"]
        if word.text != "将" or word.kind not in "XD" or not behind:
            continue
        first = 1 if behind[0].text in _ABOUT else 0
        if (
            behind[first:]
            and behind[first].kind == "Q"
            and any(one.kind == "V" for one in behind[first + 1 :])
        ):
            word.kind = "P"
            behind[0].kind = "D" if first else behind[0].kind


def _settle(found: list[Word]) -> None:
    """Decide what depends on the neighbours: a determiner without a noun, a verb that is a noun."""
    _settle_verbs(found)
    _settle_small(found)
    _settle_former(found)
    _settle_patients(found)
    for place, word in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else None
        if word.kind == "Z" and word.tag == "r" and (after is None or after.kind not in "NQJZTRFE"):
            word.kind = "R"
        elif word.kind == "P" and (after is None or (after.kind == "W" and after.text not in _OPENING)):
            word.kind = "V" if word.tag == "v" else "D"
        elif word.kind == "X" and word.text == "\u5c06" and after is not None and after.kind in "NR":
            later = [one.kind for one in found[place + 2 : place + 8] if one.kind in "VW"]
            word.kind = "P" if later[:1] == ["V"] else "X"
        elif word.kind == "V" and word.text == "\u6ca1\u6709" and after is not None and after.kind in "VXDP":
            word.kind = "D"


def mended(text: str) -> list[Word]:
    """Return the words of one sentence in simplified characters."""
    cut = part_words(text, recut(text, cut_words(text)))
    cut = join_brands(text, join_persons(text, cut))
    cut = trimmed(text, relabelled(text, join_organisations(text, cut)))
    tags = marks("zh", "grammar", "retag")
    found: list[Word] = []
    for start, end, tag in cut:
        word = text[start:end]
        own = tag if tag in NAMES else tags.get(word, tag)
        own = "n" if own == "f" and is_title(word) else own
        found.append(Word(start, end, word, own, _kind(word, own)))
    _settle(found)
    return found
