"""casegraph: who says what about whom, on which page.

`init_case`, `open_case` and `run` give a `Case` or what was found in files; the records and errors that they
give and raise are here too. Everything is loaded when it is first used, so that importing costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casegraph.errors import (
        CaseDamagedError,
        CaseExistsError,
        CasegraphError,
        CaseLockedError,
        CaseNotFoundError,
        CaseTooNewError,
        MissingPartError,
        SettingsError,
        UsageError,
    )
    from casegraph.model import (
        Amount,
        Attribution,
        Claim,
        ClaimDate,
        Count,
        Date,
        Document,
        Entity,
        MadeBy,
        Mention,
        Page,
        Party,
        Place,
        Problem,
        Qualifiers,
        Quantity,
        Record,
        Target,
        to_wire,
    )
    from casegraph.pipeline.asking import ModelServer
    from casegraph.pipeline.case import Case, init_case, open_case, run, temporary_case

__all__ = [
    "Amount",
    "Attribution",
    "Case",
    "CaseDamagedError",
    "CaseExistsError",
    "CaseLockedError",
    "CaseNotFoundError",
    "CaseTooNewError",
    "CasegraphError",
    "Claim",
    "ClaimDate",
    "Count",
    "Date",
    "Document",
    "Entity",
    "MadeBy",
    "Mention",
    "MissingPartError",
    "ModelServer",
    "Page",
    "Party",
    "Place",
    "Problem",
    "Qualifiers",
    "Quantity",
    "Record",
    "SettingsError",
    "Target",
    "UsageError",
    "init_case",
    "open_case",
    "run",
    "temporary_case",
    "to_wire",
]

_HOMES = ("casegraph.errors", "casegraph.model", "casegraph.pipeline.case", "casegraph.pipeline.asking")


def __getattr__(name: str) -> object:
    """Load a public name when it is first used (PEP 562)."""
    if name in __all__:
        for home in _HOMES:
            found: object = getattr(importlib.import_module(home), name, None)
            if found is not None:
                globals()[name] = found
                return found
    raise AttributeError(f"module 'casegraph' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
