"""Chinese: attributions by word order and marks, typed relations by the engine for Universal Dependencies.

The tree is that of a shallow grammar, so that what a cue governs is read off commas, quotation marks and the
words that join clauses.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from casegraph.attribute.base import Found, Grammar, Relation, Said
from casegraph.attribute.chinese.cases import mark
from casegraph.attribute.chinese.frames import find_frames
from casegraph.attribute.chinese.manner import Manner
from casegraph.attribute.chinese.measures import find_identities, find_measures
from casegraph.attribute.chinese.relations import ChineseRelations
from casegraph.attribute.chinese.speakers import Speakers
from casegraph.attribute.chinese.terms import ChineseDiscourse
from casegraph.attribute.universal.lexicon import load_lexicon
from casegraph.attribute.universal.names import Names
from casegraph.attribute.universal.relations.patterns import load_patterns
from casegraph.attribute.universal.spans import Frame
from casegraph.attribute.universal.tree import Tree
from casegraph.model import Document, Mention, Page, Parse

__all__ = ["CHINESE"]


class _Reader:
    """Reads the pages of one document; remembers names over its pages."""

    def __init__(self) -> None:
        self.lexicon = load_lexicon("zh")
        self.discourse = ChineseDiscourse(self.lexicon)

    def read(self, page: Page, parse: Parse, mentions: list[Mention], leads: Callable[[int], bool]) -> Found:
        """Return the page's attributions, relations and sentences."""
        tree = Tree(page, parse)
        mentions = [_as_written(mention) for mention in mentions]
        names = Names(tree, mentions)
        mark(tree, names, self.lexicon)
        frames = [f for f in find_frames(page, tree, self.lexicon, names) if not leads(f.start())]
        self.discourse.enter(tree, names)
        self.discourse.spoke(frame.head for frame in frames if frame.head is not None)
        manner = Manner(tree, self.lexicon)
        speakers = Speakers(tree, self.lexicon, self.discourse)
        said = {id(frame): self._said(frame, manner, speakers) for frame in frames}
        for frame in frames:
            if frame.report is not None:
                said[id(frame)].report = said.get(id(frame.report))
        return Found(list(said.values()), self._relations(tree, mentions, names), list(manner.sentences()))

    def _relations(self, tree: Tree, mentions: list[Mention], names: Names) -> list[Relation]:
        found = ChineseRelations("zh", tree, mentions, names, self.discourse).find()
        found += find_measures(tree, mentions, self.discourse, load_patterns("zh"))
        found += find_identities(tree, names)
        return sorted(found, key=lambda relation: relation.trigger)

    def _said(self, frame: Frame, manner: Manner, speakers: Speakers) -> Said:
        word = frame.head.lemma if frame.head is not None else ""
        words = self.lexicon.words
        we = word in words["words.first_plural"]
        return Said(
            source=frame.source, cue=frame.cue, content=frame.content, stance=manner.stance(frame),
            make="according" if frame.make == "citing" else frame.make, speaker=speakers.identify(frame),
            polarity=manner.polarity(frame), hedges=manner.hedges(frame), shown=frame.source,
            me="we" if we else "i" if word in words["words.first_singular"] else "",
        )  # fmt: skip


def _as_written(mention: Mention) -> Mention:
    """Return the name in the characters of its text: what was found under simplified ones stays 方綺雯."""
    if mention.kind != "name" or mention.normal is None or any(char.isspace() for char in mention.name):
        return mention
    return replace(mention, normal=None)


def _open(document: Document) -> _Reader:  # noqa: ARG001 - a grammar may want to know the document
    return _Reader()


CHINESE = Grammar("zh", _open)
