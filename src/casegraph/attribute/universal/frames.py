"""All attributions of a page, as spans."""

from __future__ import annotations

from casegraph.attribute.quotes import find_quotations
from casegraph.attribute.universal.according import AccordingFrames
from casegraph.attribute.universal.clauses import VerbFrames
from casegraph.attribute.universal.direct import DirectSpeech
from casegraph.attribute.universal.headlines import find_headlines
from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.names import Names
from casegraph.attribute.universal.nominals import NominalFrames
from casegraph.attribute.universal.silence import Silence
from casegraph.attribute.universal.spans import Frame
from casegraph.attribute.universal.subjects import Subjects
from casegraph.attribute.universal.tree import Tree
from casegraph.model import Page


def find_frames(page: Page, tree: Tree, lexicon: Lexicon, names: Names) -> list[Frame]:
    """Return the page's attributions in order of their first character."""
    subjects = Subjects(lexicon, names)
    quotations = find_quotations(page.text, page.blocks)
    direct = DirectSpeech(page, tree, lexicon, subjects, quotations).find()
    silent = list(Silence(tree, lexicon, subjects).find())
    headlines = list(find_headlines(tree, lexicon, subjects))
    verbs = VerbFrames(tree, lexicon, subjects)
    phrases = list(AccordingFrames(tree, lexicon, subjects, verbs).find())
    taken = {f.anchor.i for f in (*direct, *silent, *phrases) if f.anchor is not None}
    spoken = list(verbs.find(taken))
    taken |= {frame.anchor.i for frame in spoken if frame.anchor is not None}
    nouns = list(NominalFrames(tree, lexicon, subjects).find(taken))
    frames = [*direct, *silent, *headlines, *phrases, *spoken, *nouns]
    according = AccordingFrames(tree, lexicon, subjects, verbs)
    frames += list(according.cited(frames))
    frames += list(according.quoted(frames))
    frames += list(according.hearsay(frames))
    for frame in frames:
        if frame.source is not None:
            frame.source = names.whole(frame.source)
    kept = [frame for frame in frames if frame.content or frame.cue]
    return sorted(kept, key=lambda frame: frame.start())
