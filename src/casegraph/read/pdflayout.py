"""Lines of PDF pages put together into paragraphs, tables, headings, running heads and notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from casegraph.model import BlockRole
from casegraph.read.lines import ends_sentence
from casegraph.read.paragraphs import is_bullet, join_lines, labelled
from casegraph.read.pdfruled import RuledTable, trusted
from casegraph.read.pdftext import PageText, TextLine
from casegraph.read.placing import Ranges, joined
from casegraph.read.tabular import table_text

_EDGE = 0.11  # share of the page's height at top and bottom where running heads stand
_REPEATED = 0.4  # of the pages must show a line for it to be a running head; and two pages at least
_PITCH = 1.3  # line pitches from which a gap parts paragraphs
_INDENT = 0.6  # heights of a first line's indent
_SHORT_END = 0.88  # share of the column that the last line of a paragraph leaves unfilled
_LARGE, _SMALL = 1.12, 0.88  # of the body's size: headings, notes
_TITLE = 1.3
_FEWEST_ROWS = 3
_LONGEST_HEADING = 25  # words
_COLUMN = 20.0  # points that the left edges of one column's lines differ by
_GUTTER_LINES = 8  # lines with the same wide gap that make two columns
_COLUMN_WORDS = 4.0  # words in a column's line on average; in a table's cell 1 to 2
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:page|p\.|стр(?:\.|аница)|с\.|第)?\s*[\divxlc]{1,6}(?:\s*(?:of|/|из|von|de|页|頁|共)\s*\d{1,5})?\s*[页頁]?[\W_]*",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}, \d{1,2}:\d\d|(?:https?://|file:///)\S+(?:\s+\d+/\d+)?$"
)
"""What a browser prints into the margins: when, and from where."""
_STAMP = re.compile(
    r"\b(?:page|p\.|стр\.|страница|лист|seite)\s?\d{1,4}(?:\s?(?:of|/|из|von)\s?\d{1,4})?[\W_]*$|"
    r"^\W*(?:page|стр\.|страница|лист)\s?\d{1,4}\b|第\s?\d{1,4}\s?[页頁](?:.{0,3}共\s?\d{1,4}\s?[页頁])?\W*$|"
    r"^\W*(?:strictly |private and |company |commercial.in.)?(?:confidential|restricted|internal use only|"
    r"for official use only|draft|copy|unclassified|конфиденциально|для служебного пользования|"
    r"коммерческая тайна|"
    r"机密|秘密|内部(?:资料|文件))\W*$|"
    r"^\W*printed (?:on|by|at)\b",
    re.IGNORECASE,
)
"""What is stamped into a margin whatever the page says: its number, a marking, when it was printed."""
_MARGIN = 0.07  # share of the page's height where such a line alone is a running head
_LONGEST_STAMP = 14  # words
_HYPHENATED = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_DIGITS = re.compile(r"\d+")
_NOTE = re.compile(
    r"\s*(?:\d{1,3}(?=[\s.)\]])|[*\u2020\u2021\u00b9\u00b2\u00b3\u2070-\u2079]|\[\d{1,3}\])[\s.)\]]?\s*\S"
)


@dataclass(slots=True)
class Region:
    """One block to be: its lines, and the role that its place and type give, None for running text."""

    lines: list[TextLine]
    role: BlockRole | None = None
    size: float = 0.0
    text: str = ""
    cells: Ranges | None = None  # its words where they do not come line by line

    @property
    def spots(self) -> Ranges:
        """Its words in the page's layer, in the order of the text."""
        if self.cells is not None:
            return self.cells
        return joined(cell.spots for line in self.lines for cell in line.cells)


@dataclass(frozen=True, slots=True)
class Body:
    """The measure of running text in a document: height of its font's box and distance of its lines."""

    size: float
    pitches: dict[float, float]  # distance of lines by rounded size
    bold: bool

    def pitch(self, size: float) -> float:
        """Return the usual distance of lines of a size."""
        return self.pitches.get(_step(size), size * 1.15)


def measure(pages: Iterable[PageText]) -> Body:
    """Return the measure that most characters have."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
            bold[line.bold] += len(line.text)
    if not sizes:
        return Body(10.0, {}, bold=False)
    size = sizes.most_common(1)[0][0] or 10.0
    pitches: dict[float, list[float]] = {}
    for page in pages:
        for line, after in zip(page.lines, page.lines[1:], strict=False):
            gap = line.y - after.y
            if abs(line.size - after.size) <= 1 and 0.5 * line.size < gap < 2.5 * line.size:
                pitches.setdefault(_step(line.size), []).append(gap)
    typical = {step: median(gaps) for step, gaps in pitches.items() if len(gaps) >= _FEWEST_ROWS}
    return Body(size, typical, bold.most_common(1)[0][0])


def _step(size: float) -> float:
    return round(size)


def running_lines(pages: Sequence[PageText]) -> dict[tuple[int, int], BlockRole]:
    """Return which lines are running heads and feet or page numbers, by page and line index."""
    found: dict[tuple[int, int], BlockRole] = {}
    seen: dict[tuple[str, bool], list[tuple[int, int]]] = {}
    for number, page in enumerate(pages):
        for index, line in enumerate(page.lines):
            top = line.y > page.height * (1 - _EDGE)
            if not top and line.y > page.height * _EDGE:
                continue
            text = line.text
            stamped = _in_margin(page, index) and _STAMP.search(text) and len(text.split()) <= _LONGEST_STAMP
            if _PAGE_NUMBER.fullmatch(text) or _PRINTED.match(text) or stamped:
                found[number, index] = "header" if top else "footer"
            seen.setdefault((_DIGITS.sub("#", text.casefold()), top), []).append((number, index))
    for (_, top), places in seen.items():
        if len({number for number, _ in places}) >= max(2, _REPEATED * len(pages)):
            found.update(dict.fromkeys(places, "header" if top else "footer"))
    return found


def _in_margin(page: PageText, index: int) -> bool:
    """Tell whether a line stands in the margin: at the very edge, or small and apart at the first or last."""
    line = page.lines[index]
    if line.y > page.height * (1 - _MARGIN) or line.y < page.height * _MARGIN:
        return True
    others = [other for place, other in enumerate(page.lines) if place != index]
    if not others:
        return False
    apart = min(abs(other.y - line.y) for other in others) > 2 * line.size
    outer = all(other.y < line.y for other in others) or all(other.y > line.y for other in others)
    return outer and (apart or line.size < _SMALL * median(other.size for other in others))


def _two_columns(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return lines in reading order where a producer wrote two columns row by row."""
    pairs = [line for line in lines if len(line.cells) == 2]
    if len(pairs) < _GUTTER_LINES or len(pairs) < 0.5 * len(lines):
        return list(lines)
    words = sum(len(cell.text.split()) for line in pairs for cell in line.cells) / (2 * len(pairs))
    left, right = max(line.cells[0].x1 for line in pairs), min(line.cells[1].x0 for line in pairs)
    if words < _COLUMN_WORDS or left >= right:
        return list(lines)
    ordered: list[TextLine] = []
    columns: tuple[list[TextLine], list[TextLine]] = ([], [])
    for line in lines:
        if len(line.cells) == 2 or line.x1 <= right or line.x0 >= left:
            for cell in line.cells:
                side = 0 if cell.x1 <= right else 1
                columns[side].append(
                    TextLine([cell], line.y, line.size, line.bold, line.hyphen and cell is line.cells[-1])
                )
        else:  # a heading across both columns
            ordered.extend([*columns[0], *columns[1], line])
            columns = ([], [])
    return [*ordered, *columns[0], *columns[1]]


def _table_runs(lines: Sequence[TextLine]) -> list[tuple[int, int]]:
    """Return the runs of lines that are rows of a table: three rows or columns, and cells under cells."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index in range(len(lines) + 1):
        row = index < len(lines) and len(lines[index].cells) >= 2
        if row and start is None:
            start = index
        elif not row and start is not None:
            rows = lines[start:index]
            wide = len(rows) > 1 and all(len(row.cells) >= _FEWEST_ROWS for row in rows)
            if (wide or len(rows) >= _FEWEST_ROWS) and _aligned(rows):
                runs.append((start, index))
            start = None
    return runs


def _in_columns(lines: Sequence[TextLine]) -> list[list[str]]:
    """Return rows of cells in the columns of the fullest rows; a shorter row leaves empty what it has not."""
    width = max(len(line.cells) for line in lines)
    full = [line for line in lines if len(line.cells) == width]
    lefts = [min(line.cells[column].x0 for line in full) for column in range(width)]
    rights = [max(line.cells[column].x1 for line in full) for column in range(width)]
    rows = []
    for line in lines:
        row = [""] * width
        place = 0
        for number, cell in enumerate(line.cells):
            last = width - (len(line.cells) - number)
            best = max(
                range(place, last + 1),
                key=lambda column, cell=cell: (  # type: ignore[misc] # mypy takes the default for a second argument
                    min(cell.x1, rights[column]) - max(cell.x0, lefts[column])
                ),
            )
            row[best] = cell.text
            place = best + 1
        rows.append(row)
    return rows


def _aligned(rows: Sequence[TextLine]) -> bool:
    """Tell whether most cells begin, end or are centred where another row's cell does."""
    edges: Counter[tuple[str, int]] = Counter()
    keys: list[list[tuple[str, int]]] = []
    for row in rows:
        grid = max(4.0, row.size * 0.7)
        for cell in row.cells[1:]:
            own = [
                ("l", round(cell.x0 / grid)),
                ("r", round(cell.x1 / grid)),
                ("c", round((cell.x0 + cell.x1) / 2 / grid)),
            ]
            edges.update(own)
            keys.append(own)
    shared = sum(1 for own in keys if any(edges[key] > 1 for key in own))
    return shared >= 0.6 * len(keys)


@dataclass(slots=True)
class _Run:
    """Lines of one block so far, how far left they begin, and the step of columns the first stands at."""

    lines: list[TextLine]
    left: float
    column: int


def _begins(before: TextLine, line: TextLine, run: _Run, body: Body, right: float) -> bool:
    """Tell whether a line begins a new block after the line before it."""
    gap = before.y - line.y
    text, left = line.text, run.left
    if gap <= 0:  # the next column, or beside it
        return ends_sentence(before.text) or not text[:1].islower()
    if (
        gap > _PITCH * body.pitch(line.size)
        or abs(before.size - line.size) > 0.12 * body.size
        or before.bold != line.bold
    ):
        return True
    short = before.x1 - left < _SHORT_END * (right - left)
    if is_bullet(text) or (labelled(text) and (short or ends_sentence(before.text))):
        return True
    indent = _INDENT * line.size
    if len(run.lines) > 1 and line.x0 - left > indent and line.x0 - before.x0 > indent:
        return True
    small = text[:1].islower()
    if short and not small and ends_sentence(before.text):
        return True
    return before.x1 - left < 0.5 * (right - left) and not small and len(run.lines) < 2 and not before.hyphen


def _right_edges(lines: Sequence[TextLine]) -> dict[tuple[int, int], float]:
    """Return how far lines of a size that begin at a place reach: the edge of their column."""
    edges: dict[tuple[int, int], float] = {}
    for line in lines:
        size, right = round(line.size), line.x1
        for step in range(round(line.x0 / _COLUMN) - 1, round(line.x0 / _COLUMN) + 1):
            key = (step, size)  # a paragraph's first line may be indented
            edges[key] = max(edges.get(key, 0.0), right)
    return edges


def _blocks(lines: Sequence[TextLine], body: Body) -> Iterator[list[TextLine]]:
    """Yield runs of lines that are one paragraph, heading or item."""
    edges = _right_edges(lines)
    run: _Run | None = None
    for line in lines:
        if run is not None:
            right = edges.get((run.column, round(line.size)), line.x1)
            if _begins(run.lines[-1], line, run, body, right):
                yield run.lines
                run = None
        if run is None:
            run = _Run([line], line.x0, round(line.x0 / _COLUMN))
        else:
            run.lines.append(line)
            run.left = min(run.left, line.x0)
    if run is not None:
        yield run.lines


def _joined(lines: Sequence[TextLine], vocabulary: frozenset[str]) -> str:
    texts = [line.text + ("-" if line.hyphen and not line.text.endswith("-") else "") for line in lines]
    return join_lines(texts, vocabulary)


def _role(lines: Sequence[TextLine], body: Body, height: float) -> BlockRole | None:
    """Return the role that size, weight and place give a block, None for running text."""
    text = " ".join(line.text for line in lines)
    words = len(text.split())
    size = median(line.size for line in lines)
    short = (
        words <= _LONGEST_HEADING
        and len(lines) <= 4
        and any(map(str.isalpha, text))
        and not text[0].islower()
    )
    if short and size >= _LARGE * body.size and not text.endswith((",", ";")):
        return "heading"
    if short and len(lines) <= 2 and lines[0].bold and not body.bold and not ends_sentence(text):
        return "heading"
    if is_bullet(lines[0].text):
        return "list"
    if size <= _SMALL * body.size and lines[0].y < 0.4 * height and _NOTE.match(text):
        return "note"
    return None


def regions(
    page: PageText,
    running: dict[int, BlockRole],
    body: Body,
    vocabulary: frozenset[str],
    ruled: Sequence[RuledTable] = (),
) -> list[Region]:
    """Return the blocks of a page in reading order. Every line is in one of them."""
    heads = [Region([line], running[index]) for index, line in enumerate(page.lines) if index in running]
    kept = [line for index, line in enumerate(page.lines) if index not in running]
    found: list[Region] = []
    flow: list[TextLine] = []
    tables = {id(line): table for table in trusted(ruled, kept) for line in kept if table.holds(line)}
    begun: set[RuledTable] = set()
    for line in kept:
        table = tables.get(id(line))
        if table is None:
            flow.append(line)
        elif table not in begun:
            begun.add(table)
            found.extend(_flowing(page, flow, body, vocabulary))
            inside = [other for other in kept if tables.get(id(other)) is table]
            spots = table.spots(page.layer, [cell.spots for other in inside for cell in other.cells])
            found.append(Region(inside, "table", body.size, table.text, spots))
            flow = []
    found.extend(_flowing(page, flow, body, vocabulary))
    for region in heads:
        region.text = region.lines[0].text
    top = [region for region in heads if region.role == "header"]
    return [*top, *found, *(region for region in heads if region.role == "footer")]


def _flowing(
    page: PageText, given: Sequence[TextLine], body: Body, vocabulary: frozenset[str]
) -> list[Region]:
    """Return the blocks of lines that no ruled table holds."""
    lines = _two_columns(list(given))
    found: list[Region] = []
    place = 0
    for start, stop in [*_table_runs(lines), (len(lines), len(lines))]:
        found.extend(
            Region(
                run,
                _role(run, body, page.height),
                median(line.size for line in run),
                _joined(run, vocabulary),
            )
            for run in _blocks(lines[place:start], body)
        )
        if stop > start:
            rows = _in_columns(lines[start:stop])
            found.append(Region(list(lines[start:stop]), "table", body.size, table_text(rows)))
        place = stop
    return found


def title_of(found: Sequence[Region], body: Body) -> Region | None:
    """Return the block in the largest type on the first page, if it is large enough for a title."""
    large = [region for region in found if region.role == "heading" and region.size >= _TITLE * body.size]
    if not large:
        return None
    return max(large, key=lambda region: (round(region.size), -found.index(region)))


def vocabulary_of(pages: Iterable[PageText]) -> frozenset[str]:
    """Return the hyphenated words inside lines, case-folded: they keep their hyphen at a line's end too."""
    return frozenset(
        word.casefold()
        for page in pages
        for line in page.lines
        if "-" in line.text
        for word in _HYPHENATED.findall(line.text)
    )
