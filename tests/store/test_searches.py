"""Searches that people keep: kept, replaced, and gone when they are taken out."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from casegraph.errors import CaseDamagedError, UsageError
from casegraph.store import searches
from casegraph.store.searches import FILE, SavedSearch, Searches


def saved(name: str, made: str = "2026-01-01T00:00:00Z") -> SavedSearch:
    return SavedSearch(id=f"search-{name}", name=name, asked={"q": name}, made=made)


def test_searches_are_kept_and_taken_out(tmp_path: Path) -> None:
    held = Searches(tmp_path)
    assert held.all() == []
    assert not held.remove("search-cranes")
    assert not (tmp_path / FILE).exists()
    held.keep(saved("cranes"))
    held.keep(saved("gantry", "2026-02-01T00:00:00Z"))
    held.keep(saved("cranes", "2026-01-02T00:00:00Z"))
    assert [one.name for one in held.all()] == ["gantry", "cranes"]
    assert held.get("search-cranes") == saved("cranes", "2026-01-02T00:00:00Z")
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert held.remove("search-gantry")
    assert [one.name for one in held.all()] == ["cranes"]
    assert b"gantry" not in (tmp_path / FILE).read_bytes()


def test_too_many_and_a_broken_file_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searches, "MOST", 1)
    held = Searches(tmp_path)
    held.keep(saved("cranes"))
    with pytest.raises(UsageError, match="remove some"):
        held.keep(saved("gantry"))
    assert [one.name for one in held.all()] == ["cranes"]
    (tmp_path / FILE).write_bytes(b"no table" * 200)
    with pytest.raises(CaseDamagedError):
        held.all()
