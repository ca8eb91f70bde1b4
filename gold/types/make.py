"""Make the gold set of file types: `python gold/types/make.py`. Files are small, made here, and the same each time.

The held-out part has other files of the same families, which nobody looks at while changing the code.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import sqlite3
import struct
import tarfile
import tempfile
import wave
import zipfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from casegraph.read.compoundfile import compound

HERE = Path(__file__).parent
STORY = "Harrow Marine delivered seven survey cranes to the port of Veld, two customs officers said on Thursday.\n"
OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
Item = tuple[str, str, tuple[str, ...], bytes]


def zipped(**parts: str) -> bytes:
    """Return a package of parts; `__` stands for a slash."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name.replace("__", "/").replace("_xml", ".xml")), text)
    return made.getvalue()


def odf(kind: str) -> bytes:
    """Return the skeleton of an OpenDocument file."""
    return zipped(mimetype=f"{ODF}{kind}", content_xml="<office:document-content/>")


def tarred() -> bytes:
    """Return a tar."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        entry = tarfile.TarInfo("a.txt")
        entry.size = len(STORY)
        archive.addfile(entry, io.BytesIO(STORY.encode()))
    return made.getvalue()


def image(form: str, mode: str = "RGB") -> bytes:
    """Return an image."""
    made = io.BytesIO()
    Image.new(mode, (16, 16), 120).save(made, form)
    return made.getvalue()


def sound() -> bytes:
    """Return a recording."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8_000)
        file.writeframes(bytes(800))
    return made.getvalue()


def database(table: str) -> bytes:
    """Return a database."""
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "x")
        base.execute("PRAGMA page_size=512")
        base.execute(f"CREATE TABLE {table} (name TEXT)")
        base.commit()
        base.close()
        return (Path(folder) / "x").read_bytes()


def dbf(names: tuple[bytes, ...]) -> bytes:
    """Return a dBase table."""
    size = 1 + 10 * len(names)
    head = struct.pack("<4BIHH", 3, 124, 3, 5, 1, 33 + 32 * len(names), size) + bytes(20)
    fields = b"".join(name.ljust(11, b"\0") + b"C" + bytes(4) + b"\x0a\0" + bytes(14) for name in names)
    return head + fields + b"\r " + b"crane".ljust(10) * len(names) + b"\x1a"


def ole(*streams: str) -> bytes:
    """Return a compound file with these streams."""
    return compound(dict.fromkeys(streams, b"x" * 600))


def pdf() -> bytes:
    """Return a PDF."""
    body = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 0 /Kids [] >>\nendobj\n"
    return body + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"


def mail(subject: str) -> bytes:
    """Return a message."""
    return f"From: a@veld.example\r\nTo: b@veld.example\r\nSubject: {subject}\r\nDate: Thu, 12 Sep 2024 10:20:00 +0300\r\n\r\n{STORY}".encode()


def documents(*, second: bool) -> Iterator[Item]:
    """Yield office files and the like."""
    part = "template" if second else "text"
    yield "documents", "x.pdf", ("application/pdf",), pdf()
    yield (
        "documents",
        "x.docx",
        (OOXML + "wordprocessingml.document",),
        zipped(
            **{
                "[Content_Types]_xml": "<Types/>",
                "word__document_xml": "<w/>",
                **({"word__a_xml": "b"} if second else {}),
            }
        ),
    )
    yield (
        "documents",
        "x.xlsx",
        (OOXML + "spreadsheetml.sheet",),
        zipped(xl__workbook_xml="<w/>", a=STORY if second else ""),
    )
    yield (
        "documents",
        "x.pptx",
        (OOXML + "presentationml.presentation",),
        zipped(ppt__presentation_xml="<p/>"),
    )
    yield (
        "documents",
        "x.odt",
        (f"{ODF}text", f"{ODF}text-template"),
        odf("text" if part == "text" else "text-template"),
    )
    yield "documents", "x.ods", (f"{ODF}spreadsheet",), odf("spreadsheet")
    yield "documents", "x.odp", (f"{ODF}presentation",), odf("presentation")
    yield "documents", "x.epub", ("application/epub+zip",), zipped(mimetype="application/epub+zip", a="b")
    yield (
        "documents",
        "x.doc",
        ("application/msword",),
        ole("WordDocument", "1Table", *(["Data"] if second else [])),
    )
    yield "documents", "x.xls", ("application/vnd.ms-excel",), ole("Book" if second else "Workbook")
    yield "documents", "x.ppt", ("application/vnd.ms-powerpoint",), ole("PowerPoint Document", "Current User")
    yield (
        "documents",
        "x.msg",
        ("application/vnd.ms-outlook",),
        ole("__properties_version1.0", "__nameid_version1.0"),
    )
    yield "documents", "x.vsd", ("application/vnd.visio",), ole("VisioDocument")
    yield "documents", "x.pub", ("application/x-mspublisher",), ole("Quill", "Contents")
    yield "documents", "x.rtf", ("application/rtf",), b"{\\rtf1\\ansi " + STORY.encode() + b"\\par}"
    yield "documents", "x.wpd", ("application/vnd.wordperfect",), b"\xffWPC" + bytes(90)
    yield "documents", "x.vsdx", ("application/vnd.ms-visio.drawing",), zipped(visio__document_xml="<v/>")
    yield (
        "documents",
        "x.one",
        ("application/onenote",),
        bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3") + bytes(90),
    )
    yield "documents", "x.chm", ("application/vnd.ms-htmlhelp",), b"ITSF\3\0\0\0" + bytes(90)
    yield "documents", "x.djvu", ("image/vnd.djvu",), b"AT&TFORM\0\0\0\x40DJVUINFO" + bytes(60)
    yield "encrypted", "x.docx", ("application/x-encrypted-ooxml",), ole("EncryptedPackage", "EncryptionInfo")


def texts(*, second: bool) -> Iterator[Item]:
    """Yield files that are text."""
    other = second
    yield "text", "x.txt", ("text/plain",), (STORY * (4 if other else 1)).encode()
    yield (
        "text",
        "x.txt",
        ("text/plain",),
        "Порт закрыли в сентябре, сообщили на таможне.\n".encode("cp1251" if other else "koi8-r"),
    )
    yield (
        "text",
        "x.txt",
        ("text/plain",),
        "港口于九月关闭。该公司交付了七台起重机。\n".encode("utf-16" if other else "gb18030"),
    )
    yield (
        "text",
        "x.html",
        ("text/html",),
        f"<!DOCTYPE html><html><body><p>{STORY}</body></html>".encode("utf-16" if other else "utf-8"),
    )
    yield (
        "text",
        "x.xhtml",
        ("text/html", "application/xhtml+xml"),
        f"<?xml version='1.0'?><html><body><p>{STORY}</p></body></html>".encode(),
    )
    yield (
        "text",
        "x.xml",
        ("application/xml",),
        f"<?xml version='1.0'?><cargo><note>{STORY}</note></cargo>".encode(),
    )
    yield (
        "text",
        "x.rss",
        ("application/rss+xml",),
        b"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title></channel></rss>",
    )
    yield (
        "text",
        "x.atom",
        ("application/atom+xml",),
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title></feed>",
    )
    yield (
        "text",
        "x.json",
        ("application/json",),
        json.dumps({"cranes": [1, 2], "port": "Veld"} if other else [{"a": 1}, {"a": 2}]).encode(),
    )
    yield "text", "x.jsonl", ("application/jsonl",), b'{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n'
    yield (
        "text",
        "x.csv",
        ("text/csv",),
        "name;sum;day\nкран;7,5;05.03.2024\nящик;1,25;06.03.2024\nтрос;3,1;07.03.2024\n".encode(
            "cp1251" if other else "utf-8"
        ),
    )
    yield (
        "text",
        "x.tsv",
        ("text/tab-separated-values",),
        b"name\tsum\tday\ncrane\t7\t2024-03-05\ncrate\t2\t2024-03-06\n",
    )
    yield (
        "text",
        "x.md",
        ("text/markdown",),
        b"# Cranes\n\n- **one**\n- [two](https://veld.example)\n\n## Crates\n\nwords\n",
    )
    yield "text", "x.vcf", ("text/vcard",), b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna Kern\r\nEND:VCARD\r\n"
    yield (
        "text",
        "x.ics",
        ("text/calendar",),
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    )
    yield "text", "x.eml", ("message/rfc822",), mail("Cranes" if other else "=?utf-8?b?0LrRgNCw0L0=?=")
    yield (
        "text",
        "x.mbox",
        ("application/mbox",),
        b"".join(
            b"From a@b Mon Jan  1 00:00:00 2024\n" + mail("x").replace(b"\r", b"") + b"\n" for _ in "ab"
        ),
    )
    yield (
        "text",
        "x.svg",
        ("image/svg+xml",),
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><text>words</text></svg>",
    )
    yield "text", "x.ps", ("application/postscript",), b"%!PS-Adobe-3.0\n/Times findfont\n(words) show\n"
    yield (
        "text",
        "x.pem",
        ("application/x-pem-file",),
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    )


def others(*, second: bool) -> Iterator[Item]:
    """Yield all else."""
    plain = STORY.encode() * (9 if second else 3)
    yield "archives", "x.zip", ("application/zip",), zipped(a=STORY, b__c="words")
    yield "archives", "x.tar", ("application/x-tar",), tarred()
    yield "archives", "x.gz", ("application/gzip",), gzip.compress(plain, mtime=0)
    yield "archives", "x.bz2", ("application/x-bzip2",), bz2.compress(plain)
    yield "archives", "x.xz", ("application/x-xz",), lzma.compress(plain)
    yield "archives", "x.7z", ("application/x-7z-compressed",), b"7z\xbc\xaf\x27\x1c\0\4" + bytes(90)
    yield "archives", "x.rar", ("application/vnd.rar",), b"Rar!\x1a\x07\x01\0" + bytes(90)
    yield "archives", "x.cab", ("application/vnd.ms-cab-compressed",), b"MSCF\0\0\0\0" + bytes(90)
    for form, mode in (
        ("PNG", "L"),
        ("JPEG", "RGB"),
        ("GIF", "P"),
        ("TIFF", "L"),
        ("BMP", "RGB"),
        ("WEBP", "RGB"),
    ):
        yield (
            "images",
            f"x.{form.lower()}",
            (f"image/{form.lower()}",),
            image(form, "RGB" if second and form != "GIF" else mode),
        )
    yield "images", "x.psd", ("image/vnd.adobe.photoshop",), b"8BPS\0\1" + bytes(90)
    yield "images", "x.dwg", ("image/vnd.dwg",), b"AC1032" + bytes(90)
    yield (
        "images",
        "x.heic",
        ("image/heic",),
        b"\0\0\0\x18ftyp" + (b"mif1" if second else b"heic") + bytes(90),
    )
    yield "recordings", "x.wav", ("audio/wav",), sound()
    yield (
        "recordings",
        "x.mp3",
        ("audio/mpeg",),
        (b"\xff\xfb\x90\x44" if second else b"ID3\3\0\0\0\0\0\0") + bytes(90),
    )
    yield "recordings", "x.ogg", ("audio/ogg",), b"OggS\0\2" + bytes(90)
    yield "recordings", "x.mp4", ("video/mp4",), b"\0\0\0\x18ftypisom" + bytes(90)
    yield "recordings", "x.mov", ("video/quicktime",), b"\0\0\0\x14ftypqt  " + bytes(90)
    yield "recordings", "x.mkv", ("video/x-matroska",), b"\x1aE\xdf\xa3" + bytes(90)
    yield "recordings", "x.avi", ("video/x-msvideo",), b"RIFF\0\1\0\0AVI LIST" + bytes(90)
    yield "databases", "x.db", ("application/vnd.sqlite3",), database("cranes" if second else "ships")
    yield "databases", "x.dbf", ("application/x-dbf",), dbf((b"NAME", b"PORT") if second else (b"NAME",))
    yield "databases", "x.mdb", ("application/x-msaccess",), b"\0\1\0\0Standard Jet DB\0" + bytes(90)
    yield "databases", "x.accdb", ("application/x-msaccess",), b"\0\1\0\0Standard ACE DB\0" + bytes(90)
    yield "databases", "x.parquet", ("application/vnd.apache.parquet",), b"PAR1\x15\0" + bytes(90) + b"PAR1"
    yield "databases", "x.pst", ("application/vnd.ms-outlook-pst",), b"!BDN" + bytes(90)
    yield "programs", "x.exe", ("application/vnd.microsoft.portable-executable",), b"MZ\x90\0\3\0" + bytes(90)
    yield "programs", "x", ("application/x-elf",), b"\x7fELF\2\1\1" + bytes(90)
    yield "programs", "x.class", ("application/java-vm",), bytes.fromhex("cafebabe0000003d") + bytes(90)
    yield "programs", "x.ttf", ("font/ttf",), b"\0\1\0\0\0\x0c\0\x80" + bytes(90)
    yield "programs", "x.woff2", ("font/woff2",), b"wOF2\0\1\0\0" + bytes(90)
    yield "programs", "x.lnk", ("application/x-ms-shortcut",), b"L\0\0\0\1\x14\2\0" + bytes(90)
    yield (
        "programs",
        "x.der",
        ("application/pkix-cert",),
        b"\x30\x82\x03\x10\x30\x82\x02\x10" + bytes(range(128, 255)) + bytes(90),
    )
    yield "programs", "x.bin", ("application/octet-stream",), bytes(range(256)) * 2


def main() -> None:
    """Write both parts."""
    for folder, second in ((HERE, False), (HERE / "heldout", True)):
        folder.mkdir(exist_ok=True)
        lines = []
        for family, name, types, data in (
            *documents(second=second),
            *texts(second=second),
            *others(second=second),
        ):
            item: dict[str, object] = {"family": family, "name": name, "types": list(types)}
            item["base64"] = base64.b64encode(data).decode()
            lines.append(json.dumps(item))
        (folder / "files.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
