"""Identifiers that Chinese documents name by a word: 合同编号, 提单号, 账号, 身份证号码."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stdnum.cn import ric

from casegraph.extract.lang.zh_numbers import HALF

Id = tuple[int, int, str, str]  # start, end, kind, canonical form
_LINK = r"(?:号码|编号|代码|号)?\s?(?:为|是|:|：|No\.?|#|\s|（|\()*\s?"
_NUMBER = r"(?P<id>[A-Z0-9][A-Z0-9/\-]*\d[A-Z0-9/\-]*)"
_KINDS: tuple[tuple[str, str, str], ...] = (
    ("contract", r"(?:合同|协议|订单)(?:编)?号", r"(?P<id>[A-Z0-9][A-Z0-9/\-–._]*\d[A-Z0-9/\-–._]*)"),
    ("invoice", r"(?:发票|单据|收据)(?:编)?号", _NUMBER),
    ("waybill", r"(?:[提运]单|提货单|[空海]运单|货运单)(?:编)?号", _NUMBER),
    ("container", r"(?:箱|集装箱|柜)号", r"(?P<id>[A-Z]{3}[UJZ]\s?\d{6}-?\d)"),
    ("customs", r"(?:报关单|海关)(?:编)?号", r"(?P<id>\d{9,18})"),
    ("hs", r"(?:HS|海关|商品|税则|税)\s?(?:编码|编号|号列)", r"(?P<id>\d{4}(?:\.?\d{2}){0,3})"),
    ("passport", r"护照", r"(?P<id>[A-Z]{1,2}\d{7,8}|\d{9})"),
    ("account", r"(?:银行)?(?:账|帐|账户|帐户)号?|银行卡号|开户账号", r"(?P<id>\d{4}(?:[ -]?\d{2,5}){2,6})"),
    ("registration", r"(?:注册|登记|工商注册|营业执照|公司)号", r"(?P<id>[A-Z]{0,3}\d{6,15})"),
    ("organisation-code", r"组织机构代码", r"(?P<id>[A-Z0-9]{8}-?[A-Z0-9])"),
    ("serial", r"(?:序列|编|出厂编|设备编)号", _NUMBER),
    ("licence", r"(?:许可证|执照|证书|证明)(?:编)?号?", _NUMBER),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(rf"(?:{word}){_LINK}{form}(?![A-Z0-9])")) for kind, word, form in _KINDS)
_RESIDENT = re.compile(r"(?<![A-Za-z0-9])(?P<id>[1-9]\d{16}[\dXx])(?![A-Za-z0-9])")
_ORG = re.compile(r"[A-Z0-9]{8}-?[A-Z0-9]")
_MOBILE = re.compile(r"(?<![\d\w])(?P<id>1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?!\d)")
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
SENSITIVE = frozenset(["passport", "resident", "account"])
"""Kinds that identify a private person or their money."""


def _is_organisation_code(text: str) -> bool:
    """Check the last sign (GB 11714-1997): weights 3 7 9 10 5 8 4 2, modulo 11, X for ten."""
    body, check = text.replace("-", "")[:8], text[-1]
    value = sum(int(sign, 36) * weight for sign, weight in zip(body, _WEIGHTS, strict=True))
    return check == {10: "X", 11: "0"}.get(11 - value % 11, str(11 - value % 11))


_CHECKS: dict[str, Callable[[str], bool]] = {"organisation-code": _is_organisation_code}


def find(text: str) -> Iterator[Id]:
    """Yield start, end, kind and canonical form of identifiers after their Chinese words."""
    plain = text.translate(HALF)
    for match in _RESIDENT.finditer(plain):
        if ric.is_valid(match["id"].upper()):
            yield match.start("id"), match.end("id"), "resident", match["id"].upper()
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(plain):
            words = match["id"].rstrip("-–./")
            check = _CHECKS.get(kind)
            if check is None or check(words):
                yield match.start("id"), match.start("id") + len(words), kind, words.replace(" ", "").upper()
    for match in _MOBILE.finditer(plain):
        number = re.sub(r"\D", "", match["id"])
        yield match.start("id"), match.end("id"), "phone", f"+86{number}"
