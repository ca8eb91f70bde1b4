"""PDF with a text layer (ISO 32000)."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from casegraph.model import BlockRole, Original
from casegraph.read import dates, xfaform
from casegraph.read.base import Reader, Reading
from casegraph.read.bylines import is_name
from casegraph.read.cleaning import clean, fold_spaces
from casegraph.read.draft import Draft
from casegraph.read.grid import raw, tables
from casegraph.read.layout import lay_out
from casegraph.read.limits import MAX_CHARACTERS, MAX_PAGES
from casegraph.read.lines import Line
from casegraph.read.mailparts import field_names
from casegraph.read.pdfaside import Aside, Forms, annotate, beside, words
from casegraph.read.pdflayout import Region, measure, regions, running_lines, title_of, vocabulary_of
from casegraph.read.pdfopen import open_pdf
from casegraph.read.pdfruled import RuledTable, is_ruled, ruled_tables
from casegraph.read.pdfscan import FEW, is_picture, pages_allowed, read_scan
from casegraph.read.pdftext import PageText, read_text
from casegraph.read.pieces import Piece, Word
from casegraph.read.placing import Spots
from casegraph.read.roles import Layout
from casegraph.read.unlocking import UNLOCKED
from casegraph.read.unread import name_type

_TYPE = "application/pdf"
_CARRIERS = frozenset({"application/octet-stream", "text/plain"})
"""What a file may seem to be that has rubbish before its header; any other type is what holds the PDF."""
_HEAD = 1_024  # bytes in which readers look for the header (ISO 32000-1, annex H.3)
_ODD = 0.05  # share of characters that no text has, above which the layer is broken
_MOST_FAILED = 100  # pages in a row that fail before the rest is given up
_KEYS = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")
_JUNK_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel) - .*|untitled.*|document\d*|\W*|"
    r".*\.(?:docx?|xlsx?|pptx?|pdf|rtf|indd|qxd|html?))",
    re.IGNORECASE,
)
_BROWSERS = re.compile(
    r"skia/pdf|chrom|firefox|wkhtmltopdf|safari|mozilla|webkit|quartz pdfcontext", re.IGNORECASE
)
_PRINTED = re.compile(r"(?:https?://\S+|www\.\S+)\s+\d+/\d+|\d+/\d+\s+(?:https?://\S+)|^\s*https?://\S+\s*$")
_LOCK = threading.Lock()  # pdfium is not safe to call from two threads, whatever the documents


class Opened(NamedTuple):
    """What was taken out of a file while it was open."""

    pages: list[PageText]
    metadata: list[tuple[str, str]]
    failed: int
    aside: Aside
    pages_given: int
    dynamic: bool
    unlocked: bool


def _recognise(original: Original) -> str | None:
    place = original.data[:_HEAD].find(b"%PDF-")
    if place <= 0:
        return None if place else _TYPE
    before = original.data[:place].strip()
    carried = before and (b"<" in before or field_names(original.data))  # by a page or a mail
    return None if carried or name_type(original) not in _CARRIERS else _TYPE


def _pages(
    document: pypdfium2.PdfDocument, given: int, scans: int, forms: Forms, aside: Aside
) -> Iterator[PageText | None]:
    """Yield the text of each page, None for one that cannot be loaded; OCR reads at most `scans` of them."""
    failed = size = 0
    for index in range(min(given, MAX_PAGES)):
        page = pdfium.FPDF_LoadPage(document.raw, index)
        if not page:
            failed += 1
            yield None
            if failed >= _MOST_FAILED:
                return
            continue
        failed = 0
        try:
            text = read_text(page)
            text.pictured = is_picture(page, text.characters)
            text.ruled = bool(text.lines) and is_ruled(page)
            own = annotate(page, document.raw, forms, text)
        finally:
            pdfium.FPDF_ClosePage(page)
        aside.attachments += own.attachments
        aside.played += own.played
        if scans > 0 and (text.pictured or _garbled(text)):
            scanned = read_scan(document, index)
            scans -= scanned.cost
            letters = sum(len(piece.text) for piece in scanned.pieces)
            if scanned.missing or _garbled(text) or letters > text.characters:
                text.scanned = scanned
        size += text.characters
        yield text
        if size > MAX_CHARACTERS:
            return


def _garbled(page: PageText) -> bool:
    return page.odd > _ODD and page.characters >= FEW


def _open(data: bytes, passwords: Sequence[str] = ()) -> Opened | str:
    """Return what the file holds, or why it cannot be opened, mended or not."""
    with _LOCK:
        document, unlocked = open_pdf(data, passwords)
        if isinstance(document, str):
            return document
        try:
            given = pdfium.FPDF_GetPageCount(document.raw)
            aside, forms = beside(document.raw), Forms(document.raw)
            pages = list(_pages(document, given, pages_allowed(len(data)), forms, aside))
            forms.close()
            metadata = [(key, words(pdfium.FPDF_GetMetaText, document.raw, key.encode())) for key in _KEYS]
            dynamic = pdfium.FPDF_GetFormType(document.raw) == pdfium.FORMTYPE_XFA_FULL
        finally:
            document.close()
    failed = sum(page is None for page in pages)
    return Opened([page or PageText() for page in pages], metadata, failed, aside, given, dynamic, unlocked)


def read(original: Original, media_type: str) -> Reading:
    """Yield each page with roles.

    Problems: `encrypted`, `unlocked`, `damaged`, `truncated`, `no-text-layer`, `garbled-text-layer`,
    `page-damaged`, `attachment-unread`, `dynamic-form`, `not-transcribed`, `tool-missing`, `poor-scan`,
    `cut`, `no-text`.
    """
    draft = Draft(original, media_type, "pdf 4", paged=True)
    if b"%%EOF" not in original.data[-2_048:]:
        draft.problem("truncated", "the file has no end mark; its last part may be missing")
    opened = _open(original.data, original.passwords)
    if opened == "encrypted":
        draft.problem("encrypted", "a password is needed to open it")
    elif opened == "protected":
        draft.problem("encrypted", "the file is encrypted in a way that only the program behind it opens")
    elif isinstance(opened, str):
        draft.problem("damaged", "the file is too broken to open")
    else:
        if opened.unlocked:
            draft.problem("unlocked", UNLOCKED)
        _report(draft, opened)
        _describe(draft, opened)
        _fill(draft, opened)
    yield from draft.finish()


def _ranges(numbers: Sequence[int]) -> str:
    """Return page numbers as "1-3, 7"; the first twenty ranges."""
    parts: list[str] = []
    start = before = None
    for number in [*numbers, None]:
        if number is not None and before is not None and number == before + 1:
            before = number
            continue
        if start is not None:
            parts.append(f"{start}" if start == before else f"{start}-{before}")
        start = before = number
    return ", ".join(parts[:20]) + (", ..." if len(parts) > 20 else "")


def _report(draft: Draft, opened: Opened) -> None:
    """Note which pages could not be read."""
    pages = opened.pages
    _report_scans(draft, pages)
    bare = [number for number, page in enumerate(pages, 1) if page.pictured and not _is_read(page)]
    if bare:
        detail = f"{len(bare)} of {opened.pages_given} pages gave no text: {_ranges(bare)}"
        draft.problem("no-text-layer", detail)
    elif pages and not any(page.characters or page.notes or page.fields or _is_read(page) for page in pages):
        draft.problem("no-text", "no page shows any text")
    garbled = [number for number, page in enumerate(pages, 1) if _garbled(page) and not _is_read(page)]
    if garbled:
        detail = f"the text layer of pages {_ranges(garbled)} is broken; it was kept as furniture"
        draft.problem("garbled-text-layer", detail)
    if opened.failed:
        draft.problem("page-damaged", f"{opened.failed} of {opened.pages_given} pages could not be loaded")
    if len(pages) < opened.pages_given:
        draft.problem("cut", f"the first {len(pages)} of {opened.pages_given} pages were read")
    if not pages:
        draft.problem("damaged", "the file has no pages")


def _is_read(page: PageText) -> bool:
    """Whether OCR gave the page a text."""
    return page.scanned is not None and bool(page.scanned.pieces)


def _report_scans(draft: Draft, pages: Sequence[PageText]) -> None:
    missing: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        if page.scanned is None:
            continue
        if page.scanned.missing:
            missing[page.scanned.missing] = missing.get(page.scanned.missing, 0) + 1
        if page.scanned.poor:
            detail = f"the words were read with {page.scanned.confidence} % confidence"
            draft.problem("poor-scan", detail, number)
    for tool, count in missing.items():
        draft.problem("tool-missing", f"{tool} is not installed: {count} pages were not read")


def _describe(draft: Draft, opened: Opened) -> None:
    """Keep the document's own metadata, and note what is in the file besides its pages."""
    for key, value in opened.metadata:
        draft.value(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key).lower(), value)
    aside = opened.aside
    for key, value in aside.values.items():
        draft.value(key, value)
    for name, content in dict.fromkeys(aside.attachments):  # a page may show one that the document holds too
        draft.value("attachment", name)
        if content:
            draft.hold(draft.child(name or "attachment", content, "attachment"))
        else:
            draft.problem("attachment-unread", "a file attached to the document could not be taken out")
    if aside.played:
        draft.problem("not-transcribed", f"{aside.played} films, sounds or models on the pages were not read")
    if opened.dynamic:
        draft.problem("dynamic-form", "a dynamic form (XFA): its words and values stand on the last page")


def _fill(draft: Draft, opened: Opened) -> None:
    """Lay out the pages and add them to the draft."""
    pages = opened.pages
    body, vocabulary = measure(pages), vocabulary_of(pages)
    running = running_lines(pages)
    found: list[list[Region]] = []
    ruled = _ruled(draft.original, opened)
    for number, page in enumerate(pages):
        heads = {index: role for (at, index), role in running.items() if at == number}
        found.append(regions(page, heads, body, vocabulary, ruled.get(number, ())))
    title = title_of(found[0], body) if found else None
    if title is not None:
        title.role = "title"
    shown = [list(_shown(page, own)) for page, own in zip(pages, found, strict=True)]
    blocks = [block for page_blocks in shown for block in page_blocks]
    lines = [Line(block.text, place, fixed=block.role) for place, block in enumerate(blocks)]
    printed = _is_printed_page(opened, found)
    layout = lay_out(lines, page=None if printed else False)
    _state(draft, opened, title, layout)
    if printed:
        _capture(draft, found)
    roles, more = iter(layout.roles), _beside(opened)
    for page, page_blocks in zip(pages, shown, strict=True):
        pieces = [
            Piece(block.text, next(roles), words=block.words, spots=block.spots) for block in page_blocks
        ]
        pieces.extend(tables([raw(name), raw(value)] for name, value in page.fields))
        pieces.extend(Piece(clean(note), "note") for note in page.notes)
        draft.page([*pieces, *next(more)], size=page.shown, ocr=_is_read(page))
        for url in page.links:
            draft.link(url)


def _beside(opened: Opened) -> Iterator[list[Piece]]:
    """Yield for each page the bookmarks that say what the page does not, and on the last one an XFA form."""
    pages, packets = opened.pages, opened.aside.packets
    filled = {fold_spaces(clean(value)) for page in pages for _, value in page.fields}
    for number, page in enumerate(pages):
        shown = fold_spaces(" ".join(line.text for line in page.lines)).casefold()
        titles = [fold_spaces(clean(title)) for at, title in opened.aside.bookmarks if max(at, 0) == number]
        pieces = [Piece(title, "furniture") for title in titles if title and title.casefold() not in shown]
        if packets and number == len(pages) - 1:
            if opened.dynamic:
                pieces += [Piece(text, "paragraph") for text in xfaform.labels(packets)]
            pieces += tables(
                [raw(name), raw(value)] for name, value in xfaform.values(packets) if value not in filled
            )
        yield pieces


def _ruled(original: Original, opened: Opened) -> dict[int, list[RuledTable]]:
    """Return the ruled tables by page index."""
    numbers = [number for number, page in enumerate(opened.pages) if page.ruled and not _garbled(page)]
    for password in (None, *(original.passwords if opened.unlocked else ())):
        if found := ruled_tables(original.data, numbers, password):
            return found
    return {}


class _Block(NamedTuple):
    """A block of a page before its role is settled; None where nothing but its words tells it."""

    text: str
    role: BlockRole | None
    words: tuple[Word, ...] = ()
    spots: Spots | None = None


def _shown(page: PageText, found: Sequence[Region]) -> Iterator[_Block]:
    """Yield what OCR read off a page, or its text layer: as furniture where that is rubbish."""
    if page.scanned is not None and page.scanned.pieces:
        yield from (_Block(piece.text, None, piece.words) for piece in page.scanned.pieces)
        return
    for region in found:
        role = "furniture" if page.odd > _ODD else region.role
        yield _Block(region.text, role, spots=Spots(page.layer, region.spots))


def _is_printed_page(opened: Opened, found: Sequence[Sequence[Region]]) -> bool:
    """Tell whether a browser printed the document: it says so, or a web address is in the margin."""
    made_by = " ".join(value for key, value in opened.metadata if key in {"Producer", "Creator"})
    if _BROWSERS.search(made_by):
        return True
    return any(
        region.role in {"header", "footer"} and _PRINTED.search(region.text)
        for page in found
        for region in page
    )


def _capture(draft: Draft, found: Sequence[Sequence[Region]]) -> None:
    """Take from the margins when the page was printed, and its address."""
    for region in (region for page in found for region in page if region.role in {"header", "footer"}):
        date = dates.find(region.text)
        if draft.captured is None and date is not None and date.date.start:
            draft.captured = date.date
        if draft.url is None and (match := re.search(r"https?://\S+", region.text)) is not None:
            draft.url = match.group()


def _state(draft: Draft, opened: Opened, title: Region | None, layout: Layout) -> None:
    """Set title, authors and date: what the first page shows before what the metadata says."""
    metadata = dict(opened.metadata)
    stated = clean(metadata.get("Title", "")).strip()
    shown = " ".join(title.text.split()) if title is not None else layout.title
    draft.title = shown or (None if _JUNK_TITLE.fullmatch(stated) else stated)
    draft.authors = layout.authors or [
        name.strip() for name in re.split(r"[;,]", metadata.get("Author", "")) if is_name(name.strip())
    ]
    draft.published = layout.published
    draft.captured = layout.captured
    draft.publisher = layout.publisher
    for key in ("CreationDate", "ModDate"):
        date = dates.parse_pdf(metadata.get(key, ""))
        draft.value("created" if key == "CreationDate" else "modified", date.start if date else None)


READER = Reader(name="pdf", version=4, media_types=(_TYPE,), recognise=_recognise, read=read)
