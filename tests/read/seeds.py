"""A small good file for every reader, made by the tests' own makers."""

from __future__ import annotations

import json
import plistlib
import sqlite3
import tempfile
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.read import (
    test_access,
    test_books,
    test_columnar,
    test_contacts,
    test_drawing,
    test_facts,
    test_jsontext,
    test_markdown,
    test_mbox,
    test_older,
    test_opendoc,
    test_paged,
    test_wrapped,
    test_xmltext,
)
from tests.read.compound import Tree, compound
from tests.read.made import HEADER, STORY, mail, pdf, word
from tests.read.test_archive import tarred, zipped
from tests.read.test_converted import BOOK
from tests.read.test_converted import zipped as packaged
from tests.read.test_databases import ROWS, SCHEMA, dbf
from tests.read.test_delimited import RUSSIAN
from tests.read.test_image import saved
from tests.read.test_office import doc, slides
from tests.read.test_opendocument import lines, opened
from tests.read.test_outlook import message
from tests.read.test_rtf import rich
from tests.read.test_sheet import ROWS as CELLS
from tests.read.test_sheet import biff, ods, record, workbook
from tests.read.test_wacz import collection
from tests.read.test_warc import PAGE, URL, head, warc

DJVU = b"AT&TFORM\0\0\0\x20DJVUINFO\0\0\0\x0a\0\x20\0\x20\x18\0\x64\0\x16\0"
RELATED = (
    b"From: <Saved by Veld>\r\nSnapshot-Content-Location: https://veld.example/\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n'
    b"<p>Cranes.</p>\r\n--b--\r\n"
)
MAILBOX = (b"From a@b Mon Jan 1 00:00:00 2024\n" + HEADER + b"Date: x\n\nwords\n\n") * 2


def _database() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "x")
        base.executescript(SCHEMA)
        base.execute("INSERT INTO log VALUES ('seven cranes')")
        base.commit()
        base.close()
        return (Path(folder) / "x").read_bytes()


def _locked() -> bytes:
    """Return a ZIP that says that its file is encrypted."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "words")
    data = bytearray(made.getvalue())
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def _rarer() -> dict[str, tuple[tuple[bytes, str], ...]]:
    return {
        "chm": ((test_books.helpfile(test_books.TOPICS), "x.chm"),),
        "access": ((test_access.database(), "x.mdb"),),
        "columnar": ((test_columnar.saved("parquet"), "x.parquet"),),
        "facts": (
            (test_facts.shortcut(), "x.lnk"),
            (test_facts.TORRENT, "x.torrent"),
            (test_facts.font({1: "Veld"}), "x.ttf"),
        ),
        "lotus": ((test_facts.WORKBOOK, "x.wk1"),),
        "subtitle": ((b"WEBVTT\n\n00:01.000 --> 00:02.000\nSeven cranes.\n", "x.vtt"),),
        "drawing": (
            (test_drawing.emf(test_drawing.emr_text("Crane")), "x.emf"),
            (test_drawing.DXF.encode(), "x.dxf"),
        ),
        "story": ((test_drawing.MIF.encode(), "x.mif"),),
        "older": (
            (compound({"VisioDocument": test_older.drawing(["Crane"])}), "x.vsd"),
            (compound({"CONTENTS": test_older.chunks("Seven cranes."), "MatOST": b"x"}), "x.wps"),
            (test_older.WORDPERFECT, "x.wp"),
        ),
        "onenote": ((test_books.section(*test_books.OBJECTS), "x.one"),),
        "palm": ((test_books.mobi(test_books.CHAPTERS), "x.mobi"),),
        "tnef": ((test_wrapped.winmail(), "winmail.dat"),),
        "wrapped": (
            (test_wrapped.signed(b"seven cranes"), "x.p7m"),
            (test_wrapped.binhex(b"a", b"seven cranes"), "x.hqx"),
            (test_wrapped.snappy(b"seven cranes" * 9), "x.sz"),
        ),
    }


@cache
def seeds() -> dict[str, tuple[tuple[bytes, str], ...]]:
    """Return the seeds of every reader: bytes and a name."""
    tree: Tree = {"WordDocument": b"x" * 5_000}
    return {
        **_rarer(),
        "archive": (
            (zipped({"a.txt": b"seven cranes", "b/c.html": b"<p>Words"}), "x.zip"),
            (tarred({"a.txt": b"seven cranes"}, links={"b": "/etc/passwd"}), "x.tar"),
            (_locked(), "x.zip"),
        ),
        "calendar": ((test_contacts.EVENT.encode(), "x.ics"),),
        "converted": ((packaged({"mimetype": "application/epub+zip", **BOOK}), "x.epub"),),
        "opendocument": (
            (opened("text", f"<office:text>{lines(*STORY)}</office:text>"), "x.odt"),
            (test_opendoc.flat("text", test_opendoc.LETTER), "x.fodt"),
            (test_opendoc.old(), "x.sxw"),
        ),
        "rtf": ((rich(*STORY), "x.rtf"),),
        "dbf": ((dbf(ROWS), "x.dbf"),),
        "delimited": ((RUSSIAN.encode("cp1251"), "x.csv"),),
        "djvu": ((DJVU, "x.djvu"),),
        "docx": ((word("".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in STORY)), "x.docx"),),
        "eml": ((mail(STORY[0], "Date: Thu, 12 Sep 2024 10:20:00 +0300"), "x.eml"),),
        "html": ((f"<html><body><p>{STORY[0]}</p></body></html>".encode(), "x.html"),),
        "image": (
            (saved(Image.new("L", (15, 15)), "PNG"), "x.png"),
            (saved(Image.new("L", (9, 9)), "TIFF"), "x"),
        ),
        "jsontext": ((json.dumps(test_jsontext.RECORDS).encode(), "x.json"),),
        "markdown": ((test_markdown.TEXT.encode(), "x.md"),),
        "mbox": ((MAILBOX, "x.mbox"), (test_mbox.folder(mail("Seven cranes.")), "x.dbx")),
        "mhtml": ((RELATED, "x.mht"),),
        "msg": ((compound(message(text=STORY[0])), "x.msg"),),
        "office": ((doc(STORY[0]), "x.doc"), (slides("Cranes"), "x.pptx"), (compound(tree), "x.doc")),
        "paged": ((zipped(test_paged.XPS), "x.xps"), (zipped(test_paged.VISIO), "x.vsdx")),
        "recording": ((test_paged.sound()[:3_000], "x.wav"),),
        "pdf": ((pdf("# Title", *STORY), "x.pdf"),),
        "plain": (("\n".join(STORY).encode(), "x.txt"),),
        "propertylist": (
            (plistlib.dumps({"port": "Veld", "cranes": [1, 2]}, fmt=plistlib.FMT_BINARY), "x.plist"),
        ),
        "unknown": (
            (compound({"StarMathDocument": b"x" * 5_000, "_1": {"CONTENTS": b"%PDF-1.4"}}), "x.sdf"),
        ),
        "pst": ((b"!BDN" + bytes(2_000), "x.pst"),),
        "sheet": (
            (workbook(S=CELLS), "x.xlsx"),
            (ods(), "x.ods"),
            (biff(record(0x203, bytes(14))), "x.xls"),
        ),
        "sqlite": ((_database(), "x.db"),),
        "vcard": ((test_contacts.CARD.format(photo="AAAA").encode(), "x.vcf"),),
        "wacz": ((zipped(collection()), "x.wacz"),),
        "warc": ((warc((URL, PAGE, head(Content_Type="text/html")), gzipped=False), "x.warc"),),
        "xmltext": (
            (("<?xml version='1.0'?>" + test_xmltext.RSS).encode(), "x.xml"),
            (test_xmltext.LAUGHS.encode(), "x.xml"),
        ),
    }
