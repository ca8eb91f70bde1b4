"""All attributions of a page, as spans."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.english.according import AccordingFrames
from casegraph.attribute.english.clauses import VerbFrames
from casegraph.attribute.english.direct import DirectSpeech
from casegraph.attribute.english.headlines import find_headline_colons, find_labels
from casegraph.attribute.english.idioms import Idioms
from casegraph.attribute.english.nominals import NominalFrames
from casegraph.attribute.english.parentheticals import find_enclosed, find_parentheticals
from casegraph.attribute.english.repairs import mend
from casegraph.attribute.english.silence import Silence
from casegraph.attribute.english.spans import Frame, noun_phrase, tokens_span
from casegraph.attribute.english.tree import Tree
from casegraph.attribute.lexicon import Lexicon
from casegraph.attribute.quotes import Quotations, find_quotations
from casegraph.attribute.trim import trim
from casegraph.model import Page

_SPEECH = 4  # words from which a quotation inside a source is no title


def find_frames(page: Page, tree: Tree, lexicon: Lexicon) -> list[Frame]:
    """Return the page's attributions in order of their first character."""
    quotations = find_quotations(page.text, page.blocks)
    mend(tree, lexicon)
    verbs = list(VerbFrames(tree, lexicon, quotations).find())
    silent = _silent(tree, lexicon, verbs)
    anchors = {frame.anchor for frame in silent}
    enclosed = find_enclosed(tree, lexicon)
    spoken = [frame for frame in verbs if frame.anchor not in anchors and frame.anchor not in enclosed]
    taken = {frame.anchor for frame in spoken} | anchors
    idioms = [f for f in Idioms(tree, lexicon, quotations).find() if f.anchor not in taken]
    taken |= {frame.anchor for frame in idioms}
    labels = list(find_labels(page, tree, lexicon))
    frames = [
        *labels,
        *silent,
        *spoken,
        *idioms,
        *(f for f in find_parentheticals(tree, lexicon, quotations) if f.anchor not in taken),
        *AccordingFrames(tree, lexicon, quotations).find(),
        *NominalFrames(tree, lexicon, quotations).find(),
        *(
            f
            for f in find_headline_colons(page, tree, lexicon)
            if not any(f.cue == label.cue for label in labels)
        ),
    ]
    found = DirectSpeech(page, tree, lexicon, quotations).find(frames)
    for frame in found:
        _clip(frame, tree.text, quotations)
    return sorted([*found, *_cited(tree, lexicon, found)], key=lambda frame: frame.start())


def _clip(frame: Frame, text: str, quotations: Quotations) -> None:
    """Cut a source before its own content, and a content before the mark that closes its cue's quotation."""
    if frame.source is not None and frame.head is not None:
        inside = [s for s, _ in frame.content if frame.head.end < s < frame.source[1]]
        if inside:  # "was told by a colleague that ...": the clause hung on the colleague
            frame.source = trim(text, (frame.source[0], min(inside))) or frame.source
    if frame.source is not None and frame.anchor is not None and frame.frame not in {"according", "headline"}:
        low, high = frame.source
        if any(low < q.start and q.end < high and q.words >= _SPEECH for q in quotations.within(low, high)):
            frame.source = frame.head = None  # a clause that the parser took for a subject: nobody rather
    held = quotations.at(frame.anchor.start) if frame.anchor is not None else None
    if held is None:
        return
    low, high = held.inner()
    parts = [
        (max(start, low), min(end, high)) if start < held.end and held.start < end else (start, end)
        for start, end in frame.content
    ]
    frame.content = [part for span in parts if (part := trim(text, span)) is not None]


def _silent(tree: Tree, lexicon: Lexicon, verbs: list[Frame]) -> list[Frame]:
    """Return the refusals; where a verb frame found the same one, its content is the better cut."""
    found = {frame.anchor: frame for frame in verbs}
    silent = list(Silence(tree, lexicon).find())
    for frame in silent:
        twin = found.get(frame.anchor)
        if twin is not None and twin.frame in {"to", "to-say"}:
            frame.content, frame.cue = twin.content, twin.cue
    return silent


def _cited(tree: Tree, lexicon: Lexicon, frames: list[Frame]) -> Iterator[Frame]:
    """Yield a frame for "..., citing two officials": the one cited stands behind the report's content."""
    reports = {
        frame.anchor: frame for frame in frames if frame.anchor is not None and frame.frame != "silence"
    }
    words = lexicon.words
    speakers = words["sources.unnamed"] | words["phrases.documents"] | words["sources.offices"]
    for token in tree.tokens:
        if token.lower not in {"citing", "quoting"} or token in reports:
            continue
        noun, report = token.child("dobj", "pobj"), reports.get(token.head)
        if noun is None or report is None or not report.content:
            continue
        if noun.lemma in speakers or noun.pos == "PROPN" or noun.child("appos"):
            source = tokens_span(tree, *noun_phrase(tree, noun))
            yield Frame(
                anchor=token, head=noun, source=source, cue=(token.start, token.end),
                content=[*report.content],
                stance=report.stance, frame="citing", group="say", report=report,
            )  # fmt: skip
