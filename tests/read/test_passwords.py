from __future__ import annotations

import io
import zlib

import docx
import libarchive
import pytest
from msoffcrypto.format import ooxml
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from casegraph.model import Document, Original, Page, Problem, Unpacked, content_id
from casegraph.read import STAGE, unar
from tests.read.made import STORY, saved

FILES = {"deal.txt": STORY[0].encode(), "notes/pay.txt": STORY[1].encode() * 40}
needs_unar = pytest.mark.skipif(not unar.installed(), reason="the program unar is not installed")


def tried(data: bytes, *passwords: str) -> tuple[list[str], dict[str, bytes], str]:
    """Return the problem codes, what was taken out, and the text."""
    original = Original(document=content_id(data), data=data, passwords=passwords)
    records = list(STAGE.run(original))
    (document,) = (one for one in records if isinstance(one, Document))
    assert (document.id, document.size) == (original.document, len(data))
    return (
        [one.code for one in records if isinstance(one, Problem)],
        {one.child.name: one.data for one in records if isinstance(one, Unpacked)},
        "\n".join(one.text for one in records if isinstance(one, Page)),
    )


def zipped(password: str, cipher: str, files: dict[str, bytes] | None = None) -> bytes:
    made = io.BytesIO()
    with libarchive.custom_writer(
        made.write,
        "zip",
        options=f"zip:encryption={cipher}",
        passphrase=password,
    ) as archive:
        for name, data in (files or FILES).items():
            archive.add_file_from_memory(name, len(data), data)
    return made.getvalue()


@pytest.mark.parametrize("cipher", ["aes256", "aes128", "traditional"])
def test_a_zip_opens_with_one_of_the_passwords(cipher: str) -> None:
    data = zipped("geheim", cipher)
    codes, held, text = tried(data, "wrong", "geheim", "other")
    assert (codes, held) == (["read.unlocked"], FILES)
    assert "deal.txt\t103" in text
    for passwords in ((), ("wrong", "Geheim")):
        codes, held, text = tried(data, *passwords)
        assert (codes, held) == (["read.encrypted"], {})
        assert "notes/pay.txt\t?" in text


def taken(data: bytes, password: str) -> dict[str, bytes]:
    return {one.name: b"".join(one.blocks) for one in unar.members(data, password)}


@needs_unar
def test_what_libarchive_cannot_decrypt_is_taken_out_by_a_program() -> None:
    data = zipped("geheim", "traditional")
    assert taken(data, "geheim") == FILES
    with pytest.raises(unar.WrongPasswordError):
        taken(data, "wrong")
    with pytest.raises(unar.WrongPasswordError):
        taken(b"7z\xbc\xaf\x27\x1c broken", "geheim")


@needs_unar
def test_a_changed_file_is_not_taken_for_the_right_one() -> None:
    data = bytearray(zipped("geheim", "traditional"))
    checksum = zlib.crc32(FILES["deal.txt"]).to_bytes(4, "little")
    assert checksum in data
    changed = bytes(data).replace(checksum, b"\1\2\3\4")
    with pytest.raises(unar.WrongPasswordError):
        taken(changed, "geheim")


def office(password: str) -> bytes:
    made = io.BytesIO()
    plain = docx.Document()
    plain.add_paragraph(STORY[0])
    ooxml.OOXMLFile(io.BytesIO(saved(plain))).encrypt(password, made)
    return made.getvalue()


def test_an_office_document_opens_with_one_of_the_passwords() -> None:
    data = office("geheim")
    codes, _, text = tried(data, "wrong", "geheim")
    assert codes == ["read.unlocked"]
    assert STORY[0] in text
    assert tried(data, "wrong")[0] == ["read.encrypted"]
    codes, _, text = tried(office("VelvetSweatshop"))
    assert (codes, text) == ([], STORY[0])


@pytest.mark.parametrize("cut", [600, 3000, 5000])
def test_a_broken_encrypted_document_is_a_problem(cut: int) -> None:
    data = office("geheim")
    assert tried(data[:cut] + b"\xff" * 900 + data[cut + 900 :], "geheim")[0]


@pytest.mark.parametrize("strength", [40, 128])
def test_a_pdf_opens_with_one_of_the_passwords(strength: int) -> None:
    made = io.BytesIO()
    page = canvas.Canvas(made, encrypt=StandardEncryption("geheim", "owner", strength=strength))
    page.drawString(72, 720, "Harrow Marine sold seven cranes to the port of Veld.")
    page.save()
    codes, _, text = tried(made.getvalue(), "wrong", "geheim")
    assert codes == ["read.unlocked"]
    assert "Harrow Marine sold seven cranes" in text
    assert tried(made.getvalue(), "wrong")[0] == ["read.encrypted"]
