"""Content lines of vCard (RFC 6350, and versions 2.1 and 3.0) and iCalendar (RFC 5545)."""

from __future__ import annotations

import quopri
import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from dataclasses import dataclass, field

from casegraph.read.charset import decode

_LINE = re.compile(
    r"(?:(?P<group>[\w-]+)\.)?(?P<name>[A-Za-z0-9-]+)(?P<rest>(?:;(?:\"[^\"]*\"|[^\":])*)*):(?P<value>.*)",
    re.DOTALL,
)
_PARAMETER = re.compile(r";([A-Za-z0-9-]+)(?:=((?:\"[^\"]*\"|[^;\"])*))?")
_VALUES = re.compile(r"\"[^\"]*\"|[^,\"]+")
_ESCAPE = re.compile(r"\\([\\;,nN:])")
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Content:
    """One property: its name in capitals, its parameters, its value as written."""

    name: str
    value: str
    parameters: dict[str, list[str]]

    @property
    def text(self) -> str:
        """The value with its escapes undone."""
        return unescaped(self.value)

    @property
    def fields(self) -> list[str]:
        """The parts of a value that has several (a name, an address), empty ones too."""
        return [unescaped(part).strip() for part in re.split(r"(?<!\\);", self.value)]


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END."""

    name: str
    contents: list[Content] = field(default_factory=list)
    inside: list[Component] = field(default_factory=list)
    closed: bool = False

    def all(self, *names: str) -> Iterator[Content]:
        """Yield the properties of these names, in order."""
        yield from (one for one in self.contents if one.name in names)

    def first(self, *names: str) -> str:
        """Return the text of the first property of these names, "" where there is none."""
        return next((one.text for name in names for one in self.all(name)), "")


def unescaped(value: str) -> str:
    r"""Return a value without backslashes; `\n` is a line end."""
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def components(text: str) -> list[Component]:
    """Return the outermost components of a text; lines that are no content lines are passed over."""
    top = Component("")
    stack = [top]
    for line in _unfolded(text):
        content = _content(line)
        if content is None:
            continue
        if content.name == "BEGIN" and len(stack) <= _DEEPEST:
            inner = Component(content.value.strip().upper())
            stack[-1].inside.append(inner)
            stack.append(inner)
        elif content.name == "END" and len(stack) > 1:
            stack.pop().closed = True
        else:
            stack[-1].contents.append(content)
    return top.inside


def _unfolded(text: str) -> Iterator[str]:
    """Yield lines put together: one that begins with a blank goes on, and so does quoted-printable's `=`."""
    held: list[str] = []
    quoted = False
    for line in text.split("\n"):
        if held and quoted:
            held[-1] = held[-1][:-1]
            held.append(line)
        elif line[:1] in {" ", "\t"} and held:
            held.append(line[1:])
        else:
            if held:
                yield "".join(held)
            held = [line]
        quoted = line.endswith("=") and "QUOTED-PRINTABLE" in held[0].upper()
    if held:
        yield "".join(held)


def _content(line: str) -> Content | None:
    match = _LINE.fullmatch(line.strip("\r"))
    if match is None:
        return None
    parameters: dict[str, list[str]] = {}
    for name, value in _PARAMETER.findall(match["rest"]):
        key, values = (name.upper(), value) if value else ("TYPE", name)
        parameters.setdefault(key, []).extend(one.strip('" ') for one in _VALUES.findall(values))
    value = match["value"]
    coding = {one.upper() for one in parameters.get("ENCODING", []) + parameters.get("TYPE", [])}
    if "QUOTED-PRINTABLE" in coding:
        raw = quopri.decodestring(value.encode("utf-8", "replace"))
        value = decode(raw, next(iter(parameters.get("CHARSET", [])), None)).text
    elif coding & {"B", "BASE64"} and match["name"].upper() not in {
        "PHOTO",
        "LOGO",
        "SOUND",
        "KEY",
        "ATTACH",
    }:
        value = _from_base64(value)
    return Content(match["name"].upper(), value, parameters)


def _from_base64(value: str) -> str:
    try:
        return decode(b64decode(value)).text
    except (Base64Error, ValueError):
        return value


def binary(content: Content) -> bytes:
    """Return the bytes of a picture or an attachment that stands in a property, empty where none does."""
    value = content.value
    if value.startswith("data:"):
        value = value.partition(",")[2]
    elif not {one.upper() for one in content.parameters.get("ENCODING", [])} & {"B", "BASE64"}:
        return b""
    try:
        return b64decode(re.sub(r"\s", "", value))
    except (Base64Error, ValueError):
        return b""
