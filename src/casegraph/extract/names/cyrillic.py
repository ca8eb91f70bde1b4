"""Names in Russian: the tagger's labels, brands in guillemets behind what they are, forms of firms."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from casegraph.extract import places
from casegraph.extract.base import Analysis, Found, Reading
from casegraph.extract.lang.data import words
from casegraph.extract.lang.ru_lemmas import readings
from casegraph.extract.names.cyrillic_orgs import Name, organisations, state_of
from casegraph.extract.spans import Taken
from casegraph.text import fold

_SCHEMAS = {"PER": "Person", "LOC": "Address", "ORG": "Organization"}
_BRAND = re.compile(
    r"«(?P<name>[^«»\n]{1,60}(?:«[^«»\n]{1,40}»?)?)»|[“„](?P<low>[^«»“”„\n]{1,60})[”“]"
    r"|(?<!\w)\"(?P<plain>[^\"\n]{1,60})\"(?!\w)"
)
_DECLINED = re.compile(r"([А-ЯЁ]{2,})(?:а|у|ом|е|ы|ов|ам|ами|ах)")  # "МИДа"
# "Минюст", "Росреестр", "Госкомстат", but no "российский".
_OFFICIAL = re.compile(r"(?:мин|рос|гос)(?!.*(?:ий|ый|ой)$).{4,}")
_OF_STATE = frozenset(["федерация", "министр", "безопасность", "депутат", "государственный"])
_SURE, _FAIR = 0.9, 0.7


@functools.cache
def _list(key: str) -> frozenset[str]:
    return words("ru", "names", key)


def find(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    """Yield the names of the pages' Russian passages."""
    taken = Taken(found)
    for index, (page, analysis) in enumerate(zip(reading.pages, reading.analyses, strict=True)):
        russian = [(b.start, b.end) for b in reading.blocks[index] if b.language == "ru" and analysis.start]
        for one in _names(page.text, analysis):
            inside = any(start <= one.start and one.end <= end for start, end in russian)
            if inside and taken.claim(index, one.start, one.end):
                normal = _nominative(page.text, analysis, one)
                place = _country(normal) if one.schema == "Address" else one.country or None
                yield Found(
                    page=index, kind="name", start=one.start, end=one.end, schema=one.schema,
                    normal=normal, country=place, detail=one.rule, score=one.score,
                )  # fmt: skip


def _names(text: str, analysis: Analysis) -> Iterator[Name]:
    """Yield the names of a page, the surest of those that overlap first."""
    brands = list(_brands(text, analysis))
    held = [(one.start, one.end) for one in brands]
    labelled = [
        one
        for one in _labelled(text, analysis)
        if not any(start < one.end and one.start < end for start, end in held)
    ]
    yield from organisations(text, analysis, [*brands, *labelled])


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
        yield _name(text, analysis, place, last, _SCHEMAS[label], f"tagger-{label.lower()}", _FAIR)
        place = last + 1


def _goes_on(analysis: Analysis, place: int, label: str) -> bool:
    return analysis.label[place] == label and not analysis.first[place]


def _name(text: str, analysis: Analysis, first: int, last: int, schema: str, rule: str, score: float) -> Name:
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
    if "банк" in lemmas and lemmas & {"центральный", "национальный"}:
        return "PublicBody"
    if lemmas & _list("firm_forms") or lemmas & _list("firm_words") or lemmas & _latin_forms():
        return "Company"
    if lemmas & _list("group_words") - _list("body_words"):
        return "Organization"
    official = any(_OFFICIAL.match(one) for one in lemmas) or ("совет" in lemmas and lemmas & _OF_STATE)
    return "PublicBody" if official or lemmas & _list("body_words") else "Organization"


@functools.cache
def _latin_forms() -> frozenset[str]:
    return frozenset(form.lower() for form in words("en", "names", "legal_forms"))


def _named_works(analysis: Analysis, text: str, noun: int) -> int:
    """Return where an official name before a brand begins: "на Ижевском заводе «Купол»"; else the noun.

    A capital at a sentence's beginning tells nothing.
    """
    token = noun - 1
    while token >= 0 and analysis.pos[token] == "ADJ" and analysis.sentence[token] == analysis.sentence[noun]:
        word, lemma = text[analysis.start[token] : analysis.end[token]], analysis.lemma[token].lower()
        if word[0].isupper():
            inside = token > 0 and analysis.sentence[token - 1] == analysis.sentence[token]
            return token if inside and lemma.endswith(("ский", "цкий")) and state_of(lemma) is None else noun
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
        before = opening - 1
        word, lemma = text[analysis.start[before] : analysis.end[before]], analysis.lemma[before].lower()
        close = next((ends[e] for e in range(match.end(), match.end() - 3, -1) if e in ends), None)
        if close is None or close <= opening:
            continue
        if word.lower() in _list("firm_forms") or (word.isupper() and len(word) > 1):
            first = before
            schema = "Company" if word.lower() in _list("firm_forms") else "Organization"  # НИИ, ЦКБ
        elif lemma in _list("firm_words") | _list("body_words") | _list("group_words"):
            works = _named_works(analysis, text, before) if lemma in _list("firm_words") else before
            first, schema = works if works < before else opening, _organisation({lemma})
        elif lemma in _list("thing_words"):
            first, schema = opening, "Thing"
        else:
            continue
        start = analysis.start[first] if first != opening else match.start(match.lastgroup or 0)
        end = match.end() if first != opening else match.end(match.lastgroup or 0)
        yield Name(start, end, schema, "quoted", _SURE, first, close)


def _nominative(text: str, analysis: Analysis, one: Name) -> str:
    """Return the name with the words that its case has bent brought back, quoted parts as they stand."""
    parts: list[str] = []
    place, quoted = one.start, 0
    gender = _gender(text, analysis, one) if one.schema == "Person" else ""
    genitives = False
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
        noun = analysis.pos[i] in {"NOUN", "PROPN"} and one.schema not in {"Person", "Address"}
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
