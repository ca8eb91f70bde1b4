"""What a web archive captured knows its address and its time."""

from __future__ import annotations

from pathlib import Path

from casegraph.pipeline.case import Case, init_case, open_case
from tests.pipeline.conftest import add
from tests.read.test_warc import warc

CHAIN = "tests.pipeline.stages:reading"
PAGE = b'<html><body><h1>Cranes</h1><p>Harrow Marine sold a crane. <a href="/more">More</a></p></body></html>'
URL = "https://veld.example/news/cranes"


def captured(case: Case) -> list[tuple[str | None, str | None, list[str]]]:
    return [
        (one.url, one.captured.start if one.captured else None, [link.url for link in one.links])
        for one in (row.document for row in case.documents())
        if one is not None and one.media_type == "text/html"
    ]


def test_address_and_time_come_with_the_capture(tmp_path: Path) -> None:
    init_case(tmp_path / "case")
    case = open_case(tmp_path / "case", chain=CHAIN)
    add(case, tmp_path / "files", {"crawl.warc.gz": warc((URL, PAGE, {"Content-Type": "text/html"}))})
    case.build()
    assert captured(case) == [(URL, "2024-05-06T07:08:09+00:00", ["https://veld.example/more"])]
    assert case.build().documents == 0
    add(case, tmp_path / "files", {"copy.html": PAGE})
    case.build()
    assert captured(case)[0][0] == URL
