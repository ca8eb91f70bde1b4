"""Fit the weights of the features: logistic regression on the pairs here and on half of the shared ones.

The held-out third is not read, nor the other half. Signs are held: no feature against may speak for.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt

from casegraph.bench.name_pairs import NamePair, load_pairs, shared_pairs
from casegraph.resolve.matching.features import FEATURES, compare
from casegraph.resolve.matching.parts import parts

Numbers = npt.NDArray[np.float64]
HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "src" / "casegraph" / "resolve" / "matching" / "weights.toml"
FOR = ("number_same",)
FREE = ("cross_script",)
ALWAYS = {"number_differs": -8.0}  # a rule, not a guess
RULED = "consonants"
FIRMS = (
    -2.0
)  # that it weighs: were it fitted, it would part the pairs of gold alone and make the rest too sure
STEPS = 20_000
PULL = 0.01  # towards the start


def fit(own: list[NamePair], shared: list[NamePair]) -> dict[str, float]:
    """Return bias and weights; both sets weigh the same, and so do both answers."""
    rows = own + shared
    values = np.zeros((len(rows), len(FEATURES) + 1))
    for number, row in enumerate(rows):
        found = compare(parts(row.one, row.group), parts(row.other, row.group)).values
        values[number] = [1.0, *(found.get(name, 0.0) for name in FEATURES)]
    same = np.array([float(row.same) for row in rows])
    balance = np.zeros(len(rows))
    sets = [np.arange(len(own)), np.arange(len(own), len(rows))]
    for place in sets:
        yes, no = same[place].sum(), (1 - same[place]).sum()
        balance[place] = np.where(same[place] > 0, 0.25 / max(1, yes), 0.25 / max(1, no))
    start = np.array([3.0, *(-1.0 if name not in (*FOR, *FREE) else 0.0 for name in FEATURES)])
    now = start.copy()
    for _ in range(STEPS):
        guess = 1 / (1 + np.exp(-values @ now))
        now -= 0.5 * (values.T @ ((guess - same) * balance) + PULL / len(FEATURES) * (now - start))
        for at, name in enumerate(FEATURES, 1):
            if name in FOR:
                now[at] = max(0.0, now[at])
            elif name == RULED:
                now[at] = 0.0 if own[0].group == "Person" else FIRMS
            elif name not in FREE:
                now[at] = min(0.0, now[at])
    now[0] += operating_point([(values[place] @ now, same[place]) for place in sets])
    fitted = dict(zip(FEATURES, now[1:].tolist(), strict=True)) | ALWAYS
    return {"bias": float(now[0])} | fitted


def operating_point(sets: list[tuple[Numbers, Numbers]]) -> float:
    """Return the shift of the log odds with which a score of .70 parts same from different best (mean F1)."""

    def f1(shift: float) -> float:
        found = []
        for odds, same in sets:
            said = odds + shift >= np.log(0.7 / 0.3)
            found.append(2 * float(same[said].sum()) / (float(said.sum()) + float(same.sum())))
        return sum(found)

    return float(max(np.arange(-1.0, 2.0, 0.05), key=f1))


def main() -> None:
    """Write weights.toml."""
    lines = ["# Written by gold/resolve/train.py."]
    shared = HERE.parents[2] / "shared" / "data" / "names"
    sets = [load_pairs(HERE / "pairs.jsonl"), shared_pairs(shared, held_out=False)]
    for table, person in (("person", True), ("organisation", False)):
        fitted = fit(*([row for row in rows if (row.group == "Person") == person] for rows in sets))
        lines += [
            f"\n[{table}]",
            *(f"{name} = {json.dumps(round(value, 3))}" for name, value in fitted.items()),
        ]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
