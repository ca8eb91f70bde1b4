"""Settings."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """A case's settings."""

    name: str
    pen_name: str | None
