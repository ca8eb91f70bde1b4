"""Draw docs/pictures from the example case: what the commands really print, as SVG.

Each command runs in a pseudo-terminal, so that it shows the colours that a person would see. The pictures
hold no web font and no script, and the same output gives the same file. `--check` compares instead.
"""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

import transcripts

ROOT = Path(__file__).parent.parent
PICTURES = Path(__file__).parent / "pictures"
DOCUMENTS = ROOT / "demo" / "documents"
CASE = "demo-case"
WIDTH = 110
MOST_LINES = 34
WEB_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)

SHOTS = {
    "claims": ["claims", CASE, "--kind", "delivery", "--limit", "12"],
}


def on_terminal(command: list[str], folder: Path) -> str:
    """Return what a command prints to a terminal of WIDTH columns, colours included."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 60, WIDTH, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS"}}
    surroundings = kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(command, cwd=folder, env=surroundings, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        parts = []
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # Linux says EIO when the other side has closed
                break
            if not part:
                break
            parts.append(part)
    os.close(ours)
    if running.returncode:
        raise SystemExit(f"{' '.join(command)} exits with {running.returncode}")
    return b"".join(parts).decode("utf-8").replace("\r\n", "\n")


def draw(name: str, shown: str, printed: str) -> str:
    """Return one picture: the command and what it printed."""
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    console.print(Text(f"$ {shown}", style="bold"))
    lines = printed.rstrip("\n").split("\n")
    console.print(Text.from_ansi("\n".join(lines[:MOST_LINES])))
    if len(lines) > MOST_LINES:
        console.print(Text("…"))
    svg = console.export_svg(title="casegraph", theme=SVG_EXPORT_THEME, unique_id=f"casegraph-{name}")
    return WEB_FONTS.sub("", svg)


def documents(folder: Path) -> Path:
    """Return the folder of the example's documents; without one, that of the tutorial's, written here."""
    if DOCUMENTS.is_dir():
        return DOCUMENTS
    page = (Path(__file__).parent / "tutorial" / "first-case.md").read_text("utf-8")
    for block in transcripts.blocks(page):
        if block.title is not None:
            place = folder / block.title
            place.parent.mkdir(exist_ok=True)
            place.write_text(block.body, "utf-8")
    return folder / "leak"


def pictures() -> dict[str, str]:
    """Build the example case in a folder of its own and return every shot by file name."""
    program = str(Path(sys.executable).parent / "casegraph")
    drawn = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for command in (["init", CASE], ["add", CASE, str(documents(folder))], ["build", CASE]):
            subprocess.run([program, *command], cwd=folder, check=True, capture_output=True)
        for name, command in SHOTS.items():
            printed = on_terminal([program, *command], folder)
            drawn[f"{name}.svg"] = draw(name, " ".join(["casegraph", *command]), printed)
    return drawn


def main() -> int:
    """Write the pictures, or with `--check` name those that show something else than is printed today."""
    check = "--check" in sys.argv[1:]
    stale = []
    for name, svg in pictures().items():
        path = PICTURES / name
        if not path.is_file() or path.read_text("utf-8") != svg:
            stale.append(name)
            if not check:
                path.parent.mkdir(exist_ok=True)
                path.write_text(svg, "utf-8")
    if check and stale:
        print(f"out of date: {', '.join(stale)}; run `make reference`", file=sys.stderr)
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
