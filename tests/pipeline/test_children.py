"""Documents inside documents: taken up, named by their paths, followed when containers change."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from casegraph.model import content_id
from casegraph.pipeline.case import Case, open_case
from tests.pipeline.conftest import CHAIN, MakeCase, add, news, tree

INNER = "Mia Holt says that Orlan Works sold a crane to Otto Wren."
LEAK = {
    "mail/one.txt": "Anna Kern says that Orlan Works met Otto Wren.",
    "deep": {"box": {"two.txt": INNER}},
    "again.txt": INNER,
}


def container(holds: Mapping[str, object]) -> str:
    return json.dumps({"holds": holds})


def names(case: Case) -> list[tuple[str, ...]]:
    return [row.names for row in case.documents()]


def test_what_a_container_holds_is_part_of_the_case(make_case: MakeCase) -> None:
    case = make_case({"leak.box": container(LEAK), "news.txt": "Vera Lind says that item 1 is lost."})
    report = case.build()
    assert report.documents == 6
    assert sorted(names(case)) == [
        ("leak.box",),
        ("leak.box/again.txt", "leak.box/deep/box/two.txt"),
        ("leak.box/deep",),
        ("leak.box/deep/box",),
        ("leak.box/mail/one.txt",),
        ("news.txt",),
    ]
    assert {claim.content_target.exact for claim in case.claims(document="one.txt")} == {
        "that Orlan Works met Otto Wren"
    }
    assert case.status().documents == 6
    assert case.search("crane").total == 1
    assert case.build().documents == 0


def test_a_child_may_be_added_by_itself_as_well(make_case: MakeCase, tmp_path: Path) -> None:
    case = make_case({"leak.box": container(LEAK)})
    case.build()
    add(case, tmp_path / "more", {"copy.txt": INNER})
    report = case.build()
    assert report.documents == 1  # its names changed
    (row,) = (row for row in case.documents() if "copy.txt" in row.names)
    assert row.names == ("copy.txt", "leak.box/again.txt", "leak.box/deep/box/two.txt")
    assert row.depth == 0


def test_the_order_and_the_number_of_builds_do_not_matter(make_case: MakeCase) -> None:
    texts = {**news(300), "leak.box": container(LEAK)}
    one = make_case(texts, "one")
    one.build()
    two = make_case(dict(reversed(texts.items())), "two")
    shutil.copy(one.folder / "journal.sqlite", two.folder / "journal.sqlite")
    add_later = open_case(two.folder, chain=CHAIN)
    add_later.build()
    add_later.build()
    assert tree(one.folder).keys() == tree(two.folder).keys()
    assert {k: v for k, v in tree(one.folder).items() if k.endswith("parquet")} == {
        k: v for k, v in tree(two.folder).items() if k.endswith("parquet")
    }


def test_bytes_of_children_that_were_lost_are_unpacked_again(make_case: MakeCase) -> None:
    case = make_case({"leak.box": container(LEAK)})
    case.build()
    before = tree(case.folder)
    shutil.rmtree(case.folder / "derived" / "unpacked")
    case.build()
    assert tree(case.folder) == before
    for path in (case.folder / "derived").iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    case.build()
    assert {k: v for k, v in tree(case.folder).items() if k.endswith("parquet")} == {
        k: v for k, v in before.items() if k.endswith("parquet")
    }


def test_a_container_that_holds_itself_or_leads_out_is_refused(make_case: MakeCase) -> None:
    case = make_case(
        {"bad.box": container({"../up.txt": INNER, "ok.txt": "Vera Lind says that it is lost."})}
    )
    case.build()
    assert [problem.code for problem in case.problems()] == ["read.unsafe-path"]
    assert [row.names for row in case.documents()] == [("bad.box",), ("bad.box/ok.txt",)]


def test_two_containers_with_one_content_share_it(make_case: MakeCase) -> None:
    case = make_case(
        {"a.box": container({"x.txt": INNER}), "b.box": container({"x.txt": INNER, "y.txt": "Y"})}
    )
    case.build()
    (row,) = (row for row in case.documents() if row.id == content_id(INNER.encode()))
    assert row.names == ("a.box/x.txt", "b.box/x.txt")
    assert row.depth == 1
