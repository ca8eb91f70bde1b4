"""Files inside others: signed, stamped, written as text, packed; and winmail.dat."""

from __future__ import annotations

import binascii
import datetime as dt
import struct
import zlib
from functools import cache

import pyarrow as pa
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from casegraph.read.asn1 import value_at
from casegraph.read.wrappings import szdd_unpacked
from tests.read.made import STORY, read

LETTER = (
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + STORY[0].encode()
)


@cache
def identity(
    *, rsa_key: bool = False
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey]:
    key = rsa.generate_private_key(65_537, 2_048) if rsa_key else ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Anna Kern")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
    )  # fmt: skip
    return made.sign(key, hashes.SHA256()), key


def signed(content: bytes, *options: pkcs7.PKCS7Options, pem: bool = False) -> bytes:
    certificate, key = identity()
    made = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(certificate, key, hashes.SHA256())
    coding = serialization.Encoding.PEM if pem else serialization.Encoding.DER
    return made.sign(coding, [pkcs7.PKCS7Options.Binary, *options])


@pytest.mark.parametrize("pem", [False, True])
def test_what_was_signed_is_a_document_of_its_own(*, pem: bool) -> None:
    result = read(signed(LETTER, pem=pem), "letter.eml.p7m")
    assert result.codes == []
    assert [(one.child.name, one.data) for one in result.held] == [("letter.eml", LETTER)]
    assert result.document.metadata["certificate"] == ("CN=Anna Kern",)
    assert result.document.metadata["signed"] == ("not checked",)
    assert read(LETTER).document.media_type == "message/rfc822"
    assert read(LETTER).prose == [STORY[0]]


def test_signed_twice() -> None:
    result = read(signed(signed(LETTER)), "x.p7m")
    assert [one.data for one in result.held] in ([LETTER], [signed(LETTER)]) or len(result.held) == 1


def test_a_signature_alone_and_encrypted_data() -> None:
    assert read(signed(LETTER, pkcs7.PKCS7Options.DetachedSignature), "x.p7s").codes == ["no-text"]
    certificate, _ = identity(rsa_key=True)
    sealed = pkcs7.PKCS7EnvelopeBuilder().set_data(LETTER).add_recipient(certificate)
    result = read(sealed.encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary]), "x.p7m")
    assert result.codes == ["encrypted"]
    assert result.held == ()


def tlv(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return bytes([tag, 0x82]) + struct.pack(">H", len(body)) + body


def test_data_of_indefinite_length_and_in_pieces() -> None:
    pieces = b"\x24\x80" + tlv(4, b"seven ") + tlv(4, b"cranes") + b"\0\0"
    inner = b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0\x80" + pieces + b"\0\0\0\0"
    assert read(inner, "x.p7m").held[0].data == b"seven cranes"


def test_time_stamped_data() -> None:
    kind = b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x1f"
    body = tlv(0x30, b"\x02\x01\x01", tlv(0x16, b"file:///C:/a/list.txt"), tlv(4, b"seven cranes"), tlv(0xA0))
    result = read(tlv(0x30, kind, tlv(0xA0, body)), "x.tsd")
    assert [(one.child.name, one.data) for one in result.held] == [("list.txt", b"seven cranes")]


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_bytes_break_the_structure_reader(data: bytes) -> None:
    try:
        value = value_at(data)
    except ValueError:
        return
    assert value.after <= len(data) + 2


def test_files_written_as_text() -> None:
    lines = [binascii.b2a_uu(b"seven cranes for the port of Veld"), binascii.b2a_uu(b"and more")]
    made = b"begin 644 list.txt\n" + b"".join(lines) + b"`\nend\nbegin 600 b.bin\n" + lines[1] + b"`\nend\n"
    result = read(made, "x.uu")
    assert [(one.child.name, one.data) for one in result.held] == [
        ("list.txt", b"seven cranes for the port of Veldand more"), ("b.bin", b"and more"),
    ]  # fmt: skip
    coded = b"begin-base64 644 a.txt\n" + binascii.b2a_base64(b"seven cranes") + b"====\n"
    assert read(coded, "x").held[0].data == b"seven cranes"
    body = bytes((byte + 42) & 255 for byte in b"seven cranes\x13\n")
    body = body.replace(b"=", b"=}")
    yenc = b"=ybegin line=128 size=14 name=a.txt\r\n" + body + b"\r\n=yend size=14\r\n"
    assert read(yenc, "x").held[0].data == b"seven cranes\x13\n"


def binhex(name: bytes, content: bytes) -> bytes:
    head = bytes([len(name)]) + name + b"\0TEXTttxt\0\0" + struct.pack(">II", len(content), 0) + b"\0\0"
    body = (head + content + b"\0\0").replace(b"\x90", b"\x90\0")
    letters = b"!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr"
    bits = "".join(f"{byte:08b}" for byte in body)
    bits += "0" * (-len(bits) % 6)
    coded = bytes(letters[int(bits[place : place + 6], 2)] for place in range(0, len(bits), 6))
    lines = b"\r".join(coded[place : place + 64] for place in range(0, len(coded), 64))
    return b"(This file must be converted with BinHex 4.0)\r\r:" + lines + b":\r"


def test_files_of_an_old_macintosh() -> None:
    result = read(binhex(b"list.txt", b"seven cranes \x90 and the port of Veld, five times"), "x.hqx")
    assert [(one.child.name, one.data) for one in result.held] == [
        ("list.txt", b"seven cranes \x90 and the port of Veld, five times")
    ]
    head = b"\0\x05\x16\0\0\2\0\0" + bytes(16) + b"\0\2"
    single = head + struct.pack(">6I", 3, 50, 8, 1, 58, 12) + b"list.txt" + b"seven cranes"
    result = read(single, "x")
    assert [(one.child.name, one.data) for one in result.held] == [("list.txt", b"seven cranes")]
    assert read(b"\0\x05\x16\x07\0\2\0\0" + bytes(16) + b"\0\0", "._x").codes == ["damaged"]


def snappy(content: bytes) -> bytes:
    packed: bytes = pa.Codec("snappy").compress(content, asbytes=True)
    chunk = bytes(4) + packed
    return b"\xff\x06\0\0sNaPpY\0" + struct.pack("<I", len(chunk))[:3] + chunk


def test_packed_streams() -> None:
    text = "\n".join(STORY).encode()
    result = read(snappy(text), "list.txt.sz")
    assert [(one.child.name, one.data) for one in result.held] == [("list.txt", text)]
    assert read(zlib.compress(text), "list.txt.zlib").held[0].data == text
    assert read(zlib.compress(text)[:-20], "list.zlib").codes == ["damaged-part"]
    head = b"SZDD\x88\xf0\x27\x33A\0" + struct.pack("<I", 18)
    packed = b"\xffseven cr\x1fanes \xf0\xf3"  # the last: six letters from the place of the first
    assert b"".join(szdd_unpacked(head + packed)) == b"seven cranes seven"
    assert read(head + packed, "a.tx_").held[0].data == b"seven cranes seven"


def test_a_packed_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casegraph.read.unpacking.HARMLESS_OUTPUT", 1 << 20)
    result = read(zlib.compress(bytes(9 << 20), 9), "x.zlib")
    assert result.codes == ["bomb"]
    assert result.held == ()


# -- winmail.dat ------------------------------------------------------------------------------------------


def attribute(level: int, name: int, value: bytes) -> bytes:
    return struct.pack("<BII", level, name, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def values(*rows: tuple[int, int, bytes]) -> bytes:
    made = struct.pack("<I", len(rows))
    for tag, kind, value in rows:
        made += struct.pack("<HH", kind, tag)
        if tag >= 0x8000:
            made += bytes(16) + struct.pack("<II", 1, 6) + "ab\0".encode("utf-16-le") + bytes(2)
        if kind in {0x1E, 0x1F, 0xD, 0x102}:
            made += struct.pack("<II", 1, len(value))
        made += value + bytes(-len(value) % 4)
    return made


def winmail(text: str = STORY[0], more: bytes = b"") -> bytes:
    own = values(
        (0x8005, 3, struct.pack("<I", 9)),
        (0x0037, 0x1F, "Краны\0".encode("utf-16-le")),
        (0x0042, 0x1F, "Анна Керн\0".encode("utf-16-le")),
        (0x0065, 0x1E, b"kern@veld.example\0"),
        (0x1000, 0x1F, f"{text}\0".encode("utf-16-le")),
        (0x0039, 0x40, struct.pack("<Q", 133_408_782_000_000_000)),
    )
    people = values(
        (0x0C15, 3, struct.pack("<I", 1)), (0x3001, 0x1E, b"Vera Lind\0"), (0x3003, 0x1E, b"l@veld.example\0")
    )
    return (
        b"\x78\x9f\x3e\x22\1\0"
        + attribute(1, 0x00069007, struct.pack("<II", 1251, 0))
        + attribute(1, 0x00069003, own)
        + attribute(1, 0x00069004, struct.pack("<I", 1) + people)
        + attribute(2, 0x00069002, bytes(14))
        + attribute(2, 0x00018010, "список.txt\0".encode("cp1251"))
        + attribute(2, 0x0006800F, b"seven cranes")
        + more
    )


def test_winmail() -> None:
    result = read(winmail(), "winmail.dat")
    assert result.codes == []
    assert result.document.media_type == "application/vnd.ms-tnef"
    assert result.document.title == "Краны"
    assert result.document.authors == ("Анна Керн",)
    assert result.document.published is not None
    assert STORY[0] in result.prose
    assert "To: Vera Lind" in result.text
    assert [(one.child.name, one.data) for one in result.held] == [("список.txt", b"seven cranes")]


def test_a_message_in_winmail() -> None:
    inner = values((0x3701, 0xD, bytes(16) + winmail()), (0x3001, 0x1E, b"Old letter\0"))
    more = attribute(2, 0x00069002, bytes(14)) + attribute(2, 0x00069005, inner)
    held = read(winmail(more=more), "winmail.dat").held
    assert [one.child.name for one in held] == ["список.txt", "Old letter.eml"]
    assert STORY[0] in read(held[1].data).prose


def test_winmail_of_old_attributes() -> None:
    sender = struct.pack("<4H", 4, 24, 10, 23) + b"Otto Wren\0" + b"SMTP:wren@veld.example\0"
    made = (
        b"\x78\x9f\x3e\x22\1\0"
        + attribute(1, 0x00008000, sender)
        + attribute(1, 0x00018004, b"Cranes\0")
        + attribute(1, 0x00038005, struct.pack("<7H", 2024, 3, 5, 10, 20, 0, 2))
        + attribute(1, 0x0002800C, STORY[0].encode() + b"\0")
    )
    result = read(made, "winmail.dat")
    assert (result.document.title, result.document.authors) == ("Cranes", ("Otto Wren",))
    assert result.prose[-1] == STORY[0]
    assert read(made[:-60], "winmail.dat").codes == ["damaged-part"]
