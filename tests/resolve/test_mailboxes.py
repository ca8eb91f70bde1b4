"""The address book: one entity an address, with the names it is shown with and those of the body."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from casegraph.extract.addresses import kind_of
from casegraph.model import Block, Document, Page, Parsed, Resolved, content_id, make_id
from casegraph.resolve import STAGE, Counted, unify
from casegraph.testing import mention
from casegraph.text.addresses import Mailbox, mailboxes


def boxes(header: str) -> list[tuple[str, str]]:
    return [(one.shown, one.mail) for one in mailboxes(header)]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("From: Anna Kern <Anna@Kern.example>", [("Anna Kern", "anna@kern.example")]),
        ('To: "Kern, Anna" <a@k.example>; o@w.example', [("Anna Kern", "a@k.example"), ("", "o@w.example")]),
        ("To: Kern, Anna <a@k.example>, Otto Wren <o@w.example>",
         [("Anna Kern", "a@k.example"), ("Otto Wren", "o@w.example")]),
        ("From: Anna Kern [mailto:a@k.example]\nSent: Friday x@y.example", [("Anna Kern", "a@k.example")]),
        ("From: 'a@k.example' <a@k.example>", [("", "a@k.example")]),
        ("Cc: x@y.example,\n   Mia Holt <m@h.example>", [("", "x@y.example"), ("Mia Holt", "m@h.example")]),
        ("От: Марта Линд <l@v.example>", [("Марта Линд", "l@v.example")]),
        ("发件人: \u201c张伟\u201d <z@b.example>;", [("张伟", "z@b.example")]),
        ("Subject: write to a@k.example", []),
        ("To: undisclosed-recipients:;", []),
    ],
)  # fmt: skip
def test_mailboxes_of_a_header(header: str, found: list[tuple[str, str]]) -> None:
    assert boxes(header) == found
    for one in mailboxes(header):
        assert header[slice(*one.address)].casefold() == one.mail


@pytest.mark.parametrize(
    ("shown", "mail", "kind"),
    [
        ("Anna Kern", "a@k.example", "Person"),
        ("Anna M. Kern", "a@k.example", "Person"),
        ("Марта Линд", "l@v.example", "Person"),
        ("张伟", "z@b.example", "Person"),
        ("Northlight Ltd", "a@k.example", "Organization"),
        ("Anna Kern", "sales@k.example", "Organization"),
        ("北港公司", "z@b.example", "Organization"),
        ("akern77", "a@k.example", "LegalEntity"),
        ("", "a@k.example", "LegalEntity"),
    ],
)
def test_whose_mailbox_it_is(shown: str, mail: str, kind: str) -> None:
    assert kind_of(Mailbox(None, (0, 1), shown, mail)) == kind


def mails(header: str, body: str, *names: str) -> Parsed:
    text = f"{header}\n\n{body}"
    own = content_id(text.encode())
    blocks = (
        Block(start=0, end=len(header), role="header"),
        Block(start=len(header) + 2, end=len(text), role="paragraph"),
    )
    page = Page(id=make_id("page", own, 1), document=own, number=1, text=text, blocks=blocks)
    shown = [text[slice(*box.name)] for box in mailboxes(header) if box.name is not None]
    found = [mention(page, name, "Person", shown[:place].count(name) + 1) for place, name in enumerate(shown)]
    found += [mention(page, name, "Person", text.count(name)) for name in names]
    document = Document(id=own, media_type="message/rfc822", size=len(text))
    return Parsed(document=document, pages=(page,), parses=(), mentions=tuple(found))


def resolved(parsed: Parsed) -> Iterator[Resolved]:
    yield from (one for one in STAGE.run(parsed) if isinstance(one, Resolved))


def test_one_entity_an_address_whatever_the_name() -> None:
    first = list(resolved(mails("From: Anna Kern <a@k.example>", "Hello.")))
    second = list(resolved(mails('To: "Kern, A." <A@K.example>', "Hello again.")))
    assert first[0].entity == second[0].entity
    assert (first[0].email, first[0].name) == ("a@k.example", "Anna Kern")


def test_the_body_speaks_of_those_in_the_header() -> None:
    parsed = mails(
        "From: Anna Kern <a@k.example>\nTo: Otto Wren <o@w.example>",
        "Anna Kern met Kern.",
        "Anna Kern",
        "Kern",
    )
    ids = {(one.spelling, one.entity) for one in resolved(parsed)}
    anna = {entity for spelling, entity in ids if spelling in {"Anna Kern", "Kern"}}
    assert len(anna) == 1
    assert len({entity for _, entity in ids}) == 2


def test_two_addresses_under_one_name_stay_apart() -> None:
    header = "From: Anna Kern <a@k.example>\nTo: Anna Kern <a@other.example>"
    parsed = mails(header, "Anna Kern is here.", "Anna Kern")
    found = list(resolved(parsed))
    assert len({one.entity for one in found}) == 3


def counted(name: str, *, bears: tuple[str, ...] = (), group: str = "Person") -> Counted:
    return Counted(
        id=name, group=group, key=bears[0] if bears else name, mentions=1, documents=frozenset({"d"}),
        bears=frozenset(bears),
    )  # fmt: skip


def test_over_the_case_a_full_name_is_its_only_mailbox() -> None:
    box = counted("box", bears=("anna kern", "kern"))
    assert unify([box, counted("anna kern"), counted("kern")]) == {"anna kern": "box"}
    other = counted("box-2", bears=("anna kern",))
    assert unify([box, other, counted("anna kern")]) == {}
    assert unify([box, counted("anna kern", group="Organization")]) == {}
