"""Originals made for the tests, and what `read` makes of them. People and firms are invented."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

import docx
import docx.document

from casegraph.model import (
    CLAIM_ROLES,
    Document,
    Layout,
    Original,
    Page,
    Problem,
    Table,
    Unpacked,
    content_id,
)
from casegraph.pipeline.check import admit
from casegraph.read import STAGE

WORDML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEADER = (
    b"From: Anna Kern <kern@veld.example>\r\nTo: desk@veld.example\r\n"
    b"Subject: Cranes\r\nMessage-ID: <1@veld.example>\r\n"
)
STORY = (
    "Harrow Marine delivered seven survey cranes to the port of Veld, two customs officers said on Thursday.",
    "The deliveries were paid in four parts through a broker in Northport, the officers added.",
    "A spokeswoman for Harrow Marine declined to comment on the deliveries.",
)


@dataclass(frozen=True)
class Result:
    """What one original came to."""

    document: Document
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]
    held: tuple[Unpacked, ...] = ()
    tables: tuple[Table, ...] = ()
    layouts: tuple[Layout, ...] = ()

    @property
    def codes(self) -> list[str]:
        """The problem codes, in order, without their prefix."""
        return [problem.code.removeprefix("read.") for problem in self.problems]

    @property
    def blocks(self) -> list[tuple[str, str]]:
        """Role and text of every block."""
        return [
            (block.role, page.text[block.start : block.end]) for page in self.pages for block in page.blocks
        ]

    @property
    def text(self) -> str:
        """The text of all pages."""
        return "\n\n".join(page.text for page in self.pages)

    def of(self, role: str) -> list[str]:
        """Return the texts with a role."""
        return [text for own, text in self.blocks if own == role]

    @property
    def prose(self) -> list[str]:
        """The texts that claims may rest on."""
        return [text for role, text in self.blocks if role in CLAIM_ROLES]


def read(data: bytes | str, *names: str) -> Result:
    """Run the stage over bytes and check what must hold of any original."""
    raw = data.encode() if isinstance(data, str) else data
    original = Original(document=content_id(raw), data=raw, names=names)
    records = list(STAGE.run(original))
    documents = [record for record in records if isinstance(record, Document)]
    pages = tuple(record for record in records if isinstance(record, Page))
    problems = tuple(record for record in records if isinstance(record, Problem))
    assert len(documents) == 1
    held = tuple(record for record in records if isinstance(record, Unpacked))
    assert records[len(held)] is documents[0]
    assert documents[0].children == len(held)
    assert documents[0].id == original.document
    assert documents[0].pages == len(pages)
    assert documents[0].size == len(raw)
    for number, page in enumerate(pages, 1):
        check_page(page, original.document, number)
    for problem in problems:
        assert problem.code.startswith("read.")
        assert problem.subject in {original.document, *(page.id for page in pages)}
    tables = tuple(record for record in records if isinstance(record, Table))
    layouts = tuple(record for record in records if isinstance(record, Layout))
    for one in held:
        assert one.child.child == content_id(one.data)
        assert one.child.document == original.document
        assert one.child.size == len(one.data)
    by_number = {page.number: page for page in pages}
    for given in (*held, *tables, *layouts):
        record = given.child if isinstance(given, Unpacked) else given
        assert admit(record, original.document, by_number) is None
    return Result(documents[0], pages, problems, held, tables, layouts)


def check_page(page: Page, document: str, number: int) -> None:
    """Check that blocks are in order, apart, in range, and cover every character that is not blank."""
    assert page.document == document
    assert page.number == number
    covered = bytearray(len(page.text))
    before = 0
    for block in page.blocks:
        assert before <= block.start < block.end <= len(page.text)
        if block.role != "table":  # whose first cell may be empty
            assert page.text[block.start : block.end].strip() == page.text[block.start : block.end]
        covered[block.start : block.end] = b"\1" * (block.end - block.start)
        before = block.end
    assert all(mark or char.isspace() for mark, char in zip(covered, page.text, strict=True))
    page.text.encode("utf-8")
    assert not any(char < " " and char not in "\n\t" for char in page.text)


def mail(body: str, *headers: str) -> bytes:
    """Return a message with a plain body in UTF-8."""
    lines = [
        *headers,
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    return HEADER + "\r\n".join([*lines, "", body]).encode()


def package(document: str | bytes, parts: dict[str, str] | None = None) -> bytes:
    """Return a zip package with a main document part and others by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
        for name, text in (parts or {}).items():
            archive.writestr(name, text)
    return buffer.getvalue()


def word(body: str) -> bytes:
    """Return a Word document with a body in mark-up."""
    return package(f'<w:document xmlns:w="{WORDML}"><w:body>{body}</w:body></w:document>')


def saved(document: docx.document.Document) -> bytes:
    """Return the bytes of a python-docx document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def blank_docx() -> docx.document.Document:
    """Return a new python-docx document."""
    return docx.Document()


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


FONT = (
    (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H\n"
        b"/DescendantFonts [4 0 R] /ToUnicode 6 0 R >>"
    ),
    (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /FontDescriptor 5 0 R /DW 500\n"
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    ),
    (
        b"<< /Type /FontDescriptor /FontName /Made /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0\n"
        b"/Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>"
    ),
    _stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def\n"
        b"/CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        b"1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap end end"
    ),
)


def pdf(*pages: str, size: int = 11, info: str = "", extra: bytes = b"") -> bytes:
    """Return a PDF whose pages show lines of any script.

    The font is not embedded; codes are UTF-16 and a ToUnicode map says so, hence only characters of
    the first plane. A line that begins with "# " is set large.
    """
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *FONT]
    kids: list[bytes] = []
    for text in pages:
        content = _stream(_page_content(text, size))
        objects.append(content)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R\n"
            b"/Resources << /Font << /F 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    objects.append(b"<< %s >>" % info.encode("latin-1"))
    return _file(objects, extra)


def _page_content(text: str, size: int) -> bytes:
    lines: list[bytes] = []
    height = 780.0
    for line in text.split("\n"):
        large = line.startswith("# ")
        shown = size * 2 if large else size
        codes = line.removeprefix("# ").encode("utf-16-be").hex().encode()
        lines.append(b"BT /F %d Tf 1 0 0 1 60 %.1f Tm <%s> Tj ET" % (shown, height, codes))
        height -= shown * 1.25
    return b"\n".join(lines)


def _file(objects: list[bytes], extra: bytes) -> bytes:
    data = b"%PDF-1.4\n"
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    data += extra
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, len(objects), start
    )  # fmt: skip
