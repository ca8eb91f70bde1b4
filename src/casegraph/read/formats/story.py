"""Page makers' exchange files (InDesign's IDML, FrameMaker's MIF) and iWork documents of before 2013."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator

from lxml import etree

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.charset import decode
from casegraph.read.cleaning import clean
from casegraph.read.draft import Draft
from casegraph.read.embedded import hold_pictures
from casegraph.read.layout import lay_out
from casegraph.read.limits import MAX_UNPACKED
from casegraph.read.lines import Line
from casegraph.read.officemeta import package_properties
from casegraph.read.package import Package, local
from casegraph.read.pieces import Piece
from casegraph.read.publishing import apple_paragraphs, idml_paragraphs, mif_paragraphs
from casegraph.read.unread import name_type

_IDML, _MIF, _IWORK = (
    "application/vnd.adobe.indesign-idml-package", "application/vnd.mif", "application/vnd.apple.iwork",
)  # fmt: skip
_STORY = re.compile(r"(?:.*/)?Stories/[^/]+\.xml")


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    return media_type if media_type in {_IDML, _MIF, _IWORK} else None


def read(original: Original, media_type: str) -> Reading:
    """Yield a page for each story, slide or sheet.

    Problems: `damaged`, `bomb`, `too-large`, `encrypted`, `undecodable`, `no-text`.
    """
    draft = Draft(original, media_type, "story 1")
    if media_type == _MIF:
        decoded = decode(original.data)
        draft.decoding(decoded)
        _page(draft, mif_paragraphs(decoded.text))
    else:
        package = Package(original.data)
        if media_type == _IDML:
            for name in filter(_STORY.fullmatch, package.names):
                if (root := package.tree(name)) is not None:
                    _page(draft, idml_paragraphs(root))
            package_properties(draft, package)
        else:
            _apple(draft, package)
        for code, detail in dict.fromkeys(package.problems):
            draft.problem(code, detail)
        hold_pictures(draft, package)
    if not draft.filled and not draft.troubled:
        draft.problem("no-text", "the document has no text")
    yield from draft.finish()


def _apple(draft: Draft, package: Package) -> None:
    name = next(
        (one for one in ("index.xml", "index.apxl", "index.xml.gz", "index.apxl.gz") if one in package.names),
        "",
    )
    content = package.part(name) or b""
    if name.endswith(".gz"):
        try:
            content = zlib.decompressobj(31).decompress(content, MAX_UNPACKED)
        except zlib.error:
            draft.problem("damaged", "the document's text is packed and broken")
            return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    try:
        root = etree.fromstring(content, parser) if content else None
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        draft.problem("damaged", "the document's text is missing or broken")
        return
    draft.value("root", local(root.tag))
    run: list[str] = []
    for words, fresh in apple_paragraphs(root):
        if fresh and run:
            _page(draft, run)
            run = []
        run.append(words)
    _page(draft, run)


def _page(draft: Draft, paragraphs: Iterable[str]) -> None:
    """Add a page of paragraphs, with the roles that the words themselves tell."""
    lines = [Line(part, number) for number, part in enumerate(_kept(paragraphs))]
    layout = lay_out(lines, page=False)
    draft.title = draft.title or layout.title
    draft.authors = draft.authors or layout.authors
    draft.published = draft.published or layout.published
    if lines:
        draft.page(Piece(line.text, role) for line, role in zip(lines, layout.roles, strict=True))


def _kept(paragraphs: Iterable[str]) -> Iterator[str]:
    for text in paragraphs:
        if kept := clean(text).strip():
            yield kept


READER = Reader(name="story", version=1, media_types=(_IDML, _MIF, _IWORK), recognise=_recognise, read=read)
