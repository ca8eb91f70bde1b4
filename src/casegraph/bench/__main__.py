"""`python -m casegraph.bench build [--pages N] [--workers N] [--seed N] [--json]`."""

from __future__ import annotations

import argparse
import json

from casegraph.bench.build import bench


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m casegraph.bench", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="build")
    build = commands.add_parser("build", help="time, memory and processor time of building a case")
    build.add_argument("--pages", type=int, default=2000)
    build.add_argument("--workers", type=int, default=2)
    build.add_argument("--seed", type=int, default=1)
    build.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    given = parser.parse_args()
    figures = bench(given.pages, given.workers, given.seed)
    if given.json:
        print(json.dumps(figures))
        return
    width = max(map(len, figures))
    for name, value in figures.items():
        print(f"{name.replace('_', ' '):{width}}  {value:>12}")


if __name__ == "__main__":
    main()
