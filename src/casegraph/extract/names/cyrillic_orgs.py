"""Organisations in Russian beyond the tagger's labels: whose body it is, brackets, what stands before.

A body of state is named with its state ("Конгресс США", "японское правительство"), as the gold set has it.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casegraph.extract import places
from casegraph.extract.base import Analysis
from casegraph.extract.lang.data import marks, phrases, words
from casegraph.extract.lang.ru_lemmas import readings
from casegraph.text import fold

ORGANISED = frozenset(["Organization", "Company", "PublicBody"])
_BRACKET = re.compile(r"\s*\(")
_BEHIND = re.compile(
    r"[»\"”]?\s*\((?:(?:далее|сокращ[её]нно|англ\.)\s*[:—–-]?\s*)?(?P<name>[А-ЯЁ]{2,8}"
    r"|[A-Z][A-Za-z.&'-]*(?: [A-Za-z.&'-]+){0,5})\)"
)
_INITIALS_AFTER = re.compile(r" [А-ЯЁ]\. ?[А-ЯЁ]\.(?![А-ЯЁа-яё])")
_INITIALS_BEFORE = re.compile(r"(?<!\w)[А-ЯЁ]\. ?(?:[А-ЯЁ]\. ?)?$")
_IN_TOWN = re.compile(r" (?:г\. ?|гор\. ?|города )")
_BRANCH = re.compile(r" (?:№ ?\d{1,4} )?по (?P<town>г\. ?|город[уа] )?")
_LONGEST = 14  # tokens of a name with its genitives
_SURE, _FAIR = 0.8, 0.7


@dataclass(frozen=True, slots=True)
class Name:
    """A name before it is brought to the nominative: characters, tokens, schema, the rule that found it."""

    start: int
    end: int
    schema: str
    rule: str
    score: float
    first: int  # tokens
    last: int
    country: str = ""


def over(analysis: Analysis, start: int, end: int, schema: str, rule: str, score: float) -> Name:
    """Return a name over characters [start, end) with the tokens that they touch."""
    first = max(0, bisect.bisect_right(analysis.start, start) - 1)
    last = max(first, bisect.bisect_left(analysis.start, end) - 1)
    return Name(start, end, schema, rule, score, first, last)


@functools.cache
def listed(key: str) -> frozenset[str]:
    """Return a list of words about bodies and other organisations."""
    return words("ru", "bodies", key)


@functools.cache
def _demonyms() -> dict[str, str]:
    return marks("ru", "countries", "demonyms")


def state_of(adjective: str) -> str | None:
    """Return the state that an adjective's lemma names ("японский"), None for another word."""
    stem = re.sub(r"(?:ий|ый|ой)$", "", adjective.lower())
    return _demonyms().get(stem)


def organisations(text: str, analysis: Analysis, spans: Sequence[Name]) -> list[Name]:
    """Return the spans with organisations parted, widened, retyped, and bodies of state added."""
    kept = [_retyped(text, analysis, one) for one in spans if not _is_none(text, analysis, one)]
    kept.extend(_bodies(text, analysis, kept))
    found = _widened(text, analysis, sorted(kept, key=lambda one: (one.start, -one.end)))
    found.extend(_abbreviations(text, analysis, found))
    return _with_initials(text, analysis, sorted(found, key=lambda one: one.start))


def _with_initials(text: str, analysis: Analysis, spans: Sequence[Name]) -> list[Name]:
    """Return the spans, persons with the initials beside them: Сергеев|С. С., И. И.|Лапшин."""
    found: list[Name] = []
    for one in spans:
        if found and one.start < found[-1].end:
            continue  # initials that the name before took
        if one.schema != "Person" or "." in text[one.start : one.end]:
            found.append(one)
            continue
        after = _INITIALS_AFTER.match(text, one.end)
        low = found[-1].end if found else 0
        before = None if after else _INITIALS_BEFORE.search(text, max(low, one.start - 8), one.start)
        start, end = before.start() if before else one.start, after.end() if after else one.end
        wide = over(analysis, start, end, one.schema, one.rule, one.score)
        found.append(wide if (start, end) != (one.start, one.end) else one)
    return found


def _is_none(text: str, analysis: Analysis, one: Name) -> bool:
    """Tell whether the tagger's words are no name: a pronoun, figures, "СМИ", a noun at the beginning."""
    shown = text[one.start : one.end]
    if shown.lower() in listed("never") or re.search(r"[^\W\d_]", shown) is None:
        return True
    if one.first != one.last or not one.rule.startswith("tagger"):
        return False
    if analysis.pos[one.first] in {"PRON", "DET", "VERB"}:
        return True
    if analysis.lemma[one.first].lower() in listed("parties") | listed("person_titles"):
        return True
    opens = one.first == 0 or analysis.sentence[one.first - 1] != analysis.sentence[one.first]
    return (opens or shown.islower() or one.schema == "Address") and _is_common(shown, one.schema)


_PROPER = frozenset(["Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr"])


def _is_common(word: str, schema: str) -> bool:
    """Tell whether the dictionary has the word as a common one only: "Министерство", a people, "Побритый"."""
    if word.isupper() or word.lower() in listed("known") | listed("alone"):
        return False
    known = [reading.tag.grammemes for reading in readings(word) if reading.is_known]
    if not known or not all(one.isdisjoint(_PROPER) for one in known):
        return False
    if schema == "Person":
        return all("NOUN" not in one for one in known)
    return all("NOUN" in one and (schema != "Address" or {"anim", "plur"} <= one) for one in known)


def parted(text: str, analysis: Analysis, one: Name) -> Iterator[Name]:
    """Yield "ООН (ФАО)" as two names: what stands in brackets is one of its own; of a place nothing does."""
    bracket = _BRACKET.search(text, one.start, one.end)
    if one.rule in {"quoted", "law", "postal"} or bracket is None or bracket.start() == one.start:
        yield one
        return
    inner = [i for i in range(one.first, one.last + 1) if analysis.start[i] >= bracket.end()]
    outer = [i for i in range(one.first, one.last + 1) if analysis.end[i] <= bracket.start()]
    inner = [i for i in inner if text[analysis.start[i]] not in "()"]
    for part in (outer, inner if one.schema != "Address" else []):
        if part:
            yield replace(
                one, start=analysis.start[part[0]], end=analysis.end[part[-1]], first=part[0], last=part[-1]
            )


def _abbreviations(text: str, analysis: Analysis, spans: Sequence[Name]) -> Iterator[Name]:
    """Yield what stands in brackets right behind an organisation: its abbreviation or its Latin name."""
    starts = {start: i for i, start in enumerate(analysis.start)}
    ends = {end: i for i, end in enumerate(analysis.end)}
    busy = {i for one in spans for i in range(one.first, one.last + 1)}
    for one in spans:
        match = _BEHIND.match(text, one.end) if one.schema in ORGANISED else None
        if match is None:
            continue
        first, last = starts.get(match.start("name")), ends.get(match.end("name"))
        shown = match["name"]
        none = shown.lower() in listed("never") or fold(shown) in places.countries("ru")
        if first is not None and last is not None and not none and busy.isdisjoint(range(first, last + 1)):
            yield Name(match.start("name"), match.end("name"), one.schema, "bracketed", _SURE, first, last)


def _word(text: str, analysis: Analysis, token: int) -> str:
    return text[analysis.start[token] : analysis.end[token]]


def _retyped(text: str, analysis: Analysis, one: Name) -> Name:
    """Return a person or place as the organisation that the noun before it says it is: команда Феррари."""
    lemmas = " ".join(analysis.lemma[i].lower() for i in range(one.first, one.last + 1))
    if one.schema == "Address" and (
        lemmas in listed("known") or lemmas in phrases("ru", "bodies", "known_phrases")
    ):
        return replace(one, schema="Organization", rule="known")
    if one.schema in ORGANISED and lemmas in listed("assets"):
        return replace(one, schema="Asset", rule="known")
    if one.schema == "Address" and one.first == one.last and re.fullmatch(r"\w{3,}банк", lemmas):
        return replace(one, schema="Company", rule="coined")
    if one.schema == "Person":
        one = _untitled(analysis, one)
    return _described(text, analysis, one)


def _untitled(analysis: Analysis, one: Name) -> Name:
    """Return a person without the title that the tagger takes for a part: "Шейх Мухаммед"."""
    first = one.first
    while first < one.last and analysis.lemma[first].lower() in listed("person_titles"):
        first += 1
    return replace(one, start=max(one.start, analysis.start[first]), first=first)


def _described(text: str, analysis: Analysis, one: Name) -> Name:
    """Return a name as what the noun right before it says: команда Феррари, аэропорт Домодедово."""
    before = one.first - 1
    if one.schema == "Organization" and one.rule != "quoted" and before >= 0:
        firm = analysis.lemma[before].lower() in words("ru", "names", "firm_words")
        return replace(one, schema="Company") if firm and _beside(text, analysis, before, one.first) else one
    if one.schema not in {"Person", "Address"} or before < 0 or one.first != one.last:
        return one
    kinds = words("ru", "names", "firm_words") | words("ru", "names", "group_words")
    if analysis.pos[before] != "NOUN" or analysis.lemma[before].lower() not in kinds:
        return one
    if "Number=Plur" in analysis.tag[before]:  # "один из заводов Иванова"
        return one
    state = fold(text[one.start : one.end]) in places.countries("ru")
    if state or not _beside(text, analysis, before, one.first) or _is_genitive(analysis, one.first, text):
        return one
    return replace(one, schema="Organization", rule="described")


def _beside(text: str, analysis: Analysis, left: int, right: int) -> bool:
    return text[analysis.end[left] : analysis.start[right]].strip(" \u00a0") == "" and (
        analysis.sentence[left] == analysis.sentence[right]
    )


def _is_genitive(analysis: Analysis, token: int, text: str) -> bool:
    """Tell whether the word is a genitive: "фирмы Иванова" is a firm of somebody called so."""
    if "Case=Gen" not in analysis.tag[token]:
        return False
    cases = [reading.tag.grammemes for reading in readings(_word(text, analysis, token)) if reading.is_known]
    return any("gent" in one and "Fixd" not in one for one in cases)


def _bodies(text: str, analysis: Analysis, spans: Sequence[Name]) -> Iterator[Name]:
    """Yield bodies that the tagger leaves out: парламент Крыма, японское правительство."""
    busy = {i for one in spans if one.schema in ORGANISED for i in range(one.first, one.last + 1)}
    owners = {one.first: one for one in spans if one.schema in {"Address", "Person"}}
    taken = busy | {i for one in owners.values() for i in range(one.first, one.last + 1)}
    for token, lemma in enumerate(analysis.lemma):
        if token in taken or analysis.pos[token] not in {"NOUN", "PROPN"}:
            continue
        folded = lemma.lower()
        if folded in listed("known") and _word(text, analysis, token)[0].isupper():
            yield _named(analysis, token, token, "known", "")
        if not _may_be_body(analysis, token, folded):
            continue
        state = _state_before(text, analysis, token)
        first = token - 1 if state else token
        last = _owned_to(text, analysis, owners, token)
        if state or last > token:
            owner = owners.get(last) if last == token + 1 else None
            yield _named(analysis, first, last, "body", state or (_state(analysis, owner) if owner else ""))


def _named(analysis: Analysis, first: int, last: int, rule: str, state: str) -> Name:
    schema = "PublicBody" if rule == "body" else "Organization"
    return Name(analysis.start[first], analysis.end[last], schema, rule, _SURE, first, last, state)


def _may_be_body(analysis: Analysis, token: int, lemma: str) -> bool:
    if lemma == "власть":  # the authorities, not power
        return "Number=Plur" in analysis.tag[token]
    return lemma in listed("of_place") or lemma in listed("of_person")


def _owned_to(text: str, analysis: Analysis, owners: Mapping[int, Name], token: int) -> int:
    """Return the last token of whose body it is: of a place or person behind it, or of a place's office."""
    lemma = analysis.lemma[token].lower()
    owner = owners.get(token + 1)
    if owner is not None and _belongs(text, analysis, owner, token, token):
        wanted = "of_place" if owner.schema == "Address" else "of_person"
        return owner.last if lemma in listed(wanted) else token
    owner = owners.get(token + 2)
    office = token + 1 < len(analysis.lemma) and analysis.lemma[token + 1].lower() in listed("offices")
    if owner is not None and office and analysis.head[token + 1] == token:
        return owner.last if _belongs(text, analysis, owner, token + 1, token + 1) else token
    return token


def _state_before(text: str, analysis: Analysis, token: int) -> str | None:
    """Return the state that an adjective right before the token names."""
    if token == 0 or analysis.pos[token - 1] != "ADJ" or not _beside(text, analysis, token - 1, token):
        return None
    return state_of(analysis.lemma[token - 1])


def _belongs(text: str, analysis: Analysis, place: Name, first: int, last: int) -> bool:
    """Tell whether a name right behind is the genitive of one of the tokens: Конгресс США."""
    if not _beside(text, analysis, last, place.first):
        return False
    heads = [
        i for i in range(place.first, place.last + 1) if not place.first <= analysis.head[i] <= place.last
    ]
    hangs = any(first <= analysis.head[i] <= last for i in heads)
    word = _word(text, analysis, place.first)
    return hangs and any("Case=Gen" in analysis.tag[i] or word.isupper() for i in heads)


def _widened(text: str, analysis: Analysis, spans: Sequence[Name]) -> list[Name]:
    """Return the spans with bodies joined to the state, place or body in the genitive behind them."""
    found: list[Name] = []
    for one in spans:
        if found and one.start < found[-1].end:
            continue
        before = found[-1] if found else None
        if (
            before is not None
            and one.schema in {"Address", *ORGANISED}
            and one.last - before.first < _LONGEST
            and _has_head(text, analysis, before)
            and one.rule != "quoted"
            and _belongs(text, analysis, one, before.first, before.last)
        ):
            state = not listed("of_place").isdisjoint(_lemmas(analysis, before))
            schema = "PublicBody" if state and before.schema == "Organization" else before.schema
            country = before.country or _state(analysis, one)
            found[-1] = replace(before, end=one.end, last=one.last, schema=schema, country=country)
            continue
        town = (
            before is not None and one.schema == "Address" and _IN_TOWN.fullmatch(text, before.end, one.start)
        )
        if before is not None and (
            (town and before.schema == "PublicBody") or _is_branch(text, analysis, before, one)
        ):
            found[-1] = replace(before, end=one.end, last=one.last, schema="PublicBody")
            continue
        found.append(_with_state(text, analysis, one))
    return found


def _is_branch(text: str, analysis: Analysis, body: Name, place: Name) -> bool:
    """Tell whether the place behind "по" is a body's district: УФСБ по Омской области, not МИД по Сирии."""
    if place.schema != "Address" or body.schema not in ORGANISED or "«" in text[body.start : body.end]:
        return False
    between = _BRANCH.fullmatch(text, body.end, place.start)
    if between is None or listed("local").isdisjoint(_lemmas(analysis, body)):
        return False
    shown = " ".join(analysis.lemma[i].lower() for i in range(place.first, place.last + 1))
    district = not listed("districts").isdisjoint(shown.split()) or between["town"] is not None
    return district or shown in listed("federal_cities") or places.regions("ru").get(fold(shown)) is not None


def _state(analysis: Analysis, place: Name) -> str:
    """Return the state that a place is, "" for others: "России", "Российской Федерации"."""
    lemmas = [analysis.lemma[i] for i in range(place.first, place.last + 1)]
    own = places.countries("ru").get(fold(" ".join(lemmas)))
    return own or (state_of(lemmas[0]) if len(lemmas) > 1 else None) or ""


def _has_head(text: str, analysis: Analysis, one: Name) -> bool:
    """Tell whether the name is a common noun's: its genitives belong to it; a brand's don't."""
    shown = text[one.start : one.end]
    if one.schema not in ORGANISED or "«" in shown or '"' in shown or not re.search("[А-Яа-яЁё]", shown):
        return False
    return not listed("heads").isdisjoint(_lemmas(analysis, one)) or one.schema == "PublicBody"


def _lemmas(analysis: Analysis, one: Name) -> set[str]:
    return {analysis.lemma[i].lower() for i in range(one.first, one.last + 1)}


def _with_state(text: str, analysis: Analysis, one: Name) -> Name:
    """Return a body with the adjective of nationality before it: японский МИД."""
    if one.rule == "body" or not _has_head(text, analysis, one):
        return one
    state = _state_before(text, analysis, one.first)
    if state is None:
        return one
    return replace(one, start=analysis.start[one.first - 1], first=one.first - 1, country=state)
