"""The registry, the order of readers, and what happens to files that none reads."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from casegraph.model import Child, Document, Layout, Original, Page, Problem, Table
from casegraph.read import READERS, STAGE, run
from casegraph.read.base import Reader
from tests.read.made import HEADER, STORY, blank_docx, pdf, read, saved, word

MAILBOX = b"From a@b Mon Jan 1 00:00:00 2024\nFrom: a\nTo: b\nDate: c\n\nx\n\n" * 2
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FORMATS = Path(run.__file__).parent / "formats"


def test_every_format_file_is_in_the_tuple_once() -> None:
    files = sorted(path.stem for path in FORMATS.glob("*.py") if path.stem != "__init__")
    assert sorted(reader.name for reader in READERS) == files


def test_a_reader_claims_media_types_of_its_own() -> None:
    claimed = [kind for reader in READERS for kind in reader.media_types]
    assert len(set(claimed)) == len(claimed)


@pytest.mark.parametrize(
    "data",
    [
        pdf(STORY[0]),
        word("<w:p><w:r><w:t>Seven cranes.</w:t></w:r></w:p>"),
        b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: text/html\n\n<html><p>Seven cranes.",
        HEADER + b"\nSeven cranes.",
        b"<html><body><p>Seven cranes.",
        b"Seven cranes.",
    ],
)
def test_a_document_names_its_reader_and_version(data: bytes) -> None:
    result = read(data)
    readers = {f"{reader.name} {reader.version}": reader for reader in READERS}
    assert result.document.media_type in readers[result.document.reader].media_types


def test_the_stage_is_named_read() -> None:
    assert STAGE.name == "read"
    assert STAGE.gives == (Document, Page, Child, Table, Layout)


@pytest.mark.parametrize(
    ("data", "names", "media_type"),
    [
        (b"", (), "application/x-empty"),
        (b"Harbour news.", (), "text/plain"),
        (b"<html><body><p>Harbour news.</p></body></html>", ("page.txt",), "text/html"),
        (b"<p>Harbour news.</p><p>More.</p>", ("a.html",), "text/html"),
        (b"Harbour <b>news</b> of 5 < 6.", ("a.html",), "text/html"),
        (b"The tag <b> makes words bold.", ("notes.txt",), "text/plain"),
        (HEADER + b"\r\nHello.", ("message.txt",), "message/rfc822"),
        (b"To: the board\nSubject: cranes\n\nDear all,\n", ("letter.txt",), "text/plain"),
        (b"From: a@b.example\nBroken", ("a.eml",), "text/plain"),
        (pdf("Harbour news of the day."), ("a.html",), "application/pdf"),
        (b"\x89PNG\r\n\x1a\n0000", ("a.txt",), "image/png"),
        (b"{\\rtf1 Hello}", ("a.txt",), "application/rtf"),
        (MAILBOX, (), "application/mbox"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", ("feed.xml",), "application/rss+xml"),
        (random.Random(1).randbytes(5000), ("page.html",), "application/octet-stream"),
        (OLE + "WordDocument".encode("utf-16-le"), ("a.docx",), "application/msword"),
    ],
)  # fmt: skip
def test_the_type_goes_by_content(data: bytes, names: tuple[str, ...], media_type: str) -> None:
    assert read(data, *names).document.media_type == media_type


def test_an_empty_file_is_a_problem() -> None:
    result = read(b"")
    assert result.codes == ["empty"]
    assert result.pages == ()


def test_an_unknown_type_is_named() -> None:
    result = read(b"MSWIM\0\0\0" + bytes(40))
    assert result.codes == ["unread-type"]
    assert "application/x-ms-wim (disk image of Windows)" in result.problems[0].detail


def test_an_encrypted_office_document_says_so() -> None:
    data = OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le")
    assert read(data, "a.docx").codes == ["encrypted"]


def test_a_reader_that_raises_becomes_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(original: Original, media_type: str) -> Iterator[Document | Page | Problem]:
        raise RuntimeError(f"secret words of {original.document} {media_type}")

    reader = Reader(
        name="bad", version=3, media_types=("text/bad",), recognise=lambda _: "text/bad", read=broken
    )
    monkeypatch.setattr(run, "READERS", (reader,))
    result = read(b"whatever")
    assert result.codes == ["reader-failed"]
    assert "secret" not in result.problems[0].detail
    assert result.document.reader == "bad 3"


def test_reading_twice_gives_the_same_records() -> None:
    document = blank_docx()
    for line in STORY:
        document.add_paragraph(line)
    data = saved(document)
    assert read(data) == read(data)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"\0\1\0\0MSISAM Database" + bytes(99), "application/x-msmoney"),
        (b"AC1027" + bytes(99), "image/vnd.dwg"),
        (b"MSWIM\0\0\0" + bytes(99), "application/x-ms-wim"),
        (b"\x7fELF\2\1" + bytes(99), "application/x-elf"),
        (b"MZ\x90\0" + bytes(99), "application/vnd.microsoft.portable-executable"),
        (bytes.fromhex("cafebabe00000037") + bytes(99), "application/java-vm"),
        (bytes.fromhex("cafebabe00000002") + bytes(99), "application/x-mach-o"),
        (b"wOF2\0\1\0\0" + bytes(99), "font/woff2"),
        (b"\0\0\0\x18ftypcrx " + bytes(99), "image/x-canon-cr3"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "application/x-pem-file"),
        (b"-----BEGIN PGP MESSAGE-----\n\nAAAA\n-----END PGP MESSAGE-----\n", "application/pgp-encrypted"),
        (b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nSeven cranes.\n", "text/plain"),
        (b"MZ is how the note began. BM and PAR1 are words too.", "text/plain"),
        (b"BM went to the port of Veld.", "text/plain"),
        (OLE + bytes(504) + "StarMathDocument".encode("utf-16-le"), "application/vnd.stardivision.math"),
    ],
)  # fmt: skip
def test_the_type_of_what_is_not_read_is_named(data: bytes, media_type: str) -> None:
    result = read(data, "x.bin")
    assert result.document.media_type == media_type
    if media_type != "text/plain":
        assert result.codes == ["unread-type"]
        assert media_type in result.problems[0].detail
