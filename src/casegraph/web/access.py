"""Who may come in: a password or a token, known by its hash alone; sessions; how often it may be tried.

A hash is scrypt's (RFC 7914) with the cost that OWASP's Password Storage Cheat Sheet names for it: 32 MiB and
some 0.1 s a try, one try at a time.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
import time
import unicodedata
from collections import deque
from dataclasses import dataclass, field

from casegraph.errors import UsageError

SCHEME = "scrypt"
SHORTEST = 12
"""Characters of a password."""

LIFE = 12 * 3600
"""Seconds after its last request at which a session ends."""

_COST, _BLOCK, _LANES = 15, 8, 3  # log2 of N, r, p
_MEMORY = 64 << 20
_MOST_SESSIONS = 1_000
_WINDOW = 60.0  # seconds over which attempts are counted
_OWN, _ALL = 5, 40  # attempts in a window: of one address, of all
_ADDRESSES = 4_096


def new_token() -> str:
    """Return a token of 192 bits."""
    return secrets.token_urlsafe(24)


def hashed(password: str, cost: int = _COST) -> str:
    """Return what of a password may be kept: `scrypt$15$8$3$salt$digest`, in Base64; `cost` is log2 of N."""
    if len(password) < SHORTEST:
        raise UsageError(f"a password has at least {SHORTEST} characters")
    salt = secrets.token_bytes(16)
    digest = _digest(password, salt, (cost, _BLOCK, _LANES))
    kept = (base64.b64encode(part).decode() for part in (salt, digest))
    return "$".join((SCHEME, str(cost), str(_BLOCK), str(_LANES), *kept))


def is_hash(line: str) -> bool:
    """Whether a line is what `hashed` gives."""
    try:
        _parts(line)
    except ValueError:
        return False
    return True


def matches(password: str, kept: str) -> bool:
    """Whether a password is the one of a hash, in a time that does not tell how much of it is right."""
    cost, salt, digest = _parts(kept)
    return hmac.compare_digest(_digest(password, salt, cost), digest)


def _parts(line: str) -> tuple[tuple[int, int, int], bytes, bytes]:
    scheme, *numbers, salt, digest = line.split("$")
    cost, block, lanes = map(int, numbers)
    if scheme != SCHEME or not (1 <= cost <= _COST + 2 and 1 <= block <= _BLOCK and 1 <= lanes <= 16):
        raise ValueError
    return (cost, block, lanes), _bytes(salt), _bytes(digest)


def _bytes(part: str) -> bytes:
    return base64.b64decode(part, validate=True)


def _digest(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    # One letter may be typed as one code point or as two: both are the same password (NIST SP 800-63B).
    data = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(data, salt=salt, n=1 << cost[0], r=cost[1], p=cost[2], maxmem=4 * _MEMORY, dklen=32)


@dataclass(slots=True)
class Sessions:
    """Who has come in. Only digests of their names are held."""

    life: float = LIFE
    _used: dict[bytes, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> str:
        """Return the name of a new session."""
        name = secrets.token_urlsafe(32)
        with self._lock:
            for one in sorted(self._used, key=self._used.__getitem__)[: len(self._used) - _MOST_SESSIONS + 1]:
                del self._used[one]
            self._used[_key(name)] = time.monotonic()
        return name

    def holds(self, name: str) -> bool:
        """Whether a session is open; it stays so for a while from now."""
        key, moment = _key(name), time.monotonic()
        with self._lock:
            if moment - self._used.get(key, -self.life) >= self.life:
                self._used.pop(key, None)
                return False
            self._used[key] = moment
        return True

    def end(self, name: str) -> None:
        """Close a session."""
        with self._lock:
            self._used.pop(_key(name), None)


def _key(name: str) -> bytes:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()


@dataclass(slots=True)
class Attempts:
    """How often a password was tried of late."""

    window: float = _WINDOW
    _own: dict[str, deque[float]] = field(default_factory=dict)
    _all: deque[float] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, address: str) -> float:
        """Count an attempt and return 0, or return after how many seconds one may be made."""
        moment = time.monotonic()
        with self._lock:
            if len(self._own) >= _ADDRESSES:
                self._own = {one: tries for one, tries in self._own.items() if self._late(tries, moment)}
            own = self._own.setdefault(address, deque())
            left = [
                tries[-most] + self.window - moment
                for tries, most in ((own, _OWN), (self._all, _ALL))
                if len(self._late(tries, moment)) >= most
            ]
            if not left:
                own.append(moment)
                self._all.append(moment)
        return max(left, default=0.0)

    def forget(self, address: str) -> None:
        """Take it that an address knows the password."""
        with self._lock:
            self._own.pop(address, None)

    def _late(self, tries: deque[float], moment: float) -> deque[float]:
        while tries and moment - tries[0] >= self.window:
            tries.popleft()
        return tries
