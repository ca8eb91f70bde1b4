"""Pairs of a case's entities that may be one: found by shared keys of blocks, scored with reasons.

The blocks are a join that the pipeline runs; a block is a key and the entities that have it. Nothing here
knows more of the case than one block.
"""

from __future__ import annotations

import functools
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace as with_names
from itertools import combinations

import msgspec
from msgspec.structs import replace

from casegraph.model import MatchOutcome, Pair, Reason
from casegraph.resolve.base import CHECKED, Match, Party
from casegraph.resolve.judgements import by_kind, differing
from casegraph.resolve.matching.blocking import keys as name_keys
from casegraph.resolve.matching.parts import parts
from casegraph.resolve.matching.score import PROPOSE, names_score, score
from casegraph.resolve.names import words
from casegraph.resolve.scorers import asked, decided, outside, stronger
from casegraph.resolve.unify import Counted, Known

MOST = 40
"""Members of a block, at most: what so many names share tells none of them."""

_GROUPS = frozenset({"Person", "Organization", "Asset", "Vessel"})
_FORMS = 3  # forms of a name that are compared
_CALLED = "=|"  # begins the keys of names in brackets
_SAID = 2  # documents that must say so where the two names do not sound alike


def keys(one: Counted, _: Known) -> Iterator[str]:
    """Yield the blocks of an entity: by the sounds of its names, by what documents call it in brackets."""
    if one.group not in _GROUPS or not one.key or (one.bears and not one.names):
        return
    found: set[str] = set()
    for name in _all_names(one):
        found |= name_keys(name, one.group)
    yield _called_key(one.group, one.key)
    yield from {_called_key(one.group, " ".join(words(alias, one.group))) for alias in one.aliases} - {
        _called_key(one.group, one.key)
    }
    yield from sorted(found)


def _called_key(group: str, words_: str) -> str:
    return f"{_CALLED}{group}|{words_}"


class Memo:
    """What the matcher has made of pairs of names: `used` in this run, `old` in an earlier one.

    A result is a function of what is known of the two, so that one of an earlier run holds as long as the
    matcher's version does; nothing else of that run is looked at.
    """

    def __init__(self, old: Mapping[bytes, str] | None = None) -> None:
        self._old = old or {}
        self.used: dict[bytes, str] = {}
        self.failed: Counter[tuple[str, str]] = Counter()  # scorers of others by the error that they raised
        self._passing: dict[bytes, str] = {}  # results without a scorer that failed: to be made again
        self.fresh = 0  # pairs that had to be compared

    def matched(self, one: Counted, other: Counted) -> Pair | None:
        """Return the pair of two entities, compared or remembered."""
        digest = _digest(one) + _digest(other)
        told = self.used.get(digest)
        told = told if told is not None else self._old.get(digest, self._passing.get(digest))
        if told is None:
            self.fresh += 1
            failed = self.failed.total()
            found = _matched(one, other, asking=self._ask)
            told = "" if found is None else _ENCODER.encode(replace(found, left="", right="")).decode()
            if self.failed.total() > failed:
                self._passing[digest] = told
        if digest not in self._passing:
            self.used[digest] = told
        return replace(_DECODER.decode(told), left=one.id, right=other.id) if told else None

    def _ask(self, found: Match, one: Party, other: Party) -> Match:
        """Return a match with what scorers of other packages say."""
        for scorer in () if decided(found) else outside():
            try:
                found = stronger(found, asked(scorer, one, other))
            except Exception as error:  # noqa: BLE001 - what another's code raises must not stop a build
                self.failed[scorer.name, type(error).__name__] += 1
        return found


_ENCODER = msgspec.json.Encoder()
_DECODER: msgspec.json.Decoder[Pair] = msgspec.json.Decoder(Pair)


def _digest(one: Counted) -> bytes:
    """Return a digest of all that a comparison rests on."""
    names = one.names or (one.key,)
    return (
        _digest_of(one.group, names, one.identifiers, tuple(sorted(one.aliases.items()))) + scorers_digest()
    )


@functools.cache
def scorers_digest() -> bytes:
    """Return a digest of the scorers of other packages, empty where there is none."""
    told = repr([(one.name, one.version) for one in outside()]).encode()
    return hashlib.blake2b(told, digest_size=4).digest() if outside() else b""


@functools.lru_cache(maxsize=100_000)
def _digest_of(
    group: str, names: tuple[str, ...], numbers: frozenset[str], aliases: tuple[tuple[str, int], ...]
) -> bytes:
    parts_ = repr((group, names, sorted(numbers), aliases)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(parts_, digest_size=12).digest()


def pairs(key: str, block: Sequence[Counted], memo: Memo | None = None) -> Iterator[Pair]:
    """Yield the pairs of one block that score .5 or more, or would but for their identifiers.

    A pair that has several keys in common is looked at in each of its blocks; it comes to the same.
    """
    memo = memo or Memo()
    ranked = sorted(block, key=lambda one: (-one.mentions, one.id))
    called = key.startswith(_CALLED)
    namesakes = called and sum(key == _called_key(one.group, one.key) for one in block) > 1
    for more, less in combinations(ranked, 2):
        found = _called(less, more, sure=not namesakes) if called else None
        found = found or memo.matched(less, more)
        if found is not None:
            yield found


@functools.lru_cache(maxsize=100_000)
def _forms(names: tuple[str, ...], group: str) -> tuple[str, ...]:
    """Return the names that differ once they are taken apart, the most frequent first."""
    return tuple({parts(name, group): name for name in reversed(names)}.values())[::-1][:_FORMS]


def _party(one: Counted) -> Party:
    numbers = (value.partition(":")[::2] for value in one.identifiers)
    return Party(one.group, _all_names(one), frozenset(numbers))


def _names(one: Counted) -> tuple[str, ...]:
    return _forms(one.names or (one.key,), one.group)


def _all_names(one: Counted) -> tuple[str, ...]:
    """Return the names of an entity, and those in brackets that sound alike or that two documents give."""
    own = _names(one)
    return (*own, *_trusted(own, one.group, tuple(sorted(one.aliases.items())))) if one.aliases else own


@functools.lru_cache(maxsize=10_000)
def _trusted(own: tuple[str, ...], group: str, aliases: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    return tuple(
        alias
        for alias, documents in aliases
        if documents >= _SAID or max(names_score(name, alias, group)[0] for name in own) >= PROPOSE
    )[:_FORMS]


_score = functools.lru_cache(maxsize=50_000)(score)
"""A pair is met in two or three blocks, which may lie in different pieces of the case."""


Asking = Callable[[Match, Party, Party], Match]


def _ours(found: Match, _: Party, __: Party) -> Match:
    return found


def _matched(one: Counted, other: Counted, *, called: bool = True, asking: Asking = _ours) -> Pair | None:
    """Compare two entities by their names; `called`: by those in brackets, too."""
    if one.group != other.group:
        return None
    a, b = _party(one), _party(other)
    if not called:
        a, b = with_names(a, names=_names(one)), with_names(b, names=_names(other))
    clash = differing(by_kind(one.identifiers), by_kind(other.identifiers))
    if clash in CHECKED:
        bare = score(Party(a.group, a.names), Party(b.group, b.names))
        why = score(a, b).reasons
        return (
            _pair(one, other, bare.score, "vetoed", (*why, *bare.reasons)) if bare.score >= PROPOSE else None
        )
    found = asking(_score(a, b), a, b)
    if found.outcome == "different":
        return None
    return _pair(one, other, found.score, "same" if found.outcome == "same" else "proposal", found.reasons)


def _called(one: Counted, other: Counted, *, sure: bool) -> Pair | None:
    """Return a pair of which a document gives the one name in brackets behind the other."""
    said = _times(one, other) + _times(other, one)
    found = _matched(one, other, called=not said)
    if not said or (found is not None and found.outcome == "vetoed"):
        return found
    documents = f"{said} documents give" if said > 1 else "a document gives"
    told = Reason("brackets", 4.0, f"{documents} the one name in brackets behind the other")
    sure = sure and (found is not None or said >= _SAID)
    value = max(0.8 if said < _SAID else 0.95, found.score if found else 0.0)
    return _pair(one, other, value, "sure" if sure else "proposal", (told, *(found.reasons if found else ())))


def _times(one: Counted, other: Counted) -> int:
    """Return how many documents give one entity the name of another."""
    if one.group != other.group:
        return 0
    return sum(
        documents
        for alias, documents in one.aliases.items()
        if " ".join(words(alias, one.group)) == other.key
    )


def _pair(
    one: Counted, other: Counted, value: float, outcome: MatchOutcome, reasons: Iterable[Reason]
) -> Pair:
    ranked = sorted(reasons, key=lambda reason: -abs(reason.weight))
    return Pair(left=one.id, right=other.id, score=round(value, 3), outcome=outcome, reasons=tuple(ranked))
