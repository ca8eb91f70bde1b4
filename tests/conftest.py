"""What all tests share: no network, no settings of the machine, quick tests first."""

from __future__ import annotations

import fcntl
import os
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OFFLINE = ROOT / "tests" / "offline"


def pytest_configure() -> None:
    """Take the network from this process and from every child that it starts."""
    runpy.run_path(str(OFFLINE / "sitecustomize.py"))
    # `src` as well: a worker must run the code under test, whatever is installed.
    os.environ["PYTHONPATH"] = os.pathsep.join([str(OFFLINE), str(ROOT / "src")])
    for name in [name for name in os.environ if name.startswith("CASEGRAPH_")]:
        del os.environ[name]
    os.environ.pop("COLUMNS", None)  # xdist sets it for its workers


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the rules of the house first and what takes seconds last."""

    def rank(item: pytest.Item) -> int:
        if item.get_closest_marker("slow") or item.path.name == "test_docs.py":
            return 2
        return 0 if item.path.name == "test_architecture.py" else 1

    items.sort(key=rank)


@pytest.fixture(autouse=True)
def _loopback(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test that is marked so, and its children, use this machine's own addresses."""
    if request.node.get_closest_marker("loopback"):
        monkeypatch.setenv("OFFLINE_TESTS_MAY_USE_LOOPBACK", "1")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The example case, built once for all processes of the run; nobody writes to it."""
    import casegraph  # noqa: PLC0415 - the network is taken away first

    own = tmp_path_factory.getbasetemp()
    base = own if worker_id == "master" else own.parent
    with (base / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = base / "demo-case"
        if not folder.exists():
            made = casegraph.init_case(base / "demo-made" / "demo-case")
            made.add([ROOT / "demo" / "documents"])
            made.build(workers=1)
            made.folder.rename(folder)
    return folder


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the checkout."""
    return ROOT
