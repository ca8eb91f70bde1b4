"""Web archive collections (WACZ 1.1): their WARCs are documents; hashes and signature are checked."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

from casegraph.model import DEEPEST, Original, Unpacked
from casegraph.read.base import Reader, Reading
from casegraph.read.cleaning import clean_value
from casegraph.read.draft import Draft
from casegraph.read.pieces import Piece
from casegraph.read.unpacking import ZIP_ERRORS, Budget
from casegraph.read.webdigest import Check, agrees
from casegraph.read.websignature import verify

_TYPE = "application/wacz"
_PACKAGE, _DIGEST = "datapackage.json", "datapackage-digest.json"
_OWN = ("indexes/", "pages/", "logs/", "archive/", "datapackage")
_BLOCK = 1 << 20
_MOST_JSON = 16 << 20  # bytes of one of its tables of contents
_MOST_FAULTS = 100
_TOLD = {
    "wacz_version": "wacz_version", "software": "software", "created": "created", "modified": "modified",
    "description": "description", "mainPageUrl": "main_page", "mainPageDate": "main_page_date",
}  # fmt: skip


def _recognise(original: Original) -> str | None:
    if not original.data.startswith(b"PK\x03\x04") or _PACKAGE.encode() not in original.data:
        return None
    try:
        names = zipfile.ZipFile(io.BytesIO(original.data)).namelist()
    except (*ZIP_ERRORS, NotImplementedError):
        return None
    has = {_PACKAGE} <= set(names) and any(
        name.startswith("archive/") or name.endswith(".wacz") for name in names
    )
    return _TYPE if has else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the archives inside, then a page that lists the captured pages: time, title and address.

    Problems: `digest-mismatch` for each file that is not what the package says of it, `signature-wrong`,
    `damaged-part`, and those of containers.
    """
    draft = Draft(original, media_type, "wacz 1")
    if original.depth >= DEEPEST:
        draft.problem("too-deep", f"{DEEPEST} containers lie around this one; it was not opened")
        yield from draft.finish()
        return
    package = _Package(draft)
    with contextlib.suppress(Budget.SpentError):  # the draft says why; what came before stays
        yield from package.files()
    package.tell()
    yield from draft.finish()


class _Package:
    """One collection while it is read."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._zip = zipfile.ZipFile(io.BytesIO(draft.original.data))
        self._budget = Budget(draft)
        self._tally: Counter[str] = Counter()
        self._lines: list[str] = []
        self._seen: set[str] = set()
        self._package = self._bytes(_PACKAGE)
        self._about = _table(self._package)
        self._stated = {
            str(one.get("path") or ""): str(one.get("hash") or "")
            for one in _list(self._about.get("resources"))
            if isinstance(one, dict)
        }

    def _bytes(self, name: str) -> bytes:
        """Return one of the small files, nothing when it is missing, broken or too long."""
        try:
            with self._zip.open(name) as stream:
                data = stream.read(_MOST_JSON + 1)
        except (*ZIP_ERRORS, NotImplementedError, RuntimeError, KeyError):
            return b""
        return data if len(data) <= _MOST_JSON else b""

    def files(self) -> Iterator[Unpacked]:
        """Go through all files: check each, yield those that are documents."""
        for entry in self._zip.infolist():
            name = entry.filename
            if entry.is_dir() or name in {_PACKAGE, _DIGEST}:
                continue
            self._budget.member()
            self._seen.add(name)
            check = Check(self._stated.get(name, ""))
            try:
                with self._zip.open(entry) as stream:
                    blocks = _watched(iter(partial(stream.read, _BLOCK), b""), check)
                    wanted = name.startswith(("archive/", "pages/")) or not name.startswith(_OWN)
                    data = self._budget.collect(blocks) if wanted else None
                    self._budget.skip(blocks)
            except (*ZIP_ERRORS, NotImplementedError, RuntimeError):
                self._fault("damaged-part", f"{name} is broken and could not be taken out")
                continue
            self._judge(name, check.result())
            if data is not None and name.startswith("pages/"):
                self._pages(data)
            elif data is not None:
                yield self._draft.child(name, data, "member", modified=None)

    def _judge(self, name: str, good: bool | None) -> None:  # noqa: FBT001 - the three-valued result itself
        if name not in self._stated:
            self._tally["not stated"] += 1
        else:
            self._tally["right" if good else "wrong" if good is False else "not checked"] += 1
        if good is False:
            self._fault("digest-mismatch", f"{name} has not the hash that the collection states")

    def _fault(self, code: str, detail: str) -> None:
        self._tally["faults"] += 1
        if self._tally["faults"] <= _MOST_FAULTS:
            self._draft.problem(code, clean_value(detail, 300))

    def _pages(self, data: bytes) -> None:
        """Take the list of captured pages (JSON lines, the first of which is a header)."""
        for line in data.decode("utf-8", "replace").splitlines():
            page = _table(line.encode())
            url = page.get("url")
            if isinstance(url, str):
                parts = (str(page.get("ts") or ""), str(page.get("title") or ""), url)
                self._lines.append("\t".join(clean_value(part, 2_000) for part in parts))

    def tell(self) -> None:
        """Say what the collection says of itself and what the checks came to."""
        draft = self._draft
        title = self._about.get("title")
        draft.title = title if isinstance(title, str) else None
        for key, name in _TOLD.items():
            value = self._about.get(key)
            draft.value(name, value if isinstance(value, str) else None)
        for missing in sorted(self._stated.keys() - self._seen - {_PACKAGE, _DIGEST, ""}):
            self._fault("damaged-part", f"{missing} is missing, which the collection names")
        for outcome in ("right", "wrong", "not checked", "not stated"):
            if self._tally[outcome]:
                draft.value("digests", f"{outcome} {self._tally[outcome]}")
        draft.value("signature", self._signature())
        lines = list(dict.fromkeys(self._lines))
        draft.page([Piece("\n".join(lines), "table")] if lines else [])

    def _signature(self) -> str:
        """Check the digest of the package and its signature; return the words for it."""
        about = _table(self._bytes(_DIGEST))
        if not about:
            return "none"
        if agrees(str(about.get("hash") or ""), self._package) is False:
            self._fault("digest-mismatch", f"{_PACKAGE} has not the hash that the collection states")
        signed = about.get("signedData")
        if not isinstance(signed, dict):
            return "none"
        verdict = verify(signed)
        if verdict.good and agrees(str(signed.get("hash") or ""), self._package) is not True:
            self._draft.problem("signature-wrong", "the signature is that of another list of files")
            return f"of another list of files; {verdict.words}"
        if verdict.good is False:
            self._draft.problem("signature-wrong", "the signature of the collection is wrong")
        return verdict.words


def _watched(blocks: Iterator[bytes], check: Check) -> Iterator[bytes]:
    for block in blocks:
        check.update(block)
        yield block


def _table(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


READER = Reader(name="wacz", version=1, media_types=(_TYPE,), recognise=_recognise, read=read)
