"""Reference data: registers, lists and tables of names that a person adds to a case."""

from __future__ import annotations

from casegraph.reference.aliases import ALIASES
from casegraph.reference.base import Form, Fragment, Item, Options, Replaced
from casegraph.reference.bods import BODS
from casegraph.reference.ftm import ENTITIES, STATEMENTS, known_schema
from casegraph.reference.mapping import MAPPED, read_queries
from casegraph.reference.merge import merged

VERSION = 1
"""Of what the readers give; another number means: read the files again."""

FORMS: tuple[Form, ...] = (STATEMENTS, ENTITIES, BODS, MAPPED, ALIASES)
"""All of them, in the order in which a file's beginning is tried."""


def form_of(head: bytes) -> Form | None:
    """Return the form that the first bytes of a file show, None where they show none."""
    return next((one for one in FORMS if one.is_one(head)), None)


__all__ = [
    "FORMS",
    "VERSION",
    "Form",
    "Fragment",
    "Item",
    "Options",
    "Replaced",
    "form_of",
    "known_schema",
    "merged",
    "read_queries",
]
