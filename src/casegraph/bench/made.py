"""Stories as files of many formats, as plain as programs write them; by the standard library and pdfium."""

from __future__ import annotations

import ctypes
import io
import itertools
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from html import escape
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from casegraph.bench.pages import Story, as_html, as_text

LINES, MARGIN, SIZE = 48, 56, 10
PDF_PAGES, MBOX_MAILS = 10, 50
ROWS = 100  # of a spreadsheet
_OPEN = "http://schemas.openxmlformats.org"
_RELATIONS = f"{_OPEN}/officeDocument/2006/relationships"


def write(kind: str, stories: Sequence[Story], folder: Path) -> int:
    """Write the stories as files of a kind; return how many pages they are: mails, sheets, stories."""
    texts = {"html": as_html, "txt": as_text}
    data = {"docx": as_docx, "xlsx": as_xlsx, "eml": as_mail}
    for number, part in enumerate(_parts(stories, {"pdf": PDF_PAGES, "mbox": MBOX_MAILS}.get(kind, 1))):
        path = folder / f"{number:06}.{kind}"
        if kind == "pdf":
            as_pdf(part, path)
        elif kind == "mbox":
            path.write_bytes(
                b"".join(
                    b"From a@veld.example Thu Jan  5 09:00:00 2023\n" + as_mail(one) + b"\n" for one in part
                )
            )
        elif kind in texts:
            path.write_text(texts[kind](part[0]), encoding="utf-8")
        else:
            path.write_bytes(data[kind](part[0]))
    return len(stories)


def _parts(stories: Sequence[Story], size: int) -> Iterator[Sequence[Story]]:
    for start in range(0, len(stories), size):
        yield stories[start : start + size]


def as_mail(story: Story) -> bytes:
    """Return a story as a mail with a part in plain text and one in HTML (RFC 5322, RFC 2046)."""
    mail = EmailMessage()
    mail["From"], mail["To"] = f"{story.author} <author@veld.example>", "Desk <desk@courier.example>"
    mail["Subject"], mail["Date"] = story.headline, "Thu, 05 Jan 2023 09:00:00 +0000"
    mail["Message-ID"] = f"<{zlib.crc32(story.paragraphs[-1].encode())}@veld.example>"
    mail.set_content(as_text(story))
    mail.add_alternative(as_html(story), subtype="html")
    return mail.as_bytes()


def as_docx(story: Story) -> bytes:
    """Return a story as a Word document (ISO/IEC 29500)."""
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in (story.headline, *story.paragraphs)
    )
    space = f"{_OPEN}/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    body = f'<w:document xmlns:w="{space}"><w:body>{paragraphs}</w:body></w:document>'
    return _package({"word/document.xml": (kind, body)}, "word/document.xml")


def as_xlsx(story: Story) -> bytes:
    """Return the words of a story as a sheet of cells, text and numbers (ISO/IEC 29500)."""
    words = itertools.cycle(word for text in story.paragraphs for word in text.split())
    lines = []
    for row in range(1, ROWS + 1):
        cells = "".join(
            f'<c r="{letter}{row}" t="inlineStr"><is><t>{escape(next(words))}</t></is></c>'
            for letter in "ABC"
        )
        lines.append(f'<row r="{row}">{cells}<c r="D{row}"><v>{37 * row % 1000}</v></c></row>')
    space = f"{_OPEN}/spreadsheetml/2006/main"
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    book = (
        f'<workbook xmlns="{space}" xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="Loads" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    sheet = f'<worksheet xmlns="{space}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    parts = {
        "xl/workbook.xml": (f"{office}.sheet.main+xml", book),
        "xl/worksheets/sheet1.xml": (f"{office}.worksheet+xml", sheet),
    }
    links = {"xl/_rels/workbook.xml.rels": _links("worksheet", "worksheets/sheet1.xml")}
    return _package(parts, "xl/workbook.xml", links)


def _links(kind: str, target: str) -> str:
    space, type_ = f"{_OPEN}/package/2006/relationships", f"{_RELATIONS}/{kind}"
    link = f'<Relationship Id="r1" Type="{type_}" Target="{target}"/>'
    return f'<Relationships xmlns="{space}">{link}</Relationships>'


def _package(parts: dict[str, tuple[str, str]], main: str, links: dict[str, str] | None = None) -> bytes:
    """Return an Open Packaging file of parts, each with its media type."""
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (kind, _) in parts.items()
    )
    types = (
        f'<Types xmlns="{_OPEN}/package/2006/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>'
    )
    files = {"[Content_Types].xml": types, "_rels/.rels": _links("officeDocument", main), **(links or {})}
    files |= {name: text for name, (_, text) in parts.items()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}')
    return made.getvalue()


def as_pdf(stories: Sequence[Story], path: Path) -> None:
    """Write a PDF with a page a story, a text object a line, as office programs do."""
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
