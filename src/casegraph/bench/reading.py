"""What reading costs in a confined worker, as a ratio to the bare library on the same files.

The files are made here. Processor time of all processes is compared: a busy machine does not show in it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from casegraph.bench import made
from casegraph.bench.pages import Writer
from casegraph.bench.scale import ADD, BUILD, READING
from casegraph.bench.watch import Cost, cost_of, one_thread

_XBERG = """
import asyncio, xberg
plain = xberg.ExtractionConfig(use_cache=False)
def one(path):
    found = asyncio.run(xberg.extract(xberg.ExtractInput(uri=str(path)), plain)).results[0]
    return len(found.content)
"""
_MAIL = """
import email, email.policy, mailbox
def text(mail):
    parts = (part for part in mail.walk() if part.get_content_maintype() == "text")
    return sum(len(part.get_content()) for part in parts)
def parsed(stream):
    return email.message_from_binary_file(stream, policy=email.policy.default)
"""

BARE = {
    "pdf": """
import pypdfium2
def one(path):
    with pypdfium2.PdfDocument(path) as pdf:
        return sum(len(page.get_textpage().get_text_range()) for page in pdf)
""",
    "html": """
import trafilatura
def one(path):
    return len(trafilatura.extract(path.read_bytes(), fast=True) or "")
""",
    "txt": """
import chardet
def one(path):
    data = path.read_bytes()
    return len(data.decode(chardet.detect(data)["encoding"] or "utf-8", "replace"))
""",
    "docx": _XBERG,
    "xlsx": _XBERG,
    "eml": _MAIL
    + """
def one(path):
    with path.open("rb") as stream:
        return text(parsed(stream))
""",
    "mbox": _MAIL
    + """
def one(path):
    return sum(text(mail) for mail in mailbox.mbox(path, factory=parsed, create=False))
""",
}

PLACED = {
    "pdf": """
import re, pypdfium2
def one(path):
    found = 0
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            layer = page.get_textpage()
            for word in re.finditer(r"\\S+", layer.get_text_range()):
                count = layer.count_rects(word.start(), word.end() - word.start())
                found += len([layer.get_rect(number) for number in range(count)])
    return found
"""
}
"""The bare library doing what `read` has to do as well: words with their boxes."""

ALONE = """
from casegraph.model import Original, Unpacked, content_id
from casegraph.read import STAGE
def read(name, data):
    count = 0
    for record in STAGE.run(Original(document=content_id(data), data=data, names=(name,))):
        count += read(record.child.name, record.data) if isinstance(record, Unpacked) else 1
    return count
def one(path):
    return read(path.name, path.read_bytes())
"""

EACH = """
import os, sys
from pathlib import Path
print(sum(one(path) for path in sorted(Path(sys.argv[1]).iterdir())), flush=True)
os._exit(0)  # xberg may fall over when the interpreter ends
"""

RUNS = 2
MAIL = Path("..") / "shared" / "data" / "documents" / "mail"


def bench(count: int, seed: int, formats: Sequence[str], mail: Path) -> Iterator[dict[str, object]]:
    """Yield the figures of each format on `count` stories, a PDF for ten, a mailbox for fifty.

    Then those of the mailboxes that lie in the folder `mail`, if there are any.
    """
    one_thread()
    stories = list(Writer(seed).stories(count))
    for kind in formats or BARE:
        with tempfile.TemporaryDirectory(prefix="casegraph-bench-") as scratch:
            few, files = _folders(scratch)
            pages = made.write(kind, stories, files)
            before = made.write(kind, stories[: count // 4], few)
            yield {"format": kind} | _compared(kind, few, files, pages - before, pages)
    boxes = sorted(path for path in mail.glob("*") if path.is_file()) if mail.is_dir() else []
    if not boxes:
        print("no mailboxes lie beside the checkout: those are not measured", file=sys.stderr)
    for box in boxes:
        with tempfile.TemporaryDirectory(prefix="casegraph-bench-") as scratch:
            few, files = _folders(scratch)
            before = made.write("mbox", stories[: count // 4], few)
            made.write("mbox", stories[: count // 4], files)
            (files / "mailbox").write_bytes(box.read_bytes())
            mails = box.read_bytes().count(b"\nFrom ") + 1
            yield {"format": "mbox", "mailbox": box.name} | _compared(
                "mbox", few, files, mails, mails + before
            )


def _folders(scratch: str) -> tuple[Path, Path]:
    few, files = Path(scratch) / "few", Path(scratch) / "files"
    few.mkdir()
    files.mkdir()
    return few, files


def _compared(kind: str, few: Path, files: Path, more: int, pages: int) -> dict[str, object]:
    """Return the figures, of a page more: each runs on `few` too, which has `more` pages less.

    So what is done once a process does not count. Of two runs the cheaper does.
    """
    programs = {"bare": BARE[kind], "read": ALONE} | ({"placed": PLACED[kind]} if kind in PLACED else {})
    costs: dict[tuple[str, str], list[Cost]] = {}
    for number in range(RUNS):  # in turns, so that a machine that is busy for a while is so to all of them
        for folder in (few, files):
            for name, program in programs.items():
                command = [sys.executable, "-c", program + EACH, str(folder)]
                costs.setdefault((name, folder.name), []).append(cost_of(command))
            case = folder.parent / f"case-{folder.name}-{number}"
            cost_of([sys.executable, "-c", ADD, str(case), str(folder)])
            command = [sys.executable, "-c", BUILD, str(case), "1", READING]
            costs.setdefault(("build", folder.name), []).append(cost_of(command))
    least = {key: min(runs, key=lambda run: run.cpu_seconds) for key, runs in costs.items()}
    spent = {
        name: 1000 * (least[name, files.name].cpu_seconds - least[name, few.name].cpu_seconds) / more
        for name in (*programs, "build")
    }
    built = least["build", files.name]
    worked, before = (
        json.loads(least["build", folder.name].output)["stages"]["read"] for folder in (files, few)
    )
    spent["confined"] = 1000 * (worked - before) / more
    figures = {f"{name}_ms_a_page": round(value, 2) for name, value in spent.items()}
    ratios = {
        f"{name}_to_{base}": round(spent[name] / spent[base], 2)
        for base in ("bare", "placed")
        for name in ("read", "build")
        if base in spent
    }
    return {
        "pages": pages,
        **figures,
        **ratios,
        "build_to_read": round(spent["build"] / spent["read"], 2),
        "build_pages_per_second": round(pages / built.seconds, 1),
        "peak_mib": round(built.peak_mib),
    }
