"""The command `casegraph`: which commands there are, and what happens when one goes wrong."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import Any, NoReturn

import click

from casegraph.errors import CasegraphError

INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 + SIGINT."""

PIPE_CLOSED = 141
"""Exit code when the reader of our output went away: 128 + SIGPIPE, as other programs do."""

UNEXPECTED = 70
"""Exit code of a fault of casegraph's own (EX_SOFTWARE of sysexits.h)."""

_FAULT = (
    "a fault of casegraph's own ({name}); please report it with what the same command prints with --debug "
    "(look that through first: it may hold words of your documents)"
)

_HELP = """Turn a heap of documents into a case of attributed claims: who says what, on which page.

\b
  casegraph run page.html             look at a few files
  casegraph init my-case              or keep a case:
  casegraph add my-case leak/ page.html
  casegraph build my-case
  casegraph claims my-case --about "Orlan Works"
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A command that is imported when it is used: `casegraph --help` must not load the library."""

    name: str
    summary: str
    module: str = ""  # where it is, if not beside the others

    def load(self) -> click.Command:
        """Import the command from its module."""
        command: click.Command = import_module(self.module or f"casegraph.cli.commands.{self.name}").command
        command.name = self.name
        command.short_help = self.summary
        return command


COMMANDS: tuple[Entry, ...] = (
    Entry("init", "Make a case folder."),
    Entry("add", "Take files and folders into a case."),
    Entry("build", "Read what is new and find its claims."),
    Entry("ask", "Ask a language model of your own about the pages."),
    Entry("serve", "Open a case in the browser.", "casegraph.web.command"),
    Entry("status", "Say what is there, what is stale and why."),
    Entry("claims", "List who says what about whom."),
    Entry("entities", "List people, organisations, places and things."),
    Entry("proposals", "List pairs of entities that may be one, and why."),
    Entry("judge", "Say whether two entities are one."),
    Entry("judgements", "List what people said of entities, exchange it with nomenklatura."),
    Entry("documents", "List the documents."),
    Entry("tables", "List the tables, with their headings."),
    Entry("mappings", "Say what the tables are taken for, and write it down."),
    Entry("problems", "List what could not be used, and why."),
    Entry("lineage", "Explain who copied whom, around one document."),
    Entry("origins", "Explain on whose word a claim rests."),
    Entry("grade", "Grade a source (A to F) or a claim (1 to 6)."),
    Entry("grades", "List the grades that you gave."),
    Entry("review", "Accept, reject or correct a claim; tag it."),
    Entry("history", "List all that people decided."),
    Entry("show", "Show one claim, entity, document or table."),
    Entry("search", "Search the words of the pages."),
    Entry("reference", "Add registers, lists and aliases of others, apart from claims."),
    Entry("export", "Write a case for other programs, as FollowTheMoney."),
    Entry("verify", "Prove that nothing has changed since it was added."),
    Entry("custody", "Export where each document came from, and pin it down."),
    Entry("run", "Look at files without keeping a case."),
    Entry("gate", "Measure the stages against their gold sets."),
)


class Program(click.Group):
    """The group of COMMANDS; errors end in one line and an exit code, here and nowhere else."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which a person needs them."""
        del ctx
        return [entry.name for entry in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command."""
        del ctx
        found = [entry for entry in COMMANDS if entry.name == cmd_name]
        return found[0].load() if found else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first argument names; a slip of the finger gets a suggestion."""
        names = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in names:
            close = get_close_matches(args[0], names, n=1)
            meant = f"did you mean `{close[0]}`?" if close else f"there are {', '.join(names)}"
            raise click.UsageError(f"no command {args[0]!r}: {meant}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their summaries, importing none of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(entry.name, entry.summary) for entry in COMMANDS])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command. Ctrl-C and a reader that went away are met here, before click meets them."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _quiet_exit()
        except KeyboardInterrupt:
            stop("stopped")
        return result

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 - a caller of click's may give it by place
        **extra: Any,  # noqa: ANN401 - click hands it on to a constructor of many types
    ) -> Any:  # noqa: ANN401 - click declares it, by whether it stands alone
        """Run a command; unless `standalone_mode` is off, exit with its code."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        given, debug = _without_debug(list(sys.argv[1:] if args is None else args))
        with _one_line(debug=debug):
            name = prog_name or "casegraph"
            code = super().main(given, name, complete_var, standalone_mode=False, **extra)
        sys.exit(code if isinstance(code, int) else 0)


@contextmanager
def _one_line(*, debug: bool) -> Iterator[None]:
    """Turn every error of a command into one line on stderr and an exit code."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the last line of defence: a person gets no traceback
        if debug:
            traceback.print_exc()
        _fail(*_words_and_code(error))


def _words_and_code(error: Exception) -> tuple[str, int]:
    match error:
        case click.UsageError(ctx=click.Context() as context):
            words = error.format_message().rstrip(".")
            return f"{words} (see `{context.command_path} --help`)", error.exit_code
        case click.ClickException():
            return error.format_message(), error.exit_code
        case CasegraphError():
            return str(error), error.exit_code
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            return f"{where}{error.strerror or type(error).__name__}", CasegraphError.exit_code
        case _:
            return _FAULT.format(name=type(error).__name__), UNEXPECTED


def stop(words: str) -> NoReturn:
    """End the program because the person pressed Ctrl-C."""
    _fail(words, INTERRUPTED)


def _fail(words: str, code: int) -> NoReturn:
    # A path or a library's message may hold line ends and terminal escapes: one line, printable.
    line = "".join(char if char.isprintable() else " " for char in words)
    click.echo(f"casegraph: {' '.join(line.split())}", err=True)
    sys.exit(code)


def _quiet_exit() -> NoReturn:
    # Python flushes stdout once more on its way out, and would complain: give it somewhere to go.
    devnull = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):  # a test's stdout has no descriptor, and flushes nothing
        os.dup2(devnull, sys.stdout.fileno())
    sys.exit(PIPE_CLOSED)


def _without_debug(args: Sequence[str]) -> tuple[list[str], bool]:
    """Return the arguments without `--debug`, and whether it was there, before any `--`."""
    end = args.index("--") if "--" in args else len(args)
    kept = [arg for arg in args[:end] if arg != "--debug"]
    return [*kept, *args[end:]], len(kept) < end


def _print_version(context: click.Context, _option: click.Parameter, value: object) -> None:
    if not value or context.resilient_parsing:
        return
    from importlib.metadata import version  # noqa: PLC0415 - 15 ms that only --version needs

    click.echo(f"casegraph {version('casegraph')}")
    context.exit()


@click.group(
    "casegraph",
    cls=Program,
    help=_HELP,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version,
    help="Print the version and exit.",
)  # fmt: skip
@click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback when something fails.")
@click.pass_context
def program(context: click.Context) -> None:
    """Print the help when no command is given."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run `casegraph` with these arguments (those of the process) and exit with its code.

    The process ends without taking the interpreter down: a native library's thread was seen to abort it
    there (SIGABRT, "terminate called without an active exception") after all work was done and written.
    """
    try:
        program(args)
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else int(done.code is not None)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
