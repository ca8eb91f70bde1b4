"""The stage: pages in; parses, mentions and problems out."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.extract.base import Analysis, Language, Piece
from casegraph.extract.lang import LANGUAGES
from casegraph.extract.language import block_language
from casegraph.extract.pieces import append, pieces
from casegraph.model import CLAIM_ROLES, Block, BlockRole, Mention, Page, Pages, Parse, Problem, pack
from casegraph.stage import Stage

_FACT_ROLES: frozenset[BlockRole] = frozenset({"table", "header", "byline", "dateline"})


def _searched(unit: Pages, page: Page) -> tuple[Block, ...]:
    """Return the page's blocks that are searched, each with its language."""
    found = []
    for block in page.blocks:
        if block.role in CLAIM_ROLES or block.role in _FACT_ROLES:
            language = block_language(unit.document, page, block)
            found.append(Block(start=block.start, end=block.end, role=block.role, language=language))
    return tuple(found)


def _analyses(
    language: Language, unit: Pages, blocks: tuple[tuple[Block, ...], ...], whole: list[Analysis]
) -> None:
    """Parse all prose of one language in one run: a result never depends on other documents."""
    parts: list[Piece] = []

    def texts() -> Iterator[str]:
        for index, page in enumerate(unit.pages):
            for block in blocks[index]:
                if block.role in CLAIM_ROLES and block.language == language.name:
                    for piece in pieces(index, page, block):
                        parts.append(piece)
                        yield piece.text

    for number, part in enumerate(language.analyse(texts())):
        append(whole[parts[number].page], part, parts[number])


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


def run(unit: Pages) -> Iterator[Mention | Parse | Problem]:
    """Yield one Parse a page and language with prose, then the mentions of all pages."""
    blocks = tuple(_searched(unit, page) for page in unit.pages)
    for language in LANGUAGES:
        whole = [Analysis() for _ in unit.pages]
        _analyses(language, unit, blocks, whole)
        for page, analysis in zip(unit.pages, whole, strict=True):
            if analysis.start:
                yield _parse(language, page, analysis)


STAGE: Stage[Pages, Mention | Parse] = Stage(name="extract", version=1, gives=(Mention, Parse), run=run)
