"""What a document itself says of who is who: numbers that stand with a name, another name in brackets."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping

from casegraph.model import Mention, Page, Table
from casegraph.resolve.base import CHECKED
from casegraph.resolve.names import GROUPS, Words, group, is_form, word_list, words
from casegraph.resolve.requisites import by_lines
from casegraph.resolve.rows import Place, by_row, cells_of
from casegraph.text import fold, fold_blanks

_PREFIX = "identifiers:"
_FARTHEST = 90  # characters between a name and its number, labels among them
_HOPS = 8  # numbers and addresses that may stand between
_STOP = re.compile(r"[;。；!?]|\.\s+(?=[^\W\d_a-zа-яё])|\n\s*\n")
_HAN = r"\u3400-\u9fff"
_BRACKET = re.compile(
    r"""[»”"'’]?\s{0,2}[(（]\s*(?:[^\W\d_]{2,12}[.:：]\s*)?["“”'«「《]?(?P<name>[^()（）\[\]{}:;,，；：\n]{2,60}?)["“”'»」》]?\s*[)）]"""
)
_SCRIPTS = (
    ("han", re.compile(rf"[{_HAN}]")),
    ("cyrillic", re.compile(r"[\u0400-\u052f]")),
    ("latin", re.compile(r"[A-Za-z\u00c0-\u024f]")),
)
_LONGEST = 7  # words of a name in brackets


def script_of(text: str) -> str | None:
    """Return `han`, `cyrillic` or `latin` where all letters of a text are of one, else None."""
    found = [name for name, letter in _SCRIPTS if letter.search(text)]
    return found[0] if len(found) == 1 else None


def identified(
    mentions: Iterable[Mention], pages: Mapping[int, Page], tables: Iterable[Table] = ()
) -> dict[str, tuple[str, ...]]:
    """Return the identifiers with a check digit that stand with names, by the name's mention.

    In running text right behind the name: between the two nothing may stand but labels, other numbers and
    addresses ("ООО «Вектор», ИНН/КПП …/…, ОГРН …"). In tables and requisites where cells, headings and labels
    say so. A name with two numbers of one kind has none: it cannot be told which is its own.
    """
    own = [one for one in mentions if one.kind in {"name", "identifier"}]
    if not any(_kind(one) in CHECKED for one in own):
        return {}
    placed, places = cells_of(tables, pages, own)
    pairs = list(_behind(own, pages, places))
    tied = {number.id for _, number in pairs}
    wanted = {one.id: _kind(one) for one in own if _kind(one) in CHECKED and one.id not in tied}
    for table in placed:
        pairs += by_row(table, wanted, _may_bear)
    outside = [one for one in own if one.id not in places]
    for place, page in pages.items():
        pairs += by_lines([one for one in outside if one.target.page == place], page, wanted, _may_bear)
    found: dict[str, set[str]] = {}
    for name, number in pairs:
        if _may_bear(name, number):
            found.setdefault(name.id, set()).add(f"{_kind(number)}:{number.normal or number.name}")
    return {mention: tuple(sorted(own)) for mention, own in found.items() if not clashing(own)}


def _behind(
    mentions: Iterable[Mention], pages: Mapping[int, Page], places: Mapping[str, Place]
) -> Iterator[tuple[Mention, Mention]]:
    """Yield (name, number) for the numbers behind names, in one cell where they stand in a table."""
    by_page: dict[int, list[Mention]] = {}
    for one in mentions:
        by_page.setdefault(one.target.page, []).append(one)
    for page, own in by_page.items():
        if page not in pages:
            continue
        own.sort(key=lambda one: (one.target.start, -one.target.end))
        for place, one in enumerate(own):
            bearer = _bearer(own, place, pages[page].text) if _kind(one) in CHECKED else None
            if bearer is not None and places.get(bearer.id) == places.get(one.id):
                yield bearer, one


def clashing(identifiers: Iterable[str]) -> bool:
    """Say whether two identifiers of one kind are among these."""
    kinds = [one.partition(":")[0] for one in identifiers]
    return len(set(kinds)) < len(kinds)


def _kind(mention: Mention) -> str:
    return mention.detector.removeprefix(_PREFIX) if mention.kind == "identifier" else ""


def _bearer(own: list[Mention], place: int, text: str) -> Mention | None:
    """Return the name before an identifier, past labels, other identifiers and addresses."""
    start = own[place].target.start
    for before in reversed(own[max(0, place - _HOPS) : place]):
        gap = text[before.target.end : start]
        if before.target.end > start:
            continue
        if len(gap) > _FARTHEST or _STOP.search(gap) or not _labels_only(gap):
            return None
        if before.kind == "name" and before.schema != "Address":
            return before
        start = before.target.start
    return None


@functools.cache
def _labels() -> re.Pattern[str]:
    """Return what matches a label, the longest first: whole words, and Chinese labels wherever they stand."""
    labels = sorted(word_list("labels"), key=lambda label: (-len(label), label))
    ways = (label if re.match(rf"[{_HAN}]", label) else rf"\b{re.escape(label)}\b" for label in labels)
    return re.compile("|".join(ways))


def _labels_only(gap: str) -> bool:
    return not re.search(r"[^\W_]", _labels().sub(" ", fold(gap)))


def _may_bear(name: Mention, number: Mention) -> bool:
    """Say whether a thing of this schema can have such a number.

    Russian taxpayers' numbers have ten figures for organisations and twelve for people, who may trade under
    a firm's name; OGRN have thirteen and fifteen.
    """
    own, kind, value = group(name.schema), _kind(number), number.normal or number.name
    if own == "Address":
        return False
    if own == "Person":
        return kind == "resident" or (kind, len(value)) in {("inn", 12), ("ogrn", 15)}
    return kind != "resident" and (kind != "imo" or own != "Organization")


def other_names(mentions: Iterable[Mention], pages: Mapping[int, Page]) -> Iterator[tuple[str, str]]:
    """Yield (mention, name) where a name in another script stands in brackets behind one: "库波尔（Kupol）".

    What is known to be a place, a person behind an organisation, or the like is no other name.
    """
    named = [
        one for one in mentions if one.kind == "name" and group(one.schema) in {*GROUPS.values(), "Asset"}
    ]
    schemas = {
        (one.target.page, one.target.start): group(one.schema) for one in mentions if one.kind == "name"
    }
    for one in named:
        page = pages.get(one.target.page)
        found = page and _BRACKET.match(page.text, one.target.end)
        if not found:
            continue
        inside = schemas.get((one.target.page, found.start("name")))
        if inside is None or inside in {group(one.schema), "Thing"}:
            name = fold_blanks(found["name"])
            if _is_other_name(one, name):
                yield one.id, name


def _is_other_name(one: Mention, name: str) -> bool:
    own, other = script_of(one.name), script_of(name)
    if own is None or other is None or own == other or len(name.split()) > _LONGEST:
        return False
    kind = group(one.schema)
    parts: Words = words(name, kind)
    if not parts or is_form(parts) or word_list("sorts").issuperset(parts):
        return False
    if other == "han":
        return len(name) > 1
    return any(word.lstrip('«„“"')[:1].isupper() for word in name.split()) and (
        kind != "Person" or not name.isupper()
    )
