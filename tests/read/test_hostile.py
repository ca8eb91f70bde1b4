"""Files made to hurt: every one gives its Document and Problems, in the end, and nothing raises."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from casegraph.read.limits import MAX_CHARACTERS, MAX_PAGE
from tests.endless import ends
from tests.read.made import HEADER, STORY, WORDML, package, pdf, read, word

NOISE = random.Random(11).randbytes
WORDS = b"The port of Veld said that it did not know.\n"
HTML = b"<html><body>"
MIXED = b"".join(
    b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (number, number) for number in range(3000)
)
BODY = f'<w:document xmlns:w="{WORDML}"><w:body>'

HOSTILE: dict[str, tuple[Callable[[], bytes], str, set[str]]] = {
    "binary named page": (lambda: NOISE(20_000), "page.html", {"unread-type"}),
    "nothing but NUL": (lambda: bytes(5_000), "a.txt", {"unread-type"}),
    "nothing but blanks": (lambda: b" \n\t\r\n" * 50, "a.txt", {"no-text"}),
    "nested tags": (
        lambda: HTML + b"<div>" * 10_000 + b"<p>The deep words stay.</p>", "a.html", {"nested-too-deep"}
    ),
    "nested tables": (lambda: HTML + b"<table><tr><td>" * 3_000 + b"deep", "a.html", {"nested-too-deep"}),
    "tags without end": (lambda: HTML + b"<p" * 100_000, "a.html", {"no-text"}),
    "nothing but <": (lambda: HTML + b"<" * 300_000, "a.html", set()),
    "many attributes": (lambda: HTML + b"<p " + b"a=1 " * 200_000 + b">The words stay.</p>", "a.html", set()),
    "many comments": (lambda: HTML + b"<!-- x -->" * 100_000 + b"<p>The words stay.</p>", "a.html", set()),
    "many blocks": (lambda: HTML + b"<p>The words stay.</p>" * 30_000, "a.html", set()),
    "many rows": (lambda: HTML + b"<table>" + b"<tr><td>a<td>b</tr>" * 30_000, "a.html", set()),
    "bad entities": (lambda: HTML + b"<p>&#1;&#xD800;&#x110000;&#0;words</p>", "a.html", set()),
    "bad addresses": (lambda: HTML + b'<p>words</p><a href="http://[::1">x</a>' * 100, "a.html", set()),
    "deep JSON": (
        lambda: b'<html><script type="application/ld+json">' + b"[" * 50_000 + b"</script><body>words",
        "a.html",
        set(),
    ),
    "no PDF at all": (lambda: b"%PDF-1.7\n" + NOISE(30_000), "a.pdf", {"truncated", "damaged"}),
    "a PDF of one line": (lambda: b"%PDF-1.4\n", "a.pdf", {"truncated", "damaged"}),
    "half a PDF": (lambda: pdf(*STORY)[: len(pdf(*STORY)) // 2], "a.pdf", {"truncated"}),
    "a PDF without pages": (pdf, "a.pdf", {"damaged"}),
    "a PDF of wrong places": (lambda: pdf(STORY[0]).replace(b"obj", b"obk"), "a.pdf", {"damaged"}),
    "a broken package": (lambda: b"PK\x03\x04" + NOISE(5_000), "a.docx", {"damaged", "no-text"}),
    "half a package": (lambda: word("<w:p/>" * 9)[:-60], "a.docx", {"damaged", "no-text"}),
    "a bomb": (lambda: word("<w:p/>" * 2_000_000), "a.docx", {"bomb", "no-text"}),
    "broken XML": (lambda: package(BODY + "<w:p><w:r><w:t>The words stay."), "a.docx", {"damaged"}),
    "nested cells": (lambda: package(BODY + "<w:tbl><w:tr><w:tc>" * 3_000), "a.docx", {"damaged", "no-text"}),
    "a document type": (
        lambda: package('<!DOCTYPE a [<!ENTITY b "x">]>' + BODY + "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"),
        "a.docx",
        {"damaged", "no-text"},
    ),
    "an empty package": (lambda: package(""), "a.docx", {"no-text"}),
    "nested parts": (lambda: HEADER + MIXED + b"\ntext", "a.eml", {"nested-too-deep"}),
    "nested messages": (
        lambda: HEADER + b"Content-Type: message/rfc822\n\n" * 3_000, "a.eml", {"nested-too-deep"}
    ),
    "a long header": (
        lambda: HEADER + b"To: " + b"a@b.example, " * 100_000 + b"\n\nThe words stay.", "a.eml", set()
    ),
    "open encoded words": (
        lambda: HEADER + b"X: " + b"=?utf-8?q?x?= " * 50_000 + b"\n\nThe words stay.", "a.eml", set()
    ),
    "a bad charset": (lambda: HEADER + (b'Content-Type: text/plain; charset="no";;=\n'
b'\nThe words stay.'), "a.eml", set()),
    "bad base64": (
        lambda: HEADER + (b"MIME-Version: 1.0\nContent-Transfer-Encoding: "
b"base64\n\n!!\xff==a"), "a.eml", {"damaged-part"}
    ),
    "a header alone": (lambda: HEADER, "a.eml", {"no-text"}),
    "many parts": (
        lambda: HEADER + b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nwords\n" * 3_000,
        "a.eml",
        {"cut", "damaged-part"},
    ),
    "marks of quotation": (lambda: HEADER + b"\n" + (b">" * 1_000 + b" words\n") * 500, "a.eml", set()),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_a_problem_and_no_more(name: str) -> None:
    make, file_name, codes = HOSTILE[name]
    with ends():
        result = read(make(), file_name)
    assert set(result.codes) >= codes
    assert "reader-failed" not in result.codes
    if b"The words stay." in make() or b"The deep words stay." in make():
        assert "words stay." in result.text


def test_a_text_beyond_the_limit_is_cut_at_white_space() -> None:
    data = b"harbour crane " * (MAX_CHARACTERS // 14 + 100_000)
    with ends():
        result = read(data, "a.txt")
    assert result.codes == ["cut"]
    assert max(len(page.text) for page in result.pages) <= MAX_PAGE
    assert sum(len(page.text) for page in result.pages) <= MAX_CHARACTERS
    assert {word for page in result.pages[:3] for word in page.text.split()} == {"harbour", "crane"}


def test_a_text_of_very_many_lines_stays_whole() -> None:
    result = read(WORDS * 250_000, "a.txt")
    assert result.codes == []
    assert sum(page.text.count("Veld") for page in result.pages) == 250_000
    assert sum(len(page.blocks) for page in result.pages) < 200_000


def test_a_long_page_goes_on_to_the_next() -> None:
    result = read("".join(f"<p>{STORY[0]} Number {number}.</p>" for number in range(5_000)), "a.html")
    assert len(result.pages) > 1
    assert result.text.count("Number") == 5_000
