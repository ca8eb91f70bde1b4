"""What registers, notices of award and judgments list: label, colon, value, by lines or semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casegraph.attribute.base import Filler, Relation, Roles, Span
from casegraph.attribute.papers.sheet import Sheet
from casegraph.model import Kind, Qualifiers, Quantity

_FIELD = re.compile(
    r"(?:^|(?<=[；;。\n]))[ \t]*(?P<label>[^：:；;。，,\n]{2,16})[：:][ \t]*(?P<value>[^；;。\n]+)",
    re.MULTILINE,
)
_PARTED = re.compile(r"\n[ \t]*\n")
_VALUE_END = re.compile("[，,（(、]")
_LONGEST = 40  # characters of a party that nothing else shows to be one
_TIES: tuple[tuple[str, Kind, str, str], ...] = (
    ("owner", "ownership", "owner", "asset"),
    ("head", "directorship", "person", "organisation"),
    ("controller", "control", "controller", "controlled"),
    ("agent", "representation", "agent", "client"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One labelled value; `field` is what the label means in `papers.toml`."""

    field: str
    label: Span
    start: int
    end: int


def read_entries(sheet: Sheet) -> list[list[Entry]]:
    """Return the labelled values of each passage that has two or more, passages parted by blank lines."""
    found: list[list[Entry]] = []
    for start, end in _passages(sheet.text):
        own = [
            Entry(field, match.span("label"), match.start("value"), match.end("value"))
            for match in _FIELD.finditer(sheet.text, start, end)
            if (field := _field(sheet, match["label"].strip())) is not None
        ]
        if len(own) > 1:
            found.append(own)
    return found


def _passages(text: str) -> Iterator[Span]:
    place = 0
    for gap in _PARTED.finditer(text):
        yield place, gap.start()
        place = gap.end()
    yield place, len(text)


def _field(sheet: Sheet, label: str) -> str | None:
    exact = sheet.forms.register.get(label)
    if exact is not None or not label.endswith(tuple(sheet.forms.register)):
        return exact
    return (
        "agent"
        if any(label.endswith(one) for one, f in sheet.forms.register.items() if f == "agent")
        else None
    )


def find_entries(sheet: Sheet, passages: Sequence[Sequence[Entry]]) -> Iterator[Relation]:
    """Yield who owns, heads and acts for a passage's body, where it sits, who won the contract."""
    for entries in passages:
        company: Filler | None = None
        for number, entry in enumerate(entries):
            if entry.field == "company":
                company = _party(sheet, entry)
            body = company or next((_party(sheet, e) for e in entries[number:] if e.field == "company"), None)
            if body is not None:
                yield from _ties(sheet, entry, body)
        yield from _award(sheet, entries)


def _ties(sheet: Sheet, entry: Entry, body: Filler) -> Iterator[Relation]:
    if entry.field == "address":
        words = sheet.text[entry.start : entry.end].rstrip(" .,，")
        place = Filler(entry.start, entry.start + len(words), words, "Address")
        yield _made("presence", {"actor": body, "place": place}, entry)
        return
    for field, kind, one, other in _TIES:
        if entry.field != field:
            continue
        parties = (
            _parties(sheet, entry) if field in {"owner", "head"} else [p for p in [_party(sheet, entry)] if p]
        )
        for number, party in enumerate(parties):
            if party.name == body.name or (
                field in {"head", "agent"} and party.schema not in {None, "Person"}
            ):
                continue
            stop = parties[number + 1].start if number + 1 < len(parties) else entry.end
            share = _share(sheet, party.end, stop) if field == "owner" else Qualifiers()
            yield _made(kind, {one: party, other: body}, entry, share)


def _made(kind: Kind, roles: Roles, entry: Entry, qualifiers: Qualifiers | None = None) -> Relation:
    spans = [(p.start, p.end) for p in roles.values() if isinstance(p, Filler)]
    low, high = min([entry.label[0], *(s for s, _ in spans)]), max([entry.end, *(e for _, e in spans)])
    return Relation(
        kind=kind, roles=roles, trigger=entry.label, evidence=(low, high),
        qualifiers=qualifiers or Qualifiers(), score=0.85,
    )  # fmt: skip


def _award(sheet: Sheet, entries: Sequence[Entry]) -> Iterator[Relation]:
    """Yield the contract that a notice of award tells: who bought, who won, what, for how much."""
    fields = {entry.field: entry for entry in reversed(entries)}
    if not {"buyer", "supplier"} <= fields.keys():
        return
    buyer, supplier = _party(sheet, fields["buyer"]), _party(sheet, fields["supplier"])
    if buyer is None or supplier is None or buyer.name == supplier.name:
        return
    subject = None
    if "subject" in fields:
        entry = fields["subject"]
        subject = Filler(entry.start, entry.end, sheet.text[entry.start : entry.end].strip())
    amounts = [
        m for m in sheet.mentions
        if m.kind == "amount" and "amount" in fields
        and fields["amount"].start <= m.target.start < fields["amount"].end
    ]  # fmt: skip
    money = Qualifiers(amount=amounts[0].amount, targets=(amounts[0].target,)) if amounts else Qualifiers()
    roles: Roles = {"buyer": buyer, "supplier": supplier, "subject": subject}
    yield _made("contract", roles, fields["supplier"], money)


def _parties(sheet: Sheet, entry: Entry) -> list[Filler]:
    """Return all people and bodies of a value in order; the value itself where none is seen."""
    inside = [
        one
        for one in sorted([*sheet.people, *sheet.bodies], key=lambda p: (p.start, -p.end))
        if entry.start <= one.start and one.end <= entry.end
    ]
    found: list[Filler] = []
    for one in inside:
        if not found or one.start >= found[-1].end:
            found.append(one)
    first = _party(sheet, entry)
    return found or ([first] if first is not None else [])


def _party(sheet: Sheet, entry: Entry) -> Filler | None:
    """Return who or what a value names: what begins it, else its words up to the first mark."""
    words = _VALUE_END.split(sheet.text[entry.start : entry.end])[0].strip()
    if not words or len(words) > _LONGEST or any(char.isdigit() for char in words):
        return None
    start = entry.start + sheet.text[entry.start : entry.end].index(words)
    for one in (*sheet.bodies, *sheet.people):
        if one.start == start and one.end >= start + len(words):
            return one
    return Filler(start, start + len(words), words)


def _share(sheet: Sheet, start: int, end: int) -> Qualifiers:
    for mention in sheet.mentions:
        quantity: Quantity | None = mention.quantity if mention.kind == "quantity" else None
        if quantity is not None and quantity.unit == "%" and start <= mention.target.start < end:
            return Qualifiers(share=quantity, targets=(mention.target,))
    return Qualifiers()
