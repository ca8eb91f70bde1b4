from __future__ import annotations

import json
import subprocess
import sys

import pytest

from casegraph.bench.pages import WORDS, Writer, as_html, as_text
from casegraph.bench.watch import cost_of


def test_stories_are_long_different_and_the_same_for_a_seed() -> None:
    texts = [as_text(story) for story in Writer(3).stories(60)]
    assert texts == [as_text(story) for story in Writer(3).stories(60)]
    assert texts[0] != next(as_text(story) for story in Writer(4).stories(1))
    assert len(set(texts)) == 60
    assert all(WORDS[0] <= len(text.split()) <= WORDS[1] + 150 for text in texts)
    assert not any("{" in text or "}" in text for text in texts)


def test_there_are_two_thousand_different_names() -> None:
    writer = Writer(1)
    assert len({*writer.people, *writer.companies, *writer.places, *writer.products}) >= 2000


def test_a_page_holds_its_story_among_furniture() -> None:
    (story,) = Writer(1).stories(1)
    page = as_html(story)
    assert page.count("<p>") >= len(story.paragraphs)
    assert "Must read" in page


def test_costs_are_those_of_the_whole_tree() -> None:
    wait = "end = time.process_time() + 0.6\nwhile time.process_time() < end: pass"
    spend = f"import time\nx = bytearray(60 << 20)\n{wait}"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {spend!r}]); print('done')"
    cost = cost_of([sys.executable, "-c", outer])
    assert cost.output == "done\n"
    assert cost.seconds >= 0.6
    assert cost.cpu_seconds >= 0.6
    assert cost.peak_mib > 60
    with pytest.raises(subprocess.CalledProcessError):
        cost_of([sys.executable, "-c", "raise SystemExit(3)"])


@pytest.mark.slow
def test_the_command_prints_figures() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "casegraph.bench", "build", "--pages", "2", "--workers", "1", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    figures = json.loads(done.stdout)
    assert figures["pages"] == 2
    assert figures["tokens"] > 600
    assert figures["build_cpu_seconds"] > 0
    assert {"time_ratio", "one_more_per_cent", "peak_mib_at_2", "extract_cpu_seconds"} <= figures.keys()
