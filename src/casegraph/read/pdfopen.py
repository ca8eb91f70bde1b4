"""Opening a PDF: with the passwords of the case, mended where its end is missing."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from casegraph.read.pdfrepair import with_trailer


def open_pdf(data: bytes, passwords: Sequence[str]) -> tuple[pypdfium2.PdfDocument | str, bool]:
    """Return the opened file, or why it cannot be opened; and whether a password opened it.

    Reasons: `encrypted` (with a password), `protected` (in a way that pdfium does not know), `damaged`.
    pdfium is not safe to call from two threads, whatever the documents.
    """
    document, unlocked = _opened(data, passwords)
    if document == "damaged" and (mended := with_trailer(data)) is not None:
        document, unlocked = _opened(mended, passwords)
    return document, unlocked


def _opened(data: bytes, passwords: Sequence[str]) -> tuple[pypdfium2.PdfDocument | str, bool]:
    reason = "damaged"
    for password in (None, *passwords):
        try:
            return pypdfium2.PdfDocument(data, password=password), password is not None
        except pypdfium2.PdfiumError as error:
            code = getattr(error, "err_code", None)
            needed = code == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower()
            reason = "encrypted" if needed else "damaged"
            reason = "protected" if code == pdfium.FPDF_ERR_SECURITY else reason
        if reason != "encrypted":
            break
    return reason, False
