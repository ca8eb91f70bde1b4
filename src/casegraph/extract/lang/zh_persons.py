"""Persons that LAC cuts or misses: transcribed names, names with a title, names with 某."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from casegraph.extract.lang import zh_lac
from casegraph.extract.lang.data import words

Cut = tuple[int, int, str]  # start, end, tag
_DOT = "\u00b7\u2022\u30fb\u2027\uff0e"
_LAST_SIGNS, _JAPANESE = frozenset("一二三"), 4
_SOMEBODY = re.compile(r"\u67d0{1,2}")  # 某
_ALONE = frozenset(
    ["n", "nz", "nr", "v", "vn", "a", "PER", "LOC", "m", "r", "d", "q", "ad", "an", "t", "xc", "f"]
)


@functools.cache
def transcription() -> frozenset[str]:
    """Return the characters that transcriptions use."""
    return words("zh", "names", "transcription")


_FULL = 3  # characters of a name in full
_SAYING = frozenset("说称")
_STOPS = frozenset("，：。,:")
_NO_GIVEN = frozenset("曾系则亦均犯")  # hardly end a given name


def is_transcribed(text: str) -> bool:
    """Tell whether all characters are such as transcriptions use."""
    return bool(text) and all(char in transcription() for char in text)


def is_title(word: str) -> bool:
    """Tell whether the noun is a title or office of a person."""
    titles, ends = words("zh", "grammar", "titles"), words("zh", "grammar", "title_ends")
    if word in words("zh", "grammar", "not_titles"):
        return False
    if word in titles or (_FULL <= len(word) <= _FULL + 1 and word[-2:] in titles):
        return True
    return len(word) > 2 and any(word.endswith(end) for end in ends)


def is_surname(text: str) -> bool:
    """Tell whether the text is a Chinese surname."""
    return text in words("zh", "names", "surnames")


def looks_chinese_name(text: str) -> bool:
    """Tell whether two to four characters begin with a surname."""
    if not 2 <= len(text) <= 4:
        return False
    return (is_surname(text[0]) and len(text) <= 3) or (is_surname(text[:2]) and len(text) >= 3)


def _open_dotted(text: str, cut: Sequence[Cut]) -> list[Cut]:
    """Join what stands behind a person that ends with a dot: 伊万·|彼得连科, 穆罕默德·阿里·|侯赛|因."""
    joined: list[Cut] = []
    for place, (start, end, tag) in enumerate(cut):
        before = joined[-1] if joined else None
        beside = before is not None and before[1] == start and before[2] == "PER"
        if (
            before is not None
            and beside
            and text[start - 1] in _DOT
            and (tag == "PER" or is_transcribed(text[start:end]))
        ):
            joined[-1] = (before[0], end, "PER")
        elif (
            before is not None
            and beside
            and tag == "p"
            and end - start == 1
            and any(dot in text[before[0] : start] for dot in _DOT)
            and is_transcribed(text[start:end])
            and place + 1 < len(cut)
            and cut[place + 1][2] in {"p", "v", "d", "u"}
        ):
            joined[-1] = (before[0], end, "PER")  # a coverb has no verb right behind
        else:
            joined.append((start, end, tag))
    return joined


def _hyphened(text: str, cut: Sequence[Cut]) -> list[Cut]:
    """Join the first half of a double given name: 让|-|皮埃尔·杜瓦尔."""
    joined: list[Cut] = []
    for start, end, tag in cut:
        if (
            tag == "PER"
            and len(joined) > 1
            and text[joined[-1][0] : joined[-1][1]] in {"-", "\u2010", "\u2011"}
            and joined[-1][1] == start
            and joined[-2][1] == start - 1
            and is_transcribed(text[joined[-2][0] : joined[-2][1]])
        ):
            joined.pop()
            joined[-1] = (joined[-1][0], end, "PER")
        else:
            joined.append((start, end, tag))
    return joined


def _dotted(text: str, cut: Sequence[Cut]) -> list[Cut]:
    """Join what stands around the dot of a foreign name: 弗拉基米尔·普京."""
    cut = _hyphened(text, _open_dotted(text, cut))
    joined: list[Cut] = []
    place = 0
    while place < len(cut):
        start, end, tag = cut[place]
        last = place
        if tag == "PER" and text[end - 1] in _DOT and place + 1 < len(cut) and cut[place + 1][0] == end:
            last = place + 1 if cut[place + 1][2] in {"PER", "nz"} else place  # 哈桑·|图雷
        while (
            last + 2 < len(cut)
            and text[cut[last + 1][0] : cut[last + 1][1]] in _DOT
            and cut[last + 2][2] != "w"
        ):
            last += 2
        if last > place:
            stop = cut[last][1]
            if cut[last][2] == "PER" or tag == "PER" or is_transcribed(text[cut[last][0] : stop]):
                while joined and joined[-1][1] == start and joined[-1][2] in {"PER", "LOC", "nz"}:
                    if not is_transcribed(text[joined[-1][0] : start]):
                        break
                    start = joined.pop()[0]
                joined.append((start, stop, "PER"))
                place = last + 1
                continue
        joined.append((start, end, tag))
        place += 1
    return joined


def _transcribed(text: str, cut: list[Cut]) -> list[Cut]:
    """Join 扎|哈罗娃: one character of a transcription before a person made of such characters."""
    joined: list[Cut] = []
    for start, end, tag in cut:
        before = joined[-1] if joined else None
        whole = text[start:end]
        if (
            tag == "PER"
            and before is not None
            and before[1] == start
            and (before[1] - before[0] == 1 or (before[2] == "PER" and "·" in whole))
            and before[2] in _ALONE
            and len(whole) >= 2
            and is_transcribed(text[before[0] : end].replace("·", ""))
            and not (len(whole) == 2 and is_surname(whole[0]))
        ) or (
            tag in {"n", "v", "xc", "nz"}
            and before is not None
            and before[2] == "PER"
            and before[1] == start
            and _is_tail(text, before[0], start, end)
        ):
            joined[-1] = (before[0], end, "PER")
        else:
            joined.append((start, end, tag))
    return joined


def _is_tail(text: str, first: int, start: int, end: int) -> bool:
    """Tell whether the word is the end of the transcribed name before it: 戈隆|采夫."""
    if not is_transcribed(text[first:end]):
        return False
    if end - start == 1:
        return start - first > 2
    return start - first > 1 and end - start <= 3 and not zh_lac.is_known(text[start:end])


def _is_foreigner(text: str, one: Cut) -> bool:
    """Tell whether an unknown noun behind a title is a transcribed name: 堂弟|尤素福."""
    word = text[one[0] : one[1]]
    return one[2] in {"n", "nz", "v"} and len(word) > 2 and is_transcribed(word) and not zh_lac.is_known(word)


def _after_titles(text: str, cut: list[Cut]) -> list[Cut]:
    """Join the loose characters of a Chinese name behind a title: 发言人|毛|宁."""
    joined: list[Cut] = []
    place = 0
    while place < len(cut):
        start, end, tag = cut[place]
        joined.append((start, end, tag))
        place += 1
        if tag not in {"n", "vn"} or not is_title(text[start:end]):
            continue
        if place < len(cut) and _is_foreigner(text, cut[place]):
            joined.append((cut[place][0], cut[place][1], "PER"))
            place += 1
            continue
        for count in (3, 2):
            parts = cut[place : place + count]
            if len(parts) < count or any(part[1] - part[0] > 2 or part[2] not in _ALONE for part in parts):
                continue
            name = text[parts[0][0] : parts[-1][1]]
            after = cut[place + count][2] if place + count < len(cut) else "w"
            if (
                looks_chinese_name(name)
                and len(parts[0:1]) == 1
                and after in {"v", "w", "TIME", "p", "d", "t", "a", "u", "c", "vd"}
            ):
                if parts[-1][2] in {"v", "d"} and count == len(name) == 2 and parts[0][2] != "PER":
                    continue
                joined.append((parts[0][0], parts[-1][1], "PER"))
                place += count
                break
    return joined


def _somebody(text: str, cut: list[Cut]) -> list[Cut]:
    """Join 王|某 and 王|某某."""
    joined: list[Cut] = []
    for start, end, tag in cut:
        before = joined[-1] if joined else None
        if (
            _SOMEBODY.fullmatch(text[start:end])
            and before is not None
            and before[1] == start
            and is_surname(text[before[0] : before[1]].removesuffix("某"))
        ):
            joined[-1] = (before[0], end, "PER")
        elif (
            before is not None
            and before[2] == "PER"
            and before[1] == start
            and tag == "m"
            and text[start:end] in _LAST_SIGNS
            and text[before[0] : before[0] + 2] in words("zh", "names", "japanese_surnames")
            and start - before[0] == _JAPANESE - 1
        ):
            joined[-1] = (before[0], end, "PER")  # 山本健|一
        else:
            joined.append((start, end, tag))
    return joined


def _loose(text: str, cut: list[Cut]) -> list[Cut]:
    """Join a surname that LAC takes for a person with the loose characters of the given name: 钱|若|水."""
    joined: list[Cut] = []
    for start, end, tag in cut:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before[2] == "PER"
            and before[1] == start
            and end - start == 1
            and is_surname(text[before[0]])
            and _may_grow(text, before, start)
            and tag in _ALONE | {"c", "vn"}
            and text[start:end]
            not in words("zh", "grammar", "coverbs") | words("zh", "names", "single_verbs")
        ):
            joined[-1] = (before[0], end, "PER")
        else:
            joined.append((start, end, tag))
    return joined


def _may_grow(text: str, person: Cut, at: int) -> bool:
    """Tell whether one more character fits: behind a surname alone, or behind what grew by one already."""
    length = person[1] - person[0]
    return length == 1 or (
        length == 2 and not zh_lac.is_known(text[person[0] + 1 : at + 1]) and _grown(text, at)
    )


def _grown(text: str, at: int) -> bool:
    """Tell whether the character before stands loose as well: no word of two begins or ends with it."""
    return not zh_lac.is_known(text[at : at + 2])


def join_persons(text: str, cut: Sequence[Cut]) -> list[Cut]:
    """Return the words with the parts of persons' names joined."""
    joined = _after_titles(text, _loose(text, _somebody(text, _transcribed(text, _dotted(text, cut)))))
    return [piece for one in joined for piece in _shed(text, one)]


def _shed(text: str, one: Cut) -> list[Cut]:
    """Return the name without the word behind it: 卓亚|曾, 白某|系, 张磊|说，."""
    start, end, tag = one
    word = text[start:end]
    said = word[-1] in _SAYING and text[end : end + 1] in _STOPS
    fits = len(word) == _FULL and looks_chinese_name(word[:-1]) and (word[-1] in _NO_GIVEN or said)
    if tag != "PER" or not fits:
        return [one]
    return [(start, end - 1, "PER"), (end - 1, end, "v" if word[-1] in _SAYING | {"系", "犯"} else "d")]
