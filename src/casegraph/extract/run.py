"""The stage: pages in; parses, mentions and problems out."""

from __future__ import annotations

import functools
from collections import Counter, deque
from collections.abc import Iterable, Iterator

from casegraph.extract.addresses import ADDRESSES
from casegraph.extract.amounts import AMOUNTS
from casegraph.extract.answers import ANSWERS
from casegraph.extract.base import Analysis, Extractor, Found, Language, Piece, Reading
from casegraph.extract.cells import CELLS
from casegraph.extract.dates import DATES
from casegraph.extract.gliner2 import GLINER2
from casegraph.extract.identifiers import IDENTIFIERS, failing
from casegraph.extract.lang import LANGUAGES
from casegraph.extract.language import block_language, has_prose
from casegraph.extract.names import NAMES
from casegraph.extract.passages import passages
from casegraph.extract.pieces import append, pieces
from casegraph.extract.quantities import COUNTS, MEASURES
from casegraph.extract.spans import Taken
from casegraph.model import (
    CLAIM_ROLES,
    SENSITIVE,
    Block,
    BlockRole,
    Mention,
    Page,
    Pages,
    Parse,
    Problem,
    make_id,
    masked,
    pack,
)
from casegraph.registry import collect
from casegraph.text import fold_blanks

# The order decides overlaps: what an earlier one takes is closed to the later ones.
EXTRACTORS: tuple[Extractor, ...] = (
    ADDRESSES, IDENTIFIERS, CELLS, DATES, AMOUNTS, MEASURES, NAMES, COUNTS, GLINER2, ANSWERS,
)  # fmt: skip
_FACT_ROLES: frozenset[BlockRole] = frozenset({"table", "header", "byline", "dateline"})

Blocks = tuple[tuple[Block, ...], ...]


@functools.cache
def extractors() -> tuple[Extractor, ...]:
    """Return ours and those of installed packages (entry point group `casegraph.extractors`)."""
    return collect("casegraph.extractors", EXTRACTORS)


def _searched(unit: Pages, page: Page) -> tuple[Block, ...]:
    """Return the page's blocks that are searched, each with its language."""
    found = []
    for block in page.blocks:
        if block.role in CLAIM_ROLES or block.role in _FACT_ROLES:
            for start, end in passages(page.text[block.start : block.end]):
                part = Block(
                    start=block.start + start,
                    end=block.start + end,
                    role=block.role,
                    language=block.language,
                )
                language = block_language(unit.document, page, part)
                found.append(Block(start=part.start, end=part.end, role=block.role, language=language))
    return tuple(found)


def _analyse(language: Language, unit: Pages, blocks: Blocks) -> tuple[Analysis, ...]:
    """Parse all prose of one language in one run: a result never depends on other documents."""
    whole = tuple(Analysis() for _ in unit.pages)
    waiting: deque[Piece] = deque()

    def texts() -> Iterator[str]:
        for index, page in enumerate(unit.pages):
            for block in blocks[index]:
                if block.role in CLAIM_ROLES and block.language == language.name:
                    for piece in pieces(index, page, block):
                        waiting.append(piece)
                        yield piece.text

    for part in language.analyse(texts()):
        piece = waiting.popleft()
        append(whole[piece.page], part, piece)
    return whole


def _parse(language: Language, page: Page, analysis: Analysis) -> Parse:
    return Parse(
        document=page.document,
        page=page.number,
        parser=language.parser,
        language=language.name,
        start=pack(analysis.start),
        end=pack(analysis.end),
        head=pack(analysis.head),
        sentence=pack(analysis.sentence),
        pos="\n".join(analysis.pos),
        tag="\n".join(analysis.tag),
        dep="\n".join(analysis.dep),
        lemma="\n".join(analysis.lemma),
        entity="\n".join(analysis.label),
    )


def _mentions(reading: Reading) -> Iterator[Mention | Problem]:
    """Run the extractors in order; number equal words of a page in the order of their places."""
    taken = Taken()
    found: list[tuple[Found, Extractor]] = []
    for extractor in extractors():
        for one in extractor.find(reading, [before for before, _ in found]):
            if isinstance(one, Problem):
                yield one
            elif taken.claim(one.page, one.start, one.end):
                found.append((one, extractor))
    found.sort(key=lambda pair: (pair[0].page, pair[0].start))
    seen: Counter[tuple[int, str, str]] = Counter()
    for one, extractor in found:
        page = reading.pages[one.page]
        target = page.target(one.start, one.end)
        key = (one.page, one.kind, target.exact)
        seen[key] += 1
        yield Mention(
            id=make_id("mention", page.document, page.number, one.kind, target.exact, seen[key]),
            kind=one.kind,
            name=fold_blanks(target.exact),
            target=target,
            schema=one.schema,
            normal=one.normal if one.normal is not None else fold_blanks(target.exact),
            country=one.country,
            date=one.date,
            amount=one.amount,
            quantity=one.quantity,
            detector=f"{extractor.name}:{one.detail}" if one.detail else extractor.name,
            score=one.score,
        )


def _unsupported(unit: Pages, blocks: Blocks) -> Iterator[Problem]:
    known = {language.name for language in LANGUAGES}
    missing = sorted(
        {
            block.language or "unknown"
            for page, searched in zip(unit.pages, blocks, strict=True)
            for block in searched
            if block.role in CLAIM_ROLES
            and block.language not in known
            and has_prose(page.text[block.start : block.end])
        }
    )
    if missing:
        yield Problem(
            code="extract.language-unsupported",
            subject=unit.document.id,
            detail=f"no parser for {', '.join(missing)}: only identifiers, numeric dates, coded sums",
        )


def _failing(reading: Reading) -> Iterator[Problem]:
    """Tell of numbers whose word promises a check digit that does not hold: slips, bad OCR, inventions."""
    told = [
        f"page {reading.pages[block.page].number}: {_shown(one.kind, block.text[one.start : one.end])}"
        for block in reading.searched()
        for one in failing(block.text)
    ]
    if told:
        more = f" and {len(told) - _TOLD} more" if len(told) > _TOLD else ""
        yield Problem(
            code="extract.identifier-check-fails",
            subject=reading.document.id,
            detail="; ".join(told[:_TOLD]) + more,
        )


_TOLD = 20  # numbers that one problem names


def _shown(kind: str, words: str) -> str:
    return f"{kind} {masked(words) if kind in SENSITIVE else words}"


def _merged(analyses: Iterable[tuple[Analysis, ...]], count: int) -> tuple[Analysis, ...]:
    """Return one analysis a page; the passages of several languages stand in the page's order."""
    every = list(analyses)
    merged = []
    for index in range(count):
        parts = [pages[index] for pages in every if pages[index].start]
        merged.append(_interleaved(parts) if len(parts) > 1 else parts[0] if parts else Analysis())
    return tuple(merged)


def _interleaved(parts: list[Analysis]) -> Analysis:
    """Return the tokens of several analyses of one page as one, by their places."""
    order = sorted(
        (start, number, i) for number, part in enumerate(parts) for i, start in enumerate(part.start)
    )
    place = {(number, i): new for new, (_, number, i) in enumerate(order)}
    names: dict[tuple[int, int], int] = {}
    whole = Analysis()
    for start, number, i in order:
        part = parts[number]
        whole.start.append(start)
        whole.end.append(part.end[i])
        whole.head.append(place[number, part.head[i]])
        whole.sentence.append(names.setdefault((number, part.sentence[i]), len(names)))
        whole.pos.append(part.pos[i])
        whole.tag.append(part.tag[i])
        whole.dep.append(part.dep[i])
        whole.lemma.append(part.lemma[i])
        whole.label.append(part.label[i])
        whole.first.append(part.first[i])
    return whole


def run(unit: Pages) -> Iterator[Mention | Parse | Problem]:
    """Yield one Parse a page and language with prose, then the mentions of all pages."""
    blocks = tuple(_searched(unit, page) for page in unit.pages)
    analyses = []
    for language in LANGUAGES:
        whole = _analyse(language, unit, blocks)
        analyses.append(whole)
        for page, analysis in zip(unit.pages, whole, strict=True):
            if analysis.start:
                yield _parse(language, page, analysis)
    yield from _unsupported(unit, blocks)
    reading = Reading(
        document=unit.document,
        pages=unit.pages,
        analyses=_merged(analyses, len(unit.pages)),
        blocks=blocks,
        tables=unit.tables,
        answers=unit.answers,
        model=unit.model,
    )
    yield from _mentions(reading)
    yield from _failing(reading)
