"""Units of measure: names from the Unicode CLDR, codes like UCUM's."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Literal

from babel.units import UnknownUnitError, format_unit

from casegraph.extract.lang.data import either, marks, words

# CLDR unit -> code. SI and accepted units by UCUM; customary ones by their usual sign, which a reader
# knows ("mph" for UCUM's "[mi_i]/h").
CODES: dict[str, str] = {
    "length-kilometer": "km", "length-meter": "m", "length-centimeter": "cm", "length-millimeter": "mm",
    "length-mile": "mi", "length-nautical-mile": "nmi", "length-foot": "ft", "length-inch": "in",
    "length-yard": "yd", "mass-kilogram": "kg", "mass-gram": "g", "mass-milligram": "mg",
    "mass-tonne": "t", "mass-ton": "ton", "mass-pound": "lb", "mass-ounce": "oz", "mass-carat": "ct",
    "speed-kilometer-per-hour": "km/h", "speed-mile-per-hour": "mph", "speed-knot": "kn",
    "speed-meter-per-second": "m/s", "duration-second": "s", "duration-minute": "min",
    "duration-hour": "h", "duration-day": "d", "duration-week": "wk", "duration-month": "mo",
    "duration-year": "a", "duration-decade": "a", "duration-century": "a", "duration-fortnight": "wk",
    "area-hectare": "ha", "area-acre": "acre", "area-square-kilometer": "km2", "area-square-meter": "m2",
    "area-square-mile": "mi2", "area-square-foot": "ft2", "area-square-centimeter": "cm2",
    "volume-liter": "L", "volume-milliliter": "mL", "volume-cubic-meter": "m3",
    "volume-cubic-kilometer": "km3", "volume-barrel": "bbl", "volume-gallon": "gal",
    "volume-cubic-foot": "ft3", "volume-cubic-centimeter": "cm3", "volume-teu": "TEU", "power-watt": "W",
    "power-kilowatt": "kW", "power-megawatt": "MW", "power-gigawatt": "GW", "power-horsepower": "hp",
    "energy-kilowatt-hour": "kWh", "energy-megawatt-hour": "MWh", "energy-gigawatt-hour": "GWh",
    "energy-joule": "J", "electric-volt": "V", "electric-ampere": "A", "electric-milliampere": "mA",
    "frequency-hertz": "Hz", "frequency-kilohertz": "kHz", "frequency-megahertz": "MHz",
    "frequency-gigahertz": "GHz", "pressure-bar": "bar", "pressure-pascal": "Pa",
    "pressure-kilopascal": "kPa", "pressure-megapascal": "MPa", "temperature-celsius": "Cel",
    "temperature-fahrenheit": "degF", "temperature-kelvin": "K", "digital-byte": "By",
    "digital-kilobyte": "kBy", "digital-megabyte": "MBy", "digital-gigabyte": "GBy",
    "digital-terabyte": "TBy", "force-newton": "N", "torque-newton-meter": "N.m", "concentr-percent": "%",
    "concentr-permille": "permille", "speed-mach": "Ma", "graphics-megapixel": "Mpx",
}  # fmt: skip
FACTORS: dict[str, float] = {"duration-decade": 10.0, "duration-century": 100.0, "duration-fortnight": 2.0}
_NUMBER = re.compile(r"[\d\s\u00a0\u202f]+")
_REGIONS = {"en": ("en", "en_GB")}


def _written(unit: str, locale: str) -> Iterator[str]:
    """Yield the CLDR's names and signs of a unit, none for a unit that is ours."""
    lengths: tuple[Literal["long", "short"], ...] = ("long", "short")
    for length in lengths:
        for count in (1, 2):
            try:
                text = format_unit(count, unit, length=length, locale=locale)
            except UnknownUnitError:
                return
            yield _NUMBER.sub(" ", text).strip()


@functools.cache
def forms(language: str) -> dict[str, str]:
    """Return the written forms of units with their CLDR units: names, plurals, signs."""
    found: dict[str, str] = {}
    for unit in CODES:
        for locale in _REGIONS.get(language, (language,)):
            for form in _written(unit, locale):
                found.setdefault(form, unit)
    found.update(marks(language, "units", "forms"))
    for form in words(language, "units", "never"):
        found.pop(form, None)
    return found


@functools.cache
def pattern(language: str) -> str:
    """Return a regex source for a unit after a number: signs are case-sensitive, names are not."""
    known = forms(language)
    names = [form for form in known if len(form) > 3 and form.isascii() and form.islower()]
    signs = [form for form in known if form not in names]
    glued = words(language, "units", "not_after_blank")
    blank = [form for form in signs if form not in glued]
    close = [form for form in signs if form in glued]
    return rf"(?:[\s-]?(?:{either(names)}|(?-i:{either(blank)}))(?!\w)|(?-i:{either(close)})(?![\w.]\w|\w))"


def unit(text: str, language: str) -> tuple[str, float] | None:
    """Return the code of a written form and the factor to it; None if unknown."""
    known = forms(language)
    plain = " ".join(text.replace("-", " ").split())
    name = known.get(plain) or known.get(plain.lower())
    return None if name is None else (CODES.get(name, plain), FACTORS.get(name, 1.0))
