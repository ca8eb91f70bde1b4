"""Every command on one small case, built by the real stages."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest
from click.testing import CliRunner, Result

from casegraph.cli import program
from casegraph.cli.program import INTERRUPTED
from casegraph.errors import CaseExistsError, CaseNotFoundError, CaseTooNewError, UsageError
from casegraph.model import Claim, Entity, Record
from casegraph.pipeline.found import Hit
from casegraph.pipeline.reports import DocumentRow, ProblemRow, Status

Shown = TypeVar("Shown", bound=Record)

pytestmark = pytest.mark.slow

HARBOUR = (
    "Harbour deal under scrutiny\n\n"
    "Two port officials said on Tuesday that Orlan Works had delivered at least seven survey drones to Veld "
    "Port in February 2022.\n\n"
    "Anna Kern, the chief executive of Orlan Works, denied that the company had sold anything to Veld Port. "
    "A spokesman for Veld Port declined to comment.\n"
)
PAPERS = (
    "<p>Orlan Works paid Sella Brokers 1.25 million euros in May 2023, the Tessa news agency reported on "
    "Monday.</p><p>Mara Dolen, a lawyer for Sella Brokers, said that the payment was lawful.</p>"
)
SALE = (
    '<!DOCTYPE html><html lang="en"><head><title>Brokers paid, papers show</title>'
    '<meta property="article:published_time" content="2024-09-25T17:20:00+03:00"></head>'
    f"<body><article><h1>Brokers paid, papers show</h1>{PAPERS}</article></body></html>"
)


def invoke(*args: str | Path) -> Result:
    return CliRunner().invoke(program, [str(arg) for arg in args])


def lines(result: Result) -> list[bytes]:
    assert result.exit_code == 0, result.stderr
    return result.stdout_bytes.splitlines()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "leak").mkdir()
    (folder / "harbour.txt").write_text(HARBOUR)
    (folder / "leak" / "sale.html").write_text(SALE)
    (folder / "leak" / "empty.txt").write_text("")
    return folder


@pytest.fixture(scope="module")
def case(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built case of two pages and one empty file."""
    folder = tmp_path_factory.mktemp("cases") / "my case"
    assert invoke("init", folder).exit_code == 0
    added = invoke("add", folder, documents / "harbour.txt", documents / "leak")
    assert added.exit_code == 0, added.stderr
    assert added.stdout == ""
    assert "3 documents added" in added.stderr
    assert f"casegraph build {shlex.quote(str(folder))}" in added.stderr
    built = invoke("build", folder, "--workers", "1")
    assert built.exit_code == 0, built.stderr
    assert built.stdout == ""
    assert "3 documents built" in built.stderr
    assert "casegraph claims" in built.stderr
    return folder


@pytest.fixture
def unbuilt(case: Path, tmp_path: Path) -> Path:
    """A copy of the case with one document more that is not built."""
    folder = tmp_path / "copy"
    shutil.copytree(case, folder)
    (tmp_path / "new.txt").write_text("A port official said that Alba Ltd owns Corda Ltd.")
    assert invoke("add", folder, tmp_path / "new.txt").exit_code == 0
    return folder


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Path]:
    """A case without documents."""
    folder = tmp_path / "empty"
    assert invoke("init", folder, "--name", "Nothing yet").exit_code == 0
    yield folder
    for path in folder.rglob("*"):
        path.chmod(0o700)


def test_claims_as_lines_are_the_wire_records(case: Path) -> None:
    found = [msgspec.json.decode(line, type=Claim) for line in lines(invoke("claims", case, "-f", "jsonl"))]
    assert found
    for line in lines(invoke("claims", case, "-f", "jsonl")):
        assert line.startswith(b'{"id":')
    for claim in found:
        assert claim.evidence
        assert all(target.exact in HARBOUR + SALE for target in claim.evidence)


def test_the_filters_reach_the_library(case: Path) -> None:
    def ids(*filters: str) -> set[str]:
        return {json.loads(line)["id"] for line in lines(invoke("claims", case, "-f", "jsonl", *filters))}

    everything = ids()
    assert ids("--stance", "denies") < everything
    assert ids("--said-by", "Anna Kern") < everything
    assert ids("--said-by", "Anna Kern")
    assert ids("--document", "harbour.txt") < everything
    assert len(ids("--limit", "1")) == 1
    assert ids("--text", "survey drones") <= ids("--document", "harbour.txt")
    assert ids("--about", "Nobody At All") == set()


def test_the_table_says_who_and_where(case: Path) -> None:
    result = invoke("claims", case)
    assert result.exit_code == 0
    assert "\nharbour.txt" in result.stdout
    assert "declines-comment" in result.stdout
    assert "unnamed ×2" in result.stdout
    assert "denies: " in result.stdout
    assert "\x1b" not in result.stdout
    assert re.fullmatch(
        r"(\d+ statements? in the documents' own voice not shown \(--all\)\n)?", result.stderr
    )


def test_the_table_shows_a_sentence_once(case: Path) -> None:
    def ids(*args: str) -> set[str]:
        rows = invoke("claims", case, *args).stdout.splitlines()[1:]
        return {row[:8] for row in rows if re.match(r"[0-9a-f]{8} ", row)}

    wire = [json.loads(line) for line in lines(invoke("claims", case, "-f", "jsonl"))]
    every = {claim["id"].partition("-")[2][:8] for claim in wire}
    statements = {claim["id"].partition("-")[2][:8] for claim in wire if claim["kind"] == "statement"}
    assert ids("--all") == every
    assert ids("--kind", "statement") == statements
    assert every - statements < ids() < every


def test_what_documents_say_themselves_is_counted(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("The harbour of Northport freezes every winter.\n\n" + HARBOUR)
    result = invoke("run", tmp_path / "own.txt")
    assert result.exit_code == 0, result.stderr
    assert "freezes" not in result.stdout
    assert "in the documents' own voice not shown (--all)" in result.stderr
    assert "freezes" in invoke("run", tmp_path / "own.txt", "--all").stdout
    assert "freezes" in invoke("run", tmp_path / "own.txt", "--kind", "statement").stdout


def test_csv_has_the_same_claims(case: Path) -> None:
    result = invoke("claims", case, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    wire = [json.loads(line) for line in lines(invoke("claims", case, "-f", "jsonl"))]
    assert [row["id"] for row in rows] == [claim["id"] for claim in wire]
    assert [row["stance"] for row in rows] == [claim["stance"] for claim in wire]


def records(kind: type[Shown], *args: str | Path) -> list[Shown]:
    return [msgspec.json.decode(line, type=kind) for line in lines(invoke(*args, "-f", "jsonl"))]


def test_the_other_lists_are_records_too(case: Path) -> None:
    assert all(entity.names for entity in records(Entity, "entities", case))
    rows = records(DocumentRow, "documents", case)
    assert {row.names[0] for row in rows} == {"harbour.txt", "sale.html", "empty.txt"}
    assert any(problem.name == "empty.txt" for problem in records(ProblemRow, "problems", case))
    hits = records(Hit, "search", case, "drones")
    assert [hit.name for hit in hits] == ["harbour.txt"]
    for hit in hits:
        assert {hit.snippet[start:end].casefold() for start, end in hit.highlights} == {"drones"}
    (status,) = records(Status, "status", case)
    assert (status.documents, status.stale) == (3, 0)


@pytest.mark.parametrize("command", ["claims", "entities", "documents", "problems"])
def test_every_list_has_three_forms_and_a_file(command: str, case: Path, tmp_path: Path) -> None:
    for form in ("table", "jsonl", "csv"):
        shown = invoke(command, case, "-f", form)
        path = tmp_path / form
        kept = invoke(command, case, "-f", form, "-o", path)
        assert shown.exit_code == kept.exit_code == 0
        assert kept.stdout == ""
        assert "written to" in kept.stderr
        assert path.read_bytes() == shown.stdout_bytes
    assert invoke(command, case, "-o", "-").stdout == invoke(command, case).stdout


def test_show_finds_by_beginning_of_an_id_and_by_name(case: Path) -> None:
    claim = json.loads(lines(invoke("claims", case, "-f", "jsonl", "--said-by", "port officials"))[0])
    for name in (claim["id"], claim["id"][:14], claim["id"].partition("-")[2][:8]):
        result = invoke("show", case, name)
        assert result.exit_code == 0, result.stderr
        assert claim["id"] in result.stdout
        assert "Two port officials" in result.stdout
        assert "(unnamed ×2)" in result.stdout
        assert "harbour.txt" in result.stdout
    again = msgspec.json.decode(lines(invoke("show", case, claim["id"], "-f", "jsonl"))[0], type=Claim)
    assert again.id == claim["id"]
    document = invoke("show", case, "sale.html")
    assert "Brokers paid, papers show" in document.stdout
    assert "25 Sep 2024" in document.stdout.replace("\u00a0", " ")
    for row in lines(invoke("entities", case, "-f", "jsonl", "-n", "1")):
        entity = json.loads(row)
        assert entity["name"] in invoke("show", case, entity["id"]).stdout


def test_what_show_cannot_find_is_one_line(case: Path) -> None:
    for name in ("claim-", "zzzzzzzz", "none.html"):
        result = invoke("show", case, name)
        assert result.exit_code == UsageError.exit_code
        assert result.stdout == ""
        assert result.stderr.startswith("casegraph: ")
        assert result.stderr.count("\n") == 1


def test_search_tells_what_is_not_shown(case: Path) -> None:
    result = invoke("search", case, "Orlan", "Works", "-n", "1")
    assert "1 page of 2 shown" in result.stderr
    nothing = invoke("search", case, "zeppelin")
    assert (nothing.exit_code, nothing.stdout) == (0, "")
    assert "no pages match" in nothing.stderr


def test_a_list_says_what_is_not_in_it(unbuilt: Path) -> None:
    for command in (("claims",), ("entities",), ("documents",), ("problems",), ("search", "drones")):
        result = invoke(command[0], unbuilt, *command[1:], "-f", "jsonl")
        assert result.exit_code == 0
        assert "1 document is new or out of date" in result.stderr, command
        assert f"casegraph build {unbuilt}" in result.stderr
    status = invoke("status", unbuilt)
    assert "1 document to be built" in status.stdout
    assert "never done" in status.stdout


def test_lists_come_by_the_names_of_the_documents(case: Path) -> None:
    rows = records(DocumentRow, "documents", case)
    names = {row.id: row.names[0] for row in rows}
    assert list(names.values()) == ["empty.txt", "harbour.txt", "sale.html"]
    claims = [names[claim.document] for claim in records(Claim, "claims", case)]
    assert claims == sorted(claims)
    table = invoke("claims", case).stdout
    assert table.index("\nharbour.txt") < table.index("\nsale.html")


def test_problems_are_put_together_unless_one_asks_for_each(case: Path) -> None:
    grouped = invoke("problems", case).stdout.splitlines()
    assert grouped[0] == "read.empty"
    assert "    empty.txt" in grouped
    each = invoke("problems", case, "--code", "read.empty").stdout.splitlines()
    assert each[0].split()[:2] == ["code", "where"]
    assert each[1].split()[:2] == ["read.empty", "empty.txt"]


def test_an_entity_names_its_documents(case: Path) -> None:
    entity = next(one for one in records(Entity, "entities", case) if one.name == "Orlan Works")
    card = invoke("show", case, entity.id).stdout
    assert re.search(r"documents +harbour\.txt\n +sale\.html\n", card)


def test_adding_again_adds_nothing(case: Path, documents: Path) -> None:
    result = invoke("add", case, documents / "harbour.txt")
    assert result.exit_code == 0
    assert "0 documents added, 1 already there" in result.stderr
    assert invoke("build", case).stderr == "nothing to do: all is up to date\n"


def test_an_empty_case_says_what_to_do(empty: Path) -> None:
    for command in (("status",), ("claims",), ("entities",), ("documents",), ("problems",), ("build",)):
        result = invoke(command[0], empty)
        assert result.exit_code == 0, result.stderr
        assert f"casegraph add {empty} FILES" in result.stderr, command
    assert "Nothing yet" in invoke("status", empty).stdout


def test_a_wrong_folder_says_what_to_do(tmp_path: Path, case: Path) -> None:
    for command in (("status",), ("claims",), ("build",), ("show", "x"), ("search", "x"), ("add", "x")):
        result = invoke(command[0], tmp_path / "none", *command[1:])
        assert result.exit_code == CaseNotFoundError.exit_code
        assert result.stderr.count("\n") == 1
        assert "casegraph init" in result.stderr
    assert invoke("init", case).exit_code == CaseExistsError.exit_code
    assert invoke("add", case, tmp_path / "none.html").exit_code == UsageError.exit_code


def test_a_newer_case_is_left_alone(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def newer(*_: object, **__: object) -> None:
        raise CaseTooNewError("made by casegraph 9")

    monkeypatch.setattr("casegraph.store.journal.Journal.check", newer)
    result = invoke("claims", empty)
    assert result.exit_code == CaseTooNewError.exit_code
    assert result.stderr == "casegraph: made by casegraph 9\n"


def test_run_streams_wire_records_only(documents: Path) -> None:
    before = set(documents.rglob("*"))
    result = invoke("run", documents, "-f", "jsonl")
    found = [msgspec.json.decode(line, type=Claim) for line in lines(result)]
    assert {"declines-comment", "denies"} <= {claim.stance for claim in found}
    assert f"{len(found)} claims, 3 documents" in result.stderr
    assert "empty.txt" in result.stderr
    assert set(documents.rglob("*")) == before


def test_run_reads_standard_input() -> None:
    result = CliRunner().invoke(program, ["run", "-", "-f", "jsonl"], input=HARBOUR)
    found = [msgspec.json.decode(line, type=Claim) for line in lines(result)]
    assert "declines-comment" in {claim.stance for claim in found}


def test_run_needs_files_that_are_there(tmp_path: Path) -> None:
    result = invoke("run", tmp_path / "none.html")
    assert result.exit_code == UsageError.exit_code
    assert result.stderr.count("\n") == 1


def test_ctrl_c_stops_a_build_with_one_line(empty: Path, documents: Path) -> None:
    assert invoke("add", empty, documents).exit_code == 0
    with subprocess.Popen(
        [sys.executable, "-m", "casegraph", "build", str(empty)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        lock = empty / "derived"
        while not lock.exists():
            time.sleep(0.02)
        time.sleep(0.3)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the group
        out, err = process.communicate(timeout=300)
    assert process.returncode == INTERRUPTED, err
    assert out == ""
    assert err == f"casegraph: stopped; what is done is kept, `casegraph build {empty}` goes on from there\n"


def test_export_writes_lines_to_the_terminal_or_a_file(case: Path, tmp_path: Path) -> None:
    there = [json.loads(line) for line in lines(invoke("export", case, "--about", "Orlan Works"))]
    assert {"HyperText", "Company"} & {row["schema"] for row in there}
    done = invoke("export", case, "--format", "ftm-statements", "-o", tmp_path / "s.csv")
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    with (tmp_path / "s.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["external"] for row in rows} == {"f"}
    assert len({row["id"] for row in rows}) == len(rows)


def test_reference_data_from_the_command_line(unbuilt: Path, tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_text(
        "id,label,label_ru,schema\nw1,Orlan Works,Орлан Воркс,Company\nw2,,,\n", encoding="utf-8"
    )
    added = invoke(
        "reference", "add", unbuilt, tmp_path / "register.csv", "--licence", "CC0", "--issued", "2024"
    )
    assert added.exit_code == 0, added.stderr
    assert "data set register (aliases) added: 1 entry" in added.stderr
    assert "1 problem" in added.stderr
    assert "source or licence" in added.stderr
    (row,) = (json.loads(line) for line in lines(invoke("reference", "list", unbuilt, "-f", "jsonl")))
    assert (row["source"]["licence"], row["entities"], row["problems"]) == ("CC0", 1, 1)
    assert "register" in invoke("reference", "list", unbuilt).stdout
    (one,) = (json.loads(line) for line in lines(invoke("reference", "entities", unbuilt, "-f", "jsonl")))
    assert one["names"] == ["Orlan Works", "Орлан Воркс"]
    assert "w1" in invoke("reference", "entities", unbuilt, "--name", "орлан").stdout
    assert invoke("reference", "hits", unbuilt).exit_code == 0
    assert "register.csv, line 3" in invoke("problems", unbuilt, "-f", "jsonl").stdout
    assert invoke("reference", "remove", unbuilt, "register").exit_code == 0
    assert "no reference data yet" in invoke("reference", "list", unbuilt).stderr
    wrong = invoke("reference", "add", unbuilt, tmp_path / "register.csv", "--schema", "Thing")
    assert wrong.exit_code == UsageError.exit_code
    assert "'Thing' is no schema" in wrong.stderr
