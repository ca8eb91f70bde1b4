"""The structure of BER and DER data (ITU-T X.690): tags and values, without any meaning of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_DEEPEST = 30
_MOST = 100_000  # values looked at in one structure
_CONSTRUCTED = 0x20
SEQUENCE, SET, INTEGER, OCTETS, IDENTIFIER, IA5, CONTEXT = 0x30, 0x31, 0x02, 0x04, 0x06, 0x16, 0xA0


@dataclass(frozen=True, slots=True)
class Value:
    """One value: the first byte of its tag, and where its bytes stand. `whole` is where its tag begins."""

    data: bytes
    tag: int
    start: int
    end: int
    whole: int
    after: int  # where the next value begins

    @property
    def content(self) -> bytes:
        """The bytes of the value."""
        return self.data[self.start : self.end]

    @property
    def encoded(self) -> bytes:
        """The bytes of the value with its tag and length."""
        return self.data[self.whole : self.after]

    def parts(self) -> Iterator[Value]:
        """Yield the values inside. Raises ValueError where they are broken."""
        place = self.start
        for _ in range(_MOST):
            if place >= self.end:
                return
            part = value_at(self.data, place, self.end)
            yield part
            place = part.after

    def octets(self, depth: int = 0) -> bytes:
        """Return an octet string, put together where it comes in pieces. Raises ValueError."""
        if not self.tag & _CONSTRUCTED:
            return self.content
        if depth > _DEEPEST:
            raise ValueError("nested too deep")
        return b"".join(part.octets(depth + 1) for part in self.parts())


def value_at(data: bytes, place: int = 0, limit: int | None = None, depth: int = 0) -> Value:
    """Return the value that begins at a place. Raises ValueError where it is broken or ends too late."""
    limit = len(data) if limit is None else limit
    if place + 2 > limit or depth > _DEEPEST or data[place] & 0x1F == 0x1F:
        raise ValueError("no value")
    size, start = data[place + 1], place + 2
    if size == 0x80:
        end = _end(data, start, limit, depth)
        return Value(data, data[place], start, end, place, end + 2)
    if size > 0x80:
        wide = size - 0x80
        if wide > 8 or start + wide > limit:
            raise ValueError("no length")
        size, start = int.from_bytes(data[start : start + wide], "big"), start + wide
    if start + size > limit:
        raise ValueError("cut short")
    return Value(data, data[place], start, start + size, place, start + size)


def _end(data: bytes, place: int, limit: int, depth: int) -> int:
    """Return where the two zero bytes stand that end a value of indefinite length."""
    for _ in range(_MOST):
        if data[place : place + 2] == b"\0\0":
            return place
        place = value_at(data, place, limit, depth + 1).after
    raise ValueError("too many values")


def identifier(content: bytes) -> str:
    """Return an object identifier in dotted form."""
    if not content:
        return ""
    numbers = [min(content[0] // 40, 2), content[0] - 40 * min(content[0] // 40, 2)]
    number = 0
    for byte in content[1:64]:
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(number)
            number = 0
    return ".".join(map(str, numbers))
