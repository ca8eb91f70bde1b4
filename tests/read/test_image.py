from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from casegraph.read import hanscan, tesseract
from casegraph.read.scan import grey, prepare, skew_of
from tests.read.made import STORY, Result, read

GOLD = Path(__file__).parents[2] / "gold" / "ocr"
needs_tesseract = pytest.mark.skipif(
    not set(tesseract.LANGUAGES) <= tesseract.languages(), reason="tesseract or a language of it is missing"
)


def scan(language: str, page: str = "letter-clean") -> Image.Image:
    return Image.open(GOLD / f"{language}-{page}.webp").convert("L")


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    made = io.BytesIO()
    image.save(made, form, **options)
    return made.getvalue()


def boxes(result: Result, number: int = 0) -> list[tuple[str, tuple[int, int, int, int]]]:
    layout = result.layouts[number]
    text = result.pages[layout.page - 1].text
    return [(text[box.start : box.end], (box.left, box.top, box.right, box.bottom)) for box in layout.boxes()]


@needs_tesseract
@pytest.mark.parametrize(
    ("language", "words"), [("en", "Harrow Marine"), ("ru", "Уважаемая"), ("zh", "哈罗海事有限公司")]
)
def test_an_image_is_read_in_its_script(language: str, words: str) -> None:
    result = read(saved(scan(language), "PNG", dpi=(300, 300)), "x.png")
    assert result.codes == []
    page = result.pages[0]
    assert page.source == "ocr"
    assert page.confidence is not None
    assert page.confidence > 0.85
    assert words in page.text
    assert {block.role for block in page.blocks} == {"paragraph"}


@needs_tesseract
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_stand_in_their_boxes_however_the_page_is_turned(turn: int) -> None:
    image = scan("en").rotate(turn, expand=True)
    result = read(saved(image, "PNG", dpi=(300, 300)), "x.png")
    assert (result.layouts[0].width, result.layouts[0].height) == (image.width * 24, image.height * 24)
    for words in ("Harrow", "predecessor"):
        box = next(box for word, box in boxes(result) if word == words)
        cut = image.crop(tuple(round(edge / 24) for edge in box)).rotate(-turn, expand=True)  # type: ignore[arg-type]  # four numbers
        assert cut.width > cut.height, "a word is wider than high"
        assert any(cut.histogram()[:60]), "no ink in the box"
        ink = cut.point(lambda shade: 255 if shade < 128 else 0).getbbox()
        assert ink is not None
        assert ink[2] - ink[0] > 0.8 * cut.width


@needs_tesseract
def test_a_skewed_page_is_righted_and_its_boxes_hold_the_ink() -> None:
    image = scan("en", "contract-skewed")
    result = read(saved(image, "PNG"), "x.png")
    assert "two harbour tugs" in result.text
    factor = result.layouts[0].width / image.width
    for _, box in boxes(result)[:20]:
        cut = image.crop(tuple(round(edge / factor) for edge in box))  # type: ignore[arg-type]  # four numbers
        assert any(cut.histogram()[:80])


@pytest.mark.parametrize("angle", [-4.0, -1.5, 0.0, 2.0, 5.0])
def test_skew_is_measured(angle: float) -> None:
    page = scan("ru").rotate(-angle, resample=Image.Resampling.BICUBIC, fillcolor=250)
    assert abs(skew_of(grey(page)) - angle) < 0.3


def test_a_blank_image_has_no_skew() -> None:
    assert skew_of(Image.new("L", (300, 300), 255)) == 0.0
    assert prepare(Image.new("L", (300, 300), 255)).turned == 0


@needs_tesseract
def test_each_image_of_a_fax_is_a_page() -> None:
    made = io.BytesIO()
    scan("en").save(made, "TIFF", save_all=True, append_images=[scan("ru")], dpi=(300, 300))
    result = read(made.getvalue(), "fax.tif")
    assert result.document.media_type == "image/tiff"
    assert ["Harrow" in page.text for page in result.pages] == [True, False]
    assert "Уважаемая" in result.pages[1].text


@needs_tesseract
@pytest.mark.parametrize("form", ["JPEG", "WEBP", "BMP", "GIF"])
def test_other_formats(form: str) -> None:
    assert "Harrow Marine" in read(saved(scan("en"), form), "x").text


def test_what_the_camera_wrote_down_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B] = "Veld", "Model 7", "Anna Kern"
    exif.get_ifd(0x8769)[0x9003] = "2023:10:04 11:20:00"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "S", (33.0, 30.0, 0.0), "E", (18.0, 15.0, 36.0)
    result = read(saved(Image.new("RGB", (64, 64), "navy"), "JPEG", exif=exif), "photo.jpg")
    found = result.document.metadata
    assert (found["camera_make"], found["camera_model"]) == (("Veld",), ("Model 7",))
    assert found["creator"] == ("Anna Kern",)
    assert found["taken"] == ("2023:10:04 11:20:00",)
    assert found["gps"] == ("-33.500000, 18.260000",)


@needs_tesseract
def test_a_picture_without_words_gives_none() -> None:
    picture = Image.radial_gradient("L").resize((900, 700))
    result = read(saved(picture, "PNG"), "x.png")
    assert result.codes == []
    assert result.text == ""


def test_damage_and_bombs_are_said() -> None:
    data = saved(scan("en"), "PNG")
    assert read(data[:60], "x.png").codes == ["damaged"]
    header = saved(Image.new("1", (1, 1)), "BMP")
    huge = header[:18] + (60_000).to_bytes(4, "little") * 2 + header[26:]
    assert read(huge, "x.bmp").codes == ["bomb"]


def test_a_missing_program_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "languages", frozenset)
    assert read(saved(scan("en"), "PNG"), "x.png").codes == ["tool-missing"]


def pdf(*pages: Image.Image | str, stamp: str | None = None) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, invariant=1)
    for page in pages:
        if isinstance(page, str):
            canvas.drawString(72, 700, page)
        else:
            high = A4[0] * page.height / page.width
            canvas.drawImage(ImageReader(page), 0, A4[1] - high, A4[0], high)
            if stamp:
                canvas.drawString(72, 20, stamp)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@needs_tesseract
def test_only_the_pages_of_a_pdf_that_are_scans_are_read_by_ocr() -> None:
    result = read(pdf(STORY[0] * 2, scan("ru"), STORY[1] * 2), "x.pdf")
    assert result.codes == []
    assert [page.source for page in result.pages] == ["text", "ocr", "text"]
    assert "Уважаемая" in result.pages[1].text
    word, box = next((word, box) for word, box in boxes(result, 1) if word == "Уважаемая")
    assert 0 < box[0] < box[2] < round(A4[0] * 100)
    assert 0 < box[1] < box[3] < round(A4[1] * 50), word


@needs_tesseract
def test_a_stamp_on_a_scan_does_not_pass_for_its_text() -> None:
    tall = Image.new("L", (2100, 2970), 250)
    tall.paste(scan("en"), (0, 0))
    result = read(pdf(tall, stamp="VELD-000417 confidential exhibit"), "x.pdf")
    assert result.pages[0].source == "ocr"
    assert "Harrow Marine" in result.text


@needs_tesseract
def test_drawn_letters_are_read() -> None:
    face = ImageFont.load_default(60)
    page = Image.new("L", (2100, 1400), 255)
    words = "Seven survey cranes\nwere delivered to Veld"
    ImageDraw.Draw(page).multiline_text((150, 150), words, font=face, fill=0)
    assert "survey cranes" in read(saved(page, "PNG"), "x.png").text


@needs_tesseract
def test_a_page_in_two_languages_is_read_in_both() -> None:
    page = Image.new("L", (2100, 900), 250)
    page.paste(scan("zh").crop((0, 100, 2100, 480)), (0, 0))
    page.paste(scan("ru").crop((0, 100, 2100, 480)), (0, 450))
    text = read(saved(page, "PNG", dpi=(300, 300)), "x.png").text
    assert "哈罗海事有限公司" in text
    assert "Уважаемая Анна Карловна" in text


@needs_tesseract
def test_columns_of_chinese_are_read_one_after_the_other() -> None:
    result = read(saved(scan("zh", "paper-columns"), "PNG", dpi=(300, 300)), "x.png")
    assert "没有员工和办公场所的公司" in result.text.replace("\n", "")
    assert result.text.index("创立") < result.text.index("检察机关")
    assert "”两名知情人士" in result.text.replace("\n", "")
    word, box = next((word, box) for word, box in boxes(result) if word == "审")
    assert box[2] - box[0] < 3 * (box[3] - box[1]), word


@needs_tesseract
def test_a_fax_of_chinese_that_is_taken_for_upside_down_is_read_upright() -> None:
    result = read(saved(scan("zh", "letter-fax"), "PNG"), "x.png")
    assert "我们从未见过合同" in result.text
    tops = [box[1] for word, box in boxes(result) if word in {"哈", "礼"}]
    assert tops[0] < tops[-1]


@needs_tesseract
def test_a_worn_copy_in_uneven_light_is_read() -> None:
    text = read(saved(scan("ru", "letter-faint"), "PNG"), "x.png").text
    assert "просим подтвердить отсутствие задолженности" in text.replace("\n", " ")


def test_a_missing_reader_of_chinese_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hanscan, "installed", lambda: False)
    monkeypatch.setattr(tesseract, "look", lambda _: tesseract.Turn(0, 9.0, "Han", 1.0))
    assert read(saved(scan("zh"), "PNG"), "x.png").codes == ["tool-missing"]
