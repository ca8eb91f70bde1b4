"""Whose page it is, where no element says so: the title's tail, the copyright line, the address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from casegraph.text import fold

_TAIL = re.compile(
    r"\s+[|\u2013\u2014\u00b7\u2022\u00bb:-]\s+(?P<bar>[^|\u2013\u2014\u00b7\u2022\u00bb]{2,50})$|[_|](?P<tight>[^_|]{2,30})$"
)
_COPYRIGHT = re.compile(
    r"(?:\u00a9|\(c\)|\bcopyright\b|版权所有|版權所有)(?:\s*(?:copyright|\u00a9|\(c\)|by|[-\u2013\u2014,:\uff1a]|(?:19|20)\d\d))*\s*"
    r"(?P<name>[^\W_][^|\u00a9\n\r\u2022\u00b7]{1,80})",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"[.,;]?\s*(?:\b(?:all|some) rights\b|\bвсе права\b|版权所有|版權所有|保留所有|未经|未經|"
    r"\b(?:19|20)\d\d\b|[.;]\s|$).*",
    re.IGNORECASE | re.DOTALL,
)
_NO_NAME = re.compile(
    r"(?:all|some) rights|все права|terms|privacy|photo|image|picture|фото|with (?:wordpress|love)|powered|"
    r"notice|policy|infring|law\b|act\b|holder|owner",
    re.IGNORECASE,
)
_LONGEST = 8  # words of a site's name
_LEAST_LABEL = 4  # letters of an address that can bear out a name
_LETTERS = re.compile(r"[^\W_]+")


def domain(url: str | None) -> str | None:
    """Return the host of an address without `www.`, or None. It is an address, not a name."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    host = host.removeprefix("www.").rstrip(".")
    return host if "." in host and not host.replace(".", "").isdigit() else None


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(fold(text)))


def _tail(title: str | None) -> str | None:
    match = _TAIL.search(title or "")
    return (match["bar"] or match["tight"]).strip() if match else None


def _borne_out(name: str, host: str | None, others: Iterable[str]) -> bool:
    """Tell whether the address, a masthead or a copyright line has the name too."""
    own = _letters(name)
    if not own:
        return False
    spelled = {_letters(label) for label in (host or "").split(".")[:-1]}
    bare = own.removeprefix("the")
    if any(len(label) >= _LEAST_LABEL and label.removeprefix("the") == bare for label in spelled):
        return True
    return any(own == _letters(other) for other in others)


def copyright_owner(lines: Iterable[str]) -> str | None:
    """Return whom the last copyright line names: "\u00a9 2024 Harbour Courier Ltd. All rights reserved."."""
    found = None
    for line in lines:
        if len(line) > 300 or (match := _COPYRIGHT.search(line)) is None:
            continue
        name = _BEHIND.sub("", match["name"]).strip(" .,-\u2013\u2014:")
        if name and len(name.split()) <= _LONGEST and not _NO_NAME.match(name):
            found = name
    return found


def site_name(
    title: str | None, url: str | None, mastheads: Iterable[str], notices: Iterable[str]
) -> str | None:
    """Return the site's name: a title's tail that something else bears out, else the copyright's owner.

    `title` is the page's `<title>`; `mastheads` are its short lines outside the story, `notices` all of them.
    A tail alone may be the second half of a headline.
    """
    owner = copyright_owner(notices)
    tail = _tail(title)
    if tail is not None and _borne_out(tail, domain(url), [*mastheads, *([owner] if owner else [])]):
        return tail
    return owner
