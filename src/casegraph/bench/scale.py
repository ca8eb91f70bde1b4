"""What a document costs in a case of a thousand, ten thousand, a hundred thousand: it must stay the same."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from casegraph.bench.pages import Writer, as_text
from casegraph.bench.watch import Cost, cost_of, one_thread

ADD = """
import sys
from casegraph.pipeline.case import init_case
case = init_case(sys.argv[1])
case.add([sys.argv[2]])
"""

BUILD = """
import json, sys
from casegraph.pipeline.case import open_case
case = open_case(sys.argv[1], chain=sys.argv[3])
report = case.build(workers=int(sys.argv[2]))
spent = {stage.stage: stage.cpu_seconds for stage in report.stages}
print(json.dumps({"documents": report.documents, "stages": spent, "problems": report.problems}))
"""

READING = "casegraph.bench.formats:reading"
WHOLE = "casegraph.pipeline.chain:default_chain"
TOLD = 40  # different stories; each document is one of them under a number of its own
IN_FOLDER = 1000


def bench(
    counts: Sequence[int], workers: int, seed: int, *, whole: bool, short: bool
) -> Iterator[dict[str, object]]:
    """Yield the figures of each count of small texts.

    `whole` runs all stages, not `read` alone; `short` cuts texts to a few sentences.
    """
    one_thread()
    stories = [as_text(story) for story in Writer(seed).stories(TOLD)]
    if short:
        stories = ["\n\n".join(story.split("\n\n")[:2]) for story in stories]
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="casegraph-bench-") as scratch:
            files, case = Path(scratch) / "files", Path(scratch) / "case"
            size = _write(files, stories, count)
            added = cost_of([sys.executable, "-c", ADD, str(case), str(files)])
            command = [sys.executable, "-c", BUILD, str(case), str(workers), WHOLE if whole else READING]
            built = cost_of(command)
            again = cost_of(command)
            yield _figures(count, size, added, built, again) | {
                "derived_bytes_a_document": round(_size(case / "derived") / count),
                "index_bytes_a_document": round(sum(map(_size, (case / "derived").glob("*.index"))) / count),
            }


def _write(folder: Path, stories: list[str], count: int) -> int:
    size = 0
    for number in range(count):
        if number % IN_FOLDER == 0:
            inner = folder / f"{number // IN_FOLDER:04}"
            inner.mkdir(parents=True)
        text = f"{stories[number % len(stories)]}\n\nDocument {number} of {count}.\n".encode()
        (inner / f"{number:07}.txt").write_bytes(text)
        size += len(text)
    return size


def _figures(count: int, size: int, added: Cost, built: Cost, again: Cost) -> dict[str, object]:
    said = json.loads(built.output)
    stages = sum(said["stages"].values())
    return {
        "documents": count,
        "bytes_a_document": round(size / count),
        "problems": said["problems"],
        "add_cpu_ms_a_document": round(1000 * added.cpu_seconds / count, 2),
        "build_seconds": round(built.seconds, 1),
        "build_documents_per_second": round(count / built.seconds, 1),
        "build_cpu_ms_a_document": round(1000 * built.cpu_seconds / count, 2),
        "stages_cpu_ms_a_document": round(1000 * stages / count, 2),
        "rest_cpu_ms_a_document": round(1000 * (built.cpu_seconds - stages) / count, 2),
        "nothing_to_do_seconds": round(again.seconds, 2),
        "peak_mib": round(built.peak_mib),
    }


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
