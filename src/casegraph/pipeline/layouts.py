"""What the tables of a case are taken for, by layout; guesses written as mapping files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from casegraph.attribute.tables.ftm import is_guess, uses_of, write_mapping
from casegraph.model import TableMapping, layout_of
from casegraph.pipeline.folder import MAPPINGS
from casegraph.pipeline.mapped import mapping_files
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.query import Query
from casegraph.pipeline.reports import LayoutRow
from casegraph.store.atomic import write_whole

_LONGEST_SLUG = 40
_MOST_NAMES = 20  # documents that a row names
_SHORT = 8  # hexadecimal digits of a layout in the name of a file


def _gathered(query: Query, document: str | None) -> dict[str, list[TableMapping]]:
    found: dict[str, list[TableMapping]] = {}
    for one in query.records(TableMapping, document):
        found.setdefault(one.layout, []).append(one)
    return found


def _best(own: list[TableMapping]) -> TableMapping:
    return max(own, key=lambda one: (one.source == "file", one.score, one.claims, one.id))


def layout_rows(ground: Ground, query: Query, document: str | None) -> Iterator[LayoutRow]:
    """Yield one row a layout: those that give claims first, then unsure ones; see Case.mappings."""
    files = {layout_of(one.headings): one for one in ground.mappings}
    rows = [_row(layout, own, query, files.get(layout)) for layout, own in _gathered(query, document).items()]
    order = {"mapped": 0, "unsure": 1, "none": 2}
    yield from sorted(rows, key=lambda row: (order[row.state], -row.score, -row.claims, row.layout))


def _row(layout: str, own: list[TableMapping], query: Query, file: object) -> LayoutRow:
    best = _best(own)
    given = getattr(file, "rules", None)
    rules = best.rules if given is None else given
    columns = best.columns if file is None and best.source == "guess" else uses_of(rules)
    names = dict.fromkeys(held.names[0] for one in own if (held := query.held(one.document)) is not None)
    outdated = (file is None) != (best.source == "guess") or (file is not None and best.rules != given)
    return LayoutRow(
        layout=layout,
        state=best.state if file is None or outdated else ("mapped" if rules else "none"),
        source=best.source,
        kind=best.kind,
        score=best.score,
        headings=best.headings,
        columns=columns,
        file=None if file is None else str(getattr(file, "name", "")),
        tables=len(own),
        documents=tuple(names)[:_MOST_NAMES],
        entries=sum(one.entries for one in own),
        claims=sum(one.claims for one in own),
        outdated=outdated,
    )


def write_layouts(ground: Ground, query: Query, document: str | None, *, every: bool) -> tuple[Path, ...]:
    """Write a mapping file for each layout that has none of a person's; see Case.write_mappings."""
    folder = ground.folder / MAPPINGS
    taken = {layout_of(one.headings) for one in ground.mappings}
    persons = {path.name for path, text in mapping_files(folder) if not is_guess(text)}
    written = []
    for layout, own in sorted(_gathered(query, document).items()):
        best = _best(own)
        if layout in taken or best.source == "file" or (best.state == "none" and not every):
            continue
        held = query.held(best.document)
        name = _slug(best, held.names[0] if held is not None else "")
        path = folder / f"{name}.yml"
        if path.name in persons:
            continue
        folder.mkdir(mode=0o700, exist_ok=True)
        text = write_mapping(msgspec.structs.replace(best), name)
        if not path.exists() or path.read_text("utf-8") != text:
            write_whole(path, text.encode())
        written.append(path)
    return tuple(written)


def _slug(one: TableMapping, document: str) -> str:
    """Return a file's name: what the tables are, where the first stands, the beginning of the layout's id."""
    stem = Path(document).stem or one.name or "table"
    words = re.sub(r"[^\w]+", "-", stem.lower()).strip("-_")[:_LONGEST_SLUG].strip("-_")
    return f"{one.kind or 'table'}-{words}-{one.layout.split('-')[-1][:_SHORT]}"
