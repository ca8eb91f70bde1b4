from __future__ import annotations

from tests.read.made import HEADER, STORY, read

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
