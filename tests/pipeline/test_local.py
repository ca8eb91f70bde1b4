"""A model in a folder, run by confined workers."""

from __future__ import annotations

from pathlib import Path

import pytest

from casegraph.errors import SettingsError
from casegraph.extract.gliner2 import SCHEMAS
from casegraph.pipeline.case import init_case, open_case
from tests.gliner_model import make_model
from tests.pipeline.conftest import tree

TEXT = "Yesterday qorvel went to umm dasht, Mia Holt said."


@pytest.mark.slow
def test_a_build_reads_with_the_model_that_the_settings_name(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "model", {"qorvel": "person"}, list(SCHEMAS))
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.txt").write_text(TEXT)
    init_case(tmp_path / "case").add([tmp_path / "files"])
    plain = open_case(tmp_path / "case")
    plain.build(workers=1)
    names = {one.name for one in plain.mentions()}
    without = tree(plain.folder)
    assert "qorvel" not in names

    given = {"extractor": "gliner2", "model_folder": str(folder)}
    case = open_case(tmp_path / "case", **given)
    assert case.stale() == 1
    case.build(workers=1)
    own = [one for one in case.mentions() if one.detector.startswith("gliner2:")]
    assert [(one.name, one.schema) for one in own] == [("qorvel", "Person")]
    assert {one.name for one in case.mentions()} == {*names, "qorvel"}
    assert "qorvel" in {entity.name for entity in case.entities()}
    assert case.stale() == 0

    (folder / "onnx" / "model.onnx").write_bytes(b"no model")
    assert case.stale() == 1
    with pytest.raises(SettingsError, match="can be loaded"):
        open_case(tmp_path / "case", **given).build(workers=1)
    plain.build(workers=1)
    assert tree(plain.folder) == without
