"""Which stage follows which, what each takes, and the keys by which their output is kept."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from casegraph.errors import MissingPartError
from casegraph.model import DEEPEST, Claim, Mention, Record, make_id
from casegraph.pipeline.named import Named
from casegraph.pipeline.tasks import Key
from casegraph.settings import Settings
from casegraph.stage import Stage
from casegraph.store.held import Held

DEFAULT = "casegraph.pipeline.chain:default_chain"


@dataclass(frozen=True, slots=True)
class Link:
    """A stage, the record that it takes, and the stage whose output that record ends with."""

    stage: Stage[Any, Any]
    takes: type[Record]  # Original, Pages or Parsed
    after: str | None = None

    @property
    def name(self) -> str:
        """The stage's name."""
        return self.stage.name

    @property
    def keeps(self) -> tuple[type[Record], ...]:
        """Record types of the stage's tables: what it gives, and for claims the names in them."""
        return (*self.stage.gives, Named) if Claim in self.stage.gives else self.stage.gives


Chain = tuple[Link, ...]


def default_chain() -> Chain:
    """Return casegraph's stages in order."""
    from casegraph import attribute, extract, read, resolve, trace  # noqa: PLC0415 - only this chain needs them
    from casegraph.model import Original, Pages, Parsed  # noqa: PLC0415 - beside its use

    return (
        Link(read.STAGE, Original),
        Link(extract.STAGE, Pages, after="read"),
        Link(attribute.STAGE, Parsed, after="extract"),
        Link(resolve.STAGE, Parsed, after="extract"),
        Link(trace.STAGE, Parsed, after="extract"),
    )


def load_chain(reference: str) -> Chain:
    """Return the chain that `module:function` gives; raises MissingPartError when a part is not installed."""
    module, _, function = reference.partition(":")
    try:
        make: Callable[[], Chain] = getattr(importlib.import_module(module), function)
        return make()
    except ModuleNotFoundError as error:
        raise _missing(error) from error


def prepare(chain: Chain) -> None:
    """Load what the stages need; raises MissingPartError when a part is not installed."""
    try:
        for link in chain:
            link.stage.prepare()
    except ModuleNotFoundError as error:
        raise _missing(error) from error


def _missing(error: ModuleNotFoundError) -> MissingPartError:
    return MissingPartError(f"{error.name} is not installed; install casegraph with all its parts")


def before(chain: Chain, name: str | None) -> list[str]:
    """Return the stages that a stage builds on, first one first; the stage itself is the last."""
    found: list[str] = []
    after = {link.name: link.after for link in chain}
    while name is not None:
        found.insert(0, name)
        name = after[name]
    return found


def settings_digest(chain: Chain, settings: Settings, model: str = "") -> dict[str, str]:
    """Return for each stage a digest of the settings that change its output.

    `model` is the digest of a model that finds names.
    """
    found = {link.name: make_id("settings", *settings.digest_values(link.name)) for link in chain}
    for link in chain if model else ():
        if Mention in link.stage.gives:
            found[link.name] = make_id("settings", found[link.name], model)
    return found


LOCKED = frozenset({"encrypted", "unlocked"})
"""Problems of a document whose reading depends on the case's passwords."""


def keys(
    chain: Chain, digests: dict[str, str], held: Held, lock: str = "", answers: str = ""
) -> dict[str, Key]:
    """Return the key of each stage for a document.

    A key holds stage, version, settings and what comes before. A document's names are part of what `read`
    takes: they tell apart kinds of text that look alike. So are address and time of a web archive's capture.
    `lock` stands for the passwords of the case, for a document that is encrypted: others need not be read
    again when those change. `answers` is a digest of what language models said of its pages.
    """
    found: dict[str, Key] = {}
    deep = ("deepest",) if held.depth >= DEEPEST else ()  # its own children are refused there
    caught = ("captured", held.url, held.captured or "") if held.url else ()
    for link in chain:
        before_it = found[link.after].key if link.after is not None else None
        upstream = before_it or make_id("names", held.document, *sorted(held.own), *deep, *caught)
        digest = digests[link.name]
        if link.after is None and lock:
            digest = make_id("settings", digest, lock)
        if answers and Mention in link.stage.gives:
            digest = make_id("settings", digest, answers)
        key = make_id("key", link.name, link.stage.version, digest, upstream)
        found[link.name] = Key(key=key, upstream=upstream, settings=digest)
    return found
