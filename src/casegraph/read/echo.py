"""What comes back: lines that a page repeats, words of a headline that its story has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from casegraph.read.lines import Traits

_STEM = 5  # letters compared: "supplies" and "supplied", "компания" and "компании"
_HAN = re.compile(r"[\u3400-\u9fff]+")


def repeats(traits: Sequence[Traits]) -> Counter[str]:
    """Count each line as compared for repeats."""
    return Counter(trait.folded for trait in traits if len(trait.text) <= 400)


def content(text: str) -> frozenset[str]:
    """Return the stems and Chinese character pairs of a text."""
    folded = text.casefold()
    stems = {word[:_STEM] for word in re.findall(r"[^\W\d_\u3400-\u9fff]{4,}", folded)}
    for run in _HAN.findall(folded):
        stems |= {run[place : place + 2] for place in range(len(run) - 1)}
    return frozenset(stems)


def shared(title: str, story: frozenset[str]) -> float:
    """Return the share of a headline's content words that a story's content has (0 to 1)."""
    words = content(title)
    return len(words & story) / len(words) if words else 0.0
