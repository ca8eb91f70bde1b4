"""DjVu: text layer with places, OCR where there is none, broken files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from casegraph.read import djvulibre
from tests.read.made import read

pytestmark = pytest.mark.skipif(
    not (djvulibre.installed() and shutil.which("c44") and shutil.which("djvm")),
    reason="djvulibre is not installed",
)
LAYER = r"""select 1
set-txt
(page 0 0 600 800
 (para 50 700 300 750
  (line 50 730 300 750 (word 50 730 120 750 "Harrow") (word 130 730 300 750 "deliv-"))
  (line 50 700 300 720
   (word 50 700 120 720 "ered") (word 130 700 200 720 "\320\272\321\200\320\260\320\275")))
 (para 50 600 300 650 (line 50 600 300 650 (word 50 600 120 650 "say \"no\""))))
.
set-meta
title "Cranes"
author "Anna Kern"
.
"""


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def page(folder: Path, name: str, image: Image.Image) -> Path:
    image.convert("L").save(folder / f"{name}.pgm")
    run("c44", "-dpi", "100", str(folder / f"{name}.pgm"), str(folder / f"{name}.djvu"))
    return folder / f"{name}.djvu"


def test_the_text_layer_with_its_places(tmp_path: Path) -> None:
    path = page(tmp_path, "a", Image.new("L", (600, 800), 255))
    (tmp_path / "layer").write_text(LAYER)
    run("djvused", str(path), "-f", str(tmp_path / "layer"), "-s")
    result = read(path.read_bytes(), "x.djvu")
    assert result.codes == []
    assert result.document.media_type == "image/vnd.djvu"
    assert result.document.title == "Cranes"
    assert result.of("paragraph") == ["Harrow delivered кран", 'say "no"']
    (layout,) = result.layouts
    assert (layout.width, layout.height, layout.source) == (43_200, 57_600, "text-layer")
    boxes = list(layout.boxes())
    assert (boxes[0].left, boxes[0].top, boxes[0].bottom) == (3_600, 3_600, 5_040)
    text = result.pages[0].text
    words = [text[box.start : box.end] for box in boxes]
    assert words == ["Harrow", "deliv", "ered", "кран", 'say "no"']


@pytest.mark.slow
def test_pages_without_a_layer_are_read_by_ocr(tmp_path: Path, root: Path) -> None:
    if not shutil.which("tesseract"):
        pytest.skip("tesseract is not installed")
    scan = Image.open(root / "gold" / "ocr" / "en-letter-clean.webp")
    result = read(page(tmp_path, "a", scan).read_bytes(), "x.djvu")
    assert "delivered seven survey cranes" in result.text
    assert result.pages[0].source == "ocr"
    assert result.layouts[0].source == "ocr"


@pytest.mark.parametrize("size", [16, 40, 300])
def test_a_file_cut_short(tmp_path: Path, size: int) -> None:
    data = page(tmp_path, "a", Image.new("L", (100, 100), 255)).read_bytes()[:size]
    codes = read(data, "x.djvu").codes
    assert codes
    assert set(codes) <= {"damaged", "page-damaged", "no-text"}


def test_a_missing_program_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(djvulibre, "installed", lambda: False)
    assert read(b"AT&TFORM\0\0\0\0DJVU", "x.djvu").codes == ["tool-missing"]
