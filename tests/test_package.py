"""What is installed is what is here: data files included, tests and documents left out."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"


def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("casegraph-*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    kept = {
        path.relative_to(SOURCE).as_posix()
        for path in (SOURCE / "casegraph").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in packed if not name.partition("/")[0].endswith(".dist-info")} == kept
    assert any(name.endswith("licenses/LICENSE") for name in packed)
    assert any(name.endswith("entry_points.txt") for name in packed)
