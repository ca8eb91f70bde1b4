"""Files that are sent and builds that run, as a browser sees them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from casegraph.pipeline.case import Case, init_case, open_case
from casegraph.pipeline.underway import telling
from casegraph.store.atomic import locked
from tests.web.browsing import IN_A_BROWSER, Ear, Opened, violations
from tests.web.conftest import CHAIN, served

pytestmark = IN_A_BROWSER


@pytest.fixture
def client(own: Case) -> Iterator[httpx.Client]:
    with served(own.folder) as found:
        yield found


def test_files_are_dropped_and_built(opened: Opened, own: Case, tmp_path: Path) -> None:
    (tmp_path / "sent.txt").write_text("Cranes\n\nNora Falk says that Veld Port met Otto Wren.")
    page = opened("/")
    page.get_by_label("Drop files here").set_input_files(tmp_path / "sent.txt")
    page.get_by_role("button", name="Add and build").click()
    page.get_by_text("Done.").wait_for(timeout=60_000)  # the page looks again by itself
    assert list(own.claims(said_by="Nora Falk"))
    assert not violations(page)


def drop(page: Page, *paths: Path) -> None:
    """Drop files and folders on the page, as a file manager does."""
    mouse = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        mouse.send("Input.dispatchDragEvent", {"type": kind, "x": 300, "y": 120, "data": data})


def test_files_and_folders_are_dropped_anywhere_on_an_empty_case(
    opened: Opened, ear: Ear, tmp_path: Path
) -> None:
    heap = tmp_path / "leak"
    (heap / "inner").mkdir(parents=True)
    (heap / "one.txt").write_text("Cranes\n\nNora Falk says that Veld Port met Otto Wren.")
    (heap / "inner" / "two.txt").write_text("Cranes\n\nNora Falk says that Veld Port met Mia Holt.")
    (tmp_path / "three.txt").write_text("Cranes\n\nNora Falk says that Veld Port met Ida Moss.")
    init_case(tmp_path / "empty")
    with served(tmp_path / "empty") as client:
        ear.base = str(client.base_url)
        page = opened(str(client.base_url))
        page.get_by_text("The case is empty").wait_for()
        drop(page, heap, tmp_path / "three.txt")
        page.wait_for_url("**/build")
        page.get_by_text("Done.").wait_for()
        case = open_case(tmp_path / "empty", chain=CHAIN)
        names = sorted(row.names[0] for row in case.documents())
        assert names == ["inner/two.txt", "one.txt", "three.txt"]  # below what was dropped, as casegraph add
        page.goto(str(client.base_url))
        page.evaluate("document.querySelector('.sending [name=token]').value = 'x'")
        ear.awaited = "status of 403"
        drop(page, tmp_path / "three.txt")
        page.locator(".told.bad").wait_for()
        expect(page.locator(".told")).to_contain_text("none of this server")


def test_a_build_of_another_program_shows_how_far_it_is(opened: Opened, own: Case) -> None:
    with locked(own._ground.lock), telling(own._ground.lock, None) as tell:
        tell("extract", 3, 28)
        page = opened("/")
        page.get_by_text("Finding names and sentences: 3 of 28").wait_for()
        assert not violations(page)
        tell("matches", 9, 2_800)
        page.get_by_text("Comparing names: 9 of 2,800").wait_for()  # by itself
        other = opened("/build")
        other.get_by_text("Comparing names: 9 of 2,800").wait_for()
        assert not violations(other)
    page.get_by_role("link", name="Show what came of it").click()
    page.get_by_role("heading", name="What wants a decision").wait_for()
    other.get_by_role("heading", name="Nothing is being built").wait_for()


BUILD = """
import sys
from casegraph.pipeline.case import open_case
open_case(sys.argv[1], chain=sys.argv[2]).build()
"""


def test_two_browsers_read_while_a_build_writes(opened: Opened, own: Case, tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(
            f"Cranes {number}\n\nNora Falk says that Veld Port met Otto Wren {number}."
        )
    before = sum(1 for _ in own.claims())
    own.add(sorted(tmp_path.glob("*.txt")))
    first, second = opened("/"), opened("/claims")
    entity = next(one.id for one in own.entities() if one.name == "Orlan Works")
    wanted = [
        "/",
        "/claims",
        "/search?q=cranes",
        f"/entities/{entity}",
        "/network",
        "/timeline",
        "/documents",
    ]
    seen = 0
    with subprocess.Popen([sys.executable, "-c", BUILD, str(own.folder), CHAIN]) as build:
        while build.poll() is None:
            for page in (first, second):
                answer = page.goto(wanted[seen % len(wanted)])
                assert answer is not None
                assert answer.status == 200, answer.url
                seen += 1
    assert build.returncode == 0
    assert seen >= 2
    first.goto("/claims?said_by=Nora+Falk")
    assert first.locator("tbody tr").count() == 40
    assert sum(1 for _ in own.claims()) == before + 40
