"""HTML pages and fragments."""

from __future__ import annotations

import pytest

from tests.read.made import STORY, read

PARAGRAPHS = "\n".join(f"<p>{text}</p>" for text in STORY)
JSON_LD = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Seven cranes reach Veld", '
    '"datePublished": "2024-09-12T06:12:00+01:00", "dateModified": "2024-09-13", "author": '
    '[{"@type": "Person", "name": "Anna Kern"}, {"name": "By Tom Berg"}], '
    '"publisher": {"name": "Northport Courier"}}</script>'
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Seven cranes reach Veld | Northport Courier</title>{JSON_LD}
<link rel="canonical" href="https://courier.example/cranes">
<meta name="description" content="Cranes for Veld.">
<style>p {{color: red}}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<main><article><h1>Seven cranes reach Veld</h1>
<p class="standfirst">Officers say that a broker paid for them</p>
<div class="byline">By Anna Kern and Tom Berg</div>
<time datetime="2024-09-12T06:12:00+01:00">12 September 2024</time>
<figure><img src="a.jpg"><figcaption>The northern quay of Veld. Photograph: Ines Falk</figcaption></figure>
<p>{STORY[0]}</p><div class="ad"><span>Advertisement</span></div>
<p>{STORY[1]} <a href="/customs">More on customs.</a></p>
<h2>What the firm says</h2><blockquote><p>We have nothing to say about it.</p></blockquote>
<p>{STORY[2]}</p><ul><li>Seven cranes came in March and in June of that year.</li></ul>
<table><tr><th>Month</th><th>Cranes</th></tr><tr><td>March</td><td>3</td></tr></table></article>
<aside class="related"><h3>Related</h3>
<a href="https://other.example/x">Shipyard strike enters third week</a></aside></main>
<footer><p>© 2024 Northport Courier. All rights reserved.</p></footer></body></html>"""


def test_an_article_gives_its_story_and_facts() -> None:
    result = read(PAGE, "page.html")
    document = result.document
    assert document.title == "Seven cranes reach Veld"
    assert document.authors == ("Anna Kern", "Tom Berg")
    assert document.publisher == "Northport Courier"
    assert document.url == "https://courier.example/cranes"
    assert document.published is not None
    assert document.published.start == "2024-09-12T06:12:00+01:00"
    assert document.metadata["modified"] == ("2024-09-13",)
    assert document.metadata["description"] == ("Cranes for Veld.",)
    assert document.language == "en"
    assert {link.url for link in document.links} >= {
        "https://courier.example/customs",
        "https://other.example/x",
    }
    assert result.of("title") == ["Seven cranes reach Veld"]
    assert result.of("deck") == ["Officers say that a broker paid for them"]
    assert result.of("byline") == ["By Anna Kern and Tom Berg"]
    assert result.of("dateline") == ["12 September 2024"]
    assert result.of("caption") == ["The northern quay of Veld. Photograph: Ines Falk"]
    assert result.of("heading") == ["What the firm says"]
    assert result.of("quote") == ["We have nothing to say about it."]
    assert result.of("table") == ["Month\tCranes\nMarch\t3"]
    assert [text[:40] for text in result.of("paragraph")] == [text[:40] for text in STORY]
    furniture = result.of("furniture")
    assert {"Home", "News", "Related", "Shipyard strike enters third week", "Advertisement"} <= set(furniture)
    assert not any("color" in text or "headline" in text for _, text in result.blocks)


@pytest.mark.parametrize(
    "hidden",
    [
        "<div hidden>SECRET</div>",
        '<div style="display: none">SECRET</div>',
        '<p style="visibility:hidden">SECRET</p>',
        '<span class="sr-only">SECRET</span>',
        "<script>SECRET</script>",
        "<style>SECRET</style>",
        "<template><p>SECRET</p></template>",
        "<noscript>SECRET</noscript>",
        "<!-- SECRET -->",
        '<input value="SECRET">',
        "<svg><title>SECRET</title></svg>",
        "<select><option>SECRET</option></select>",
    ],
)
def test_hidden_things_never_become_text(hidden: str) -> None:
    result = read(f"<html><body>{PARAGRAPHS}{hidden}<p>Shown.</p></body></html>")
    assert "SECRET" not in result.text
    assert "Shown." in result.text


def test_without_article_markup_the_lines_decide() -> None:
    result = read(
        "<html><head><title>Seven cranes reach Veld</title></head><body><div><div><a href='/'>Home</a></div>"
        "<div><a href='/n'>News</a></div></div><div>Seven cranes reach Veld</div>"
        "<div>By Anna Kern | September 12, 2024</div>"
        + "".join(f"<div>{text}</div>" for text in STORY)
        + "<div>You may also like</div><div><a href='/1'>Ferry runs aground</a></div></body></html>"
    )
    assert result.document.title == "Seven cranes reach Veld"
    assert result.document.authors == ("Anna Kern",)
    assert result.document.published is not None
    assert result.document.published.start == "2024-09-12"
    assert result.of("paragraph") == list(STORY)
    assert {"Home", "News", "You may also like", "Ferry runs aground"} <= set(result.of("furniture"))


def test_a_plain_letter_in_html_loses_nothing() -> None:
    result = read(
        f"<html><body><p>Dear Ms Kern,</p>{PARAGRAPHS}<p>Yours,<br>Pavel "
        f"Stern<br>Head of Sales</p></body></html>"
    )
    assert result.of("furniture") == []
    assert result.prose[-2:] == ["Pavel Stern", "Head of Sales"]


def test_a_fragment_is_read() -> None:
    result = read(f"{PARAGRAPHS}<ul><li>one item of a list</li></ul>", "part.html")
    assert result.document.media_type == "text/html"
    assert result.of("paragraph") == list(STORY)
    assert result.of("list") == ["one item of a list"]


def test_line_breaks_part_paragraphs() -> None:
    result = read(f"<html><body><div>{'<br><br>'.join(STORY)}</div></body></html>")
    assert result.of("paragraph") == list(STORY)


def test_preformatted_text_keeps_its_lines_joined() -> None:
    body = (
        "Harrow Marine delivered seven survey cranes to the port of Veld,\n"
        "two customs officers said on Thursday."
    )
    assert read(f"<html><body><pre>{body}</pre></body></html>").prose == [body]


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-8", "utf-16"])
def test_the_declared_encoding(encoding: str) -> None:
    text = "Компания поставила в порт Вельд семь кранов, сообщили на таможне."
    page = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; '
        f'charset={encoding}"></head><body><p>{text}</p></body></html>'
    )
    result = read(page.encode(encoding))
    assert result.prose == [text]
    assert result.document.language == "ru"


def test_elements_side_by_side_do_not_run_together() -> None:
    result = read(
        "<html><body><p>" + STORY[0] + "</p><p><a href='/a'>Share</a><a href='/b'>Tweet</a></p>"
        "<p><span>By</span><span>Anna Kern</span></p><p><b>D</b>rop caps "
        "stay whole, says the printer.</p></body></html>"
    )
    assert "Share Tweet" in result.text
    assert "By Anna Kern" in result.text
    assert "Drop caps" in result.text


@pytest.mark.parametrize(
    ("comment", "url", "captured"),
    [
        ("<!-- saved from url=(0029)https://courier.example/cran -->", "https://courier.example/cran", None),
        (
            (
                "<!--\n Page saved with SingleFile \n url: https://courier.example/c \n "
                "saved date: Wed Sep 25 2024 17:20:00 GMT+0300 (MSK)\n-->"
            ),
            "https://courier.example/c",
            "2024-09-25T17:20:00+03:00",
        ),
        (
            "<!-- FILE ARCHIVED ON 17:20:11 Sep 25, 2024 AND RETRIEVED FROM -->",
            None,
            "2024-09-25T17:20:11+00:00",
        ),
    ],
)
def test_what_the_saver_says(comment: str, url: str | None, captured: str | None) -> None:
    document = read(f"<!DOCTYPE html>{comment}<html><body>{PARAGRAPHS}</body></html>").document
    assert document.url == url
    assert (document.captured.start if document.captured else None) == captured


def test_bad_json_ld_is_passed_over() -> None:
    for script in (
        "{",
        "[" * 5000,
        '{"@type": "NewsArticle", "headline": {"a": 1}, "author": [[1]], "datePublished": 5}',
    ):
        result = read(
            f'<html><head><script type="application/ld+json">{script}</script>'
            f"</head><body>{PARAGRAPHS}</body></html>"
        )
        assert result.of("paragraph") == list(STORY)
        assert result.codes == []


def test_the_visible_time_refines_a_date_of_the_head() -> None:
    result = read(
        '<html><head><meta property="article:published_time" content="2024-09-12">'
        '</head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>Seven cranes reach Veld</h1><p>12 September 2024, "
        f"06:12</p>{PARAGRAPHS}</article></body></html>"
    )
    assert result.document.published is not None
    assert result.document.published.start == "2024-09-12T06:12"


def test_a_masthead_date_is_when_the_page_was_seen() -> None:
    result = read(
        "<html><body><header><div>Saturday, 16 November 2024</div><nav><a "
        'href="/">Home</a></nav></header><main><article>'
        f"<h1>Seven cranes reach Veld</h1><div>12 September 2024</div>"
        f"{PARAGRAPHS}</article></main></body></html>"
    )
    assert result.document.published is not None
    assert result.document.published.start == "2024-09-12"
    assert result.document.captured is not None
    assert result.document.captured.start == "2024-11-16"


def test_pages_written_into_frames_are_documents() -> None:
    frame = '<iframe title="x" srcdoc="&lt;p&gt;Seven &quot;cranes&quot;&lt;/p&gt;"></iframe>'
    result = read(
        f"<html><body>{PARAGRAPHS}{frame}<iframe src='https://veld.example'></iframe></body></html>"
    )
    assert [one.data for one in result.held] == [b'<p>Seven "cranes"</p>']
    assert "cranes&quot;" not in result.text
