"""Encrypted office documents are opened with the passwords of the case, and that of Excel."""

from __future__ import annotations

import io
from importlib import import_module

import msgspec

from casegraph.model import Original, Problem

UNLOCKED = "the document is encrypted; it was opened with a password of the case"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KNOWN = "VelvetSweatshop"
"""What Excel encrypts read-only workbooks with, and opens them without asking ([MS-OFFCRYPTO] 2.4.2.3)."""


def unlocked(original: Original) -> tuple[Original, Problem | None]:
    """Return the original with its bytes decrypted, and a problem that says so; as it is when it is not.

    The id stays that of the encrypted bytes. For OOXML in any scheme of [MS-OFFCRYPTO], and for binary Word,
    Excel and PowerPoint files.
    """
    if not original.data.startswith(_OLE):
        return original, None
    library = import_module("msoffcrypto")
    try:
        office = library.OfficeFile(io.BytesIO(original.data))
        if not office.is_encrypted():
            return original, None
    except Exception:  # noqa: BLE001 - broken files make the parser raise anything; the file is read as it is
        return original, None
    for password in (_KNOWN, *original.passwords):
        plain = io.BytesIO()
        try:
            if office.format == "ooxml":
                office.load_key(password=password, verify_password=True)
            else:
                office.load_key(password=password)
            office.decrypt(plain)
        except Exception:  # noqa: BLE001, S112 - a wrong password has an error of its own in each scheme,
            # and broken files make the parser raise anything
            continue
        size = original.size if original.size is not None else len(original.data)
        opened = msgspec.structs.replace(original, data=plain.getvalue(), size=size)
        return opened, None if password == _KNOWN else _opened(original.document)
    return original, None


def _opened(document: str) -> Problem:
    """Return the note that a document could only be read with a password of the case."""
    return Problem(code="read.unlocked", subject=document, detail=UNLOCKED)
