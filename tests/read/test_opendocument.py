from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from casegraph.read.limits import HARMLESS_OUTPUT
from tests.read.made import STORY, read
from tests.read.test_office import doc

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "documents" / "tika"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_PREFIXES = ("office", "text", "table", "presentation", "style")
_NAMES = " ".join(
    [
        *(f'xmlns:{one}="{_OASIS}:{one}:1.0"' for one in _PREFIXES),
        f'xmlns:draw="{_OASIS}:drawing:1.0"', 'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"', f'xmlns:meta="{_OASIS}:meta:1.0"',
        f'xmlns:svg="{_OASIS}:svg-compatible:1.0"',
    ]
)  # fmt: skip


def part(kind: str, inner: str) -> str:
    return f"<office:document-{kind} {_NAMES}>{inner}</office:document-{kind}>"


def opened(kind: str, body: str, more: dict[str, str | bytes] | None = None, styles: str = "") -> bytes:
    """Return an OpenDocument package: a text, a presentation, a drawing."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", part("content", f"{styles}<office:body>{body}</office:body>"))
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return made.getvalue()


def lines(*texts: str) -> str:
    return "".join(f"<text:p>{text}</text:p>" for text in texts)


def cells(*rows: tuple[str, ...]) -> str:
    return "<table:table>" + "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell>{lines(one)}</table:table-cell>" for one in row)
        + "</table:table-row>"
        for row in rows
    ) + "</table:table>"  # fmt: skip


def test_a_text_with_its_headings_lists_and_tables() -> None:
    body = (
        f'<office:text><text:h text:outline-level="1">Cranes</text:h>{lines(STORY[0])}'
        f"<text:list><text:list-item>{lines('First')}<text:list><text:list-item>{lines('Inner')}"
        f"</text:list-item></text:list></text:list-item></text:list>"
        f"{cells(('Goods', 'Pieces'), ('crane', '7'))}{cells(('Laid out',))}</office:text>"
    )
    result = read(opened("text", body), "x.odt")
    assert result.codes == []
    assert result.document.media_type == "application/vnd.oasis.opendocument.text"
    assert result.of("heading") == ["Cranes"]
    assert result.of("list") == ["First", "Inner"]
    assert result.of("table") == ["Goods\tPieces\ncrane\t7"]
    assert [(table.rows, table.columns) for table in result.tables] == [(2, 2)]
    assert STORY[0] in result.prose
    assert "Laid out" in result.prose


def test_what_stands_beside_the_text() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation>"
        f"<text:note-body>{lines('As told.')}</text:note-body></text:note>"
    )
    comment = (
        f"<office:annotation><dc:creator>Ben Orlan</dc:creator>{lines('Who counted?')}</office:annotation>"
    )
    box = (
        f"<draw:frame><draw:text-box>{lines('Boxed')}</draw:text-box>"
        "<svg:desc>A crane</svg:desc></draw:frame>"
    )
    chart = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
    ole = '<draw:frame><draw:object-ole xlink:href="./Object 2"/></draw:frame>'
    deleted = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Anna Kern"
        f"</dc:creator></office:change-info>{lines('and a bribe')}</text:deletion></text:changed-region>"
        "</text:tracked-changes>"
    )
    body = f"<office:text>{deleted}" + lines(
        f'Seven<text:s text:c="2"/>cranes<text:tab/>and\n  more<text:line-break/>came{note}{comment}{box}.',
        f'<text:a xlink:href="https://veld.example/list">the list</text:a>{chart}{ole}',
        '<text:hidden-text text:string-value="not shown"/>Shown',
        "<text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>かんじ</text:ruby-text></text:ruby>",
    )
    master = (
        f"<office:master-styles><style:master-page><style:header>{lines('Veld Port')}</style:header>"
        f"<style:footer>{lines('page 3')}</style:footer></style:master-page></office:master-styles>"
    )
    title = (
        f"<office:body><office:chart>{cells(('Port', 'Cranes'), ('Karsk', '7'))}</office:chart></office:body>"
    )
    more = {"styles.xml": part("styles", master), "Object 1/content.xml": part("content", title)}
    result = read(opened("text", body + "</office:text>", {**more, "Object 2": doc("Embedded.\r")}), "x.odt")
    assert sorted(result.codes) == ["deleted-text", "hidden-text"]
    assert result.of("header") == ["Veld Port"]
    assert result.of("footer") == ["page 3"]
    assert result.of("note") == ["As told.", "Ben Orlan: Who counted?"]
    assert result.of("furniture") == ["not shown", "and a bribe"]
    assert result.of("table") == ["Port\tCranes\nKarsk\t7"]
    assert "Seven  cranes\tand more\ncame." in result.text
    assert {"Boxed", "the list", "Shown", "漢字(かんじ)"} <= {*result.prose}
    assert "A crane" in result.text
    assert [link.url for link in result.document.links] == ["https://veld.example/list"]
    assert [one.child.name for one in result.held] == ["embedded/Object 2"]


def test_a_slide_is_a_page() -> None:
    body = (
        '<office:presentation><presentation:footer-decl presentation:name="f1">Veld'
        "</presentation:footer-decl>"
        '<draw:page presentation:use-footer-name="f1"><draw:frame presentation:class="title"><draw:text-box>'
        f"{lines('Cranes')}</draw:text-box></draw:frame><draw:g><draw:rect>{lines('Grouped')}</draw:rect>"
        f"</draw:g><presentation:notes>{lines('Say so.')}</presentation:notes></draw:page>"
        f"<draw:page><draw:frame>{cells(('Port', 'Pieces'), ('Karsk', '7'))}</draw:frame></draw:page>"
        "</office:presentation>"
    )
    result = read(opened("presentation", body), "x.odp")
    assert result.codes == []
    assert [page.text for page in result.pages] == [
        "Cranes\n\nGrouped\n\nSay so.\n\nVeld",
        "Port\tPieces\nKarsk\t7",
    ]
    assert (result.of("heading"), result.of("note"), result.of("footer")) == (
        ["Cranes"],
        ["Say so."],
        ["Veld"],
    )


def test_styles_tell_roles() -> None:
    styles = (
        '<office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/>'
        '<style:style style:name="P2" style:parent-style-name="P3"/>'
        '<style:style style:name="P3" style:parent-style-name="P2"/></office:automatic-styles>'
    )
    body = (
        '<office:text><text:p text:style-name="P1">The cranes of Veld</text:p>'
        f'<text:p text:style-name="P2">{STORY[0]}</text:p>'
        f'<text:p text:style-name="Heading_20_1">Payments</text:p></office:text>'
    )
    result = read(opened("text", body, styles=styles), "x.odt")
    assert result.document.title == "The cranes of Veld"
    assert (result.of("title"), result.of("heading")) == (["The cranes of Veld"], ["Payments"])


def test_one_file_without_a_package() -> None:
    kind = "application/vnd.oasis.opendocument.text"
    meta = (
        "<office:meta><dc:title>Cranes</dc:title>"
        "<meta:user-defined meta:name='Case'>17</meta:user-defined></office:meta>"
    )
    data = (
        f'<?xml version="1.0"?><office:document {_NAMES} office:mimetype="{kind}">{meta}<office:body>'
        f"<office:text>{lines(STORY[0])}</office:text></office:body></office:document>"
    )
    result = read(data, "x.fodt")
    assert (result.document.media_type, result.document.title) == (kind, "Cranes")
    assert result.document.metadata["custom_Case"] == ("17",)
    assert result.prose == [STORY[0]]


def test_a_text_of_openoffice_1() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.sun.xml.writer")
        archive.writestr(
            "content.xml",
            '<?xml version="1.0"?><!DOCTYPE office:document-content PUBLIC "-//OpenOffice.org//DTD" "o.dtd">'
            '<o:document-content xmlns:o="http://openoffice.org/2000/office" xmlns:text="http://openoffice.org/'
            f'2000/text"><o:body>{lines(STORY[0])}<text:unordered-list><text:list-item>{lines("crane")}'
            "</text:list-item></text:unordered-list></o:body></o:document-content>",
        )
    result = read(made.getvalue(), "x.sxw")
    assert result.codes == []
    assert (result.prose[0], result.of("list")) == (STORY[0], ["crane"])


def test_an_encrypted_text_says_so() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    data = opened("text", "", {"META-INF/manifest.xml": manifest})
    assert read(data, "x.odt").codes == ["encrypted"]


def test_entities_are_not_expanded() -> None:
    made = io.BytesIO(opened("text", f"<office:text>{lines(STORY[0])}</office:text>"))
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    with zipfile.ZipFile(made, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("content.xml", bomb)
    assert read(made.getvalue(), "x.odt").codes == ["damaged"]


@pytest.mark.parametrize("cut", [60, 200, 400])
def test_damage_is_said(cut: int) -> None:
    assert read(opened("text", "<office:text/>")[:cut], "x.odt").codes


def test_what_is_left_of_a_text_that_was_cut_off() -> None:
    whole = opened("text", f"<office:text>{lines(*STORY * 30)}</office:text>")
    result = read(whole[: len(whole) * 2 // 3], "x.odt")
    assert "damaged" in result.codes
    assert result.prose[:3] == list(STORY)


def test_elements_without_end_are_told() -> None:
    deep = "<text:span>" * 5_000 + "x" + "</text:span>" * 5_000
    assert (
        "nested-too-deep" in read(opened("text", f"<office:text>{lines(deep)}</office:text>"), "x.odt").codes
    )


def test_repeated_cells_and_rows_are_bounded() -> None:
    cell = f'<table:table-cell table:number-columns-repeated="1000000">{lines("7")}</table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    result = read(opened("text", f"<office:text><table:table>{row}</table:table></office:text>"), "x.odt")
    assert [(table.rows, table.columns) for table in result.tables] == [(100, 100)]


def test_a_text_that_unpacks_without_end_is_not_opened() -> None:
    made = io.BytesIO(opened("text", f"<office:text>{lines(STORY[0])}</office:text>"))
    with (
        zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("more.xml", "w") as member,
    ):
        for _ in range((HARMLESS_OUTPUT >> 20) + 1):
            member.write(bytes(1 << 20))
    assert read(made.getvalue(), "x.odt").codes == ["bomb"]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared sample documents are not there")
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.od?")), ids=lambda path: path.name)
def test_real_files_give_text_or_say_why_not(path: Path) -> None:
    result = read(path.read_bytes(), path.name)
    assert result.text.strip() or result.codes
    assert "reader-failed" not in result.codes
