"""Forms in which texts credit others: regular expressions over the lists of credits.toml.

Each has a group `name`: the outlet or agency.
"""

from __future__ import annotations

import functools
import re

from casegraph.trace.outlets import agency_names, either, is_han, lexicon, name_pattern

_MONTH = r"(?:[A-Z][a-z]{2,8}\.?|[а-яё]{3,9}\.?)"
_DAY = rf"(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})"
_CAPITAL = r"A-Z\u0410-\u042f\u0401"
_CITY = rf"[{_CAPITAL}][\w.'’/ -]{{1,40}}"
_CRIED = rf"[{_CAPITAL}][{_CAPITAL}.'’/-]{{2,}}(?:[ ][{_CAPITAL}.'’/-]+){{0,4}}"  # a city in capitals
_HAN = r"[\u4e00-\u9fff]"


@functools.cache
def tag() -> re.Pattern[str]:
    """Return the form "(Reuters)", "/ТАСС/", （新华社）."""
    names = either(agency_names())
    behind = r"(?:[ ,/·、]\s?[^()（）/\n]{0,30})?"
    return re.compile(rf"[(（\[/【]\s*(?:©\s*)?(?P<name>{names}){behind}\s*[)）\]/】]")


@functools.cache
def datelines() -> tuple[re.Pattern[str], ...]:
    """Return the forms of datelines that name who sent the text, at the beginning of a paragraph."""
    names = either(agency_names())
    spelled = either(one for one in agency_names() if one.isascii() and len(one) > 3)
    sender = rf"{names}|[{_CAPITAL}«][\w«» -]{{1,30}}"
    between = rf"(?:,\s+(?:{_DAY}|[\w. ]+))*"
    ends = "社|网|报|通讯社|新闻"
    day = r"\d{1,2}月\d{1,2}日(?:[上下]午)?"
    return (
        re.compile(rf"{_CRIED}{between}\s+[(/](?P<name>[{_CAPITAL}][^()/\n]{{1,40}})[)/]\s*[-–—.]"),
        re.compile(rf"{_CITY}{between}\s+[(/](?P<name>{names})[)/]\s*[-–—.]"),
        re.compile(rf"{_CITY},\s+\d{{1,2}}\s+{_MONTH}\s*[-–—/.]\s*[/(]?(?P<name>{sender})[/)]?\s*[.,–—-]"),
        re.compile(
            rf"(?!据|综合|援引)(?P<name>{names}|{_HAN}{{2,8}}?(?:{ends})){_HAN}{{0,10}}{day}(?:电|讯|消息|報道|报道)"
        ),
        re.compile(rf"【(?P<name>{names}|{_HAN}{{2,10}}(?:{ends}|讯|时报))[^】]{{0,24}}】"),
        re.compile(rf"(?P<name>{spelled})\s*[-–—]\s"),
    )


@functools.cache
def sentences(language: str) -> tuple[re.Pattern[str], ...]:
    """Return the forms of "Reuters reported", «со ссылкой на ТАСС», 据新华社报道 in a language."""
    cues = lexicon()["cues"]
    name = name_pattern(language)
    if language == "zh":
        known = either(one for one in agency_names() if is_han(one))
        says = "报道|報道|披露|写道|援引|称"
        after = cues["zh_after"]
        return (
            re.compile(rf"(?:{cues['zh_before']})(?P<name>{name})(?:网站)?[^，。；\n]{{0,14}}?(?:{after})"),
            re.compile(rf"(?P<name>《[^《》\n]{{2,20}}》|{known})[^，。；\n]{{0,8}}(?:{says})"),
        )
    if language == "ru":
        sure = name_pattern("ru", sure=True)
        return (
            re.compile(rf"(?i:\b(?:{cues['ru_before']}))\s+(?:об этом\s+)?(?P<name>{name})"),
            re.compile(rf"(?i:\b(?:{cues['ru_weak']}))\s+(?P<name>{sure})"),
            re.compile(rf"(?P<name>{name})\s+(?i:{cues['ru_after']})\b"),
            re.compile(rf"(?P<name>{sure})\s+(?i:{cues['ru_after_weak']})\b"),
        )
    kind = lexicon()["nouns"]["en_behind"]
    return (
        re.compile(rf"\b(?i:{cues['en_before']})\s+(?:an?\s+|the\s+)?(?:[a-z]+\s+){{0,3}}(?P<name>{name})"),
        re.compile(rf"(?P<name>{name})(?:\s+(?:{kind}))?,?\s+(?:{cues['en_after']})\b"),
    )


@functools.cache
def kind_of_outlet() -> re.Pattern[str]:
    """Return the form of what stands behind an English name: " newspaper", " news agency"."""
    return re.compile(rf"\s+(?:{lexicon()['nouns']['en_behind']})\b")


@functools.cache
def indefinite() -> re.Pattern[str]:
    """Return the form of what stands before words that describe and name nobody: "a leading"."""
    return re.compile(r"\b(?:an?|another|one|some|any|every|no)\s+(?:[a-z-]+\s+){0,3}$", re.IGNORECASE)


@functools.cache
def pointing() -> re.Pattern[str]:
    """Return the form of words with a capital at the beginning of a sentence that are no names."""
    return re.compile(r"The|This|That|These|Those|Another|One|An?|His|Her|Its|Their|Our|Some")


@functools.cache
def lines() -> tuple[re.Pattern[str], ...]:
    """Return the forms of credit lines for the whole text: "Originally published by …"."""
    said = lexicon()["syndicated"]
    end = r"(?=$|[\n.;。，,（(|]|\s[-–—]\s| on \d| with | and (?:is|was) )"
    rest = r"[^\n.;|,()]{1,60}?"
    return (
        re.compile(rf"(?i:\b(?:{said['en']}))\s*(?:the\s+)?(?P<name>[{_CAPITAL}\u4e00-\u9fff]{rest}){end}"),
        re.compile(rf"(?i:\b(?:{said['ru']}))\s*(?P<name>[{_CAPITAL}«\"\u4e00-\u9fff]{rest}){end}"),
        re.compile(rf"(?:{said['zh']})\s*(?P<name>[^\s。；，|（）()]{{2,30}})"),
    )


@functools.cache
def bylines() -> re.Pattern[str]:
    """Return the form of an agency or outlet in a byline, with or without "staff"."""
    ends = "|".join(lexicon()["nouns"]["en"].split())
    name = rf"{either(agency_names())}|(?:[A-Z][\w'’&.-]*\s+){{1,4}}(?:{ends})"
    staff = r"(?:\s+(?:staff|writer|correspondent|reporters?))?"
    return re.compile(rf"(?<![\w-])(?P<name>{name}){staff}(?![\w-])")


@functools.cache
def copyright_lines() -> re.Pattern[str]:
    """Return the form of an agency's copyright line."""
    mark = r"(?:©|\(c\)|copyright)\s*(?:\d{4})?\s*(?:by\s+)?(?:the\s+)?"
    return re.compile(rf"{mark}(?P<name>{either(agency_names())})(?!\w)", re.IGNORECASE)
