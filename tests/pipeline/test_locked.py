"""A new password makes encrypted documents stale, and no other."""

from __future__ import annotations

from pathlib import Path

from casegraph.pipeline.case import Case, init_case, open_case
from tests.pipeline.conftest import add, tree
from tests.read.test_passwords import FILES, zipped

CHAIN = "tests.pipeline.stages:reading"


def opened(folder: Path, *passwords: str) -> Case:
    toml = folder / "case.toml"
    toml.write_text("passwords = [" + ", ".join(f'"{one}"' for one in passwords) + "]\n", encoding="utf-8")
    return open_case(folder, chain=CHAIN)


def codes(case: Case) -> list[str]:
    return [problem.code for problem in case.problems()]


def test_a_new_password_costs_what_it_may_open(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    init_case(folder)
    case = opened(folder)
    add(case, tmp_path / "files", {"leak.zip": zipped("geheim", "aes256"), "plain.txt": "Nothing is locked."})
    assert case.build().documents == 2
    assert codes(case) == ["read.encrypted"]

    case = opened(folder, "wrong")
    assert (case.stale(), case.build().documents, case.stale()) == (1, 1, 0)
    case = opened(folder, "wrong", "geheim")
    assert case.build().documents == 1 + len(FILES)
    assert (codes(case), case.stale()) == (["read.unlocked"], 0)
    assert "leak.zip/deal.txt" in {name for row in case.documents() for name in row.names}

    again = tmp_path / "again"
    init_case(again)
    other = opened(again, "wrong", "geheim")
    add(other, tmp_path / "files", {})
    other.build()
    assert other.stale() == 0
    assert {name for name in tree(again) if "read" in name and name.endswith(".parquet")}
    assert not any(
        b"geheim" in path.read_bytes() for path in (folder / "derived").rglob("*") if path.is_file()
    )

    case = opened(folder)
    assert case.build().documents == 1
    assert codes(case) == ["read.encrypted"]
    assert case.status().documents == 2
