"""Resolution of a made case whose truth is known: what it costs, what it joins, what it joins wrongly."""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pyarrow as pa

from casegraph import resolve
from casegraph.bench.bearers import SCHEMES, Bearer, Language, World, short, written
from casegraph.bench.gathering import GATHER, keep, shelf_of
from casegraph.bench.watch import cost_of, one_thread
from casegraph.model import (
    Block,
    Document,
    Entity,
    Mention,
    Page,
    Pair,
    Parsed,
    Resolved,
    content_id,
    make_id,
)
from casegraph.pipeline.counting import case_counts
from casegraph.pipeline.entities import counted_rows, entity_shelf
from casegraph.pipeline.matches import match_shelf
from casegraph.resolve.matching.pairs import MOST, keys, pairs
from casegraph.resolve.measures import pairwise
from casegraph.store.codec import codec
from casegraph.store.layout import bits_for, prefix_of, prefixes

NAMES = 10  # bearers that a document names
MENTIONS = 14.5  # names in a document, about
EACH = 6  # mentions of a bearer, on average
BRACKETS = 0.05  # share of names behind which the document gives another script's
NUMBERED = 0.7  # share of the full names of firms with a number that have it beside them


class Named(msgspec.Struct, frozen=True):
    """A name in a made document: where it stands, whose it is, and the number beside it."""

    start: int
    end: int
    schema: str
    bearer: int
    kind: str = "name"


class Story(msgspec.Struct, frozen=True):
    """A made document."""

    language: str
    text: str
    names: list[Named]


def stories(bearers: Sequence[Bearer], count: int, chance: random.Random) -> Iterator[Story]:
    """Yield documents: few bearers are in many of them, most in few (Zipf's law)."""
    for _ in range(count):
        language: Language = chance.choices(("ru", "en", "zh"), (5, 4, 2))[0]
        scheme = chance.choice(SCHEMES)
        places = {int(len(bearers) ** chance.random() * chance.uniform(0.5, 1)) for _ in range(NAMES)}
        chosen = [bearers[place] for place in sorted(places)]
        chance.shuffle(chosen)
        writer = _Writer(language, scheme, chance)
        for bearer in chosen:
            writer.tell(bearer)
        yield Story(language, writer.text, writer.names)


class _Writer:
    def __init__(self, language: Language, scheme: str, chance: random.Random) -> None:
        self._language, self._scheme, self._chance = language, scheme, chance
        self.text, self.names = "", list[Named]()

    def tell(self, bearer: Bearer) -> None:
        """Write a sentence or two that name somebody."""
        language: Language = self._language if bearer.home != "zh" or self._language != "ru" else "en"
        name = written(bearer, language, self._scheme, self._chance)
        self._name(name, bearer)
        if bearer.inn and self._chance.random() < NUMBERED:
            self.text += " (ИНН "
            self.names.append(
                Named(len(self.text), len(self.text) + len(bearer.inn), "", -1, "identifiers:inn")
            )
            self.text += f"{bearer.inn})"
        elif self._chance.random() < BRACKETS:
            other: Language = bearer.home if language != bearer.home else "en"
            self.text += f" ({written(bearer, other, self._scheme, self._chance)})"
        self.text += "\n\n"
        again = short(bearer, name)
        if again is not None and self._chance.random() < 0.3:
            self._name(again, bearer)
            self.text += "\n\n"
        elif self._chance.random() < 0.5:
            self._name(name, bearer)
            self.text += "\n\n"

    def _name(self, name: str, bearer: Bearer) -> None:
        self.names.append(Named(len(self.text), len(self.text) + len(name), bearer.schema, bearer.number))
        self.text += name


def parsed(story: Story) -> tuple[Parsed, dict[str, int]]:
    """Return a document as `extract` leaves it, every name found, and who is meant by each mention."""
    document = content_id(story.text.encode())
    block = Block(start=0, end=len(story.text), role="paragraph")
    page = Page(
        id=make_id("page", document, 1), document=document, number=1, text=story.text, blocks=(block,)
    )
    mentions, truth = [], {}
    for place, one in enumerate(story.names):
        target = page.target(one.start, one.end)
        name = one.kind == "name"
        mention = Mention(
            id=make_id("mention", document, place), kind="name" if name else "identifier",
            name=target.exact, target=target, schema=one.schema or None, normal=target.exact,
            detector="made" if name else one.kind,
        )  # fmt: skip
        mentions.append(mention)
        if name:
            truth[mention.id] = one.bearer
    made = Document(id=document, media_type="text/plain", size=len(story.text), pages=1)
    return Parsed(document=made, pages=(page,), parses=(), mentions=tuple(mentions)), truth


def bench(mentions: int, workers: int, seed: int) -> dict[str, object]:
    """Return the figures of a made case with about so many mentions."""
    one_thread()
    chance = random.Random(seed)
    world = World(chance)
    world.fill(mentions // EACH)
    documents = round(mentions / MENTIONS)
    with tempfile.TemporaryDirectory(prefix="casegraph-bench-") as scratch:
        folder = Path(scratch)
        truth, given, forms = write(folder, list(stories(world.bearers, documents, chance)), documents)
        cost = cost_of([sys.executable, "-c", GATHER, scratch, str(documents), str(workers)])
        said = json.loads(cost.output)
        entities = list(entity_shelf(folder / "derived").records(Entity, ""))
        matched = list(match_shelf(folder / "derived").records(Pair, ""))
        again = cost_of([sys.executable, "-c", GATHER, scratch, str(documents), str(workers), "again"])
    into = {one: entity.id for entity in entities for one in (entity.id, *entity.merged)}
    return {
        "mentions": len(truth), "documents": documents, "bearers": len(set(truth.values())), **said,
        "seconds": round(cost.seconds, 1), "cpu_seconds": round(cost.cpu_seconds, 1),
        "peak_mib": round(cost.peak_mib), "judgement_seconds": round(again.seconds, 1),
        **{name: round(value, 4) for name, value in figures(truth, given, forms, into, matched).items()},
    }  # fmt: skip


def rates(mentions: int, seed: int) -> dict[str, float]:
    """Return how right the entities of a made case with about so many mentions are, made in one piece."""
    chance = random.Random(seed)
    world = World(chance)
    world.fill(mentions // EACH)
    truth: dict[str, int] = {}
    rows: list[pa.Table] = []
    given: dict[str, str] = {}
    forms: dict[str, str] = {}
    for story in stories(world.bearers, round(mentions / MENTIONS), chance):
        unit, own = parsed(story)
        found = [one for one in resolve.STAGE.run(unit) if isinstance(one, Resolved)]
        given |= {one.mention: one.entity for one in found}
        forms |= {one.mention: one.spelling or "" for one in found}
        truth |= {one.mention: own[one.mention] for one in found}
        rows.append(pa.Table.from_batches([codec(Resolved).encode(unit.document.id, found)]))
    entities = [one for one, _ in case_counts(counted_rows(pa.concat_tables(rows)))]
    blocks: dict[str, list[resolve.Counted]] = {}
    for one in entities:
        for key in keys(one, resolve.Known()):
            blocks.setdefault(key, []).append(one)
    made = [pair for key, block in blocks.items() if 1 < len(block) <= MOST for pair in pairs(key, block)]
    scored = [resolve.Scored(one.left, one.right, one.score, one.outcome) for one in made]
    merged = resolve.unify(entities, scored)
    return figures(truth, given, forms, {one.id: merged.get(one.id, one.id) for one in entities}, made)


def figures(
    truth: dict[str, int],
    given: dict[str, str],
    forms: dict[str, str],
    into: dict[str, str],
    matched: Sequence[Pair],
) -> dict[str, float]:
    """Return how right the entities are, over different spellings of bearers.

    `found.recall` counts what is proposed, too. `false.merged` is the share of the ids joined to others whose
    bearer is not that of most mentions of what they became.
    """
    records: dict[tuple[int, str], Counter[str]] = {}
    for mention, bearer in truth.items():
        records.setdefault((bearer, forms[mention]), Counter())[into[given[mention]]] += 1
    clusters = {record: counts.most_common(1)[0][0] for record, counts in records.items()}
    right = pairwise({record: record[0] for record in clusters}, clusters)
    proposed = {
        tuple(sorted((into[one.left], into[one.right]))) for one in matched if one.outcome != "vetoed"
    }
    bearers: dict[str, Counter[int]] = {}
    ids: dict[str, Counter[int]] = {}
    for mention, bearer in truth.items():
        bearers.setdefault(into[given[mention]], Counter())[bearer] += 1
        ids.setdefault(given[mention], Counter())[bearer] += 1
    joined = [one for one in ids if into[one] != one]
    wrong = sum(ids[one].most_common(1)[0][0] != bearers[into[one]].most_common(1)[0][0] for one in joined)
    return {
        "precision": right["precision"],
        "recall": right["recall"],
        "found.recall": _found(clusters, proposed),
        "joined": float(len(joined)),
        "false.merged": wrong / max(1, len(joined)),
    }


def _found(clusters: dict[tuple[int, str], str], proposed: set[tuple[str, ...]]) -> float:
    by_bearer: dict[int, Counter[str]] = {}
    for (bearer, _), cluster in clusters.items():
        by_bearer.setdefault(bearer, Counter())[cluster] += 1
    wanted = found = 0
    for counts in by_bearer.values():
        for one, size in counts.items():
            for other, more in counts.items():
                number = size * (size - 1) if one == other else size * more
                wanted += number
                found += number * (one == other or tuple(sorted((one, other))) in proposed)
    return found / max(1, wanted)


def write(
    folder: Path, made: Sequence[Story], documents: int
) -> tuple[dict[str, int], dict[str, str], dict[str, str]]:
    """Write what `resolve` makes of documents; return bearer, given id and spelling of each mention."""
    shelf, bits = shelf_of(folder), bits_for(documents)
    by_prefix: dict[str, list[tuple[str, list[Resolved]]]] = {prefix: [] for prefix in prefixes(bits)}
    truth: dict[str, int] = {}
    for story in made:
        unit, own = parsed(story)
        rows = [one for one in resolve.STAGE.run(unit) if isinstance(one, Resolved)]
        by_prefix[prefix_of(unit.document.id, bits)].append((unit.document.id, rows))
        truth |= own
    given: dict[str, str] = {}
    forms: dict[str, str] = {}
    for prefix, own_rows in by_prefix.items():
        for _, rows in own_rows:
            given |= {one.mention: one.entity for one in rows}
            forms |= {one.mention: one.spelling or "" for one in rows}
        keep(shelf, prefix, sorted(own_rows))
    shelf.settle()
    return {mention: bearer for mention, bearer in truth.items() if mention in given}, given, forms
