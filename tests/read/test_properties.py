"""What holds of any bytes: the checks are in `made.read`; here are the bytes."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.read.made import HEADER, STORY, pdf, read, word

QUICK = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
LINES = st.sampled_from(
    [
        *STORY, "Home", "News", "Advertisement", "Related", "By Anna Kern", "12 September 2024", "• item",
        "- item", "1) item", "> quoted", "On Monday, Anna Kern wrote:", "-----Original Message-----",
        "From: a\nTo: b\nSubject: c", "a\tb\tc", "© 2024 Veld", "Comments (3)", "«Мы не знаем», — сказал он.",
        "相关阅读", "港口于九月关闭。", "Dear all,", "Seven cranes reach Veld",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(LINES, st.text(max_size=80), st.just("")), max_size=40).map("\n".join)
TAGS = st.sampled_from(
    [
        "<p>", "</p>", "<div>", "</div>", "<article>", "<nav>", "</nav>", "<h1>", "</h1>", "<ul><li>", "<br>",
        "<table><tr><td>", "</td><td>", "</table>", "<a href='/x'>", "</a>", "<time datetime='2024-01-02'>",
        "<!--", "-->", "<pre>", "<span class=byline>", "<blockquote>", "<div class='related'>", "<script>",
        "</script>", "<figure><figcaption>", "&nbsp;", "&#0;", "<p hidden>",
    ]
)  # fmt: skip
PAGES = st.lists(st.one_of(TAGS, LINES, st.text(max_size=30)), max_size=60).map("".join)
EDITS = st.lists(st.tuples(st.integers(0, 5_000), st.binary(min_size=1, max_size=8)), max_size=12)


def words(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def edited(data: bytes, edits: list[tuple[int, bytes]]) -> bytes:
    """Return the data with some bytes written over."""
    for number, new in edits:
        place = number % len(data)
        data = data[:place] + new + data[place + len(new) :]
    return data


@QUICK
@given(st.binary(max_size=3_000), st.sampled_from(["a.txt", "a.html", "a.pdf", "a.docx", "a.eml", ""]))
def test_any_bytes(data: bytes, name: str) -> None:
    assert "reader-failed" not in read(data, name).codes


@QUICK
@given(TEXTS)
def test_any_lines_keep_their_words(text: str) -> None:
    result = read(text.encode("utf-8", "replace"), "a.txt")
    if result.document.media_type == "text/plain" and not result.codes:
        kept = words(result.text)
        assert len(kept) >= 0.95 * len(words(text.encode("utf-8", "replace").decode()))


@QUICK
@given(PAGES)
def test_any_tags(markup: str) -> None:
    result = read(("<html><body>" + markup).encode("utf-8", "replace"), "a.html")
    assert "reader-failed" not in result.codes


@QUICK
@given(
    TEXTS, st.sampled_from(["", "Content-Type: text/html\r\n", "Content-Type: text/plain; format=flowed\r\n"])
)
def test_any_mail(body: str, kind: str) -> None:
    result = read(HEADER + kind.encode() + b"\r\n" + body.encode("utf-8", "replace"), "a.eml")
    assert "reader-failed" not in result.codes
    assert result.of("header")


@QUICK
@given(EDITS)
def test_any_damage_to_a_pdf(edits: list[tuple[int, bytes]]) -> None:
    result = read(edited(pdf("# Title", *STORY), edits), "a.pdf")
    assert "reader-failed" not in result.codes


@QUICK
@given(EDITS)
def test_any_damage_to_a_word_document(edits: list[tuple[int, bytes]]) -> None:
    data = word("".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in STORY))
    assert "reader-failed" not in read(edited(data, edits), "a.docx").codes


@QUICK
@given(EDITS)
def test_any_damage_to_a_mail_of_parts(edits: list[tuple[int, bytes]]) -> None:
    parts = (
        b"--b\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\nwords\r\n--b\r\n"
        b"Content-Type: text/html\r\n\r\n<p>words</p>\r\n"
    )
    data = (
        HEADER
        + b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n'
        + parts
        + b"--b--"
    )
    assert "reader-failed" not in read(edited(data, edits), "a.eml").codes
