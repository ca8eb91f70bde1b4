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
    """One reading of a cue word: the frame it opens, the stance it carries, and who may be its subject: any,
    `speaker` (people and bodies), `source` (those and documents) or `document`."""

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
    words: dict[str, frozenset[str]]  # the other word lists by section.key

    def frames(self, lemma: str) -> dict[str, Cue]:
        """Return the verb's readings by frame; the first of a frame wins."""
        found: dict[str, Cue] = {}
        for cue in self.verbs.get(lemma, ()):
            found.setdefault(cue.frame, cue)
        return found


@cache
def load_lexicon(language: str) -> Lexicon:
    """Return the lexicon of `lang/<language>/cues.toml`."""
    path = files("casegraph.attribute") / "lang" / language / "cues.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
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
        },
    )


def _words(value: str | list[str]) -> frozenset[str]:
    return frozenset(value.split() if isinstance(value, str) else value)


def _by_stance(section: dict[str, Any]) -> dict[str, Stance]:
    names: dict[str, Stance] = {
        "says": "asserts", "alleges": "alleges", "denies": "denies", "predicts": "predicts",
        "orders": "orders", "asks": "asks",
    }  # fmt: skip
    return {
        lemma: names[key] for key, lemmas in section.items() for lemma in lemmas.split()
    }
