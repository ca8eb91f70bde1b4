"""A language model behind a real server on this machine: asked once, kept as far as its words stand there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from casegraph.cli import program
from casegraph.errors import CasegraphError, UsageError
from casegraph.model import Claim
from casegraph.pipeline import asking, endpoint
from casegraph.pipeline.asking import ModelServer
from casegraph.pipeline.case import Case, init_case, open_case
from casegraph.store.journal import Journal
from tests.model_server import (
    Handler,
    Served,
    answering,
    claim,
    completion,
    read,
    send,
    serving,
)
from tests.pipeline.conftest import MakeCase, tree

pytestmark = pytest.mark.loopback

TEXT = "Nine cranes of Selm Harbour ended up with the Wexley people, Mia Holt insinuated."
MADE_UP = claim("Selm Harbour sold a submarine.", "delivery", supplier="Selm Harbour", goods="submarine")
DELIVERY = claim(
    TEXT[:-1], "delivery", supplier="Selm Harbour", recipient="Wexley people", speaker="Mia Holt",
    cue="insinuated", content=TEXT[: TEXT.index(", Mia")], stance="alleges",
)  # fmt: skip
ANSWER = read({"Wexley people": "Organization", "Vexley": "Person"}, DELIVERY, MADE_UP)


def quick(server: Served, model: str = "tiny") -> ModelServer:
    return ModelServer(server.url, model, timeout=5.0, retries=0)


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "PAUSE", 0.01)


@pytest.fixture
def server() -> Iterator[Served]:
    with serving(answering(ANSWER)) as own:
        yield own


def case_of(folder: Path, **texts: str) -> Case:
    case = init_case(folder / "case")
    files = folder / "files"
    files.mkdir()
    for name, text in texts.items():
        (files / f"{name}.txt").write_text(text, "utf-8")
    case.add([files])
    case.build(workers=1)
    return case


def by_model(case: Case) -> list[Claim]:
    return [one for one in case.claims() if one.made_by.model is not None]


def codes(case: Case) -> list[str]:
    return sorted(one.code for one in case.problems() if "answer" in one.code)


# -- a whole case -----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_a_model_reads_is_kept_where_it_stands_and_asked_once(tmp_path: Path, server: Served) -> None:
    case = case_of(tmp_path, a=TEXT, b=TEXT + " ")  # two documents, one passage
    before = list(case.claims())
    done = case.ask(quick(server))
    assert (done.answered, done.known, done.failed, done.left) == (1, 1, {}, 0)
    assert server.passages() == [TEXT]
    assert server.paths == ["/v1/chat/completions"]
    assert list(case.claims()) == before  # asking changes nothing; the build does

    case.build(workers=1)
    own = by_model(case)
    assert [(one.kind, one.stance, one.made_by.model) for one in own] == [("delivery", "alleges", "tiny")] * 2
    for one in own:
        text = next(page.text for page in case.pages(one.document))
        assert all(text[t.start : t.end] == t.exact for t in one.evidence)
    mentions = [one for one in case.mentions() if one.detector.startswith("answers:tiny@")]
    assert {one.name for one in mentions} <= {"Wexley people"}
    assert codes(case) == ["attribute.answer-not-in-page"] * 2 + ["extract.answer-not-in-page"] * 2
    assert not any("submarine" in one.detail or "Vexley" in one.detail for one in case.problems())

    built = tree(case.folder)
    assert case.ask(quick(server)).known == 2
    assert len(server.asked) == 1
    shutil.rmtree(case.folder / "derived")
    case.build(workers=1)
    assert tree(case.folder) == built
    assert len(server.asked) == 1
    assert case.verify().differences == ()

    other = open_case(case.folder, answers="unused")
    other.build(workers=1)
    assert list(other.claims()) == before
    assert len(server.asked) == 1


@pytest.mark.slow
def test_the_command_tells_what_came_of_it(tmp_path: Path, server: Served) -> None:
    case = case_of(tmp_path, a=TEXT)
    words = ["ask", str(case.folder), "--endpoint", server.url, "--model", "tiny", "--timeout", "5"]
    done = CliRunner().invoke(program, words)
    assert done.exit_code == 0, done.output
    assert "1 passage answered, 0 known before: 2 names and 2 claims" in done.output
    case.build(workers=1)
    shown = CliRunner().invoke(program, ["show", str(case.folder), by_model(case)[0].id])
    assert "tiny, a language model; no source" in " ".join(shown.output.split())
    (case.folder / "case.toml").write_text(f'ask_endpoint = "{server.url}"\nask_model = "tiny"\n')
    again = CliRunner().invoke(program, ["ask", str(case.folder), "--key-variable", "NO_SUCH_KEY"])
    assert (again.exit_code, server.headers[0].get("Authorization")) == (2, None)
    again = CliRunner().invoke(program, ["ask", str(case.folder)])
    assert "0 passages answered, 1 known before" in again.output


@pytest.mark.slow
def test_failures_are_problems_of_their_documents_and_may_be_asked_again(tmp_path: Path) -> None:
    texts = {f"t{number}": f"{TEXT} Crane {number} is red." for number in range(4)}
    bad = [completion("{"), completion(ANSWER), completion("{}"), completion("x", "length")]

    def behave(handler: Handler, passage: str, number: int) -> None:
        del passage
        send(handler, bad[number % 4])

    with serving(behave) as server:
        case = case_of(tmp_path, **texts)
        done = case.ask(quick(server))
        assert done.failed == {"answer-cut-off": 1, "answer-no-json": 1, "answer-wrong-schema": 1}
        case.build(workers=1)
        assert len(by_model(case)) == 1
        failures = [code for code in codes(case) if "not-in-page" not in code]
        assert failures == ["extract.answer-cut-off", "extract.answer-no-json", "extract.answer-wrong-schema"]
        assert case.ask(quick(server)).known == 4
        server.behave = answering(ANSWER)
        done = case.ask(quick(server), again=True)
        assert (done.answered, done.known) == (3, 1)
        case.build(workers=1)
        assert len(by_model(case)) == 4
        assert {code for code in codes(case) if "not-in-page" not in code} == set()


@pytest.mark.slow
def test_a_limit_and_a_document_bound_what_is_asked(make_case: MakeCase, server: Served) -> None:
    case = make_case({"a.txt": f"{TEXT} One.", "b.txt": f"{TEXT} Two.", "c.txt": f"{TEXT} Three."})
    case.build(workers=1)
    done = case.ask(quick(server), limit=1)
    assert (done.answered, done.left, len(server.asked)) == (1, 2, 1)
    case.ask(quick(server), document="b.txt")
    case.ask(quick(server), document="b.txt")
    assert 1 <= len(server.asked) <= 2
    assert any("Two." in passage for passage in server.passages())
    case.ask(quick(server, "other"), document="b.txt")  # another model is another question
    assert server.asked[-1]["model"] == "other"


@pytest.mark.slow
def test_a_server_that_falls_silent_is_left_alone(make_case: MakeCase) -> None:
    texts = {f"t{number}.txt": f"{TEXT} Crane {number} is red." for number in range(8)}

    def behave(handler: Handler, passage: str, number: int) -> None:
        del passage
        if number == 0:
            send(handler, completion(ANSWER))
        else:
            handler.close_connection = True

    with serving(behave) as server:
        case = make_case(texts)
        case.build(workers=1)
        with pytest.raises(CasegraphError, match=r"no answer to 3 passages in a row.* 1 answers are kept"):
            case.ask(quick(server))
        assert len(server.asked) == 1 + asking.PATIENCE
    kept = Journal(case.folder / "journal.sqlite").answers(one.id for one in case.documents())
    assert [one.failure for one in kept].count("answer-unreachable") == asking.PATIENCE
    assert [one.body for one in kept].count(ANSWER) == 1


@pytest.mark.slow
def test_the_first_refusal_is_told_and_nothing_noted(make_case: MakeCase) -> None:
    case = make_case({"a.txt": TEXT})
    case.build(workers=1)
    gone = serving(lambda handler, *_: send(handler, b"{}", 404))
    with gone as server, pytest.raises(CasegraphError, match="HTTP 404: has it the model 'tiny'"):
        case.ask(quick(server))
    with pytest.raises(CasegraphError, match="cannot be reached"):
        case.ask(quick(server))  # it is gone
    with pytest.raises(UsageError, match="--endpoint"):
        case.ask()
    with pytest.raises(UsageError, match="--model"):
        case.ask(ModelServer(server.url))
    assert Journal(case.folder / "journal.sqlite").answers(one.id for one in case.documents()) == []
