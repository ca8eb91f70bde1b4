"""Word documents."""

from __future__ import annotations

import base64
import io
import re
import zipfile

from tests.read.made import STORY, WORDML, blank_docx, package, read, saved, word


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_body_in_order_with_roles_and_facts() -> None:
    document = blank_docx()
    document.core_properties.author = "Jonas Weir"
    document.core_properties.title = "Untitled"
    document.sections[0].header.paragraphs[0].text = "CONFIDENTIAL"
    document.sections[0].footer.paragraphs[0].text = "Harbour Office"
    document.add_paragraph("Memo on the cranes", style="Title")
    document.add_paragraph("1 July 2021")
    document.add_heading("Deliveries", level=1)
    document.add_paragraph(STORY[0])
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("Month", "Cranes", "March", "3"), strict=True
    ):
        cell.text = text
    document.add_paragraph("seven cranes", style="List Bullet")
    document.add_paragraph("We know nothing of it.", style="Quote")
    document.add_paragraph(STORY[1])
    result = read(saved(document), "memo.docx")
    assert result.document.title == "Memo on the cranes"
    assert result.document.authors == ("Jonas Weir",)
    assert result.document.published is not None
    assert result.document.published.start == "2021-07-01"
    assert result.document.metadata["creator"] == ("Jonas Weir",)
    assert [role for role, _ in result.blocks] == [
        "header", "title", "dateline", "heading", "paragraph", "table", "list", "quote", "paragraph", "footer"
    ]  # fmt: skip
    assert result.of("table") == ["Month\tCranes\nMarch\t3"]
    assert result.of("header") == ["CONFIDENTIAL"]
    assert result.of("footer") == ["Harbour Office"]
    assert result.codes == []


def test_notes_and_comments_stand_at_the_end() -> None:
    body = paragraph("The cranes came.") + (
        '<w:p><w:r><w:t>So it says.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    parts = {}
    relations = ""
    for kind, number, text in (("footnote", 2, "See the customs list."), ("comment", 0, "Is that so?")):
        note = f'<w:{kind} w:id="{number}" w:author="Anna Kern">{paragraph(text)}</w:{kind}>'
        parts[f"word/{kind}s.xml"] = f'<w:{kind}s xmlns:w="{WORDML}">{note}</w:{kind}s>'
        relations += f'<Relationship Id="r{kind}" Type="http://x.example/{kind}s" Target="{kind}s.xml"/>'
    parts["word/_rels/document.xml.rels"] = f"<Relationships>{relations}</Relationships>"
    result = read(package(f'<w:document xmlns:w="{WORDML}"><w:body>{body}</w:body></w:document>', parts))
    assert result.of("paragraph") == ["The cranes came.", "So it says."]
    assert result.of("note") == ["See the customs list.", "Anna Kern: Is that so?"]


def test_hidden_and_deleted_text_stands_apart() -> None:
    result = read(
        word(
            "<w:p><w:r><w:t>Seven cranes</w:t></w:r><w:r><w:rPr><w:vanish/>"
            "</w:rPr><w:t> and a bribe</w:t></w:r>"
            '<w:del w:author="Anna Kern"><w:r><w:delText> of Orlan</w:delText></w:r></w:del><w:ins>'
            "<w:r><w:t> came.</w:t></w:r></w:ins></w:p>"
        )
    )
    assert result.prose == ["Seven cranes came."]
    assert result.of("furniture") == ["and a bribe", "of Orlan"]
    assert result.document.metadata["deleted_by"] == ("Anna Kern",)
    assert sorted(result.codes) == ["deleted-text", "hidden-text"]


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    markup = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    result = read(word(f"<w:p><w:r><w:t>Outside.</w:t></w:r><w:r>{markup}</w:r></w:p>"))
    assert [text for _, text in result.blocks] == ["Outside.", "In the box."]


def test_page_breaks_make_pages() -> None:
    result = read(
        word(
            paragraph("First page.")
            + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
            + paragraph("Second page.")
            + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Third page.</w:t></w:r></w:p>"
        )
    )
    assert [page.text for page in result.pages] == ["First page.", "Second page.", "Third page."]


def test_the_strict_variant_is_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = package(f'<w:document xmlns:w="{strict}"><w:body>{paragraph(STORY[0])}</w:body></w:document>')
    assert read(data).of("paragraph") == [STORY[0]]


def test_layout_tables_give_their_paragraphs() -> None:
    cell = f"<w:tc>{paragraph(STORY[0] * 8)}{paragraph(STORY[1])}</w:tc>"
    result = read(word(f"<w:tbl><w:tr>{cell}<w:tc>{paragraph('Aside')}</w:tc></w:tr></w:tbl>"))
    assert result.of("paragraph") == [STORY[0] * 8, STORY[1], "Aside"]


def test_embedded_files_are_documents_of_the_case() -> None:
    body = f'<w:document xmlns:w="{WORDML}"><w:body>{paragraph("Text.")}</w:body></w:document>'
    parts = {"embeddings/sheet.xlsx": "x", "media/logo.png": "small", "media/scan.png": "p" * 20_000}
    result = read(package(body, {f"word/{name}": data for name, data in parts.items()}))
    assert result.codes == []
    assert [one.child.name for one in result.held] == ["word/embeddings/sheet.xlsx", "word/media/scan.png"]
    assert {one.child.role for one in result.held} == {"embedded"}
    assert result.text == "Text."


def test_a_package_as_one_file() -> None:
    whole = zipfile.ZipFile(io.BytesIO(word(paragraph("Seven cranes came."))))
    parts = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{_bare(whole.read(name))}</pkg:xmlData></pkg:part>'
        for name in whole.namelist()
    )
    shown = base64.b64encode(bytes(12_000)).decode()
    image = f'<pkg:part pkg:name="/word/media/a.png"><pkg:binaryData>{shown}</pkg:binaryData></pkg:part>'
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    flat = f'<?xml version="1.0"?><pkg:package xmlns:pkg="{space}">{parts}{image}</pkg:package>'
    result = read(flat, "x.xml")
    assert result.document.media_type == "application/vnd.ms-word2006ml"
    assert result.prose == ["Seven cranes came."]
    assert [len(one.data) for one in result.held] == [12_000]
    assert read(flat[: len(flat) // 3], "x.xml").codes


def _bare(part: bytes) -> str:
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", part.decode())
