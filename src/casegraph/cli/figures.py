"""What the gates measured, and the floors below which a figure must not fall."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from casegraph.cli.terminal import put
from casegraph.errors import SettingsError, UsageError
from casegraph.model import Record

FLOORS = "floors.json"
"""File in the gold folder: `{"attribute": {"source.exact.f1": 0.81, "false.wrong-mouth": 0.04}}`."""

COLUMNS = ("gate", "figure", "value", "floor", "held")

_PARTS = ("precision", "recall", "f1")
_STEPS = 1_000  # floors are kept in thousandths

Floors = dict[str, dict[str, float]]


class Figure(Record, frozen=True, kw_only=True):
    """One figure of one gate; `floor` is its pinned limit, a ceiling when `figure` counts mistakes."""

    gate: str
    figure: str
    value: float
    floor: float | None
    held: bool


def is_ceiling(figure: str) -> bool:
    """Whether less is better: false accusations have `false` in their names, character error rates `.cer`."""
    return "false" in figure.split(".") or figure.endswith(".cer")


def judge(gate: str, scores: Mapping[str, float], floors: Floors) -> list[Figure]:
    """Return the scores with their floors. A pinned figure that was not measured counts as not held."""
    pinned = floors.get(gate, {})
    figures = []
    for name, value in scores.items():
        floor = pinned.get(name)
        held = floor is None or (value <= floor if is_ceiling(name) else value >= floor)
        figures.append(Figure(gate=gate, figure=name, value=value, floor=floor, held=held))
    figures += [
        Figure(gate=gate, figure=name, value=math.nan, floor=floor, held=False)
        for name, floor in pinned.items()
        if name not in scores
    ]
    return figures


def read_floors(gold: Path) -> Floors:
    """Return the pinned floors, none when nothing is pinned; raises SettingsError for a broken file."""
    path = gold / FLOORS
    if not path.exists():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=Floors)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error


def pin_floors(gold: Path, figures: Iterable[Figure], *, allow_regression: bool) -> int:
    """Pin the figures, rounded to a thousandth to the lenient side, and return how many changed.

    Raises UsageError when that would lower a floor, unless `allow_regression`.
    """
    floors = read_floors(gold)
    before = {gate: dict(named) for gate, named in floors.items()}
    lowered = []
    for figure in figures:
        named = floors.setdefault(figure.gate, {})
        if math.isnan(figure.value):
            lowered.append(f"{figure.gate} {figure.figure}")
            del named[figure.figure]
            continue
        ceiling = is_ceiling(figure.figure)
        limit = (math.ceil if ceiling else math.floor)(round(figure.value * _STEPS, 6)) / _STEPS
        old = named.get(figure.figure)
        if old is not None and (limit > old if ceiling else limit < old):
            lowered.append(f"{figure.gate} {figure.figure}")
        named[figure.figure] = limit
    if lowered and not allow_regression:
        raise UsageError(f"would lower {', '.join(lowered)}; --allow-regression pins it all the same")
    text = msgspec.json.format(msgspec.json.encode(floors, order="sorted"), indent=2)
    (gold / FLOORS).write_bytes(text + b"\n")
    return sum(
        before.get(gate, {}).get(name) != value
        for gate, named in floors.items()
        for name, value in named.items()
    )


def figures_table(console: Console, figures: Sequence[Figure], *, head: bool) -> None:
    """Print precision, recall and F1 side by side, then what has no such parts."""
    del head
    for gate in dict.fromkeys(figure.gate for figure in figures):
        own = {figure.figure: figure for figure in figures if figure.gate == gate}
        console.print(Text(gate, style="heading"))
        table = Table(box=None, padding=(0, 2, 0, 2), pad_edge=False, header_style="faint")
        table.add_column("", no_wrap=True, overflow="ellipsis")
        for part in (*_PARTS, "floor"):
            table.add_column(part, justify="right", no_wrap=True)
        done = set()
        for name in own:
            stem, _, part = name.rpartition(".")
            if name in done:
                continue
            parts = [f"{stem}.{one}" for one in _PARTS] if part in _PARTS else [name]
            done.update(parts)
            _row(table, stem if part in _PARTS else name, [own.get(one) for one in parts])
        put(console, table)
        console.print()


def _row(table: Table, name: str, figures: Sequence[Figure | None]) -> None:
    cells = [_value(figure) for figure in figures]
    cells += [Text()] * (len(_PARTS) - len(cells))
    fallen = [figure for figure in figures if figure is not None and not figure.held]
    floors = Text(", ".join(f"{figure.floor:.3f}" for figure in fallen), style="failure")
    pinned = figures[-1]
    if not fallen and pinned is not None and pinned.floor is not None:
        floors = Text(f"{pinned.floor:.3f}", style="faint")
    table.add_row(f"  {name}", *cells, floors)


def _value(figure: Figure | None) -> Text:
    if figure is None:
        return Text()
    if math.isnan(figure.value):
        return Text("not measured", style="failure")
    count = figure.value >= 1 and figure.value == int(figure.value) and is_ceiling(figure.figure)
    return Text(
        f"{figure.value:,.0f}" if count else f"{figure.value:.3f}", style="" if figure.held else "failure"
    )
