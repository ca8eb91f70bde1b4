"""Roles for the lines of a web page: what is story, headline, byline, date line, and furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from casegraph.model import BlockRole
from casegraph.read.body import body_spans
from casegraph.read.cues import OUTLETS, Cue
from casegraph.read.echo import repeats
from casegraph.read.headline import page_title
from casegraph.read.lines import Traits
from casegraph.read.roles import Layout, is_update, keep_date, plain_role, sign

_TAIL = 8  # lines after the story in which its author and date may stand
_UNDER = 4  # lines under the headline in which a bare name is its author
_ABOVE = 3  # lines above the headline in which they may
_META: frozenset[Cue] = frozenset({"byline", "dateline", "caption", "source"})
_LIST_STARTS: frozenset[Cue] = frozenset({"section", "more"})
_STOPS: frozenset[Cue] = frozenset({"section", "comments", "legal"})
_YEARS = re.compile(r"[\s,\u2013\u2014-]*(?:\d{4}[\s,\u2013\u2014-]*)+")
_RIGHTS = re.compile(
    r"\s*(?:(?<!\bpte)(?<!\bco)(?<!\bst)[.]|[|,]|\ball rights\b|\bвсе права\b|版权|保留|未经|未經).*$",
    re.IGNORECASE,
)
_LONGEST_OUTLET = 60


def lay_out_page(traits: Sequence[Traits]) -> Layout:
    """Return the layout of a page's lines. Lines outside the story are furniture."""
    layout = Layout(["furniture"] * len(traits))
    layout.publisher = publisher_of(traits)
    spans = body_spans(traits)
    if not spans:
        _no_story(layout, traits)
        return layout
    start, stop = spans[0][0], spans[-1][1]
    title = page_title(traits, start, stop)
    if title is None or title < start:
        title = _title_within(traits, start, stop, title)
    if title is not None:
        layout.title = traits[title].text
    count = repeats(traits)
    for first, last in spans:
        for index in range(max(first, 0 if title is None else title + 1), last):
            layout.roles[index] = _story_role(traits, index, count)
    if title is not None:
        layout.roles[title] = "title"
        start = max(start, title + 1)
        _single_title(layout, traits, title)
    first_prose = next((index for index in range(start, stop) if traits[index].prose), start)
    mark_deck(layout, traits, range(start if title is None else title + 1, stop))
    _meta(layout, traits, title, range(first_prose, stop))
    for index, trait in enumerate(traits):
        if trait.line.fixed is not None and index != title:
            layout.roles[index] = trait.line.fixed
    return layout


def _title_within(traits: Sequence[Traits], start: int, stop: int, found: int | None) -> int | None:
    """Return a headline that stands inside the story's run, because a notice above it read like prose."""
    for index in range(start, start + (stop - start) // 3):
        trait = traits[index]
        if trait.line.fixed == "title" and found is None:
            return index
        if trait.headline and trait.words >= 4 and found is not None and trait.folded == traits[found].folded:
            return found
    return found


def _single_title(layout: Layout, traits: Sequence[Traits], title: int) -> None:
    """Make every other copy of the headline furniture: one headline must not count as two claims."""
    for index, trait in enumerate(traits):
        if index != title and trait.folded == traits[title].folded:
            layout.roles[index] = "furniture"


def _no_story(layout: Layout, traits: Sequence[Traits]) -> None:
    """Keep the sentences and headlines of a page that is a list of links or a notice."""
    for index, trait in enumerate(traits):
        if trait.line.fixed is not None:
            layout.roles[index] = trait.line.fixed
        elif trait.notice is None and (trait.prose or (trait.headline and not trait.line.linked)):
            layout.roles[index] = "paragraph" if trait.prose else "list"
    title = next((index for index, trait in enumerate(traits) if trait.line.fixed == "title"), None)
    if title is not None:
        layout.title = traits[title].text
        _single_title(layout, traits, title)


def _after_label(traits: Sequence[Traits], index: int) -> bool:
    """Tell whether only short lines stand between a line and a label such as "Related stories"."""
    for before in range(index - 1, max(-1, index - 12), -1):
        if traits[before].cue in _LIST_STARTS:
            return True
        if traits[before].prose or traits[before].bullet:
            return False
    return False


def _story_role(  # noqa: PLR0911 - a list of rules, the first that fits decides
    traits: Sequence[Traits], index: int, count: Counter[str]
) -> BlockRole:
    """Return the role of a line inside the story. One that ends a full sentence is never furniture."""
    trait = traits[index]
    if trait.line.fixed is not None:
        return trait.line.fixed
    if trait.cue == "caption":
        return "caption"
    if trait.dated:
        return "dateline"
    if trait.cue == "byline" and trait.authors:
        return "byline"
    if trait.prose or (trait.ended and trait.words >= 4 and trait.cue is None):
        return "paragraph"
    if trait.cue is not None:
        return "byline" if trait.cue == "source" else "furniture"
    if (
        trait.line.linked
        or count[trait.folded] > 1
        or trait.notice is not None
        or _after_label(traits, index)
    ):
        return "furniture"
    return plain_role(traits, index)


def mark_deck(layout: Layout, traits: Sequence[Traits], where: range) -> None:
    """Mark the standfirst: what stands between the headline and the author or date."""
    for index in where[:3]:
        trait = traits[index]
        if trait.dated or trait.authors or (trait.cue is not None and not trait.prose):
            return
        if not (trait.prose or trait.headline) or trait.words < 5 or trait.line.linked:
            continue
        after = traits[index + 1 : index + 5]
        signed = next((place for place, near in enumerate(after) if near.dated or near.authors), None)
        if (
            signed is not None
            and not any(near.prose for near in after[:signed])
            and layout.roles[index] != "title"
        ):
            layout.roles[index] = "deck"
        return


def _meta(layout: Layout, traits: Sequence[Traits], title: int | None, story: range) -> None:
    """Find author and dates: under the headline, else after the story, else above the headline."""
    top = -1 if title is None else title
    head = range(top + 1, min(story.start + 3, story.stop))
    if title is None:
        head = range(max(0, story.start - _TAIL), min(story.start + 3, story.stop))
    signs = [index for index in head if _signs(layout, traits, index, story)]
    if title is not None:
        sign(layout, traits, [index for index in signs if index <= title + _UNDER], bare_names=True)
    sign(layout, traits, signs, bare_names=False)
    for index in head:
        if traits[index].cue == "caption" and layout.roles[index] == "furniture":
            layout.roles[index] = "caption"
    tail = tail_of(traits, story.stop)
    for index in tail:
        if traits[index].cue == "caption":
            layout.roles[index] = "caption"
    sign(layout, traits, tail, bare_names=False)
    above = range(max(0, top - _ABOVE), max(0, top))
    read_mast(layout, traits, range(max(0, top)), above)
    if layout.authors == ():
        sign(layout, traits, above, bare_names=False)


def tail_of(traits: Sequence[Traits], stop: int) -> list[int]:
    """Return the lines right after a story, up to other stories, comments or rights."""
    tail: list[int] = []
    for index in range(stop, min(len(traits), stop + _TAIL)):
        if traits[index].cue in _STOPS:
            break
        tail.append(index)
    return tail


def _signs(layout: Layout, traits: Sequence[Traits], index: int, story: range) -> bool:
    """Tell whether a line of the head may be byline or date line: prose is not, nor a sub-heading."""
    if traits[index].prose or layout.roles[index] == "deck":
        return False
    return index < story.start or traits[index].cue == "byline" or traits[index].dated


def read_mast(layout: Layout, traits: Sequence[Traits], where: range, above: range) -> None:
    """Tell the page's own date, in its masthead, from a story's date that stands over its headline."""
    weather = any(traits[index].cue in {"weather", "navigation"} for index in where)
    for index in where:
        trait = traits[index]
        if not trait.dated or trait.found is None or trait.found.date.start is None:
            continue
        day_only = trait.found.date.precision == "day"
        masthead = day_only and (trait.found.weekday or weather or index not in above)
        if layout.published is None and not masthead and not is_update(trait.text[: trait.found.start]):
            layout.roles[index] = "dateline"
            keep_date(layout, trait)
        elif layout.captured is None and day_only:
            layout.captured = trait.found.date


def publisher_of(traits: Sequence[Traits]) -> str | None:
    """Return the outlet that a line of rights names: "© 2024 Northport Courier. All rights reserved."."""
    for trait in reversed(traits):
        match = OUTLETS.match(trait.text)
        if match is None or len(trait.text) > 200:
            continue
        rest = _YEARS.sub(" ", trait.text[match.end() :], count=1)
        name = _RIGHTS.sub("", re.sub(r"^\s*(?:by\b)?\s*", "", rest)).strip(" \u2013\u2014-")
        if 2 <= len(name) <= _LONGEST_OUTLET and any(map(str.isalpha, name)):
            return name
    return None
