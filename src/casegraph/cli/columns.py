"""Wire records as flat rows: dotted paths, lists joined, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from casegraph.model import ROLES

JOINT = "; "
"""Between the parts of a list in one cell."""

DOCUMENTS = (
    "id", "names", "paths", "size", "added", "document.media_type", "document.title", "document.authors",
    "document.publisher", "document.published.start", "document.published.end", "document.language",
    "document.url", "document.pages", "mentions", "claims", "problems", "thread.id", "thread.answers",
)  # fmt: skip
ENTITIES = ("id", "schema", "name", "names", "countries", "emails", "identifiers", "mentions", "documents")
TABLES = (
    "table.id", "name", "table.page", "table.number", "table.name", "table.first_row", "table.rows",
    "table.columns", "table.headings",
)  # fmt: skip
CUSTODY = (
    "document", "size", "original", "paths", "inside.container", "inside.name", "inside.modified", "added",
    "additions.path", "additions.added", "additions.pen_name", "additions.modified", "additions.changed",
    "additions.accessed", "additions.zone", "media_type", "title",
    *(f"embedded.{one}" for one in (
        "author", "last_modified_by", "created", "modified", "printed", "printed_by", "printer", "producer",
        "creator_tool", "company", "manager", "template", "revision", "software", "camera", "camera_serial",
        "gps", "mail_client", "message_id",
    )),
)  # fmt: skip
DIFFERENCES = ("code", "subject", "detail", "name")
MAPPINGS = (
    "layout", "state", "source", "kind", "score", "file", "tables", "documents", "entries", "claims",
    "headings",
    "columns.heading", "columns.property", "columns.score",
)  # fmt: skip
PROBLEMS = ("code", "subject", "detail", "document", "name")
HITS = ("document", "page", "name", "title", "score", "start", "snippet", "furniture")

_CLAIM_HEAD = (
    "id", "document", "content_target.page", "content_target.start", "content_target.end",
    "kind", "stance", "polarity", "hedges", "direct_quote",
    "attribution.role", "attribution.speaker", "attribution.entity", "attribution.unnamed",
    "attribution.count.minimum", "attribution.count.maximum", "attribution.cue", "attribution.basis",
)  # fmt: skip
_CLAIM_TAIL = (
    "qualifiers.dates.start", "qualifiers.dates.end", "qualifiers.places.name", "qualifiers.places.country",
    "qualifiers.amount.minimum", "qualifiers.amount.maximum", "qualifiers.amount.currency",
    "qualifiers.quantity.minimum", "qualifiers.quantity.maximum", "qualifiers.quantity.unit",
    "qualifiers.quantity.approximate",
    "qualifiers.share.minimum", "qualifiers.share.maximum", "qualifiers.instrument", "qualifiers.position",
    "content_target.exact", "evidence.exact", "made_by.extractor", "made_by.version", "made_by.score",
    "made_by.model", "made_by.prompt",
)  # fmt: skip


def claim_columns(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return the columns of claims of these kinds: a name and an entity for each of their roles."""
    roles = dict.fromkeys(role for kind in kinds for role in ROLES[kind])
    named = (f"roles.{role}.{field}" for role in roles for field in ("name", "entity"))
    return (*_CLAIM_HEAD, *named, *_CLAIM_TAIL)


def cells(wire: dict[str, Any], columns: Sequence[str]) -> list[str | int | float]:
    """Return the row's cells; what a record lacks is ""."""
    return [_cell(_follow(wire, _path(column))) for column in columns]


@cache
def _path(column: str) -> tuple[str, ...]:
    return tuple(column.split("."))


def _follow(value: object, path: tuple[str, ...]) -> object:
    """Return what stands at the path; a list on the way gives a list of what stands in each part."""
    for number, key in enumerate(path):
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list | tuple):
            return [_follow(part, path[number:]) for part in value]
        else:
            return None
    return value


def _cell(value: object) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple):
        if all(part is None for part in value):
            return ""
        return _guarded(JOINT.join(str(_cell(part)) for part in value))
    return _guarded(str(value))


def _guarded(text: str) -> str:
    """Return the text so that a spreadsheet does not run it.

    A cell that starts with one of these is taken for a formula, and the words come from strangers'
    documents (OWASP, CSV injection): an apostrophe in front makes it text.
    """
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
