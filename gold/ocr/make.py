"""Make the scans of the OCR gold set: `python gold/ocr/make.py FONTS.toml`, from the texts of `texts.toml`.

FONTS.toml names font files: `[dev]` and `[held_out]`, each with `en`, `ru`, `zh` and `traditional` (a list of a
path and the number of a face in it). Each page is set at 300 dots per inch and then spoilt as copiers, faxes
and telephones do. The images are kept, since fonts differ from machine to machine; this says how they came about.
"""

from __future__ import annotations

import io
import json
import random
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

HERE = Path(__file__).parent
WIDTH = 2_100  # pixels: a page of 7 inches
MARGIN = 170
LETTER = 44  # pixels: 10.5 points at 300 dots per inch
GUTTER = 90
PAPER, INK = 250, 20
_PARTS = re.compile(r"[A-Za-z0-9.,%/-]+|.")  # what a line of Chinese is not broken within
PAGES = (  # the page of texts.toml, and what is done to it
    ("letter", "clean"), ("letter", "fax"), ("letter", "faint"), ("contract", "low"),
    ("contract", "turned"), ("contract", "skewed"), ("paper", "columns"), ("paper", "noisy"),
    ("traditional", "clean"),
)  # fmt: skip
Font = ImageFont.FreeTypeFont


def is_wide(text: str) -> bool:
    """Tell whether a text is set without blanks."""
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def lines_of(paragraph: str, face: Font, width: int) -> Iterator[str]:
    """Yield the lines that a paragraph is broken to; no line begins with a mark that may not."""
    wide = is_wide(paragraph)
    line = ""
    for part in _PARTS.findall(paragraph) if wide else paragraph.split(" "):
        longer = line + ("" if wide or not line else " ") + part
        if line and face.getlength(longer) > width and part not in "，。、：；？！”）%":
            yield line.strip()
            line = part
        else:
            line = longer
    yield line


def column(paragraphs: list[str], face: Font, width: int) -> Image.Image:
    """Return a column of text, as wide as asked and as high as needed."""
    rows = [
        (line, index == 0) for text in paragraphs for index, line in enumerate(lines_of(text, face, width))
    ]
    step, gap = round(LETTER * 1.5), LETTER
    image = Image.new("L", (width + LETTER, len(rows) * step + len(paragraphs) * gap + step), PAPER)
    pen = ImageDraw.Draw(image)
    top = 0
    for line, first in rows:
        top += gap if first and top else 0
        pen.text((0, top), line, font=face, fill=INK)
        top += step
    return image.crop((0, 0, image.width, top + LETTER // 2))


def page_of(paragraphs: list[str], face: Font, *, columns: int) -> Image.Image:
    """Return a page of one column, or with a heading above several."""
    width = (WIDTH - 2 * MARGIN - (columns - 1) * GUTTER) // columns
    head, body = ([], paragraphs) if columns == 1 else (paragraphs[:1], paragraphs[1:])
    share = -(-len(body) // columns)
    parts = [column(body[at : at + share], face, width) for at in range(0, len(body), share)]
    title = [column(head, face.font_variant(size=round(LETTER * 1.7)), WIDTH - 2 * MARGIN)] if head else []
    below = MARGIN + sum(one.height + LETTER for one in title)
    page = Image.new("L", (WIDTH, below + max(part.height for part in parts) + MARGIN), PAPER)
    for one in title:
        page.paste(one, (MARGIN, MARGIN))
    for index, part in enumerate(parts):
        page.paste(part, (MARGIN + index * (width + GUTTER), below))
    return page


def low(page: Image.Image, _: random.Random) -> Image.Image:
    """150 dots per inch, kept as a poor JPEG."""
    kept = io.BytesIO()
    page.resize((page.width // 2, page.height // 2), Image.Resampling.BILINEAR).save(kept, "JPEG", quality=35)
    return Image.open(kept).convert("L")


def fax(page: Image.Image, luck: random.Random) -> Image.Image:
    """Black and white at 204 × 196 dots per inch (ITU-T T.4, fine), with specks and a slight slant."""
    small = page.rotate(luck.choice([-0.6, 0.7]), resample=Image.Resampling.BICUBIC, fillcolor=PAPER)
    small = small.resize((page.width * 204 // 300, page.height * 196 // 300), Image.Resampling.BILINEAR)
    shades = np.asarray(small, dtype=np.int16)
    noise = np.random.default_rng(luck.randrange(1 << 30)).normal(0, 26, shades.shape)
    return Image.fromarray(np.where(shades + noise < 140, 0, 255).astype(np.uint8))


def faint(page: Image.Image, luck: random.Random) -> Image.Image:
    """A worn carbon copy, photographed: little contrast, light that falls off to one side, some blur."""
    shades = np.asarray(page.filter(ImageFilter.GaussianBlur(1.3)), dtype=np.float32)
    across = np.linspace(0, 1, shades.shape[1])[None, :]
    down = np.linspace(0, 1, shades.shape[0])[:, None]
    light = 0.55 + 0.4 * (across if luck.random() < 0.5 else 1 - across) * (0.6 + 0.4 * down)
    written = 235 - (PAPER - shades) * 0.36
    noise = np.random.default_rng(luck.randrange(1 << 30)).normal(0, 5, shades.shape)
    return Image.fromarray(np.clip(written * light + noise, 0, 255).astype(np.uint8))


def noisy(page: Image.Image, luck: random.Random) -> Image.Image:
    """Blurred, and strewn with specks of black, grey and white."""
    shades = np.array(page.filter(ImageFilter.GaussianBlur(1.2)))
    chance = np.random.default_rng(luck.randrange(1 << 30))
    struck = chance.random(shades.shape) < 1 / 60
    shades[struck] = chance.choice([0, 60, 255], int(struck.sum()))
    return Image.fromarray(shades)


def skewed(page: Image.Image, luck: random.Random) -> Image.Image:
    """Laid askew on the glass."""
    angle = luck.choice([-3.1, -2.2, 2.4, 3.3])
    return page.rotate(angle, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=PAPER)


def turned(page: Image.Image, luck: random.Random) -> Image.Image:
    """Laid the wrong way round."""
    turn = luck.choice([Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270])
    return page.transpose(turn)


SPOILT: dict[str, Callable[[Image.Image, random.Random], Image.Image]] = {
    "low": low, "fax": fax, "faint": faint, "noisy": noisy, "skewed": skewed, "turned": turned,
}  # fmt: skip


def main(fonts: Path) -> None:
    """Write the images and `scans.jsonl` of both parts."""
    faces = tomllib.loads(fonts.read_text(encoding="utf-8"))
    texts = tomllib.loads((HERE / "texts.toml").read_text(encoding="utf-8"))
    write(HERE, texts["dev"], faces["dev"], seed=1187)
    write(HERE / "heldout", texts["held_out"], faces["held_out"], seed=417)


def write(
    folder: Path, texts: dict[str, dict[str, list[str]]], faces: dict[str, list[str]], *, seed: int
) -> None:
    """Write one part."""
    folder.mkdir(exist_ok=True)
    luck = random.Random(seed)  # noqa: S311 - the same pages each time
    lines = []
    for language, pages in texts.items():
        for kind, how in PAGES:
            if kind not in pages:
                continue
            path, index = faces["traditional" if kind == "traditional" else language]
            face = ImageFont.truetype(path, LETTER, index=int(index))
            page = page_of(pages[kind], face, columns=2 if how == "columns" else 1)
            image = SPOILT[how](page, luck) if how in SPOILT else page
            name = f"{language}-{kind}-{how}.webp"
            keep(image, folder / name, how)
            said = {
                "image": name,
                "language": language,
                "how": f"{kind}.{how}",
                "text": "\n".join(pages[kind]),
            }
            lines.append(json.dumps(said, ensure_ascii=False))
    (folder / "scans.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def keep(image: Image.Image, path: Path, how: str) -> None:
    """Write an image small: without loss where it is black and white or of few shades."""
    if how in {"fax", "clean", "columns", "turned"}:
        image.quantize(8).convert("L").save(path, lossless=True, method=6)
    else:
        image.save(path, quality=45 if how != "noisy" else 60, method=6)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
