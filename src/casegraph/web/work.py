"""What is done on a case in the background: builds, and tables that follow a person's decisions.

A decision is in the journal at once; what rests on it takes seconds, in which nobody should wait for a page.
One thread does one thing at a time; what is asked for meanwhile is done once more.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Literal

from msgspec.structs import replace

from casegraph.errors import CasegraphError, CaseLockedError
from casegraph.model import Record
from casegraph.pipeline.case import Case

What = Literal["", "build", "follow"]

_AGAIN = 1.0  # seconds until a case that another build holds is looked at again
_BRIEF = 0.2  # seconds for which decisions that come one after another are waited for


class WorkState(Record, frozen=True, kw_only=True):
    """What is done at this moment, and how the last thing ended."""

    doing: What = ""  # a build; decisions followed; nothing
    stage: str = ""  # of it
    done: int = 0
    total: int = 0
    waiting: bool = False  # for another program that holds the case
    failed: str = ""  # why the last one failed, in words
    ended: int = 0  # how many have ended


class Work:
    """The background of one server."""

    def __init__(self, opened: Callable[[], Case]) -> None:
        self._opened = opened
        self._lock = threading.Lock()
        self._idle = threading.Condition(self._lock)
        self._thread: threading.Thread | None = None
        self._build = self._retry = self._follow = self._stopped = False
        self._state = WorkState()

    def state(self) -> WorkState:
        """Return what is done at this moment."""
        return self._state

    @property
    def busy(self) -> bool:
        """Whether anything is done, or waits to be."""
        return self._thread is not None

    def follow(self) -> None:
        """Have the tables follow what a person has decided."""
        self._want(follow=True)

    def build(self, *, retry: bool = False) -> None:
        """Have the case built; `retry` tries again what failed."""
        self._want(build=True, retry=retry)

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is done, and say whether that is so."""
        with self._idle:
            return self._idle.wait_for(lambda: self._thread is None, seconds)

    def close(self, seconds: float = 20.0) -> None:
        """End what is done: a build goes on from there when it is started again."""
        with self._lock:
            self._stopped = True
        self.wait(seconds)

    def _want(self, *, build: bool = False, retry: bool = False, follow: bool = False) -> None:
        with self._lock:
            self._build |= build
            self._retry |= retry
            self._follow |= follow
            if self._thread is None and not self._stopped:
                self._thread = threading.Thread(target=self._run, name="casegraph work", daemon=True)
                self._state = WorkState(doing="build" if build else "follow", ended=self._state.ended)
                self._thread.start()

    def _next(self) -> tuple[What, bool]:
        """Take what is to be done next, or end the thread."""
        with self._lock:
            what: What = "build" if self._build else "follow" if self._follow else ""
            retry = self._retry
            if not what or self._stopped:
                self._thread = None
                self._state = replace(self._state, doing="", waiting=False)
                self._idle.notify_all()
                return "", False
            self._build = self._retry = self._follow = False
            self._state = WorkState(doing=what, ended=self._state.ended)
            return what, retry

    def _run(self) -> None:
        while True:
            time.sleep(_BRIEF)
            what, retry = self._next()
            if not what:
                return
            failed = self._done(what, retry=retry)
            with self._lock:
                self._state = replace(self._state, failed=failed, ended=self._state.ended + 1)

    def _done(self, what: What, *, retry: bool) -> str:
        """Do it; return why it failed, in words that name no file."""
        while not self._stopped:
            try:
                if what == "build":
                    self._opened().build(retry=retry, progress=self._tell)
                else:
                    self._opened().update_entities(progress=self._tell)
            except CaseLockedError:
                self._state = replace(self._state, waiting=True)
                time.sleep(_AGAIN)
            except KeyboardInterrupt:
                return "it was stopped"
            except CasegraphError as error:
                return f"it ended early ({type(error).__name__}); casegraph build, in the terminal, says why"
            except Exception as error:  # noqa: BLE001 - the thread must live on, and say what it can
                return f"a fault of casegraph's own ended it: {type(error).__name__}"
            else:
                return ""
        return "it was stopped"

    def _tell(self, stage: str, done: int, total: int) -> None:
        if self._stopped:
            raise KeyboardInterrupt
        self._state = replace(self._state, stage=stage, done=done, total=total, waiting=False)
