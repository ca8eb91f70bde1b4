"""Write the lock files: every package that an install brings, with its version and its hashes.

`make lock` keeps what is pinned and adds what is new; `make lock UPGRADE=1` takes the newest of all.
Four layers, each bound by the ones before it: build.txt (pip and the build back end), run.txt
(what casegraph needs), cluster.txt (the same, the engine of a cluster and S3), dev.txt (tests, checks, docs;
with the cluster and what loads GLiNER 2 models, which are tested). And by themselves server.txt, what tests
speak to, ftm.txt, what they hold FollowTheMoney files against, and node.txt, what builds scripts. Python
3.11; addresses of indexes are left out, so that each machine installs from the index that it is set up with.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
LAYERS = {"build": ("build",), "run": (), "cluster": (), "dev": ("test", "lint", "docs", "bench", "lock")}
APART = {"server": ("server",), "ftm": ("ftm",), "node": ("node",)}  # each by itself, bound by none
HEADER = "# Made by `make lock` from pyproject.toml; not by hand.\n"


def wanted() -> dict[str, list[str]]:
    """Return the requirements of each layer as pyproject.toml gives them."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))
    layers = {
        layer: [line for group in groups for line in project["dependency-groups"][group]]
        for layer, groups in (LAYERS | APART).items()
    }
    layers["run"] = list(project["project"]["dependencies"])
    parts = project["project"]["optional-dependencies"]
    further = [*parts["cluster"], *parts["s3"]]
    layers["cluster"] = [*layers["run"], *further]
    layers["dev"] += [*further, *parts["gliner2"]]
    return layers


def compile_layer(layer: str, lines: list[str], *, upgrade: bool) -> None:
    """Resolve one layer with pip-tools into its lock file."""
    bounds = []
    for earlier in LAYERS if layer in LAYERS else ():
        if earlier == layer:
            break
        bounds.append(f"-c {HERE / earlier}.txt")
    target = HERE / f"{layer}.txt"
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / f"{layer}.in"
        source.write_text("\n".join([*bounds, *lines]) + "\n", "utf-8")
        options = ["--quiet", "--generate-hashes", "--allow-unsafe", "--strip-extras"]
        options += ["--no-emit-options", "--no-header", "--no-annotate", f"--output-file={target}"]
        options += ["--upgrade"] * upgrade
        subprocess.run([sys.executable, "-m", "piptools", "compile", *options, str(source)], check=True)
    pins = target.read_text("utf-8")
    if found := re.search(r"https?://|file://|^-", pins, re.MULTILINE):
        raise SystemExit(f"{target.name} names an index or a place: {found.group()}")
    target.write_text(HEADER + pins.removeprefix(HEADER), "utf-8")


def main() -> None:
    """Lock all layers in order."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest version of everything")
    upgrade = parser.parse_args().upgrade
    for layer, lines in wanted().items():
        compile_layer(layer, lines, upgrade=upgrade)


if __name__ == "__main__":
    main()
