"""A trailer for PDF files whose end is missing, so that what is there can be opened."""

from __future__ import annotations

import re

_CATALOG = re.compile(rb"(\d{1,9}) (\d{1,5}) obj\s*<<[^>]{0,400}?/Type\s*/Catalog\b")
_PAGES = re.compile(rb"(\d{1,9}) (\d{1,5}) obj\s*<<(?:(?!endobj).){0,4000}?/Type\s*/Pages\b", re.DOTALL)
_PAGE = re.compile(rb"(\d{1,9}) (\d{1,5}) obj\s*<<(?:(?!endobj).){0,4000}?/Type\s*/Page\b", re.DOTALL)
_NUMBER = 4_000_000  # of the objects that are added; pdfium knows none above 4,194,304
_MOST_PAGES = 20_000


def with_trailer(data: bytes) -> bytes | None:
    """Return the data with a trailer for the catalogue or pages that it holds; None if it holds none.

    pdfium makes a lost cross-reference table again by itself, but not a lost trailer. Objects inside
    compressed object streams are not found.
    """
    data += b"\nendstream\nendobj\n"  # the cut may be inside a stream
    if (catalog := _last(_CATALOG, data)) is not None:
        return data + _trailer(catalog)
    if (pages := _last(_PAGES, data)) is not None:
        added = b"\n%d 0 obj\n<< /Type /Catalog /Pages %s >>\nendobj\n" % (_NUMBER, pages)
        return data + added + _trailer(b"%d 0 R" % _NUMBER)
    kids = [b"%s %s R" % match.groups() for match in _PAGE.finditer(data)][:_MOST_PAGES]
    if not kids:
        return None
    added = b"\n%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (_NUMBER, _NUMBER + 1)
    added += b"%d 0 obj\n<< /Type /Pages /Count %d /Kids [%s] >>\nendobj\n" % (
        _NUMBER + 1, len(kids), b" ".join(kids)
    )  # fmt: skip
    return data + added + _trailer(b"%d 0 R" % _NUMBER)


def _last(form: re.Pattern[bytes], data: bytes) -> bytes | None:
    """Return a reference to the last object that fits: a later revision replaces an earlier one."""
    found = None
    for match in form.finditer(data):
        found = b"%s %s R" % match.groups()[:2]
    return found


def _trailer(root: bytes) -> bytes:
    return b"\ntrailer\n<< /Root %s /Size %d >>\nstartxref\n0\n%%%%EOF\n" % (root, _NUMBER + 2)
