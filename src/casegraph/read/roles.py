"""Roles that a line has by itself and its neighbour, and what date lines and bylines tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from casegraph.model import BlockRole, Date
from casegraph.read.lines import Traits

_LONGEST_HEADING = 14  # words
_SAMPLE = 200  # lines of the text looked at for common words
_UPDATES = (
    "updat",
    "modif",
    "edited",
    "обновл",
    "измен",
    "更新",
)


@dataclass(slots=True)
class Layout:
    """Roles, one a line, and what the lines say of the document."""

    roles: list[BlockRole]
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: Date | None = None
    captured: Date | None = None
    modified: Date | None = None
    publisher: str | None = None
    titled: list[int] = field(default_factory=list)  # indices of title lines


def plain_role(  # noqa: PLR0911 - a list of rules, the first that fits decides
    traits: Sequence[Traits], index: int
) -> BlockRole:
    """Return the role of a line of a story or a plain document: never furniture."""
    trait = traits[index]
    if trait.line.fixed is not None:
        return trait.line.fixed
    if trait.bullet and not trait.dated:
        return "list"
    if trait.cue == "caption":
        return "caption"
    if trait.prose or trait.ended or trait.quoted:
        return "paragraph"
    after = traits[index + 1] if index + 1 < len(traits) else None
    if after is None or after.line.group == trait.line.group or trait.words > _LONGEST_HEADING:
        return "paragraph"
    if trait.text[-1] in ",;:\uff1a\uff0c" or not any(map(str.isalpha, trait.text)):
        return "paragraph"
    return "heading" if after.prose or after.bullet else "paragraph"


def is_update(label: str) -> bool:
    """Tell whether the words before a date say that it is the date of a change."""
    folded = label.casefold()
    return any(word in folded for word in _UPDATES)


def keep_date(layout: Layout, trait: Traits) -> None:
    """Keep a date line's date as the publication's, unless one is known or it is of a change."""
    if trait.found is None:
        return
    if is_update(trait.text[: trait.found.start]):
        layout.modified = layout.modified or trait.found.date
    elif layout.published is None or (layout.published.start is None and trait.found.date.start):
        layout.published = trait.found.date


def _uncommon(trait: Traits, traits: Sequence[Traits]) -> bool:
    """Tell whether a bare line of capitalised words is a name: none of its words stands in the text small.

    "Executive Summary" has the form of a name too; a report that has it as a heading has the words.
    """
    if trait.text.isupper():
        return False
    words = set(re.findall(r"[^\W\d_]{3,}", trait.text.lower()))
    sample = " ".join(other.text for other in traits[:_SAMPLE])
    return not words & set(re.findall(r"\b[^\W\d_A-Z\u0410-\u042f]{3,}\b", sample))


def sign(layout: Layout, traits: Sequence[Traits], where: Iterable[int], *, bare_names: bool) -> None:
    """Mark bylines and date lines among some lines; keep author and date unless already known.

    Without `bare_names` a line of nothing but a name counts only beside a date line.
    """
    for index in where:
        trait = traits[index]
        if layout.roles[index] in {"title", "list", "header"} or trait.line.fixed not in {None, "furniture"}:
            continue
        if trait.dated:
            layout.roles[index] = "dateline"
            keep_date(layout, trait)
        if not trait.authors:
            continue
        beside = trait.dated or any(
            traits[near].dated
            for near in range(max(0, index - 2), min(len(traits), index + 3))
            if near != index
        )
        if trait.signed or ((beside or bare_names) and _uncommon(trait, traits)):
            if not trait.dated:
                layout.roles[index] = "byline"
            layout.authors = layout.authors or trait.authors
