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
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOTE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|（([^（）]*)）|【([^【】]*)】")
_RUSSIAN_END = re.compile(r"(?<=\w{3})(?:[аеиоуыэюяйьх]{1,3}|[оеаыя]м|[аяы]ми|ого|его|ому|ему)$")
_ENGLISH_END = re.compile(r"(?<=[a-z]{3})(?:es|s)$")
_LIGHT = frozenset(
    "of the a an in on by for and or to no nr name names number full и в на по о от для с за или "
    "наименование имя номер полное фамилия 的 及 和 或".split()
)
_PERCENT = frozenset(["%", "\uff05", "pct", "percent", "per cent", "в процентах", "проц", "процентов"])
_SHORT_UNITS = frozenset(["kg", "kgs", "t", "mt", "lbs", "lb", "pct", "%", "pcs", "шт", "кг", "т", "тн"])
_LONGEST = 120  # characters of a heading that are looked at
_FULL, _PART_WORTH = 1.0, 0.75


@dataclass(frozen=True, slots=True)
class Measure:
    """What a heading says of its column's figures: "тыс. руб." is factor 1000 and RUB."""

    factor: int = 1
    currency: str | None = None
    unit: str | None = None
    percent: bool = False


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
        for kind, phrases in data["titles"].items():
            titles.setdefault(kind, []).extend(map(words_of, phrases))
    known = [*columns, *parts]
    return Lexicon(
        columns={key: tuple(dict.fromkeys(found)) for key, found in columns.items()},
        parts=parts,
        outside={key: tuple(dict.fromkeys(found)) for key, found in outside.items()},
        totals=frozenset(rows["totals"]),
        void=frozenset(rows["void"]),
        titles={kind: tuple(found) for kind, found in titles.items()},
        longest=max(map(len, known)),
    )


def measure_of(  # noqa: PLR0911 - one a kind of unit
    text: str,
) -> Measure | None:
    """Return the unit that some words are, all of them: "тыс. руб.", "USD million", "万元", "%"; or None."""
    plain = " ".join(text.replace("\u00a0", " ").split()).strip(" .,:;").lower()
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
        code, factor = currency_of(plain[:size]), factor_of(rest)
        if code is not None and factor > 1:
            return Measure(factor=factor, currency=code)
    return Measure(factor=factor_of(plain)) if factor_of(plain) > 1 else None


def _cuts(plain: str) -> Iterator[int]:
    if _HAN.search(plain):
        yield from range(1, min(len(plain), 4))
    yield from (match.start() for match in re.finditer(r"[ .]", plain))


def _split(text: str) -> tuple[str, Measure]:
    """Return a heading without its unit, and the unit."""
    measure = Measure()
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
    if "name" in found and len(found) > 1:
        del found["name"]
    return found


def is_total(text: str) -> bool:
    """Tell whether a row that begins so is a sum, a balance or the like, and no entry."""
    words = words_of(re.split(r"[:：]", text)[0])
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
    words = words_of(text)
    found = set()
    for kind, phrases in lexicon().titles.items():
        for phrase in phrases:
            size = len(phrase)
            if any(words[i : i + size] == phrase for i in range(len(words) - size + 1)):
                found.add(kind)
    return found


def label_concepts(text: str) -> tuple[str, ...]:
    """Return what a label beside a table names: "Seller", "户名"; none for other words."""
    words = words_of(text)
    known = lexicon().outside
    if words in known:
        return known[words]
    heavy = tuple(word for word in words if word not in _LIGHT)
    return known.get(heavy, ())
