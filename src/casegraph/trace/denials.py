"""Which denials are of which claims: by what a page said before, or by the same matter in other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from casegraph.model import Claim
from casegraph.text import fold
from casegraph.trace import alike, stance, terms, values
from casegraph.trace.context import common, speakers
from casegraph.trace.matter import Matter, denier, keys_of, matter, name_of, same_name

_DEEDS = frozenset({"delivery", "payment", "contract", "production", "event", "link", "statement"})
"""Kinds of which somebody is accused; who holds which post nobody denies with "the allegations"."""
_HALF = 0.5
_HAN_SHARE = 0.4  # pairs of signs: some of them lie across two words
_NEAR = 250  # characters: the sentence before


@dataclass
class _Said:
    claim: Claim

    @cached_property
    def about(self) -> Matter:
        return matter(self.claim)


def denial_keys(claims: Sequence[Claim]) -> Iterator[tuple[Claim, str]]:
    """Yield claims of one document with keys of blocks in which they meet a denial of that document."""
    by_id = {one.id: one for one in claims}
    for denial, met in denied(claims).items():
        yield from ((by_id[one], f"denial|{denial}") for one in sorted({denial, *met}))


def is_denial(claim: Claim) -> bool:
    """Say whether somebody in a claim says that something is not so: an outlet's own "not" is no denial."""
    if stance.side(claim) != "against" or any(map(stance.is_earlier_version, claim.attribution)):
        return False
    first = next((link for link in claim.attribution if link.role != "publisher"), None)
    if first is None:
        return False
    return claim.stance == "denies" or not terms.speaks_of(
        "admitting", first.cue
    )  # "conceded that he had not"


def denied(claims: Iterable[Claim], near: Iterable[tuple[Claim, Claim]] = ()) -> dict[str, frozenset[str]]:
    """Return to each denial among some claims those that it is of, by id.

    They meet in one document, or by `matter_keys`, or are `near` in sense: pairs of a denial and what it may
    be of. Where a deed is denied, the bare words of it are too.
    """
    listed = list(claims)
    denials = [_Said(one) for one in listed if is_denial(one)]
    if not denials:
        return {}
    pages: defaultdict[str, list[_Said]] = defaultdict(list)
    blocks: defaultdict[str, list[_Said]] = defaultdict(list)
    twins: defaultdict[tuple[str, int, int, int], list[str]] = defaultdict(list)
    for one in (_Said(one) for one in listed if one.kind in _DEEDS and stance.side(one) == "for"):
        if one.about.negated:
            continue
        pages[one.claim.document].append(one)
        twins[_place(one.claim)].append(one.claim.id)
        for key in keys_of(one.about):
            blocks[key].append(one)
    found: dict[str, frozenset[str]] = {}
    sense: defaultdict[str, dict[str, _Said]] = defaultdict(dict)
    for own, other in near:
        sense[own.id][other.id] = _Said(other)
    for denial in denials:
        close = [
            *pages[denial.claim.document],
            *(one for key in keys_of(denial.about) for one in blocks[key]),
        ]
        met = {id_: one for id_, one in {one.claim.id: one for one in close}.items() if _is_of(denial, one)}
        met |= {id_: one for id_, one in sense[denial.claim.id].items() if _may_be_of(denial, one)}
        if met:
            found[denial.claim.id] = frozenset(
                id_ for one in met.values() for id_ in twins[_place(one.claim)]
            )
    return found


def _place(claim: Claim) -> tuple[str, int, int, int]:
    own = claim.content_target
    return own.document, own.page, own.start, own.end


def _is_of(denial: _Said, one: _Said) -> bool:
    """Say whether a denial is of what a claim says. What one voice says on both sides is no denial."""
    claim = one.claim
    if not _may_be_of(denial, one):
        return False
    if denial.claim.document == claim.document and _points_back(denial.claim):
        return _accuses(one, denial.claim)
    return _in_other_words(denial, one)


def _may_be_of(denial: _Said, one: _Said) -> bool:
    if _one_voice(denial.claim, one.claim):
        return False
    return values.together(denial.claim.qualifiers.dates, one.claim.qualifiers.dates) != "different"


def _points_back(denial: Claim) -> bool:
    """Say whether a denial has no content of its own: "it", "обвинения", "上述指控"."""
    return denial.stance == "denies" and denial.kind == "statement" and terms.is_pointer(alike.words(denial))


def _one_voice(denial: Claim, claim: Claim) -> bool:
    """Say whether the first speaker of both is one; outlets' own voices are none."""
    ones, others = (
        {link.entity or alike.folded(link.speaker or "") for link in one.attribution[:1]}
        if one.attribution and one.attribution[0].role != "publisher"
        else set()
        for one in (denial, claim)
    )
    if ones & others:
        return True
    named = [tuple(speakers(one)) for one in (denial, claim)]
    return common(*named) > 0


def _accuses(one: _Said, denial: Claim) -> bool:
    """Say whether a claim before a denial has somebody say of the denier what one is accused of."""
    who, claim = denier(denial), one.claim
    name = name_of(who) if who else None
    told = any(link.role != "publisher" and link.speaker for link in claim.attribution)
    if name is None or not told or not _before(claim, denial):
        return False
    if _just_before(claim, denial) and terms.speaks_of("findings", alike.words(denial)):
        return True
    if claim.kind != "statement":
        entity = denial.attribution[0].entity
        whats = alike.thing_roles(claim.kind)
        return any(
            (party.entity is not None and party.entity == entity)
            or ((own := name_of(party.name)) is not None and same_name(own, name))
            for role, party in alike.filled(claim)
            if role not in whats
        )
    if terms.is_han(who or ""):
        return any(sign in fold(alike.words(claim)) for sign in name)
    return any(same_name(name, other) for other in one.about.names)


def _before(claim: Claim, denial: Claim) -> bool:
    """Say whether a denial may point back to a claim: a deed, an allegation, or else the sentence before.

    "It" and "this" never reach further than that.
    """
    one, other = claim.content_target, denial.content_target
    if (one.page, one.start) >= (other.page, other.start):
        return False
    if _just_before(claim, denial):
        return True
    told = claim.kind != "statement" or claim.stance == "alleges"
    return told and terms.speaks_of("accusations", alike.words(denial))


def _just_before(claim: Claim, denial: Claim) -> bool:
    one, other = claim.content_target, denial.content_target
    return one.page == other.page and 0 <= other.start - one.end <= _NEAR


def _in_other_words(denial: _Said, claim: _Said) -> bool:
    """Say whether two wordings share names and words enough to be of one matter."""
    one, other = denial.about, claim.about
    if one.script != other.script:
        return False
    names, stems = one.shared_names(other), len(one.stems & other.stems)
    if one.script == "han":
        return names >= 1 and stems >= 3 and one.share(other) >= _HAN_SHARE
    here = denial.claim.document == claim.claim.document
    enough = (names >= 2 and stems >= 1) or (
        names >= 1 and stems >= 2 and (here or bool(one.figures & other.figures))
    )
    return enough and one.share(other) >= _HALF
