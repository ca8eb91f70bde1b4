"""Makes the files of the read gold set and what is true of them, from marked sources.

Run `python gold/read/make.py`: writes beside this file and into heldout/. Needs reportlab and python-docx.

A `.mark` source is a text whose lines begin with a letter: P prose, F furniture, M author, date, header or signature line,
B blank line, R raw line that counts for nothing (mail headers), Q quoted prose (`> `), H prose in mark-up, N other in
mark-up. Lines that begin with # state the file's name and encoding and what is true of it. A `.gold.html` source has
the letters as `data-gold` attributes, which the made file does not have. All people and firms are invented.
"""

from __future__ import annotations

import io
import json
import re
import textwrap
from pathlib import Path
from typing import Any

import docx
from lxml import html
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table

HERE = Path(__file__).parent
SINGLE = {"title", "published", "captured", "language", "publisher"}
Facts = dict[str, Any]


def empty(name: str) -> Facts:
    """Return facts of a file of which nothing is known yet."""
    return {"file": name, "title": None, "authors": [], "published": None, "captured": None, "language": None,
            "prose": [], "other": []}  # fmt: skip


def state(facts: Facts, line: str) -> None:
    """Take one `#key value` line."""
    key, _, value = line[1:].partition(" ")
    if key == "author":
        facts["authors"].append(value)
    elif key in SINGLE:
        facts[key] = value


def wrapped(text: str, columns: int) -> list[str]:
    """Return a line wrapped as a typist would, or alone."""
    return textwrap.wrap(text, columns, break_on_hyphens=False) if columns else [text]


def from_marks(source: Path) -> tuple[str, bytes, Facts]:
    """Return name, bytes and facts of a `.mark` source."""
    facts, encoding, columns = empty(""), "utf-8", 0
    lines: list[str] = []
    quoted: list[str] = []
    for line in source.read_text("utf-8").splitlines():
        if line.startswith("#file "):
            _, facts["file"], encoding = line.split()
        elif line.startswith("#wrap "):
            columns = int(line.split()[1])
        elif line.startswith("#"):
            state(facts, line)
        else:
            letter, text = line[:1], line[2:]
            add(facts, letter, text, quoted)
            lines.extend(["> " + text] if letter == "Q" else wrapped(text, columns) if text else [""])
    facts["prose"] += [text.strip() for text in " ".join(quoted).split("  ") if text.strip()]
    if facts["file"].endswith(".eml"):
        facts["prose"].append(facts["title"])  # the subject
    return facts["file"], ("\n".join(lines) + "\n").encode(encoding), facts


def words_of(element: html.HtmlElement) -> str:
    """Return an element's words with single blanks."""
    return " ".join("".join(element.itertext()).split())


def add(facts: Facts, letter: str, text: str, quoted: list[str]) -> None:
    """Take one marked line."""
    if letter == "P":
        facts["prose"].append(text)
    elif letter in {"F", "M"}:
        facts["other"].append(text)
    elif letter == "Q":
        quoted.append(text)
    elif letter in {"H", "N"}:
        parts = [words_of(html.fromstring(f"<p>{part}</p>")) for part in re.split(r"<br>", text)]
        facts["prose" if letter == "H" else "other"].extend(parts)


def from_html(source: Path) -> tuple[str, bytes, Facts]:
    """Return name, bytes and facts of a `.gold.html` source."""
    text = source.read_text("utf-8")
    head, _, markup = text.partition("-->\n")
    facts, encoding = empty(""), "utf-8"
    for part in re.split(r"\s(?=#)", head.removeprefix("<!--").strip()):
        if part.startswith("#file "):
            _, facts["file"], encoding = part.split()
        else:
            state(facts, part.strip())
    for element in html.fromstring(markup).iter():
        letter = element.get("data-gold")
        if letter:
            facts["prose" if letter == "p" else "other"].append(words_of(element))
    return facts["file"], re.sub(r' data-gold="\w"', "", markup).encode(encoding), facts


TEXT = {
    "deliveries": "Harrow Marine delivered seven survey cranes to the port of Veld between March and June 2021, two "
    "customs officers said. The deliveries were paid in four instalments through a broker in Northport.",
    "payments": "The documents show that the money came from an account in Karsk Bay. The account was opened in the name of "
    "Orlan Works, which has been under sanctions since 2018. The bank did not reply to our letter.",
    "denial": "Harrow Marine told the inquiry that it had never known the final user, and that it had not asked for the name.",
    "crates": "Two crates of the last delivery were opened at the border. Who opened them is not known, and the customs "
    "office says that it kept no record of the inspection.",
}  # fmt: skip


def report_pdf() -> tuple[bytes, Facts]:
    """A report as an office program sets it: running heads, headings, a table, a footnote, two pages."""
    styles = getSampleStyleSheet()
    body = ParagraphStyle("body", parent=styles["BodyText"], fontName="Times-Roman", fontSize=11, leading=14)
    note = ParagraphStyle("note", parent=body, fontSize=8, leading=10)
    facts = empty("en_report.pdf") | {
        "title": "The Veld Cranes",
        "authors": ["Hanna Voss"],
        "published": "2022-02-03",
        "language": "en",
    }

    def heads(canvas: Canvas, _: object) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 805, "Harbour Inquiry - The Veld Cranes")
        canvas.drawRightString(523, 30, f"Page {canvas.getPageNumber()} of 3")

    story: list[Any] = []

    def put(text: str, style: Any = body, *, prose: bool = True) -> None:
        story.append(Paragraph(text, style))
        facts["prose" if prose else "other"].append(text)

    put("The Veld Cranes", styles["Title"])
    put("By Hanna Voss", styles["Normal"], prose=False)
    put("3 February 2022", styles["Normal"], prose=False)
    for heading, names in (
        ("Deliveries", "deliveries payments crates"),
        ("What was said", "denial crates payments"),
    ):
        put(heading, styles["Heading2"])
        for name in names.split():
            put(TEXT[name])
    rows = [["Month", "Cranes", "Crates"], ["March", "3", "5"], ["April", "2", "4"], ["June", "2", "11"]]
    story.append(Table(rows, colWidths=[120, 80, 80]))
    facts["other"].append(" ".join(" ".join(row) for row in rows))
    for number in range(6):
        put(f"{TEXT['deliveries']} This was statement {number + 1} of the inquiry.")
        put(TEXT["denial"])
    put("1 Letter of the customs office to the inquiry, 17 January 2022.", note)
    facts["other"] += ["Harbour Inquiry - The Veld Cranes"]
    return build_pdf(story, heads, [Frame(72, 60, 451, 725)], facts["title"]), facts


def build_pdf(
    story: list[Any], heads: Any, frames: list[Frame], title: str, creator: str = "Office Writer"
) -> bytes:
    """Return a PDF that is the same on every run."""
    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=A4, invariant=1, title=title, creator=creator)
    document.addPageTemplates([PageTemplate("page", frames, onPage=heads)])
    document.build(story)
    return buffer.getvalue()


def printed_pdf() -> tuple[bytes, Facts]:
    """A news page as a browser prints it: date and title above, address below, site's menu in the text."""
    styles = getSampleStyleSheet()
    body = ParagraphStyle(
        "body", parent=styles["BodyText"], fontName="Helvetica", fontSize=11, leading=15, spaceAfter=8
    )
    title = "Broker denies that money came from Karsk Bay"
    facts = empty("en_printed.pdf") | {
        "title": title,
        "authors": ["Nils Aldane"],
        "published": "2023-10-04",
        "captured": "2023-11-16",
        "language": "en",
    }

    def heads(canvas: Canvas, _: object) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(40, 815, "16/11/2023, 09:12")
        canvas.drawCentredString(300, 815, f"{title} - Veld Courier")
        canvas.drawString(40, 20, "https://courier.example/2023/broker")
        canvas.drawRightString(555, 20, f"{canvas.getPageNumber()}/1")

    story: list[Any] = []
    for letter, text in (
        ("F", "Home"), ("F", "News"), ("F", "Shipping"), ("F", "Opinion"), ("F", "Subscribe"), ("T", title), ("M", "By Nils Aldane"),
        ("M", "4 October 2023"), ("F", "Share on Facebook"), ("P", TEXT["deliveries"]), ("P", TEXT["payments"]), ("F", "Advertisement"),
        ("P", TEXT["denial"]), ("P", TEXT["crates"]), ("F", "Related stories"), ("F", "Ferry runs aground off Karsk Bay"),
        ("F", "Council to vote on harbour tax"), ("F", "© 2023 Veld Courier. All rights reserved."),
    ):  # fmt: skip
        story.append(Paragraph(text, styles["Heading1"] if letter == "T" else body))
        facts["prose" if letter in "TP" else "other"].append(text)
    story.append(Spacer(1, 10))
    return build_pdf(story, heads, [Frame(40, 40, 515, 760)], title, "Mozilla/5.0 Chrome/118.0"), facts


def columns_pdf() -> tuple[bytes, Facts]:
    """A journal page in two columns, words hyphenated by hand at line ends."""
    styles = getSampleStyleSheet()
    body = ParagraphStyle(
        "body",
        parent=styles["BodyText"],
        fontName="Times-Roman",
        fontSize=10,
        leading=12,
        alignment=4,
        firstLineIndent=12,
    )
    facts = empty("en_journal.pdf") | {"title": "Brokers Without Staff", "language": "en"}

    def heads(canvas: Canvas, _: object) -> None:
        canvas.setFont("Times-Italic", 9)
        canvas.drawString(60, 810, "Journal of Harbour Studies 12")
        canvas.drawCentredString(297, 30, str(canvas.getPageNumber() + 40))

    story: list[Any] = [Paragraph("Brokers Without Staff", styles["Title"])]
    facts["prose"].append("Brokers Without Staff")
    for number, name in enumerate(["deliveries", "payments", "crates", "denial"] * 8):
        text = f"{TEXT[name]} The broker had no staff in year {number + 1} of our survey."
        story.append(Paragraph(text, body))
        facts["prose"].append(text)
    facts["other"].append("Journal of Harbour Studies 12")
    return build_pdf(
        story, heads, [Frame(50, 50, 240, 740), Frame(305, 50, 240, 740)], "Brokers Without Staff"
    ), facts


def memo_docx(name: str) -> tuple[bytes, Facts]:
    """A memo with a header, headings, a list and a table."""
    facts = empty(name) | {
        "title": "Memo on the Veld cranes",
        "authors": ["Jonas Weir"],
        "published": "2021-07-01",
        "language": "en",
    }
    document = docx.Document()
    document.core_properties.author = "Jonas Weir"
    document.sections[0].header.paragraphs[0].text = "CONFIDENTIAL"
    facts["other"].append("CONFIDENTIAL")
    for style, text in (
        ("Title", facts["title"]), ("Normal", "1 July 2021"), ("Heading 1", "Deliveries"), ("Normal", TEXT["deliveries"]),
        ("Normal", TEXT["crates"]), ("List Bullet", "seven cranes for the northern quay"), ("List Bullet", "two spare engines"),
        ("Heading 1", "Money"), ("Normal", TEXT["payments"]), ("Quote", "We have never had an account in Karsk Bay."), ("Normal", TEXT["denial"]),
    ):  # fmt: skip
        document.add_paragraph(text, style=style)
        facts["other" if text == "1 July 2021" else "prose"].append(text)
    table = document.add_table(rows=0, cols=2)
    for row in (("Month", "Cranes"), ("March", "3"), ("June", "2")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    facts["other"].append("Month Cranes March 3 June 2")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue(), facts


def note_docx() -> tuple[bytes, Facts]:
    """A note typed without any styles, its headings in bold."""
    facts = empty("en_note.docx") | {"title": "Note on the broker", "language": "en"}
    document = docx.Document()
    document.core_properties.author = ""
    for bold, text in (
        (True, "Note on the broker"), (False, TEXT["payments"]), (True, "Open questions"), (False, TEXT["crates"]), (False, TEXT["denial"]),
    ):  # fmt: skip
        document.add_paragraph().add_run(text).bold = bold
        facts["prose"].append(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue(), facts


def write(folder: Path, name: str, data: bytes, facts: Facts) -> None:
    """Write a file and, beside it, what is true of it."""
    path = folder / name
    if not (path.suffix == ".docx" and path.exists()):  # python-docx writes the time of day into its packages
        path.write_bytes(data)
    (folder / f"{name}.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main() -> None:
    """Make all files."""
    for folder in (HERE, HERE / "heldout"):
        for source in sorted((folder / "sources").iterdir()):
            made = from_marks(source) if source.suffix == ".mark" else from_html(source)
            write(folder, *made)
    write(HERE, "en_report.pdf", *report_pdf())
    write(HERE, "en_printed.pdf", *printed_pdf())
    write(HERE, "en_memo.docx", *memo_docx("en_memo.docx"))
    write(HERE / "heldout", "en_journal.pdf", *columns_pdf())
    write(HERE / "heldout", "en_note.docx", *note_docx())


if __name__ == "__main__":
    main()
