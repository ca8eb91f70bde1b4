"""Forms that a browser sends: read within bounds, known as ours by a token that no other page can read."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from starlette.requests import Request

TYPE = "application/x-www-form-urlencoded"
LARGEST = 16_384
"""Bytes of a form, where nothing else is said."""

_FIELDS = 20
_TOKEN = "token"  # noqa: S105 - the name of the field

Fields = Mapping[str, Sequence[str]]


def token_for(key: bytes, session: str) -> str:
    """Return the token of a session's forms; `key` is a server's, and lives as long as that."""
    return hmac.new(key, session.encode("utf-8", "surrogatepass"), "sha256").hexdigest()


async def fields_of(request: Request, most: int = LARGEST) -> Fields | None:
    """Return what a form of up to `most` bytes holds, None for what is larger or no form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != TYPE:
        return None
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    try:
        return parse_qs(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except ValueError:
        return None


def is_ours(fields: Fields, token: str) -> bool:
    """Whether a form holds the token, once."""
    given = fields.get(_TOKEN, ())
    return len(given) == 1 and hmac.compare_digest(given[0].encode(), token.encode())
