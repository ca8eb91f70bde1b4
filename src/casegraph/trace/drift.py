"""How a claim changed on its way from one document to a copy of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from rapidfuzz import fuzz

from casegraph.model import Amount, Attribution, Claim, Drift, DriftKind, Quantity, make_id
from casegraph.text import fold_letters
from casegraph.text.months import months
from casegraph.trace import alike, terms, values
from casegraph.trace.base import Reported
from casegraph.trace.context import common, in_text, speakers
from casegraph.trace.copies import Copy
from casegraph.trace.ends import SOMEBODY, End
from casegraph.trace.marks import figures
from casegraph.trace.nearest import headline
from casegraph.trace.numerals import spelled
from casegraph.trace.parallel import Beside, tells, whole
from casegraph.trace.publishers import letters

_SAME = 500.0  # times: beyond it "million" was lost, not a number changed
_ALONE = 0.7  # cosine of two sentences of which the only numbers count the same
_LIKE = 50  # of 100: how alike two statements are of which the same holds
_STEM = 5
_YEARS, _DAYS = (1900.0, 2100.0), 31
_WRITTEN = re.compile(
    r"\d{4}-\d\d(?:-\d\d)?|\d{1,2}([./])\d{1,2}\1\d{2,4}|\d{1,2}:\d\d|\b0\d{2,3}\b"
    r"|\d{1,2}\.\d\d\s?[ap]\.?m\b"
)  # dates, times of day
_LETTERS = re.compile(r"[^\W\d_]+")
_NO_DOUBT = re.compile(r"\b(?:found|told|asked|ordered|forbidden|required|allowed) to$|按照?规定")
"""What is read as a hedge by its form, and says what was found or what has to be done."""

Change = tuple[DriftKind, str | None, str | None]


def drifts(
    copies: Iterable[Copy],
    claims: Mapping[str, Reported],
    own: Mapping[str, End],
    passages: Iterable[Beside] = (),
    counted: Mapping[str, Sequence[Quantity]] = MappingProxyType({}),
) -> tuple[Drift, ...]:
    """Return what changed along each copy that a derivation shows, by id.

    `passages` are those of which a claim of the cluster stands for what the copy says; `own` has the ends of
    their claims too, `counted` what each document counts in whatever statement. Of a later state of the same
    page, which corrects, only numbers are told.
    """
    found: dict[str, Drift] = {}
    for copy in _nearest(copies, claims):
        before, after = claims[copy.before], claims[copy.after]
        if _told(before.claim) == _told(after.claim):
            continue
        for kind, was, became in _changes(before, after, own, counted):
            one = _record(copy, kind, was, became)
            found[one.id] = one
    told = {(one.kind, one.derivation, one.after) for one in found.values()}
    for passage in passages:
        copy = Copy(passage.after[0].claim.id, passage.before[0].claim.id, "passage", passage.step)
        for kind, was, became in _beside(passage, own):
            if not any((kind, passage.step.id, one.claim.id) in told for one in passage.after):
                one = _record(copy, kind, was, became)
                found[one.id] = one
    return tuple(found[key] for key in sorted(found))


def _beside(one: Beside, own: Mapping[str, End]) -> Iterator[Change]:
    """Yield what the words of a copy say differently from those beside them, where all claims agree.

    Which claim of the one is which of the other is not known here.
    """
    source = one.passage.source
    if source is None or fold_letters(source.exact) == fold_letters(one.passage.target.exact):
        return
    if one.step.strength != "revision":
        yield from _untold(one, own)
        yield from _doubted(one)
    changed = changed_figure(source.exact, one.passage.target.exact, alone=one.passage.similarity >= _ALONE)
    if changed is not None and not _elsewhere(one, *changed):
        yield "number-changed", values.number(changed[0]), values.number(changed[1])


def _elsewhere(one: Beside, was: float, became: float) -> bool:
    """Say whether the copy has the old number too, or its source the new one: then they count two things.

    A later state of a page may tell what it said before.
    """
    ours, theirs = one.held
    return became in theirs or (was in ours and one.step.strength != "revision")


def _untold(one: Beside, own: Mapping[str, End]) -> Iterator[Change]:
    if one.tells or not one.whole or any(_speakers(each) for each in one.after):
        return
    before = [each for each in one.before if each.claim.kind == "statement"] or one.before
    told = all(own[each.claim.id].kind != "publisher" and _somebody(each) for each in before)
    if told and any(map(_tells, before)) and not _names(one.passage.target.exact, before):
        yield "attribution-dropped", own[before[0].claim.id].name, None


def _names(words: str, told: Iterable[Reported]) -> bool:
    """Say whether words still name somebody who said so, if in another part: "the bank is disappointed"."""
    return common(tuple(in_text(words)), tuple(name for one in told for name in speakers(one.claim))) > 0


def _doubted(one: Beside) -> Iterator[Change]:
    before, after = one.before[0], one.after[0]
    doubts = [[_doubts(each.claim) for each in side] for side in (one.before, one.after)]
    if _abroad(before.claim, after.claim):
        return
    if all(doubts[0]) and not any(doubts[1]) and not one.tells:
        yield "hedge-lost", doubts[0][0], None
    elif all(doubts[1]) and not any(doubts[0]):
        yield "hedge-added", None, doubts[1][0]


def _told(claim: Claim) -> str:
    """Return the letters of all that a claim rests on: where they are the same, nothing has changed."""
    return fold_letters(" ".join(one.exact for one in claim.evidence))


def _nearest(copies: Iterable[Copy], claims: Mapping[str, Reported]) -> Iterator[Copy]:
    """Yield for each claim and derivation the copy from the claim that it differs least from."""
    best: dict[tuple[str, str], tuple[tuple[int, str], Copy]] = {}
    for copy in copies:
        if copy.derivation is None or copy.derivation.strength == "revision":
            continue
        if copy.derivation.relation == "was_revision_of" or copy.reason == "primary-source":
            continue
        rank = (_distance(claims[copy.before].claim, claims[copy.after].claim), copy.before)
        key = (copy.after, copy.derivation.id)
        if key not in best or rank < best[key][0]:
            best[key] = (rank, copy)
    for key in sorted(best):
        yield best[key][1]


def _distance(before: Claim, after: Claim) -> int:
    result = alike.compare(before, after)
    speakers = [
        fold_letters(one.attribution[0].speaker or "") if one.attribution else "" for one in (before, after)
    ]
    return (
        4 * len(result.conflicts) + 2 * (result.numbers == "different") + (speakers[0] != speakers[1])
        + (before.stance != after.stance)
    )  # fmt: skip


def _changes(
    before: Reported, after: Reported, own: Mapping[str, End], counted: Mapping[str, Sequence[Quantity]]
) -> Iterator[Change]:
    for change in _hedge(before.claim, after.claim):
        if change[0] != "hedge-lost" or not _abroad(before.claim, after.claim):  # "was found to": no doubt
            yield change
    yield from _numbers(before.claim, after.claim, counted)
    yield from _dates(before.claim, after.claim)
    yield from _attribution(before, after, own)


def _hedge(before: Claim, after: Claim) -> Iterator[Change]:
    was, became = _doubts(before), _doubts(after)
    if was and not became:
        yield "hedge-lost", was, None
    elif became and not was:
        yield "hedge-added", None, became


def _abroad(before: Claim, after: Claim) -> bool:
    """Say whether two claims are in different scripts: then bounds and speakers may be read otherwise."""
    return alike.script(alike.words(before)) != alike.script(alike.words(after))


def _doubts(claim: Claim) -> str | None:
    """Return the words of doubt; "alleged" without anybody who alleges is one of them."""
    alone = all(link.role == "publisher" for link in claim.attribution)
    hedges = [one for one in claim.hedges if not _NO_DOUBT.search(one)]
    return ", ".join(hedges) or ("alleged" if alone and claim.stance == "alleges" else None)


def _numbers(before: Claim, after: Claim, counted: Mapping[str, Sequence[Quantity]]) -> Iterator[Change]:
    both = alike.words(before), alike.words(after)
    alike_ = fuzz.token_sort_ratio(*both) >= _LIKE
    changed = changed_figure(*both, alone=alike_) if before.kind == after.kind == "statement" else None
    held = [{one.minimum for one in counted.get(claim.document, ())} for claim in (before, after)]
    if changed is not None and changed[1] not in held[0] and changed[0] not in held[1]:
        yield "number-changed", values.number(changed[0]), values.number(changed[1])
    pairs: tuple[tuple[Quantity | Amount | None, Quantity | Amount | None], ...] = (
        (before.qualifiers.quantity, after.qualifiers.quantity),
        (before.qualifiers.amount, after.qualifiers.amount),
        (before.qualifiers.share, after.qualifiers.share),
    )
    for one, other in pairs:
        if one is None or other is None or not values.differ(one, other):
            continue
        bounds = _bound(one) != _bound(other) and not _abroad(before, after)
        if bounds or values.agree(one, other) == "different":
            yield "number-changed", values.shown(one), values.shown(other)


def changed_figure(before: str, after: str, *, alone: bool = True) -> tuple[float, float] | None:
    """Return the one number that a copy of some words has in place of another, of its figures if need be.

    Years and other parts of dates are no numbers here; in a translation only a shifted point is a change.
    `alone`: where each has but one number, the one stands for the other whatever is counted.
    """
    was, became = (_numbers_in(one) for one in (before, after))
    new, gone = sorted(became.keys() - was.keys()), sorted(was.keys() - became.keys())
    abroad = alike.script(before) != alike.script(after)
    if len(new) != 1:
        return None
    if not (len(was) == len(became) == 1 and alone and not abroad):
        shifted = [one for one in gone if _digits(one) == _digits(new[0])]
        beside = [one for one in gone if was[one] & became[new[0]]]
        gone = shifted if len(shifted) == 1 or abroad else beside
    if len(gone) != 1 or values.rounded(gone[0], new[0]):
        return None
    return (gone[0], new[0]) if _SAME > gone[0] / new[0] > 1 / _SAME else None


def _numbers_in(words: str) -> dict[float, frozenset[str]]:
    """Return the numbers of some words with what stands beside each: unit, currency or what is counted."""
    found: dict[float, frozenset[str]] = {}
    numbers = [*figures(words), *((value, start) for value, start, _ in spelled(words))]
    for value, place in numbers:
        if value and not _of_date(value, words, place):
            behind = _LETTERS.findall(words[place:].casefold())[: 2 if words[place].isdigit() else 3]
            sign = [words[place - 1]] if place and unicodedata.category(words[place - 1]) == "Sc" else []
            found[value] = frozenset((*(word[:_STEM] for word in behind), *sign))
    return found


def _of_date(value: float, words: str, place: int) -> bool:
    if _YEARS[0] <= value <= _YEARS[1]:
        return True
    if any(found.start() <= place < found.end() for found in _WRITTEN.finditer(words)):
        return True
    beside = [
        *_LETTERS.findall(words[:place].casefold())[-1:],
        *_LETTERS.findall(words[place:].casefold())[:1],
    ]
    return value <= _DAYS and any(word in months() or word[:1] in "年月日号" for word in beside)


def _digits(number: float) -> str:
    return f"{number:f}".replace(".", "").strip("0")


def _bound(value: Quantity | Amount) -> tuple[bool, bool]:
    return value.minimum is None, value.maximum is None


def _dates(before: Claim, after: Claim) -> Iterator[Change]:
    if values.apart(before.qualifiers.dates, after.qualifiers.dates):
        yield "date-changed", _said(before), _said(after)


def _said(claim: Claim) -> str:
    return ", ".join(date.text for date in claim.qualifiers.dates)


def _attribution(before: Reported, after: Reported, own: Mapping[str, End]) -> Iterator[Change]:
    """Yield a change of who says so. Across languages the readings may differ, and not the texts."""
    if _abroad(before.claim, after.claim):
        return
    was, became = own[before.claim.id], own[after.claim.id]
    if any(headline(one.exact, after.document) for one in after.claim.evidence):
        return  # too short to say who says so
    if not _speakers(after):
        words = " ".join(one.exact for one in after.claim.evidence)
        part = after.claim.kind == "statement" and not whole(words)
        if part or tells(words) or _names(words, [before]):
            return
        if was.kind != "publisher" and _tells(before):
            yield "attribution-dropped", was.name, None
    elif became.kind in {"person", "organisation"} and not _is_outlet(became, before):
        if was.kind == "unnamed" and was.name != SOMEBODY and became.schema is not None and _tells(before):
            yield "named", was.name, became.name
        elif was.kind == "publisher" and not any(tells(one.exact) for one in before.claim.evidence):
            yield "attribution-added", None, became.name


def _speakers(one: Reported) -> list[Attribution]:
    return [link for link in one.claim.attribution if link.role != "publisher"]


def _somebody(one: Reported) -> bool:
    """Say whether a chain begins with more than a pronoun or "the party", which stand for somebody else."""
    first = _speakers(one)[:1]
    return bool(first) and (first[0].unnamed or not terms.is_anybody(first[0].speaker or ""))


def _tells(one: Reported) -> bool:
    """Say whether a chain begins with somebody who says so: "police questioned him" says nothing."""
    words = (link.cue or "" for link in _speakers(one)[:1])
    return _somebody(one) and any(map(tells, (*words, *(ground.exact for ground in one.claim.evidence))))


def _is_outlet(end: End, source: Reported) -> bool:
    return letters(end.name) == letters(source.document.publisher or "")


_WORDS: dict[DriftKind, str] = {
    "hedge-lost": "the doubt was lost: {was}",
    "hedge-added": "a doubt was added: {became}",
    "number-changed": "{was} became {became}",
    "date-changed": "{was} became {became}",
    "attribution-dropped": "who said so was dropped: {was}",
    "attribution-added": "who said so was added: {became}",
    "named": "{was} became {became}",
}


def _record(copy: Copy, kind: DriftKind, was: str | None, became: str | None) -> Drift:
    return Drift(
        id=make_id("drift", copy.before, copy.after, kind), kind=kind, before=copy.before, after=copy.after,
        derivation=copy.derivation.id if copy.derivation else "", was=was, became=became,
        words=_WORDS[kind].format(was=was, became=became),
    )  # fmt: skip
