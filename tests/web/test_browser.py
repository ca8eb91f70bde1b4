"""The pages in a real browser: Debian's Chromium, driven by Playwright, which fetches none of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from lxml import html
from playwright.sync_api import FilePayload, expect

from casegraph.pipeline.case import Case, open_case
from tests.web.browsing import DESK, DRAWN, IN_A_BROWSER, PHONE, Ear, Opened, violations
from tests.web.conftest import SEEING, SENTENCE, served

pytestmark = IN_A_BROWSER


@pytest.fixture
def client(own: Case) -> Iterator[httpx.Client]:
    with served(own.folder) as found:
        yield found


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
    expect(page.get_by_role("heading", level=1)).to_have_text("Orlan Works")
    page.get_by_role("link", name="Orlan Works — Otto Wren").click()
    expect(page.locator("blockquote")).to_contain_text("Anna Kern says that Orlan Works met Otto Wren.")
    expect(page.locator("mark.chosen")).to_have_text("Anna Kern says that Orlan Works met Otto Wren.")
    page.get_by_role("link", name="this document alone").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("On whose word")
    page.get_by_role("main").get_by_role("link", name="Orlan Works — Otto Wren").click()
    page.get_by_role("link", name="page 1").click()
    expect(page.locator("mark:target")).to_have_text("Anna Kern says that Orlan Works met Otto Wren.")


def test_the_ledger_is_filtered(opened: Opened) -> None:
    page = opened("/claims")
    rows = page.locator("tbody tr")
    every = rows.count()
    page.get_by_label("Stance").select_option("denies")
    page.get_by_role("button", name="Filter").click()
    page.wait_for_url("**stance=denies**")
    assert 0 < rows.count() < every
    expect(page.get_by_label("Stance")).to_have_value("denies")
    assert all(text.startswith("denies") for text in rows.locator("td:nth-child(3)").all_inner_texts())


@DRAWN
def test_a_way_is_followed_to_its_evidence(opened: Opened, places: Mapping[str, str]) -> None:
    page = opened(places["ways"])
    drawn, panel = page.locator("#drawing[data-done]"), page.get_by_role("complementary")
    drawn.wait_for()
    page.get_by_role("button", name="Show way 1").click()
    page.get_by_label("Find").fill("orlan works")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("heading")).to_have_text("Orlan Works")
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
    expect(page.locator("mark:target")).to_have_text("Otto Wren denies that Orlan Works met Mia Holt.")
    page.goto("/network")
    page.get_by_label("Find").fill("orlan works")
    page.keyboard.press("Enter")
    panel.get_by_role("button", name="Unpin").wait_for()


def test_words_are_searched_from_anywhere(opened: Opened) -> None:
    page = opened("/problems")
    page.get_by_label("Search all pages").fill("cranes")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Cranes").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cranes")


def test_a_search_is_narrowed_and_names_are_looked_for(opened: Opened) -> None:
    page = opened("/search?q=Otto+Wren")
    every = page.locator(".hits > li").count()
    page.get_by_label("Names").get_by_role("link", name="Mia Holt").click()
    page.wait_for_url("**entity=**")
    assert 0 < page.locator(".hits > li").count() < every
    page.get_by_role("link", name="Without entity").click()
    expect(page.locator(".hits > li")).to_have_count(every)
    page.get_by_role("link", name="Search a list of names").click()
    names = FilePayload(name="names.txt", mimeType="text/plain", buffer=b"Orlan Works\nNobody\n")
    field = page.get_by_label("Or take them from a file")
    field.wait_for()  # the script that shows it hears it; set_input_files would not wait
    field.set_input_files(names)
    page.get_by_text("2 lines read.").wait_for()
    page.get_by_role("button", name="Search").click()
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(2)  # the answer has come
    assert rows.all_inner_texts() == ["Orlan Works\t1\t1\tOrlan Works Company", "Nobody\t0\t0\t"]
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
        expect(page.locator(".margin li:target")).to_contain_text("Anna Kern")
        page.get_by_text("Nothing else was said.").select_text()
        page.get_by_role("link", name="Link to the selected words").click()
        expect(page.locator("svg.sheet rect.span")).to_have_count(2)  # a line each
        chosen = page.locator("article .span").all_text_contents()
        assert "".join(chosen) == f"{SENTENCE}\nNothing else was said."
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
    expect(page.locator(".said b")).to_have_text("5: improbable")
    page.get_by_text("Heron").wait_for()
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
    expect(page.locator(".history li")).to_have_count(2)
    page.get_by_role("button", name="Undo decision").last.click()
    page.get_by_text("verdict taken back").wait_for()
    assert second not in own.reviews()
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
