"""Dates of Chinese, seen from the day of publication: 二〇二四年九月二十七日, 去年3月, 上周四."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

from casegraph.extract import periods
from casegraph.extract.lang.han import simplified, squeeze
from casegraph.extract.lang.zh_numbers import HALF, NUMBER, read
from casegraph.extract.periods import Day, Period

_ZERO = "〇零○0一二三四五六七八九"
_Y = rf"(?:(?P<y>(?:1[5-9]|20|21)\d\d|[一二][{_ZERO}]{{3}})年|(?P<yr>去年|今年|明年|前年|后年|当年))"
_Y2 = _Y.replace("<y>", "<y2>").replace("<yr>", "<yr2>")
_M = r"(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元)月份?"
_M2 = _M.replace("<m>", "<m2>")
_D = r"(?P<d>[12]\d|3[01]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号](?![内元])"
_D2 = _D.replace("<d>", "<d2>")
_TO = r"\s?(?:至|到|-|—|~|–)+\s?"
_PART = r"(?:初|底|末|中旬|上旬|下旬|中|年底)?"
_HOUR = r"(?:(?P<hour>\d{1,2})(?:时|点|:)(?P<minute>\d{1,2})?分?)"
_CLOCK = rf"(?:\s?(?P<half>凌晨|早上|上午|中午|下午|傍晚|晚上|晚间|晚|早晨|清晨|深夜)?{_HOUR}?)?"
_WEEKDAY = r"(?:周|星期|礼拜)(?P<w>[一二三四五六日天])"
_FREE = r"(?<![\d第])"
_DAYS = {
    "前天": -2,
    "前日": -2,
    "昨天": -1,
    "昨日": -1,
    "昨晚": -1,
    "今天": 0,
    "今日": 0,
    "今晨": 0,
    "今晚": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
}
_SHIFT = {
    "上上": -2,
    "上": -1,
    "本": 0,
    "这": 0,
    "这个": 0,
    "当": 0,
    "上个": -1,
    "本个": 0,
    "下": 1,
    "下个": 1,
}
_AHEAD = re.compile(r"将|拟|预计|计划|定于|即将|有望|应于|截止|届时|之前完成")
_WEEKDAYS = "一二三四五六日"
_QUARTER = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}

Handler = Callable[["_Seen"], "Period | None"]


class _Seen:
    def __init__(self, match: re.Match[str], text: str, anchor: Day | None) -> None:
        self.match, self.anchor = match, anchor
        self.groups = match.groupdict()
        before = text[max(0, match.start() - 30) : match.start()]
        self.ahead = _AHEAD.search(re.split("[。；，]", before)[-1]) is not None

    def get(self, name: str) -> str:
        return self.groups.get(name) or ""

    def number(self, name: str) -> int | None:
        word = self.get(name)
        if not word:
            return None
        value = read("一" if word == "元" else word)
        return None if value is None or value.low is None else int(value.low)

    def year(self, suffix: str = "") -> int | None:
        word, relative = self.get("y" + suffix), self.get("yr" + suffix)
        if word:
            return int(
                "".join(
                    str(
                        max(0, "零一二三四五六七八九".find(c.replace("〇", "零").replace("○", "零")))
                        if not c.isdigit()
                        else c
                    )
                    for c in word
                )
            )
        if relative and self.anchor:
            return self.anchor.year + {"去年": -1, "明年": 1, "前年": -2, "后年": 2}.get(relative, 0)
        return None


def _in_year(seen: _Seen, year: int | None, month: int, day: int | None) -> Period | None:
    def made(of: int) -> Period | None:
        return periods.month(of, month) if day is None else periods.day(of, month, day)

    if year is not None:
        return made(year)
    if seen.anchor is None or seen.get("yr"):
        return periods.UNKNOWN
    if seen.ahead:
        found = made(seen.anchor.year)
        return (
            found if found is None or (found.end and found.end > seen.anchor) else made(seen.anchor.year + 1)
        )
    found = made(seen.anchor.year)
    soon = seen.anchor + dt.timedelta(days=31 if day else 0)
    if found is not None and found.start is not None and found.start > soon:
        return made(seen.anchor.year - 1)
    return found


def _full(seen: _Seen) -> Period | None:
    found = _in_year(seen, seen.year(), seen.number("m") or 0, seen.number("d"))
    hour, minute = seen.number("hour"), seen.number("minute") or 0
    if found is None or hour is None or found.start is None:
        return found
    if seen.get("half") in {"下午", "傍晚", "晚上", "晚间", "晚"} and hour < 12:
        hour += 12
    return periods.at(found, f"T{hour:02d}:{minute:02d}") if hour < 24 and minute < 60 else found


def _range(seen: _Seen) -> Period | None:
    year = seen.year()
    last_year = seen.year("2")
    if not seen.get("m2"):
        if seen.get("d2"):
            month = seen.number("m") or 0
            first, last = (
                _in_year(seen, year, month, seen.number("d")),
                _in_year(seen, year, month, seen.number("d2")),
            )
        elif year is not None and last_year is not None:
            return periods.years(year, last_year - year + 1) if last_year > year else None
        else:
            return None
    else:
        first = _in_year(
            seen, year if year is not None else last_year, seen.number("m") or 0, seen.number("d")
        )
        last = _in_year(
            seen, last_year if last_year is not None else year, seen.number("m2") or 0, seen.number("d2")
        )
    if first is None or last is None:
        return None
    return periods.UNKNOWN if periods.UNKNOWN in (first, last) else periods.covering(first, last)


def _year(seen: _Seen) -> Period | None:
    year = seen.year()
    return periods.UNKNOWN if year is None else periods.year(year)


def _part_of_year(seen: _Seen) -> Period | None:
    year = seen.year()
    if year is None:
        if seen.anchor is None:
            return periods.UNKNOWN
        year = seen.anchor.year
    if seen.get("q"):
        return periods.quarter(year, _QUARTER[seen.get("q")])
    return periods.half(year, 1 if seen.get("h") == "上" else 2)


def _decade(seen: _Seen) -> Period | None:
    value = seen.number("decade")
    if value is None or value % 10:
        return None
    century = seen.number("century")
    base = 1900 if century is None else (century - 1) * 100
    if century is None and value in {10, 20} and not seen.get("last"):
        base = 2000
    return periods.years(base + value, 10)


def _day(seen: _Seen) -> Period | None:
    if seen.anchor is None:
        return periods.UNKNOWN
    then = seen.anchor + dt.timedelta(days=_DAYS[seen.get("word")])
    return periods.day(then.year, then.month, then.day)


def _weekday(seen: _Seen) -> Period | None:
    if seen.anchor is None:
        return periods.UNKNOWN
    number = _WEEKDAYS.index(seen.get("w").replace("天", "日"))
    relative = seen.get("rel")
    if relative:
        monday = seen.anchor - dt.timedelta(days=seen.anchor.weekday())
        then = monday + dt.timedelta(weeks=_SHIFT[relative], days=number)
    else:
        back = (seen.anchor.weekday() - number) % 7
        then = seen.anchor - dt.timedelta(days=back - 7 if seen.ahead and back else back)
    return periods.day(then.year, then.month, then.day)


def _unit(seen: _Seen) -> Period | None:
    if seen.anchor is None:
        return periods.UNKNOWN
    shift = _SHIFT[seen.get("rel")]
    if seen.get("unit") in {"周", "星期", "礼拜", "周末"}:
        found = periods.week(seen.anchor + dt.timedelta(weeks=shift))
        if seen.get("unit") == "周末" and found.start:
            return Period(found.start + dt.timedelta(days=5), found.end, "range")
        return found
    if seen.get("unit") == "季度":
        number = seen.anchor.year * 4 + (seen.anchor.month - 1) // 3 + shift
        return periods.quarter(number // 4, number % 4 + 1)
    return periods.month_shifted(seen.anchor, shift)


def _ago(seen: _Seen) -> Period | None:
    count = seen.number("count") if seen.get("count") else 1
    if seen.anchor is None or count is None or count > 3000:
        return periods.UNKNOWN
    unit = seen.get("unit")
    if unit in {"天", "日"}:
        then = seen.anchor - dt.timedelta(days=count)
        return periods.day(then.year, then.month, then.day)
    if unit in {"周", "个星期", "星期"}:
        return periods.week(seen.anchor - dt.timedelta(weeks=count))
    return (
        periods.month_shifted(seen.anchor, -count) if "月" in unit else periods.year(seen.anchor.year - count)
    )


def _span(seen: _Seen) -> Period | None:
    count = seen.number("count")
    if seen.anchor is None or count is None or count > 500:
        return periods.UNKNOWN
    unit = seen.get("unit")
    days = count * (
        1
        if unit in {"天", "日"}
        else 7
        if unit in {"周", "个星期"}
        else 30.436875
        if "月" in unit
        else 365.2425
    )
    delta, today = dt.timedelta(days=round(days)), seen.anchor
    if seen.get("rel") in {"未来", "今后", "接下来"}:
        return Period(today, today + delta, "range")
    return Period(today - delta, today + dt.timedelta(days=1), "range")


def _recent(_: _Seen) -> Period | None:
    return periods.UNKNOWN


FORMS: tuple[tuple[str, Handler], ...] = (
    (rf"{_FREE}{_Y}?{_M}{_D}{_TO}(?:{_Y2}?{_M2})?{_D2}", _range),
    (rf"{_FREE}{_Y}?{_M}{_TO}{_Y2}?{_M2}(?!\d?[日号])", _range),
    (rf"{_FREE}(?P<y>(?:19|20)\d\d)年?{_TO}(?P<y2>(?:19|20)\d\d)年", _range),
    (rf"{_FREE}{_Y}?{_M}{_D}(?:[（(]{_WEEKDAY}[)）])?{_CLOCK}", _full),
    (rf"{_FREE}{_Y}?(?:的)?第?(?P<q>[一二三四1-4])季度?", _part_of_year),
    (rf"{_FREE}{_Y}?(?P<h>[上下])半年", _part_of_year),
    (rf"{_FREE}{_Y}{_M}{_PART}", _full),
    (rf"{_FREE}(?<![\w])?{_M}(?:{_PART})(?![\d饼球亮光])", _full),
    (rf"{_FREE}{_Y}(?:年?[初底末中]|上半叶)?", _year),
    (
        r"(?P<last>上世纪|本世纪|(?P<century>\d\d|二十一?|十九)世纪)?(?P<decade>\d0|[二三四五六七八九]十)年代[初末中]?期?",
        _decade,
    ),
    (rf"(?P<word>{'|'.join(_DAYS)})(?:凌晨|早上|上午|下午|晚上|晚间|晚)?", _day),
    (
        rf"(?P<rel>上上|上|本|这|下)?个?{_WEEKDAY}(?:凌晨|早上|上午|下午|晚上|晚间|晚)?(?![\u4e00-\u9fff]?报)",
        _weekday,
    ),
    (
        r"(?P<rel>上个?|本|这个?|下个?|当)(?P<unit>月|季度|周末|周|星期|礼拜)(?![一二三四五六日天期边围])[初底末]?",
        _unit,
    ),
    (rf"(?P<count>{NUMBER})(?P<unit>年|个?月|天|日|周|个星期)(?:前|之前|以前)(?!后)", _ago),
    (
        rf"(?P<rel>过去|近|最近|未来|今后|接下来)(?:的)?(?P<count>{NUMBER})(?P<unit>年|个?月|天|日|周|个星期)",
        _span,
    ),
    (r"近日|日前|近期|不久前|连日来", _recent),
)
_COMPILED = tuple((re.compile(source), handler) for source, handler in FORMS)
_BARE_DAY = re.compile(
    r"(?<![\d月年之近过每第上下分])(?P<d>[12]\d|3[01]|0?[1-9])[日号](?![内元\d]|[楼院线厂个本元])"
)
_HINT = re.compile(r"[年月日号周期天]|世纪|日前|礼拜|季|昨|今|明")


def _days_alone(text: str, anchor: Day | None) -> Iterator[tuple[int, int, Period]]:
    """Yield 27日: the day of that number last before publication."""
    for match in _BARE_DAY.finditer(text):
        if anchor is None:
            yield match.start(), match.end(), periods.UNKNOWN
            continue
        if text[match.end() - 1] == "号":
            continue
        number = int(match["d"])
        month = dt.date(anchor.year, anchor.month, 1)
        if number > anchor.day:
            month = (month - dt.timedelta(days=1)).replace(day=1)
        found = periods.day(month.year, month.month, number)
        if found is not None:
            yield match.start(), match.end(), found


def find(text: str, anchor: Day | None) -> Iterator[tuple[int, int, Period]]:
    """Yield start, end and meaning of each date in a Chinese text, the most specific forms first."""
    if _HINT.search(text) is None:
        return
    squeezed, offsets = squeeze(text)
    plain = simplified(squeezed).translate(HALF)
    for pattern, handler in _COMPILED:
        for match in pattern.finditer(plain):
            period = handler(_Seen(match, plain, anchor))
            if period is not None:
                yield offsets[match.start()], offsets[match.end() - 1] + 1, period
    for start, end, period in _days_alone(plain, anchor):
        yield offsets[start], offsets[end - 1] + 1, period
