"""Write docs/reference from the code; `--check` says what differs instead.

Each page is made from what the program itself uses: the commands from click, the settings from `SETTINGS`,
errors, records and claims from their classes. Only the meanings of problem codes stand in a file of their
own, docs/problems.toml; a code without a meaning, or a meaning without a code, is an error.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import get_args

import click

import casegraph
import example_claim
from casegraph import errors, model, settings
from casegraph.cli import program
from casegraph.model import base, claim, entity, journal, mention, parse, reference, text, units
from casegraph.model.child import DEEPEST
from casegraph.pipeline import found, referenced, reports
from casegraph.pipeline.case import Case
from casegraph.read import READERS
from casegraph.read.unread import labels
from problem_codes import problem_codes

DOCS = Path(__file__).parent
NOTE = "<!-- Written by docs/make_reference.py; `make reference` writes it anew. -->\n"
WIDTH = 88

# Every command page shows the same thing done from Python; a command without its twin is an error.
TWINS = {
    "init": 'case = casegraph.init_case("my-case")',
    "add": 'casegraph.open_case("my-case").add(["page.html", "leak"])',
    "build": 'casegraph.open_case("my-case").build()',
    "ask": 'casegraph.open_case("my-case").ask(casegraph.ModelServer("http://127.0.0.1:8080", "qwen"))',
    "serve": 'casegraph.web.serving.serve(Path("my-case"), Place(port=8777), ready=lambda: None)',
    "status": 'casegraph.open_case("my-case").status()',
    "claims": 'casegraph.open_case("my-case").claims(about="Orlan Works", kind="delivery")',
    "entities": 'casegraph.open_case("my-case").entities(name="Orlan Works")',
    "proposals": 'casegraph.open_case("my-case").proposals()',
    "judge": 'casegraph.open_case("my-case").judge("Orlan Works", "Orlan", "positive")',
    "judgements": 'casegraph.open_case("my-case").judgements()',
    "documents": 'casegraph.open_case("my-case").documents()',
    "tables": 'casegraph.open_case("my-case").tables()',
    "mappings": 'casegraph.open_case("my-case").mappings()',
    "problems": 'casegraph.open_case("my-case").problems()',
    "lineage": 'casegraph.open_case("my-case").lineage("page.html")',
    "origins": 'casegraph.open_case("my-case").origins("claim-12ab")',
    "grade": 'casegraph.open_case("my-case").grade_claim("claim-12ab", "3", note="the invoice fits")',
    "grades": 'casegraph.open_case("my-case").grades()',
    "review": 'casegraph.open_case("my-case").review("claim-12ab", "rejected", note="only a caption")',
    "history": 'casegraph.open_case("my-case").history()',
    "show": 'casegraph.open_case("my-case").show("claim-12ab")',
    "search": 'casegraph.open_case("my-case").search("survey drones")',
    "reference": 'casegraph.open_case("my-case").add_reference("register.jsonl", licence="CC0")',
    "export": 'casegraph.open_case("my-case").export("ftm", facts="stated")',
    "verify": 'casegraph.open_case("my-case").verify()',
    "custody": 'casegraph.open_case("my-case").custody()',
    "run": 'casegraph.run(["page.html"])',
    "gate": 'casegraph.gates.attribute.gate(Path("gold/attribute"))',
}


def tidy(words: str) -> str:
    """Return words fit for a cell of a table."""
    return " ".join(words.split()).replace("|", "\\|")


def first_line(words: str | None) -> str:
    """Return the intent of a docstring."""
    return (words or "").strip().partition("\n")[0]


def commands() -> str:
    """Return the page of commands, from click's own help."""
    lines = ["# Commands", "", NOTE, "Data goes to standard output, words about it to standard error."]
    lines += ["The exit code is 0, or that of the [error](errors.md); 130 after Ctrl-C.", ""]
    top = click.Context(program, info_name="casegraph", terminal_width=WIDTH, **program.context_settings)
    lines += ["```text", program.get_help(top), "```", ""]
    for name in program.list_commands(top):
        command = program.get_command(top, name)
        if command is None:
            raise SystemExit(f"the command {name} is listed and not there")
        context = click.Context(command, info_name=name, parent=top, terminal_width=WIDTH)
        lines += [
            f"## casegraph {name}",
            "",
            "```text",
            command.get_help(context),
            *parts(command, context),
            "```",
            "",
            "In Python:",
            "",
        ]
        lines += ["```py", TWINS[name], "```", ""]
    return "\n".join(lines)


def parts(command: click.Command, context: click.Context) -> Iterator[str]:
    """Yield the help of the commands inside a command, if it has some."""
    for name, inner in command.commands.items() if isinstance(command, click.Group) else ():
        own = click.Context(inner, info_name=name, parent=context, terminal_width=WIDTH)
        yield from ("", inner.get_help(own))


def settings_page() -> str:
    """Return the page of settings."""
    lines = [
        "# Settings",
        "",
        NOTE,
        "A setting is taken from `case.toml`, then from an environment variable, then from the call;",
        "the last wins. An unknown name or a senseless value is a [SettingsError](errors.md) that names",
        "the place.",
        "",
        "| in `case.toml` | environment | default | meaning |",
        "|---|---|---|---|",
    ]
    for one in settings.SETTINGS:
        default = f'`"{one.default}"`' if isinstance(one.default, str) else f"`{one.default}`"
        choices = f" One of {', '.join(f'`{choice}`' for choice in one.choices)}." if one.choices else ""
        lines.append(f"| `{one.name}` | `{one.variable}` | {default} | {tidy(one.help)}{choices} |")
    lines += [
        "",
        "`[sources]` in `case.toml` is a table of your own: a host or publisher, and the reliability that",
        "you give it.",
        "",
        "The `case.toml` of a new case:",
        "",
        "```toml",
        settings.default_toml("harbour").strip(),
        "```",
        "",
    ]
    return "\n".join(lines)


def errors_page() -> str:
    """Return the page of errors: the drawing, and a table with exit codes."""
    drawing = (errors.__doc__ or "").split("\n\n")[1]
    lines = [
        "# Errors",
        "",
        NOTE,
        "An error is yours to mend, and its message says how. Bad *documents* never raise one: they become",
        "[problems](problems.md).",
        "",
        "```text",
        drawing,
        "```",
        "",
        "| error | exit code | meaning |",
        "|---|---|---|",
    ]
    for name, one in vars(errors).items():
        if inspect.isclass(one) and issubclass(one, errors.CasegraphError):
            lines.append(f"| `{name}` | {one.exit_code} | {tidy(first_line(one.__doc__))} |")
    return "\n".join([*lines, ""])


def problems_page() -> str:
    """Return the page of problem codes."""
    meanings: dict[str, str] = tomllib.loads((DOCS / "problems.toml").read_text("utf-8"))
    codes = problem_codes()
    if codes != set(meanings):
        raise SystemExit(
            f"docs/problems.toml: without a meaning: {sorted(codes - set(meanings))}; "
            f"not in the code: {sorted(set(meanings) - codes)}"
        )
    lines = [
        "# Problems",
        "",
        NOTE,
        "Something in the input that could not be used becomes a problem: stored, counted and shown by",
        "`casegraph problems`, never a crash. The first word of its code is the stage that found it; `*`",
        "stands for any stage.",
        "",
        "| code | what it means |",
        "|---|---|",
    ]
    lines += [f"| `{code}` | {tidy(meanings[code])} |" for code in sorted(codes)]
    return "\n".join([*lines, ""])


def comments(module: ModuleType) -> dict[int, str]:
    """Return the comment of each line of a module."""
    with Path(str(module.__file__)).open("rb") as source:
        tokens = list(tokenize.tokenize(source.readline))
    return {
        token.start[0]: token.string.lstrip("# ")
        for token in tokens
        if token.type == tokenize.COMMENT and not token.string.startswith("# fmt")
    }


def record_tables(module: ModuleType, level: str = "##") -> Iterator[str]:
    """Yield the section of each record of a module: its docstring and its fields."""
    words = comments(module)
    for node in ast.parse(inspect.getsource(module)).body:
        if not isinstance(node, ast.ClassDef) or not issubclass(getattr(module, node.name), model.Record):
            continue
        yield f"{level} {node.name}\n\n{inspect.cleandoc(ast.get_docstring(node) or '')}\n"
        fields = [one for one in node.body if isinstance(one, ast.AnnAssign)]
        if not fields:
            continue
        yield "| field | type | meaning |\n|---|---|---|"
        for field in fields:
            kind = tidy(ast.unparse(field.annotation))
            default = f" = {ast.unparse(field.value)}" if field.value is not None else ""
            meaning = tidy(words.get(field.lineno, ""))
            yield f"| `{ast.unparse(field.target)}` | `{kind}{default}` | {meaning} |"
        yield ""


def records_page() -> str:
    """Return the page of records."""
    lines = [
        "# Records",
        "",
        NOTE,
        "Frozen values that the stages pass to each other. A field has the same name on the wire, in the",
        "tables and in Python. Import them from `casegraph.model`.",
        "",
    ]
    for module in (base, text, parse, mention, claim, entity, units, journal, reference):
        lines += record_tables(module)
    homes = "Records of `casegraph.pipeline`: `reports`, `found` and `referenced`."
    lines += ["## What the commands give", "", homes, ""]
    lines += [*record_tables(reports, "###"), *record_tables(found, "###"), *record_tables(referenced, "###")]
    return "\n".join(lines)


def member(name: str, one: FunctionType, level: str) -> Iterator[str]:
    """Yield a function or method: its signature as it is written, and its docstring."""
    node = ast.parse(textwrap.dedent(inspect.getsource(one))).body[0]
    if isinstance(node, ast.FunctionDef):
        given = [argument for argument in node.args.args if argument.arg != "self"]
        node.args.args = given
        result = f" -> {ast.unparse(node.returns)}" if node.returns else ""
        yield f"{level} {name}\n\n```py\n{name}({ast.unparse(node.args)}){result}\n```\n"
        yield f"{inspect.cleandoc(ast.get_docstring(node) or '')}\n"


def python_page() -> str:
    """Return the page of the Python interface."""
    lines = [
        "# Python",
        "",
        NOTE,
        "`import casegraph` gives these functions, `Case`, and the [records](records.md) and",
        "[errors](errors.md) that they give and raise. All other modules may change without notice.",
        "",
    ]
    for name in casegraph.__all__:
        one = getattr(casegraph, name)
        if inspect.isfunction(one):
            lines += member(name, inspect.unwrap(one), "##")
    lines += ["## Case", "", inspect.cleandoc(Case.__doc__ or ""), ""]
    for home in Case.__mro__[:-1]:
        for name, one in vars(home).items():
            if inspect.isfunction(one) and not name.startswith("_"):
                lines += member(name, inspect.unwrap(one), "###")
    return "\n".join(lines)


def claim_page() -> str:
    """Return the page of the claim on the wire."""
    lines = [
        "# The claim on the wire",
        "",
        NOTE,
        "`casegraph claims CASE --format jsonl` gives one claim a line. The same names are used in Python",
        "and in the tables; [Records](records.md#claim) describes each field. From the sentence",
        "",
        f"> {example_claim.TEXT}",
        "",
        "comes this claim (laid out for reading; prefixes and suffixes of targets are empty here):",
        "",
        "```json",
        example_claim.wire(),
        "```",
        "",
        "A target's `start` and `end` count code points of the page's stored text, `end` excluded.",
        "",
        "## Kinds",
        "",
        "| kind | roles |",
        "|---|---|",
    ]
    for kind in get_args(claim.Kind):
        roles = ", ".join(f"`{role}`" for role in claim.ROLES[kind]) or "none: the words are the content"
        lines.append(f"| `{kind}` | {roles} |")
    lines += ["", "`participants` of an event holds a list; every other role one party, or null.", ""]
    lines += ["## Stances", "", ", ".join(f"`{stance}`" for stance in get_args(claim.Stance)) + ".", ""]
    return "\n".join(lines)


def formats_page() -> str:
    """Return the page of formats: what each reader says of itself, in the order in which they are asked."""
    lines = ["# Formats", "", NOTE]
    lines += [
        "A file is read by the first reader that knows its content; its name decides only between texts.",
        "What a container holds is read in turn, down to "
        + str(DEEPEST)
        + " containers deep. How each fares on awkward files is",
        "[measured](../explanation/formats-measured.md).",
        "",
        "| reader | reads | media types | [problems](problems.md) of its own |",
        "|---|---|---|---|",
    ]
    for reader in READERS:
        module = sys.modules[reader.read.__module__]
        said = re.search(r"[Pp]roblems?:? (.*?)\.(?:\s|$)", inspect.getdoc(reader.read) or "", re.DOTALL)
        codes = re.findall(r"`([a-z-]+)`", said[1]) if said else []
        types = ", ".join(f"`{one}`" for one in reader.media_types)
        problems = ", ".join(f"`{one}`" for one in codes)
        lines.append(f"| `{reader.name}` | {tidy(first_line(module.__doc__))} | {types} | {problems} |")
    lines += ["", "## Types that are named, not read", ""]
    lines += ["These become a document with a `read.unread-type` problem that names them.", ""]
    known = {one for reader in READERS for one in reader.media_types}
    named = sorted((kind, called) for kind, called in labels().items() if kind not in known)
    lines += [", ".join(f"`{kind}`" + (f" ({called})" if called else "") for kind, called in named) + ".", ""]
    return "\n".join(lines)


PAGES = {
    "formats": formats_page,
    "commands": commands,
    "settings": settings_page,
    "errors": errors_page,
    "problems": problems_page,
    "python": python_page,
    "records": records_page,
    "claim": claim_page,
}


def main() -> int:
    """Write the pages, or with `--check` name those that are not as the code would have them."""
    check = "--check" in sys.argv[1:]
    stale = []
    for name, make in PAGES.items():
        path = DOCS / "reference" / f"{name}.md"
        page = make().rstrip() + "\n"
        if not path.is_file() or path.read_text("utf-8") != page:
            stale.append(path.name)
            if not check:
                path.write_text(page, "utf-8")
    if check and stale:
        print(f"not as the code has it: {', '.join(stale)}; run `make reference`", file=sys.stderr)
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
