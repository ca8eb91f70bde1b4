"""Names in Chinese: LAC's labels, names in 《》 and “ ”, short forms in brackets, repeats."""

from __future__ import annotations

import bisect
import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from babel import Locale

from casegraph.extract import places
from casegraph.extract.base import Found, Reading, Stretch
from casegraph.extract.lang.data import marks, words
from casegraph.extract.lang.han import simplified, squeeze
from casegraph.extract.lang.zh_brands import is_new
from casegraph.extract.lang.zh_numbers import HALF
from casegraph.extract.lang.zh_organisations import end_of
from casegraph.extract.names.han_things import is_before_product, things
from casegraph.extract.spans import Taken

SURE, FAIR, GUESS = 3, 2, 1
_ALIAS = re.compile(
    r"[（(](?:以下)?(?:(?:证券|股票|公司)?简称|下称|以下称|下同|统称|又称|又名|原名|英文名)?(?:为|：|:)?[“「\"'‘]?(?P<name>[^（）()“”「」\"'’，。；、\n]{2,24})[”」\"'’]?[)）]"
)
_SAID = re.compile(r"简称|下称|又称|又名|原名|英文名|以下称")
_LATIN = re.compile(r"[A-ZА-ЯЁ][\wА-Яа-яёЁ.&'’ -]{1,40}")
_TITLE = re.compile(r"《(?P<name>[^《》\n]{1,40})》")
_QUOTED = re.compile(r"[“「](?P<name>[^“”「」，。；、\n]{1,12})[”」](?P<after>[\u4e00-\u9fff]{0,3})")
_MODEL = re.compile(
    r"(?<![A-Za-z0-9-])(?:[\u4e00-\u9fff]{1,4}|[A-Z]{1,6}[a-z]{0,8})[-‐‑]\d{1,4}[A-Z]{0,3}(?![A-Za-z0-9-])"
)
_HAN_MODEL = re.compile(
    r"(?P<brand>[\u4e00-\u9fff]{2})[-‐‑]?(?P<number>[一二三四五六七八九十]{1,2}|\d{1,3})[型号](?=[\u4e00-\u9fff]{0,3}(?:无人机|导弹|战机|火箭|卫星|飞机|发动机|坦克))"
)
_STREET = re.compile(
    r"(?:[\u4e00-\u9fff]{1,8}(?:路|街|道|大道|巷|镇|村|乡|园区|开发区|区|县|大厦|广场))+(?:\d+号?)?(?:[\u4e00-\u9fffA-Z]{0,6}?\d+(?:号|栋|幢|楼|层|室|单元))*"
)
_FIRM_BEHIND = re.compile(r"(?:[（(][^（）()]{1,30}[)）])?(?:公司|集团|工厂|厂)(?![\u4e00-\u9fff]?[长办])")
_LONGEST_BRAND = 5
_STOCK = re.compile("(?:S[*]?|[*])?ST(?=[\u4e00-\u9fff]{2})")  # special treatment
_NAMELESS = re.compile("[\u4e00-\u9fff]某{1,2}[犯因于系与在的为向将被称]")  # 陈某|犯
_PAPER_BEHIND = re.compile("周刊|日报|晚报|时报|早报|报(?![道告价])|杂志|新闻网|电视台")  # 《明镜》周刊
_PLACE_ENDS = re.compile(r"[省市县区镇乡村州盟旗]$")


@dataclass(slots=True)
class _Name:
    start: int  # offsets in the page
    end: int
    text: str  # simplified, without breaks
    schema: str
    rank: int
    rule: str
    country: str | None = None
    votes: dict[str, float] = field(default_factory=dict)


@functools.cache
def states() -> dict[str, str]:
    """Return Chinese names of states and regions with the state's code, "" for none."""
    found = {
        name: code.lower()
        for code, name in Locale("zh").territories.items()
        if len(code) == 2 and code.isalpha()
    }
    found.update(marks("zh", "places", "regions"))
    found.update(marks("zh", "places", "states"))
    return found


def country_of(place: str) -> str | None:
    """Return the state of a place by its name, or by the state or region that its name begins with."""
    known = states()
    if place in known:
        return known[place] or None
    for length in range(min(6, len(place)), 1, -1):
        if place[:length] in known:
            return known[place[:length]] or None
    return places.city(place) or (places.city(place[:-1]) if len(place) > 2 and place[-1] in "市州" else None)


def organisation_schema(name: str) -> str:
    """Return what kind of organisation the name's end says."""
    if name in words("zh", "names", "outlets_known") or name in words("zh", "names", "organisations_known"):
        return "Organization"
    if name in marks("zh", "names", "bodies_known"):
        return "PublicBody"
    if end_of(name, "strong_forms") or name in words("zh", "names", "firms_known"):
        return "Company"
    best = {
        schema: len(end_of(name, key) or "")
        for schema, key in (
            ("PublicBody", "body_ends"),
            ("Company", "firm_ends"),
            ("Organization", "society_ends"),
        )
    }
    company = max(best["Company"], len(end_of(name, "legal_forms", "trade_ends", "common_trades") or ""))
    best["Company"] = company
    top = max(best.values())
    if top == 0:
        return "Organization"
    return next(schema for schema in ("PublicBody", "Organization", "Company") if best[schema] == top)


class _Page:
    """The words of one block with their names."""

    def __init__(self, reading: Reading, block: Stretch) -> None:
        self.block = block
        squeezed, offsets = squeeze(block.text)
        self.text = simplified(squeezed).translate(HALF)
        self.offsets = offsets
        self.place = {block.start + offset: number for number, offset in enumerate(offsets)}
        analysis = reading.analyses[block.page]
        self.tokens: list[tuple[int, int, str]] = []
        low = bisect.bisect_left(analysis.start, block.start)
        high = bisect.bisect_left(analysis.start, block.start + len(block.text))
        own = slice(low, high)
        for start, end, tag in zip(analysis.start[own], analysis.end[own], analysis.tag[own], strict=True):
            if end <= block.start + len(block.text) and start in self.place:
                first = self.place[start]
                last = self.place.get(end - 1)
                if last is not None:
                    self.tokens.append((first, last + 1, tag))

    def name(self, start: int, end: int, schema: str, rank: int, rule: str) -> _Name:
        """Return a name over the characters [start, end) of the block's own text."""
        text = self.text[start:end]
        country = country_of(text) if schema in {"Address", "PublicBody"} else None
        first = self.block.start + self.offsets[start]
        last = self.block.start + self.offsets[end - 1] + 1
        return _Name(first, last, text, schema, rank, rule, country)


def _labelled(page: _Page) -> Iterator[_Name]:
    """Propose what the tagger labels, and words that are known."""
    for place, (start, end, tag) in enumerate(page.tokens):
        word = page.text[start:end]
        if tag in {"PER", "ORG"}:
            made = _stock(page, place) or _person_or_body(page, place)
            if made is not None:
                yield made
        elif word in marks("zh", "names", "bodies_known"):
            made = page.name(start, end, "PublicBody", SURE, "known")
            made.country = marks("zh", "names", "bodies_known")[word] or None
            yield made
        elif tag == "LOC" and len(word) > 1:
            yield _place(page, place)
        elif word in words("zh", "names", "outlets_known") | words("zh", "names", "organisations_known"):
            yield page.name(start, end, "Organization", FAIR, "known")
        elif word in states() and tag in {"n", "nz", "s", "f"}:
            yield page.name(start, end, "Address", FAIR, "known")


def _stock(page: _Page, place: int) -> _Name | None:
    """Return the firm of shares under special treatment without their mark: *ST|宏盛."""
    start, end, _ = page.tokens[place]
    marked = _STOCK.match(page.text, start, end)
    return None if marked is None else page.name(marked.end(), end, "Company", SURE, "stock")


def _person_or_body(page: _Page, place: int) -> _Name | None:
    """Return the person or body of a label; 机电厂“库波尔” and 库波尔（Kupol）公司 are firms."""
    start, end, tag = page.tokens[place]
    if tag == "PER" and _NAMELESS.fullmatch(page.text, start, end):
        end -= 1
    word = page.text[start:end]
    if _FIRM_BEHIND.match(page.text, end):
        return page.name(start, end, "Company", SURE, "firm")
    if is_before_product(page.text, end) and tag == "PER" and "·" not in word:
        return page.name(start, end, "Asset", SURE, "product")
    if word in marks("zh", "names", "bodies_known"):
        made = page.name(start, end, "PublicBody", SURE, "known")
        made.country = made.country or marks("zh", "names", "bodies_known")[word] or None
        return made
    if tag == "ORG":
        return (
            None if _is_nameless(word) else page.name(start, end, organisation_schema(word), FAIR, "lac-org")
        )
    if place > 1 and page.text[start - 1] in "“「":
        first, last, before = page.tokens[place - 2]
        if before == "ORG" and last == start - 1:
            return page.name(start, end, organisation_schema(page.text[first:last]), SURE, "quoted")
    return page.name(start, end, "Person", FAIR, "lac-per") if len(word) > 1 and word[0] != "某" else None


def _place(page: _Page, place: int) -> _Name:
    """Return the place, or with what stands behind it a body of that state: 中国|政府."""
    start, end, _ = page.tokens[place]
    after = page.tokens[place + 1] if place + 1 < len(page.tokens) else None
    if after is not None and after[0] == end and after[2] in {"n", "ORG"}:
        following = page.text[after[0] : after[1]]
        if following in _bodies() and following not in {"部", "局"}:
            return page.name(start, after[1], "PublicBody", SURE, "state-body")
    return page.name(start, _place_end(page, place), "Address", FAIR, "lac-loc")


def _place_end(page: _Page, place: int) -> int:
    """Return where an address that begins with the place ends: 浙江省|宁波市, 深圳市南山区科技路18号."""
    _, end, _ = page.tokens[place]
    for before, (start, stop, tag) in zip(page.tokens[place:], page.tokens[place + 1 :], strict=False):
        if tag != "LOC" or start != end or not _PLACE_ENDS.search(page.text[before[0] : before[1]]):
            break
        end = stop
    street = _STREET.match(page.text, end) if _PLACE_ENDS.search(page.text[:end]) else None
    return street.end() if street else end


@functools.cache
def _bodies() -> frozenset[str]:
    return words("zh", "names", "body_ends")


def _is_nameless(word: str) -> bool:
    never = words("zh", "names", "before_firms")
    placed = any(word[:length] in states() and word[length:] in never for length in range(2, 6))
    return placed or word.startswith("某") or "某某" in word or word in never


def _marked(page: _Page) -> Iterator[_Name]:
    """Propose names in title marks and quotation marks, and models."""
    text = page.text
    for match in _TITLE.finditer(text):
        name = match["name"]
        outlet = name in words("zh", "names", "outlets_known") or end_of(name, "society_ends") in {
            "报", "日报", "晚报", "时报", "早报", "周刊", "邮报", "论坛报", "新闻", "杂志社"
        }  # fmt: skip
        start, end = match.span("name")
        outlet = outlet or _PAPER_BEHIND.match(text, match.end()) is not None
        yield page.name(start, end, "Organization" if outlet else "Thing", SURE, "title")
    for match in _QUOTED.finditer(text):
        after = match["after"]
        before = text[max(0, match.start() - 4) : match.start()]
        for key, schema in (
            ("product_nouns", "Asset"),
            ("project_nouns", "Project"),
            ("event_nouns", "Event"),
        ):
            nouns = words("zh", "names", key)
            vessel = schema == "Asset" and match["name"].endswith("号")
            if (
                vessel
                or any(after.startswith(noun) for noun in nouns)
                or (schema == "Asset" and any(before.endswith(noun) for noun in nouns if len(noun) > 2))
            ):
                yield page.name(*match.span("name"), schema, SURE, "quoted")
                break
    for match in _MODEL.finditer(text):
        start = match.start()
        inner = [token for token in page.tokens if token[0] <= match.start() < token[1]]
        head = match.group().split("-")[0]
        if "\u4e00" <= head[-1] <= "\u9fff" and inner:
            tail = [token for token in page.tokens if match.start() <= token[0] < match.start() + len(head)]
            start = tail[-1][0] if tail and len(tail) > 1 else start
        yield page.name(start, match.end(), "Asset", SURE, "model")
    for match in _HAN_MODEL.finditer(text):
        yield page.name(match.start(), match.end(), "Asset", SURE, "model")


def _bracketed(page: _Page, before: Sequence[_Name]) -> Iterator[_Name]:
    """Propose what stands in brackets right behind a name: its short form or its other script."""
    ends = {page.place.get(one.end - 1, -2) + 1: one for one in before}
    for match in _ALIAS.finditer(page.text):
        start = match.start()
        one = ends.get(start) or ends.get(start - 1)
        if one is None:
            continue
        name = match["name"].strip()
        if _SAID.search(match.group()) or _LATIN.fullmatch(name):
            made = page.name(*match.span("name"), one.schema, SURE, "bracket")
            made.country = one.country
            yield made


def _brands(name: str) -> Iterator[str]:
    """Yield the short forms of a firm: without its legal form, its place and its trade."""
    core = re.sub(r"[（(][^（）()]*[)）]", "", name)
    while (end := end_of(core, "strong_forms", "legal_forms")) and len(core) > len(end):
        core = core[: -len(end)]
    if 2 < len(core) < len(name):
        yield core
    known = states()
    bare = core
    for length in range(min(5, len(bare) - 2), 1, -1):
        if bare[:length] in known or _PLACE_ENDS.search(bare[:length]):
            bare = bare[length:]
            break
    while (end := end_of(bare, "firm_ends")) and len(bare) - len(end) >= 2:
        bare = bare[: -len(end)]
    if 2 <= len(bare) < len(name) and bare not in words("zh", "names", "common_brands"):
        yield bare
        yield bare + "公司"
        yield bare + "集团"


def _forms(names: Sequence[_Name]) -> dict[str, str]:
    """Return what a name may be called further on, with its schema."""
    forms: dict[str, str] = {}
    for one in names:
        long = one.schema in {"Company", "Organization", "PublicBody"} and len(one.text) > 3
        if long or one.rule == "bracket" or (one.schema == "Asset" and len(one.text) > 2):
            forms.setdefault(one.text, one.schema)
        if one.schema == "Company" and end_of(one.text, "strong_forms"):
            for brand in _brands(one.text):
                forms.setdefault(brand, "Company")
        last = one.text.rpartition("·")[2] if one.schema == "Person" and "·" in one.text else ""
        if len(last) > 1:
            forms.setdefault(last, "Person")
        brand = one.text.removesuffix("集团").removesuffix("公司") if one.schema == "Company" else one.text
        if 1 < len(brand) < min(len(one.text), _LONGEST_BRAND) and is_new(brand):
            forms.setdefault(brand, "Company")
    return forms


def _repeats(pages: Sequence[_Page], names: Sequence[_Name]) -> Iterator[tuple[int, _Name]]:
    """Propose every further occurrence of a sure name and of a firm's short forms."""
    forms = _forms(names)
    if not forms:
        return
    pattern = re.compile(
        "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
    )
    for page in pages:
        starts = {start for start, _, _ in page.tokens}
        for match in pattern.finditer(page.text):
            if match.start() in starts:
                made = page.name(match.start(), match.end(), forms[match.group()], SURE, "repeat")
                yield page.block.page, made


def _standing(names: Sequence[_Name], taken: Taken, index: int) -> list[_Name]:
    kept: dict[tuple[int, int], _Name] = {}
    for one in sorted(names, key=lambda name: (name.start - name.end, -name.rank, name.start)):
        if (one.start, one.end) not in kept and taken.claim(index, one.start, one.end):
            kept[one.start, one.end] = one
    return sorted(kept.values(), key=lambda name: name.start)


def _schemas(names: Sequence[tuple[int, _Name]]) -> dict[str, str]:
    """Return one schema for each name of the document: the most votes, a surer rule's counting double."""
    votes: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for _, one in names:
        votes[one.text][one.schema] += one.rank * (1 if one.rank == FAIR else 2)
    return {text: max(mine, key=lambda schema: (mine[schema], schema)) for text, mine in votes.items()}


def find(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    """Yield the names of the Chinese blocks."""
    taken = Taken(found)
    pages = [_Page(reading, block) for block in reading.searched() if block.language == "zh"]
    every: list[tuple[int, _Name]] = []
    for page in pages:
        own = [*_labelled(page), *_marked(page)]
        for start, end, schema, rule in things(page.text, page.tokens):
            own.append(page.name(start, end, schema, SURE, rule))
        own += list(_bracketed(page, own))
        every += [(page.block.page, one) for one in own]
    repeats = list(_repeats(pages, [name for _, name in every]))
    for index in sorted({number for number, _ in (*every, *repeats)}):
        names = [one for number, one in (*every, *repeats) if number == index]
        schemas = _schemas([*every, *repeats])
        for one in _standing(names, taken, index):
            schema = schemas[one.text]
            yield Found(
                page=index, kind="name", start=one.start, end=one.end, schema=schema, normal=one.text,
                country=one.country if schema in {"Address", "PublicBody"} else None, detail=one.rule,
                score=0.9 if one.rank == SURE else 0.75,
            )  # fmt: skip
