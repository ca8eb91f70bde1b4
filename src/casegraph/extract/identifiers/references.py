"""Numbers of contracts, invoices, waybills, cases and the like in English and Russian, behind their word.

They have no check digit: the word and a sign of a number ("No.", "№") stand for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Id = tuple[int, int, str, str]  # start, end, kind, canonical form

_REFERENCE = re.compile(
    r"\b(?P<what>contract|invoice|agreement|purchase\s+order|bill\s+of\s+lading|b/l|registration|reg\.|vat"
    r"|a/c|licen[cs]e"
    r"|permit"
    r"|account|case|docket|tender|customs\s+declaration|specification|company|order|registered|certificate"
    r"|serial|policy"
    r"|act\s+of\s+acceptance|waybill|letter)"
    r"(?:\s+under|\s+(?:dated|of)\s+[\w ,]{4,30}?)?\s*(?:number|numbers|num\.?|nos?\.?|ref(?:erence)?\.?|№"
    r"|#|n°|nº)\s*[:.]?\s*"
    r"(?P<id>[A-ZА-Я0-9][\w/.-]*\d[\w/.-]*(?:[ ]\d{3,})*|\d[\w/.-]*(?:[ ]\d{3,})*)",
    re.IGNORECASE,
)
_CONTRACT = re.compile(
    r"\b(?P<what>contract|invoice|agreement|order|permit)\s+(?P<id>(?=[\w/-]*\d)[A-Z0-9А-Я]{1,12}[-/][\w/-]+)"
)
_REGISTERED = re.compile(
    r"\b(?P<what>registered|incorporated"
    r"|registration)\b[^.;\n]{0,60}\bnumber\s+(?P<id>[A-Z]{0,3}\d[\w/-]{3,})"
)
_KINDS = {
    "license": "licence",
    "purchase": "order",
    "bill": "waybill",
    "b/l": "waybill",
    "reg.": "registration",
    "a/c": "account",
    "docket": "case",
    "incorporated": "registration",
    "registered": "registration",
    "company": "registration",
}

# Stems of Russian words with their kinds; GOST R 7.0.97-2016 has a document's number behind "№".
_RUSSIAN: tuple[tuple[str, str], ...] = (
    ("agreement", r"(?:дополнительн\w+\s+|доп\.?\s*)соглашени\w+|соглашени[еюя]\w?"),
    ("contract", r"(?:гос)?контракт(?:а|у|ом|е|ы|ов)?|договор(?:а|у|ом|е|ы|ов|ам)?"),
    (
        "invoice",
        (
            r"сч[её]т\w*\s?[-–]\s?фактур\w*|сч[её]т(?:а|у|ом|е)?\s+на\s+оплату|сч[её]т(?:а|у|ом|е)?|инвойс\w*"
            r"|УПД"
        ),
    ),
    ("waybill", r"(?:товар\S+\s+)?накладн\w+|ТТН|CMR|коносамент\w*"),
    ("customs", r"(?:таможенн\w+\s+)?деклараци\w+(?:\s+на\s+товары)?|ДТ|ГТД"),
    ("case", r"(?:уголовн\w+\s+|арбитражн\w+\s+|гражданск\w+\s+)?дел(?:о|а|у|ом|е|ам)"),
    ("licence", r"лицензи\w+"),
    ("certificate", r"сертификат\w*|свидетельств\w+|удостоверени\w+"),
    ("permit", r"разрешени\w+"),
    ("power-of-attorney", r"доверенност\w+"),
    ("specification", r"спецификаци\w+"),
    ("order", r"приказ(?:а|у|ом|е)?|распоряжени\w+|заказ(?:а|у|ом|е)?|заявк\w+"),
    ("act", r"акт(?:а|у|ом|е)?"),
    ("letter", r"письм\w+"),
    ("tender", r"извещени\w+|тендер\w*|закупк\w+"),
    ("policy", r"полис(?:а|у|ом|е)?"),
)
_NOT_NUMBERED = (
    r"(?!завод|школ|цех|дом|склад|отдел|филиал|колони|больниц|участ|уч[её]б|магазин|корпус"
    r"|квартир|кабинет|стать|пункт|прилож)"
)
_BETWEEN = rf"(?:\s+{_NOT_NUMBERED}[А-Яа-яЁё-]+){{0,5}}?"
_DATED = r"(?:\s+от\s+[^№;\n]{4,40}?)?"
_ID = r"(?P<id>(?:(?:РОСС|ТС|ЕАЭС|ЕАС)\s)?[A-ZА-ЯЁ0-9][\w/.-]*)"
_SIGN = r"\s*,?\s*(?:№{1,2}|N[o°º]?\.?(?=\s?[A-ZА-Я]*\d)|(?<!\w)номер(?:ом|а)?(?!\w))\s*:?\s*"
_RU = tuple(
    (kind, re.compile(rf"(?<!\w)(?i:{words}){_BETWEEN}{_DATED}{_SIGN}{_ID}")) for kind, words in _RUSSIAN
)
_MORE = re.compile(r"\s*(?:,|и(?=\s)|или)\s*№\s*(?P<id>[A-ZА-ЯЁ0-9][\w/.-]*)")
# Numbers of a form that needs no word: courts of the United States, Russia and China, plots of land, customs
# declarations, Chinese decrees.
_FREE = (
    ("case", re.compile(r"(?<![\w:])\d:\d{2}-[a-z]{2}-\d{3,6}(?![\w-])")),
    ("cadastre", re.compile(r"(?<![\d:])\d{2}:\d{2}:\d{6,7}:\d{1,6}(?![\d:])")),
    ("document", re.compile(r"(?:(?![据按照的和于以由对])[\u4e00-\u9fff]){2,3}〔\d{4}〕第?\d{1,5}号")),
    ("case", re.compile(r"(?<!\w)[АA]\d{2}-\d{1,7}/(?:19|20)\d{2}(?![\w/])")),
    ("customs", re.compile(r"(?<![\w/])\d{8}/\d{6}/[0-9А-Я]\d{6}(?![\w/])")),
    (
        "case",
        re.compile(
            r"[（(〔]\d{4}[)）〕][\u4e00-\u9fff]{1,3}\d{0,4}[\u4e00-\u9fff]{1,5}\d{1,6}(?:之[一二三四五])?号"
        ),
    ),
)
_TAIL = re.compile(r"[.,/_-]+$")


def references(text: str) -> Iterator[Id]:
    """Yield start, end, kind and canonical form of the reference numbers of a text."""
    for kind, pattern in _FREE:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), kind, match.group()
    for pattern in (_REFERENCE, _CONTRACT, _REGISTERED):
        for match in pattern.finditer(text):
            words = _TAIL.sub("", match["id"])
            kind = match["what"].split()[0].lower()
            if any(char.isdigit() for char in words):
                yield match.start("id"), match.start("id") + len(words), _KINDS.get(kind, kind), words.upper()


def russian(text: str) -> Iterator[Id]:
    """Yield the reference numbers of a Russian text."""
    if "№" not in text and "N" not in text and "номер" not in text:
        return
    for kind, pattern in _RU:
        for match in pattern.finditer(text):
            number: re.Match[str] | None = match
            while number is not None:
                words = _TAIL.sub("", number["id"])
                if any(char.isdigit() for char in words):
                    yield number.start("id"), number.start("id") + len(words), kind, words.upper()
                number = _MORE.match(text, number.start("id") + len(words))
