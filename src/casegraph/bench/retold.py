"""Made articles told again under other names, so that a large case can be made in bounded time.

Told again, an article is another document with the same words, but with the fingerprint that other words
would give: n-grams, figures and parties are others, in all articles of its story alike. So it meets its own
story and, by chance, what anything meets in a case of that size; and what is compared word by word stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from casegraph.bench.wires import Wire
from casegraph.model import Credit, Document, Fingerprint, Imprint, Page, Parsed, Record, content_id
from casegraph.trace.sketch import unpack

MOST = 1 << 12
"""How often a story can be told: by so many bits at the low end its n-grams are told apart."""

_TYPES: tuple[type[Record], ...] = (Document, Page, Fingerprint, Credit, Imprint)
_DUMPED: msgspec.msgpack.Decoder[list[tuple[Wire, list[tuple[int, bytes]]]]] = msgspec.msgpack.Decoder(
    list[tuple[Wire, list[tuple[int, bytes]]]]
)
_FIGURE = re.compile(r"n:(\d+)$")


class Told(msgspec.Struct, frozen=True):
    """An article with what `read` and `trace` make of it."""

    article: Wire
    parsed: Parsed
    found: tuple[Fingerprint | Credit | Imprint, ...]


def retold(told: Sequence[Told], count: int) -> Iterator[Told]:
    """Yield so many articles: those given, then all of them again and again under other names."""
    stories = 1 + max(one.article.story for one in told)
    kept = [_packed(one) for one in told]
    for number in range(count):
        time, place = divmod(number, len(told))
        yield _again(told[place], kept[place], time, stories) if time else told[place]


def dumped(told: Sequence[Told]) -> bytes:
    """Return articles as bytes."""
    return msgspec.msgpack.encode([(one.article, _packed(one)) for one in told])


def loaded(data: bytes) -> list[Told]:
    """Return the articles that `dumped` has written; raises msgspec.DecodeError for other bytes."""
    return [_unpacked(article, kept) for article, kept in _DUMPED.decode(data)]


def _packed(one: Told) -> list[tuple[int, bytes]]:
    records: list[Record] = [one.parsed.document, *one.parsed.pages, *one.found]
    return [(_TYPES.index(type(record)), msgspec.msgpack.encode(record)) for record in records]


def _again(one: Told, kept: Sequence[tuple[int, bytes]], time: int, stories: int) -> Told:
    """Return an article told for another time; ids are of one length, so that packed ones can be replaced."""
    old = one.parsed.document.id
    new = content_id(f"{old} {time}".encode())
    article = msgspec.structs.replace(one.article, story=one.article.story + time * stories)
    made = _unpacked(article, [(kind, data.replace(old.encode(), new.encode())) for kind, data in kept])
    return msgspec.structs.replace(made, found=tuple(_renamed(record, time) for record in made.found))


def _unpacked(article: Wire, kept: Sequence[tuple[int, bytes]]) -> Told:
    records = [msgspec.msgpack.decode(data, type=_TYPES[kind]) for kind, data in kept]
    (document,) = (record for record in records if isinstance(record, Document))
    pages = tuple(record for record in records if isinstance(record, Page))
    return Told(
        article,
        Parsed(document=document, pages=pages, parses=(), mentions=()),
        tuple(record for record in records if isinstance(record, Fingerprint | Credit | Imprint)),
    )


def _renamed(record: Fingerprint | Credit | Imprint, time: int) -> Fingerprint | Credit | Imprint:
    if isinstance(record, Credit | Imprint):
        return record
    hashes = np.sort(unpack(record.sketch) ^ np.uint32(time % MOST))
    marks = sorted({_FIGURE.sub(lambda found: f"n:{_figure(found[1], time)}", one) for one in record.marks})
    return msgspec.structs.replace(record, sketch=hashes.astype("<u4").tobytes(), marks=tuple(marks))


def _figure(value: str, time: int) -> int:
    """Return another number of as many digits."""
    least: int = 10 ** (len(value) - 1)
    return least + (int(value) - least + 7919 * time) % (9 * least)
