"""Languages with a grammar, by ISO 639-1 code. The data of each is a folder beside this file.

Adding one is a package with a `Grammar`, its folder of data and a line here.
"""

from __future__ import annotations

import functools
from importlib import import_module

from casegraph.attribute.base import Grammar

LANGUAGES: dict[str, tuple[str, str]] = {
    "en": ("casegraph.attribute.english", "ENGLISH"),
    "zh": ("casegraph.attribute.chinese", "CHINESE"),
    "ru": ("casegraph.attribute.universal", "RUSSIAN"),
}
"""Where each grammar is; it is loaded with the first page in its language."""


@functools.cache
def grammar(language: str) -> Grammar:
    """Return the grammar of a language of LANGUAGES."""
    module, name = LANGUAGES[language]
    found = getattr(import_module(module), name)
    if not isinstance(found, Grammar):
        message = f"{module}.{name} is no grammar"
        raise TypeError(message)
    return found
