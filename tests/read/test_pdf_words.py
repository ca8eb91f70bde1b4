"""Where the words of a PDF's text layer stand on its pages."""

from __future__ import annotations

import io
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table

from casegraph.model import Box
from casegraph.read.placing import Layer, Spots, placed
from tests.read.made import Result, pdf, read

SCALE = 4  # pixels a point
LINES = (
    "The harbour authority said that seven cranes had been delivered",
    "to Orlan Works in February, according to papers of the customs",
    "administration; a spokeswoman declined to comment on the matter.",
)


def words(result: Result, page: int = 1) -> dict[str, Box]:
    """Return the boxes of a page by their characters."""
    text = result.pages[page - 1].text
    (layout,) = [one for one in result.layouts if one.page == page]
    assert layout.source == "text-layer"
    return {text[box.start : box.end]: box for box in layout.boxes()}


def ink(data: bytes, box: Box, page: int = 0) -> tuple[int, int, int, int] | None:
    """Return where the ink is within a box on the drawn page, in pixels of the box."""
    document = pypdfium2.PdfDocument(data)
    image = document[page].render(scale=SCALE, grayscale=True).to_pil()
    edges = [round(edge * SCALE / 100) for edge in (box.left, box.top, box.right, box.bottom)]
    dark: Image.Image = image.crop(tuple(edges)).point(lambda shade: 255 if shade < 128 else 0)
    return dark.getbbox()


def turned(page: int, text: int, origin: tuple[float, float] = (0.0, 0.0)) -> bytes:
    """Return a page that is shown turned by degrees, with lines that are turned by others."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(600, 600), invariant=1)
    canvas.setPageRotation(page)
    for row, line in enumerate(LINES):
        canvas.saveState()
        canvas.translate(300 + origin[0], 300 + origin[1])
        canvas.rotate(text)
        canvas.drawString(-200, 100 - 14 * row, line)
        canvas.restoreState()
    canvas.showPage()
    canvas.save()
    if any(origin):
        left, bottom = origin
        box = f"[ {left:g} {bottom:g} {left + 600:g} {bottom + 600:g} ]".encode()
        return made.getvalue().replace(b"[ 0 0 600 600 ]", box)
    return made.getvalue()


@pytest.mark.parametrize("page", [0, 90, 180, 270])
@pytest.mark.parametrize("text", [0, 90, 180, 270])
def test_boxes_hold_the_ink_however_page_and_text_are_turned(page: int, text: int) -> None:
    data = turned(page, text)
    result = read(data)
    assert " ".join(result.text.split()) == " ".join(LINES), "read as running text"
    found = words(result)
    assert set(found) == set(" ".join(LINES).split())
    upright = (page - text) % 180 != 0
    for word in ("authority", "Orlan", "spokeswoman"):
        box = found[word]
        wide, tall = box.right - box.left, box.bottom - box.top
        assert (tall > wide) == upright
        place = ink(data, box)
        assert place is not None
        across, along = (tall, place[3] - place[1]) if upright else (wide, place[2] - place[0])
        assert along > 0.9 * across * SCALE / 100


def test_a_page_whose_corner_is_elsewhere() -> None:
    data = turned(0, 0, origin=(150.0, -80.0))
    found = words(read(data))
    assert found["authority"] == words(read(turned(0, 0)))["authority"]
    assert ink(data, found["authority"])


def test_a_word_divided_at_a_lines_end_has_two_boxes() -> None:
    result = read(
        pdf("The papers came from the harbour adminis-\ntration of the port, and were known for years.")
    )
    page = result.pages[0]
    start = page.text.index("administration")
    boxes = list(result.layouts[0].boxes(start, start + len("administration")))
    assert [page.text[box.start : box.end] for box in boxes] == ["adminis", "tration"]
    assert boxes[1].top > boxes[0].bottom - 200
    assert boxes[1].left < boxes[0].left


def test_part_of_a_word_is_part_of_its_box() -> None:
    result = read(pdf("The harbour authority said that seven cranes had come."))
    start = result.text.index("authority")
    (whole,) = result.layouts[0].boxes(start, start + 9)
    (part,) = result.layouts[0].boxes(start + 3, start + 6)
    assert whole.left < part.left < part.right < whole.right
    assert part.right - part.left == pytest.approx((whole.right - whole.left) / 3, abs=2)


def test_each_sign_of_chinese_has_a_box() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(400, 400), invariant=1)
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(50, 300, "哈罗海事公司向维尔德港交付了七台Liebherr起重机，官员表示。")
    canvas.showPage()
    canvas.save()
    result = read(made.getvalue())
    page = result.pages[0]
    boxes = list(result.layouts[0].boxes())
    assert [page.text[box.start : box.end] for box in boxes] == [
        *"哈罗海事公司向维尔德港交付了七台", "Liebherr", *"起重机，官员表示。",
    ]  # fmt: skip
    assert all(before.left < after.left for before, after in pairwise(boxes))


@pytest.mark.parametrize(("ruled", "shift"), [(True, 0), (True, 30), (False, 0)])
def test_words_of_tables_stand_in_their_cells(*, ruled: bool, shift: int) -> None:
    rows = [
        ["Month", "Goods", "Cost"],
        ["March", "Cranes\nof Veld", "1,500"],
        ["June", "Pumps", "700"],
        ["July", "Survey pumps", "7"],
    ]
    if not ruled:
        rows = [[cell.replace("\n", " ") for cell in row] for row in rows]
    made = io.BytesIO()
    style = [("GRID", (0, 0), (-1, -1), 1, "black")] if ruled else []
    SimpleDocTemplate(made, invariant=1).build([Table(rows, colWidths=[4 * cm] * 3, style=style)])
    paper = b"MediaBox [ 0 0 595.2756 841.8898 ]"
    assert paper in made.getvalue()
    data = made.getvalue().replace(paper, b"MediaBox [ %d -9 %d.2756 832.8898 ]" % (shift, 595 + shift))
    result = read(data)
    page = result.pages[0]
    (table,) = result.tables
    assert len(table.cells) == 12
    for cell in table.cells:
        boxes = list(result.layouts[0].boxes(cell.start, cell.end))
        shown = [page.text[box.start : box.end] for box in boxes]
        assert shown == page.text[cell.start : cell.end].split(), "all words of a cell, and no others"
        edge = result.layouts[0].width // 2 - 17_008 - 100 * shift
        assert {(box.left - edge) // 11_339 for box in boxes} == {cell.column}
        assert ink(data, boxes[0])


def test_running_heads_and_cells_without_text_keep_offsets_right() -> None:
    lines = [*LINES, "Month\x07 Cranes\u00ad", "x"]
    result = read(pdf("\n".join(lines)))
    text = result.text
    for box in result.layouts[0].boxes():
        assert not any(map(str.isspace, text[box.start : box.end]))
    covered = sum(box.end - box.start for box in result.layouts[0].boxes())
    assert covered == sum(not char.isspace() for char in text)


def test_a_page_takes_few_bytes() -> None:
    layout = read(pdf("\n".join(LINES * 12))).layouts[0]
    columns = (layout.start, layout.end, layout.left, layout.top, layout.right, layout.bottom)
    assert len({len(column) for column in columns}) == 1
    count = len(layout.start) // 4
    assert count > 300
    assert sum(len(pa.compress(column, codec="zstd", asbytes=True)) for column in columns) < 6 * count


@given(
    st.lists(st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=6), max_size=20),
    st.data(),
)
def test_words_are_found_in_any_text_made_of_them(given_words: list[str], data: st.DataObject) -> None:
    gaps = st.sampled_from([" ", "\n", "\t", "  ", "", "\u3000"])
    text, spans = "", []
    for word in given_words:
        text += data.draw(gaps)
        shown = word.rstrip("-") or word if data.draw(st.booleans()) else word
        spans.append((len(text), len(text) + len(shown)))
        text += shown
    ends = [0]
    for word in given_words:
        ends.append(ends[-1] + len(word))
    boxes = np.arange(4 * len(given_words)).reshape(-1, 4)
    layer = Layer("".join(given_words), np.array(ends), boxes)
    found = placed([(text, 100, Spots(layer, ((0, len(given_words)),)))])
    shown_spans = [
        (start - 100, end - 100) for start, end in zip(found.start.tolist(), found.end.tolist(), strict=True)
    ]
    assert all(0 <= start < end <= len(text) for start, end in shown_spans)
    if "".join(text.split()) == layer.text:
        assert shown_spans == spans
        assert found.boxes.tolist() == boxes.tolist()


def test_an_image_has_no_text_layer_boxes() -> None:
    made = io.BytesIO()
    Image.new("L", (100, 100), 255).save(made, "PDF")
    assert read(made.getvalue()).layouts == ()
