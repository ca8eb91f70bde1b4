"""Small stages that behave as the real ones do, and misbehave where a text asks for it."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator

from casegraph import resolve
from casegraph.attribute.tables import find_table_claims
from casegraph.model import (
    Attribution,
    Block,
    Child,
    Claim,
    ClaimDate,
    Document,
    MadeBy,
    Mention,
    Original,
    Page,
    Pages,
    Parse,
    Parsed,
    Party,
    Place,
    Problem,
    Qualifiers,
    Record,
    TableMapping,
    Target,
    Unpacked,
    content_id,
    make_id,
    pack,
)
from casegraph.pipeline.chain import Chain, Link
from casegraph.read import STAGE as REAL_READ
from casegraph.stage import Stage

NAME = re.compile(r"[A-ZÅ]\w+(?: [A-ZÅ]\w+)*")
DAY = re.compile(r"(\d{4}-\d\d-\d)(\d)")
AT = re.compile(r"(?<=\bat )\w+")
SAYS = re.compile(r"([A-ZÅ]\w+(?: [A-ZÅ]\w+)*) (says|denies) (that [^.]*)\.")


class OddityError(RuntimeError):
    """What a faulty library might raise."""


def misbehave(stage: str, text: str) -> None:
    if f"{stage}:raise" in text:
        raise OddityError("these words of the page must never be told")
    if f"{stage}:abort" in text:
        os.abort()
    if f"{stage}:hang" in text:
        time.sleep(600)
    if f"{stage}:memory" in text:
        bytearray(1 << 45)
    if f"{stage}:slow" in text:
        time.sleep(0.05)


def unpack_held(original: Original, holds: dict[str, object]) -> Iterator[Unpacked]:
    """Yield what a container of the tests holds: texts, or further containers."""
    for number, (name, inner) in enumerate(holds.items(), 1):
        data = inner.encode() if isinstance(inner, str) else json.dumps({"holds": inner}).encode()
        child = Child(
            document=original.document,
            child=content_id(data),
            number=number,
            name=name,
            size=len(data),
            role="member",
        )
        yield Unpacked(child=child, data=data)


def read(original: Original) -> Iterator[Document | Page | Unpacked | Problem]:
    text = original.data.decode("utf-8", "replace").replace("\r", "")
    misbehave("read", text)
    if "read:nothing" in text:
        return
    if text.startswith('{"holds"'):
        yield from unpack_held(original, json.loads(text)["holds"])
        text = "A container."
    if "\ufffd" in text:
        yield Problem(code="read.undecodable", subject=original.document, detail="some bytes are no UTF-8")
    texts = text.split("\f")
    yield Document(
        id=original.document,
        media_type="text/plain",
        size=len(original.data),
        title=texts[0].splitlines()[0][:80] if texts[0].strip() else None,
        metadata={"names": original.names},
        pages=len(texts),
        reader="tests",
    )
    for number, words in enumerate(texts, 1):
        start = words.find("MENU")
        blocks = [Block(start=0, end=len(words) if start < 0 else start, role="paragraph")]
        if start >= 0:
            blocks.append(Block(start=start, end=len(words), role="furniture"))
        yield Page(
            id=make_id("page", original.document, number),
            document=original.document,
            number=number,
            text=words,
            blocks=tuple(blocks),
        )


def extract(pages: Pages) -> Iterator[Mention | Parse | Problem]:
    for page in pages.pages:
        misbehave("extract", page.text)
        if "extract:surrogate" in page.text:
            yield Problem(code="extract.odd", subject=page.id, detail="\ud800")
        words = list(re.finditer(r"\w+", page.text))
        yield Parse(
            document=page.document,
            page=page.number,
            parser="tests",
            language="en",
            start=pack(word.start() for word in words),
            end=pack(word.end() for word in words),
            head=pack(range(len(words))),
            sentence=pack(0 for _ in words),
            pos="\n".join("X" for _ in words),
            tag="\n".join("X" for _ in words),
            dep="\n".join("dep" for _ in words),
            lemma="\n".join(word[0].lower() for word in words),
            entity="",
        )
        for number, found in enumerate(NAME.finditer(page.text)):
            yield Mention(
                id=make_id("mention", page.document, page.number, number),
                kind="name",
                name=found[0],
                target=page.target(*found.span()),
                schema="Company" if "Works" in found[0] else "Person",
                detector="tests",
            )
        if "extract:twice" in page.text:
            yield Mention(id="mention-x", kind="name", name="A", target=page.target(0, 4))
            yield Mention(id="mention-x", kind="name", name="B", target=page.target(0, 4))
        if "extract:lie" in page.text:
            off = page.target(0, 4)
            yield Mention(
                id="mention-off",
                kind="name",
                name="Off",
                target=Target(document=page.document, page=1, start=1, end=5, exact=off.exact),
            )


def attribute(parsed: Parsed) -> Iterator[Claim | Problem]:
    for page in parsed.pages:
        misbehave("attribute", page.text)
        by_start = {m.target.start: m.id for m in parsed.mentions if m.target.page == page.number}
        for number, found in enumerate(SAYS.finditer(page.text)):
            evidence = page.target(*found.span())
            if "attribute:lie" in page.text:
                evidence = Target(document=page.document, page=page.number, start=0, end=3, exact="???")
            inner = list(NAME.finditer(page.text, *found.span(3)))
            yield Claim(
                id=make_id("claim", page.document, page.number, found[3], number),
                document=page.document,
                kind="link" if len(inner) > 1 else "statement",
                stance="denies" if found[2] == "denies" else "asserts",
                roles={
                    role: Party(
                        name=one[0], target=page.target(*one.span()), mention=by_start.get(one.start())
                    )
                    for role, one in zip(("subject", "object"), inner, strict=False)
                },
                attribution=(
                    Attribution(
                        role="origin",
                        speaker=found[1],
                        speaker_target=page.target(*found.span(1)),
                        mention=by_start.get(found.start(1)),
                        cue=found[2],
                        cue_target=page.target(*found.span(2)),
                    ),
                ),
                qualifiers=qualified(page, *found.span(3)),
                content_target=page.target(*found.span(3)),
                evidence=(evidence,),
                made_by=MadeBy(extractor="tests", version=1, score=1.0),
            )


def qualified(page: Page, start: int, end: int) -> Qualifiers:
    """Return the days and places of a statement."""
    days = DAY.finditer(page.text, start, end)
    return Qualifiers(
        dates=tuple(
            ClaimDate(
                start=day[0], end=f"{day[1]}{int(day[2]) + 1}", text=day[0], target=page.target(*day.span())
            )
            for day in days
        ),
        places=tuple(
            Place(name=at[0], country=None, target=page.target(*at.span()))
            for at in AT.finditer(page.text, start, end)
        ),
    )


READ: Stage[Original, Record] = Stage("read", 1, (Document, Page, Child), read)
EXTRACT: Stage[Pages, Mention | Parse] = Stage("extract", 1, (Mention, Parse), extract)
ATTRIBUTE: Stage[Parsed, Claim] = Stage("attribute", 1, (Claim,), attribute)
NEXT_ATTRIBUTE: Stage[Parsed, Claim] = Stage("attribute", 2, (Claim,), attribute)


def _chain(attribute_stage: Stage[Parsed, Claim]) -> Chain:
    return (
        Link(READ, Original),
        Link(EXTRACT, Pages, after="read"),
        Link(attribute_stage, Parsed, after="extract"),
        Link(resolve.STAGE, Parsed, after="extract"),
    )


def chain() -> Chain:
    return _chain(ATTRIBUTE)


def next_chain() -> Chain:
    return _chain(NEXT_ATTRIBUTE)


def tables_alone(unit: Parsed) -> Iterator[Claim | TableMapping | Problem]:
    """Yield the claims of tables alone: no grammar is loaded."""
    yield from find_table_claims(unit)


def tabular() -> Chain:
    """Return the real `read` and `attribute`'s part for tables, without names."""
    nothing: Stage[Pages, Mention] = Stage(name="extract", version=1, gives=(Mention,), run=lambda _: ())
    tables: Stage[Parsed, Claim | TableMapping] = Stage(
        name="attribute", version=1, gives=(Claim, TableMapping), run=tables_alone
    )
    return (
        Link(REAL_READ, Original),
        Link(nothing, Pages, after="read"),
        Link(tables, Parsed, after="extract"),
    )


def seeing() -> Chain:
    """Return the real `read` before the small stages: pages have pictures, tables and attachments."""
    return (Link(REAL_READ, Original), *chain()[1:])


def reading() -> Chain:
    """Return a chain of the real `read` alone."""
    return (Link(REAL_READ, Original),)
