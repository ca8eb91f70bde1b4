"""Mapping files of a case: read, and which documents' tables they are for.

A file's part in a stage's key is that of the mappings for the layouts that a document's tables have: a change
of one file makes stale the documents with such tables and no others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import msgspec

from casegraph.errors import SettingsError
from casegraph.model import Mapping as TableRules
from casegraph.model import Table, layout_of, make_id
from casegraph.pipeline.tasks import Key
from casegraph.store.shelf import Shelf

_ENDINGS = frozenset([".yml", ".yaml"])
_LARGEST = 1 << 20  # bytes of one file


def mapping_files(folder: Path) -> Iterable[tuple[Path, str]]:
    """Yield the mapping files of a case with their text; raises SettingsError for one that is no text."""
    paths = sorted(path for path in folder.iterdir() if path.suffix in _ENDINGS) if folder.is_dir() else []
    for path in paths:
        try:
            if path.stat().st_size > _LARGEST:
                raise SettingsError(f"mappings/{path.name}: larger than 1 MiB, which no mapping is")
            yield path, path.read_text("utf-8")
        except UnicodeDecodeError as error:
            raise SettingsError(f"mappings/{path.name}: not UTF-8") from error


def read_mappings(folder: Path) -> tuple[TableRules, ...]:
    """Return what a person says of tables: the files that are no untouched guesses; raises SettingsError."""
    found: dict[str, TableRules] = {}
    for path, text in mapping_files(folder):
        from casegraph.attribute.tables.ftm import is_guess, read_mapping  # noqa: PLC0415 - few cases have files

        if is_guess(text):
            continue
        one = read_mapping(path.name, text)
        layout = layout_of(one.headings)
        if layout in found:
            raise SettingsError(
                f"mappings/{one.name}: it is for the same headings as mappings/{found[layout].name}; keep one"
            )
        found[layout] = one
    return tuple(found.values())


def layouts(
    shelves: Mapping[str, Shelf], mappings: Collection[TableRules], prefix: str
) -> dict[str, frozenset[str]]:
    """Return the layouts of each document's tables in a bucket; nothing is read where nobody asks for it."""
    shelf = next((one for one in shelves.values() if Table in one.types), None)
    if not mappings or shelf is None:
        return {}
    rows = shelf.rows(Table, prefix, columns=("headings",))
    found: dict[str, set[str]] = defaultdict(set)
    pairs = zip(rows.column("key_document").to_pylist(), rows.column("headings").to_pylist(), strict=True)
    known: dict[str, str] = {}
    for document, text in pairs:
        if text and text != "[]":
            known[text] = known.get(text) or layout_of(msgspec.json.decode(text, type=tuple[str, ...]))
            found[document].add(known[text])
    return {document: frozenset(own) for document, own in found.items()}


def mapping_lock(mappings: Iterable[TableRules], own: Collection[str]) -> str:
    """Return what stands in a key for the mappings of some layouts, "" for none."""
    digests = [
        msgspec.json.encode((one.headings, one.rules), order="deterministic").decode()
        for one in mappings
        if layout_of(one.headings) in own
    ]
    return make_id("mappings", *sorted(digests)) if digests else ""


def with_mappings(key: Key, lock: str) -> Key:
    """Return the key of a stage that reads mappings."""
    if not lock:
        return key
    return Key(
        key=make_id("key", key.key, lock),
        upstream=key.upstream,
        settings=make_id("settings", key.settings, lock),
    )
