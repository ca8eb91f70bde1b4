"""The word lists of a language, ready for the name rules."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from casegraph.extract import places
from casegraph.extract.lang.data import marks, phrases, words
from casegraph.text import fold


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Sets of words as written unless said otherwise; phrases are tuples of words."""

    legal: frozenset[str]
    legal_before: frozenset[str]
    trades: frozenset[str]
    societies: frozenset[str]
    outlets: frozenset[str]
    bodies: frozenset[str]
    bodies_alone: frozenset[str]
    known: dict[tuple[str, ...], tuple[str, str]]  # -> schema, country
    state_nouns: frozenset[tuple[str, ...]]  # lower case
    titles: frozenset[tuple[str, ...]]
    title_heads: frozenset[str]
    particles: frozenset[str]
    nouns: dict[str, str]  # lemma -> schema
    products: frozenset[str]
    events: frozenset[str]
    laws: frozenset[str]
    places: frozenset[str]
    ambiguous: frozenset[str]
    never: frozenset[str]  # never a name alone or at its start
    inside: frozenset[str]  # nor within one
    designators: frozenset[str]
    countries: dict[tuple[str, ...], str]  # folded words -> code
    regions: dict[tuple[str, ...], str]
    peoples: dict[tuple[str, ...], str]  # as written
    place_heads: frozenset[str]  # folded first words of all three


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(text.replace("'s", " 's").replace("_", " ").split())


def _known(language: str) -> dict[tuple[str, ...], tuple[str, str]]:
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for key, schema in (("organisations_known", "Organization"), ("bodies_known", "PublicBody")):
        for name, country in marks(language, "names", key).items():
            found[tuple(name.split())] = (schema, country)
    return found


def _nouns(language: str) -> dict[str, str]:
    """Return lemmas with the schema of the name that they describe; the first list wins."""
    found: dict[str, str] = {}
    for key, schema in (
        ("person_nouns", "Person"),
        ("company_nouns", "Company"),
        ("organisation_nouns", "Organization"),
        ("body_nouns", "PublicBody"),
        ("product_nouns", "Asset"),
        ("place_nouns", "Address"),
    ):
        for word in words(language, "names", key):
            found.setdefault(word, schema)
    return found


@functools.cache
def lexicon(language: str) -> Lexicon:
    """Return the lists of a language; 0.1 s once, 3 MB."""

    def some(key: str) -> frozenset[str]:
        return words(language, "names", key)

    designators = (
        "legal_forms",
        "trades",
        "societies",
        "outlets",
        "bodies",
        "event_words",
        "law_words",
        "place_words",
    )
    tables = (places.countries(language), places.regions(language), places.peoples(language))
    return Lexicon(
        legal=some("legal_forms"),
        legal_before=some("legal_forms_before"),
        trades=some("trades"),
        societies=some("societies"),
        outlets=some("outlets"),
        bodies=some("bodies"),
        bodies_alone=some("bodies_alone"),
        known=_known(language),
        state_nouns=frozenset(
            [(word,) for word in some("state_nouns")]
            + [_phrase(phrase) for phrase in phrases(language, "names", "state_phrases")]
        ),
        titles=frozenset(_phrase(title) for title in some("titles")),
        title_heads=frozenset(_phrase(title)[0] for title in some("titles")),
        particles=some("particles"),
        nouns=_nouns(language),
        products=some("product_nouns"),
        events=some("event_words"),
        laws=some("law_words"),
        places=some("place_words"),
        ambiguous=some("ambiguous_places"),
        never=some("never_names") | some("calendar") | some("never_alone"),
        inside=some("never_names") | some("calendar"),
        designators=frozenset().union(*(some(key) for key in designators)),
        countries={_phrase(name): code for name, code in places.countries(language).items()},
        regions={tuple(name.split()): code for name, code in places.regions(language).items()},
        peoples={tuple(name.split()): code for name, code in places.peoples(language).items()},
        place_heads=frozenset(fold(_phrase(name)[0]) for table in tables for name in table),
    )
