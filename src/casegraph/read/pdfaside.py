"""What a PDF holds beside its text: comments, forms, bookmarks, files (ISO 32000-1, 7.11, 12.3-12.7)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pypdfium2.raw as pdfium

from casegraph.read.limits import MAX_CHILD
from casegraph.read.pdftext import PageText

_MOST_ANNOTATIONS: Final = 2_000  # of one page
_MOST_ATTACHMENTS: Final = 1_000
_MOST_BOOKMARKS: Final = 5_000
_MOST_PACKETS: Final = 100
_LARGEST_PACKET: Final = 50_000_000  # bytes
_FILE, _WIDGET, _LINK, _POPUP = (
    pdfium.FPDF_ANNOT_FILEATTACHMENT, pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_LINK,
    pdfium.FPDF_ANNOT_POPUP,
)  # fmt: skip
_PLAYED: Final = frozenset({
    pdfium.FPDF_ANNOT_SOUND, pdfium.FPDF_ANNOT_MOVIE, pdfium.FPDF_ANNOT_SCREEN, pdfium.FPDF_ANNOT_THREED,
    pdfium.FPDF_ANNOT_RICHMEDIA,
})  # fmt: skip
_BUTTONS: Final = frozenset({pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON})
_UNSET: Final = frozenset({"", "Off"})


@dataclass(slots=True)
class Aside:
    """What stands beside the pages of a document."""

    attachments: list[tuple[str, bytes]] = field(default_factory=list)  # name, bytes; b"" where broken
    bookmarks: list[tuple[int, str]] = field(default_factory=list)  # page index, title
    packets: dict[str, bytes] = field(default_factory=dict)  # of an XFA form
    played: int = 0  # films, sounds, models
    values: dict[str, str] = field(default_factory=dict)  # metadata


def words(call: object, *arguments: object) -> str:
    """Return what a pdfium function writes as UTF-16: it is asked for the size first."""
    size = call(*arguments, None, 0)  # type: ignore[operator] # pdfium's functions carry no types
    if not 2 < size < 1_000_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(*arguments, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)  # type: ignore[operator] # as above
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


class Forms:
    """A document's form fields, whose names and values pdfium knows in an environment alone. Nothing runs."""

    def __init__(self, document: pdfium.FPDF_DOCUMENT) -> None:
        self._own = pdfium.FPDF_FORMFILLINFO(version=2)
        self._handle = (
            pdfium.FPDFDOC_InitFormFillEnvironment(document, self._own)
            if pdfium.FPDF_GetFormType(document) != pdfium.FORMTYPE_NONE
            else None
        )

    def close(self) -> None:
        """Leave the environment; the pages must be closed by then."""
        if self._handle:
            pdfium.FPDFDOC_ExitFormFillEnvironment(self._handle)

    def field(self, annotation: pdfium.FPDF_ANNOTATION) -> tuple[str, str]:
        """Return name and value of a widget; the name that people see where there is one."""
        if not self._handle:
            return "", words(pdfium.FPDFAnnot_GetStringValue, annotation, b"V")
        kind = pdfium.FPDFAnnot_GetFormFieldType(self._handle, annotation)
        shown = words(pdfium.FPDFAnnot_GetFormFieldAlternateName, self._handle, annotation)
        name = shown or words(pdfium.FPDFAnnot_GetFormFieldName, self._handle, annotation)
        value = words(pdfium.FPDFAnnot_GetFormFieldValue, self._handle, annotation)
        if kind in _BUTTONS and value in _UNSET:
            return "", ""
        return name, value or words(pdfium.FPDFAnnot_GetStringValue, annotation, b"V")


def annotate(page: pdfium.FPDF_PAGE, document: pdfium.FPDF_DOCUMENT, forms: Forms, text: PageText) -> Aside:
    """Take comments, filled-in fields and web links from a page's annotations; return the files in them."""
    found = Aside()
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == _LINK:
            text.links.extend(_address(annotation, document))
        elif kind == _WIDGET:
            filled = forms.field(annotation)
            if filled[1].strip() and filled not in text.fields[-50:]:  # buttons of one choice share a value
                text.fields.append(filled)
        elif kind != _POPUP:
            _comment(annotation, text)
        if kind == _FILE:
            found.attachments.append(_file(pdfium.FPDFAnnot_GetFileAttachment(annotation)))
        found.played += kind in _PLAYED
        pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def _address(annotation: pdfium.FPDF_ANNOTATION, document: pdfium.FPDF_DOCUMENT) -> Iterator[str]:
    action = pdfium.FPDFLink_GetAction(pdfium.FPDFAnnot_GetLink(annotation))
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
    if 1 < size < 4_096:
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
        yield buffer.value.decode("utf-8", "replace")


def _comment(annotation: pdfium.FPDF_ANNOTATION, text: PageText) -> None:
    author = words(pdfium.FPDFAnnot_GetStringValue, annotation, b"T")
    contents = words(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents")
    if contents.strip():
        text.notes.append(f"{author}: {contents}" if author.strip() else contents)


def beside(document: pdfium.FPDF_DOCUMENT) -> Aside:
    """Return what stands beside all pages; nothing of it is run."""
    found = Aside()
    for index in range(min(pdfium.FPDFDoc_GetAttachmentCount(document), _MOST_ATTACHMENTS)):
        found.attachments.append(_file(pdfium.FPDFDoc_GetAttachment(document, index)))
    found.bookmarks = list(_bookmarks(document))
    for index in range(min(pdfium.FPDF_GetXFAPacketCount(document), _MOST_PACKETS)):
        name, content = _packet(document, index)
        found.packets[name] = found.packets.get(name, b"") + content
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        found.values["scripts"] = "not run"
    for index in range(min(pdfium.FPDF_GetSignatureCount(document), _MOST_ATTACHMENTS)):
        signature = pdfium.FPDF_GetSignatureObject(document, index)
        found.values["signed"] = "not checked"
        if signature and (reason := words(pdfium.FPDFSignatureObj_GetReason, signature)):
            found.values["signature_reason"] = reason
    return found


def _file(attachment: pdfium.FPDF_ATTACHMENT) -> tuple[str, bytes]:
    """Return name and bytes of an attached file, no bytes for one that cannot be taken out."""
    size = ctypes.c_ulong()
    if not attachment or not pdfium.FPDFAttachment_GetFile(attachment, None, 0, ctypes.byref(size)):
        return "", b""
    content = ctypes.create_string_buffer(size.value if 0 < size.value <= MAX_CHILD else 1)
    held = size.value and pdfium.FPDFAttachment_GetFile(attachment, content, len(content), ctypes.byref(size))
    name = words(pdfium.FPDFAttachment_GetName, attachment)
    return name, content.raw if held and size.value == len(content) else b""


def _bookmarks(document: pdfium.FPDF_DOCUMENT) -> Iterator[tuple[int, str]]:
    """Yield page and title of the bookmarks in order; broken files make circles of them."""
    seen: set[int] = set()
    stack = [pdfium.FPDFBookmark_GetFirstChild(document, None)]
    while stack and len(seen) < _MOST_BOOKMARKS:
        one = stack.pop()
        if not one or ctypes.addressof(one.contents) in seen:
            continue
        seen.add(ctypes.addressof(one.contents))
        goal = pdfium.FPDFBookmark_GetDest(document, one)
        yield (
            pdfium.FPDFDest_GetDestPageIndex(document, goal) if goal else -1,
            words(pdfium.FPDFBookmark_GetTitle, one),
        )
        stack.append(pdfium.FPDFBookmark_GetNextSibling(document, one))
        stack.append(pdfium.FPDFBookmark_GetFirstChild(document, one))


def _packet(document: pdfium.FPDF_DOCUMENT, index: int) -> tuple[str, bytes]:
    """Return name and bytes of a packet of an XFA form."""
    size = pdfium.FPDF_GetXFAPacketName(document, index, None, 0)
    name = ctypes.create_string_buffer(max(1, min(size, 1_000)))
    pdfium.FPDF_GetXFAPacketName(document, index, name, len(name))
    length = ctypes.c_ulong()
    if not pdfium.FPDF_GetXFAPacketContent(document, index, None, 0, ctypes.byref(length)):
        return "", b""
    if not 0 < length.value <= _LARGEST_PACKET:
        return "", b""
    content = ctypes.create_string_buffer(length.value)
    pdfium.FPDF_GetXFAPacketContent(document, index, content, len(content), ctypes.byref(length))
    return name.value.decode("utf-8", "replace"), content.raw
