"""Names in Russian: the tagger's labels, brands in guillemets behind what they are, forms of firms."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casegraph.extract import places
from casegraph.extract.base import Analysis, Found, Reading
from casegraph.extract.lang.data import words
from casegraph.extract.lang.ru_lemmas import readings
from casegraph.extract.names.cyrillic_latin import latin
from casegraph.extract.names.cyrillic_orgs import Name, organisations, parted, state_of
from casegraph.extract.names.cyrillic_things import noun_schema, things
from casegraph.extract.spans import Taken
from casegraph.text import fold

_SCHEMAS = {"PER": "Person", "LOC": "Address", "ORG": "Organization"}
_BRAND = re.compile(
    r"«(?P<name>[^«»\n]{1,60}(?:«[^«»\n]{1,40}»?)?)»|[“„](?P<low>[^«»“”„\n]{1,60})[”“]"
    r"|(?<!\w)\"(?P<plain>[^\"\n]{1,60})\"(?!\w)"
)
_DECLINED = re.compile(r"([А-ЯЁ]{2,})(?:а|у|ом|е|ы|ов|ам|ами|ах)")  # "МИДа"
# "Минюст", "Росреестр", "Госкомстат", but no "российский".
_OFFICIAL = re.compile(r"(?:мин(?!.*(?:ий|ый|ой)$).{3,}|(?:рос|гос)(?!.*(?:ий|ый|ой)$).{4,})")
_OF_STATE = frozenset(["федерация", "министр", "безопасность", "депутат", "государственный"])
_AS_WRITTEN = frozenset(["postal", "model", "product", "latin"])
_BULLETS = "•·–—-*▪●"
_SURE, _FAIR = 0.9, 0.7
_FORMS_OF_ONE = 2  # a word and its lemma
_SHORTEST_STEM = 3


@functools.cache
def _list(key: str) -> frozenset[str]:
    return words("ru", "names", key)


def find(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    """Yield the names of the pages' Russian passages."""
    taken = Taken(found)
    russian = [
        [(block.start, block.end) for block in blocks if block.language == "ru" and analysis.start]
        for blocks, analysis in zip(reading.blocks, reading.analyses, strict=True)
    ]
    every = [
        list(_names(page.text, analysis)) if own else []
        for page, analysis, own in zip(reading.pages, reading.analyses, russian, strict=True)
    ]
    called = _called(reading, every)
    for index, (page, analysis) in enumerate(zip(reading.pages, reading.analyses, strict=True)):
        for one in _again(page.text, analysis, every[index], called) if russian[index] else ():
            inside = any(start <= one.start and one.end <= end for start, end in russian[index])
            if inside and taken.claim(index, one.start, one.end):
                normal = _nominative(page.text, analysis, one)
                place = _country(normal) if one.schema == "Address" else one.country or None
                yield Found(
                    page=index, kind="name", start=one.start, end=one.end, schema=one.schema,
                    normal=normal, country=place, detail=one.rule, score=one.score,
                )  # fmt: skip


def _names(text: str, analysis: Analysis) -> Iterator[Name]:
    """Yield the names of a page, the surest of those that overlap first."""
    held: list[Name] = []
    taken = Taken()
    for source in (_brands, things, latin, _labelled):
        held += [one for one in source(text, analysis) if taken.claim(0, one.start, one.end)]
    yield from organisations(text, analysis, held)


def _key(analysis: Analysis, first: int, last: int) -> str:
    return " ".join(analysis.lemma[i].lower() for i in range(first, last + 1) if analysis.pos[i] != "PUNCT")


def _called(reading: Reading, every: Sequence[Sequence[Name]]) -> dict[str, str]:
    """Return the brands that the document explains somewhere, ООО «Аркада», with the schema."""
    found: dict[str, str] = {}
    for page, analysis, names in zip(reading.pages, reading.analyses, every, strict=True):
        for one in names:
            if one.rule not in {"quoted", "product"}:
                continue
            inner = page.text.rfind("«", one.start, one.end)
            first = next((i for i in range(one.first, one.last + 1) if analysis.start[i] > inner), one.first)
            found.setdefault(_key(analysis, first, one.last), one.schema)
    return found


def _again(text: str, analysis: Analysis, names: Sequence[Name], called: dict[str, str]) -> Iterator[Name]:
    """Yield the names, and what stands in guillemets alone as what the document calls so elsewhere."""
    ends = {end: i for i, end in enumerate(analysis.end)}
    starts = {start: i for i, start in enumerate(analysis.start)}
    known: dict[tuple[int, int], Name] = {(one.start, one.end): one for one in names}
    taken = Taken()
    for one in names:
        taken.claim(0, one.start, one.end)
    for match in _BRAND.finditer(text) if called else ():
        start, end = match.span(match.lastgroup or 0)
        first, last = starts.get(start), ends.get(end)
        if first is None or last is None or _key(analysis, first, last) not in called:
            continue
        schema = called[_key(analysis, first, last)]
        there = known.get((start, end))
        if there is not None and there.rule.startswith("tagger"):
            known[start, end] = replace(there, schema=schema, rule="repeat")
        elif taken.claim(0, start, end):
            known[start, end] = Name(start, end, schema, "repeat", _SURE, first, last)
    yield from sorted(known.values(), key=lambda one: one.start)


def _country(place: str) -> str | None:
    """Return the state of a place in the nominative."""
    folded = fold(place)
    return places.countries("ru").get(folded) or places.regions("ru").get(folded) or places.city(place)


def _labelled(text: str, analysis: Analysis) -> Iterator[Name]:
    place = 0
    while place < len(analysis.label):
        label = analysis.label[place]
        if label not in _SCHEMAS:
            place += 1
            continue
        last = place
        while (
            last + 1 < len(analysis.label)
            and analysis.label[last + 1] == label
            and not analysis.first[last + 1]
        ):
            last += 1
        whole = _name(text, analysis, place, last, _SCHEMAS[label], f"tagger-{label.lower()}", _FAIR)
        yield from parted(text, analysis, whole)
        place = last + 1


def _name(text: str, analysis: Analysis, first: int, last: int, schema: str, rule: str, score: float) -> Name:
    while first < last and text[analysis.start[first]] in _BULLETS:
        first += 1
    start, end = analysis.start[first], analysis.end[last]
    while text[end - 1 : end] in {"»", '"', ",", "."} and text[start:end].count("«") < text[start:end].count(
        "»"
    ):
        end -= 1
    if schema == "Organization":
        schema = _organisation({analysis.lemma[i].lower() for i in range(first, last + 1)} | {
            text[analysis.start[i] : analysis.end[i]].lower() for i in range(first, last + 1)
        })  # fmt: skip
    return Name(start, end, schema, rule, score, first, last)


def _organisation(lemmas: set[str]) -> str:
    if lemmas & (_list("state_firms") | _list("firms_known")):
        return "Company"
    central = "банк" in lemmas and lemmas & {"центральный", "национальный"}
    if central or lemmas & _list("state_bodies") or {"совет", "федерация"} <= lemmas:
        return "PublicBody"
    if lemmas & _list("firm_forms") or lemmas & _list("firm_words") or lemmas & _latin_forms():
        return "Company"
    if lemmas & _list("group_words") - _list("body_words"):
        return "Organization"
    if len(lemmas) <= _FORMS_OF_ONE and any(_is_coined(one) for one in lemmas):
        return "Company"
    official = any(_OFFICIAL.match(one) for one in lemmas) or ("совет" in lemmas and lemmas & _OF_STATE)
    return "PublicBody" if official or lemmas & _list("body_words") else "Organization"


def _is_coined(word: str) -> bool:
    """Tell whether the word is made of parts as firms' names are: Промсвязьбанк, Дорстрой."""
    tailed = any(word.endswith(end) and len(word) >= len(end) + _SHORTEST_STEM for end in _list("firm_tails"))
    return tailed and not _OFFICIAL.match(word)


@functools.cache
def _latin_forms() -> frozenset[str]:
    return frozenset(form.lower() for form in words("en", "names", "legal_forms"))


def _named_works(analysis: Analysis, text: str, noun: int) -> int:
    """Return where an official name before a brand begins: "на Ижевском заводе «Купол»"; else the noun."""
    token = noun - 1
    while token >= 0 and analysis.pos[token] == "ADJ" and analysis.sentence[token] == analysis.sentence[noun]:
        word, lemma = text[analysis.start[token] : analysis.end[token]], analysis.lemma[token].lower()
        if word[0].isupper():
            return token if lemma.endswith(("ский", "цкий")) and state_of(lemma) is None else noun
        token -= 1
    return noun


def _brands(text: str, analysis: Analysis) -> Iterator[Name]:
    """Yield «...» behind a form or a word of what it is, with both: АО «ИЭМЗ «Купол», концерн «Алмаз»."""
    starts = {start: i for i, start in enumerate(analysis.start)}
    ends = {end: i for i, end in enumerate(analysis.end)}
    for match in _BRAND.finditer(text):
        opening = starts.get(match.start())
        if opening is None or opening == 0:
            continue
        close = next((ends[e] for e in range(match.end(), match.end() - 3, -1) if e in ends), None)
        if close is None or close <= opening:
            continue
        first, schema = _brand_of(text, analysis, opening - 1)
        if schema is None:
            continue
        start = analysis.start[first] if first != opening else match.start(match.lastgroup or 0)
        end = match.end() if first != opening else match.end(match.lastgroup or 0)
        yield Name(start, end, schema, "quoted", _SURE, first, close)


_FORM = re.compile(
    r"(?:(?:публичн|открыт|закрыт|непубличн)\w+ )?акционерн\w+ обществ\w+"
    r"|(?:обществ|товариществ)\w+ с (?:ограниченной|дополнительной) ответственностью"
    r"|(?:федеральн\w+ |областн\w+ |краев\w+ )?(?:государственн|муниципальн|казенн|казённ)\w+"
    r" (?:унитарн|бюджетн|казённ|казенн|автономн)\w+"
    r" (?:[а-яё]+ ){0,3}(?:предприяти|учреждени)\w+|производственн\w+ кооператив\w*",
    re.IGNORECASE,
)
_LONGEST_FORM = 90  # characters


def _form_before(text: str, analysis: Analysis, opening: int) -> int | None:
    """Return the first token of a legal form in full right before the guillemets, None for none."""
    end = analysis.end[opening - 1]
    low = max(0, end - _LONGEST_FORM)
    form = next((m for m in _FORM.finditer(text, low, end) if m.end() == end), None)
    starts = {analysis.start[i]: i for i in range(max(0, opening - 12), opening)}
    return starts.get(form.start()) if form is not None else None


def _brand_of(text: str, analysis: Analysis, before: int) -> tuple[int, str | None]:
    """Return the first token and the schema that the words before the guillemets give to what is in them."""
    opening = before + 1
    word, lemma = text[analysis.start[before] : analysis.end[before]], analysis.lemma[before].lower()
    form = _form_before(text, analysis, opening)
    if form is not None:
        return form, "Company"
    whole, lemma = lemma, lemma.rpartition("-")[2] or lemma  # "телеграм-канал"
    schema = noun_schema(whole) or noun_schema(lemma)
    if schema is not None:
        return opening, schema
    if word.lower() in _list("firm_forms"):
        return before, "Company"
    if lemma in _list("firm_words") | _list("body_words") | _list("group_words"):
        works = _named_works(analysis, text, before) if lemma in _list("firm_words") else before
        return (works if works < before else opening), _organisation({lemma})
    if word.isupper() and len(word) > 1:
        return before, "Organization"  # НИИ, ЦКБ
    return opening, None


def _nominative(text: str, analysis: Analysis, one: Name) -> str:
    """Return the name with the words that its case has bent brought back, quoted parts as they stand."""
    parts: list[str] = []
    place, quoted = one.start, 0
    gender = _gender(text, analysis, one) if one.schema == "Person" else ""
    genitives = False
    if one.rule in _AS_WRITTEN:
        return text[one.start : one.end]
    for i in range(one.first, one.last + 1):
        start, end = analysis.start[i], analysis.end[i]
        if start < one.start or end > one.end:
            continue
        word = text[start:end]
        parts.append(text[place:start])
        place = end
        quoted += word.count("«") - word.count("»")
        keep = quoted or genitives or not word.replace("-", "").isalpha() or word.isupper()
        shown = word if keep else _bent_back(word, analysis.tag[i], gender, person=one.schema == "Person")
        noun = analysis.pos[i] in {"NOUN", "PROPN"} and (
            one.schema not in {"Person", "Address"} or one.rule == "street"
        )
        genitives = genitives or noun  # "Министерство обороны": what hangs on the first noun stays
        parts.append(shown)
    return "".join(parts).strip() or text[one.start : one.end]


def _gender(text: str, analysis: Analysis, one: Name) -> str:
    """Return the gender that the given name or patronymic has, "" where neither tells."""
    for i in range(one.first, one.last + 1):
        for reading in readings(text[analysis.start[i] : analysis.end[i]]):
            if not reading.tag.grammemes.isdisjoint({"Name", "Patr"}):
                return "femn" if "femn" in reading.tag.grammemes else "masc"
    return ""


def _bent_back(word: str, feats: str, gender: str, *, person: bool) -> str:
    short = _DECLINED.fullmatch(word)
    if short is not None and not person:
        return short[1]
    values = dict(pair.split("=", 1) for pair in feats.split("|") if "=" in pair)
    if values.get("Case", "Nom") == "Nom":
        return word
    gender = gender or {"Masc": "masc", "Fem": "femn", "Neut": "neut"}.get(values.get("Gender", ""), "")
    case = {"Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}.get(values["Case"], "")
    number = "plur" if values.get("Number") == "Plur" and not person else "sing"
    best = None
    for reading in readings(word):
        fits = (case in reading.tag.grammemes) + (not gender or gender in reading.tag.grammemes) + (
            number in reading.tag.grammemes
        ) + (person and not reading.tag.grammemes.isdisjoint({"Surn", "Name", "Patr"}))  # fmt: skip
        if best is None or fits > best[0]:
            best = (fits, reading)
    if best is None or best[0] < 2:
        return word
    wanted = {"nomn", number} | ({gender} if gender and number == "sing" else set())
    bent = best[1].inflect(wanted) or best[1].inflect({"nomn", number})
    if bent is None:
        return word
    found: str = bent.word
    return found[:1].upper() + found[1:] if word[:1].isupper() else found
