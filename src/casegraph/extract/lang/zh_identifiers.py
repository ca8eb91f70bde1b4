"""Reference numbers that Chinese documents name by a word: 合同编号, 发票号码, 提单号, 报关单号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegraph.extract.lang.zh_numbers import HALF

Id = tuple[int, int, str, str]  # start, end, kind, canonical form
_LINK = r"(?:号码|编号|代码|号)?\s?(?:为|是|:|：|No\.?|#|\s|（|\()*\s?"
_NUMBER = r"(?P<id>[A-Z0-9][A-Z0-9/\-]*\d[A-Z0-9/\-]*)"
_KINDS: tuple[tuple[str, str, str], ...] = (
    ("contract", r"(?:合同|协议|订单)(?:编?号码?)", r"(?P<id>[A-Z0-9][A-Z0-9/\-–._]*\d[A-Z0-9/\-–._]*)"),
    ("invoice", r"(?:发票|单据|收据)(?:编?号码?|代码)", _NUMBER),
    ("waybill", r"(?:[提运]单|提货单|[空海]运单|货运单)(?:编?号码?)", _NUMBER),
    ("customs", r"(?:报关单|海关)(?:编)?号", r"(?P<id>\d{18}|\d{9})"),
    ("registration", r"(?:注册|登记|工商注册|营业执照|公司)号", r"(?P<id>[A-Z]{0,3}\d{6,15})"),
    ("serial", r"(?:序列|编|出厂编|设备编)号", _NUMBER),
    ("licence", r"(?:许可证|执照|证书|证明)(?:编)?号?", _NUMBER),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(rf"(?:{word}){_LINK}{form}(?![A-Z0-9])")) for kind, word, form in _KINDS)
_MOBILE = re.compile(
    r"(?<![\d\w])(?P<id>1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?!\d)"
    r"|(?<=[\u3400-\u9fff])(?P<id2>1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?!\d)"
)


def find(text: str) -> Iterator[Id]:
    """Yield start, end, kind and canonical form of identifiers after their Chinese words."""
    plain = text.translate(HALF)
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(plain):
            words = match["id"].rstrip("-–./")
            yield match.start("id"), match.start("id") + len(words), kind, words.replace(" ", "").upper()
    for match in _MOBILE.finditer(plain):
        number = re.sub(r"\D", "", match.group())
        yield match.start(), match.end(), "phone", f"+86{number}"
