"""The stage: a document in; its fingerprint, the credits that it gives and what it says of outlets out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from casegraph.model import Credit, Document, Fingerprint, Imprint, Page, Parsed
from casegraph.stage import Stage
from casegraph.trace import story as stories
from casegraph.trace.credits import credits_of
from casegraph.trace.imprints import imprints
from casegraph.trace.marks import marks
from casegraph.trace.sketch import size_of, sketch
from casegraph.trace.vectors import encode, encoder

VERSION = 4


def trace(parsed: Parsed) -> Iterator[Fingerprint | Credit | Imprint]:
    """Yield the fingerprint of a document that has words, its credits, and what it says of outlets."""
    story = stories.read(parsed.pages)
    if len(story.words):
        language = language_of(parsed.document, parsed.pages)
        yield Fingerprint(
            document=parsed.document.id,
            language=language,
            words=len(story.words),
            sketch=sketch(story.words.whole, size_of(story.words.han)),
            marks=marks(story, parsed.mentions),
            vectors=encode(story, language),
        )
    yield from credits_of(parsed.document, parsed.pages)
    yield from imprints(parsed.document, parsed.pages)


def language_of(document: Document, pages: tuple[Page, ...]) -> str | None:
    """Return the language of most of a document's text."""
    letters: Counter[str] = Counter()
    for page in pages:
        for block in stories.told(page):
            language = block.language or page.language
            if language is not None:
                letters[language] += block.end - block.start
    return letters.most_common(1)[0][0] if letters else document.language


def prepare() -> None:
    """Load the encoder."""
    encoder().encode(["."])


STAGE: Stage[Parsed, Fingerprint | Credit | Imprint] = Stage(
    name="trace", version=VERSION, gives=(Fingerprint, Credit, Imprint), run=trace, prepare=prepare
)
