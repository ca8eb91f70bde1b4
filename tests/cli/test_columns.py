from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from casegraph.cli import columns, listings
from casegraph.cli.output import write
from casegraph.errors import UsageError
from casegraph.model import ROLES, Attribution, Claim, Kind, to_wire
from tests.cli.made import delivery


def row(made: Claim, names: tuple[str, ...]) -> dict[str, str | int | float]:
    return dict(zip(names, columns.cells(to_wire(made), names), strict=True))


def test_cells_follow_the_wire_names() -> None:
    cells = row(delivery(), columns.claim_columns(["delivery"]))
    assert cells["id"] == delivery().id
    assert cells["roles.supplier.name"] == "Orlan Works"
    assert cells["roles.recipient.name"] == "Veld Port"
    assert cells["attribution.speaker"] == "Two port officials; Northport Courier"
    assert cells["attribution.count.minimum"] == "2; "
    assert cells["qualifiers.quantity.minimum"] == 7
    assert cells["qualifiers.quantity.maximum"] == ""
    assert cells["qualifiers.dates.start"] == "2022-02-01"
    assert cells["hedges"] == "reportedly"
    assert cells["direct_quote"] == "false"
    assert cells["made_by.score"] == 0.82


def test_every_column_is_a_path_of_the_record() -> None:
    known = set(Claim.__struct_fields__)
    for column in columns.claim_columns(get_args(Kind)):
        assert column.split(".")[0] in known
    roles = {
        column.split(".")[1] for column in columns.claim_columns(get_args(Kind)) if column[:6] == "roles."
    }
    assert roles == {role for kind in ROLES.values() for role in kind}


def test_a_chosen_kind_brings_its_own_roles_only() -> None:
    names = [name for name in columns.claim_columns(["payment"]) if name.startswith("roles.")]
    assert names == [
        "roles.payer.name",
        "roles.payer.entity",
        "roles.beneficiary.name",
        "roles.beneficiary.entity",
    ]


@pytest.mark.parametrize("words", ["=1+1", "+49 30 1", "-5", "@SUM(A1)", "\tx", "\rx"])
def test_a_spreadsheet_gets_no_formula_from_a_document(words: str) -> None:
    made = delivery(attribution=(Attribution(role="origin", speaker=words),))
    assert row(made, ("attribution.speaker",))["attribution.speaker"] == "'" + words


def test_numbers_of_ours_stay_numbers() -> None:
    assert columns.cells({"score": -0.5}, ("score",)) == [-0.5]


def test_jsonl_is_the_wire_format(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    assert write([delivery(), delivery()], listings.claims({}), "jsonl", path) == 2
    lines = path.read_bytes().splitlines()
    assert [msgspec.json.decode(line, type=Claim) for line in lines] == [delivery()] * 2
    assert next(iter(json.loads(lines[0]))) == "id"


def test_csv_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    write([delivery()], listings.claims({}, "delivery"), "csv", path)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert rows[0]["content_target.exact"] == delivery().content_target.exact
    assert rows[0]["qualifiers.quantity.unit"] == "item"


def test_a_file_that_cannot_be_made_is_the_users_to_mend(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write"):
        write([delivery()], listings.claims({}), "csv", tmp_path / "none" / "claims.csv")


def test_a_failure_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text("old")

    def broken() -> list[Claim]:
        raise UsageError("half way")

    with pytest.raises(UsageError):
        write((claim for one in [0] for claim in broken()), listings.claims({}), "jsonl", path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
