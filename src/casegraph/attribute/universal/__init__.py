"""Languages with a Universal Dependencies parser: one engine, the words of each language as data."""

from __future__ import annotations

from collections.abc import Callable

from casegraph.attribute.base import Found, Grammar, Said
from casegraph.attribute.universal.cases import settle
from casegraph.attribute.universal.coreference import Discourse
from casegraph.attribute.universal.frames import find_frames
from casegraph.attribute.universal.lexicon import load_lexicon
from casegraph.attribute.universal.manner import Manner
from casegraph.attribute.universal.names import Names
from casegraph.attribute.universal.relations import Relations
from casegraph.attribute.universal.relations.patterns import load_patterns
from casegraph.attribute.universal.relations.voices import name_first_persons
from casegraph.attribute.universal.repairs import mend
from casegraph.attribute.universal.spans import Frame
from casegraph.attribute.universal.speakers import Speakers
from casegraph.attribute.universal.tree import Tree
from casegraph.model import Document, Mention, Page, Parse

__all__ = ["RUSSIAN", "grammar_of"]


class _Reader:
    """Reads the pages of one document; remembers names over its pages."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.lexicon = load_lexicon(language)
        self.patterns = load_patterns(language)
        self.discourse = Discourse(self.lexicon)

    def read(self, page: Page, parse: Parse, mentions: list[Mention], leads: Callable[[int], bool]) -> Found:
        """Return the page's attributions, relations and sentences."""
        tree = Tree(page, parse)
        mend(tree, self.lexicon)
        names = Names(tree, mentions, self.patterns.nouns, self.patterns.classes["company"])
        settle(tree, names, self.lexicon)
        frames = [f for f in find_frames(page, tree, self.lexicon, names) if not leads(f.start())]
        self.discourse.enter(tree, names)
        self.discourse.spoke(frame.head for frame in frames if frame.head is not None)
        manner = Manner(tree, self.lexicon)
        speakers = Speakers(tree, self.lexicon, self.discourse)
        said = {id(frame): self._said(frame, manner, speakers) for frame in frames}
        for frame in frames:
            if frame.report is not None:
                said[id(frame)].report = said.get(id(frame.report))
        relations = Relations(self.language, tree, mentions, names, self.discourse).find()
        relations = name_first_persons(relations, list(said.values()), self.lexicon)
        return Found(list(said.values()), relations, list(manner.sentences()))

    @staticmethod
    def _said(frame: Frame, manner: Manner, speakers: Speakers) -> Said:
        head, anchor = frame.head, frame.anchor
        word = head if head is not None else anchor
        first = (
            word is not None and word.feats.get("Person") == "1" and (head is not None or word.pos == "VERB")
        )
        return Said(
            source=frame.source, cue=frame.cue, content=frame.content, stance=manner.stance(frame),
            make="according" if frame.make == "citing" else frame.make, speaker=speakers.identify(frame),
            polarity=manner.polarity(frame), hedges=manner.hedges(frame), shown=frame.source,
            me=("we" if word is not None and word.plural else "i") if first else "",
        )  # fmt: skip


def grammar_of(language: str) -> Grammar:
    """Return the grammar of a language whose folder of data follows `lang/ru`."""

    def open_document(_document: Document) -> _Reader:
        return _Reader(language)

    return Grammar(language, open_document)


RUSSIAN = grammar_of("ru")
