"""What files tell of their making, also where the reader of their text does not look for it."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest

from casegraph.model import Document
from casegraph.read.provenance import completed
from tests.read.compound import compound
from tests.read.made import read

MODE = "Northport HP 4000".encode("utf-16-le").ljust(64, b"\0") + bytes(100)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Cranes", 7])  # type: ignore[union-attr]  # a new book has a sheet
    book.properties.creator = "Anna Kern"
    book.properties.lastModifiedBy = "Otto Wren"
    book.properties.created = datetime(2024, 4, 5, 9, 0, tzinfo=UTC).replace(tzinfo=None)
    book.properties.lastPrinted = datetime(2024, 4, 6, 9, 0, tzinfo=UTC).replace(tzinfo=None)
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/printerSettings/printerSettings1.bin", MODE)
    return out.getvalue()


def test_a_workbook_tells_who_made_it_and_for_which_printer() -> None:
    told = read(workbook(), "cranes.xlsx").document.metadata
    assert told["creator"] == ("Anna Kern",)
    assert told["last_modified_by"] == ("Otto Wren",)
    assert told["created"] == ("2024-04-05T09:00:00Z",)
    assert told["printed"] == ("2024-04-06T09:00:00Z",)
    assert told["printer"] == ("Northport HP 4000",)
    assert told["application"] == ("Microsoft Excel Compatible / Openpyxl 3.1.5",) or told["application"]


def opened(kind: str, **parts: str) -> Document:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in parts.items():
            package.writestr(f"{name}.xml", text)
    return completed(Document(id="sha256:0", media_type=kind, size=1), out.getvalue())


def test_an_opendocument_tells_its_printer_and_both_authors() -> None:
    meta = (
        '<o:document-meta xmlns:o="o" xmlns:m="m" xmlns:d="d"><o:meta><m:generator>LibreOffice</m:generator>'
        "<m:initial-creator>Anna Kern</m:initial-creator><d:creator>Otto Wren</d:creator>"
        "<m:printed-by>Mia Holt</m:printed-by></o:meta></o:document-meta>"
    )
    settings = '<s xmlns:c="c"><c:config-item c:name="PrinterName">Harbour Laser</c:config-item></s>'
    told = opened("application/vnd.oasis.opendocument.text", meta=meta, settings=settings).metadata
    assert (told["initial_creator"], told["last_modified_by"]) == (("Anna Kern",), ("Otto Wren",))
    assert (told["printed_by"], told["printer"]) == (("Mia Holt",), ("Harbour Laser",))


def test_an_xmp_packet_is_read_where_it_lies_open() -> None:
    packet = b'<x:xmpmeta><r xmp:CreatorTool="Writer &amp; Co"/><xmp:CreateDate>2024-04-05</xmp:CreateDate>'
    document = Document(id="sha256:0", media_type="application/pdf", size=1, metadata={"producer": ("Lib",)})
    told = completed(document, b"%PDF-1.7\n" + packet).metadata
    assert told["creator_tool"] == ("Writer & Co",)
    assert told["xmp_created"] == ("2024-04-05",)
    assert told["producer"] == ("Lib",)


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"PK\x03\x04" + bytes(200), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 90]
)
def test_broken_files_tell_nothing_and_break_nothing(data: bytes) -> None:
    document = Document(id="sha256:0", media_type="application/vnd.ms-excel", size=1)
    assert completed(document, data) == document


def test_a_compound_file_without_properties_tells_nothing() -> None:
    data = compound({"Workbook": b"x" * 5_000})
    document = Document(id="sha256:0", media_type="application/vnd.ms-excel", size=1)
    assert completed(document, data).metadata == {}
