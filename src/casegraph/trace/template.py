"""Whether two texts are one form filled in twice."""

from __future__ import annotations

import numpy as np

from casegraph.trace.align import Shared
from casegraph.trace.held import Held
from casegraph.trace.words import Flags

_SLOT = 14  # words of a gap that may be a field
_LEAST = 4  # particulars that differ
_SHARE = 0.25  # of the particulars


def is_form(left: Held, right: Held, shared: Shared) -> bool:
    """Tell whether what two texts share is a form, and what differs its fields.

    In a form figures and names are changed and all other words stay; whoever edits a story changes words and
    keeps figures and names.
    """
    return _filled(left, right, shared.left_same) and _filled(right, left, shared.right_same)


def _filled(of: Held, other: Held, covered: Flags) -> bool:
    slots = _slots(covered)
    if not slots.any():
        return False
    particular = of.particular if not of.han else of.words.number
    known = of.whole.among(other.whole)
    changed = of.whole.distinct(slots & particular & ~known)
    kept = of.whole.distinct(covered & particular)
    plain = ~particular
    edited = (slots & plain & ~known).sum() / max(int(((slots | covered) & plain).sum()), 1)
    share = changed / max(changed + kept, 1)
    least = _LEAST if not of.han else 3
    return changed >= least and share >= _SHARE and (of.han or share >= 2.5 * edited)


def _slots(covered: Flags) -> Flags:
    """Flag the words of short gaps between words that the other text has, and before and behind them."""
    places = np.flatnonzero(covered)
    flags = np.zeros(len(covered), dtype=np.bool_)
    if len(places) < 2:
        return flags
    steps = np.diff(places)
    for number in np.flatnonzero((steps > 1) & (steps <= _SLOT + 1)):
        flags[places[number] + 1 : places[number + 1]] = True
    flags[max(0, int(places[0]) - _SLOT) : int(places[0])] = True
    flags[int(places[-1]) + 1 : int(places[-1]) + 1 + _SLOT] = True
    return flags
