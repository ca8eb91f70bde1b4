"""Words of documents as they may be shown: some steer a terminal or mislead an eye, on purpose."""

from __future__ import annotations

import re

# C0 and C1 controls start terminal escapes; bidirectional overrides make words read as others.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"[\s\u2028\u2029]+")
_BLANK = re.compile(r"[\s\u2028\u2029]")


def printable(text: str) -> str:
    """Return the text on one line, without characters that steer a terminal (shown as U+FFFD)."""
    return _UNSAFE.sub("\ufffd", _BLANKS.sub(" ", text))


def same_length(text: str) -> str:
    """Return the text on one line with every code point kept in its place."""
    return _UNSAFE.sub("\ufffd", _BLANK.sub(" ", text))
