from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib

import pytest

from casegraph.model import DEEPEST, Original, Problem, content_id
from casegraph.read import STAGE, unar, unpacking
from tests.read.made import STORY, Result, read

FILES = {"a/one.txt": STORY[0].encode(), "two.txt": STORY[1].encode(), "empty.txt": b""}


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10)), data, method)
    return made.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w", *, links: dict[str, str] | None = None) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]  # mode is a str
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 1_700_000_000
            archive.addfile(info, io.BytesIO(data))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return made.getvalue()


def held(result: Result) -> dict[str, bytes]:
    return {one.child.name: one.data for one in result.held}


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_what_a_zip_holds(method: int) -> None:
    result = read(zipped(FILES, method), "leak.zip")
    assert held(result) == FILES
    assert result.codes == []
    assert result.document.media_type == "application/zip"
    assert {one.child.modified for one in result.held} == {"2024-05-06T07:08:10"}
    assert result.prose == []
    assert "a/one.txt" in result.text


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_what_a_tar_holds(mode: str) -> None:
    result = read(tarred(FILES, mode), "leak.tar")
    assert held(result) == FILES
    assert {one.child.modified for one in result.held} == {"2023-11-14T22:13:20Z"}


@pytest.mark.parametrize(
    ("pack", "ending"), [(gzip.compress, ".gz"), (bz2.compress, ".bz2"), (lzma.compress, ".xz")]
)
def test_a_single_file_is_called_as_it_was(pack: object, ending: str) -> None:
    assert callable(pack)
    assert held(read(pack(STORY[0].encode()), f"notes.txt{ending}")) == {"notes.txt": STORY[0].encode()}


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp866", "счёт за май.txt"), ("gb18030", "发票和合同清单.txt")]
)
def test_names_in_the_code_page_of_their_country(encoding: str, name: str) -> None:
    made = zipped({"N" * len(name.encode(encoding)): b"x"})
    data = made.replace(b"N" * len(name.encode(encoding)), name.encode(encoding))
    assert list(held(read(data))) == [name]


def test_paths_stay_inside_and_links_are_passed_over() -> None:
    result = read(zipped({"../../etc/cron.d/x": b"1", "/srv/.ssh/key": b"2", "C:\\windows\\y": b"3"}))
    assert list(held(result)) == ["etc/cron.d/x", "srv/.ssh/key", "windows/y"]
    assert result.codes == ["unsafe-path"]
    assert result.problems[0].detail.startswith("2 paths")
    result = read(tarred({"a.txt": b"1"}, links={"b.txt": "/etc/passwd"}))
    assert list(held(result)) == ["a.txt"]
    assert result.codes == ["special-member"]


def test_damage_costs_what_is_damaged() -> None:
    data = bytearray(zipped(FILES))
    place = data.find(b"two.txt") + len("two.txt") + 4
    data[place : place + 8] = b"\xff" * 8
    result = read(bytes(data))
    assert "a/one.txt" in held(result)
    assert set(result.codes) <= {"damaged-part", "damaged"}
    assert result.codes
    whole = zipped({**FILES, "last.txt": b"y" * 5000})
    cut = read(whole[: len(whole) // 2])
    assert "damaged-part" in cut.codes


def test_what_needs_a_password_is_told() -> None:
    data = bytearray(zipped({"a.txt": b"secret"}, zipfile.ZIP_STORED))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + place] |= 1
    result = read(bytes(data))
    assert (result.codes, result.held) == (["encrypted"], ())


def test_a_bomb_ends_before_it_goes_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "HARMLESS_OUTPUT", 1 << 20)
    bomb = zipped({"first.txt": b"x", "zeros.bin": bytes(64 << 20), "never.txt": b"y"})
    result = read(bomb)
    assert result.codes == ["bomb"]
    assert list(held(result)) == ["first.txt"]


def test_no_more_files_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MAX_CHILDREN", 3)
    result = read(zipped({f"{number}.txt": b"x" for number in range(9)}))
    assert (len(result.held), result.codes) == (3, ["too-many-children"])
    monkeypatch.setattr(unpacking, "MAX_CHILD", 100)
    result = read(zipped({"big.txt": bytes(200), "small.txt": b"x"}))
    assert (list(held(result)), result.codes) == (["small.txt"], ["too-large"])


def test_an_archive_deep_inside_others_is_not_opened() -> None:
    data = zipped(FILES)
    original = Original(document=content_id(data), data=data, depth=DEEPEST)
    found = [record.code for record in STAGE.run(original) if isinstance(record, Problem)]
    assert found == ["read.too-deep"]


def test_a_zip_that_is_an_office_document_is_no_archive() -> None:
    data = zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}, zipfile.ZIP_STORED
    )
    assert read(data).held == ()


def _arj_header(kind: int, name: str, data: bytes = b"") -> bytes:
    """Return a header of ARJ: of the archive (kind 2), or of a file that is stored as it is."""
    fields = struct.pack(
        "<8BIIIIHHH", 30, 11, 1, 0, 0, 0, kind, 0, 0x58654321, len(data), len(data), zlib.crc32(data), 0, 0, 0
    )
    body = fields + name.encode() + b"\0\0"
    return b"\x60\xea" + struct.pack("<H", len(body)) + body + struct.pack("<IH", zlib.crc32(body), 0)


def test_an_archive_of_arj() -> None:
    files = {"list.txt": b"seven cranes", "more.txt": b"paid in four parts"}
    made = _arj_header(2, "veld.arj")
    for name, data in files.items():
        made += _arj_header(0, name, data) + data
    made += b"\x60\xea\0\0"
    result = read(made, "veld.arj")
    assert result.document.media_type == "application/x-arj"
    if not unar.installed():
        assert result.codes == ["tool-missing"]
        return
    assert (held(result), result.codes) == (files, [])
    assert read(made[:50], "veld.arj").codes == ["damaged"]
