from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from casegraph.read.limits import HARMLESS_OUTPUT
from tests.read.made import STORY, read

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "documents" / "tika"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_BOOK = {
    "META-INF/container.xml": (
        '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    ),
    "book.opf": (
        '<package xmlns="http://www.idpf.org/2007/opf" version="2.0"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Cranes of Veld</dc:title>'
        "<dc:creator>Anna Kern</dc:creator><dc:language>en</dc:language></metadata><manifest>"
        '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    ),
    "a.xhtml": f"<html><body><h1>One</h1><p>{STORY[0]}</p></body></html>",
    "b.xhtml": f"<html><body><h1>Two</h1><p>{STORY[1]}</p></body></html>",
}


def opened(kind: str, body: str) -> bytes:
    names = "".join(f' xmlns:{one}="{_OFFICE}:{one}:1.0"' for one in ("office", "text", "table", "drawing"))
    content = f"<office:document-content{names}><office:body>{body}</office:body></office:document-content>"
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content})


def zipped(parts: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def test_an_opendocument_text() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = "".join(
        f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>"
        for row in (("Goods", "Pieces"), ("crane", "7"))
    )
    body = (
        f'<office:text><text:h text:outline-level="1">Cranes</text:h><text:p>{STORY[0]}</text:p>'
        f"<table:table>{rows}</table:table></office:text>"
    )
    result = read(opened("text", body), "x.odt")
    assert result.codes == []
    assert result.document.media_type == "application/vnd.oasis.opendocument.text"
    assert result.prose == ["Cranes", STORY[0]]
    assert "Goods\tPieces\ncrane\t7" in result.text
    assert [(table.rows, table.columns) for table in result.tables] == [(2, 2)]


def test_a_book_in_the_order_of_its_spine() -> None:
    result = read(zipped({"mimetype": "application/epub+zip", **_BOOK}), "x.epub")
    assert result.codes == []
    assert result.document.title == "The Cranes of Veld"
    assert result.document.authors == ("Anna Kern",)
    assert result.text.find(STORY[0]) < result.text.find(STORY[1])
    assert STORY[0] in result.prose


@pytest.mark.parametrize("cut", [60, 200, 400])
def test_damage_is_said(cut: int) -> None:
    assert read(opened("text", "<office:text/>")[:cut], "x.odt").codes


def test_a_text_that_unpacks_without_end_is_not_opened() -> None:
    made = io.BytesIO(opened("text", f"<office:text><text:p>{STORY[0]}</text:p></office:text>"))
    with (
        zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("more.xml", "w") as member,
    ):
        for _ in range((HARMLESS_OUTPUT >> 20) + 1):
            member.write(bytes(1 << 20))
    assert read(made.getvalue(), "x.odt").codes == ["bomb"]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared sample documents are not there")
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.od?")), ids=lambda p: p.name)
def test_real_files_give_text_or_say_why_not(path: Path) -> None:
    result = read(path.read_bytes(), path.name)
    assert result.text.strip() or result.codes
    assert "reader-failed" not in result.codes


def test_what_is_left_of_a_text_that_was_cut_off() -> None:
    lines = "".join(f"<text:p>{line}</text:p>" for line in STORY * 30)
    whole = opened("text", f"<office:text>{lines}</office:text>")
    result = read(whole[: len(whole) * 2 // 3], "x.odt")
    assert "damaged" in result.codes
    assert result.prose[:3] == list(STORY)
