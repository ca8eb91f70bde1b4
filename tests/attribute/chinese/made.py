"""Claims of a Chinese text, through the real stages."""

from __future__ import annotations

import msgspec

from casegraph.gates.gold import GoldItem, gold_pages
from casegraph.model import Claim, Pages
from tests.attribute.made import attributed, claims_of_pages, content, source


def claims_of(text: str) -> list[Claim]:
    """Return the claims that the stages make of the text as a Chinese document."""
    unit = gold_pages(GoldItem("test", "test", text, ()))
    blocks = tuple(msgspec.structs.replace(block, language="zh") for block in unit.pages[0].blocks)
    page = msgspec.structs.replace(unit.pages[0], language="zh", blocks=blocks)
    document = msgspec.structs.replace(unit.document, language="zh")
    return claims_of_pages(Pages(document=document, pages=(page,)))


def said(text: str) -> list[tuple[str | None, str | None, str, str]]:
    """Return source, cue, content and stance of each attribution in order of its content."""
    found = [(source(c), c.attribution[0].cue, content(c), c.stance) for c in attributed(claims_of(text))]
    return sorted(found, key=lambda one: text.find(one[2][:4]))


def kinds(text: str) -> set[tuple[str, ...]]:
    """Return the typed claims: kind and the names of its roles, in the order of the roles."""
    found = set()
    for claim in claims_of(text):
        if claim.kind != "statement":
            names = [p.name for p in claim.roles.values() if p is not None and not isinstance(p, tuple)]
            names += [one.name for p in claim.roles.values() if isinstance(p, tuple) for one in p]
            found.add((claim.kind, *names))
    return found
