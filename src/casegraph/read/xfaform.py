"""The words and values of an XFA form (XFA 3.3): what people see of its template, and its data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from casegraph.read.cleaning import clean, fold_spaces
from casegraph.read.package import local

_SHOWN: Final = frozenset({"text", "exData"})  # elements of `value` that hold words
_LABELLED: Final = frozenset({"draw", "caption"})


def _tree(packets: Mapping[str, bytes], name: str) -> etree._Element | None:
    """Return a packet as a tree; some programs write the whole form as one, under any name."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    for content in (packets.get(name, b""), b"".join(packets.values())):
        try:
            root = etree.fromstring(content, parser) if content.strip() else None
        except (etree.XMLSyntaxError, ValueError):
            continue
        for element in root.iter() if root is not None else ():
            if local(element.tag) == name:
                return element
    return None


def labels(packets: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the words that the template shows: texts, and captions of fields."""
    root = _tree(packets, "template")
    for element in root.iter() if root is not None else ():
        if local(element.tag) in _LABELLED:
            for value in element:
                if local(value.tag) == "value":
                    parts = ("".join(map(str, one.itertext())) for one in value if local(one.tag) in _SHOWN)
                    text = fold_spaces(clean(" ".join(parts)))
                    if text:
                        yield text


def values(packets: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield name and value of each filled field in the data, in order."""
    root = _tree(packets, "datasets")
    data = next((one for one in root if local(one.tag) == "data"), root) if root is not None else None
    for element in data.iter() if data is not None else ():
        text = fold_spaces(clean(element.text or ""))
        if text and local(element.tag) and not len(element):  # comments have no name
            yield local(element.tag), text
