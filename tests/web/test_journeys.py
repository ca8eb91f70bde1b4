"""What a reporter does with the example case, from the first look to a decision, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from casegraph.pipeline.case import Case, open_case
from casegraph.pipeline.chain import DEFAULT
from tests.web.browsing import DESK, DRAWN, IN_A_BROWSER, PHONE, Ear, violations
from tests.web.conftest import served, signed

pytestmark = [*IN_A_BROWSER, pytest.mark.slow]
PATIENCE = 60_000  # milliseconds: a busy machine is no fault


@pytest.fixture
def own(demo: Path, tmp_path: Path) -> Case:
    """The example case, for this test to write to, signed."""
    return open_case(signed(demo, tmp_path / "case"))


@pytest.fixture
def client(own: Case) -> Iterator[httpx.Client]:
    with served(own.folder, chain=DEFAULT) as found:
        yield found


@pytest.fixture
def page(browser: Browser, client: httpx.Client) -> Iterator[Page]:
    """A window on the home of the case; whatever a page should not do fails the test."""
    expect.set_options(timeout=PATIENCE)
    context = browser.new_context(base_url=str(client.base_url), viewport=DESK)
    ear, opened = Ear(str(client.base_url)), context.new_page()
    opened.set_default_timeout(PATIENCE)
    ear.listen(opened)
    opened.goto("/")
    yield opened
    context.close()
    assert not ear.heard


def settled(page: Page) -> None:
    """Wait until what was decided is followed."""
    page.goto("/build")
    page.get_by_role("heading", name="Nothing is being built").wait_for()


def test_a_name_is_found_in_any_script_and_its_page_read(page: Page) -> None:
    page.get_by_label("Search all pages").fill("Рудмина")
    page.keyboard.press("Enter")
    page.locator(".called").get_by_role("link", name="Inga Rudmina").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inga Rudmina")
    card = page.locator("dl.card").first.inner_text()
    assert "Инга Рудмина" in card or "Инга Павловна Рудмина" in card
    assert "inn:789900005199" in card
    page.get_by_role("link", name="Inga Rudmina directs Velmara Trading House, director").first.click()
    expect(page.locator("blockquote")).to_contain_text("Inga Rudmina")


def test_the_evidence_of_a_claim_is_seen_in_the_scan(page: Page) -> None:
    page.goto("/claims?about=Amur+Haven+Bank&kind=payment")
    row = page.locator("tbody tr", has_text="14-bank-letter.pdf").first
    row.get_by_role("link").first.click()
    page.wait_for_url("**/claims/claim-**")
    words = page.locator("blockquote").inner_text()
    clip = page.locator("figure.clip")
    expect(clip.locator("image")).to_be_visible()
    assert (
        page.evaluate(
            "async () => { const one = new Image(); one.src = document.querySelector('image').href.baseVal;"
            " await one.decode(); return one.naturalWidth; }"
        )
        > 500
    )
    assert clip.locator("rect.claim").count() >= 1
    page.get_by_role("link", name=re.compile("page 1$")).first.click()
    marked = page.locator("svg.sheet rect.chosen")
    whole, mark = page.locator("svg.sheet").bounding_box(), marked.first.bounding_box()
    assert whole is not None
    assert mark is not None
    assert whole["y"] < mark["y"] < whole["y"] + whole["height"] / 2
    beside = page.locator("mark:target").inner_text()
    assert " ".join(words.split())[:30] == " ".join(beside.split())[:30]


def test_who_writes_from_a_firms_address_is_not_called_as_the_firm(client: httpx.Client) -> None:
    called = [one for one in client.get("/search.json?q=Velmara").json()["facets"]["entity"] if one["called"]]
    assert "Velmara Trading House LLC" in {one["label"] for one in called}
    assert "Inga Rudmina" not in {one["label"] for one in called}


def test_two_entities_become_one_and_that_is_undone(page: Page, own: Case) -> None:
    pair = next(one for one in own.proposals() if {one.left_name, one.right_name} == {"卢雁舟", "Lu Yanzhou"})
    before = {one.id for one in own.entities()}
    assert {pair.left, pair.right} <= before
    page.get_by_role("link", name=re.compile("pairs of entities")).click()
    page.get_by_role("button", name=f"{pair.left_name} and {pair.right_name}: the same").click()
    settled(page)
    page.goto(f"/entities/{pair.left}")
    card = page.locator("dl.card").inner_text()
    assert "卢雁舟" in card
    assert "Lu Yanzhou" in card
    page.goto(f"/entities/{pair.right}")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^(卢雁舟|Lu Yanzhou)$"))
    expect(page.get_by_text("Heron").first).to_be_visible()
    page.get_by_role("navigation", name="Further").get_by_role("link", name="History").click()
    page.get_by_role("button", name=re.compile("Undo decision")).click()
    page.get_by_text("taken back").wait_for()
    settled(page)
    assert {one.id for one in own.entities()} == before
    page.goto(f"/entities/{pair.left}")
    assert not {"卢雁舟", "Lu Yanzhou"} <= set(page.locator("dl.card dd").nth(1).inner_text().split("; "))


@DRAWN
def test_a_path_is_followed_from_firm_to_firm_to_the_words(page: Page) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Network").click()
    page.locator("#drawing[data-done]").wait_for()
    page.get_by_role("link", name="Ways between two").click()
    page.get_by_label("From", exact=True).first.fill("Taigar-Mekhanika")
    page.get_by_label("To", exact=True).first.fill("Qingsunling Aviation")
    page.get_by_role("button", name="Find", exact=True).click()
    page.wait_for_url(re.compile("from=Taigar"))
    page.locator("#drawing[data-done]").wait_for()
    way = page.locator(".ways > li", has_text="Velmara Trading House").first
    assert "2 steps" in way.inner_text()
    way.get_by_role("link", name=re.compile("^Evidence: .*ownership")).click()
    page.wait_for_url("**/network/ties/**")
    claim = page.locator(".evidence > li", has_text="51").or_(page.locator(".evidence > li")).first
    words = claim.locator("blockquote").inner_text()
    claim.get_by_role("link", name=re.compile("page 1$")).click()
    beside = page.locator("mark:target").inner_text()
    assert " ".join(beside.split())[:20] in " ".join(words.split())


def test_a_claim_is_rejected_and_counts_no_more(page: Page, own: Case) -> None:
    page.goto("/claims?contradicted=yes&kind=delivery")
    link = page.locator("tbody tr .wording a").first
    where = link.get_attribute("href")
    link.click()
    form = page.locator("form", has=page.get_by_role("button", name="Reject"))
    form.get_by_label("Why").fill("the table was misread")
    form.get_by_role("button", name="Reject").click()
    page.get_by_text("the table was misread").wait_for()
    expect(page.locator("h1.struck")).to_have_count(1)
    claim = str(where).rsplit("/", 1)[1]
    assert own.reviews()[claim].verdict == "rejected"
    assert claim not in {one.id for one in own.claims()}
    settled(page)
    page.goto("/claims?review=rejected")
    expect(page.locator("tr.rejected")).to_have_count(1)
    assert (claim in page.request.get("/network.json").text()) is False
    page.goto("/history")
    page.get_by_role("button", name=re.compile("Undo decision")).click()
    page.get_by_text("verdict taken back").wait_for()
    assert claim in {one.id for one in own.claims()}


def test_a_contradiction_is_seen_from_both_sides(page: Page) -> None:
    page.get_by_role("link", name=re.compile("groups? of claims")).click()
    row = page.locator("tbody tr", has_text="denied by China").first
    row.locator(".wording a").click()
    page.wait_for_url("**/claims/claim-**")
    page.locator("ul.against").first.scroll_into_view_if_needed()
    first = page.locator("ul.against > li > a").first
    said, where = first.inner_text(), page.url
    first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said)
    expect(page.locator(".card")).to_contain_text("denies")
    expect(page.locator("ul.against > li > a").first).to_be_visible()
    back = [one.get_attribute("href") for one in page.locator("ul.against > li > a").all()]
    assert back
    page.goto(where)
    page.get_by_role("link", name="All of both sides").click()
    tree = page.locator("h2:has-text('Contradicted') + ul.tree")
    expect(tree).to_contain_text("on one side")
    expect(tree).to_contain_text("on the other")
    assert "sha256:" not in page.get_by_role("main").inner_text()
    tree.get_by_role("link").first.click()
    page.wait_for_url("**/claims/claim-**")


def places(own: Case) -> dict[str, str]:
    """One address of each sort of page and of each sort of document."""
    documents = {row.names[0]: row.id for row in own.documents()}

    def named(part: str) -> str:
        return next(id_ for name, id_ in documents.items() if part in name)

    scan = next(own.claims(document="leak/14-bank-letter.pdf")).id
    against = next(
        one.id for one in own.claims(kind="delivery") if own.origins(one.id).corroboration.contradictions
    )
    entity = next(one.id for one in own.entities() if one.name == "Inga Rudmina")
    both = f"/documents/{named('01-meridian')}/beside/{named('02-halyard')}"
    sorts = ["01-meridian", "06-nanting", "12-contract", "14-bank", "15-mail", "23-customs", "26-waybill"]
    found = {sort: f"/documents/{named(sort)}" for sort in sorts}
    return found | {
        "home": "/",
        "search": "/search?q=Velmara",
        "list": "/batch",
        "searches": "/searches",
        "documents": "/documents",
        "lineage": f"/documents/{named('01-meridian')}/lineage",
        "beside": both,
        "claims": "/claims",
        "together": "/claims?contradicted=yes&group=cluster",
        "claim in a scan": f"/claims/{scan}",
        "claim": f"/claims/{against}",
        "origins": f"/claims/{against}/origins",
        "entities": "/entities",
        "entity": f"/entities/{entity}",
        "proposals": "/proposals",
        "review": "/review",
        "history": "/history",
        "sources": "/sources",
        "network": "/network",
        "ways": "/network/paths?from=Taigar-Mekhanika&to=Qingsunling+Aviation",
        "tie": f"/network/ties/{own.network().ties[0].id}",
        "timeline": "/timeline",
        "map": "/map",
        "problems": "/problems",
        "build": "/build",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_example_can_be_read_by_everybody(page: Page, own: Case, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found = []
    for name, where in places(own).items():
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            page.goto(where)
            found += [f"{name}, {size['width']}: {line}" for line in violations(page)]
            wide = page.evaluate("() => document.documentElement.scrollWidth")
            if wide > size["width"]:
                found.append(f"{name}: {wide} pixels on {size['width']}")
    assert not found
