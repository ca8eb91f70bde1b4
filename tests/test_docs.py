"""The documentation says what the program does: examples run, the reference is the code's, links hold."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import transcripts
from casegraph.cli import program

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
LOADED = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["']?(?:https?:)?//|@import|url\(["']?https?:"""
)
LINKED = re.compile(r"""<link\b[^>]*\bhref=["']?(?:https?:)?//[^>]*>""")


def commands() -> list[str]:
    return program.list_commands(click.Context(program))


@pytest.mark.parametrize("page", transcripts.pages(), ids=lambda path: path.name)
def test_what_a_page_shows_is_what_happens(page: Path) -> None:
    text = page.read_text("utf-8")
    assert transcripts.difference(text, transcripts.rewritten(text)) == "", "run `make reference`"


@pytest.mark.parametrize("script", ["make_reference.py", "make_pictures.py"])
def test_what_scripts_write_is_as_the_code_has_it(script: str) -> None:
    command = [sys.executable, str(DOCS / script), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_command_is_documented() -> None:
    reference = (DOCS / "reference" / "commands.md").read_text("utf-8")
    assert [name for name in commands() if f"## casegraph {name}\n" not in reference] == []


def test_every_command_in_the_docs_exists() -> None:
    used = set()
    for page in (*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        for block in transcripts.blocks(page.read_text("utf-8")):
            if block.language in {"sh", "bash", "console"}:
                used |= set(re.findall(r"(?:^|\$ |\()casegraph ([a-z]+)", block.body, re.MULTILINE))
    assert used <= set(commands())


def test_links_in_the_front_pages_lead_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / name).read_text("utf-8")):
            assert (ROOT / target).exists(), f"{name}: {target}"


def test_the_site_builds_and_needs_no_network(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = {path.relative_to(tmp_path): path.read_text("utf-8") for path in tmp_path.rglob("*.html")}
    loading = [(str(name), hit) for name, text in pages.items() for hit in LOADED.findall(text)]
    linking = [(str(name), hit) for name, text in pages.items() for hit in LINKED.findall(text)]
    assert loading == []
    assert [(name, hit) for name, hit in linking if "stylesheet" in hit or "preconnect" in hit] == []
    drawn = [*tmp_path.rglob("*.css"), *tmp_path.rglob("*.svg")]
    assert [path.name for path in drawn if LOADED.search(path.read_text("utf-8"))] == []
    assert (tmp_path / "search" / "search_index.js").is_file()
