"""A network as a file for programs that draw graphs: GraphML (Gephi, yEd, Cytoscape) and GEXF 1.3 (Gephi).

Each tie keeps what its claims come to, their ids and their documents: what is denied or not proved does not
become an edge like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from casegraph.model import Network, Node, Tie
from casegraph.text import printable

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OF_NODES: dict[str, Callable[[Node], str]] = {
    "label": lambda one: one.name,
    "schema": lambda one: one.schema,
    "countries": lambda one: " ".join(one.countries),
}
_OF_TIES: dict[str, Callable[[Tie], str]] = {
    "label": lambda one: one.kind,
    "standing": lambda one: one.standing,
    "doubts": lambda one: ", ".join(one.doubts),
    "stances": lambda one: " ".join(one.stances),
    "dates": lambda one: "; ".join(f"{span.start or ''}/{span.end or ''}" for span in one.dates),
    "claims": lambda one: " ".join(one.claims),
    "documents": lambda one: " ".join(one.documents),
}
_NUMBERS: dict[str, Callable[[Tie], int]] = {
    "weight": lambda one: len(one.claims),
    "independent": lambda one: one.independent,
    "undetermined": lambda one: one.undetermined,
}


def _text(value: str) -> str:
    return escape(printable(value))


def _attribute(value: str) -> str:
    return quoteattr(printable(value))


def graphml(network: Network) -> Iterator[str]:
    """Yield the lines of a GraphML file."""
    yield f'{_HEAD}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for what, names in (("node", _OF_NODES), ("edge", _OF_TIES)):
        for name in names:
            yield _key(what, name, "string")
    for name in _NUMBERS:
        yield _key("edge", name, "double" if name == "weight" else "int")
    yield '<graph id="case" edgedefault="directed">\n'
    for node in network.nodes:
        yield f"<node id={_attribute(node.id)}>{_data('node', _OF_NODES, node)}</node>\n"
    for tie in network.ties:
        directed = str(tie.directed).lower()
        ends = f"source={_attribute(tie.source)} target={_attribute(tie.target)}"
        data = _data("edge", _OF_TIES, tie) + _data("edge", _NUMBERS, tie)
        yield f'<edge id={_attribute(tie.id)} {ends} directed="{directed}">{data}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _key(what: str, name: str, kind: str) -> str:
    return f'<key id="{what}-{name}" for="{what}" attr.name="{name}" attr.type="{kind}"/>\n'


def _data(what: str, values: Mapping[str, Callable[..., str | int]], one: Node | Tie) -> str:
    return "".join(
        f'<data key="{what}-{name}">{_text(str(value))}</data>'
        for name, given in values.items()
        if (value := given(one)) != ""
    )


def gexf(network: Network) -> Iterator[str]:
    """Yield the lines of a GEXF file."""
    yield f'{_HEAD}<gexf xmlns="http://gexf.net/1.3" version="1.3">\n<graph defaultedgetype="directed">\n'
    yield from _declared("node", {name: "string" for name in _OF_NODES if name != "label"})
    numbers = dict.fromkeys((name for name in _NUMBERS if name != "weight"), "integer")
    yield from _declared("edge", {name: "string" for name in _OF_TIES if name != "label"} | numbers)
    yield "<nodes>\n"
    for node in network.nodes:
        yield f"<node id={_attribute(node.id)} label={_attribute(node.name)}>"
        yield f"{_values(_OF_NODES, node)}</node>\n"
    yield "</nodes>\n<edges>\n"
    for tie in network.ties:
        kind = "directed" if tie.directed else "undirected"
        ends = f"source={_attribute(tie.source)} target={_attribute(tie.target)}"
        yield f'<edge id={_attribute(tie.id)} {ends} type="{kind}" label={_attribute(tie.kind)}'
        yield f' weight="{len(tie.claims)}">{_values({**_OF_TIES, **_NUMBERS}, tie)}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _declared(what: str, names: dict[str, str]) -> Iterator[str]:
    yield f'<attributes class="{what}">\n'
    for name, kind in names.items():
        yield f'<attribute id="{name}" title="{name}" type="{kind}"/>\n'
    yield "</attributes>\n"


def _values(values: Mapping[str, Callable[..., str | int]], one: Node | Tie) -> str:
    found = "".join(
        f'<attvalue for="{name}" value={_attribute(str(value))}/>'
        for name, given in values.items()
        if name not in {"label", "weight"} and (value := given(one)) != ""
    )
    return f"<attvalues>{found}</attvalues>"


GRAPHS: dict[str, Callable[[Network], Iterator[str]]] = {"graphml": graphml, "gexf": gexf}
"""By the ending of the file."""
