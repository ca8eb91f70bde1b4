from __future__ import annotations

import base64
import gzip
import hashlib
import zlib

import brotli
import pytest

from casegraph.read import unpacking
from tests.read.made import STORY, Result, read

PAGE = f"<html><head><title>Cranes</title></head><body><p>{STORY[0]}</p></body></html>".encode()
URL = "https://veld.example/news/cranes"
DATE = "2024-05-06T07:08:09Z"


Item = tuple[str, bytes, dict[str, str] | None]


def head(**fields: str) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in fields.items()}


def record(block: bytes, url: str = URL, **fields: str) -> bytes:
    lines = ["WARC/1.1", f"WARC-Target-URI: {url}", f"WARC-Date: {DATE}", f"Content-Length: {len(block)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def warc(*items: Item, gzipped: bool = True) -> bytes:
    """Return an archive: a warcinfo record, then responses, or resources where there are no fields."""
    info = b"software: Harrow crawler 1\r\nformat: WARC File Format 1.1\r\n"
    made = [record(info, WARC_Type="warcinfo")]
    for number, (url, body, fields) in enumerate(items, 2):
        stated = {"WARC_Record_ID": f"<urn:uuid:{number}>", "WARC_Payload_Digest": sha1(body)}
        block = body
        if fields is None:
            stated |= {"WARC_Type": "resource", "Content_Type": "text/plain"}
        else:
            lines = ["HTTP/1.1 200 OK", *(f"{name}: {value}" for name, value in fields.items())]
            block = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
            stated |= {"WARC_Type": "response", "Content_Type": "application/http; msgtype=response"}
        made.append(record(block, url, **stated, WARC_Block_Digest=sha1(block)))
    return b"".join(gzip.compress(one, mtime=0) if gzipped else one for one in made)


def by_name(result: Result) -> dict[str, bytes]:
    return {one.child.name: one.data for one in result.held}


@pytest.mark.parametrize("gzipped", [True, False])
def test_each_capture_is_a_child_with_its_address_and_time(*, gzipped: bool) -> None:
    data = warc(
        (URL, PAGE, head(Content_Type="text/html; charset=utf-8")),
        ("https://veld.example/", b"home", head(Content_Type="text/plain")),
        ("https://veld.example/list.php?id=3&a=/b", b"third", head(Content_Type="text/html")),
        ("urn:note:one", b"a note", None),
        gzipped=gzipped,
    )
    result = read(data, "crawl.warc.gz")
    assert by_name(result) == {
        "veld.example/news/cranes.html": PAGE,
        "veld.example/index.txt": b"home",
        "veld.example/list?id=3&a=_b.php": b"third",
        "note/one.txt": b"a note",
    }
    first = result.held[0].child
    assert (first.url, first.modified, first.role) == (URL, DATE, "record")
    assert result.held[3].child.url is None
    assert result.codes == []
    assert result.document.media_type == "application/warc"
    assert result.document.metadata["warcinfo_software"] == ("Harrow crawler 1",)
    assert result.document.metadata["digests"] == ("right 4",)
    assert result.document.metadata["records"] == ("resource 1", "response 3", "warcinfo 1")
    assert f"{DATE}\t200\ttext/html\t{len(PAGE)}\t{URL}" in result.text
    assert result.prose == []


def chunked(data: bytes) -> bytes:
    parts = [data[place : place + 50] for place in range(0, len(data), 50)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in [*parts, b""])


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", raw_deflate(PAGE)),
        ("br", brotli.compress(PAGE)),
        ("gzip", PAGE),  # decoded by the recorder, which kept the field
        ("br", PAGE),
        ("identity", PAGE),
        ("br, gzip", gzip.compress(brotli.compress(PAGE), mtime=0)),
    ],
)
def test_what_carried_the_content_is_undone(coding: str, body: bytes) -> None:
    plain = warc((URL, body, head(Content_Encoding=coding)))
    both = warc((URL, chunked(body), head(Content_Encoding=coding, Transfer_Encoding="chunked")))
    for data in (plain, both):
        result = read(data)
        assert [one.data for one in result.held] == [PAGE]
        assert result.codes == []


def test_an_unknown_coding_is_told() -> None:
    result = read(warc((URL, b"\1\2\3", head(Content_Encoding="snappy"))))
    assert (result.codes, [one.data for one in result.held]) == (["encoding-unread"], [b"\1\2\3"])


def test_content_that_was_changed_is_found() -> None:
    data = warc((URL, b"seven cranes", head()), (URL, b"a note", head()), gzipped=False)
    result = read(data.replace(b"seven cranes", b"eight cranes"))
    assert result.codes == ["digest-mismatch"]
    assert "record 2 <urn:uuid:2>" in result.problems[0].detail
    assert result.document.metadata["digests"] == ("right 1", "wrong 1")
    assert [one.data for one in result.held] == [b"eight cranes", b"a note"]


@pytest.mark.parametrize("form", ["b32", "hex", "b64", "plain"])
def test_digests_in_every_alphabet_and_over_each_reading(form: str) -> None:
    sent = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(PAGE)
    raw = hashlib.sha256(PAGE).digest()  # some recorders take the payload without its chunks
    value = {"b32": base64.b32encode(raw), "hex": raw.hex().encode(), "b64": base64.urlsafe_b64encode(raw),
             "plain": base64.b32encode(raw).rstrip(b"=").lower()}[form].decode()  # fmt: skip
    good = record(sent, WARC_Type="response", WARC_Payload_Digest=f"sha-256:{value}")
    assert read(good).codes == []
    bad = record(sent, WARC_Type="response", WARC_Payload_Digest=f"sha256:{raw[::-1].hex()}")
    assert read(bad).codes == ["digest-mismatch"]
    unknown = record(sent, WARC_Type="response", WARC_Payload_Digest="whirl:abc")
    assert read(unknown).document.metadata["digests"] == ("not checked 1",)


def test_one_gzip_around_all_records_is_read() -> None:
    data = gzip.compress(warc((URL, PAGE, head()), gzipped=False), mtime=0)
    assert [one.data for one in read(data, "crawl.warc.gz").held] == [PAGE]


@pytest.mark.parametrize("gzipped", [True, False])
def test_damage_costs_what_is_damaged(*, gzipped: bool) -> None:
    urls = [f"https://veld.example/{name}.txt" for name in "abc"]
    made = [warc((url, f"page {url}".encode() * 9, head()), gzipped=gzipped) for url in urls]
    hurt = bytearray(made[1])
    if gzipped:
        place = hurt.rfind(b"\x1f\x8b\x08") + 40
        hurt[place : place + 20] = b"\xff" * 20
    else:
        place = hurt.rfind(b"Content-Length") + len("Content-Length:")
        hurt[place : place + 3] = b" xy"
    result = read(made[0] + bytes(hurt) + made[2])
    assert {one.child.url for one in result.held} >= {urls[0], urls[2]}
    assert result.codes
    assert set(result.codes) <= {"damaged-part", "truncated"}
    cut = read(made[0] + made[2][:-60])
    assert next(one.child.url for one in cut.held) == urls[0]
    assert cut.codes
    assert set(cut.codes) <= {"damaged-part", "truncated"}


@pytest.mark.parametrize(
    "tail", [b"\nWARC/", b"WARC/1.0\r\n", b"\n" * 9, b"\x00" * 99, b"\x1f\x8b\x08", b"x"]
)
def test_an_odd_end_ends(tail: bytes) -> None:
    for gzipped in (True, False):
        result = read(warc((URL, PAGE, head()), gzipped=gzipped) + tail)
        assert [one.data for one in result.held] == [PAGE]


def test_an_arc_is_read() -> None:
    body = b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nold page"
    info = b"1 0 Alexa\nURL IP-address Archive-date Content-type Archive-length\n"
    data = b"filedesc://old.arc 0.0.0.0 20010203040506 text/plain %d\n" % (len(info)) + info
    data += b"\n%s 10.1.1.1 20010203040506 text/plain %d\n" % (URL.encode(), len(body)) + body + b"\n"
    result = read(data, "old.arc")
    assert [(one.child.url, one.child.modified, one.data) for one in result.held] == [
        (URL, "2001-02-03T04:05:06Z", b"old page")
    ]


def test_bombs_end_before_they_go_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "HARMLESS_OUTPUT", 1 << 20)
    zeros = bytes(8 << 20)
    packed = warc((URL, b"x", head()), (URL, zeros, head()), (URL, b"y", head()))
    assert (len(read(packed).held), read(packed).codes) == (1, ["bomb"])
    for coding, body in (("gzip", gzip.compress(zeros, mtime=0)), ("br", brotli.compress(zeros, quality=1))):
        inner = warc((URL, chunked(body), head(Content_Encoding=coding, Transfer_Encoding="chunked")))
        assert (read(inner).held, read(inner).codes) == ((), ["bomb"])
    endless = gzip.compress(b"WARC/1.0\r\n" + b"A: b\r\n" * 3_000_000, mtime=0)
    assert read(endless).codes == ["damaged-part"]


def test_nothing_of_an_archive_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    read(record(b"x", WARC_Type="resource").replace(b"cranes", b"cra nes") + b"words of the page")
    out, err = capfd.readouterr()
    assert out + err == ""
