"""Who copied whom and on whose word, from the pages to the trees, by the real stages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from lxml import etree

from casegraph.cli import program
from casegraph.errors import UsageError
from casegraph.model import Claim, Party
from casegraph.pipeline.case import open_case
from casegraph.pipeline.folder import JOURNAL
from casegraph.pipeline.reports import ClaimView
from casegraph.pipeline.tracing.weighed import LineageView, OriginsView
from casegraph.store.journal import Journal

pytestmark = pytest.mark.slow

WIRE = (
    "Orlan Works sold seven cranes to Veld Port in March, Anna Kern, a director of the port, said.",
    "\u201cWe paid 4.2 million euros for the cranes and they were delivered late,\u201d Kern told The Wire.",
    "Two of the cranes had to be taken apart on the quay because their legs had been bent at sea.",
    "The Ministry of Transport denied that Orlan Works had sold cranes to Veld Port.",
)


def page(title: str, outlet: str, day: str, paragraphs: tuple[str, ...]) -> str:
    words = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>'
        f'<meta property="og:site_name" content="{outlet}">'
        f'<meta property="article:published_time" content="{day}T08:00:00Z"></head>'
        f"<body><article><h1>{title}</h1>{words}</article></body></html>"
    )


PAGES = {
    "wire.html": page("Orlan sold cranes to port", "The Wire", "2024-05-01", WIRE),
    "post.html": page("Port bought cranes", "The Post", "2024-05-02", (
        "Orlan Works sold six cranes to Veld Port in March, Anna Kern, a director there, told The Wire.",
        *WIRE[1:3],
    )),
    "other.html": page("Bridge closed", "The Post", "2024-05-02", (
        "Kestrel closed its old bridge after a lorry had lost a load of gravel near the middle pier.",
        "Otto Wren, who runs the ferry, said that the water was high enough for a larger boat.",
    )),
}  # fmt: skip


def invoke(*args: str | Path) -> Result:
    return CliRunner().invoke(program, [str(arg) for arg in args])


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    documents, folder = tmp_path_factory.mktemp("pages"), tmp_path_factory.mktemp("cases") / "case"
    for name, text in PAGES.items():
        (documents / name).write_text(text)
    for command in (("init", folder), ("add", folder, documents), ("build", folder, "--workers", "1")):
        result = invoke(*command)
        assert result.exit_code == 0, result.stderr
    return folder


@pytest.fixture(scope="module")
def delivery(case: Path) -> Claim:
    found = invoke("claims", case, "--kind", "delivery", "--document", "post.html", "-f", "jsonl").stdout
    return msgspec.json.decode(found.splitlines()[0], type=Claim)


def test_lineage_tells_what_was_made_from_what(case: Path) -> None:
    shown = invoke("lineage", case, "wire.html").stdout
    first, *rest = shown.splitlines()
    assert first.startswith("\u25b6 The Wire, \u201cOrlan sold cranes to port\u201d, 1 May 2024 [wire.html]")
    assert any(line.lstrip("\u2514\u251c\u2500 ").startswith("The Post, \u201cPort bought") for line in rest)
    assert "made from The Wire" in shown or "a reprint of The Wire" in shown
    assert "it came later" in " ".join(shown.replace("\u2502", " ").split())
    assert "[other.html]" not in shown
    alone = invoke("lineage", case, "other.html").stdout
    assert "nothing in the case was made from it" in alone


def test_origins_tell_whose_word_it_is_and_what_changed(case: Path, delivery: Claim) -> None:
    result = invoke("origins", case, delivery.id)
    assert result.exit_code == 0, result.stderr
    assert "1 known independent origin" in result.stdout
    assert "wire.html" in result.stdout
    assert "contradicted" in result.stdout
    assert "changed on the way" in result.stdout
    card = invoke("show", case, delivery.id).stdout
    assert "rests on" in card
    assert "1 known independent origin" in card


def test_trees_are_drawn_as_svg_and_given_as_records(case: Path, delivery: Claim, tmp_path: Path) -> None:
    for command, name in (("lineage", "post.html"), ("origins", delivery.id)):
        file = tmp_path / f"{command}.svg"
        assert invoke(command, case, name, "--output", file).exit_code == 0
        assert etree.fromstring(file.read_bytes()).tag.endswith("svg")
    view = msgspec.json.decode(invoke("lineage", case, "post.html", "-f", "jsonl").stdout, type=LineageView)
    assert [one.document for one in view.derivations] == [view.document]
    told = msgspec.json.decode(invoke("origins", case, delivery.id, "-f", "jsonl").stdout, type=OriginsView)
    assert told.claim.id == delivery.id
    assert delivery.id in told.corroboration.claims


def test_python_gives_the_same(case: Path, delivery: Claim) -> None:
    opened = open_case(case)
    (derivation,) = opened.derivations("post.html")
    assert list(opened.derivations()) == [derivation]
    cluster = next(one for one in opened.corroborations() if delivery.id in one.claims)
    assert opened.origins(delivery.id).corroboration == cluster
    numbers = {one.claim: one for one in opened.backing()}
    assert numbers[delivery.id].independent == cluster.independent == 1
    assert opened.status().derivations == 1
    assert invoke("status", case).stdout.count("1 derivation") == 1


def test_a_claim_that_nobody_else_makes_has_an_origin_too(case: Path) -> None:
    lines = invoke("claims", case, "--said-by", "Otto Wren", "-f", "jsonl").stdout.splitlines()
    claim = json.loads(lines[0])["id"]
    assert "Otto Wren" in invoke("origins", case, claim).stdout


def test_grades_are_journalled_and_taken_back(case: Path, delivery: Claim) -> None:
    opened = open_case(case, pen_name="wren")
    with pytest.raises(UsageError, match="two origins"):
        opened.grade_claim(delivery.id, "1")
    said = opened.grade_claim(delivery.id, "3", note="the invoice fits")
    assert (said.pen_name, said.proposed) == (
        "wren",
        str(opened.origins(delivery.id).corroboration.credibility),
    )
    assert "3: possibly true (wren" in invoke("origins", case, delivery.id).stdout
    assert invoke("grade", case, "The  Wire", "B").exit_code == 0
    assert [(one.subject, one.value) for one in opened.grades()] == [("The Wire", "B"), (delivery.id, "3")]
    assert "traced again" in invoke("build", case, "--workers", "1").stderr
    assert "the invoice fits" in invoke("grades", case).stdout
    for arguments in (("The Wire", "undo"), (delivery.id, "undo", "--claim")):
        assert invoke("grade", case, *arguments).exit_code == 0
    assert list(opened.grades()) == []
    assert len(Journal(case / JOURNAL).grades()) == 4


@pytest.mark.parametrize("value", ["A", "7", "", "BB"])
def test_a_claim_has_no_other_grades(case: Path, delivery: Claim, value: str) -> None:
    opened = open_case(case)
    if value:
        with pytest.raises(UsageError, match="1, 2"):
            opened.grade_claim(delivery.id, value)
    with pytest.raises(UsageError, match="name"):
        opened.grade_source(" ", "A")


def test_what_people_say_of_claims_changes_what_they_rest_on(
    case: Path, delivery: Claim, tmp_path: Path
) -> None:
    """At once, and once the tables have followed."""
    folder = tmp_path / "case"
    shutil.copytree(case, folder)
    opened = open_case(folder, pen_name="wren")
    before = opened.origins(delivery.id).corroboration
    same = next(one for one in opened.origins(delivery.id).claims if one.document != delivery.document)
    against = {one for conflict in before.contradictions for one in (*conflict.left, *conflict.right)}
    against -= {delivery.id, same.id}
    assert len(against) == 2
    assert invoke("review", folder, same.id[:14], "reject", "--note", "a caption").exit_code == 0
    for one in against:
        opened.review(one, "rejected")
    for follow in (opened.update_entities, list[str]):
        listed = [one.id for one in opened.claims()]
        assert delivery.id in listed
        assert {same.id, *against}.isdisjoint(listed)
        assert same.id in [one.id for one in opened.claims(rejected=True)]
        now = opened.origins(delivery.id)
        assert [one.id for one in now.claims] == [delivery.id]
        assert now.corroboration.claims == (delivery.id,)
        assert not now.corroboration.contradictions
        assert not opened.origins(same.id).corroboration.origins
        assert all(same.id not in line for line in opened.export("ftm", facts="stated"))
        assert [one.claims for one in opened.backing("post.html") if one.claim == delivery.id] == [1]
        follow()
    told = invoke("history", folder).stdout
    assert "rejected" in told
    assert "a caption" in told
    for one in (same.id, *against):
        opened.review(one, "")
    said = ("--role", "supplier=Otto Wren", "--tags", "cranes, port")
    assert invoke("review", folder, delivery.id, *said).exit_code == 0
    opened.update_entities()
    wren = next(opened.entities(name="Otto Wren")).id
    assert wren not in before.entities
    assert wren in opened.origins(delivery.id).corroboration.entities
    assert set(before.claims) == set(opened.origins(delivery.id).corroboration.claims)


def test_a_corrected_claim_is_found_by_its_names_and_shows_both_readings(
    case: Path, delivery: Claim, tmp_path: Path
) -> None:
    folder = tmp_path / "case"
    shutil.copytree(case, folder)
    opened = open_case(folder)
    opened.correct(delivery.id, roles={"supplier": ["Otto Wren"], "goods": []}, said_by="Nora Falk")
    assert delivery.id in [one.id for one in opened.claims(about="Otto Wren")]
    assert delivery.id in [one.id for one in opened.claims(said_by="Falk", about="Veld", text="cranes")]
    for vain in ({"about": "Orlan Works"}, {"said_by": "Anna Kern"}, {"text": "bridge"}, {"kind": "payment"}):
        assert delivery.id not in [one.id for one in opened.claims(document="post.html", **vain)]  # type: ignore[arg-type]  # words for each
    view = opened.show(delivery.id)
    assert isinstance(view, ClaimView)
    assert view.read == delivery
    assert view.reviewed is not None
    shown = " ".join(invoke("show", folder, delivery.id).stdout.split())
    assert "was read as Orlan Works" in shown
    supplier = view.claim.roles["supplier"]
    assert isinstance(supplier, Party)
    assert (supplier.name, supplier.entity) == ("Otto Wren", next(opened.entities(name="Otto Wren")).id)
    assert view.claim.roles["goods"] is None
    assert [one.speaker for one in view.claim.attribution][:1] == ["Nora Falk"]
    with pytest.raises(UsageError, match="no role"):
        opened.correct(delivery.id, roles={"buyer": ["Otto"]})
    for bad in (("--role", "supplier"), ()):
        assert invoke("review", folder, delivery.id, *bad).exit_code == UsageError.exit_code
    assert invoke("review", folder, delivery.id, "--as-read").exit_code == 0
    assert opened.claim(delivery.id) == delivery
