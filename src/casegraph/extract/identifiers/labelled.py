"""Numbers behind the word that says what they are, those that fail their check told apart."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from casegraph.extract.identifiers import checks
from casegraph.extract.identifiers.kinds import KINDS, Kind

HAN = r"\u3400-\u9fff"  # stand right beside a code without a blank
BEFORE, AFTER = rf"(?<![^\W{HAN}])", rf"(?![^\W{HAN}]|\.\d)"
_LETTER_AFTER = rf"(?:(?<=[{HAN}])|(?![^\W\d_{HAN}]))"  # "护照No." needs no blank
_LINK = (
    r"(?:[\s:№#=«\"(.,)~–—-]|(?:number|code|nos?|is|are|was|of|the|series|сери[яи]|номер\w*|код\w*|банка|N)"
    rf"{_LETTER_AFTER}|编号|号码|代码|[号码为是])"
    r"{0,12}?"
)
_PAIR = re.compile(r"\s*[/\\|,(и]\s*")
_FAR = r"[^\d\n;]{0,40}?"
_AGAIN = r"\s*(?:[,;/、]|и(?=\s)|или|and|or|[和或及])\s*(?:(?:и|and)\s+)?(?:№\s*)?"
_PERSONAL = ("40817", "40820", "423", "426")  # accounts of natural persons (Bank of Russia, 809-П)
_BIK = re.compile(rf"{BEFORE}0[0-4]\d{{7}}{AFTER}")
# The shortest number here has six signs; most paragraphs have no such run, and looking for words costs more.
_LONG = re.compile(r"\d(?:[ \u00a0.,№/-]{0,3}\d){5}|[A-Z]{6}|[A-Z]{2}\d{2}")
_FREE_ACCOUNT = re.compile(rf"{BEFORE}(?P<id>(?:30[1-3]|40[1-8]|42[1-6])\d(?:[ .]?\d){{16}}){AFTER}")


class Labelled(NamedTuple):
    """A number and what its word calls it; `holds` is False where its check digit is wrong."""

    start: int
    end: int
    kind: str
    normal: str
    holds: bool


class _Forms(NamedTuple):
    near: re.Pattern[str]
    far: re.Pattern[str] | None
    again: re.Pattern[str]


def _group(kind: Kind) -> str:
    return kind.name.replace("-", "_")


@functools.cache
def _labels() -> re.Pattern[str]:
    words = "|".join(f"(?P<{_group(kind)}>{kind.words})" for kind in KINDS)
    return re.compile(rf"{BEFORE}(?:{words}){_LETTER_AFTER}", re.IGNORECASE)


@functools.cache
def _forms() -> dict[str, tuple[Kind, _Forms]]:
    found = {}
    for kind in KINDS:
        number = rf"{BEFORE}(?P<id>{kind.form}){AFTER}"
        between = rf"(?:{kind.between})?" if kind.between else ""
        found[_group(kind)] = (
            kind,
            _Forms(
                re.compile(between + _LINK + number, re.IGNORECASE if kind.name == "passport" else 0),
                re.compile(_FAR + number) if kind.far else None,
                re.compile(_AGAIN + number),
            ),
        )
    return found


def _normal(kind: str, words: str) -> str:
    """Return the canonical form; of a Russian passport its figures: series and number."""
    if kind == "passport" and words[0].isdigit():
        return re.sub(r"\D", "", words)
    return checks.compact(words)


def _shorter(words: str, check: Callable[[str], bool]) -> str:
    """Return the number without the figures behind a blank that belong to the next one."""
    while not check(words) and re.search(r"[ \u00a0]", words[4:]):
        words = re.sub(r"[ \u00a0][^ \u00a0]*$", "", words)
    return words


def _limit(text: str, labels: list[re.Match[str]], place: int) -> int:
    """Return where the next word begins that claims a number; "ИНН/КПП" claims its two as one."""
    following = labels[place + 1 :]
    if following and _PAIR.fullmatch(text, labels[place].end(), following[0].start()):
        following = following[1:]
    return following[0].start() if following else len(text)


def _of_label(text: str, label: re.Match[str], limit: int) -> Iterator[Labelled]:
    """Yield the numbers behind one word: at once, else within the clause, then those that share the word."""
    kind, forms = _forms()[label.lastgroup or ""]
    match = forms.near.match(text, label.end())
    if match is None and forms.far is not None:
        match = forms.far.match(text, label.end(), limit)
        if match is not None and not kind.check(match["id"]):
            return
    while match is not None:
        whole = match["id"]
        words = _shorter(whole, kind.check)
        holds = kind.check(words)
        if not holds:
            words = whole
        end = match.start("id") + len(words)
        yield Labelled(match.start("id"), end, kind.name, _normal(kind.name, words), holds)
        match = forms.again.match(text, end) if holds else None


@functools.lru_cache(maxsize=64)
def labelled(text: str) -> tuple[Labelled, ...]:
    """Return the numbers that stand behind their word, in the words' order; accounts by their bank's BIK.

    The recognisers of sums and counts ask for the same block again, hence the cache.
    """
    return tuple(_labelled(text))


def _labelled(text: str) -> Iterator[Labelled]:
    if _LONG.search(text) is None:
        return
    banks = _BIK.findall(text)
    labels = list(_labels().finditer(text))
    for place, label in enumerate(labels):
        for one in _of_label(text, label, _limit(text, labels, place)):
            yield _account(one, banks) if one.kind == "account" else one
    for match in _FREE_ACCOUNT.finditer(text):
        found = _account(
            Labelled(match.start("id"), match.end("id"), "account", checks.compact(match["id"]), holds=True),
            banks,
        )
        if banks and found.holds:
            yield found


def _account(one: Labelled, banks: list[str]) -> Labelled:
    """Return the account with its check: the key of twenty figures holds with a bank that the text names."""
    if len(one.normal) != 20:
        return one
    kind = "personal-account" if one.normal.startswith(_PERSONAL) else "account"
    holds = not banks or any(checks.is_account(one.normal, bank) for bank in banks)
    return one._replace(kind=kind, holds=holds)
