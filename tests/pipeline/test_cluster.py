"""A real cluster: two nodes of one processor each on this machine, started and killed by the test."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from casegraph.bench.tracing import told, trace_case, write
from casegraph.bench.wires import articles
from casegraph.errors import CaseLockedError, SettingsError
from casegraph.pipeline import gathering, sandbox
from casegraph.pipeline.case import init_case, open_case
from casegraph.pipeline.cluster import ClusterEngine
from casegraph.pipeline.entities import entity_shelf
from casegraph.settings import Settings
from tests.object_store import BUCKET, serving, with_server
from tests.pipeline.conftest import CHAIN, ROOT, MakeCase, news, tree

BUILD = """
import sys
from casegraph.errors import CasegraphError
from casegraph.pipeline import gathering
from casegraph.pipeline.case import open_case
gathering.ROWS = 200
case = open_case(sys.argv[1], chain=sys.argv[2], engine="ray", address=sys.argv[3])
try:
    print(case.build().documents)
except CasegraphError as error:
    print(f"{type(error).__name__}: {error}")
    sys.exit(error.exit_code)
"""
TOGETHER = """
import sys, time, ray
ray.init(address=sys.argv[1], log_to_driver=False, configure_logging=False)
while ray.cluster_resources().get("CPU", 0) < 2:
    time.sleep(0.2)
"""
TRACE = """
import sys
from pathlib import Path
from casegraph.bench.tracing import trace_case
from casegraph.settings import Settings
settings = Settings(engine="ray", address=sys.argv[2])
print(trace_case(Path(sys.argv[1]), int(sys.argv[3]), settings, "key")["tables"])
"""
PATIENCE = 100  # seconds; a whole run takes about 40 on an idle machine

pytestmark = [pytest.mark.loopback, pytest.mark.slow]
with_ray = pytest.mark.skipif(
    find_spec("ray") is None, reason="ray is not installed: pip install casegraph[cluster]"
)


class Cluster:
    """The head and further nodes."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self.folder = folder
        self.environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {
            "PYTHONPATH": os.pathsep.join(
                [str(ROOT), str(ROOT / "src")]
            ),  # past the tests' own offline guard
            "AWS_ACCESS_KEY_ID": "k",
            "AWS_SECRET_ACCESS_KEY": "s",
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN": secrets.token_hex(24),
            "RAY_USAGE_STATS_ENABLED": "0",
            "RAY_health_check_period_ms": "500",
            "RAY_health_check_failure_threshold": "3",
        }
        self.nodes: list[subprocess.Popen[bytes]] = []

    def node(self, *options: str) -> None:
        port = self.address.rpartition(":")[2]
        where = ["--head", f"--port={port}", "--include-dashboard=false", f"--temp-dir={self.folder}"]
        command = ["-m", "ray.scripts.scripts", "start", "--block", "--num-cpus=1", "--disable-usage-stats"]
        command += [f"--address={self.address}"] if self.nodes else where
        command += ["--node-ip-address=127.0.0.1", f"--object-store-memory={80 << 20}", *options]
        with (self.folder / f"node-{len(self.nodes)}.txt").open("wb") as words:
            node = subprocess.Popen(
                [sys.executable, *command], env=self.environment, stdout=words, stderr=words
            )
        self.nodes.append(node)

    def build(self, case: Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-P", "-c", BUILD, str(case), CHAIN, self.address],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


def kill(node: subprocess.Popen[bytes]) -> None:
    """Kill a node with all its processes at once, as a power cut does."""
    found, left = [], [node.pid]
    while left:
        pid = left.pop()
        found.append(pid)
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                left += map(int, task.read_text().split())
    for pid in found:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    node.wait()


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for something."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.05)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    folder = Path("/tmp") / f"cg-{secrets.token_hex(4)}"  # short: paths of sockets have 107 bytes
    folder.mkdir(mode=0o700)
    cluster = Cluster(folder)
    try:
        cluster.node()
        port = int(cluster.address.rpartition(":")[2])
        until(lambda: listening(port), "the head did not start")
        cluster.node()
        command = [sys.executable, "-P", "-c", TOGETHER, cluster.address]
        subprocess.run(command, env=cluster.environment, timeout=PATIENCE, check=True, capture_output=True)
        yield cluster
    finally:
        for node in reversed(cluster.nodes):
            kill(node)
        shutil.rmtree(folder, ignore_errors=True)


def listening(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@pytest.fixture
def endpoint() -> Iterator[str]:
    with serving() as address:
        yield address


def traced_by(cluster: Cluster, tmp_path: Path) -> tuple[object, object]:
    """Return digests of what an engine on this machine, and the cluster, make of some made articles."""
    here, there, cut = tmp_path / "articles", tmp_path / "same", 2_000  # a case of so many is in two parts
    write(here, told(articles(40, 1, short=True)), cut)
    shutil.copytree(here, there)
    command = [sys.executable, "-P", "-c", TRACE, str(there), cluster.address, str(cut)]
    said = subprocess.run(
        command, env=cluster.environment, timeout=PATIENCE, check=True, capture_output=True, text=True
    )
    found = trace_case(here, cut, Settings(workers=1), "key")
    assert found["derivations"]
    return found["tables"], said.stdout.split()[-1]


@with_ray
@with_server
def test_a_cluster_builds_the_same_bytes_from_an_object_store_though_a_node_is_lost(
    make_case: MakeCase, cluster: Cluster, endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "ROWS", 200)  # several parts, as in a large case; in BUILD too
    texts = news(160, extra="read:slow extract:slow") | {"poison.txt": "Anna Kern says no. extract:abort"}
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "k")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s")
    places = {"originals": f"s3://{BUCKET}/originals", "endpoint": endpoint}
    cluster.environment |= {f"CASEGRAPH_{name.upper()}": value for name, value in places.items()}
    here, there = make_case(texts, "here"), make_case(texts, "there", **places)
    here.build()
    work = there.folder / "derived" / "work"
    building = cluster.build(there.folder)
    try:
        until(
            lambda: len(list(work.glob("*/*/tables/read-*/*"))) > 0 or building.poll() is not None, "no work"
        )
        until(lambda: len(list(work.glob("*/*"))) > 1 or building.poll() is not None, "one node only")
        assert building.poll() is None, building.communicate()[0]
        other = cluster.build(there.folder)  # a second build of the same case
        said, _ = other.communicate(timeout=PATIENCE)
        assert other.returncode == CaseLockedError.exit_code, said
        assert building.poll() is None, building.communicate()[0]
        kill(cluster.nodes[1])
        said, _ = building.communicate(timeout=PATIENCE)
        assert (building.returncode, said.split()[-1]) == (0, str(len(texts))), said
    finally:
        building.kill()
        building.wait()
    assert tree(there.folder) == tree(here.folder)
    assert list(there.problems()) == list(here.problems())
    assert [problem.code for problem in there.problems()] == ["extract.worker-died"]
    assert sandbox.size(work) == 0
    assert len(entity_shelf(there.folder / "derived").manifest().segments) > 1
    alone, together = traced_by(cluster, tmp_path)
    assert alone == together


def test_a_cluster_needs_an_address_and_an_answer(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="needs an address"):
        ClusterEngine(tmp_path, Settings(engine="ray"), CHAIN)
    init_case(tmp_path / "case")
    case = open_case(tmp_path / "case", chain=CHAIN, engine="ray")
    with pytest.raises(SettingsError, match="host:port"):
        case.build()
