"""Lemmas of Russian words: pymorphy3's reading that fits what the parser said of the word."""

from __future__ import annotations

import functools
import importlib
from typing import Any

from casegraph.errors import MissingPartError

_PARTS = {
    "NOUN": {"NOUN"},
    "PROPN": {"NOUN"},
    "ADJ": {"ADJF", "ADJS", "COMP", "PRTF", "PRTS"},
    "DET": {"ADJF", "NPRO"},
    "PRON": {"NPRO", "ADJF", "NOUN"},
    "VERB": {"VERB", "INFN", "PRTF", "PRTS", "GRND"},
    "AUX": {"VERB", "INFN", "GRND"},
    "ADV": {"ADVB", "COMP", "PRED", "GRND"},
    "NUM": {"NUMR"},
    "ADP": {"PREP"},
    "CCONJ": {"CONJ", "PRCL"},
    "SCONJ": {"CONJ", "PRCL"},
    "PART": {"PRCL"},
    "INTJ": {"INTJ"},
}
_VALUES = {
    "Case=Nom": {"nomn"},
    "Case=Gen": {"gent", "gen2"},
    "Case=Par": {"gen2"},
    "Case=Dat": {"datv"},
    "Case=Acc": {"accs"},
    "Case=Ins": {"ablt"},
    "Case=Loc": {"loct", "loc2"},
    "Number=Sing": {"sing"},
    "Number=Plur": {"plur"},
    "Gender=Masc": {"masc"},
    "Gender=Fem": {"femn"},
    "Gender=Neut": {"neut"},
    "Animacy=Anim": {"anim"},
    "Animacy=Inan": {"inan"},
}


@functools.cache
def morphology() -> Any:  # noqa: ANN401 - pymorphy3 carries no types
    """Return pymorphy3's analyser: 2 seconds to load, 60 MB."""
    try:
        words = importlib.import_module("pymorphy3_dicts_ru").get_path()
        return importlib.import_module("pymorphy3").MorphAnalyzer(path=words)
    except ImportError as error:
        raise MissingPartError(
            "Russian is not installed: pip install pymorphy3 pymorphy3-dicts-ru"
        ) from error


@functools.lru_cache(maxsize=1 << 15)
def readings(word: str) -> tuple[Any, ...]:
    """Return pymorphy3's readings of the word, likeliest first; none of signs without a name."""
    try:
        return tuple(morphology().parse(word))
    except (KeyError, ValueError):
        return ()


def _fit(reading: Any, pos: str, feats: tuple[str, ...]) -> tuple[int, int]:  # noqa: ANN401 - as above
    grammemes = reading.tag.grammemes
    part = int(reading.tag.POS in _PARTS.get(pos, ()))
    return part, sum(1 for value in feats if not grammemes.isdisjoint(_VALUES.get(value, ())))


@functools.lru_cache(maxsize=1 << 15)
def lemma(word: str, pos: str, feats: str) -> str:
    """Return the word's dictionary form in lower case; marks and numbers as they are."""
    if not any(char.isalpha() for char in word):
        return word
    known = readings(word)
    if not known:
        return word.lower()
    values = tuple(feats.split("|"))
    best = max(known, key=lambda reading: _fit(reading, pos, values))  # the first of equals: the likeliest
    guessed = not any(reading.is_known for reading in known)
    if guessed and len(word) > 1 and word.isupper():  # an abbreviation: its end is no ending
        return word.lower()
    nominative = {"Case=Nom", "Number=Sing"} <= set(values) and pos in {"NOUN", "PROPN"}
    if guessed and nominative and not {"nomn", "sing"} <= best.tag.grammemes:
        return word.lower()  # a surname taken for the genitive of a given name: the parser saw the sentence
    return str(best.normal_form)
