"""A place in an object store that speaks S3: named by the user, and nothing beside it is asked.

Keys to it come from the environment or the AWS files, never from a case; without them nothing is tried: the
library would ask the metadata service of a cloud machine otherwise. Its endpoint is always given, so that no
name is guessed from a region.
"""

from __future__ import annotations

import configparser
import errno
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from casegraph.errors import MissingPartError, SettingsError
from casegraph.store.atomic import pending_path

SCHEME = "s3"
AT_ONCE = 16  # requests under way at a time
RETRIES = 4
_SINGLE = 64 << 20  # bytes up to which an object goes up in one piece, never over another
_PIECE = 16 << 20

T = TypeVar("T")


class StoreError(OSError):
    """The object store does not answer, or refuses."""


class ChangedError(FileExistsError):
    """An object is not, or no longer, what it was taken for."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where objects lie: from settings."""

    url: str  # s3://bucket/prefix
    endpoint: str
    region: str


class Objects:
    """The objects beneath one prefix of a bucket. Any thread may call; methods raise StoreError."""

    def __init__(self, where: Where, environ: Mapping[str, str] | None = None) -> None:
        parts = urlsplit(where.url)
        if parts.scheme != SCHEME or not parts.netloc or parts.query or parts.fragment:
            raise SettingsError(f"{where.url!r} is no place in an object store: s3://bucket/prefix")
        if urlsplit(where.endpoint).scheme not in {"http", "https"}:
            raise SettingsError(
                "a place in an object store needs endpoint, its address: https://host or http://host:port"
            )
        keys = credentials(os.environ if environ is None else environ)
        try:
            self._lib: Any = import_module("obstore")
            library: Any = import_module("obstore.store")
        except ModuleNotFoundError:
            raise MissingPartError("obstore is not installed; install casegraph[s3]") from None
        self._faults: Any = import_module("obstore.exceptions")
        self._endpoint = urlsplit(where.endpoint).netloc
        self._store: Any = library.S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            endpoint=where.endpoint,
            aws_endpoint_url_s3=where.endpoint,  # wins over `endpoint`, and the environment may set it
            region=where.region,
            virtual_hosted_style_request=False,
            skip_signature=False,
            imdsv1_fallback=False,
            client_options={
                "allow_http": where.endpoint.startswith("http://"),
                "timeout": timedelta(minutes=10),
            },
            retry_config={"max_retries": RETRIES, "retry_timeout": timedelta(seconds=60)},
            **keys,
        )

    def get(self, key: str) -> tuple[bytes, str]:
        """Return an object and its tag; raises FileNotFoundError."""
        with self._told():
            found = self._lib.get(self._store, key)
            return bytes(found.bytes()), str(found.meta["e_tag"] or "")

    def fetch(self, key: str, path: Path) -> None:
        """Write an object to a file, whole or not at all; raises FileNotFoundError."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        pending = pending_path(path.parent)
        try:
            with self._told(), pending.open("xb") as stream:
                for chunk in self._lib.get(self._store, key).stream():
                    stream.write(chunk)
            pending.replace(path)
        finally:
            pending.unlink(missing_ok=True)

    def sha256(self, key: str) -> str:
        """Return the SHA-256 of an object, 64 hex digits, read piece by piece; raises FileNotFoundError."""
        digest = hashlib.sha256()
        with self._told():
            for chunk in self._lib.get(self._store, key).stream():
                digest.update(chunk)
        return digest.hexdigest()

    def has(self, key: str) -> bool:
        """Say whether there is such an object."""
        try:
            with self._told():
                self._lib.head(self._store, key)
        except FileNotFoundError:
            return False
        return True

    def put(self, key: str, data: bytes, *, tag: str = "") -> str:
        """Write an object in place of the one with a tag, or as a new one; return its tag.

        Raises ChangedError when another is there.
        """
        with self._told():
            mode = {"e_tag": tag} if tag else "create"
            return str(self._lib.put(self._store, key, data, mode=mode, use_multipart=False)["e_tag"] or "")

    def send(self, key: str, path: Path, *, again: bool = False) -> None:
        """Write a file as a new object; raises ChangedError when one is there, unless it is to be replaced.

        A large one goes up in pieces, which S3 does over what is there: it is looked for first.
        """
        size = path.stat().st_size
        if not again and size > _SINGLE and self.has(key):
            raise ChangedError
        with self._told(), path.open("rb") as stream:
            if size > _SINGLE:
                self._lib.put(
                    self._store, key, stream, use_multipart=True, chunk_size=_PIECE, max_concurrency=4
                )
            else:
                mode = "overwrite" if again else "create"
                self._lib.put(self._store, key, stream.read(), mode=mode, use_multipart=False)

    def listing(self, start: str = "") -> Iterator[tuple[str, int]]:
        """Yield the keys beneath a prefix (whole names between "/") with their sizes, in order."""
        with self._told():
            for chunk in self._lib.list(self._store, prefix=start or None):
                yield from ((one["path"], one["size"]) for one in chunk)

    def delete(self, keys: Iterable[str]) -> None:
        """Delete objects; those that are not there are passed over."""

        def one(key: str) -> None:
            try:
                with self._told():
                    self._lib.delete(self._store, key)
            except FileNotFoundError:
                pass

        self.each(one, keys)

    @staticmethod
    def each(do: Callable[[T], object], items: Iterable[T]) -> None:
        """Do something with each item, several at a time; raises the first error."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for _ in pool.map(do, items):
                pass

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell what went wrong in words of ours: those of the library hold addresses and keys."""
        try:
            yield
        except (FileNotFoundError, self._faults.NotFoundError):
            raise FileNotFoundError(errno.ENOENT, "no such object") from None
        except (self._faults.AlreadyExistsError, self._faults.PreconditionError):
            raise ChangedError from None
        except (self._faults.PermissionDeniedError, self._faults.UnauthenticatedError):
            raise StoreError(errno.EACCES, f"the object store at {self._endpoint} refuses access") from None
        except self._faults.BaseError as error:
            kind = type(error).__name__
            raise StoreError(errno.EIO, f"the object store at {self._endpoint} fails: {kind}") from None


def credentials(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the keys that the environment names, else those of the AWS files; raises SettingsError."""
    if environ.get("AWS_ACCESS_KEY_ID") and environ.get("AWS_SECRET_ACCESS_KEY"):
        found = {name: environ.get(f"AWS_{name.upper()}", "") for name in _KEYS}
    else:
        found = _of_files(environ)
    if not found.get("access_key_id") or not found.get("secret_access_key"):
        raise SettingsError(
            "no keys to the object store: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or put them into"
            " ~/.aws/credentials"
        )
    return {name: value for name, value in found.items() if value}


_KEYS = ("access_key_id", "secret_access_key", "session_token")


def _of_files(environ: Mapping[str, str]) -> dict[str, str]:
    home = Path(environ.get("HOME") or "/nonexistent")
    profile = environ.get("AWS_PROFILE") or "default"
    files = {
        Path(environ.get("AWS_SHARED_CREDENTIALS_FILE") or home / ".aws/credentials"): profile,
        Path(environ.get("AWS_CONFIG_FILE") or home / ".aws/config"): (
            profile if profile == "default" else f"profile {profile}"
        ),
    }
    found: dict[str, str] = {}
    for path, section in files.items():
        parser = configparser.ConfigParser(interpolation=None)
        try:
            parser.read(path, encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError):
            raise SettingsError(f"{path.name} of the AWS files cannot be read") from None
        if parser.has_section(section):
            own = dict(parser[section])
            found = {name: own.get(f"aws_{name}", "") for name in _KEYS} | {
                k: v for k, v in found.items() if v
            }
    return found
