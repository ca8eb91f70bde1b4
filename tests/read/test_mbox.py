from __future__ import annotations

import struct

from tests.read.made import HEADER, STORY, mail, read

FIRST = b"From kern@veld.example Mon Jul 20 01:01:07 2015\n"
MAILBOX = (
    FIRST
    + HEADER.replace(b"\r\n", b"\n")
    + b"\n"
    + STORY[0].encode()
    + b"\n>From here on it was 12:30 and quiet.\nFrom then on, at 12:31 sharp, all was well.\n\n"
    + b"From - Tue Jul 21 02:02:08 2015\n"
    + b"From: Mia Holt <holt@veld.example>\nTo: kern@veld.example\nSubject: =?utf-8?B?0J7RgtGH0ZHRgg==?=\n"
    + b"Date: Tue, 21 Jul 2015 02:02:08 +0000\nMessage-ID: <2@veld.example>\n\n"
    + STORY[1].encode()
    + b"\n"
)


def test_each_message_is_a_document() -> None:
    result = read(MAILBOX, "inbox")
    assert result.document.media_type == "application/mbox"
    assert [one.child.name for one in result.held] == ["000001 Cranes.eml", "000002 Отчёт.eml"]
    assert {one.child.role for one in result.held} == {"message"}
    first, second = (one.data.decode() for one in result.held)
    assert "\nFrom here on it was 12:30 and quiet." in first
    assert "From then on, at 12:31 sharp" in first
    assert second.startswith("From: Mia Holt")
    assert result.prose == []
    assert "Mia Holt" in result.text


def test_its_messages_are_read_as_mail() -> None:
    message = read(read(MAILBOX).held[1].data)
    assert message.document.media_type == "message/rfc822"
    assert message.document.title == "Отчёт"
    assert STORY[1] in message.text


def test_one_message_with_a_separator_is_a_mail() -> None:
    assert read(MAILBOX[: MAILBOX.find(b"From - Tue")]).document.media_type == "message/rfc822"


def folder(*letters: bytes, size: int = 0x200) -> bytes:
    """Return a folder of Outlook Express: segments of each letter in a chain, the second half laid first."""
    data = bytearray(b"\xcf\xad\x12\xfe\xc5\xfd\x74\x6f" + bytes(0x24BC - 8))
    for letter in letters:
        parts = [letter[place : place + size] for place in range(0, len(letter), size)]
        order = [*range(len(parts) // 2, len(parts)), *range(len(parts) // 2)]
        start = len(data)
        places = {one: start + 0x210 * number for number, one in enumerate(order)}
        for one in order:
            following = places.get(one + 1, 0)
            data += struct.pack("<IIII", len(data), 0x200, len(parts[one]), following)
            data += parts[one].ljust(0x200, b"\0")
    return bytes(data)


def test_a_mail_folder_of_outlook_express() -> None:
    letters = [mail("Seven cranes. " * 100, "Date: Thu, 12 Sep 2024 10:20:00 +0300"), mail("Paid.")]
    made = folder(*letters)
    result = read(made, "Inbox.dbx")
    assert result.codes == []
    assert result.document.media_type == "application/x-outlook-express"
    assert [one.data for one in result.held] == letters
    assert "Anna Kern" in result.text
    assert read(folder(), "Inbox.dbx").codes == ["no-text"]
    circle = bytearray(folder(letters[0]))
    struct.pack_into("<I", circle, 0x24BC + 12, 0x24BC)
    assert "reader-failed" not in read(bytes(circle), "Inbox.dbx").codes
