"""Which claims say the same: what is compared of a claim, block keys, agreement of two claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from casegraph.model import Claim, Kind, Party, Target
from casegraph.text import fold, fold_letters
from casegraph.trace import terms, values
from casegraph.trace.values import Agreement

SYMMETRIC: frozenset[str] = frozenset({"family", "associate", "identity", "link"})
EVENTS: frozenset[str] = frozenset({"delivery", "payment", "contract", "event"})
"""Kinds that happen at a time: another time is another one. All others last."""
_THINGS: dict[str, tuple[str, ...]] = {
    "delivery": ("goods",), "contract": ("subject",), "production": ("product",), "presence": ("place",),
    "specification": ("property",), "sanction": ("programme",), "event": ("what",),
}  # fmt: skip
"""Roles that say what, not who."""
_ALONE: dict[str, str] = {"sanction": "target"}
"""A role that says enough where it stands alone."""
TABLES = "attribute.tables"
_LEAST_LETTERS, _LEAST_HAN = 20, 10
_STEM = 5
_POINT = re.compile(r"(?<=\d)[.,](?=\d{1,2}(?!\d))")


@dataclass(frozen=True, slots=True)
class Term:
    """What fills a role, ready to be compared. `named` is false for descriptions: they agree with nothing."""

    entity: str | None
    name: str
    named: bool

    @property
    def keys(self) -> tuple[str, ...]:
        """Return by what it is found."""
        name = (f"n:{self.name}",) if self.name else ()
        return (f"e:{self.entity}", *name) if self.entity else name


def term(party: Party, kind: Kind) -> Term:
    """Return a party of a claim of some kind ready to be compared. Of an identity the names count alone."""
    entity = None if kind == "identity" else party.entity
    named = party.entity is not None or not terms.is_description(party.name)
    return Term(entity, folded(party.name), named)


def folded(name: str) -> str:
    """Return the letters of a name, caseless and without accents."""
    return fold_letters(fold(name))


def thing_roles(kind: Kind) -> tuple[str, ...]:
    """Return the roles of a kind that say what, not who."""
    return _THINGS.get(kind, ())


def filled(claim: Claim) -> Iterator[tuple[str, Party]]:
    """Yield each filled role with its party; a list of parties one by one."""
    for role, one in claim.roles.items():
        if isinstance(one, Party):
            yield role, one
        elif one is not None:
            yield from ((role, party) for party in one)


def words(claim: Claim) -> str:
    """Return the content of a claim, its parts joined."""
    return " ".join(part.exact for part in contents(claim))


def contents(claim: Claim) -> tuple[Target, ...]:
    """Return where the content of a claim stands."""
    return (claim.content_target, *claim.content_continued)


def statement_key(claim: Claim) -> str | None:
    """Return the letters of a statement, None for one too short to say the same thing elsewhere.

    The point of a number stays: 6.2 is not 62.
    """
    letters = fold_letters(_POINT.sub("point", fold(words(claim))))
    return letters if len(letters) >= (_LEAST_HAN if terms.is_han(letters) else _LEAST_LETTERS) else None


def claim_keys(claim: Claim) -> Iterator[str]:
    """Yield the keys of blocks in which claims meet that may say the same.

    Two filled roles make a key, by entity and by folded name; a statement's is its folded words.
    """
    if claim.kind == "statement":
        letters = statement_key(claim)
        if letters:
            yield f"statement|{letters}"
        return
    found: set[str] = set()
    parties = [(_slot(claim.kind, role), term(party, claim.kind)) for role, party in filled(claim)]
    parties = [(role, one) for role, one in parties if one.named or role in thing_roles(claim.kind)]
    for (role, one), (role_, other) in combinations(parties, 2):
        if not (one.named or other.named):
            continue
        for key in one.keys:
            for key_ in other.keys:
                found.add("|".join((claim.kind, *sorted((f"{role}={key}", f"{role_}={key_}")))))
    alone = _ALONE.get(claim.kind)
    found |= {f"{claim.kind}|{alone}={key}" for role, one in parties if role == alone for key in one.keys}
    yield from sorted(found)


def _slot(kind: Kind, role: str) -> str:
    return "any" if kind in SYMMETRIC else role


def same_party(left: Term, right: Term) -> Agreement:
    """Compare two parties: by entity, by name where one has none."""
    if left.entity and right.entity:
        return "same" if left.entity == right.entity else "different"
    if not (left.named and right.named):
        return "unknown"
    return "same" if left.name and left.name == right.name else "different"


def same_thing(left: Party, right: Party) -> Agreement:
    """Compare two things by entity or words; of two scripts or without words nothing is known."""
    if left.entity and left.entity == right.entity:
        return "same"
    if terms.is_han(left.name) and terms.is_han(right.name):
        one, other = fold_letters(left.name), fold_letters(right.name)
        return "same" if one in other or other in one else "different"
    ones, others = _stems(left.name), _stems(right.name)
    if not ones or not others or script(left.name) != script(right.name):
        return "unknown"
    return "same" if ones <= others or others <= ones else "different"


def _stems(name: str) -> frozenset[str]:
    bare = terms.bare(name).split()
    return frozenset(
        word[:_STEM] if script(word) == "cyrillic" else word.rstrip("s") or word for word in bare
    )


def script(text: str) -> str:
    """Return in which script a text is: han, cyrillic or latin, whatever else."""
    if terms.is_han(text):
        return "han"
    return "cyrillic" if any("\u0400" <= sign <= "\u04ff" for sign in text) else "latin"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far two claims of one kind agree."""

    parties: int  # roles of parties that are the same
    things: int
    dates: Agreement
    numbers: Agreement
    conflicts: frozenset[str]  # roles and qualifiers that differ

    def joins(self, kind: Kind, *, single: bool) -> bool:
        """Say whether the claims say the same, nothing being in conflict."""
        if kind == "event":
            return self._one_event()
        if kind in EVENTS or (kind in _THINGS and kind != "sanction"):
            enough = self.parties + self.things >= 2
            exact = self.numbers == "same" and self.dates == "same"
            return self.parties >= 1 and (enough or exact)
        return self.parties >= (1 if single else 2)

    def _one_event(self) -> bool:
        if self.parties >= 2:
            return self.things >= 1 or self.dates == "same"
        return self.parties == 1 and self.things >= 1


def compare(left: Claim, right: Claim) -> Comparison:
    """Compare two typed claims of one kind, role by role."""
    parties = things = 0
    conflicts: set[str] = set()
    whats = thing_roles(left.kind)
    for role, result in _roles(left, right, whats):
        if result == "different":
            conflicts.add(role)
        elif result == "same" and role in whats:
            things += 1
        elif result == "same":
            parties += 1
    dates = values.together(left.qualifiers.dates, right.qualifiers.dates)
    numbers = [
        values.agree(left.qualifiers.quantity, right.qualifiers.quantity),
        values.agree(left.qualifiers.amount, right.qualifiers.amount),
        values.agree(left.qualifiers.share, right.qualifiers.share),
    ]
    if dates == "different" and left.kind in EVENTS:
        conflicts.add("dates")
    return Comparison(
        parties=parties,
        things=things,
        dates=dates,
        numbers=min(numbers, key=("different", "same", "unknown").index),
        conflicts=frozenset(conflicts),
    )


def _roles(left: Claim, right: Claim, whats: tuple[str, ...]) -> Iterator[tuple[str, Agreement]]:
    if left.kind in SYMMETRIC:
        yield from _either_way(left, right)
        return
    for role in sorted({*left.roles, *right.roles}):
        ones, others = parties_of(left, role), parties_of(right, role)
        if not ones or not others:
            continue
        if role == "participants":
            yield from _participants(ones, others)
        elif role in whats:
            yield role, same_thing(ones[0], others[0])
        else:
            yield role, same_party(term(ones[0], left.kind), term(others[0], left.kind))


def parties_of(claim: Claim, role: str) -> tuple[Party, ...]:
    """Return who fills a role."""
    found = claim.roles.get(role)
    return () if found is None else (found,) if isinstance(found, Party) else found


def _participants(ones: tuple[Party, ...], others: tuple[Party, ...]) -> Iterator[tuple[str, Agreement]]:
    """Yield `same` for each participant of the shorter list that is in the longer one."""
    fewer, more = sorted(
        ([term(one, "event") for one in ones], [term(one, "event") for one in others]), key=len
    )
    for one in fewer:
        results = [same_party(one, other) for other in more]
        yield "participants", min(results, key=("same", "unknown", "different").index)


def _either_way(left: Claim, right: Claim) -> Iterator[tuple[str, Agreement]]:
    """Compare two parties with two others in whichever order agrees better."""
    ones = [(role, term(party, left.kind)) for role, party in filled(left)]
    others = [term(party, left.kind) for _, party in filled(right)]
    best: list[tuple[str, Agreement]] = []
    for order in (others, others[::-1]):
        found = [(role, same_party(one, other)) for (role, one), other in zip(ones, order, strict=False)]
        if not best or _sameness(found) > _sameness(best):
            best = found
    yield from best


def _sameness(found: list[tuple[str, Agreement]]) -> tuple[int, int]:
    results = [result for _, result in found]
    return results.count("same"), -results.count("different")
