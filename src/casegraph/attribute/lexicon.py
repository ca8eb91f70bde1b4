"""The reporting cues of a language, read from its data folder."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from casegraph.model import Stance


@dataclass(frozen=True, slots=True)
class Cue:
    """One reading of a cue word: the frame it opens, the stance it carries, who may be its subject.

    `who` is any, `speaker` (people and bodies), `source` (those and documents), `agent` (those and whatever
    has a name) or `document`.
    """

    frame: str
    stance: Stance
    group: str
    who: str = "any"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cue words by lemma. `prepositions` are those that open the content of a verb of speech."""

    verbs: dict[str, tuple[Cue, ...]]
    prepositions: dict[str, frozenset[str]]
    nouns: dict[str, Stance]
    adjectives: dict[str, Stance]
    adverbs: frozenset[str]
    words: dict[str, frozenset[str]]  # the other word lists of both files by section.key
    cardinals: dict[str, int]

    def frames(self, lemma: str) -> dict[str, Cue]:
        """Return the verb's readings by frame; the first of a frame wins."""
        found: dict[str, Cue] = {}
        for cue in self.verbs.get(lemma, ()):
            found.setdefault(cue.frame, cue)
        return found


@cache
def load_lexicon(language: str) -> Lexicon:
    """Return the lexicon of `lang/<language>/cues.toml` and `grammar.toml`."""
    data = _read(language, "cues.toml")
    grammar = _read(language, "grammar.toml")
    verbs: dict[str, list[Cue]] = defaultdict(list)
    prepositions: dict[str, set[str]] = defaultdict(set)
    for group in data["verbs"]:
        for lemma in group["lemmas"].split():
            verbs[lemma].extend(
                Cue(frame, group["stance"], group["name"], group.get("who", "any"))
                for frame in group["frames"]
            )
        for pair in group.get("prepositions", "").split():
            lemma, _, words = pair.partition(":")
            prepositions[lemma].update(words.split(","))
    return Lexicon(
        verbs={lemma: tuple(cues) for lemma, cues in verbs.items()},
        prepositions={lemma: frozenset(words) for lemma, words in prepositions.items()},
        nouns=_by_stance(data["nouns"]),
        adjectives=_by_stance(data["adjectives"]),
        adverbs=frozenset(data["adverbs"]["alleges"].split()),
        words={
            f"{section}.{key}": _words(value)
            for section in ("adverbs", "phrases", "hedges", "sources")
            for key, value in data[section].items()
        }
        | {
            f"{section}.{key}": _words(value)
            for section, lists in grammar.items()
            for key, value in lists.items()
        },
        cardinals={word: number for number, word in enumerate(grammar["words"]["cardinals"].split(), 1)},
    )


def _read(language: str, name: str) -> dict[str, Any]:
    path = files("casegraph.attribute") / "lang" / language / name
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _words(value: str | list[str]) -> frozenset[str]:
    return frozenset(value.split() if isinstance(value, str) else value)


def _by_stance(section: dict[str, Any]) -> dict[str, Stance]:
    names: dict[str, Stance] = {
        "says": "asserts", "alleges": "alleges", "denies": "denies", "predicts": "predicts",
        "orders": "orders", "asks": "asks",
    }  # fmt: skip
    return {lemma: names[key] for key, lemmas in section.items() for lemma in lemmas.split()}
