"""Every problem code that the program can give, found in its code.

A code is written in one of three ways, and all three are looked for: whole (`code="read.empty"`), without its
stage in a call of a function whose name ends in `problem` (`draft.problem("no-text", ...)`), or for any stage
(`f"{stage}.failed"`), which is listed as `*.failed`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "casegraph"
STAGES = ("add", "read", "extract", "attribute", "resolve", "trace", "connect", "screen", "publish", "search")
KEBAB = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
WHOLE = re.compile(rf"(?:{'|'.join(STAGES)})\.{KEBAB.pattern}")
ANY = "*"


def texts(nodes: list[ast.expr]) -> Iterator[str]:
    """Yield the strings among the nodes."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def called(call: ast.Call) -> str:
    """Return the last name of what is called."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def given_codes(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield what is passed as `code` to Problem."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) == "Problem":
            yield from (word.value for word in node.keywords if word.arg == "code")


def prefix(tree: ast.Module, package: str) -> str:
    """Return the stage that a module's own problem function puts before a code."""
    for code in given_codes(tree):
        match code:
            case ast.JoinedStr(values=[ast.Constant(value=str(head)), *_]):
                return head.rstrip(".")
            case ast.JoinedStr():
                return ANY
    return package


def module_codes(tree: ast.Module, package: str) -> Iterator[str]:
    """Yield the codes of one module."""
    for code in given_codes(tree):
        match code:
            case ast.Constant(value=str(whole)) if WHOLE.fullmatch(whole):
                yield whole
            case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value=str(tail))]):
                yield f"{ANY}{tail}"
    stage = prefix(tree, package)
    for node in ast.walk(tree):
        words: list[str] = []
        if isinstance(node, ast.Call) and called(node).endswith("problem"):
            words = [word for word in texts(node.args) if KEBAB.fullmatch(word)][:1]
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_DETAILS":
            words = list(texts([key for key in getattr(node.value, "keys", []) if key is not None]))
        yield from (f"{stage}.{word}" for word in words)


def problem_codes() -> set[str]:
    """Return all codes."""
    found: set[str] = set()
    for path in sorted(SOURCE.rglob("*.py")):
        package = path.relative_to(SOURCE).parts[0]
        found |= set(module_codes(ast.parse(path.read_text("utf-8")), package))
    return found
