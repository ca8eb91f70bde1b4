"""English: frames and relations over the labels of spaCy's English parsers (ClearNLP, OntoNotes 5)."""

from __future__ import annotations

from collections.abc import Callable

from casegraph.attribute.base import Found, Grammar
from casegraph.attribute.english.coreference import Discourse
from casegraph.attribute.english.frames import find_frames
from casegraph.attribute.english.relations import find_relations
from casegraph.attribute.english.tree import Tree
from casegraph.attribute.english.voices import Voices
from casegraph.attribute.lexicon import load_lexicon
from casegraph.model import Document, Mention, Page, Parse

__all__ = ["ENGLISH"]


class _Reader:
    """Reads the pages of one document; remembers names over its pages."""

    def __init__(self) -> None:
        self._lexicon = load_lexicon("en")
        self._discourse = Discourse(self._lexicon)

    def read(self, page: Page, parse: Parse, mentions: list[Mention], leads: Callable[[int], bool]) -> Found:
        """Return the page's attributions, relations and sentences."""
        tree = Tree(page, parse)
        frames = [f for f in find_frames(page, tree, self._lexicon) if not leads(f.start())]
        self._discourse.enter(tree, mentions)
        self._discourse.spoke(frame.head for frame in frames if frame.head is not None)
        relations = find_relations(page, tree, mentions, self._discourse)
        voices = Voices(tree, self._lexicon, self._discourse)
        return Found(voices.said(frames), relations, list(voices.manner.sentences()))


def _open(document: Document) -> _Reader:  # noqa: ARG001 - a grammar may want to know the document
    return _Reader()


ENGLISH = Grammar("en", _open)
