"""How likely Chinese characters are to stand for the letters of a foreign name, learned from real pairs.

`transcribed.txt` has what 4,900 names of Wikidata say (CC0; see gold/resolve/train_han.py). A character
stands for one to six letters, in order, as in the joint source-channel model of Li, Zhang and Su (2004).
"""

from __future__ import annotations

import functools
import math
from importlib.resources import files

_LONGEST = 6  # letters of a character
_MUTE = 4.5  # cost of a character that stands for no letter
_UNSEEN, _A_LETTER = 1.5, 2.0  # costs of letters that it was never seen to stand for
_NEVER = math.inf


@functools.cache
def _costs() -> dict[str, dict[str, float]]:
    """Return by character the letters that it stands for, each with its cost (minus log probability)."""
    text = files("casegraph.resolve.matching").joinpath("transcribed.txt").read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines()[1:]:
        char, *said = line.split()
        pairs = (one.partition("=") for one in said)
        found[char] = {letters: int(cost) / 100 for letters, _, cost in pairs}
    return found


@functools.cache
def letters_of(char: str) -> tuple[str, ...]:
    """Return the letters that a character stands for in foreign names, the usual ones first."""
    return tuple(_costs().get(char, ()))


def is_known(char: str) -> bool:
    """Say whether a character was seen in foreign names."""
    return char in _costs()


@functools.lru_cache(maxsize=200_000)
def cost(han: str, latin: str) -> float:
    """Return minus the log likelihood a letter of the likeliest reading of characters as letters.

    About .7 for a name and its transcription, 2.5 and more for two names.
    """
    size = len(latin)
    here = [0.0] + [_NEVER] * size
    for char in han:
        known = _costs().get(char, {})
        following = [_NEVER] * (size + 1)
        for start, spent in enumerate(here):
            if spent is _NEVER:
                continue
            following[start] = min(following[start], spent + _MUTE)
            for end in range(start + 1, min(size, start + _LONGEST) + 1):
                step = known.get(latin[start:end])
                step = _UNSEEN + _A_LETTER * (end - start) if step is None else step
                following[end] = min(following[end], spent + step)
        here = following
    return here[size] / size if size else _NEVER
