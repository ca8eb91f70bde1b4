"""Headline colons: "Watchdog: Bank hid losses", "Bank hid losses: report"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casegraph.attribute.english.spans import Frame
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.lexicon import Lexicon
from casegraph.attribute.trim import trim
from casegraph.model import Block, Page
from casegraph.text import fold

_LABEL = re.compile(r"((?:[A-Z][\w.’'-]*|[A-Z])(?: [A-Z][\w.’'-]*){0,3}):\s+(?=\S)")
_LONGEST = 6  # words in a headline's source


def find_headline_colons(page: Page, tree: Tree, lexicon: Lexicon) -> Iterator[Frame]:
    """Yield a frame for each headline that names its source before or after a colon.

    The short side without a verb is the source where it is a name, an office, a document or a
    word for people who speak; otherwise the colon is only a colon.
    """
    for block in page.blocks:
        text = page.text[block.start : block.end].rstrip()
        if not _is_headline(block, text):
            continue
        place = text.rfind(": ") if text.count(": ") == 1 else -1
        if place < 1:
            continue
        colon = block.start + place
        left = tree.at(block.start, colon)
        right = tree.at(colon + 1, block.start + len(text))
        last_first: Sequence[tuple[list[Token], list[Token]]] = ((right, left), (left, right))
        for source, content in last_first:
            if len(content) > len(source) and _speaks(source, lexicon) and _states(content):
                span = trim(page.text, (source[0].start, source[-1].end))
                words = trim(page.text, (content[0].start, content[-1].end))
                if span and words:
                    head = next((t for t in source if t.dep == "ROOT" or t.head not in source), source[-1])
                    yield Frame(
                        anchor=None, head=head, source=span, cue=(colon, colon + 1), content=[words],
                        stance="asserts", frame="headline",
                    )  # fmt: skip
                break


def find_labels(page: Page, tree: Tree, lexicon: Lexicon) -> Iterator[Frame]:
    """Yield a frame for each turn of an interview or transcript: "Q: ...", "Noonan: ...".

    Labels count only where the page has at least two turns, one of them with a label that comes again or
    a bare Q or A.
    """
    labels = lexicon.words["labels.phrases"]
    turns = [
        (block, match)
        for block in page.blocks
        if (match := _LABEL.match(page.text, block.start, block.end)) and fold(match[1]) not in labels
    ]
    names = [match[1] for _, match in turns]
    if len(turns) < 2 or not any(names.count(name) > 1 or name in {"Q", "A"} for name in names):
        return
    for block, match in turns:
        source = tree.at(match.start(1), match.end(1))
        words = trim(page.text, (match.end(), block.end))
        if not source or words is None:
            continue
        end = block.end
        while end > words[1] and page.text[end - 1].isspace():
            end -= 1
        yield Frame(
            anchor=None, head=source[-1], source=(match.start(1), match.end(1)),
            cue=(match.end(1), match.end(1) + 1),
            content=[(words[0], end)], stance="asserts", frame="colon",
        )  # fmt: skip


def _is_headline(block: Block, text: str) -> bool:
    return block.role in {"title", "heading"} or (
        ". " not in text and len(text) < 140 and "\n" not in text and text[-1:] not in '.!?"”'
    )


def _states(tokens: list[Token]) -> bool:
    """Return whether the words state something: a field of a form ("Place: Riga") has no verb."""
    return any(token.pos in {"VERB", "AUX"} for token in tokens)


def _speaks(tokens: list[Token], lexicon: Lexicon) -> bool:
    if (
        not tokens
        or len(tokens) > _LONGEST
        or any(t.pos in {"VERB", "AUX"} and t.tag not in {"VBG", "VBN"} for t in tokens)
    ):
        return False
    last = tokens[-1]
    words = lexicon.words
    if fold(" ".join(token.text for token in tokens)) in words["labels.phrases"]:
        return False
    known = words["phrases.documents"] | words["sources.unnamed"] | words["sources.offices"]
    singular = {last.lemma, last.lower, last.lower.removesuffix("s")}
    if singular & (known | words["nouns.headline_people"]) or last.lower.removesuffix("s").endswith(
        tuple(words["nouns.headline_suffixes"])
    ):
        return True
    return any(t.entity in {"PERSON", "ORG"} for t in tokens) or (
        len(tokens) <= 3 and all(t.pos == "PROPN" for t in tokens) and any(t.entity for t in tokens)
    )
