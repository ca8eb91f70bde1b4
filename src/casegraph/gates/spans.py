"""Scores of marked spans: exact, by overlapping words, and whose mouth."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[int, int]
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")  # a Han sign is a word


@dataclass(slots=True)
class Score:
    """Counts behind a precision and a recall."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, right: int, found: int, wanted: int) -> None:
        """Count one more item."""
        self.right += right
        self.found += found
        self.wanted += wanted

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 when nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found; 1 when nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def exact(found: Iterable[tuple[Span, ...]], wanted: Iterable[tuple[Span, ...]]) -> tuple[int, int, int]:
    """Return (right, found, wanted) of span groups that must agree in every character."""
    have, want = Counter(found), Counter(wanted)
    return sum((have & want).values()), sum(have.values()), sum(want.values())


def words(text: str, spans: Iterable[Span]) -> set[int]:
    """Return the starts of the words that lie in any of the spans; each Han sign counts as one."""
    inside: set[int] = set()
    for start, end in spans:
        inside.update(match.start() for match in _WORD.finditer(text, start, end))
    return inside
