"""What reading costs in a confined worker, as a ratio to the bare library on the same files.

The files are made here. Processor time of all processes is compared: a busy machine does not show in it.
"""

from __future__ import annotations

import ctypes
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from casegraph.bench.pages import Story, Writer, as_html, as_text
from casegraph.bench.scale import ADD, BUILD, READING
from casegraph.bench.watch import cost_of, one_thread

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
}

ALONE = """
from casegraph.model import Original, content_id
from casegraph.read import STAGE
def one(path):
    data = path.read_bytes()
    return sum(1 for _ in STAGE.run(Original(document=content_id(data), data=data, names=(path.name,))))
"""

EACH = """
import sys
from pathlib import Path
print(sum(one(path) for path in sorted(Path(sys.argv[1]).iterdir())[: int(sys.argv[2])]))
"""

LINES, MARGIN, SIZE = 48, 56, 10
PDF_PAGES = 10


def bench(count: int, seed: int) -> Iterator[dict[str, object]]:
    """Yield the figures of each format: `count` texts and pages of HTML, a tenth as many PDF of ten pages."""
    one_thread()
    stories = list(Writer(seed).stories(count))
    made: dict[str, Callable[[Path], int]] = {
        "pdf": lambda folder: sum(
            _as_pdf(stories[at : at + PDF_PAGES], folder / f"{at:06}.pdf")
            for at in range(0, count, PDF_PAGES)
        ),
        "html": lambda folder: _written(folder, "html", map(as_html, stories)),
        "txt": lambda folder: _written(folder, "txt", map(as_text, stories)),
    }
    for kind, make in made.items():
        with tempfile.TemporaryDirectory(prefix="casegraph-bench-") as scratch:
            files = Path(scratch) / "files"
            files.mkdir()
            yield {"format": kind} | _compared(kind, files, make(files), Path(scratch))


def _compared(kind: str, files: Path, pages: int, scratch: Path) -> dict[str, object]:
    """Return the figures; what starting costs is taken off by running each on one file first."""
    seconds: dict[str, float] = {}
    for name, program in (("bare", BARE[kind]), ("stage", ALONE)):
        runs = [
            cost_of([sys.executable, "-c", program + EACH, str(files), most]).cpu_seconds
            for most in ("1", "1000000")
        ]
        seconds[name] = runs[1] - runs[0]
    few = scratch / "few"
    few.mkdir()
    for path in sorted(files.iterdir())[:1]:
        (few / path.name).write_bytes(path.read_bytes())
    costs = []
    for name, given in (("one", few), ("all", files)):
        case = scratch / f"case-{name}"
        cost_of([sys.executable, "-c", ADD, str(case), str(given)])
        costs.append(cost_of([sys.executable, "-c", BUILD, str(case), "1", READING]))
    seconds["build"] = costs[1].cpu_seconds - costs[0].cpu_seconds
    worked = json.loads(costs[1].output)["stages"]["read"]
    return {
        "pages": pages,
        "bare_ms_a_page": round(1000 * seconds["bare"] / pages, 2),
        "read_ms_a_page": round(1000 * seconds["stage"] / pages, 2),
        "read_confined_ms_a_page": round(1000 * worked / pages, 2),
        "build_ms_a_page": round(1000 * seconds["build"] / pages, 2),
        "read_to_bare": round(seconds["stage"] / seconds["bare"], 2),
        "build_to_bare": round(seconds["build"] / seconds["bare"], 2),
        "build_to_read": round(seconds["build"] / seconds["stage"], 2),
        "build_pages_per_second": round(pages / costs[1].seconds, 1),
        "peak_mib": round(costs[1].peak_mib),
    }


def _written(folder: Path, kind: str, texts: Iterator[str]) -> int:
    number = 0
    for number, text in enumerate(texts, 1):
        (folder / f"{number:06}.{kind}").write_text(text, encoding="utf-8")
    return number


def _as_pdf(stories: list[Story], path: Path) -> int:
    """Write a PDF with a page a story, a text object a line, as office programs do; return its pages."""
    pdf = pypdfium2.PdfDocument.new()
    for story in stories:
        page = pdf.new_page(595, 842)
        for number, line in enumerate(_lines(as_text(story))[:LINES]):
            words = pdfium.FPDFPageObj_NewTextObj(pdf.raw, b"Helvetica", SIZE)
            units = (line + "\0").encode("utf-16-le")
            text = ctypes.cast(ctypes.create_string_buffer(units), ctypes.POINTER(ctypes.c_ushort))
            pdfium.FPDFText_SetText(words, text)
            pdfium.FPDFPageObj_Transform(words, 1, 0, 0, 1, MARGIN, 842 - MARGIN - 15 * number)
            pdfium.FPDFPage_InsertObject(page.raw, words)
        page.gen_content()
    pdf.save(path)
    pdf.close()
    return len(stories)


def _lines(text: str) -> list[str]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            if line and len(line) + len(word) > 88:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines.append(line)
    return [line for line in lines if line]
