"""The pages in a real browser: Debian's Chromium, driven by Playwright, which fetches none of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import httpx
import pytest
from lxml import html
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, ViewportSize, sync_playwright

from casegraph.pipeline.case import Case, open_case
from casegraph.web.rendering import built
from tests.web.browsing import ALONE, DESK, PHONE, Ear, violations
from tests.web.conftest import SEEING, SENTENCE, served

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.loopback,
    pytest.mark.skipif(CHROMIUM is None, reason="no browser: sudo apt-get install chromium"),
]


Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=ALONE)
        yield started
        started.close()


@pytest.fixture
def client(own: Case) -> Iterator[httpx.Client]:
    with served(own.folder) as found:
        yield found


@pytest.fixture
def ear(client: httpx.Client) -> Iterator[Ear]:
    made = Ear(str(client.base_url))
    yield made
    assert not made.heard


@pytest.fixture
def opened(browser: Browser, client: httpx.Client, ear: Ear) -> Iterator[Opened]:
    """Open an address in a window of its own; whatever it should not do fails the test."""
    contexts: list[BrowserContext] = []

    def open_(
        where: str, size: ViewportSize | None = None, scheme: Literal["light", "dark"] = "light"
    ) -> Page:
        context = browser.new_context(
            base_url=str(client.base_url), viewport=size or DESK, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)  # a busy machine is no fault
        ear.listen(page)
        page.goto(where)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def places(own: Case) -> Mapping[str, str]:
    """One address of each sort of page, and what is asked in vain."""
    claim = next(own.claims(said_by="Anna Kern", document="cranes.txt"))
    entity = next(one for one in own.entities() if one.name == "Orlan Works")
    nasty = next(row for row in own.documents() if "<b>" in row.names[0])
    broken = next(row for row in own.documents() if row.names[0].endswith("broken.txt"))
    return {
        "home": "/",
        "search": "/search?q=cranes",
        "nothing found": "/search?q=zebra",
        "narrowed": "/search?q=*&language=en&since=2020-01-01",
        "list of names": "/batch",
        "kept searches": "/searches",
        "documents": "/documents",
        "document": f"/documents/{claim.document}",
        "nasty": f"/documents/{nasty.id}",
        "broken": f"/documents/{broken.id}",
        "lineage": f"/documents/{claim.document}/lineage",
        "claims": "/claims",
        "no claims": "/claims?about=zebra",
        "claim": f"/claims/{claim.id}",
        "origins": f"/claims/{claim.id}/origins",
        "entities": "/entities",
        "no entities": "/entities?name=zebra",
        "entity": f"/entities/{entity.id}",
        "problems": "/problems",
        "proposals": "/proposals",
        "review": "/review",
        "history": "/history",
        "sources": "/sources",
        "build": "/build",
        "network": "/network?entity=Orlan+Works&hops=2&standing=denied&standing=asserted",
        "ways": "/network/paths?from=Otto+Wren&to=Mia+Holt&standing=asserted&standing=denied",
        "tie": f"/network/ties/{own.network(['Orlan Works']).ties[0].id}",
        "timeline": "/timeline",
        "map": "/map",
    }


def test_from_a_name_to_the_words_and_their_origins(opened: Opened) -> None:
    page = opened("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Entities").click()
    page.get_by_label("Name").fill("orlan")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name="Orlan Works").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Orlan Works"
    page.get_by_role("link", name="Orlan Works — Otto Wren").click()
    assert "Anna Kern says that Orlan Works met Otto Wren." in page.locator("blockquote").inner_text()
    assert page.locator("mark.chosen").inner_text() == "Anna Kern says that Orlan Works met Otto Wren."
    page.get_by_role("link", name="this document alone").click()
    assert page.get_by_role("heading", level=1).inner_text() == "On whose word"
    page.get_by_role("main").get_by_role("link", name="Orlan Works — Otto Wren").click()
    page.get_by_role("link", name="page 1").click()
    assert page.locator("mark:target").inner_text() == "Anna Kern says that Orlan Works met Otto Wren."


def test_the_ledger_is_filtered(opened: Opened) -> None:
    page = opened("/claims")
    rows = page.locator("tbody tr")
    every = rows.count()
    page.get_by_label("Stance").select_option("denies")
    page.get_by_role("button", name="Filter").click()
    assert 0 < rows.count() < every
    assert page.get_by_label("Stance").input_value() == "denies"
    assert all(text.startswith("denies") for text in rows.locator("td:nth-child(3)").all_inner_texts())


@pytest.mark.skipif(built("network.js") is None, reason="the scripts are not built: make")
def test_a_way_is_followed_to_its_evidence(opened: Opened, places: Mapping[str, str]) -> None:
    page = opened(places["ways"])
    drawn, panel = page.locator("#drawing[data-done]"), page.get_by_role("complementary")
    drawn.wait_for()
    page.get_by_role("button", name="Show way 1").click()
    page.get_by_label("Find").fill("orlan works")
    page.keyboard.press("Enter")
    assert panel.get_by_role("heading").inner_text() == "Orlan Works"
    panel.get_by_role("button", name="Pin").click()
    panel.get_by_role("button", name="Orlan Works ↔ Otto Wren: link (1)").click()
    panel.get_by_text("Anna Kern says that Orlan Works met Otto Wren.").wait_for()
    assert not violations(page)
    page.locator("#canvas").click()  # in its middle stands what was found
    panel.get_by_role("heading", name="Orlan Works", exact=True).wait_for()
    with page.expect_download() as saved:
        page.get_by_role("button", name="SVG").click()
    assert "Mia Holt" in html.parse(saved.value.path()).getroot().text_content()
    panel.get_by_role("button", name="Mia Holt").click()
    panel.get_by_role("link", name="page 1").click()
    assert page.locator("mark:target").inner_text() == "Otto Wren denies that Orlan Works met Mia Holt."
    page.goto("/network")
    page.get_by_label("Find").fill("orlan works")
    page.keyboard.press("Enter")
    panel.get_by_role("button", name="Unpin").wait_for()


def test_words_are_searched_from_anywhere(opened: Opened) -> None:
    page = opened("/problems")
    page.get_by_label("Search all pages").fill("cranes")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Cranes").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Cranes"


def test_a_search_is_narrowed_and_names_are_looked_for(opened: Opened) -> None:
    page = opened("/search?q=Otto+Wren")
    every = page.locator(".hits > li").count()
    page.get_by_label("Names").get_by_role("link", name="Mia Holt").click()
    assert 0 < page.locator(".hits > li").count() < every
    page.get_by_role("link", name="Without entity").click()
    assert page.locator(".hits > li").count() == every
    page.get_by_role("link", name="Search a list of names").click()
    names = FilePayload(name="names.txt", mimeType="text/plain", buffer=b"Orlan Works\nNobody\n")
    page.get_by_label("Or take them from a file").set_input_files(names)
    page.get_by_text("2 lines read.").wait_for()
    page.get_by_role("button", name="Search").click()
    rows = page.locator("tbody tr").all_inner_texts()
    assert rows == ["Orlan Works\t1\t1\tOrlan Works Company", "Nobody\t0\t0\t"]
    assert not violations(page)
    page.get_by_label("Keep this list as").fill("Firms")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="Firms").wait_for()
    assert not violations(page)
    page.get_by_role("button", name="Remove Firms").click()
    page.get_by_text("There are none.").wait_for()


def test_the_words_of_a_claim_are_seen_on_its_page(opened: Opened, ear: Ear, seen: Path) -> None:
    with served(seen, chain=SEEING) as reader:
        ear.base = str(reader.base_url)
        case = open_case(seen, chain=SEEING)
        claim = next(case.claims(document="notice.pdf"))
        where = str(reader.base_url.join(f"/documents/{claim.document}"))
        page = opened(where)
        page.locator("image").wait_for()
        picture = page.locator("svg.sheet").bounding_box()
        mark = page.locator("svg.sheet rect.claim").bounding_box()
        assert picture is not None
        assert mark is not None
        assert picture["y"] < mark["y"] < mark["y"] + mark["height"] < picture["y"] + picture["height"] / 2
        page.locator("svg.sheet a:has(rect.claim)").dispatch_event("click")
        assert "Anna Kern" in page.locator(".margin li:target").inner_text()
        page.get_by_text("Nothing else was said.").select_text()
        page.get_by_role("link", name="Link to the selected words").click()
        chosen = page.locator("article .span").all_text_contents()
        assert "".join(chosen) == f"{SENTENCE}\nNothing else was said."
        assert page.locator("svg.sheet rect.span").count() == 2  # a line each
        letter = f"/documents/{next(case.claims(document='letter.eml')).document}"
        for place in (where, f"/claims/{claim.id}", letter):
            page.set_viewport_size(DESK)
            page.emulate_media(color_scheme="light")
            page.goto(str(reader.base_url.join(place)))
            assert not violations(page), place
            page.set_viewport_size(PHONE)
            assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"], place
            page.emulate_media(color_scheme="dark")
            assert not violations(page, "color-contrast"), place


def test_a_claim_is_graded(opened: Opened, places: Mapping[str, str], own: Case) -> None:
    page = opened(places["claim"])
    page.get_by_label("Credibility").select_option("5")
    form = page.get_by_role("region", name="How credible is it?")
    form.get_by_label("Why").fill("the crane stands")
    form.get_by_role("button", name="Grade").click()
    page.get_by_text("Heron").wait_for()
    assert page.locator(".said b").inner_text() == "5: improbable"
    assert [(one.value, one.note) for one in own.grades()] == [("5", "the crane stands")]
    assert not violations(page)
    page.get_by_role("button", name="Take back").click()
    page.locator(".said").wait_for(state="detached")
    assert not list(own.grades())


def test_claims_are_reviewed_from_the_keyboard(opened: Opened, own: Case) -> None:
    page = opened("/review")
    first, second = [one.id for one in own.claims()][:2]

    def key(letter: str) -> None:  # Playwright's Alt+letter reaches no access key
        page.locator(f"[accesskey={letter}]").focus()
        page.keyboard.press("Enter")

    key("s")
    page.wait_for_url("**after=**")
    key("r")
    page.wait_for_url(f"**after={second}")
    assert own.reviews()[second].verdict == "rejected"
    page.goto("/review")
    key("a")
    page.wait_for_url(f"**after={first}")
    page.goto("/history")
    assert page.locator(".history li").count() == 2
    page.get_by_role("button", name="Undo decision").last.click()
    page.get_by_text("verdict taken back").wait_for()
    assert second not in own.reviews()
    assert not violations(page)


def test_files_are_dropped_and_built(opened: Opened, own: Case, tmp_path: Path) -> None:
    (tmp_path / "sent.txt").write_text("Cranes\n\nNora Falk says that Veld Port met Otto Wren.")
    page = opened("/")
    page.get_by_label("Drop files here").set_input_files(tmp_path / "sent.txt")
    page.get_by_role("button", name="Add and build").click()
    page.get_by_text("Done.").wait_for(timeout=60_000)  # the page looks again by itself
    assert list(own.claims(said_by="Nora Falk"))
    assert not violations(page)


def test_two_names_are_judged(opened: Opened, places: Mapping[str, str], own: Case) -> None:
    page = opened(places["entity"])
    page.get_by_label("Another entity").fill("Mia Holt")
    page.get_by_role("button", name="Not the same").click()
    page.locator(".said").wait_for()
    assert [row.judgement.judgement for row in own.judgements()] == ["negative"]
    assert not violations(page)


def test_a_page_of_another_server_cannot_decide(
    opened: Opened, ear: Ear, client: httpx.Client, places: Mapping[str, str], own: Case
) -> None:
    token = opened(places["claim"]).locator("input[name=token]").first.get_attribute("value")
    form = f'<form method="post" action="{client.base_url.join(places["claim"] + "/grade")}">'
    fields = f'<input name="token" value="{token}"><input name="value" value="5"><button>Go</button></form>'
    page = opened("about:blank")
    ear.awaited = "status of 403"
    page.set_content(form + fields)
    page.get_by_role("button").click()
    page.get_by_text("only pages of this server may send to it").wait_for()
    assert not list(own.grades())


def test_a_page_full_of_scripts_runs_nothing(opened: Opened, places: Mapping[str, str]) -> None:
    names = "() => Object.keys(window).sort()"
    page = opened(places["home"])
    usual = page.evaluate(names)
    for where in places.values():
        page.goto(where)
        assert page.evaluate("() => [...document.scripts].every((one) => one.src.includes('/static/'))")
        assert page.evaluate(names) == usual
    page.goto(places["nasty"])
    assert "<script>alert(1)</script>" in page.get_by_role("article").inner_text()


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("script", {"textContent": "window.ran = 1"}),
        ("script", {"src": "data:text/javascript,window.ran=1"}),
        ("a", {"href": "javascript:void(window.ran = 1)", "id": "trap"}),
    ],
)
def test_a_script_that_got_in_would_not_run(
    opened: Opened, ear: Ear, tag: str, attributes: dict[str, str]
) -> None:
    page = opened("/")
    page.evaluate(
        "([tag, set]) => document.body.append(Object.assign(document.createElement(tag), set))",
        [tag, attributes],
    )
    page.evaluate("() => document.getElementById('trap')?.click()")
    page.wait_for_timeout(100)
    assert page.evaluate("() => window.ran") is None
    assert any("Content Security Policy" in line for line in ear.heard)
    ear.heard.clear()


MENU = ("Search", "Documents", "Claims", "Entities", "Network", "Timeline", "Map", "Review", "Problems")
FOCUSED = "() => { const one = document.activeElement; return one.textContent.trim() || one.name || one.id; }"


def test_the_keyboard_reaches_everything_in_order(opened: Opened, places: Mapping[str, str]) -> None:
    page = opened(places["claim"])
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Skip to the content"
    assert page.evaluate("() => document.activeElement.getBoundingClientRect().x") >= 0
    reached = []
    for _ in range(len(MENU) + 2):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
        outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", reached[-1]
    assert reached == ["casegraph", *MENU, "q"]
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_a_phone_shows_pages_without_scrolling_sideways(opened: Opened, places: Mapping[str, str]) -> None:
    page = opened("/", size=PHONE)
    for name, where in places.items():
        page.goto(where)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"], name


def test_dark_is_dark_and_light_is_light(opened: Opened) -> None:
    paper = "() => getComputedStyle(document.body).backgroundColor"
    assert opened("/claims", scheme="dark").evaluate(paper) == "rgb(23, 23, 23)"
    assert opened("/claims", scheme="light").evaluate(paper) == "rgb(255, 255, 255)"


def test_pages_keep_the_rules_of_accessibility(opened: Opened, places: Mapping[str, str]) -> None:
    page = opened("/")
    found = []
    for name, where in places.items():
        page.goto(where)
        found += [f"{name}: {line}" for line in violations(page)]
    assert not found
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    assert any("label" in line for line in violations(page))


def test_the_dark_can_be_read(opened: Opened, places: Mapping[str, str]) -> None:
    page = opened("/", scheme="dark")
    found = []
    for name, where in places.items():
        page.goto(where)
        found += [f"{name}: {line}" for line in violations(page, "color-contrast", "link-in-text-block")]
    assert not found
    page.evaluate("document.body.style.color = '#333'")
    assert any("color-contrast" in line for line in violations(page, "color-contrast"))
