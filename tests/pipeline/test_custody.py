"""Custody: whence each document came, all its paths, and whether anything has changed since."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest

from casegraph.errors import UsageError
from casegraph.model import content_id
from casegraph.pipeline.case import Case, open_case
from casegraph.pipeline.custody import embedded
from casegraph.pipeline.reports import CustodyExport
from casegraph.pipeline.walk import as_named
from tests.pipeline.conftest import CHAIN, MakeCase, add

INNER = "Mia Holt says that Orlan Works sold a crane to Otto Wren."
BOX = json.dumps({"holds": {"deep/two.txt": INNER, "one.txt": "Vera Lind says that item 1 is lost."}})


@pytest.fixture
def case(make_case: MakeCase) -> Case:
    made = make_case({"leak.box": BOX, "news.txt": "Anna Kern says that Orlan Works met Otto Wren."})
    made.build()
    return made


def exported(case: Case, file: Path) -> CustodyExport:
    def write(records: object) -> int:
        lines = [repr(one) for one in records]  # type: ignore[attr-defined]  # an iterator of records
        file.write_text("\n".join(lines))
        return len(lines)

    return case.export_custody(write, file)


def codes(case: Case, *manifests: Path) -> list[str]:
    return sorted(one.code for one in case.verify(manifests=manifests).differences)


def stored(case: Case, data: str, *, inside: bool = False) -> Path:
    digest = hashlib.sha256(data.encode()).hexdigest()
    folder = case.folder / ("derived/unpacked" if inside else "originals")
    return folder / digest[:2] / digest[2:4] / digest


def test_an_untouched_case_shows_no_difference(case: Case) -> None:
    seen: list[tuple[str, int, int]] = []
    found = case.verify(progress=lambda *told: seen.append(told))
    assert found.differences == ()
    assert (found.originals, found.children) == (2, 2)
    assert found.entries > 2
    assert ("originals", 2, 2) in seen
    shutil.rmtree(case.folder / "derived")
    assert open_case(case.folder, chain=CHAIN).verify().differences == ()


def test_what_is_altered_missing_or_extra_is_named(case: Case) -> None:
    news = stored(case, "Anna Kern says that Orlan Works met Otto Wren.")
    news.chmod(0o600)
    news.write_text("Anna Kern says nothing.")
    stored(case, BOX).unlink()
    child = stored(case, INNER, inside=True)
    child.chmod(0o600)
    child.write_bytes(b"")
    stored(case, "Vera Lind says that item 1 is lost.", inside=True).unlink()
    (case.folder / "originals" / "aa").mkdir(exist_ok=True)
    (case.folder / "originals" / "aa" / "note.txt").write_text("slipped in")
    found = {one.code: one.name for one in case.verify().differences}
    assert set(found) == {
        "verify.original-altered", "verify.original-missing", "verify.original-extra", "verify.child-altered",
        "verify.child-missing",
    }  # fmt: skip
    assert found["verify.original-altered"].endswith("case-files/news.txt")
    assert found["verify.original-extra"] == "originals/aa/note.txt"


def test_an_original_in_the_wrong_place_is_extra(case: Case) -> None:
    news = stored(case, "Anna Kern says that Orlan Works met Otto Wren.")
    other = news.parents[2] / "00" / "00" / news.name
    other.parent.mkdir(parents=True)
    shutil.copy(news, other)
    assert codes(case) == ["verify.original-extra"]


def test_the_manifest_pins_down_the_journal_and_the_originals(case: Case, tmp_path: Path) -> None:
    made = exported(case, tmp_path / "custody.txt")
    manifest = Path(made.manifest)
    assert made.sha256 == hashlib.sha256(manifest.read_bytes()).hexdigest()
    wire = json.loads(manifest.read_bytes())
    listing = "".join(sorted(f"{hashlib.sha256(d.encode()).hexdigest()}  {len(d)}\n" for d in (
        BOX, "Anna Kern says that Orlan Works met Otto Wren.",
    )))  # fmt: skip
    assert wire["originals"]["sha256"] == hashlib.sha256(listing.encode()).hexdigest()
    assert (wire["records"], wire["originals"]["count"]) == (4, 2)
    add(case, tmp_path / "more", {"later.txt": "Otto Wren says that item 2 is lost."})
    case.build()
    assert codes(case, manifest) == []  # what came later does not matter
    (tmp_path / "custody.txt").write_text("changed")
    assert codes(case, manifest) == ["verify.records-altered"]
    (tmp_path / "custody.txt").unlink()
    assert codes(case, manifest) == ["verify.records-missing"]


def test_a_journal_made_anew_is_found_out_by_the_manifest(case: Case, tmp_path: Path) -> None:
    manifest = Path(exported(case, tmp_path / "custody.txt").manifest)
    files = tmp_path / "case-files"
    shutil.rmtree(case.folder)
    from casegraph.pipeline.case import init_case  # noqa: PLC0415 - only here is a case made by hand

    init_case(case.folder)
    again = open_case(case.folder, chain=CHAIN)
    again.add([files])
    assert codes(again) == []
    assert codes(again, manifest) == ["verify.head-differs"]
    with pytest.raises(UsageError, match="no custody manifest"):
        again.verify(manifests=[files / "news.txt"])


def test_each_record_says_whence_its_document_came(case: Case, tmp_path: Path) -> None:
    box = tmp_path / "case-files" / "leak.box"
    os.utime(box, ns=(1_600_000_000_000_000_007, 1_600_000_000_000_000_000))
    init = open_case(case.folder, chain=CHAIN, pen_name="Wren")
    shutil.copy2(box, tmp_path / "twin.box")
    init.add([tmp_path / "twin.box"])
    init.build()
    records = {one.document: one for one in init.custody()}
    assert len(records) == 4
    first = records[content_id(BOX.encode())]
    assert (first.original, first.size) == (True, len(BOX))
    assert [one.path.split("/")[-1] for one in first.additions] == ["leak.box", "twin.box"]
    assert first.additions[1].path == f"{tmp_path.name}/twin.box"
    assert [one.pen_name for one in first.additions] == [None, "Wren"]
    assert first.additions[1].modified == "2020-09-13T12:26:40Z"
    assert (first.additions[1].zone or "")[0] in "+-"
    assert first.additions[1].accessed is not None
    inner = records[content_id(INNER.encode())]
    assert (inner.original, inner.additions) == (False, ())
    assert [(one.container, one.name, one.role) for one in inner.inside] == [
        (content_id(BOX.encode()), "deep/two.txt", "member")
    ]
    assert inner.paths == ("leak.box/deep/two.txt", "twin.box/deep/two.txt")


def test_one_original_with_all_its_paths(case: Case, tmp_path: Path) -> None:
    """A copy elsewhere, of the same name or inside a container, is the same document, found by each path."""
    add(case, tmp_path / "other", {"news.txt": "Anna Kern says that Orlan Works met Otto Wren."})
    more = case.add([tmp_path / "other"])
    assert (more.added, more.renamed, more.already) == (0, 0, 1)
    add(case, tmp_path / "third", {"copy of two.txt": INNER})
    case.build()
    rows = {row.id: row for row in case.documents()}
    assert len(rows) == 4
    news = rows[content_id(b"Anna Kern says that Orlan Works met Otto Wren.")]
    assert news.names == ("news.txt",)
    assert [path.split("/")[-2] for path in news.paths] == ["case-files", "other"]
    both = rows[content_id(INNER.encode())]
    assert both.names == ("copy of two.txt", "leak.box/deep/two.txt")
    for path in ("other/news.txt", "case-files/news.txt", "news.txt"):
        assert {claim.document for claim in case.claims(document=path)} == {news.id}
        shown = case.show(path)
        assert getattr(shown, "row").id == news.id  # noqa: B009 - a document's view
    for path in ("copy of two.txt", "third/copy of two.txt", "two.txt", "leak.box/deep/two.txt"):
        assert {claim.document for claim in case.claims(document=path)} == {both.id}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("leak/2024/a.txt", "leak/2024/a.txt"),
        ("a.txt", "desk/a.txt"),
        (".", "wren/desk"),
        ("../shelf/a.txt", "shelf/a.txt"),
        ("/media/stick/leak", "stick/leak"),
        ("/people/wren/leak", "leak"),
        ("/people/wren/papers/leak", "papers/leak"),
        ("/media/wren/leak", "leak"),
        ("/leak", "leak"),
    ],
)
def test_a_path_as_named_tells_nothing_of_the_machine(
    given: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = tmp_path / "wren" / "desk"
    desk.mkdir(parents=True)
    monkeypatch.chdir(desk)
    monkeypatch.setenv("HOME", "/people/wren")
    assert as_named(Path(given)) == (named if given != "." else "desk")


def test_embedded_metadata_under_one_name_for_all_formats() -> None:
    pdf = embedded("application/pdf", {"author": ("A. Kern",), "creator": ("Writer",), "producer": ("Lib",)})
    assert (pdf.author, pdf.creator_tool, pdf.producer) == (("A. Kern",), ("Writer",), ("Lib",))
    office = embedded("application/msword", {"creator": ("A. Kern",), "application": ("Word",)})
    assert (office.author, office.creator_tool) == (("A. Kern",), ("Word",))
    taken = {"camera_make": ("Acme",), "camera_model": ("X1",), "taken": ("2024:01:02",), "gps": ("1, 2",)}
    image = embedded("image/jpeg", {**taken, "taken_zone": ("+03:00",)})
    assert (image.camera, image.created, image.gps) == (("Acme X1",), ("2024:01:02 +03:00",), ("1, 2",))
    mail = embedded("message/rfc822", {"from": ("a@b.example",), "x-mailer": ("Post 1",), "date": ("Mon",)})
    assert (mail.author, mail.mail_client, mail.created) == (("a@b.example",), ("Post 1",), ("Mon",))
