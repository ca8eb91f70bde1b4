"""How fast copies meet, and which: our fingerprints and blocks beside MinHash LSH of datasketch and of rensa.

Each method gets the same made articles, in a process of its own; time and memory are those of the method,
without the making of articles and without libraries. Recall and precision are of pairs of one story.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec

from casegraph import trace
from casegraph.bench.clock import Clock
from casegraph.bench.watch import Cost, cost_of, one_thread
from casegraph.bench.wires import Wire, articles
from casegraph.model import (
    Block,
    BlockRole,
    Date,
    Document,
    Fingerprint,
    Page,
    Parsed,
    content_id,
    make_id,
)

Pair = tuple[int, int]
METHODS = ("casegraph", "casegraph-words", "datasketch", "rensa")
"""`casegraph-words` is told a language that the encoder of meaning does not know: words and figures alone."""

_GRAM = 3
_PERMUTATIONS, _THRESHOLD, _BANDS = 128, 0.3, 32
_RUN = "import sys; from casegraph.bench.lineage import method; method(*sys.argv[1:])"
_WORD = re.compile(r"\w+")


def bench(counts: Sequence[int], seed: int) -> Iterator[dict[str, object]]:
    """Yield the figures of each count; rivals that are not installed are left out."""
    one_thread()
    for count in counts:
        found: dict[str, dict[str, float]] = {}
        for name in METHODS:
            if name.startswith("casegraph") or find_spec(name):
                cost, bare = (_cost(name, number, seed) for number in (count, 2))
                found[name] = json.loads(cost.output)
                found[name]["memory_mib"] = round(cost.peak_mib - bare.peak_mib, 1)
        own = found["casegraph"]["documents_per_second"]
        ratios = {
            f"times_as_fast_as_{name}": round(own / figures["documents_per_second"], 3)
            for name, figures in found.items()
            if name != "casegraph"
        }
        yield {"documents": count, **ratios, "methods": found}


def _cost(name: str, count: int, seed: int) -> Cost:
    return cost_of([sys.executable, "-c", _RUN, name, str(count), str(seed)])


def method(name: str, count: str, seed: str) -> None:
    """Print the figures of one method (run in a process of its own)."""
    clock = Clock()
    finders: dict[str, Callable[[Iterable[Wire]], set[Pair]]] = {
        "casegraph": _ours, "casegraph-words": lambda made: _ours(made, "und"),
        "datasketch": _datasketch, "rensa": _rensa,
    }  # fmt: skip
    finders[name](articles(2, 0))  # libraries and models are loaded before the clock starts
    clock.begin()
    pairs = finders[name](clock.paused(articles(int(count), int(seed))))
    seconds = clock.end()
    print(json.dumps({
        "documents_per_second": round(int(count) / seconds, 1),
        "pairs": len(pairs), **rates(pairs, articles(int(count), int(seed))),
    }))  # fmt: skip


def rates(pairs: set[Pair], told: Iterable[Wire]) -> dict[str, float]:
    """Return precision of pairs and recall by sort: of reprints of a wire, and of its rewrites."""
    story: list[int] = []
    wires: dict[int, int] = {}
    wanted: dict[str, set[Pair]] = {"reprint": set(), "rewrite": set()}
    for article in told:
        story.append(article.story)
        if article.sort == "wire":
            wires[article.story] = article.number
        elif article.sort != "other":
            wanted[article.sort].add((wires[article.story], article.number))
    right = sum(story[one] == story[other] for one, other in pairs)
    recalls = {f"{sort}_recall": _share(len(own & pairs), len(own)) for sort, own in wanted.items()}
    return {"precision": _share(right, len(pairs)), **recalls}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0


def document_of(article: Wire, language: str = "en") -> Parsed:
    """Return an article as the pipeline gives it to `trace`; nobody has looked for names in it."""
    parts = (article.title, *article.paragraphs)
    text = "\n\n".join(parts)
    id_ = content_id(f"{article.number} {text}".encode())
    blocks, place = [], 0
    for number, part in enumerate(parts):
        role: BlockRole = "paragraph" if number else "title"
        blocks.append(Block(start=place, end=place + len(part), role=role, language=language))
        place += len(part) + 2
    page = Page(id=make_id("page", id_, 1), document=id_, number=1, text=text, blocks=tuple(blocks))
    day = time.strftime("%Y-%m-%d", time.gmtime(1_700_000_000 + 86_400 * article.day))
    published = Date(start=day, end=None, text=day)
    document = Document(
        id=id_, media_type="text/plain", size=len(text), language=language, published=published
    )
    return Parsed(document=document, pages=(page,), parses=(), mentions=())


def _ours(made: Iterable[Wire], language: str = "en") -> set[Pair]:
    blocks: defaultdict[str, list[tuple[Fingerprint, Document]]] = defaultdict(list)
    numbers: dict[str, int] = {}
    for article in made:
        parsed = document_of(article, language)
        numbers[parsed.document.id] = article.number
        for one in trace.STAGE.run(parsed):
            if isinstance(one, Fingerprint):
                for key in set(trace.keys(one, parsed.document)):
                    blocks[key].append((one, parsed.document))
    found = (one for key, block in blocks.items() if len(block) > 1 for one in trace.kin(key, block))
    return {_pair(numbers[one.left], numbers[one.right]) for one in found}


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _shingles(article: Wire) -> set[str]:
    words = _WORD.findall("\n".join((article.title, *article.paragraphs)).lower())
    return {" ".join(words[place : place + _GRAM]) for place in range(len(words) - _GRAM + 1)}


def _met(index: Callable[[int], Iterable[Hashable]], numbers: Iterable[int]) -> set[Pair]:
    return {
        _pair(number, other) for number in numbers for other in index(number)
        if isinstance(other, int) and other != number
    }  # fmt: skip


def _datasketch(made: Iterable[Wire]) -> set[Pair]:
    rival = import_module("datasketch")
    index = rival.MinHashLSH(threshold=_THRESHOLD, num_perm=_PERMUTATIONS)
    held = {}
    for article in made:
        sketch = rival.MinHash(num_perm=_PERMUTATIONS)
        sketch.update_batch([one.encode() for one in _shingles(article)])
        index.insert(article.number, sketch)
        held[article.number] = sketch
    return _met(lambda number: index.query(held[number]), held)


def _rensa(made: Iterable[Wire]) -> set[Pair]:
    rival = import_module("rensa")
    index = rival.RMinHashLSH(threshold=_THRESHOLD, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    held = {}
    for article in made:
        sketch = rival.RMinHash(num_perm=_PERMUTATIONS, seed=1)
        sketch.update(list(_shingles(article)))
        index.insert(article.number, sketch)
        held[article.number] = sketch
    return _met(lambda number: index.query(held[number]), held)
