"""Roles for the blocks of an HTML page whose article is known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casegraph.model import BlockRole
from casegraph.read import dates
from casegraph.read.dom import Chunk
from casegraph.read.echo import content, shared
from casegraph.read.lines import Line, Traits
from casegraph.read.roles import Layout, is_update, sign
from casegraph.read.weblayout import mark_deck, publisher_of, read_mast, tail_of
from casegraph.read.webmeta import Meta, without_site
from casegraph.text import fold_letters

_TAIL = 8  # blocks after the article in which its author and date may stand
_REACH = 25  # blocks before the article in which its headline may stand
_DECK = 6  # blocks under the headline in which a standfirst may stand
_LINKED = 0.8  # share of linked characters from which a block is a link
_TITLE_SCORE = 4.0


def linked(chunk: Chunk) -> bool:
    """Tell whether a block is a link rather than text with links."""
    return chunk.linked >= _LINKED


def base_role(chunk: Chunk) -> BlockRole | None:
    """Return the role that the mark-up alone gives, None for running text."""
    if chunk.tag == "table":
        return "table"
    if chunk.hint == "caption" and chunk.tag not in {"h1", "h2"}:
        return "caption"
    if re.fullmatch(r"h[1-6]", chunk.tag):
        return "heading"
    if chunk.quote:
        return "quote"
    return "list" if chunk.tag in {"li", "dd", "dt"} else None


def traits_of(chunks: Sequence[Chunk]) -> list[Traits]:
    """Return the blocks as lines for the classifier of plain text."""
    return [Traits(Line(chunk.text, group, linked(chunk))) for group, chunk in enumerate(chunks)]


def _story_role(  # noqa: PLR0911 - a list of rules, the first that fits decides
    chunk: Chunk, trait: Traits
) -> BlockRole:
    """Return the role of a block that the article extraction took."""
    base = base_role(chunk)
    if base == "caption" or (base is None and trait.cue == "caption"):
        return "caption"
    if base in {"table", "quote"}:
        return base
    if trait.dated and base is None:
        return "dateline"
    if trait.cue == "byline" and trait.authors and base is None:
        return "byline"
    if not trait.prose and (trait.cue is not None or trait.notice is not None):
        return "furniture"
    if linked(chunk) and base in {None, "list"} and not trait.ended:
        return "furniture"
    return base or "paragraph"


def _rescued(chunk: Chunk, trait: Traits) -> bool:
    """Tell whether a block inside the article's range that the extraction left out is text of it."""
    if chunk.hard or chunk.soft or linked(chunk) or trait.notice is not None:
        return False
    return trait.prose or (chunk.quote > 0 and trait.words >= 4)


def _extend(chunks: Sequence[Chunk], traits: Sequence[Traits], first: int, last: int) -> tuple[int, int]:
    """Return the article's range with the prose next to it in the same <article>."""
    while first > 0 and chunks[first - 1].in_article and _rescued(chunks[first - 1], traits[first - 1]):
        first -= 1
    while (
        last + 1 < len(chunks)
        and chunks[last + 1].in_article
        and _rescued(chunks[last + 1], traits[last + 1])
    ):
        last += 1
    return first, last


def title_index(chunks: Sequence[Chunk], meta: Meta, first: int, last: int) -> int | None:
    """Return the block that is the headline: it says what the head of the page says, or is the <h1>."""
    named = [fold_letters(title) for title in meta.titles]
    whole = fold_letters(without_site(meta.page_title or "", meta.publisher))
    story = content(" ".join(chunk.text for chunk in chunks[first : last + 1])[:4_000])
    best, best_score = None, 0.0
    for index in range(max(0, first - 4 * _REACH), min(len(chunks), first + 5)):
        chunk, letters = chunks[index], fold_letters(chunks[index].text)
        if len(letters) < 3 or len(chunk.text) > 400 or chunk.tag == "table":
            continue
        score = 3.0 if chunk.tag == "h1" else 1.0 if chunk.tag == "h2" else 0.0
        if letters in named:
            score += 4
        elif (whole and (letters == whole or (len(letters) > 12 and whole.startswith(letters)))) or (
            len(letters) > 20 and any(letters in name or name in letters for name in named if len(name) > 20)
        ):
            score += 3
        score += 2 * shared(chunk.text, story) - (2 if chunk.hard else 0) - (1 if chunk.soft else 0)
        score -= 0.02 * max(0, first - index) + (1.5 if linked(chunk) and chunk.tag != "h1" else 0)
        if score > best_score:
            best, best_score = index, score
    return best if best_score >= _TITLE_SCORE else None


def lay_out_article(chunks: Sequence[Chunk], taken: Sequence[bool], meta: Meta) -> Layout:
    """Return roles for a page's blocks, given which of them are the article."""
    traits = traits_of(chunks)
    layout = Layout(["furniture"] * len(chunks))
    first = taken.index(True)
    last = len(taken) - 1 - list(reversed(taken)).index(True)
    first, last = _extend(chunks, traits, first, last)
    for index in range(first, last + 1):
        if taken[index]:
            layout.roles[index] = _story_role(chunks[index], traits[index])
        elif _rescued(chunks[index], traits[index]):
            layout.roles[index] = base_role(chunks[index]) or "paragraph"
        elif base_role(chunks[index]) == "caption" and not chunks[index].hard and traits[index].words >= 3:
            layout.roles[index] = "caption"
    for index, chunk in enumerate(chunks):
        if chunk.tag == "table" and not (chunk.hard or chunk.soft):
            layout.roles[index] = "table"  # no claim rests on it; whether it is the story's does not matter
    title = title_index(chunks, meta, first, last)
    if title is not None:
        layout.title = " ".join(chunks[title].text.split())
        layout.roles[title] = "title"
        for index, trait in enumerate(traits):
            if index != title and trait.folded == traits[title].folded:
                layout.roles[index] = "furniture"
    _head(layout, chunks, traits, title, (first, last))
    layout.publisher = publisher_of(traits)
    return layout


def _head(
    layout: Layout,
    chunks: Sequence[Chunk],
    traits: Sequence[Traits],
    title: int | None,
    story: tuple[int, int],
) -> None:
    """Mark standfirst, byline and date lines around an article and keep what they say."""
    first, last = story
    top = title if title is not None else max(-1, first - _TAIL - 1)
    mark_deck(layout, traits, range(top + 1, last + 1))
    for index in range(top + 1, min(top + 1 + _DECK, last + 1)):
        deck = chunks[index].hint == "deck" and traits[index].words >= 5
        # The article's only paragraph is no standfirst, whatever its class says.
        more = index < first or "paragraph" in layout.roles[index + 1 : index + 12]
        if deck and more and layout.roles[index] in {"furniture", "paragraph", "heading"}:
            layout.roles[index] = "deck"
            break
    start = max(first, top + 1)
    body = next((index for index in range(start, last + 1) if layout.roles[index] == "paragraph"), first)
    near = [
        index
        for index in range(top + 1, min(body + 2, last + 1))
        if not traits[index].prose and layout.roles[index] != "deck"
    ]
    near += [index for index in range(max(0, top - 3), max(0, top)) if traits[index].cue == "byline"]
    for index in near:
        _stamped(layout, chunks[index], traits[index])
    hinted = [index for index in near if chunks[index].hint in {"byline", "date"}]
    sign(layout, traits, hinted, bare_names=True)
    sign(layout, traits, near, bare_names=False)
    tail = [index for index in tail_of(traits, last + 1) if not chunks[index].hard]
    sign(layout, traits, tail, bare_names=False)
    if not layout.authors:
        inside = [index for index in range(first, last + 1) if traits[index].cue == "byline"]
        sign(layout, traits, [index for index in inside if not traits[index].prose], bare_names=False)
    read_mast(layout, traits, range(max(0, top)), range(max(0, top - 3), max(0, top)))


def _stamped(layout: Layout, chunk: Chunk, trait: Traits) -> None:
    """Take the date that a <time> element carries, which is more exact than what it shows."""
    if not chunk.stamp or trait.prose or layout.published is not None:
        return
    date = dates.parse_iso(chunk.stamp)
    if date is not None and not is_update(chunk.text):
        layout.published = date
