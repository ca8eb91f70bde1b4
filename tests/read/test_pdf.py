"""PDF files with a text layer."""

from __future__ import annotations

import io
import tarfile

import pytest
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table

from casegraph.read.compoundfile import compound
from tests.read.made import STORY, pdf, read

STYLES = getSampleStyleSheet()
BODY = ParagraphStyle("body", parent=STYLES["BodyText"], fontName="Times-Roman", fontSize=11, leading=14)


def drawn(lines: list[tuple[float, float, str]], password: str | None = None) -> bytes:
    """Return a one-page PDF with text at places."""
    buffer = io.BytesIO()
    encrypt = pdfencrypt.StandardEncryption(password) if password else None
    canvas = Canvas(buffer, pagesize=A4, invariant=1, encrypt=encrypt)
    for x, y, text in lines:
        canvas.drawString(x, y, text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def report(story: list[Flowable], columns: int = 1) -> bytes:
    """Return a PDF that reportlab lays out, with running heads."""

    def heads(canvas: Canvas, _: object) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 810, "Harbour Inquiry")
        canvas.drawRightString(523, 30, f"Page {canvas.getPageNumber()} of 9")

    buffer = io.BytesIO()
    width = 451 / columns
    frames = [Frame(72 + width * index, 60, width - 8, 725) for index in range(columns)]
    document = BaseDocTemplate(buffer, pagesize=A4, invariant=1, title="The Veld Cranes", author="Hanna Voss")
    document.addPageTemplates([PageTemplate("page", frames, onPage=heads)])
    document.build(story)
    return buffer.getvalue()


def flat(texts: list[str]) -> list[str]:
    return [" ".join(text.split()) for text in texts]


def test_a_report_gives_paragraphs_headings_tables_and_running_heads() -> None:
    story: list[Flowable] = [
        Paragraph("The Veld Cranes", STYLES["Title"]),
        Paragraph("By Hanna Voss", STYLES["Normal"]),
        Paragraph("3 February 2022", STYLES["Normal"]),
    ]
    rows = [["Month", "Cranes", "Crates"], ["March", "3", "5"], ["June", "2", "11"]]
    story.append(Table(rows, colWidths=[120, 80, 80]))
    for _ in range(6):
        story.append(Paragraph("Deliveries", STYLES["Heading2"]))
        story.extend(Paragraph(f"{STORY[0]} {STORY[1]} {STORY[2]}", BODY) for _ in range(4))
    result = read(report(story))
    assert len(result.pages) >= 2
    assert result.document.title == "The Veld Cranes"
    assert result.document.authors == ("Hanna Voss",)
    assert result.document.published is not None
    assert result.document.published.start == "2022-02-03"
    assert set(result.of("header")) == {"Harbour Inquiry"}
    assert result.of("footer")[0] == "Page 1 of 9"
    assert result.of("heading") == ["Deliveries"] * 6
    assert result.of("table") == ["Month\tCranes\tCrates\nMarch\t3\t5\nJune\t2\t11"]
    whole = f"{STORY[0]} {STORY[1]} {STORY[2]}"
    assert sum(text == whole for text in flat(result.of("paragraph"))) >= 22


def test_two_columns_are_read_one_after_the_other() -> None:
    texts = [f"{STORY[0]} Number {number} of the series ends here." for number in range(40)]
    result = read(report([Paragraph(text, BODY) for text in texts], columns=2))
    found = [
        text for text in flat(result.of("paragraph")) if text.startswith("Harrow") and text.endswith("here.")
    ]
    assert len(found) >= 36
    assert found == sorted(found, key=texts.index)


def test_columns_written_row_by_row_are_put_in_order() -> None:
    left = ["The officers said that the", "cranes had been paid for", "by a broker in Northport"] * 4
    right = ["A spokeswoman for the firm", "declined to comment on the", "deliveries of that spring"] * 4
    lines = [(60.0, 780.0 - 14 * row, text) for row, text in enumerate(left)]
    lines = [
        place
        for pair in zip(
            lines, [(320.0, 780.0 - 14 * row, text) for row, text in enumerate(right)], strict=True
        )
        for place in pair
    ]
    text = " ".join(read(drawn(lines)).text.split())
    assert text == " ".join([*left, *right])


def test_hyphenated_words_are_joined_unless_the_hyphen_is_their_own() -> None:
    result = read(
        pdf(
            "The deliveries of long-range survey cranes had been known to the harbour adminis-\n"
            "tration for years, and the long-\nrange models came from "
            "Almaz-\nKern in the spring of that year."
        )
    )
    words = " ".join(result.text.split())
    assert "administration" in words
    assert "the long-range models" in words
    assert "Almaz-Kern" in words


def test_any_script() -> None:
    result = read(
        pdf(
            "# Отчёт о кранах\nКомпания поставила в порт Вельд семь кранов, сообщили на таможне.",
            "哈罗海事公司向维尔德港交付了七台起重机，官员表示。\n公司未予置评。",
        )
    )
    assert result.document.title == "Отчёт о кранах"
    assert result.pages[0].language == "ru"
    assert result.pages[1].text == "哈罗海事公司向维尔德港交付了七台起重机，官员表示。公司未予置评。"


def test_a_printed_web_page_says_when_and_where_it_was_printed() -> None:
    top = 825.0
    lines = [
        (40.0, top, "16/11/2023, 09:12"),
        (40.0, 20.0, "https://courier.example/cranes"),
        (540.0, 20.0, "1/1"),
    ]
    for row, text in enumerate(
        (
            "Home",
            "News",
            "Subscribe",
            "Seven cranes reach the port of Veld",
            "By Anna Kern",
            "4 October 2023",
            "Share on Facebook",
            *STORY,
            "Related stories",
            "Ferry runs aground",
        )
    ):
        lines.append((60.0, 780.0 - 30 * row, text))
    result = read(drawn(lines))
    assert result.document.url == "https://courier.example/cranes"
    assert result.document.captured is not None
    assert result.document.captured.start == "2023-11-16T09:12"
    assert result.document.published is not None
    assert result.document.published.start == "2023-10-04"
    assert result.document.authors == ("Anna Kern",)
    assert {"Home", "News", "Ferry runs aground"} <= set(result.of("furniture"))


def test_metadata() -> None:
    result = read(
        pdf(
            STORY[0],
            info=(
                "/Title (The cranes of Veld) /Producer (Made) /CreationDate "
                "(D:20240925172000+03'00') /Author (Hanna Voss)"
            ),
        )
    )
    assert result.document.title == "The cranes of Veld"
    assert result.document.authors == ("Hanna Voss",)
    assert result.document.metadata["producer"] == ("Made",)
    assert result.document.metadata["created"] == ("2024-09-25T17:20:00+03:00",)
    assert result.document.published is None


def test_annotations_links_and_fields() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.drawString(72, 700, STORY[0])
    canvas.linkURL("https://veld.example/list", (72, 690, 200, 710))
    canvas.textAnnotation("Is that so?", Rect=[72, 600, 100, 620])
    canvas.acroForm.textfield(name="port", value="Karsk Bay", x=72, y=500, width=100, height=20)
    canvas.showPage()
    canvas.save()
    result = read(buffer.getvalue())
    assert [link.url for link in result.document.links] == ["https://veld.example/list"]
    assert any(text.endswith("Is that so?") for text in result.of("note"))
    assert result.of("table") == ["port\tKarsk Bay"]


def test_an_encrypted_file_says_so() -> None:
    result = read(drawn([(72, 700, STORY[0])], "secret"))
    assert result.codes == ["encrypted"]
    assert result.pages == ()


def test_a_page_without_text_layer_says_so() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.drawString(72, 700, STORY[0])
    canvas.showPage()
    for _ in range(2):
        canvas.rect(10, 10, 500, 700, fill=1)
        canvas.showPage()
    canvas.save()
    result = read(buffer.getvalue())
    assert result.codes == ["no-text-layer"]
    assert "2-3" in result.problems[0].detail
    assert len(result.pages) == 3


def test_a_broken_text_layer_is_kept_as_furniture() -> None:
    result = read(pdf("".join(chr(0xE000 + number) for number in range(60))))
    assert result.codes == ["garbled-text-layer"]
    assert result.prose == []


@pytest.mark.parametrize("missing", [30, 150])
def test_a_lost_end_is_mended_and_reported(missing: int) -> None:
    result = read(pdf(STORY[0])[:-missing])
    assert "truncated" in result.codes
    assert result.prose == [STORY[0]]


@pytest.mark.parametrize(
    "stamp",
    ["HM-0219 · page 1", "Page 3 of 9", "CONFIDENTIAL", "Printed on 3 May 2021, 10:12", "Draft"],
)
def test_a_stamp_in_the_margin_of_a_single_page_is_no_paragraph(stamp: str) -> None:
    lines = [(72.0, 700.0 - 14 * row, text) for row, text in enumerate(STORY)]
    for y, role in ((820.0, "header"), (30.0, "footer")):
        result = read(drawn([*lines, (72.0, y, stamp)]), "a.pdf")
        assert result.of(role) == [stamp]
        assert not any(stamp in text for text in result.prose)


def test_a_marking_amid_the_page_is_text() -> None:
    lines = [(72.0, 700.0, STORY[0]), (72.0, 500.0, "Confidential"), (72.0, 300.0, STORY[1])]
    assert "Confidential" in read(drawn(lines), "a.pdf").prose


def test_labels_begin_blocks_of_their_own() -> None:
    lines = [
        (72.0, 700.0, "Seller: Harrow Marine Ltd, Northport, reg. no. 12345678."),
        (72.0, 686.0, "Buyer: Orlan Works LLC, Veld."),
        (72.0, 640.0, STORY[0]),
    ]
    result = read(drawn(lines), "a.pdf")
    assert result.of("table") == [lines[0][2], lines[1][2]]


def test_a_pdf_inside_a_container_is_not_the_container() -> None:
    inner = pdf(*STORY)
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        member = tarfile.TarInfo("cranes.pdf")
        member.size = len(inner)
        archive.addfile(member, io.BytesIO(inner))
    assert read(whole.getvalue(), "x.pdf").document.media_type == "application/x-tar"
    wrapped = compound({"CONTENTS": inner, "\x01Ole": bytes(20)})
    assert read(wrapped, "x.bin").document.media_type == "application/x-ole-object"
    assert read(b"\x00\x05rubbish\x01\x02\x03" + inner, "x.pdf").document.media_type == "application/pdf"
