"""An entity of FollowTheMoney in the making: statements that its schema allows, each with its document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from casegraph.text.vocabulary import Schema, cleaned, schemata


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement: a property's value, the document that it comes from, and the language of the words."""

    prop: str
    value: str
    origin: str | None = None  # id in the file
    lang: str | None = None  # ISO 639-3


@dataclass(slots=True)
class Draft:
    """An entity: what is added to it is kept only as far as its schema knows the property.

    A value that the property's type does not allow is left out: the claim's own words are always in a text.
    """

    id: str
    schema: Schema
    referents: tuple[str, ...] = ()
    seen: tuple[str, str] | None = None  # when its first and its last document came into the case
    facts: dict[tuple[str, str], Fact] = field(default_factory=dict)

    def add(
        self, prop: str, *values: str | None, origin: str | None = None, language: str | None = None
    ) -> bool:
        """Add values to a property; return whether it holds any of them now.

        Raises KeyError for a property that the schema has not.
        """
        kind = self.schema.properties[prop]
        held = False
        for value in values:
            clean = cleaned(kind, value)
            if clean is None or (kind.type == "entity" and clean == self.id):
                continue
            lang = three_letters(language) if kind.type in {"name", "text", "string", "address"} else None
            self.facts.setdefault((prop, clean), Fact(prop, clean, origin, lang))
            held = True
        return held

    def properties(self) -> dict[str, list[str]]:
        """Return the values by property, both in the order of the alphabet; the caption's names as added."""
        found: dict[str, list[str]] = {}
        for prop, value in sorted(self.facts):
            found.setdefault(prop, []).append(value)
        return found


def draft(id_: str, schema: str) -> Draft:
    """Return an entity of a schema without properties."""
    return Draft(id_, schemata()[schema])


def joined(parts: Iterable[str]) -> str:
    """Return the parts that have words, divided by semicolons."""
    return "; ".join(part for part in parts if part)


_THREE = {
    "af": "afr", "am": "amh", "ar": "ara", "az": "aze", "be": "bel", "bg": "bul", "bn": "ben", "bs": "bos",
    "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "et": "est",
    "fa": "fas", "fi": "fin", "fr": "fra", "ga": "gle", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun",
    "hy": "hye", "id": "ind", "is": "isl", "it": "ita", "ja": "jpn", "ka": "kat", "kk": "kaz", "km": "khm",
    "kn": "kan", "ko": "kor", "ky": "kir", "lb": "ltz", "lo": "lao", "lt": "lit", "lv": "lav", "mk": "mkd",
    "mn": "mon", "ms": "msa", "mt": "mlt", "my": "mya", "ne": "nep", "nl": "nld", "no": "nor", "pl": "pol",
    "ps": "pus", "pt": "por", "ro": "ron", "ru": "rus", "si": "sin", "sk": "slk", "sl": "slv", "sq": "sqi",
    "sr": "srp", "sv": "swe", "sw": "swa", "ta": "tam", "te": "tel", "tg": "tgk", "th": "tha", "tk": "tuk",
    "tr": "tur", "uk": "ukr", "ur": "urd", "uz": "uzb", "vi": "vie", "zh": "zho",
}  # fmt: skip
"""ISO 639-1 to 639-3, of the languages that FollowTheMoney knows."""


def three_letters(language: str | None) -> str | None:
    """Return the code of ISO 639-3 for one of 639-1, None where FollowTheMoney has none."""
    return _THREE.get((language or "").partition("-")[0])
