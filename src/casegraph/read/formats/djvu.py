"""DjVu: the text layer with the places of its words; pages without one are read by OCR."""

from __future__ import annotations

import tempfile
from pathlib import Path

from casegraph.model import Original
from casegraph.read import djvulibre
from casegraph.read.base import Reader, Reading
from casegraph.read.draft import Draft
from casegraph.read.limits import MAX_PAGES
from casegraph.read.ocr import Scanned, read_image
from casegraph.read.pdfscan import FEW, pages_allowed
from casegraph.read.unread import name_type

_TYPE = "image/vnd.djvu"
_METADATA = {
    "title": "title", "author": "creator", "creator": "creator", "subject": "subject", "year": "year",
    "publisher": "publisher", "keywords": "keywords", "producer": "producer", "creationdate": "created",
    "moddate": "modified", "application": "application",
}  # fmt: skip


def _recognise(original: Original) -> str | None:
    return _TYPE if name_type(original) == _TYPE else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the pages.

    Problems: `tool-missing`, `damaged`, `page-damaged`, `poor-scan`, `no-text-layer`, `no-text`, `cut`.
    """
    draft = Draft(original, media_type, "djvu 1", paged=True)
    if not djvulibre.installed():
        draft.problem("tool-missing", "djvulibre is not installed, which opens this kind of file")
        yield from draft.finish()
        return
    with tempfile.TemporaryDirectory(prefix="casegraph-") as folder:
        path = Path(folder) / "page.djvu"
        path.write_bytes(original.data)
        leaves = djvulibre.leaves(path)
        if not leaves:
            draft.problem("damaged", "the file is broken: its pages cannot be found")
        else:
            for key, value in djvulibre.metadata(path).items():
                draft.value(_METADATA.get(key, f"custom_{key}"), value)
            draft.title = next(iter(draft.metadata.get("title", ())), None)
            _pages(draft, path, leaves)
    yield from draft.finish()


def _pages(draft: Draft, path: Path, leaves: list[djvulibre.Leaf]) -> None:
    layers = djvulibre.layers(path)
    layers += [djvulibre.Layer() for _ in range(len(leaves) - len(layers))]
    left = pages_allowed(len(draft.original.data))
    missing: dict[str, int] = {}
    unread = 0
    for number, (leaf, layer) in enumerate(zip(leaves[:MAX_PAGES], layers, strict=False), 1):
        pieces = list(djvulibre.pieces(layer, leaf))
        if sum(len(piece.text) for piece in pieces) >= FEW:
            draft.page(pieces, size=leaf.size)
            continue
        unread += left <= 0
        scanned = _scanned(draft, path, number, leaf) if left > 0 else Scanned()
        left -= scanned.cost
        if scanned.missing:
            missing[scanned.missing] = missing.get(scanned.missing, 0) + 1
        if scanned.poor:
            draft.problem("poor-scan", f"the words were read with {scanned.confidence} % confidence", number)
        draft.page(scanned.pieces or pieces, size=leaf.size, ocr=bool(scanned.pieces))
    for tool, count in missing.items():
        draft.problem("tool-missing", f"{tool} is not installed: {count} pages were not read")
    if unread:
        draft.problem("no-text-layer", f"{unread} pages are pictures beyond what is read of one file")
    if len(leaves) > MAX_PAGES:
        draft.problem("cut", f"the first {MAX_PAGES} of {len(leaves)} pages were read")
    if not draft.filled and not missing:
        draft.problem("no-text", "nothing can be read on the pages")


def _scanned(draft: Draft, path: Path, number: int, leaf: djvulibre.Leaf) -> Scanned:
    image = djvulibre.picture(path, number, leaf)
    if image is None:
        draft.problem("page-damaged", "the page is broken and cannot be drawn", number)
        return Scanned()
    return read_image(image, leaf.size)


READER = Reader(name="djvu", version=1, media_types=(_TYPE,), recognise=_recognise, read=read)
