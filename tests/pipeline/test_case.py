from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

import casegraph
from casegraph.errors import (
    CaseDamagedError,
    CaseExistsError,
    CaseNotFoundError,
    CaseTooNewError,
    SettingsError,
    UsageError,
)
from casegraph.model import Claim
from casegraph.pipeline.case import Case, init_case, open_case, temporary_case
from casegraph.pipeline.reports import ClaimView, DocumentView, EntityView
from casegraph.store.migrations import MIGRATIONS
from tests.pipeline.conftest import CHAIN, MakeCase, news

TEXTS = {
    "a.txt": "Anna Kern says that Orlan Works sold cranes to Otto Wren."
    " Otto Wren denies that Kern met Mia Holt.",
    "b.txt": "Cranes\n\nMia Holt says that Orlan Works Ltd is closed. Åsa Lind says that ice is cold.",
    "c.txt": "No names in here, and nothing said.",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("built")
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    (folder / "in").mkdir()
    for name, text in TEXTS.items():
        (folder / "in" / name).write_text(text)
    init_case(folder / "case", name="Cranes", pen_name="Wren")
    case = open_case(folder / "case", chain=CHAIN)
    case.add([folder / "in"])
    case.build()
    monkeypatch.undo()
    return case


def said(case: Case, **asked: object) -> list[str]:
    found: list[Claim] = list(case.claims(**asked))  # type: ignore[arg-type]  # one keyword at a time
    return sorted(claim.content_target.exact.split(" ", 1)[1] for claim in found)


SOLD, MET = "Orlan Works sold cranes to Otto Wren", "Kern met Mia Holt"
CLOSED, COLD = "Orlan Works Ltd is closed", "ice is cold"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [MET, SOLD, CLOSED, COLD]),
        ({"about": "Orlan Works"}, [SOLD, CLOSED]),
        ({"about": "orlan works LTD"}, [SOLD, CLOSED]),  # the other spelling of the same entity
        ({"about": "orlan"}, [SOLD, CLOSED]),
        ({"about": "rlan"}, []),
        ({"about": "Anna Kern"}, [MET]),  # "Kern" is Anna Kern in that document
        ({"said_by": "Kern"}, [SOLD]),
        ({"said_by": "ASA lind"}, [COLD]),
        ({"kind": "link"}, [MET, SOLD]),
        ({"stance": "denies"}, [MET]),
        ({"document": "b.txt"}, [CLOSED, COLD]),
        ({"document": "b.txt", "about": "Orlan"}, [CLOSED]),
        ({"text": "IS COLD"}, [COLD]),
        ({"about": "Orlan", "said_by": "Holt"}, [CLOSED]),
    ],
)
def test_claims_are_found(built: Case, asked: dict[str, object], found: list[str]) -> None:
    assert said(built, **asked) == sorted(found)


def test_claims_come_in_order_with_entities(built: Case) -> None:
    claims = list(built.claims())
    names = {row.id: row.names[0] for row in built.documents()}
    places = [(names[one.document], one.evidence[0].page, one.evidence[0].start) for one in claims]
    assert places == sorted(places)
    assert list(built.claims(limit=2)) == claims[:2]
    assert list(built.claims(limit=0)) == []
    (entity,) = built.entities(name="Orlan")
    assert entity.names == ("Orlan Works", "Orlan Works Ltd")
    assert entity.name == "Orlan Works Ltd"
    assert (entity.schema, entity.mentions, len(entity.documents)) == ("Company", 2, 2)
    filled = [party for claim in claims for party in claim.roles.values() if not isinstance(party, tuple)]
    assert {party.entity for party in filled if party and "Orlan" in party.name} == {entity.id}
    speakers = {link.speaker: link.entity for claim in claims for link in claim.attribution}
    assert all(speakers.values())


def test_a_person_and_a_company_of_one_name_stay_two(built: Case) -> None:
    schemas = {entity.name: entity.schema for entity in built.entities()}
    assert schemas["Anna Kern"] == "Person"
    assert [one.name for one in built.entities(schema="Company")] == ["Orlan Works Ltd"]
    assert len({entity.id for entity in built.entities()}) == len(schemas)


def test_one_claim(built: Case) -> None:
    claim = next(built.claims(about="Orlan Works", document="a.txt"))
    assert built.claim(claim.id) == claim
    assert built.claim(claim.id[:16]) == claim
    assert built.claim(claim.id.removeprefix("claim-")[:12]) == claim
    with pytest.raises(UsageError, match="more than one"):
        built.claim("claim-")
    with pytest.raises(UsageError, match="no claim"):
        built.claim("claim-zzz")


def test_showing_what_an_id_or_a_name_means(built: Case) -> None:
    claim = next(built.claims(document="a.txt"))
    view = built.show(claim.id[:18])
    assert isinstance(view, ClaimView)
    assert view.claim == claim
    assert view.names == ("a.txt",)
    target = claim.evidence[0]
    assert view.page.text[target.start : target.end] == target.exact
    entity = next(built.entities(name="Orlan"))
    about = built.show(entity.id[:18])
    assert isinstance(about, EntityView)
    assert [one.content_target.exact for one in about.claims] == [
        one.content_target.exact for one in built.claims(about="Orlan")
    ]
    page = built.show("b.txt")
    assert isinstance(page, DocumentView)
    assert (page.row.claims, len(page.pages), len(page.claims)) == (2, 1, 2)
    assert built.show(page.row.id) == built.show(page.row.id.removeprefix("sha256:")[:10]) == page
    for name in ("", "a", "nothing.txt", "claim-", "sha256:"):
        with pytest.raises(UsageError):
            built.show(name)


def test_documents_pages_and_mentions(built: Case) -> None:
    rows = list(built.documents())
    assert [row.names for row in rows] == [("a.txt",), ("b.txt",), ("c.txt",)]
    assert {row.names[0]: (row.claims, row.mentions > 0, row.problems) for row in rows} == {
        "a.txt": (2, True, 0),
        "b.txt": (2, True, 0),
        "c.txt": (0, True, 0),
    }
    assert all(row.document is not None and row.document.pages == 1 for row in rows)
    (page,) = built.pages("b.txt")
    assert page.text == TEXTS["b.txt"]
    assert len(list(built.pages())) == 3
    names = [mention.name for mention in built.mentions(document="a.txt", kind="name")]
    assert names == ["Anna Kern", "Orlan Works", "Otto Wren", "Otto Wren", "Kern", "Mia Holt"]
    assert not list(built.mentions(kind="date"))


def test_searching(built: Case) -> None:
    result = built.search('"orlan works"', limit=1)
    assert result.total == 2
    (hit,) = result.hits
    (page,) = built.pages(hit.document)
    assert page.text[hit.start : hit.start + len(hit.snippet)] == hit.snippet
    assert {hit.snippet[start:end] for start, end in hit.highlights} == {"Orlan", "Works"}
    assert hit.name in {"a.txt", "b.txt"}
    for query, limit in (("", 5), ("a", 0), ('"', 5)):
        with pytest.raises(UsageError):
            built.search(query, limit=limit)


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "rumour"},
        {"stance": "shrugs"},
        {"document": "z.txt"},
        {"about": " "},
        {"text": ""},
        {"limit": -1},
    ],
)
def test_asking_for_what_there_is_not(built: Case, asked: dict[str, object]) -> None:
    with pytest.raises(UsageError) as caught:
        said(built, **asked)
    assert "\n" not in str(caught.value)


def test_an_empty_and_an_unbuilt_case_answer_too(make_case: MakeCase) -> None:
    for case in (make_case({}, "empty"), make_case(TEXTS, "unbuilt")):
        assert not list(case.claims(about="Orlan"))
        assert not list(case.entities())
        assert not list(case.problems())
        assert not list(case.pages())
        assert case.status().entities == 0
        with pytest.raises(UsageError, match="build"):
            case.search("cranes")
    empty = open_case(make_case({}, "other").folder, chain=CHAIN)
    assert empty.build().documents == 0
    assert empty.search("cranes").total == 0


def test_making_a_case(tmp_path: Path) -> None:
    case = init_case(tmp_path / "x" / "my-case", name="Cranes", pen_name="Wren")
    assert (case.name, case.settings.pen_name) == ("Cranes", "Wren")
    assert stat.S_IMODE(case.folder.stat().st_mode) == 0o700
    assert "# " in (case.folder / "case.toml").read_text()
    with pytest.raises(CaseExistsError):
        init_case(case.folder)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    for folder in (tmp_path / "full", tmp_path / "full" / "file"):
        with pytest.raises(UsageError):
            init_case(folder)
    assert init_case(tmp_path / "plain").name == "plain"


def test_opening_what_is_no_case(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(CaseNotFoundError, match="casegraph init"):
            open_case(folder)
    case = init_case(tmp_path / "case")
    with pytest.raises(SettingsError):
        open_case(case.folder, wokers=3)
    journal = (case.folder / "journal.sqlite").read_bytes()
    (case.folder / "journal.sqlite").write_bytes(b"x" * len(journal))
    with pytest.raises(CaseDamagedError):
        open_case(case.folder)
    (case.folder / "journal.sqlite").unlink()
    with pytest.raises(CaseDamagedError, match=r"journal\.sqlite"):
        open_case(case.folder)


def test_a_newer_case_is_not_touched(tmp_path: Path) -> None:
    import sqlite3  # noqa: PLC0415 - for this test alone

    case = init_case(tmp_path / "case")
    with sqlite3.connect(case.folder / "journal.sqlite") as raw:
        later = len(MIGRATIONS) + 1
        raw.execute("INSERT INTO migrations VALUES (?, 'later', '2030', '9')", (later,))
    raw.close()
    with pytest.raises(CaseTooNewError):
        open_case(case.folder)


def test_a_temporary_case_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXTS["a.txt"])
    with temporary_case(chain=CHAIN) as case:
        case.add([tmp_path / "a.txt"])
        assert case.build().documents == 1
        assert len(list(case.claims())) == 2
        folder = case.folder
    assert not folder.exists()


def test_the_public_names_are_there_and_sorted() -> None:
    assert casegraph.__all__ == sorted(casegraph.__all__, key=lambda name: (name.islower(), name))
    assert all(getattr(casegraph, name) is not None for name in casegraph.__all__)
    with pytest.raises(AttributeError):
        casegraph.nothing  # noqa: B018 - that is the point


def test_importing_costs_next_to_nothing() -> None:
    code = "import sys, casegraph; print({'spacy', 'pyarrow', 'numpy'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_asking_loads_no_library_of_a_stage() -> None:
    """The readers' libraries took 0.8 s of each `casegraph claims`."""
    code = (
        "import sys; from casegraph.pipeline.chain import default_chain, prepare; chain = default_chain();"
        "heavy = {'trafilatura', 'lxml', 'spacy', 'phonenumbers'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules);"
        "prepare(chain); assert {'trafilatura', 'phonenumbers'} <= set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_claims_are_found_by_several_names_and_by_an_entitys_id(make_case: MakeCase) -> None:
    case = make_case(news(3))
    case.build()
    (works,) = case.entities(name="Orlan Works")
    named = [claim.id for claim in case.claims(about="Orlan Works")]
    assert named
    assert [claim.id for claim in case.claims(about=works.id)] == named
    assert [claim.id for claim in case.claims(about=works.id.removeprefix("entity-")[:8])] == named
    assert [claim.id for claim in case.claims(about="Orl*")] == named
    either = {claim.id for claim in case.claims(said_by=["Otto Wren", "Vera Lind"])}
    assert either == {claim.id for one in ("Otto Wren", "Vera Lind") for claim in case.claims(said_by=one)}
    assert len(either) > len(list(case.claims(said_by="Otto Wren")))
