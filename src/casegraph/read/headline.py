"""Which line is the title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casegraph.read.body import repeats
from casegraph.read.cues import SALUTATIONS, SUBJECTS
from casegraph.read.lines import Traits

_SAMPLE = 4_000  # characters of the story that a headline is compared with
_ECHO = 0.25  # share of a headline's words in the story, below which a repeat is a menu's
_ENOUGH = 2.5
_LONG_TITLE = 30  # words
_REACH = 80  # lines between a headline and its story at most: galleries and share buttons
_SIGNED = 6  # lines under a headline in which author or date stand
_STEM = 5  # letters compared: "supplies" and "supplied", "компания" and "компании"
_HAN = re.compile(r"[\u3400-\u9fff]+")


def _content(text: str) -> set[str]:
    """Return the stems and Chinese character pairs of a text."""
    folded = text.casefold()
    stems = {word[:_STEM] for word in re.findall(r"[^\W\d_\u3400-\u9fff]{4,}", folded)}
    for run in _HAN.findall(folded):
        stems |= {run[place : place + 2] for place in range(len(run) - 1)}
    return stems


def shared(title: str, story: str) -> float:
    """Return the share of a headline's content words that the story has (0 to 1)."""
    words = _content(title)
    return len(words & _content(story)) / len(words) if words else 0.0


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
    story = " ".join(trait.text for trait in traits[start:end] if trait.prose)[:_SAMPLE]
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
    return best if best_score >= _ENOUGH else None


def document_title(traits: Sequence[Traits]) -> int | None:
    """Return the index of the title of a text that is no web page, or None: most letters have none.

    It is a "Subject:" line near the top, or the first line if it is short, unpunctuated, stands
    alone and prose follows.
    """
    for index, trait in enumerate(traits[:15]):
        if SUBJECTS.match(trait.text) and trait.words <= 30 and len(traits) > 1:
            return index
    if any(SALUTATIONS.match(trait.text) and trait.words <= 8 for trait in traits[:15]):
        return None
    for index, trait in enumerate(traits[:4]):
        if trait.dated or (trait.authors and index):
            continue
        if not trait.headline or trait.prose or trait.ended or (trait.authors and trait.words <= 4):
            return None
        after = traits[index + 1 : index + 8]
        alone = all(other.line.group != trait.line.group or other.dated or other.authors for other in after[:1])
        meta = all(other.prose or other.dated or other.authors or other.headline for other in after[:3])
        return index if alone and meta and any(other.prose for other in after) else None
    return None
