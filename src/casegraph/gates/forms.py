"""Forms of one word in an inflected language, for comparing names that a text declines."""

from __future__ import annotations

import re

# Endings of Russian nouns and adjectives (РГ-80, vol. 1, §§ 1181-1250, 1297-1330), longest first.
# Folding has made и of й.
_ENDING = re.compile(
    r"(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|иях|ией|иям|ией|ьми|ах|ях|ам|ям|ов|ев|ей|ой|ий|ый|ая|яя|ую|юю|ое|ее|ые"
    r"|ии|ыи|еи|ои|ие|ом|ем|ым|им|ых|их|ию|ия|ью|а|я|о|е|у|ю|ы|и|ь|й)$"
)
_CYRILLIC = re.compile(r"[а-яё]")
_LEGAL = frozenset({"ооо", "ао", "оао", "зао", "пао", "фгуп", "ип", "гк", "нко"})
_KEPT = 3  # letters that a stem keeps


def is_cyrillic(word: str) -> bool:
    """Return whether the folded word has a Cyrillic letter."""
    return _CYRILLIC.search(word) is not None


def stem(word: str) -> str:
    """Return the folded word without its ending where it is a Cyrillic one that is long enough."""
    word = word.replace("ё", "е")
    if not is_cyrillic(word) or len(word) <= _KEPT:
        return word
    found = _ENDING.search(word)
    return word[: max(_KEPT, found.start())] if found else word


def stems(words: list[str]) -> list[str]:
    """Return the stems of the words without legal forms, unless nothing else is left."""
    return [stem(word) for word in words if word not in _LEGAL] or [stem(word) for word in words]
