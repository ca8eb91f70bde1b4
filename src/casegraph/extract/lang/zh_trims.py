"""Organisations taken too long: 青岛啤酒|恐, 招商地产|子公司|瑞嘉公司, 永隆银行|股份, 早报讯|大有能源公司."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from casegraph.extract.lang.data import words
from casegraph.extract.lang.zh_persons import Cut

_NEWS = re.compile(r"(?P<lead>(?:[\u4e00-\u9fff\d]{0,4}[报网社日电])?(?:讯|消息)\s*)(?P<name>[^\s讯]{4,})")
_HOLDER = re.compile(
    r"(?P<name>.{2,}?)(?P<kind>(?:全资|控股|参股|附属|下属)*(?:子公司|孙公司|附属公司)|(?:第[一二三]大|控股|大|二)股东|实际控制人"
    r"|实控人|董事会|监事会|股东大会|[两二三四五六七八九十\d]+家(?:公司|企业))(?P<rest>.*)"
)
_SHARES = re.compile(r"(?P<name>.{2,}?(?:公司|银行|集团))(?P<kind>(?:全部|部分|剩余)?(?:股份|股权|股票))")
_TAILS = {
    "恐": "d", "非": "d", "均": "d", "仍": "d", "亦": "d", "还": "d", "未": "d", "曾": "d", "拟": "d",
    "将": "d", "已": "d", "因": "p", "原": "a",
}  # fmt: skip
_SHORTEST = 4  # characters of a name that may follow the kind


@functools.cache
def _tailed() -> re.Pattern[str]:
    ends = words("zh", "names", "trade_ends") | words("zh", "names", "firm_ends") | {"啤酒", "股份"}
    either = "|".join(sorted(ends, key=lambda end: (-len(end), end)))
    return re.compile(f"(?P<name>.{{2,}}(?:{either}))(?P<tail>[{''.join(_TAILS)}])")


def trimmed(text: str, cut: Sequence[Cut]) -> list[Cut]:
    """Return the words with organisations that hold more than one parted."""
    found: list[Cut] = []
    for start, end, tag in cut:
        found += (
            _parts(text, start, end) if tag == "ORG" and end - start >= _SHORTEST else [(start, end, tag)]
        )
    return found


def _parts(text: str, start: int, end: int) -> Iterator[Cut] | list[Cut]:
    word = text[start:end]
    news = _NEWS.fullmatch(word)
    if news is not None:
        place = start + len(news["lead"])
        return [(start, place, "n"), *_parts(text, place, end)]
    tailed = _tailed().fullmatch(word)
    if tailed is not None:
        return [(start, end - 1, "ORG"), (end - 1, end, _TAILS[tailed["tail"]])]
    shares = _SHARES.fullmatch(word)
    if shares is not None:
        return [(start, start + shares.end("name"), "ORG"), (start + shares.end("name"), end, "n")]
    holder = _HOLDER.fullmatch(word)
    if holder is None or 0 < len(holder["rest"]) < _SHORTEST:
        return [(start, end, "ORG")]
    first, last = start + holder.end("name"), start + holder.end("kind")
    return [(start, first, "ORG"), (first, last, "n"), *([(last, end, "ORG")] if last < end else [])]
