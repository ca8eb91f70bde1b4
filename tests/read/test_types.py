"""Types told by content: every mark of the tables alone, and beside what could be taken for it."""

from __future__ import annotations

import pytest

from casegraph.model import Original, content_id
from casegraph.read.magic import SURE
from casegraph.read.raremagic import EARLY, ENDS, RARE
from casegraph.read.textmagic import READABLE, TEXTS
from casegraph.read.unread import label, labels, name_type
from tests.read.compound import compound
from tests.read.made import read
from tests.read.test_archive import zipped

NOISE = bytes(range(1, 32)) * 60  # no text, no mark


def told(data: bytes) -> str:
    return name_type(Original(document=content_id(data), data=data, names=()))


@pytest.mark.parametrize(("place", "mark", "media_type"), [row[:3] for row in (*EARLY, *RARE)])
def test_a_mark_tells_its_type(place: int, mark: bytes, media_type: str) -> None:
    data = b"\x81\x82" * (place // 2) + b"\x81" * (place % 2) + mark + b"\0" + NOISE
    assert told(data) == media_type


@pytest.mark.parametrize(("place", "mark", "media_type"), [row[:3] for row in ENDS])
def test_a_mark_at_the_end(place: int, mark: bytes, media_type: str) -> None:
    data = b"\x82" + NOISE + mark
    assert told(data + bytes(place - len(mark))) == media_type
    assert told(data + bytes(place - len(mark) + 1)) == "application/octet-stream"


FORMED = (
    (b"MZ\x90\0\3\0", "application/vnd.microsoft.portable-executable"),
    (b"RIFF\1\2\3\4CDRA", "application/vnd.corel-draw"),
    (b"RIFF\1\2\3\4RMID", "audio/midi"),
    (b"FORM\0\1\2\3ILBM", "image/x-ilbm"),
    (b"BIKi\1\2", "video/vnd.radgamettools.bink"),
    (b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", "application/pkcs7-mime"),
    (b"\x30\x82\1\1\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", "application/pkcs7-mime"),
    (b"\x30\x80\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x1f", "application/timestamped-data"),
    (b"\xffWPC\x10\0\0\0\1\x16\0", "image/x-wpg"),
    (b"\xffWPC\x10\0\0\0\1\x0a\0", "application/vnd.wordperfect"),
    (b"\x1aE\xdf\xa3\x93B\x82\x84webm", "video/webm"),
    (b"\x1aE\xdf\xa3\x93B\x82\x88matroska", "video/x-matroska"),
    (b"\0\0\0\x1cftyp3gp5\0", "video/3gpp"),
    (b"\0\0\0\x1cftypisom\0", "video/mp4"),
    (b"d8:announce3:abc4:infod5:piece\0", "application/x-bittorrent"),
    (b"\xfe\1\x0a\x0c\0", "application/x-mysql-table-definition"),
    (b"\x1a\x08HARBOUR.TXT\0", "application/x-arc"),
    (b"\x73\1\1\0", "application/x-stata-dta"),
)


@pytest.mark.parametrize(("head", "media_type"), FORMED)
def test_a_form_tells_its_type(head: bytes, media_type: str) -> None:
    assert told(head + NOISE) == media_type


WRITTEN = (
    ('// <!-- <mdb:mork:z v="1.4"/> -->\n< <(a=c)> >', "application/x-mork"),
    ("(This file must be converted with BinHex 4.0)\n\n:abc", "application/mac-binhex40"),
    ("begin 644 crane.txt\nM1T5T\n#0V%T\n`\nend\n".replace("M1T5T", "M" + "1" * 60), "text/x-uuencode"),
    ("/* XPM */\nstatic char *a[] = {", "image/x-xpixmap"),
    ("#define crane_width 8\n#define crane_height 8\n", "image/x-xbitmap"),
    ("ISO-10303-21;\nHEADER;\n", "model/step"),
    ("  0\nSECTION\n  2\nHEADER\n", "image/vnd.dxf"),
    ("999\nmade by hand\n0\nSECTION\n2\nENTITIES\n", "image/vnd.dxf"),
    ('TABLE\r\n0,1\r\n"CRANES"\r\n', "application/x-dif"),
    ("ID;PVELD\nC;Y1;X1;K7\n", "application/x-sylk"),
    ("<MIFFile 2015> # made\n", "application/vnd.mif"),
    ("\ufeffWEBVTT\n\n00:01.000 --> 00:02.000\nSeven cranes.\n", "text/vtt"),
    ("1\n00:00:01,000 --> 00:00:02,000\nSeven cranes.\n", "application/x-subrip"),
    ("PuTTY-User-Key-File-2: ssh-rsa\nComment: a\n", "application/x-putty-private-key"),
)


@pytest.mark.parametrize(("text", "media_type"), WRITTEN)
def test_a_text_tells_its_type(text: str, media_type: str) -> None:
    assert told(text.encode()) == media_type


@pytest.mark.parametrize(
    "text", ["BM is what the port of Veld is called.", "MACHINES came.", "GRIB is a word.", "MP+ and more.",
             "begin 644 said she\nand no more\n", "solid ground is what the port needs\n", "ply the trade\n",
             "TABLE of contents\n", "1\n2\n3\n", "d8 is a die", "IIRO said the officer.", "MMOR"]
)  # fmt: skip
def test_texts_that_begin_like_a_mark_stay_texts(text: str) -> None:
    assert told(text.encode()) == "text/plain"
    assert read(text.encode()).text.split() == text.split()


def test_what_begins_like_another_type_is_not_taken_for_it() -> None:
    assert told(b"\0\1\0\0\0\0\0\x28" + NOISE) == "application/octet-stream"  # a cache of icons, no font
    assert told(b"/*    Copyright of nobody. */ int main() { return 7; }") == "text/plain"
    assert told(b"\x1a\1\x30\0\x26\0\x0f\0" + NOISE) == "application/x-terminfo"  # and no archive
    assert told(b"ORC" + NOISE + b"ORC\x18") == "application/x-orc"
    assert told(b"\x80\4\x95" + bytes(8) + NOISE) == "application/x-python-pickle"


def test_packages_by_their_parts() -> None:
    for name, media_type in (
        ("META-INF/MANIFEST.MF", "application/java-archive"),
        ("AndroidManifest.xml", "application/vnd.android.package-archive"),
        ("designmap.xml", "application/vnd.adobe.indesign-idml-package"),
        ("doc.kml", "application/vnd.google-earth.kmz"),
    ):
        assert told(zipped({name: b"x", "other": b"y"})) == media_type
    result = read(zipped({"META-INF/MANIFEST.MF": b"Main-Class: Crane\n"}), "x.jar")
    assert [one.child.name for one in result.held] == ["META-INF/MANIFEST.MF"]
    assert told(zipped({"a.txt": b"META-INF/MANIFEST.MF"})) == "application/zip"


def test_compound_files_by_their_streams() -> None:
    assert told(compound({"BasicFileInfo": b"x"})) == "application/x-revit"
    assert told(compound({"StarMathDocument": b"x"})) == "application/vnd.stardivision.math"
    assert told(compound({"Other": b"x"})) == "application/x-ole-storage"


def test_every_type_has_a_name_for_people() -> None:
    plain = [row[2] for row in SURE] + [row[-2] for table in (EARLY, RARE, ENDS, TEXTS) for row in table]
    for media_type in plain:
        assert media_type in labels()
    assert label("application/x-ewf") == "application/x-ewf (forensic disk image (EnCase))"
    assert label("application/x-nothing") == "application/x-nothing"
    assert set(labels()) >= READABLE


def test_an_unread_type_is_named_in_the_problem() -> None:
    result = read(b"EVF\x09\r\n\xff\0" + NOISE, "x.e01")
    assert result.codes == ["unread-type"]
    assert "forensic disk image" in result.problems[0].detail
    assert read(b"\xff\xff" + NOISE).codes == ["unread-type"]
