r"""Make identifiers-*.jsonl: invented sentences whose numbers are drawn here, with their check digits.

`{kind}` draws a number that holds, `{!kind}` the same with its last figure wrong, `{kind=words}` stands for the
words. An account goes with the BIK that the line names. The lines are in identifier-lines.txt, `\n` breaks one.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

_PLACE = re.compile(r"\{(?P<wrong>!)?(?P<kind>[a-z-]+)(?:=(?P<words>[^{}]*))?\}")
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SAME = {"innp": "inn", "ogrnip": "ogrn", "ks": "account", "rs": "account", "rsp": "personal-account"}
Draw = random.Random


def _figures(draw: Draw, count: int) -> str:
    return "".join(str(draw.randrange(10)) for _ in range(count))


def _weighted(number: str, weights: tuple[int, ...]) -> str:
    return str(sum(int(n) * w for n, w in zip(number, weights, strict=True)) % 11 % 10)


def _inn(draw: Draw) -> str:
    number = "99" + _figures(draw, 7)
    return number + _weighted(number, (2, 4, 10, 3, 5, 9, 4, 6, 8))


def _innp(draw: Draw) -> str:
    number = "99" + _figures(draw, 8)
    number += _weighted(number, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
    return number + _weighted(number, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))


def _ogrn(draw: Draw) -> str:
    number = "1" + "09" + "99" + _figures(draw, 7)
    return number + str(int(number) % 11 % 10)


def _ogrnip(draw: Draw) -> str:
    number = "3" + "09" + "99" + _figures(draw, 9)
    return number + str(int(number) % 13 % 10)


def _snils(draw: Draw) -> str:
    number = "9" + _figures(draw, 8)
    check = sum(int(n) * (9 - i) for i, n in enumerate(number)) % 101 % 100
    return f"{number[:3]}-{number[3:6]}-{number[6:]} {check:02}"


def _account(draw: Draw, bik: str, prefix: str) -> str:
    """Return an account whose key holds with the bank's BIK (Bank of Russia, 515 of 08.09.1997)."""
    lead = f"0{bik[4:6]}" if prefix.startswith("301") else bik[6:]
    tail = _figures(draw, 9) + bik[6:] if prefix.startswith("301") else _figures(draw, 11)
    tail = tail[-11:]
    for key in "0123456789":
        number = f"{prefix}810{key}{tail}"
        if sum(int(n) * (7, 1, 3)[i % 3] for i, n in enumerate(lead + number)) % 10 == 0:
            return number
    raise AssertionError


def _uscc(draw: Draw) -> str:
    number = "91" + "990000" + "".join(draw.choice(_USCC) for _ in range(9))
    return number + _USCC[-sum(_USCC.index(n) * pow(3, i, 31) for i, n in enumerate(number)) % 31]


def _mod97(text: str) -> int:
    return int("".join(str(int(char, 36)) for char in text)) % 97


def _lei(draw: Draw) -> str:
    number = "9999" + "00" + "".join(draw.choice("ABCDEFGHKLMNPQ0123456789") for _ in range(12))
    return f"{number}{98 - _mod97(number + '00'):02}"


def _iban(draw: Draw) -> str:
    bank = "XXXX" + _figures(draw, 14)
    number = f"GB{98 - _mod97(bank + 'GB00'):02}{bank}"
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))


def _imo(draw: Draw) -> str:
    number = "9" + _figures(draw, 5)
    return number + str(sum(int(n) * (7 - i) for i, n in enumerate(number)) % 10)


def _container(draw: Draw) -> str:
    number = "QZQU" + _figures(draw, 6)
    values = [(v := int(n, 36)) + (v > 10) + (v > 20) + (v > 30) if n.isalpha() else int(n) for n in number]
    return number + str(sum(v * 2**i for i, v in enumerate(values)) % 11 % 10)


def _resident(draw: Draw) -> str:
    number = (
        "110101" + f"19{draw.randrange(50, 99)}" + f"{draw.randrange(1, 13):02}" + "14" + _figures(draw, 3)
    )
    return number + "10X98765432"[sum(int(n) * (2 ** (17 - i)) for i, n in enumerate(number)) % 11]


def _card(draw: Draw) -> str:
    number = "4000" + _figures(draw, 11)
    digits = [int(n) * 2 - 9 * (int(n) > 4) if i % 2 == 0 else int(n) for i, n in enumerate(number)]
    number += str(-sum(digits) % 10)
    return " ".join(number[i : i + 4] for i in range(0, 16, 4))


_MAKERS: dict[str, Callable[[Draw], str]] = {
    "inn": _inn, "innp": _innp, "ogrn": _ogrn, "ogrnip": _ogrnip, "snils": _snils, "uscc": _uscc, "lei": _lei,
    "iban": _iban, "imo": _imo, "container": _container, "resident": _resident, "card": _card,
    "kpp": lambda draw: "9901" + "01" + _figures(draw, 3), "bik": lambda draw: "04" + "99" + "99" + _figures(draw, 3),
}  # fmt: skip
_PREFIXES = {"rs": "40702", "ks": "30101", "rsp": "40817"}


def _wrong(number: str) -> str:
    """Return the number with its last figure one higher: no check in use lets that pass."""
    last = number[-1]
    return number[:-1] + (str((int(last) + 1) % 10) if last.isdigit() else "A" if last == "X" else "X")


def made(line: str, draw: Draw) -> str:
    """Return the line with its numbers, marked as the gold sets are."""
    bik = _MAKERS["bik"](draw)

    def put(match: re.Match[str]) -> str:
        kind, words = match["kind"], match["words"]
        if words is None:
            prefix = _PREFIXES.get(kind)
            words = bik if kind == "bik" else _account(draw, bik, prefix) if prefix else _MAKERS[kind](draw)
        return (
            _wrong(words) if match["wrong"] else f"<identifier {_SAME.get(kind, kind)}>{words}</identifier>"
        )

    return _PLACE.sub(put, line)


def main() -> None:
    """Write the six files."""
    here = Path(__file__)
    for part in here.with_name("identifier-lines.txt").read_text(encoding="utf-8").split("\n\n"):
        head, *lines = part.strip().split("\n")
        name = head.strip("[]")
        draw = random.Random(name)  # noqa: S311 - the same numbers each time
        rows = [
            {"id": f"{name}-{number:03}", "published": "2024-09-25", "marked": made(line, draw)}
            for number, line in enumerate(lines, 1)
        ]
        path = here.with_name(f"{name}.jsonl")
        text = "".join(json.dumps(row, ensure_ascii=False).replace("\\\\n", "\\n") + "\n" for row in rows)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
