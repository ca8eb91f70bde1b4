"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import graphlib
import importlib
import inspect
import json
import os
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

import pytest

import casegraph
from casegraph import errors
from casegraph.read import READERS

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "casegraph"
MODULES = sorted(PACKAGE.rglob("*.py"))
CODE = sorted([*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "docs").rglob("*.py")])

MOST_LINES = 400
MOST_FUNCTION_LINES = 60
MOST_PARAMETERS = 8
LEAST_REASON_WORDS = 2
NETWORK = {"aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "socketserver", "urllib3"}
# A time-stamp is asked of the one address that the user names (`casegraph custody --timestamp`), a language
# model of another (`casegraph ask --endpoint`): these modules hold the call and the checks of its answer. The
# bench of the reading room asks the server that it has started on this machine.
# Nothing else below the web app may open a connection.
ONLINE = {"bench/visiting.py", "pipeline/endpoint.py", "pipeline/timestamp.py"}
FACES = {"__main__.py", "cli", "web", "testing.py"}
VAGUE = {"common", "helper", "helpers", "manager", "misc", "util", "utils"}


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {dotted(path) for path in MODULES}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, Function):
            yield node


def imported(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the modules that these nodes import; `from package import name` may mean a module or not."""
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & NAMES
            names |= inner | ({str(node.module)} if len(inner) < len(node.names) else set())
    return names


def imported_anywhere(path: Path) -> set[str]:
    return imported(ast.walk(ast.parse(path.read_text("utf-8"))))


def committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    for path in committed():
        data = path.read_bytes()
        if b"\0" not in data:
            yield name_of(path), data.decode("utf-8", "replace")


def test_a_module_reads_in_one_sitting() -> None:
    lines = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in CODE}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_a_function_fits_one_screen() -> None:
    lines = {
        f"{name_of(path)}:{one.lineno} {one.name}": (one.end_lineno or one.lineno) - one.lineno + 1
        for path in CODE
        for one in functions(path)
    }
    assert {name: count for name, count in lines.items() if count > MOST_FUNCTION_LINES} == {}


def test_a_function_takes_few_parameters() -> None:
    wide = {}
    for path in CODE:
        for one in functions(path):
            given = [*one.args.posonlyargs, *one.args.args, *one.args.kwonlyargs]
            own = [argument for argument in given if argument.arg not in {"self", "cls"}]
            if len(own) > MOST_PARAMETERS:
                wide[f"{name_of(path)}:{one.lineno} {one.name}"] = len(own)
    assert wide == {}


def test_names_say_something() -> None:
    assert [name_of(path) for path in MODULES if VAGUE & {path.stem.strip("_"), path.parent.name}] == []


def test_nothing_is_left_to_do() -> None:
    undone = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
    assert [name_of(path) for path in MODULES if undone.search(path.read_text("utf-8"))] == []


def test_a_silenced_check_gives_its_reason() -> None:
    silenced = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:\s*no cover)\b(.*)")
    codes = re.compile(r"^\s*(?::\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*|\[[\w, -]+\])")
    mute = [
        f"{name_of(path)}:{number}"
        for path in CODE
        if path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for found in silenced.finditer(line)
        if len(re.findall(r"\w+", codes.sub("", found.group(1)))) < LEAST_REASON_WORDS
    ]
    assert mute == []


def test_only_the_web_and_what_the_user_names_may_touch_the_network() -> None:
    online = [
        f"{name_of(path)}: {name}"
        for path in MODULES
        if path.relative_to(PACKAGE).parts[0] != "web" and path.relative_to(PACKAGE).as_posix() not in ONLINE
        for name in imported_anywhere(path)
        if name.partition(".")[0] in NETWORK or name == "urllib.request"
    ]
    assert online == []


def test_no_module_below_imports_the_public_face() -> None:
    """`casegraph/__init__.py` imports the pipeline, so an import of it from below would point up."""
    below = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] not in FACES]
    assert [name_of(path) for path in below if "casegraph" in imported_anywhere(path)] == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {}
    for path in MODULES:
        when_loaded = ast.parse(path.read_text("utf-8")).body
        graph[dotted(path)] = imported(when_loaded) & NAMES - {dotted(path)}
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        pytest.fail(" > ".join(error.args[1]))


def modules() -> list[str]:
    found = pkgutil.walk_packages(casegraph.__path__, "casegraph.")
    return sorted(module.name for module in found if not module.name.endswith("__main__"))


def order(name: str) -> tuple[int, str]:
    """Sort as ruff does: CONSTANTS, Classes, functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def test_public_names_exist_and_are_sorted() -> None:
    for name in ["casegraph", *modules()]:
        module = importlib.import_module(name)
        public = list(getattr(module, "__all__", []))
        assert [f"{name}.{one}" for one in public if not hasattr(module, one)] == []
        assert public == sorted(public, key=order), name


def test_reader_files_equal_the_tuple() -> None:
    files = {path.stem for path in (PACKAGE / "read" / "formats").glob("*.py")} - {"__init__"}
    assert {reader.read.__module__.rpartition(".")[2] for reader in READERS} == files


def test_the_drawing_of_errors_equals_the_classes() -> None:
    drawn: list[tuple[str, str | None]] = []
    stack: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"^((?:│   |    )*)(?:[├└]── )?([A-Z]\w+Error)\b", line):
            depth = len(found.group(1)) // 4 + ("── " in line)
            del stack[depth:]
            drawn.append((found.group(2), stack[-1] if stack else None))
            stack.append(found.group(2))
    classes = [
        (name, one.__base__.__name__ if one.__base__ not in {None, Exception} else None)
        for name, one in inspect.getmembers(errors, inspect.isclass)
        if issubclass(one, Exception)
    ]
    assert sorted(drawn) == sorted(classes)


def test_each_error_has_an_exit_code_of_its_own() -> None:
    codes = [
        one.exit_code
        for _, one in inspect.getmembers(errors, inspect.isclass)
        if issubclass(one, errors.CasegraphError)
    ]
    assert len(set(codes)) == len(codes)
    assert 0 not in codes


def test_an_error_that_leaves_its_module_is_in_the_tree() -> None:
    private = {
        node.name: name_of(path)
        for path in MODULES
        if path.name != "errors.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and any("Exception" in ast.unparse(base) for base in node.bases)
    }
    taken = {
        alias.name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert {name: home for name, home in private.items() if name in taken} == {}


def test_no_committed_file_names_a_machine() -> None:
    """Neither a folder of somebody's machine nor the host that packages come from is anyone's business."""
    from pip._internal.models.index import PyPI  # noqa: PLC0415  # private, so only where it is needed

    known = {PyPI.netloc, PyPI.file_storage_domain}
    told = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    )
    settings = told.stdout + " ".join(value for name, value in os.environ.items() if name.startswith("PIP_"))
    known |= set(re.findall(r"https?://(?:[^/@\s']*@)?([^/:\s']+)", settings))
    hosts = "|".join(re.escape(host) for host in sorted(known))
    folders = "|".join("/" + folder + "/" for folder in ("work", "root", r"home/\w+", r"Users/\w+"))
    banned = re.compile(rf"(?<![\w.-])(?:{hosts})(?![\w-])|(?<![\w.~*)\]}}/-])(?:{folders})")
    found = [f"{name}: {hit.group()}" for name, text in texts() for hit in banned.finditer(text)]
    assert found == []


def test_scripts_are_locked_with_digests_and_no_registry() -> None:
    folder = ROOT / "frontend"
    locked = json.loads((folder / "package-lock.json").read_text("utf-8"))["packages"]
    wanted = json.loads((folder / "package.json").read_text("utf-8"))
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert locked[f"node_modules/{name}"]["version"] == version
    packages = [one for name, one in locked.items() if name]
    assert all(one["integrity"].startswith("sha512-") for one in packages)
    assert not any("resolved" in one for one in packages)


def test_the_changelog_is_of_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    headings = re.findall(
        r"^## \[?(\d+\.\d+\.\d+|Unreleased)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert headings
    released = [heading for heading in headings if heading != "Unreleased"]
    assert released[0] == project["version"]


def requirement(line: str) -> str:
    """Return the normal form (PEP 503) of the name that a requirement begins with."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s<>=~!\[;]", line, maxsplit=1)[0]).lower()


def test_dependencies_are_what_the_code_imports() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = [line for lines in project["optional-dependencies"].values() for line in lines]
    declared = {requirement(line) for line in [*project["dependencies"], *optional]}
    packages = metadata.packages_distributions()
    outside = {name.partition(".")[0] for path in MODULES for name in imported_anywhere(path)} - {"casegraph"}
    used = {requirement(dist) for name in outside for dist in packages.get(name, [])}
    assert used <= declared
    code = "\n".join(path.read_text("utf-8") for path in MODULES)
    named = {
        requirement(dist)
        for name, dists in packages.items()
        if re.search(rf"\b{name}\b", code)
        for dist in dists
    }
    assert declared - named == set()


def test_every_dependency_is_locked_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    locked = (ROOT / "requirements" / "cluster.txt").read_text("utf-8")
    assert locked.startswith((ROOT / "requirements" / "run.txt").read_text("utf-8").splitlines()[0])
    optional = project["project"]["optional-dependencies"]["cluster"]
    for line in [*project["project"]["dependencies"], *optional]:
        name = requirement(line)
        spelt = name.replace("-", "[-_.]+")
        found = re.search(rf"^{spelt}==\S+ \\\n    --hash=sha256:", locked, re.MULTILINE | re.IGNORECASE)
        assert found is not None, (
            f"run `make lock`: {name}"
        )  # not the search itself: pytest prints the whole file
