"""The followthemoney library, in an environment of its own (`make .venv/.ftm`): what it says of our files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PYTHON = Path(sys.prefix) / "ftm" / "bin" / "python"

with_followthemoney = pytest.mark.skipif(
    not PYTHON.exists(), reason="no followthemoney here: make .venv/.ftm (it needs libicu-dev to be built)"
)

CHECK = """
import collections, json, sys
from pathlib import Path
from followthemoney import ValueEntity, model
from followthemoney.dataset import Dataset
from followthemoney.statement import StatementEntity, read_path_statements

wrong, rows = [], [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
schemata = {row["id"]: row["schema"] for row in rows}

def value_of(row, name, value):
    schema = model.get(row["schema"])
    prop = schema.get(name)
    if prop is None or prop.stub or prop.deprecated:
        return "no property"
    if prop.validate([value]) is not None or len(value) > prop.max_length:
        return "not valid"
    if prop.type.clean(value) != value:
        return "not clean"
    if prop.type.name == "entity":
        if value not in schemata:
            return "leads nowhere"
        if not model.get(schemata[value]).is_a(prop.range):
            return "leads to a " + schemata[value]
    return None

def sorted_properties(entity):
    return {name: sorted(values) for name, values in entity["properties"].items()}

for row in rows:
    if model.get(row["schema"]).abstract:
        wrong.append([row["id"], "abstract"])
    for name, values in row["properties"].items():
        for value in values:
            why = value_of(row, name, value)
            if why is not None:
                wrong.append([row["id"], row["schema"], name, value, why])
    required = {name for parent in model.get(row["schema"]).schemata for name in parent.required}
    missing = sorted(required - set(row["properties"]))
    if missing:
        wrong.append([row["id"], row["schema"], "lacks", missing])
    again = ValueEntity.from_dict(json.loads(json.dumps(row))).to_dict()
    if sorted_properties(again) != sorted_properties(row) or again["caption"] != row["caption"]:
        wrong.append([row["id"], "comes back otherwise"])
statements = collections.defaultdict(list)
for one in read_path_statements(Path(sys.argv[2]), "csv"):
    statements[one.entity_id].append(one)
    if one.id != one.generate_key():
        wrong.append([one.entity_id, one.prop, "has another id"])
    if one.prop != "id" and one.origin not in schemata:
        wrong.append([one.entity_id, one.prop, "has no origin"])
made = Dataset.make({"name": rows[0]["datasets"][0], "title": "made"})
for row in rows:
    entity = StatementEntity.from_statements(made, statements.pop(row["id"], [])).to_dict()
    if sorted_properties(entity) != sorted_properties(row):
        wrong.append([row["id"], "is not what its statements say"])
wrong += [[key, "is in the statements alone"] for key in statements]
print(json.dumps({"wrong": wrong, "count": dict(collections.Counter(schemata.values()))}))
"""

VOCABULARY = """
import json
from followthemoney import model
from followthemoney.types import registry

print(json.dumps({
    "schemata": {
        schema.name: {
            "lineage": sorted(schema.names),
            "abstract": bool(schema.abstract),
            "edge": [schema.source_prop.name, schema.target_prop.name] if schema.edge else None,
            "properties": {
                prop.name: [prop.type.name, prop.range.name if prop.range else None, prop.max_length]
                for prop in schema.properties.values() if not prop.stub
            },
        }
        for schema in model
    },
    "countries": sorted(registry.country.names),
    "languages": sorted(registry.language.names),
    "topics": sorted(registry.topic.names),
}))
"""


def asked(script: str, *arguments: Path) -> Any:  # noqa: ANN401 - what a script prints
    """Return the JSON that a script prints in the library's environment."""
    command = [str(PYTHON), "-c", script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
