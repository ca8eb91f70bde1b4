"""`casegraph gate`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from inspect import signature
from pathlib import Path

import click

from casegraph.cli.figures import COLUMNS, Figure, figures_table, judge, pin_floors, read_floors
from casegraph.cli.options import output_options
from casegraph.cli.output import Form, Listing, plural, write
from casegraph.cli.terminal import console, say
from casegraph.errors import CasegraphError, MissingPartError, UsageError

_STAGES = ("read", "extract", "attribute", "resolve", "trace", "screen")
_PARTS = ("ocr", "encodings", "types", "mail", "tables")
_GATED = (*_STAGES, *_PARTS)
BORROWED = ("relations-shared", "names-shared", "extract-shared")
"""Gates on other people's data, which lie beside the checkout: run when asked for, without floors."""


def _module(name: str) -> str:
    return f"casegraph.gates.{name.replace('-', '_')}"


GATES = tuple(name for name in (*_GATED, *BORROWED) if find_spec(_module(name)))
"""Stages that have a gate: a module in casegraph.gates with `gate(folder) -> figures`."""

_HELD_OUT = "heldout"

LISTING: Listing[Figure] = Listing("figure", "figures", COLUMNS, figures_table, chunk=sys.maxsize)


@click.command()
@click.argument("stages", nargs=-1, type=click.Choice(GATES), metavar="[STAGE]...")
@click.option(
    "--gold",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the gold sets; ./gold by default.",
)
@click.option("--held-out", is_flag=True, help="Measure the parts that no rule was written for.")
@click.option("--update", is_flag=True, help="Pin what was measured as the new floors.")
@click.option("--allow-regression", is_flag=True, help="Let --update lower a floor.")
@output_options()
def command(
    stages: tuple[str, ...],
    gold: Path | None,
    *,
    held_out: bool,
    update: bool,
    allow_regression: bool,
    form: Form,
    output: Path | None,
) -> None:
    """Measure STAGEs (all that have a gate) against their gold sets: precision, recall and F1.

    Fails when a figure is below its pinned floor, or when one that counts false accusations is above. The
    held-out parts have floors of their own. `relations-shared`, `names-shared` and `extract-shared` measure
    claims and names on other people's data, where these lie beside the checkout; they run only when named,
    and have no floors.
    """
    folder = _gold(gold)
    own = [name for name in GATES if name not in BORROWED and (folder / name).is_dir()]
    chosen = [name for name in GATES if name in (stages or own)]
    floors = read_floors(folder)
    figures: list[Figure] = []
    for name in chosen:
        if not (folder / name).is_dir():
            raise UsageError(f"{folder} has no gold set for {name}")
        with console(sys.stderr).status(f"measuring {name}"):
            try:
                scores = _measured(name, folder / name, held_out=held_out)
            except MissingPartError as error:
                if name not in BORROWED:
                    raise
                say(f"{name} skipped: {error}")
                continue
        figures += judge(f"{name} held out" if held_out else name, scores, floors)
    write(figures, LISTING, form, output)
    if update:
        own_figures = [figure for figure in figures if figure.gate.split()[0] not in BORROWED]
        changed = pin_floors(folder, own_figures, allow_regression=allow_regression)
        say(f"{plural(changed, 'floor')} changed")
        return
    fallen = [f"{figure.gate} {figure.figure}" for figure in figures if not figure.held]
    if fallen:
        raise CasegraphError(f"below the floor: {', '.join(fallen)}")


def _measured(name: str, folder: Path, *, held_out: bool) -> dict[str, float]:
    """Return the figures of a gate, or those of its held-out part.

    That part is asked for where the gate takes `held_out`, or is a folder of its own. Raises UsageError
    where there is none.
    """
    gate: Callable[..., dict[str, float]] = import_module(_module(name)).gate
    if not held_out:
        return gate(folder)
    if "held_out" in signature(gate).parameters:
        return gate(folder, held_out=True)
    if (folder / _HELD_OUT).is_dir():
        return gate(folder / _HELD_OUT)
    raise UsageError(f"{name} has no held-out part")


def _gold(given: Path | None) -> Path:
    """Return the folder given, ./gold, or that of the checkout that casegraph runs from."""
    checkout = Path(__file__).parents[4] / "gold"
    for folder in (given,) if given else (Path("gold"), checkout):
        if folder.is_dir():
            return folder
    raise UsageError(f"no gold sets in {given or 'gold'}; name their folder with --gold")
