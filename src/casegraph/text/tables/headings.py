"""What a column's heading says stands in it, in any of the packaged languages, and in which unit."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from casegraph.text.fold import fold
from casegraph.text.tables.figures import currency_of, factor_of, unit_of

LANGUAGES = ("en", "ru", "zh")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_APART = re.compile(r"[\u3400-\u9fff]|[^\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W\d_]+|[%\uff05]")
_CAMEL = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")
_NOTE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|（([^（）]*)）|【([^【】]*)】")
_RUSSIAN_END = re.compile(r"(?<=\w{3})(?:[аеиоуыэюяйьх]{1,3}|[оеаыя]м|[аяы]ми|ого|его|ому|ему|[ое]в)$")
_BOX = re.compile(
    r"^\s*(?:(?:графа|граф|гр|поле|box|field|col|column|п|栏)\s?\.?\s*\d{1,2}[a-zа-я]?|"
    r"\d{1,2}[a-zа-я]?(?=[.):/]|\s+\D))"
    r"\s*[.):/-]*\s*(?=[^\W\d])",
    re.IGNORECASE,
)
"""The number of a form's box before its name: "Гр. 31. Наименование товара", "8. Consignee"."""
_BOX_NOTE = re.compile(r"(?:графа|гр\.?|box|field|поле)?\s*\d{1,2}[a-zа-я]?", re.IGNORECASE)
_AND_ADDRESS = re.compile(
    r"[,/]?\s*(?:and|&|и|及|、|,|/)\s*(?:full |complete |его |её |их |полный |详细)?"
    r"(?:address|адрес|地址)\w*",
    re.IGNORECASE,
)
_ENGLISH_END = re.compile(r"(?<=[a-z]{3})(?:es|s)$")
_LIGHT_WORDS = (
    "of the a an in on by for and or to no nr name names number full complete party s и в на по о от для с "
    "за или его их данные сведения наименование имя номер полное фамилия лицо графа гр 的 及 和 或 名 称"
)
_PERCENT = frozenset(["%", "\uff05", "pct", "percent", "per cent", "в процентах", "проц", "процентов"])
_SHORT_UNITS = frozenset(["kg", "kgs", "t", "mt", "lbs", "lb", "pct", "%", "pcs", "шт", "кг", "т", "тн"])
_LONGEST_MEASURE = 40
_LONGEST = 120  # characters of a heading that are looked at
_FULL, _PART_WORTH = 1.0, 0.75


@dataclass(frozen=True, slots=True)
class Measure:
    """What a heading says of its column's figures: "тыс. руб." is factor 1000 and RUB."""

    factor: int = 1
    currency: str | None = None
    unit: str | None = None
    percent: bool = False


NO_MEASURE = Measure()


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading may mean: concepts with how much of the heading speaks for each, 0 to 1.

    A fact of a party is `payer.id`; `part` is such a fact where no party stands beside it.
    """

    concepts: dict[str, float] = field(default_factory=dict)
    measure: Measure = Measure()

    def best(self) -> str | None:
        """Return the likeliest concept, the first of equals."""
        return max(self.concepts, key=lambda one: self.concepts[one], default=None)


_IN = re.compile(
    r"^(?:(?:all )?(?:figures|amounts|values|sums)?\s*(?:are )?(?:stated |expressed )?in\b|"
    r"(?:все )?(?:суммы |показатели )?в\b|"
    r"ед(?:иница|\.)?\s*изм(?:ерения|\.)?\s*:?|金额单位|单位)\s*[:：]?\s*"
)
"""What may stand before a unit: "in thousands of US dollars", "в тыс. руб.", "单位：万元"."""

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The packaged words of all languages, normalised."""

    columns: dict[Phrase, tuple[str, ...]]
    parts: dict[Phrase, str]
    outside: dict[Phrase, tuple[str, ...]]
    totals: frozenset[Phrase]
    void: frozenset[Phrase]
    titles: dict[str, tuple[Phrase, ...]]
    sides: dict[str, tuple[Phrase, ...]]
    longest: int


def stem(word: str) -> str:
    """Return a word without the endings of number and case that headings vary."""
    if word.isascii():
        return _ENGLISH_END.sub("", word) if len(word) > 4 and not word.endswith("ss") else word
    return _RUSSIAN_END.sub("", word) if len(word) > 3 else word


def words_of(text: str) -> Phrase:
    """Return the stems of a text's words; Chinese characters one by one, digits and marks dropped."""
    spaced = _CAMEL.sub(" ", text.replace("_", " "))
    found: list[str] = []
    for word in _WORD.findall(fold(spaced)):
        if _HAN.search(word):
            found.extend(
                part for part in re.findall(r"[\u3400-\u9fff]|[^\u3400-\u9fff]+", word) if part != "的"
            )
        else:
            found.append(stem(word))
    return tuple(found)


@functools.cache
def lexicon() -> Lexicon:
    """Return the words of all languages together: a table's headings need not be in its document's."""
    columns: dict[Phrase, list[str]] = {}
    outside: dict[Phrase, list[str]] = {}
    parts: dict[Phrase, str] = {}
    rows: dict[str, set[Phrase]] = {"totals": set(), "void": set()}
    titles: dict[str, list[Phrase]] = {}
    sides: dict[str, list[Phrase]] = {}
    for language in LANGUAGES:
        text = files("casegraph.text.tables").joinpath("headings", f"{language}.toml").read_text("utf-8")
        data = tomllib.loads(text)
        for table, into in (("columns", columns), ("outside", outside)):
            for concept, phrases in data[table].items():
                for phrase in phrases:
                    into.setdefault(words_of(phrase), []).append(concept)
        parts |= {words_of(phrase): part for part, phrases in data["parts"].items() for phrase in phrases}
        for name, phrases in data["rows"].items():
            rows[name].update(map(words_of, phrases))
        for name, into_lists in (("titles", titles), ("sides", sides)):
            for kind, phrases in data[name].items():
                into_lists.setdefault(kind, []).extend(map(words_of, phrases))
    known = [*columns, *parts]
    return Lexicon(
        columns={key: tuple(dict.fromkeys(found)) for key, found in columns.items()},
        parts=parts,
        outside={key: tuple(dict.fromkeys(found)) for key, found in outside.items()},
        totals=frozenset(rows["totals"]),
        void=frozenset(rows["void"]),
        titles={kind: tuple(found) for kind, found in titles.items()},
        sides={side: tuple(found) for side, found in sides.items()},
        longest=max(map(len, known)),
    )


def measure_of(  # noqa: PLR0911 - one a kind of unit
    text: str,
) -> Measure | None:
    """Return the unit that some words are, all of them: "тыс. руб.", "USD million", "万元", "%"; or None."""
    plain = " ".join(text.replace("\u00a0", " ").split()).strip(" .,:;").lower()
    plain = _IN.sub("", plain.replace("'000", " 000").replace("\u2019000", " 000")).strip()
    if not plain:
        return None
    if plain in _PERCENT:
        return Measure(percent=True)
    if (code := currency_of(plain)) is not None:
        return Measure(currency=code)
    if (code := unit_of(plain)) is not None:
        return Measure(unit=code)
    for size in _cuts(plain):
        factor, rest = factor_of(plain[:size]), plain[size:].strip(" .,")
        if factor > 1 and (code := currency_of(rest)) is not None:
            return Measure(factor=factor, currency=code)
        if factor > 1 and (code := unit_of(rest)) is not None:
            return Measure(factor=factor, unit=code)
        if factor > 1 and rest.startswith("of ") and (code := currency_of(rest[3:])) is not None:
            return Measure(factor=factor, currency=code)
        code, factor = currency_of(plain[:size]), factor_of(rest)
        if code is not None and factor > 1:
            return Measure(factor=factor, currency=code)
    return Measure(factor=factor_of(plain)) if factor_of(plain) > 1 else None


def _cuts(plain: str) -> Iterator[int]:
    if _HAN.search(plain):
        yield from range(1, min(len(plain), 4))
    yield from (match.start() for match in re.finditer(r"[ .]", plain))


_LIGHT = frozenset(part for word in _LIGHT_WORDS.split() for part in (word, *words_of(word)))


def _split(text: str) -> tuple[str, Measure]:
    """Return a heading without its unit, and the unit."""
    measure = Measure()
    text = _BOX.sub("", text)
    for note in reversed(list(_NOTE.finditer(text))):
        if _BOX_NOTE.fullmatch(next(part for part in note.groups() if part is not None).strip()):
            text = text[: note.start()] + text[note.end() :]
    for note in _NOTE.finditer(text):
        found = measure_of(next(part for part in note.groups() if part is not None))
        if found is not None:
            return text[: note.start()] + " " + text[note.end() :], found
    plain = _NOTE.sub(" ", text)
    for mark in reversed([match.start() for match in re.finditer(r"[,，;:/]", plain)]):
        found = measure_of(plain[mark + 1 :])
        if found is not None and plain[:mark].strip():
            return plain[:mark], found
    tokens = _CAMEL.sub(" ", text.replace("_", " ")).split()
    if len(tokens) > 1:
        last = tokens[-1].strip(".").lower()
        found = measure_of(last)
        iso = found is not None and found.currency is not None and (len(last) == 3 or not last.isalpha())
        if found is not None and (iso or last in _SHORT_UNITS):
            return " ".join(tokens[:-1]), found
    if any(sign in text for sign in "%\uff05"):
        measure = Measure(percent=True)
    return text, measure


@functools.lru_cache(maxsize=4096)
def read_heading(text: str) -> Heading:
    """Return what a heading may mean; no concepts where nothing in it is known."""
    bare, measure = _split(text[:_LONGEST])
    without_notes = _NOTE.sub(" ", bare)
    words = words_of(without_notes)
    found = _concepts(words) if words else {}
    if not found and without_notes != bare:
        found = {one: score * 0.9 for one, score in _concepts(words_of(bare)).items()}
    return Heading(found, measure)


def _concepts(words: Phrase) -> dict[str, float]:
    known = lexicon()
    taken: list[tuple[int, int, tuple[str, ...], str | None]] = []  # start, end, concepts, part
    for size in range(min(known.longest, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            phrase = words[start : start + size]
            if any(start < end and begin < start + size for begin, end, *_ in taken):
                continue
            if phrase in known.columns:
                taken.append((start, start + size, known.columns[phrase], known.parts.get(phrase)))
            elif phrase in known.parts:
                taken.append((start, start + size, (), known.parts[phrase]))
    if not taken:
        return {}
    heavy = [word for word in words if word not in _LIGHT] or list(words)
    covered = {word for begin, end, *_ in taken for word in words[begin:end]}
    cover = min(1.0, sum(word in covered for word in heavy) / len(heavy))
    return _compose(sorted(taken), cover)


_PARTIES = frozenset(
    "supplier recipient payer beneficiary counterparty owner asset person director organisation".split()
)


def _compose(taken: Sequence[tuple[int, int, tuple[str, ...], str | None]], cover: float) -> dict[str, float]:
    """Return the concepts of a heading's phrases together: "Beneficiary IBAN" is `beneficiary.account`."""
    parts = [part for *_, part in taken if part is not None]
    found: dict[str, float] = {}
    longest = max((end - start for start, end, concepts, _ in taken if concepts), default=0)
    for start, end, concepts, _ in taken:
        worth = cover if end - start == longest else cover * _PART_WORTH
        for concept in concepts:
            found[concept] = max(found.get(concept, 0.0), worth)
    sides = [found.get("payer", 0) or found.get("supplier", 0), found.get("beneficiary", 0)]
    if all(sides) and len([one for one in taken if one[2]]) > 1:
        found = {"counterparty": max(sides)}
    parties = {one: score for one, score in found.items() if one in _PARTIES}
    if parts and parties:
        return {f"{party}.{parts[0]}": score for party, score in parties.items()}
    if parts and not found:
        return {parts[0]: cover}
    if "vat" in found and "amount" in found and len([one for one in taken if one[2]]) > 1:
        del found["amount"]  # "НДС, сумма"
    if "name" in found and len(found) > 1:
        del found["name"]
    return found


def is_total(text: str) -> bool:
    """Tell whether a row that begins so is a sum, a balance or the like, and no entry."""
    words = tuple(word for word in words_of(re.split(r"[:：]", text)[0]) if word not in _PERCENT)
    return words in lexicon().totals or (len(words) <= 6 and words[:1] in _total_heads())


@functools.cache
def _total_heads() -> frozenset[Phrase]:
    return frozenset(words_of(word) for word in ("total", "subtotal", "итого", "всего"))


def is_void(text: str) -> bool:
    """Tell whether words say that an entry does not stand: cancelled, withdrawn, 作废."""
    words, known = words_of(text), lexicon().void
    sizes = {len(phrase) for phrase in known}
    return any(words[i : i + size] in known for size in sizes for i in range(len(words) - size + 1))


def kinds_of_title(text: str) -> set[str]:
    """Return the kinds of table that words above one name; `nothing` is a price list's or a timetable's."""
    return _named_in(text, lexicon().titles)


def sides_of_title(text: str) -> set[str]:
    """Return whose trade or holdings a title with a firm's name speaks of: supplier, recipient or owner."""
    return _named_in(text, lexicon().sides)


def _named_in(text: str, known: dict[str, tuple[Phrase, ...]]) -> set[str]:
    words = words_of(text)
    found = set()
    for kind, phrases in known.items():
        for phrase in phrases:
            size = len(phrase)
            if any(words[i : i + size] == phrase for i in range(len(words) - size + 1)):
                found.add(kind)
    return found


@functools.lru_cache(maxsize=4096)
def label_concepts(text: str) -> tuple[str, ...]:
    """Return what a label beside a table names: "Seller", "收货人 Consignee"; none for other words."""
    bare = _AND_ADDRESS.sub("", _NOTE.sub(" ", _BOX.sub("", text)))
    words = words_of(bare)
    known = lexicon().outside
    if words in known:
        return known[words]
    heavy = tuple(word for word in words if word not in _LIGHT)
    if heavy in known:
        return known[heavy]
    found: list[str] = []
    place = 0
    while place < len(heavy):  # the same in two languages, or two names of one party
        sizes = (
            size for size in range(min(6, len(heavy) - place), 0, -1) if heavy[place : place + size] in known
        )
        size = next(sizes, 0)
        if not size:
            return ()
        found.extend(known[heavy[place : place + size]])
        place += size
    return tuple(dict.fromkeys(found))


def measure_within(text: str) -> Measure | None:
    """Return the unit that a title states: "Sales, USD '000", "Поступления (тыс. руб.)", "单位：万元"."""
    pieces = [next(part for part in note.groups() if part is not None) for note in _NOTE.finditer(text)]
    pieces += [part.strip() for part in re.split(r"[,，;；:：]|\s{2,}|\s[-–—]\s", text)]
    pieces += [text[match.start() :] for match in re.finditer(r"\b(?:in|в)\s", text)]
    for piece in pieces:
        found = measure_of(piece) if 0 < len(piece) <= _LONGEST_MEASURE else None
        if found is not None and found.currency is not None:
            return found
    return None
