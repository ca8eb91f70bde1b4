"""Mails of a case: their conversations, shown with each of them, made anew when mails come."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from casegraph.cli import program
from casegraph.model import Document
from casegraph.pipeline.case import Case, init_case, open_case
from casegraph.pipeline.letters import Posts
from casegraph.pipeline.reports import DocumentView, ThreadView
from casegraph.store.conversations import FILE, Conversations

CHAIN = "tests.pipeline.stages:reading"


ANNA = "Anna Kern <a@kern.example>"
ANSWERS = "References: <one@kern.example>"


def mail(
    name: str, subject: str, hour: int, *headers: str, sender: str = "Anna Kern <a@kern.example>"
) -> str:
    lines = [
        f"From: {sender}", "To: Otto Wren <otto@wren.example>", f"Message-ID: <{name}@kern.example>",
        f"Subject: {subject}", f"Date: Fri, 05 Apr 2024 {hour:02}:00:00 +0200", *headers, "",
        f"This is what {name} says.", "",
    ]  # fmt: skip
    return "\r\n".join(lines)


def case_of(tmp_path: Path, mails: dict[str, str]) -> Case:
    init_case(tmp_path / "case")
    case = open_case(tmp_path / "case", chain=CHAIN)
    put(case, tmp_path / "mails", mails)
    return case


def put(case: Case, folder: Path, mails: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in mails.items():
        (folder / f"{name}.eml").write_bytes(text.encode())
    case.add([folder])
    case.build()


def test_each_mail_shows_its_conversation(tmp_path: Path) -> None:
    third = mail("three", "Re: Cranes", 11, sender="Otto Wren <otto@wren.example>")
    case = case_of(tmp_path, {
        "one": mail("one", "Cranes", 9), "two": mail("two", "Re: Cranes", 10, ANSWERS),
        "three": third, "four": mail("four", "Invoice", 12),
    })  # fmt: skip
    rows = {row.names[0]: row for row in case.documents()}
    places = {name: row.thread for name, row in rows.items()}
    first, fourth = places["one.eml"], places["four.eml"]
    assert first is not None
    assert fourth is not None
    assert (first.mails, fourth.mails, first.answers) == (3, 1, None)
    assert fourth.id != first.id
    view = case.show("two.eml")
    assert isinstance(view, DocumentView)
    assert [(one.name, one.depth, one.tie) for one in view.thread] == [
        ("one.eml", 0, None), ("two.eml", 1, "references"), ("three.eml", 2, "subject"),
    ]  # fmt: skip
    whole = case.show(first.id)
    assert isinstance(whole, ThreadView)
    assert (whole.subject, whole.mails) == ("Cranes", view.thread)


def test_a_mail_that_comes_later_takes_its_place(tmp_path: Path) -> None:
    case = case_of(tmp_path, {"two": mail("two", "Re: Cranes", 10, "In-Reply-To: <one@kern.example>")})
    before = next(case.documents()).thread
    put(case, tmp_path / "more", {"one": mail("one", "Cranes", 9)})
    rows = {row.names[0]: row for row in case.documents()}
    answer = rows["two.eml"].thread
    assert answer is not None
    assert before is not None
    assert (answer.mails, answer.answers, answer.id) == (2, rows["one.eml"].id, before.id)
    assert case.build().documents == 0


def test_the_command_line_shows_the_conversation(tmp_path: Path) -> None:
    case_of(tmp_path, {
        "one": mail("one", "Cranes", 9), "two": mail("two", "Re: Cranes", 10, ANSWERS),
    })  # fmt: skip
    shown = CliRunner().invoke(program, ["show", str(tmp_path / "case"), "two.eml"])
    assert "conversation of 2 mails" in shown.stdout
    assert "<two@kern.example>" in shown.stdout
    listed = CliRunner().invoke(program, ["documents", str(tmp_path / "case"), "-f", "csv"])
    thread = next(cell for cell in listed.stdout.split("\n")[1].split(",") if cell.startswith("thread-"))
    tree = CliRunner().invoke(program, ["show", str(tmp_path / "case"), thread])
    assert tree.stdout.index("Cranes") < tree.stdout.index("Re: Cranes")


def test_mails_in_parts_make_the_same_conversations(tmp_path: Path) -> None:
    documents = [
        Document(
            id=f"sha256:{number:064x}",
            media_type="message/rfc822",
            size=1,
            title=f"Re: Crane {number % 7}" if number % 3 else f"Crane {number % 7}",
            metadata={
                "from": ("Anna Kern <a@kern.example>",),
                "to": ("Otto Wren <otto@wren.example>",),
                "message-id": (f"<{number}@kern.example>",),
                "references": (f"<{number // 2}@kern.example>",) if number % 5 == 0 else (),
            },
            pages=1,
            reader="tests",
        )
        for number in range(60)
    ]

    def made(most: int, name: str) -> bytes:
        posts = Posts(tmp_path / "work", most)
        for document in documents:
            posts.take(document)
        (tmp_path / name).mkdir()
        Conversations(tmp_path / name).refresh("mark", posts.placed())
        return (tmp_path / name / FILE).read_bytes()

    whole = made(1000, "whole")
    assert made(7, "parts") == whole
    assert Conversations(tmp_path / "parts").count()[0] == len(documents)
