from __future__ import annotations

import io

from casegraph.cli.terminal import console
from casegraph.cli.troubles import DETAILS, NAMED, troubles, troubles_table
from casegraph.pipeline.reports import ProblemRow


def problem(code: str, name: str, detail: str = "it is so") -> ProblemRow:
    return ProblemRow(code=code, subject=name, detail=detail, document=name, name=name)


def test_files_that_could_not_be_read_come_first_then_the_most() -> None:
    rows = [
        *(problem("extract.language-unsupported", f"{number}.txt") for number in range(9)),
        problem("read.truncated", "cut.pdf"),
        problem("attribute.evidence-not-in-page", "a.txt"),
        problem("read.damaged", "cut.pdf"),
        problem("extract.worker-died", "big.txt"),
        problem("add.unreadable", "secret.txt"),
    ]
    found = troubles(rows)
    assert [(one.code, one.count) for one in found] == [
        ("add.unreadable", 1),
        ("read.damaged", 1),
        ("extract.worker-died", 1),
        ("read.truncated", 1),
        ("extract.language-unsupported", 9),
        ("attribute.evidence-not-in-page", 1),
    ]
    assert found[4].names == tuple(f"{number}.txt" for number in range(NAMED))


def test_equal_details_stand_together_and_files_are_counted() -> None:
    rows = [problem("read.empty", f"{number}.txt", f"detail {number % 2}") for number in range(30)]
    stream = io.StringIO()
    troubles_table(console(stream), troubles(rows), head=True)
    lines = stream.getvalue().splitlines()
    assert lines.count("read.empty") == 1
    assert "  15 \u00d7 detail 0" in lines
    assert lines.count(f"    \u2026 and {15 - NAMED} more") == 2


def test_details_without_end_share_an_entry() -> None:
    rows = [problem("read.undecodable", "a.txt", f"byte {number}") for number in range(500)]
    found = troubles(rows)
    assert len(found) == DETAILS + 1
    assert found[0].detail == "other details"
    assert found[0].count == 500 - DETAILS
    assert sum(one.count for one in found) == 500
    stream = io.StringIO()
    troubles_table(console(stream), found, head=True)
    assert max(map(len, stream.getvalue().splitlines())) <= 100
