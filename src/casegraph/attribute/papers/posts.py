"""Who holds which post by a paper's form: "в лице директора", signatures, addressees, labelled lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from casegraph.attribute.base import Filler, Relation, Span
from casegraph.attribute.papers.sheet import Line, Sheet
from casegraph.model import Kind

_BEFORE = 400  # characters before it in which the body stands
_ACTING = 140  # characters behind "represented by" in which post and person stand
_STATED = re.compile(r"(?:[^\W_]{2,}|[»\"”)])[.!?;,][»\"”]?$")  # a sentence's end; "И. С." is none
_LONGEST = 110  # characters of a line that can be a signature
_FIELDS = frozenset({"name", "title", "company"})
_KINDS: Mapping[str, Kind] = {"directorship": "directorship", "employment": "employment"}
_SENTENCE = 14  # words that no signature has


def held(kind: str, person: Filler, body: Filler, trigger: Span, score: float) -> Relation:
    """Return that a person has a post in a body."""
    spans = [trigger, (person.start, person.end), (body.start, body.end)]
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    near = (start, end) if end - start < 600 else (min(trigger[0], person.start), max(trigger[1], person.end))
    return Relation(
        kind=_KINDS[kind], roles={"person": person, "organisation": body}, trigger=trigger, evidence=near,
        score=score,
    )  # fmt: skip


def find_representatives(sheet: Sheet) -> Iterator[Relation]:
    """Yield who acts for the body before "в лице", "represented by", with the post that is told."""
    last = 0
    for match in sheet.forms.patterns["acting"].finditer(sheet.text):
        end = match.end()
        stop = min(len(sheet.text), end + _ACTING)
        person = sheet.person(end, stop)
        low = max(last, match.start() - _BEFORE)
        line = max(low, sheet.text.rfind("\n", 0, match.start()) + 1)
        before = [one for one in sheet.bodies if low <= one.start and one.end <= match.start()]
        body = sheet.body(line, match.start()) or (before[-1] if before else None)
        last = match.end()
        if person is None or body is None:
            continue
        post = sheet.forms.post(sheet.text[end : person.start]) or sheet.forms.post(
            sheet.text[person.end : person.end + 40].split("\n")[0]
        )
        if post is not None:
            yield held(post[0], person, body, (match.start(), person.start), 0.9)


def find_labelled(sheet: Sheet, sections: Sequence[tuple[Line, Filler]]) -> Iterator[Relation]:
    """Yield what "Директор: X", "Name: X / Title: Director / Company: Y" say."""
    group: dict[str, Line] = {}
    for line in [*sheet.lines, Line(0, 0, "")]:
        field = sheet.forms.labels.get(line.label.lower()) if line.label else None
        if field in _FIELDS:
            group[field or ""] = line
        elif not line.blank or line.end == 0:
            if group.keys() >= {"name", "title"}:
                yield from _from_group(sheet, group, sections)
            group = {}
        if field in {"head", "staff"}:
            body = sheet.body(line.value, line.end) or section_of(line, sections) or _only(sheet)
            person = sheet.person(line.value, line.end)
            if person is not None and body is not None:
                kind = "directorship" if field == "head" else "employment"
                yield held(kind, person, body, (line.start, person.start), 0.85)


def _from_group(
    sheet: Sheet, group: Mapping[str, Line], sections: Sequence[tuple[Line, Filler]]
) -> Iterator[Relation]:
    name, title = group["name"], group["title"]
    person = sheet.person(name.value, name.end)
    post = sheet.forms.post(sheet.text[title.value : title.end])
    company = group.get("company")
    first = min(name.start, title.start)
    body = sheet.body(company.value, company.end) if company else None
    above = [one for one in sheet.bodies if first - 160 <= one.start < first]
    body = body or (above[-1] if above else None) or section_of(name, sections)
    if person is not None and post is not None and body is not None:
        yield held(post[0], person, body, (title.start, title.end), 0.85)


def find_signatures(sheet: Sheet, sections: Sequence[tuple[Line, Filler]]) -> Iterator[Relation]:
    """Yield who has the post that a short line names, with person and body beside, above or below it."""
    for number, line in enumerate(sheet.lines):
        text = line.text.strip()
        if not text or len(text.split()) > _SENTENCE or _STATED.search(text):
            continue
        post = sheet.forms.post(line.text)
        if post is None or sheet.forms.labels.get(line.label.lower(), "") in {"head", "staff", *_FIELDS}:
            continue
        kind, start, end = post
        near = _neighbours(sheet.lines, number)
        person = sheet.person(line.start, line.end) or _first(
            sheet.person(one.start, one.end) for one in near
        )
        if person is None:
            continue
        own = [one for one in sheet.bodies if line.start <= one.start and one.end <= line.end + 1]
        after = next((one for one in own if one.start >= line.start + start), None)
        body = after or (own[-1] if own else None)
        body = body or _first(sheet.body(one.start, one.end) for one in near)
        body = body or section_of(line, sections) or _only(sheet) or _letterhead(sheet, line)
        if body is not None:
            yield held(kind, person, body, (line.start + start, line.start + end), 0.8)


def _neighbours(lines: Sequence[Line], number: int) -> list[Line]:
    """Return the lines without a label around one: two above, two below, up to a blank one."""
    found: list[Line] = []
    for step in (-1, 1):
        for place in (number + step, number + 2 * step):
            if not 0 <= place < len(lines) or lines[place].blank or len(lines[place].text) > _LONGEST:
                break
            if lines[place].label:
                break
            found.append(lines[place])
    return found


def section_of(line: Line, sections: Sequence[tuple[Line, Filler]]) -> Filler | None:
    """Return the party under whose heading the line stands."""
    above = [party for heading, party in sections if heading.start <= line.start]
    return above[-1] if above else None


def _first(found: Iterator[Filler | None]) -> Filler | None:
    return next((one for one in found if one is not None), None)


def _only(sheet: Sheet) -> Filler | None:
    names = {one.name: one for one in sheet.bodies}
    return next(iter(names.values())) if len(names) == 1 else None


def _letterhead(sheet: Sheet, line: Line) -> Filler | None:
    """Return the body that heads the paper, for who signs below."""
    top = [one for one in sheet.lines if not one.blank][:2]
    if not top or line.start <= top[-1].end:
        return None
    return sheet.body(top[0].start, top[-1].end)
