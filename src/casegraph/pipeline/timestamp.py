"""Time-stamps of RFC 3161: asking a service that the user names for one, and checking one offline.

The only part below the web app that may open a connection, and only to the address that it is given. What is
sent is the SHA-256 of the manifest and a random number; what comes back is believed as far as it was checked.
"""

from __future__ import annotations

import hashlib
import http.client
from datetime import UTC
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)
from rfc3161_client._rust import parse_timestamp_request  # public in no other module; the version is pinned

from casegraph.errors import CasegraphError, UsageError
from casegraph.store.atomic import write_whole

TOKEN_SUFFIX = ".tsr"  # noqa: S105 - a file's ending; `openssl ts -verify -in` takes the same file
REQUEST_SUFFIX = ".tsq"
SHA256 = "2.16.840.1.101.3.4.2.1"
WAIT = 30.0  # seconds for the service to answer
_LARGEST = 1 << 20  # bytes of an answer; tokens with their certificates have some 6,000
_GRANTED = 0


class StampError(ValueError):
    """A time-stamp that does not hold; the message says why."""


def obtain(url: str, file: Path, authorities: Path | None) -> str:
    """Get a time-stamp of a file from a service, check it, and keep it beside the file with its request.

    Returns the time that it gives. `authorities` is a PEM file of certificates to which the service's own
    must lead; without it only imprint and nonce are checked. Raises CasegraphError for an answer that does
    not hold.
    """
    data = file.read_bytes()
    request = (
        TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).nonce(nonce=True).build()
    )
    answer = _post(url, request.as_bytes())
    try:
        moment = check(answer, data, request.nonce, authorities)
    except StampError as error:
        raise CasegraphError(f"the answer of the time-stamp service does not hold: {error}") from error
    write_whole(file.with_name(file.name + REQUEST_SUFFIX), request.as_bytes())
    write_whole(file.with_name(file.name + TOKEN_SUFFIX), answer)
    return moment


def stamped(token: Path, data: bytes, authorities: Path | None) -> str:
    """Return the time of a kept time-stamp if it holds for the data; raises StampError if not.

    The nonce is checked against the request where that is kept beside it.
    """
    request = token.with_name(token.name.removesuffix(TOKEN_SUFFIX) + REQUEST_SUFFIX)
    try:
        answer = token.read_bytes()
        nonce = parse_timestamp_request(request.read_bytes()).nonce if request.exists() else None
    except OSError as error:
        raise StampError(f"the time-stamp cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise StampError("the request beside it is none of RFC 3161") from error
    return check(answer, data, nonce, authorities)


def check(answer: bytes, data: bytes, nonce: int | None, authorities: Path | None) -> str:
    """Return the time of a time-stamp response over the data, ISO 8601 UTC; raises StampError.

    Checked are status, imprint, nonce and, where there are authorities, the signature and the chain to them
    at the time that the stamp gives (RFC 3161, 2.4.2; the certificate must be for time-stamping alone, 2.3).
    """
    try:
        response = decode_timestamp_response(answer)
        if response.status != _GRANTED:
            words = "; ".join(response.status_string) or f"status {response.status}"
            raise StampError(f"the service granted no time-stamp ({words[:200]})")
        _check_info(response, data, nonce)
        if authorities is not None:
            _check_chain(response, data, nonce, authorities)
        moment = response.tst_info.gen_time
    except ValueError as error:
        if isinstance(error, StampError):
            raise
        raise StampError("it is no time-stamp response of RFC 3161") from error
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _check_info(response: TimeStampResponse, data: bytes, nonce: int | None) -> None:
    imprint = response.tst_info.message_imprint
    if imprint.hash_algorithm.dotted_string != SHA256 or imprint.message != hashlib.sha256(data).digest():
        raise StampError("it is of other bytes than these")
    if nonce is not None and response.tst_info.nonce != nonce:
        raise StampError("it answers another request: the nonce differs")


def _check_chain(response: TimeStampResponse, data: bytes, nonce: int | None, authorities: Path) -> None:
    verifier = VerifierBuilder(nonce=nonce)
    for certificate in _certificates(authorities):
        if certificate.issuer == certificate.subject:
            verifier = verifier.add_root_certificate(certificate)
        else:
            verifier = verifier.add_intermediate_certificate(certificate)
    try:
        verifier.build().verify_message(response, data)
    except VerificationError as error:
        raise StampError(f"its signature or certificate does not hold ({error})") from error


def _certificates(path: Path) -> list[x509.Certificate]:
    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(f"{path} holds no certificates in PEM form") from error
    if not any(one.issuer == one.subject for one in found):
        raise UsageError(f"{path} holds no root certificate, one that signs itself")
    return found


def _post(url: str, body: bytes) -> bytes:
    """Send a request and return the answer (RFC 3161, 3.4); no redirect is followed."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError("the address of a time-stamp service begins with http:// or https://")
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=WAIT)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, body, {"Content-Type": "application/timestamp-query"})
        answer = connection.getresponse()
        data = answer.read(_LARGEST + 1)
        status, media_type = answer.status, answer.headers.get_content_type()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise CasegraphError(f"the time-stamp service cannot be reached: {type(error).__name__}") from error
    finally:
        connection.close()
    if status != http.client.OK or len(data) > _LARGEST or media_type != "application/timestamp-reply":
        raise CasegraphError(f"the time-stamp service gave no time-stamp: HTTP {status}, {media_type}")
    return data
