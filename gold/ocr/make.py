"""Make the scans of the OCR gold set: `python gold/ocr/make.py LATIN.ttf HAN.ttf OTHER.ttf`. People and firms are invented.

Each text is printed on a page at 300 dpi and then spoilt as copiers and faxes do. The images are kept, since
fonts differ from machine to machine; this script says how they came about.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

HERE = Path(__file__).parent
TEXTS = {
    "en": (
        "Harrow Marine delivered seven survey cranes to the port of Veld between March and October 2023. "
        "The invoices, numbered HM-1187 to HM-1193, add up to 4,250,000 dollars and were paid in four parts.\n"
        "“We never saw the contract,” said Anna Kern, who kept the books of the port until last spring. "
        "The buyer, Orlan Works, declined to comment on the payments."
    ),
    "ru": (
        "Компания «Харроу Марин» поставила в порт Вельд семь плавучих кранов с марта по октябрь 2023 года. "
        "Счета № 1187–1193 на сумму 4 250 000 рублей были оплачены четырьмя частями.\n"
        "«Договора мы не видели», — сказала Анна Керн, которая до прошлой весны вела бухгалтерию порта. "
        "Покупатель, завод «Орлан», от комментариев отказался."
    ),
    "zh": (
        "哈罗海事公司在二〇二三年三月至十月间向维尔德港交付了七台测量起重机。"
        "发票编号为1187至1193，总金额为425万元，分四次付清。\n"
        "“我们从未见过合同，”去年春天之前负责港口账目的安娜说。"
        "买方奥兰工厂拒绝就付款问题发表评论。"
    ),
}
HELD_OUT = {
    "en": (
        "To: Vera Lind, customs office of Northport. We ask you to release container VLDU 204518 6 to our agent. "
        "It holds spare parts for two harbour tugs, gross weight 11,860 kg, and no goods that need a licence.\n"
        "Our bank, Kessel & Sons, will pay the duty of 3,914.50 euros by Friday, 9 June."
    ),
    "ru": (
        "Акт приёма-передачи от 9 июня 2022 г. Подрядчик сдал, а заказчик принял два буксира класса «Чайка», "
        "заводские номера 0417 и 0422. Замечаний по комплектности нет, гарантия составляет 18 месяцев.\n"
        "Задолженность заказчика — 2 765 300 руб., включая НДС. Подписи: Линд В. С., Керн А. А."
    ),
    "zh": (
        "致北港海关：请将编号为VLDU2045186的集装箱放行给我方代理人。"
        "箱内为两艘港口拖船的备件，毛重11860公斤，不含需要许可证的货物。\n"
        "我方银行将于六月九日之前支付关税3914.50欧元。"
    ),
}
SIZE = (2100, 1300)  # pixels: the upper part of a page
LETTER = 46  # pixels: 11 points at 300 dpi


def printed(text: str, font: Path) -> Image.Image:
    """Return a text on white paper, lines broken to the width of the page."""
    page = Image.new("L", SIZE, 250)
    pen = ImageDraw.Draw(page)
    face = ImageFont.truetype(str(font), LETTER)
    top = 150
    for paragraph in text.split("\n"):
        line = ""
        parts = list(paragraph) if "\u4e00" <= paragraph[0] <= "\u9fff" else paragraph.split(" ")
        joint = "" if len(parts) > 80 and max(map(len, parts)) == 1 else " "
        for part in [*parts, None]:
            wider = line + (joint if line else "") + (part or "")
            if part is None or pen.textlength(wider, font=face) > SIZE[0] - 300:
                pen.text((150, top), line, font=face, fill=20)
                top += round(LETTER * 1.6)
                wider = part or ""
            line = wider
        top += LETTER
    return page


def spoilt(page: Image.Image, how: str, luck: random.Random) -> Image.Image:
    """Return the page as a bad copy of it."""
    if how == "low":
        page = page.resize((page.width // 2, page.height // 2), Image.Resampling.BILINEAR)
    elif how == "skewed":
        page = page.rotate(
            luck.choice([-3.1, -2.2, 2.4, 3.3]), resample=Image.Resampling.BICUBIC, fillcolor=250
        )
    elif how == "noisy":
        page = page.filter(ImageFilter.GaussianBlur(1.2))
        for _ in range(page.width * page.height // 60):
            place = luck.randrange(page.width), luck.randrange(page.height)
            page.putpixel(place, luck.choice([0, 60, 255]))
    elif how == "turned":
        page = page.transpose(luck.choice([Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180]))
    return page


def main(latin: Path, han: Path, other: Path) -> None:
    """Write the images and `scans.jsonl` of both parts; the held-out one is set in other letters."""
    write(HERE, TEXTS, latin, han)
    write(HERE / "heldout", HELD_OUT, other, han)


def write(folder: Path, texts: dict[str, str], latin: Path, han: Path) -> None:
    """Write one part."""
    folder.mkdir(exist_ok=True)
    luck = random.Random(1187)  # noqa: S311 - the same pages each time
    lines = []
    for language, text in texts.items():
        for how in ("clean", "low", "skewed", "noisy", "turned"):
            page = spoilt(printed(text, han if language == "zh" else latin), how, luck)
            name = f"{language}-{how}.png"
            page.quantize(8).save(folder / name, optimize=True)
            lines.append(
                json.dumps(
                    {"image": name, "language": language, "how": how, "text": text}, ensure_ascii=False
                )
            )
    (folder / "scans.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
