"""The names of a paper's parts in one language, read from its `papers.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from casegraph.text import fold

_STEM = 4  # letters that a declined name of a side keeps
_ENDING = 3


@dataclass(frozen=True, slots=True)
class Forms:
    """What sides, labels and posts are called: `sides` and `labels` by folded word, the rest as patterns.

    `register` has the labels of registers and notices, by what they mean.
    """

    sides: dict[str, str]
    labels: dict[str, str]
    terms: tuple[re.Pattern[str], ...]
    units: dict[str, str]
    patterns: dict[str, re.Pattern[str]]
    register: dict[str, str]

    def side(self, term: str) -> str | None:
        """Return the side that a contract's word for a party is, None for any other word."""
        for word in reversed(fold(term).split()):
            if word in self.sides:
                return self.sides[word]
        return None

    def post(self, text: str) -> tuple[str, int, int] | None:
        """Return the kind of claim that the first post of the text makes, and where it stands."""
        found = [
            (match.start(), -match.end(), kind)
            for kind, name in (("directorship", "head"), ("employment", "staff"))
            if (match := self.patterns[name].search(text)) is not None
        ]
        if not found:
            return None
        start, end, kind = min(found)
        return kind, start, -end


@cache
def load_forms(language: str) -> Forms | None:
    """Return the language's forms, None where it has none."""
    path = files("casegraph.attribute") / "lang" / language / "papers.toml"
    if not path.is_file():
        return None
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    patterns = {
        name: re.compile(text, re.MULTILINE)
        for name, text in data["patterns"].items()
        if isinstance(text, str)
    }
    return Forms(
        sides={fold(word): side for side, words in data["sides"].items() for word in words.split()},
        labels={fold(one): field for field, text in data["labels"].items() for one in text.split("|")},
        terms=tuple(re.compile(text) for text in data["patterns"]["terms"]),
        units={word: unit for unit, words in data["units"].items() for word in words.split()},
        patterns=patterns,
        register={one: field for field, text in data.get("register", {}).items() for one in text.split("|")},
    )


def same_term(word: str, term: str) -> bool:
    """Return whether a word is a contract's term in any case: "Покупателю" is "Покупатель"."""
    one, other = fold(word), fold(term)
    if one == other:
        return True
    short = min(len(one), len(other))
    stem = max(_STEM, short - _ENDING + 1)
    return short > _STEM and abs(len(one) - len(other)) <= _ENDING and one[:stem] == other[:stem]
