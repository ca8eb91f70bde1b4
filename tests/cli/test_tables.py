from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Literal

import pytest
from rich.cells import cell_len
from rich.text import Text

from casegraph.cli import tables
from casegraph.cli.tables import Source
from casegraph.cli.terminal import console
from casegraph.model import Attribution, Claim, Entity
from casegraph.pipeline.found import Hit
from casegraph.pipeline.reports import DocumentRow, ProblemRow
from tests.cli.made import DOCUMENT, claim, delivery, document

CHINESE = (
    "两名官员表示，奥兰工厂于二月向维尔德港交付了至少七架测量无人机，该公司对此予以否认，并称这些指控毫无根据。"
    * 3
)
LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"


def claims() -> list[Claim]:
    said: tuple[tuple[Literal["origin", "relay"], str], ...] = (
        ("origin", LONG),
        ("relay", "The Wire"),
        ("relay", "Northern Observer and Gazette"),
    )
    chain = tuple(Attribution(role=role, speaker=name) for role, name in said)
    return [
        delivery(),
        claim("statement", CHINESE, {}, attribution=(Attribution(role="origin", speaker="两名官员"),)),
        claim("link", f"{LONG} works with KX", {"subject": LONG, "object": "KX"}, attribution=chain),
        claim("statement", "one\ntwo\x1b[2Jthree " + "word " * 300, {}, stance="declines-comment"),
    ]


Printed = Callable[[int, dict[str, Source]], list[str]]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    """Return what prints the claims' table into so many columns."""

    def show(width: int, sources: dict[str, Source]) -> list[str]:
        monkeypatch.setenv("COLUMNS", str(width))
        stream = io.StringIO()
        tables.claims_table(sources)(console(stream), claims(), head=True)
        return stream.getvalue().splitlines()

    return show


def shown(table: Callable[..., None], rows: Sequence[object]) -> str:
    stream = io.StringIO()
    table(console(stream), rows, head=True)
    return stream.getvalue()


@pytest.mark.parametrize("width", [64, 79, 80, 100, 119, 120, 140, 200])
def test_no_line_is_wider_than_the_terminal_nor_any_claim_taller_than_three(
    width: int, printed: Printed
) -> None:
    sources = {
        made.document: Source(
            name=f"leak/folder/{number}-{LONG}.html", origin="Northport Courier", title=LONG
        )
        for number, made in enumerate(claims())
    }
    lines = printed(width, sources)
    assert max(cell_len(line) for line in lines) <= width
    assert len(lines) <= 1 + (tables.LINES + 2) * len(claims())


def test_a_wide_character_takes_two_cells(printed: Printed) -> None:
    lines = printed(100, {})
    column = lines[0].index("what")
    row = next(line for line in lines if CHINESE[:8] in line)
    assert cell_len(row[: row.index(CHINESE[:8])]) == column


def test_the_row_says_who_and_what_below_its_document(printed: Printed) -> None:
    harbour = Source(name="leak/harbour.html", origin="Northport Courier", title="Harbour deal")
    lines = printed(140, {DOCUMENT: harbour, "sha256:00": Source(name="other.html")})
    assert lines[0].split() == ["id", "who", "says", "stance", "kind", "what"]
    assert lines[1] == "leak/harbour.html  Northport Courier: Harbour deal"
    row = lines[2].replace("\u00a0", " ")
    for words in ("alleges", "delivery", "Orlan Works → Veld Port: 7+"):
        assert words in row
    assert tables.short(delivery().id) in row


def test_a_document_is_named_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    stream = io.StringIO()
    show = tables.claims_table({DOCUMENT: Source(name="a.html"), "sha256:00": Source(name="b.html")})
    show(console(stream), [delivery(), delivery()], head=True)
    show(console(stream), [delivery()], head=False)  # a long list comes in parts
    show(console(stream), [delivery(document="sha256:00"), delivery()], head=False)
    lines = [line for line in stream.getvalue().splitlines() if line.startswith(("a.html", "b.html"))]
    assert lines == ["a.html", "b.html", "a.html"]


def test_pages_are_numbered_where_there_are_several(printed: Printed) -> None:
    sources = {DOCUMENT: Source(name="long.pdf", pages=12), "sha256:00": Source(name="b.html")}
    lines = [line.replace("\u00a0", " ") for line in printed(100, sources)]
    assert lines[0].endswith("page")
    assert lines[2].endswith("p. 1")
    assert sum("p. 1" in line for line in lines) == 1
    assert not any("page" in line for line in printed(100, {DOCUMENT: Source(name="a", pages=1)}))


def test_one_document_needs_no_name(printed: Printed) -> None:
    lines = printed(100, {DOCUMENT: Source(name="harbour.html")})
    assert not any("harbour" in line for line in lines)


def test_a_denial_and_a_negation_stand_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    text = tables._what(delivery(stance="denies"))
    assert text.plain.startswith("denies: Orlan Works →")
    assert [(text.plain[span.start : span.end], span.style) for span in text.spans] == [
        ("denies: ", "bold red")
    ]
    text = tables._what(delivery(stance="asserts", polarity="negative"))
    assert [(text.plain[span.start : span.end], span.style) for span in text.spans] == [("not", "negative")]


def test_words_cannot_steer_the_terminal(printed: Printed) -> None:
    assert not any("\x1b" in line for line in printed(140, {}))


def test_long_words_end_in_an_ellipsis() -> None:
    wide = console(io.StringIO())
    assert [line.plain for line in tables.clipped(Text(LONG), 20, wide)] == [LONG[:19] + "…"]
    cut = [line.plain for line in tables.clipped(Text("word " * 50), 20, wide, lines=2)]
    assert len(cut) == 2
    assert cut[-1].endswith("…")
    assert all(cell_len(line) <= 20 for line in cut)


def test_a_long_file_name_keeps_both_ends() -> None:
    name = tables._middle_cut("harbour-deal-2024-09-25.html", 16)
    assert cell_len(name) <= 16
    assert name.startswith("har")
    assert name.endswith("html")
    assert "…" in name
    assert tables._middle_cut("a.html", 16) == "a.html"


def test_an_unread_document_says_so() -> None:
    row = DocumentRow(
        id=DOCUMENT,
        names=("b.html",),
        size=9,
        added="2026-01-01T00:00:00Z",
        document=None,
        mentions=0,
        claims=0,
        problems=0,
    )
    assert "not read yet" in shown(tables.documents_table, [row]).lower()


def test_a_document_shows_its_title_and_date() -> None:
    row = DocumentRow(
        id=DOCUMENT,
        names=("b.html",),
        size=9,
        added="2026-01-01T00:00:00Z",
        document=document(),
        mentions=3,
        claims=12,
        problems=2,
    )
    text = shown(tables.documents_table, [row]).replace("\u00a0", " ")
    assert "Harbour deal" in text
    assert "25 Sep 2024" in text
    assert "12" in text


def test_an_entity_shows_its_other_spellings() -> None:
    entity = Entity(
        id="entity-00",
        schema="Company",
        name="Orlan Works",
        names=("Orlan", "Orlan Works"),
        mentions=4,
        documents=(DOCUMENT,),
    )
    row = shown(tables.entities_table, [entity]).splitlines()[1]
    assert row.split() == ["00", "Orlan", "Works", "Company", "4", "1", "Orlan"]


def test_a_problem_names_its_file() -> None:
    problem = ProblemRow(
        code="read.encoding", subject=DOCUMENT, detail="not UTF-8 at byte 9", document=DOCUMENT, name="b.txt"
    )
    row = shown(tables.problems_table, [problem]).splitlines()[1]
    for words in ("read.encoding", "b.txt", "not UTF-8 at byte 9"):
        assert words in row


def test_highlights_count_code_points_of_the_snippet() -> None:
    snippet = "Порт\nкупил два 🛩 дрона."
    start = snippet.index("дрона")
    hit = Hit(
        document=DOCUMENT,
        page=2,
        name="b.txt",
        title=None,
        score=1.0,
        snippet=snippet,
        start=0,
        highlights=((0, 4), (start, start + 5)),
    )
    text = tables.snippet(hit)
    assert text.plain == "Порт купил два 🛩 дрона."
    found = [text.plain[span.start : span.end] for span in text.spans if span.style == "found"]
    assert found == ["Порт", "дрона"]
