"""What is quoted in a mail, how deep, and whose it is; the gold set has the layouts of many programs."""

from __future__ import annotations

import pytest

from casegraph.attribute.quoted import find_quoters
from casegraph.text.mailquotes import sender, wrote
from tests.read.made import mail, read


def voices(body: str, *headers: str) -> list[tuple[str, int, str | None]]:
    """Return role, depth and quoted writer of each block behind the mail's own header and subject."""
    (page,) = read(mail(body, *headers)).pages
    quoters = find_quoters(page)
    return [
        (page.text[block.start : block.end], block.depth, quoters[n].name if n in quoters else None)
        for n, block in enumerate(page.blocks)
        if block.role in {"paragraph", "quote"}
    ]


def test_the_outer_writer_has_the_word_again_behind_an_inner_quotation() -> None:
    body = (
        "I agree.\n\nOn 2024-04-05 11:00, Anna Kern wrote:\n> The crane is here.\n>\n> Otto Wren wrote:\n"
        ">> Where is the crane?\n>\n> It came on Friday.\n\nGood."
    )
    assert [(text, writer) for text, _, writer in voices(body) if "wrote" not in text] == [
        ("I agree.", None),
        ("The crane is here.", "Anna Kern"),
        ("Where is the crane?", "Otto Wren"),
        ("It came on Friday.", "Anna Kern"),
        ("Good.", None),
    ]


def test_a_chain_of_answers_goes_deeper_with_each_header() -> None:
    header = "-----Original Message-----\nFrom: {}\nSent: Friday\nTo: Mia Holt\nSubject: Cranes\n\n"
    body = f"Third.\n\n{header.format('Kern, Anna')}Second.\n\n{header.format('otto@wren.example')}First."
    assert voices(body) == [
        ("Third.", 0, None),
        ("Second.", 1, "Kern, Anna"),
        ("First.", 2, "otto@wren.example"),
    ]


def test_prose_that_only_looks_like_an_attribution_is_the_senders() -> None:
    for body in (
        "On Monday the council wrote:\n\nThe ferry is sold.",
        "В среду директор написал заявление:\n\nЗавод закрыт.",
        "He wrote to anna@kern.example yesterday.\n\nShe did not answer.",
    ):
        assert [depth for _, depth, _ in voices(body)] == [0, 0]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("On Fri, Apr 5, 2024 at 9:01 AM Anna Kern <a@k.example> wrote:", "Anna Kern"),
        ('On Fri, 5 Apr 2024 09:01:00 +0200, "Kern, Anna" <a@k.example> wrote:', "Kern, Anna"),
        ("On Tuesday 05 March 2024 12:30:11 Anna Kern wrote:", "Anna Kern"),
        ("Anna Kern <a@k.example> writes:", "Anna Kern"),
        ("On 5 April 2024 09:01 a@k.example wrote:", "a@k.example"),
        ("At 11:00 AM 6/3/2024 +0200, you wrote:", None),
        ("Пользователь Марта Линд <l@v.example> писал(а):", "Марта Линд"),
        ("Вторник, 5 марта 2024, 12:30 +03:00 от Марта Линд <l@v.example>:", "Марта Линд"),
        ('05.03.2024, 12:30, "Марта Линд" <l@v.example>:', "Марта Линд"),
        ("Марта Линд писал 2024-03-05 12:30:", "Марта Линд"),
        ("вт, 5 мар. 2024 г. в 12:30, Марта Линд <l@v.example>:", "Марта Линд"),
        ("Вы писали 5 марта 2024 г., 12:30:11:", None),
        ("在 2024-03-05 12:30:00，\u201c张伟\u201d <z@b.example> 写道：", "张伟"),
        ("张伟 <z@b.example> 于2024年3月5日周二 15:12写道：", "张伟"),
    ],
)
def test_names_in_attributions(line: str, name: str | None) -> None:
    found = wrote(line)
    assert found is not None
    assert found.sure
    assert (line[slice(*found.name)] if found.name else None) == name


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("From: Anna Kern [mailto:a@k.example]\nSent: x\nTo: y", "Anna Kern"),
        ("From: 'Anna Kern' <a@k.example>", "Anna Kern"),
        ("*From:* Anna Kern <a@k.example>", "Anna Kern"),
        ("From: <a@k.example>", "a@k.example"),
        ("From: Anna Kern/NOR/Northlight@Northlight on 10/04/2024 09:58 AM\nTo: x", "Anna Kern"),
        ("Anna Kern\n10/04/2024 09:58 AM\nTo: x\ncc:\nSubject: y", "Anna Kern"),
        ("От: Марта Линд\nДата: 1.2.2024", "Марта Линд"),
        ("发件人:\u00a0\u201c张伟\u201d<z@b.example>;", "张伟"),
        ("To: Anna Kern", None),
    ],
)
def test_senders_in_quoted_headers(header: str, name: str | None) -> None:
    span = sender(header)
    assert (header[slice(*span)] if span else None) == name


def test_a_header_with_lines_between_its_fields_is_a_header() -> None:
    header = "From: Anna Kern\nTo: Otto Wren\n\ncc: Mia Holt\n\nSubject: Cranes"
    body = f"See below.\n\n{header}\n\nThe crane is here."
    assert voices(body)[-1] == ("The crane is here.", 1, "Anna Kern")
