"""What the commands of a case give back: small frozen records, on the wire under the same names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from casegraph.model import Claim, Document, Entity, Page, Problem, Record, Table

Progress = Callable[[str, int, int], None]
"""Called as `progress(stage, done, total)`; `done` never goes back within a stage."""

Reason = Literal["new", "stage-version", "settings", "upstream", "names", "damaged", "retry"]
"""Why a document's stage is to be done.

`new` never done; `stage-version` done by another version; `settings` its settings changed; `upstream` what it
takes changed; `names` the original came under a further name; `damaged` its table is missing or cut;
`retry` it failed before and is asked for again.
"""


class AddReport(Record, frozen=True, kw_only=True):
    """What `Case.add` did. A file that was there under the same name counts as `already`."""

    added: int  # originals new to the case
    renamed: int  # originals already there that came under a further name
    already: int
    bytes: int  # of the originals new to the case
    problems: tuple[Problem, ...]


class StageReport(Record, frozen=True, kw_only=True):
    """One stage's part in a build."""

    stage: str
    documents: int  # done in this build
    records: int
    problems: int
    cpu_seconds: float  # of the workers


class BuildReport(Record, frozen=True, kw_only=True):
    """What `Case.build` did."""

    documents: int  # documents for which anything was done
    dropped: int  # documents that are no longer in the case
    stages: tuple[StageReport, ...]
    problems: int  # found in this build
    seconds: float


class StageStatus(Record, frozen=True, kw_only=True):
    """Where one stage stands."""

    stage: str
    version: int
    done: int  # documents up to date, those that failed among them
    failed: int  # documents that the stage could not do (see `problems`); `build(retry=True)` tries again
    stale: dict[Reason, int]  # documents to be done, by reason
    records: dict[str, int]  # rows by table: {"claim": 812}


class Status(Record, frozen=True, kw_only=True):
    """What is in a case, what is stale and why."""

    name: str
    documents: int
    bytes: int
    stages: tuple[StageStatus, ...]
    entities: int
    problems: int
    stale: int  # documents for which a build would do something
    locked: bool  # a build is running


class DocumentRow(Record, frozen=True, kw_only=True):
    """One document of a case; `document` is None until it has been read."""

    id: str
    names: tuple[str, ...]
    size: int
    added: str
    document: Document | None
    mentions: int
    claims: int
    problems: int
    depth: int = 0  # containers around it


class ProblemRow(Record, frozen=True, kw_only=True):
    """A problem with the document that it concerns; `document` is None for files never taken in."""

    code: str
    subject: str
    detail: str
    document: str | None
    name: str  # first name of the document, or the path that was not taken in


class ClaimView(Record, frozen=True, kw_only=True):
    """One claim with all that is needed to judge it: the page that it stands in, and its document."""

    claim: Claim
    document: Document
    names: tuple[str, ...]
    page: Page


class EntityView(Record, frozen=True, kw_only=True):
    """One entity and the claims that name it."""

    entity: Entity
    claims: tuple[Claim, ...]


class DocumentView(Record, frozen=True, kw_only=True):
    """One document, its pages and its claims."""

    row: DocumentRow
    pages: tuple[Page, ...]
    claims: tuple[Claim, ...]
    problems: tuple[ProblemRow, ...]


class TableView(Record, frozen=True, kw_only=True):
    """One table of a document with the words of its cells: "" for an empty one."""

    table: Table
    name: str  # first name of the document
    rows: tuple[tuple[str, ...], ...]


View = ClaimView | EntityView | DocumentView | TableView
"""What `Case.show` gives."""


class Hit(Record, frozen=True, kw_only=True):
    """A page that a search found.

    `snippet` is `page.text[start:start + len(snippet)]`; `highlights` are (start, end) in code points of the
    snippet, end excluded.
    """

    document: str
    page: int
    name: str
    title: str | None
    score: float
    snippet: str
    start: int
    highlights: tuple[tuple[int, int], ...]
    furniture: bool = False  # the words stand in menus, notices or the like only


class SearchResult(Record, frozen=True, kw_only=True):
    """Hits, best first; `total` counts all pages found."""

    total: int
    hits: tuple[Hit, ...]


class RunReport(Record, frozen=True, kw_only=True):
    """What `run` found in files, without a case left behind."""

    claims: tuple[Claim, ...]
    problems: tuple[ProblemRow, ...]
    documents: tuple[DocumentRow, ...]
