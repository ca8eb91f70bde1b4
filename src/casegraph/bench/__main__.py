"""`python -m casegraph.bench build|formats …`: each prints its table."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from casegraph.bench.build import bench
from casegraph.bench.formats import bench as of_formats
from casegraph.bench.formats import markdown


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m casegraph.bench", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="build|formats")
    build = commands.add_parser("build", help="time, memory and processor time of building a case")
    build.add_argument("--pages", type=int, default=2000)
    build.add_argument("--workers", type=int, default=2)
    build.add_argument("--seed", type=int, default=1)
    build.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    build.set_defaults(run=_build)
    formats = commands.add_parser("formats", help="what comes out of awkward files, beside other extractors")
    formats.add_argument("folder", type=Path)
    formats.add_argument("--markitdown", type=Path, help="a Python that has markitdown installed")
    formats.add_argument("--workers", type=int, default=2)
    formats.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    formats.set_defaults(run=_formats)
    given = parser.parse_args()
    given.run(given)


def _formats(given: argparse.Namespace) -> None:
    figures = of_formats(given.folder, given.markitdown, given.workers)
    print(json.dumps(figures) if given.json else "\n".join(markdown(figures)))


def _build(given: argparse.Namespace) -> None:
    figures = bench(given.pages, given.workers, given.seed)
    if given.json:
        print(json.dumps(figures))
        return
    width = max(map(len, figures))
    for name, value in figures.items():
        print(f"{name.replace('_', ' '):{width}}  {value:>12}")


if __name__ == "__main__":
    main()
