"""`casegraph review`."""

from __future__ import annotations

from pathlib import Path

import click

from casegraph.cli import hints
from casegraph.cli.options import case_argument
from casegraph.cli.terminal import say
from casegraph.errors import UsageError
from casegraph.model import ClaimReview, Verdict
from casegraph.pipeline.case import Case, open_case

VERDICTS: dict[str, Verdict] = {"accept": "accepted", "reject": "rejected"}
UNDO = "undo"


@click.command()
@case_argument
@click.argument("claim")
@click.argument("verdict", required=False, type=click.Choice((*VERDICTS, UNDO)))
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE=NAME",
    help="Who fills a role; no name: nobody.",
)
@click.option("--said-by", metavar="NAME", help="Who says so, innermost in the chain.")
@click.option("--as-read", is_flag=True, help="Take --role and --said-by back: it is to be read as it was.")
@click.option("--tags", metavar="TAG,TAG", help="Tags, in place of those there are.")
@click.option("--remark", metavar="WORDS", help="A remark on the claim, in place of the one there is.")
@click.option("--star/--no-star", default=None, help="Give it a star, or take it away.")
@click.option("--note", metavar="WORDS", default="", help="Why: kept with the verdict or the reading.")
def command(
    case: Path,
    claim: str,
    verdict: str | None,
    roles: tuple[str, ...],
    said_by: str | None,
    note: str,
    *,
    as_read: bool,
    **marks: str | bool | None,
) -> None:
    """Say of a claim of CASE that it was read right, or that it is none, or how it is to be read.

    A rejected claim counts for nothing: lists, origins, contradictions and exports leave it out. Each word
    goes to the journal, where `casegraph history` lists it; `undo` takes a verdict back, by another entry. A
    rebuild keeps all of it, as long as the words of the claim stand in its document.
    """
    opened = open_case(case)
    done = list(_marked(opened, claim, marks))
    if verdict is not None:
        done.append(opened.review(claim, VERDICTS.get(verdict, ""), note=note))
    if as_read or roles or said_by is not None:
        given = {} if as_read else _roles(roles)
        done.append(opened.correct(claim, roles=given, said_by=None if as_read else said_by, note=note))
    if not done:
        raise UsageError("say something of the claim: accept, reject, --role, --said-by, --tags, --star")
    for one in done:
        click.echo(f"{one.claim}  {one.aspect}  {one.value or UNDO}")
    if any(one.aspect in {"verdict", "correction"} for one in done):
        say(f"what other claims rest on follows with the next build: {hints.command('build', case)}")


def _marked(case: Case, claim: str, marks: dict[str, str | bool | None]) -> list[ClaimReview]:
    done = []
    if isinstance(tags := marks["tags"], str):
        done.append(case.mark(claim, "tags", tags))
    if isinstance(remark := marks["remark"], str):
        done.append(case.mark(claim, "note", remark))
    if marks["star"] is not None:
        done.append(case.mark(claim, "star", "1" if marks["star"] else ""))
    return done


def _roles(given: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in given:
        role, sign, name = one.partition("=")
        if not sign:
            raise UsageError(f"{one!r} is not ROLE=NAME")
        found.setdefault(role, []).extend([name] if name.strip() else [])
    return found
