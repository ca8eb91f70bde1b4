"""Files inside office documents: parts of a package, objects in compound files ([MS-CFB], [MS-OLEDS])."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import olefile

from casegraph.read.blips import blips
from casegraph.read.charset import decode
from casegraph.read.compoundfile import Tree, compound
from casegraph.read.draft import Draft
from casegraph.read.limits import MAX_CHILD
from casegraph.read.package import Package

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SMALLEST_IMAGE = 10_000  # bytes; below it are logos, bullets and lines
_MOST = 1_000  # objects taken out of one document
_NATIVE = "\x01ole10native"
_WHOLE = frozenset({"package", "contents", "embedpackage", "embeddedodf"})  # streams that are a file
_DOCUMENTS = {
    "worddocument": ".doc", "workbook": ".xls", "book": ".xls", "powerpoint document": ".ppt",
    "visiodocument": ".vsd", "quill": ".pub", "__properties_version1.0": ".msg",
}  # fmt: skip
"""Streams that tell the document in a storage, and how such a file's name ends."""
_OBJECT_ATOM = 0x1011
_FILES = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".rtf", ".zip")
_SHOWN = frozenset({"jpeg", "png", "tiff"})
_IMAGES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".heic")

_RECORDINGS = (
    ".mp3",
    ".wav",
    ".m4a",
    ".wma",
    ".ogg",
    ".mp4",
    ".m4v",
    ".mov",
    ".wmv",
    ".avi",
    ".mpg",
    ".mpeg",
)


@dataclass(slots=True)
class Compound:
    """What an OLE compound file holds besides its document."""

    macros: bool = False
    unread: int = 0  # embedded documents that are storages, not files: they cannot be taken out whole
    damaged: bool = False


def has_macros(data: bytes) -> bool:
    """Return whether a compound file or package holds a macro project. Nothing is run."""
    return "_VBA_PROJECT".encode("utf-16-le") in data or b"vbaProject.bin" in data


def objects(data: bytes, found: Compound, *, inner: bool = False) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of the files that are embedded as objects in a compound file.

    `inner` tells that the compound file is itself the wrapping of an object.
    """
    above = 0 if inner else 1
    taken: set[tuple[str, ...]] = set()
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as whole:
            listed = whole.listdir()[:100_000]
            for path in listed:
                name = path[-1].lower()
                if name == _NATIVE:
                    content = _native(whole.openstream(path).read())
                    if content is not None:
                        yield content
                elif name in _WHOLE and len(path) > above:
                    content = ("", whole.openstream(path).read())
                    if content[1]:
                        yield content
                elif name in _DOCUMENTS and len(path) > 1 and not _within(tuple(path[:-1]), taken):
                    taken.add(tuple(path[:-1]))
                    content = (_called(path[-2], name), _storage(whole, listed, path[:-1]))
                    if content[1]:
                        yield content
                    else:
                        found.unread += 1
                elif name == "powerpoint document" and len(path) == 1:
                    yield from _show_objects(whole.openstream(path).read(), found)
    except (OSError, ValueError, IndexError, TypeError, struct.error, RecursionError, AttributeError):
        # olefile meets broken sector chains and directories with whatever Python raises there.
        found.damaged = True


def _within(path: tuple[str, ...], taken: set[tuple[str, ...]]) -> bool:
    """Tell whether a storage, or one around it, was taken out already."""
    return any(path[:size] in taken for size in range(1, len(path) + 1))


def _called(storage: str, stream: str) -> str:
    return f"{storage.strip()}{_DOCUMENTS[stream]}"


def _storage(whole: olefile.OleFileIO, listed: list[list[str]], path: list[str]) -> bytes:
    """Return a storage as a compound file of its own, empty where it is too large."""
    tree: Tree = {}
    for other in listed:
        if other[: len(path)] == path:
            place = tree
            for name in other[len(path) : -1]:
                inner = place.setdefault(name, {})
                if isinstance(inner, bytes):
                    return b""
                place = inner
            place[other[-1]] = whole.openstream(other).read()
    try:
        return compound(tree)
    except (ValueError, struct.error):
        return b""


def _show_objects(stream: bytes, found: Compound) -> Iterator[tuple[str, bytes]]:
    """Yield the objects on slides, compound files mostly packed ([MS-PPT] 2.10.34 ExOleObjStg)."""
    place = number = 0
    while place + 8 <= len(stream):
        version, kind, size = struct.unpack_from("<HHI", stream, place)
        place += 8
        if kind == _OBJECT_ATOM:
            number += 1
            body = stream[place : place + size]
            if version >> 4 == 1:
                unpacked = zlib.decompressobj()
                try:
                    body = unpacked.decompress(body[4:], MAX_CHILD)
                except zlib.error:
                    found.unread += 1
                    body = b""
            if body.startswith(OLE) and "_VBA_PROJECT".encode("utf-16-le") not in body:  # which is no object
                inner = list(objects(body, found, inner=True))
                yield from inner or [(f"object{number}", body)]
        if version & 0xF != 0xF:  # else a container, whose records follow
            place += size


def _native(stream: bytes) -> tuple[str, bytes] | None:
    """Return name and bytes of a file in an Ole10Native stream (packager object), None if it is none."""
    place = 6
    names: list[str] = []
    for _ in range(2):
        end = stream.find(b"\0", place, place + 1_000)
        if end < 0:
            return None
        names.append(decode(stream[place:end]).text)
        place = end + 1
    try:
        (length,) = struct.unpack_from("<I", stream, place + 4)
        place += 8 + length
        (size,) = struct.unpack_from("<I", stream, place)
    except struct.error:
        return None
    content = stream[place + 4 : place + 4 + size]
    name = (names[0] or names[1]).replace("\\", "/").rsplit("/", 1)[-1]
    return (name, content) if content else None


def hold_parts(draft: Draft, package: Package, folder: str) -> None:
    """Hold what a package embeds below `folder`: documents, and images that may show more than a logo."""
    unread = 0
    for number, name in enumerate(package.names):
        where, _, ending = name.removeprefix(f"{folder}/").partition("/")
        if not name.startswith(f"{folder}/") or not ending or number > _MOST:
            continue
        if where == "embeddings":
            unread += _hold_object(draft, name, package.part(name) or b"")
        elif where == "media" and name.lower().endswith((*_IMAGES, *_RECORDINGS)):
            content = package.part(name) or b""
            if len(content) >= (1 if name.lower().endswith(_RECORDINGS) else _SMALLEST_IMAGE):
                draft.hold(draft.child(name, content, "embedded"))
    _tell(draft, unread)


def hold_pictures(draft: Draft, package: Package) -> None:
    """Hold the images of a package of any kind that may show more than a logo, and files in it."""
    for name in package.names[:_MOST]:
        lower = name.lower()
        if (lower.endswith(_IMAGES) and "thumbnail" not in lower) or lower.endswith(_FILES):
            content = package.part(name) or b""
            if len(content) >= (_SMALLEST_IMAGE if lower.endswith(_IMAGES) else 1):
                draft.hold(draft.child(name, content, "embedded"))


def hold_blips(draft: Draft, drawings: bytes, *, images: bool = True) -> None:
    """Hold the pictures of binary drawings that may show more than a logo, and PDFs drawn there."""
    seen: set[bytes] = set()
    for ending, content in blips(drawings):
        wanted = ending == "pdf" or (images and ending in _SHOWN and len(content) >= _SMALLEST_IMAGE)
        if wanted and content not in seen and len(seen) < _MOST:
            seen.add(content)
            draft.hold(draft.child(f"media/picture{len(seen)}.{ending}", content, "embedded"))


def _hold_object(draft: Draft, name: str, content: bytes) -> int:
    """Hold an embedded part, or the file in it; return how many documents in it could not be taken out."""
    if not content:
        return 0
    if not content.startswith(OLE) or not name.lower().endswith(".bin"):
        draft.hold(draft.child(name, content, "embedded"))
        return 0
    return hold_objects(draft, content, whole=name)


def hold_objects(draft: Draft, data: bytes, *, whole: str | None = None) -> int:
    """Hold the files in a compound file. `whole` names it where it is an embedded document itself.

    Returns how many embedded documents could not be taken out.
    """
    found = Compound()
    held = 0
    for name, content in objects(data, found, inner=whole is not None):
        if len(content) > MAX_CHILD or held >= _MOST:
            draft.problem("too-large", "an embedded object was left where it is")
            continue
        held += 1
        draft.hold(draft.child(f"embedded/{name}" if name else f"embedded/{held}", content, "embedded"))
    if whole is not None and not held:
        draft.hold(draft.child(whole, data, "embedded"))
    return found.unread


_CLASS = struct.Struct("<III")  # OLE version, format id, length of the class name
_LINKED, _EMBEDDED = 1, 2


def hold_rtf_objects(draft: Draft, found: Iterable[bytes]) -> None:
    """Hold the objects of an RTF file ([MS-OLEDS] 2.2.5); of a link keep where it leads (2.2.6)."""
    unread = 0
    for number, data in enumerate(found, 1):
        if number > _MOST:
            break
        form, native = _object(data)
        if form == _LINKED:
            draft.value("linked_file", native.decode("latin-1"))
        elif not native:
            unread += 1
        elif native.startswith(OLE):
            unread += hold_objects(draft, native, whole=f"embedded/object{number}.bin")
        else:
            file = _native(struct.pack("<I", len(native)) + native) or (f"object{number}", native)
            draft.hold(draft.child(f"embedded/{file[0]}", file[1], "embedded"))
    _tell(draft, unread)


def _object(data: bytes) -> tuple[int, bytes]:
    """Return the form of an object and its native data, or the file that a link leads to; b"" if broken."""
    if data.startswith(OLE):  # some programs leave the structure around it away
        return _EMBEDDED, data
    form = 0
    try:
        _, form, length = _CLASS.unpack_from(data, 0)
        place = _CLASS.size + length
        topic = b""
        for _ in range(2):  # topic and item name
            (length,) = struct.unpack_from("<I", data, place)
            topic = topic or data[place + 4 : place + 4 + length].rstrip(b"\0")
            place += 4 + length
        if form == _LINKED:
            return form, topic
        (size,) = struct.unpack_from("<I", data, place)
    except struct.error:
        return form, b""
    return form, data[place + 4 : place + 4 + size] if form == _EMBEDDED else b""


def _tell(draft: Draft, unread: int) -> None:
    if unread:
        draft.problem("attachment-unread", f"{unread} embedded documents could not be taken out")
