"""What sort of thing a name or description stands for, told by its words; see terms.toml."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib.resources import files
from itertools import pairwise
from typing import Literal, NamedTuple

from casegraph.text import fold

Sort = Literal[
    "documents",
    "registers",
    "media",
    "bodies",
    "descriptions",
    "nationalities",
    "organs",
    "nobody",
    "papers",
    "promises",
    "versions",
    "numbers",
    "accusations",
    "findings",
    "admitting",
    "pointers",
    "negations",
    "fillers",
    "selves",
    "perceiving",
    "officers",
    "saying",
]

_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_NUMBERED = re.compile(r"\u2116|\bno\.?\s*\S*\d|\d{2,}|[/-]\d|第.+号|编号", re.IGNORECASE)
_OF = re.compile(r"\s(?:of|for|in|at|from)\s")
_BARE = 3  # words of a title without a number
_HAN = re.compile("[\u3400-\u9fff]")
_POINTING: tuple[Sort, ...] = ("accusations", "findings", "pointers")
_CLAUSE = re.compile("[\uff0c\u3002\uff1b\uff1a\u201c,]")


class _Terms(NamedTuple):
    whole: frozenset[str]
    beginnings: tuple[str, ...]
    han: tuple[str, ...]  # the longest first


@functools.cache
def _terms(sort: Sort) -> _Terms:
    data = tomllib.loads(files("casegraph.trace").joinpath("terms.toml").read_text("utf-8"))
    written = [fold(word) for word in str(data[sort]).split()]
    return _Terms(
        whole=frozenset(word for word in written if not word.endswith("*")),
        beginnings=tuple(sorted(word[:-1] for word in written if word.endswith("*"))),
        han=tuple(
            sorted((word for word in written if _HAN.match(word)), key=lambda word: (-len(word), word))
        ),
    )


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a text; a run of Han signs is one word."""
    return tuple(_WORDS.findall(fold(text)))


def is_han(text: str) -> bool:
    """Say whether a text has Chinese characters."""
    return _HAN.search(text) is not None


def speaks_of(sort: Sort, text: str | None) -> bool:
    """Say whether a word of the sort stands in the text."""
    if not text:
        return False
    terms, words = _terms(sort), words_of(text)
    spread = [*words, *(part for word in words if "-" in word for part in word.split("-"))]
    pairs = ["-".join(pair) for pair in pairwise(words)]
    return (
        any(word in terms.whole or word.startswith(terms.beginnings) for word in (*spread, *pairs))
        if not is_han(text)
        else any(word in fold(text) for word in terms.han)
    )


def is_description(name: str) -> bool:
    """Say whether words describe somebody ("the company", "завод", "该公司") and name nobody.

    Names have a capital letter or a figure beyond words that anybody could be called by. "A Chinese company"
    is one of many; of "the Russian army" there is one.
    """
    if not is_han(name) and not any(sign.isupper() or sign.isdigit() for sign in name):
        return True
    return is_anybody(name) or _is_one_of_a_nation(name)


def _is_one_of_a_nation(name: str) -> bool:
    nations, text = _terms("nationalities"), fold(name)
    if is_han(name):
        nation = next((word for word in nations.han if text.startswith(word)), "")
        return bool(nation) and is_anybody(text[len(nation) :])
    capitals = [word for word in name.split() if any(sign.isupper() or sign.isdigit() for sign in word)]
    head = next(iter(_OF.split(name)[0].split()[-1:]), "")  # "Chinese ministry of defence"
    one_alone = speaks_of("bodies", head) or speaks_of("organs", head)
    return head.islower() and not one_alone and all(fold(word) in nations.whole for word in capitals)


def is_paper(title: str | None) -> bool:
    """Say whether a title is that of a paper ("Contract No. 7") and not a headline about one."""
    words = words_of(title or "")
    if not words or speaks_of("media", title):
        return False
    if is_han(title or ""):
        return any(fold(title or "").endswith(word) for word in _terms("papers").han) or (
            speaks_of("papers", words[0]) and _NUMBERED.search(title or "") is not None
        )
    joined = {words[0], "-".join(words[:2]), "-".join(words[:3])}
    terms = _terms("papers")
    opens = any(word in terms.whole or word.startswith(terms.beginnings) for word in joined)
    return opens and (len(words) <= _BARE or _NUMBERED.search(title or "") is not None)


def capitalised(name: str) -> list[str]:
    """Return the words of a name that begin with a capital letter and are no general nouns."""
    return [
        word for word in _WORDS.findall(name) if word[:1].isupper() and not speaks_of("descriptions", word)
    ]


def is_full_name(name: str) -> bool:
    """Say whether a name has more than one part; of Chinese signs, two at least."""
    return len(name.strip()) >= 2 if is_han(name) else len(words_of(name)) >= 2


def is_anybody(name: str) -> bool:
    """Say whether words are pronouns and general nouns alone: not even an office is told by them."""
    if is_han(name):
        left = fold(name)
        for word in (*_terms("descriptions").han, *_terms("numbers").han):
            left = left.replace(word, "")
        return not left.strip("的们 ")
    terms = _terms("descriptions")
    return all(word in terms.whole or word.startswith(terms.beginnings) for word in words_of(name))


def is_pointer(content: str) -> bool:
    """Say whether words point at what was said before and say no more: "it", "such claims", "上述指控"."""
    if is_han(content):
        left = fold(_CLAUSE.split(content)[0])
        for word in (*_terms("accusations").han, *_terms("findings").han, *_terms("pointers").han):
            left = left.replace(word, "")
        return not left.strip("的等 ")
    sorts, words = [_terms(sort) for sort in _POINTING], words_of(content)
    return bool(words) and all(
        any(word in terms.whole or word.startswith(terms.beginnings) for terms in sorts) for word in words
    )


def bare(description: str) -> str:
    """Return a description without numbers and articles: what stays the same when it is told again."""
    numbers = _terms("numbers")
    kept = [word for word in words_of(description) if word not in numbers.whole and not word.isdigit()]
    return " ".join(kept)
