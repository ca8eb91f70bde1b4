"""What comes back: lines that a page repeats, words of a headline that its story has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from casegraph.read.lines import Traits

_STEM = 5  # letters compared: "supplies" and "supplied", "\u043a\u043e\u043c\u043f\u0430\u043d\u0438\u044f" and "\u043a\u043e\u043c\u043f\u0430\u043d\u0438\u0438"
_HAN = re.compile(r"[\u3400-\u9fff]+")


def repeats(traits: Sequence[Traits]) -> Counter[str]:
    """Count each line as compared for repeats."""
    return Counter(trait.folded for trait in traits if len(trait.text) <= 400)


def _content(text: str) -> set[str]:
    """Return the stems and Chinese character pairs of a text."""
    folded = text.casefold()
    stems = {word[:_STEM] for word in re.findall(r"[^\W\d_\u3400-\u9fff]{4,}", folded)}
    for run in _HAN.findall(folded):
        stems |= {run[place : place + 2] for place in range(len(run) - 1)}
    return stems


def shared(title: str, story: str) -> float:
    """Return the share of a headline's content words that the story has (0 to 1)."""
    words = _content(title)
    return len(words & _content(story)) / len(words) if words else 0.0
