from __future__ import annotations

import msgspec
import pytest
from lxml import etree

from casegraph.model import (
    Attribution,
    Claim,
    Contradiction,
    Corroboration,
    Date,
    Derivation,
    Document,
    Drift,
    Independence,
    MadeBy,
    Origin,
    Party,
    Passage,
    Qualifiers,
    Quantity,
    Sign,
    Stance,
    Step,
    Target,
)
from casegraph.publish.trees import Beside, Branch, lineage, origins, summary, svg


def document(name: str, *, publisher: str | None = None, day: str | None = None) -> Document:
    return Document(
        id=f"sha256:{name}",
        media_type="text/html",
        size=1,
        title=f"Title of {name}",
        publisher=publisher,
        published=Date(start=day, end=None, text=day) if day else None,
        pages=1,
    )


def target(name: str, words: str) -> Target:
    return Target(document=f"sha256:{name}", page=1, start=0, end=len(words), exact=words)


def derivation(
    name: str, source: str | None, *, work: str | None = None, direction: str = "shown"
) -> Derivation:
    return Derivation(
        id=f"derivation-{name}",
        document=f"sha256:{name}",
        source=f"sha256:{source}" if source else None,
        work=work,
        relation="was_derived_from",
        strength="reprint" if source else "cited",
        share=0.8,
        direction=direction,  # type: ignore[arg-type]  # one of the three
        score=0.9,
        story="story-1",
        signs=(
            Sign(
                feature="credit", weight=3.0, words="it credits the Wire", targets=(target(name, "The Wire"),)
            ),
        ),
        passages=(
            Passage(
                target=target(name, "The crane fell."),
                source=target(source or name, "The crane fell."),
                similarity=1.0,
            ),
        ),
    )


DOCUMENTS = {
    one.id: one
    for one in (
        document("wire", publisher="The Wire", day="2024-05-01"),
        document("post", publisher="The Post", day="2024-05-02"),
        document("mail", publisher="The Mail", day="2024-05-03"),
    )
}
NAMES = {f"sha256:{name}": f"{name}.html" for name in ("wire", "post", "mail")}


def shape(tree: Branch) -> list[tuple[int, str]]:
    return [(depth, branch.label.split(",")[0]) for depth, branch in tree.walk()]


def test_a_chain_of_copies_is_a_tree_from_the_first_down() -> None:
    tree = lineage("sha256:mail", [derivation("post", "wire"), derivation("mail", "post")], DOCUMENTS, NAMES)
    assert shape(tree) == [(0, "The Wire"), (1, "The Post"), (2, "The Mail")]
    *_, (_, last) = tree.walk()
    assert last.tone == "asked"
    assert last.notes == (
        "a reprint of The Post, with cuts or additions (80% of it); it came later",
        "\u2013 it credits the Wire (mail.html: \u201cThe Wire\u201d)",
        "the same words: \u201cThe crane fell.\u201d",
    )
    assert tree.label == "The Wire, \u201cTitle of wire\u201d, 1 May 2024 [wire.html]"
    assert tree.notes == ("2 documents go back to it",)


def test_who_is_only_named_has_no_share() -> None:
    named = msgspec.structs.replace(derivation("post", "wire"), strength="cited", share=0.0)
    *_, (_, last) = lineage("sha256:post", [named], DOCUMENTS, NAMES).walk()
    assert last.notes[0] == "names The Wire as its source; it came later"


def test_a_work_that_is_not_held_is_the_beginning() -> None:
    tree = lineage("sha256:post", [derivation("post", None, work="Reuters")], DOCUMENTS, NAMES)
    assert shape(tree) == [(0, "Reuters (not in the case)"), (1, "The Post")]


def test_two_beginnings_and_a_circle_both_end() -> None:
    made = [derivation("mail", "wire"), derivation("mail", None, work="A paper")]
    assert shape(lineage("sha256:mail", made, DOCUMENTS, NAMES)) == [
        (0, "a story with more than one beginning"), (1, "The Wire"), (2, "The Mail"),
        (1, "A paper (not in the case)"), (2, "The Mail"),
    ]  # fmt: skip
    circle = [derivation("mail", "post"), derivation("post", "mail")]
    assert {words for _, words in shape(lineage("sha256:mail", circle, DOCUMENTS, NAMES))} == {
        "The Mail",
        "The Post",
    }


def test_a_document_without_kin_says_so() -> None:
    (branch,) = (one for _, one in lineage("sha256:wire", [], DOCUMENTS, NAMES).walk())
    assert "nothing in the case was made from it" in branch.notes[0]


def corroboration() -> Corroboration:
    first, second = (
        Origin(
            id=f"origin-{name}", kind="person", name=name, claims=("claim-1",), documents=("sha256:wire",),
            road=(Step(document="sha256:wire", words=f"The Wire quotes {name}"),),
        )
        for name in ("Anna Kern", "Otto Wren")
    )  # fmt: skip
    return Corroboration(
        id="corroboration-1", kind="delivery", caption="Orlan Works \u2192 Vega: cranes",
        claims=("claim-1", "claim-2"), documents=("sha256:post", "sha256:wire"), origins=(first, second),
        pairs=(Independence(left="origin-Anna Kern", right="origin-Otto Wren", value="independent",
                            reason="different-witnesses", words="two witnesses of different firms"),),
        independent=2, undetermined=0,
        contradictions=(Contradiction(id="c", kind="denial", left=("claim-1",), right=("claim-2",),
                                      words="Vega denies it"),),
        drifts=(Drift(id="d", kind="number-changed", before="claim-1", after="claim-2",
                      derivation="derivation-post", was="seven", became="six", words="seven became six"),),
        credibility=2, signs=(Sign(feature="independent", weight=1.0, words="two origins are independent"),),
    )  # fmt: skip


def test_origins_say_who_and_what_speaks_against() -> None:
    tree = origins(corroboration(), (), DOCUMENTS, NAMES)
    words = "\n".join(part for _, branch in tree.walk() for part in (branch.label, *branch.notes))
    for expected in (
        "2 known independent origins",
        "The Wire quotes Anna Kern",
        "Anna Kern and Otto Wren: shown to be independent",
        "two witnesses of different firms",
        "Vega denies it",
        "seven became six",
        "2: probably true (proposed by the program; a person decides)",
    ):
        assert expected in words


def claim(number: int, name: str, *, stance: Stance = "asserts", quantity: float | None = None) -> Claim:
    words = f"claim {number}"
    parties = {"supplier": "Orlan Works", "recipient": "Vega", "goods": "cranes"}
    many = Quantity(minimum=quantity, maximum=None, unit="item") if quantity else None
    return Claim(
        id=f"claim-{number}", document=f"sha256:{name}", kind="delivery", stance=stance,
        roles={role: Party(name=who, target=target(name, who)) for role, who in parties.items()},
        qualifiers=Qualifiers(quantity=many), attribution=(Attribution(role="publisher", speaker=name),),
        content_target=target(name, words), evidence=(target(name, words),),
        made_by=MadeBy(extractor="testing", version=1, score=1.0),
    )  # fmt: skip


def test_both_sides_of_a_contradiction_stand_beside_each_other() -> None:
    claims = (claim(1, "wire", quantity=7), claim(2, "post", stance="denies"))
    tree = origins(corroboration(), claims, DOCUMENTS, NAMES)
    (against,) = next(part for part in tree.branches if part.label == "contradicted").branches
    assert isinstance(against, Beside)
    assert [[one.notes for one in side.branches] for side in against.branches] == [
        [("\u201cclaim 1\u201d", "The Wire, 1 May 2024", "wire.html")],
        [("\u201cclaim 2\u201d", "The Post, 2 May 2024", "post.html")],
    ]
    drawn = etree.fromstring("".join(svg(tree, "x")).encode())
    lines = [line for line in drawn.iter() if line.tag.endswith("text")]
    left, right = (
        next(one.attrib for one in lines if one.text == f"\u201cclaim {number}\u201d") for number in (1, 2)
    )
    assert left["y"] == right["y"]
    assert float(left["x"]) < 480 < float(right["x"])


def test_a_claim_is_told_in_a_sentence() -> None:
    (tree,) = (origins(corroboration(), (claim(1, "wire", quantity=7),), DOCUMENTS, NAMES),)
    assert tree.label == "Orlan Works delivered at least 7 cranes to Vega"
    denied = (claim(1, "wire", stance="denies"), claim(2, "post", stance="denies"))
    told = origins(corroboration(), denied, DOCUMENTS, NAMES).label
    assert told == "denied: Orlan Works delivered cranes to Vega"


def test_a_long_story_is_folded_around_what_was_asked_about() -> None:
    made = [derivation(f"copy{number:02}", "wire") for number in range(30)]
    tree = lineage("sha256:copy29", made, DOCUMENTS, NAMES)
    assert len(tree.branches) == 12
    assert tree.branches[-1].label == "and 19 documents more, not shown"
    assert [one.label for one in tree.branches if one.tone == "asked"] == ["sha256:copy29"]
    assert len(lineage("sha256:copy29", made, DOCUMENTS, NAMES, full=True).branches) == 30


def test_words_from_the_right_turn_nothing_beside_them() -> None:
    arabic = "\u0645\u0631\u062d\u0628\u0627 \u0628\u0643"
    drawn = "".join(svg(Branch(f"The Post, \u201c{arabic}\u201d, 1 May"), ""))
    assert f"\u201c\u2068{arabic}\u2069\u201d, 1 May" in drawn


@pytest.mark.parametrize(
    ("independent", "undetermined", "words"),
    [
        (0, 0, "no origin is known"),
        (1, 0, "1 known independent origin"),
        (1, 3, "1 known independent origin, 3 undetermined"),
        (2, 1, "2 known independent origins, 1 undetermined"),
    ],
)
def test_the_count_that_a_reader_sees(independent: int, undetermined: int, words: str) -> None:
    assert summary(independent, undetermined) == words


def test_a_drawing_is_xml_without_anything_that_runs_or_loads() -> None:
    nasty = "<script>alert(1)</script> & \u202eevil \x07 " + "\u6c49\u5b57" * 90
    tree = Branch(nasty, ("a note " * 60,), (Branch("below", tone="bad"), Branch("last")), "asked")
    drawn = "".join(svg(tree, nasty))
    root = etree.fromstring(drawn.encode())
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags == {"svg", "title", "style", "rect", "path", "text"}
    lines = [element for element in root.iter() if element.tag.endswith("text")]
    assert "".join(line.text or "" for line in lines).count("\u6c49") == 90
    assert "\u202e" not in drawn
    heights = [float(line.attrib["y"]) for line in lines]
    assert heights == sorted(heights)
    assert max(heights) < float(root.attrib["viewBox"].split()[3])
