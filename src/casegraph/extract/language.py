"""Which language a block is written in."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

import eldc

from casegraph.extract.lang.cyrillic import EAST_SLAVIC, is_other, variety
from casegraph.extract.lang.han import han_share, is_chinese
from casegraph.model import Block, Document, Page

_FEW_LETTERS = 12  # below this a guess is worth less than the document's own language
_MOSTLY = 0.5  # Han characters among the letters, each as two
_ENOUGH = 4000  # code points that a guess looks at
_LETTERS = re.compile(r"[^\W\d_]")
_OTHER_SCRIPTS = re.compile(
    r"[\u0370-\u052f\u0590-\u06ff\u0900-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_OTHER_LANGUAGES = re.compile(
    r"am|ar|be|bg|bn|el|fa|gu|he|hi|hy|ja|ka|kk|kn|ko|ky|lo|mk|ml|mn|mr|or|pa|ps|ru|sr|ta|te|tg|th|uk|ur|zh"
)


@functools.cache
def _detect() -> Callable[[str], str]:
    eldc.init()  # without it every call raises RuntimeError
    detect: Callable[[str], str] = eldc.detect
    return detect


def has_prose(text: str) -> bool:
    """Tell whether the text has letters enough for its language to matter."""
    return len(_LETTERS.findall(text[:_ENOUGH])) >= _FEW_LETTERS


def guess(text: str) -> str | None:
    """Return the ISO 639-1 code of the text's language, None when it has too few letters."""
    if not has_prose(text):
        return None
    code = _detect()(text[:_ENOUGH])
    return None if code == "und" else code


def _script_fits(code: str, text: str) -> bool:
    letters = _LETTERS.findall(text[:_ENOUGH])
    if not letters:
        return True
    other = sum(1 for letter in letters if _OTHER_SCRIPTS.match(letter))
    return (other * 2 >= len(letters)) == (_OTHER_LANGUAGES.fullmatch(code) is not None)


def block_language(document: Document, page: Page, block: Block) -> str | None:
    """Return the block's language: what `read` says if the letters fit, else what they say, or a guess."""
    text = page.text[block.start : block.end]
    stated = block.language or page.language or document.language
    code = stated.lower().split("-")[0] if stated else None
    if han_share(text) >= _MOSTLY:  # a guess needs more letters than Chinese does
        return "zh" if is_chinese(text) and code != "ja" else guess(text) or code
    letters = variety(text)
    if letters is not None and (code is None or code in EAST_SLAVIC or not _script_fits(code, text)):
        return letters
    if code is not None and _script_fits(code, text) and not (code in EAST_SLAVIC and is_other(text)):
        return code
    return guess(text) or code
