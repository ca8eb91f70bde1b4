"""Invented people and firms with the ways in which documents of three languages write their names.

Everything is made by chance from a seed: surnames and brands from syllables, so that they are nobody's; given
names, patronymics and a third of the surnames from the lists of the faker package. Latin spellings follow the
published schemes, one of them a document; a few have a slip of the pen. Who is meant is known of each name.
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from pypinyin import Style, lazy_pinyin

from casegraph.resolve.matching.schemes import spellings

Language = Literal["ru", "en", "zh"]

SCHEMES = ("BGN/PCGN", "BGN/PCGN", "ICAO 9303", "GOST 7.79 B", "scientific", "German")
COMMON = 0.3  # share of surnames that many bear
TWIN = 0.02  # share of firms of which there is another of the same name
SISTER = 0.15  # share of firms whose brand another firm has, in another trade
KIN = 0.1  # share of people whose surname (and patronymic) another one has
SLIP = 0.01  # share of names with a letter too many, too few, or another

_ONSETS = "б в г гл гр д др ж з зв к кл кр л м мл н п пл пр р с св сл ст т тр ф х хв ц ч ш щ".split()
_CODAS = "б в г д ж з к л лк м н нт п р рж рм рт с ск т х ц ч ш щ".split()
_ENDINGS = ("ов", "ев", "ин", "ский", "енко", "чук", "ец")
_BEFORE = (
    "Ash Brack Cald Dun Ellin Fair Garth Hal Hart Kel Lang Mar Nor Pem Quarr Rad Sel Thorn Ul Ves Wel Wynd "
    "Orl Tav Merr Cros Bex Dray Fen Gos"
).split()
_AFTER = (
    "bourne by combe croft dale den field ford ham hurst ley mere more ridge shaw stead ton wick wood worth"
).split()
_BRAND = "赤云鸣岭隼沙启航曜澜穹珩砚霁岚汐舟屿棠翎泓钧晟霖屹煜".strip()
_CITIES = {"深圳": "Shenzhen", "厦门": "Xiamen", "天津": "Tianjin", "上海": "Shanghai", "宁波": "Ningbo"}
_TRADES = (
    ("Трейд", "Trade", "贸易", "Trading"), ("Логистик", "Logistics", "物流", "Logistics"),
    ("Сервис", "Service", "电子", "Electronics"), ("Инвест", "Invest", "机械", "Machinery"),
    ("Авиа", "Avia", "科技", "Technology"),
)  # fmt: skip
_FORMS_EN = ("Ltd", "LLC", "GmbH", "Inc")


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody with a name: what it is made of, and a number for firms that have one."""

    number: int
    schema: str
    home: Language
    parts: tuple[str, ...]  # given, patronymic, surname; or brand, trade, form
    inn: str | None = None


@dataclass(slots=True)
class World:
    """All bearers of a made case."""

    chance: random.Random
    bearers: list[Bearer] = field(default_factory=list)
    _taken: set[tuple[str, ...]] = field(default_factory=set)

    def fill(self, count: int) -> None:
        """Invent so many bearers."""
        while len(self.bearers) < count:
            home: Language = self.chance.choices(("ru", "en", "zh"), (5, 3, 2))[0]
            person = self.chance.random() < 0.5
            parts = self._person(home) if person else self._firm(home)
            key = (str(person), *(parts[::2] if person else parts[:2]))
            twin = not person and home == "ru" and self.chance.random() < TWIN
            if key in self._taken:
                continue
            self._taken.add(key)
            self._add(home, parts, person=person, numbered=twin)
            if twin:
                self._add(home, parts, person=person, numbered=True)

    def _add(self, home: Language, parts: tuple[str, ...], *, person: bool, numbered: bool) -> None:
        numbered = numbered or (not person and home == "ru" and self.chance.random() < 0.5)
        inn = taxpayer(self.chance) if numbered else None
        schema = "Person" if person else "Company"
        self.bearers.append(Bearer(len(self.bearers), schema, home, parts, inn))

    def _person(self, home: Language) -> tuple[str, ...]:
        kin = self._like(home, "Person") if self.chance.random() < KIN else None
        if home == "zh":
            family = kin.parts[2] if kin else self.chance.choice(names("zh_CN", "last_names"))
            given = "".join(self.chance.choices(names("zh_CN", "first_names"), k=2))[:2]
            return given, "", family
        if home == "ru":
            given = self.chance.choice(names("ru_RU", "first_names_male"))
            father = kin.parts[1] if kin else self.chance.choice(names("ru_RU", "middle_names_male"))
            family = self._surname(russian_surname(self.chance), names("ru_RU", "last_names_male"))
            return given, father, kin.parts[2] if kin else family
        given = self.chance.choice(names("en_US", "first_names"))
        family = self._surname(english_surname(self.chance), names("en_US", "last_names"))
        return given, self.chance.choice("ABCDEFGHJKLMNPRSTW"), kin.parts[2] if kin else family

    def _surname(self, rare: str, common: Sequence[str]) -> str:
        return self.chance.choice(common) if self.chance.random() < COMMON else rare

    def _firm(self, home: Language) -> tuple[str, ...]:
        sister = self._like(home, "Company") if self.chance.random() < SISTER else None
        trade = str(self.chance.randrange(len(_TRADES)))
        if home == "zh":
            brand = self.chance.choice(list(_CITIES)) + "".join(self.chance.sample(_BRAND, 2))
        elif home == "ru":
            brand = russian_surname(self.chance, bare=True)
        else:
            brand = english_surname(self.chance)
        return sister.parts[0] if sister else brand, trade, self.chance.choice(_FORMS_EN)

    def _like(self, home: Language, schema: str) -> Bearer | None:
        last = [one for one in self.bearers[-200:] if one.home == home and one.schema == schema]
        return self.chance.choice(last) if last else None


def taxpayer(chance: random.Random) -> str:
    """Return an INN of ten figures whose check digit is right."""
    digits = [chance.randrange(10) for _ in range(9)]
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    check = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11 % 10
    return "".join(map(str, (*digits, check)))


@cache
def names(locale: str, kind: str) -> tuple[str, ...]:
    """Return a list of the faker package."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    return tuple(getattr(provider, kind))


def russian_surname(chance: random.Random, *, bare: bool = False) -> str:
    """Return a surname, or a brand where it is to be bare."""
    root = "".join(
        chance.choice(_ONSETS) + chance.choice("аеиоуыя") + (chance.choice(_CODAS) if last else "")
        for last in (False, True)
    )
    return (root if bare else root + chance.choice(_ENDINGS)).capitalize()


def english_surname(chance: random.Random) -> str:
    """Return a surname."""
    first = chance.choice(_BEFORE) + chance.choice(_AFTER)
    return first if chance.random() < 0.5 else f"{first}-{chance.choice(_BEFORE)}{chance.choice(_AFTER)}"


def latin(word: str, scheme: str) -> str:
    """Return a Cyrillic word in Latin letters."""
    return "-".join(spellings(part)[scheme].capitalize() for part in word.split("-"))


def pinyin(word: str) -> str:
    """Return Chinese characters in pinyin as one word."""
    return "".join(lazy_pinyin(word, style=Style.NORMAL)).capitalize()


def written(bearer: Bearer, language: Language, scheme: str, chance: random.Random) -> str:
    """Return a name as a document of a language writes it in full."""
    name = (
        _person(bearer, language, scheme, chance)
        if bearer.schema == "Person"
        else _firm(bearer, language, scheme)
    )
    return slipped(name, chance) if chance.random() < SLIP else name


def _person(bearer: Bearer, language: Language, scheme: str, chance: random.Random) -> str:
    given, father, family = bearer.parts
    if bearer.home == "zh":
        return family + given if language == "zh" else f"{pinyin(family)} {pinyin(given)}"
    if bearer.home == "ru":
        if language == "ru":
            return f"{given} {family}" if chance.random() < 0.7 else f"{family} {given} {father}"
        return f"{latin(given, scheme)} {latin(family, scheme)}"
    return f"{given} {family}" if chance.random() < 0.8 else f"{given} {father}. {family}"


def _firm(bearer: Bearer, language: Language, scheme: str) -> str:
    brand, trade, form = bearer.parts
    russian, english, chinese, foreign = _TRADES[int(trade)]
    if bearer.home == "zh":
        city, name = brand[:2], brand[2:]
        if language == "zh":
            return f"{city}{name}{chinese}有限公司"
        return f"{_CITIES[city]} {pinyin(name)} {foreign} Co., Ltd."
    if bearer.home == "ru":
        return f"ООО «{brand}-{russian}»" if language == "ru" else f"{latin(brand, scheme)}-{english} LLC"
    return f"{brand} {foreign} {form}"


def short(bearer: Bearer, name: str) -> str | None:
    """Return how a document names somebody again: by the surname or an initial; None for firms."""
    if bearer.schema != "Person" or bearer.home == "zh":
        return None
    first, *_, last = name.split()
    return f"{first[0]}. {last}" if not name.startswith(bearer.parts[2]) else None


def slipped(name: str, chance: random.Random) -> str:
    """Return a name with one letter of its longest word left out, doubled or exchanged with the next."""
    word = max(name.split(), key=len)
    if len(word) < 6:
        return name
    place = chance.randrange(1, len(word) - 2)
    slip = chance.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )
    return name.replace(word, slip, 1)
