"""Mail messages and pages saved as such."""

from __future__ import annotations

import base64
from email.header import Header

import pytest

from tests.read.made import HEADER, STORY, mail, read


def test_header_body_and_facts() -> None:
    result = read(
        mail(
            f"{STORY[0]}\r\n\r\n{STORY[1]}", "Cc: board@veld.example", "Date: Wed, 25 Sep 2024 17:20:11 +0300"
        )
    )
    document = result.document
    assert document.media_type == "message/rfc822"
    assert document.title == "Cranes"
    assert document.authors == ("Anna Kern",)
    assert document.published is not None
    assert document.published.start == "2024-09-25T17:20:11+03:00"
    assert document.metadata["message-id"] == ("<1@veld.example>",)
    assert document.metadata["from"] == ("Anna Kern <kern@veld.example>",)
    assert result.of("header")[0].startswith("From: Anna Kern")
    assert "Cc: board@veld.example" in result.of("header")[0]
    assert result.of("title") == ["Cranes"]
    assert result.of("paragraph") == [STORY[0], STORY[1]]
    assert result.codes == []


QUOTED = {
    "marks": "> The crane has arrived.\n> Two crates were opened.",
    "wrote": "On Fri, 30 Apr 2021 at 09:01, Tom Berg <berg@veld.example>\nwrote:\n\n> The crane has arrived.",
    "russian": "30.04.2021 09:01, Том Берг пишет:\n> The crane has arrived.",
    "outlook": (
        "-----Original Message-----\nFrom: Tom Berg\nSent: Friday\nTo: Anna Kern; "
        "Mara\nLindqvist\nSubject: Cranes\n\nThe crane has arrived."
    ),
    "bare": (
        "From: Tom Berg\nSent: Friday, 30 April 2021\nTo: Anna Kern\n"
        "Subject: Cranes\n\nThe crane has arrived."
    ),
    "chinese": (
        "-----原始邮件-----\n发件人: 王小明\n发送时间: 2021\n收件人: 李华\n主题: "
        "起重机\n\nThe crane has arrived."
    ),
}


@pytest.mark.parametrize("form", sorted(QUOTED))
def test_quoted_parts_have_a_role_of_their_own(form: str) -> None:
    result = read(mail(f"Please see below.\n\n{QUOTED[form]}"))
    assert result.of("paragraph") == ["Please see below."]
    assert any(text.startswith("The crane has arrived.") for text in result.of("quote"))
    assert ">" not in "".join(result.of("quote")).replace("berg@veld.example>", "")
    assert not any(text.startswith(("From:", "Sent:", "Lindqvist", "发件人")) for text in result.of("quote"))


def test_an_answer_between_quotes_is_the_writers_own() -> None:
    result = read(
        mail("> Who pays?\nWe do not, and we never will.\n> And the crates?\nAsk the border office.")
    )
    assert result.of("quote") == ["Who pays?", "And the crates?"]
    assert result.of("paragraph") == ["We do not, and we never will.", "Ask the border office."]


def test_a_signature_is_no_prose() -> None:
    result = read(mail("The crane has arrived.\n\n-- \nAnna Kern\nHarbour Office"))
    assert result.of("footer") == ["--\nAnna Kern\nHarbour Office"]


def test_flowed_lines_are_joined() -> None:
    body = "The crane has \r\narrived in Veld.\r\n"
    data = HEADER + b"Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n" + body.encode()
    assert read(data).of("paragraph") == ["The crane has arrived in Veld."]


def multipart(kind: str, *parts: str) -> bytes:
    """Return a message of several parts, each given with its own header."""
    body = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return (
        HEADER
        + f'MIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary="b"\r\n\r\n{body}--b--\r\n'.encode()
    )


PLAIN = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{STORY[0]}"
MARKED = (
    f"Content-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>{STORY[1]}</p>"
    f"<blockquote>{STORY[2]}</blockquote></body></html>"
)


def test_plain_is_preferred_to_html() -> None:
    assert read(multipart("alternative", PLAIN, MARKED)).of("paragraph") == [STORY[0]]


def test_html_is_read_where_it_is_all_there_is() -> None:
    result = read(multipart("alternative", MARKED))
    assert result.of("paragraph") == [STORY[1]]
    assert result.of("quote") == [STORY[2]]


def test_attachments_are_documents_of_their_own() -> None:
    attached = (
        'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="secret.pdf"\r\n\r\n%PDF-'
    )
    forwarded = f"Content-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\nSubject: inner\r\n\r\n{STORY[2]}"
    result = read(multipart("mixed", PLAIN, attached, forwarded))
    assert result.codes == []
    assert [(one.child.name, one.child.role, one.data[:5]) for one in result.held] == [
        ("secret.pdf", "attachment", b"%PDF-"),
        ("attachment-2", "attachment", b"From:"),
    ]
    assert STORY[2].encode() in result.held[1].data
    assert result.document.metadata["attachment"] == ("secret.pdf",)
    assert STORY[2] not in result.text


@pytest.mark.parametrize("charset", ["koi8-r", "windows-1251", "utf-8"])
def test_headers_and_bodies_in_russian(charset: str) -> None:
    subject, body = "Счёт за краны", "Седьмой кран прибыл в порт Вельд вчера утром."
    data = (
        f"From: =?{charset}?B?{base64.b64encode('Марта Линд'.encode(charset)).decode()}?= "
        f"<lind@veld.example>\r\n"
        f"Subject: {Header(subject, charset).encode()}\r\nTo: x@y.example\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        f"{base64.b64encode(body.encode(charset)).decode()}\r\n"
    ).encode()
    result = read(data)
    assert result.document.title == subject
    assert result.document.authors == ("Марта Линд",)
    assert result.of("paragraph") == [body]


def test_raw_eight_bit_headers_are_decoded() -> None:
    data = (
        "From: Марта Линд <lind@veld.example>\r\nTo: a@b.example\r\nSubject: "
        "Последний счёт за краны\r\n\r\nПривет, это письмо."
    ).encode("cp1251")
    result = read(data)
    assert result.document.title == "Последний счёт за краны"
    assert result.document.authors == ("Марта Линд",)


def test_a_web_page_saved_in_one_file() -> None:
    page = (
        f"<html><body><nav><a href='/'>Home</a></nav><article><h1>Seven cranes "
        f"reach Veld</h1>{''.join(f'<p>{text}</p>' for text in STORY)}</article></body></html>"
    )
    data = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: "
        "https://courier.example/cranes\r\nSubject: Seven cranes\r\n"
        "Date: Sat, 16 Nov 2024 09:12:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; '
        f'boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n{page}\r\n'
        f"--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"
    ).encode()
    result = read(data, "cranes.mhtml")
    assert result.document.media_type == "multipart/related"
    assert result.document.title == "Seven cranes reach Veld"
    assert result.document.url == "https://courier.example/cranes"
    assert result.document.captured is not None
    assert result.document.captured.start is not None
    assert result.document.captured.start.startswith("2024-11-16")
    assert result.of("paragraph") == list(STORY)
    assert "Home" in result.of("furniture")
