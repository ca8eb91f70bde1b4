"""Records with known clusters (Senzing's truth sets): read, scored all with all, clustered."""

from __future__ import annotations

import csv
import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any

from casegraph.bench.name_pairs import part
from casegraph.resolve.base import Party
from casegraph.resolve.matching.cluster import cluster
from casegraph.resolve.matching.score import score
from casegraph.resolve.measures import pairwise

_IDS = {
    "PASSPORT_NUMBER": "passport", "DRIVERS_LICENSE_NUMBER": "driver", "SSN_NUMBER": "ssn",
    "LEI_NUMBER": "lei",
    "NATIONAL_ID_NUMBER": "national_id", "TAX_ID_NUMBER": "tax_id",
}  # fmt: skip
_CONTACTS = {"EMAIL_ADDRESS": "e-mail address", "PHONE_NUMBER": "telephone"}


def truthset(folder: Path, *, held_out: bool) -> dict[str, float]:
    """Return pairwise precision and recall of the clusters of one half (by cluster), false merges apart."""
    with (folder / "actual_truthset_key.csv").open(encoding="utf-8", newline="") as lines:
        truth = {
            f"{row['DATA_SOURCE']}|{row['RECORD_ID']}": row["CLUSTER_ID"] for row in csv.DictReader(lines)
        }
    parties: dict[str, Party] = {}
    for name in ("customers", "reference", "watchlist"):
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            key = f"{row['DATA_SOURCE']}|{row['RECORD_ID']}"
            if key in truth and part(truth[key]) == int(held_out):
                parties[key] = _party(row)
    same, different = [], []
    for one, other in combinations(parties, 2):
        match = score(parties[one], parties[other])
        if match.outcome == "same":
            same.append((match.score, one, other))
        elif any(reason.feature == "identifier" for reason in match.reasons):
            different.append((one, other))
    roots = cluster(parties, same, different).roots
    found = pairwise(truth, roots)
    return {
        "truthset.precision": found["precision"],
        "truthset.recall": found["recall"],
        "false.truthset": found["false"],
    }


def _party(row: dict[str, Any]) -> Party:
    names: list[str] = []
    identifiers, contacts, births = set(), set(), set()
    group = "Person"
    for feature in row["FEATURES"]:
        if feature.get("RECORD_TYPE") == "ORGANIZATION" or "NAME_ORG" in feature:
            group = "Organization"
        given = [feature.get(f"NAME_{one}", "") for one in ("FIRST", "MIDDLE", "LAST", "FULL", "ORG")]
        if any(given):
            names.append(" ".join(filter(None, given)))
        for column, kind in _IDS.items():
            if column in feature:
                identifiers.add((kind, re.sub(r"\W", "", feature[column]).lower()))
        for column, kind in _CONTACTS.items():
            if column in feature:
                contacts.add((kind, re.sub(r"\W", "", feature[column]).lower()))
        if "DATE_OF_BIRTH" in feature:
            births.add(_iso(feature["DATE_OF_BIRTH"]))
        if found := re.search(
            r"\d+\s+\w+", " ".join(str(v) for k, v in feature.items() if k.startswith("ADDR_"))
        ):
            contacts.add(("address", found.group().lower()))
    return Party(
        group, tuple(names), frozenset(identifiers), frozenset(births - {""}), contacts=frozenset(contacts)
    )


def _iso(date: str) -> str:
    """Return a date of month, day and year, or of year, month and day, as ISO 8601."""
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", date):
        return f"{found[3]}-{int(found[1]):02}-{int(found[2]):02}"
    return date if re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", date) else ""
