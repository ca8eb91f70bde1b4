from __future__ import annotations

import io
import os
import pty
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from casegraph import errors
from casegraph.cli import program
from casegraph.cli.program import COMMANDS, INTERRUPTED, PIPE_CLOSED, UNEXPECTED
from casegraph.cli.terminal import PIPE_WIDTH, console
from casegraph.errors import CasegraphError
from casegraph.text import printable

CASEGRAPH = [sys.executable, "-m", "casegraph"]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], tuple[int, str, str]]:
    """Return what runs `casegraph status` with an error in its midst: exit code, stdout, stderr."""

    def run(error: BaseException, *before: str) -> tuple[int, str, str]:
        def opened(_folder: Path) -> None:
            raise error

        monkeypatch.setattr(import_module("casegraph.cli.commands.status"), "open_case", opened)
        result = CliRunner().invoke(program, [*before, "status", "my-case"])
        return result.exit_code, result.stdout, result.stderr

    return run


def every_error() -> list[type[CasegraphError]]:
    return [CasegraphError, *CasegraphError.__subclasses__()]


@pytest.mark.parametrize("error", every_error())
def test_each_error_is_one_line_and_its_own_exit_code(
    error: type[CasegraphError], failing: Callable[[BaseException], tuple[int, str, str]]
) -> None:
    code, out, err = failing(error("no case at x\ny: make one"))
    assert (code, out, err) == (error.exit_code, "", "casegraph: no case at x y: make one\n")


def test_exit_codes_tell_the_errors_apart() -> None:
    codes = [error.exit_code for error in every_error()]
    assert len(set(codes)) == len(codes)
    assert not {INTERRUPTED, PIPE_CLOSED, UNEXPECTED, 0} & set(codes)


def test_a_fault_of_ours_names_its_class_and_no_words(
    failing: Callable[[BaseException], tuple[int, str, str]],
) -> None:
    code, out, err = failing(KeyError("secret words of a page"))
    assert (code, out) == (UNEXPECTED, "")
    assert err.count("\n") == 1
    assert "KeyError" in err
    assert "--debug" in err
    assert "secret" not in err


def test_debug_shows_the_traceback(failing: Callable[..., tuple[int, str, str]]) -> None:
    for error in (KeyError("x"), errors.CaseDamagedError("x")):
        code, _, err = failing(error, "--debug")
        assert "Traceback" in err
        assert code in {UNEXPECTED, errors.CaseDamagedError.exit_code}


def test_a_failing_disk_is_one_line(failing: Callable[[BaseException], tuple[int, str, str]]) -> None:
    code, _, err = failing(OSError(28, "No space left on device", "my-case/journal.sqlite"))
    assert (code, err) == (1, "casegraph: my-case/journal.sqlite: No space left on device\n")


def test_ctrl_c_is_one_line(failing: Callable[[BaseException], tuple[int, str, str]]) -> None:
    code, _, err = failing(KeyboardInterrupt())
    assert code == INTERRUPTED
    assert err == "casegraph: stopped\n"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["clams"], "did you mean `claims`?"),
        (["frobnicate"], "there are init, add"),
        (["init"], "see `casegraph init --help`"),
        (["claims", "x", "--kind", "sale"], "delivery"),
        (["claims", "x", "--limit", "0"], "limit"),
        (["--colour"], "--colour"),
    ],
)
def test_a_wrong_command_line_is_one_line_that_helps(args: list[str], words: str) -> None:
    result = CliRunner().invoke(program, args)
    assert result.exit_code == errors.UsageError.exit_code
    assert result.stdout == ""
    assert result.stderr.startswith("casegraph: ")
    assert result.stderr.count("\n") == 1
    assert words in result.stderr


def test_every_command_explains_itself() -> None:
    for entry in COMMANDS:
        result = CliRunner().invoke(program, [entry.name, "--help"])
        assert result.exit_code == 0, entry.name
        assert f"Usage: casegraph {entry.name}" in result.output
        command = entry.load()
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{entry.name} {parameter.name}"


def test_no_command_prints_the_help() -> None:
    result = CliRunner().invoke(program, [])
    assert result.exit_code == 0
    for entry in COMMANDS:
        assert entry.summary in result.stdout


def test_version() -> None:
    result = CliRunner().invoke(program, ["--version"])
    assert re.fullmatch(r"casegraph \d+\.\d+\.\d+\S*\n", result.stdout)


def test_help_loads_nothing_heavy() -> None:
    listed = "import sys, casegraph.cli; print(*(name for name in sys.modules))"
    modules = subprocess.run(
        [sys.executable, "-c", listed], capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = {
        "rich.console",
        "msgspec",
        "pyarrow",
        "spacy",
        "tantivy",
        "casegraph.model",
        "casegraph.pipeline",
    }
    assert not heavy & set(modules)


def test_help_is_quick() -> None:
    """Processor time, the best of five runs: the machine may be busy."""

    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*CASEGRAPH, "--help"], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(5)) < 0.25


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    script = (
        "import sys; from casegraph.cli import program; import casegraph.cli.commands.status as status\n"
        "def write(*_):\n"
        "    for _ in range(100_000): print('x' * 100)\n"
        "status.write = write\n"
        "status.open_case = lambda folder: status\n"
        "status.status = lambda: None\n"
        "program(['status', 'x'])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=20) == PIPE_CLOSED


def terminal() -> io.TextIOWrapper:
    _, follower = pty.openpty()
    return os.fdopen(follower, "w")


def test_a_pipe_gets_a_hundred_plain_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = console(io.StringIO())
    assert shown.width == PIPE_WIDTH
    assert shown.color_system is None


def test_no_color_is_honoured_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "1")
    with terminal() as stream:
        assert console(stream).no_color
    monkeypatch.delenv("NO_COLOR")
    with terminal() as stream:
        shown = console(stream)
        assert not shown.no_color
        assert shown.color_system


def test_printable_is_one_safe_line() -> None:
    assert printable("a\nb\tc\x1b[0m\x9b\u202ed\u2028e") == "a b c\ufffd[0m\ufffd\ufffdd e"
