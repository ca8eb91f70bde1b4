"""Invented reference data as people publish it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any

import msgspec

from casegraph.model import Problem, ReferenceEntity
from casegraph.reference import FORMS, Fragment, Options, Replaced, merged

Said = tuple[str, str]


def read(
    form: str, data: str | bytes, options: Options | None = None
) -> tuple[dict[str, ReferenceEntity], list[Said]]:
    """Return the entries of a file by id, and its problems as (code, where)."""
    chosen = next(one for one in FORMS if one.name == form)
    raw = data.encode() if isinstance(data, str) else data
    stream: Any = io.BufferedReader(io.BytesIO(raw))
    fragments: dict[str, list[Fragment]] = {}
    problems: list[Problem] = []
    replaced: dict[str, str] = {}
    for item in chosen.read(stream, options or Options()):
        msgspec.msgpack.encode(item)  # as it goes to the disk; half of a surrogate pair could not
        match item:
            case Fragment():
                fragments.setdefault(item.id, []).append(item)
            case Replaced():
                replaced[item.old] = item.new
            case Problem():
                problems.append(item)
    entities = {}
    for id_, own in fragments.items():
        if id_ not in replaced:
            entities[id_], found = merged(own, "made", lambda one: replaced.get(one, one))
            problems += found
    return entities, [(one.code.removeprefix("reference."), one.subject) for one in problems]


def jsonl(*rows: object) -> str:
    return "".join(
        (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n" for row in rows
    )


def ftm(id_: object, schema: str, **properties: Iterable[str]) -> dict[str, Any]:
    return {"id": id_, "schema": schema, "properties": {key: list(own) for key, own in properties.items()}}


WORKS = ftm(
    "NK-1",
    "Company",
    name=["Orlan Works"],
    alias=["Орлан Воркс", "奥兰公司"],
    weakAlias=["OW"],
    innCode=["77 000-00016"],
    jurisdiction=["ru"],
    topics=["sanction"],
)
STAKE = ftm("NK-2", "Ownership", owner=["NK-3"], asset=["NK-1"], percentage=["51"])
KERN = ftm("NK-3", "Person", firstName=["Anna"], lastName=["Kern"], birthDate=["1971-05"])
