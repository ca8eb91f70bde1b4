"""What the commands of a case give back: small frozen records, on the wire under the same names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from casegraph.model import (
    Addition,
    Box,
    Claim,
    ColumnUse,
    Document,
    Entity,
    Kind,
    Page,
    Problem,
    Record,
    Table,
)
from casegraph.pipeline.changed import EntityChanges
from casegraph.pipeline.reviewed import Reviewed
from casegraph.pipeline.tracing.weighed import Backed
from casegraph.store.ledger import Head

Progress = Callable[[str, int, int], None]
"""Called as `progress(stage, done, total)`; `done` never goes back within a stage."""

Reason = Literal["new", "stage-version", "settings", "upstream", "names", "damaged", "retry"]
"""Why a document's stage is to be done.

`new` never done; `stage-version` done by another version; `settings` its settings changed; `upstream` what it
takes changed; `names` the original came under a further name; `damaged` its table is missing or cut;
`retry` it failed before and is asked for again.
"""


class AskReport(Record, frozen=True, kw_only=True):
    """What `Case.ask` did, in passages. Names and claims are counted before any is refused."""

    known: int  # answered before
    answered: int  # by this run
    failed: dict[str, int]  # by the reason
    left: int  # not asked, because of the limit
    names: int  # in the answers of this run
    claims: int  # in the answers of this run


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
    unconfined: tuple[str, ...] = ()  # what this machine could not hold the workers to, in words
    entities: EntityChanges = EntityChanges()  # which became one, which came apart
    compared: int = 0  # pairs of names that share a sound or a number
    crowded: int = 0  # groups of more than 40 such names, which were not compared
    proposals: int = 0  # pairs of entities that wait for a person's word; 0 where entities were not made anew
    traced: int = 0  # groups of documents or claims that were traced anew
    tied: int = 0  # blocks and pairs left out of it: they would have tied too many together


class StageStatus(Record, frozen=True, kw_only=True):
    """Where one stage stands."""

    stage: str
    version: int
    done: int  # documents up to date, those that failed among them
    failed: int  # documents that the stage could not do (see `problems`); `build(retry=True)` tries again
    stale: dict[Reason, int]  # documents to be done, by reason
    records: dict[str, int]  # rows by table: {"claim": 812}


class Underway(Record, frozen=True, kw_only=True):
    """How far a running build is."""

    stage: str
    done: int  # documents, or what else the stage counts
    total: int


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
    underway: Underway | None = None  # how far it is, whoever started it
    unconfined: tuple[str, ...] = ()  # what this machine cannot hold workers to, in words
    derivations: int = 0  # of documents from others
    corroborations: int = 0  # groups of claims that say the same


class ThreadPlace(Record, frozen=True, kw_only=True):
    """The conversation that a mail is part of."""

    id: str
    mails: int  # of the conversation, this one among them
    answers: str | None  # document of the mail that it answers, as far as it is in the case


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
    paths: tuple[str, ...] = ()  # as they were named: with the folders in front of the names
    thread: ThreadPlace | None = None  # of a mail


class ProblemRow(Record, frozen=True, kw_only=True):
    """A problem with the document that it concerns; `document` is None for files never taken in."""

    code: str
    subject: str
    detail: str
    document: str | None
    name: str  # first name of the document, or the path that was not taken in


class PlacedClaim(Claim, frozen=True, kw_only=True):
    """A claim as `show` writes it: with the places of its evidence's words on the page."""

    boxes: tuple[Box, ...] = ()  # on the page of the first evidence
    page_size: tuple[int, int] | None = None  # width and height that they lie in, hundredths of a point


class ClaimView(Record, frozen=True, kw_only=True):
    """One claim with all that is needed to judge it: the page that it stands in, and its document."""

    claim: Claim
    document: Document
    names: tuple[str, ...]
    page: Page
    boxes: tuple[Box, ...] = ()  # where the words of its evidence stand on the page, if the format has places
    page_size: tuple[int, int] | None = None  # width and height that the boxes lie in, hundredths of a point
    backed: Backed | None = None  # what it rests on, where others say the same
    reviewed: Reviewed | None = None  # what people say of it
    read: Claim | None = None  # as the machine had read it, where a person reads it otherwise

    def placed(self) -> Claim:
        """Return the claim with its boxes, as it is where the format has none."""
        if not self.boxes:
            return self.claim
        given = {name: getattr(self.claim, name) for name in self.claim.__struct_fields__}
        return PlacedClaim(**given, boxes=self.boxes, page_size=self.page_size)


class EntityView(Record, frozen=True, kw_only=True):
    """One entity and the claims that name it."""

    entity: Entity
    claims: tuple[Claim, ...]


class ThreadMail(Record, frozen=True, kw_only=True):
    """One mail of a conversation."""

    document: str
    name: str  # first name of the document
    sender: str
    sent: str  # ISO 8601, empty where it does not say
    subject: str
    depth: int  # answers above it
    answers: str | None  # document of the mail that it answers
    tie: str | None  # how that is known: "references" (the mail says so) or "subject" (concluded)


class ThreadView(Record, frozen=True, kw_only=True):
    """A conversation: its mails as a tree, each before those that answer it."""

    id: str
    subject: str
    mails: tuple[ThreadMail, ...]


class DocumentView(Record, frozen=True, kw_only=True):
    """One document, its pages and its claims."""

    row: DocumentRow
    pages: tuple[Page, ...]
    claims: tuple[Claim, ...]
    problems: tuple[ProblemRow, ...]
    thread: tuple[ThreadMail, ...] = ()  # the conversation of a mail, each mail before those that answer it


class TableView(Record, frozen=True, kw_only=True):
    """One table of a document with the words of its cells: "" for an empty one."""

    table: Table
    name: str  # first name of the document
    rows: tuple[tuple[str, ...], ...]


class LayoutRow(Record, frozen=True, kw_only=True):
    """What tables of the same headings are taken for, by a guess or by a mapping file."""

    layout: str  # id of the headings
    state: Literal["mapped", "unsure", "none"]  # an unsure guess gives no claims until a person says so
    source: Literal["guess", "file"]  # who says so
    kind: Kind | None  # of the claims
    score: float  # of the surest of the tables
    headings: tuple[str, ...]
    columns: tuple[ColumnUse, ...]  # what each is taken for
    file: str | None  # mapping file of a person
    tables: int  # with these headings
    documents: tuple[str, ...]  # first names of the documents that hold them
    entries: int  # rows
    claims: int  # made of them
    outdated: bool = False  # the file is not the one that the last build went by


View = ClaimView | EntityView | DocumentView | TableView | ThreadView
"""What `Case.show` gives."""


class RunReport(Record, frozen=True, kw_only=True):
    """What `run` found in files, without a case left behind."""

    claims: tuple[Claim, ...]
    problems: tuple[ProblemRow, ...]
    documents: tuple[DocumentRow, ...]


class Inside(Record, frozen=True, kw_only=True):
    """A place of a document inside a container."""

    container: str  # id of the container, itself a document of the case
    name: str  # path inside it
    number: int  # place in it, from 1
    role: str  # how the container holds it: member, message, attachment, embedded, record
    modified: str | None  # the time that the container gives it
    url: str | None  # where a web archive took it from


class Embedded(Record, frozen=True, kw_only=True):
    """What a file tells of its own making, as it stands there: easily forged, often forgotten."""

    author: tuple[str, ...] = ()  # author, first creator, a mail's sender
    last_modified_by: tuple[str, ...] = ()  # who saved it last
    created: tuple[str, ...] = ()  # when it says that it was made, taken or sent
    modified: tuple[str, ...] = ()  # when it says that it was changed
    printed: tuple[str, ...] = ()  # when it was last printed
    printed_by: tuple[str, ...] = ()  # by whom
    printer: tuple[str, ...] = ()  # name of the printer that it was laid out for
    producer: tuple[str, ...] = ()  # the program that wrote a PDF
    creator_tool: tuple[str, ...] = ()  # the program in which it was written
    company: tuple[str, ...] = ()  # to whom the program was licensed
    manager: tuple[str, ...] = ()
    template: tuple[str, ...] = ()
    revision: tuple[str, ...] = ()  # how often it was saved
    software: tuple[str, ...] = ()  # of a camera or an image editor
    camera: tuple[str, ...] = ()  # maker and model
    camera_serial: tuple[str, ...] = ()
    gps: tuple[str, ...] = ()  # latitude and longitude in decimal degrees
    mail_client: tuple[str, ...] = ()
    message_id: tuple[str, ...] = ()


class CustodyRecord(Record, frozen=True, kw_only=True):
    """One document of the case: what it is, whence it came, when and by whom it was added."""

    document: str  # id
    sha256: str  # of its bytes, 64 hex digits
    size: int  # bytes
    original: bool  # added by a person; otherwise it was only found inside a container
    paths: tuple[str, ...]  # all of them, those inside containers with the container's path in front
    added: str  # when it, or its container, first came
    additions: tuple[Addition, ...]  # from the journal, in order: paths, file times, pen names
    inside: tuple[Inside, ...]  # its places in containers
    media_type: str | None  # found from the content; None: not read yet
    title: str | None
    reader: str | None
    embedded: Embedded


class ListedOriginals(Record, frozen=True, kw_only=True):
    """The originals of a case at one entry of its journal."""

    count: int
    bytes: int
    sha256: str  # of the lines `<sha256>  <size>`, by digest, each ended by a line feed


class CustodyManifest(Record, frozen=True, kw_only=True):
    """What pins down a custody record, and what a time-stamp is taken of."""

    casegraph: str = "custody-manifest"
    format: int = 1
    case: str  # its name
    made: str  # ISO 8601 UTC
    pen_name: str | None  # who made it, as they chose to sign
    program: str
    journal_format: int
    journal: Head  # number and digest of the journal's last entry
    originals: ListedOriginals
    records_file: str | None  # name of the file with the records, None where they went to a terminal or pipe
    records_sha256: str | None
    records: int | None  # how many


class CustodyExport(Record, frozen=True, kw_only=True):
    """What was written beside the custody records."""

    manifest: str  # file
    sha256: str  # of the manifest: what to write down elsewhere
    records: int
    token: str | None  # file of the time-stamp
    stamped: str | None  # the time that it gives
    chain_checked: bool  # whether the stamp's certificate was followed to the authorities given


class Difference(Record, frozen=True, kw_only=True):
    """Something that is not as it was added or written down."""

    code: str  # `verify.kebab-code`
    subject: str  # id of a document, `additions 12` for an entry of the journal, or a file's name
    detail: str
    name: str  # first path of the document, or the subject


class VerifyReport(Record, frozen=True, kw_only=True):
    """What `Case.verify` found: nothing has changed where there are no differences."""

    originals: int  # whose bytes were hashed again
    bytes: int
    children: int  # documents out of containers whose bytes were hashed again
    entries: int  # of the journal, checked against its chain
    head: str  # digest of the journal's last entry
    stamped: tuple[str, ...]  # times of the time-stamps that hold
    differences: tuple[Difference, ...]
