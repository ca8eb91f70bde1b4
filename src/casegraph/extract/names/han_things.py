"""What Chinese words and signs show without a tagger: laws, models, ships, events, offices, Latin names."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casegraph.extract import places
from casegraph.extract.lang import zh_lac
from casegraph.extract.lang.data import marks, words
from casegraph.extract.lang.zh_brands import state_names
from casegraph.extract.lang.zh_organisations import end_of
from casegraph.extract.names.latin_words import by_words, runs

Token = tuple[int, int, str]  # start, end, tag

_HAN = "\u4e00-\u9fff"
_FULL_LAW = re.compile(rf"中华人民共和国[{_HAN}]{{1,18}}?(?:法典|法|条例)(?![学官院庭律人定治规])")
_NUMBERED_MODEL = re.compile(rf"(?P<brand>[{_HAN}]{{2,4}})(?P<number>\d{{2,5}}[A-Z]{{0,3}})(?![\d%年月日号])")
_ARMY = re.compile("[俄美英法德日韩乌朝印伊以]军(?![人工方事备机]|官(?!员)|舰(?!艇))")
_VESSEL = re.compile(rf"[{_HAN}]{{2,9}}号")
_IN_EVENT = frozenset(["n", "vn", "nz", "LOC", "ORG", "m", "q", "an", "a", "s"])
_ORDINAL = re.compile(r"第?[一二三四五六七八九十百\d]+(?:届|次)?|届")
_OF_BODY = frozenset(["n", "vn", "nz", "ORG", "v", "an", "nt", "a"])
_BRANDS = frozenset(["n", "nz", "LOC", "PER", "ORG", "nr", "ns"])
_LONGEST_BODY, _LONGEST_EVENT = 5, 8  # words
_TOWARDS = tuple("往到至赴抵在于自")
_OF_STATES = frozenset("英属 法属 荷属 美属".split())
_MIDDLE = frozenset("在 对 赴 驻 向 从 访 抵 自".split())


class Thing(NamedTuple):
    """A name before it is one of a page: characters [start, end), schema, the rule that found it."""

    start: int
    end: int
    schema: str
    rule: str


@functools.cache
def _list(key: str) -> frozenset[str]:
    return words("zh", "names", key)


def _either(key: str) -> str:
    return "|".join(sorted(map(re.escape, _list(key)), key=lambda word: (-len(word), word)))


@functools.cache
def _laws() -> re.Pattern[str]:
    return re.compile(f"(?:{_either('laws_known')})(?![学官院庭律人定治典])")


@functools.cache
def _product() -> re.Pattern[str]:
    return re.compile(rf"[{_HAN}]{{0,2}}(?:{_either('product_heads')})")


@functools.cache
def _ship() -> re.Pattern[str]:
    return re.compile(rf"[{_HAN}]{{0,3}}(?:{_either('ship_nouns')})")


def is_before_product(text: str, end: int) -> bool:
    """Tell whether a weapon's or machine's noun stands right behind: 海马斯|火箭炮."""
    found = _product().match(text, end)
    return found is not None and found.group() in _list("product_heads")


def things(text: str, tokens: Sequence[Token]) -> Iterator[Thing]:
    """Yield the names; some overlap."""
    yield from _by_signs(text, tokens)
    yield from _latin(text)
    for place in range(len(tokens)):
        for rule in (_warship, _event, _body, _outlet, _abroad):
            found = rule(text, tokens, place)
            if found is not None:
                yield found


def _by_signs(text: str, tokens: Sequence[Token]) -> Iterator[Thing]:
    starts = {start: place for place, (start, _, _) in enumerate(tokens)}
    laws = [(pattern, "Thing", "law") for pattern in (_laws(), _FULL_LAW)]
    for pattern, schema, rule in [*laws, (_ARMY, "PublicBody", "army")]:
        for match in pattern.finditer(text):
            if match.start() in starts:
                yield Thing(match.start(), match.end(), schema, rule)
    for match in _NUMBERED_MODEL.finditer(text):
        first = next(
            (at for at in range(match.end("brand") - 2, match.start() - 1, -1) if at in starts), None
        )
        if first is not None and is_before_product(text, match.end()) and tokens[starts[first]][2] in _BRANDS:
            yield Thing(first, match.end(), "Asset", "model")
    for match in _VESSEL.finditer(text):
        first = next((at for at in range(match.start(), match.end() - 2) if at in starts), None)
        if first is not None and _ship().match(text, match.end()):
            yield Thing(first, match.end(), "Asset", "ship")


def _latin(text: str) -> Iterator[Thing]:
    """Yield runs of Latin words told by a form or trade of their own, or by the Chinese noun beside them."""
    for start, end in runs(text):
        schema = by_words(text[start:end])
        before, after = text[max(0, start - 3) : start], text[end : end + 3].lstrip()
        if schema is None and (before.endswith(tuple(_list("ship_nouns"))) or after[:1] == "号"):
            schema = "Asset"
        elif schema is None and after.startswith(("公司", "集团", "工厂")):
            schema = "Company"
        elif schema is None and re.search(r"\d", text[start:end]) and _product().match(text, end):
            schema = "Asset"
        if schema is not None:
            yield Thing(start, end, schema, "latin")


def _is_place(word: str) -> bool:
    return word in marks("zh", "places", "regions") or places.city(word) is not None


def _warship(text: str, tokens: Sequence[Token], place: int) -> Thing | None:
    """Return 山东舰: ships of the line bear a place's name."""
    start, end, tag = tokens[place]
    if text[start:end] == "舰" and place and tokens[place - 1][1] == start:
        start = tokens[place - 1][0]
    stem = text[start : end - 1]
    named = text[end - 1] == "舰" and len(stem) > 1 and tag != "w" and _is_place(stem)
    return Thing(start, end, "Asset", "ship") if named else None


def _event(text: str, tokens: Sequence[Token], place: int) -> Thing | None:
    """Return a fair, war or summit with what belongs to it on its left: 中国|国际|进口|博览会."""
    start, end, _ = tokens[place]
    word = text[start:end]
    if word in _list("events_known"):
        return Thing(start, end, "Event", "event")
    if end_of(word, "event_ends") is None:
        return None
    first = place
    while first and place - first < _LONGEST_EVENT and tokens[first - 1][1] == tokens[first][0]:
        if tokens[first - 1][2] not in _IN_EVENT:
            break
        first -= 1
    while first < place and not _opens_event(text, tokens[first]):
        first += 1
    opened = first < place or (len(word) > 4 and _opens_event(text, (start, start + 2, "")))
    return Thing(tokens[first][0], end, "Event", "event") if opened else None


def _opens_event(text: str, token: Token) -> bool:
    word = text[token[0] : token[1]]
    if token[2] == "ORG":
        return word[:2] in state_names()  # 中国国际航空|博览会
    ordinal = word[0] == "第" and _ORDINAL.fullmatch(word) is not None
    return ordinal or token[2] in {"LOC", "nz"} or word in _list("event_openers")


def _body(text: str, tokens: Sequence[Token], place: int) -> Thing | None:
    """Return a state with its ministry or office behind it: 韩国|产业通商资源部, 香港|警务|处."""
    start, end, tag = tokens[place]
    if tag != "LOC" or text[start:end] not in state_names():
        return None
    for last in range(place + 1, min(place + 1 + _LONGEST_BODY, len(tokens))):
        if tokens[last][0] != end or tokens[last][2] not in _OF_BODY:
            return None
        end = tokens[last][1]
        name = text[tokens[place][1] : end]
        if len(name) > 1 and end_of(name, "office_ends") is not None:
            behind = text[end : end + 1]
            return (
                None
                if behind and behind in "长门队分件下属级"
                else Thing(start, end, "PublicBody", "state-body")
            )
    return None


def _outlet(text: str, tokens: Sequence[Token], place: int) -> Thing | None:
    """Return an unknown name that ends like an outlet and reports something: 新浪潮网|首先|披露."""
    start, end, tag = tokens[place]
    word = text[start:end]
    if tag not in {"nz", "ORG", "nt"} or len(word) < 3 or end_of(word, "outlet_ends") is None:
        return None
    verbs = words("zh", "grammar", "clause_verbs")
    behind = [text[low:high] for low, high, _ in tokens[place + 1 : place + 3]]
    return Thing(start, end, "Organization", "outlet") if not verbs.isdisjoint(behind) else None


def _abroad(text: str, tokens: Sequence[Token], place: int) -> Thing | None:
    """Return a state by its one sign behind a coverb, 在|俄, a foreign place with what LAC tore off it."""
    start, end, tag = tokens[place]
    word = text[start:end]
    if tag != "LOC" or not place or tokens[place - 1][1] != start:
        return None
    if len(word) == 1:
        known = word in _list("state_signs") and text[tokens[place - 1][0] : start] in _MIDDLE
        return Thing(start, end, "Address", "sign") if known else None
    if text[tokens[place - 1][0] : start] in _OF_STATES:
        return Thing(tokens[place - 1][0], end, "Address", "torn")
    signs = words("zh", "names", "transcription")
    first = place
    while (
        first
        and tokens[first - 1][1] == tokens[first][0]
        and tokens[first - 1][1] - tokens[first - 1][0] == 1
    ):
        if text[tokens[first - 1][0]] not in signs | {"车"}:
            break
        first -= 1
    torn = 0 < first < place and len(word) > 2 and all(sign in signs for sign in word)
    if (
        torn
        and not zh_lac.is_known(word)
        and text[tokens[first - 1][0] : tokens[first][0]].endswith(_TOWARDS)
    ):
        return Thing(tokens[first][0], end, "Address", "torn")
    return None
