"""Whom a cell or a line names: where the name ends, and whether it is a firm's or a person's."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from casegraph.text.tables.headings import kinds_of_title

_HAN_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+[·•][\u4e00-\u9fff·•]+")
_RUSSIAN_PERSON = re.compile(
    r"[А-ЯЁ][а-яё-]+\s+(?:[А-ЯЁ][а-яё-]+\s+[А-ЯЁ][а-яё]+(?:ич|вна|чна|оглы|кызы)|[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?)"
    r"|[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.\s?)?[А-ЯЁ][а-яё-]+"
)
_LATIN_INITIALS = re.compile(r"(?:[A-Z]\.\s?){1,2}[A-Z][a-z'’-]+|[A-Z][a-z'’-]+,?\s(?:[A-Z]\.\s?){1,2}")
_TITLED = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|Prof)\.?\s+[A-Z]")
_SHORT_FORM = re.compile(r"(?:\b(?:Inc|Ltd|Co|Corp|LTD|INC)|\.\s?[A-ZА-ЯЁ]|\b[A-ZА-ЯЁ]|[a-z]\.[a-z])$")
_ADDRESS = re.compile(
    r"\s*(?:\d{6}\s*,|(?:г|гор|город|обл|респ|пос|с|дер)\.?\s+[А-ЯЁ][\w-]+\s*,|(?:ул|пр|просп|пер|наб|ш|бул)\.\s"
    r"|(?:улица|проспект|переулок|набережная)\s"
    r"|\d+[\w/-]*,?\s+(?:[A-Z][\w'’-]+\s+){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Square|Boulevard|Blvd)\b"
    r"|(?:[\u4e00-\u9fff]{2,8}[省市区县]){1,3}[\u4e00-\u9fff]{1,10}[路街道巷]\s?\d+\s?号)"
)
_QUOTED = re.compile(r"[«\"“„].*[»\"”]")
_CAPITALS = re.compile(
    r"(?:[A-Z][\w&'’.-]*|&)(?:\s+(?:[A-Z][\w&'’.-]*|&|of|de|van|von|and)(?=\s|$|[,:;]))*\s+[A-Z][\w&'’.-]*|[A-Z][\w&'’-]{2,}"
)
_LONGEST = 160  # characters of a name
_EDGES = " \t\u00a0,;:.–—-"


@dataclass(frozen=True, slots=True)
class Name:
    """A name: its characters in the text and its FollowTheMoney schema, None where the words do not tell."""

    start: int
    end: int
    schema: str | None


@functools.cache
def _words() -> dict[str, list[str]]:
    text = files("casegraph.text.tables").joinpath("firms.toml").read_text("utf-8")
    found: dict[str, list[str]] = tomllib.loads(text)
    return found


def _either(words: list[str]) -> str:
    words = [*words, *(word.upper() for word in words if len(word) > 2)]
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"[\s,]+").replace(r"\.", r"\.?\s?") for word in ordered)


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = _words()
    after, before = _either(words["after"]), _either(words["before"])
    han = "|".join(sorted(map(re.escape, words["han"]), key=len, reverse=True))
    return {
        "after": re.compile(rf"(?<=[\s,.&])(?:{after})(?!\w)\.?"),
        "before": re.compile(rf"(?:{before})(?=[\s«\"“„])"),
        "trader": re.compile(rf"(?:{_either(words['traders'])})\s+(?=[А-ЯЁA-Z])"),
        "han": re.compile(rf"[\u4e00-\u9fff（）()·]*?(?:{han})(?:（[^）]*）)?"),
        "stop": re.compile(rf"[\s,;(（]*(?<![\w])(?:{_either(words['stops'])})(?![^\W\d_a-z]).*", re.DOTALL),
    }


def has_form(text: str) -> bool:
    """Tell whether a legal form, or the end of a Chinese body's name, marks a firm."""
    found = _patterns()
    return bool(
        found["before"].match(text.strip()) or found["after"].search(text) or _ends_as_body(text.strip())
    )


def _ends_as_body(text: str) -> bool:
    match = _patterns()["han"].match(text)
    return match is not None and len(match.group()) >= 4


def party_in(text: str, *, person: bool = False) -> Name | None:
    """Return the name that a cell of a party's column holds; `person` where the column is one of persons.

    Identifiers and addresses behind it are cut off: "ООО «Ромашка», ИНН 7700000000". None for figures, dashes
    and what is too long to be a name.
    """
    stop = _patterns()["stop"].search(text, 1)
    end = stop.start() if stop is not None and stop.start() > 1 else len(text)
    end = _before_address(text, end, person=person)
    kept = text[:end].strip(_EDGES)
    if is_address(text) and not has_form(kept):
        return None
    if text[: len(text)].find(kept + ".") >= 0 and _is_short_form(kept):
        kept += "."
    if len(kept) < 2 or len(kept) > _LONGEST or not any(map(str.isalpha, kept)):
        return None
    start = text.find(kept)
    return Name(start, start + len(kept), "Person" if person else schema_of(kept))


def is_address(text: str) -> bool:
    """Tell whether words are a postal address: a postcode or a town first, or a street and a house."""
    return _ADDRESS.match(text) is not None


def _is_short_form(kept: str) -> bool:
    """Tell whether a full stop behind belongs to the name: "Inc.", "О.Ю."."""
    return _SHORT_FORM.search(kept) is not None


def _before_address(text: str, end: int, *, person: bool) -> int:
    """Return where an address begins behind a name and a comma."""
    for mark in re.finditer(r"[,;]\s*", text[:end]):
        rest, before = text[mark.end() : end], text[: mark.start()]
        if _patterns()["after"].match(" " + rest, 1):
            continue  # "Co., Ltd."
        firm = has_form(before) and not re.search(r"\bco\.?$", before, re.IGNORECASE)
        if firm or rest[:1].isdigit() or (not person and mark.group()[0] == ";"):
            return mark.start()
    return end


def schema_of(name: str) -> str | None:
    """Return Company for a legal form, Person for a name written as a person's, None where nothing tells."""
    bare = name.strip()
    if _patterns()["trader"].match(bare):
        return "LegalEntity"
    if has_form(bare):
        return "Company"
    for pattern in (_HAN_PERSON, _RUSSIAN_PERSON, _LATIN_INITIALS):
        if pattern.fullmatch(bare):
            return "Person"
    return "Person" if _TITLED.match(bare) else None


def organisation_in(line: str) -> Name | None:
    """Return the organisation that a title names: "Участники ООО «Берег»", "Staff of the Salt Works"."""
    found = _patterns()
    before = found["before"].search(line)
    if before is not None:
        quoted = _QUOTED.match(line, before.end() + (line[before.end() : before.end() + 1] == " "))
        if quoted is not None:
            return Name(before.start(), quoted.end(), "Company")
    han = found["han"].match(line.strip())
    if han is not None and len(han.group()) >= 4:
        start = line.find(han.group())
        return Name(start, start + len(han.group()), "Company")
    after = found["after"].search(line)
    if after is not None:
        run = _capitals_before(line, after.start())
        if run < after.start():
            return Name(run, after.end(), "Company")
    place = re.search(r"\bof\s+(?:the\s+)?(?=[A-Z])", line)
    if place is not None and (match := _CAPITALS.match(line, place.end())) is not None:
        return Name(match.start(), match.end(), None) if " " in match.group() else None
    head = re.match(r"[^:]{4,80}(?=:\s)", line)
    if head is not None and (match := _CAPITALS.fullmatch(head.group())) is not None and " " in match.group():
        return Name(0, head.end(), None)
    return None


def _capitals_before(line: str, end: int) -> int:
    """Return where the run of capital words that ends before a legal form begins."""
    start = end
    for word in reversed(list(re.finditer(r"\S+", line[:end]))):
        token = word.group().strip(",")
        named = token[:1].isupper() or token in {"&", "of", "de", "and"}
        if not named or (token.endswith((":", ".")) and len(token) > 4):
            break
        start = word.start()
    first = re.match(r"(?:of|de|and|&)\s+", line[start:end])
    start += first.end() if first else 0
    of = re.search(r"\sof\s+(?:the\s+)?", line[start:end])
    return start + of.end() if of is not None and kinds_of_title(line[: start + of.start()]) else start
