"""Which East Slavic language Cyrillic letters are: each has letters that the others lack.

Russian writes и, ы, э, ъ, ё and never і; Ukrainian и, і, ї, є, ґ and none of ы, э, ъ, ё; Belarusian і, ы, э,
ё, ў and never и, щ, ъ. A guess from letter trigrams takes a short Ukrainian paragraph for Russian; letters
like these tell.
"""

from __future__ import annotations

import re
from collections import Counter

_OTHER = re.compile(r"[ђѓјљњћќџѕәғқңөұүһҗҙӡӑӗҥ]")  # Serbian, Macedonian, Turkic, Mongolian
_LETTER = re.compile(r"[а-яёіїєґў]")
_FEW = 3  # letters и and і: fewer tell nothing
_SHARE = 0.15  # of і among both: a quotation in a Russian text stays below
EAST_SLAVIC = frozenset(["ru", "uk", "be"])


def is_other(text: str) -> bool:
    """Tell whether letters of further Cyrillic alphabets stand in it, more than a name has."""
    return len(_OTHER.findall(text.lower())) >= _FEW


def variety(text: str) -> str | None:
    """Return "ru", "uk" or "be"; None where the letters do not tell, or are of another language."""
    folded = text.lower()
    if _OTHER.search(folded):
        return None
    count = Counter(_LETTER.findall(folded))
    russian = count["ы"] + count["э"] + count["ъ"] + count["ё"]
    both = count["и"] + count["і"]
    if both >= _FEW and count["і"] >= _SHARE * both:
        return "be" if count["и"] <= _SHARE * both and count["ї"] + count["є"] + count["ґ"] == 0 else "uk"
    if count["ї"] + count["є"] + count["ґ"] > russian:
        return "uk"
    return "ru" if russian and count["ы"] + count["э"] + count["ё"] and not count["і"] + count["ў"] else None
