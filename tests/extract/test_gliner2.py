"""A GLiNER 2 model loaded from a folder by what loads trained ones."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from casegraph.errors import SettingsError
from casegraph.extract import STAGE
from casegraph.extract.gliner2 import SCHEMAS, load
from casegraph.model import LocalModel, Mention, Problem
from casegraph.pipeline.local import folders, local_model
from casegraph.settings import Settings
from tests.extract.made import unit
from tests.gliner_model import make_model

NAMES = {"сизый хвощ": "product", "qorvel": "person", "umm dasht": "location"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("model") / "m", NAMES, list(SCHEMAS))


def found(folder: Path, text: str) -> list[Mention | Problem]:
    model = LocalModel(kind="gliner2", folder=str(folder), digest="0123456789abcdef")
    records = list(STAGE.run(replace(unit(text, language=None), model=model)))
    mine = [one for one in records if isinstance(one, Mention) and one.detector.startswith("gliner2:")]
    for one in mine:
        assert text[one.target.start : one.target.end] == one.target.exact
    return [*mine, *(one for one in records if isinstance(one, Problem) and "model" in one.code)]


def test_names_become_mentions_with_schema_score_and_maker(folder: Path) -> None:
    text = "Yesterday qorvel went to umm dasht.\n\n😀 Вчера qorvel купил сизый хвощ и ушёл."
    mentions = [one for one in found(folder, text) if isinstance(one, Mention)]
    assert [(one.name, one.schema) for one in mentions] == [
        ("qorvel", "Person"), ("umm dasht", "Address"), ("qorvel", "Person"), ("сизый хвощ", "Asset"),
    ]  # fmt: skip
    assert {one.detector for one in mentions} == {
        "gliner2:person@0123456789ab", "gliner2:location@0123456789ab", "gliner2:product@0123456789ab",
    }  # fmt: skip
    assert all(0.9 < one.score <= 1 for one in mentions)


def test_a_long_block_is_read_in_parts(folder: Path) -> None:
    text = "Many words stand here and say little of interest. " * 120 + "Then qorvel left."
    (mention,) = found(folder, text)
    assert isinstance(mention, Mention)
    assert mention.target.start == text.index("qorvel")


def test_rules_come_first(folder: Path) -> None:
    other = make_model(folder.parent / "clash", {"Ministry": "person", "Anna": "product"}, list(SCHEMAS))
    text = "The Ministry of Defence of Ukraine met Anna Kern."
    assert found(other, text) == []


def test_without_a_model_nothing_is_loaded() -> None:
    load.cache_clear()
    list(STAGE.run(unit("Yesterday qorvel went to umm dasht.")))
    assert load.cache_info().currsize == 0


def test_no_hub_is_asked(folder: Path) -> None:
    load.cache_clear()
    load(str(folder))
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    with pytest.raises(SettingsError, match=r"lacks tokenizer\.json and onnx/model\.onnx"):
        load("urchade/gliner_small-v2.1")  # a name on a hub is no folder


@pytest.mark.parametrize("damage", ["tokenizer.json", "onnx/model.onnx"])
def test_a_damaged_model_is_a_clear_error(folder: Path, tmp_path: Path, damage: str) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(folder, broken)
    (broken / damage).write_bytes(b"{}")
    with pytest.raises(SettingsError, match="model_folder holds no GLiNER 2 model that can be loaded"):
        load(str(broken))
    (broken / damage).unlink()
    with pytest.raises(SettingsError, match=f"lacks {damage}"):
        load(str(broken))


def test_a_model_of_another_form_fails_as_a_problem(tmp_path: Path) -> None:
    import onnx  # noqa: PLC0415 - this test alone bends the graph

    bent = make_model(tmp_path / "bent", NAMES, list(SCHEMAS))
    model = onnx.load(bent / "onnx" / "model.onnx")
    model.graph.output[0].name = model.graph.node[-1].output[0] = "logits"
    onnx.save(model, bent / "onnx" / "model.onnx")
    (problem,) = found(bent, "Yesterday qorvel went.\n\nThen he came.")
    assert isinstance(problem, Problem)
    assert problem.code == "extract.model-failed"
    assert "2 times" in problem.detail
    assert "qorvel" not in problem.detail


def test_the_settings_name_the_folder(folder: Path, tmp_path: Path) -> None:
    assert local_model(Settings()) is None
    with pytest.raises(SettingsError, match="needs model_folder"):
        local_model(Settings(extractor="gliner2"))
    for wrong in (tmp_path / "none", tmp_path, Path("/")):
        named = Settings(extractor="gliner2", model_folder=str(wrong))
        assert folders(named) == ()  # so that no worker may read there
        with pytest.raises(SettingsError, match="holds no GLiNER 2 model"):
            local_model(named)
    given = Settings(extractor="gliner2", model_folder=str(folder))
    assert folders(given) == (str(folder.resolve()),)
    model = local_model(given)
    assert model is not None
    assert model == local_model(given)
    shutil.copytree(folder, tmp_path / "copy")
    moved = local_model(Settings(extractor="gliner2", model_folder=str(tmp_path / "copy")))
    assert moved is not None
    assert moved.digest == model.digest
    (tmp_path / "copy" / "tokenizer.json").write_text("{}")
    changed = local_model(Settings(extractor="gliner2", model_folder=str(tmp_path / "copy")))
    assert changed is not None
    assert changed.digest != model.digest
