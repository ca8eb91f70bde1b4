"""Run the code blocks of the pages, and write what they print into the pages; `--check` compares instead.

Blocks of a page run in order in one empty folder:

- any block with `title="path"` is written there as a file;
- `bash` runs and must succeed; nothing is shown;
- `console` holds commands after `$ ` and what they print, standard error included;
- `python` runs; a block titled `prints` after it holds what it prints;
- all other languages (`sh`, `py`, `toml`, `json`, `text`) are for reading only.

Durations and times of day differ from run to run and are not compared.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parent
FENCE = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```$', re.MULTILINE | re.DOTALL
)
PRINTS = "prints"
CHANGING = re.compile(
    r"\b\d+(?:\.\d+)? ?(?:ms|s|seconds|documents/s|pages/s)\b|\b\d+(?:\.\d+)?/s\b"
    r"|\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?Z?\b"
)
SECONDS = 300
WIDTH = "100"


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its language, its title, its text and where the text stands in the page."""

    language: str
    title: str | None
    body: str
    start: int
    end: int


class FailedBlockError(Exception):
    """A block did not do what the page says."""


def blocks(page: str) -> list[Block]:
    """Return the fenced blocks of a page in order."""
    return [
        Block(found["language"], found["title"], found["body"], found.start("body"), found.end("body"))
        for found in FENCE.finditer(page)
    ]


def environment(folder: Path) -> dict[str, str]:
    """Return the surroundings of a reader with a plain terminal, 100 columns wide, and no settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CASEGRAPH_", "PIP_"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return kept | {
        "PATH": path,
        "HOME": str(folder),
        "COLUMNS": WIDTH,
        "NO_COLOR": "1",
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def execute(command: list[str], folder: Path) -> str:
    """Run one command and return what it printed; raises FailedBlockError when it fails."""
    done = subprocess.run(
        command,
        cwd=folder / "work",
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=SECONDS,
        text=True,
        check=False,
    )
    if done.returncode:
        raise FailedBlockError(f"{command[-1]!r} exits with {done.returncode}:\n{done.stdout}")
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def commands(body: str) -> list[str]:
    r"""Return the commands of a console block; a line that ends in `\` goes on."""
    found: list[str] = []
    open_command = False
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append(line[2:])
        elif open_command:
            found[-1] += "\n" + line
        else:
            continue
        open_command = line.endswith("\\")
    return found


def replay(block: Block, before: Block | None, folder: Path) -> str:
    """Carry out one block and return the text that it ought to hold."""
    work = folder / "work"
    if block.title == PRINTS:
        if before is None or before.language != "python":
            raise FailedBlockError("a block titled 'prints' must follow a python block")
        return (folder / PRINTS).read_text("utf-8")
    if block.title is not None:
        place = work / block.title
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(block.body, "utf-8")
    elif block.language == "bash":
        execute(["bash", "-euo", "pipefail", "-c", block.body], folder)
    elif block.language == "python":
        script = folder / "block.py"
        script.write_text(f"import sys\nsys.path.insert(0, '.')\n{block.body}", "utf-8")
        (folder / PRINTS).write_text(execute([sys.executable, str(script)], folder), "utf-8")
    elif block.language == "console":
        shell = ["bash", "-uo", "pipefail", "-c"]
        return "".join(f"$ {one}\n{execute([*shell, one], folder)}" for one in commands(block.body))
    return block.body


def rewritten(page: str) -> str:
    """Return the page with what its blocks print today."""
    parts: list[str] = []
    reached = 0
    before: Block | None = None
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "work").mkdir()
        for block in blocks(page):
            parts += [page[reached : block.start], replay(block, before, folder)]
            reached, before = block.end, block
    return "".join([*parts, page[reached:]])


def settled(page: str) -> str:
    """Return the page without what differs from run to run."""
    return CHANGING.sub("#", page)


def difference(page: str, today: str) -> str:
    """Return how a page differs from what its blocks print; "" when it does not."""
    was, is_now = settled(page).splitlines(), settled(today).splitlines()
    return "\n".join(difflib.unified_diff(was, is_now, "page", "today", lineterm=""))


def pages() -> list[Path]:
    """Return all pages with blocks that run."""
    found = [*sorted(DOCS.rglob("*.md")), DOCS.parent / "README.md", DOCS.parent / "CONTRIBUTING.md"]
    running = {"bash", "console", "python"}
    return [
        path
        for path in found
        if path.is_file() and any(one.language in running for one in blocks(path.read_text("utf-8")))
    ]


def main() -> int:
    """Write or compare the pages named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("pages", nargs="*", type=Path)
    given = parser.parse_args()
    faults = 0
    for path in given.pages or pages():
        page = path.read_text("utf-8")
        try:
            today = rewritten(page)
        except FailedBlockError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            faults += 1
            continue
        found = difference(page, today)
        if found and given.check:
            print(f"{path.name}:\n{found}", file=sys.stderr)
            faults += 1
        elif found:
            path.write_text(today, "utf-8")
            print(f"{path.name}: written anew")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
