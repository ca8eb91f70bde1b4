"""OpenDocument beyond text and sheets, flat files, and the documents of OpenOffice.org 1."""

from __future__ import annotations

import pytest

from tests.read.made import STORY, read
from tests.read.test_archive import zipped

OPEN = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = "".join(
    f' xmlns:{short}="{OPEN}:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("meta", "meta"),
        ("svg", "svg-compatible"),
    )
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
META = (
    "<office:meta><dc:title>Cranes of Veld</dc:title><meta:initial-creator>Anna Kern</meta:initial-creator>"
    "<dc:creator>Otto Wren</dc:creator><dc:language>en-GB</dc:language>"
    '<meta:user-defined meta:name="Client">Orlan</meta:user-defined></office:meta>'
)
LETTER = (
    "<office:text><text:tracked-changes><text:p>deleted words</text:p></text:tracked-changes>"
    f"<text:h>Cranes</text:h><text:p>{STORY[0]}<text:note><text:note-citation>1</text:note-citation>"
    "<text:note-body><text:p>As two officers told.</text:p></text:note-body></text:note></text:p>"
    '<text:list><text:list-item><text:p>one<text:s text:c="2"/>crane<text:tab/>here</text:p></text:list-item>'
    "</text:list><text:p>before <text:span>in\n   span</text:span> after</text:p>"
    "<table:table table:name='T'><table:table-row><table:table-cell><text:p>Ship</text:p></table:table-cell>"
    "<table:table-cell><text:p>Crates</text:p></table:table-cell></table:table-row>"
    "<table:table-row><table:table-cell><text:p>Harrow</text:p></table:table-cell><table:table-cell "
    'office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell></table:table-row>'
    "</table:table></office:text>"
)


def flat(kind: str, body: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    mark = f'office:mimetype="application/vnd.oasis.opendocument.{kind}"'
    inner = f"{META}<office:body>{body}</office:body>"
    return f"{head}<office:document {SPACES} {mark}>{inner}</office:document>".encode()


def test_a_flat_text() -> None:
    result = read(flat("text", LETTER), "x.fodt")
    assert result.codes == []
    assert result.document.media_type == "application/vnd.oasis.opendocument.text"
    assert result.document.title == "Cranes of Veld"
    assert result.document.authors == ("Anna Kern",)
    assert result.document.metadata["last_modified_by"] == ("Otto Wren",)
    assert result.document.metadata["custom_Client"] == ("Orlan",)
    assert "deleted words" not in result.text
    assert result.blocks[:4] == [
        ("heading", "Cranes"), ("paragraph", STORY[0]), ("list", "one  crane\there"),
        ("paragraph", "before in span after"),
    ]  # fmt: skip
    assert result.of("note") == ["As two officers told."]
    (table,) = result.tables
    assert (table.rows, table.columns) == (2, 2)
    assert [cell.value for cell in table.cells if cell.kind == "number"] == ["7"]


def test_a_flat_text_in_another_encoding() -> None:
    made = flat("text", "<office:text><text:p>Портовый кран отправлен в порт.</text:p></office:text>")
    made = made.decode().replace("UTF-8", "windows-1251").encode("cp1251")
    assert read(made, "x.fodt").prose == ["Портовый кран отправлен в порт."]


def test_slides_and_drawing_pages() -> None:
    pages = "".join(
        f"<draw:page><draw:frame><draw:text-box><text:p>Page {number}</text:p></draw:text-box></draw:frame>"
        "<draw:g><draw:custom-shape><svg:title>Crane's outline</svg:title><text:p>Shape</text:p>"
        "</draw:custom-shape></draw:g></draw:page>"
        for number in (1, 2)
    )
    result = read(flat("presentation", f"<office:presentation>{pages}</office:presentation>"), "x.fodp")
    assert [page.text for page in result.pages] == [
        f"Page {number}\n\nCrane's outline\n\nShape" for number in (1, 2)
    ]


def test_a_flat_workbook_with_repeated_cells() -> None:
    cell = '<table:table-cell table:number-columns-repeated="2"><text:p>a</text:p></table:table-cell>'
    rows = (
        f"<table:table-row>{cell}<table:table-cell office:value-type='date' office:date-value='2024-03-05'>"
        "<text:p>5/3/24</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    )
    sheets = "".join(f"<table:table table:name='{name}'>{rows}</table:table>" for name in ("One", "Two"))
    sheet = f"<office:spreadsheet>{sheets}</office:spreadsheet>"
    result = read(flat("spreadsheet", sheet), "x.fods")
    assert [page.text for page in result.pages] == ["a\ta\t5/3/24"] * 2
    assert [table.name for table in result.tables] == ["One", "Two"]
    assert [cell.value for cell in result.tables[0].cells if cell.kind == "date"] == ["2024-03-05"]


OLD = (
    '<!DOCTYPE office:document-content PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "office.dtd">'
    '<office:document-content xmlns:office="http://openoffice.org/2000/office" '
    'xmlns:text="http://openoffice.org/2000/text"><office:body>'
    f"<text:h>Cranes</text:h><text:p>{STORY[0]}</text:p></office:body></office:document-content>"
)


def old(kind: str = "writer", content: str = OLD) -> bytes:
    parts = {"mimetype": f"application/vnd.sun.xml.{kind}", "content.xml": content}
    return zipped({name: text.encode() for name, text in parts.items()})


def test_openoffice_1() -> None:
    result = read(old(), "x.sxw")
    assert result.document.media_type == "application/vnd.sun.xml.writer"
    assert result.codes == []
    assert result.blocks == [("heading", "Cranes"), ("paragraph", STORY[0])]


def test_a_formula_and_a_drawing() -> None:
    math = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>E</mi><mo>=</mo></mrow>'
        '<annotation encoding="StarMath 5.0">E = m c^2</annotation></semantics></math>'
    )
    packed = {"mimetype": b"application/vnd.oasis.opendocument.formula", "content.xml": math.encode()}
    assert read(zipped(packed), "x.odf").text == "E = m c^2"
    drawn = "<draw:page><draw:rect><text:p>Quay</text:p></draw:rect></draw:page>"
    body = f"<office:body><office:drawing>{drawn}</office:drawing></office:body>"
    page = f"<office:document-content {SPACES}>{body}</office:document-content>"
    packed = {"mimetype": b"application/vnd.oasis.opendocument.graphics", "content.xml": page.encode()}
    result = read(zipped(packed), "x.odg")
    assert (result.text, result.codes) == ("Quay", [])


def test_what_cannot_be_read_says_so() -> None:
    locked = {"mimetype": b"application/vnd.oasis.opendocument.graphics", "content.xml": b"\1\2\3",
              "META-INF/manifest.xml": b"<m><encryption-data/></m>"}  # fmt: skip
    assert read(zipped(locked), "x.odg").codes == ["encrypted"]
    assert read(old(content="\0\1"), "x.sxw").codes == ["damaged"]
    assert read(old(content=OLD.replace(STORY[0], "").replace("Cranes", "")), "x.sxw").codes[-1:] == [
        "no-text"
    ]
    assert read(old("writer", OLD)[:-60], "x.sxw").codes


@pytest.mark.parametrize("attack", ["file:///etc/passwd", "https://veld.example/a.dtd"])
def test_nothing_is_fetched(attack: str) -> None:
    evil = (
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "{attack}">]>'
        + flat("text", "<office:text><text:p>&x;</text:p></office:text>", "").decode()
    )
    assert "external-entity" in read(evil, "x.fodt").codes
