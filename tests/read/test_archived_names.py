"""Names that an archive keeps beside bare addresses."""

from __future__ import annotations

from casegraph.model import Document, Original, Page, content_id
from casegraph.read import STAGE

HEAD = (
    "Message-ID: <1.a@x.example>\nDate: Mon, 14 May 2001 16:39:00 -0700 (PDT)\nFrom: {sender}\nTo: {to}\n"
    "Subject: Cranes\nMime-Version: 1.0\nContent-Type: text/plain; charset=us-ascii\n{extra}\n"
    "The seventh crane arrived in Northport on Friday.\n"
)


def read(sender: str, to: str, extra: str) -> tuple[Document, str]:
    data = HEAD.format(sender=sender, to=to, extra=extra).encode()
    records = list(STAGE.run(Original(document=content_id(data), data=data, names=("1.eml",))))
    document = next(one for one in records if isinstance(one, Document))
    return document, next(one for one in records if isinstance(one, Page)).text


def test_names_of_an_archive_go_with_bare_addresses() -> None:
    document, text = read(
        "anna.kern@x.example",
        "otto.wren@x.example, veld@y.example",
        "X-From: Anna Kern\nX-To: Wren, Otto </O=NORTH/OU=NA/CN=OWREN>, Port of Veld </O=NORTH/CN=VELD>\n",
    )
    assert document.authors == ("Anna Kern",)
    assert 'From: "Anna Kern" <anna.kern@x.example>' in text
    assert 'To: "Wren, Otto" <otto.wren@x.example>; "Port of Veld" <veld@y.example>' in text


def test_names_that_do_not_match_the_addresses_are_left_out() -> None:
    document, text = read("anna.kern@x.example", "otto@x.example", "X-From: a@b\nX-To: Otto Wren; Veld\n")
    assert document.authors == ("anna.kern@x.example",)
    assert "To: otto@x.example" in text


def test_names_of_the_field_itself_stay() -> None:
    _, text = read("Anna Kern <anna.kern@x.example>", "otto@x.example", "X-From: Somebody Else\n")
    assert "Somebody" not in text
