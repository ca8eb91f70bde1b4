"""What every record shares."""

from __future__ import annotations

from typing import Any

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An immutable value. Field names are the wire names (`to_wire`) and the column names."""


def to_wire(record: Record) -> dict[str, Any]:
    """Return the record as JSON-ready builtins; bytes become base64 text."""
    wire: dict[str, Any] = msgspec.to_builtins(record)
    return wire


class Problem(Record, frozen=True, kw_only=True):
    """Something in the input that could not be used: shown to the user, counted, never fatal.

    `code` is `stage.kebab-code`; `subject` is the id of what it concerns (a document, a page,
    a path relative to what the user named); `detail` says what is wrong in a sentence and
    carries no text of the page.
    """

    code: str  # `stage.kebab-code`
    subject: str  # id of what it concerns, or a path as the user named it
    detail: str  # what is wrong, in a sentence, without text of the page
