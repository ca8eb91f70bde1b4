"""Networks for other programs: well-formed whatever names hold, and no denial becomes a plain edge."""

from __future__ import annotations

from typing import Any

from lxml import etree

from casegraph.model import Network, Node, Span, Tie
from casegraph.publish import GRAPHS

NASTY = '"<b>&\x00\x1b[31m\u202e'
NETWORK = Network(
    nodes=(
        Node(id="a", name=NASTY, schema="Person"),
        Node(id="b", name="B", schema="Company", countries=("ru",)),
    ),
    ties=(
        Tie(
            id="t",
            kind="payment",
            source="a",
            target="b",
            directed=True,
            standing="denied",
            claims=("x", "y"),
            dates=(Span(start="2024-01-01", end=None),),
            independent=2,
        ),
        Tie(
            id="u",
            kind="family",
            source="a",
            target="b",
            directed=False,
            standing="unproved",
            doubts=("hedged",),
        ),
    ),
)


def tree(form: str) -> Any:  # noqa: ANN401 - lxml has no types for what XPath gives
    return etree.fromstring("".join(GRAPHS[form](NETWORK)).encode())


def test_graphml_declares_each_key_once_and_uses_no_other() -> None:
    root = tree("graphml")
    spaces = {"g": "http://graphml.graphdrawing.org/xmlns"}
    keys = root.xpath("g:key/@id", namespaces=spaces)
    assert len(keys) == len(set(keys))
    assert set(root.xpath("//g:data/@key", namespaces=spaces)) <= set(keys)
    told = {
        edge.get("id"): {one.get("key"): one.text for one in edge} | {"directed": edge.get("directed")}
        for edge in root.xpath("//g:edge", namespaces=spaces)
    }
    assert told["t"]["edge-standing"] == "denied"
    assert told["t"]["edge-weight"] == "2"
    assert told["t"]["edge-dates"] == "2024-01-01/"
    assert told["u"] == told["u"] | {"directed": "false", "edge-doubts": "hedged"}


def test_gexf_declares_each_attribute_and_uses_no_other() -> None:
    root = tree("gexf")
    spaces = {"g": "http://gexf.net/1.3"}
    for what, path in (("node", "//g:node"), ("edge", "//g:edge")):
        declared = root.xpath(f"//g:attributes[@class='{what}']/g:attribute/@id", namespaces=spaces)
        assert set(root.xpath(f"{path}//g:attvalue/@for", namespaces=spaces)) <= set(declared)
    (denied,) = root.xpath("//g:edge[@id='t']//g:attvalue[@for='standing']/@value", namespaces=spaces)
    assert denied == "denied"
    assert root.xpath("//g:edge/@type", namespaces=spaces) == ["directed", "undirected"]
    assert [node.get("label")[:4] for node in root.xpath("//g:node", namespaces=spaces)] == ['"<b>', "B"]
