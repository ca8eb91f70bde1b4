"""The stage: finds the reader of an original and runs it."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.model import Document, Layout, Original, Page, Problem, Table, Unpacked
from casegraph.read.base import Reader, Reading
from casegraph.read.formats import (
    access,
    archive,
    calendar,
    chm,
    columnar,
    converted,
    dbf,
    delimited,
    djvu,
    docx,
    drawing,
    eml,
    facts,
    html,
    image,
    jsontext,
    lotus,
    markdown,
    mbox,
    mhtml,
    msg,
    office,
    older,
    onenote,
    opendocument,
    paged,
    palm,
    pdf,
    plain,
    propertylist,
    pst,
    recording,
    rtf,
    sheet,
    sqlite,
    story,
    subtitle,
    tnef,
    unknown,
    vcard,
    wacz,
    warc,
    wrapped,
    xmltext,
)
from casegraph.read.provenance import completed
from casegraph.read.unlocking import unlocked
from casegraph.read.unread import ENCRYPTED, label, name_type
from casegraph.registry import collect

READERS: tuple[Reader, ...] = collect(
    "casegraph.readers",
    (
        pdf.READER,
        docx.READER,
        office.READER,
        rtf.READER,
        opendocument.READER,
        sheet.READER,
        converted.READER,
        older.READER,
        drawing.READER,
        story.READER,
        facts.READER,
        lotus.READER,
        subtitle.READER,
        onenote.READER,
        chm.READER,
        palm.READER,
        paged.READER,
        recording.READER,
        propertylist.READER,
        warc.READER,
        wacz.READER,
        image.READER,
        djvu.READER,
        sqlite.READER,
        dbf.READER,
        access.READER,
        columnar.READER,
        msg.READER,
        pst.READER,
        archive.READER,
        tnef.READER,
        wrapped.READER,
        unknown.READER,
        vcard.READER,
        calendar.READER,
        mhtml.READER,
        mbox.READER,
        eml.READER,
        xmltext.READER,
        html.READER,
        jsontext.READER,
        markdown.READER,
        delimited.READER,
        plain.READER,
    ),
)


def _failed(
    original: Original, media_type: str, reader: str, problem: Problem
) -> Iterator[Document | Problem]:
    yield Document(id=original.document, media_type=media_type, size=len(original.data), reader=reader)
    yield problem


def _unread(original: Original) -> Iterator[Document | Problem]:
    media_type = name_type(original)
    if not original.data:
        problem = Problem(code="read.empty", subject=original.document, detail="the file is empty")
    elif media_type == ENCRYPTED:
        detail = "the document is encrypted; a password is needed to open it"
        problem = Problem(code="read.encrypted", subject=original.document, detail=detail)
    else:
        problem = Problem(
            code="read.unread-type", subject=original.document, detail=f"no reader for {label(media_type)}"
        )
    yield from _failed(original, media_type, "", problem)


def read(original: Original) -> Reading:
    """Yield what it holds as it comes, then its Document, Pages in order, Problems. Never raises."""
    if not original.data:
        yield from _unread(original)
        return
    original, opened = unlocked(original)
    for reader in READERS:
        try:
            media_type = reader.recognise(original)
            if media_type is None:
                continue
            records: list[Document | Page | Table | Layout | Problem] = []
            for record in reader.read(original, media_type):
                if isinstance(record, Unpacked):
                    yield record
                elif isinstance(record, Document):
                    records.append(completed(record, original.data))
                else:
                    records.append(record)
        except BaseException as error:  # hostile files make third-party parsers raise anything, and a
            # panic in Rust is no Exception. The file must become a problem and the build must go on. The
            # class name only: the message may quote the page.
            if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
                raise
            detail = f"the {reader.name} reader failed with {type(error).__name__}"
            problem = Problem(code="read.reader-failed", subject=original.document, detail=detail)
            yield from _failed(original, reader.media_types[0], f"{reader.name} {reader.version}", problem)
            return
        yield from sorted([*records, *([opened] if opened else [])], key=_order)
        return
    yield from _unread(original)


def _order(record: Document | Page | Table | Layout | Problem) -> tuple[int, int]:
    match record:
        case Document():
            return 0, 0
        case Page():
            return 1, record.number
        case Table() | Layout():
            return 2, record.page
    return 3, 0
