"""Which line is the title."""

from __future__ import annotations

from collections.abc import Sequence

from casegraph.read.cues import SALUTATIONS, SUBJECTS
from casegraph.read.echo import content, repeats, shared
from casegraph.read.lines import Traits

_SAMPLE = 4_000  # characters of the story that a headline is compared with
_ECHO = 0.25  # share of a headline's words in the story, below which a repeat is a menu's
_ENOUGH = 2.5
_LONG_TITLE = 30  # words
_REACH = 80  # lines between a headline and its story at most: galleries and share buttons
_SIGNED = 6  # lines under a headline in which author or date stand


def _candidates(traits: Sequence[Traits], start: int, end: int) -> list[int]:
    """Return lines before the story, and its first ones if they end like a headline in ? or !."""
    found = [index for index in range(max(0, start - _REACH), start) if _could_be(traits[index])]
    return found + [index for index in range(start, min(start + 2, end - 1)) if _could_be(traits[index])]


def _could_be(trait: Traits) -> bool:
    if trait.line.fixed not in {None, "title"} or trait.notice is not None:
        return False
    if trait.authors and trait.words <= 4:
        return False
    if trait.ended and trait.text[-1] not in "?!\uff1f\uff01\u2026":
        return trait.quoted and trait.words <= _LONG_TITLE
    return trait.headline and trait.words <= _LONG_TITLE


def page_title(traits: Sequence[Traits], start: int, end: int) -> int | None:
    """Return the index of the headline of the story in [start, end), or None.

    What tells it from menu entries and other stories' headlines: it is repeated, near the story,
    followed by date or author, long, and its words come back in the story.
    """
    count = repeats(traits)
    story = content(" ".join(trait.text for trait in traits[start:end] if trait.prose)[:_SAMPLE])
    best: int | None = None
    best_score = 0.0
    for index in _candidates(traits, start, end):
        trait = traits[index]
        between = traits[index + 1 : start]
        echo = shared(trait.text, story)
        score = 5 * echo + min(trait.words, 12) / 6
        score += 2 if count[trait.folded] > 1 and trait.words >= 4 and echo >= _ECHO else 0
        score += 2 if any(near.dated or near.authors for near in between[:_SIGNED]) else 0
        score -= min(2.0, 0.4 * sum(1 for near in between if near.headline and near.folded != trait.folded))
        score -= min(2.0, 0.1 * len(between))
        score -= 1 if trait.line.linked else 0
        score += 3 if trait.line.fixed == "title" else 0
        if score > best_score + 1e-9:
            best, best_score = index, score
    if best is None or best_score < _ENOUGH:
        return None
    return _above_deck(traits, best, story)


def _above_deck(traits: Sequence[Traits], index: int, story: frozenset[str]) -> int:
    """Return the line right above a standfirst that was taken for the headline, else the line itself."""
    if index == 0 or traits[index].line.fixed == "title" or not _could_be(traits[index - 1]):
        return index
    above = traits[index - 1]
    return index - 1 if above.words >= 4 and shared(above.text, story) >= 1.5 * _ECHO else index


def document_title(  # noqa: PLR0911 - a list of rules, the first that fits decides
    traits: Sequence[Traits],
) -> int | None:
    """Return the index of the title of a text that is no web page, or None: most letters have none.

    It is what the format calls so, a "Subject:" line near the top, or the first line if it is short,
    unpunctuated, stands alone and prose follows.
    """
    for index, trait in enumerate(traits):
        if trait.line.fixed == "title":
            return index
    for index, trait in enumerate(traits[:15]):
        if SUBJECTS.match(trait.text) and trait.words <= 30 and len(traits) > 1:
            return index
    if any(SALUTATIONS.match(trait.text) and trait.words <= 8 for trait in traits[:15]):
        return None
    for index, trait in enumerate(traits[:4]):
        if trait.dated or (trait.authors and index) or trait.line.fixed == "header":
            continue
        if trait.line.fixed is not None:
            return None
        if not trait.headline or trait.prose or trait.ended or (trait.authors and trait.words <= 4):
            return None
        after = traits[index + 1 : index + 5]
        first = after[0] if after else None
        alone = first is not None and (
            first.line.group != trait.line.group or first.dated or bool(first.authors)
        )
        return index if alone and any(other.prose for other in after) else None
    return None
