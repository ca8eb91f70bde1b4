"""Whether a case is still what was added: every byte hashed again, every entry of the journal followed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from casegraph.errors import CaseDamagedError, UsageError
from casegraph.pipeline.custody import listed
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.reports import CustodyManifest, Difference, Progress, VerifyReport
from casegraph.pipeline.timestamp import TOKEN_SUFFIX, StampError, stamped
from casegraph.store.atomic import PENDING
from casegraph.store.journal import Journal
from casegraph.store.layout import bounds
from casegraph.store.originals import AlteredError, Originals

JOURNAL_STAGE, ORIGINALS_STAGE, CHILDREN_STAGE = "journal", "originals", "inside containers"


class Verification:
    """One call of `Case.verify`."""

    def __init__(self, ground: Ground, progress: Progress) -> None:
        self._ground, self._progress = ground, progress
        self._found: list[Difference] = []
        self._stamped: list[str] = []
        self._originals = self._bytes = self._children = 0

    def run(self, manifests: list[Path], authorities: Path | None) -> VerifyReport:
        """Check all there is; `manifests` are exported ones, `authorities` certificates for their stamps."""
        journal = self._ground.journal
        head = journal.head()
        if head is None:
            raise CaseDamagedError("the journal has no chain")
        self._entries(journal, head.entries)
        self._hash_originals()
        self._hash_children()
        for path in manifests:
            self._manifest(path, authorities)
        return VerifyReport(
            originals=self._originals,
            bytes=self._bytes,
            children=self._children,
            entries=head.entries,
            head=head.digest,
            stamped=tuple(self._stamped),
            differences=tuple(self._found),
        )

    def _differ(self, code: str, subject: str, detail: str, name: str | None = None) -> None:
        self._found.append(
            Difference(code=f"verify.{code}", subject=subject, detail=detail, name=name or subject)
        )

    def _entries(self, journal: Journal, total: int) -> None:
        words = {
            "altered": "this entry of the journal is not the one that was written",
            "missing": "an entry of the journal was taken out",
            "extra": "an entry was put into the journal past its chain",
        }
        for flaw in journal.flaws(lambda done: self._progress(JOURNAL_STAGE, done, total)):
            self._differ(f"entry-{flaw.what}", f"{flaw.table} {flaw.entry}", words[flaw.what])
        self._progress(JOURNAL_STAGE, total, total)

    def _hash_originals(self) -> None:
        journal, originals = self._ground.journal, self._ground.originals
        total = journal.count()[0]
        for prefix in self._ground.buckets():
            for held in journal.held(*bounds(prefix)):
                self._hash(originals, held.document, held.paths, "original")
                self._originals += 1
                self._bytes += held.size
                self._progress(ORIGINALS_STAGE, self._originals, total)
        for source in {one.original: one for one in journal.references()}.values():
            self._hash(originals, source.original, (source.name,), "original")
            self._originals += 1
            self._bytes += source.size
        for path in self._strangers(originals, journal):
            name = path.relative_to(originals.folder.parent).as_posix()
            self._differ("original-extra", name, "a file in the folder of originals that nobody added")

    def _hash(self, bytes_: Originals, document: str, names: tuple[str, ...], what: str) -> None:
        name = names[0] if names else document
        try:
            bytes_.check(document)
        except FileNotFoundError:
            self._differ(f"{what}-missing", document, "the bytes of this document are gone", name)
        except AlteredError:
            detail = "the bytes are no longer those that were added"
            self._differ(f"{what}-altered", document, detail, name)
        except OSError as error:
            detail = f"the bytes cannot be read: {error.strerror}"
            self._differ(f"{what}-unreadable", document, detail, name)

    @staticmethod
    def _strangers(originals: Originals, journal: Journal) -> Iterator[Path]:
        """Yield the files among the originals that the journal does not know, folder by folder."""
        known: set[str] = set()
        references = {one.original for one in journal.references()}
        start = None
        for path in originals.files():
            if path.name.startswith(PENDING):
                continue  # a copy that is under way, or that a crash left
            digest = path.name
            if digest[:2] != start:
                start = digest[:2]
                low = f"sha256:{start}"
                known = {one.document for one in journal.held(low, low + "g")}
            if f"sha256:{digest}" not in known | references or path != originals.path(f"sha256:{digest}"):
                yield path

    def _hash_children(self) -> None:
        """Hash what was taken out of containers; what is gone can be made again, and is told all the same."""
        ground = self._ground
        total = ground.holdings.count()[0] - self._originals
        for prefix in ground.buckets():
            for document, places in ground.holdings.kin(*bounds(prefix)).items():
                if ground.originals.has(document):
                    continue
                self._hash(ground.unpacked, document, (places[0].name,), "child")
                self._children += 1
                self._progress(CHILDREN_STAGE, self._children, max(total, self._children))

    def _manifest(self, path: Path, authorities: Path | None) -> None:
        """Check what an exported manifest says of this case, its records, and its time-stamp."""
        try:
            data = path.read_bytes()
            manifest = msgspec.json.decode(data, type=CustodyManifest)
        except OSError as error:
            raise UsageError(f"cannot read {path}: {error.strerror}") from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{path} is no custody manifest") from error
        journal = self._ground.journal
        if journal.head(manifest.journal.entries) != manifest.journal:
            self._differ("head-differs", path.name, "the journal is not the one that the manifest names")
        elif listed(journal, manifest.journal.entries) != manifest.originals:
            self._differ("list-differs", path.name, "the originals are not those that the manifest counts")
        self._records(path, manifest)
        token = path.with_name(path.name + TOKEN_SUFFIX)
        if token.exists():
            try:
                self._stamped.append(stamped(token, data, authorities))
            except StampError as error:
                self._differ("stamp-differs", token.name, str(error))
        elif authorities is not None:
            self._differ("stamp-missing", token.name, "the manifest has no time-stamp beside it")

    def _records(self, path: Path, manifest: CustodyManifest) -> None:
        if manifest.records_file is None or manifest.records_sha256 is None:
            return
        file = path.with_name(Path(manifest.records_file).name)
        try:
            found = digest_of(file)
        except OSError:
            detail = "the file of the records that the manifest names is not beside it"
            self._differ("records-missing", file.name, detail)
            return
        if found != manifest.records_sha256:
            self._differ(
                "records-altered", file.name, "the exported records are no longer those that were written"
            )


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, 64 hex digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
