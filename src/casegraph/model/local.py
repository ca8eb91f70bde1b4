"""A model that lies on this machine and reads beside the rules."""

from __future__ import annotations

from typing import Literal

from casegraph.model.base import Record


class LocalModel(Record, frozen=True, kw_only=True):
    """The folder of a model, and what is in it."""

    kind: Literal["gliner2"]  # what loads it
    folder: str  # absolute path
    digest: str  # SHA-256 over names and bytes of its files, hex
