"""Claims of one cluster that cannot both be right, or that their outlet took back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from casegraph.model import Amount, Claim, Conflict, Contradiction, Derivation, Drift, Quantity, make_id
from casegraph.trace import alike, stance, terms, values
from casegraph.trace.aligned import covered
from casegraph.trace.base import Reported
from casegraph.trace.context import days_apart
from casegraph.trace.copies import Roads
from casegraph.trace.marks import figures
from casegraph.trace.matter import matter
from casegraph.trace.measures import measures, tells, told_otherwise
from casegraph.trace.recanting import Recanted
from casegraph.trace.reworded import Reading
from casegraph.trace.rivals import Rival, grown

Value = Quantity | Amount

_SOME = 0.3  # of a claim's characters, by chance
_MONTH = 45  # days: of what happens again, later reports tell other numbers


def contradictions(
    cluster: Sequence[Reported], roads: Roads, drifts: Iterable[Drift], reading: Reading,
    beside: Sequence[Reported] = (), rival: Sequence[Rival] = (),
    recanted: Sequence[Recanted] = (),
) -> tuple[Contradiction, ...]:  # fmt: skip
    """Return the contradictions of a cluster by id. A correction and what it corrects are one, not two.

    `beside` are denials in other words, or of "the allegations", that are no claims of the cluster;
    `reading` is of all statements of the block, `rival` are values that others tell of the same, `recanted`
    claims with those in which their speakers took them back.
    """
    back = [*_taken_back(cluster, roads), *_recanted(cluster, recanted)]
    live = [
        *_denials(cluster, beside),
        *_numbers(cluster, reading),
        *_places(cluster),
        *_times(cluster),
        *_figures(cluster, drifts, {step.id for step in roads.all() if step.strength == "revision"}),
        *_counted(cluster, roads, reading),
        *_rivals(cluster, rival),
    ]
    found = {one.id: one for one in (*back, *(one for one in live if not _corrects(one, back)))}
    return tuple(found[key] for key in sorted(found))


def _corrects(one: Contradiction, back: Sequence[Contradiction]) -> bool:
    sides = set(one.left), set(one.right)
    return any(
        {*was.left} >= old and {*was.right} >= new for was in back for old, new in (sides, sides[::-1])
    )


def _record(
    kind: Conflict, left: Sequence[str], right: Sequence[str], words: str, field: str | None = None
) -> Contradiction:
    sides = sorted(left), sorted(right)
    return Contradiction(
        id=make_id("contradiction", kind, field, "\n".join(sides[0]), "\n".join(sides[1])), kind=kind,
        left=tuple(sides[0]), right=tuple(sides[1]), field=field, words=words,
    )  # fmt: skip


def _denials(cluster: Sequence[Reported], beside: Sequence[Reported]) -> Iterator[Contradiction]:
    sides: defaultdict[str, list[Reported]] = defaultdict(list)
    for one in (*cluster, *beside):
        if not any(map(stance.is_earlier_version, one.claim.attribution)):
            sides[stance.side(one.claim)].append(one)
    both = _voices(sides["for"]) & _voices(sides["against"])
    told, against = ([one for one in sides[side] if not _voices([one]) & both] for side in ("for", "against"))
    if not any(one.claim.stance == "denies" for one in against):  # "never" is read in one language only
        told = [one for one in told if one.claim.kind != "statement" or not matter(one.claim).negated]
    if told and against:
        words = f"said by {_list(set(map(_speaker, told)))}, denied by {_list(set(map(_speaker, against)))}"
        yield _record("denial", _ids(told), _ids(against), words)


def _voices(ones: Iterable[Reported]) -> set[str]:
    """Return who speaks first in claims, but outlets in their own voice: who says both has denied nothing."""
    links = [link for one in ones for link in one.claim.attribution[:1] if link.role != "publisher"]
    return {link.entity or alike.folded(terms.bare(link.speaker or "")) for link in links}


def _speaker(one: Reported) -> str:
    links = [link.speaker for link in one.claim.attribution if link.speaker]
    return links[0] if links else one.document.publisher or one.document.title or "a document"


def _list(names: set[str]) -> str:
    ordered = sorted(names)
    return ", ".join(ordered[:3]) + (f" and {len(ordered) - 3} more" if len(ordered) > 3 else "")


_VALUES: tuple[tuple[str, Callable[[Claim], Value | None]], ...] = (
    ("quantity", lambda claim: claim.qualifiers.quantity),
    ("amount", lambda claim: claim.qualifiers.amount),
    ("share", lambda claim: claim.qualifiers.share),
)


def _numbers(cluster: Sequence[Reported], reading: Reading) -> Iterator[Contradiction]:
    """Yield each two values that cannot both be right, said by claims on one side."""
    quantities = [one.claim.qualifiers.quantity for one in cluster]
    counts = {count.minimum for count in quantities if count is not None and count.minimum}
    for field, value_of in _VALUES:
        by_value: defaultdict[str, list[tuple[Value, str]]] = defaultdict(list)
        for one in cluster:
            value = value_of(one.claim)
            if value is not None and stance.side(one.claim) == "for":
                by_value[f"{value.minimum} {value.maximum} {values.shown(value)}"].append(
                    (value, one.claim.id)
                )
        for left, right in combinations(sorted(by_value), 2):
            ones, others = by_value[left], by_value[right]
            if _of_other_days(cluster, ones, others, reading):
                continue
            if values.agree(ones[0][0], others[0][0]) == "different" and not _of_several(
                ones[0][0], others[0][0], counts
            ):
                words = f"{values.shown(ones[0][0])} against {values.shown(others[0][0])}"
                yield _record("values", [key for _, key in ones], [key for _, key in others], words, field)


def _figures(
    cluster: Sequence[Reported], drifts: Iterable[Drift], states: set[str]
) -> Iterator[Contradiction]:
    """Yield numbers that copies of a statement changed: claims with the one against claims with the other.

    `states` are the derivations of later states of a page, which correct.
    """
    claims = {one.claim.id: one.claim for one in cluster if one.claim.kind == "statement"}
    told = {
        id_: {values.number(value) for value, _ in figures(alike.words(claim))}
        for id_, claim in claims.items()
    }
    typed = {one.claim.id for one in cluster} - claims.keys()
    seen: set[tuple[str, str]] = set()
    for drift in drifts:
        pair = (drift.was or "", drift.became or "")
        if drift.kind != "number-changed" or pair in seen or drift.derivation in states:
            continue
        if drift.before in typed:
            continue
        if drift.before not in claims:
            yield _record("values", [drift.before], [drift.after], f"{pair[0]} against {pair[1]}", "figures")
            continue
        seen.add(pair)
        sides: tuple[list[str], list[str]] = ([], [])
        for id_, claim in claims.items():
            held = [number in told[id_] for number in pair]
            if held[0] != held[1] and stance.side(claim) == "for":
                sides[held[1]].append(id_)
        if sides[0] and sides[1]:
            yield _record("values", *sides, f"{pair[0]} against {pair[1]}", "figures")


def _of_other_days(
    cluster: Sequence[Reported], ones: Sequence[tuple[Value, str]], others: Sequence[tuple[Value, str]],
    reading: Reading,
) -> bool:  # fmt: skip
    """Say whether numbers of what can happen again stand in reports that were made weeks apart."""
    if cluster[0].claim.kind not in alike.EVENTS:
        return False
    documents = {one.claim.id: one.document for one in cluster}
    left, right = ([documents[key] for _, key in side] for side in (ones, others))
    apart = days_apart(left, right)
    akin = any(reading.akin(one.id, other.id) for one in left for other in right)
    return apart is not None and apart > _MONTH and not akin


def _counted(cluster: Sequence[Reported], roads: Roads, reading: Reading) -> Iterator[Contradiction]:
    """Yield values of one unit that cannot both be right, of statements that are alike but for them.

    Copies of one text are alike. Of two reports the words must be alike. Who tells the other's value
    as well, be it elsewhere, speaks of two things, or of a correction.
    """
    told = reading.counted
    by_words: defaultdict[str, list[Reported]] = defaultdict(list)
    for told_by in cluster:
        if told_by.claim.kind == "statement" and stance.side(told_by.claim) == "for":
            by_words[alike.words(told_by.claim)].append(told_by)
    found = {words: values_ for words in sorted(by_words) if (values_ := measures(words))}
    sides: defaultdict[tuple[str, str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for one, other in (*combinations(found, 2), *combinations(reversed(found), 2)):
        pair = told_otherwise(found[one], found[other])
        if pair is None or values.shown(pair[0]) >= values.shown(pair[1]):
            continue  # the other way round it comes again
        states = {claim.document.id for claim in (*by_words[one], *by_words[other])} & roads.revised
        left = _telling_one(by_words[one], pair[1], told, states)
        right = _telling_one(by_words[other], pair[0], told, states)
        if not left or not right or grown(*pair, left[0], right[0], reading):
            continue
        if reading.comparable(left[0].claim, right[0].claim):
            key = (pair[0].unit, values.shown(pair[0]), values.shown(pair[1]))
            sides[key][0].update(_ids(left))
            sides[key][1].update(_ids(right))
    for (_, was, became), (lefts, rights) in sorted(sides.items()):
        yield _record("values", sorted(lefts), sorted(rights), f"{was} against {became}", "figures")


def _rivals(cluster: Sequence[Reported], found: Iterable[Rival]) -> Iterator[Contradiction]:
    own = {one.claim.id for one in cluster}
    for rival in found:
        if rival.left[0].claim.id in own or rival.right[0].claim.id in own:
            words = f"{rival.was} against {rival.became}"
            yield _record("values", _ids(rival.left), _ids(rival.right), words, "figures")


def _telling_one(
    ones: Sequence[Reported], other: Quantity, told: Mapping[str, Sequence[Quantity]], states: set[str]
) -> list[Reported]:
    """Return claims of documents that do not tell another value too, but to say that it was wrong."""
    return [
        one for one in ones if one.document.id in states or not tells(told.get(one.document.id, ()), other)
    ]


def _times(cluster: Sequence[Reported]) -> Iterator[Contradiction]:
    """Yield times of one event that are more than a day apart: of copies, or of what else is the same."""
    dated = [one for one in cluster if one.claim.qualifiers.dates and stance.side(one.claim) == "for"]
    if not dated or dated[0].claim.kind not in alike.EVENTS:
        return
    by_date: defaultdict[str, list[Reported]] = defaultdict(list)
    for one in dated:
        by_date[" ".join(f"{when.start}/{when.end}" for when in one.claim.qualifiers.dates)].append(one)
    for left, right in combinations(sorted(by_date), 2):
        ones, others = by_date[left], by_date[right]
        if values.apart(ones[0].claim.qualifiers.dates, others[0].claim.qualifiers.dates):
            words = f"{_when(ones[0])} against {_when(others[0])}"
            yield _record("time-place", _ids(ones), _ids(others), words, "dates")


def _when(one: Reported) -> str:
    return ", ".join(when.text for when in one.claim.qualifiers.dates)


def _of_several(left: Value, right: Value, counts: set[float]) -> bool:
    """Say whether one sum is the price of one, and the other that of as many as the claims tell of."""
    sums = sorted(value.minimum or value.maximum or 0.0 for value in (left, right))
    return isinstance(left, Amount) and sums[0] > 0 and round(sums[1] / sums[0], 3) in counts


def _places(cluster: Sequence[Reported]) -> Iterator[Contradiction]:
    """Yield places of one event in different countries on the same day."""
    placed = [
        one
        for one in cluster
        if one.claim.kind == "event" and stance.side(one.claim) == "for" and len(_countries(one)) == 1
    ]
    by_country: defaultdict[str, list[Reported]] = defaultdict(list)
    for one in placed:
        by_country[_countries(one)[0]].append(one)
    for left, right in combinations(sorted(by_country), 2):
        ones, others = by_country[left], by_country[right]
        words = f"{_where(ones[0])} against {_where(others[0])}"
        yield _record("time-place", _ids(ones), _ids(others), words, "places")


def _countries(one: Reported) -> list[str]:
    return sorted({place.country for place in one.claim.qualifiers.places if place.country})


def _where(one: Reported) -> str:
    return ", ".join(place.name for place in one.claim.qualifiers.places)


def _ids(ones: Sequence[Reported]) -> list[str]:
    return [one.claim.id for one in ones]


# -- retractions -------------------------------------------------------------------------------------------


def _taken_back(cluster: Sequence[Reported], roads: Roads) -> Iterator[Contradiction]:
    """Yield claims that a later state of their page negates, changes in number or no longer has.

    A note that an earlier version said so takes it back for the outlet.
    """
    yield from _noted(cluster)
    at: defaultdict[str, list[Reported]] = defaultdict(list)
    for one in cluster:
        at[one.document.id].append(one)
    steps = {step.id: step for one in cluster for step in (*roads.back(one.document.id), *one.later)}
    for _, step in sorted(steps.items()):
        if step.relation != "was_revision_of" or step.direction == "unknown":
            continue
        old, new = at.get(step.source or "", []), at.get(step.document, [])
        if old and new:
            yield from _corrected(old, new)
        elif old and step.direction == "shown":
            gone = [one for one in old if _cut_out(one, step)]
            if gone:
                yield _record("retraction", _ids(gone), [], "a later state of the page no longer says so")


def _recanted(cluster: Sequence[Reported], found: Iterable[Recanted]) -> Iterator[Contradiction]:
    own = {one.claim.id for one in cluster}
    by_speaker: defaultdict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for one in found:
        if one.before.claim.id in own:
            before, after = by_speaker[_speaker(one.after)]
            before.add(one.before.claim.id)
            after.add(one.after.claim.id)
    for speaker, (before, after) in sorted(by_speaker.items()):
        yield _record("retraction", sorted(before), sorted(after), f"{speaker} says otherwise later")


def _noted(cluster: Sequence[Reported]) -> Iterator[Contradiction]:
    for note in cluster:
        if not any(map(stance.is_earlier_version, note.claim.attribution)):
            continue
        own = [
            one.claim.id
            for one in cluster
            if stance.side(one.claim) == "for" and one.document.publisher == note.document.publisher
        ]
        if own:
            yield _record("retraction", own, [note.claim.id], "a note says that an earlier version said so")


def _cut_out(one: Reported, step: Derivation) -> bool:
    """Say whether a claim's words are gone from a later state of its page that has what stood on both sides.

    What ends before them is a cut copy, and what still has some of them was only not read.
    """
    spans = [passage.source for passage in step.passages if passage.source is not None]
    own = (*alike.contents(one.claim), *one.claim.evidence)
    if covered(own, spans) > _SOME:
        return False
    places = [(span.page, span.start) for span in spans]
    start, end = min((t.page, t.start) for t in own), max((t.page, t.end) for t in own)
    return any(place < start for place in places) and any(place >= end for place in places)


def _corrected(old: Sequence[Reported], new: Sequence[Reported]) -> Iterator[Contradiction]:
    before = {stance.side(one.claim) for one in old}
    after = {stance.side(one.claim) for one in new}
    if "for" in before and "against" in after and "for" not in after:
        yield _record("retraction", _ids(old), _ids(new), "a later state of the page denies it")
        return
    for field, value_of in _VALUES:
        for one in old:
            was, news = value_of(one.claim), [value_of(other.claim) for other in new]
            told = [value for value in news if value is not None]
            if was is None or not told or any(values.agree(was, value) != "different" for value in told):
                continue
            words = f"a later state of the page has {values.shown(told[0])} for {values.shown(was)}"
            yield _record("retraction", [one.claim.id], _ids(new), words, field)
