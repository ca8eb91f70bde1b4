"""Where the story is among the lines of a page, and whether the lines are a page's at all.

The story is the run of lines with the greatest sum of weights, prose positive and all else negative:
maximum subsequence segmentation (Pasternack and Roth, WWW 2009), with weights set on pages that are
not in the gold set.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from casegraph.read.cues import Cue
from casegraph.read.echo import content, repeats, shared
from casegraph.read.lines import Traits

_PROSE, _PROSE_MOST = 60.0, 260.0  # one sentence; a paragraph of 400 characters and more
_CUE_WEIGHTS: dict[Cue, float] = {
    "advertisement": -5,
    "caption": 0,
    "byline": -10,
    "dateline": -10,
    "source": -10,
    "more": -10,
    "share": -15,
    "measure": -15,
    "navigation": -40,
    "section": -40,
    "newsletter": -60,
    "weather": -60,
    "cookies": -100,
    "legal": -120,
    "comments": -300,
}
_SHORT, _LISTED, _REPEATED, _LINKED, _BULLET, _NOTICE = -25.0, -8.0, -40.0, -40.0, 20.0, -80.0
_TEASER = 5.0  # a sentence under a headline in a list of other stories
_QUESTION = 20.0  # a headline as well as a sentence
_TEASERS = 3  # lone sentences after one label that are a list of other stories
_ECHO = 0.4  # share of a lone sentence's words that the story has, from which it belongs to it
_LONG_TEASER = 400  # characters
_FURTHER = 350.0  # sum from which a further run of prose is a story too, not a teaser
_WEB: dict[Cue, float] = {
    "advertisement": 2, "comments": 2, "share": 1.5, "cookies": 1.5, "measure": 1.5, "section": 1.5,
    "navigation": 1, "more": 1.5, "newsletter": 1,
}  # fmt: skip
_PAGE_POINTS = 3.0
_FEWEST_WEB_LINES = 2
_MENU, _LONG_MENU = 5, 12  # lines of one to three words in a row


def _web_lines(traits: Sequence[Traits]) -> dict[Cue, int]:
    """Count the lines that only web pages have, by kind."""
    count: dict[Cue, int] = {}
    for trait in traits:
        for cue in {trait.cue, trait.notice} - {None}:
            if cue in _WEB:
                count[cue] = count.get(cue, 0) + 1
    return count


def _is_short(trait: Traits) -> bool:
    """Tell whether a line is as short as a menu's entry."""
    return trait.words <= 3 and len(trait.text) <= 30 and not (trait.ended or trait.bullet or trait.dated)


def _longest_menu(traits: Sequence[Traits]) -> int:
    """Return the length of the longest run of very short lines."""
    run = longest = 0
    for trait in traits:
        run = run + 1 if _is_short(trait) and trait.text[-1] not in ",:;" else 0
        longest = max(longest, run)
    return longest


def _opens_with_menu(traits: Sequence[Traits]) -> bool:
    """Tell whether prose comes only after a dozen lines most of which are very short."""
    first = next((index for index, trait in enumerate(traits) if trait.prose), 0)
    return first >= _LONG_MENU and sum(map(_is_short, traits[:first])) >= 0.75 * first


def _signed_and_dated(traits: Sequence[Traits]) -> bool:
    """Tell whether a name and a date stand side by side."""
    return any(
        (one.authors and other.dated) or (one.dated and other.authors) for one, other in pairwise(traits)
    )


def _other_points(traits: Sequence[Traits]) -> float:
    """Return evidence that other documents may have as well: rights, repeats, lists, signatures."""
    count = repeats(traits)
    menu = _longest_menu(traits)
    return sum(
        (
            1.0 * any("legal" in {trait.cue, trait.notice} for trait in traits),
            1.0 * any(trait.cue == "weather" for trait in traits),
            1.5 * any(count[trait.folded] > 1 and trait.headline and trait.words >= 4 for trait in traits),
            2.0 if menu >= _LONG_MENU else 1.0 if menu >= _MENU else 0.0,
            1.0 * _signed_and_dated(traits),
        )
    )


def is_page(traits: Sequence[Traits]) -> bool:
    """Tell whether lines were copied out of a browser's window.

    Without it nothing is furniture: a letter or a report must not lose a line. Hence there must be
    two kinds of line that only web pages have (or one, or a menu on top) and other evidence besides.
    Measured: of 1,143 mails without their headers 8 are taken for pages, all of them newsletters; of 23
    pages copied from sites in nine languages 19 are found, not the Arabic, Thai, Latvian and a Japanese one.
    """
    web = _web_lines(traits)
    points = sum(_WEB[cue] for cue in web)
    kinds = len(web) + _opens_with_menu(traits)
    lines = sum(web.values())
    if kinds == 0 or (lines < _FEWEST_WEB_LINES and not _opens_with_menu(traits)):
        return False
    return points + _other_points(traits) >= (_PAGE_POINTS if kinds > 1 else _PAGE_POINTS + 1)


def _lone(traits: Sequence[Traits], index: int) -> bool:
    """Tell whether a short prose line has no prose on either side: a text under a headline in a list."""
    if len(traits[index].text) >= _LONG_TEASER:
        return False
    return not any(_next_is_prose(traits, index, step) for step in (1, -1))


def _next_is_prose(traits: Sequence[Traits], index: int, step: int) -> bool:
    """Tell whether the nearest line that is no advertisement or caption is prose."""
    index += step
    while 0 <= index < len(traits) and traits[index].cue in {"advertisement", "caption"}:
        index += step
    return 0 <= index < len(traits) and traits[index].prose


def _plain_weight(  # noqa: PLR0911 - a list of rules, the first that fits decides
    trait: Traits, *, repeated: bool, listed: bool
) -> float:
    """Return the weight of a line that is no prose. `listed`: a label such as "Related" stands above it."""
    if trait.line.fixed == "furniture" or trait.line.linked:
        return _LISTED if listed else _LINKED
    if trait.notice is not None:
        return _NOTICE
    if trait.cue is not None:
        return _CUE_WEIGHTS[trait.cue]
    if trait.dated:
        return _CUE_WEIGHTS["dateline"]
    if repeated:
        return _REPEATED
    if trait.bullet and trait.words >= 3:
        return _BULLET
    return _LISTED if listed else _SHORT


def _teasers(traits: Sequence[Traits]) -> set[int]:
    """Return the sentences that stand alone under a label such as "Related" or under dates of their own.

    Three of them are a list of other stories. After fewer the story may go on with a single paragraph,
    whose words come back in the story.
    """
    found: set[int] = set()
    lone: list[int] = []
    listed = False

    def settle() -> None:
        for index in lone:
            before = " ".join(other.text for other in traits[max(0, index - 60) : index] if other.prose)
            if len(lone) >= _TEASERS or shared(traits[index].text, content(before)) < _ECHO:
                found.add(index)
        lone.clear()

    for index, trait in enumerate(traits):
        if trait.cue == "section":
            listed = True
        elif listed and trait.prose and trait.notice is None:
            listed = _lone(traits, index)
            if listed:
                lone.append(index)
            else:
                settle()
    settle()
    dated = [
        index
        for index, trait in enumerate(traits)
        if trait.prose
        and _lone(traits, index)
        and any(near.dated for near in traits[max(0, index - 2) : index])
    ]
    return found | set(dated) if len(dated) >= _TEASERS else found


def _weights(traits: Sequence[Traits]) -> list[float]:
    count = repeats(traits)
    teasers = _teasers(traits)
    weights: list[float] = []
    listed = False
    for index, trait in enumerate(traits):
        if trait.cue == "section":
            listed = True
            weights.append(_CUE_WEIGHTS["section"])
        elif not trait.prose or trait.notice is not None or trait.line.fixed == "furniture":
            weights.append(_plain_weight(trait, repeated=count[trait.folded] > 1, listed=listed))
        elif index in teasers:
            weights.append(_TEASER)
        else:
            listed = False
            question = trait.text[-1] in "?!\uff1f\uff01" and trait.words <= 14
            weights.append(_QUESTION if question else min(_PROSE_MOST, _PROSE + 3.2 * trait.words))
    return weights


def _best(weights: Sequence[float], first: int, last: int) -> tuple[float, int, int]:
    """Return sum, start and end of the heaviest run in [first, last) (Kadane's algorithm)."""
    best, best_start, best_end = 0.0, first, first
    total, start = 0.0, first
    for index in range(first, last):
        if total <= 0:
            total, start = 0.0, index
        total += weights[index]
        if total > best:
            best, best_start, best_end = total, start, index + 1
    return best, best_start, best_end


def end_of_story(traits: Sequence[Traits]) -> int:
    """Return where readers' comments begin, or the end: their prose is no story."""
    prose = 0
    for index, trait in enumerate(traits):
        prose += trait.prose
        if trait.cue == "comments" and prose >= 3 and trait.words <= 4:
            rest = sum(1 for later in traits[index:] if later.prose)
            if rest <= prose:
                return index
    return len(traits)


def body_spans(traits: Sequence[Traits]) -> list[tuple[int, int]]:
    """Return the runs of lines that are story, in order: the heaviest, and others as heavy as a story."""
    weights = _weights(traits)
    end = end_of_story(traits)
    best, start, stop = _best(weights, 0, end)
    if best <= 0:
        return []
    spans = [(start, stop)]
    open_ends = [(0, start), (stop, end)]
    while open_ends:
        first, last = open_ends.pop()
        total, start, stop = _best(weights, first, last)
        if total >= _FURTHER and sum(traits[index].prose for index in range(start, stop)) >= 2:
            spans.append((start, stop))
            open_ends += [(first, start), (stop, last)]
    return sorted(spans)
