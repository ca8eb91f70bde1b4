"""What is usual among the accounts of one matter, beside which a copy stands out.

Accounts of one event are alike: the same names, figures and statements. How much nearer one is to another
than to the rest tells more than how near it is (CSLS of Conneau et al. 2018 does so with words).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from casegraph.trace.compared import in_two_languages
from casegraph.trace.held import Held

Scores = npt.NDArray[np.float64]

_ONE_LANGUAGE = 0.12  # by how much two sentences of one language are nearer than those of two
_USUAL, _ASSUMED = 0.3, 2  # cosine of a sentence and the nearest of another account; how many are assumed
_RELATED = 0.2  # mean cosine from which on a text is an account of the same matter
_FEW = 20  # words outside quotation marks: of fewer little can be said
_PRINT = 0.72  # mean cosine from which on a text is another print of one


class Around:
    """The documents of one group: how many have a fact, how near the sentences of each come to the others."""

    def __init__(self, held: Mapping[str, Held], pairs: Iterable[tuple[str, str]]) -> None:
        """Take the group and the pairs of it that are compared: no others are looked at."""
        self._count = len(held)
        self._holders = Counter(mark for one in held.values() for mark in one.facts)
        self._near: dict[str, dict[str, Scores]] = {name: {} for name in held}
        for left, right in pairs:
            one, other = held[left], held[right]
            if len(one.vector_of) and len(other.vector_of):
                cosines = one.vectors @ other.vectors.T
                cosines -= 0.0 if in_two_languages(one, other) else _ONE_LANGUAGE
                self._near[left][right] = cosines.max(axis=1).astype(np.float64)
                self._near[right][left] = cosines.max(axis=0).astype(np.float64)

    def known(self, of: Held, in_: Held) -> bool:
        """Tell whether the meaning of both is known."""
        return in_.id in self._near[of.id]

    def nearer(self, of: Held, in_: Held) -> float:
        """Return by how much (cosine) a document is nearer to the other than it is to the rest of the group.

        Further prints of the other are not of the rest. Sentences mostly quoted are left out: whoever
        was there can quote them.
        """
        near = self._near[of.id]
        prints = {
            name
            for name, own in self._near[in_.id].items()
            if max(own.mean(), self._near[name][in_.id].mean()) >= _PRINT
        }
        rest = [own for name, own in near.items() if name != in_.id and name not in prints]
        rest = [own for own in rest if own.mean() >= _RELATED]
        usual = (np.sum(rest, axis=0) + _ASSUMED * _USUAL) / (len(rest) + _ASSUMED)
        weights = (of.plain * (2 * of.plain >= of.lengths))[list(of.vector_of)]
        return float(((near[in_.id] - usual) * weights).sum() / max(weights.sum(), _FEW))

    def rare(self, of: Held, in_: Held) -> float:
        """Return the share of its facts that the other has; what all of the group have counts little."""
        facts = set(of.facts)
        if in_two_languages(of, in_):  # sounds of names survive translation badly
            facts = {mark for mark in facts if mark[0] != "w"}
        weight = {mark: math.log((self._count + 1) / self._holders[mark]) for mark in sorted(facts)}
        total = sum(weight.values())
        return sum(own for mark, own in weight.items() if mark in in_.facts) / total if total else 0.0
