"""Files that are broken in every way: problems with lines, and never an exception."""

from __future__ import annotations

import json
import random

import pytest
import yaml

from casegraph.reference import FORMS, Options, form_of, read_queries
from tests.reference import test_aliases, test_bods, test_mapping
from tests.reference.made import KERN, STAKE, WORKS, jsonl, read

STATEMENTS = (
    "canonical_id,entity_id,prop,schema,value,dataset\n"
    "NK-1,a-1,name,Company,Orlan Works,a\nNK-3,NK-3,name,Person,Anna Kern,a\n"
)
FILES = {
    "ftm": [jsonl(WORKS, STAKE, KERN), json.dumps([WORKS, STAKE, KERN], indent=1)],
    "ftm-statements": [STATEMENTS, jsonl({"entity_id": "a", "prop": "Company:name", "value": "Orlan"})],
    "bods": [json.dumps([test_bods.ORLAN, test_bods.KERN, test_bods.stake()], indent=2)],
    "mapping": [test_mapping.TABLE],
    "aliases": [
        jsonl(test_aliases.KERN),
        "id,label,aliases,inn,country\nw1,Orlan,Orlan Ltd|OW,7700000016,ru\n",
    ],
}
QUERIES = read_queries(yaml.safe_dump(test_mapping.MAPPING), "map.yml")
BITS = [
    b"",
    b'"',
    b"{",
    b"]",
    b",",
    b"\n",
    b"\0",
    b"\xff",
    b"null",
    b"[]",
    b"{}",
    b"1e999",
    b"\xd8\x00",
    b"\\u0",
]


@pytest.mark.parametrize("form", [one.name for one in FORMS])
def test_whatever_is_broken_is_a_problem(form: str) -> None:
    chance = random.Random(form)
    for text in FILES[form]:
        whole = text.encode()
        for _ in range(300):
            data = bytearray(whole)
            for _ in range(chance.randint(1, 4)):
                place = chance.randrange(len(data) + 1)
                data[place : place + chance.choice([0, 1, 8])] = chance.choice(BITS)
            if chance.random() < 0.2:
                del data[chance.randrange(len(data) + 1) :]
            form_of(bytes(data))
            entities, problems = read(form, bytes(data), Options(queries=QUERIES))
            assert all(where.startswith("line ") for _, where in problems)
            assert all(entity.id for entity in entities.values())


@pytest.mark.parametrize("form", [one.name for one in FORMS])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"\xef\xbb\xbf",
        b"[",
        b"[]",
        b"{}",
        b"<html><body>502 Bad Gateway</body></html>\n",
        b"[" * 100_000,
        b'{"a":' * 100_000 + b"\n" + b'{"id": 1}\n',
        b'[{"id": ' + b"9" * 5000 + b"}]",
        b'{"id": ' + b"9" * 5000 + b"}",
        b'"' * 300_000,
        bytes(range(256)) * 50,
    ],
    ids=range(13),
)
def test_odd_files_hold_no_entry(form: str, data: bytes) -> None:
    entities, _ = read(form, data, Options(queries=QUERIES))
    assert entities == {}
