"""Whether a text says of itself that it was corrected or brought up to date."""

from __future__ import annotations

import re

from casegraph.trace.story import Story

_CORRECTED = re.compile(
    r"\b(?:(?:previous|earlier) version|correct(?:s|ed|ion)|updat(?:e|es|ed)|clarif(?:ies|ied|ication))\b"
    r"|исправлен|уточнен|обновл[её]н|в предыдущей версии|в более ранней версии|更正|更新|勘误|此前版本",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\b(?:previous|earlier) version of (?:this|the)\b|^\W*correction\b[^.]{0,30}:"
    r"|в предыдущей версии|в более ранней версии|此前版本|本文此前",
    re.IGNORECASE,
)
_HEAD = 2  # sentences


def says_corrected(story: Story) -> bool:
    """Tell whether a text says so: in its title, lead or last sentence, or in a note anywhere."""
    told = [story.text(number) for number in range(len(story.sentences))]
    if any(_NOTE.search(one) for one in told):
        return True
    return _CORRECTED.search(" ".join((*told[:_HEAD], *told[-1:]))) is not None
