"""JSON and JSON Lines: lists of records as tables, trees as readable lines, FollowTheMoney as entities."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from casegraph.model import Original
from casegraph.read.base import Reader, Reading, suffixes
from casegraph.read.charset import decode, is_text
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.pieces import Piece
from casegraph.read.trees import Number, Tree, pieces, words

_JSON = "application/json"
_LINES = "application/jsonl"
_HEAD = 100_000  # bytes that decide
_STRING = r'"(?:[^"\\\n]|\\.){0,2000}"'
_BEGINS = re.compile(rf"\s*(?:\[\s*)*(?:\{{\s*(?:{_STRING}\s*:|\}})|\[\s*(?:\]|\[))")
_ANY = re.compile(rf"\s*[\[{{]\s*(?:{_STRING}|[\]}}\[{{]|-?\d|true|false|null)")
_NAMES = frozenset({"json", "jsonl", "ndjson", "geojson", "ijson", "jsonld", "har", "ipynb"})
_DESCRIPTIONS = ("title", "name", "headline")
_ENTITIES = 200  # in one block
_BROKEN = (ValueError, RecursionError, MemoryError)


def _parse(text: str) -> Any:  # noqa: ANN401 - JSON, of any shape
    """Return the tree of a text, its numbers as written; raises _BROKEN."""
    return json.loads(text, parse_float=Number, parse_int=Number, parse_constant=Number, strict=False)


def _recognise(original: Original) -> str | None:
    data = original.data
    if data[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\0")[:1] not in {b"{", b"["} or not is_text(data):
        return None
    head = decode(data[:_HEAD]).text.lstrip("\ufeff")
    named = bool(suffixes(original) & _NAMES)
    if not _BEGINS.match(head) and not (named and _ANY.match(head)):
        return None
    whole = len(data) <= _HEAD
    first, _, rest = head.lstrip().partition("\n")
    if rest.strip() and _fits(first):
        second = rest.lstrip().partition("\n")
        if (
            _fits(second[0])
            or (not second[1] and not whole)
            or (second[0][:1] in "{[" and first[0] == second[0][0])
        ):
            return _LINES
    if named or (_BEGINS.match(head) and (not whole or head.lstrip()[:1] == "{" or _fits(head))):
        return _JSON
    return None


def _fits(text: str) -> bool:
    try:
        return isinstance(_parse(text), (dict, list))
    except _BROKEN:
        return False


def read(original: Original, media_type: str) -> Reading:
    """Yield the values: tables where records repeat, else lines of "path: value", long texts as paragraphs.

    Problems: `undecodable`, `cut`, `damaged`, `damaged-part`, `nested-too-deep`, `no-text`.
    """
    draft = Draft(original, media_type, "jsontext 1")
    decoded = decode(original.data)
    draft.decoding(decoded)
    text = decoded.text.lstrip("\ufeff")
    try:
        tree = _lines(draft, text) if media_type == _LINES else _parse(text)
    except RecursionError:
        draft.problem("nested-too-deep", "the values nest too deep to be told apart; the file reads as it is")
        tree = None
    except (ValueError, MemoryError):
        draft.problem("damaged", "the file breaks the rules of JSON; it reads as it is")
        tree = None
    if tree is None:
        draft.page(Piece(part, "table") for part in _as_it_is(text))
    else:
        _state(draft, tree)
        draft.page(_entities(draft, tree) or pieces(tree))
    if not draft.filled:
        draft.problem("no-text", "the file holds no values")
    yield from draft.finish()


def _lines(draft: Draft, text: str) -> list[Tree]:
    """Return the value of each line; a broken one is kept as words."""
    found: list[Tree] = []
    broken: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(_parse(line))
        except _BROKEN:
            broken.append(number)
            found.append(line.strip())
    if broken:
        shown = ", ".join(map(str, broken[:5])) + (" ..." if len(broken) > 5 else "")
        draft.problem("damaged-part", f"{len(broken)} lines are no JSON and read as they are: {shown}")
    return found


def _as_it_is(text: str) -> Iterator[str]:
    lines = clean(text).split("\n")
    for place in range(0, len(lines), 200):
        yield "\n".join(lines[place : place + 200])


def _state(draft: Draft, tree: Tree) -> None:
    """Keep what a single record says of itself."""
    if not isinstance(tree, Mapping):
        return
    for key in _DESCRIPTIONS:
        value = tree.get(key)
        if draft.title is None and isinstance(value, str) and not isinstance(value, Number):
            draft.title = words(value)


def _is_entity(item: Tree) -> bool:
    """Tell whether a record is an entity of FollowTheMoney: id, schema, and lists of values by property."""
    if not isinstance(item, Mapping) or not isinstance(item.get("schema"), str):
        return False
    properties = item.get("properties")
    return isinstance(item.get("id"), str) and isinstance(properties, Mapping)


def _entities(draft: Draft, tree: Tree) -> list[Piece]:
    """Return entities of FollowTheMoney, a block each with its schema and properties."""
    items = [tree] if isinstance(tree, Mapping) else tree
    if isinstance(items, (str, bool)) or not items or not all(map(_is_entity, items)):
        return []
    draft.value("format", "FollowTheMoney")
    draft.value("entities", str(len(items)))
    found = ["\n".join(_entity_lines(item)) for item in items if isinstance(item, Mapping)]
    step = 1 if len(found) <= 20_000 else 20
    return [Piece("\n\n".join(found[place : place + step]), "table") for place in range(0, len(found), step)]


def _entity_lines(item: Mapping[str, Tree]) -> Iterator[str]:
    yield f"{words(item['schema'])} {words(item['id'])}"
    properties = item["properties"]
    for key, values in properties.items() if isinstance(properties, Mapping) else ():
        listed = [values] if isinstance(values, (str, bool, Mapping)) or values is None else values
        shown = [words(one.get("id") if isinstance(one, Mapping) else one) for one in listed]
        yield f"{words(key)}: {'; '.join(filter(None, shown))}"
    datasets = item.get("datasets")
    if isinstance(datasets, list):
        yield f"datasets: {'; '.join(map(words, datasets))}"


READER = Reader(name="jsontext", version=1, media_types=(_JSON, _LINES), recognise=_recognise, read=read)
