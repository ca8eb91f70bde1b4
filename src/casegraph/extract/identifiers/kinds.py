"""Kinds of identifiers that a word names: the words of three languages, the form, the check.

Words after the statutes and forms that use them: Правила указания информации (приказ Минфина № 107н),
GB 32100-2015, the SWIFT and IBAN registries, the EAEU's customs code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from casegraph.extract.identifiers import checks
from casegraph.extract.identifiers.checks import any_form, standard


class Kind(NamedTuple):
    """One kind: `far` words may stand up to forty characters before, as its check tells it from others.

    `between` may stand between word and number: "ИНН/КПП 7707083893/773601001".
    """

    name: str
    words: str
    form: str
    check: Callable[[str], bool] = any_form
    far: bool = False
    between: str = ""


def _figures(*lengths: int) -> str:
    """Return figures, perhaps parted by single blanks, the longest first."""
    return "|".join(rf"\d(?:[ \u00a0]?\d){{{length - 1}}}" for length in sorted(lengths, reverse=True))


_ALNUM_USCC = "0-9A-HJ-NPQRTUWXY"
_ACCOUNT = (
    r"р(?:ас[сч]?[её]?тн\w+|\.?\s?/?)[\s/.]*с(?:ч[её]т\w*|ч)?\.?|к(?:ор(?:р(?:еспондентск\w+)?)?[\s./-]*"
    r"|\.?\s?/\s?)с(?:ч[её]т\w*|ч)?\.?"
    r"|лицев\w+\s+сч[её]т\w*|л/сч?|сч[её]т(?:а|у|ом|е|ов|ах)?|(?:bank|current|settlement"
    r"|correspondent)?\s?accounts?"
    r"|银行[账帐][号户]|[账帐]户?号码?|银行卡号|开户[账帐]号"
)
_PASSPORT = (
    r"\d{2}[ \u00a0]?\d{2}[ \u00a0,]{0,2}(?:№|N\b|номер\w*|no\.?|number)?[ \u00a0]?\d{6}"
    r"|\d{2}[ \u00a0]?№?[ \u00a0]?\d{7}|[A-Z]{1,2}\d{6,8}|\d{9}"
)
_HS_WORDS = (
    r"(?:код\w*\s+)?ТН\s?ВЭД(?:\s+(?:ЕАЭС|ТС|РФ|России))?|TN\s?VED(?:\s+EAEU)?(?:\s+codes?)?"
    r"|HTS(?:\s+codes?)?"
    r"|harmoni[sz]ed\s+(?:system\s+)?(?:tariff\s+)?codes?|tariff\s+(?:codes?|headings?|numbers?)"
    r"|HS[ -]?(?:codes?|headings?|编码)|(?-i:HS)"
    r"|商品编[码号]|海关编[码号]|税则(?:号列|编码|号)|税号"
)
_HS = (
    r"\d{4}[ .\u00a0]\d{2}[ .\u00a0]\d{3}[ .\u00a0]\d|\d{4}[ .\u00a0]\d{2}[ .\u00a0]?\d{4}"
    r"|\d{4}[.]\d{2}(?:[.]\d{2,4}){0,2}|\d{6}(?:\d{2}(?:\d{2})?)?"
)
KINDS: tuple[Kind, ...] = (
    Kind(
        "inn",
        r"ИНН|(?-i:INN)|идентификационн\w+\s+номер\w*\s+налогоплательщик\w*",
        _figures(10, 12),
        standard("stdnum.ru.inn"),
        far=True,
        between=r"\s*[/\\|,(и]\s*(?:КПП|KPP)",
    ),
    Kind("kpp", r"КПП|(?-i:KPP)", r"\d{4}[\dA-Z]{2}\d{3}", between=r"[^\d\n]{0,25}\d{10}\s*[/\\|,]"),
    Kind(
        "ogrn",
        r"ОГРН(?:ИП)?|(?-i:OGRN(?:IP)?)|основн\w+\s+государственн\w+\s+регистрационн\w+\s+номер\w*",
        _figures(13, 15),
        standard("stdnum.ru.ogrn"),
        far=True,
    ),
    Kind("okpo", r"ОКПО|(?-i:OKPO)", r"\d{10}|\d{8}", checks.is_okpo),
    Kind("bik", r"БИК|(?-i:BIK)|(?-i:BIC)(?=[^\w\n]{0,4}0\d{8}\b)", r"0[0-4]\d{7}"),
    Kind(
        "account",
        _ACCOUNT,
        r"\d(?:[ \u00a0.-]?\d){19}|\d(?:[ -]?\d){9,18}",
        between=r"\s*[：:]?\s*[\u4e00-\u9fff]{2,20}(?:银行|支行|分行|营业部|信用社)",
    ),
    Kind(
        "snils",
        r"СНИЛС|(?-i:SNILS)",
        r"\d{3}[- \u00a0]?\d{3}[- \u00a0]?\d{3}[-"
        r" \u00a0]?\d{2}",
        checks.is_snils,
        far=True,
    ),
    Kind("edrpou", r"[ЄЕ]ДРПОУ|(?-i:EDRPOU)", r"\d{8}", standard("stdnum.ua.edrpou"), far=True),
    Kind("unp", r"УНП|(?-i:UNP)", r"\d{9}", standard("stdnum.by.unp"), far=True),
    Kind("bin", r"БИН|(?-i:BIN)|ИИН|(?-i:IIN)", r"\d{12}", checks.is_kazakh, far=True),
    Kind("imo", r"(?-i:IMO)|ИМО", r"\d{7}", standard("stdnum.imo"), far=True),
    Kind("mmsi", r"(?-i:MMSI)|水上移动识别码", r"\d{9}"),
    Kind("imei", r"(?-i:IMEI)", r"\d{15}", standard("stdnum.imei")),
    Kind(
        "lei",
        r"(?-i:LEI)|legal\s+entity\s+identifier",
        r"[A-Z0-9]{18}\d{2}",
        standard("stdnum.lei"),
        far=True,
    ),
    Kind("iban", r"(?-i:IBAN)", r"[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]){11,30}", standard("stdnum.iban")),
    Kind(
        "uscc",
        r"(?-i:USCC)|unified\s+social\s+credit\s+(?:code|identifier)|统一社会信用代码|社会信用代码|纳税人识别号|税号"
        r"|един\w+\s+социальн\w+\s+кредитн\w+\s+код\w*",
        rf"[{_ALNUM_USCC}]{{18}}",
        standard("stdnum.cn.uscc"),
        far=True,
    ),
    Kind("organisation-code", r"组织机构代码", r"[A-Z0-9]{8}-?[A-Z0-9]", checks.is_organisation_code),
    Kind(
        "bic",
        r"(?-i:BIC)|(?-i:SWIFT)|S\.W\.I\.F\.T\.|СВИФТ",
        r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?",
        checks.is_bic,
        between=r"\s*[/\\(-]\s*(?:BIC|(?-i:SWIFT)|СВИФТ)\)?",
    ),
    Kind(
        "container",
        r"контейнер\w*|containers?|集装箱号?|[货]柜号?|箱号",
        r"[A-Z]{3}[UJZ][ ]?\d{6}[ -]?\d",
        standard("stdnum.iso6346"),
    ),
    Kind("hs", _HS_WORDS, _HS, checks.is_goods_code),
    Kind(
        "passport",
        r"(?:загран)?паспорт\w*(?:\s+(?:гражданина|гражданки)\s+\S+|\s+РФ|\s+России)?(?:\s+данны[ехм]+)?"
        r"|passports?|护照",
        _PASSPORT,
    ),
    Kind(
        "driving-licence",
        r"водительск\w+\s+удостоверени\w+|driv(?:ing|er'?s)\s+licen[cs]e|驾驶证",
        r"\d{2}[ \u00a0]?(?:\d{2}|[А-Я]{2})[ \u00a0]?№?[ \u00a0]?\d{6}|[A-Z0-9]{6,18}(?<=\d)",
    ),
    Kind(
        "resident",
        r"(?:居民|公民)?身份(?:证件?|号码)(?:号码?|编号)?|Chinese\s+ID(?:\s+card)?\b",
        r"[1-9]\d{16}[\dXx]",
        standard("stdnum.cn.ric"),
        far=True,
    ),
    Kind("vin", r"(?-i:VIN)|车辆识别代[码号]", r"[A-HJ-NPR-Z0-9]{17}"),
    Kind(
        "ssn",
        r"(?-i:SSN)|social\s+security\s+(?:number|no\.?)",
        r"\d{3}-\d{2}-\d{4}",
        standard("stdnum.us.ssn"),
    ),
    Kind(
        "card",
        r"карт[аыуео]\w{0,3}|cards?|银行卡(?:号码?)?|卡号",
        r"\d{4}(?:[ -]?\d{4}){3}(?:\d{3})?",
        standard("stdnum.luhn"),
        far=True,
    ),
)
BY_NAME: dict[str, Kind] = {kind.name: kind for kind in KINDS}
