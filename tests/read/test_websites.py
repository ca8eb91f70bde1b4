"""Whose page it is."""

from __future__ import annotations

import json

import pytest

from casegraph.read.websites import copyright_owner, domain, site_name
from tests.read.made import STORY, read

BODY = "<h1>Papers show cranes went to Veld</h1>" + "".join(f"<p>{line}</p>" for line in STORY)


def page(head: str = "", foot: str = "", menu: str = "") -> str:
    body = f"<nav>{menu}</nav><article>{BODY}</article><footer>{foot}</footer>"
    return f"<html><head>{head}</head><body>{body}</body></html>"


def ld(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("made", "publisher"),
    [
        (page('<meta property="og:site_name" content="Northport Courier">'), "Northport Courier"),
        (page(ld(**{"@type": "NewsArticle", "publisher": {"name": "Karsk Ledger"}})), "Karsk Ledger"),
        (page(ld(**{"@type": "Organization", "name": "Harbour Desk"})), "Harbour Desk"),
        (page('<meta name="application-name" content="Quay Watch">'), "Quay Watch"),
        (
            page("<title>Papers show cranes went to Veld | Veld Herald</title>", menu="<a>Veld Herald</a>"),
            "Veld Herald",
        ),
        (
            page(
                "<title>Papers show cranes went to Veld - The Veld Herald</title>"
                '<link rel="canonical" href="https://www.veldherald.example/a">'
            ),
            "The Veld Herald",
        ),
        (page(foot="<p>© 2019–2024 Dock Road Media Ltd. All rights reserved.</p>"), "Dock Road Media Ltd"),
    ],
)
def test_the_publisher_is_what_the_page_names(made: str, publisher: str) -> None:
    assert read(made, "a.html").document.publisher == publisher


def test_the_tail_of_a_headline_is_no_publisher() -> None:
    made = page("<title>Papers show cranes went to Veld - and to Karsk</title>")
    assert read(made, "a.html").document.publisher is None


def test_an_address_is_kept_as_an_address_and_not_as_a_name() -> None:
    document = read(page('<meta property="og:url" content="https://www.quay.example/a">'), "a.html").document
    assert document.publisher is None
    assert document.metadata["domain"] == ("quay.example",)


def test_an_address_in_a_publisher_element_is_no_name() -> None:
    made = page('<meta name="publisher" content="https://social.example/quay">')
    assert read(made, "a.html").document.publisher is None


@pytest.mark.parametrize("url", [None, "", "http://[", "https://192.0.2.7/a", "file:///a"])
def test_what_has_no_domain(url: str | None) -> None:
    assert domain(url) is None


@pytest.mark.parametrize(
    "line", ["© Photo by Anna Kern", "Copyright notice", "© 2024", "Copyright law is old"]
)
def test_a_copyright_line_without_an_owner(line: str) -> None:
    assert copyright_owner([line]) is None


def test_a_site_needs_a_second_witness() -> None:
    assert site_name("Cranes | Veld Herald", None, [], []) is None
    assert site_name("Cranes | Veld Herald", None, ["VELD HERALD"], []) == "Veld Herald"
