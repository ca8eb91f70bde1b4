from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from casegraph.errors import SettingsError
from casegraph.settings import SETTINGS, Setting, Settings, default_toml, read_settings


def write(folder: Path, text: str) -> Path:
    path = folder / "case.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_record_holds_each_setting_with_its_default() -> None:
    fields = {field.name: field.default for field in dataclasses.fields(Settings)}
    assert fields.pop("sources") == ()
    assert fields.pop("publishers") == ()
    assert fields.pop("passwords") == ()
    assert fields == {one.name: one.default for one in SETTINGS}


def test_a_new_file_explains_each_key_and_reads_back(tmp_path: Path) -> None:
    awkward = 'The "Kern" \\ case\n№ 7'
    text = default_toml(awkward, "Wren")
    for one in SETTINGS:
        assert f"# {one.help}\n{one.name} = " in text
    settings = read_settings(write(tmp_path, text), environ={})
    assert (settings.name, settings.pen_name, settings.workers) == (awkward, "Wren", 0)


def test_file_then_environment_then_argument(tmp_path: Path) -> None:
    path = write(tmp_path, 'workers = 1\ntime_limit = 9\nname = "a"\n')
    environ = {"CASEGRAPH_WORKERS": "2", "CASEGRAPH_NAME": "7", "HOME": "/x"}
    settings = read_settings(path, environ=environ, explicit={"workers": 3, "engine": None})
    assert (settings.workers, settings.time_limit, settings.name) == (3, 9, "7")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('name = "a"\nworker = 2\n', ["case.toml, line 2", "'worker'", "workers"]),
        ('name = "a"\n\nworkers = "two"\n', ["case.toml, line 3", "workers", "whole number"]),
        ("workers = true\n", ["line 1", "workers"]),
        ("workers = -1\n", ["line 1", "at least 0"]),
        ("name = 7\n", ["line 1", "name", "text"]),
        ('engine = "warp"\n', ["line 1", "embedded"]),
        ('[sources]\n"news.example" = "G"\n', ["line 2", "news.example", "A to F"]),
        ('sources = "B"\n', ["line 1", "table"]),
        ('publishers = "B"\n', ["line 1", "[[publishers]]"]),
        ('[[publishers]]\nname = ""\n', ["needs a name"]),
        ('[[publishers]]\nname = "A"\nowned_by = "B"\n', ["owned_by", "owner"]),
        ('[[publishers]]\nname = "A"\nnames = "B"\n', ["list of texts"]),
        ('[[publishers]]\nname = "A"\nkind = "paper"\n', ["paper", "aggregator"]),
        ("[[publishers]]\nname = 7\n", ["name", "7"]),
        ('passwords = "geheim"\n', ["line 1", "list of texts"]),
        ('passwords = ["geheim", 3]\n', ["line 1", "list of texts"]),
        ('passwords = [""]\n', ["line 1", "none of them empty"]),
        ("name = \n", ["case.toml", "not valid TOML", "line 1"]),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, text: str, says: list[str]) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(write(tmp_path, text), environ={})
    for words in says:
        assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "geheim" not in str(caught.value)


def test_passwords_are_read_and_never_shown(tmp_path: Path) -> None:
    settings = read_settings(write(tmp_path, 'passwords = ["geheim", "№ 7", "geheim"]\n'), environ={})
    assert settings.passwords == ("geheim", "№ 7")
    assert "geheim" not in f"{settings} {settings!r}"


def test_wrong_variables_and_arguments_are_named() -> None:
    for environ in ({"CASEGRAPH_WORKRES": "2"}, {"CASEGRAPH_WORKERS": "many"}):
        with pytest.raises(SettingsError, match=next(iter(environ))):
            read_settings(None, environ=environ)
    with pytest.raises(SettingsError, match="speed"):
        read_settings(None, environ={}, explicit={"speed": 3})


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_bytes(b"name = \xff\n")
    with pytest.raises(SettingsError, match="UTF-8"):
        read_settings(path, environ={})
    with pytest.raises(SettingsError, match="cannot be read"):
        read_settings(tmp_path / "none.toml", environ={})


def test_publishers_are_families(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '[[publishers]]\nname = "A Post"\nnames = ["a.example"]\nowner = "Media"\n'
        '[[publishers]]\nname = "B Wire"\nkind = "agency"\n',
    )
    first, second = read_settings(path, environ={}).publishers
    assert (first.name, first.names, first.owner, first.kind) == ("A Post", ("a.example",), "Media", "outlet")
    assert (second.name, second.names, second.partner, second.kind) == ("B Wire", (), "", "agency")


def test_sources_are_sorted_and_graded(tmp_path: Path) -> None:
    path = write(tmp_path, '[sources]\n"b.example" = "C"\n"a.example" = "B"\n')
    assert read_settings(path, environ={}).sources == (("a.example", "B"), ("b.example", "C"))


def test_only_the_settings_of_a_stage_enter_its_key() -> None:
    known = (Setting("workers", 0, ""), Setting("time_limit", 0, "", stages=("read",)))
    assert Settings(time_limit=5).digest_values("read", known) == ("time_limit=5",)
    assert Settings(time_limit=5).digest_values("extract", known) == ()


def test_zero_workers_means_one_a_core() -> None:
    assert Settings().worker_count() >= 1
    assert Settings(workers=5).worker_count() == 5
