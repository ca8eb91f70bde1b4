"""Other people's annotated relations, read from beside the checkout and brought into one form."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

_TIGHT = re.compile(r" (?=[,.;:!?)\]%]|'s\b|’s\b|n't\b)|(?<=[(\[$£€]) | (?=-)|(?<=-) ")
_SENTENCE_END = re.compile(r"[.!?…]\s+(?=[А-ЯЁA-Z«\"])|\n")
_PARTS = 2
_FINRE_FIELDS = 4


@dataclass(frozen=True, slots=True)
class Marked:
    """One relation of an item: the places of its parties in `parties`, its label.

    `together`: one sentence names both, so that the words may say it.
    """

    first: int
    second: int
    label: str
    together: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """A text with its parties, each by all names that it has there, and the relations between them."""

    id: str
    text: str
    parties: tuple[tuple[str, ...], ...]
    relations: tuple[Marked, ...]
    language: str = "en"


def load(data: Path, name: str, size: int, *, held_out: bool) -> list[Item]:
    """Return the first `size` items of a part of a data set, in the order of the hash of their ids.

    The hash decides the part, too, so that an item is always in the same one, whatever the sizes.
    """
    part = [item for item in _LOADERS[name](data / name) if _part(item.id) == int(held_out)]
    return sorted(part, key=lambda item: _hash(item.id))[:size]


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()


def _part(key: str) -> int:
    return _hash(key)[-1] % _PARTS


def in_part(key: str, *, held_out: bool) -> bool:
    """Tell whether an item is in the half that is looked at, or in the held-out one."""
    return _part(key) == int(held_out)


def _joined(tokens: list[str]) -> str:
    """Return tokens as running text, without the blanks that tokenization put in."""
    return _TIGHT.sub("", " ".join(tokens))


def _core(folder: Path) -> Iterator[Item]:
    for row in json.loads((folder / "train.json").read_text(encoding="utf-8")):
        context = row["context"]
        names = tuple(
            (_joined(context[row[f"{e}_start"] : row[f"{e}_end"] + 1]), row[f"{e}_name"])
            for e in ("e1", "e2")
        )
        first, second = (1, 0) if row["invert_relation"] else (0, 1)
        yield Item(row["id"], _joined(context), names, (Marked(first, second, row["relation"]),))


def _redocred(folder: Path) -> Iterator[Item]:
    for row in json.loads((folder / "dev_revised.json").read_text(encoding="utf-8")):
        parties = tuple(
            tuple(dict.fromkeys(_joined(mention["name"].split()) for mention in entity))
            for entity in row["vertexSet"]
        )
        where = [{mention["sent_id"] for mention in entity} for entity in row["vertexSet"]]
        relations = tuple(
            Marked(
                label["h"], label["t"], label["r"],
                bool(where[label["h"]] & where[label["t"]] & set(label["evidence"])),
            )
            for label in row["labels"]
        )  # fmt: skip
        yield Item(row["title"], " ".join(_joined(s) for s in row["sents"]), parties, relations)


def _re3d(folder: Path) -> Iterator[Item]:
    for publisher in sorted(path for path in folder.iterdir() if path.is_dir()):
        relations: dict[str, list[dict[str, Any]]] = {}
        for relation in _lines(publisher / "relations.json"):
            relations.setdefault(relation["documentId"], []).append(relation)
        entities: dict[str, set[str]] = {}
        for entity in _lines(publisher / "entities.json"):
            entities.setdefault(entity["documentId"], set()).add(entity["value"])
        for row in _lines(publisher / "documents.json"):
            own = relations.get(row["_id"], [])
            names = sorted(
                entities.get(row["_id"], set()) | {r[s] for r in own for s in ("source", "target")}
            )
            place = {name: number for number, name in enumerate(names)}
            marked = tuple(Marked(place[r["source"]], place[r["target"]], r["type"]) for r in own)
            yield Item(row["_id"], row["text"], tuple((name,) for name in names), marked)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _factrueval(folder: Path) -> Iterator[Item]:
    """Read the facts of FactRuEval 2016 (Starostin et al., Dialogue 2016) between two objects each."""
    for path in sorted((folder / "devset").glob("*.facts")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8").replace("\r\n", "\n")
        spans = {row[0]: (int(row[2]), int(row[3])) for row in rows(path.with_suffix(".spans"))}
        objects = {
            row[0]: [spans[i] for i in row[2:] if i in spans] for row in rows(path.with_suffix(".objects"))
        }
        names: list[tuple[str, ...]] = []
        places: list[set[int]] = []
        number: dict[str, int] = {}
        for block in path.with_suffix(".coref").read_text(encoding="utf-8").split("\n\n"):
            first, *rest = block.strip().split("\n")
            if not first.split():
                continue
            key, *ids = first.split()
            at = [objects[i] for i in ids if objects.get(i)]
            number[f"obj{key}"] = len(names)
            words = [" ".join(text[s : s + n] for s, n in sorted(spot)) for spot in at]
            given = {line.split()[0]: line.split(maxsplit=1)[1] for line in rest if len(line.split()) > 1}
            full = " ".join(given[part] for part in ("firstname", "patronymic", "lastname") if part in given)
            names.append(tuple(dict.fromkeys([*words, *given.values(), *([full] if full else [])])))
            places.append({_sentence(text, min(spot)[0]) for spot in at})
        marked = [
            Marked(a, b, label, bool(places[a] & places[b]))
            for label, a, b in _facts(path.read_text(encoding="utf-8"), number)
        ]
        yield Item(path.stem, text, tuple(names), tuple(marked), "ru")


def _facts(text: str, number: dict[str, int]) -> Iterator[tuple[str, int, int]]:
    """Yield label, first and second party of each fact that names two."""
    for block in text.split("\n\n"):
        head, *rest = block.strip().split("\n")
        if len(head.split()) < _PARTS:
            continue
        label = head.split()[1]
        fields = [line.split()[:2] for line in rest if len(line.split()) > 1]
        held = [(name, number[key]) for name, key in fields if key in number]
        wanted = {"Occupation": ("Who", "Where"), "Ownership": ("Owner", "Property")}.get(label)
        if wanted is not None:
            firsts, seconds = ([i for name, i in held if name == part] for part in wanted)
            yield from ((label, a, b) for a in firsts for b in seconds)
        else:
            yield from ((label, a, b) for (_, a), (_, b) in combinations(held, 2))


def rows(path: Path) -> Iterator[list[str]]:
    """Yield the fields of each line of a FactRuEval file, comments left out."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = line.split("#")[0].split()
        if row:
            yield row


def _sentence(text: str, place: int) -> int:
    return len(_SENTENCE_END.findall(text, 0, place))


def _finre(folder: Path) -> Iterator[Item]:
    """Read FinRE (Li et al., ACL 2019): a row is a sentence, two of its firms and a label.

    The rows of one sentence make one item. Each fact stands twice, from both sides: the side that begins with
    被 is left out. The set has `<N>` for every number; a figure is put back, as Chinese has one there.
    """
    rows: dict[str, list[list[str]]] = {}
    for name in ("train.txt", "valid.txt"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            fields = line.split("\t")
            if len(fields) == _FINRE_FIELDS:
                rows.setdefault(fields[3], []).append(fields[:3])
    for text, own in rows.items():
        names = list(dict.fromkeys(name for first, second, _ in own for name in (first, second)))
        marked = tuple(
            Marked(names.index(first), names.index(second), label)
            for first, second, label in own
            if not label.startswith("被")
        )
        yield Item(text, text.replace("<N>", "5"), tuple((name,) for name in names), marked, "zh")


_LOADERS: dict[str, Callable[[Path], Iterator[Item]]] = {
    "core_company": _core, "redocred": _redocred, "re3d": _re3d, "factrueval2016_ru": _factrueval,
    "finre_zh": _finre,
}  # fmt: skip
