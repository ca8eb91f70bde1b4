"""What stands before a paragraph's first sentence and is no part of it: datelines, times, labels."""

from __future__ import annotations

import re

_LEAD = re.compile(
    r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: GMT| [A-Z]{2,4})? (?:[-–—] )?"  # "10:40 " of a live page
    r"|(?:[A-Z][A-Z.'’/-]{2,}(?: [A-Z][A-Z.'’/-]+)*)(?:, [A-Z][\w.]+(?: [\w.]+){0,3})?(?: \([^)\n]{2,30}\))?"
    r" ?(?:[-–]{1,2}|—) ?"  # "TALLINN - ", "CEDAR RAPIDS, Iowa (AP) — "
    r"|[A-Z][\w]+(?:,? [\w.]+){0,5} \([A-Z][\w ]+\) ?(?:[-–]{1,2}|—) ?"  # "London, 4 May (Reuters) - "
    r"|(?:Correction|Clarification|Update|Editor['’]s note|Note|UPDATE|CORRECTION)"
    r"(?:,? [^:.\n]{1,30})?: (?=[A-Z])"
)


def after_lead(text: str, start: int, end: int) -> int:
    """Return where the words of [start, end) begin, past a dateline, a live page's time or a label."""
    place = start
    while True:
        found = _LEAD.match(text, place, end)
        if found is None or found.end() == place or found.end() >= end:
            return place
        place = found.end()
