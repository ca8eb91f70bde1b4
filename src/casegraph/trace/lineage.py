"""Derivations of one connected group of documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from casegraph.model import Derivation, Passage, Relation, Sign, make_id
from casegraph.trace.around import Around
from casegraph.trace.base import Article, Kin
from casegraph.trace.choosing import chosen, components, judged_whole
from casegraph.trace.compared import compare
from casegraph.trace.edges import Edge, edge
from casegraph.trace.families import Families
from casegraph.trace.held import Held, hold_all
from casegraph.trace.works import Work, works

_ALL_PAIRS = 48  # documents of a group in which all are compared with all
_MOST_PARTNERS, _FEWEST_PARTNERS, _COMPARED = (
    64,
    12,
    13_000,
)  # of one document in a larger group; pairs in all
_HUBS = 3  # documents that most others are like: what all were made from is one of them
_MOST_PASSAGES = 40
_SAYS_SAME, _SAYS_LIKE = 0.5, 0.33  # score of a sentence; where no other sentence of either text is nearer


def derivations(articles: Sequence[Article], kin: Sequence[Kin], families: Families) -> Iterator[Derivation]:
    """Yield who took what from whom in one connected group of kin, sorted by document.

    Each pair is compared word by word and sentence by sentence; of its possible sources a document is given
    the immediate one, and further ones for what that does not explain. A group may be one document alone:
    what it names and the case does not hold is derived from too.
    """
    ordered = sorted(articles, key=lambda one: one.document.id)
    held = hold_all(ordered)
    houses = [house for one in ordered for house in one.houses]
    wiser = families.learned((one.document for one in ordered), houses)
    partners = _partners(held, kin)
    around = Around(held, partners)
    found = (edge(compare(held[left], held[right]), wiser, around) for left, right in partners)
    edges = judged_whole([one for one in found if one is not None])
    kept = chosen(held, edges)
    stories = _stories(held, kept)
    found_works = list(works(list(held.values()), kept, wiser))
    records = [_derivation(one, stories) for one in kept] + [_cited(one, stories) for one in found_works]
    unique = {one.id: one for one in records}
    yield from sorted(
        unique.values(), key=lambda one: (one.document, one.source or "", one.work or "", one.id)
    )


def _partners(held: dict[str, Held], kin: Sequence[Kin]) -> list[tuple[str, str]]:
    """Return the pairs to compare: all of a small group, in a larger one those that fingerprints show."""
    if len(held) <= _ALL_PAIRS:
        return list(combinations(sorted(held), 2))
    inside = [one for one in kin if one.left in held and one.right in held]
    most = max(_FEWEST_PARTNERS, min(_MOST_PARTNERS, _COMPARED // len(held)))
    hubs = _hubs(inside)
    count = dict.fromkeys(held, 0)
    kept = set()
    for one in sorted(inside, key=lambda pair: (-pair.score, pair.left, pair.right)):
        hub = one.left in hubs or one.right in hubs
        if hub or min(count[one.left], count[one.right]) < most:
            kept.add((one.left, one.right))
            count[one.left] += 1
            count[one.right] += 1
    return sorted(kept)


def _hubs(kin: Sequence[Kin]) -> set[str]:
    total: dict[str, float] = {}
    for one in kin:
        total[one.left] = total.get(one.left, 0.0) + one.score
        total[one.right] = total.get(one.right, 0.0) + one.score
    return set(sorted(total, key=lambda name: (-total[name], name))[:_HUBS])


def _stories(held: dict[str, Held], kept: Sequence[Edge]) -> dict[str, str]:
    """Return the id of each document's story. A quoted passage does not make two stories one."""
    links = [(one.source.id, one.derived.id) for one in kept if one.strength not in {"quotation", "cited"}]
    return {name: make_id("story", least) for name, least in components(held, links).items()}


def _derivation(one: Edge, stories: dict[str, str]) -> Derivation:
    passages = tuple(_passages(one))
    signs = sorted(
        (*_kinship(one), *one.arrow.signs), key=lambda sign: (-abs(sign.weight), sign.feature, sign.words)
    )
    return Derivation(
        id=make_id("derivation", one.derived.id, one.source.id, one.relation),
        document=one.derived.id,
        source=one.source.id,
        relation=one.relation,
        strength=one.strength,
        share=round(one.share, 4),
        direction="unknown" if one.siblings else one.arrow.direction,
        score=round(one.score, 4),
        story=stories[one.source.id],
        signs=tuple(_rounded(sign) for sign in signs),
        passages=passages,
    )


def _cited(work: Work, stories: dict[str, str]) -> Derivation:
    relation: Relation = "was_derived_from" if work.whole else "had_primary_source"
    part = "its text" if work.whole else "what it says"
    targets = tuple(credit.target for credit in work.credits if credit.target is not None)
    words = f"It names {work.name} as the source of {part}; the case does not hold it."
    return Derivation(
        id=make_id("derivation", work.held.id, work.name, relation),
        document=work.held.id,
        source=None,
        work=work.name,
        url=work.url,
        relation=relation,
        strength="cited",
        share=1.0 if work.whole else 0.0,
        direction="shown",
        score=0.95 if work.whole else 0.8,
        story=stories[work.held.id],
        signs=(Sign(feature="credit", weight=3.5 if work.whole else 2.6, words=words, targets=targets),),
    )


def _rounded(sign: Sign) -> Sign:
    return Sign(feature=sign.feature, weight=round(sign.weight, 3), words=sign.words, targets=sign.targets)


def _kinship(one: Edge) -> Iterator[Sign]:
    """Yield what shows that two documents are kin."""
    pair, side = one.pair, one.pair.side(one.derived.id)
    runs = pair.runs(one.derived.id)
    if runs:
        longest = max(run.matched for run in runs)
        words = (
            f"{len(runs)} passages are the same, {side.words:.0%} of its words; the longest has {longest}."
        )
        yield Sign(
            feature="passages", weight=11.0 * min(side.words, 0.5) + min(longest / 14, 2.0), words=words
        )
    same = int((side.meant.score >= _SAYS_SAME).sum())
    total = len(side.meant.score)
    if same:
        words = f"{same} of its {total} sentences say what a sentence of the other says."
        yield Sign(feature="sentences", weight=10.5 * min(side.sense, 0.75), words=words)
    if side.count:
        words = f"{side.facts:.0%} of its figures, days and names, by their weight, stand in the other."
        yield Sign(feature="facts", weight=2.0 * (side.facts - 0.5) * min(side.count, 4) / 4, words=words)


def _passages(one: Edge) -> Iterator[Passage]:
    """Yield what was taken, in the order of the document: the same words, and sentences of the same sense."""
    pair, held, source = one.pair, one.derived, one.source
    found = []
    for run in pair.runs(held.id):
        similarity = min(1.0, run.matched / max(run.right_end - run.right, run.left_end - run.left, 1))
        found.append((run.right, run.right_end, run.left, run.left_end, similarity))
    covered = pair.shared.right if pair.right.id == held.id else pair.shared.left
    meant = pair.side(held.id).meant
    back = pair.side(source.id).meant
    for number, score in enumerate(meant.score):
        own = held.story.sentences[number]
        best = int(meant.best[number])
        mutual = score >= _SAYS_LIKE and best < len(back.best) and back.best[best] == number
        if (score >= _SAYS_SAME or mutual) and covered[own.first : own.last].mean() < 0.5:
            other = source.story.sentences[best]
            found.append((own.first, own.last, other.first, other.last, min(float(score), 0.99)))
    found.sort(key=lambda item: (item[0] - item[1], item[0]))
    for first, last, start, end, similarity in sorted(found[:_MOST_PASSAGES]):
        yield Passage(
            target=held.story.target(first, last),
            source=source.story.target(start, end),
            similarity=round(similarity, 4),
        )
