"""Zip packages of XML parts (OOXML), read with limits and as far as they are whole."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from casegraph.read.limits import MAX_RATIO, MAX_UNPACKED

_LOCAL = b"PK\x03\x04"
_END = b"PK\x05\x06"
_FAR = 0xFFFFFFFF  # the number stands in a further record (ZIP64)
_HEADER = struct.Struct("<4s5H3I2H")  # before a part
_CHUNK = 64  # bytes unpacked at once of a part that may be broken
_BOMB_SIZE = 5_000_000  # bytes; below it any ratio is harmless
_MOST_PARTS = 20_000
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def directory_of_another(data: bytes) -> bool:
    """Tell whether the last directory is that of a zip file which lies, stored, in one that was cut off."""
    place = data.rfind(_END)
    if place < 0 or place + 22 > len(data) or not data.startswith(_LOCAL):
        return False
    size, start = map(int, struct.unpack_from("<II", data, place + 12))
    return place - size - start > 0 and _FAR not in {start, size}


def opened(data: bytes) -> zipfile.ZipFile:
    """Return a zip file. Raises what zipfile does; BadZipFile where the directory is that of another."""
    if directory_of_another(data):
        raise zipfile.BadZipFile
    return zipfile.ZipFile(io.BytesIO(data))


class Package:
    """The parts of a packed document. What is wrong with it collects in `problems` (code, detail)."""

    def __init__(self, data: bytes) -> None:
        self.problems: list[tuple[str, str]] = []
        self._data = data
        self._unpacked = 0
        self._whole: zipfile.ZipFile | None = None
        self._salvaged: dict[str, bytes] = {}
        try:
            self._whole = opened(data)
            self.names = [entry.filename for entry in self._whole.infolist()[:_MOST_PARTS]]
        except (zipfile.BadZipFile, ValueError, OSError, struct.error, EOFError, NotImplementedError):
            self._salvaged = dict(self._salvage())
            self.names = list(self._salvaged)
            found = (
                f"{len(self.names)} of its parts could be saved" if self.names else "nothing could be saved"
            )
            self._problem("damaged", f"the zip package is broken; {found}")

    def _problem(self, code: str, detail: str) -> None:
        self.problems.append((code, detail))

    def _salvage(self) -> Iterator[tuple[str, bytes]]:
        """Yield the XML parts that stand in a package without a directory: most truncated files."""
        place = self._data.find(_LOCAL)
        while 0 <= place < len(self._data) - 30:
            header = _HEADER.unpack_from(self._data, place)
            flags, method, size, name_size, extra_size = (
                header[2],
                header[3],
                header[7],
                header[9],
                header[10],
            )
            start = place + 30 + name_size + extra_size
            name = self._data[place + 30 : place + 30 + name_size].decode("utf-8", "replace")
            if name.endswith((".xml", ".rels")) and method in {0, 8} and not flags & 1:
                end = start + size if size else len(self._data)
                content = self._data[start:end] if method == 0 else self._inflate(start)
                yield name, content
            place = self._data.find(_LOCAL, max(start, place + 4))

    def mended(self) -> bytes | None:
        """Return a package of the XML parts that could be saved, None where none could.

        Parts that end in the middle are closed, so that parsers which read whole packages alone can read it.
        """
        made = io.BytesIO()
        saved = 0
        with zipfile.ZipFile(made, "w") as package:
            for name in dict.fromkeys(self.names):
                root = self.tree(name) if name.endswith((".xml", ".rels")) else None
                if root is not None:
                    package.writestr(name, etree.tostring(root, encoding="UTF-8", xml_declaration=True))
                    saved += 1
        return made.getvalue() if saved else None

    def _inflate(self, start: int) -> bytes:
        """Unpack from a place as far as it goes: what comes before a broken byte is kept."""
        room = max(0, MAX_UNPACKED - self._unpacked)
        try:
            content = zlib.decompressobj(-15).decompress(self._data[start:], room)
        except zlib.error:
            content = b"".join(self._inflated(start, room))
        self._unpacked += len(content)
        return content

    def _inflated(self, start: int, room: int) -> Iterator[bytes]:
        """Yield what a few bytes at a time unpack to, up to the first that is broken."""
        inflater = zlib.decompressobj(-15)
        while room > 0 and start < len(self._data) and not inflater.eof:
            chunk = inflater.unconsumed_tail + self._data[start : start + _CHUNK]
            start += _CHUNK
            try:
                content = inflater.decompress(chunk, room)
            except zlib.error:
                return
            room -= len(content)
            yield content

    def _saved(self, entry: zipfile.ZipInfo) -> bytes | None:
        """Return what is left of a part that is broken or lies elsewhere than the directory says."""
        name = entry.orig_filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437", "replace")
        place = self._data.find(name)
        while place >= 0:
            head = place - _HEADER.size
            if head >= 0 and self._data[head : head + 4] == _LOCAL:
                fields = _HEADER.unpack_from(self._data, head)
                start = place + len(name) + fields[-1]
                if fields[3] == zipfile.ZIP_STORED:
                    return self._data[start : start + entry.file_size]
                return self._inflate(start) if fields[3] == zipfile.ZIP_DEFLATED else None
            place = self._data.find(name, place + 1)
        return None

    def _allowed(self, entry: zipfile.ZipInfo) -> bool:
        """Tell whether a part may be unpacked, and note it if not. `file_size` bounds what zipfile reads."""
        ratio = entry.file_size / max(1, entry.compress_size)
        if entry.file_size > _BOMB_SIZE and ratio > MAX_RATIO:
            self._problem("bomb", f"a part would unpack to {ratio:.0f} times its size; it was left packed")
            return False
        if self._unpacked + entry.file_size > MAX_UNPACKED:
            self._problem("too-large", "the parts unpack to more than is read; one was left packed")
            return False
        return True

    def part(self, name: str) -> bytes | None:
        """Return a part's bytes, None if it is missing, too large or broken."""
        if self._whole is None:
            return self._salvaged.get(name)
        try:
            entry = self._whole.getinfo(name)
        except KeyError:
            return None
        if not self._allowed(entry):
            return None
        try:
            content = self._whole.read(entry)
        except RuntimeError:  # zipfile says so of a password
            self._problem("encrypted", "a part of the package is encrypted")
            return None
        except (
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            OSError,
            EOFError,
            struct.error,
            NotImplementedError,
        ):
            self._problem("damaged", "a part of the package is broken; it was read as far as it goes")
            return self._saved(entry) or None
        self._unpacked += len(content)
        return content

    def tree(self, name: str) -> etree._Element | None:
        """Return a part as a tree: no entities, no network; broken XML as far as it goes."""
        content = self.part(name)
        if not content:
            return None
        if _DTD.search(content[:4096]):
            self._problem("damaged", "a part holds a document type, which the format forbids")
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError):
            root = None
        if root is None or len(parser.error_log.filter_from_fatals()):
            self._problem("damaged", "a part is not well-formed XML; it was read as far as it goes")
        return root

    def relations(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """Return type, target and whether it lies outside, by id, of a part's relationships."""
        folder, base = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", base + ".rels"))
        if root is None:
            return {}
        found: dict[str, tuple[str, str, bool]] = {}
        for relation in root:
            target = relation.get("Target") or ""
            outside = relation.get("TargetMode") == "External"
            if not outside:
                target = (
                    posixpath.normpath(posixpath.join(folder, target)) if target[:1] != "/" else target[1:]
                )
            kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
            found[relation.get("Id") or ""] = (kind, target, outside)
        return found


def local(tag: object) -> str:
    """Return an element's name without its namespace: strict and transitional OOXML differ only there."""
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """Return an attribute by its name in whatever namespace."""
    return next((str(value) for key, value in element.attrib.items() if local(key) == name), None)
