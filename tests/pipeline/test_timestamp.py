"""Time-stamps by a real authority of RFC 3161 on this machine: `openssl ts` behind a small HTTP server."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from casegraph.cli import program
from casegraph.errors import CasegraphError, UsageError
from casegraph.pipeline.case import init_case, open_case
from casegraph.pipeline.timestamp import REQUEST_SUFFIX, TOKEN_SUFFIX, StampError, check, obtain, stamped

pytestmark = [
    pytest.mark.loopback,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the program openssl"),
]

CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""
STAMPING = "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n"


def openssl(*words: str, folder: Path) -> bytes:
    return subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=True).stdout


def authority(folder: Path, name: str, extensions: str) -> None:
    """Make a root certificate and one of a time-stamping authority below it."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl("req", "-x509", *key, "-keyout", "root.key", "-out", "root.pem", "-days", "3",
            "-subj", f"/CN={name} root", folder=folder)  # fmt: skip
    openssl("req", *key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", f"/CN={name} clock", folder=folder)
    (folder / "ext").write_text(extensions)
    openssl("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
            "-days", "2", "-extfile", "ext", "-out", "tsa.pem", folder=folder)  # fmt: skip
    (folder / "serial").write_text("01\n")
    (folder / "ts.cnf").write_text(CONFIG.format(folder=folder))


@dataclass
class Clock:
    """A time-stamping authority that answers on this machine."""

    folder: Path
    url: str = ""
    bend: Callable[[bytes], tuple[int, str, bytes]] | None = None
    asked: list[bytes] = field(default_factory=list)

    def answer(self, request: bytes) -> tuple[int, str, bytes]:
        self.asked.append(request)
        (self.folder / "in.tsq").write_bytes(request)
        reply = openssl("ts", "-reply", "-config", "ts.cnf", "-queryfile", "in.tsq", folder=self.folder)
        return self.bend(reply) if self.bend else (200, "application/timestamp-reply", reply)


@pytest.fixture(scope="module")
def authorities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tsa")
    authority(folder / "good", "Northport", STAMPING)
    authority(folder / "other", "Elsewhere", STAMPING)
    return folder


@pytest.fixture
def clock(authorities: Path) -> Iterator[Clock]:
    own = Clock(authorities / "good")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, kind, data = own.answer(body)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *words: object) -> None:  # noqa: A002 - the base class's name
            del format, words

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    own.url = f"http://127.0.0.1:{server.server_port}/stamp?v=1"
    yield own
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "custody.manifest.json"
    path.write_bytes(b'{"what": "is stamped"}\n')
    return path


def test_a_stamp_is_fetched_kept_and_checked_offline(clock: Clock, file: Path) -> None:
    roots = clock.folder / "root.pem"
    moment = obtain(clock.url, file, roots)
    token = file.with_name(file.name + TOKEN_SUFFIX)
    assert stamped(token, file.read_bytes(), roots) == moment
    assert stamped(token, file.read_bytes(), None) == moment
    assert file.read_bytes() not in clock.asked[0]  # the service learns the digest alone
    checked = subprocess.run(
        ["openssl", "ts", "-verify", "-data", str(file), "-in", str(token), "-CAfile", str(roots)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Verification: OK" in checked.stdout + checked.stderr


def test_a_stamp_of_other_bytes_or_another_authority_does_not_hold(
    clock: Clock, authorities: Path, file: Path
) -> None:
    obtain(clock.url, file, None)
    token = file.with_name(file.name + TOKEN_SUFFIX)
    with pytest.raises(StampError, match="other bytes"):
        stamped(token, b"other", None)
    with pytest.raises(StampError, match="certificate does not hold"):
        stamped(token, file.read_bytes(), authorities / "other" / "root.pem")
    with pytest.raises(StampError, match="nonce differs"):
        check(token.read_bytes(), file.read_bytes(), 12, None)
    request = file.with_name(file.name + REQUEST_SUFFIX)
    obtain_again = request.read_bytes()
    obtain(clock.url, file, None)
    request.write_bytes(obtain_again)
    with pytest.raises(StampError, match="nonce differs"):
        stamped(token, file.read_bytes(), None)
    request.write_bytes(b"no request")
    with pytest.raises(StampError, match="none of RFC 3161"):
        stamped(token, file.read_bytes(), None)


@pytest.mark.parametrize("place", [-1, -20, 300, 700])
def test_one_changed_byte_of_a_stamp_shows(clock: Clock, file: Path, place: int) -> None:
    roots = clock.folder / "root.pem"
    obtain(clock.url, file, roots)
    data = bytearray(file.with_name(file.name + TOKEN_SUFFIX).read_bytes())
    data[place] ^= 1
    with pytest.raises(StampError):
        check(bytes(data), file.read_bytes(), None, roots)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ((500, "application/timestamp-reply", b""), "HTTP 500"),
        ((302, "text/html", b""), "HTTP 302"),
        ((200, "text/html", b"<html>"), "text/html"),
        ((200, "application/timestamp-reply", b"\x30\x03\x02\x01\x00"), "does not hold"),
        ((200, "application/timestamp-reply", b"no DER at all"), "does not hold"),
        ((200, "application/timestamp-reply", bytes((1 << 20) + 1)), "gave no time-stamp"),
    ],
)
def test_an_answer_that_is_none_is_one_line(
    clock: Clock, file: Path, reply: tuple[int, str, bytes], words: str
) -> None:
    clock.bend = lambda _: reply
    with pytest.raises(CasegraphError, match=words) as caught:
        obtain(clock.url, file, None)
    assert "\n" not in str(caught.value)


def test_addresses_and_certificates_that_make_no_sense(clock: Clock, file: Path) -> None:
    for url in ("ftp://clock.example/", "clock.example", "file:///etc/hosts"):
        with pytest.raises(UsageError, match="https://"):
            obtain(url, file, None)
    with pytest.raises(CasegraphError, match="cannot be reached"):
        obtain("http://127.0.0.1:1/", file, None)
    with pytest.raises(UsageError, match="PEM"):
        obtain(clock.url, file, file)
    with pytest.raises(UsageError, match="root"):
        obtain(clock.url, file, clock.folder / "tsa.pem")


def test_custody_and_verify_on_the_command_line(clock: Clock, tmp_path: Path) -> None:
    roots = str(clock.folder / "root.pem")
    init_case(tmp_path / "case", pen_name="Wren")
    (tmp_path / "a.txt").write_text("Anna Kern met Otto Wren.")
    open_case(tmp_path / "case").add([tmp_path / "a.txt"])
    out = tmp_path / "custody.jsonl"
    run = CliRunner().invoke
    case = str(tmp_path / "case")
    asked = ["custody", case, "-f", "jsonl", "-o", str(out), "--timestamp", clock.url, "--ca-file", roots]
    done = run(program, asked)
    assert done.exit_code == 0, done.stderr
    manifest = tmp_path / "custody.jsonl.manifest.json"
    digest = done.stdout.split()[0]
    assert f"{digest}  {manifest}" in done.stdout
    assert json.loads(manifest.read_text())["pen_name"] == "Wren"
    assert json.loads(out.read_text())["additions"][0]["pen_name"] == "Wren"
    good = run(program, ["verify", case, "--manifest", str(manifest), "--ca-file", roots])
    assert (good.exit_code, good.stdout) == (0, ""), good.stderr
    assert "holds" in good.stderr
    assert "nothing has changed" in good.stderr
    manifest.write_bytes(manifest.read_bytes().replace(b'"Wren"', b'"Lind"'))
    bad = run(program, ["verify", case, "--manifest", str(manifest), "-f", "csv"])
    assert bad.exit_code == 10
    assert "verify.stamp-differs" in bad.stdout
    assert run(program, ["custody", case, "--timestamp", clock.url]).exit_code == 2
