"""LAC's words cut and joined again where the grammar needs other parts: 七|台, 不|会, HT-2021-003, 回应称."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from casegraph.extract.lang import zh_lac
from casegraph.extract.lang.data import words
from casegraph.extract.lang.zh_persons import Cut, transcription

_WORK = re.compile("\u300a([^\u300a\u300b\n]{1,60})\u300b")
_CODE = re.compile(r"[A-Za-z0-9]+(?:[-\u2010\u2011./_&+][A-Za-z0-9]+)+")
_DIGITS = "0-9０-９〇零一二两三四五六七八九十百千万亿几数半多余"
_COUNTED = re.compile(rf"((?:\u7b2c)?[{_DIGITS}.,]+[\u591a\u4f59]?)([^{_DIGITS}\W]{{1,2}})")
_MODAL_SPLIT = re.compile("(不|未|没)(会|能|可|应|愿|必|肯|敢|能够|可能|应该|打算)")
_POINTED = re.compile("([这那该每某])([份批家名位艘架台件项种座笔款条部辆只起场间所支栋幅首张套组类])")
_VERB_OBJECT = re.compile("(.{2})(合同|协议|声明|货物|武器|服务|股份|会议|诉讼|资金|文件|订单|货款)")
_ANNOUNCING = frozenset(["公告", "通报", "发文", "发布公告", "复函", "报道", "报导"])  # 三湘股份|公告称
_ANNOUNCERS = frozenset(["ORG", "PER", "nz", "n", "TIME", "d"])
_NO_NAME_ENDS = frozenset(
    ["总部", "方面", "旗下", "代表", "人员", "高层"]
)  # of what LAC takes for one organisation
_DOING = "委托|代表|起诉|收购|聘请|授权|控告|合组"  # no part of a firm's name behind its trade
_SEVERAL = re.compile("([一二两三四五六七八九十百千万几数]+)([部所家处])")
_SPOKEN = re.compile("([我你他她它])(.{1,2})")
_NEGATED = re.compile("(\u4e0d|\u672a|\u4ece\u672a|\u5e76\u672a|\u5e76\u4e0d)([\u4e00-\u9fff]{2,})")


@functools.cache
def _glued() -> re.Pattern[str]:
    """Return a firm with the coverb behind it, and perhaps a second firm, that LAC takes for one name."""
    firm = words("zh", "names", "trade_ends") | {"公司", "集团"}
    trade = firm | words("zh", "names", "common_trades")
    one, other = ("|".join(sorted(ends, key=lambda end: (-len(end), end))) for ends in (firm, trade))
    return re.compile(
        f"(.{{2,}}?(?:{one}))([向与和给从对同跟由被系])(.*)|(.{{2,}}?(?:{other}))([向被]|{_DOING})(.{{2,}})"
    )


@functools.cache
def _stood_for() -> re.Pattern[str]:
    """Return a foreign person and the firm that he stands for, which LAC takes for one name."""
    signs = "".join(transcription())
    return re.compile(f"([{signs}]{{2,6}})(代表)(.{{2,}}(?:公司|集团|银行|企业))")


def _misread(text: str, start: int, end: int, tag: str) -> list[Cut]:
    """Return the parts of what LAC takes for one word: 话|说, 重工|总部; none where it is right."""
    word = text[start:end]
    if word == "\u8bdd\u8bf4" and text[start - 1 : start] == "\u7684":
        return [(start, start + 1, "n"), (start + 1, end, "v")]
    if tag == "ORG" and len(word) > 4 and word[-2:] in _NO_NAME_ENDS:
        return [(start, end - 2, "ORG"), (end - 2, end, "n")]
    if tag == "ORG" and (several := _SEVERAL.fullmatch(word)):
        return [(start, start + several.end(1), "m"), (start + several.end(1), end, "q")]
    stands = _stood_for().fullmatch(word) if tag in {"ORG", "PER"} else None
    if stands is not None:
        one, other = start + stands.end(1), start + stands.end(2)
        return [(start, one, "PER"), (one, other, "v"), (other, end, "ORG")]
    glued = _glued().fullmatch(word) if tag == "ORG" else None
    if glued is not None:
        name, between = (1, 2) if glued[1] else (4, 5)
        first, last = start + glued.end(name), start + glued.end(between)
        link = "v" if glued[between] == "系" or len(glued[between]) > 1 else "p"
        parts = [(start, first, "ORG"), (first, last, link), (last, end, "ORG")]
        return [part for part in parts if part[0] < part[1]]
    return []


def _pieces(text: str, start: int, end: int, tag: str) -> list[Cut]:
    """Return the word in the parts that it has."""
    return _misread(text, start, end, tag) or _parted(text, start, end, tag)


def _parted(text: str, start: int, end: int, tag: str) -> list[Cut]:
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
    return _with_verb(word, start, end, tag)


def _with_verb(word: str, start: int, end: int, tag: str) -> list[Cut]:
    """Return the word cut before its verb: 她|说, 不|知情."""
    if tag == "v" and (split := _SPOKEN.fullmatch(word)) and split[2] in words("zh", "grammar", "spoken"):
        return [(start, start + 1, "r"), (start + 1, end, "v")]
    known = words("zh", "grammar", "clause_verbs") | words("zh", "grammar", "negated")
    if tag in {"v", "vn", "a", "n"} and (split := _NEGATED.fullmatch(word)) and split[2] in known:
        return [(start, start + split.end(1), "d"), (start + split.end(1), end, "v")]
    return [(start, end, tag)]


def _codes(text: str, cut: list[Cut]) -> list[Cut]:
    """Join the parts of a Latin code or number that LAC cuts: HT-2021-003, 1.25."""
    spans = {match.start(): match.end() for match in _CODE.finditer(text)}
    joined: list[Cut] = []
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


def _speech(text: str, cut: Sequence[Cut]) -> list[Cut]:
    """Join 补充|说, 回应|称 to one verb; cut 甲|方向 where the party ends."""
    joined: list[Cut] = []
    for start, end, tag in cut:
        word, before = text[start:end], joined[-1] if joined else None
        if before is not None and before[1] == start and word in {"说", "称", "道"}:
            verb, earlier = text[before[0] : start], joined[-2] if len(joined) > 1 else None
            known = before[2] in {"v", "vn"} and verb in words("zh", "grammar", "clause_verbs")
            party = earlier is not None and earlier[1] == before[0] and earlier[2] in _ANNOUNCERS
            known = known or (verb in _ANNOUNCING and party)
            joined[-1:] = [(before[0], end, "v")] if known else [before, (start, end, tag)]
            continue
        if word == "方向" and before is not None and before[1] == start and before[1] - before[0] == 1:
            joined[-1:] = [(before[0], start + 1, "n"), (start + 1, end, "p")]
            continue
        joined.append((start, end, tag))
    return joined


def _works(text: str, cut: Sequence[Cut]) -> list[Cut]:
    """Join what stands in 《》: one name of a work, a law or a paper."""
    spans = {match.start(1): match.end(1) for match in _WORK.finditer(text)}
    joined: list[Cut] = []
    until = 0
    for start, end, tag in cut:
        if start >= until:
            stop = spans.get(start)
            joined.append((start, stop, "nw") if stop else (start, end, tag))
            until = joined[-1][1]
    return joined


def _without_blanks(text: str, cut: Sequence[Cut]) -> list[Cut]:
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


def cut_words(text: str) -> list[Cut]:
    """Return the words of one sentence as LAC cuts and tags them, codes whole and blanks away."""
    return _codes(text, _without_blanks(text, zh_lac.tag(text)))


def part_words(text: str, cut: Sequence[Cut]) -> list[Cut]:
    """Return the words in the parts that the grammar needs, reporting verbs and titles of works whole."""
    parts = [piece for start, end, tag in cut for piece in _pieces(text, start, end, tag)]
    return _works(text, _speech(text, parts))
