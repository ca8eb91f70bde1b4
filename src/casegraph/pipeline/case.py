"""A case: the one object that the command line, the web app and Python users call.

What needs the tables is imported when it is first asked for: pyarrow takes 0.2 s to load, which `init` and
`add` need not pay.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from casegraph.errors import CaseDamagedError, CaseExistsError, CasegraphError, CaseNotFoundError, UsageError
from casegraph.model import Box, Claim, Entity, Kind, Layout, Mention, MentionKind, Page, Stance
from casegraph.pipeline.adding import Adding
from casegraph.pipeline.asking import Asking
from casegraph.pipeline.chain import DEFAULT
from casegraph.pipeline.cluster import engine_for
from casegraph.pipeline.connecting import Connecting
from casegraph.pipeline.deciding import Deciding
from casegraph.pipeline.exchanging import Exchanging, values_of
from casegraph.pipeline.folder import DERIVED, JOURNAL, TOML
from casegraph.pipeline.listing import Listing
from casegraph.pipeline.places import originals_of
from casegraph.pipeline.reading import Reading
from casegraph.pipeline.reports import (
    AddReport,
    BuildReport,
    CustodyExport,
    CustodyRecord,
    DocumentRow,
    LayoutRow,
    ProblemRow,
    Progress,
    RunReport,
    Status,
    TableView,
    VerifyReport,
    View,
)
from casegraph.pipeline.searching import Searching
from casegraph.pipeline.weighing import Weighing
from casegraph.settings import Settings, default_toml, read_settings
from casegraph.store.atomic import locked, write_whole
from casegraph.store.journal import Journal
from casegraph.store.manifest import documents_read

if TYPE_CHECKING:
    from casegraph.pipeline.plan import Ground
    from casegraph.pipeline.query import Query


class Case(Deciding, Asking, Exchanging, Weighing, Searching, Reading, Connecting, Listing):
    """A case folder. Make one with `init_case`, open one with `open_case`.

    Every method raises CasegraphError (and only that) for what the user must mend.
    """

    def __init__(self, folder: Path, settings: Settings, chain: str = DEFAULT) -> None:
        self.folder = folder
        self.settings = settings
        self._chain = chain
        self._journal = Journal(folder / JOURNAL)

    @cached_property
    def _ground(self) -> Ground:
        from casegraph.pipeline.plan import lay_ground  # noqa: PLC0415 - a command loads what it uses

        ground = lay_ground(self.folder, self.settings, self._chain)
        if ground.mirror is not None and ground.mirror.fresh():
            ground.derived.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _told(), locked(ground.lock):
                ground.mirror.pull()
        return ground

    def _fresh(self) -> Ground:
        """Return the ground with mapping files, answers and models as they are now.

        Raises SettingsError for a wrong one.
        """
        from casegraph.pipeline.plan import freshened  # noqa: PLC0415 - a command loads what it uses

        return freshened(self._ground)

    @cached_property
    def _query(self) -> Query:
        from casegraph.pipeline.query import Query  # noqa: PLC0415 - a command loads what it uses

        return Query(self._ground)

    def add(self, paths: Iterable[Path | str], *, progress: Progress | None = None) -> AddReport:
        """Take files and folders into the case; nothing is read from them yet but their bytes.

        Names are kept relative to each path as given. A file or folder that cannot be taken in is a problem
        of the report. Raises UsageError when a given path does not exist.
        """
        with _told():
            originals = originals_of(self.folder, self.settings)
            adding = Adding(self._journal, originals, self.settings.pen_name or None, progress)
            return adding.run([Path(path) for path in paths], self.folder.resolve())

    def build(
        self, *, retry: bool = False, workers: int | None = None, progress: Progress | None = None
    ) -> BuildReport:
        """Do what is missing or stale. Interrupted work goes on where it stopped.

        `retry` tries documents again that died or ran out of time. Raises CaseLockedError when another
        build of the case is running; KeyboardInterrupt passes through after the workers are stopped.
        """
        if workers is not None and workers < 1:
            raise UsageError("a build needs at least one worker")
        settings = replace(self.settings, workers=workers or self.settings.workers)
        with _told(), engine_for(self.folder, settings, self._chain) as engine:
            if self._journal.count()[0] > documents_read(self.folder / DERIVED):
                engine.start(1)  # it loads its libraries while this process loads them too
            from casegraph.pipeline.build import build  # noqa: PLC0415 - a command loads what it uses

            ground = replace(self._fresh(), settings=settings)
            return build(ground, engine, retry=retry, progress=progress)

    def status(self) -> Status:
        """Return what is there, what is stale and why."""
        from casegraph.pipeline.state import state  # noqa: PLC0415 - a command loads what it uses

        return state(self._fresh(), self.name)

    def stale(self) -> int:
        """Return how many documents a build would work on (cheap)."""
        from casegraph.pipeline.plan import plan  # noqa: PLC0415 - a command loads what it uses

        return sum(len(bucket.works) for bucket in plan(self._fresh()))

    def documents(self) -> Iterator[DocumentRow]:
        """Yield the documents by their first names, in natural order."""
        return self._query.documents()

    def names(self, documents: Iterable[str]) -> dict[str, str]:
        """Return the first name of each document (id) that has one."""
        return self._query.first_names(documents)

    def pages(self, document: str | None = None) -> Iterator[Page]:
        """Yield pages in order, of one document (id, unique prefix or name) or of all."""
        return self._query.records(Page, self._id(document))

    def layouts(self, document: str | None = None) -> Iterator[Layout]:
        """Yield where the words of pages stand on their images, where the format says so (PDF, scans)."""
        return self._query.records(Layout, self._id(document))

    def boxes(self, document: str, page: int, start: int = 0, end: int | None = None) -> tuple[Box, ...]:
        """Return the places of `page.text[start:end]`: a box a word, two for one divided at a line's end.

        Boxes are in hundredths of a point from the upper left corner of the page as shown, whose size its
        Layout has. None where the format has no places.
        """
        from casegraph.pipeline.views import layout_of  # noqa: PLC0415 - a command loads what it uses

        layout = layout_of(self._query, self._query.document(document), page)
        return () if layout is None else tuple(layout.boxes(start, end))

    def mentions(self, *, document: str | None = None, kind: MentionKind | None = None) -> Iterator[Mention]:
        """Yield mentions by (document, page, start)."""
        found = self._query.records(Mention, self._id(document))
        return (mention for mention in found if kind is None or mention.kind == kind)

    def entities(
        self, *, name: str | None = None, schema: str | None = None, limit: int | None = None
    ) -> Iterator[Entity]:
        """Yield entities, most mentioned first; `name` matches any spelling, folded, on word boundaries."""
        from casegraph.pipeline.roster import ranked  # noqa: PLC0415 - a command loads what it uses

        return islice(ranked(self._ground, name, schema), _limit(limit))

    def claims(
        self,
        *,
        about: str | Sequence[str] | None = None,
        said_by: str | Sequence[str] | None = None,
        kind: Kind | None = None,
        stance: Stance | None = None,
        document: str | None = None,
        text: str | None = None,
        rejected: bool = False,
        limit: int | None = None,
    ) -> Iterator[Claim]:
        """Yield claims by (document's first name, page, start) with entities joined in.

        `about` matches any role and `said_by` any speaker of the chain: its name, or a name of its entity,
        folded, as whole words ("Rudm*" begins one), or the beginning of its entity's id; "supplier:Orlan"
        asks for one role. Of several values one is enough. `document` is an id, a unique prefix of one, or a
        name; `text` matches the evidence, folded. Claims that a person has rejected count no more, and are
        given only where `rejected` asks for them. Raises UsageError for an unknown kind, stance or document.
        """
        from casegraph.pipeline.asked import Asking  # noqa: PLC0415 - a command loads what it uses

        asking = Asking(
            about=values_of(about),
            said_by=values_of(said_by),
            kind=kind,
            stance=stance,
            document=document,
            text=text,
            rejected=rejected,
        )
        return islice(self._query.claims(asking), _limit(limit))

    def problems(self, *, document: str | None = None, code: str | None = None) -> Iterator[ProblemRow]:
        """Yield problems by document's name; first of files not taken in, last of the whole case."""
        found = self._query.problems(self._id(document))
        found = found if document is not None else chain(found, self._further_problems())
        return (problem for problem in found if code is None or problem.code == code)

    def tables(self, document: str | None = None) -> Iterator[TableView]:
        """Yield the tables with the words of their cells, of one document or of all."""
        return self._query.tables(self._id(document))

    def mappings(self, document: str | None = None) -> Iterator[LayoutRow]:
        """Yield what the tables are taken for, one row for all tables with the same headings, surest first.

        Raises SettingsError for a mapping file that is wrong.
        """
        from casegraph.pipeline.layouts import layout_rows  # noqa: PLC0415 - a command loads what it uses

        return layout_rows(self._fresh(), self._query, self._id(document))

    def write_mappings(self, document: str | None = None, *, every: bool = False) -> tuple[Path, ...]:
        """Write the guesses as mapping files, and return the files; a file that a person has changed stays.

        Tables that were taken for nothing get one only where `every` asks for it.
        """
        from casegraph.pipeline.layouts import write_layouts  # noqa: PLC0415 - a command loads what it uses

        with _told():
            return write_layouts(self._fresh(), self._query, self._id(document), every=every)

    def show(self, name: str) -> View:
        """Return a claim, entity, document, table or conversation: by id, its beginning, or a name."""
        from casegraph.pipeline.views import show  # noqa: PLC0415 - a command loads what it uses

        return show(self._ground, self._query, name)

    def custody(self, *, progress: Progress | None = None) -> Iterator[CustodyRecord]:
        """Yield the record of custody of each document by id, those inside containers too."""
        from casegraph.pipeline.custody import custody  # noqa: PLC0415 - a command loads what it uses

        return custody(self._query, self._ground, progress or _silent)

    def export_custody(
        self,
        write: Callable[[Iterator[CustodyRecord]], int],
        file: Path,
        *,
        timestamp: str | None = None,
        authorities: Path | None = None,
        progress: Progress | None = None,
    ) -> CustodyExport:
        """Let `write` write the records to `file`, then write their manifest beside it.

        `timestamp` is the address of an RFC 3161 service, which is then asked; `authorities` a PEM file with
        the certificates that its own must lead to. Raises CasegraphError when the answer does not hold; the
        manifest is there all the same.
        """
        from casegraph.pipeline.exporting import export  # noqa: PLC0415 - a command loads what it uses

        head = self._journal.head()
        if head is None:
            raise CaseDamagedError("the journal has no chain")
        count = write(self.custody(progress=progress))
        with _told():
            stamp = (timestamp, authorities) if timestamp else None
            return export(self._ground, self.name, (file, count), head, stamp)

    def verify(
        self,
        *,
        manifests: Iterable[Path | str] = (),
        authorities: Path | str | None = None,
        progress: Progress | None = None,
    ) -> VerifyReport:
        """Hash every original and every document out of a container again, and follow the journal's chain.

        `manifests` are files of `export_custody`: the journal must still hold what they name, and their
        time-stamps must hold, checked offline against `authorities` (PEM) where given.
        """
        from casegraph.pipeline.verifying import Verification  # noqa: PLC0415 - a command loads what it uses

        with _told():
            verification = Verification(self._ground, progress or _silent)
            return verification.run(
                [Path(one) for one in manifests], None if authorities is None else Path(authorities)
            )

    def _id(self, document: str | None) -> str | None:
        return None if document is None else self._query.document(document)


def _silent(stage: str, done: int, total: int) -> None:
    """Show nothing."""


def init_case(folder: Path | str, *, name: str | None = None, pen_name: str | None = None) -> Case:
    """Make a case folder with an explained case.toml.

    Raises CaseExistsError when a case is there, UsageError when anything else is.
    """
    folder = Path(folder)
    with _told():
        if (folder / TOML).exists() or (folder / JOURNAL).exists():
            raise CaseExistsError(f"{folder} is a case already; open it, or choose another folder")
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"{folder} is not an empty folder; choose another")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)  # one that was there already may be open to all
        text = default_toml(name or folder.resolve().name, pen_name or "")
        Journal(folder / JOURNAL).create()
        write_whole(folder / TOML, text.encode())
        (folder / TOML).chmod(0o600)
    return open_case(folder)


def open_case(folder: Path | str, *, chain: str = DEFAULT, **explicit: object) -> Case:
    """Open a case folder; keyword arguments win over CASEGRAPH_* and case.toml.

    `chain` is `module:function` of what gives the stages. Raises CaseNotFoundError, CaseTooNewError,
    CaseDamagedError, SettingsError.
    """
    folder = Path(folder)
    with _told():
        has_toml, has_journal = (folder / TOML).is_file(), (folder / JOURNAL).is_file()
    if not has_toml and not has_journal:
        raise CaseNotFoundError(f"{folder} is not a case; make one with: casegraph init {folder}")
    if not has_toml or not has_journal:
        raise CaseDamagedError(f"{folder} has no {JOURNAL if has_toml else TOML}; restore it from a copy")
    settings = read_settings(folder / TOML, explicit=explicit)
    Journal(folder / JOURNAL).check()
    return Case(folder, settings, chain)


@contextmanager
def temporary_case(**explicit: object) -> Iterator[Case]:
    """Give a case in a private temporary folder that is deleted afterwards; settings as in `open_case`."""
    with tempfile.TemporaryDirectory(prefix="casegraph-", ignore_cleanup_errors=True) as folder:
        init_case(folder)
        yield open_case(folder, **explicit)  # type: ignore[arg-type]  # `chain` is a str if it is given


def run(paths: Iterable[Path | str], *, progress: Progress | None = None) -> RunReport:
    """Do the whole thing for a quick look: add and build in a temporary case, give what was found."""
    with temporary_case() as case:
        case.add(paths, progress=progress)
        case.build(progress=progress)
        return RunReport(
            claims=tuple(case.claims()), problems=tuple(case.problems()), documents=tuple(case.documents())
        )


def _limit(limit: int | None) -> int | None:
    if limit is not None and limit < 0:
        raise UsageError("a limit is at least 0")
    return limit


@contextmanager
def _told() -> Iterator[None]:
    """Tell a full disk or a forbidden folder in one line."""
    try:
        yield
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        raise CasegraphError(f"{(error.strerror or type(error).__name__).lower()}{place}") from error
