"""What `casegraph claims --format jsonl` writes is the record; a program that uses the library ends well."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from casegraph.cli import program
from casegraph.model import Claim

NEWS = (
    "Two port officials said that Harrow Marine had delivered at least seven cranes to Veld Port "
    "in March 2021.\n"
    "A spokeswoman for Harrow Marine denied that it had paid 310,000 euros to Orlan Works.\n"
)
PLAIN: dict[str, Any] = {
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def faults(value: object, schema: dict[str, Any], schemas: dict[str, Any], place: str = "$") -> list[str]:
    """Return where a value breaks a JSON Schema (the keywords that records give rise to); no key is extra."""
    if "$ref" in schema:
        return faults(value, schemas[schema["$ref"].rpartition("/")[2]], schemas, place)
    if "anyOf" in schema:
        tried = [faults(value, one, schemas, place) for one in schema["anyOf"]]
        return [] if [] in tried else min(tried, key=len)
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{place}: {value!r}"]
    kind = schema.get("type")
    if kind == "object":
        return object_faults(value, schema, schemas, place)
    return list(plain_faults(value, kind, schema.get("items") or {}, schemas, place)) if kind else []


def plain_faults(
    value: object, kind: str, items: dict[str, Any], schemas: dict[str, Any], place: str
) -> Iterator[str]:
    if not isinstance(value, PLAIN[kind]) or (isinstance(value, bool) and kind != "boolean"):
        yield f"{place}: no {kind}"
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from faults(part, items, schemas, f"{place}[{number}]")


def object_faults(value: object, schema: dict[str, Any], schemas: dict[str, Any], place: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{place}: no object"]
    known, more = schema.get("properties", {}), schema.get("additionalProperties")
    found = [f"{place}.{key}: missing" for key in schema.get("required", ()) if key not in value]
    for key, part in value.items():
        own = known.get(key, more if isinstance(more, dict) else None)
        found += [f"{place}.{key}: unknown"] if own is None else faults(part, own, schemas, f"{place}.{key}")
    return found


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The claims of a small case as the command writes them."""
    folder = tmp_path_factory.mktemp("wire")
    (folder / "news.txt").write_text(NEWS)
    case = str(folder / "case")
    for arguments in (["init", case], ["add", case, str(folder / "news.txt")], ["build", case]):
        assert CliRunner().invoke(program, arguments).exit_code == 0
    result = CliRunner().invoke(program, ["claims", case, "--format", "jsonl"])
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.slow
def test_every_line_is_a_claim_by_its_schema(lines: list[dict[str, Any]]) -> None:
    (schema,), schemas = msgspec.json.schema_components([Claim], ref_template="#/$defs/{name}")
    assert len(lines) >= 2
    assert [fault for line in lines for fault in faults(line, schema, schemas)] == []
    for line in lines:
        assert {"document", "page", "start", "end", "exact"} <= set(line["evidence"][0])
        assert {"role", "speaker", "entity", "unnamed", "cue", "basis"} <= set(line["attribution"][0])
        assert msgspec.json.decode(json.dumps(line), type=Claim).id == line["id"]


@pytest.mark.slow
def test_the_schema_refuses_what_is_no_claim(lines: list[dict[str, Any]]) -> None:
    (schema,), schemas = msgspec.json.schema_components([Claim], ref_template="#/$defs/{name}")
    line = lines[0]
    for wrong in (
        {**line, "stance": "shouts"},
        {**line, "said": 1},
        {**line, "evidence": [{**line["evidence"][0], "start": "1"}]},
        {key: value for key, value in line.items() if key != "kind"},
    ):
        assert faults(wrong, schema, schemas)


@pytest.mark.slow
def test_a_program_that_uses_the_library_ends_in_peace(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(NEWS)
    code = (
        "import sys, casegraph\n"
        "with casegraph.temporary_case() as case:\n"
        "    case.add([sys.argv[1]]); case.build()\n"
        "    assert case.search('cranes').total == 1\n"
        "    print(len(list(case.claims())))\n"
    )
    for _ in range(5):
        command = [sys.executable, "-c", code, str(tmp_path / "news.txt")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert int(done.stdout) >= 2
