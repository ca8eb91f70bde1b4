"""The documentation says what the program does: examples run, the reference is drawn from the code, links hold."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from casegraph.cli import program

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
TRANSCRIPTS = runpy.run_path(str(DOCS / "transcripts.py"), run_name="transcripts")
LOADED = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["']?(?:https?:)?//|@import|url\(["']?https?:"""
)
LINKED = re.compile(r"""<link\b[^>]*\bhref=["']?(?:https?:)?//[^>]*>""")


@pytest.mark.parametrize("page", TRANSCRIPTS["pages"](), ids=lambda path: path.name)
def test_what_a_page_shows_is_what_happens(page: Path) -> None:
    text = page.read_text("utf-8")
    assert TRANSCRIPTS["difference"](text, TRANSCRIPTS["rewritten"](text)) == "", "run `make reference`"


def test_the_reference_is_as_the_code_has_it() -> None:
    command = [sys.executable, str(DOCS / "make_reference.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_command_is_documented() -> None:
    reference = (DOCS / "reference" / "commands.md").read_text("utf-8")
    missing = [name for name in program.commands if f"## casegraph {name}\n" not in reference]
    assert missing == []


def test_every_command_in_the_docs_exists() -> None:
    known = set(program.list_commands(None))  # type: ignore[arg-type]  # the group does not look at it
    pages = [*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    for page in pages:
        for language, body in re.findall(
            r"^```(\w+)[^\n]*\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
        ):
            if language in {"sh", "bash", "console"}:
                used = set(re.findall(r"(?:^|\$ |\()casegraph ([a-z]+)", body, re.MULTILINE))
                assert used <= known, page.name


def test_links_in_the_front_pages_lead_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / name).read_text("utf-8")):
            assert (ROOT / target).exists(), f"{name}: {target}"


def test_the_site_builds_and_needs_no_network(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for page in tmp_path.rglob("*.html"):
        text = page.read_text("utf-8")
        assert not LOADED.search(text), page.name
        fetched = [link for link in LINKED.findall(text) if "stylesheet" in link or "preconnect" in link]
        assert fetched == [], page.name
    for sheet in (*tmp_path.rglob("*.css"), *tmp_path.rglob("*.svg")):
        assert not re.search(r"url\([\"']?https?:|@import", sheet.read_text("utf-8")), sheet.name
    assert (tmp_path / "search" / "search_index.js").is_file()
