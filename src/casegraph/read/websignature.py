"""Signatures of web archives (WACZ Signing and Verification 0.1.0), as far as they can be checked offline."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

_PEM = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a signature is worth: `good` is None where it could not be checked; `words` say it in short."""

    good: bool | None
    words: str


def verify(signed: dict[str, Any]) -> Verdict:
    """Check the signature of a package's digest by the key, or the certificate's key, that comes with it.

    Anybody can make such a key: a good signature says that nothing was changed since somebody signed. Who
    that was is known by comparing the fingerprint; neither issuers of certificates nor time stamps are
    checked.
    """
    stated, signature = signed.get("hash"), signed.get("signature")
    if not isinstance(stated, str) or not isinstance(signature, str):
        return Verdict(None, "not checked: it is incomplete")
    try:
        key, owner = _key(signed)
        if not isinstance(key, ec.EllipticCurvePublicKey):
            return Verdict(None, "not checked: its kind of key is unknown")
        raw = base64.b64decode(signature, validate=True)
        print_ = hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return Verdict(None, "not checked: its key cannot be read")
    by = f"by the key sha256:{print_}{owner}"
    for form in (raw, _der(raw)):
        try:
            key.verify(form, stated.encode(), ec.ECDSA(SHA256()))
        except (InvalidSignature, ValueError):
            continue
        return Verdict(good=True, words=f"good, {by}")
    return Verdict(good=False, words=f"wrong, {by}")


def _key(signed: dict[str, Any]) -> tuple[object, str]:
    """Return the key, and whose it is said to be; raises ValueError or TypeError."""
    written = signed.get("publicKey")
    if isinstance(written, str):
        return load_der_public_key(base64.b64decode(written, validate=True)), ""
    first = _PEM.search(str(signed.get("domainCert") or ""))
    if first is None:
        raise ValueError("no key")
    certificate = x509.load_pem_x509_certificate(first[0].encode())
    domain = " ".join(str(signed.get("domain") or "").split())[:200]
    return certificate.public_key(), f" of a certificate for {domain}, whose issuer was not checked"


def _der(raw: bytes) -> bytes:
    """Return the signature in DER: browsers write its two numbers one behind the other (IEEE P1363)."""
    half = len(raw) // 2
    return utils.encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))
