"""The words with which mail programs introduce what they quote: separators, headers, "Anna Kern wrote:".

English, Russian, Chinese (both scripts) and what else the big programs send in; the forms are those of
Outlook, OWA, Notes, Gmail, Apple Mail, Thunderbird, KMail, Evolution, Roundcube, Horde, Eudora, The Bat!,
Mail.ru, Yandex, NetEase, QQ and Foxmail.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 300  # characters of an attribution line

SEPARATOR = re.compile(
    r"\s*(?:[-_=*]{2,}\s*)?(?:original message|forwarded message|forwarded by .{1,120}|"
    r"begin forwarded message|reply message|original appointment|"
    r"исходное сообщение|пересылаемое сообщение|пересланное сообщение|перенаправленное сообщение|"
    r"начало пере(?:сылаемого|адресованного|направленного) сообщения|конец пересылаемого сообщения|"
    r"исходное письмо|пересылаемое письмо|"
    r"原始邮件|原始郵件|原始信件|转发邮件|轉寄郵件|转发的邮件|轉寄的郵件|邮件原件|郵件原件|回复的原邮件|"
    r"开始转发的邮件|开始转发的信息|开始转发邮件|開始轉寄郵件|開始轉寄的訊息|"
    r"ursprüngliche nachricht|message d'origine|mensaje original)\s*[-_=*:\uff1a]*\s*$",
    re.IGNORECASE,
)

_FROM_WORDS = r"from|от|от кого|отправитель|发件人|發件人|寄件者|寄件人|von|de"
_FIELD_WORDS = (
    rf"{_FROM_WORDS}|sent|to|cc|bcc|subject|date|reply-to|attachments?|importance|sensitivity|priority|"
    r"кому|копия|копии|скрытая копия|тема|дата|отправлено|послано|вложени[ея]|важность|получатель|"
    r"收件人|收件者|抄送|密送|副本|主\s*题|主旨|主題|日期|时间|時間|发送时间|發送時間|发送日期|寄件日期|傳送時間|傳送日期|附件|"
    r"gesendet|an|betreff|envoyé|à|objet"
)
HEADER = re.compile(rf"\s*\*?(?:{_FIELD_WORDS})\*?\s?[:：]", re.IGNORECASE)
FROM = re.compile(rf"\s*\*?(?:{_FROM_WORDS})\*?\s?[:：]", re.IGNORECASE)
RECIPIENT = re.compile(r"\s*(?:to|cc|subject)\s?:", re.IGNORECASE)

NOTES_DATE = re.compile(
    r"\s*\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+\d{1,2}:\d{2}(?::\d{2})?"
    r"(?:\s*[AaPp]\.?[Mm]\.?)?(?:\s+[A-Z]{2,4})?\s*$"
)
"""The second line of a header of Lotus Notes: a date and a time, nothing else."""

_VERB = re.compile(
    r"(?<![^\W\d_])(?:wrote|writes|schrieb|a écrit|escribió|пишет|пишут|"
    r"(?:на)?писал(?:\(?а\)?|и)?(?:\(а\))?)(?![^\W\d_])|"
    r"写道|寫道|写到|撰写",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"[<\[(]\s*(?:mailto:)?[^<>\s\[\]()]+@[^<>\s\[\]()]+\s*[>\])]|(?<![\w.@])[\w.+-]+@[\w-]+\.[\w.-]+\w"
)
_DATE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,4}[./]\d{1,2}[./]\d{1,4}|\d{4}\s?年|"
    r"\b\d{1,2}\.?\s+[^\W\d_]{3,9}\.?,?\s+\d{4}|\b[^\W\d_]{3,9}\.?\s+\d{1,2},?\s+\d{4}",
)
_TIME = re.compile(r"\d{1,2}:\d{2}")
_END = re.compile(r"[:：]\s*$")
_QUOTING = re.compile(r"\s*(?:quoting|citando|цитирую|引用)\s", re.IGNORECASE)
_UNNAMED = re.compile(r"\s*(?:you|вы|ты|你|您)\s*", re.IGNORECASE)
_LEADING = re.compile(
    r"(?:[\s,，、\"“”«»'*|-]|[+-]?\d[\d.:/+-]*|"
    r"(?:on|at|am|pm|a\.m\.|p\.m\.|gmt|utc|cest|cet|est|edt|pst|pdt|msk|cst|"
    r"quoting|цитирую|引用|пользователь|от|в|г\.|г|"
    r"在|于|於|星期.|周.|週.|上午|下午|年|月|日)(?=[\s\d,，\"“«]|$)|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?(?=[\s,])|"
    r"(?:пн|вт|ср|чт|пт|сб|вс)(?=[\s,])|[+-]\d{4})+",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(r"^.*\b\d{4}(?:\s*г\.)?(?=\s)")
_NAME_CUT = re.compile(r"[,，:：]")
_LONGEST_NAME = 60
_NAME_WORDS = 6


class Wrote(NamedTuple):
    """A line that says who wrote what follows. `sure`: it stands for itself, with no marks behind it."""

    name: tuple[int, int] | None  # characters of the writer's name or address; None: nobody is named
    sure: bool


def wrote(text: str) -> Wrote | None:
    """Return what an attribution line says, None for any other text.

    The line ends in a colon (in Chinese also in the verb). Without a verb, as Mail.ru, Yandex and Gmail in
    Russian write it, date, time and address must be there together.
    """
    text = text.rstrip()
    if not 3 < len(text) <= LONGEST:
        return None
    verbs = list(_VERB.finditer(text))
    verb = verbs[-1] if verbs else None
    ends = _END.search(text) is not None
    if not ends and (
        verb is None or verb.end() != len(text) or verb.group().isascii() or verb.group()[0] not in "写寫"
    ):
        return None
    address = _ADDRESS.search(text)
    dated, timed = _DATE.search(text) is not None, _TIME.search(text) is not None
    if verb is not None:
        behind = text[verb.end() :]
        if not (behind.strip(" :：") == "" or _DATE.search(behind) or _TIME.search(behind)):
            return None  # "the director wrote a statement:"
        return Wrote(_name(text, verb.start(), address), sure=address is not None or (dated and timed))
    if address is not None and ((dated and timed) or _QUOTING.match(text)):
        return Wrote(_name(text, None, address), sure=True)
    return None


def _name(text: str, verb: int | None, address: re.Match[str] | None) -> tuple[int, int] | None:
    """Return where the writer's name stands: before the address, else before the verb, else the address."""
    if address is not None:
        named = _trimmed(text, address.start())
        return named or _span(text, address.start(), address.end(), " <>[]()")
    return None if verb is None else _trimmed(text, verb)


def _trimmed(text: str, end: int) -> tuple[int, int] | None:
    """Return the name that ends at a place: dates, times and little words before it are left out."""
    cuts = [
        found.end() for found in _NAME_CUT.finditer(text, 0, end) if text[found.end() : end].strip(" \"“”'")
    ]
    start = cuts[-1] if cuts else 0
    if (
        cuts
        and re.match(r"\s*[^\W\d_][\w.'-]*\s*$", text[cuts[-1] : end].strip("\"“”' "))
        and (quote := re.search(r"[\"“]([^\"“”]{2,60})[\"”]\s*$", text[:end]))
    ):
        start = quote.start(1)  # "Kern, Anna" <a@b>
    if (year := _MONTH_YEAR.match(text[start:end])) is not None:
        start += year.end()
    if (lead := _LEADING.match(text, start, end)) is not None:
        start = lead.end()
    span = _span(text, start, end, " \t\n\"“”«»',，*")
    if span is None or _UNNAMED.fullmatch(text[slice(*span)]):
        return None
    words = text[slice(*span)].split()
    return span if len(words) <= _NAME_WORDS and span[1] - span[0] <= _LONGEST_NAME else None


def _span(text: str, start: int, end: int, around: str) -> tuple[int, int] | None:
    while start < end and text[start] in around:
        start += 1
    while end > start and text[end - 1] in around:
        end -= 1
    return (start, end) if any(char.isalpha() for char in text[start:end]) else None


_SENDER = re.compile(
    rf"^\s*\*?(?:{_FROM_WORDS})\*?\s?[:：]\*?[^\S\n]*[\"“']?(?P<name>[^<>\n\"“”\[]*?)[\"”']?\s*"
    r"(?:[<\[(](?P<address>[^<>\]\n]*)[>\])])?[;,\s]*$",
    re.IGNORECASE | re.MULTILINE,
)

# "Anna Kern/NOR/Northlight@Northlight on 10/04/2024", "Anna Kern   On Behalf Of Otto Wren"
_NAME_END = re.compile(r"/[^\s/]|@\w+$|\s+on behalf of\s|\s+on \d|\s+от имени\s", re.IGNORECASE)


def sender(header: str) -> tuple[int, int] | None:
    """Return where a quoted header names its sender: the name, else the address; None if it does not."""
    found = _SENDER.search(header)
    if found is not None:
        for part in ("name", "address"):
            span = found.span(part)
            if span[1] > span[0] and (kept := _span(header, *span, " \t\xa0*'\"")) is not None:
                cut = _NAME_END.search(header, kept[0] + 1, kept[1])
                return (kept[0], cut.start()) if cut is not None else kept
    lines = header.split("\n")
    for number in range(min(len(lines) - 1, 3)):
        if NOTES_DATE.match(lines[number + 1]):
            start = sum(len(line) + 1 for line in lines[:number])
            address = _ADDRESS.search(lines[number])
            end = start + (address.start() if address and address.start() > 1 else len(lines[number]))
            slash = header.find("/", start, end)
            return _span(header, start, slash if slash > start else end, " \t\"'<@")
    return None
