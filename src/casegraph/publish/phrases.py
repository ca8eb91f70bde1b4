"""A claim in the fewest words that keep who says so, how surely, and what."""

from __future__ import annotations

import re

from casegraph.model import Attribution, Claim, Count, Party
from casegraph.publish.measures import amount, period, quantity
from casegraph.text import fold, printable

OUTWARD = " \u2190 "
"""Between speakers, innermost first: `two officials ← The Wire`."""

_UNKNOWN = "?"

_PATTERNS: dict[str, tuple[str, str]] = {
    "ownership": ("{owner} owns {share}{asset}", "{owner} does not own {share}{asset}"),
    "control": ("{controller} controls {controlled}", "{controller} does not control {controlled}"),
    "directorship": ("{person} directs {organisation}", "{person} does not direct {organisation}"),
    "employment": ("{person} works for {organisation}", "{person} does not work for {organisation}"),
    "membership": ("{person} belongs to {organisation}", "{person} does not belong to {organisation}"),
    "representation": ("{agent} acts for {client}", "{agent} does not act for {client}"),
    "family": ("{person} is kin to {relative}", "{person} is not kin to {relative}"),
    "associate": ("{person} is tied to {associate}", "{person} is not tied to {associate}"),
    "delivery": (
        "{supplier} \u2192 {recipient}: {quantity}{goods}",
        "{supplier} does not deliver to {recipient}: {quantity}{goods}",
    ),
    "payment": ("{payer} \u2192 {beneficiary}: {amount}", "{payer} does not pay {beneficiary}: {amount}"),
    "contract": (
        "{supplier} contracts for {buyer}: {quantity}{subject}",
        "{supplier} does not contract for {buyer}: {quantity}{subject}",
    ),
    "production": ("{producer} makes {quantity}{product}", "{producer} does not make {quantity}{product}"),
    "presence": ("{actor} in {place}", "{actor} not in {place}"),
    "specification": ("{product}: {property} {quantity}", "{product}: not {property} {quantity}"),
    "identity": ("{name} = {other_name}", "{name} is not {other_name}"),
    "sanction": (
        "{authority} sanctions {quantity}{target}",
        "{authority} does not sanction {quantity}{target}",
    ),
    "event": ("{participants}: {what}", "{participants}: not {what}"),
    "link": ("{subject} \u2014 {object}", "{subject} not tied to {object}"),
}
"""Of each kind, what it says, and what it says where the words say that it is not so."""

_ANY_PROGRAMME = frozenset({"", "sanctions", "sanction", "the sanctions", "sanctions list"})

_THINGS = frozenset("goods product property subject what place programme position name other_name".split())
"""Roles of what is no party."""

_PRONOUNS = frozenset("it they he she them him her i we us".split())
_SOMEBODY = frozenset(
    "company firm business bank buyer seller supplier customer client manufacturer producer trader dealer "
    "middleman broker agent intermediary contractor carrier shipper plant factory ship vessel tanker "
    "man woman person businessman businesswoman official officer diplomat director manager owner aircraft "
    "shareholder claimant defendant plaintiff entity organisation organization individual".split()
)
"""Nouns that describe one whom the words do not name; states and their forces are known by theirs."""

_SOMEBODY_ELSEWHERE = re.compile(
    r"(?:[а-яё]+ )?(?:компани|фирм|предприяти|завод|банк|поставщик|покупател|посредник|судн)[а-яё]{0,3}"
    r"|[\u4e00-\u9fff]{0,4}(?<!限)(?:公司|企业|工厂|厂商|中间商)"
)

_LISTED = ("is under sanctions", "is not under sanctions")
"""A sanction that is nobody's in particular."""

_LEADS = {
    "denies": "denies: ",
    "declines-comment": "declines: ",
    "asks": "asks: ",
    "orders": "orders: ",
    "predicts": "predicts: ",
}
"""What stands before a phrase that its speaker does not simply assert: without it, it reads as a fact."""

_OWN_LEADS = frozenset({"predicts", "orders"})
"""Stances that the words of a statement show by themselves ("will", "to explain")."""


def speaker(link: Attribution) -> str:
    """Return one link of the chain: `two officials (unnamed ×2)`, `The Wire`."""
    name = printable(link.speaker or (link.speaker_target.exact if link.speaker_target else "")) or "somebody"
    if not link.unnamed:
        return name
    times = counted(link.count)
    return f"{name} (unnamed{' ' + times if times else ''})"


def counted(count: Count | None) -> str:
    """Return `×2`, `×2+`, `×2–4`, or "" for one speaker and for no count."""
    if count is None or count.minimum is None or (count.minimum, count.maximum) == (1, 1):
        return ""
    if count.maximum is None:
        return f"\u00d7{count.minimum}+"
    if count.minimum == count.maximum:
        return f"\u00d7{count.minimum}"
    return f"\u00d7{count.minimum}\u2013{count.maximum}"


def chain(claim: Claim) -> str:
    """Return who says so, innermost first; the publisher only when the page itself speaks."""
    if not own_voice(claim):
        return OUTWARD.join(speaker(link) for link in claim.attribution if link.role != "publisher")
    names = [link.speaker for link in claim.attribution if link.speaker]
    return f"{printable(names[0])} (own voice)" if names else "own voice"


def stance(claim: Claim) -> str:
    """Return `alleges (reportedly)`."""
    hedges = ", ".join(printable(hedge) for hedge in claim.hedges)
    return f"{claim.stance} ({hedges})" if hedges else claim.stance


def own_voice(claim: Claim) -> bool:
    """Whether the document itself speaks: nobody stands in the chain but its publisher."""
    return all(link.role == "publisher" for link in claim.attribution)


def what(claim: Claim) -> str:
    """Return the roles as a phrase with the qualifiers: `Orlan Works → Veld Port: 7+ drones, Feb 2022`.

    A statement is its own words, which hold their own negation. What is denied, refused, asked, ordered or
    foretold has that before it: `denies: Orlan Works owns Veld Port`.
    """
    return lead(claim) + _phrase(claim)


def lead(claim: Claim) -> str:
    """Return `denies: `, or "" for what is asserted or alleged."""
    return "" if _is_worded(claim) and claim.stance in _OWN_LEADS else _LEADS.get(claim.stance, "")


def _is_worded(claim: Claim) -> bool:
    return claim.kind not in _PATTERNS or not any(claim.roles.values())


def _phrase(claim: Claim) -> str:
    if _is_worded(claim):
        return words(claim)
    pattern = _PATTERNS[claim.kind][claim.polarity == "negative"]
    if claim.kind == "sanction" and claim.roles.get("authority") is None:
        pattern = f"{{quantity}}{{target}} {_LISTED[claim.polarity == 'negative']}"
    slots = {role: _filled(role, party) or _UNKNOWN for role, party in claim.roles.items()}
    slots |= _quantities(claim)
    phrase = pattern.format_map(_Slots(slots)).strip().rstrip(":").strip()
    extra = [part for part in _trailing(claim, pattern) if part]
    return ", ".join([phrase, *extra])


def words(claim: Claim) -> str:
    """Return the content as it stands in the page, its later parts behind `…`."""
    parts = (claim.content_target, *claim.content_continued)
    return " \u2026 ".join(printable(part.exact) for part in parts)


def _filled(role: str, party: Party | tuple[Party, ...] | None) -> str:
    """Return who or what fills a role, somebody who is only described as that."""
    if role in _THINGS or not isinstance(party, Party):
        return named(party)
    return _shown(party)


def named(party: Party | tuple[Party, ...] | None) -> str:
    """Return the name in a role, several joined by commas, "" for nobody."""
    if party is None:
        return ""
    if isinstance(party, tuple):
        return ", ".join(printable(one.name) for one in party)
    return printable(party.name)


def _shown(party: Party) -> str:
    """Return a name, or `a company (not named)` for words that only describe somebody."""
    name = printable(party.name)
    noun = name.rpartition(" ")[2]
    if party.mention is not None or party.schema is not None:
        return name
    if noun.lower() in _PRONOUNS or _SOMEBODY_ELSEWHERE.fullmatch(name):
        return f"{name} (not named)"
    if noun not in _SOMEBODY:
        return name
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name} (not named)"


class _Slots(dict[str, str]):
    def __missing__(self, role: str) -> str:
        return _UNKNOWN


def _quantities(claim: Claim) -> dict[str, str]:
    said = claim.qualifiers
    share = quantity(said.share) if said.share else ""
    count = quantity(said.quantity) if said.quantity else ""
    spaced = f"{count} " if count and claim.kind != "specification" else count
    return {
        "share": f"{share} of " if share else "",
        "quantity": spaced,
        "amount": amount(said.amount) if said.amount else "",
    }


def _trailing(claim: Claim, pattern: str) -> list[str]:
    """Return the qualifiers that the pattern has no slot for."""
    said = claim.qualifiers
    parts: list[str] = []
    if said.quantity and "{quantity}" not in pattern:
        parts.append(quantity(said.quantity))
    if said.amount and "{amount}" not in pattern:
        parts.append(amount(said.amount))
    if said.share and "{share}" not in pattern:
        parts.append(quantity(said.share))
    if said.instrument:
        parts.append(printable(said.instrument))
    if said.position:
        parts.append(printable(said.position))
    programme = named(claim.roles.get("programme"))
    if claim.kind == "sanction" and fold(programme) not in _ANY_PROGRAMME:
        parts.append(programme)
    parts.extend(printable(place.name) for place in said.places if place.name not in _names(claim))
    parts.extend(printable(period(date)) for date in said.dates)
    return parts


def _names(claim: Claim) -> set[str]:
    names: set[str] = set()
    for party in claim.roles.values():
        for one in party if isinstance(party, tuple) else (party,):
            if one is not None:
                names.add(one.name)
    return names
