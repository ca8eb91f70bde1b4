"""A case: the one object that the command line, the web app and Python users call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from casegraph.model import Claim, Entity, Kind, Mention, MentionKind, Page, Stance
from casegraph.pipeline.reports import (
    AddReport,
    BuildReport,
    ClaimView,
    DocumentRow,
    DocumentView,
    EntityView,
    ProblemRow,
    Progress,
    RunReport,
    SearchResult,
    Status,
)
from casegraph.settings import Settings


class Case:
    """A case folder. Make one with `init_case`, open one with `open_case`.

    Every method raises CasegraphError (and only that) for what the user must mend.
    """

    folder: Path
    settings: Settings

    def add(self, paths: Iterable[Path | str], *, progress: Progress | None = None) -> AddReport:
        """Take files and folders into the case; nothing is read from them yet but their bytes.

        Names are kept relative to each path as given. A file or folder that cannot be taken in is a problem
        of the report. Raises UsageError when a given path does not exist.
        """
        raise NotImplementedError

    def build(
        self, *, retry: bool = False, workers: int | None = None, progress: Progress | None = None
    ) -> BuildReport:
        """Do what is missing or stale. Interrupted work goes on where it stopped.

        `retry` tries documents again that died or ran out of time. Raises CaseLockedError when another
        build of the case is running; KeyboardInterrupt passes through after the workers are stopped.
        """
        raise NotImplementedError

    def status(self) -> Status:
        """Return what is there, what is stale and why."""
        raise NotImplementedError

    def stale(self) -> int:
        """Return how many documents a build would work on (cheap)."""
        raise NotImplementedError

    def documents(self) -> Iterator[DocumentRow]:
        """Yield the documents by id."""
        raise NotImplementedError

    def pages(self, document: str | None = None) -> Iterator[Page]:
        """Yield pages in order, of one document (id, unique prefix or name) or of all."""
        raise NotImplementedError

    def mentions(self, *, document: str | None = None, kind: MentionKind | None = None) -> Iterator[Mention]:
        """Yield mentions by (document, page, start)."""
        raise NotImplementedError

    def entities(
        self, *, name: str | None = None, schema: str | None = None, limit: int | None = None
    ) -> Iterator[Entity]:
        """Yield entities, most mentioned first; `name` matches any spelling, folded, on word boundaries."""
        raise NotImplementedError

    def claims(  # noqa: PLR0913 - one keyword a filter
        self,
        *,
        about: str | None = None,
        said_by: str | None = None,
        kind: Kind | None = None,
        stance: Stance | None = None,
        document: str | None = None,
        text: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Claim]:
        """Yield claims by (document, page, start) with entities joined in.

        `about` matches any role and `said_by` any speaker of the chain: its name, or a name of its entity,
        folded, as whole words. `document` is an id, a unique prefix of one, or a name; `text` matches the
        evidence, folded. Raises UsageError for an unknown kind, stance or document.
        """
        raise NotImplementedError

    def claim(self, claim: str) -> Claim:
        """Return the claim of this id or unique prefix; raises UsageError when none or several match."""
        raise NotImplementedError

    def problems(self, *, document: str | None = None, code: str | None = None) -> Iterator[ProblemRow]:
        """Yield problems by document; those of files that were not taken in come first."""
        raise NotImplementedError

    def search(self, query: str, *, limit: int = 10) -> SearchResult:
        """Search the pages' words; raises UsageError when the query makes no sense."""
        raise NotImplementedError

    def show(self, name: str) -> ClaimView | EntityView | DocumentView:
        """Return what an id (or unique prefix) of a claim, entity or document, or a document's name, stands for."""
        raise NotImplementedError


def init_case(folder: Path | str, *, name: str | None = None, pen_name: str | None = None) -> Case:
    """Make a case folder with an explained case.toml; raises CaseExistsError."""
    raise NotImplementedError


def open_case(folder: Path | str, **explicit: object) -> Case:
    """Open a case folder; keyword arguments win over CASEGRAPH_* and case.toml.

    Raises CaseNotFoundError, CaseTooNewError, CaseDamagedError, SettingsError.
    """
    raise NotImplementedError


@contextmanager
def temporary_case() -> Iterator[Case]:
    """Give a case in a private temporary folder that is deleted afterwards."""
    raise NotImplementedError


def run(paths: Iterable[Path | str], *, progress: Progress | None = None) -> RunReport:
    """Do the whole thing for a quick look: add and build in a temporary case, give what was found."""
    raise NotImplementedError
