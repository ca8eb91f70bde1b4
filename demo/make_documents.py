#!/usr/bin/env python3
"""Make the PDF and DOCX files of the example case out of `demo/sources`: the same bytes on every run.

`python demo/make_documents.py [FOLDER]` writes into FOLDER, by default `demo/documents`. A source holds
properties (`title: ...`) to the first blank line, then paragraphs with blank lines between them: `# ` begins
the title, `## ` a heading, `| ` the rows of a table. PDF files hold Latin letters only and use the fonts that
every reader has, so none is embedded. Nothing is compressed: zlib's output differs from build to build.
"""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as LINK
from docx.oxml.ns import qn
from docx.shared import Pt
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

SOURCES = Path(__file__).parent / "sources"
DOCUMENTS = Path(__file__).parent / "documents"
PLACES = {  # source: what is made of it, and how many bytes of it are in the case (None: all)
    "12-contract": ("leak/12-contract.docx", None),
    "13-invoice": ("leak/13-invoice.pdf", None),
    "14-bank-letter": ("leak/14-bank-letter.pdf", None),
    "21-sanctions-notice": ("official/21-sanctions-notice.pdf", None),
    "26-waybill-cut-off": ("leak/26-waybill-cut-off.pdf", 900),  # the pages stand behind what arrived
}
MARGIN = 64  # points
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file can tell
WORD_PARTS = {LINK.STYLES, LINK.HEADER, LINK.FOOTER, LINK.SETTINGS}
WORD_STYLES = {
    "DefaultParagraphFont", "Footer", "Header", "Heading1", "Normal", "TableGrid", "TableNormal", "Title",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """One source: its properties and its paragraphs."""

    properties: dict[str, str]
    paragraphs: tuple[str, ...]

    @property
    def made(self) -> datetime:
        """When the document says that it was made."""
        return datetime.fromisoformat(self.properties["made"]).astimezone(UTC)


def read_source(path: Path) -> Source:
    """Return the source of a document; raises ValueError when a property has no colon."""
    head, *paragraphs = path.read_text("utf-8").strip().split("\n\n")
    properties = dict(line.split(": ", 1) for line in head.splitlines())
    return Source(properties, tuple(paragraphs))


def rows(paragraph: str) -> list[list[str]]:
    """Return the cells of a paragraph that is a table."""
    return [[cell.strip() for cell in line.strip("| ").split("|")] for line in paragraph.splitlines()]


# -- PDF -------------------------------------------------------------------------------------------------


def flowing(words: str, style: str) -> Paragraph:
    """Return a paragraph in one of reportlab's sample styles."""
    return Paragraph(escape(words), getSampleStyleSheet()[style])


def ruled(cells: Sequence[Sequence[str]]) -> Table:
    """Return a table with lines around its cells."""
    return Table(
        [[flowing(cell, "BodyText") for cell in row] for row in cells],
        style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]),
        repeatRows=1,
        spaceBefore=8,
        spaceAfter=8,
    )


def drawn(paragraph: str) -> Flowable:
    """Return what a paragraph of the source looks like on paper."""
    if paragraph.startswith("| "):
        return ruled(rows(paragraph))
    for mark, style in (("# ", "Title"), ("## ", "Heading3")):
        if paragraph.startswith(mark):
            return flowing(paragraph.removeprefix(mark), style)
    return flowing(paragraph, "BodyText")


def pdf(source: Source) -> bytes:
    """Return a PDF of A4 pages with a running foot."""
    os.environ["SOURCE_DATE_EPOCH"] = str(int(source.made.timestamp()))  # whence reportlab takes its dates
    buffer = io.BytesIO()
    template = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        title=source.properties["title"],
        author=source.properties["author"],
        invariant=1,
        pageCompression=0,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
    )

    def foot(canvas: Canvas, page: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(MARGIN, MARGIN / 2, f"{source.properties['foot']} · page {page.page}")

    template.build([drawn(one) for one in source.paragraphs], onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()


# -- DOCX ------------------------------------------------------------------------------------------------


def word(source: Source) -> bytes:
    """Return a DOCX file with a running head and foot."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "SimSun")
    document.sections[0].header.paragraphs[0].text = source.properties["head"]
    document.sections[0].footer.paragraphs[0].text = source.properties["foot"]
    for paragraph in source.paragraphs:
        if paragraph.startswith("| "):
            add_table(document, rows(paragraph))
        elif paragraph.startswith("# "):
            document.add_paragraph(paragraph.removeprefix("# "), style="Title")
        elif paragraph.startswith("## "):
            document.add_paragraph(paragraph.removeprefix("## "), style="Heading 1")
        else:
            document.add_paragraph(paragraph)
    describe(document, source)
    trim(document)
    return packed(document)


def add_table(document: WordDocument, cells: Sequence[Sequence[str]]) -> None:
    """Add a table with lines around its cells."""
    made = document.add_table(rows=0, cols=len(cells[0]), style="Table Grid")
    for row in cells:
        for cell, words in zip(made.add_row().cells, row, strict=True):
            cell.text = words


def describe(document: WordDocument, source: Source) -> None:
    """Set the properties; those of the template name it and its day."""
    about = document.core_properties
    about.title = source.properties["title"]
    about.author = about.last_modified_by = source.properties["author"]
    about.created = about.modified = source.made.replace(tzinfo=None)  # python-docx wants it naive, in UTC
    about.comments, about.revision = "", 1


def trim(document: WordDocument) -> None:
    """Take out what the template has and nobody uses: 870 KB of styles, and its thumbnail."""
    styles = document.styles.element
    for style in list(styles):
        unused = style.tag == qn("w:style") and style.get(qn("w:styleId")) not in WORD_STYLES
        if unused or style.tag == qn("w:latentStyles"):
            styles.remove(style)
    body = document.part
    for name in [name for name, link in body.rels.items() if link.reltype not in WORD_PARTS]:
        del body.rels[name]
    links = body.package.rels
    for name in [name for name, link in links.items() if link.reltype.endswith("/thumbnail")]:
        del links[name]


def packed(document: WordDocument) -> bytes:
    """Return the document as a zip file that does not tell when, where and with which zlib it was made."""
    saved, stored = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, ZIP_EPOCH)
            member.create_system = 0  # by default the system that writes
            new.writestr(member, old.read(name))
    return stored.getvalue()


def main(folder: Path) -> None:
    """Write the files into a folder."""
    for name, (place, size) in PLACES.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        make = word if path.suffix == ".docx" else pdf
        path.write_bytes(make(read_source(SOURCES / f"{name}.txt"))[:size])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS)
