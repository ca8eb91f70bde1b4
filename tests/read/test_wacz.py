from __future__ import annotations

import base64
import hashlib
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from casegraph.read import unpacking
from tests.read.made import read
from tests.read.test_archive import held, zipped
from tests.read.test_warc import URL, head, warc

KEY = ec.derive_private_key(0xC0FFEE, ec.SECP384R1())
DATA = warc((URL, b"seven cranes", head()))
PAGES = b'{"format":"json-pages-1.0"}\n{"url":"%s","ts":"2024-05-06T07:08:09Z","title":"Cranes"}\nnot json\n'


def sha256(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def collection(*, signed: str = "raw", listed: bytes = DATA, also: str = "") -> dict[str, bytes]:
    """Return the files of a collection; `listed` is what its hash is taken of."""
    files = {
        "archive/data.warc.gz": DATA,
        "pages/pages.jsonl": PAGES % URL.encode(),
        "indexes/index.cdx": b"-",
    }
    hashes = {**files, "archive/data.warc.gz": listed}
    about = {
        "title": "Harbour pages", "software": "Harrow recorder 2", "mainPageUrl": URL,
        "resources": [{"path": path, "hash": sha256(data)} for path, data in hashes.items()],
    }  # fmt: skip
    package = json.dumps(about).encode()
    stated = sha256(package)
    signature = KEY.sign(stated.encode(), ec.ECDSA(SHA256()))
    if signed == "raw":
        r, s = utils.decode_dss_signature(signature)
        signature = r.to_bytes(48, "big") + s.to_bytes(48, "big")
    public = KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    data = {
        "hash": stated,
        "signature": base64.b64encode(signature).decode(),
        "publicKey": base64.b64encode(public).decode(),
    }
    digest = {"path": "datapackage.json", "hash": stated, "signedData": data}
    files |= {"datapackage.json": package + also.encode()}
    return files | {"datapackage-digest.json": json.dumps(digest).encode()} if signed else files


@pytest.mark.parametrize("signed", ["raw", "der"])
def test_a_collection_that_is_whole(signed: str) -> None:
    result = read(zipped(collection(signed=signed)), "crawl.wacz")
    assert result.codes == []
    assert held(result) == {"archive/data.warc.gz": DATA}
    assert result.document.media_type == "application/wacz"
    assert result.document.title == "Harbour pages"
    assert result.document.metadata["digests"] == ("right 3",)
    assert result.document.metadata["signature"][0].startswith("good, by the key sha256:")
    assert result.text == f"2024-05-06T07:08:09Z\tCranes\t{URL}"


def test_a_collection_that_was_changed() -> None:
    result = read(zipped(collection(listed=b"other")))
    assert result.codes == ["digest-mismatch"]
    assert result.problems[0].detail.startswith("archive/data.warc.gz")
    assert held(result) == {"archive/data.warc.gz": DATA}
    assert sorted(read(zipped(collection(also=" "))).codes) == ["digest-mismatch", "signature-wrong"]
    files = collection()
    files["datapackage-digest.json"] = files["datapackage-digest.json"].replace(
        b'"signature": "', b'"signature": "AAAA'
    )
    assert read(zipped(files)).codes == ["signature-wrong"]


def test_what_is_missing_or_not_listed() -> None:
    files = collection(signed="")
    del files["indexes/index.cdx"]
    files["screenshot.png"] = b"\x89PNG\r\n\x1a\n"
    result = read(zipped(files))
    assert result.codes == ["damaged-part"]
    assert set(held(result)) == {"archive/data.warc.gz", "screenshot.png"}
    assert result.document.metadata["digests"] == ("right 2", "not stated 1")
    assert result.document.metadata["signature"] == ("none",)


def test_a_signature_that_cannot_be_checked() -> None:
    files = collection()
    for key in (b"AAAA", b"no base 64 !"):
        about = json.loads(files["datapackage-digest.json"])
        about["signedData"]["publicKey"] = key.decode()
        result = read(zipped(files | {"datapackage-digest.json": json.dumps(about).encode()}))
        assert result.document.metadata["signature"] == ("not checked: its key cannot be read",)
        assert result.codes == []


@pytest.mark.parametrize(
    "text", [b"[]", b"{", b'{"resources": 3}', b'{"resources": [3, {"path": []}]}', b"[" * 99_999]
)
def test_odd_packages_are_read(text: bytes) -> None:
    result = read(
        zipped({"archive/data.warc.gz": DATA, "datapackage.json": text, "datapackage-digest.json": text})
    )
    assert held(result) == {"archive/data.warc.gz": DATA}


def test_a_bomb_ends_before_it_goes_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "HARMLESS_OUTPUT", 1 << 20)
    files = collection() | {"indexes/zeros": bytes(64 << 20)}
    assert "bomb" in read(zipped(files)).codes
