from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

from casegraph.model import CLAIM_ROLES, ROLES, Block, Page
from casegraph.pipeline.question import MOST, answer_schema, passages, request

TEXT = "Nine cranes of Selm Harbour ended up with the Wexley people, Mia Holt insinuated."


def page(text: str, *roles: str) -> Page:
    """Return a page whose paragraphs have these roles, the last one all that follow."""
    blocks, place = [], 0
    for number, part in enumerate(text.split("\n\n")):
        role = roles[min(number, len(roles) - 1)] if roles else "paragraph"
        blocks.append(Block(start=place, end=place + len(part), role=role))  # type: ignore[arg-type]  # of the test
        place += len(part) + 2
    return Page(id="page-1", document="sha256:1", number=1, text=text, blocks=tuple(blocks))


def test_passages_are_prose_in_order_and_bounded() -> None:
    long = " ".join(f"Sentence number {number} is about cranes." for number in range(300))
    text = f"{TEXT}\n\nMenu Home About Search Contact Everything\n\n{long}\n\nOne.\n\n{TEXT}"
    own = page(text, "paragraph", "furniture", "paragraph", "paragraph", "quote")
    spans = list(passages(own))
    assert spans == sorted(spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert all(end - start <= MOST for start, end in spans)
    joined = " ".join(text[slice(*span)] for span in spans)
    assert "Menu" not in joined
    words = [
        word
        for block in own.blocks
        if block.role in CLAIM_ROLES
        for word in text[block.start : block.end].split()
    ]
    assert joined.split() == words
    assert all(text[slice(*span)].rstrip()[-1] == "." for span in spans)


def test_a_text_without_sentences_is_divided_too() -> None:
    text = "字" * (3 * MOST + 5)
    spans = list(passages(page(text)))
    assert [end - start for start, end in spans] == [MOST, MOST, MOST]  # the rest is too little to ask about
    assert list(passages(page("1234 5678\n\n12"))) == []


def test_the_form_of_an_answer_is_that_of_the_records() -> None:
    schema = answer_schema()
    text = json.dumps(schema)
    assert "$ref" not in text
    assert "$defs" not in text
    own = schema["properties"]["claims"]["items"]["properties"]
    assert set(own["kind"]["enum"]) == set(ROLES)
    role = own["roles"]["items"]["properties"]["role"]
    assert set(role["enum"]) == {role for roles in ROLES.values() for role in roles}

    def closed(part: object) -> Iterator[bool]:
        if isinstance(part, dict):
            if part.get("type") == "object":
                yield part["additionalProperties"] is False
                yield set(part["required"]) == set(part["properties"])
            for inner in part.values():
                yield from closed(inner)
        elif isinstance(part, list):
            for inner in part:
                yield from closed(inner)

    assert all(closed(schema))
    assert json.loads(request("m", TEXT))["messages"][1] == {"role": "user", "content": TEXT}
