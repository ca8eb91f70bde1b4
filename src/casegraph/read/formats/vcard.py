"""Address cards (VCF): a block a card, its fields as lines; pictures are documents of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.charset import decode, is_text
from casegraph.read.cleaning import clean
from casegraph.read.contentlines import Component, Content, binary, components
from casegraph.read.draft import Draft
from casegraph.read.pieces import Piece

_TYPE = "text/vcard"
_BEGINS = re.compile(r"\s*BEGIN:VCARD\s", re.IGNORECASE)
_NAMES = {
    "ORG": "organisation", "TITLE": "title", "ROLE": "role", "TEL": "telephone", "EMAIL": "e-mail",
    "ADR": "address", "LABEL": "address", "URL": "web", "BDAY": "born", "NICKNAME": "also known as",
    "NOTE": "note", "REV": "revised", "CATEGORIES": "categories", "IMPP": "messenger", "TZ": "time zone",
    "GEO": "place", "UID": "identifier", "RELATED": "related", "MEMBER": "member", "GENDER": "gender",
    "ANNIVERSARY": "anniversary", "LANG": "language", "AGENT": "agent", "PRODID": "made with",
    "DEATHDATE": "died", "BIRTHPLACE": "born in", "KIND": "kind", "MAILER": "mail program",
}  # fmt: skip
_BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_PASSED = frozenset({"VERSION", "N", "FN", "BEGIN", "END", "X-ABLABEL", *_BINARY})
_KINDS = frozenset({"HOME", "WORK", "CELL", "FAX", "VOICE", "PAGER", "MOBILE", "OTHER"})


def _recognise(original: Original) -> str | None:
    if b"vcard" not in original.data[:400].replace(b"\0", b"").lower() or not is_text(original.data):
        return None
    return _TYPE if _BEGINS.match(decode(original.data[:400]).text.lstrip("\ufeff")) else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the cards in order.

    Problems: `undecodable`, `cut`, `truncated`, `no-text`.
    """
    draft = Draft(original, media_type, "vcard 1")
    decoded = decode(original.data)
    draft.decoding(decoded)
    cards = components(clean(decoded.text))
    pieces: list[Piece] = []
    for card in cards:
        name = _name(card)
        pieces.append(Piece("\n".join([name, *_lines(card)]).strip(), "table"))
        for content in card.contents:
            if content.name in _BINARY and (data := binary(content)):
                draft.hold(draft.child(f"{name or 'card'}-{content.name.lower()}", data, "embedded"))
    draft.value("cards", str(len(cards)))
    draft.title = _name(cards[0]) or None if len(cards) == 1 else None
    if any(not card.closed for card in cards):
        draft.problem("truncated", "a card has no end: the file was probably cut off")
    draft.page(pieces)
    if not draft.filled:
        draft.problem("no-text", "the cards hold nothing")
    yield from draft.finish()


def _name(card: Component) -> str:
    """Return the name as it is written, or put together from its parts: prefix, given, middle, family."""
    if stated := " ".join(card.first("FN").split()):
        return stated
    parts = next(iter(card.all("N")), None)
    if parts is None:
        return " ".join(card.first("ORG").replace(";", " ").split())
    family, given, middle, prefix, suffix = [*parts.fields, "", "", "", "", ""][:5]
    return " ".join(filter(None, (prefix, given, middle, family, suffix)))


def _lines(card: Component) -> Iterator[str]:
    for content in card.contents:
        if content.name in _PASSED:
            continue
        own = content.name.startswith("X-")
        label = _NAMES.get(content.name) or content.name.removeprefix("X-").lower().replace("-", " ")
        value = _value(content)
        if value and not (own and content.name.startswith(("X-AB", "X-MS-OL-DESIGN"))):
            kinds = [one.lower() for one in content.parameters.get("TYPE", []) if one.upper() in _KINDS]
            yield f"{' '.join([*kinds, label])}: {value}"


def _value(content: Content) -> str:
    if content.name in {"ADR", "ORG", "GEO"}:
        text = ", ".join(filter(None, content.fields))
    else:
        text = content.text.removeprefix("tel:").removeprefix("mailto:")
    return " ".join(text.split())


READER = Reader(name="vcard", version=1, media_types=(_TYPE,), recognise=_recognise, read=read)
