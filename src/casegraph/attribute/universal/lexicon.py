"""The cues and closed classes of a language with a UD parser, read from its data folder."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from casegraph.model import Stance

_STANCES: dict[str, Stance] = {
    "asserts": "asserts", "alleges": "alleges", "denies": "denies", "predicts": "predicts",
    "orders": "orders", "asks": "asks",
}  # fmt: skip
_NAMES = ("cues.toml", "grammar.toml")


@dataclass(frozen=True, slots=True)
class Cue:
    """One reading of a cue word: the frame it opens, its stance, its subject, its prepositions with Case."""

    frame: str
    stance: Stance
    who: str = "any"
    preps: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cue words by lemma; `words` are the word lists of both files by section.key."""

    verbs: dict[str, tuple[Cue, ...]]
    nouns: dict[str, Stance]
    adjectives: dict[str, Stance]
    impersonal: dict[str, Stance]
    words: dict[str, frozenset[str]]
    numbers: dict[str, int]

    def frames(self, lemma: str) -> dict[str, list[Cue]]:
        """Return the verb's readings by frame, in the order of the file."""
        found: dict[str, list[Cue]] = defaultdict(list)
        for cue in self.verbs.get(lemma, ()):
            found[cue.frame].append(cue)
        return found

    def has(self, name: str, word: str) -> bool:
        """Return whether the list `section.key` has the word."""
        return word in self.words[name]


def read_data(language: str, name: str) -> dict[str, Any]:
    """Return a file of the language's folder."""
    path = files("casegraph.attribute") / "lang" / language / name
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def load_lexicon(language: str) -> Lexicon:
    """Return the lexicon of `lang/<language>/cues.toml` and `grammar.toml`."""
    cues, grammar = (read_data(language, name) for name in _NAMES)
    verbs: dict[str, list[Cue]] = defaultdict(list)
    for group in cues["verbs"]:
        preps = frozenset(_pair(pair) for pair in group.get("preps", "").split())
        for lemma in _words(group["lemmas"]):
            verbs[lemma] += [
                Cue(frame, group["stance"], group.get("who", "any"), preps) for frame in group["frames"]
            ]
    impersonal = cues["impersonal"]
    unsure = _stances({key: value for key, value in impersonal.items() if key in _STANCES})
    words = {
        f"{section}.{key}": frozenset(_words(value))
        for data in (cues, grammar)
        for section, lists in data.items()
        if section not in {"verbs", "impersonal"}
        for key, value in lists.items()
    }
    numbers = {w: n for n, w in enumerate(_words(grammar["words"]["cardinals"]), 1)}
    numbers |= {w: n for n, w in enumerate(_words(grammar["words"]["collectives"]), 2)}
    return Lexicon(
        verbs={lemma: tuple(found) for lemma, found in verbs.items()},
        nouns=_stances(cues["nouns"]),
        adjectives=_stances(cues["adjectives"]),
        impersonal=dict.fromkeys(_words(impersonal["lemmas"]), _STANCES[impersonal["stance"]]) | unsure,
        words=words,
        numbers=numbers,
    )


def _pair(word: str) -> tuple[str, str]:
    preposition, _, case = word.partition(":")
    return preposition, case


def _words(value: str) -> list[str]:
    return value.replace("ё", "е").split()


def _stances(section: dict[str, Any]) -> dict[str, Stance]:
    return {lemma: _STANCES[key] for key, lemmas in section.items() for lemma in _words(lemmas)}
