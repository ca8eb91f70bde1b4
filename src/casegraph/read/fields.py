"""Lines that are filled-in fields ("Seller: Northlight Ltd") and signatures: facts, but no sentences.

What stands there belongs to no voice and has no verb; a parser makes one up. Fields get the role `table`,
signatures `byline`: names and numbers are taken from both, claims from neither.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

_FIELD = re.compile(
    r"\s*(?:[-*\u2022]\s+)?(?P<label>[^\W_a-z\u0430-\u044f][^\n:\uff1a!?;\"\u201c\u201d\u00ab\u00bb]{0,48}?)\s?"
    r"(?::(?=\s|$)|\uff1a)\s*(?P<value>.*)",
    re.DOTALL,
)
_LABEL_WORDS = 5
_LONGEST_VALUE = 30  # words
_SENTENCE_WORDS = 4  # from which an ended value can be a sentence
_SMALL = 0.4  # of a sentence's words begin with a small letter, names and titles put aside
_HAN_SENTENCE = 16  # characters
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ENDED = re.compile(r"[.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u00bb)]*$")
_ASKED = re.compile(r"[?\uff1f][\"'\u201d\u00bb)]*$")
_OPENS_QUOTE = re.compile(r"[\"\u201c\u00ab\u300c]")
_TURNS = 3  # a label that comes back so often is a speaker's, as in a transcript
_CLOSING = re.compile(
    r"(?:(?:yours |very |most )*(?:sincerely|faithfully|truly|respectfully|cordially)(?: yours)?|"
    r"(?:with )?(?:(?:my|our|the) )?(?:(?:best|kind|kindest|warm|warmest) )+(?:regards|wishes)|regards|"
    r"respectfully(?: submitted)?|cheers|many thanks|"
    r"с уважением|с наилучшими пожеланиями|искренне ваш[аи]?|всего доброго|"
    r"此致(?:敬礼)?|敬礼|顺颂商祺|商祺|祝好|谨上|mit freundlichen grüßen|cordialement|atentamente)"
    r"\s*[,.!\uff0c]?",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:signed(?: (?:by|for|on behalf of)\b[^:]{0,40})?|signatures?|signatory|authori[sz]ed signat\w+|"
    r"for(?: and on behalf of)? (?:the )?[^\W\d_][^:.]{0,40}|/s/|\[signed[^\]]{0,20}\]|"
    r"подпис(?:ь|ано|ал[аи]?)[^:]{0,30}|от имени [^:]{2,40}|за (?:продавца|покупателя|заказчика|исполнителя)|"
    r"签(?:字|名|署|章)[^:：]{0,8}|(?:卖方|买方|甲方|乙方)(?:代表)?签(?:字|名|章)[^:：]{0,4})\s*[:\uff1a]|/s/\s|_{5,}",
    re.IGNORECASE,
)
_SIGNATURE_WORDS, _SIGNATURE_LINES = 14, 10
_FOOT = 8  # last lines in which a signature is looked for


def field_of(text: str) -> tuple[str, str] | None:
    """Return label and value of a line that has the form of a filled-in field, or None."""
    match = _FIELD.fullmatch(text)
    if match is None or len(match["label"].split()) > _LABEL_WORDS:
        return None
    return match["label"].strip().casefold(), match["value"].strip()


def is_sentence(value: str) -> bool:
    """Tell whether a value reads like a sentence: ended, and with the small words of one."""
    if _OPENS_QUOTE.match(value) or _ASKED.search(value):
        return True
    words = _WORD.findall(value)
    if len(words) > _LONGEST_VALUE:
        return True
    ended = _ENDED.search(value) is not None
    if _HAN.search(value):
        return ended and len(_HAN.findall(value)) >= _HAN_SENTENCE
    if len(words) < _SENTENCE_WORDS or not ended:
        return False
    small = sum(1 for word in words if word[0].islower())
    return small >= _SMALL * len(words)


def field_runs(texts: Mapping[int, str]) -> set[int]:
    """Return which lines are fields among others: two neighbours and more, each with a label of its own.

    `texts` is the running text by line number. A label that comes back is a speaker's, and one line alone may
    be anything.
    """
    found = {index: field for index, text in texts.items() if (field := field_of(text)) is not None}
    often = Counter(label for label, _ in found.values())
    fields = [
        index
        for index, (label, value) in sorted(found.items())
        if often[label] < _TURNS and not is_sentence(value)
    ]
    runs: set[int] = set()
    for before, after in pairwise(fields):
        if after == before + 1 and found[before][0] != found[after][0]:
            runs |= {before, after}
    return runs


def signature(texts: Sequence[str]) -> set[int]:
    """Return which lines sign a letter or contract: what stands under a closing formula, or says "signed"."""
    found: set[int] = set()
    for index, text in enumerate(texts):
        if len(text) > 120 or not _CLOSING.fullmatch(text.strip()):
            continue
        after = texts[index + 1 : index + 1 + _SIGNATURE_LINES]
        own = [index]
        for place, line in enumerate(after, index + 1):
            if len(line.split()) > _SIGNATURE_WORDS or is_sentence(line) or _ASKED.search(line):
                break
            own.append(place)
        found.update(own)
    for index in range(max(0, len(texts) - _FOOT), len(texts)):
        if len(texts[index].split()) <= _SIGNATURE_WORDS and _SIGNED.match(texts[index].strip()):
            found.add(index)
    return found
