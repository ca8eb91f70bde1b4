"""Every problem code that the program can give, found in its code.

A code is written whole (`code="read.empty"`), for any stage (`f"{stage}.failed"`, listed as `*.failed`), or
without its stage: passed with a sentence after it to a function whose name ends in `problem` or `Error`, in a
pair of code and sentence, as the key of a dict of sentences, or named in a docstring after "Problems:".
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "casegraph"
STAGES = (
    *("add", "read", "extract", "attribute", "resolve", "trace", "connect", "screen", "publish"),
    *("reference", "search"),
)
KEBAB = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
WHOLE = re.compile(rf"(?:{'|'.join(STAGES)})\.{KEBAB.pattern}")
ANY = "*"


def literal(node: ast.AST | None) -> str | None:
    """Return the string that a node is."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def short(nodes: Sequence[ast.expr]) -> str | None:
    """Return the code among the nodes: a word in kebab case with a sentence after it."""
    for code, after in zip(nodes, [*nodes[1:], None], strict=True):
        word = literal(code)
        sentence = literal(after) or (ast.unparse(after) if isinstance(after, ast.JoinedStr) else "")
        if (
            word is not None
            and KEBAB.fullmatch(word)
            and (" " in sentence or after is None or not literal(after))
        ):
            return word
    return None


def coded(keys: Sequence[ast.expr | None], values: Sequence[ast.expr]) -> bool:
    """Return whether a dict goes from codes to the sentences that are told with them."""
    words, sentences = [literal(key) for key in keys], [literal(value) for value in values]
    return bool(words) and all(
        word is not None and KEBAB.fullmatch(word) and sentence is not None and sentence.count(" ") > 2
        for word, sentence in zip(words, sentences, strict=True)
    )


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
    if stage not in (*STAGES, ANY):  # a package that gives no problems of its own
        return
    for node in ast.walk(tree):
        yield from (f"{stage}.{word}" for word in node_codes(node))


def node_codes(node: ast.AST) -> list[str]:
    """Return the codes without their stage that a node gives."""
    words: list[str | None] = []
    match node:
        case ast.Call() if called(node).endswith("problem"):
            words = [short(node.args)]
        case ast.Call() if called(node).endswith("Error") and len(node.args) > 1:
            words = [short(node.args)]
        case ast.Tuple(elts=[code, ast.Constant() | ast.JoinedStr() as sentence]) if " " in ast.unparse(
            sentence
        ):
            words = [short([code, sentence])]
        case ast.Dict(keys=keys, values=sentences) if coded(keys, sentences):
            words = [literal(key) for key in keys]
        case ast.FunctionDef():
            listed = re.search(
                r"[Pp]roblems?:? ((?:`[a-z-]+`(?:,| and|\.)?\s*)+)", ast.get_docstring(node) or ""
            )
            words = list(re.findall("`([a-z-]+)`", listed.group(1))) if listed else []
    return [word for word in words if word is not None and KEBAB.fullmatch(word)]


def problem_codes() -> set[str]:
    """Return all codes."""
    found: set[str] = set()
    for path in sorted(SOURCE.rglob("*.py")):
        package = path.relative_to(SOURCE).parts[0]
        found |= set(module_codes(ast.parse(path.read_text("utf-8")), package))
    return found
