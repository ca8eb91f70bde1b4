"""The reader: a page as it came, its words and claims; what two documents share."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from PIL import Image

from casegraph.model import Derivation, Page, Passage, Target
from casegraph.pipeline.case import Case, open_case
from casegraph.pipeline.pictures import Kept
from casegraph.read.picture import picture
from casegraph.web.app import SEALED
from casegraph.web.views.beside import compared
from tests.web.conftest import SEEING, SENTENCE, served, tree_of

pytestmark = pytest.mark.loopback


@pytest.fixture
def shown(seen: Path) -> Case:
    return open_case(seen, chain=SEEING)


@pytest.fixture
def reader(seen: Path) -> Iterator[httpx.Client]:
    with served(seen, chain=SEEING) as found:
        yield found


Edges = tuple[float, float, float, float]


def marked(page: str, name: str) -> list[Edges]:
    """Return left, top, right and bottom of the marks of a sort on a picture, as shares of the page."""
    (svg,) = tree_of(page).xpath("//*[local-name()='svg']")
    _, _, width, height = map(float, svg.get("viewbox").split())
    found = []
    for one in svg.xpath(".//rect"):
        if name in one.get("class").split():
            x, y, wide, high = (float(one.get(key)) for key in ("x", "y", "width", "height"))
            found.append((x / width, y / height, (x + wide) / width, (y + high) / height))
    return found


def ink(image: Image.Image, box: Edges) -> int:
    """Return the dark pixels in a box."""
    left, top, right, bottom = map(round, box)
    return sum(image.convert("L").crop((left, top, right, bottom)).histogram()[:128])


def test_the_words_of_a_claim_are_marked_where_they_stand(reader: httpx.Client, shown: Case) -> None:
    claim = next(shown.claims(document="notice.pdf"))
    where = f"/documents/{claim.document}"
    page = reader.get(where, params={"claim": claim.id}).text
    ((left, top, right, bottom),) = marked(page, "chosen")
    data = reader.get(str(tree_of(page).xpath("//*[local-name()='image']/@href")[0]))
    assert data.headers["content-type"] == "image/webp"
    with Image.open(io.BytesIO(data.content)) as image:
        assert image.width == 1_400
        box = (left * image.width, top * image.height, right * image.width, bottom * image.height)
        assert 0.95 < ink(image, box) / ink(image, (0, box[1], image.width, box[3])) <= 1
        assert ink(image, box) > 500
    names = marked(page, "name")
    assert len(names) >= 3  # Anna Kern, Orlan Works, Otto Wren: all within the claim's line
    assert sum(top - 0.01 <= one[1] and one[3] <= bottom + 0.01 for one in names) == 3
    assert not marked(reader.get(where).text, "chosen")
    assert len(marked(reader.get(f"/claims/{claim.id}").text, "chosen")) == 1


def test_words_have_an_address(reader: httpx.Client, shown: Case) -> None:
    page = next(shown.pages("notice.pdf"))
    start = page.text.index("Nothing")
    where = {"from": start, "to": start + len("Nothing else")}
    text = reader.get(f"/documents/{page.document}", params=where).text
    root = tree_of(text)
    assert root.xpath("//article//*[@id='span']")
    assert "".join(one.text_content() for one in root.xpath("//*[@class='span']")) == "Nothing else"
    assert len(marked(text, "span")) == 1
    for odd in ({"from": 5}, {"from": 5, "to": 5}, {"from": 0, "to": 9_999}, {"from": -1, "to": 5}):
        assert reader.get(f"/documents/{page.document}", params=odd).status_code in {400, 404}


def test_a_claim_stands_in_the_margin_with_its_speaker(reader: httpx.Client, shown: Case) -> None:
    claim = next(shown.claims(document="letter.eml"))
    root = tree_of(reader.get(f"/documents/{claim.document}").text)
    (card,) = root.xpath("//ol[@class='margin']/li")
    assert "Vera Lind" in card.text_content()
    assert "denies" in card.xpath(".//span[contains(@class, 'stance')]")[0].text_content()
    (ref,) = root.xpath("//article//a[@class='ref']/@href")
    assert ref == f"#{card.get('id')}"
    names = {one.text_content() for one in root.xpath("//article//a[@class='name']")}
    assert {"Vera Lind", "Orlan Works", "Otto Wren"} <= names


def test_a_mail_leads_to_what_came_with_it(reader: httpx.Client, shown: Case) -> None:
    mail = next(row for row in shown.documents() if row.names[0] == "letter.eml")
    root = tree_of(reader.get(f"/documents/{mail.id}").text)
    inside = root.xpath("//section[@aria-label='What it holds']//a")
    assert [one.text for one in inside] == ["notice.pdf", "list.csv"]
    assert "message-id" in root.xpath("//details")[0].text_content()
    for one in inside:
        page = tree_of(reader.get(one.get("href")).text)
        assert f"/documents/{mail.id}" in page.xpath("//ul[@class='doing']//a/@href")
    table = page.xpath("//table[@class='cells']/tr")
    assert [[cell.text_content() for cell in row] for row in table] == [
        ["ship", "cargo"],
        ["Heron", "cranes"],
    ]
    assert [cell.tag for cell in table[0]] == ["th", "th"]


def test_a_web_page_is_text(reader: httpx.Client, shown: Case) -> None:
    page = next(shown.pages("port.html"))
    root = tree_of(reader.get(f"/documents/{page.document}").text)
    (article,) = root.xpath("//article")
    assert SENTENCE in article.text_content()
    assert "<img src=x onerror=alert(4)>" in article.xpath(".//table")[0].text_content()
    assert not root.xpath("//img | //script[not(@src='/static/reader.js')] | //*[@onerror]")


def test_an_original_is_saved_and_never_shown(reader: httpx.Client, shown: Case) -> None:
    page = next(row for row in shown.documents() if row.names[0] == "port.html")
    answer = reader.get(f"/documents/{page.id}/original")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''port.html"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == SEALED
    assert b"<script>alert(5)</script>" in answer.content
    for where in (
        f"/documents/{page.id}/pages/1/image", "/documents/ffffffff/original", "/documents/..%2fx/original"
    ):  # fmt: skip
        assert reader.get(where).status_code == 404


@pytest.mark.parametrize("which", ["0", "2", "x", "1" * 9, "1?size=odd"])
def test_a_picture_that_is_not_there(reader: httpx.Client, shown: Case, which: str) -> None:
    page = next(shown.pages("notice.pdf"))
    number, _, query = which.partition("?")
    assert reader.get(f"/documents/{page.document}/pages/{number}/image?{query}").status_code == 404


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_pictures_are_bounded_and_upright(kind: str) -> None:
    file = io.BytesIO()
    made = Image.new("RGBA", (3_000, 20), (0, 0, 0, 0))
    exif = made.getexif()
    exif[0x0112] = 6  # turned: what is wide is shown tall
    made.save(file, kind, exif=exif)
    with Image.open(io.BytesIO(picture(file.getvalue(), f"image/{kind.lower()}", 1, 1_400))) as found:
        assert (found.format, found.size) == ("WEBP", (20, 3_000))
        assert found.getexif().get(0x0112) is None
        assert found.convert("L").getpixel((5, 5)) == 255  # on white, not on black
    assert picture(file.getvalue(), f"image/{kind.lower()}", 2, 1_400) == b""
    assert picture(b"no image", "image/png", 1, 1_400) == b""
    assert picture(b"%PDF-1.4 no page", "application/pdf", 1, 1_400) == b""


def test_pictures_are_let_go_of() -> None:
    held = Kept(most=10)
    for name in ("a", "b", "a", "c"):
        held.put((name, 1, 1), b"xxxxx")
    assert [held.get((name, 1, 1)) is not None for name in "abc"] == [True, False, True]


def test_what_two_passages_do_not_share_is_told() -> None:
    left, right = compared("Seven cranes left the port.", "Eight cranes left the old port.")
    assert [bit.text for bit in left if bit.only] == ["Seven"]
    assert "".join(bit.text for bit in right) == "Eight cranes left the old port."
    assert [bit.text.strip() for bit in right if bit.only] == ["Eight", "old"]
    for one in compared("Seven cranes left.", "Семь кранов ушли."):
        assert not any(bit.only for bit in one)  # another language: nothing to compare word by word


def test_documents_lie_side_by_side(
    shown: Case, reader: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf, web = next(shown.pages("notice.pdf")), next(shown.pages("port.html"))

    def at(page: Page) -> Target:
        start = page.text.index(SENTENCE)
        return page.target(start, start + len(SENTENCE))

    made = Derivation(
        id="derivation-1", document=web.document, source=pdf.document, relation="was_derived_from",
        strength="rewrite", share=0.4, direction="shown", score=0.9, story="story-1",
        passages=(Passage(target=at(web), source=at(pdf), similarity=1.0),),
    )  # fmt: skip
    monkeypatch.setattr(Case, "derivations", lambda _, of: iter([made] if of == web.document else []))
    for left, right in ((web, pdf), (pdf, web)):
        where = f"/documents/{left.document}/beside/{right.document}"
        told = reader.get(where + ".json").json()
        shared = [row for row in told["rows"] if row["similarity"] is not None]
        assert [[row[side]["bits"] for side in ("left", "right")] for row in shared] == [
            [[{"text": SENTENCE, "only": False}]] * 2
        ]
        for side, page in (("left", left), ("right", right)):
            words = " ".join(row[side]["bits"][0]["text"] for row in told["rows"] if row[side])
            assert words.split() == page.text.split()
        links = tree_of(reader.get(where).text).xpath("//a[@class='where']/@href")
        assert reader.get(str(links[-1])).status_code == 200
    assert reader.get(f"/documents/{pdf.document}/beside/{pdf.document}").status_code == 404
