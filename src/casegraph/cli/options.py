"""Options and arguments that several commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypedDict, TypeVar, cast, get_args

import click

from casegraph.model import Kind, Stance


class Filters(TypedDict):
    """The filters of `Case.claims`, as given."""

    about: tuple[str, ...]
    said_by: tuple[str, ...]
    kind: Kind | None
    stance: Stance | None
    document: str | None
    text: str | None


Command = TypeVar("Command", bound=Callable[..., Any])

KINDS: tuple[Kind, ...] = get_args(Kind)
STANCES: tuple[Stance, ...] = get_args(Stance)
FORMATS = ("table", "jsonl", "csv")

case_argument = click.argument("case", type=click.Path(path_type=Path))


def output_options(forms: Sequence[str] = FORMATS) -> Callable[[Command], Command]:
    """Add `--format` and `--output`, given to the command as `form` and `output`."""
    form = click.option(
        "--format", "-f", "form", type=click.Choice(forms), default=forms[0], show_default=True,
        help="A table for the eye; JSON Lines with every field; CSV for a spreadsheet."
    )  # fmt: skip
    output = click.option(
        "--output", "-o", "output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
        help="Write to this file instead of the terminal.",
    )  # fmt: skip

    def decorate(command: Command) -> Command:
        return form(output(command))

    return decorate


def limit_option(default: int | None = None) -> Callable[[Command], Command]:
    """Add `--limit`, None for all unless the command has a default."""
    return click.option(
        "--limit", "-n", type=click.IntRange(min=1), default=default, show_default=default is not None,
        metavar="N", help="Give the first N.",
    )  # fmt: skip


all_option = click.option(
    "--all", "everything", is_flag=True,
    help="Show in the table, too, what documents state in their own voice and sentences whose content a "
    "claim of another kind shows already.",
)  # fmt: skip


def claim_filters(command: Command) -> Command:
    """Add the filters of `Case.claims`, given to the command together as `filters`."""

    @functools.wraps(command)
    def collected(**given: Any) -> Any:  # noqa: ANN401 - click passes what the options give
        filters = {name: given.pop(name) for name in Filters.__annotations__}
        return command(**given, filters=filters)

    kinds, stances = ", ".join(KINDS), ", ".join(STANCES)
    options = (
        click.option(
            "--about",
            metavar="NAME",
            multiple=True,
            help="Somebody or something in a role, under any spelling; words of a name, the beginning of one "
            "with a star (Rudm*), or of an entity's id. More than one: any of them.",
        ),
        click.option(
            "--said-by", metavar="NAME", multiple=True, help="Any speaker of the chain, in the same ways."
        ),
        click.option("--kind", type=click.Choice(KINDS), metavar="KIND", help=f"One of {kinds}."),
        click.option("--stance", type=click.Choice(STANCES), metavar="STANCE", help=f"One of {stances}."),
        click.option(
            "--document", metavar="DOC", help="A document: its name, id, or the beginning of its id."
        ),
        click.option("--text", metavar="WORDS", help="Words in the passage that the claim rests on."),
    )
    decorated: Any = collected
    for option in reversed(options):
        decorated = option(decorated)
    return cast("Command", decorated)
