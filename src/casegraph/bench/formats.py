"""What comes out of a folder of awkward files, by format, beside other extractors on the same files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casegraph.pipeline.case import open_case, temporary_case
from casegraph.pipeline.chain import Link

CHAIN = "casegraph.bench.formats:reading"
LIMIT = 60  # seconds that a peer gets for one file

XBERG = """
import asyncio, json, os, sys
import xberg
async def one(name):
    return await xberg.extract(xberg.ExtractInput(uri=name), xberg.ExtractionConfig(use_cache=False))
found = asyncio.run(one(sys.argv[1])).results[0]
figures = len(found.content.strip()), len(found.tables or ()), len(found.children or ())
print(json.dumps(figures), flush=True)
os._exit(0)  # it may fall over when the interpreter ends
"""

MARKITDOWN = """
import json, sys
from markitdown import MarkItDown
text = MarkItDown(enable_plugins=False).convert_local(sys.argv[1]).text_content
heads = sum(set(line) <= set("|-: ") and "-" in line and "|" in line for line in text.splitlines())
print(json.dumps([len(text.strip()), heads, 0]))
"""

COLUMNS = (
    "files", "text", "pages", "characters", "tables", "children", "problem", "neither",
)  # fmt: skip


def reading() -> tuple[Link, ...]:
    """Return the chain that reads and does nothing else."""
    from casegraph import read  # noqa: PLC0415 - only this chain needs it
    from casegraph.model import Original  # noqa: PLC0415 - beside its use

    return (Link(read.STAGE, Original),)


@dataclass(slots=True)
class Line:
    """What came out of the files of one format."""

    files: int = 0
    text: int = 0  # files that gave text
    pages: int = 0  # that hold text
    characters: int = 0
    tables: int = 0
    children: int = 0
    problem: int = 0  # files with a problem
    neither: int = 0  # files with neither text, nor children, nor a problem
    codes: Counter[str] = field(default_factory=Counter)


def bench(folder: Path, peer: Path | None, workers: int) -> dict[str, dict[str, dict[str, object]]]:
    """Return, for each extractor and format, the figures of COLUMNS.

    Formats go by the end of the file's name. `peer` is a Python in which markitdown is installed.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    figures = {"casegraph": _ours(folder, workers)}
    peers = {"xberg": (Path(sys.executable), XBERG)}
    if peer is not None:
        peers["markitdown"] = (peer, MARKITDOWN)
    for name, (python, program) in peers.items():
        figures[name] = _theirs(files, python, program)
    return {
        name: {kind: _shown(line) for kind, line in sorted(lines.items())} for name, lines in figures.items()
    }


def _shown(line: Line) -> dict[str, object]:
    return {name: getattr(line, name) for name in COLUMNS} | {"codes": dict(sorted(line.codes.items()))}


def _kind(name: str) -> str:
    return Path(name).suffix.lower().lstrip(".") or "none"


def _ours(folder: Path, workers: int) -> dict[str, Line]:
    with temporary_case() as temporary:
        case = open_case(temporary.folder, chain=CHAIN)
        case.add([folder])
        began = time.monotonic()
        case.build(workers=workers)
        print(f"casegraph: {time.monotonic() - began:.1f} s", file=sys.stderr)
        codes: dict[str, set[str]] = {}
        for problem in case.problems():
            codes.setdefault(problem.document or problem.name, set()).add(problem.code)
        tables = Counter(view.table.document for view in case.tables())
        rows = list(case.documents())
        top = {name for row in rows if not row.depth for name in row.names}
        inner = Counter(_outer(name, top) for row in rows for name in row.names)
        lines: dict[str, Line] = {}
        for row in (row for row in rows if not row.depth):
            texts = [page.text.strip() for page in case.pages(row.id)]
            for name in (name for name in row.names if not _outer(name, top)):
                line = lines.setdefault(_kind(name), Line())
                line.files += 1
                line.text += any(texts)
                line.pages += sum(map(bool, texts))
                line.characters += sum(map(len, texts))
                line.tables += tables[row.id]
                line.children += inner[name]
                line.problem += row.id in codes
                line.codes.update(codes.get(row.id, ()))
                line.neither += not any(texts) and not inner[name] and row.id not in codes
    return lines


def _outer(name: str, top: set[str]) -> str:
    """Return the file that a child's path begins with, "" for a file that lies in none."""
    parts = name.split("/")
    above = ("/".join(parts[:size]) for size in range(1, len(parts)))
    return next((path for path in above if path in top), "")


def _theirs(files: list[Path], python: Path, program: str) -> dict[str, Line]:
    lines: dict[str, Line] = {}
    began = time.monotonic()
    for path in files:
        line = lines.setdefault(_kind(path.name), Line())
        line.files += 1
        size, tables, children = _one(path, python, program)
        line.text += size > 0
        line.characters += max(size, 0)
        line.tables += tables
        line.children += children
        line.problem += size < 0
        line.neither += size == 0 and not children
    print(f"{program.splitlines()[2]}: {time.monotonic() - began:.1f} s", file=sys.stderr)
    return lines


def _one(path: Path, python: Path, program: str) -> tuple[int, int, int]:
    """Return characters, tables and children; -1 characters where the peer failed."""
    command = [str(python), "-c", program, str(path)]
    try:
        with tempfile.TemporaryDirectory(prefix="casegraph-bench-") as home:  # xberg keeps texts in its cache
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=LIMIT, check=True,
                env=os.environ | {"HOME": home, "XDG_CACHE_HOME": home},
            )  # fmt: skip
        size, tables, children = json.loads(done.stdout.splitlines()[-1])
    except (subprocess.SubprocessError, ValueError, IndexError):
        return -1, 0, 0
    return size, tables, children


def markdown(figures: dict[str, dict[str, dict[str, object]]]) -> Iterator[str]:
    """Yield the lines of a table in Markdown."""
    heads = ("format", "extractor", "files", "with text", "pages", "characters", "tables", "children")
    yield f"| {' | '.join(heads)} | failed | nothing |"
    yield f"|---|---|{'--:|' * 8}"
    blank = _shown(Line())
    for kind in sorted({kind for lines in figures.values() for kind in lines}):
        for name, lines in figures.items():
            line = lines.get(kind, blank)
            pages = line["pages"] if name == "casegraph" else ""
            cells = (line[one] for one in ("files", "text"))
            rest = (line[one] for one in ("characters", "tables", "children", "problem", "neither"))
            yield f"| {kind} | {name} | {' | '.join(map(str, (*cells, pages, *rest)))} |"
