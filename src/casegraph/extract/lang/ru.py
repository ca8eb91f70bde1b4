"""Russian: razdel's tokens, slovnet's news models (natasha's weights), pymorphy3's lemmas, all MIT."""

from __future__ import annotations

import functools
import importlib
import importlib.util
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from casegraph.errors import MissingPartError
from casegraph.extract.base import Analysis
from casegraph.extract.lang.ru_lemmas import lemma
from casegraph.extract.lang.ru_sentences import Token, sentences

BATCH = 8
"""Sentences that the models take at once; they pad them to the longest."""
_PLAIN = str.maketrans("ёЁ", "еЕ")  # the models learnt from news, which writes е
_TEXTS = 64  # that wait for their sentences at once
_PARTS = "natasha slovnet navec razdel pymorphy3 pymorphy3-dicts-ru"
_MISSING = f"the Russian models are not installed: pip install {_PARTS}"


@dataclass(frozen=True, slots=True)
class Models:
    """Morphology, syntax, names, and what holds their matrices to one thread."""

    morph: Any
    syntax: Any
    names: Any
    one_thread: Any


@functools.cache
def models() -> Models:
    """Load the three models: 30 MB of weights, with the embeddings 150 MB in memory."""
    found = importlib.util.find_spec("natasha")  # without its import, which drags in a second morphology
    if found is None or not found.submodule_search_locations:
        raise MissingPartError(_MISSING)
    data = Path(next(iter(found.submodule_search_locations))) / "data"
    try:
        slovnet = importlib.import_module("slovnet")
        navec = importlib.import_module("navec").Navec
        threads = importlib.import_module("threadpoolctl").ThreadpoolController()
    except ImportError as error:
        raise MissingPartError(_MISSING) from error
    words = navec.load(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")

    def load(kind: str, name: str) -> Any:  # noqa: ANN401 - slovnet carries no types
        path = data / "model" / f"slovnet_{name}_news_v1.tar"
        return getattr(slovnet, kind).load(path, batch_size=BATCH).navec(words).infer

    return Models(load("Morph", "morph"), load("Syntax", "syntax"), load("NER", "ner"), threads)


def outputs(infer: Any, items: list[list[str]]) -> Iterator[Any]:  # noqa: ANN401 - as above
    """Run one model on lists of words. Its own call would cut the text into words anew."""
    yield from infer.decoder(infer.process(infer.encoder(items)))


def _tag(raw: str) -> tuple[str, str]:
    """Return part of speech and features of the morphology's "NOUN|Case=Nom|Number=Sing"."""
    pos, _, feats = raw.partition("|")
    return pos, "|".join(sorted(feats.split("|"))) if feats and feats != "_" else "_"


def _heads(raw: Sequence[str]) -> list[int]:
    """Return heads from 0 within the sentence; roots and what points outside point at themselves."""
    given = [int(head) - 1 for head in raw]
    heads = [head if 0 <= head < len(given) else number for number, head in enumerate(given)]
    for number in range(len(heads)):  # a greedy decoder may close a ring: its member met first is let go
        seen, place = {number}, number
        while heads[place] != place:
            place = heads[place]
            if place in seen:
                heads[place] = place
                break
            seen.add(place)
    return heads


def _append(whole: Analysis, sentence: Sequence[Token], columns: tuple[Any, Any, Any]) -> None:
    tags, (_, heads, relations), labels = columns
    first = len(whole.start)
    number = whole.sentence[-1] + 1 if whole.sentence else 0
    for place, head in enumerate(_heads(list(heads))):
        token = sentence[place]
        pos, feats = _tag(tags[place])
        label = labels[place]
        relation = relations[place]
        if head == place:
            relation = "root"
        whole.start.append(token.start)
        whole.end.append(token.end)
        whole.head.append(first + head)
        whole.sentence.append(number)
        whole.pos.append(pos)
        whole.tag.append(feats)
        whole.dep.append(relation)
        whole.lemma.append(lemma(token.text, pos, feats))
        whole.label.append(label[2:])
        whole.first.append(label.startswith("B-"))


def _parsed(cut: Sequence[Sequence[Token]]) -> Iterator[tuple[Sequence[Token], tuple[Any, Any, Any]]]:
    """Yield each sentence with its columns. Sentences of several texts go to the models together."""
    loaded = models()
    # OpenBLAS with two threads is ten times slower on these small matrices.
    with loaded.one_thread.limit(limits=1):
        for at in range(0, len(cut), BATCH):
            batch = cut[at : at + BATCH]
            words = [[token.text.translate(_PLAIN) for token in sentence] for sentence in batch]
            every = (outputs(infer, words) for infer in (loaded.morph, loaded.syntax, loaded.names))
            for sentence, *columns in zip(batch, *every, strict=True):
                yield sentence, (columns[0], columns[1], columns[2])


def _analyses(texts: Sequence[str]) -> Iterator[Analysis]:
    cut = [sentences(text) for text in texts]
    parsed = _parsed([sentence for one in cut for sentence in one])
    for one in cut:
        whole = Analysis()
        for sentence, columns in islice(parsed, len(one)):
            _append(whole, sentence, columns)
        yield whole


@dataclass(frozen=True, slots=True)
class _Russian:
    name: str = "ru"
    parser: str = "slovnet-news-v1-natasha-1.6.0"

    def analyse(self, texts: Iterable[str]) -> Iterator[Analysis]:
        """Yield one analysis a text; `tag` holds the features as in CoNLL-U, "_" where there are none."""
        waiting = iter(texts)
        while some := list(islice(waiting, _TEXTS)):
            yield from _analyses(some)


RUSSIAN = _Russian()
