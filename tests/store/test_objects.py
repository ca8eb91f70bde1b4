from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from casegraph.errors import SettingsError
from casegraph.store.objects import ChangedError, Objects, StoreError, Where, credentials
from casegraph.store.originals import AlteredError
from casegraph.store.remote import RemoteOriginals
from tests.object_store import BUCKET, serving, with_server

KEYS = {"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OFFLINE_TESTS_MAY_USE_LOOPBACK", "1")
        with serving() as address:
            yield address


def place(endpoint: str, prefix: str, **environ: str) -> Objects:
    return Objects(Where(f"s3://{BUCKET}/{prefix}", endpoint, "us-east-1"), KEYS | environ)


@with_server
@pytest.mark.loopback
@pytest.mark.slow
def test_objects_are_written_once_or_in_place_of_what_was_seen(endpoint: str, tmp_path: Path) -> None:
    objects = place(endpoint, "a/b")
    tag = objects.put("head.json", b"one")
    with pytest.raises(ChangedError):
        objects.put("head.json", b"two")
    later = objects.put("head.json", b"two", tag=tag)
    with pytest.raises(ChangedError):
        objects.put("head.json", b"three", tag=tag)
    assert objects.get("head.json") == (b"two", later)
    with pytest.raises(FileNotFoundError):
        objects.get("none")
    assert place(endpoint, "a").has("b/head.json")
    (tmp_path / "x").write_bytes(b"x" * 1000)
    objects.send("x/y", tmp_path / "x")
    with pytest.raises(ChangedError):
        objects.send("x/y", tmp_path / "x")
    assert list(objects.listing()) == [("head.json", 3), ("x/y", 1000)]
    objects.fetch("x/y", tmp_path / "deep" / "y")
    assert (tmp_path / "deep" / "y").read_bytes() == b"x" * 1000
    objects.delete(["x/y", "x/none"])
    assert not objects.has("x/y")


@with_server
@pytest.mark.loopback
@pytest.mark.slow
def test_originals_go_up_once_and_what_was_altered_is_mended(endpoint: str, tmp_path: Path) -> None:
    objects = place(endpoint, "case/originals")
    originals = RemoteOriginals(tmp_path / "originals", objects)
    (tmp_path / "a.txt").write_bytes(b"Anna Kern says no.")
    taken = [originals.take(tmp_path / "a.txt"), originals.take(tmp_path / "a.txt")]
    originals.sync(taken)
    document = taken[0].document
    assert originals.read(document) == b"Anna Kern says no."
    assert [path.name for path in originals.files()] == [document.removeprefix("sha256:")]
    assert not [path for path in (tmp_path / "originals").rglob("*") if path.is_file()]
    _, tag = objects.get(originals.key(document))
    objects.put(originals.key(document), b"Anna Kern says yes", tag=tag)
    with pytest.raises(AlteredError):
        originals.check(document)
    originals.sync([originals.take(tmp_path / "a.txt")])
    originals.check(document)
    originals.fetch([document, "sha256:" + "0" * 64], tmp_path / "work")
    assert len([path for path in (tmp_path / "work").rglob("*") if path.is_file()]) == 1


@with_server
@pytest.mark.loopback
@pytest.mark.slow
def test_nothing_is_asked_but_the_address_that_is_named(
    endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as trap:

        def listen() -> None:
            while True:
                try:
                    connection, _ = trap.accept()
                except OSError:
                    return
                asked.append(connection.recv(100))
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        address = f"http://127.0.0.1:{trap.getsockname()[1]}"
        for name in (
            "AWS_ENDPOINT", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_STS",
            "AWS_METADATA_ENDPOINT", "AWS_EC2_METADATA_SERVICE_ENDPOINT",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        ):  # fmt: skip
            monkeypatch.setenv(name, address)
        objects = place(endpoint, "alone")
        objects.put("x", b"x")
        assert objects.get("x")[0] == b"x"
        assert [key for key, _ in objects.listing()] == ["x"]
        with pytest.raises(SettingsError, match="no keys"):
            Objects(Where("s3://leaks", endpoint, "us-east-1"), {"HOME": "/nonexistent"})
    assert asked == []


@with_server
@pytest.mark.loopback
def test_a_store_that_does_not_answer_is_told_without_names(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setattr("casegraph.store.objects.RETRIES", 0)
    with pytest.raises(StoreError, match="fails") as told:
        place(f"http://127.0.0.1:{port}", "secret").get("name")
    assert "secret" not in str(told.value)
    assert "name" not in str(told.value)


def test_keys_come_from_the_environment_or_the_files(tmp_path: Path) -> None:
    assert credentials(KEYS | {"AWS_SESSION_TOKEN": "t"}) == {
        "access_key_id": "k",
        "secret_access_key": "s",
        "session_token": "t",
    }
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "credentials").write_text(
        "[desk]\naws_access_key_id = a\naws_secret_access_key = b%\n"
    )
    found = credentials({"HOME": str(tmp_path), "AWS_PROFILE": "desk"})
    assert found == {"access_key_id": "a", "secret_access_key": "b%"}
    with pytest.raises(SettingsError, match="no keys"):
        credentials({"HOME": str(tmp_path)})


@pytest.mark.parametrize(
    ("url", "endpoint"),
    [
        ("s3:/x", "http://h"),
        ("https://bucket/x", "http://h"),
        ("s3://bucket", ""),
        ("s3://bucket", "host:9000"),
    ],
)
def test_a_place_that_makes_no_sense_is_told(url: str, endpoint: str) -> None:
    with pytest.raises(SettingsError):
        Objects(Where(url, endpoint, "us-east-1"), KEYS)
