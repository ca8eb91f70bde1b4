from __future__ import annotations

import struct
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casegraph.read.rebuilt import Attached, Mail, rebuild
from casegraph.read.rtfpacked import unpacked
from tests.read.compound import Tree, compound
from tests.read.made import STORY, read

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "documents" / "tika"
MOMENT = datetime(2023, 10, 4, 9, 30, tzinfo=UTC)
TICKS = int((MOMENT - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000


def properties(head: int, fixed: dict[tuple[int, int], bytes]) -> bytes:
    rows = (struct.pack("<HHI", kind, tag, 6) + value.ljust(8, b"\0") for (tag, kind), value in fixed.items())
    return bytes(head) + b"".join(rows)


def texts(values: dict[int, str]) -> Tree:
    return {f"__substg1.0_{tag:04X}001F": text.encode("utf-16-le") for tag, text in values.items()}


def recipient(kind: int, name: str, address: str) -> Tree:
    fixed = properties(8, {(0x0C15, 3): struct.pack("<i", kind)})
    return {"__properties_version1.0": fixed, **texts({0x3001: name, 0x3003: address})}


def attachment(name: str, data: bytes) -> Tree:
    fixed = properties(8, {(0x3705, 3): struct.pack("<i", 1)})
    return {"__properties_version1.0": fixed, "__substg1.0_37010102": data, **texts({0x3707: name})}


def message(head: int = 32, more: Tree | None = None, **said: str) -> Tree:
    words = {0x0037: said.get("subject", "Краны"), 0x0042: "Анна Керн", 0x0065: "kern@veld.example"}
    if "text" in said:
        words[0x1000] = said["text"]
    return {
        "__properties_version1.0": properties(head, {(0x0039, 0x40): struct.pack("<Q", TICKS)}),
        "__recip_version1.0_#00000000": recipient(1, "Vera Lind", "lind@veld.example"),
        "__recip_version1.0_#00000001": recipient(2, "Otto Wren", "/o=Veld/cn=wren"),
        **texts(words),
        **(more or {}),
    }


def test_a_message_has_its_header_text_and_attachments() -> None:
    more: Tree = {"__attach_version1.0_#00000000": attachment("список.txt", b"seven cranes")}
    result = read(compound(message(more=more, text="\r\n\r\n".join(STORY))), "x.msg")
    assert result.codes == []
    document = result.document
    assert document.media_type == "application/vnd.ms-outlook"
    assert document.title == "Краны"
    assert document.authors == ("Анна Керн",)
    assert document.published is not None
    assert document.published.start == "2023-10-04T09:30:00+00:00"
    assert document.metadata["to"] == ("Vera Lind <lind@veld.example>",)
    assert "Otto Wren" in document.metadata["cc"][0]
    assert [text for text in result.prose if text in STORY] == list(STORY)
    assert {one.child.name: one.data for one in result.held} == {"список.txt": b"seven cranes"}


def test_a_message_on_a_message_is_a_document_of_its_own() -> None:
    inner = message(24, subject="Inner", text=STORY[0])
    more: Tree = {
        "__attach_version1.0_#00000000": {
            "__properties_version1.0": properties(8, {(0x3705, 3): struct.pack("<i", 5)}),
            "__substg1.0_3701000D": inner,
            **texts({0x3001: "Inner"}),
        }
    }
    (held,) = read(compound(message(more=more, text=STORY[1])), "x.msg").held
    result = read(held.data, held.child.name)
    assert result.document.title == "Inner"
    assert STORY[0] in result.prose


def test_markup_in_an_old_code_page() -> None:
    more: Tree = {"__substg1.0_10130102": "<p>Компания «Велд» поставила семь кранов.</p>".encode("cp1251")}
    tree = message(more=more)
    tree["__properties_version1.0"] = properties(32, {(0x3FDE, 3): struct.pack("<i", 1251)})
    assert "Компания «Велд» поставила семь кранов." in read(compound(tree), "x.msg").prose


def test_a_formatted_body_alone_is_a_child() -> None:
    rich = b"{\\rtf1 Seven cranes\\par}"
    packed = struct.pack("<IIII", len(rich) + 12, len(rich), 0x414C454D, 0) + rich
    (held,) = read(compound(message(more={"__substg1.0_10090102": packed})), "x.msg").held
    assert (held.child.name, held.data) == ("body.rtf", rich)


def test_packed_rich_text() -> None:
    # The example of [MS-OXRTFCP] 3.1.1.
    data = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert unpacked(data) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unpacked(data[:40]).startswith(b"{\\rtf1\\ansi")
    assert unpacked(b"") == b""
    assert unpacked(bytes(20)) == b""


@pytest.mark.parametrize("cut", [600, 1_500, 3_000])
def test_damage_is_said(cut: int) -> None:
    assert read(compound(message(text=STORY[0] * 50))[:cut], "x.msg").codes


def test_a_rebuilt_message_is_the_same_each_time() -> None:
    mail = Mail(
        header="Received: by veld\r\n\tat nine\r\nContent-Type: text/x-old;\r\n boundary=1\r\nX-Own: \u0436",
        subject="Краны и платежи за весь прошлый год, которых никто не видел ни разу",
        sender=("Kern, Anna", "kern@veld.example"),
        date=MOMENT,
        text=STORY[0],
        html=b"<p>other</p>",
        attached=[
            Attached("a\r\nb.txt", b"--casegraph-1-0 x"),
            Attached("m", rebuild(Mail(text="x")), "message/rfc822"),
        ],
    )
    data = rebuild(mail)
    assert data == rebuild(mail)
    assert b"x-old" not in data
    result = read(data, "x.eml")
    assert result.document.title == mail.subject
    assert result.document.authors == ("Kern, Anna",)
    assert result.document.metadata["received"] == ("by veld at nine",)
    assert STORY[0] in result.prose
    assert result.held[0].child.name.endswith("b.txt")


def test_a_broken_mail_store_says_so() -> None:
    result = read(b"!BDN" + bytes(2_000), "x.pst")
    assert result.document.media_type == "application/vnd.ms-outlook-pst"
    assert result.codes == ["damaged"]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared sample documents are not there")
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.msg")), ids=lambda path: path.name)
def test_real_messages(path: Path) -> None:
    result = read(path.read_bytes(), path.name)
    assert result.text.strip()
    assert "reader-failed" not in result.codes
    assert result.document.metadata["from"]


def named(own: str, *numbers: int) -> Tree:
    """Return the storage that names properties: each number of one set has the next tag from 0x8000 on."""
    entries = b"".join(struct.pack("<IHH", one, 3 << 1, place) for place, one in enumerate(numbers))
    return {
        "__substg1.0_00020102": uuid.UUID(f"{own}-0000-0000-c000-000000000046").bytes_le,
        "__substg1.0_00030102": entries + b"\0\0\0",
    }


def test_a_contact_gives_a_card() -> None:
    card = {
        0x001A: "IPM.Contact", 0x3001: "Vera Lind", 0x3A11: "Lind", 0x3A06: "Vera", 0x3A16: "Veld; Ports",
        0x3A1C: "+47 555 01 00", 0x3A29: "1 Quay\r\nEast", 0x3A26: "Norway", 0x8000: "lind@veld.example",
    }  # fmt: skip
    more: Tree = {"__nameid_version1.0": named("00062004", 0x8083), **texts(card)}
    result = read(compound(message(more=more, text=STORY[0])), "x.msg")
    (held,) = result.held
    assert held.child.name == "contact.vcf"
    text = read(held.data, "contact.vcf").text
    for words in ("Vera Lind", "Veld; Ports", "+47 555 01 00", "1 Quay", "Norway", "lind@veld.example"):
        assert words in text
    assert STORY[0] in result.prose


@pytest.mark.parametrize(
    ("kind", "own", "numbers", "name"),
    [
        ("IPM.Appointment", "00062002", (0x8208, 0x820D), "appointment.ics"),
        ("IPM.Task", "00062003", (0x811F, 0x8105), "task.ics"),
    ],
)
def test_an_appointment_and_a_task(kind: str, own: str, numbers: tuple[int, int], name: str) -> None:
    tree = message(more={"__nameid_version1.0": named(own, *numbers)}, text=STORY[0])
    tree |= texts({0x001A: kind, 0x8000: "Karsk Bay"})
    tree["__properties_version1.0"] = properties(32, {(0x8001, 0x40): struct.pack("<Q", TICKS)})
    (held,) = read(compound(tree), "x.msg").held
    assert held.child.name == name
    text = read(held.data, name).text
    assert "2023-10-04T09:30:00Z" in text
    assert "Karsk Bay" in text


def test_a_broken_list_of_names_costs_nothing_else() -> None:
    more: Tree = {
        "__nameid_version1.0": {"__substg1.0_00030102": b"\xff" * 21},
        **texts({0x001A: "IPM.Task"}),
    }
    result = read(compound(message(more=more, text=STORY[0])), "x.msg")
    assert STORY[0] in result.prose
    assert result.held == ()
