"""The measures of the trace gate, and its gold set."""

from __future__ import annotations

import itertools
import runpy
import shutil
from pathlib import Path

import pytest

from casegraph.cli.figures import is_ceiling
from casegraph.errors import UsageError
from casegraph.gates import trace
from casegraph.gates.clusters import agreement, by_words, linked, shingles
from casegraph.gates.stories import Edge, Gold, load
from casegraph.gates.trace import measured
from casegraph.gates.traced import Traced
from casegraph.model import (
    Claim,
    Contradiction,
    Corroboration,
    Derivation,
    Drift,
    Independence,
    MadeBy,
    Origin,
    Page,
    Target,
)

FOLDER = Path(__file__).parents[2] / "gold" / "trace"


def test_pairs_and_adjusted_rand_index_are_those_of_the_example_by_hand() -> None:
    # 6 things: truth {1 2 3} {4 5 6}, found {1 2} {3 4} {5 6}.
    # Pairs true 6, found 3, both 2 (1-2, 5-6); by chance 6*3/15 = 1.2; (2-1.2)/(4.5-1.2) = 0.2424.
    truth = dict(enumerate("aaabbb", 1))
    found = dict(enumerate("xxyyzz", 1))
    result = agreement(found, truth)
    assert result.precision == pytest.approx(2 / 3)
    assert result.recall == pytest.approx(2 / 6)
    assert result.f1 == pytest.approx(4 / 9)
    assert result.ari == pytest.approx(0.8 / 3.3)


def test_a_clustering_agrees_with_itself_and_what_it_leaves_out_stands_alone() -> None:
    truth = {"a": 1, "b": 1, "c": 2}
    assert agreement(truth, truth).ari == 1
    nothing = agreement({}, truth)
    assert (nothing.precision, nothing.recall, nothing.ari) == (1, 0, 0)
    assert agreement({}, {"a": 1, "b": 2}).ari == 1


def test_single_linkage_joins_through_others() -> None:
    groups = linked([("a", "b"), ("c", "b"), ("d", "e")], list("abcdef"))
    assert groups == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "d", "f": "f"}


def test_three_grams_take_a_han_sign_for_a_word() -> None:
    assert shingles("The Crane fell") == {("the", "crane", "fell")}
    assert len(shingles("起重机倒了")) == 3


def test_plain_words_find_a_reprint_at_the_best_threshold() -> None:
    words = "the crane went over like a tree and two men are missing in the port"
    texts = {"one": words, "two": words + " tonight", "three": "a bank was fined by a court in spring"}
    found, threshold = by_words(texts, {"one": 1, "two": 1, "three": 3})
    assert found.f1 == 1
    assert 0 < threshold < 1


def test_clusters_pass_through_absent_documents_but_not_through_quotations() -> None:
    gold = Gold(
        files=dict.fromkeys(("a", "b", "c", "d"), ""),
        edges=[
            Edge("a", "gone", "rewrite", "was_derived_from"),
            Edge("b", "gone", "reprint", "was_quoted_from"),
            Edge("c", "a", "quotation", "was_quoted_from"),
        ],
    )
    groups = gold.clusters()
    assert groups["a"] == groups["b"]
    assert len(set(groups.values())) == 3
    assert gold.ancestors()["c"] == {"a", "gone"}
    assert gold.versions()["gone"] == {"gone", "b"}


@pytest.mark.parametrize("folder", [FOLDER, FOLDER / "heldout", FOLDER / "unseen", FOLDER / "blind"])
def test_the_gold_set_is_whole(folder: Path) -> None:
    gold = load(folder)
    truth = {claim.id: claim for claim in gold.claims}
    sizes = {
        story: len(list(own))
        for story, own in itertools.groupby(sorted(gold.story.values()))
    }  # fmt: skip
    assert all(10 <= size <= 40 for size in sizes.values())
    for mark in (mark for own in gold.marks.values() for mark in own):
        assert mark.origin in truth[mark.claim].letters, mark
    told = {(mark.claim, mark.origin) for own in gold.marks.values() for mark in own}
    makes = {(mark.claim, mark.file) for own in gold.marks.values() for mark in own}
    ancestors = gold.ancestors()
    for claim in gold.claims:
        assert claim.independent <= {frozenset(two) for two in itertools.combinations(claim.letters, 2)}
        assert {letter for id_, letter in told if id_ == claim.id} == set(claim.letters), claim.id
        assert claim.denies <= set(claim.letters), claim.id
        for kind, *sides in claim.conflicts:
            assert all(one not in gold.files or (claim.id, one) in makes for one in sides), (claim.id, kind)
        for kind, before, after in claim.drifts:
            assert before in ancestors[after], (claim.id, kind, before, after)
            assert (claim.id, after) in makes, (claim.id, kind, after)


def test_a_gold_set_that_speaks_of_a_missing_article_is_refused(tmp_path: Path) -> None:
    for name in ("articles.jsonl", "stories.jsonl"):
        shutil.copy(FOLDER / name, tmp_path)
    lines = (tmp_path / "articles.jsonl").read_text("utf-8").splitlines()
    (tmp_path / "articles.jsonl").write_text("\n".join(lines[1:]), "utf-8")
    with pytest.raises(UsageError, match="none of its articles"):
        load(tmp_path)


def test_making_the_gold_set_anew_gives_the_same_bytes(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "trace")
    runpy.run_path(str(tmp_path / "trace" / "make.py"), run_name="__main__")
    parts = ".", "newsroom", "heldout", "unseen", "blind"
    for part, name in itertools.product(parts, ("articles.jsonl", "stories.jsonl")):
        assert (tmp_path / "trace" / part / name).read_bytes() == (FOLDER / part / name).read_bytes()


# -- the whole gate, on a story of three documents ----------------------------------------------------------

WORDS = "Nobody asked where the machines were."


def _target(file: str) -> Target:
    return Target(document=file, page=1, start=0, end=len(WORDS), exact=WORDS)


def _claim(file: str) -> Claim:
    return Claim(
        id=f"claim-{file}", document=file, kind="statement", stance="asserts", content_target=_target(file),
        evidence=(_target(file),), made_by=MadeBy(extractor="test", version=1, score=1),
    )  # fmt: skip


def _gold(tmp_path: Path) -> Gold:
    claim = (
        '{"id":1,"kind":"statement","origins":{"a":"","b":""},"independent":["ab"],'
        '"contradictions":[{"kind":"values","sides":["wire","own"]}],'
        '"drift":[{"kind":"hedge-lost","before":"wire","after":"copy"}]}'
    )
    edge = (
        '{"document":"copy","source":"wire","strength":"rewrite","relation":"was_derived_from","known":true,'
        '"names":["HPA"]}'
    )
    (tmp_path / "stories.jsonl").write_text(
        f'{{"story":"s","edges":[{edge}],"absent":[],"claims":[{claim}]}}\n', "utf-8"
    )
    rows = [
        f'{{"story":"s","id":"{name}","file":"s-{name}","raw":"","marks":[{{"claim":1,"origin":"{origin}",'
        f'"words":"{WORDS}"}}]}}\n'
        for name, origin in (("wire", "a"), ("copy", "a"), ("own", "b"))
    ]
    (tmp_path / "articles.jsonl").write_text("".join(rows), "utf-8")
    return load(tmp_path)


def _derivation(document: str, source: str) -> Derivation:
    return Derivation(
        id="d", document=document, source=source, relation="was_derived_from", strength="rewrite", share=1,
        direction="shown", score=1, story="s",
    )  # fmt: skip


def _made(derivations: tuple[Derivation, ...], corroboration: Corroboration) -> Traced:
    files = ("s-wire", "s-copy", "s-own")
    pages: dict[str, tuple[Page, ...]] = {
        file: (Page(id=f"page-{file}", document=file, number=1, text=WORDS),) for file in files
    }
    claims = {f"claim-{file}": _claim(file) for file in files}
    return Traced({file: file for file in files}, pages, claims, derivations, (corroboration,))


def _origin(id_: str, *files: str) -> Origin:
    return Origin(
        id=id_, kind="person", name=id_, claims=tuple(f"claim-{file}" for file in files), documents=files
    )


def _cluster(
    origins: tuple[Origin, ...], independent: int, contradiction: Contradiction, *drifts: Drift
) -> Corroboration:
    files = ("s-copy", "s-own", "s-wire")
    pair = Independence(left=origins[0].id, right=origins[1].id, value="independent", reason="test", words="")
    return Corroboration(
        id="c",
        kind="statement",
        caption="",
        claims=tuple(f"claim-{file}" for file in files),
        documents=files,
        origins=origins,
        pairs=(pair,),
        independent=independent,
        contradictions=(contradiction,), drifts=drifts,
    )  # fmt: skip


def _conflict(left: str, right: str) -> Contradiction:
    return Contradiction(id="x", kind="values", left=(f"claim-{left}",), right=(f"claim-{right}",), words="")


def test_what_is_right_scores_one(tmp_path: Path) -> None:
    drift = Drift(
        id="y", kind="hedge-lost", before="claim-s-wire", after="claim-s-copy", derivation="d", words=""
    )
    origins = _origin("a", "s-wire", "s-copy"), _origin("b", "s-own")
    cluster = _cluster(origins, 2, _conflict("s-own", "s-copy"), drift)
    figures, remarks = measured(_gold(tmp_path), _made((_derivation("s-copy", "s-wire"),), cluster))
    ones = [
        "copies.f1", "copies.ari", "direction.accuracy", "direction.recall", "relation.accuracy",
        "origins.exact", "independent.precision", "independent.recall", "contradictions.f1", "drift.f1",
        "rewrite.recall", "claims.recall",
    ]  # fmt: skip
    assert {name: figures[name] for name in ones} == dict.fromkeys(ones, 1.0)
    assert not any(value for name, value in figures.items() if name.startswith("false"))
    assert len(remarks) == 2


def test_what_is_wrong_is_counted(tmp_path: Path) -> None:
    origins = _origin("a", "s-wire"), _origin("b", "s-copy"), _origin("c", "s-own")
    cluster = _cluster(origins, 3, _conflict("s-wire", "s-copy"))
    derivations = (_derivation("s-wire", "s-copy"), _derivation("s-own", "s-wire"))
    figures, _ = measured(_gold(tmp_path), _made(derivations, cluster))
    assert figures["false.direction.wrong"] == 1
    assert figures["false.copies.same-event"] == 1
    assert figures["direction.accuracy"] == 0
    assert figures["copies.precision"] == pytest.approx(1 / 3)
    assert figures["origins.exact"] == 0
    assert figures["origins.off-by-one"] == 1
    assert figures["false.origins.too-many"] == 1
    assert figures["false.independent"] == 1
    assert figures["contradictions.precision"] == figures["contradictions.recall"] == 0
    assert figures["drift.recall"] == 0


def test_the_held_out_parts_are_measured_each_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origins = _origin("a", "s-wire"), _origin("b", "s-own")
    cluster = _cluster(origins, 2, _conflict("s-own", "s-copy"))
    for part in ("heldout", "blind"):
        (tmp_path / part).mkdir()
        _gold(tmp_path / part)
    made = iter([_made((_derivation("s-copy", "s-wire"),), cluster), _made((), cluster)])
    monkeypatch.setattr(trace, "traced", lambda _files: next(made))
    figures = trace.gate(tmp_path, held_out=True)
    assert (figures["copies.f1"], figures["blind.copies.f1"]) == (1, 0)
    assert is_ceiling("blind.false.independent")
    assert is_ceiling("false.independent")
    assert not is_ceiling("blind.independent.precision")
