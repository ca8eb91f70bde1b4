"""Who wrote it, from the line that says so."""

from __future__ import annotations

import re

from casegraph.read import dates
from casegraph.read.cues import EDITORS, STARTS, label_of
from casegraph.text.months import months, weekdays

_BYLINE = next(form for cue, form in STARTS if cue == "byline")
_PARTICLES = re.compile(
    r"de|da|di|do|dos|del|della|der|den|van|von|zu|zur|la|le|el|al|bin|ibn|ben|bint|of|y|e|i|ter|ten|af"
)
_TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019.\u00b7-]+[^\W\d_]+)*\.?")
_NO_NAMES = re.compile(
    r"news|latest|world|politics|home|business|sport|sports|opinion|editorial|breaking|video|photo|"
    r"photos|review|analysis|report|reports|guide|magazine|media|press|release|section|article|"
    r"articles|today|daily|weekly|times|post|international|national|local|economy|markets|finance|"
    r"technology|tech|science|health|culture|travel|weather|search|menu|subscribe|contact|privacy|"
    r"policy|terms|about|advertisement|story|stories|street|road|avenue|company|limited|ltd|inc|llc|"
    r"corp|group|bank|ministry|department|office|university|north|south|east|west|united|saint|hong|"
    r"middle|reader|readers|comments|executive|summary|abstract|introduction|background|contents|"
    r"conclusion|conclusions|findings|key|overview|foreword|preface|appendix|chapter|annex|notes|"
    r"general|information|table|figure|part|annual|draft|confidential|final|live|updates|update|"
    r"exclusive|special|feature|interview|top|new|more|the|and|follow|share|dear|hi|hello|mr|mrs|ms|sir|madam|"
    r"sincerely|regards|"
    r"новости|мир|политика|экономика|общество|спорт|культура|наука|главное|происшествия|россия|бизнес|"
    r"мнения|статья|статьи|репортаж|интервью|фото|видео|реклама|ооо|оао|зао|ао|пао|министерство|"
    r"компания|банк"
)
"""Capitalised words of headings, sections, firms and salutations, none of which is in a person's name."""
_AND = re.compile(r"\s*(?:,|;|\uff0c|\u3001|&|\band\b|\bund\b|\bet\b|\sи\s|\sта\s|和)\s*", re.IGNORECASE)
_TAIL = re.compile(
    r"\s*(?:[|\u2022\u00b7\u25aa/\u2014\u2013(\uff08<\[]|\s-\s|\bfor\b|\bin\b|\bat\b|\bon\b|\bwith\b|"
    r"\bis (?:a|the)\b|\bstaff\b|\bcorrespondents?\b|\breporters?\b|\bupdated\b|\bpublished\b|@|https?:)"
)
_POSSESSIVE = re.compile(r"['\u2019]s$")
_LONGEST = 60  # characters of one name
_LONGEST_LINE = 160
_PLAIN = 3  # words of a name without particle or initial
_HAN_NAME = re.compile(r"[\u3400-\u9fff\u00b7]{2,10}")
_HAN_GAP = re.compile(r"(?<=^[\u3400-\u9fff])\s+(?=[\u3400-\u9fff]$)")


def is_name(text: str) -> bool:
    """Tell whether a text has the form of a person's name: two to five capitalised words, no digits."""
    if not 4 <= len(text) <= _LONGEST or text[-1] in ",;:!?":
        return False
    tokens = text.split()
    if not 2 <= len(tokens) <= 5:
        return False
    plain = 0
    for token in tokens:
        if _PARTICLES.fullmatch(token.casefold()) and token[:1].islower():
            continue
        if not _TOKEN.fullmatch(token) or not token[0].isupper() or _POSSESSIVE.search(token):
            return False
        folded = token.casefold().strip(".")
        if _NO_NAMES.fullmatch(folded) or folded in weekdays() or (folded in months() and len(tokens) < 3):
            return False
        plain += len(folded) > 1
    if plain > _PLAIN and len(tokens) == plain:
        return False  # four plain capitalised words are a headline sooner than a name
    return plain >= 1 and label_of(text) is None


def _named(part: str, *, cued: bool) -> str | None:
    part = part.strip(" \t\u00a0.,:;|*\u2022\u2014\u2013-()[]\uff08\uff09")
    if is_name(part):
        return part
    if not cued:
        return None
    if (han := _HAN_GAP.sub("", part)) and _HAN_NAME.fullmatch(han) and len(han) <= 8:
        return han
    single = _TOKEN.fullmatch(part) is not None and len(part) > 2 and part[0].isupper()
    folded = part.casefold()
    if single and folded not in weekdays() and folded not in months() and not _PARTICLES.fullmatch(folded):
        return part
    return None


def _han_names(text: str) -> tuple[str, ...]:
    """Return names after a Chinese cue: `王小明 李华`, `王小明、李华`."""
    names = [_HAN_GAP.sub("", part) for part in re.split(r"[\u3001\uff0c,;/]|\s+", text.strip())]
    names = [name for name in names if name]
    if names and all(_HAN_NAME.fullmatch(name) and len(name) <= 8 for name in names[:4]):
        if all(len(name) == 1 for name in names):
            return ("".join(names),)
        return tuple(names[:4])
    return ()


def byline_start(line: str) -> int | None:
    """Return where the names begin in a line that opens with a cue such as "By", or None."""
    offset = len(line) - len(line.lstrip("-\u2013\u2014\u2022*|[(\uff08\u3010 "))
    match = _BYLINE.match(line, offset)
    return match.end() if match else None


def authors(line: str) -> tuple[str, ...]:
    """Return the authors whom a byline names; () if the line is none.

    With a cue ("By", "Автор:", "作者：") one-word names count; without one the whole line, up to a
    separator, must have the form of names.
    """
    if len(line) > _LONGEST_LINE or EDITORS.match(line.strip()):
        return ()
    begin = byline_start(line)
    rest = line[begin:] if begin is not None else line
    if (found := dates.find(rest)) is not None:
        rest = rest[: found.start] if rest[: found.start].strip(" ,|\u2022\u00b7-") else rest[found.end :]
        rest = re.sub(r"\b(?:published|updated|posted)\s*:?\s*$", "", rest.strip(), flags=re.IGNORECASE)
    rest = rest.strip(" \t\u00a0|,\u2022\u00b7")
    if begin is not None and _HAN_NAME.match(rest):
        rest = re.split(r"[|\uff5c(\uff08\u3010]|\s(?:来源|编辑|责编|时间|发布)", EDITORS.split(rest)[0])[0]
        return _han_names(rest)
    tail = _TAIL.search(rest.lower(), 1)
    if tail is not None:
        rest = rest[: tail.start()]
    names: list[str] = []
    for part in _AND.split(rest):
        if not part:
            continue
        name = _named(part, cued=begin is not None and not names)
        if name is None:
            break  # what follows the names: "Staff Writer", "Reuters", a place
        names.append(name)
    return tuple(names)


def only_authors(line: str) -> tuple[str, ...]:
    """Return the authors of a line that holds nothing else: no cue, no place, no date."""
    names = authors(line)
    if not names:
        return ()
    left = len(line) - sum(len(name) for name in names)
    return names if left <= 8 * len(names) else ()
