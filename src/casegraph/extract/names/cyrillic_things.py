"""What Russian words and signs show without a tagger: products, ships, events, laws, addresses."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator

from casegraph.extract.base import Analysis
from casegraph.extract.lang.data import words
from casegraph.extract.names.cyrillic_orgs import Name, over
from casegraph.extract.spans import Taken

_SURE, _FAIR = 0.9, 0.8
# Designations that stand alone: aircraft by their bureaus, tanks, vehicles and missiles by their series.
_SERIES = re.compile(
    r"(?<![\w-])(?:(?:МиГ|Миг|Су|Ту|Ил|Ан|Як|Ми|Ка|Бе)-\d{1,3}|(?:Т|БМП|БТР|БМД|РПГ|АК|ЗСУ|БРЭМ)-\d{1,3}|[СХ]-\d{2,3}"
    r"|(?:КамАЗ|КАМАЗ|УАЗ|ГАЗ|ЗИЛ|ЗиЛ|МАЗ|ВАЗ|КрАЗ)-\d{2,6})[А-ЯЁ]{0,4}\d?(?![\w-])"
)
# Any other designation, and the index of the arms directorate (2С19): behind the noun that says what it is.
_MODEL = re.compile(
    r"(?<![\w-])(?:[А-ЯЁA-Z][А-Яа-яЁёA-Za-z]{0,9}(?:-?\d+[А-ЯЁA-Zа-яa-z]{0,4})(?:-\d+\w*|[А-ЯЁA-Z]?\d?)"
    r"|\d{1,2}[А-ЯЁ]{1,2}\d{1,4}[А-ЯЁ]?\d?)(?![\w-])"
)
_LATIN = re.compile(r"[A-Z][A-Za-zÀ-ž\d'’-]*(?: (?:[A-Z][A-Za-zÀ-ž\d'’-]*|\d[\dA-Za-z-]*)){0,4}(?![\w-])")
_FORMERLY = re.compile(r"»?\s?\((?:бывш\w+|ранее|прежде|экс)\s?[-—:]?\s?«(?P<name>[^«»\n]{1,50})»")
_LAW = re.compile(r"«(?P<name>Об? [^«»\n]{3,250}|Об?о [^«»\n]{3,250})»")
_LAW_WORD = re.compile(r"\b(?:закон|указ|постановлени|распоряжени|приказ|ФЗ)\w*[^«».;]{0,60}$", re.IGNORECASE)
_EVENT = re.compile(r"(?<!\w)(?:ПМЭФ|ВЭФ|ПМЮФ)(?:-(?:19|20)\d\d)?(?!\w)")
_STATE = r"РФ|РСФСР|России|Российской Федерации|Украины|Казахстана|Беларуси|Белоруссии|Республики [А-ЯЁ]\w+"
_CODE = re.compile(
    rf"(?<!\w)(?:(?:УК|УПК|УИК|ГК|ГПК|АПК|НК|ТК|БК|ЖК|ЗК)\s(?:{_STATE})|КоАП(?:\s(?:{_STATE}))?"
    r"|(?:Уголовн|Гражданск|Налогов|Трудов|Бюджетн|Жилищн|Земельн|Семейн|Таможенн|Лесн|Водн|Воздушн"
    r"|Градостроительн|Арбитражн|Уголовно-процессуальн|Гражданск\w+ процессуальн|Арбитражн\w+ процессуальн)"
    rf"\w+ кодекс\w{{0,2}}(?:\s(?:{_STATE}))?|Конституци\w{{1,2}}(?:\s(?:{_STATE})))(?!\w)"
)
_TOWN = (
    r"(?:(?:г|гор|пос|дер|с)\.\s?|(?:г|пгт|рп|ст-ца)\s|(?:город|пос[её]лок|деревня|село|станица)\s)"
    r"(?P<town>(?:(?:Нижн|Верхн|Велик|Стар|Нов|Больш|Мал|Набережн|Минеральн|Сергиев|Вышн|Красн)\w+\s)?[А-ЯЁ][а-яё]{2,}(?:-[А-ЯЁа-яё]+)*)"
)
_WAY = (
    r"улиц\w{1,2}|проспект\w{0,2}|площад\w{1,2}|переул\w{2,4}|бульвар\w{0,2}|набережн\w{2}|шоссе"
    r"|проезд\w{0,2}|тупик\w{0,2}|алле\w"
)
_WAY_SHORT = r"ул\.|просп\.|пр-т|пр-кт|пр\.|пер\.|наб\.|пл\.|б-р|ш\.|пр-д|мкр\.?|микрорайон"
_PROPER = r"[А-ЯЁ0-9][\w.-]*(?:\s[А-ЯЁ][\w.-]*){0,3}"
_STREET = re.compile(
    rf"(?<!\w)(?:(?:[Уу]л(?:\.|иц\w{{1,2}})|{_WAY}|{_WAY_SHORT})\s?[А-ЯЁ][а-яё-]+(?:\s[А-ЯЁ][а-яё-]+)?"
    rf"|[А-ЯЁ][а-яё-]+(?:ая|ой|ую|ий|ый|ом|ого|ому|ое)\s(?:{_WAY}|{_WAY_SHORT}))(?!\w)"
)
_UNIT = (
    r"(?:д|дом|вл|влад|стр|строение|корп|корпус|к|лит|литера?|оф|офис|кв|квартира|пом|помещ|помещение"
    r"|эт|этаж|ком|комн|каб)"
)
_HOUSE = rf"(?:,\s?{_UNIT}(?:\.\s?|\s)?[\dА-ЯЁIVX][\w/-]*|,\s?\d{{1,4}}(?:[/-]\d{{1,4}})?[а-яА-Я]?(?![\w.]))"
_POSTAL = re.compile(
    rf"(?<!\w)(?:\d{{6}},\s?)?(?:(?:РФ|Россия|Российская Федерация),\s?)?"
    rf"(?:[А-ЯЁ][\w-]+(?:\s[\w-]+)?\s(?:область|обл\.|край|район|р-н|округ),\s?|(?:Республика|респ\.)\s[А-ЯЁ][\w-]+,\s?)*"
    rf"(?:{_TOWN},\s?|[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*,\s?)"
    rf"(?:(?:{_WAY}|{_WAY_SHORT})\s?{_PROPER}|[А-ЯЁ][\w-]+(?:\s[\w-]+)?\s(?:{_WAY}|{_WAY_SHORT})){_HOUSE}+"
)
_TOWN_ONLY = re.compile(rf"(?<![\w.])(?<!\d )(?<!\d\u00a0){_TOWN}")


@functools.cache
def listed(key: str) -> frozenset[str]:
    """Return a list of words about products, events and places."""
    return words("ru", "names", key)


def noun_schema(lemma: str) -> str | None:
    """Return what the common noun before a name in guillemets makes of it, None for other nouns."""
    for key, schema in (
        ("place_words", "Address"),
        ("ship_words", "Asset"),
        ("asset_words", "Asset"),
        ("project_words", "Project"),
        ("event_words", "Event"),
    ):
        if lemma in listed(key):
            return schema
    return None


def things(text: str, analysis: Analysis) -> list[Name]:
    """Return names that overlap nowhere, the longer of two that do."""
    every = [
        *_addresses(text, analysis),
        *_laws(text, analysis),
        *_models(text, analysis),
        *_behind_nouns(text, analysis),
        *_events(text, analysis),
    ]
    taken = Taken()
    longest = sorted(every, key=lambda one: (one.start - one.end, one.start))
    return sorted((one for one in longest if taken.claim(0, one.start, one.end)), key=lambda one: one.start)


def _addresses(text: str, analysis: Analysis) -> Iterator[Name]:
    for match in _POSTAL.finditer(text):
        yield over(analysis, match.start(), match.end(), "Address", "postal", _SURE)
    for match in _STREET.finditer(text):
        yield over(analysis, match.start(), match.end(), "Address", "street", _FAIR)
    for match in _TOWN_ONLY.finditer(text):
        yield over(analysis, *match.span("town"), "Address", "town", _FAIR)


def _laws(text: str, analysis: Analysis) -> Iterator[Name]:
    for match in _CODE.finditer(text):
        yield over(analysis, match.start(), match.end(), "Thing", "law", _SURE)
    for match in _EVENT.finditer(text):
        yield over(analysis, match.start(), match.end(), "Event", "event", _SURE)
    for match in _LAW.finditer(text):
        if _LAW_WORD.search(text, max(0, match.start() - 90), match.start()):
            yield over(analysis, *match.span("name"), "Thing", "law", _SURE)


def _token_before(analysis: Analysis, start: int) -> int:
    """Return the token that ends before the character, -1 for none."""
    return bisect.bisect_left(analysis.start, start) - 1


def _is_product(lemma: str) -> bool:
    return lemma in listed("ship_words") or lemma in listed("asset_words")


def _models(text: str, analysis: Analysis) -> Iterator[Name]:
    """Yield Су-35С; 2С19 behind its noun, and what a comma or "и" joins to it."""
    ends: set[int] = set()
    for match in _SERIES.finditer(text):
        yield over(analysis, match.start(), match.end(), "Asset", "model", _SURE)
        ends.add(match.end())
    for match in _MODEL.finditer(text):
        before = _token_before(analysis, match.start())
        if before < 0:
            continue
        joined = before > 0 and analysis.lemma[before] in {",", "и"} and analysis.end[before - 1] in ends
        if joined or _is_product(analysis.lemma[before].lower()):
            yield over(analysis, match.start(), match.end(), "Asset", "model", _SURE)
            ends.add(match.end())


def _behind_nouns(text: str, analysis: Analysis) -> Iterator[Name]:
    """Yield Latin names of products: any behind a ship's noun, with figures behind others; former names."""
    for token, word in enumerate(analysis.lemma):
        lemma = word.lower()
        if not _is_product(lemma) or analysis.pos[token] not in {"NOUN", "PROPN"}:
            continue
        match = _LATIN.match(text, analysis.end[token] + 1)
        if match is None or not (lemma in listed("ship_words") or re.search(r"\d", match.group())):
            continue
        yield over(analysis, match.start(), match.end(), "Asset", "product", _SURE)
        former = _FORMERLY.match(text, match.end())
        if former is not None:
            yield over(analysis, *former.span("name"), "Asset", "product", _SURE)


def _events(text: str, analysis: Analysis) -> Iterator[Name]:
    """Yield "Вторая мировая война": an adjective with a capital of its own before the noun."""
    for token, lemma in enumerate(analysis.lemma):
        if lemma.lower() not in listed("event_heads"):
            continue
        first = token
        number = analysis.sentence[token]
        while first and analysis.pos[first - 1] == "ADJ" and analysis.sentence[first - 1] == number:
            first -= 1
        capitals = [i for i in range(first, token) if text[analysis.start[i]].isupper()]
        if not capitals:
            continue
        first = capitals[0]
        opening = analysis.lemma[first].lower()
        opens = first == 0 or analysis.sentence[first - 1] != number
        official = token - first > 1 and (opening in listed("event_openers") or opening.endswith("ский"))
        if official or not opens:
            yield over(analysis, analysis.start[first], analysis.end[token], "Event", "event", _FAIR)
