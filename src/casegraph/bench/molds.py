"""Short pages in three languages, and what the real stages make of each, ready to be told again of others.

Names that change are words of a fixed length, so that the places of all words stay as the stages found them:
a page of a mold differs from the one that was really built by its names, its year, its number and its ids.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from math import prod
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from casegraph.model import Corroboration, Record, Resolved, content_id, make_id
from casegraph.pipeline.case import Case, init_case, open_case
from casegraph.pipeline.chain import default_chain
from casegraph.pipeline.folder import DERIVED
from casegraph.pipeline.named import Named
from casegraph.pipeline.tracing.tables import traced
from casegraph.store.shelf import Shelf
from casegraph.text import fold

Language = Literal["en", "ru", "zh"]
T = TypeVar("T")

SLOTS = ("person", "second", "firm", "buyer", "bank", "place", "outlet")
LANGUAGES: tuple[tuple[Language, int], ...] = (("en", 36), ("ru", 14), ("zh", 10))
"""Molds of each language: the share that its pages have in the case."""

SENTENCES = 6
YEAR, NUMBER = "2011", "7654321"
"""What stands in a mold for the year of a page and for its number in the case."""

FIRST_YEAR, LAST_YEAR = 2001, 2010
_ONSETS, _VOWELS, _CODAS = "bdfgklmnprstvz", "aeiou", "klmnrst"
_LETTERS = {"ru": (("бвгдзклмнпрст", "аеиоу", "клмнрст"), "енко")}
_SIGNS = "澜穹砚霁岚汐屿棠翎泓钧晟霖煜曜珩隼赤鸣岭沙启航舟云川峰岳松柏"
_FIRMS = {"firm", "buyer", "bank"}
_STRIDE = 7919  # a prime
_APART = 1_000_003  # between the numbers of two slots, whose names are not to be alike
_FIRST = 1_000_000  # numbers have as many digits as NUMBER, none of them a leading 0
_ROWS: msgspec.json.Decoder[list[msgspec.Raw]] = msgspec.json.Decoder(list[msgspec.Raw])
_IDS = re.compile(r"\b([a-z]+)-([0-9a-f]{8})(?=[0-9a-f]{32}\b)")


def word(language: Language, slot: str, number: int) -> str:
    """Return the name of a number, other for each: words of a language and slot have one length."""
    if language == "zh":
        kinds: tuple[str, ...] = (_SIGNS,) * (3 if slot in _FIRMS else 2)
        ending = ""
    else:
        (onsets, vowels, codas), ending = _LETTERS.get(language, ((_ONSETS, _VOWELS, _CODAS), ""))
        ending = ending if slot in {"person", "second"} else ""
        kinds = (onsets, vowels, onsets, vowels, codas) if ending else (onsets, vowels) * 3 + (codas,)
    # Names of numbers next to each other should not sound alike: the matcher compares what does.
    number = (number + _APART * SLOTS.index(slot)) * _STRIDE % prod(map(len, kinds))
    letters = ""
    for kind in kinds:
        number, place = divmod(number, len(kind))
        letters += kind[place]
    return (letters + ending).capitalize()


@dataclass(frozen=True, slots=True)
class Text:
    """A text with holes: stretches that stay, and between them what is to be filled in."""

    stretches: tuple[str, ...]
    holes: tuple[str, ...]

    def filled(self, values: Callable[[str], str]) -> str:
        """Return the text with its holes filled by what stood there."""
        made = [self.stretches[0]]
        for hole, stretch in zip(self.holes, self.stretches[1:], strict=True):
            made += (values(hole), stretch)
        return "".join(made)


@dataclass(frozen=True, slots=True)
class Mold:
    """A page that was really built, to be told again of others."""

    language: Language
    words: dict[str, str]  # that stand in it, by slot
    source: str  # the file's bytes
    document: str  # id
    page: Text
    records: dict[type[Record], Text]  # JSON of lists
    entities: dict[str, tuple[str, str]]  # group and key of each entity
    clusters: Text


@dataclass(frozen=True, slots=True)
class Cast:
    """What a mold is filled with."""

    names: dict[str, str]  # by slot
    year: int
    number: int


def molds(folder: Path, seed: int, workers: int, counts: Sequence[tuple[Language, int]]) -> list[Mold]:
    """Build a case of one page each by all real stages, and return its pages as molds."""
    chance = random.Random(seed)
    grammar = tomllib.loads(files("casegraph.bench").joinpath("rooms.toml").read_text(encoding="utf-8"))
    pages: list[tuple[Language, dict[str, str], str]] = []
    for language, count in counts:
        for _ in range(count):
            names = {slot: word(language, slot, 1 + len(pages) * 7 + at) for at, slot in enumerate(SLOTS)}
            pages.append((language, names, _html(grammar[language], language, names, chance)))
    (folder / "files").mkdir(parents=True)
    for number, (_, _, text) in enumerate(pages):
        (folder / "files" / f"{number:03}.html").write_text(text, encoding="utf-8")
    init_case(folder / "case", name="molds").add([folder / "files"])
    open_case(folder / "case").build(workers=workers)
    case = open_case(folder / "case")
    alone = _clusters(case)
    return [_mold(case, *page, alone) for page in pages]


def _html(grammar: Mapping[str, Any], language: str, names: Mapping[str, str], chance: random.Random) -> str:
    cast = {}
    for slot in SLOTS:
        form = grammar[slot]
        cast[slot] = (form if isinstance(form, str) else chance.choice(form)).format(names[slot])
    told = [one.format(**cast) for one in chance.sample(grammar["sentence"], SENTENCES)]
    number = {"en": f"Report {NUMBER}.", "ru": f"Отчёт {NUMBER}.", "zh": f"报告{NUMBER}。"}[language]
    half = SENTENCES // 2
    blank = "" if language == "zh" else " "
    parts = "\n".join(f"<p>{escape(blank.join(some))}</p>" for some in (told[:half], [*told[half:], number]))
    title = escape(chance.choice(grammar["headline"]).format(**cast))
    outlet, day = escape(cast["outlet"]), f"{YEAR}-03-05"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>\n'
        f'<meta property="og:site_name" content="{outlet}">'
        f'<meta property="article:published_time" content="{day}"></head>\n'
        f"<body><main><article><h1>{title}</h1>\n{parts}\n</article></main></body></html>\n"
    )


def _clusters(case: Case) -> dict[str, list[Corroboration]]:
    """Return the clusters of claims by document; what several pages share, each page says alone."""
    places = {one.id: one.document for one in case.claims(rejected=True)}
    found: dict[str, list[Corroboration]] = {}
    for one in traced(case.folder / "derived").corroborations.records(Corroboration, ""):
        for document in one.documents:
            own = tuple(claim for claim in one.claims if places[claim] == document)
            alone = len(one.documents) == 1
            made = msgspec.structs.replace(
                one,
                id=make_id("corroboration", one.id, document),
                claims=own,
                documents=(document,),
                origins=tuple(origin for origin in one.origins if document in origin.documents)[:1],
                independent=min(1, one.independent),
                undetermined=0,
                contradictions=one.contradictions if alone else (),
                drifts=(),
                pairs=(),
            )
            found.setdefault(document, []).append(one if alone else made)
    return found


def _mold(
    case: Case, language: Language, names: dict[str, str], source: str,
    clusters: Mapping[str, list[Corroboration]],
) -> Mold:  # fmt: skip
    document = content_id(source.encode())
    records: dict[type[Record], list[Record]] = {}
    for link in default_chain():
        for type_ in link.keeps:
            if type_ is not Named:
                shelf = Shelf(case.folder / DERIVED, link.name, link.stage.version, link.keeps)
                records[type_] = list(shelf.records(type_, "", documents=[document]))
    entities = {
        one.entity: (one.group, one.key) for one in records[Resolved] if isinstance(one, Resolved)
        and one.entity == make_id("entity", one.group, one.key)
    }  # fmt: skip
    holes = _holes(names, document, entities)
    return Mold(
        language=language,
        words=names,
        source=source,
        document=document,
        page=_text(source, _holes(names, "", {})),
        records={type_: _text(_json(rows), holes) for type_, rows in records.items() if rows},
        entities=entities,
        clusters=_text(_json(clusters.get(document, [])), holes),
    )


def _json(records: Sequence[Record]) -> str:
    return msgspec.json.encode(records).decode()


def _holes(names: Mapping[str, str], document: str, entities: Mapping[str, object]) -> re.Pattern[str]:
    """Return what finds all that changes: names as written and folded, ids, the year, the number."""
    fixed = [*names.values(), *map(fold, names.values()), *entities, YEAR, NUMBER]
    fixed += [document] if document else []
    words_ = "|".join(map(re.escape, sorted(set(fixed), key=len, reverse=True)))
    return re.compile(rf"{words_}|{_IDS.pattern}")


def _text(whole: str, holes: re.Pattern[str]) -> Text:
    stretches, found, place = [], [], 0
    for match in holes.finditer(whole):
        stretches.append(whole[place : match.start()])
        found.append(match[0])
        place = match.end()
    return Text((*stretches, whole[place:]), tuple(found))


class Filling:
    """A mold filled with a cast: the page's bytes, its id, and the records of all stages."""

    def __init__(self, mold: Mold, cast: Cast, known: dict[tuple[str, str], str]) -> None:
        self._mold = mold
        values = {YEAR: str(cast.year), NUMBER: str(_FIRST + cast.number)}
        for slot, before in mold.words.items():
            values |= {before: cast.names[slot], fold(before): fold(cast.names[slot])}
        self._names, self._values = values, dict(values)
        self.data = mold.page.filled(values.__getitem__).encode()
        self.document = content_id(self.data)
        self._known = known

    def prepare(self) -> None:
        """Make the ids of what stands on the page."""
        self._values[self._mold.document] = self.document
        for before, (group, key) in self._mold.entities.items():
            own = group, _replaced(key, self._names)
            self._values[before] = self._known.get(own) or self._known.setdefault(
                own, make_id("entity", *own)
            )

    def records(self) -> Iterator[tuple[type[Record], list[Record]]]:
        """Yield the records of each type."""
        for type_, text in self._mold.records.items():
            yield type_, self._read(text, type_)

    def clusters(self) -> list[Corroboration]:
        """Return the claims of the page as if nobody else said the same."""
        return self._read(self._mold.clusters, Corroboration)

    def _read(self, text: Text, type_: type[T]) -> list[T]:
        words = text.filled(self._value)
        return [msgspec.json.decode(one, type=type_) for one in _ROWS.decode(words)]

    def _value(self, hole: str) -> str:
        found = self._values.get(hole)
        if found is None:  # an id of the page's own
            kind, _, rest = hole.partition("-")
            mixed = int(rest, 16) ^ int(self.document[7:15], 16)
            found = self._values[hole] = f"{kind}-{mixed:08x}"
        return found


def _replaced(key: str, values: Mapping[str, str]) -> str:
    for before, after in values.items():
        key = key.replace(before, after)
    return key
