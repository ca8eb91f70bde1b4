"""What claims that say the same say, in a sentence."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from casegraph.model import Amount, Claim, Party, Quantity
from casegraph.publish.measures import amount, number

_SENTENCES: Mapping[str, tuple[str, ...]] = {
    "ownership": ("{owner} owns {share}{asset}", "{owner} owns something", "somebody owns {share}{asset}"),
    "control": ("{controller} controls {controlled}",),
    "directorship": ("{person} directs {organisation}",),
    "employment": ("{person} works for {organisation}",),
    "membership": ("{person} belongs to {organisation}",),
    "representation": ("{agent} acts for {client}",),
    "family": ("{person} and {relative} are kin",),
    "associate": ("{person} and {associate} know each other",),
    "delivery": (
        "{supplier} delivered {quantity}{goods} to {recipient}",
        "{recipient} received {quantity}{goods}",
        "{supplier} delivered {quantity}{goods}",
        "{supplier} delivered to {recipient}",
        "{quantity}{goods} were delivered",
    ),
    "payment": (
        "{payer} paid {beneficiary} {amount}",
        "{payer} paid {beneficiary}",
        "{beneficiary} was paid {amount}",
        "{payer} paid {amount}",
    ),
    "contract": (
        "{supplier} contracted to supply {quantity}{subject} to {buyer}{price}",
        "{buyer} ordered {quantity}{subject}{price}",
        "{supplier} contracted to supply {quantity}{subject}{price}",
        "{supplier} and {buyer} have a contract{price}",
    ),
    "production": ("{producer} makes {quantity}{product}", "{quantity}{product} are made"),
    "presence": ("{actor} is in {place}",),
    "specification": ("{property} of {product}: {value}", "{product}: {property}"),
    "identity": ("{name} is {other_name}",),
    "sanction": ("{authority} put sanctions on {target}", "{target} is under sanctions"),
    "link": ("{subject} and {object} are tied",),
    "event": ("{participants}: {what}", "{participants} took part in something"),
}
"""Of each kind, sentences from the fullest down; the first of which all roles are filled is told."""

_OPTIONAL = frozenset({"quantity", "share", "price"})
_SLOT = re.compile(r"\{(\w+)\}")


def told(claims: Sequence[Claim], otherwise: str) -> str:
    """Return what the claims say: each role by the name most used, each value as most give it.

    Where they are statements or fill too little, `otherwise` is returned.
    """
    typed = [one for one in claims if one.kind in _SENTENCES]
    slots = _roles(typed) | _values(typed)
    for sentence in _SENTENCES[typed[0].kind] if typed else ():
        needed = set(_SLOT.findall(sentence)) - _OPTIONAL
        if needed <= slots.keys():
            return _SLOT.sub(lambda slot: slots.get(slot[1], ""), sentence)
    return otherwise


def _roles(claims: Iterable[Claim]) -> dict[str, str]:
    used: defaultdict[str, Counter[tuple[bool, str]]] = defaultdict(Counter)
    for claim in claims:
        for role, party in claim.roles.items():
            name = _name(party)
            if name:
                used[role][_is_entity(party), name] += 1
    return {role: max(names, key=lambda one: (one[0], names[one], one[1]))[1] for role, names in used.items()}


def _name(party: Party | tuple[Party, ...] | None) -> str:
    parties = party if isinstance(party, tuple) else (party,) if party is not None else ()
    return ", ".join(one.name for one in parties)


def _is_entity(party: Party | tuple[Party, ...] | None) -> bool:
    return isinstance(party, Party) and party.entity is not None


def _values(claims: Sequence[Claim]) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in ("quantity", "share", "amount"):
        values = Counter(value for one in claims if (value := getattr(one.qualifiers, field)) is not None)
        usual = min(values, key=lambda value: (-values[value], str(value)), default=None)
        words = counted(usual) if usual is not None else ""
        if words:
            found[field] = words
    if "quantity" in found:
        found |= {"value": found["quantity"], "quantity": f"{found['quantity']} "}
    if "share" in found:
        found["share"] = f"{found['share']} of "
    if "amount" in found:
        found["price"] = f" for {found['amount']}"
    return found


def counted(value: Quantity | Amount) -> str:
    """Return a value in words: `at least 7`, `5 to 8 km`, `CNY 14.175m`."""
    if isinstance(value, Amount):
        return amount(value)
    low, high = value.minimum, value.maximum
    if low is None and high is None:
        return ""
    unit = {"item": "", "%": " %"}.get(value.unit, f" {value.unit}")
    if low == high and low is not None:
        words = number(low)
    elif high is None and low is not None:
        words = f"at least {number(low)}"
    elif low is None and high is not None:
        words = f"at most {number(high)}"
    else:
        words = f"{number(low or 0)} to {number(high or 0)}"
    return f"{'about ' if value.approximate else ''}{words}{unit}"
