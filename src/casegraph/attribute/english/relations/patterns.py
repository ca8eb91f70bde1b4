"""The patterns of a language, read from its data folder and indexed by the lemma that triggers them."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from casegraph.model import ROLES, Kind

Part = Literal["verbs", "nouns", "adjectives", "modifiers"]
_HELPERS = frozenset({"money", "with", "place"})  # slots that must fit but are no role of their kind


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a role's words stand: `places`, best first; `wants`: what they must be able to be."""

    role: str
    places: tuple[str, ...]
    wants: tuple[str, ...]
    required: bool
    placed: bool  # wants a place, which may stand deeper ("a plant outside Konya")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One group of triggers with its frames; the head of `relations.toml` tells what each key means."""

    kind: Kind
    name: str
    frames: tuple[tuple[Slot, ...], ...]
    score: float
    object: frozenset[str] | None  # lemmas, or "@class"
    not_object: frozenset[str]
    particles: frozenset[str]  # one of them, "-" for none
    adverb: str
    without_adverb: str
    need: str
    without: str
    voice: str  # "", "active", "passive"
    finite: bool  # never a participle after its noun
    bare: bool  # only without an object
    blocks: frozenset[str]  # kinds that no later pattern of the verb may give after this one
    bearer: bool  # some frame has the place "self"
    act: bool  # the noun names an act, which may have a date of its own
    alone: bool
    mutual: bool  # two subjects and no object: "X and Y married"
    negative: bool  # the verb says that it is over: "cut ties"
    trigger_object: bool
    idiom: bool  # counts with an object of `[idioms]`, with which no other pattern does


@dataclass(frozen=True, slots=True)
class Grammar:
    """All patterns of a language by part and lemma, its word classes and word lists."""

    patterns: dict[Part, dict[str, tuple[Pattern, ...]]]
    classes: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]
    endings: tuple[str, ...]
    idioms: dict[str, frozenset[str]]  # verb to the objects with which it means something else


@cache
def load_grammar(language: str) -> Grammar:
    """Return the grammar of `lang/<language>/relations*.toml`; raises ValueError on a senseless frame."""
    folder = files("casegraph.attribute") / "lang" / language
    found: dict[Part, dict[str, list[Pattern]]] = {part: defaultdict(list) for part in get_args(Part)}
    words: dict[str, frozenset[str]] = {}
    classes: dict[str, frozenset[str]] = {}
    endings: tuple[str, ...] = ()
    idioms: dict[str, frozenset[str]] = {}
    for name in ("relations.toml", "relations-roles.toml", "relations-nouns.toml"):
        data = tomllib.loads((folder / name).read_text(encoding="utf-8"))
        for part, by_lemma in found.items():
            for group in data.get(part, ()):
                pattern = _pattern(group)
                for lemma in dict.fromkeys(group["lemmas"].split()):
                    by_lemma[lemma].append(pattern)
        words.update({key: frozenset(value.split()) for key, value in data.get("words", {}).items()})
        idioms.update({verb: frozenset(nouns.split()) for verb, nouns in data.get("idioms", {}).items()})
        lists = dict(data.get("classes", {}))
        endings = tuple(lists.pop("endings", "").split()) or endings
        classes.update({key: frozenset(value.split()) for key, value in lists.items()})
    return Grammar(
        patterns={
            part: {lemma: tuple(rows) for lemma, rows in table.items()} for part, table in found.items()
        },
        classes=classes,
        words=words,
        endings=endings,
        idioms=idioms,
    )


def _pattern(group: dict[str, Any]) -> Pattern:
    kind: Kind = group["kind"]
    wanted = group.get("object")
    return Pattern(
        kind=kind,
        name=group.get("name", kind),
        frames=tuple(parse_frame(kind, frame) for frame in group["frames"]),
        score=group["score"],
        object=frozenset(wanted.split()) if wanted else None,
        not_object=frozenset(group.get("not-object", "").split()),
        particles=frozenset((group.get("particle") or "-").split()),
        adverb=group.get("adverb", ""),
        without_adverb=group.get("without-adverb", ""),
        need=group.get("need", ""),
        without=group.get("without", ""),
        voice="passive" if group.get("passive") else "active" if group.get("active") else "",
        bare=group.get("bare", False),
        blocks=frozenset(group.get("blocks", "").split()),
        act=group.get("act", False),
        bearer="=self" in " ".join(group["frames"]),
        finite=group.get("finite", False),
        alone=group.get("alone", False),
        mutual=group.get("mutual", False),
        negative=group.get("negative", False),
        trigger_object=group.get("trigger") == "object",
        idiom=group.get("idiom", False),
    )


def parse_frame(kind: Kind, frame: str) -> tuple[Slot, ...]:
    """Return the slots of "role=place|place:class,class! ..."."""
    slots = []
    for word in frame.split():
        role, _, rest = word.removesuffix("!").partition("=")
        places, _, wants = rest.partition(":")
        if not places or (role not in ROLES[kind] and role not in _HELPERS):
            raise ValueError(f"{kind}: {word!r} is no slot")
        tests = tuple(want for want in wants.split(",") if want)
        placed = bool(tests) and tests[0].endswith("place")
        slots.append(Slot(role, tuple(places.split("|")), tests, word.endswith("!"), placed))
    return tuple(slots)
