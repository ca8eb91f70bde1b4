"""Languages with a parser, in order; adding one is a module here and a line in the tuple."""

from __future__ import annotations

from casegraph.extract.base import Language
from casegraph.extract.lang.en import ENGLISH
from casegraph.extract.lang.ru import RUSSIAN
from casegraph.extract.lang.zh import CHINESE

LANGUAGES: tuple[Language, ...] = (ENGLISH, RUSSIAN, CHINESE)

__all__ = ["LANGUAGES"]
