"""What claims are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from casegraph.errors import UsageError
from casegraph.model import ROLES, Claim, Kind, Party, Record, Stance
from casegraph.pipeline.check import parties
from casegraph.pipeline.named import ABOUT
from casegraph.pipeline.ordering import Place
from casegraph.pipeline.phrase import Phrase
from casegraph.text import fold

EVERY_ROLE = frozenset(role for roles in ROLES.values() for role in roles)


class Asking(Record, frozen=True, kw_only=True):
    """What claims must be like; None asks for nothing."""

    about: tuple[str, ...] = ()  # any of them: names, or ids of entities
    said_by: tuple[str, ...] = ()
    kind: str | None = None
    stance: str | None = None
    document: str | None = None
    text: str | None = None
    entity: str | None = None  # an entity's id, instead of `about`
    rejected: bool = False  # those that a person has rejected, too
    names: tuple[str, ...] = ()  # with `entity`: its names, for parties that no mention fills

    def within_roles(self) -> list[tuple[str | None, str]]:
        """Return what `about` asks for with the role that it names before a colon, None for any role."""
        found: list[tuple[str | None, str]] = []
        for value in self.about:
            role, colon, name = value.partition(":")
            known = bool(colon) and role in EVERY_ROLE
            found.append((role, name) if known else (None, value))
        return found

    def check(self) -> None:
        """Raise UsageError for a kind or stance that there is not."""
        for name, value, known in (("kind", self.kind, Kind), ("stance", self.stance, Stance)):
            if value is not None and value not in get_args(known):
                raise UsageError(f"there is no {name} {value!r}; there are {', '.join(get_args(known))}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A phrase with the entities that it names."""

    phrase: Phrase | None
    entities: frozenset[str]
    names: frozenset[str] = frozenset()  # folded; whole names of what no mention fills

    def fits(self, part: str, claim: Claim) -> bool:
        """Say whether a claim names what is wanted in a part; for those whose names no table has."""
        if part == ABOUT:
            found = [(one.name, one.entity) for one in parties(claim)]
        else:
            found = [(one.speaker or "", one.entity) for one in claim.attribution]
        return self._names(found)

    def fills(self, role: str | None, claim: Claim) -> bool:
        """Say whether what is wanted fills a role of a claim, or any role."""
        if role is None:
            return self.fits(ABOUT, claim)
        filled = claim.roles.get(role)
        own = () if filled is None else (filled,) if isinstance(filled, Party) else filled
        return self._names((one.name, one.entity) for one in own)

    def _names(self, found: Iterable[tuple[str, str | None]]) -> bool:
        return any(
            entity in self.entities
            or fold(name) in self.names
            or (self.phrase is not None and self.phrase.within(name))
            for name, entity in found
        )


def filling(filled: Sequence[tuple[str | None, Wanted]], claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims in which one of what is wanted fills its role; all where no role is named."""
    for claim in claims:
        if not filled or any(one.fills(role, claim) for role, one in filled):
            yield claim


def holding(words: Phrase | None, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims whose evidence holds some words."""
    for claim in claims:
        if words is None or words.within(*(target.exact for target in claim.evidence)):
            yield claim


def claim_place(claim: Claim) -> Place:
    """Return where a claim comes in its document: typed ones before the words that they restate."""
    first, content = claim.evidence[0], claim.content_target
    words = claim.kind == "statement"
    return claim.document, (first.page, first.start, content.page, content.start, int(words)), claim.id
