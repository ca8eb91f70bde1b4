"""A reader that does what a hostile document would have a parser do, and says what came of it.

A file's text is the name of an act and what it needs. The page reads "done" or the error's class.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from casegraph.model import Child, Document, Original, Page, Record, Unpacked, content_id, make_id
from casegraph.pipeline.chain import Chain, Link
from casegraph.stage import Stage


def connect(port: str) -> None:
    _open(socket.SOCK_STREAM, port)


def datagram(port: str) -> None:
    _open(socket.SOCK_DGRAM, port)


def _open(kind: int, port: str) -> None:
    """Connect past Python, which the tests keep from the network by other means."""
    libc = ctypes.CDLL(None, use_errno=True)
    address = struct.pack("=HHI8x", socket.AF_INET, socket.htons(int(port)), socket.htonl(0x7F00_0001))
    handle = libc.socket(int(socket.AF_INET), int(kind), 0)
    if handle < 0 or libc.connect(handle, address, len(address)):
        raise OSError(ctypes.get_errno(), "connect")


def local_socket(path: str) -> None:
    socket.socket(socket.AF_UNIX).connect(path)


def ring(_: str) -> None:
    """Set up io_uring, which opens sockets past any filter of calls."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(425, 1, ctypes.create_string_buffer(256)) < 0:
        raise OSError(ctypes.get_errno(), "io_uring")


def read_file(path: str) -> None:
    Path(path).read_bytes()


def list_folder(path: str) -> None:
    os.listdir(path)  # noqa: PTH208 - the system call is what is tried


def write_file(path: str) -> None:
    Path(path).write_bytes(b"x")


def delete_file(path: str) -> None:
    Path(path).unlink()


def write_at_home(_: str) -> None:
    """Write into the worker's home, which is there to be thrown away; fail if something is there already."""
    with (Path.home() / "cache").open("x") as file:
        file.write("the words of a page")


def start(command: str) -> None:
    subprocess.run(command.split(), check=True, stdout=subprocess.DEVNULL)


def start_copy(program: str) -> None:
    copy = Path.home() / "program"
    shutil.copyfile(program, copy)
    copy.chmod(0o700)
    subprocess.run([copy], check=True)


def end_parent(_: str) -> None:
    os.kill(os.getppid(), 0)


def parents_environment(_: str) -> None:
    Path(f"/proc/{os.getppid()}/environ").read_bytes()


def leave_group(_: str) -> None:
    if not os.fork():
        try:
            os.setsid()
        except PermissionError:
            os._exit(7)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.wait()[1]) == 7:
        raise PermissionError


def new_namespace(_: str) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x1000_0000):
        raise OSError(ctypes.get_errno(), "unshare")


def find_variable(name: str) -> None:
    os.environ[name]


def fork(count: str) -> None:
    for _ in range(int(count)):
        if not os.fork():
            time.sleep(600)
    time.sleep(600)


def fill(mebibytes: str) -> None:
    with (Path.home() / "much").open("wb") as file:
        for _ in range(int(mebibytes)):
            file.write(bytes(1 << 20))
    time.sleep(600)


def fill_in_small_files(mebibytes: str) -> None:
    for number in range(int(mebibytes)):
        Path(f"{Path.home()}/much-{number}").write_bytes(bytes(1 << 20))
    time.sleep(600)


def hang_with_child(marker: str) -> None:
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", marker])
    time.sleep(600)


def allocate(bytes_: str) -> None:
    bytearray(int(bytes_))


def crash(_: str) -> None:
    ctypes.string_at(1)


def give(_: str) -> None:
    """Give more than may be: see `read`."""


ACTS: dict[str, Callable[[str], None]] = {
    act.__name__: act
    for act in (
        connect, datagram, local_socket, ring, read_file, list_folder, write_file, delete_file, write_at_home,
        start, start_copy, end_parent, parents_environment, leave_group, new_namespace, find_variable, fork,
        fill, fill_in_small_files, hang_with_child, allocate, crash, give,
    )
}  # fmt: skip


def read(original: Original) -> Iterator[Record]:
    name, _, given = original.data.decode().partition(" ")
    outcome = "done"
    if name in ACTS:
        try:
            ACTS[name](given)
        except (OSError, KeyError, subprocess.SubprocessError) as error:
            outcome = type(error).__name__
    if name == "give":
        for number in range(int(given)):
            data = number.to_bytes(4, "big") * (1 << 18)
            child = Child(
                document=original.document,
                child=content_id(data),
                number=number,
                name=str(number),
                size=len(data),
                role="member",
            )
            yield Unpacked(child=child, data=data)
    yield Document(
        id=original.document, media_type="text/plain", size=len(original.data), pages=1, reader="tests"
    )
    yield Page(
        id=make_id("page", original.document, 1),
        document=original.document,
        number=1,
        text=outcome,
        blocks=(),
    )


STAGE: Stage[Original, Record] = Stage(
    "read", 1, (Document, Page, Child), read, programs=("true", sys.executable)
)


def chain() -> Chain:
    return (Link(STAGE, Original),)
