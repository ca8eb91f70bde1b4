"""A name taken apart: words with their kind, legal form, numbers."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from casegraph.resolve.matching.chinese import (
    family_and_given,
    is_han,
    place_spellings,
    simplified,
    split_place,
)
from casegraph.resolve.matching.numbers import number_in
from casegraph.resolve.matching.sounds import script
from casegraph.text import fold

Sort = Literal["name", "initial", "particle", "patronymic", "concept", "place", "little"]

_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ`&][^\W_]+)*")
_INNER_STOPS = re.compile(r"(?<=\b\w)\.(?=\w\b)|(?<=\b\w)\.")
_POSSESSIVE = re.compile(r"['’]s?$")
_MARKS = re.compile(r"['’ʼ`]")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+")


_MAKING = frozenset({"making", "building"})  # "Machine-Building Plant": the trade is told already
_SHORTEST = 4  # letters that patronymics exceed: "Ильич"


@dataclass(frozen=True, slots=True)
class Word:
    """One word: folded text, what sort of word it is, the concept of a trade word."""

    text: str
    sort: Sort = "name"
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart. `family_first` is set where a comma or the script shows the order."""

    words: tuple[Word, ...]
    form: str | None = None
    numbers: frozenset[str] = frozenset()
    family_first: bool = False
    script: str = "latin"
    given_first: bool = False


@functools.cache
def data() -> dict[str, Any]:
    """Return words.toml."""
    text = files("casegraph.resolve.matching").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@functools.cache
def _words_of(table: str, name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in data()[table][name])


@functools.cache
def _forms() -> tuple[dict[tuple[str, ...], str], tuple[tuple[str, str], ...], int]:
    """Return legal forms as words with their class, those without blanks that end a name, and the longest."""
    spaced: dict[tuple[str, ...], str] = {}
    joined: dict[str, str] = {}
    for kind, names in data()["forms"].items():
        for name in names:
            if is_han(name[0]):
                joined[simplified(name)] = kind
            else:
                spaced.setdefault(tuple(_tokens(name)), kind)
    ordered = tuple(sorted(joined.items(), key=lambda item: -len(item[0])))
    return spaced, ordered, max(map(len, spaced))


@functools.cache
def _concepts() -> tuple[dict[str, str], tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return concepts of English words, of Russian stems and of Chinese words, the longest first."""
    english: dict[str, str] = {}
    stems: dict[str, str] = {}
    chinese: dict[str, str] = {}
    for concept, line in data()["concepts"].items():
        en, ru, zh = line.split(";")
        english |= dict.fromkeys(map(fold, en.split()), concept)
        stems |= dict.fromkeys(map(fold, ru.split()), concept)
        chinese |= dict.fromkeys(zh.split(), concept)
    longest = [
        tuple(sorted(table.items(), key=lambda item: (-len(item[0]), item[0]))) for table in (stems, chinese)
    ]
    return english, longest[0], longest[1]


def _tokens(name: str) -> list[str]:
    bare = _INNER_STOPS.sub("", fold(name).replace("ё", "е"))
    found = []
    for token in _TOKEN.findall(bare):
        word = _MARKS.sub("", _POSSESSIVE.sub("", token))
        if word:
            found.append(word)
    return found


@functools.lru_cache(maxsize=200_000)
def parts(name: str, group: str) -> Parts:
    """Take a name of a schema group apart; never raises, a name without letters has no words."""
    plain = simplified(name)
    if group == "Person":
        return _person(plain)
    return _organisation(plain, group)


def _person(name: str) -> Parts:
    tokens = _person_tokens(name)
    before_comma = len(_person_tokens(name.split(",", 1)[0])) if "," in name else 0
    titles, suffixes = _words_of("persons", "titles"), _words_of("persons", "suffixes")
    forms = _lone_forms()
    kept = [token for token in tokens if token not in titles and token not in suffixes]
    kept = [token for token in kept if token not in forms or len(kept) < 3] or tokens
    if before_comma and before_comma < len(kept):
        kept = kept[before_comma:] + kept[:before_comma]
    words: list[Word] = []
    family_first = False
    for place, token in enumerate(kept):
        if is_han(token[0]):
            split = family_and_given(token) if len(kept) == 1 else None
            family_first = split is not None
            words += [Word(part) for part in split or (token,)]
        elif len(token) == 1:
            words.append(Word(token, "initial"))
        elif len(token) == 2 and not re.search(r"[aeiouyаеиоуыэюяё]", token) and len(kept) > 1:
            words += [Word(char, "initial") for char in token]
        elif token in _words_of("persons", "particles") and len(kept) > 1:
            words.append(Word(_particle(token), "particle"))
        elif place and len(token) > _SHORTEST and token.endswith(tuple(data()["persons"]["patronymics"])):
            words.append(Word(token, "patronymic" if len(kept) > 2 else "name"))
        else:
            words.append(Word(token))
    family_first = family_first or (len(words) > 2 and words[-1].sort == "patronymic")
    return Parts(
        tuple(words), None, frozenset(), family_first, script(name), before_comma > 0 and not family_first
    )


@functools.cache
def _lone_forms() -> frozenset[str]:
    """Return the legal forms of one word that are no words of people's names."""
    lone = {words[0] for words in _forms()[0] if len(words) == 1}
    return frozenset(lone - {"as", "ad", "ao", "sa", "se", "ip"})


def _person_tokens(name: str) -> list[str]:
    """Return the tokens of a person's name: "JC" as it stands, capitals inside a word part it ("PolPot")."""
    parted = re.sub(r"(?<=[^\W\d_])(?=[A-ZА-ЯЁ][a-zа-яё]{2})(?<=[a-zа-яё]{2})", " ", name)
    found: list[str] = []
    for token in _tokens(parted):
        found += _HAN_RUN.findall(token) if is_han(token[0]) else [token]
    return found


@functools.cache
def _particle_table() -> dict[str, str]:
    return {fold(word): fold(same[0]) for same in data()["persons"]["same_particles"] for word in same}


def _particle(token: str) -> str:
    return _particle_table().get(token, token)


def _organisation(name: str, group: str) -> Parts:
    tokens = _tokens(name)
    tokens, form = _without_form(tokens)
    words: list[Word] = []
    numbers: set[str] = set()
    raw = {fold(found): found for found in _TOKEN.findall(name)}
    place = 0
    while place < len(tokens):
        token = tokens[place]
        value, used = number_in(tokens, place, raw.get(token, token))
        if value is not None:
            numbers.add(value)
            place += used
            continue
        place += 1
        if is_han(token[0]) or any(map(is_han, token)):
            more, found, form_inside = _chinese(token)
            words += more
            numbers |= found
            form = form or form_inside
        elif _is_little(token, words, following=place < len(tokens), alone=len(tokens) == 1):
            words.append(Word(token, "little"))
        elif (concept := concept_of(token)) is not None and group == "Organization":
            words.append(Word(token, "concept", concept))
        elif len(token) > 4 and token in place_spellings():
            words.append(Word(token, "place"))
        else:
            words.append(Word(token))
    if not any(word.sort == "name" for word in words) and not numbers:
        words = [Word(word.text, "name", word.concept) if word.sort == "concept" else word for word in words]
    return Parts(tuple(words), form, frozenset(numbers), script=script(name))


def _is_little(token: str, before: list[Word], *, following: bool, alone: bool) -> bool:
    """Say whether a word of an organisation's name tells nothing of which it is."""
    if token in _MAKING and before and before[-1].concept is not None:
        return True
    little = token in _words_of("organisations", "little") or token in _words_of("organisations", "vessels")
    return (little and not alone) or (token in {"no", "nr"} and following)


def concept_of(token: str) -> str | None:
    """Return the concept of an English word or a Russian word of any ending."""
    english, stems, _ = _concepts()
    if token in english:
        return english[token]
    if script(token) == "cyrillic":
        for stem, concept in stems:
            rest = len(token) - len(stem)
            if token.startswith(stem) and rest <= (7 if len(stem) > 3 else 2):
                return concept
    return None


def _without_form(tokens: list[str]) -> tuple[list[str], str | None]:
    """Return the words without the legal forms that stand first or last, and the class of the first found."""
    spaced, _, longest = _forms()
    form: str | None = None
    for _ in range(2):
        for size in range(min(longest, len(tokens) - 1), 0, -1):
            last, first = tuple(tokens[-size:]), tuple(tokens[:size])
            if last in spaced:
                tokens, form = tokens[:-size], _stronger(form, spaced[last])
                break
            if first in spaced and first not in {("as",), ("co",), ("company",), ("sa",), ("se",), ("ad",)}:
                tokens, form = tokens[size:], _stronger(form, spaced[first])
                break
    return tokens, form


def _stronger(one: str | None, other: str) -> str:
    weak = {None, "company", "incorporated"}  # "Corporation" is a word of the name as often as a form
    return other if one in weak else str(one)


def _chinese(token: str) -> tuple[list[Word], set[str], str | None]:
    """Take a run of Chinese characters apart: place, number, name, trade words, legal form."""
    form = None
    for ending, kind in _forms()[1]:
        if token.endswith(ending) and token != ending:
            token, form = token.removesuffix(ending), kind
            break
    numbers = set()
    for found in re.findall(
        r"第?[〇零一二三四五六七八九十百]{1,5}(?=研究|厂|局|所|院|工厂|号)|第[〇零一二三四五六七八九十百0-9]+|\d+",
        token,
    ):
        value, _ = number_in([found], 0, found)
        if value is not None:
            numbers.add(value)
            token = token.replace(found, "", 1)
    place, rest = split_place(token)
    words = [Word(place, "place")] if place else []
    words += _segments(rest)
    return words, numbers, form


def _segments(run: str) -> list[Word]:
    """Part trade words from the name that stands before them; the first two characters are the name's."""
    found: list[Word] = []
    _, _, chinese = _concepts()
    while run:
        for word, concept in chinese:
            if run.endswith(word) and (len(run) - len(word) >= 2 or run == word):
                found.append(Word(word, "concept", concept))
                run = run.removesuffix(word)
                break
        else:
            found.append(Word(run))
            break
    return found[::-1]
