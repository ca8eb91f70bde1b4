"""Words that LAC gives the wrong label: firms, places and bodies taken for persons, and the reverse."""

from __future__ import annotations

from collections.abc import Sequence

from casegraph.extract import places
from casegraph.extract.lang import zh_lac
from casegraph.extract.lang.data import words
from casegraph.extract.lang.zh_persons import Cut, is_title, is_transcribed, looks_chinese_name

_NO_PARTIES = frozenset("反对党 执政党 在野党 政党 朋党 死党 同党 余党 各政党 少数党 多数党 友党".split())
_BRANDS = frozenset(["品牌", "厂商", "事务所"])
_SEATED = frozenset("设在 设于 位于 坐落于 注册于 成立于 迁至 定居".split())
_PLACED = frozenset(
    "访问 途经 离开 迁往 在 往 到 至 赴 抵 位于 飞往 前往 抵达 运往 运抵 运至 发往 驶往 送往 来自".split()
)


def relabelled(text: str, cut: Sequence[Cut]) -> list[Cut]:
    """Return the words with other labels where a person is none: 运往|伊热夫斯克."""
    found = list(cut)
    for place, (start, end, tag) in enumerate(found):
        if tag == "PER" or _is_acquired(text, found, place):
            label = _of_person(text, found, place)
        elif tag == "ORG":
            label = _of_body(text, found, place)
        else:
            label = _of_odd_word(text, found, place)
        found[place] = (start, end, label)
    return found


def _of_body(text: str, cut: Sequence[Cut], place: int) -> str:
    """Return the label of what LAC takes for a body: 穆铁军 is a man, 设在|卡尔马尔 a place."""
    start, end, tag = cut[place]
    if text[start:end].endswith("军") and _is_man(text[start:end]):
        return _of_person(text, [*cut[:place], (start, end, "PER"), *cut[place + 1 :]], place)
    return "LOC" if place and _is_seat(text, cut, place) else tag


def _of_person(text: str, cut: Sequence[Cut], place: int) -> str:
    """Return the label of what LAC takes for a person: a firm by its place or end, a goal."""
    start, end, _ = cut[place]
    word = text[start:end]
    before = text[cut[place - 1][0] : cut[place - 1][1]] if place else ""
    if _is_acquired(text, cut, place) or _ends_as_firm(word):
        return "ORG"
    if before in _PLACED and is_transcribed(word) and (len(word) > 2 or places.city(word)):
        return "LOC"
    return "ORG" if _has_officer(text, cut, place) or _is_firm(text, cut, place) else "PER"


def _of_odd_word(text: str, cut: Sequence[Cut], place: int) -> str:
    """Return the label of a word unknown to the tagger that is a name: 公司|拜卡, 迈加|上校, 社会党."""
    start, end, tag = cut[place]
    word = text[start:end]
    odd = tag in {"v", "n", "vn", "nz", "a"} and len(word) > 1 and not zh_lac.is_known(word)
    if odd and is_transcribed(word) and _has_rank(text, cut, place):
        return "PER"
    party = tag == "n" and len(word) > 2 and word[-1] == "党" and word not in _NO_PARTIES
    return "ORG" if party or (odd and _is_firm(text, cut, place)) else tag


def _has_rank(text: str, cut: Sequence[Cut], place: int) -> bool:
    """Tell whether a title or rank stands right behind the word."""
    after = cut[place + 1] if place + 1 < len(cut) else None
    return after is not None and after[0] == cut[place][1] and is_title(text[after[0] : after[1]])


def _is_acquired(text: str, cut: Sequence[Cut], place: int) -> bool:
    """Tell whether a firm must stand here: 收购|雷曼, 入主|江钨, 对|搜狗|的|收购, 苏宁易购|旗下."""
    start, end, tag = cut[place]
    if tag not in {"PER", "nz"}:
        return False
    low, high, _ = cut[place - 1] if place else (start, start, "")
    named = tag == "PER" or not text[start:end].isascii()
    after = [text[low:high] for low, high, _ in cut[place + 1 : place + 3]]
    if tag == "nz" and after and after[0] in words("zh", "grammar", "holdings"):
        return True
    if text[low:high] == "对" and after[:1] == ["的"] and named:
        return after[-1] in words("zh", "names", "acquiring_verbs")
    return high == start and named and text[low:high] in words("zh", "names", "acquiring_verbs")


def _is_seat(text: str, cut: Sequence[Cut], place: int) -> bool:
    """Tell whether what LAC takes for a body is the place that a seat is in: 设在卡尔马尔."""
    before, word = text[cut[place - 1][0] : cut[place - 1][1]], text[cut[place][0] : cut[place][1]]
    return before in _SEATED and len(word) > 2 and is_transcribed(word)


def _ends_as_firm(word: str) -> bool:
    """Tell whether what LAC takes for a person ends with a trade: 沂川海运."""
    trades = words("zh", "names", "trade_ends") | words("zh", "names", "common_trades")
    return len(word) > 3 and "·" not in word and word[-2:] in trades


def _is_man(word: str) -> bool:
    """Tell whether what ends like an army is a man: 穆铁军, but not 黎巴嫩军 and not 韩军."""
    return len(word) == 3 and looks_chinese_name(word) and not zh_lac.is_known(word[:2])


def _is_firm(text: str, cut: Sequence[Cut], place: int) -> bool:
    """Tell whether the word is what a firm is called behind its kind: 石油|公司|佩特科."""
    start, end, _ = cut[place]
    if not place or cut[place - 1][1] != start or not is_transcribed(text[start:end]):
        return False
    return text[cut[place - 1][0] : start] in words("zh", "grammar", "organisation_nouns") | _BRANDS


def _has_officer(text: str, cut: Sequence[Cut], place: int) -> bool:
    """Tell whether a title and a person stand right behind, perhaps after a bracket."""
    after = place + 1
    if after < len(cut) and text[cut[after][0]] in "\uff08(":
        shut = next((n for n in range(after, min(after + 6, len(cut))) if text[cut[n][0]] in "\uff09)"), None)
        if shut is None:
            return False
        after = shut + 1
    if after + 1 >= len(cut) or cut[after + 1][2] != "PER":
        return False
    return cut[after][2] == "n" and is_title(text[cut[after][0] : cut[after][1]])
