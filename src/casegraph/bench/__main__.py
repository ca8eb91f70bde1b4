"""`python -m casegraph.bench MEASURE …`: each prints its table."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from casegraph.bench.build import bench
from casegraph.bench.formats import bench as of_formats
from casegraph.bench.formats import markdown
from casegraph.bench.gathering import bench as of_gathering
from casegraph.bench.languages import bench as of_languages
from casegraph.bench.lineage import bench as of_lineage
from casegraph.bench.matchers import bench as of_matchers
from casegraph.bench.network import bench as of_network
from casegraph.bench.network import of_case as of_network_case
from casegraph.bench.reading import BARE, MAIL
from casegraph.bench.reading import bench as of_reading
from casegraph.bench.resolving import bench as of_resolving
from casegraph.bench.rooms import bench as of_rooms
from casegraph.bench.scale import bench as of_scale
from casegraph.bench.tracing import Plan
from casegraph.bench.tracing import bench as of_tracing
from casegraph.pipeline.case import open_case


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m casegraph.bench", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="MEASURE")
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
    gathering = commands.add_parser("gathering", help="bringing the names of a whole case together")
    gathering.add_argument("--documents", type=int, nargs="+", default=[1000, 10000])
    gathering.add_argument("--workers", type=int, default=2)
    gathering.add_argument("--seed", type=int, default=1)
    gathering.set_defaults(run=_gathering)
    languages = commands.add_parser("languages", help="pages of each language beside the bare parsers")
    languages.add_argument("--gold", type=Path, default=Path("gold"), help="the folder of the gold sets")
    languages.add_argument("--pages", type=int, default=40)
    languages.set_defaults(run=_languages)
    matchers = commands.add_parser("matchers", help="our matcher of names beside nomenklatura's")
    matchers.add_argument("folder", type=Path, help="../shared/data/names")
    matchers.add_argument("--nomenklatura", type=Path, help="a Python that has nomenklatura installed")
    matchers.add_argument("--held-out", action="store_true", help="the half that no weight was fitted on")
    matchers.set_defaults(run=_matchers)
    _add_network(commands)
    _add_scale(commands)
    reading = commands.add_parser("reading", help="reading in confined workers beside the bare libraries")
    reading.add_argument("--documents", type=int, default=400)
    reading.add_argument("--seed", type=int, default=1)
    reading.add_argument("--formats", nargs="+", choices=tuple(BARE), default=(), metavar="FORMAT")
    reading.add_argument("--mail", type=Path, default=MAIL, help="a folder of mailboxes to measure as well")
    reading.set_defaults(run=_reading)
    resolving = commands.add_parser("resolving", help="entities of a made case whose truth is known")
    resolving.add_argument("--mentions", type=int, default=100_000)
    resolving.add_argument("--workers", type=int, default=2)
    resolving.add_argument("--seed", type=int, default=1)
    resolving.set_defaults(run=_resolving)
    _add_rooms(commands)
    _add_lineage(commands)
    _add_tracing(commands)
    given = parser.parse_args()
    given.run(given)


def _formats(given: argparse.Namespace) -> None:
    figures = of_formats(given.folder, given.markitdown, given.workers)
    print(json.dumps(figures) if given.json else "\n".join(markdown(figures)))


def _add_scale(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    scale = commands.add_parser("scale", help="what a document costs in small and in large cases")
    scale.add_argument("--documents", type=int, nargs="+", default=[1000, 10000])
    scale.add_argument("--workers", type=int, default=2)
    scale.add_argument("--seed", type=int, default=1)
    scale.add_argument("--whole", action="store_true", help="all stages; else `read` alone")
    scale.add_argument("--short", action="store_true", help="a few sentences a document, not a page")
    scale.set_defaults(run=_scale)


def _scale(given: argparse.Namespace) -> None:
    for figures in of_scale(given.documents, given.workers, given.seed, whole=given.whole, short=given.short):
        print(json.dumps(figures), flush=True)


def _gathering(given: argparse.Namespace) -> None:
    for figures in of_gathering(given.documents, given.workers, given.seed):
        print(json.dumps(figures), flush=True)


def _add_rooms(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    rooms = commands.add_parser(
        "rooms", help="the reading room of a large case: answers, first paint, memory"
    )
    rooms.add_argument("--pages", type=int, default=2000)
    rooms.add_argument("--workers", type=int, default=2)
    rooms.add_argument("--seed", type=int, default=1)
    rooms.add_argument("--case", type=Path, help="where the case is made, and asked again if it lies there")
    rooms.set_defaults(run=_rooms)


def _rooms(given: argparse.Namespace) -> None:
    print(json.dumps(of_rooms(given.pages, given.workers, given.seed, given.case), ensure_ascii=False))


def _add_network(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    network = commands.add_parser(
        "network", help="a network of thousands: made, asked, and drawn in a browser"
    )
    network.add_argument("--entities", type=int, default=5000)
    network.add_argument("--workers", type=int, default=2)
    network.add_argument("--seed", type=int, default=1)
    network.add_argument("--case", type=Path, help="a built case, in place of a made one")
    network.set_defaults(run=_network)


def _network(given: argparse.Namespace) -> None:
    if given.case is None:
        figures = of_network(given.entities, given.workers, given.seed)
    else:
        figures = of_network_case(open_case(given.case), given.seed)
    for name, value in figures.items():
        print(json.dumps({name: value}), flush=True)


def _languages(given: argparse.Namespace) -> None:
    for figures in of_languages(given.gold, given.pages):
        print(json.dumps(figures), flush=True)


def _add_lineage(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    lineage = commands.add_parser("lineage", help="how copies meet, beside MinHash LSH of other libraries")
    lineage.add_argument("--documents", type=int, nargs="+", default=[1000, 10000])
    lineage.add_argument("--seed", type=int, default=1)
    lineage.set_defaults(run=_lineage)


def _add_tracing(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    tracing = commands.add_parser("tracing", help="tracing whole cases of made articles, and one more")
    tracing.add_argument("--documents", type=int, nargs="+", default=[1000, 10000])
    tracing.add_argument("--workers", type=int, default=2)
    tracing.add_argument("--seed", type=int, default=1)
    tracing.add_argument("--short", action="store_true", help="articles of some 90 words, not 300")
    tracing.add_argument(
        "--different", type=int, default=10_000, help="articles made; a larger case tells them again"
    )
    tracing.add_argument(
        "--kept",
        type=Path,
        help="a folder in which made cases are kept: making one takes longer than tracing it",
    )
    tracing.add_argument(
        "--engines", nargs="+", choices=("embedded", "ray"), default=["embedded"], metavar="ENGINE",
        help="one after another: ray is a cluster of one node on this machine",
    )  # fmt: skip
    tracing.set_defaults(run=_tracing)


def _tracing(given: argparse.Namespace) -> None:
    plan = Plan(
        given.documents, given.workers, given.seed, given.engines, given.short, given.different, given.kept
    )
    for figures in of_tracing(plan):
        print(json.dumps(figures), flush=True)


def _lineage(given: argparse.Namespace) -> None:
    for figures in of_lineage(given.documents, given.seed):
        print(json.dumps(figures), flush=True)


def _matchers(given: argparse.Namespace) -> None:
    for figures in of_matchers(given.folder, given.nomenklatura, held_out=given.held_out):
        print(json.dumps(figures), flush=True)


def _reading(given: argparse.Namespace) -> None:
    for figures in of_reading(given.documents, given.seed, given.formats, given.mail):
        print(json.dumps(figures), flush=True)


def _resolving(given: argparse.Namespace) -> None:
    print(json.dumps(of_resolving(given.mentions, given.workers, given.seed)))


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
