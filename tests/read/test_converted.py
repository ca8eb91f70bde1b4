from __future__ import annotations

import io
import zipfile

import pytest

from casegraph.read.limits import HARMLESS_OUTPUT
from tests.read.made import STORY, read

BOOK = {
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


def zipped(parts: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def test_a_book_in_the_order_of_its_spine() -> None:
    result = read(zipped({"mimetype": "application/epub+zip", **BOOK}), "x.epub")
    assert result.codes == []
    assert result.document.title == "The Cranes of Veld"
    assert result.document.authors == ("Anna Kern",)
    assert result.text.find(STORY[0]) < result.text.find(STORY[1])
    assert STORY[0] in result.prose


@pytest.mark.parametrize("cut", [60, 200, 400])
def test_damage_is_said(cut: int) -> None:
    assert read(zipped({"mimetype": "application/epub+zip", **BOOK})[:cut], "x.epub").codes


def test_a_book_that_unpacks_without_end_is_not_opened() -> None:
    made = io.BytesIO(zipped({"mimetype": "application/epub+zip", **BOOK}))
    with (
        zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("more.xml", "w") as member,
    ):
        for _ in range((HARMLESS_OUTPUT >> 20) + 1):
            member.write(bytes(1 << 20))
    assert read(made.getvalue(), "x.epub").codes == ["bomb"]
