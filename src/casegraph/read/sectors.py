"""Sectors of compound files ([MS-CFB] 2.3): whether their chains end, and where a stream begins without them.

calamine follows a circle for ever.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Sequence

import olefile

_LAST = 0xFFFFFFFA  # the highest number of a sector; above are marks
_BROKEN = (OSError, ValueError, IndexError, TypeError, struct.error, RecursionError, AttributeError)

_SECTOR = 512
_WORD = re.compile(rb"(?:\xec\xa5[\xc1\xd9\x01\x0c\x12][\0\x01]|\xdc\xa5[\x65-\x69]\0)")
_BOOK = re.compile(rb"\x09\x08[\x08\x10]\0\0[\x05\x06]\x05\0")
_SHOW = re.compile(rb"\x0f\0\xe8\x03")


def word_place(data: bytes) -> int:
    """Return where a Word document's stream begins by its first bytes (FIB), -1 if nowhere."""
    return _place(_WORD, data)


def show_place(data: bytes) -> int:
    """Return where a slide show's stream begins by its first record (DocumentContainer), -1 if nowhere."""
    return _place(_SHOW, data)


def book_place(data: bytes) -> int:
    """Return where a workbook's stream begins by its first record (BOF of BIFF5 or BIFF8), -1 if nowhere."""
    return _place(_BOOK, data)


def _place(form: re.Pattern[bytes], data: bytes) -> int:
    return next((one.start() for one in form.finditer(data) if not one.start() % _SECTOR), -1)


def chains_end(data: bytes) -> bool:
    """Tell whether the chains of a compound file's directory and streams end, and its tables can be read."""
    try:
        if not _list_ends(data):
            return False
        with olefile.OleFileIO(io.BytesIO(data)) as whole:
            whole.loadminifat()
            fat, mini = list(whole.fat), list(whole.minifat)
            starts = [whole.first_dir_sector, whole.first_mini_fat_sector]
            if not all(_ends(fat, start) for start in starts):
                return False
            for entry in whole.direntries:
                if entry is None or entry.entry_type not in {2, 5}:
                    continue
                small = entry.entry_type == 2 and entry.size < whole.minisectorcutoff
                if not _ends(mini if small else fat, entry.isectStart):
                    return False
    except _BROKEN:
        return False
    return True


def _ends(table: Sequence[int], start: int) -> bool:
    steps = 0
    while start <= _LAST:
        steps += 1
        if start >= len(table) or steps > len(table):
            return False
        start = table[start] & 0xFFFFFFFF
    return True


def _list_ends(data: bytes) -> bool:
    """Tell whether the chain of sectors that list the table's sectors (DIFAT) ends."""
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    (sector,) = struct.unpack_from("<I", data, 68)
    for _ in range(len(data) // size + 1):
        if sector > _LAST:
            return True
        place = (sector + 2) * size - 4
        if place + 4 > len(data):
            return False
        (sector,) = struct.unpack_from("<I", data, place)
    return False
