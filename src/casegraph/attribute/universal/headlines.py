"""Headlines: "Источник: завод закроют", "Завод закроют — источник"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegraph.attribute.trim import trim
from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.spans import Frame
from casegraph.attribute.universal.subjects import Subjects
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import CLAIM_ROLES

_MOST = 8  # words of a source
_FEWEST = 3  # words of a content
_VERBAL = frozenset({"VERB", "AUX"})
_DASH = re.compile(r"\s[—–]\s")


def find_headlines(tree: Tree, lexicon: Lexicon, subjects: Subjects) -> Iterator[Frame]:
    """Yield the attributions of blocks that are one line without a full stop, or a title."""
    for block in tree.page.blocks:
        text = tree.text[block.start : block.end]
        if block.role not in CLAIM_ROLES | {"title", "heading"} or len(text) > 200 or "\n\n" in text.strip():
            continue
        title = block.role in {"title", "heading"} or text.rstrip()[-1:] not in {".", "!", ";"}
        colon = text.find(": ")
        if title and colon > 0:
            frame = _framed(
                tree,
                lexicon,
                subjects,
                (block.start, block.start + colon),
                (block.start + colon + 1, block.end),
            )
            if frame is not None:
                yield frame
                continue
        dashes = list(_DASH.finditer(text))
        if title and dashes:
            place = block.start + dashes[-1].start()
            frame = _framed(
                tree, lexicon, subjects, (place + 2, block.end), (block.start, place + 1), mark=place + 1
            )
            if frame is not None:
                yield frame


def _framed(
    tree: Tree,
    lexicon: Lexicon,
    subjects: Subjects,
    who: tuple[int, int],
    what: tuple[int, int],
    mark: int = -1,
) -> Frame | None:
    words = [token for token in tree.at(*who) if token.pos != "PUNCT"]
    said = [token for token in tree.at(*what) if token.pos != "PUNCT"]
    if not 0 < len(words) <= _MOST or len(said) < _FEWEST or any(t.pos in _VERBAL for t in words):
        return None
    head = next((t for t in words if t.pos in {"NOUN", "PROPN", "X"} and t.case in {"Nom", ""}), None)
    if (
        head is None
        or not subjects.speaks(head)
        or (lexicon.has("words.labels", head.lemma) and not _sourced(head))
    ):
        return None
    if not any(t.pos in _VERBAL for t in said) and mark >= 0:
        return None
    content, source = trim(tree.text, what), trim(tree.text, who)
    if content is None or source is None:
        return None
    cue = (mark, mark + 1) if mark >= 0 else (what[0] - 1, what[0])
    root = next((t for t in said if t.pos in _VERBAL), None)
    return Frame(None, head, source, cue, [content], "asserts", "headline", root)


def _sourced(head: Token) -> bool:
    return head.lemma == "источник"
