"""Learn which letters a Chinese character stands for in foreign names; writes `transcribed.txt`.

Expectation maximisation over monotone alignments of characters with one to six letters each, on half of
`wd_chinese_16` (pairs of Wikidata collected by steveash/NETransliteration, CC0). The other half is not read.
"""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from pathlib import Path

from casegraph.bench.name_pairs import part
from casegraph.resolve.matching.chinese import is_han, simplified

HERE = Path(__file__).parent
SOURCE = HERE.parents[2] / "shared" / "data" / "names" / "wd_chinese_16"
TARGET = HERE.parents[1] / "src" / "casegraph" / "resolve" / "matching" / "transcribed.txt"
LONGEST = 6  # letters of a character
ROUNDS = 8
LEAST_TIMES, LEAST_SHARE = 0.3, 0.002  # of what is kept
MOST_COUNTED = 3  # times that one name weighs, as a root

Row = tuple[str, str, float]
Shares = dict[str, dict[str, float]]


def rows(half: int) -> list[Row]:
    """Return Latin letters, simplified characters and weight of the names of one half."""
    found = []
    for line in SOURCE.read_text(encoding="utf-8").splitlines():
        latin, han, count = line.split("\t")
        han = simplified(han.replace(" ", ""))
        plain = unicodedata.normalize("NFKD", latin)
        letters = "".join(char for char in plain if char.isascii() and char.isalpha()).lower()
        fits = 2 < len(letters) < 20 and 1 < len(han) < 10 and all(map(is_han, han))
        if part(latin) == half and fits:
            found.append((letters, han, math.sqrt(min(int(count), MOST_COUNTED))))
    return found


def emission(shares: Shares, char: str, letters: str, wanted: float) -> float:
    """Return how likely a character stands for some letters; at first the average length counts alone."""
    if not shares:
        return math.exp(-2.3 * abs(len(letters) - max(1.0, wanted)) - 3.9 * len(letters))
    return shares.get(char, {}).get(letters, 0.0) + 1e-7 * 0.05 ** len(letters)


def one_round(pairs: list[Row], shares: Shares) -> Shares:
    """Return how often each character stands for which letters, by what is believed so far."""
    counts: Shares = defaultdict(lambda: defaultdict(float))
    for letters, han, weight in pairs:
        size, wanted = len(letters), len(letters) / len(han)
        steps = [
            [
                (start, end, emission(shares, char, letters[start:end], wanted))
                for start in range(size)
                for end in range(start + 1, min(size, start + LONGEST) + 1)
            ]
            for char in han
        ]
        forward = [[1.0] + [0.0] * size]
        for step in steps:
            following = [0.0] * (size + 1)
            for start, end, value in step:
                following[end] += forward[-1][start] * value
            forward.append(following)
        whole = forward[-1][size]
        if whole <= 0.0:
            continue
        behind = [0.0] * size + [1.0]
        for place in range(len(han) - 1, -1, -1):
            before = [0.0] * (size + 1)
            for start, end, value in steps[place]:
                share = forward[place][start] * value * behind[end] / whole
                if share > 1e-4:
                    counts[han[place]][letters[start:end]] += share * weight
                before[start] += value * behind[end]
            behind = before
    return counts


def learn(pairs: list[Row]) -> Shares:
    """Return the counts of the last round."""
    shares: Shares = {}
    counts: Shares = {}
    for _ in range(ROUNDS):
        counts = one_round(pairs, shares)
        shares = {
            char: {letters: value / total for letters, value in own.items() if value > 1e-4 * total}
            for char, own in counts.items()
            if (total := sum(own.values()))
        }
    return counts


def main() -> None:
    """Write the logarithms of the shares, hundredths, one added to each total."""
    lines = [
        "# Written by gold/resolve/train_han.py: a character, the letters it stands for, -100 log share."
    ]
    for char, own in sorted(learn(rows(0)).items()):
        total = sum(own.values())
        kept = {
            letters: round(-100 * math.log(value / (total + 1)))
            for letters, value in own.items()
            if value > LEAST_TIMES and value > LEAST_SHARE * total
        }
        ranked = sorted(kept.items(), key=lambda item: (item[1], item[0]))
        said = " ".join(f"{letters}={cost}" for letters, cost in ranked)
        if said:
            lines.append(f"{char} {said}")
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
