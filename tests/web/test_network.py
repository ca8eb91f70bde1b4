"""The drawing of a network of more than a thousand: found, moved, pinned, left as it was, saved."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from typing import get_args

import httpx
import pytest
from lxml import etree
from msgspec.structs import asdict
from playwright.sync_api import Page, Route, expect

from casegraph.model import Network, Node, Standing, Tie
from casegraph.pipeline.case import Case
from casegraph.web.drawing.sheet import sheet
from tests.web.browsing import DRAWN, IN_A_BROWSER, Opened, violations
from tests.web.conftest import served

pytestmark = [*IN_A_BROWSER, DRAWN]
ENTITIES = 1200
TIES = 2500
HUB = "Veld Trading"
PLACES = (
    "() => JSON.parse(Object.entries(localStorage).find(([key]) => key.startsWith('casegraph:layout:'))[1])"
)
DARKER = """
async () => {
  const drawn = await createImageBitmap(document.querySelector("#canvas canvas"));
  const { width, height } = drawn;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  context.drawImage(drawn, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  let count = 0;
  for (let at = 3; at < data.length; at += 4) count += data[at] > 60;
  return count / (width * height);
}
"""


def crowd(case: Case) -> bytes:
    """Return a made network around a tie of the case, as the server tells it."""
    rolled = random.Random(5)
    evidence = case.network(["Orlan Works"]).ties[0]
    ids = [f"entity-{number:040x}" for number in range(ENTITIES)]
    names = [HUB, "Mole Harbour Ltd", *(f"Firm {number}" for number in range(2, ENTITIES))]
    schemas = itertools.cycle(["Company", "Person", "Address", "Vessel"])
    standings = itertools.cycle(get_args(Standing))
    pairs = [(0, number) for number in range(1, 131)] + [
        rolled.sample(range(ENTITIES), 2) for _ in range(TIES)
    ]
    ties = [
        Tie(
            id=evidence.id if number == 0 else f"tie-{number:040x}",
            kind="payment",
            source=ids[one],
            target=ids[other],
            directed=True,
            standing=next(standings),
            claims=("claim-1",),
        )
        for number, (one, other) in enumerate(pairs)
    ]
    nodes = [
        Node(id=one, name=name, schema=schema, neighbours=130 if name == HUB else 4)
        for one, name, schema in zip(ids, names, schemas, strict=False)
    ]
    found = sheet(Network(nodes=tuple(nodes), ties=tuple(ties)), ())
    return json.dumps({"nodes": asdict(found.nodes), "ties": asdict(found.ties), "about": []}).encode()


@pytest.fixture
def client(own: Case) -> Iterator[httpx.Client]:
    with served(own.folder) as found:
        yield found


@pytest.fixture
def page(opened: Opened, own: Case) -> Page:
    """A window in which the server's network is a crowd."""
    body = crowd(own)

    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="application/json")

    found = opened("/")
    found.route("**/network/sheet*", answer)
    return found


def come_to_rest(page: Page) -> None:
    page.locator("#drawing[data-done] #state[data-drawn]").wait_for(state="attached")


def middle(page: Page) -> tuple[float, float]:
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def find(page: Page, name: str) -> None:
    page.get_by_label("Find").fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary").get_by_role("heading")).to_have_text(name)


def test_a_crowd_is_drawn_answers_and_stays_where_it_was_left(page: Page) -> None:
    panel = page.get_by_role("complementary")
    page.goto("/network?limit=5000")
    come_to_rest(page)
    assert page.evaluate(DARKER) > 0.01
    assert not violations(page)
    find(page, HUB)
    panel.get_by_role("button", name="further").click()
    expect(panel.get_by_role("button", name="Firm 130: payment")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.locator("#canvas").scroll_into_view_if_needed()
    find(page, HUB)
    x, y = middle(page)
    page.mouse.move(x, y)  # in its middle stands what was found
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=5)
    page.mouse.up()
    panel.get_by_role("button", name="Close").click()
    left = page.evaluate(PLACES)
    assert len(left) == ENTITIES
    page.reload()
    come_to_rest(page)
    assert page.evaluate(PLACES) == left
    find(page, HUB)
    panel.get_by_role("button", name="Pin").click()
    page.get_by_role("button", name="Lay out again").click()
    page.locator("#drawing[data-done='2']").wait_for()
    again = page.evaluate(PLACES)
    hub = f"entity-{0:040x}"
    assert again[hub] == [*left[hub][:2], 1]
    assert sum(again[one][:2] != left[one][:2] for one in left) > ENTITIES / 2
    panel.get_by_role("button", name=f"{HUB} → Mole Harbour Ltd: payment (1)").click()
    panel.get_by_text("Anna Kern says that Orlan Works met Otto Wren.").wait_for()
    panel.get_by_role("button", name="Ties of Mole Harbour Ltd").click()
    expect(panel.get_by_role("heading")).to_have_text("Mole Harbour Ltd")


def test_what_is_under_the_pointer_is_chosen_and_the_view_moves(page: Page) -> None:
    panel = page.get_by_role("complementary")
    page.goto("/network?limit=5000")
    come_to_rest(page)
    find(page, HUB)
    panel.get_by_role("button", name="Close").click()
    find(page, HUB)
    page.locator("#canvas").click()
    expect(panel.get_by_role("heading")).to_have_text(HUB)
    page.locator("#canvas").focus()
    for key in ("ArrowLeft", "ArrowUp", "+", "-"):
        page.keyboard.press(key)
    x, y = middle(page)
    page.mouse.click(x + 60, y + 60)  # where it has been moved to
    expect(panel.get_by_role("heading")).to_have_text(HUB)


def test_a_crowd_is_saved_as_a_picture(page: Page) -> None:
    page.goto("/network?limit=5000")
    come_to_rest(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="SVG").click()
    texts = list(etree.parse(saved.value.path()).iter("{http://www.w3.org/2000/svg}tspan"))
    assert len(texts) >= ENTITIES
    with page.expect_download() as saved:
        page.get_by_role("button", name="PNG").click()
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")


def test_a_browser_without_canvases_for_workers_draws_too(page: Page) -> None:
    page.add_init_script("delete window.OffscreenCanvas")
    page.goto("/network?limit=5000")
    come_to_rest(page)
    assert page.evaluate(DARKER) > 0.01
