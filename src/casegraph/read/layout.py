"""Roles for the lines of a text that has no mark-up; plain documents here, web pages in `weblayout`."""

from __future__ import annotations

from collections.abc import Sequence

from casegraph.model import BlockRole
from casegraph.read.body import end_of_story, is_page
from casegraph.read.cues import QUOTED_MAIL, SALUTATIONS, SUBJECTS
from casegraph.read.fields import field_runs, signature
from casegraph.read.headline import document_title
from casegraph.read.limits import MAX_LINES
from casegraph.read.lines import Line, Traits
from casegraph.read.paragraphs import is_bullet
from casegraph.read.roles import Layout, plain_role, sign
from casegraph.read.weblayout import lay_out_page

_MOST_LOST = 0.35  # of the characters of sentences
_HEAD = 12  # lines at the top of a document in which its author and date may stand
_UNDER_TITLE = 2  # lines under a title that may be a bare name
_FOOT = 3  # lines at its end in which they may
_LETTER_HEAD = 15


def lay_out(lines: Sequence[Line], *, page: bool | None = None) -> Layout:
    """Return the layout of lines in reading order.

    `page` says whether they come from a web page; None lets the lines decide.
    """
    if len(lines) > MAX_LINES:
        return Layout([line.fixed or ("list" if is_bullet(line.text) else "paragraph") for line in lines])
    traits = [Traits(line) for line in lines]
    if page is None:
        layout = lay_out_page(traits) if is_page(traits) else None
        return layout if layout is not None and not _loses(layout, traits) else _document(traits)
    return lay_out_page(traits) if page else _document(traits)


def _loses(layout: Layout, traits: Sequence[Traits]) -> bool:
    """Tell whether a page's layout makes furniture of so many sentences that it cannot be a page's."""
    prose = lost = 0
    for trait, role in zip(traits[: end_of_story(traits)], layout.roles, strict=False):
        if trait.prose and trait.notice is None:
            prose += len(trait.text)
            lost += len(trait.text) if role == "furniture" else 0
    return lost > _MOST_LOST * prose


def _quoted_mail(traits: Sequence[Traits]) -> int:
    """Return where a quoted message begins, whose subject, date and author are not the document's."""
    for index, trait in enumerate(traits):
        if index and QUOTED_MAIL.match(trait.text):
            return index
    return len(traits)


def _document(traits: Sequence[Traits]) -> Layout:
    """Lay out a text that is no web page: nothing is furniture."""
    roles = [plain_role(traits, index) for index in range(len(traits))]
    layout = Layout(roles)
    own = traits[: _quoted_mail(traits)]
    title = document_title(own)
    if title is not None:
        text = traits[title].text
        subject = SUBJECTS.match(text)
        layout.title = text[subject.end() :] if subject else text
        roles[title] = "title"
    letter = next(
        (
            index
            for index, trait in enumerate(traits[:_LETTER_HEAD])
            if trait.words <= 8 and SALUTATIONS.match(trait.text)
        ),
        None,
    )
    for index in range(letter or 0):
        if roles[index] in {"heading", "paragraph"} and not (traits[index].prose or traits[index].dated):
            roles[index] = "header"
    head = range(min(_HEAD, len(own)))
    if title is not None:
        sign(layout, traits, range(title + 1, min(title + 1 + _UNDER_TITLE, len(own))), bare_names=True)
    sign(layout, traits, head, bare_names=False)
    foot = range(max(head.stop, len(own) - _FOOT), len(own))
    if letter is None:
        sign(layout, traits, foot, bare_names=False)
    _mark_fields(roles, traits)
    return layout


def _mark_fields(roles: list[BlockRole], traits: Sequence[Traits]) -> None:
    """Give fields and signatures among the running text their roles."""
    running = {index for index, role in enumerate(roles) if role in {"paragraph", "heading", "list"}}
    for index in signature([trait.text for trait in traits]) & running:
        roles[index] = "byline"
    facts = {index for index, role in enumerate(roles) if role in {"dateline", "byline"}}
    texts = {index: traits[index].text for index in running | facts}
    for index in field_runs(texts) & running - facts:
        roles[index] = "table"
