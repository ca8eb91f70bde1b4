"""OneNote's revision store ([MS-ONESTORE], [MS-ONE]): a section's objects, their texts and their files."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_FRAGMENT: Final = struct.pack("<Q", 0xA4567AB1F5F7F4C4)
_FILE: Final = bytes.fromhex("e716e3bd65261145a4c48d4d0b7a9eac")
_TABLE_START: Final = frozenset({0x021, 0x022})
_TABLE_ENTRY: Final = 0x024
_DECLARED: Final = frozenset({0x02D, 0x02E, 0x0A4, 0x0A5, 0x0C4, 0x0C5})
_LONG_ID: Final = 16
_UNICODE, _EXTENDED = 0x1C001C22, 0x1C003498
_TITLE, _PAGE_TITLE, _AUTHOR, _LINK = 0x1C001CF3, 0x1C001D3C, 0x1C001D75, 0x1C001E20
_FILE_NAME, _PICTURE_NAME, _ALTERNATIVE = 0x1C001D9C, 0x1C001DD7, 0x1C001E58
_SIZES: Final = {1: 0, 2: 0, 3: 1, 4: 2, 5: 4, 6: 8}
_MOST_NODES, _MOST_OBJECTS, _MOST_PROPERTIES, _DEEPEST = 500_000, 200_000, 1_000, 20
_WIDE_RUN: Final = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\0|[\0-\xff][\x04\x05]){12,}", re.DOTALL)

Key = tuple[bytes, int]
"""An object's name: the GUID of its table, and its number below it."""


@dataclass(slots=True)
class Node:
    """One object: its texts by property, and the objects below it in order."""

    texts: dict[int, str] = field(default_factory=dict)
    below: list[Key] = field(default_factory=list)


def objects(data: bytes) -> dict[Key, Node]:
    """Return the objects by name in the order of the file; a later revision of one replaces the earlier."""
    found: dict[Key, Node] = {}
    count = 0
    place = data.find(_FRAGMENT)
    tables: dict[int, dict[int, bytes]] = {}
    while place >= 0 and count < _MOST_NODES:
        (list_id,) = struct.unpack_from("<I", data, place + 8) if place + 16 <= len(data) else (0,)
        table = tables.setdefault(list_id, {})
        for kind, reference, body in _nodes(data, place + 16):
            count += 1
            if kind in _TABLE_START:
                table.clear()
            elif kind == _TABLE_ENTRY and len(body) >= 4 + _LONG_ID:
                table[struct.unpack_from("<I", body)[0]] = body[4 : 4 + _LONG_ID]
            elif kind in _DECLARED and reference is not None and len(body) >= 4:
                key = _key(struct.unpack_from("<I", body)[0], table, list_id)
                node = _object(data, *reference, table, list_id)
                if node is not None and len(found) < _MOST_OBJECTS:
                    found[key] = node
        place = data.find(_FRAGMENT, place + 8)
    return found


def _key(compact: int, table: dict[int, bytes], list_id: int) -> Key:
    return table.get(compact >> 8, struct.pack("<II", list_id, compact >> 8)), compact & 0xFF


def _nodes(data: bytes, place: int) -> Iterator[tuple[int, tuple[int, int] | None, bytes]]:
    """Yield kind, reference (place and size) and further bytes of the nodes of one fragment."""
    for _ in range(_MOST_NODES):
        if place + 4 > len(data):
            return
        (head,) = struct.unpack_from("<I", data, place)
        kind, size = head & 0x3FF, head >> 10 & 0x1FFF
        if not kind or kind == 0xFF or size < 4 or place + size > len(data):
            return
        body = data[place + 4 : place + size]
        reference = None
        if head >> 27 & 0xF in {1, 2}:
            reference, used = _reference(body, head >> 23 & 3, head >> 25 & 3)
            body = body[used:]
        yield kind, reference, body
        place += size


def _reference(body: bytes, where: int, how_long: int) -> tuple[tuple[int, int] | None, int]:
    """Return place and size that a chunk reference states, and how many bytes it takes."""
    place_form, place_size, place_unit = (("<Q", 8, 1), ("<I", 4, 1), ("<H", 2, 8), ("<I", 4, 8))[where]
    size_form, size_size, size_unit = (("<I", 4, 1), ("<Q", 8, 1), ("<B", 1, 8), ("<H", 2, 8))[how_long]
    if len(body) < place_size + size_size:
        return None, len(body)
    place = struct.unpack_from(place_form, body)[0] * place_unit
    size = struct.unpack_from(size_form, body, place_size)[0] * size_unit
    return (place, size), place_size + size_size


def _object(data: bytes, place: int, size: int, table: dict[int, bytes], list_id: int) -> Node | None:
    blob = data[place : place + size]
    try:
        return _property_set(blob, table, list_id)
    except struct.error:
        return None


class _Reading:
    """A property set while it is read: what the object refers to is taken in the order of the properties."""

    def __init__(self, blob: bytes, references: Iterator[int]) -> None:
        self.blob, self.references = blob, references
        self.texts: dict[int, str] = {}
        self.below: list[int] = []

    def properties(self, place: int, depth: int = 0) -> int:
        """Read the set that begins at a place; return where its values end. Raises struct.error."""
        (count,) = struct.unpack_from("<H", self.blob, place)
        if count > _MOST_PROPERTIES or depth > _DEEPEST:
            raise struct.error("too many properties")
        names = struct.unpack_from(f"<{count}I", self.blob, place + 2)
        place += 2 + 4 * count
        for name in names:
            place = self._value(name, place, depth)
        return place

    def _value(self, name: int, place: int, depth: int) -> int:
        kind = name >> 26 & 0x1F
        if kind in _SIZES:
            return place + _SIZES[kind]
        if kind == 7:
            size = int(struct.unpack_from("<I", self.blob, place)[0])
            self._text(name & 0x7FFFFFFF, self.blob[place + 4 : place + 4 + size])
            return place + 4 + size
        if kind == 0x11:
            return self.properties(place, depth + 1)
        if kind in {8, 10, 12}:
            self._refer(kind, 1)
            return place
        (count,) = struct.unpack_from("<I", self.blob, place)
        place += 4
        if kind in {9, 11, 13}:
            self._refer(kind, count)
        elif kind == 0x10 and count:
            place += 4  # the properties' own name
            for _ in range(min(count, _MOST_PROPERTIES)):
                place = self.properties(place, depth + 1)
        elif kind != 0x10:
            raise struct.error("a property of an unknown kind")
        return place

    def _refer(self, kind: int, count: int) -> None:
        for _ in range(min(count, _MOST_OBJECTS) if kind in {8, 9} else 0):
            if (reference := next(self.references, None)) is None:
                return
            self.below.append(reference)

    def _text(self, name: int, value: bytes) -> None:
        if name == _EXTENDED:
            self.texts[name] = value.decode("cp1252", "replace").strip("\0")
        elif name in {_UNICODE, _TITLE, _PAGE_TITLE, _AUTHOR, _LINK, _FILE_NAME, _PICTURE_NAME, _ALTERNATIVE}:
            self.texts[name] = value.decode("utf-16-le", "replace").split("\0", 1)[0]


def _property_set(blob: bytes, table: dict[int, bytes], list_id: int) -> Node:
    """Return an object of its ObjectSpaceObjectPropSet: lists of references, then properties."""
    (head,) = struct.unpack_from("<I", blob)
    count = head & 0xFFFFFF
    compact = struct.unpack_from(f"<{count}I", blob, 4) if count * 4 + 4 <= len(blob) else ()
    place = 4 + 4 * count
    more = not head >> 31
    extended = bool(head >> 30 & 1)
    if more:
        (head,) = struct.unpack_from("<I", blob, place)
        place += 4 + 4 * (head & 0xFFFFFF)
        extended = bool(head >> 30 & 1)
    if extended:
        (head,) = struct.unpack_from("<I", blob, place)
        place += 4 + 4 * (head & 0xFFFFFF)
    reading = _Reading(blob, iter(compact))
    reading.properties(place)
    return Node(reading.texts, [_key(one, table, list_id) for one in reading.below])


def in_order(found: dict[Key, Node]) -> Iterator[Node]:
    """Yield the objects from above to below: those to which nothing refers, each with what is below it."""
    referred = {key for node in found.values() for key in node.below}
    seen: set[Key] = set()
    for root in (*(key for key in found if key not in referred), *found):
        stack = [root]
        while stack:
            key = stack.pop()
            if key in seen or key not in found:
                continue
            seen.add(key)
            yield found[key]
            stack.extend(reversed(found[key].below))


def text_of(node: Node) -> str:
    """Return an object's running text."""
    return node.texts.get(_UNICODE) or node.texts.get(_EXTENDED) or ""


def titles(node: Node) -> Iterator[str]:
    """Yield the titles that an object states for a page."""
    yield from (text for name in (_PAGE_TITLE, _TITLE) if (text := node.texts.get(name)))


def author(node: Node) -> str:
    """Return the author that an object names."""
    return node.texts.get(_AUTHOR, "")


def file_name(node: Node) -> str:
    """Return the name that an object states for a file or a picture."""
    return node.texts.get(_FILE_NAME) or node.texts.get(_PICTURE_NAME) or ""


def alternative(node: Node) -> str:
    """Return the words that stand for a picture: typed, or read from it by OneNote."""
    return node.texts.get(_ALTERNATIVE, "")


def files(data: bytes) -> Iterator[bytes]:
    """Yield the files and pictures that are stored in the section."""
    place = data.find(_FILE)
    while place >= 0:
        if place + 36 <= len(data):
            (size,) = struct.unpack_from("<Q", data, place + 16)
            if 0 < size <= len(data) - place - 36:
                yield data[place + 36 : place + 36 + size]
                place += size
        place = data.find(_FILE, place + 16)


def wide_runs(data: bytes) -> Iterator[str]:
    """Yield runs of Latin and Cyrillic letters in UTF-16, for stores whose structure is not known."""
    for found in _WIDE_RUN.finditer(data):
        text = found[0].decode("utf-16-le", "replace").strip()
        if sum(char.isalpha() or char.isspace() for char in text) * 4 >= 3 * len(text):
            yield text
