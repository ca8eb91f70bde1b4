"""The Linux kernel's own means by which a process gives up rights: Landlock, seccomp, resource limits.

No privilege is needed for any of them, they hold for all that the process starts, and nothing takes them
back. Landlock: Documentation/userspace-api/landlock.rst; seccomp: Documentation/userspace-api/seccomp_filter.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = (
    1,
    22,
    36,
    38,
)  # linux/prctl.h
_CAPABILITIES: Final = 0x2008_0522  # version of the interface, linux/capability.h
_CAP_DAC_OVERRIDE: Final = 1 << 1
_MODE_FILTER: Final = 2
_EFAULT: Final = 14

# linux/landlock.h
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on all machines
_PATH_BENEATH: Final = 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = 1, 2, 4, 8, 16, 32
MAKE_DIR, MAKE_REG, REFER, TRUNCATE = 128, 256, 1 << 13, 1 << 14
READ: Final = READ_FILE | READ_DIR
WRITE: Final = WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | TRUNCATE
_OF_FILES: Final = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
_KNOWN: Final = {1: (1 << 13) - 1, 2: REFER, 3: TRUNCATE, 5: 1 << 15}  # rights that came with each version
_TCP_SINCE, _SCOPES_SINCE = 4, 6
_TCP: Final = 3  # bind, connect
_SCOPES: Final = 3  # abstract sockets, signals to processes outside

_MACHINES: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # linux/audit.h
_REFUSED: Final[Mapping[str, tuple[int, int]]] = {
    # By machine: x86_64, aarch64. Sockets, and the ways round a filter of sockets.
    "socket": (41, 198),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "pidfd_getfd": (438, 438),
    # Into other processes, and out of the group by which all that a worker started is ended.
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "setsid": (112, 157),
    "setpgid": (109, 154),
    # Namespaces, mounts and the rarely used parts of the kernel in which holes are found.
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "open_by_handle_at": (304, 265),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "kexec_load": (246, 104),
}
_CLONE: Final = (56, 220)
_CLONE3: Final = 435
_NEW_NAMESPACES: Final = 0x7E02_0000  # CLONE_NEW* of linux/sched.h
_X32: Final = 0x4000_0000
_ALLOW, _ERRNO = 0x7FFF_0000, 0x0005_0000
_EPERM, _ENOSYS = 1, 38
_SECCOMP_TSYNC: Final = 1
_SECCOMP: Final = {"x86_64": 317, "aarch64": 277}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: object) -> int:
    found: int = _libc().syscall(ctypes.c_long(number), *arguments)
    if found < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return found


def _prctl(option: int, *values: int) -> int:
    given = [ctypes.c_ulong(value) for value in (*values, *[0] * (4 - len(values)))]
    found: int = _libc().prctl(option, *given)
    return found


def end_with_parent(signal: int) -> None:
    """Have the kernel send a signal to this process when its parent is gone."""
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, signal)


def keep_orphans() -> None:
    """Have what this process's children leave behind become its own children, none is out of sight."""
    if sys.platform == "linux":
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def landlock_version() -> int:
    """Return the version of Landlock's interface, 0 where the kernel has none or it is switched off."""
    if sys.platform != "linux":
        return 0
    with contextlib.suppress(OSError):
        return _call(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    return 0


def has_seccomp() -> bool:
    """Say whether the kernel filters system calls, on a machine whose numbers are known here."""
    if sys.platform != "linux" or platform.machine() not in _MACHINES:
        return False
    return _prctl(_PR_SET_SECCOMP, _MODE_FILTER, 0) == -1 and ctypes.get_errno() == _EFAULT


def give_up_privileges() -> None:
    """Let this process, and what it starts, gain no rights; leave root those over a case of another owner.

    The superuser's other rights lead round Landlock: to what other processes hold in memory, for one.
    """
    if sys.platform != "linux":
        return
    if _prctl(_PR_SET_NO_NEW_PRIVS, 1):
        raise OSError(ctypes.get_errno(), "no new privileges")
    header = ctypes.create_string_buffer(struct.pack("Ii", _CAPABILITIES, 0))
    buffer = ctypes.create_string_buffer(24)
    _libc().capget(header, buffer)
    kept = struct.unpack_from("6I", buffer)[1] & _CAP_DAC_OVERRIDE
    if _libc().capset(header, struct.pack("6I", kept, kept, 0, 0, 0, 0)):
        raise OSError(ctypes.get_errno(), "no capset")


def restrict_files(allowed: Iterable[tuple[Path, int]]) -> None:
    """Leave this thread, and what it starts, only the given rights beneath the given paths (Landlock).

    No TCP, no signals to strangers where the kernel's version knows of that. Paths that are not there are
    passed over. To be called before there is a second thread.
    """
    version = landlock_version()
    rights = 0
    for since, more in _KNOWN.items():
        rights |= more if version >= since else 0
    network = _TCP if version >= _TCP_SINCE else 0
    scopes = _SCOPES if version >= _SCOPES_SINCE else 0
    ruleset = struct.pack("QQQ", rights, network, scopes)
    ruleset = ruleset[: 8 if version < _TCP_SINCE else 16 if version < _SCOPES_SINCE else 24]
    _landlock(ruleset, rights, allowed)


def restrict_programs(programs: Iterable[Path]) -> None:
    """Leave this thread, and what it starts, only these programs to start (Landlock)."""
    _landlock(struct.pack("Q", EXECUTE), EXECUTE, ((program, EXECUTE) for program in programs))


def _landlock(ruleset: bytes, rights: int, allowed: Iterable[tuple[Path, int]]) -> None:
    handle = _call(_CREATE_RULESET, ruleset, ctypes.c_size_t(len(ruleset)), ctypes.c_uint32(0))
    try:
        for path, own in allowed:
            try:
                place = os.open(path, os.O_PATH | os.O_CLOEXEC)
            except OSError:
                continue
            try:
                given = own & rights & (-1 if path.is_dir() else _OF_FILES)
                rule = _Beneath(given, place)
                _call(_ADD_RULE, handle, ctypes.c_int(_PATH_BENEATH), ctypes.byref(rule), ctypes.c_uint32(0))
            finally:
                os.close(place)
        _call(_RESTRICT_SELF, handle, ctypes.c_uint32(0))
    finally:
        os.close(handle)


def refuse_calls() -> None:
    """Refuse this process, and what it starts, sockets and the calls of _REFUSED: they fail with EPERM."""
    machine = platform.machine()
    which = list(_MACHINES).index(machine)
    code = _filter(_MACHINES[machine], [pair[which] for pair in _REFUSED.values()], _CLONE[which])
    program = _Program(len(code) // 8, code)
    _call(_SECCOMP[machine], ctypes.c_uint(1), ctypes.c_uint(_SECCOMP_TSYNC), ctypes.byref(program))


def _filter(machine: int, refused: list[int], clone: int) -> bytes:
    """Return the filter as classic BPF (linux/filter.h).

    clone3 hides its flags behind a pointer, so it is said not to exist: libraries then use clone.
    """
    load, equal, greater, test, give = 0x20, 0x15, 0x35, 0x45, 0x06
    refuse, no_such = _ERRNO | _EPERM, _ERRNO | _ENOSYS
    steps: list[tuple[int, int, int, int]] = [
        (load, 0, 0, 4),  # seccomp_data.arch
        (equal, 1, 0, machine),
        (give, 0, 0, refuse),
        (load, 0, 0, 0),  # .nr
    ]
    if machine == _MACHINES["x86_64"]:
        steps += [(greater, 0, 1, _X32), (give, 0, 0, refuse)]
    for number in refused:
        steps += [(equal, 0, 1, number), (give, 0, 0, refuse)]
    steps += [
        (equal, 0, 1, _CLONE3),
        (give, 0, 0, no_such),
        (equal, 0, 3, clone),
        (load, 0, 0, 16),  # the low half of the first argument: flags
        (test, 0, 1, _NEW_NAMESPACES),
        (give, 0, 0, refuse),
        (give, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
