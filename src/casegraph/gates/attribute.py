"""How well attribution finds who says what: the figures of `casegraph gate attribute`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casegraph.attribute import STAGE as ATTRIBUTE
from casegraph.attribute.lang import LANGUAGES as GRAMMARS
from casegraph.extract import STAGE as EXTRACT
from casegraph.extract.lang import LANGUAGES as PARSED
from casegraph.gates.forms import is_cyrillic, stems
from casegraph.gates.gold import GoldAttribution, GoldItem, gold_pages, load_gold
from casegraph.gates.relations import RelationScores, score_relations
from casegraph.gates.spans import Score, Span, exact, words
from casegraph.model import Claim, Mention, Parse, Parsed
from casegraph.text import fold

FILES = ("en-sentences.jsonl", "en-articles.jsonl", "en-news-sentences.jsonl", "en-news-articles.jsonl")
HELD_OUT = ("heldout-en-sentences.jsonl", "heldout-en-articles.jsonl")
OTHERS = ("ru", "zh")
"""Languages whose sets are measured apart, under their code."""
TYPED = "en-typed.jsonl"
TYPED_HELD_OUT = "heldout-typed.jsonl"
_DETERMINER = re.compile(r"^(?:the|a|an|mr|mrs|ms|dr|sir)\.? ")
_WORD = re.compile(r"\w+(?:-\w+)*")
_KINDS = ("sentences", "articles", "news-sentences")
_HAN = re.compile(r"[\u3400-\u9fff]")
_MARKS = re.compile("[《》“”「」『』\\s]")
_SPANS = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Found:
    """A predicted attribution: the spans of its statement claim and the claim itself."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    claim: Claim


@dataclass(slots=True)
class Tally:
    """Counts over a gold set."""

    exact: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in _SPANS})
    overlap: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in _SPANS})
    found: Score = field(default_factory=Score)
    right: dict[str, Score] = field(default_factory=dict)
    attributed: int = 0
    wrong_mouth: int = 0
    invented: int = 0
    relations: RelationScores = field(default_factory=RelationScores)
    wrong: list[str] = field(default_factory=list)

    def judge(self, name: str, *, good: bool) -> None:
        """Count one judgement of a matched pair."""
        self.right.setdefault(name, Score()).add(int(good), 1, 1)


def gate(folder: Path, *, held_out: bool = False) -> dict[str, float]:
    """Return the figures over `folder`/*.jsonl; the held-out part only when asked for.

    The file of typed claims is scored under `typed.` by itself, so that the other figures stay comparable.
    """
    tally = Tally()
    for name in HELD_OUT if held_out else FILES:
        if (folder / name).exists():
            for item in load_gold(folder / name):
                measure(item, tally)
    found = figures(tally)
    for language in OTHERS:
        own = _other(folder, language, held_out=held_out)
        found |= {_named(name, language): value for name, value in own.items()}
    typed = folder / (TYPED_HELD_OUT if held_out else TYPED)
    if typed.exists():
        found |= _relation_figures(typed_scores(load_gold(typed)), "typed")
    prefix = "heldout-" if held_out else ""
    for language in OTHERS:
        own_typed = folder / f"{prefix}{language}-typed.jsonl"
        if own_typed.exists():
            found |= _relation_figures(typed_scores(load_gold(own_typed)), f"{language}.typed")
    papers = folder / f"{prefix}documents.jsonl"
    if papers.exists():
        found |= _relation_figures(typed_scores(load_gold(papers)), "documents")
    return found


def _named(name: str, language: str) -> str:
    """Return a figure's name with its language; those that count false accusations keep their first word."""
    return f"false.{language}.{name[6:]}" if name.startswith("false.") else f"{language}.{name}"


def _other(folder: Path, language: str, *, held_out: bool) -> dict[str, float]:
    """Return the figures of a language that has a set, a parser and a grammar; none otherwise."""
    prefix = "heldout-" if held_out else ""
    files = [
        folder / f"{prefix}{language}-{kind}.jsonl" for kind in ("sentences", "articles", "news-sentences")
    ]
    parsed = {one.name for one in PARSED}
    if language not in parsed or language not in GRAMMARS or not any(path.exists() for path in files):
        return {}
    tally = Tally()
    for path in files:
        for item in load_gold(path) if path.exists() else ():
            measure(item, tally)
    return figures(tally)


def typed_scores(items: Iterable[GoldItem]) -> RelationScores:
    """Return the scores of the typed claims alone that the stages make of the items."""
    scores = RelationScores()
    for item in items:
        scores.add(score_relations(find_claims(item), item.claims))
    return scores


def measure(item: GoldItem, tally: Tally) -> None:
    """Run the stages over one item and count."""
    claims = find_claims(item)
    found = [_found(c) for c in claims if c.kind == "statement" and c.attribution[0].role == "origin"]
    for name in _SPANS:
        wanted = [spans for gold in item.attributions if (spans := getattr(gold, name))]
        have = [spans for one in found if (spans := getattr(one, name))]
        if name == "source":  # a subject that two verbs share is marked once
            have, wanted = list(dict.fromkeys(have)), list(dict.fromkeys(wanted))
        tally.exact[name].add(*exact(have, wanted))
        gold_words, found_words = (
            words(item.text, (s for spans in group for s in spans)) for group in (wanted, have)
        )
        tally.overlap[name].add(len(gold_words & found_words), len(found_words), len(gold_words))
    pairs, loose = _pair(item, found)
    tally.found.add(len(pairs), len(found), len(item.attributions))
    tally.attributed += sum(one.claim.attribution[0].speaker is not None for one in found)
    tally.invented += len([one for one in loose if one.claim.attribution[0].speaker is not None])
    for one, gold in pairs:
        _judge(item, one, gold, tally)
    if not item.typed:
        return
    typed = [claim for claim in claims if claim.kind != "statement"]
    tally.relations.add(score_relations(typed, item.claims))


def find_claims(item: GoldItem) -> list[Claim]:
    """Return the claims that the stages make of an item."""
    unit = gold_pages(item)
    records = list(EXTRACT.run(unit))
    parsed = Parsed(
        document=unit.document, pages=unit.pages, parses=tuple(r for r in records if isinstance(r, Parse)),
        mentions=tuple(r for r in records if isinstance(r, Mention)),
    )  # fmt: skip
    return [claim for claim in ATTRIBUTE.run(parsed) if isinstance(claim, Claim)]


def _found(claim: Claim) -> Found:
    link = claim.attribution[0]
    cue = ((link.cue_target.start, link.cue_target.end),) if link.cue_target else ()
    source = ((link.speaker_target.start, link.speaker_target.end),) if link.speaker_target else ()
    parts = [claim.content_target, *claim.content_continued]
    content = tuple((part.start, part.end) for part in parts)
    if content == cue:  # a refusal without words of what was refused
        content = ()
    return Found(source, cue, content, claim)


def _pair(item: GoldItem, found: Sequence[Found]) -> tuple[list[tuple[Found, GoldAttribution]], list[Found]]:
    """Pair each prediction with the gold attribution that shares most of its words; cues count double."""
    scored = []
    for i, one in enumerate(found):
        for j, gold in enumerate(item.attributions):
            value = _likeness(item.text, one, gold)
            if value > 0.5:
                scored.append((-value, i, j))
    pairs, used_found, used_gold = [], set(), set()
    for _, i, j in sorted(scored):
        if i not in used_found and j not in used_gold:
            pairs.append((found[i], item.attributions[j]))
            used_found.add(i)
            used_gold.add(j)
    return pairs, [one for i, one in enumerate(found) if i not in used_found]


def _likeness(text: str, one: Found, gold: GoldAttribution) -> float:
    have, want = words(text, one.content), words(text, gold.content)
    shared = len(have & want) / len(have | want) if have | want else 0.0
    same_cue = bool(words(text, one.cue) & words(text, gold.cue)) or (bool(one.cue) and one.cue == gold.cue)
    return shared + (0.6 if same_cue else 0.0)


def _judge(item: GoldItem, one: Found, gold: GoldAttribution, tally: Tally) -> None:
    claim, facts = one.claim, gold.facts
    origin = claim.attribution[0]
    tally.judge("stance", good=claim.stance == facts.get("stance"))
    tally.judge("quoted", good=claim.direct_quote == (facts.get("quote") == "direct"))
    speaker = facts.get("speaker")
    if speaker:
        good = same_name(origin.speaker, speaker)
        tally.judge("speaker", good=good)
        if origin.speaker is not None:
            tally.judge("unnamed", good=origin.unnamed == bool(facts.get("unnamed")))
        if not good and origin.speaker is not None and not _left_open(item, one, gold):
            tally.wrong_mouth += 1
            tally.wrong.append(f"{item.id}/{gold.number}")
        chain = [link.speaker for link in claim.attribution if link.role != "publisher"]
        wanted = facts.get("chain") or [speaker]
        same = len(chain) == len(wanted) and all(same_name(a, b) for a, b in zip(chain, wanted, strict=True))
        tally.judge("chain", good=same)
    if facts.get("count") and origin.count is not None:
        tally.judge("count", good=[origin.count.minimum, origin.count.maximum] == facts["count"])


def _left_open(item: GoldItem, one: Found, gold: GoldAttribution) -> bool:
    """Return whether the words stand as the source has them: an open "he" is a miss, no accusation."""
    origin = one.claim.attribution[0]
    if origin.mention is not None:
        return False
    return not gold.source or bool(words(item.text, one.source) & words(item.text, gold.source))


def same_name(one: str | None, other: str | None) -> bool:
    """Return whether two names are one, without determiners and titles, or one holds the other."""
    if one is None or other is None:
        return one is other
    a, b = _bare(one), _bare(other)
    if is_cyrillic(a) and is_cyrillic(b):
        a, b = (" ".join(stems(_WORD.findall(name))) for name in (a, b))
    if a == b:
        return True
    if _HAN.search(a) and _HAN.search(b):  # no blanks part the words of Chinese
        a, b = _MARKS.sub("", a), _MARKS.sub("", b)
        return a in b or b in a
    short, long = sorted((a.split(), b.split()), key=len)
    return bool(short) and any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def _bare(name: str) -> str:
    return _DETERMINER.sub("", fold(name).replace("’", "'")).strip(" ,.").removesuffix("'s")


def figures(tally: Tally) -> dict[str, float]:
    """Return the tally as named figures."""
    found: dict[str, float] = {}
    for name in _SPANS:
        for kind, score in (("exact", tally.exact[name]), ("overlap", tally.overlap[name])):
            found[f"{name}.{kind}.precision"] = score.precision
            found[f"{name}.{kind}.recall"] = score.recall
            found[f"{name}.{kind}.f1"] = score.f1
    found["attribution.precision"] = tally.found.precision
    found["attribution.recall"] = tally.found.recall
    found["attribution.f1"] = tally.found.f1
    for name, score in sorted(tally.right.items()):
        found[f"{name}.accuracy"] = score.precision
    found["false.wrong-mouth"] = tally.wrong_mouth / tally.attributed if tally.attributed else 0.0
    found["false.unmarked-attribution"] = tally.invented / tally.attributed if tally.attributed else 0.0
    return found | _relation_figures(tally.relations, "claims")


def _relation_figures(scores: RelationScores, prefix: str) -> dict[str, float]:
    """Return the figures of typed claims: over all kinds, by kind, and of their qualifiers."""
    found: dict[str, float] = {}
    for name, score in ((prefix, scores.micro()), (f"{prefix}.strict", scores.micro(strict=True))):
        found |= _parts(name, score)
    for kind, score in sorted(scores.lenient.items()):
        found |= _parts(f"{prefix}.{kind}", score)
    for name, score in sorted(scores.qualifiers.items()):
        found[f"{prefix}.{name}.accuracy"] = score.recall
    found[f"{prefix}.polarity.accuracy"] = scores.polarity.recall
    return found


def _parts(name: str, score: Score) -> dict[str, float]:
    return {f"{name}.precision": score.precision, f"{name}.recall": score.recall, f"{name}.f1": score.f1}
